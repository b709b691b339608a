"""What type checkers must make of the library. Checked by `typecheck`, never run."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, assert_type

from retryrun import (
    CircuitBreaker,
    CircuitOpenError,
    CircuitState,
    Classification,
    ErrorCategory,
    ErrorSeverity,
    RetryBudget,
    RetryConfig,
    RetryEvent,
    calculate_delay,
    classify_error,
    classify_failure,
    should_retry,
    with_retry,
    with_retry_async,
)


@with_retry(RetryConfig(max_retries=3))
def plain(x: int, *, y: str = "") -> list[int]:
    return [x, len(y)]


def cached(x: int, *, y: str = "") -> list[int]:
    return [x, len(y)]


def nothing(*_: object) -> None:
    return None


async def later(_x: int) -> None:
    return None


@with_retry(RetryConfig(), cached)
def same_fallback(x: int, *, y: str = "") -> list[int]:
    return [x, len(y)]


@with_retry(fallback=nothing, on_event=print, budget=RetryBudget(0.2, reserve=10))
def other_fallback(x: int) -> str:
    return str(x)


assert_type(plain(1, y="a"), list[int])
assert_type(same_fallback(1, y="a"), list[int])
assert_type(other_fallback(1), str | None)
plain("1")  # type: ignore[arg-type]
plain(1, z=2)  # type: ignore[call-arg]
other_fallback()  # type: ignore[call-arg]
with_retry(3)  # type: ignore[call-overload]
with_retry(fallback="default")  # type: ignore[call-overload]
RetryConfig(max_retry=3)  # type: ignore[call-arg]
RetryConfig().max_retries = 1  # type: ignore[misc]


def heard(event: RetryEvent) -> None:
    assert_type(event.kind, str)
    assert_type(event.delay, float | None)
    assert_type(event.error, BaseException | None)


with_retry(on_event=heard)
with_retry(on_event=len)  # type: ignore[arg-type]


class Client:
    @with_retry("quick")
    def method(self, x: int) -> str:
        return str(x)

    @with_retry()
    @staticmethod
    def static(x: int) -> str:
        return str(x)

    @with_retry_async()
    async def asynchronous(self, x: int) -> str:
        return str(x)


assert_type(Client().method(1), str)
assert_type(Client.static(1), str)
Client().method("1")  # type: ignore[arg-type]


@with_retry_async("quick")
async def asynchronous(x: int) -> str:
    return str(x)


@with_retry_async(fallback=nothing)
async def plain_fallback(x: int) -> str:
    return str(x)


@with_retry_async(RetryConfig(), later)
async def awaited_fallback(x: int) -> str:
    return str(x)


breaker = CircuitBreaker(5, 60.0, (OSError, ValueError), trial_timeout=5.0, name="api")
assert_type(breaker.call(plain, 1, y="a"), list[int])
breaker.call(plain, "1")  # type: ignore[arg-type]
breaker.call(plain, 1, z="")  # type: ignore[call-arg]
assert_type(breaker.state, CircuitState)
assert_type(breaker.failure_count, int)
assert_type(CircuitBreaker.shared("pypi", OSError), CircuitBreaker)
assert_type(CircuitOpenError().retry_after, float)
CircuitBreaker(expected_exception="OSError")  # type: ignore[arg-type]


def listener(_breaker: CircuitBreaker, old: str, new: str) -> None:
    print(old, new)


CircuitBreaker(listeners=(listener,))


@breaker
def guarded(x: int) -> bool:
    return bool(x)


@breaker
async def guarded_async(x: int) -> bool:
    return bool(x)


checked: Callable[[int], bool] = guarded
waits: Callable[[int], Coroutine[Any, Any, bool]] = guarded_async
with breaker as entered:
    assert_type(entered, CircuitBreaker)


async def main() -> None:
    assert_type(await asynchronous(1), str)
    assert_type(await plain_fallback(1), str | None)
    assert_type(await awaited_fallback(1), str | None)
    assert_type(await Client().asynchronous(1), str)
    assert_type(await breaker.call_async(asynchronous, 1), str)
    assert_type(await asyncio.create_task(asynchronous(2)), str)
    await asynchronous("1")  # type: ignore[arg-type]
    async with breaker as inside:
        assert_type(inside, CircuitBreaker)


assert_type(classify_error(ValueError()), tuple[ErrorCategory, ErrorSeverity])
assert_type(classify_failure(["a"], 1), Classification)
assert_type(should_retry(ValueError(), 0, 3), bool)
assert_type(calculate_delay(0, RetryConfig()), float)
