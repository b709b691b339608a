"""What can be decorated, what is refused, and what the result looks like."""

import asyncio
import contextlib
import functools
import gc
import inspect
import subprocess
import sys
import types
import unittest.mock
import weakref

import pytest

from retryrun import CircuitBreaker, RetryConfig, with_retry, with_retry_async

SOON = RetryConfig(max_retries=2, base_delay=0, max_delay=0, jitter=False)
PLAIN = [with_retry(SOON), CircuitBreaker()]


@pytest.fixture(params=PLAIN, ids=["retry", "breaker"])
def decorate(request):
    return request.param


def test_it_looks_like_the_function(decorate):
    def original(a: int, b: str = "x", *, c: float = 1.0) -> bool:
        """Doc."""
        return (a, b, c)

    original.tag = 1
    wrapped = decorate(original)
    for name in (
        "__name__", "__qualname__", "__doc__", "__module__", "__annotations__", "__defaults__",
        "__kwdefaults__", "tag",
    ):  # fmt: skip
        assert getattr(wrapped, name) == getattr(original, name)
    assert wrapped.__wrapped__ is original
    assert inspect.signature(wrapped) == inspect.signature(original)
    assert wrapped(1) == (1, "x", 1.0)
    assert wrapped(1, c=2) == (1, "x", 2)
    with pytest.raises(TypeError):
        wrapped()


LATE = """
from retryrun import CircuitBreaker, with_retry

@CircuitBreaker()
@with_retry()
def f(x: {annotation}): return x

class Later: pass
assert f.__annotations__["x"] in (Later, "Later")
assert f(1) == 1
"""


def test_annotations_that_name_what_comes_later():
    # From Python 3.14 on they are worked out when they are asked for, and need no quotes.
    annotation = "Later" if sys.version_info >= (3, 14) else "'Later'"
    code = LATE.format(annotation=annotation)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr


def test_methods_in_either_order(decorate):
    class Thing:
        @decorate
        def method(self, x):
            return self, x

        @classmethod
        @decorate
        def inside(cls, x):
            return cls, x

        @decorate
        @classmethod
        def outside(cls, x):
            return cls, x

        @staticmethod
        @decorate
        def static_inside(x):
            return x

        @decorate
        @staticmethod
        def static_outside(x):
            return x

        @property
        @decorate
        def value(self):
            return 3

    thing = Thing()
    assert thing.method(1) == (thing, 1)
    for name in ("inside", "outside"):
        assert getattr(thing, name)(1) == getattr(Thing, name)(1) == (Thing, 1)
    for name in ("static_inside", "static_outside"):
        assert getattr(thing, name)(1) == getattr(Thing, name)(1) == 1
    assert thing.value == 3


def test_asynchronous_methods_in_either_order():
    class Thing:
        @with_retry_async(SOON)
        async def method(self, x):
            return self, x

        @with_retry_async(SOON)
        @classmethod
        async def of_class(cls, x):
            return cls, x

        @with_retry_async(SOON)
        @staticmethod
        async def static(x):
            return x

    thing = Thing()
    assert asyncio.run(thing.method(1)) == (thing, 1)
    assert asyncio.run(thing.of_class(1)) == (Thing, 1)
    assert asyncio.run(Thing.static(1)) == 1


def test_mocks(decorate):
    for make in (unittest.mock.Mock, unittest.mock.MagicMock):
        mock = make(side_effect=[3, 4])
        assert decorate(mock)(1, b=2) == 3
        mock.assert_called_once_with(1, b=2)
        with pytest.raises(TypeError):
            with_retry_async()(mock)
    with pytest.raises(TypeError):
        with_retry()(unittest.mock.AsyncMock())
    mock = unittest.mock.AsyncMock(side_effect=[ConnectionError, 5])
    assert asyncio.run(with_retry_async(SOON)(mock)()) == 5
    assert asyncio.run(CircuitBreaker()(unittest.mock.AsyncMock(return_value=6))()) == 6


class Asynchronous:
    async def __call__(self):
        return 1


class Inherits(Asynchronous):
    pass


class Generates:
    def __call__(self):
        yield 1


@types.coroutine
def old_style():
    return 1
    yield


