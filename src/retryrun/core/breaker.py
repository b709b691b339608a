"""The circuit breaker as two pure functions.

`admit` is asked before a call, `settle` told after it; whoever keeps the state applies each inside
one exclusive step. A permit carries the generation in which it was given: a result that comes back
in a later one decides nothing, so a slow call cannot close what others have opened. The pattern is
Michael Nygard's, "Release It!", 2007; the estimate of the failure rate over a sliding window from
two counted windows is the one that rate limiters use ("How we built rate limiting capable of
scaling to millions of domains", Cloudflare, 2017).
"""

from __future__ import annotations

from .value import Value

CLOSED, OPEN, HALF_OPEN = "CLOSED", "OPEN", "HALF_OPEN"
LONGEST_GROWTH = 64  # doublings: beyond this the recovery time is at its limit anyway


class BreakerConfig(Value):
    """When to open and for how long.

    It opens after `failure_threshold` failures in a row, or, with a `failure_rate` (a share from 0
    to 1), when at least that share of the calls of the last `window` seconds failed and there were
    `min_calls` of them. `recovery_timeout` seconds later it lets one trial through, which may hold
    the door for `trial_timeout` seconds. Each trial that fails doubles the recovery time, up to
    `max_recovery_timeout`; without one it stays as it is.
    """

    failure_threshold: int = 5
    recovery_timeout: float = 60.0
    trial_timeout: float = 60.0
    failure_rate: float | None = None
    window: float = 60.0
    min_calls: int = 10
    max_recovery_timeout: float | None = None


class BreakerState(Value):
    """What is remembered.

    `failures` in a row; `opened_at` is None while closed; `generation` counts the changes that
    make results on their way worthless; `trips` counts the openings since it was last closed.
    `trial_until` is the end of the running trial's lease and `holder` says whose it is. Calls are
    counted in the window that began at `window_start` (`succeeded`, `failed`) and in the one before
    it (`succeeded_before`, `failed_before`), and only for a failure rate.
    """

    failures: int = 0
    opened_at: float | None = None
    generation: int = 0
    trial_until: float | None = None
    forced: bool = False
    trips: int = 0
    holder: str = ""
    window_start: float = 0.0
    succeeded: int = 0
    failed: int = 0
    succeeded_before: int = 0
    failed_before: int = 0


class Permit(Value):
    """Leave to call, to be handed back to `settle`."""

    generation: int
    trial: bool = False


class Refusal(Value):
    """No leave to call; `retry_after` is when to ask again, in seconds (infinity: by hand)."""

    retry_after: float


def recovery(config: BreakerConfig, state: BreakerState) -> float:
    """Return how long it stays open this time, in seconds."""
    base = config.recovery_timeout
    if config.max_recovery_timeout is None or state.trips < 2:
        return base
    grown = base * 2.0 ** min(state.trips - 1, LONGEST_GROWTH)
    return min(grown, max(base, config.max_recovery_timeout))


def phase(config: BreakerConfig, state: BreakerState, now: float) -> str:
    """Return CLOSED, OPEN, or HALF_OPEN once the recovery time is up."""
    if state.opened_at is None:
        return CLOSED
    if state.forced or _age(state, now) < recovery(config, state):
        return OPEN
    return HALF_OPEN


def remaining(config: BreakerConfig, state: BreakerState, now: float) -> float | None:
    """Return for how many seconds nothing will be let through.

    None while closed, infinity while it is held open by hand.
    """
    if state.opened_at is None:
        return None
    if state.forced:
        return float("inf")
    left = recovery(config, state) - _age(state, now)
    if left <= 0 and state.trial_until is not None:
        left = min(state.trial_until - now, config.trial_timeout)
    return max(0.0, left)


def _age(state: BreakerState, now: float) -> float:
    # The clock of a shared state is the wall's, which may be set back: never wait longer for it.
    return max(0.0, now - (state.opened_at or 0.0))


def admit(
    config: BreakerConfig, state: BreakerState, now: float, *, holder: str = "", gone: bool = False
) -> tuple[BreakerState, Permit | Refusal]:
    """Ask for leave to call. Times are points on one clock, in seconds.

    `holder` is who asks. `gone` says that whoever holds the running trial is known to be no more,
    so that its lease need not run out.
    """
    if state.opened_at is None:
        return state, Permit(state.generation)
    if now < state.opened_at:
        state = state.replace(opened_at=now)
    leased = state.trial_until is not None and not gone
    if phase(config, state, now) == OPEN or (leased and (state.trial_until or 0.0) > now):
        return state, Refusal(remaining(config, state, now) or 0.0)
    # A trial whose lease has run out is given up: its result belongs to a generation gone by.
    begun = state.replace(
        generation=state.generation + 1, trial_until=now + config.trial_timeout, holder=holder
    )
    return begun, Permit(begun.generation, trial=True)


def settle(
    config: BreakerConfig, state: BreakerState, permit: Permit, ok: bool | None, now: float
) -> BreakerState:
    """Take in a result: True, False, or None for one that says nothing of the service."""
    if permit.generation != state.generation:
        return state
    if permit.trial:
        if ok is None:
            return state.replace(trial_until=None, holder="")
        return closed(state) if ok else opened(state, now)
    if ok is None:
        return state
    counted = state if state.failures == 0 and ok else _counted(state, ok)
    if config.failure_rate is not None:
        counted = _in_window(config, counted, ok, now)
    return opened(counted, now) if not ok and _trips(config, counted, now) else counted


def _counted(state: BreakerState, ok: bool) -> BreakerState:
    return state.replace(failures=0 if ok else state.failures + 1)


def _in_window(config: BreakerConfig, state: BreakerState, ok: bool, now: float) -> BreakerState:
    age = now - state.window_start
    if not 0 <= age < config.window:
        following = config.window <= age < 2 * config.window
        state = state.replace(
            window_start=state.window_start + config.window if following else now,
            succeeded_before=state.succeeded if following else 0,
            failed_before=state.failed if following else 0,
            succeeded=0,
            failed=0,
        )
    return state.replace(succeeded=state.succeeded + ok, failed=state.failed + (not ok))


def _trips(config: BreakerConfig, state: BreakerState, now: float) -> bool:
    if state.failures >= config.failure_threshold:
        return True
    if config.failure_rate is None:
        return False
    # Of the window before, the part that the last `window` seconds still reach into.
    share = 1.0 - (now - state.window_start) / config.window
    failed = state.failed + share * state.failed_before
    calls = failed + state.succeeded + share * state.succeeded_before
    return calls >= config.min_calls and failed >= config.failure_rate * calls


def opened(state: BreakerState, now: float, *, forced: bool = False) -> BreakerState:
    """Open it; forced open it stays so until `closed`."""
    return BreakerState(
        failures=state.failures,
        opened_at=now,
        generation=state.generation + 1,
        forced=forced,
        trips=state.trips + 1,
    )


def closed(state: BreakerState) -> BreakerState:
    """Close it and begin to count anew."""
    return BreakerState(generation=state.generation + 1)


def transition(before: BreakerState, after: BreakerState) -> tuple[str, str] | None:
    """Return the phases that a change went between, None where the phase is the same."""
    if after.generation == before.generation:
        return None
    came, went = _standing(before), _standing(after)
    return None if came == went else (came, went)


def _standing(state: BreakerState) -> str:
    if state.opened_at is None:
        return CLOSED
    return OPEN if state.trial_until is None else HALF_OPEN
