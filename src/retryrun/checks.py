"""What kind of callable something is, told without importing `inspect` (10 ms)."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

GENERATOR, COROUTINE, ITERABLE_COROUTINE, ASYNC_GENERATOR = 0x20, 0x80, 0x100, 0x200


def flags(func: Any) -> int:
    """Return the code flags of a function, looking through partials, methods and objects."""
    for _ in range(20):
        inner = getattr(func, "__func__", None) or _partial(func)
        if inner is None:
            break
        func = inner
    code = getattr(func, "__code__", None)
    if code is None and not isinstance(func, type):
        code = getattr(type(func).__dict__.get("__call__"), "__code__", None)
    return getattr(code, "co_flags", 0)


def _partial(func: Any) -> Any:
    return func.func if type(func).__name__ in {"partial", "partialmethod"} else None


def returns_awaitable(func: Any) -> bool:
    """Tell whether calling it gives a coroutine."""
    return bool(flags(func) & (COROUTINE | ITERABLE_COROUTINE)) or _marked(func)


def _marked(func: Any) -> bool:
    # inspect.markcoroutinefunction() leaves an attribute on the function.
    return getattr(func, "_is_coroutine_mark", None) is not None


def refuse_generators(func: Any, who: str) -> None:
    """Raise TypeError for what is not callable, and for generator functions.

    A generator runs only when it is iterated, long after the guard has let go of it.
    """
    if not callable(func):
        raise TypeError(f"{who} guards something callable, not {type(func).__name__}")
    if flags(func) & (GENERATOR | ASYNC_GENERATOR):
        raise TypeError(
            f"{who} cannot guard a generator function: guard the function that uses it up"
        )


def wrap(guard: Any, func: Any) -> Any:
    """Make a guard look like the function it guards, `functools.wraps` without its import."""
    for name in ("__module__", "__name__", "__qualname__", "__doc__", "__annotations__",
                 "__type_params__"):  # fmt: skip
        try:
            setattr(guard, name, getattr(func, name))
        except AttributeError:
            continue
    guard.__dict__.update(getattr(func, "__dict__", {}))
    guard.__wrapped__ = func
    return guard
