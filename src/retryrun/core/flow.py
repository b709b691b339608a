"""The retry loop, once, as a pure generator.

`retry_flow` yields what is to be done next, is sent how it went, and returns the verdict. Whoever
drives it (a command, a call, an asynchronous call) does the running and waiting; the order of
things stands here alone: classify, decide, announce, wait; no wait after the last attempt;
fallbacks in order; nothing begun past the deadline; nothing at all after an interruption.
"""

from __future__ import annotations

from . import backoff
from .outcome import Outcome
from .policy import UNMATCHED, Policy, allows_fallback, labels, refusal
from .value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Mapping

    from .failure import Classification

PRIMARY, FALLBACK, BEFORE_RETRY = "primary", "fallback", "before_retry"


class Attempt(Value):
    """Run one command and send its Outcome.

    `number` counts attempts from 1; for a fallback or a clean-up `index` counts from 1 within its
    list of `of`. `limit` is the number of attempts in force. `timeout` in seconds is what this
    run may take (None: as long as it likes) and `timeout_kind` what to call it when it is cut.
    `last` is the latest failed attempt.
    """

    role: str
    number: int
    limit: int
    index: int = 0
    of: int = 0
    timeout: float | None = None
    timeout_kind: str = "timeout"
    last: Tried | None = None


class Wait(Value):
    """Announce the failure, wait `seconds`, send None or the number of a stop signal."""

    seconds: float
    tried: Tried


class GaveUp(Value):
    """Announce that the attempts are over without success; send nothing.

    `reason` is one of the REASONS; `detail` a number of seconds or a text that belongs to it.
    """

    tried: Tried
    reason: str
    detail: float | str | None = None
    fallbacks: int = 0


class Tried(Value):
    """One command that was run: the step, how it ended, and what is thought of it.

    `limit` is the number of attempts in force now that this failure is known; `delay` the planned
    wait after it in seconds, None if there is none.
    """

    attempt: Attempt
    outcome: Outcome
    failure: Classification | None
    limit: int
    delay: float | None = None


class Verdict(Value):
    """How it all ended. `tried` holds everything that ran, in order.

    `outcome` is one of succeeded, recovered, fallback, failed, timed_out, interrupted,
    not_runnable. `interrupted` is the number of the stop signal, if one came. `gave_up` is the
    announcement made, if any.
    """

    outcome: str
    tried: tuple[Tried, ...]
    interrupted: int | None = None
    gave_up: GaveUp | None = None


NOT_RETRIED, NONE_LEFT, DEADLINE, SERVER_WAIT = REASONS = (
    "not_retried",
    "none_left",
    "deadline",
    "server_wait",
)

if TYPE_CHECKING:
    Step = Attempt | Wait | GaveUp
    Reply = Outcome | int | None
    Flow = Generator[Step, Reply, Verdict]


def retry_flow(
    policy: Policy,
    classify: Callable[[Outcome], Classification | None],
    draw: Callable[[], float],
    clock: Callable[[], float],
    *,
    deadline: float | None = None,
) -> Flow:
    """Yield steps, be sent their results, return the Verdict.

    `classify` judges an outcome and returns None for a success; `draw` gives random numbers in
    [0, 1); `clock` the time in seconds; `deadline` is a point on that clock after which nothing
    is begun.
    """
    return (yield from _Flow(policy, classify, draw, clock, deadline).run())


