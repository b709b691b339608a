"""Layers, and what a policy says about a failure."""

import pytest

from retryrun.core.failure import Classification
from retryrun.core.outcome import Outcome
from retryrun.core.policy import (
    BUILT_IN_DEFAULT,
    Layer,
    Policy,
    allows_fallback,
    in_ranges,
    listed,
    refusal,
)

from tests.fakes import NETWORK, RATE, REAL, TIMEOUT, UNKNOWN, policy

FAILED = Outcome(1)
GAVE_UP = Classification("permanent", "medium", "retryrun.gave-up")


def test_the_nearest_layer_that_speaks_wins():
    stack = policy(None, {"max_retries": 7, "timeout": 3.0}, max_retries=1)
    assert stack.find("max_retries") == (1, "test")
    assert stack.find("timeout") == (3.0, "level 0")
    assert stack.find("max_delay") == (60.0, "built in")


def test_within_a_layer_the_category_beats_the_general_value():
    assert policy().limit(RATE) == 7
    assert policy().limit(NETWORK) == 4
    stack = policy(max_retries=1, per_category={"network": {"max_retries": 9}})
    assert stack.limit(NETWORK) == 10
    assert stack.limit(RATE) == 2


def test_a_nearer_general_value_beats_a_farther_category():
    assert policy(max_retries=1).limit(RATE) == 2
    assert policy(None, {"max_retries": 2}).limit(RATE) == 3


def test_the_origin_names_the_category():
    assert policy().find("base_delay", ["rate_limit"]) == (5.0, "built in, per_category.rate_limit")


def test_timeouts_have_a_name_of_their_own_and_are_transient():
    both = policy(per_category={"transient": {"max_retries": 5}, "timeout": {"max_retries": 1}})
    assert both.limit(TIMEOUT) == 2
    assert policy(per_category={"transient": {"max_retries": 5}}).limit(TIMEOUT) == 6


def test_an_unknown_key_is_an_error():
    with pytest.raises(KeyError):
        Policy("x", (Layer("a", {}),)).get("max_retries")


@pytest.mark.parametrize(
    ("words", "failure", "named"),
    [
        (["network"], NETWORK, True),
        (["network"], RATE, False),
        (["net.down"], NETWORK, True),
        (["any"], UNKNOWN, True),
        (["permanent"], REAL, True),
        (["permanent"], UNKNOWN, False),
        (["unmatched"], UNKNOWN, True),
        (["unmatched"], REAL, False),
        (["timeout"], TIMEOUT, True),
        (["transient"], TIMEOUT, True),
        (["timeout"], Classification("transient", "medium", "http.503"), False),
        ([], NETWORK, False),
    ],
)
def test_what_a_list_names(words, failure, named):
    assert listed(words, failure) is named


@pytest.mark.parametrize(
    ("failure", "retried"),
    [(NETWORK, True), (RATE, True), (TIMEOUT, True), (REAL, False), (UNKNOWN, False),
     (Classification("resource", "high", "os.memory"), False)],
)  # fmt: skip
def test_what_is_retried_by_default(failure, retried):
    assert (refusal(policy(), failure, FAILED) is None) is retried


def test_never_wins():
    assert refusal(policy(retry_on=["any"], never_retry_on=["network"]), NETWORK, FAILED)
    codes = policy(retry_on_exit_code=[[1, 1]], never_retry_on=["unmatched"])
    assert refusal(codes, UNKNOWN, FAILED) == "never_retry_on"


def test_exit_codes_are_retried_whatever_the_text_says():
    codes = policy(retry_on=[], retry_on_exit_code=[[100, 110], [1, 1]])
    assert refusal(codes, REAL, FAILED) is None
    assert refusal(codes, REAL, Outcome(105)) is None
    assert refusal(codes, REAL, Outcome(2)) == ""
    assert (
        refusal(policy(retry_on_exit_code=[[137, 137]]), UNKNOWN, Outcome(None, signal=9)) is None
    )


@pytest.mark.parametrize(
    ("failure", "outcome"),
    [
        (Classification("network", "critical", "x"), FAILED),
        (GAVE_UP, FAILED),
        (UNKNOWN, Outcome(126)),
        (UNKNOWN, Outcome(127)),
    ],
)
def test_nothing_makes_these_retried(failure, outcome):
    everything = policy(retry_on=["any"], retry_on_exit_code=[[0, 255]])
    assert refusal(everything, failure, outcome) is not None


def test_retry_never_yields_to_nothing():
    stack = policy("an apply may have half happened", retry_on=["any"])
    assert refusal(stack, NETWORK, FAILED) == "an apply may have half happened"
    assert refusal(policy("", retry_on=["any"]), NETWORK, FAILED) == "retry: never"


@pytest.mark.parametrize(
    ("failure", "outcome", "may"),
    [
        (NETWORK, FAILED, True),
        (UNKNOWN, FAILED, True),
        (REAL, FAILED, False),
        (REAL, Outcome(127), True),
    ],
)
def test_who_may_fall_back_by_default(failure, outcome, may):
    assert allows_fallback(policy(), failure, outcome) is may


def test_fallback_on_is_a_list_like_the_others():
    assert allows_fallback(policy(fallback_on=["permanent"]), REAL, FAILED)
    assert not allows_fallback(policy(fallback_on=["permanent"]), NETWORK, FAILED)


def test_ranges():
    assert in_ranges(3, [[1, 5], [10, 10]])
    assert in_ranges(10, [[1, 5], [10, 10]])
    assert not in_ranges(6, [[1, 5], [10, 10]])


def test_the_defaults_are_complete():
    assert BUILT_IN_DEFAULT["max_retries"] == 3
    assert BUILT_IN_DEFAULT["per_category"]["rate_limit"]["max_delay"] == 120.0
