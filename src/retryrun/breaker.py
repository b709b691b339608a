"""A circuit breaker for calls inside one program.

The closed path takes no lock, reads no clock and allocates nothing; whatever changes the state is
the pure core applied under a lock, and no lock is held while the guarded function or a listener
runs. `shared` has one whose state is that of the command line.
"""

from __future__ import annotations

import _thread
import time

from .checks import (
    COROUTINE_TYPE,
    GENERATOR,
    flags,
    is_awaitable,
    refuse_generators,
    returns_awaitable,
    unwrapped,
    wrap,
)
from .circuit_open import CircuitOpenError, refusal
from .core import breaker as core
from .core.breaker import BreakerConfig, BreakerState, Permit, Refusal
from .forks import watch

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from contextvars import ContextVar
    from types import TracebackType
    from typing import Any, ParamSpec, Self, TypeVar

    from .core.kinds import CircuitState

    P = ParamSpec("P")
    T = TypeVar("T")
    Expected = type[BaseException] | tuple[type[BaseException], ...]
    Listener = Callable[["CircuitBreaker", str, str], object]
    Change = Callable[[BreakerState, float], tuple[BreakerState, Any]]
else:
    from _contextvars import ContextVar  # without the cost of `contextvars`

__all__ = ["CircuitBreaker", "CircuitOpenError"]

LONGEST_TRIAL = 10.0  # seconds: the least that a trial may hold the door by default
# The `with` blocks that are open, innermost last: each thread and each task has its own.
_blocks: ContextVar[tuple[tuple[CircuitBreaker, Permit], ...]] = ContextVar("retryrun", default=())


