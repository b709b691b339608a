"""The retry budget: a token bucket that retries are paid from and successes pay into.

While a service is down every client retries, and the load on it is multiplied just then. With a
budget shared by all invocations the retries are at most `share` of the successes, beyond a
`reserve` that is there at once. The design is that of Finagle's RetryBudget and of gRPC's retry
throttling (gRFC A6); the case for it is made in "Site Reliability Engineering", chapter 21,
Handling Overload.
"""

from __future__ import annotations

from .value import Value


class BudgetConfig(Value):
    """What a bucket is like.

    A success pays in `share` of a retry; the bucket holds `reserve` retries, at least one, and
    begins full.
    """

    share: float = 0.2
    reserve: int = 10


class BudgetState(Value):
    """How many retries are missing to a full bucket."""

    missing: float = 0.0


def spend(config: BudgetConfig, state: BudgetState) -> tuple[BudgetState, bool]:
    """Pay for a retry; tell whether there was enough."""
    missing = state.missing + 1.0
    # A sum of shares such as 0.1 may fall short by rounding.
    return (
        (state.replace(missing=missing), True)
        if missing <= _full(config) + 1e-9
        else (state, False)
    )


def deposit(config: BudgetConfig, state: BudgetState) -> BudgetState:
    """Take in what a success pays."""
    if state.missing <= 0.0:
        return state
    return state.replace(missing=max(0.0, min(state.missing, _full(config)) - config.share))


def left(config: BudgetConfig, state: BudgetState) -> int:
    """Return how many retries could be paid for now."""
    return max(0, int(_full(config) - state.missing + 1e-9))


def _full(config: BudgetConfig) -> int:
    return max(1, config.reserve)
