"""CircuitBreaker: states, what counts, threads and tasks."""

import asyncio
import copy
import os
import pickle
import threading
import time

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from retryrun import CircuitBreaker, CircuitOpenError, CircuitState, RetryConfig, with_retry
from retryrun.core import breaker as core


def fail(error=ConnectionError):
    raise error("down")


def trip(breaker, times=None):
    for _ in range(times or breaker._config.failure_threshold):
        with pytest.raises(ConnectionError):
            breaker.call(fail)


def test_a_new_one_is_closed():
    breaker = CircuitBreaker()
    assert breaker.state == "CLOSED"
    assert breaker.state is CircuitState.CLOSED
    assert breaker.failure_count == 0


def test_the_third_failure_opens_it_and_comes_out_itself(clock):
    breaker = CircuitBreaker(3, name="api")
    trip(breaker, 2)
    assert breaker.state == "CLOSED"
    trip(breaker, 1)
    assert breaker.state == "OPEN"
    called = []
    with pytest.raises(CircuitOpenError) as caught:
        breaker.call(called.append, 1)
    assert called == []
    assert caught.value.name == "api"
    assert caught.value.retry_after == 60.0
    assert isinstance(caught.value.last_error, ConnectionError)


def test_a_success_clears_the_count():
    breaker = CircuitBreaker(3)
    trip(breaker, 2)
    assert breaker.call(lambda: "ok") == "ok"
    trip(breaker, 2)
    assert breaker.state == "CLOSED"


def test_a_trial_exactly_when_the_time_is_up(clock):
    breaker = CircuitBreaker(1, 60.0)
    trip(breaker)
    clock.now += 59.999
    with pytest.raises(CircuitOpenError):
        breaker.call(lambda: 1)
    clock.now = 1060.0
    assert breaker.state == breaker.state == "HALF_OPEN"
    assert breaker.call(lambda: 1) == 1
    assert (breaker.state, breaker.failure_count) == ("CLOSED", 0)


def test_a_failed_trial_opens_it_again(clock):
    breaker = CircuitBreaker(1, 60.0)
    trip(breaker)
    clock.now += 60
    trip(breaker)
    assert breaker.state == "OPEN"
    clock.now += 59
    assert breaker.state == "OPEN"
    clock.now += 1
    assert breaker.state == "HALF_OPEN"


def test_what_counts(clock):
    breaker = CircuitBreaker(1, expected_exception=(OSError, KeyError))
    with pytest.raises(ValueError):
        breaker.call(fail, ValueError)
    assert breaker.state == "CLOSED"
    with pytest.raises(ConnectionResetError):
        breaker.call(fail, ConnectionResetError)
    assert breaker.state == "OPEN"


def test_another_exception_frees_the_trial(clock):
    breaker = CircuitBreaker(1, 10.0, ConnectionError)
    trip(breaker)
    clock.now += 10
    with pytest.raises(ValueError):
        breaker.call(fail, ValueError)
    assert breaker.call(lambda: 1) == 1
    assert breaker.state == "CLOSED"


@pytest.mark.parametrize(
    "error", [KeyboardInterrupt, SystemExit, GeneratorExit, asyncio.CancelledError]
)
def test_interruptions_are_not_counted(error):
    breaker = CircuitBreaker(1, expected_exception=BaseException)
    with pytest.raises(error):
        breaker.call(fail, error)
    assert (breaker.state, breaker.failure_count) == ("CLOSED", 0)


@pytest.mark.parametrize(
    "wrong",
    [
        {"failure_threshold": 0}, {"failure_threshold": -1}, {"failure_threshold": 1.5},
        {"failure_threshold": True}, {"recovery_timeout": -1}, {"recovery_timeout": float("nan")},
        {"recovery_timeout": float("inf")}, {"recovery_timeout": "60"}, {"trial_timeout": -1},
        {"expected_exception": "x"}, {"expected_exception": ()}, {"expected_exception": int},
    ],
)  # fmt: skip
def test_settings_without_meaning_are_refused(wrong):
    with pytest.raises((ValueError, TypeError)):
        CircuitBreaker(**wrong)


def test_no_recovery_time():
    breaker = CircuitBreaker(1, 0)
    trip(breaker)
    assert breaker.state == "HALF_OPEN"
    assert breaker.call(lambda: 1) == 1


def test_the_wall_clock_has_no_say(clock, monkeypatch):
    breaker = CircuitBreaker(1)
    trip(breaker)
    monkeypatch.setattr(time, "time", lambda: 0.0)
    assert breaker.state == "OPEN"


def test_its_error_is_a_plain_value():
    error = CircuitOpenError("open", 3.0, "api")
    for again in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):
        assert (str(again), again.retry_after, again.name) == ("open", 3.0, "api")
    assert repr(error) == "CircuitOpenError('open', 3.0, 'api')"


