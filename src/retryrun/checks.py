"""What kind of callable something is, told without importing `inspect` (10 ms)."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

GENERATOR, COROUTINE, ITERABLE_COROUTINE, ASYNC_GENERATOR = 0x20, 0x80, 0x100, 0x200
DEPTH = 20  # partials of methods of objects ...


async def _nothing() -> None:
    """Be a coroutine function, so that the type of coroutines is known without `types`."""


_sample = _nothing()
COROUTINE_TYPE = type(_sample)
_sample.close()
METHOD, SLOT = type(_nothing.__get__(0)), type(object.__init__)


def flags(func: Any) -> int:
    """Return the code flags of a function, looking through partials, methods and objects."""
    for each in _layers(func):
        code = getattr(each, "__code__", None)
        if code is not None:
            found = getattr(code, "co_flags", 0)
            return found if isinstance(found, int) else 0
    return 0


def _layers(func: Any) -> Iterator[Any]:
    """Yield a callable, and what is called when it is."""
    for _ in range(DEPTH):
        yield func
        func = _inside(func)
        if func is None:
            return


def _inside(func: Any) -> Any:
    """Return what is called when `func` is; None where that cannot be told, or is a class."""
    if isinstance(func, (staticmethod, classmethod, METHOD)):
        return func.__func__
    functools = sys.modules.get("functools")  # imported by whoever made a partial
    if functools is not None and isinstance(func, (functools.partial, functools.partialmethod)):
        return func.func
    if isinstance(func, type):
        return None
    own = getattr(type(func), "__call__", None)  # noqa: B004  the function, not whether there is one
    return None if type(own) is SLOT else own


def returns_awaitable(func: Any) -> bool:
    """Tell whether calling it gives a coroutine."""
    return bool(flags(func) & (COROUTINE | ITERABLE_COROUTINE)) or _marked(func)


def _marked(func: Any) -> bool:
    # inspect.markcoroutinefunction() leaves an object of its own on the function,
    # which has one name in Python 3.12 and another from 3.13 on.
    inspect = sys.modules.get("inspect")
    mark = getattr(inspect, "_is_coroutine_mark", getattr(inspect, "_is_coroutine_marker", None))
    return mark is not None and any(
        getattr(each, "_is_coroutine_marker", None) is mark for each in _layers(func)
    )


def is_awaitable(value: Any) -> bool:
    """Tell whether a value can be awaited."""
    if hasattr(type(value), "__await__"):
        return True
    code = getattr(value, "gi_code", None)  # of a generator that was declared a coroutine
    return bool(getattr(code, "co_flags", 0) & ITERABLE_COROUTINE)


def refuse_generators(func: Any, who: str) -> None:
    """Raise TypeError for what is not callable, and for generator functions.

    A generator runs only when it is iterated, long after the guard has let go of it.
    """
    if not callable(func):
        raise TypeError(f"{who} guards something callable, not {type(func).__name__}")
    if _context_manager(func):
        raise TypeError(f"{who} cannot guard a context manager: guard what is done inside of it")
    kind = flags(func)
    if kind & (GENERATOR | ASYNC_GENERATOR) and not kind & ITERABLE_COROUTINE:
        raise TypeError(
            f"{who} cannot guard a generator function: guard the function that uses it up"
        )


def _context_manager(func: Any) -> bool:
    """Tell whether it is made by `contextlib`: then calling it runs nothing of the function yet."""
    inner = getattr(func, "__wrapped__", None)
    home = getattr(func, "__globals__", None)
    return (
        isinstance(home, dict)
        and home.get("__name__") == "contextlib"
        and bool(flags(inner) & (GENERATOR | ASYNC_GENERATOR))
    )


def unwrapped(decorate: Callable[[Any], Any], func: Any) -> Any:
    """Decorate what a static or class method holds, so that the order of decorators is no matter.

    None for any other callable.
    """
    if isinstance(func, (staticmethod, classmethod)):
        return type(func)(decorate(func.__func__))
    return None


# From 3.14 on annotations are worked out when they are asked for: they may name what comes later.
ANNOTATIONS = "__annotate__" if sys.version_info >= (3, 14) else "__annotations__"
LOOKS = (
    "__module__", "__name__", "__qualname__", "__doc__", "__type_params__", "__defaults__",
    "__kwdefaults__", ANNOTATIONS,
)  # fmt: skip


def wrap(guard: Any, func: Any) -> Any:
    """Make a guard look like the function it guards, `functools.wraps` without its import."""
    for name in LOOKS:
        try:
            setattr(guard, name, getattr(func, name))
        except (AttributeError, TypeError):
            continue
    guard.__dict__.update(getattr(func, "__dict__", {}))
    guard.__wrapped__ = func
    return guard
