"""The retry loop, once, as a pure generator.

`retry_flow` yields what is to be done next, is sent how it went, and returns the verdict. Whoever
drives it (a command, a call, an asynchronous call) does the running and waiting; the order of
things stands here alone: ask the circuit breaker, run, classify, tell the breaker, decide, pay for
the retry, announce, wait; no wait after the last attempt; fallbacks in order; nothing begun past
the deadline; nothing at all after an interruption.
"""

from __future__ import annotations

from .policy import UNMATCHED, Policy, allows_fallback, asked_for, labels, refusal
from .value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Mapping

    from .failure import Classification
    from .outcome import Outcome

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


class Admit(Value):
    """Ask the circuit breaker; send None for leave, or for how many seconds it is refused."""


class Settle(Value):
    """Tell the circuit breaker how an attempt went; send how long it is now open, in seconds.

    `ok` is True, False, or None for a result that says nothing of the service. The answer None
    means that it is closed.
    """

    ok: bool | None


class Spend(Value):
    """Pay for a retry from the budget; send whether there was enough."""


class GaveUp(Value):
    """Announce that the attempts are over without success; send nothing.

    `reason` is one of the REASONS; `detail` a number of seconds or a text that belongs to it.
    `tried` is None when the circuit was open before the first attempt.
    """

    tried: Tried | None
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

    `outcome` is one of succeeded, recovered, fallback, failed, timed_out, circuit_open,
    interrupted, not_runnable. `interrupted` is the number of the stop signal, if one came.
    `gave_up` is the announcement made, if any.
    """

    outcome: str
    tried: tuple[Tried, ...]
    interrupted: int | None = None
    gave_up: GaveUp | None = None


NOT_RETRIED, NONE_LEFT, DEADLINE, SERVER_WAIT, CIRCUIT, BUDGET = REASONS = (
    "not_retried",
    "none_left",
    "deadline",
    "server_wait",
    "circuit_open",
    "budget",
)
CIRCUIT_OPEN = "circuit_open"
TEMPORARY_FAILURE = 75  # EX_TEMPFAIL of sysexits.h

if TYPE_CHECKING:
    Step = Admit | Attempt | Settle | Spend | Wait | GaveUp
    Reply = Outcome | float | int | None
    Flow = Generator[Step, Reply, Verdict]


def retry_flow(  # noqa: PLR0913  what it is handed from outside
    policy: Policy,
    classify: Callable[[Outcome, Attempt], Classification | None],
    draw: Callable[[], float],
    clock: Callable[[], float],
    *,
    deadline: float | None = None,
    guarded: bool = False,
) -> Flow:
    """Yield steps, be sent their results, return the Verdict.

    `classify` judges the outcome of an attempt and returns None for a success; `draw` gives random
    numbers in [0, 1); `clock` the time in seconds; `deadline` is a point on that clock after which
    nothing is begun. `guarded`: a circuit breaker or a budget is in force and is to be asked;
    without one there are no steps Admit, Settle and Spend.
    """
    return (yield from _Flow(policy, classify, draw, clock, deadline, guarded).run())


class _Flow:
    """The state of one run, so that each part of the loop can be read by itself."""

    def __init__(  # noqa: PLR0913, PLR0917  as above
        self,
        policy: Policy,
        classify: Callable[[Outcome, Attempt], Classification | None],
        draw: Callable[[], float],
        clock: Callable[[], float],
        deadline: float | None,
        guarded: bool,
    ) -> None:
        self.policy, self.classify, self.draw, self.clock = policy, classify, draw, clock
        self.deadline, self.guarded = deadline, guarded
        self.tried: list[Tried] = []
        self.last: Tried | None = None  # the latest failed attempt of the command itself
        self.waited = 0.0
        self.number = 1

    def run(self) -> Flow:
        while True:
            refused = (yield Admit()) if self.guarded else None
            if refused is not None:
                return (yield from self.give_up(GaveUp(self.last, CIRCUIT, _number(refused))))
            tried = yield from self.attempt(PRIMARY)
            open_for = yield from self.settle(tried)
            if tried.outcome.interrupted is not None:
                return self.verdict("interrupted", interrupted=tried.outcome.interrupted)
            if tried.failure is None:
                return self.verdict("succeeded" if self.number == 1 else "recovered")
            self.last = tried
            stop = self.decide(tried, tried.failure, open_for)
            if stop is None and self.guarded and not (yield Spend()):
                stop = GaveUp(tried, BUDGET)
            if stop is None:
                ended = yield from self.pause(tried)
                if isinstance(ended, Verdict):
                    return ended
                stop = ended
            if stop is not None:
                return (yield from self.give_up(stop))
            self.number += 1

    def settle(self, tried: Tried) -> Generator[Step, Reply, float | None]:
        """Tell the breaker how it went; return how long it is open, None while it is closed."""
        if not self.guarded:
            return None
        if tried.outcome.interrupted is not None:
            ok = None
        elif tried.failure is None:
            ok = True
        else:
            ok = False if asked_for(self.policy, tried.failure, tried.outcome) else None
        reply = yield Settle(ok)
        return None if reply is None else _number(reply)

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
        from .outcome import Outcome  # while the first step was carried out it was imported

        if not isinstance(outcome, Outcome):
            raise TypeError(f"an attempt is answered by an Outcome, not {outcome!r}")
        failure = self.classify(outcome, step)
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

    def decide(
        self, tried: Tried, failure: Classification, open_for: float | None
    ) -> GaveUp | None:
        """Return why there is no further attempt, or None after having planned the wait."""
        if tried.outcome.cut == "deadline":
            return GaveUp(tried, DEADLINE)
        why = refusal(self.policy, failure, tried.outcome)
        if why is not None or self.number >= tried.limit:
            return GaveUp(tried, NONE_LEFT if why is None else NOT_RETRIED, why)
        from . import backoff

        names = labels(failure)
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
        if open_for is not None and open_for > self.waited:
            return GaveUp(tried, CIRCUIT, open_for)
        late = self.past_deadline(self.waited)
        return GaveUp(tried, DEADLINE, self.waited) if late else None

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
        may = not self.past_deadline() and (
            last is None
            or last.failure is None
            or allows_fallback(self.policy, last.failure, last.outcome)
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
        return self.verdict(CIRCUIT_OPEN if last is None else _ending(last.outcome), stop)

    def verdict(
        self, outcome: str, gave_up: GaveUp | None = None, interrupted: int | None = None
    ) -> Verdict:
        return Verdict(outcome, tuple(self.tried), interrupted, gave_up)


def _number(reply: Reply) -> float:
    return float(reply) if isinstance(reply, (int, float)) else 0.0


def _ending(outcome: Outcome) -> str:
    if outcome.cut:
        return "timed_out"
    return "not_runnable" if outcome.not_runnable else "failed"


def exit_status(verdict: Verdict, policy: Policy, exit_codes: Mapping[str, int]) -> int:
    """Return retryrun's own exit status for a run that was not interrupted.

    `exit_codes` maps a category, `timeout`, `unmatched` or `circuit_open` to another status for a
    run that gave up without a fallback having run.
    """
    if verdict.outcome == CIRCUIT_OPEN:
        return exit_codes.get(CIRCUIT_OPEN, TEMPORARY_FAILURE)
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
