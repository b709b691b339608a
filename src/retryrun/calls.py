"""Retrying calls inside a program: the pure flow of `core.flow` joined to a function.

The first call is made straight; nothing of the machinery is touched, or imported, before it fails.
"""

from __future__ import annotations

import time

from .checks import refuse_generators, returns_awaitable, wrap
from .core.policy import BUILT_IN_DEFAULT, Layer, Policy
from .core.value import Value

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

MOST_RETRIES = 1_000_000_000
COMMANDS_ONLY = {"fallback": [], "before_retry": [], "timeout": 0.0}


class RetryConfig(Value):
    """How calls are retried; delays in seconds.

    `jitter` is True (proportional), False, or the name of a mode: full, equal, decorrelated,
    none. `deadline` limits the whole call, waits included: no wait that would pass it is begun.
    Frozen, hashable, picklable. Raises ValueError for a negative or non-finite value, a max_delay
    below base_delay, an exponential_base below 1; TypeError for a value of the wrong type.
    """

    max_retries: int = 3
    base_delay: float = 1.0
    max_delay: float = 60.0
    exponential_base: float = 2.0
    jitter: bool | str = True
    deadline: float | None = None

    if not TYPE_CHECKING:

        def __init__(self, *args: object, **kwargs: object) -> None:
            super().__init__(*args, **kwargs)
            _check(self)


def _check(config: RetryConfig) -> None:
    from .core.parse import jitter

    retries: object = config.max_retries
    if isinstance(retries, bool) or not isinstance(retries, int):
        raise TypeError(f"max_retries must be a whole number, not {retries!r}")
    if not 0 <= retries <= MOST_RETRIES:
        raise ValueError(f"max_retries must be 0 or more, not {retries!r}")
    for name in ("base_delay", "max_delay", "exponential_base", "deadline"):
        value: object = getattr(config, name)
        if name == "deadline" and value is None:
            continue
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise TypeError(f"{name} must be a number, not {value!r}")
        if not 0 <= value < float("inf"):
            raise ValueError(f"{name} must be finite and not negative, not {value!r}")
    if config.max_delay < config.base_delay:
        raise ValueError(
            f"max_delay {config.max_delay!r} is below base_delay {config.base_delay!r}"
        )
    if config.exponential_base < 1:
        raise ValueError(f"exponential_base must be 1 or more, not {config.exponential_base!r}")
    try:
        jitter(config.jitter)
    except ValueError as error:
        raise ValueError(f"jitter {config.jitter!r}: {error}") from None


class _Switch:
    """What holds for the whole program: whether calls are retried, and the testing switch."""

    active = True
    testing = False
    cap: int | None = None


def set_active(active: bool) -> None:
    """Switch retrying on or off for the whole program; fallbacks apply all the same."""
    _Switch.active = bool(active)


def is_active() -> bool:
    """Tell whether calls are retried."""
    return _Switch.active


class testing:  # noqa: N801  used like a function: with retryrun.testing():
    """No waiting, and at most `attempts` attempts, while the block lasts; may be nested."""

    def __init__(self, attempts: int | None = None) -> None:
        self._attempts = attempts

    def __enter__(self) -> None:
        self._before = (_Switch.testing, _Switch.cap)
        _Switch.testing, _Switch.cap = True, self._attempts

    def __exit__(self, *_: object) -> None:
        _Switch.testing, _Switch.cap = self._before


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


def policy_of(config: RetryConfig | str | None) -> Policy:
    """Return the policy of a configuration, or the policy of that name."""
    if config is None:
        config = RetryConfig()
    if isinstance(config, str):
        return _named(config)
    given: object = config
    if not isinstance(given, RetryConfig):
        hint = ": write @with_retry()" if callable(given) else ""
        raise TypeError(f"a RetryConfig or a policy's name is needed, not {given!r}{hint}")
    from .core.parse import jitter

    settings = {
        "max_retries": config.max_retries,
        "base_delay": config.base_delay,
        "max_delay": config.max_delay,
        "exponential_base": config.exponential_base,
        "jitter": jitter(config.jitter),
        "deadline": config.deadline or 0.0,
    }
    return Policy("", (Layer("RetryConfig", settings), Layer("built in", BUILT_IN_DEFAULT)))


def _named(name: str) -> Policy:
    import os

    from . import config as files
    from .core.policy import named

    document = files.load(None, env=os.environ)
    try:
        layers = named(name, (document or {}).get("policies") or {})
    except KeyError:
        raise ValueError(f"there is no policy {name!r}") from None
    # What a policy says of commands has no meaning for a call.
    return Policy(name, (Layer("call", COMMANDS_ONLY), *layers))


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
        self.policy = policy if _Switch.active else _once(policy)
        if _Switch.testing and _Switch.cap is not None:
            self.policy = _once(self.policy, min(_Switch.cap - 1, policy.get("max_retries")))
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
        return 0.0 if _Switch.testing else step.seconds


def _once(policy: Policy, retries: int = 0) -> Policy:
    cap = Layer("testing", {"max_retries": max(0, retries)})
    return policy.replace(layers=(cap, *policy.layers))


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
