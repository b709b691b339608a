"""The retry budget."""

from hypothesis import given
from hypothesis import strategies as st

from retryrun.core.budget import BudgetConfig, BudgetState, deposit, left, spend


def test_a_full_bucket_holds_the_reserve():
    config, state = BudgetConfig(0.2, 3), BudgetState()
    answers = []
    for _ in range(5):
        state, paid = spend(config, state)
        answers.append(paid)
    assert answers == [True, True, True, False, False]
    assert left(config, state) == 0


def test_successes_pay_for_retries():
    config, state = BudgetConfig(0.2, 1), BudgetState()
    state, _ = spend(config, state)
    for _ in range(5):
        assert not spend(config, state)[1]
        state = deposit(config, state)
    assert spend(config, state)[1]


def test_a_full_bucket_does_not_overflow():
    state = BudgetState()
    assert deposit(BudgetConfig(), state) is state


def test_without_a_reserve_there_is_room_for_one():
    assert left(BudgetConfig(0.5, 0), BudgetState()) == 1


def test_a_bucket_that_was_larger_once_is_not_in_debt_for_long():
    state = BudgetState(missing=50.0)
    assert left(BudgetConfig(0.5, 2), deposit(BudgetConfig(0.5, 2), state)) == 0
    assert deposit(BudgetConfig(0.5, 2), state).missing == 1.5


@given(st.lists(st.booleans(), max_size=200), st.floats(0.01, 1.0), st.integers(0, 20))
def test_retries_are_at_most_the_share_of_the_successes_and_the_reserve(calls, share, reserve):
    config, state, successes, retries = BudgetConfig(share, reserve), BudgetState(), 0, 0
    for success in calls:
        if success:
            state, successes = deposit(config, state), successes + 1
        else:
            state, paid = spend(config, state)
            retries += paid
        assert retries <= share * successes + max(1, reserve) + 1e-6
