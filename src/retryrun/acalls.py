"""Retrying coroutine functions: the same flow as for plain calls, with asyncio's sleep."""

from __future__ import annotations

import time

from .calls import Call
from .checks import refuse_generators, returns_awaitable, wrap
from .settings import policy_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from typing import Any, ParamSpec, TypeVar

    from .core.flow import Wait
    from .settings import RetryConfig

    P = ParamSpec("P")
    T = TypeVar("T")


def with_retry_async(
    config: RetryConfig | str | None = None,
    fallback: Callable[..., Any] | None = None,
    *,
    on_event: Callable[[Wait], object] | None = None,
) -> Callable[[Callable[P, Awaitable[T]]], Callable[P, Awaitable[T]]]:
    """Decorate a coroutine function so that failures which may pass are retried.

    As `with_retry`; the fallback may be plain or a coroutine function. Cancelling ends it at once,
    in a wait too. For asyncio; other loops are not supported. Raises TypeError at decoration for
    anything but a coroutine function.
    """
    policy = policy_of(config)

    def decorate(func: Callable[P, Awaitable[T]]) -> Callable[P, Awaitable[T]]:
        refuse_generators(func, "with_retry_async")
        if not returns_awaitable(func):
            raise TypeError("with_retry_async is for coroutine functions: with_retry guards others")
        limited = bool(policy.get("deadline"))

        async def guarded(*args: Any, **kwargs: Any) -> Any:
            start = time.monotonic() if limited else None
            try:
                return await func(*args, **kwargs)
            except Exception as error:  # noqa: BLE001  it is judged, and comes out if it is real
                first = error
            call = Call(func, args, kwargs, policy, fallback, on_event, start)
            return await _again(call, first)

        return wrap(guarded, func)  # type: ignore[no-any-return]  # guarded has func's signature

    return decorate


async def _again(call: Call, first: Exception) -> Any:
    """Drive the loop from the first failure on; return a result or raise the last error."""
    import asyncio

    plan = call.plan(first)
    result: Any = None
    failure: Exception | None = None
    try:
        while True:
            pause = plan.send(failure)
            failure = None
            if pause is not None:
                await asyncio.sleep(pause)
                continue
            try:
                result = await call.func(*call.args, **call.kwargs)
            except Exception as error:  # noqa: BLE001  judged in the flow
                failure = error
    except StopIteration:
        pass
    return await _ended(call, result)


async def _ended(call: Call, result: Any) -> Any:
    error = call.error
    call.error = None
    if error is None:
        return result
    try:
        if call.fallback is None:
            raise error
        try:
            value = call.fallback(*call.args, **call.kwargs)
            return await value if hasattr(value, "__await__") else value
        except BaseException as second:
            if second.__context__ is None and second is not error:
                second.__context__ = error
            raise
    finally:
        del error  # its traceback holds this frame
