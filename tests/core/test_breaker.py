"""The circuit breaker as pure functions."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from retryrun.core.breaker import (
    BreakerConfig,
    BreakerState,
    Permit,
    Refusal,
    admit,
    closed,
    opened,
    phase,
    recovery,
    remaining,
    settle,
    transition,
)

PLAIN = BreakerConfig(failure_threshold=3, recovery_timeout=60.0, trial_timeout=10.0)
RATED = PLAIN.replace(failure_threshold=1000, failure_rate=0.5, window=100.0, min_calls=4)


def after(config, results, state=None, at=0.0, step=1.0):
    """Return the state after calls, one a second, with these results."""
    state = state or BreakerState()
    for result in results:
        state, permit = admit(config, state, at)
        assert isinstance(permit, Permit)
        state = settle(config, state, permit, result, at)
        at += step
    return state


def test_failures_in_a_row_open_it_and_a_success_between_does_not():
    assert phase(PLAIN, after(PLAIN, [False, False, True, False, False]), 5.0) == "CLOSED"
    assert phase(PLAIN, after(PLAIN, [False] * 3), 5.0) == "OPEN"


def test_neutral_results_neither_count_nor_clear():
    assert after(PLAIN, [False, None, False]).failures == 2


def test_one_trial_after_the_recovery_time():
    state = after(PLAIN, [False] * 3)  # opened at 2
    assert admit(PLAIN, state, 61.9)[1] == Refusal(pytest.approx(0.1))
    state, permit = admit(PLAIN, state, 62.0)
    assert permit.trial
    assert admit(PLAIN, state, 62.0)[1] == Refusal(10.0)
    assert phase(PLAIN, settle(PLAIN, state, permit, True, 63.0), 63.0) == "CLOSED"
    again = settle(PLAIN, state, permit, False, 63.0)
    assert remaining(PLAIN, again, 63.0) == 60.0
    freed = settle(PLAIN, state, permit, None, 63.0)
    assert admit(PLAIN, freed, 63.0)[1].trial


def test_a_trial_is_given_up_after_its_lease_or_when_its_holder_is_gone():
    state = after(PLAIN, [False] * 3)
    state, first = admit(PLAIN, state, 62.0, holder="a")
    assert state.holder == "a"
    assert isinstance(admit(PLAIN, state, 71.9)[1], Refusal)
    assert admit(PLAIN, state, 63.0, holder="b", gone=True)[1].trial
    state, second = admit(PLAIN, state, 72.0, holder="b")
    assert second.trial
    late = settle(PLAIN, state, first, True, 73.0)
    assert late == state  # of a generation gone by


def test_a_late_result_decides_nothing():
    state, slow = admit(PLAIN, BreakerState(), 0.0)
    state = after(PLAIN, [False] * 3, state)
    assert settle(PLAIN, state, slow, True, 5.0) == state


def test_held_open_by_hand_until_closed():
    state = opened(BreakerState(), 0.0, forced=True)
    assert phase(PLAIN, state, 1e9) == "OPEN"
    assert admit(PLAIN, state, 1e9)[1] == Refusal(float("inf"))
    assert phase(PLAIN, closed(state), 0.0) == "CLOSED"


def test_a_clock_set_back_never_makes_the_wait_longer():
    state = after(PLAIN, [False] * 3, at=1e6)
    state, refusal = admit(PLAIN, state, 0.0)
    assert refusal == Refusal(60.0)
    assert admit(PLAIN, state, 60.0)[1].trial
    begun, _ = admit(PLAIN, after(PLAIN, [False] * 3, at=1e6), 2e6)
    assert remaining(PLAIN, begun, 0.0) == 60.0


def test_the_recovery_time_doubles_at_each_failed_trial_up_to_its_limit():
    config = PLAIN.replace(max_recovery_timeout=200.0)
    state, times, now = after(config, [False] * 3), [], 1000.0
    for _ in range(4):
        times.append(recovery(config, state))
        state, permit = admit(config, state, now)
        state = settle(config, state, permit, False, now)
        now += 1000.0
    assert times == [60.0, 120.0, 200.0, 200.0]
    assert recovery(PLAIN, state) == 60.0  # without a limit it stays as it is
    assert recovery(config, closed(state)) == 60.0


def test_many_openings_do_not_overflow():
    state = BreakerState(opened_at=0.0, trips=10**6)
    assert recovery(PLAIN.replace(max_recovery_timeout=1e300), state) < float("inf")


def test_a_failure_rate_needs_enough_calls():
    assert phase(RATED, after(RATED, [True, False, False]), 3.0) == "CLOSED"
    assert phase(RATED, after(RATED, [True, True, False, False]), 4.0) == "OPEN"
    assert phase(RATED, after(RATED, [True, True, True, True, False]), 5.0) == "CLOSED"


def test_a_success_never_opens_it():
    state = after(RATED, [False, False, False])
    assert phase(RATED, after(RATED, [True], state, at=3.0), 3.0) == "CLOSED"


def test_what_is_older_than_the_window_fades():
    # Two failures in the window before: half of them reach into the window that ends at 150.
    state = after(RATED, [False, False, True, True][:3])
    state = after(RATED, [True], state, at=150.0)
    assert (state.failed_before, state.succeeded_before, state.succeeded) == (2, 1, 1)
    assert phase(RATED, after(RATED, [False], state, at=150.0), 150.0) == "CLOSED"
    far = after(RATED, [True], state, at=1000.0)
    assert (far.failed_before, far.succeeded_before) == (0, 0)


def test_changes_have_names():
    shut, before = BreakerState(), after(PLAIN, [False] * 2)
    open_ = after(PLAIN, [False], before)
    trial, permit = admit(PLAIN, open_, 100.0)
    assert transition(shut, before) is None
    assert transition(before, open_) == ("CLOSED", "OPEN")
    assert transition(open_, trial) == ("OPEN", "HALF_OPEN")
    assert transition(trial, settle(PLAIN, trial, permit, True, 101.0)) == ("HALF_OPEN", "CLOSED")
    assert transition(trial, settle(PLAIN, trial, permit, False, 101.0)) == ("HALF_OPEN", "OPEN")
    assert transition(open_, closed(open_)) == ("OPEN", "CLOSED")
    assert transition(open_, opened(open_, 5.0, forced=True)) is None


@given(st.lists(st.sampled_from([True, False, None]), max_size=30), st.integers(1, 5))
def test_without_a_rate_only_the_failures_in_a_row_count(results, threshold):
    config = PLAIN.replace(failure_threshold=threshold)
    state, row = BreakerState(), 0
    for at, result in enumerate(results):
        state, permit = admit(config, state, float(at))
        if isinstance(permit, Refusal):
            return
        state = settle(config, state, permit, result, float(at))
        row = row if result is None else 0 if result else row + 1
        assert (state.opened_at is not None) == (row >= threshold)


class Circuit(RuleBasedStateMachine):
    """Callers that overlap, die and come back late, on a clock that also jumps back."""

    def __init__(self):
        super().__init__()
        self.config = BreakerConfig(2, 10.0, 5.0, 0.5, 20.0, 4, 40.0)
        self.state = BreakerState()
        self.now = 100.0
        self.running = []

    @rule()
    def ask(self):
        before = self.state
        self.state, answer = admit(self.config, self.state, self.now)
        if isinstance(answer, Refusal):
            assert self.state.opened_at is not None
            assert 0.0 <= answer.retry_after
            if not self.state.forced:
                assert answer.retry_after <= 40.0
        else:
            assert answer.trial == (before.opened_at is not None)
            self.running.append((answer, self.now))

    @rule(data=st.data(), ok=st.sampled_from([True, False, None]))
    def answer(self, data, ok):
        if not self.running:
            return
        permit, _ = self.running.pop(data.draw(st.integers(0, len(self.running) - 1)))
        before = self.state
        self.state = settle(self.config, before, permit, ok, self.now)
        if permit.generation != before.generation:
            assert self.state == before

    @rule(step=st.floats(-30.0, 60.0))
    def time_passes(self, step):
        self.now = max(0.0, self.now + step)

    @rule()
    def by_hand(self):
        self.state = opened(self.state, self.now, forced=True)

    @rule()
    def reset(self):
        self.state = closed(self.state)
        assert phase(self.config, self.state, self.now) == "CLOSED"

    @invariant()
    def at_most_one_trial_counts(self):
        counting = [p for p, _ in self.running if p.trial and p.generation == self.state.generation]
        assert len(counting) <= 1

    @invariant()
    def it_is_sound(self):
        assert recovery(self.config, self.state) <= 40.0
        if self.state.opened_at is None:
            assert self.state.trial_until is None
            assert self.state.failures < self.config.failure_threshold


TestCircuit = Circuit.TestCase
TestCircuit.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
