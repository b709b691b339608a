"""A circuit breaker for calls inside one program.

The closed path takes no lock, reads no clock and allocates nothing; whatever changes the state is
the pure core applied under a lock, and no lock is held while the guarded function or a listener
runs.
"""

from __future__ import annotations

import _thread
import os
import time

from .core import breaker as core
from .core.breaker import BreakerConfig, BreakerState, Permit, Refusal

TYPE_CHECKING = False
if TYPE_CHECKING:
    import weakref as _weakref
    from collections.abc import Awaitable, Callable
    from contextvars import ContextVar
    from types import TracebackType
    from typing import Any, ParamSpec, Self, TypeVar

    from .core.kinds import CircuitState

    P = ParamSpec("P")
    T = TypeVar("T")
else:
    import _weakref  # without the cost of `weakref`, as for the next
    from _contextvars import ContextVar

LONGEST_TRIAL = 10.0  # seconds: the least that a trial may hold the door by default


async def _nothing() -> None:
    """Be a coroutine function, so that the type of coroutines is known without `types`."""


_sample = _nothing()
COROUTINE = type(_sample)
_sample.close()


class CircuitOpenError(Exception):
    """The circuit is open, the function was not called.

    `retry_after` is the time in seconds until it is worth asking again; `name` the breaker's name
    or None; `last_error` the failure that opened it.
    """

    def __init__(
        self,
        message: str = "the circuit is open",
        retry_after: float = 0.0,
        name: str | None = None,
        last_error: BaseException | None = None,
    ) -> None:
        super().__init__(message, retry_after, name)
        self.message, self.retry_after, self.name = message, retry_after, name
        self.last_error = last_error

    def __str__(self) -> str:
        return self.message


