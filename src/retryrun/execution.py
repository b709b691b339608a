"""Running jobs for real: the pure flow joined to child processes, clock, dice and messages."""

from __future__ import annotations

import time

from .core.flow import (
    BEFORE_RETRY,
    FALLBACK,
    Admit,
    Attempt,
    GaveUp,
    Settle,
    Verdict,
    Wait,
    exit_status,
    retry_flow,
)
from .core.job import Job, Steps
from .core.value import Value
from .process import Session, Spec

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import Any

    from .announcer import Announcer
    from .core.failure import Classification
    from .core.flow import Flow, Reply, Step
    from .core.outcome import Outcome
    from .guard import Guard


# What an outer retryrun told its own child is not true of ours.
PASSED_DOWN = ("RETRYRUN_ATTEMPT", "RETRYRUN_MAX_ATTEMPTS", "RETRYRUN_ROLE", "RETRYRUN_TASK")
INPUT_USED_UP = (
    "stdin is a pipe that has been read to its end: from here on it is empty "
    "(--stdin replay gives every attempt the same)"
)
LAST = ("RETRYRUN_LAST_EXIT_CODE", "RETRYRUN_LAST_CATEGORY")


class Run(Value):
    """How a job went: the verdict, retryrun's exit status for it, and its time in seconds.

    `dies_of` is the signal that retryrun must die of, so that shells and make stop too: the one
    that interrupted it, unless the command dealt with it and ended by itself. `started` is a time
    of the wall clock; `guard` the breaker and budget that were in force, if any.
    """

    job: Job
    verdict: Verdict
    status: int
    duration: float
    dies_of: int | None = None
    started: float = 0.0
    guard: Guard | None = None

    @property
    def interrupted(self) -> bool:
        """Whether a stop signal ended it."""
        return self.verdict.interrupted is not None

    @property
    def succeeded(self) -> bool:
        """Whether it succeeded at its first attempt."""
        return self.verdict.outcome == "succeeded"

    def runs(self) -> list[Run | NotRun]:
        """Return itself: a run of one command."""
        return [self]


class NotRun(Value):
    """The task of a step that was not begun. `status` is 0, or 124 when the deadline had passed."""

    task: str
    status: int = 0
    interrupted: bool = False
    succeeded: bool = False

    def runs(self) -> list[Run | NotRun]:
        """Return itself, as a step has to be named even so."""
        return [self]


class StepsRun(Value):
    """How a task of steps went; `parts` has an entry for each step, in order."""

    what: Steps
    parts: tuple[Run | StepsRun | NotRun, ...]
    duration: float

    @property
    def status(self) -> int:
        """The status of the first step that failed."""
        return next((part.status for part in self.parts if part.status), 0)

    @property
    def interrupted(self) -> bool:
        """Whether a stop signal ended a step."""
        return any(part.interrupted for part in self.parts)

    @property
    def succeeded(self) -> bool:
        """Whether each command succeeded at its first attempt."""
        return all(part.succeeded for part in self.parts)

    def runs(self) -> list[Run | NotRun]:
        """Return the single commands, whatever the depth of steps they stood in."""
        return [run for part in self.parts for run in part.runs()]


