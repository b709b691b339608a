"""A retry budget inside one program: what keeps retries from multiplying the load on a service."""

from __future__ import annotations

import _thread

from .core import budget as core
from .core.budget import BudgetConfig, BudgetState
from .forks import watch

__all__ = ["RetryBudget"]


class RetryBudget:
    """Retries are paid from it, successes pay into it; shared by as many functions as you like.

    A success pays `share` of a retry (0.2: one retry for five successes); `reserve` retries are
    there at once. When it is empty a failed call gives up at once. Safe between threads and tasks.
    Raises ValueError or TypeError for settings without meaning.

        budget = RetryBudget(share=0.2, reserve=10)

        @with_retry(budget=budget)
        def fetch(url): ...
    """

    def __init__(self, share: float = 0.2, reserve: int = 10) -> None:
        if isinstance(share, bool) or not isinstance(share, (int, float)):
            raise TypeError("share must be a number")
        if not 0 < share <= 1:
            raise ValueError(f"share must be above 0 and at most 1, not {share!r}")
        if isinstance(reserve, bool) or not isinstance(reserve, int):
            raise TypeError("reserve must be a whole number")
        if reserve < 0:
            raise ValueError(f"reserve must be 0 or more, not {reserve!r}")
        self._config = BudgetConfig(float(share), reserve)
        self._state = BudgetState()
        self._lock = _thread.allocate_lock()
        watch(self)

    @property
    def left(self) -> int:
        """How many retries could be paid for now."""
        return core.left(self._config, self._state)

    def spend(self) -> bool:
        """Pay for a retry; tell whether there was enough."""
        with self._lock:
            self._state, enough = core.spend(self._config, self._state)
        return enough

    def deposit(self) -> None:
        """Take in what a success pays."""
        if self._state.missing > 0.0:  # a full one needs no lock
            with self._lock:
                self._state = core.deposit(self._config, self._state)

    def after_fork(self) -> None:
        """Be usable in a child process."""
        self._lock = _thread.allocate_lock()

    def __repr__(self) -> str:
        settings = f"share={self._config.share!r}, reserve={self._config.reserve!r}"
        return f"<RetryBudget {settings}, {self.left} left>"
