"""The circuit breaker and the retry budget of a command, over the state of all runs."""

from __future__ import annotations

import os

from .core import breaker, budget
from .core.breaker import BreakerConfig, Permit, Refusal
from .core.budget import BudgetConfig
from .store.cells import BREAKERS, BUDGETS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from .core.policy import Policy
    from .state import State

LONGEST_ATTEMPT = 600.0  # seconds: the lease of a trial whose command has no time limit


class Guard:
    """Asks and tells for one job: before each attempt, after it, before each retry."""

    def __init__(self, state: State, policy: Policy, breakers: Mapping[str, Any]) -> None:
        self._shared = state
        self.name: str | None = policy.get("breaker") or None
        limit = policy.get("timeout") or 0.0
        lease = limit + policy.get("kill_after") if limit else LONGEST_ATTEMPT
        settings = breakers.get(self.name or "") or {}
        self._config = BreakerConfig(**{**settings, "trial_timeout": lease})
        given = policy.get("budget")
        known = {key: value for key, value in (given or {}).items() if value is not None}
        self._budget = BudgetConfig(**known) if given else None
        self._bucket = self.name or f"policy {policy.name}"
        self._permit: Permit | None = None
        self.changes: list[tuple[float, str, str]] = []
        self.state: str | None = None

    def admit(self) -> float | None:
        """Return None for leave to run, or for how many seconds it is refused."""
        if self.name is None:
            return None

        def ask(state: Any, now: float) -> tuple[Any, Any]:
            if state.opened_at is None:  # mostly: who we are is of no interest
                return breaker.admit(self._config, state, now)
            gone = state.trial_until is not None and is_gone(state.holder)
            return breaker.admit(self._config, state, now, holder=identity(), gone=gone)

        answer = self._apply(ask)
        if isinstance(answer, Refusal):
            return answer.retry_after
        self._permit = answer
        return None

    def settle(self, ok: bool | None) -> float | None:
        """Take in how an attempt went; return for how long the circuit is now open, None if not."""
        if ok and self._budget is not None:
            config = self._budget
            self._shared.change(
                BUDGETS, self._bucket, lambda state, _now: (budget.deposit(config, state), None)
            )
        permit, self._permit = self._permit, None
        if permit is None:
            return None
        known = permit

        def tell(state: Any, now: float) -> tuple[Any, Any]:
            after = breaker.settle(self._config, state, known, ok, now)
            return after, breaker.remaining(self._config, after, now)

        left: float | None = self._apply(tell)
        return left

    def spend(self) -> bool:
        """Pay for a retry; tell whether there was enough."""
        if self._budget is None:
            return True
        config = self._budget
        return bool(
            self._shared.change(
                BUDGETS, self._bucket, lambda state, _now: budget.spend(config, state)
            )
        )

    def _apply(self, change: Callable[[Any, float], tuple[Any, Any]]) -> Any:
        """Change the breaker and remember what became of it."""

        def observed(state: Any, now: float) -> tuple[Any, Any]:
            after, answer = change(state, now)
            moved = breaker.transition(state, after)
            return after, (answer, breaker.phase(self._config, after, now), moved, now)

        answer, self.state, moved, now = self._shared.change(BREAKERS, self.name or "", observed)
        if moved:
            self.changes.append((now, *moved))
        return answer


def identity() -> str:
    """Return who we are, for others on this machine to see whether we still run."""
    return f"{_machine()} {os.getpid()} {_born(os.getpid())}"


def is_gone(holder: str) -> bool:
    """Tell whether a process of this machine is known to be no more."""
    machine, _, rest = holder.partition(" ")
    pid, _, born = rest.partition(" ")
    if machine != _machine() or not pid.isdigit():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        pass
    return _born(int(pid)) != born


def _machine() -> str:
    """Name this boot of this machine and, in a container, its own processes."""
    try:
        with open("/proc/sys/kernel/random/boot_id", encoding="utf-8") as file:
            boot = file.read().strip()
        return f"{boot}/{os.readlink('/proc/self/ns/pid')}"
    except OSError:
        return os.uname().nodename.replace(" ", "-")


def _born(pid: int) -> str:
    """Return when a process began, in ticks since boot; "" where that cannot be told.

    One that has ended and only waits to be collected has not begun at any time: "ended".
    """
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
            fields = file.read().rpartition(")")[2].split()
        return "ended" if fields[0] in "ZX" else fields[19]
    except (OSError, IndexError):
        return ""