class Executor:
    """Runs jobs one after the other.

    `knowledge` holds the user's rules and the disabled ones as plain data; `environment` is what
    the commands inherit; `run_id` names the whole invocation; `guard` returns what guards a job,
    if anything does; `trace` returns the trace context for the next command; `meanwhile`
    gets ready, while a command runs, what will be needed once it has ended: see `Session.run`.
    """

    def __init__(  # noqa: PLR0913  what an invocation is made of
        self,
        announcer: Announcer,
        *,
        environment: Mapping[str, str],
        run_id: str,
        knowledge: Mapping[str, Any],
        exit_codes: Mapping[str, int],
        guard: Callable[[Job], Guard | None] = lambda _job: None,
        trace: Callable[[], str] | None = None,
        meanwhile: Callable[[Job], Iterator[object]] = lambda _job: iter(()),
    ) -> None:
        self._meanwhile = meanwhile
        self._announcer, self._knowledge = announcer, knowledge
        self._exit_codes, self._guard, self._trace = exit_codes, guard, trace
        hidden = {*PASSED_DOWN, *LAST, "RETRYRUN_REPORT"}
        self._environment = {k: v for k, v in environment.items() if k not in hidden}
        self._environment["RETRYRUN_RUN_ID"] = run_id

    def run(self, what: Job | Steps, deadline: float | None = None) -> Run | StepsRun:
        """Run a job, or steps in order; `deadline` is a point on the monotonic clock."""
        return self._job(what, deadline) if isinstance(what, Job) else self._steps(what, deadline)

    def _steps(self, task: Steps, deadline: float | None) -> StepsRun:
        start = time.monotonic()
        if task.deadline:
            own = start + task.deadline
            deadline = own if deadline is None else min(own, deadline)
        parts: list[Run | StepsRun | NotRun] = []
        over = False
        for step in task.steps:
            if over:
                parts.append(NotRun(step.task or ""))
                continue
            late = deadline is not None and time.monotonic() >= deadline
            part = _too_late(step) if late else self.run(step, deadline)
            parts.append(part)
            over = part.interrupted or late or (part.status != 0 and not task.keep_going)
        return StepsRun(task, tuple(parts), time.monotonic() - start)

    def _job(self, job: Job, deadline: float | None) -> Run:
        start, started = time.monotonic(), time.time()
        guard = self._guard(job)
        own = job.policy.get("deadline")
        limits = [point for point in (deadline, start + own if own else None) if point is not None]
        stdin, stdout = job.policy.get("stdin"), job.policy.get("stdout")
        with Session(stdin=stdin, stdout=stdout) as session:
            self._announcer.attach(session)
            flow = retry_flow(
                job.policy,
                lambda outcome, step: self._classify(job, step, outcome),
                _dice(),
                time.monotonic,
                deadline=min(limits, default=None),
                guarded=guard is not None,
            )
            verdict = self._drive(session, job, flow, guard)
            run = self._close(session, job, verdict, time.monotonic() - start)
            return run.replace(started=started, guard=guard)

    def _drive(self, session: Session, job: Job, flow: Flow, guard: Guard | None) -> Verdict:
        step = next(flow)
        while True:
            try:
                step = flow.send(self._do(session, job, step, guard))
            except StopIteration as stop:
                verdict: Verdict = stop.value
                return verdict

    def _do(self, session: Session, job: Job, step: Step, guard: Guard | None) -> Reply:
        if isinstance(step, Attempt):
            return self._attempt(session, job, step)
        if isinstance(step, Wait):
            self._announcer.retrying(job, step.tried)
            return self._wait(session, step)
        if isinstance(step, GaveUp):
            self._announcer.gave_up(job, step)
        elif guard is not None:
            if isinstance(step, Admit):
                return guard.admit()
            return guard.settle(step.ok) if isinstance(step, Settle) else guard.spend()
        return None

    def _wait(self, session: Session, step: Wait) -> int | None:
        if step.seconds <= 0:
            return None
        countdown = self._announcer.countdown(step)
        if countdown is None:
            return session.wait(step.seconds)
        try:
            return session.wait(step.seconds, countdown)
        finally:
            countdown.clear()

    def _attempt(self, session: Session, job: Job, step: Attempt) -> Outcome:
        session.discard_stdout()
        if step.role == FALLBACK:
            self._announcer.fallback(job, step)
        if step.last is not None and session.stdin_used_up:
            self._announcer.warn(INPUT_USED_UP)
        command = job.pick(step)
        self._announcer.begins(job, step)
        outcome = session.run(
            Spec(
                command.argv,
                env=self._child_environment(job, step),
                cwd=job.cwd,
                timeout=step.timeout,
                timeout_kind=step.timeout_kind,
                idle_timeout=job.policy.get("idle_timeout") or None,
                kill_after=job.policy.get("kill_after"),
            ),
            self._meanwhile(job),
        )
        self._announcer.over(step)
        if step.role == BEFORE_RETRY and outcome.status != 0 and outcome.interrupted is None:
            self._announcer.hook_failed(job, step, outcome)
        return outcome

    def _child_environment(self, job: Job, step: Attempt) -> dict[str, str]:
        env = {**self._environment, **job.env}
        env["RETRYRUN_ATTEMPT"] = str(step.number)
        env["RETRYRUN_MAX_ATTEMPTS"] = str(step.limit)
        env["RETRYRUN_ROLE"] = step.role
        if job.task:
            env["RETRYRUN_TASK"] = job.task
        if self._trace is not None:
            env["TRACEPARENT"] = self._trace()
        if step.last is not None and step.last.failure is not None:
            env["RETRYRUN_LAST_EXIT_CODE"] = str(step.last.outcome.status)
            env["RETRYRUN_LAST_CATEGORY"] = step.last.failure.category
        return env

    def _classify(self, job: Job, step: Attempt, outcome: Outcome) -> Classification | None:
        rules = self._knowledge.get("rules", ())
        if outcome.status == 0 and not any(_fits_success(rule) for rule in rules):
            return None
        try:
            return self._judged(job, step, outcome)
        except Exception as error:  # noqa: BLE001  a fault in judging must not hide the command's own
            from .core.failure import UNMATCHED

            warning = f"the failure could not be judged: {type(error).__name__}: {error}"
            return UNMATCHED.replace(warning=warning)

    def _judged(self, job: Job, step: Attempt, outcome: Outcome) -> Classification | None:
        from .core.classify import classify, user_rule

        command = job.pick(step)
        return classify(
            command.script or command.argv,
            outcome.status,
            outcome.stdout,
            outcome.stderr,
            signal=outcome.signal,
            timed_out=outcome.cut is not None,
            merged=outcome.merged,
            rules=[user_rule(rule) for rule in self._knowledge.get("rules", ())],
            disabled=self._knowledge.get("disable_rules", ()),
            now=time.time(),
            clock=time.thread_time,
        )

    def _close(self, session: Session, job: Job, verdict: Verdict, duration: float) -> Run:
        last = verdict.tried[-1] if verdict.tried else None
        dies_of = verdict.interrupted
        if (
            last is not None
            and last.outcome.interrupted is not None
            and last.outcome.signal is None
        ):
            dies_of = None  # the command dealt with the signal
        if verdict.interrupted is None:
            status = exit_status(verdict, job.policy, self._exit_codes)
        elif last is not None and dies_of is None:
            status = last.outcome.status
        else:
            status = 128 + (dies_of or 0)
        if last is not None and last.failure is None:
            session.release_stdout()
        self._announcer.ended(job, verdict, duration)
        return Run(job, verdict, session.exit_status(status), duration, dies_of)


def _too_late(step: Job | Steps) -> NotRun:
    from .core.outcome import TIMED_OUT

    return NotRun(step.task or "", TIMED_OUT)


def _fits_success(rule: Mapping[str, Any]) -> bool:
    return any(first <= 0 <= last for first, last in rule.get("exit_code") or ())


def _dice() -> Callable[[], float]:
    generator: list[Callable[[], float]] = []

    def draw() -> float:
        if not generator:  # imported at the first wait, never for a success
            import random

            generator.append(random.SystemRandom().random)
        return generator[0]()

    return draw
