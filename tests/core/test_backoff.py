"""The delays: formula, bounds, no overflow."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retryrun.core import backoff

finite = st.floats(min_value=0, max_value=1e12, allow_nan=False)
factors = st.floats(min_value=1, max_value=1e3)
draws = st.floats(min_value=0, max_value=1, exclude_max=True)
attempts = st.integers(min_value=0, max_value=10**7)


def delay(attempt, base=1.0, cap=60.0, factor=2.0, mode="none", draw=0.5, previous=0.0):
    return backoff.delay(
        attempt, base=base, cap=cap, factor=factor, mode=mode, draw=lambda: draw, previous=previous
    )


def test_it_doubles_up_to_the_cap():
    assert [delay(n) for n in range(8)] == [1, 2, 4, 8, 16, 32, 60, 60]


def test_another_base_of_the_exponent():
    assert [delay(n, factor=1.5) for n in range(4)] == [1, 1.5, 2.25, 3.375]


def test_a_factor_of_one_is_a_constant_wait():
    assert {delay(n, factor=1) for n in range(20)} == {1}


def test_the_cap_holds_from_the_first_wait_on():
    assert [delay(n, base=0.1, cap=0.15) for n in range(3)] == [0.1, 0.15, 0.15]
    assert delay(0, base=10, cap=3) == 3


@pytest.mark.parametrize("attempt", [1024, 5000, 10**6])
def test_a_huge_attempt_number_is_the_cap(attempt):
    assert delay(attempt) == 60.0
    assert delay(attempt, base=2, factor=2) == 60.0


def test_a_negative_attempt_is_refused():
    with pytest.raises(ValueError, match="counts from 0"):
        delay(-1)


def test_no_base_no_wait():
    assert delay(7, base=0) == 0


@given(attempts, finite, finite, factors, draws, finite, st.sampled_from(sorted(backoff.MODES)))
def test_every_wait_is_finite_and_between_zero_and_the_cap(n, base, cap, factor, draw, prev, mode):
    wait = delay(n, base, cap, factor, mode, draw, prev)
    assert math.isfinite(wait)
    assert 0 <= wait <= cap


@given(attempts, finite, finite, factors, draws)
def test_the_bands_of_the_modes(n, base, cap, factor, draw):
    d = backoff.exponential(n, base, cap, factor)
    proportional = delay(n, base, cap, factor, "proportional", draw)
    almost = pytest.approx
    assert proportional >= 0.5 * d or proportional == almost(0.5 * d)
    assert proportional <= min(1.5 * d, cap) or proportional == almost(min(1.5 * d, cap))
    equal = delay(n, base, cap, factor, "equal", draw)
    assert d / 2 <= equal <= d or equal == almost(d)
    assert 0 <= delay(n, base, cap, factor, "full", draw) <= d
    assert delay(n, base, cap, factor, "none", draw) == d


@given(attempts, finite, finite, finite, draws)
def test_decorrelated_lies_between_base_and_three_times_the_last(n, base, cap, previous, draw):
    wait = delay(n, base, cap, 2, "decorrelated", draw, previous)
    low = min(base, cap)
    assert low <= wait or wait == pytest.approx(low)
    high = max(low, min(cap, 3 * max(previous, low)))
    assert wait <= high or wait == pytest.approx(high)


def test_jitter_spreads():
    import random

    dice = random.Random(7).random
    drawn = {backoff.delay(3, base=1, cap=60, factor=2, mode="full", draw=dice) for _ in range(20)}
    assert len(drawn) == 20
