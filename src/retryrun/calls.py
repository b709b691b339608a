"""Retrying calls inside a program: the pure flow of `core.flow` joined to a function.

The first call is made straight; nothing of the machinery is touched, or imported, before it fails.
"""

from __future__ import annotations

import time

from .checks import refuse_generators, returns_awaitable, wrap
from .core.policy import BUILT_IN_DEFAULT, Layer, Policy
from .settings import RetryConfig, Switch, capped, policy_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from typing import Any, ParamSpec, TypeVar

    from .core.failure import Classification
    from .core.flow import Wait
    from .core.kinds import ErrorCategory, ErrorSeverity
    from .core.outcome import Outcome

    P = ParamSpec("P")
    T = TypeVar("T")


def with_retry(
    config: RetryConfig | str | None = None,
    fallback: Callable[..., Any] | None = None,
    *,
    on_event: Callable[[Wait], object] | None = None,
) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Decorate a function so that failures which may pass are retried.

    `config` is a RetryConfig, or the name of a policy of recovery.yaml or a built-in one.
    `fallback` is called with the call's own arguments when the call has given up, after a
    permanent error too. `on_event` is told of each wait before it begins. The last error comes
    out as it is. Raises TypeError at decoration for generator and coroutine functions.

        @with_retry(RetryConfig(max_retries=3), fallback=cached)
        def fetch(url): ...
    """
    policy = policy_of(config)

    def decorate(func: Callable[P, T]) -> Callable[P, T]:
        refuse_generators(func, "with_retry")
        if returns_awaitable(func):
            raise TypeError("with_retry is for plain functions: with_retry_async guards coroutines")
        if policy.get("deadline"):

            def guarded(*args: Any, **kwargs: Any) -> Any:
                start = time.monotonic()
                try:
                    return func(*args, **kwargs)
                except Exception as error:  # noqa: BLE001  it is judged, and comes out if it is real
                    first = error
                return _again(Call(func, args, kwargs, policy, fallback, on_event, start), first)

        else:

            def guarded(*args: Any, **kwargs: Any) -> Any:
                try:
                    return func(*args, **kwargs)
                except Exception as error:  # noqa: BLE001  as above
                    first = error
                # Outside the handler, so that later errors do not carry this one as context.
                return _again(Call(func, args, kwargs, policy, fallback, on_event), first)

        return wrap(guarded, func)  # type: ignore[no-any-return]  # guarded has func's signature

    return decorate


class Call:
    """One guarded call that has failed: what to call again, and what became of it."""

    def __init__(  # noqa: PLR0913, PLR0917  the parts of a call
        self,
        func: Callable[..., Any],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        policy: Policy,
        fallback: Callable[..., Any] | None,
        on_event: Callable[[Wait], object] | None,
        start: float | None = None,
    ) -> None:
        self.func, self.args, self.kwargs = func, args, kwargs
        self.policy = policy if Switch.active else capped(policy)
        if Switch.testing and Switch.cap is not None:
            self.policy = capped(self.policy, min(Switch.cap - 1, policy.get("max_retries")))
        self.fallback, self.on_event = fallback, on_event
        limit = policy.get("deadline")
        self.deadline = start + limit if limit and start is not None else None
        self.error: Exception | None = None

    def plan(self, first: Exception) -> Generator[float | None, Exception | None, None]:
        """Yield what is to be done next: a wait in seconds, or None to call again.

        A call is answered by its error, or None for a success. Ends with `error` set to the last
        error if the call has given up. `first` is that of the call already made.
        """
        import random

        from .core.flow import Attempt, Wait, retry_flow
        from .core.outcome import Outcome

        failed, succeeded = Outcome(1), Outcome(0)
        flow = retry_flow(
            self.policy,
            self.judge,
            lambda: random.random(),  # noqa: PLW0108, S311  a patched or seeded random is seen
            time.monotonic,
            deadline=self.deadline,
        )
        self.error = first
        next(flow)  # the first attempt has been made already
        reply: Outcome | None = failed
        while True:
            try:
                step = flow.send(reply)
            except StopIteration:
                return
            reply = None
            if isinstance(step, Wait):
                pause = self.wait(step)
                if pause > 0:
                    yield pause
            elif isinstance(step, Attempt):
                self.error = yield None
                reply = succeeded if self.error is None else failed

    def judge(self, outcome: Outcome) -> Classification | None:
        """Judge the latest error; None after a success."""
        return None if outcome.exit_code == 0 or self.error is None else judged(self.error)

    def wait(self, step: Wait) -> float:
        """Announce a wait and return how long it really is."""
        import logging

        tried = step.tried
        logging.getLogger("retryrun").warning(
            "%s failed (attempt %d/%d): %s. Retrying in %.1fs...",
            getattr(self.func, "__name__", None) or type(self.func).__name__,
            tried.attempt.number,
            tried.limit,
            self.error,
            step.seconds,
        )
        if self.on_event is not None:
            self.on_event(step)
        return 0.0 if Switch.testing else step.seconds


def _again(call: Call, first: Exception) -> Any:
    """Drive the loop from the first failure on; return a result or raise the last error."""
    plan = call.plan(first)
    result: Any = None
    failure: Exception | None = None
    try:
        while True:
            pause = plan.send(failure)
            failure = None
            if pause is not None:
                time.sleep(pause)
                continue
            try:
                result = call.func(*call.args, **call.kwargs)
            except Exception as error:  # noqa: BLE001  judged in the flow
                failure = error
    except StopIteration:
        pass
    return _ended(call, result)


def _ended(call: Call, result: Any) -> Any:
    error = call.error
    call.error = None
    if error is None:
        return result
    try:
        if call.fallback is None:
            raise error
        try:
            return call.fallback(*call.args, **call.kwargs)
        except BaseException as second:
            if second.__context__ is None and second is not error:
                second.__context__ = error
            raise
    finally:
        del error  # its traceback holds this frame


def judged(error: BaseException) -> Classification:
    """Judge an exception; see `classify_error`."""
    from .core.exceptions import judge

    return judge(error, _by_message, time.time())


def _by_message(text: str) -> Classification | None:
    from .core.classify import classify

    found = classify("", 1, b"", text.encode("utf-8", "replace"))
    return found if found is not None and found.rule is not None else None


def classify_error(error: BaseException) -> tuple[ErrorCategory, ErrorSeverity]:
    """Return what kind of failure an exception is, and how bad.

    By type, errno, HTTP status of the error or its response, then the cause chain and exception
    groups, then the message by the rules of the command line. What nothing is known of is
    PERMANENT, MEDIUM.
    """
    from .core.kinds import ErrorCategory, ErrorSeverity

    found = judged(error)
    return ErrorCategory(found.category), ErrorSeverity(found.severity)


def should_retry(error: BaseException, attempt: int, max_retries: int) -> bool:
    """Tell whether a call that failed so at `attempt` (from 0) is worth another attempt."""
    from .core.outcome import Outcome
    from .core.policy import refusal

    if not isinstance(error, Exception) or attempt >= max_retries:
        return False
    if type(error).__name__ == "CircuitOpenError":
        return False
    policy = Policy("", (Layer("built in", BUILT_IN_DEFAULT),))
    return refusal(policy, judged(error), Outcome(1)) is None


def calculate_delay(attempt: int, config: RetryConfig) -> float:
    """Return the wait in seconds after `attempt` (from 0). Raises ValueError for a negative one."""
    import random

    from .core import backoff
    from .core.parse import jitter

    return backoff.delay(
        attempt,
        base=config.base_delay,
        cap=config.max_delay,
        factor=config.exponential_base,
        mode=jitter(config.jitter),
        draw=random.random,
        previous=config.base_delay,
    )
