"""with_retry_async."""

import asyncio
import functools
import inspect

import pytest

import retryrun
from retryrun import RetryConfig, with_retry_async

NO_JITTER = RetryConfig(max_retries=3, jitter=False)


def run(awaitable):
    return asyncio.run(awaitable)


def guarded(func, *args, **kwargs):
    return with_retry_async(*args, **kwargs)(func.coroutine)


def test_success_retry_and_the_last_error(flaky, clock):
    assert run(guarded(flaky(returns=7))()) == 7
    func = flaky(ConnectionError(), TimeoutError())
    assert run(guarded(func, NO_JITTER)(1, b=2)) == "ok"
    assert func.calls == [((1,), {"b": 2})] * 3
    assert clock.slept == [1.0, 2.0]
    errors = [ConnectionError(n) for n in range(4)]
    with pytest.raises(ConnectionError) as caught:
        run(guarded(flaky(*errors), NO_JITTER)())
    assert caught.value is errors[-1]
    assert caught.value.__context__ is None


def test_no_retries(flaky, clock):
    func = flaky(ConnectionError(), ConnectionError())
    with pytest.raises(ConnectionError):
        run(guarded(func, RetryConfig(max_retries=0))())
    assert (len(func.calls), clock.slept) == (1, [])


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit, asyncio.CancelledError])
def test_interruptions_pass_through(flaky, clock, error):
    func, fallback = flaky(ConnectionError(), error()), flaky()
    with pytest.raises(error):
        run(guarded(func, NO_JITTER, fallback)())
    assert (len(func.calls), clock.slept, fallback.calls) == (2, [1.0], [])


def test_retryable_then_permanent(flaky, clock):
    func = flaky(ConnectionError(), KeyError("real"))
    with pytest.raises(KeyError, match="real"):
        run(guarded(func)())
    assert len(func.calls) == 2


def test_a_loop_without_waits_lets_others_have_a_turn():
    """Else it could be neither cancelled nor timed out."""
    calls = []

    async def main():
        @with_retry_async(RetryConfig(max_retries=10**6, base_delay=0, max_delay=0))
        async def fails():
            calls.append(1)
            raise ConnectionError

        task = asyncio.create_task(fails())
        for _ in range(20):
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    run(main())
    assert 1 < len(calls) <= 21


def test_tasks_share_nothing(clock):
    async def main():
        @with_retry_async(NO_JITTER)
        async def fails(who, left):
            if left:
                raise ConnectionError(left.pop())
            return who

        return await asyncio.gather(*(fails(n, list(range(n % 4))) for n in range(100)))

    assert run(main()) == list(range(100))


def test_switched_off_and_testing(flaky, clock):
    retryrun.set_active(False)
    try:
        func = flaky(ConnectionError())
        assert run(guarded(func, NO_JITTER, lambda: "fell")()) == "fell"
    finally:
        retryrun.set_active(True)
    with retryrun.testing(attempts=2):
        func = flaky(*[ConnectionError() for _ in range(9)])
        with pytest.raises(ConnectionError):
            run(guarded(func)())
        assert len(func.calls) == 2
    assert clock.slept == []


def test_events_and_log_lines(flaky, clock, caplog):
    events = []
    run(guarded(flaky(ConnectionError("down")), NO_JITTER, on_event=events.append)())
    assert [event.kind for event in events] == ["retrying", "recovered"]
    assert caplog.messages == ["coroutine failed (attempt 1/4): down. Retrying in 1.0s..."]


def test_a_permanent_error_is_not_retried(flaky, clock):
    func = flaky(ValueError())
    with pytest.raises(ValueError):
        run(guarded(func)())
    assert len(func.calls) == 1


def test_it_is_a_coroutine_function(flaky):
    assert inspect.iscoroutinefunction(guarded(flaky()))

    async def original(a: int) -> str:
        """Doc."""

    wrapped = with_retry_async()(original)
    assert (wrapped.__name__, wrapped.__doc__) == ("original", "Doc.")
    assert inspect.signature(wrapped) == inspect.signature(original)


def test_partials_and_objects_will_do(flaky, clock):
    class Thing:
        async def __call__(self, x):
            return x

    assert run(with_retry_async()(Thing())(3)) == 3
    assert run(with_retry_async()(functools.partial(Thing().__call__, 4))()) == 4


def test_others_are_refused_at_decoration():
    async def generator():
        yield 1

    for wrong in (lambda: 1, len, generator, 3):
        with pytest.raises(TypeError):
            with_retry_async()(wrong)


@pytest.mark.parametrize("asynchronous", [False, True])
def test_fallbacks(flaky, clock, asynchronous):
    fallback = flaky(returns="fell")
    func = flaky(ValueError())
    chosen = fallback.coroutine if asynchronous else fallback
    assert run(guarded(func, NO_JITTER, chosen)(1, b=2)) == "fell"
    assert fallback.calls == [((1,), {"b": 2})]


def test_a_fallback_that_fails(flaky, clock):
    last = ValueError("last")
    with pytest.raises(KeyError) as caught:
        run(guarded(flaky(last), NO_JITTER, flaky(KeyError()).coroutine)())
    assert caught.value.__context__ is last


def test_cancelled_inside_the_call():
    calls, fell = [], []

    async def main():
        @with_retry_async(fallback=lambda: fell.append(1))
        async def forever():
            calls.append(1)
            await asyncio.Event().wait()

        task = asyncio.create_task(forever())
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    run(main())
    assert (calls, fell) == ([1], [])


def test_cancelled_inside_the_wait():
    calls, fell = [], []

    async def main():
        waiting = asyncio.Event()

        @with_retry_async(
            RetryConfig(base_delay=30), lambda: fell.append(1), on_event=lambda _: waiting.set()
        )
        async def fails():
            calls.append(1)
            raise ConnectionError

        task = asyncio.create_task(fails())
        await waiting.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    run(main())
    assert (calls, fell) == ([1], [])


def test_a_time_limit_around_it():
    async def main():
        @with_retry_async(RetryConfig(base_delay=30))
        async def fails():
            raise ConnectionError

        async with asyncio.timeout(0.05):
            await fails()

    with pytest.raises(TimeoutError):
        run(main())


def test_a_deadline(clock):
    @with_retry_async(RetryConfig(max_retries=9, base_delay=3, jitter=False, deadline=10))
    async def slow():
        clock.now += 2
        raise ConnectionError

    with pytest.raises(ConnectionError):
        run(slow())
    assert clock.slept == [3.0]