async def coroutine():
    return 1


def generator():
    yield 1


async def async_generator():
    yield 1


ASYNCHRONOUS = [
    coroutine, functools.partial(coroutine), functools.partial(functools.partial(coroutine)),
    Asynchronous(), Inherits(), Inherits().__call__, functools.partial(Inherits()), old_style,
    staticmethod(coroutine).__func__,
]  # fmt: skip


@pytest.mark.parametrize("func", ASYNCHRONOUS)
def test_every_form_of_coroutine_function(func):
    assert asyncio.run(with_retry_async()(func)()) == 1
    assert asyncio.run(CircuitBreaker()(func)()) == 1
    with pytest.raises(TypeError):
        with_retry()(func)


@pytest.mark.skipif(sys.version_info < (3, 12), reason="came with Python 3.12")
def test_a_function_that_is_marked_as_one():
    @inspect.markcoroutinefunction
    def marked():
        return coroutine()

    for func in (marked, functools.partial(marked)):
        with pytest.raises(TypeError):
            with_retry()(func)
        assert asyncio.run(with_retry_async()(func)()) == 1


@pytest.mark.parametrize(
    "func",
    [generator, async_generator, Generates(), functools.partial(generator), Generates().__call__],
)
def test_generators_are_refused_in_every_form(func):
    for decorate in (*PLAIN, with_retry_async()):
        with pytest.raises(TypeError):
            decorate(func)


def test_context_managers_are_refused():
    # Making one runs nothing of the function: guarding that would guard nothing.
    for decorate in (*PLAIN, with_retry_async()):
        for func in (
            contextlib.contextmanager(generator),
            contextlib.asynccontextmanager(async_generator),
        ):
            with pytest.raises(TypeError):
                decorate(func)

    class Block(contextlib.ContextDecorator):
        def __enter__(self):
            pass

        def __exit__(self, *_):
            pass

    assert with_retry()(Block()(lambda: 7))() == 7


def test_a_coroutine_that_comes_out_of_a_plain_function_is_no_success():
    for config in (SOON, RetryConfig(deadline=5)):
        with pytest.raises(TypeError, match="with_retry_async"):
            with_retry(config, fallback=lambda: "not reached")(lambda: coroutine())()
    results = iter((ConnectionError(),))

    def late():
        for error in results:
            raise error
        return coroutine()

    with pytest.raises(TypeError, match="with_retry_async"):
        with_retry(SOON)(late)()


@pytest.mark.parametrize("fallback", ["text", 3, generator, async_generator, coroutine])
def test_a_fallback_that_cannot_be_one(fallback):
    with pytest.raises(TypeError):
        with_retry(fallback=fallback)


def test_a_hook_that_cannot_be_one():
    for decorate in (with_retry, with_retry_async):
        for hook in ("text", generator, coroutine):
            with pytest.raises(TypeError):
                decorate(on_event=hook)


class Refused(ConnectionError):
    pass


class Wrong(ValueError):
    pass


def drive(coroutine):
    """Run a coroutine that waits for nothing; a loop would hold its error for a while."""
    try:
        while True:
            coroutine.send(None)
    except StopIteration as stop:
        return stop.value


@pytest.mark.parametrize("fallback", [None, lambda: "fell"])
@pytest.mark.parametrize("asynchronous", [False, True])
@pytest.mark.parametrize("kind", [Refused, Wrong])
def test_a_failed_call_leaves_no_cycle_behind(kind, asynchronous, fallback, clock):
    """An error's traceback holds frames: none of them may hold the error."""
    seen = []

    def fails():
        error = kind()
        seen.append(weakref.ref(error))
        try:
            raise error
        finally:
            del error

    async def fails_async():
        fails()

    def call():
        try:
            if asynchronous:
                drive(with_retry_async(SOON, fallback)(fails_async)())
            else:
                with_retry(SOON, fallback)(fails)()
        except kind:
            pass

    call()  # what is imported late makes cycles of its own
    seen.clear()
    gc.collect()
    gc.disable()
    try:
        call()
        assert [each() for each in seen] == [None] * (3 if kind is Refused else 1)
    finally:
        gc.enable()
