#!/usr/bin/env python3
"""Every pattern once, runnable: python3 scripts/primitives/example_error_recovery.py."""

from __future__ import annotations

import asyncio
import logging
import subprocess
import sys
from collections import Counter

from error_recovery import (
    CircuitBreaker,
    CircuitOpenError,
    RetryBudget,
    RetryConfig,
    RetryEvent,
    calculate_delay,
    classify_error,
    should_retry,
    with_retry,
    with_retry_async,
)

SOON = RetryConfig(max_retries=3, base_delay=0.1, max_delay=1.0, jitter=False)
logger = logging.getLogger("example")


class Service:
    """Something that fails a number of times before it works."""

    def __init__(self, failures: int, error: Exception) -> None:
        self.failures, self.error = failures, error

    def ask(self) -> str:
        """Answer, or fail as it was told."""
        if self.failures:
            self.failures -= 1
            raise self.error
        return "answer"


def classification() -> None:
    """Show what kind of failure an error is."""
    for error in (
        ConnectionResetError("Connection reset by peer"),
        Exception("429 Too Many Requests"),
        MemoryError(),
        ValueError("invalid literal"),
    ):
        category, severity = classify_error(error)
        retried = should_retry(error, attempt=0, max_retries=3)
        print(f"  {type(error).__name__}: {category.value}, {severity.value}, retried: {retried}")


def delays() -> None:
    """Show how the waits grow."""
    config = RetryConfig(max_retries=5, base_delay=1.0, max_delay=60.0, jitter=False)
    print("  " + " ".join(f"{calculate_delay(attempt, config):g}s" for attempt in range(7)))


def retry_with_logging() -> None:
    """Retry what may pass."""
    service = Service(2, ConnectionError("Connection timeout"))

    @with_retry(SOON)
    def operation() -> str:
        return service.ask()

    print("  " + operation())


def retry_with_fallback() -> None:
    """Fall back when the call has given up."""
    service = Service(99, ConnectionError("Connection refused"))

    @with_retry(SOON, fallback=lambda: "default")
    def fetch_config() -> str:
        return service.ask()

    print("  " + fetch_config())


def real_failure() -> None:
    """Fail at once on what would fail again."""

    @with_retry(SOON)
    def broken() -> int:
        return int("seven")

    try:
        broken()
    except ValueError as error:
        print(f"  ValueError at once: {error}")


class TooManyRequestsError(Exception):
    """What the client of some service raises: the status and headers of the answer are on it."""

    status_code = 429

    def __init__(self, seconds: str) -> None:
        super().__init__("429 Too Many Requests")
        self.headers = {"Retry-After": seconds}


def rate_limit() -> None:
    """Wait as long as the server asks for."""
    service = Service(1, TooManyRequestsError("0.3"))

    @with_retry(SOON)
    def ask_model() -> str:
        return service.ask()

    print("  " + ask_model())


def command() -> None:
    """Retry a command by what it wrote."""
    words = "curl: (6) Could not resolve host: pypi.org"

    @with_retry(RetryConfig(max_retries=1, base_delay=0.1, jitter=False))
    def run_tests() -> str:
        argv = [sys.executable, "-c", f"import sys; sys.exit({words!r})"]
        return subprocess.run(argv, capture_output=True, text=True, check=True).stdout

    try:
        run_tests()
    except subprocess.CalledProcessError as error:
        print(f"  exit {error.returncode}: {classify_error(error)[0].value}")


def budget_and_events() -> None:
    """Stop retrying when everything fails, and count what happens."""
    seen: Counter[str] = Counter()
    service = Service(99, ConnectionError("down"))

    def heard(event: RetryEvent) -> None:
        seen[event.reason or event.kind] += 1

    @with_retry(SOON, fallback=lambda: "default", on_event=heard, budget=RetryBudget(reserve=2))
    def fetch() -> str:
        return service.ask()

    print("  " + ", ".join(fetch() for _ in range(3)))
    print("  " + ", ".join(f"{what}: {count}" for what, count in seen.items()))


def circuit_breaker() -> None:
    """Stop calling what keeps failing."""
    service = Service(99, ConnectionError("down"))
    circuit = CircuitBreaker(failure_threshold=3, recovery_timeout=60.0)
    for _ in range(4):
        try:
            circuit.call(service.ask)
        except CircuitOpenError as error:
            print(f"  {circuit.state.value}: not called, again in {error.retry_after:.0f}s")
        except ConnectionError:
            print(f"  {circuit.state.value} after {circuit.failure_count} failures")


async def concurrent() -> None:
    """Retry in several tasks at once."""
    services = [Service(failures, TimeoutError("timed out")) for failures in (0, 1, 2)]

    @with_retry_async(SOON)
    async def fetch_one(service: Service) -> str:
        await asyncio.sleep(0)
        return service.ask()

    answers = await asyncio.gather(*(fetch_one(service) for service in services))
    print(f"  {answers}")


def main() -> None:
    """Run every example."""
    logging.basicConfig(format="  %(levelname)s - %(message)s", stream=sys.stdout)
    for title, example in (
        ("Classification", classification),
        ("Delays", delays),
        ("Retry with logging", retry_with_logging),
        ("Retry with fallback", retry_with_fallback),
        ("A real failure", real_failure),
        ("A rate limit", rate_limit),
        ("A command", command),
        ("A budget, and events", budget_and_events),
        ("Circuit breaker", circuit_breaker),
        ("Concurrent", lambda: asyncio.run(concurrent())),
    ):
        print(f"{title}:")
        example()


if __name__ == "__main__":
    main()