class _Flow:
    """The state of one run, so that each part of the loop can be read by itself."""

    def __init__(
        self,
        policy: Policy,
        classify: Callable[[Outcome], Classification | None],
        draw: Callable[[], float],
        clock: Callable[[], float],
        deadline: float | None,
    ) -> None:
        self.policy, self.classify, self.draw, self.clock = policy, classify, draw, clock
        self.deadline = deadline
        self.tried: list[Tried] = []
        self.last: Tried | None = None  # the latest failed attempt of the command itself
        self.waited = 0.0
        self.number = 1

    def run(self) -> Flow:
        while True:
            tried = yield from self.attempt(PRIMARY)
            if tried.outcome.interrupted is not None:
                return self.verdict("interrupted", interrupted=tried.outcome.interrupted)
            if tried.failure is None:
                return self.verdict("succeeded" if self.number == 1 else "recovered")
            self.last = tried
            stop = self.decide(tried, tried.failure)
            if stop is None:
                ended = yield from self.pause(tried)
                if isinstance(ended, Verdict):
                    return ended
                stop = ended
            if stop is not None:
                return (yield from self.give_up(stop))
            self.number += 1

    def attempt(self, role: str, index: int = 0, of: int = 0) -> Generator[Step, Reply, Tried]:
        timeout, kind = self.time_limit()
        step = Attempt(
            role,
            self.number + (role == BEFORE_RETRY),
            self.policy.limit(self.last.failure if self.last else None),
            index,
            of,
            timeout,
            kind,
            self.last,
        )
        outcome = yield step
        if not isinstance(outcome, Outcome):
            raise TypeError(f"an attempt is answered by an Outcome, not {outcome!r}")
        failure = self.classify(outcome)
        limit = self.policy.limit(failure) if role == PRIMARY and failure else step.limit
        tried = Tried(step, outcome, failure, limit)
        self.tried.append(tried)
        return tried

    def time_limit(self) -> tuple[float | None, str]:
        own = self.policy.get("timeout") or None
        if self.deadline is None:
            return own, "timeout"
        left = max(1e-6, self.deadline - self.clock())  # 0 would mean no limit
        return (own, "timeout") if own is not None and own <= left else (left, "deadline")

    def decide(self, tried: Tried, failure: Classification) -> GaveUp | None:
        """Return why there is no further attempt, or None after having planned the wait."""
        if tried.outcome.cut == "deadline":
            return GaveUp(tried, DEADLINE)
        why = refusal(self.policy, failure, tried.outcome)
        if why is not None:
            return GaveUp(tried, NOT_RETRIED, why)
        names = labels(failure)
        if self.number >= tried.limit:
            return GaveUp(tried, NONE_LEFT)
        cap = self.policy.get("max_delay", names)
        wait = backoff.delay(
            self.number - 1,
            base=self.policy.get("base_delay", names),
            cap=cap,
            factor=self.policy.get("exponential_base", names),
            mode=self.policy.get("jitter", names),
            draw=self.draw,
            previous=self.waited,
        )
        wish = failure.retry_after or 0.0
        if wish > cap:
            return GaveUp(tried, SERVER_WAIT, wish)
        self.waited = max(wait, wish)
        if self.past_deadline(self.waited):
            return GaveUp(tried, DEADLINE, self.waited)
        return None

    def past_deadline(self, wait: float = 0.0) -> bool:
        return self.deadline is not None and self.clock() + wait >= self.deadline

    def pause(self, tried: Tried) -> Generator[Step, Reply, Verdict | GaveUp | None]:
        """Wait and clean up; return a Verdict if interrupted, a GaveUp if time ran out."""
        self.tried[-1] = self.last = tried = tried.replace(delay=self.waited)
        reply = yield Wait(self.waited, tried)
        if isinstance(reply, int):
            return self.verdict("interrupted", interrupted=reply)
        names = labels(tried.failure)
        hooks = self.policy.get("before_retry", names)
        for index in range(1, len(hooks) + 1):
            if self.past_deadline():
                break
            hook = yield from self.attempt(BEFORE_RETRY, index, len(hooks))
            if hook.outcome.interrupted is not None:
                return self.verdict("interrupted", interrupted=hook.outcome.interrupted)
        return GaveUp(tried, DEADLINE) if self.past_deadline() else None

    def give_up(self, stop: GaveUp) -> Flow:
        last = stop.tried
        chain = self.policy.get("fallback")
        may = (
            last.failure is not None
            and not self.past_deadline()
            and allows_fallback(self.policy, last.failure, last.outcome)
        )
        stop = stop.replace(fallbacks=len(chain) if may else 0)
        yield stop
        for index in range(1, stop.fallbacks + 1):
            if self.past_deadline():
                break
            last = yield from self.attempt(FALLBACK, index, len(chain))
            if last.outcome.interrupted is not None:
                return self.verdict("interrupted", stop, last.outcome.interrupted)
            if last.failure is None:
                return self.verdict("fallback", stop)
        return self.verdict(_ending(last.outcome), stop)

    def verdict(
        self, outcome: str, gave_up: GaveUp | None = None, interrupted: int | None = None
    ) -> Verdict:
        return Verdict(outcome, tuple(self.tried), interrupted, gave_up)


def _ending(outcome: Outcome) -> str:
    if outcome.cut:
        return "timed_out"
    return "not_runnable" if outcome.not_runnable else "failed"


def exit_status(verdict: Verdict, policy: Policy, exit_codes: Mapping[str, int]) -> int:
    """Return retryrun's own exit status for a run that was not interrupted.

    `exit_codes` maps a category, `timeout` or `unmatched` to another status for a run that gave up
    without a fallback having run.
    """
    if verdict.outcome in ("succeeded", "fallback"):
        return 0
    if verdict.outcome == "recovered":
        return _own(verdict.tried[0]) if policy.get("flaky") == "fail" else 0
    last = next(tried for tried in reversed(verdict.tried) if tried.attempt.role != BEFORE_RETRY)
    failure = last.failure
    if failure is None or last.attempt.role == FALLBACK or verdict.outcome == "not_runnable":
        return _own(last)
    names = (UNMATCHED,) if failure.rule is None else labels(failure)
    return next((exit_codes[name] for name in names if name in exit_codes), _own(last))


def _own(tried: Tried) -> int:
    # A success that a rule declared a failure has status 0 and still must not pass for one.
    return tried.outcome.status or (0 if tried.failure is None else 1)