def test_its_error_can_be_sent_elsewhere_whatever_opened_the_circuit():
    class Local(ConnectionError):
        """Nobody else knows this class."""

    error = CircuitOpenError("open", 3.0, None, Local(threading.Lock()))
    assert pickle.loads(pickle.dumps(error)).last_error is None
    assert copy.copy(error).last_error is error.last_error


def test_any_argument_reaches_the_function():
    def echo(*args, **kwargs):
        return args, kwargs

    names = {"func": 1, "fn": 2, "self": 3, "name": 4}
    assert CircuitBreaker().call(echo, 1, **names) == ((1,), names)


async def ping():
    return "pong"


def test_coroutines_are_not_taken_for_successes(clock):
    breaker = CircuitBreaker(1, 10.0)
    with pytest.raises(TypeError, match="call_async"):
        breaker.call(ping)
    trip(breaker)
    clock.now += 10
    with pytest.raises(TypeError):
        breaker.call(ping)
    assert breaker.state == "HALF_OPEN"
    assert asyncio.run(breaker.call_async(ping)) == "pong"
    assert breaker.state == "CLOSED"


def test_a_plain_function_is_not_awaited():
    breaker = CircuitBreaker(1)
    with pytest.raises(TypeError, match="call guards"):
        asyncio.run(breaker.call_async(lambda: 1))
    assert breaker.failure_count == 0


def test_a_generator_function_is_not_taken_for_a_success(clock):
    def generator():
        yield 1

    async def async_generator():
        yield 1

    breaker = CircuitBreaker(1, 10.0)
    for _ in range(2):
        with pytest.raises(TypeError, match="generator"):
            breaker.call(generator)
        with pytest.raises(TypeError):
            asyncio.run(breaker.call_async(async_generator))
    assert breaker.state == "CLOSED"
    assert list(breaker.call(lambda: generator())) == [1]  # its work is done: this is a result


def test_the_error_that_opened_it_is_forgotten_when_it_closes(clock):
    breaker = CircuitBreaker(1, 10.0)
    trip(breaker)
    clock.now += 10
    breaker.call(lambda: 1)
    breaker.open()
    with pytest.raises(CircuitOpenError) as caught:
        breaker.call(lambda: 1)
    assert caught.value.last_error is None
    assert caught.value.retry_after == 10.0


def test_as_a_decorator(clock):
    breaker = CircuitBreaker(1)

    @breaker
    def plain(x):
        """Doc."""
        raise ConnectionError(x)

    @breaker
    async def asynchronous():
        return 1

    assert (plain.__name__, plain.__doc__) == ("plain", "Doc.")
    assert asyncio.run(asynchronous()) == 1
    with pytest.raises(ConnectionError):
        plain(1)
    with pytest.raises(CircuitOpenError):
        plain(1)
    with pytest.raises(CircuitOpenError):
        asyncio.run(asynchronous())
    with pytest.raises(TypeError):
        breaker(x for x in ())


def test_as_a_context(clock):
    breaker = CircuitBreaker(1, 10.0)
    with pytest.raises(ConnectionError), breaker:
        fail()
    with pytest.raises(CircuitOpenError), breaker:
        pytest.fail("not entered")
    clock.now += 10
    with breaker:
        assert breaker.state == "HALF_OPEN"
    assert breaker.state == "CLOSED"


def test_as_an_asynchronous_context(clock):
    breaker = CircuitBreaker(1, 10.0)

    async def main():
        with pytest.raises(ConnectionError):
            async with breaker:
                await asyncio.sleep(0)
                raise ConnectionError
        with pytest.raises(CircuitOpenError):
            async with breaker:
                pytest.fail("not entered")

    asyncio.run(main())


def test_blocks_within_blocks(clock):
    one, other = CircuitBreaker(2), CircuitBreaker(2)
    with pytest.raises(ConnectionError), one:
        with pytest.raises(KeyError), other:
            raise KeyError
        with one:
            pass
        raise ConnectionError
    assert (one.failure_count, other.failure_count) == (1, 1)


def test_blocks_of_tasks_that_overlap(clock):
    breaker = CircuitBreaker(5)

    async def block(error, other):
        with breaker:
            other.set()
            await asyncio.sleep(0)
            if error:
                raise error

    async def main():
        gate = asyncio.Event()
        await asyncio.gather(
            *(block(ConnectionError() if n % 2 else None, gate) for n in range(4)),
            return_exceptions=True,
        )

    asyncio.run(main())
    assert breaker.failure_count == 1  # success, failure, success, failure