class CircuitBreaker:
    """Stops calling what keeps failing.

    Opens after `failure_threshold` failures in a row; `recovery_timeout` seconds later it lets one
    trial through, whose result closes or re-opens it. Only `expected_exception` (a class or a
    tuple) counts; others, and KeyboardInterrupt, SystemExit, GeneratorExit and CancelledError,
    say nothing of the service. A trial holds the door for at most `trial_timeout` seconds (by
    default the larger of recovery_timeout and 10). Safe between threads and tasks; monotonic.
    Raises ValueError or TypeError for settings without meaning.

        breaker = CircuitBreaker(failure_threshold=5, recovery_timeout=60.0)
        page = breaker.call(fetch, url)

        @breaker
        def fetch(url): ...

        with breaker:
            fetch(url)
    """

    def __init__(  # noqa: PLR0913  each is a documented setting
        self,
        failure_threshold: int = 5,
        recovery_timeout: float = 60.0,
        expected_exception: type[BaseException] | tuple[type[BaseException], ...] = Exception,
        *,
        trial_timeout: float | None = None,
        name: str | None = None,
        listeners: tuple[Callable[[CircuitBreaker, str, str], object], ...] = (),
    ) -> None:
        if isinstance(failure_threshold, bool) or not isinstance(failure_threshold, int):
            raise TypeError("failure_threshold must be a whole number")
        if failure_threshold < 1:
            raise ValueError("failure_threshold must be 1 or more")
        recovery = _seconds("recovery_timeout", recovery_timeout)
        if trial_timeout is None:
            trial_timeout = max(recovery, LONGEST_TRIAL)
        self._config = BreakerConfig(
            failure_threshold, recovery, _seconds("trial_timeout", trial_timeout)
        )
        self._expected = _exceptions(expected_exception)
        self._state = BreakerState()
        self._lock = _thread.allocate_lock()
        self._last_error: BaseException | None = None
        # Each thread and each task has its own blocks open.
        self._permits: ContextVar[tuple[Permit, ...]] = ContextVar("retryrun", default=())
        self.name = name
        self.listeners = list(listeners)
        _register(self)

    # -- what it is like

    @property
    def state(self) -> CircuitState:
        """CLOSED, OPEN, or HALF_OPEN once the recovery time is up; reading changes nothing."""
        from .core.kinds import CircuitState

        return CircuitState(core.phase(self._config, self._state, time.monotonic()))

    @property
    def failure_count(self) -> int:
        """How many failures in a row have been counted."""
        return self._state.failures

    def reset(self) -> None:
        """Close it and begin to count anew."""
        self._apply(lambda state, _now: core.closed(state))

    def open(self) -> None:
        """Hold it open until `reset`."""
        self._apply(lambda state, now: core.opened(state, now, forced=True))

    # -- calling through it

    def call(self, func: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Call `func` through the breaker.

        Raises CircuitOpenError without calling it while the circuit is open, and TypeError for a
        coroutine function, which `call_async` is for.
        """
        if self._state.opened_at is None and self._state.failures == 0:
            permit = None  # the closed path: settled only if it fails
            generation = self._state.generation
        else:
            permit = self._ask()
            generation = permit.generation
        try:
            result = func(*args, **kwargs)
        except BaseException as error:
            self._failed(permit or Permit(generation), error)
            raise
        if type(result) is COROUTINE:
            result.close()  # type: ignore[attr-defined]  # it is a coroutine
            self._settle(permit or Permit(generation), ok=None)
            raise TypeError("a coroutine function goes through call_async, or the decorator")
        if permit is not None:
            self._settle(permit, ok=True)
        return result

    async def call_async(
        self, func: Callable[P, Awaitable[T]], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Await `func` through the breaker; see `call`."""
        permit = self._ask()
        try:
            result = await func(*args, **kwargs)
        except BaseException as error:
            self._failed(permit, error)
            raise
        self._settle(permit, ok=True)
        return result

    def __call__(self, func: Callable[P, T]) -> Callable[P, T]:
        """Decorate a function or a coroutine function. Raises TypeError for anything else."""
        import functools

        from .checks import refuse_generators, returns_awaitable

        refuse_generators(func, "CircuitBreaker")
        if returns_awaitable(func):

            async def guarded_async(*args: Any, **kwargs: Any) -> Any:
                return await self.call_async(func, *args, **kwargs)  # type: ignore[arg-type]  # checked just above

            return functools.update_wrapper(guarded_async, func)  # type: ignore[return-value]  # the same signature

        def guarded(*args: Any, **kwargs: Any) -> Any:
            return self.call(func, *args, **kwargs)

        return functools.update_wrapper(guarded, func)

    def __enter__(self) -> Self:
        self._permits.set((*self._permits.get(), self._ask()))
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        *outer, permit = self._permits.get()
        self._permits.set(tuple(outer))
        if error is None:
            self._settle(permit, ok=True)
        else:
            self._failed(permit, error)

    # -- the changes of state

    def _ask(self) -> Permit:
        now = time.monotonic()
        with self._lock:
            before = core.phase(self._config, self._state, now)
            self._state, answer = core.admit(self._config, self._state, now)
        if isinstance(answer, Refusal):
            who = f"the circuit {self.name!r}" if self.name else "the circuit"
            held = answer.retry_after == float("inf")  # by hand: ask again as for any other
            raise CircuitOpenError(
                f"{who} is held open"
                if held
                else f"{who} is open for another {answer.retry_after:.1f}s",
                self._config.recovery_timeout if held else answer.retry_after,
                self.name,
                self._last_error,
            )
        if answer.trial:
            self._tell("OPEN", before)
        return answer

    def _failed(self, permit: Permit, error: BaseException) -> None:
        counts = isinstance(error, self._expected) and not _passes_through(error)
        if counts:
            self._last_error = error
        self._settle(permit, ok=False if counts else None)

    def _settle(self, permit: Permit, *, ok: bool | None) -> None:
        self._apply(
            lambda state, now: core.settle(self._config, state, permit, ok, now),
            began="HALF_OPEN" if permit.trial else None,
        )

    def _apply(
        self, change: Callable[[BreakerState, float], BreakerState], began: str | None = None
    ) -> None:
        now = time.monotonic()
        with self._lock:
            before = self._state
            after = self._state = change(before, now)
        if after.generation != before.generation:
            came = began or ("CLOSED" if before.opened_at is None else "OPEN")
            self._tell(came, "CLOSED" if after.opened_at is None else "OPEN")

    def _tell(self, before: str, after: str) -> None:
        """Tell the listeners, outside the lock; one that fails is logged and changes nothing."""
        if before == after:
            return
        for listener in list(self.listeners):
            try:
                listener(self, before, after)
            except Exception:
                import logging

                logging.getLogger("retryrun").exception("a circuit listener failed")

    def _after_fork(self) -> None:
        # Another thread may have held the lock at the moment of the fork; it is not here.
        self._lock = _thread.allocate_lock()

    def __repr__(self) -> str:
        name = f" {self.name!r}" if self.name else ""
        return f"<CircuitBreaker{name} {self.state.value}, {self.failure_count} failures>"


def _seconds(name: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise TypeError(f"{name} must be a number of seconds")
    if not 0 <= value < float("inf"):
        raise ValueError(f"{name} must be finite and not negative")
    return float(value)


def _exceptions(given: Any) -> tuple[type[BaseException], ...]:
    kinds = given if isinstance(given, tuple) else (given,)
    if not kinds or not all(isinstance(k, type) and issubclass(k, BaseException) for k in kinds):
        raise TypeError("expected_exception must be an exception class or a tuple of them")
    return kinds


def _passes_through(error: BaseException) -> bool:
    return not isinstance(error, Exception)  # Ctrl-C, exit, cancellation


_alive: list[_weakref.ref[CircuitBreaker]] = []


def _register(breaker: CircuitBreaker) -> None:
    _alive[:] = [each for each in _alive if each() is not None]
    _alive.append(_weakref.ref(breaker))


def _renew_locks() -> None:
    for each in _alive:
        breaker = each()
        if breaker is not None:
            breaker._after_fork()  # noqa: SLF001  the same module


os.register_at_fork(after_in_child=_renew_locks)
