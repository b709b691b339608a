"""The retry loop, without a process, a clock or a wait."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retryrun.core.failure import Classification
from retryrun.core.flow import Attempt, exit_status, retry_flow
from retryrun.core.outcome import Outcome

from tests.fakes import NETWORK, RATE, REAL, TIMEOUT, UNKNOWN, Circuit, Clock, Play, policy

PLAIN = {"jitter": "none"}


def play(script, *, takes=1.0, deadline=None, stop_wait=None, never=None, circuit=None, **near):
    run = Play(
        policy(never, **{**PLAIN, **near}),
        script,
        takes=takes,
        deadline=deadline,
        stop_wait=stop_wait,
        circuit=circuit,
    )
    run.run()
    return run


def test_a_success_is_left_alone():
    run = play([None])
    assert run.verdict.outcome == "succeeded"
    assert len(run.steps) == 1


def test_it_stops_at_the_first_success():
    run = play([NETWORK, NETWORK, None])
    assert run.verdict.outcome == "recovered"
    assert run.waits == [1.0, 2.0]
    assert [step.number for step in run.steps if isinstance(step, Attempt)] == [1, 2, 3]


def test_no_wait_after_the_last_attempt():
    run = play([NETWORK] * 4)
    assert run.verdict.outcome == "failed"
    assert run.waits == [1.0, 2.0, 4.0]
    assert run.gave_up.reason == "none_left"
    assert [tried.delay for tried in run.verdict.tried] == [1.0, 2.0, 4.0, None]


def test_no_retries_at_all():
    run = play([NETWORK], max_retries=0)
    assert run.waits == []
    assert run.gave_up.reason == "none_left"


@pytest.mark.parametrize("failure", [REAL, UNKNOWN])
def test_what_is_not_asked_for_is_not_retried(failure):
    run = play([failure])
    assert run.gave_up.reason == "not_retried"
    assert run.verdict.tried[0].delay is None


def test_retryable_then_permanent_stops_there():
    run = play([NETWORK, REAL])
    assert len(run.verdict.tried) == 2
    assert run.gave_up.reason == "not_retried"


def test_the_limit_in_force_is_that_of_the_latest_failure():
    run = play([NETWORK, NETWORK, RATE, NETWORK])
    assert [tried.limit for tried in run.verdict.tried] == [4, 4, 7, 4]
    starts = [step.limit for step in run.steps if isinstance(step, Attempt)]
    assert starts == [4, 4, 4, 7]
    assert run.gave_up.reason == "none_left"


def test_a_category_has_its_own_waits():
    run = play([RATE, None])
    assert run.waits == [5.0]


def test_the_servers_wish_is_a_floor():
    assert play([NETWORK.replace(retry_after=7.0), None]).waits == [7.0]
    assert play([NETWORK.replace(retry_after=0.2), None]).waits == [1.0]


def test_a_wish_beyond_max_delay_ends_it_at_once():
    run = play([NETWORK.replace(retry_after=61.0)])
    assert run.gave_up.reason == "server_wait"
    assert run.gave_up.detail == 61.0


def test_a_wait_that_would_pass_the_deadline_is_not_begun():
    run = play([NETWORK] * 3, takes=3.0, deadline=12.0, base_delay=3.0, max_retries=2)
    assert run.waits == [3.0]
    assert run.clock.now == 1009.0
    assert run.gave_up.reason == "deadline"
    assert run.gave_up.detail == 6.0
    assert run.verdict.outcome == "failed"
    assert exit_status(run.verdict, policy(), {}) == 1


def test_an_attempt_gets_what_is_left_of_the_deadline():
    run = play([NETWORK, None], takes=3.0, deadline=10.0, timeout=5.0, base_delay=4.0)
    limits = [(step.timeout, step.timeout_kind) for step in run.steps if isinstance(step, Attempt)]
    assert limits == [(5.0, "timeout"), (3.0, "deadline")]


def test_a_time_limit_alone():
    run = play([None], timeout=5.0)
    assert (run.steps[0].timeout, run.steps[0].timeout_kind) == (5.0, "timeout")
    assert play([None]).steps[0].timeout is None


def test_cut_by_the_deadline_is_the_end():
    cut = (Outcome(None, signal=15, cut="deadline"), TIMEOUT)
    run = play([cut], deadline=1.0)
    assert run.gave_up.reason == "deadline"
    assert run.verdict.outcome == "timed_out"
    assert exit_status(run.verdict, policy(), {}) == 124


def test_a_cut_attempt_is_retried():
    cut = (Outcome(None, signal=15, cut="timeout"), TIMEOUT)
    run = play([cut, None], timeout=1.0)
    assert run.verdict.outcome == "recovered"


def test_the_clean_up_runs_between_attempts_only():
    run = play([NETWORK, None, NETWORK, None, NETWORK], max_retries=2, before_retry=["clean"])
    assert run.roles == ["primary", "before_retry", "primary", "before_retry", "primary"]
    hooks = [step for step in run.steps if getattr(step, "role", "") == "before_retry"]
    assert [hook.number for hook in hooks] == [2, 3]
    assert hooks[0].last.failure is NETWORK


def test_a_clean_up_that_fails_is_no_matter():
    run = play([NETWORK, REAL, None], before_retry=["clean"])
    assert run.verdict.outcome == "recovered"


def test_the_clean_up_of_one_category():
    run = play([RATE, None, None], per_category={"rate_limit": {"before_retry": ["a"]}})
    assert run.roles == ["primary", "before_retry", "primary"]


def test_a_clean_up_that_outlasts_the_deadline():
    run = play([NETWORK, None], takes=4.0, deadline=8.0, before_retry=["slow", "never"])
    assert run.roles == ["primary", "before_retry"]
    assert run.gave_up.reason == "deadline"
    assert exit_status(run.verdict, policy(), {}) == 1


def test_fallbacks_in_order_until_one_succeeds():
    run = play([NETWORK, REAL, None], max_retries=0, fallback=["a", "b", "c"])
    assert run.roles == ["primary", "fallback", "fallback"]
    fallbacks = [step for step in run.steps if getattr(step, "role", "") == "fallback"]
    assert [(step.index, step.of) for step in fallbacks] == [(1, 3), (2, 3)]
    assert run.gave_up.fallbacks == 3
    assert run.verdict.outcome == "fallback"
    assert exit_status(run.verdict, policy(), {}) == 0


def test_all_fallbacks_fail():
    last = (Outcome(9), UNKNOWN)
    run = play([NETWORK, last], max_retries=0, fallback=["a"])
    assert run.verdict.outcome == "failed"
    assert exit_status(run.verdict, policy(), {"network": 75, "unmatched": 76}) == 9


def test_no_fallback_for_a_real_failure():
    run = play([REAL], fallback=["a"])
    assert run.gave_up.fallbacks == 0
    assert run.roles == ["primary"]


def test_no_fallback_when_a_retry_succeeds():
    assert play([NETWORK, None], fallback=["a"]).roles == ["primary", "primary"]


def test_no_fallback_is_begun_after_the_deadline():
    run = play([NETWORK, NETWORK], max_retries=0, fallback=["a", "b"], takes=3.0, deadline=5.0)
    assert run.roles == ["primary", "fallback"]
    late = play([NETWORK], max_retries=0, fallback=["a"], takes=3.0, deadline=3.0)
    assert late.roles == ["primary"]


def test_a_command_that_cannot_be_run_may_fall_back_but_is_not_retried():
    run = play(
        [(Outcome(127, spawn_error="not found"), UNKNOWN), None], retry_on=["any"], fallback=["a"]
    )
    assert run.roles == ["primary", "fallback"]
    alone = play([(Outcome(126), UNKNOWN)], retry_on=["any"])
    assert alone.verdict.outcome == "not_runnable"
    assert exit_status(alone.verdict, policy(), {"unmatched": 75}) == 126


INTERRUPTED = (Outcome(None, signal=2, interrupted=2), UNKNOWN)


def test_nothing_is_started_after_an_interruption():
    run = play([INTERRUPTED], retry_on=["any"], fallback=["a"])
    assert run.verdict.outcome == "interrupted"
    assert run.verdict.interrupted == 2
    assert len(run.steps) == 1


def test_an_interruption_that_the_command_survived_is_one_too():
    run = play([(Outcome(0, interrupted=2), None)])
    assert run.verdict.outcome == "interrupted"


def test_an_interrupted_wait():
    run = play([NETWORK], stop_wait=15)
    assert run.verdict.outcome == "interrupted"
    assert run.verdict.interrupted == 15
    assert run.roles == ["primary"]


def test_an_interrupted_clean_up_and_fallback():
    assert play([NETWORK, INTERRUPTED], before_retry=["a"]).verdict.interrupted == 2
    run = play([NETWORK, INTERRUPTED], max_retries=0, fallback=["a", "b"])
    assert run.verdict.interrupted == 2
    assert run.roles == ["primary", "fallback"]


def test_a_deadline_may_pass_during_a_fallback():
    cut = (Outcome(None, signal=9, cut="deadline"), TIMEOUT)
    run = play([NETWORK, cut], max_retries=0, fallback=["a"], deadline=5.0)
    assert run.verdict.outcome == "timed_out"
    assert exit_status(run.verdict, policy(), {"timeout": 75}) == 124


def test_retry_never():
    run = play([NETWORK], never="it may have half happened")
    assert run.gave_up.detail == "it may have half happened"


def test_the_status_of_one_that_gave_up():
    failed = play([NETWORK], max_retries=0).verdict
    assert exit_status(failed, policy(), {}) == 1
    assert exit_status(failed, policy(), {"network": 75}) == 75
    assert exit_status(play([UNKNOWN]).verdict, policy(), {"permanent": 9, "unmatched": 8}) == 8
    assert exit_status(play([REAL]).verdict, policy(), {"permanent": 9, "unmatched": 8}) == 9
    cut = play([(Outcome(None, signal=15, cut="timeout"), TIMEOUT)], max_retries=0).verdict
    assert exit_status(cut, policy(), {}) == 124
    assert exit_status(cut, policy(), {"transient": 75}) == 75
    assert exit_status(cut, policy(), {"transient": 75, "timeout": 76}) == 76
    killed = play([(Outcome(None, signal=9), UNKNOWN)]).verdict
    assert exit_status(killed, policy(), {}) == 137


def test_a_success_declared_a_failure_exits_1():
    failed = play([(Outcome(0), REAL)]).verdict
    assert failed.outcome == "failed"
    assert exit_status(failed, policy(), {}) == 1


def test_a_flaky_success_may_count_as_a_failure():
    recovered = play([(Outcome(3), NETWORK), None]).verdict
    assert exit_status(recovered, policy(), {}) == 0
    assert exit_status(recovered, policy(flaky="fail"), {}) == 3
    odd = play([(Outcome(0), NETWORK), None]).verdict
    assert exit_status(odd, policy(flaky="fail"), {}) == 1


def test_a_wrong_answer_to_an_attempt_is_a_programming_error():
    flow = retry_flow(policy(), lambda *_: None, lambda: 0.5, Clock())
    next(flow)
    with pytest.raises(TypeError, match="answered by an Outcome"):
        flow.send(None)


verdicts = st.sampled_from(
    [None, NETWORK, RATE, REAL, UNKNOWN, TIMEOUT, NETWORK.replace(retry_after=9.0),
     Classification("network", "critical", "x")]
)  # fmt: skip


@given(
    st.lists(verdicts, min_size=40, max_size=40),
    st.integers(0, 8),
    st.floats(0, 5),
    st.floats(0, 30),
    st.floats(0.01, 100),
    st.floats(0, 1, exclude_max=True),
    st.sampled_from(["none", "full", "equal", "proportional", "decorrelated"]),
    st.booleans(),
)
def test_nothing_is_begun_past_the_deadline(script, retries, base, cap, deadline, draw, mode, bare):
    settings = {"max_retries": retries, "base_delay": base, "max_delay": cap, "jitter": mode}
    extra = {} if bare else {"fallback": ["f", "g"], "before_retry": ["h"]}
    run = Play(
        policy(None, **settings, **extra), script, takes=0.7, deadline=deadline, draw=lambda: draw
    )
    end = run.clock.now + deadline
    begun = []
    answer = run._answer

    def watching(step):
        if isinstance(step, Attempt):
            begun.append(run.clock.now)
        return answer(step)

    run._answer = watching
    verdict = run.run()
    assert all(moment < end for moment in begun)
    assert all(0 <= wait <= cap for wait in run.waits)
    assert run.roles.count("primary") <= max(retries + 1, 1)
    assert len(verdict.tried) == len(begun)
    if verdict.outcome in ("succeeded", "recovered", "fallback"):
        assert verdict.tried[-1].failure is None
    for tried in verdict.tried[:-1]:
        if tried.attempt.role == "primary":
            assert tried.failure is not None


# -- circuit breaker and budget


def test_an_open_circuit_is_not_run_against():
    run = play([], circuit=Circuit(refusals=[42.0]))
    assert run.verdict.outcome == "circuit_open"
    assert run.verdict.tried == ()
    assert (run.gave_up.reason, run.gave_up.detail, run.gave_up.tried) == (
        "circuit_open",
        42.0,
        None,
    )
    assert exit_status(run.verdict, policy(), {}) == 75
    assert exit_status(run.verdict, policy(), {"circuit_open": 3}) == 3


def test_an_open_circuit_goes_to_the_fallbacks_at_once():
    run = play([None], circuit=Circuit(refusals=[42.0]), fallback=["x"])
    assert run.roles == ["fallback"]
    assert run.verdict.outcome == "fallback"
    assert run.circuit.told == []  # a fallback says nothing of the service
    failed = play([UNKNOWN], circuit=Circuit(refusals=[42.0]), fallback=["x"])
    assert failed.verdict.outcome == "failed"
    assert exit_status(failed.verdict, policy(), {"circuit_open": 3}) == 1


def test_a_circuit_that_opens_during_the_run_ends_the_attempts():
    run = play([NETWORK], circuit=Circuit(openings=[60.0]))
    assert run.gave_up.reason == "circuit_open"
    assert run.waits == []
    assert run.verdict.outcome == "failed"
    assert exit_status(run.verdict, policy(), {}) == 1


def test_a_circuit_that_closes_within_the_wait_is_waited_for():
    run = play([NETWORK, None], circuit=Circuit(openings=[0.5]))
    assert run.waits == [1.0]
    assert run.verdict.outcome == "recovered"


def test_a_circuit_that_others_opened_during_the_wait_is_respected():
    run = play([NETWORK], circuit=Circuit(refusals=[None, 30.0]))
    assert run.waits == [1.0]
    assert run.gave_up.reason == "circuit_open"
    assert run.gave_up.tried.failure == NETWORK


@pytest.mark.parametrize(
    ("script", "near", "told"),
    [
        ([None], {}, [True]),
        ([NETWORK, None], {}, [False, True]),
        ([REAL], {}, [None]),
        ([UNKNOWN], {}, [None]),
        ([UNKNOWN], {"retry_on": ["unmatched"], "max_retries": 0}, [False]),
        ([NETWORK], {"never_retry_on": ["network"]}, [None]),
        ([(Outcome(130, interrupted=2), NETWORK)], {}, [None]),
        ([(Outcome(127, spawn_error="x"), UNKNOWN)], {"retry_on": ["any"]}, [None]),
        ([(Outcome(3), UNKNOWN)], {"retry_on_exit_code": [[3, 3]], "max_retries": 0}, [False]),
    ],
)
def test_what_the_breaker_is_told(script, near, told):
    assert play(script, circuit=Circuit(), **near).circuit.told == told


def test_a_command_that_is_never_retried_still_tells_of_the_service():
    assert play([NETWORK], never="", circuit=Circuit()).circuit.told == [False]


def test_retries_are_paid_for():
    run = play([NETWORK] * 2, circuit=Circuit(tokens=1))
    assert run.waits == [1.0]
    assert run.gave_up.reason == "budget"
    assert run.verdict.tried[-1].delay is None


def test_nothing_is_paid_for_a_retry_that_is_not_made():
    run = play([REAL], circuit=Circuit(tokens=5))
    assert run.circuit.tokens == 5