def test_a_block_that_is_left_in_another_task(clock):
    breaker = CircuitBreaker(1, 10.0, trial_timeout=5.0)
    trip(breaker)
    clock.now += 10
    threading_done = []

    def enter():
        breaker.__enter__()
        threading_done.append(1)

    in_threads(enter, 1)
    breaker.__exit__(None, None, None)
    with pytest.raises(CircuitOpenError):
        breaker.call(lambda: 1)
    clock.now += 5  # its lease frees the door
    assert breaker.call(lambda: 1) == 1
    assert threading_done == [1]


def test_one_trial_after_another_is_told_once(clock):
    heard = []
    breaker = CircuitBreaker(1, 10.0, KeyError, listeners=(lambda _b, *move: heard.append(move),))
    with pytest.raises(KeyError):
        breaker.call(fail, KeyError)
    clock.now += 10
    for _ in range(3):
        with pytest.raises(ValueError):
            breaker.call(fail, ValueError)
    breaker.call(lambda: 1)
    assert heard == [("CLOSED", "OPEN"), ("OPEN", "HALF_OPEN"), ("HALF_OPEN", "CLOSED")]


def test_by_hand_and_listeners(clock):
    heard = []
    breaker = CircuitBreaker(1, 10.0, listeners=(lambda _b, old, new: heard.append((old, new)),))
    trip(breaker)
    clock.now += 10
    breaker.call(lambda: 1)
    breaker.open()
    clock.now += 1000
    assert breaker.state == "OPEN"
    with pytest.raises(CircuitOpenError):
        breaker.call(lambda: 1)
    breaker.reset()
    assert breaker.call(lambda: 1) == 1
    assert heard == [
        ("CLOSED", "OPEN"), ("OPEN", "HALF_OPEN"), ("HALF_OPEN", "CLOSED"),
        ("CLOSED", "OPEN"), ("OPEN", "CLOSED"),
    ]  # fmt: skip


def test_a_listener_may_fail_and_may_call_back(clock, caplog):
    def nasty(breaker, _old, _new):
        breaker.reset()
        raise RuntimeError("listener")

    breaker = CircuitBreaker(1)
    breaker.listeners.append(nasty)
    trip(breaker)
    assert breaker.state == "CLOSED"
    assert "listener failed" in caplog.text


def test_nested_calls(clock):
    breaker = CircuitBreaker(1, 10.0)
    assert breaker.call(lambda: breaker.call(lambda: 1)) == 1
    trip(breaker)
    clock.now += 10
    with pytest.raises(CircuitOpenError):
        breaker.call(lambda: breaker.call(lambda: 1))


def test_one_of_fifty_tasks_is_the_trial(clock):
    breaker = CircuitBreaker(1, 10.0)
    trip(breaker)
    clock.now += 10
    entered = []

    async def main():
        started, gate = asyncio.Event(), asyncio.Event()

        async def service():
            entered.append(1)
            started.set()
            await gate.wait()

        tasks = [asyncio.create_task(breaker.call_async(service)) for _ in range(50)]
        await started.wait()
        gate.set()
        return await asyncio.gather(*tasks, return_exceptions=True)

    results = asyncio.run(main())
    assert len(entered) == 1
    assert sum(isinstance(result, CircuitOpenError) for result in results) == 49


def test_one_of_eight_threads_is_the_trial(clock):
    breaker = CircuitBreaker(1, 10.0)
    trip(breaker)
    clock.now += 10
    start, gate = threading.Barrier(8), threading.Event()
    entered, refused = [], []

    def service():
        entered.append(1)
        assert gate.wait(20)

    def work():
        start.wait(20)
        try:
            breaker.call(service)
        except CircuitOpenError:
            refused.append(1)
            if len(refused) == 7:
                gate.set()

    in_threads(work)
    assert (len(entered), len(refused)) == (1, 7)
    assert breaker.state == "CLOSED"


def test_a_trial_that_hangs_loses_its_lease(clock):
    breaker = CircuitBreaker(1, 5.0, trial_timeout=20.0)
    trip(breaker)
    clock.now += 5

    def hangs():
        clock.now += 19
        with pytest.raises(CircuitOpenError):
            breaker.call(lambda: 1)
        clock.now += 1
        assert breaker.call(lambda: 2) == 2
        raise ConnectionError

    with pytest.raises(ConnectionError):
        breaker.call(hangs)
    assert breaker.state == "CLOSED"  # the late result decides nothing


def test_a_late_failure_does_not_prolong_the_open_time(clock):
    heard = []
    breaker = CircuitBreaker(1, 60.0, listeners=(lambda *change: heard.append(change[1:]),))

    def late():
        trip(breaker)
        clock.now += 30
        raise ConnectionError

    with pytest.raises(ConnectionError):
        breaker.call(late)
    clock.now += 30
    assert breaker.state == "HALF_OPEN"
    assert heard == [("CLOSED", "OPEN")]


