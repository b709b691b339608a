"""Retrying coroutine functions: the same flow as for plain calls, with asyncio's sleep."""

from __future__ import annotations

import time

from .call import Call, Guarding
from .calls import refuse_misuse
from .checks import is_awaitable, refuse_generators, returns_awaitable, unwrapped, wrap
from .settings import terms_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Generator
    from typing import Any, overload

    from .budget import RetryBudget
    from .call import RetryEvent
    from .settings import RetryConfig
    from .typed import F, OrAsync, SameAsync

else:

    def overload(func: Any) -> Any:
        """Stand in for typing's, which only type checkers need."""
        return func


@overload
def with_retry_async(
    config: RetryConfig | str | None = None,
    fallback: None = None,
    *,
    on_event: Callable[[RetryEvent], object] | None = None,
    budget: RetryBudget | None = None,
) -> SameAsync: ...


@overload
def with_retry_async(
    config: RetryConfig | str | None = None,
    fallback: Callable[..., Awaitable[F]] = ...,
    *,
    on_event: Callable[[RetryEvent], object] | None = None,
    budget: RetryBudget | None = None,
) -> OrAsync[F]: ...


@overload
def with_retry_async(
    config: RetryConfig | str | None = None,
    fallback: Callable[..., F] = ...,
    *,
    on_event: Callable[[RetryEvent], object] | None = None,
    budget: RetryBudget | None = None,
) -> OrAsync[F]: ...


def with_retry_async(
    config: RetryConfig | str | None = None,
    fallback: Callable[..., Any] | None = None,
    *,
    on_event: Callable[[RetryEvent], object] | None = None,
    budget: RetryBudget | None = None,
) -> Any:
    """Decorate a coroutine function so that failures which may pass are retried.

    As `with_retry`; the fallback may be plain or a coroutine function. Cancelling ends it at once,
    in a wait too. For asyncio; other loops are not supported. Raises TypeError now for anything
    but a coroutine function.
    """
    guarding = Guarding(terms_of(config), fallback, on_event, budget)
    refuse_misuse(guarding, "with_retry_async")
    timed = bool(guarding.terms.policy.get("deadline"))
    asking = guarding.terms.guard is not None

    def decorate(func: Callable[..., Awaitable[Any]]) -> Any:
        inner = unwrapped(decorate, func)
        if inner is not None:
            return inner
        refuse_generators(func, "with_retry_async")
        if not returns_awaitable(func):
            raise TypeError("with_retry_async is for coroutine functions: with_retry guards others")

        async def guarded(*args: Any, **kwargs: Any) -> Any:
            start = time.monotonic() if timed else None
            if asking:
                return await _again(Call(func, args, kwargs, guarding, None, start))
            try:
                result = await func(*args, **kwargs)
            except Exception as error:  # noqa: BLE001  it is judged, and comes out if it is real
                call = Call(func, args, kwargs, guarding, error, start)
            else:
                if budget is not None:
                    budget.deposit()
                return result
            return await _again(call)

        return wrap(guarded, func)

    return decorate


class _Turn:
    """Lets the other tasks have a turn, so that a loop without waits can be cancelled."""

    def __await__(self) -> Generator[None, None, None]:
        yield


async def _again(call: Call) -> Any:
    """Drive the loop from the first failure on; return a result or raise the last error."""
    import asyncio

    plan = call.plan()
    result: Any = None
    try:
        for pause in plan:
            if pause is not None:
                await (asyncio.sleep(pause) if pause > 0 else _Turn())
                continue
            try:
                result = await call.func(*call.args, **call.kwargs)
            except Exception as error:  # noqa: BLE001  judged in the flow
                call.error = error
            else:
                call.error = None
    except BaseException:
        call.error = None  # its traceback holds frames that hold the call
        raise
    finally:
        plan.close()
    return result if call.error is None else await _ended(call)


async def _ended(call: Call) -> Any:
    error, call.error = call.error, None
    fallback = call.guarding.fallback
    try:
        raise error or AssertionError  # noqa: TRY301  to give it as context
    except Exception:  # what the fallback raises carries the error as its context
        if fallback is None:
            raise
        value = fallback(*call.args, **call.kwargs)
        return await value if is_awaitable(value) else value
    finally:
        del error  # its traceback holds this frame