class CircuitBreaker:
    """Stops calling what keeps failing.

    Opens after `failure_threshold` failures in a row; `recovery_timeout` seconds later it lets one
    trial through, whose result closes or re-opens it. Only `expected_exception` (a class or a
    tuple) counts; others, and KeyboardInterrupt, SystemExit, GeneratorExit and CancelledError,
    say nothing of the service. A trial holds the door for at most `trial_timeout` seconds (by
    default the larger of recovery_timeout and 10). `listeners` are called with the breaker, the
    old and the new state. Safe between threads and tasks; monotonic. Raises ValueError or
    TypeError for settings without meaning.

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
        expected_exception: Expected = Exception,
        *,
        trial_timeout: float | None = None,
        name: str | None = None,
        listeners: tuple[Listener, ...] = (),
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
        self._told = core.CLOSED
        self.name = name
        self.listeners = list(listeners)
        watch(self)

    @classmethod
    def shared(
        cls,
        name: str,
        expected_exception: Expected = Exception,
        *,
        trial_timeout: float | None = None,
        listeners: tuple[Listener, ...] = (),
    ) -> CircuitBreaker:
        """Return the breaker of that name which the command line and other programs use too.

        Its settings are those of recovery.yaml's `breakers`, found as the command line finds it,
        or the defaults; its state lies where theirs does. Where that cannot be used, one warning
        is logged and it is a breaker of this program alone. `listeners` hear of the changes made
        here. Raises ConfigError for a recovery.yaml that is wrong.
        """
        from .shared import SharedCircuitBreaker

        return SharedCircuitBreaker(name, expected_exception, trial_timeout, listeners)

    # -- what it is like

    @property
    def state(self) -> CircuitState:
        """CLOSED, OPEN, or HALF_OPEN once the recovery time is up; reading changes nothing."""
        from .core.kinds import CircuitState

        state, now = self._look()
        return CircuitState(core.phase(self._config, state, now))

    @property
    def failure_count(self) -> int:
        """How many failures in a row have been counted."""
        return self._look()[0].failures

    def reset(self) -> None:
        """Close it and begin to count anew."""
        self._apply(lambda state, _now: (core.closed(state), None))

    def open(self) -> None:
        """Hold it open until `reset`."""
        self._apply(lambda state, now: (core.opened(state, now, forced=True), None))

    # -- calling through it

    def call(self, func: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Call `func` through the breaker.

        Raises CircuitOpenError without calling it while the circuit is open, and TypeError for a
        generator function, and for a coroutine function, which `call_async` is for.
        """
        state = self._state
        # The closed path has no permit: it is settled only if it fails.
        permit = None if state.opened_at is None and state.failures == 0 else self._ask()
        try:
            result = func(*args, **kwargs)
        except BaseException as error:
            self._failed(permit or Permit(state.generation), error)
            raise
        kind = type(result)
        if kind is COROUTINE_TYPE or kind is GENERATOR_TYPE:
            self._refuse_lazy(permit or Permit(state.generation), func, result)
        if permit is not None:
            self._settle(permit, ok=True)
        return result

    async def call_async(
        self, func: Callable[P, Awaitable[T]], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Await `func` through the breaker; see `call`. Raises TypeError for a plain function."""
        state = self._state
        permit = None if state.opened_at is None and state.failures == 0 else self._ask()
        try:
            waiting = func(*args, **kwargs)
            plain = type(waiting) is not COROUTINE_TYPE and not is_awaitable(waiting)
            result = None if plain else await waiting
        except BaseException as error:
            self._failed(permit or Permit(state.generation), error)
            raise
        if plain:
            self._settle(permit or Permit(state.generation), ok=None)
            raise TypeError("call_async is for coroutine functions: call guards others")
        if permit is not None:
            self._settle(permit, ok=True)
        return result  # type: ignore[return-value]  # it was awaited

    def __call__(self, func: Callable[P, T]) -> Callable[P, T]:
        """Decorate a function or a coroutine function. Raises TypeError for anything else."""
        inner = unwrapped(self, func)
        if inner is not None:
            return inner  # type: ignore[no-any-return]  # of the kind that func is
        refuse_generators(func, "CircuitBreaker")
        if returns_awaitable(func):
            call_async: Any = self.call_async

            async def guarded_async(*args: Any, **kwargs: Any) -> Any:
                return await call_async(func, *args, **kwargs)

            return wrap(guarded_async, func)  # type: ignore[no-any-return]  # the same signature

        call: Any = self.call

        def guarded(*args: Any, **kwargs: Any) -> Any:
            return call(func, *args, **kwargs)

        return wrap(guarded, func)  # type: ignore[no-any-return]  # as above

    def __enter__(self) -> Self:
        _blocks.set((*_blocks.get(), (self, self._ask())))
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        blocks = _blocks.get()
        mine = next((block for block in reversed(blocks) if block[0] is self), None)
        if mine is None:
            return  # entered in another task: a trial's lease frees the door
        _blocks.set(tuple(block for block in blocks if block is not mine))
        if error is None:
            self._settle(mine[1], ok=True)
        else:
            self._failed(mine[1], error)

    async def __aenter__(self) -> Self:
        return self.__enter__()

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.__exit__(kind, error, trace)

    # -- the changes of state

    def _look(self) -> tuple[BreakerState, float]:
        """Return the state, and the time by its clock."""
        return self._state, time.monotonic()

    def _change(self, change: Change) -> Any:
        """Apply a pure change in one exclusive step and return its answer."""
        with self._lock:
            self._state, answer = change(self._state, time.monotonic())
        return answer

    def _admit(self, state: BreakerState, now: float) -> tuple[BreakerState, Permit | Refusal]:
        return core.admit(self._config, state, now)

    def _ask(self) -> Permit:
        """Return leave to call; raise CircuitOpenError where there is none."""
        state = self._state
        if state.opened_at is None:
            return Permit(state.generation)
        left = core.remaining(self._config, state, time.monotonic())
        if left == HELD:
            raise self._refusal(left)
        if left:  # it changes nothing: no lock, and no detour
            raise CircuitOpenError("", left, self.name, self._last_error)
        return self._ask_all()

    def _ask_all(self) -> Permit:
        """Ask in one exclusive step."""
        answer: Permit | Refusal = self._apply(self._admit)
        if isinstance(answer, Refusal):
            raise self._refusal(answer.retry_after)
        return answer

    def _refusal(self, seconds: float) -> CircuitOpenError:
        by_hand = self._config.recovery_timeout
        return refusal(self.name, seconds, self._last_error, by_hand=by_hand)

    def _failed(self, permit: Permit, error: BaseException) -> None:
        counts = isinstance(error, self._expected) and isinstance(error, Exception)
        if counts:
            self._last_error = error
        self._settle(permit, ok=False if counts else None)

    def _settle(self, permit: Permit, *, ok: bool | None) -> None:
        self._apply(lambda state, now: (core.settle(self._config, state, permit, ok, now), None))

    def _apply(self, change: Change) -> Any:
        """Apply a change, and tell the listeners if it moved the breaker."""

        def observed(state: BreakerState, now: float) -> tuple[BreakerState, Any]:
            after, answer = change(state, now)
            return after, (answer, core.transition(state, after))

        answer, moved = self._change(observed)
        if moved is not None:
            self._tell(*moved)
        return answer

    def _tell(self, before: str, after: str) -> None:
        """Tell the listeners, outside the lock; one that fails is logged and changes nothing."""
        again = after == self._told == core.HALF_OPEN  # one trial after another that said nothing
        self._told = after
        if after == core.CLOSED:
            self._last_error = None
        for listener in () if again else list(self.listeners):
            try:
                listener(self, before, after)
            except Exception:
                import logging

                logging.getLogger("retryrun").exception("a circuit listener failed")

    def _refuse_lazy(self, permit: Permit, func: Callable[..., Any], result: Any) -> None:
        """Raise TypeError where nothing of the function has run yet, so that nothing is guarded."""
        if type(result) is COROUTINE_TYPE:
            text = "a coroutine function goes through call_async, or the decorator"
        elif type(result) is GENERATOR_TYPE and flags(func) & GENERATOR:
            text = "a generator cannot be guarded: guard the function that uses it up"
        else:
            return  # a function that did its work and returns a generator as its result
        result.close()
        self._settle(permit, ok=None)
        raise TypeError(text)

    def after_fork(self) -> None:
        """Be usable in a child process."""
        self._lock = _thread.allocate_lock()

    def __repr__(self) -> str:
        name = f" {self.name!r}" if self.name else ""
        return f"<CircuitBreaker{name} {self.state.value}, {self.failure_count} failures>"


HELD = float("inf")
GENERATOR_TYPE = type(_ for _ in ())


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
