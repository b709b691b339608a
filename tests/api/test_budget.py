"""A retry budget of this program."""

import asyncio
import os
import threading

import pytest

from retryrun import RetryBudget, RetryConfig, with_retry, with_retry_async

SOON = RetryConfig(max_retries=3, base_delay=0, max_delay=0, jitter=False)


def errors(count):
    return [ConnectionError(n) for n in range(count)]


@pytest.mark.parametrize(
    "wrong",
    [
        {"share": 0}, {"share": -1}, {"share": 1.5}, {"share": float("nan")}, {"share": "1"},
        {"share": True}, {"reserve": -1}, {"reserve": 1.5}, {"reserve": True},
    ],
)  # fmt: skip
def test_settings_without_meaning_are_refused(wrong):
    with pytest.raises((ValueError, TypeError)):
        RetryBudget(**wrong)


def test_the_reserve_is_there_at_once_then_nothing(flaky, clock, caplog):
    budget = RetryBudget(share=0.5, reserve=4)
    func = flaky(*errors(99))
    guarded = with_retry(SOON, budget=budget)(func)
    for calls in (4, 6, 7, 8):
        with pytest.raises(ConnectionError):
            guarded()
        assert len(func.calls) == calls
    assert budget.left == 0
    assert caplog.messages[-1] == (
        "Flaky failed (attempt 1/4): 7. The retry budget is spent: not retried"
    )


def test_successes_pay_into_it(flaky, clock):
    budget = RetryBudget(share=0.5, reserve=1)
    func = flaky(ConnectionError())
    guarded = with_retry(SOON, budget=budget)(func)
    guarded()  # pays one, and half of one back
    assert budget.left == 0
    guarded()
    assert budget.left == 1
    for _ in range(100):
        guarded()
    assert budget.left == 1


def test_several_functions_share_one(flaky, clock):
    budget = RetryBudget(reserve=2)
    one, other = flaky(*errors(9)), flaky(*errors(9))
    for func in (one, other):
        with pytest.raises(ConnectionError):
            with_retry(SOON, budget=budget)(func)()
    assert (len(one.calls), len(other.calls)) == (3, 1)


def test_coroutines(flaky, clock):
    budget = RetryBudget(share=1, reserve=2)
    func = flaky(*errors(4))
    guarded = with_retry_async(SOON, budget=budget)(func.coroutine)
    with pytest.raises(ConnectionError):
        asyncio.run(guarded())
    assert len(func.calls) == 3
    func.errors.clear()
    asyncio.run(guarded())
    assert budget.left == 1


def test_a_fallback_takes_over_when_it_is_empty(flaky, clock):
    func = flaky(*errors(9))
    assert with_retry(SOON, lambda: "fell", budget=RetryBudget(reserve=1))(func)() == "fell"
    assert len(func.calls) == 2


def test_what_is_not_retried_costs_nothing(flaky, clock):
    budget = RetryBudget(reserve=3)
    with pytest.raises(ValueError):
        with_retry(SOON, budget=budget)(flaky(ValueError()))()
    assert budget.left == 3


def test_it_must_be_one():
    for wrong in (3, 0.2, "x", object()):
        with pytest.raises(TypeError):
            with_retry(budget=wrong)


def test_threads_pay_exactly():
    budget = RetryBudget(share=0.1, reserve=4000)
    threads = [
        threading.Thread(target=lambda: [budget.spend() for _ in range(250)]) for _ in range(8)
    ]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert budget.left == 2000


def test_a_fork_while_another_thread_holds_the_lock():
    budget = RetryBudget(reserve=2)
    with budget._lock:
        child = os.fork()
        if child == 0:
            budget.spend()
            os._exit(budget.left)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 1


def test_its_repr_says_what_is_left():
    assert repr(RetryBudget(0.5, 3)) == "<RetryBudget share=0.5, reserve=3, 3 left>"