def test_a_late_success_does_not_close_it(clock):
    breaker = CircuitBreaker(2, 60.0)
    trip(breaker, 1)

    def late():
        trip(breaker, 1)
        return "late"

    assert breaker.call(late) == "late"
    assert breaker.state == "OPEN"
    for _ in range(3):  # and it is never stuck in HALF_OPEN
        clock.now += 60
        assert breaker.state == "HALF_OPEN"
        trip(breaker, 1)
        assert breaker.state == "OPEN"
    clock.now += 60
    assert breaker.call(lambda: 1) == 1
    assert breaker.state == "CLOSED"


def test_the_caller_gets_its_result_whatever_a_listener_does(clock):
    def nasty(*_):
        raise RuntimeError("listener")

    breaker = CircuitBreaker(1, 10.0, listeners=(nasty,))
    trip(breaker)
    clock.now += 10
    assert breaker.call(lambda: "result") == "result"
    assert breaker.state == "CLOSED"


def test_no_lock_is_held_while_the_function_runs():
    breaker = CircuitBreaker()
    barrier = threading.Barrier(8)
    results = []

    def work():
        results.append(breaker.call(lambda: barrier.wait(timeout=20)))

    threads = [threading.Thread(target=work) for _ in range(8)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert sorted(results) == list(range(8))


def in_threads(work, count=8):
    threads = [threading.Thread(target=work) for _ in range(count)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]


def test_failures_are_counted_exactly():
    breaker = CircuitBreaker(10**9)

    def work():
        for _ in range(10_000):
            try:
                breaker.call(fail)
            except ConnectionError:
                pass

    in_threads(work)
    assert breaker.failure_count == 80_000


def test_it_opens_once():
    heard = []
    breaker = CircuitBreaker(8, listeners=(lambda *change: heard.append(change[1:]),))
    barrier = threading.Barrier(8)

    def together():
        barrier.wait(timeout=20)
        raise ConnectionError

    def work():
        try:
            breaker.call(together)
        except ConnectionError:
            pass

    in_threads(work)
    assert heard == [("CLOSED", "OPEN")]


def test_a_fork_while_another_thread_holds_the_lock():
    breaker = CircuitBreaker(2)
    with breaker._lock:
        child = os.fork()
        if child == 0:
            try:
                breaker.call(fail)
            except ConnectionError:
                os._exit(breaker.failure_count)
            os._exit(99)
        _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 1


def test_around_retries_one_exhausted_loop_counts_once(clock):
    breaker = CircuitBreaker(2)
    guarded = with_retry(RetryConfig(max_retries=3))(fail)
    with pytest.raises(ConnectionError):
        breaker.call(guarded)
    assert breaker.failure_count == 1


class Machine(RuleBasedStateMachine):
    """Any order of asking, settling and waiting keeps the breaker's promises."""

    def __init__(self):
        super().__init__()
        self.config = core.BreakerConfig(3, 10.0, 20.0)
        self.state = core.BreakerState()
        self.now = 0.0
        self.out = []

    @rule()
    def ask(self):
        before = core.phase(self.config, self.state, self.now)
        self.state, answer = core.admit(self.config, self.state, self.now)
        if isinstance(answer, core.Permit):
            assert before != core.OPEN
            assert answer.trial == (before == core.HALF_OPEN)
            self.out.append((answer, self.now))
        else:
            assert before != core.CLOSED
            assert answer.retry_after > 0

    @precondition(lambda self: self.out)
    @rule(data=st.data(), ok=st.sampled_from([True, False, None]))
    def settle(self, data, ok):
        permit, _ = self.out.pop(data.draw(st.integers(0, len(self.out) - 1)))
        before = self.state
        self.state = core.settle(self.config, before, permit, ok, self.now)
        if permit.generation != before.generation:
            assert self.state == before
        elif permit.trial and ok is not None:
            expected = core.CLOSED if ok else core.OPEN
            assert core.phase(self.config, self.state, self.now) == expected

    @rule(seconds=st.floats(0, 30))
    def wait(self, seconds):
        self.now += seconds

    @rule()
    def force(self):
        self.state = core.opened(self.state, self.now, forced=True)

    @rule()
    def reset(self):
        self.state = core.closed(self.state)

    @invariant()
    def one_trial_at_most(self):
        current = [p for p, t in self.out if p.trial and p.generation == self.state.generation]
        assert len(current) <= 1

    @invariant()
    def closed_means_below_the_threshold(self):
        if self.state.opened_at is None:
            assert self.state.failures < self.config.failure_threshold


TestMachine = Machine.TestCase
TestMachine.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
