"""with_retry_async."""

import asyncio
import functools
import inspect

import pytest

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
