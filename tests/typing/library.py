"""What type checkers must make of the library. Checked by `typecheck`, never run."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import assert_type

from retryrun import (
    CircuitBreaker,
    CircuitState,
    Classification,
    ErrorCategory,
    ErrorSeverity,
    RetryConfig,
    calculate_delay,
    classify_error,
    classify_failure,
    should_retry,
    with_retry,
    with_retry_async,
)


@with_retry(RetryConfig(max_retries=3), fallback=lambda x, *, y="": [x])
def plain(x: int, *, y: str = "") -> list[int]:
    return [x, len(y)]


@with_retry_async("quick")
async def asynchronous(x: int) -> str:
    return str(x)


assert_type(plain(1, y="a"), list[int])
plain("1")  # type: ignore[arg-type]
plain(1, z=2)  # type: ignore[call-arg]
RetryConfig(max_retry=3)  # type: ignore[call-arg]
RetryConfig().max_retries = 1  # type: ignore[misc]

breaker = CircuitBreaker(5, 60.0, (OSError, ValueError))
assert_type(breaker.call(plain, 1, y="a"), list[int])
breaker.call(plain, "1")  # type: ignore[arg-type]
assert_type(breaker.state, CircuitState)
assert_type(breaker.failure_count, int)


@breaker
def guarded(x: int) -> bool:
    return bool(x)


checked: Callable[[int], bool] = guarded


async def main() -> None:
    assert_type(await asynchronous(1), str)
    assert_type(await breaker.call_async(asynchronous, 1), str)
    waiting: Awaitable[str] = asynchronous(2)
    await waiting


assert_type(classify_error(ValueError()), tuple[ErrorCategory, ErrorSeverity])
assert_type(classify_failure(["a"], 1), Classification)
assert_type(should_retry(ValueError(), 0, 3), bool)
assert_type(calculate_delay(0, RetryConfig()), float)
