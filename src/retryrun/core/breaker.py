"""The circuit breaker as two pure functions.

`admit` is asked before a call, `settle` told after it; whoever keeps the state applies each inside
one exclusive step. A permit carries the generation in which it was given: a result that comes back
in a later one decides nothing, so a slow call cannot close what others have opened. The pattern is
Michael Nygard's, "Release It!", 2007.
"""

from __future__ import annotations

from .value import Value

CLOSED, OPEN, HALF_OPEN = "CLOSED", "OPEN", "HALF_OPEN"


class BreakerConfig(Value):
    """When to open and for how long.

    It opens after `failure_threshold` failures in a row. `recovery_timeout` seconds later it lets
    one trial through, which may hold the door for `trial_timeout` seconds.
    """

    failure_threshold: int = 5
    recovery_timeout: float = 60.0
    trial_timeout: float = 60.0


class BreakerState(Value):
    """What is remembered.

    `failures` in a row; `opened_at` is None while closed; `generation` counts the changes that
    make results on their way worthless; `trial_until` is the end of the running trial's lease.
    """

    failures: int = 0
    opened_at: float | None = None
    generation: int = 0
    trial_until: float | None = None
    forced: bool = False


class Permit(Value):
    """Leave to call, to be handed back to `settle`."""

    generation: int
    trial: bool = False


class Refusal(Value):
    """No leave to call; `retry_after` is when to ask again, in seconds."""

    retry_after: float


def phase(config: BreakerConfig, state: BreakerState, now: float) -> str:
    """Return CLOSED, OPEN, or HALF_OPEN once the recovery time is up."""
    if state.opened_at is None:
        return CLOSED
    if state.forced or now - state.opened_at < config.recovery_timeout:
        return OPEN
    return HALF_OPEN


def admit(
    config: BreakerConfig, state: BreakerState, now: float
) -> tuple[BreakerState, Permit | Refusal]:
    """Ask for leave to call. Times are points on one monotonic clock, in seconds."""
    if state.opened_at is None:
        return state, Permit(state.generation)
    if phase(config, state, now) == OPEN:
        left = config.recovery_timeout - (now - state.opened_at)
        return state, Refusal(config.recovery_timeout if state.forced else left)
    if state.trial_until is not None and now < state.trial_until:
        return state, Refusal(state.trial_until - now)
    # A trial whose lease has run out is given up: its result belongs to a generation gone by.
    begun = state.replace(generation=state.generation + 1, trial_until=now + config.trial_timeout)
    return begun, Permit(begun.generation, trial=True)


def settle(
    config: BreakerConfig, state: BreakerState, permit: Permit, ok: bool | None, now: float
) -> BreakerState:
    """Take in a result: True, False, or None for one that says nothing of the service."""
    if permit.generation != state.generation:
        return state
    if permit.trial:
        if ok is None:
            return state.replace(trial_until=None)
        return closed(state) if ok else opened(state, now)
    if ok is None or (ok and state.failures == 0):
        return state
    failures = 0 if ok else state.failures + 1
    counted = state.replace(failures=failures)
    return opened(counted, now) if failures >= config.failure_threshold else counted


def opened(state: BreakerState, now: float, *, forced: bool = False) -> BreakerState:
    """Open it; forced open it stays so until `closed`."""
    return BreakerState(state.failures, now, state.generation + 1, None, forced)


def closed(state: BreakerState) -> BreakerState:
    """Close it and begin to count anew."""
    return BreakerState(generation=state.generation + 1)
