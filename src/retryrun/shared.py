"""What calls share with the command line: circuit breakers and retry budgets by name.

One connection for the whole program, used by one thread at a time. Asking costs a transaction of
the store, on the calling thread.
"""

from __future__ import annotations

import _thread
import atexit
import os

from .breaker import CircuitBreaker
from .core import breaker as core
from .core.breaker import BreakerConfig, BreakerState, Permit, Refusal
from .forks import watch
from .guard import identity, is_gone
from .settings import document_in_force
from .state import State
from .store.cells import BREAKERS, Kind
from .store.place import Place, place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from .breaker import Change, Expected, Listener


class ProgramState(State):
    """The state as a program of several threads uses it. A warning goes to the log."""

    def __init__(self) -> None:
        super().__init__(dict(os.environ), _warn)
        self._lock = _thread.allocate_lock()

    def change(self, kind: Kind, name: str, change: Callable[[Any, float], tuple[Any, Any]]) -> Any:
        """Apply a pure change in one exclusive step and return its answer; raises nothing."""
        with self._lock:
            return super().change(kind, name, change)


def _warn(text: str) -> None:
    import logging

    logging.getLogger("retryrun").warning("%s", text)


class _States:
    """The states in use, one for each place, and who we are; both anew in a child process."""

    def __init__(self) -> None:
        self.lock = _thread.allocate_lock()
        self.known: dict[Place, ProgramState] = {}
        self.holder = ""
        self.left_behind: list[ProgramState] = []
        watch(self)

    def after_fork(self) -> None:
        # A connection of the parent is neither used nor closed here: its locks are the parent's.
        self.left_behind.extend(self.known.values())
        self.lock, self.known, self.holder = _thread.allocate_lock(), {}, ""

    def close(self) -> None:
        """Let go of every store; what is asked later opens it again."""
        with self.lock:
            for each in self.known.values():
                each.close()
            self.known.clear()


_states = _States()
atexit.register(_states.close)


def state() -> State:
    """Return the state at the place that the environment names now."""
    where = place(os.environ)
    with _states.lock:
        found = _states.known.get(where)
        if found is None:
            found = _states.known[where] = ProgramState()
        return found


class _Unblemished(Permit):
    """Leave to call while nothing has failed lately: a success has nothing to settle."""


class SharedCircuitBreaker(CircuitBreaker):
    """A circuit breaker whose state is that of all who use its name; see CircuitBreaker.shared."""

    def __init__(
        self,
        name: str,
        expected_exception: Expected = Exception,
        trial_timeout: float | None = None,
        listeners: tuple[Listener, ...] = (),
    ) -> None:
        given: object = name
        if not isinstance(given, str) or not given:
            raise TypeError(f"a shared breaker needs a name, not {given!r}")
        settings = (document_in_force().get("breakers") or {}).get(name) or {}
        config = BreakerConfig(**settings)
        super().__init__(
            config.failure_threshold,
            config.recovery_timeout,
            expected_exception,
            trial_timeout=trial_timeout,
            name=name,
            listeners=listeners,
        )
        self._config = config.replace(trial_timeout=self._config.trial_timeout)
        self._state = BreakerState(failures=1)  # never the closed path: every call asks

    def _ask(self) -> Permit:
        return self._ask_all()

    def _look(self) -> tuple[BreakerState, float]:
        found: tuple[BreakerState, float] = self._change(lambda state, now: (state, (state, now)))
        return found

    def _change(self, change: Change) -> Any:
        return state().change(BREAKERS, self.name or "", change)

    def _admit(self, state: BreakerState, now: float) -> tuple[BreakerState, Permit | Refusal]:
        gone = state.trial_until is not None and is_gone(state.holder)
        after, answer = core.admit(self._config, state, now, holder=_holder(), gone=gone)
        clean = state.opened_at is None and state.failures == 0
        if clean and self._config.failure_rate is None:
            return after, _Unblemished(state.generation)
        return after, answer

    def _settle(self, permit: Permit, *, ok: bool | None) -> None:
        if ok is not False and isinstance(permit, _Unblemished):
            return
        super()._settle(permit, ok=ok)


def _holder() -> str:
    if not _states.holder:
        _states.holder = identity()
    return _states.holder
