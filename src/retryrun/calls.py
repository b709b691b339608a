"""Retrying calls inside a program.

The first call is made straight; nothing of the machinery is touched, or imported, before it fails.
"""

from __future__ import annotations

import time

from .call import Call, Guarding
from .checks import COROUTINE_TYPE, refuse_generators, returns_awaitable, unwrapped, wrap
from .settings import terms_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, NoReturn, overload

    from .budget import RetryBudget
    from .call import RetryEvent
    from .settings import RetryConfig
    from .typed import F, Or, Same

else:

    def overload(func: Any) -> Any:
        """Stand in for typing's, which only type checkers need."""
        return func


@overload
def with_retry(
    config: RetryConfig | str | None = None,
    fallback: None = None,
    *,
    on_event: Callable[[RetryEvent], object] | None = None,
    budget: RetryBudget | None = None,
) -> Same: ...


@overload
def with_retry(
    config: RetryConfig | str | None = None,
    fallback: Callable[..., F] = ...,
    *,
    on_event: Callable[[RetryEvent], object] | None = None,
    budget: RetryBudget | None = None,
) -> Or[F]: ...


def with_retry(
    config: RetryConfig | str | None = None,
    fallback: Callable[..., Any] | None = None,
    *,
    on_event: Callable[[RetryEvent], object] | None = None,
    budget: RetryBudget | None = None,
) -> Any:
    """Decorate a function so that failures which may pass are retried.

    `config` is a RetryConfig, or the name of a policy of recovery.yaml or a built-in one, which is
    read now. `fallback` is called with the call's own arguments when the call has given up, after
    a permanent error too. `on_event` is told of each RetryEvent. `budget` limits the retries of
    all functions that share it. The last error comes out as it is. Raises TypeError now for
    generator and coroutine functions, ValueError for an unknown policy.

        @with_retry(RetryConfig(max_retries=3), fallback=cached)
        def fetch(url): ...
    """
    guarding = Guarding(terms_of(config), fallback, on_event, budget)
    refuse_misuse(guarding, "with_retry")
    if fallback is not None and returns_awaitable(fallback):
        raise TypeError("with_retry cannot await its fallback: with_retry_async does")

    def decorate(func: Callable[..., Any]) -> Any:
        inner = unwrapped(decorate, func)
        if inner is not None:
            return inner
        refuse_generators(func, "with_retry")
        if returns_awaitable(func):
            raise TypeError("with_retry is for plain functions: with_retry_async guards coroutines")
        return wrap(_guarded(func, guarding), func)

    return decorate


def refuse_misuse(guarding: Guarding, who: str) -> None:
    """Raise TypeError for a fallback, hook or budget that cannot be one."""
    if guarding.fallback is not None:
        refuse_generators(guarding.fallback, f"the fallback of {who}")
    if guarding.on_event is not None:
        refuse_generators(guarding.on_event, f"on_event of {who}")
        if returns_awaitable(guarding.on_event):
            raise TypeError("on_event is called, not awaited: it must be a plain function")
    budget: object = guarding.budget
    if budget is not None and not (hasattr(budget, "spend") and hasattr(budget, "deposit")):
        raise TypeError(f"budget must be a RetryBudget, not {budget!r}")
    if budget is not None and guarding.terms.policy.get("budget"):
        raise ValueError(f"the policy {guarding.terms.policy.name!r} has a budget of its own")


def _guarded(func: Callable[..., Any], guarding: Guarding) -> Callable[..., Any]:
    if guarding.terms.guard is not None:
        return _asking(func, guarding)
    if guarding.terms.policy.get("deadline") or guarding.budget is not None:
        return _timed(func, guarding)
    return _plain(func, guarding)


def _plain(func: Callable[..., Any], guarding: Guarding) -> Callable[..., Any]:
    coroutine = COROUTINE_TYPE

    def guarded(*args: Any, **kwargs: Any) -> Any:
        try:
            result = func(*args, **kwargs)
        except Exception as error:  # noqa: BLE001  it is judged, and comes out if it is real
            call = Call(func, args, kwargs, guarding, error)
        else:
            return _misused(result) if type(result) is coroutine else result
        # Outside the handler, so that later errors do not carry this one as context.
        return _again(call)

    return guarded


def _timed(func: Callable[..., Any], guarding: Guarding) -> Callable[..., Any]:
    budget = guarding.budget

    def guarded(*args: Any, **kwargs: Any) -> Any:
        start = time.monotonic()
        try:
            result = func(*args, **kwargs)
        except Exception as error:  # noqa: BLE001  as above
            call = Call(func, args, kwargs, guarding, error, start)
        else:
            if budget is not None:
                budget.deposit()
            return _misused(result) if type(result) is COROUTINE_TYPE else result
        return _again(call)

    return guarded


def _asking(func: Callable[..., Any], guarding: Guarding) -> Callable[..., Any]:
    def guarded(*args: Any, **kwargs: Any) -> Any:
        return _again(Call(func, args, kwargs, guarding, None, time.monotonic()))

    return guarded


def _misused(coroutine: Any) -> NoReturn:
    coroutine.close()
    raise TypeError("with_retry got a coroutine: with_retry_async guards coroutine functions")


def _again(call: Call) -> Any:
    """Drive the loop from the first failure on; return a result or raise the last error."""
    plan = call.plan()
    result: Any = None
    try:
        for pause in plan:
            if pause is not None:
                if pause > 0:  # sleeping for nothing costs 70 microseconds
                    time.sleep(pause)
                continue
            try:
                result = call.func(*call.args, **call.kwargs)
            except Exception as error:  # noqa: BLE001  judged in the flow
                call.error = error
            else:
                call.error = None
                if type(result) is COROUTINE_TYPE:
                    _misused(result)
    except BaseException:
        call.error = None  # its traceback holds frames that hold the call
        raise
    finally:
        plan.close()
    return result if call.error is None else _ended(call)


def _ended(call: Call) -> Any:
    error, call.error = call.error, None
    fallback = call.guarding.fallback
    try:
        raise error or AssertionError  # noqa: TRY301  to give it as context
    except Exception:  # what the fallback raises carries the error as its context
        if fallback is None:
            raise
        return fallback(*call.args, **call.kwargs)
    finally:
        del error  # its traceback holds this frame
