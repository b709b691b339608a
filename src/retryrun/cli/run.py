"""Running what the command line asked for, from jobs to the exit status."""

from __future__ import annotations

import os
import time

from ..execution import Executor, NotRun, Run, StepsRun
from ..process import inherited
from ..process.signals import die
from .announce import Lines

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import Any

    from ..core.job import Job, Steps
    from ..core.redact import Redactor
    from ..guard import Guard
    from ..report.otel import Trace
    from ..state import State
    from .account import Account
    from .compose import Setup


IN_CI = {"GITHUB_ACTIONS", "GITLAB_CI"}
TRACED = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")


def run(setup: Setup, what: Job | Steps, env: Mapping[str, str]) -> int:
    """Run a job or steps and return retryrun's exit status; may end by dying of a signal."""
    return _Invocation(setup, env).run(what)


class _Invocation:
    """One call of retryrun: what is the same for every command it runs."""

    def __init__(self, setup: Setup, env: Mapping[str, str]) -> None:
        self.setup, self.env = setup, env
        self.run_id = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime()) + "-" + os.urandom(6).hex()
        self.parent = env.get("RETRYRUN_RUN_ID") or None
        self._mask: Redactor | None = None
        self._state: State | None = None
        self._account: Account | None = None
        self._shown: dict[tuple[str, ...], list[str]] = {}
        self._project: str | None = None
        self.lines = Lines(
            lambda: self.mask,
            quiet=bool(setup.option("quiet")),
            verbose=bool(setup.option("verbose")),
            nested=self.parent is not None,
            live=env.get("TERM") != "dumb" and "CI" not in env,
            colour=_colour(setup.option("color"), env),
        )
        self.system = self._system()
        if self.system == "gitlab":
            from .sections import Sections

            self.lines.sections = Sections(self.run_id, self.mask.words, self.lines.raw)

    @property
    def mask(self) -> Redactor:
        """The masking of secrets, made at the first need."""
        if self._mask is None:
            from ..core import redact

            self._mask = redact.Redactor(self.env)
        return self._mask

    @property
    def account(self) -> Account:
        """Whoever writes about what was no plain success, made at the first need."""
        if self._account is None:
            from .account import Account

            self._account = Account(
                self.setup, self.env, self.lines, self.mask,
                run_id=self.run_id, parent=self.parent, system=self.system,
            )  # fmt: skip
        return self._account

    @property
    def state(self) -> State:
        """What is kept between runs, made at the first need."""
        if self._state is None:
            from ..state import State

            keep = self.setup.top("state", {})
            self._state = State(
                self.env,
                self.lines.warn,
                days=keep.get("history_days"),
                megabytes=keep.get("history_max_mb"),
            )
        return self._state

    def run(self, what: Job | Steps) -> int:
        """Run it, write down what is asked for, end as it ended."""
        trace = self._tracing()
        executor = Executor(
            self.lines,
            environment=inherited(self.env),
            run_id=self.run_id,
            knowledge={
                "rules": self.setup.top("rules", ()),
                "disable_rules": self.setup.top("disable_rules", ()),
            },
            exit_codes=self.setup.top("exit_codes", {}),
            guard=self._guard,
            trace=trace.attempt if trace is not None else None,
            meanwhile=self._get_ready,
        )
        done = executor.run(what)
        if isinstance(done, StepsRun) and (self.setup.option("verbose") or not done.succeeded):
            self.account.summary(done)
        self._safely(self._record, done)
        self._safely(self._write_down, done, trace)
        for run in done.runs():
            if isinstance(run, Run) and run.dies_of is not None:
                die(run.dies_of)
        return done.status

    def _safely(self, write: Callable[..., None], *args: object) -> None:
        try:
            write(*args)
        except Exception as error:  # noqa: BLE001  no report is worth the command's own result
            self.lines.warn(f"the run could not be written down: {error}")

    def _guard(self, job: Job) -> Guard | None:
        """Return the circuit breaker and the budget of a job, None if it has neither."""
        if not (job.policy.get("breaker") or job.policy.get("budget")):
            return None
        from ..guard import Guard

        return Guard(self.state, job.policy, self.setup.top("breakers", {}))

    def _tracing(self) -> Trace | None:
        if not any(name in self.env for name in TRACED):
            return None
        try:
            from ..report import otel

            return otel.Trace(self.env) if otel.wanted(self.env) else None
        except Exception as error:  # noqa: BLE001  nor is a trace
            self.lines.warn(f"there is no trace of this run: {error}")
            return None

    def _get_ready(self, job: Job) -> Iterator[None]:
        """While the command runs, do what its success will need, then load what its failure will.

        A command that succeeds before its first pause never sees the second part, 30 ms of work.
        """
        self._expect_success(job)
        yield
        try:
            from ..core import backoff  # noqa: F401  loaded for later
            from ..report import lines  # noqa: F401  loaded for later

            yield
            import re  # noqa: F401  as above

            yield
            from ..core import classify  # noqa: F401  loaded for later
        except Exception:  # noqa: BLE001  it will fail again where it can be said
            return

    def _expect_success(self, job: Job) -> None:
        """Import and mask what the record of a success is made of."""
        try:
            if self.state.remembers:
                from ..store import pending  # noqa: F401  its import is what is wanted

                self._masked(job.command.argv)
                self._where()
        except Exception:  # noqa: BLE001  it will fail again where it can be said
            return

    def _record(self, done: Run | StepsRun) -> None:
        """Put the run into the history."""
        if self.state.remembers:
            from ..store.pending import dumps

            record = self._short(done) if done.succeeded else self.account.document(done)
            more = {"started": round(_started(done), 3), "project": self._where()}
            self.state.remember(dumps({**record, **more}))
        if self._state is not None:
            self._state.close()

    def _short(self, done: Run | StepsRun | NotRun) -> dict[str, Any]:
        """Return what is worth keeping of a first attempt that succeeded: little, at once."""
        record: dict[str, Any] = {
            "run_id": self.run_id,
            "outcome": "succeeded",
            "exit_code": done.status,
        }
        if isinstance(done, Run):
            record["command"] = self._masked(done.job.command.argv)
            record["task"] = done.job.task
            record["total_duration_s"] = round(done.duration, 4)
        elif isinstance(done, StepsRun):
            record["task"] = done.what.task
            record["total_duration_s"] = round(done.duration, 4)
            record["steps"] = [self._short(part) for part in done.parts]
        return record

    def _masked(self, words: tuple[str, ...]) -> list[str]:
        if words not in self._shown:
            self._shown[words] = self.mask.words(words)
        return self._shown[words]

    def _where(self) -> str | None:
        """Return the project's folder, without secrets; None if there is none."""
        if self._project is None:
            root: str | None = self.setup.top("root", None)
            try:
                self._project = self.mask.text(root or os.getcwd())
            except OSError:
                return None
        return self._project

    def _write_down(self, done: Run | StepsRun, trace: Trace | None) -> None:
        """Write what is asked for of a success, and of everything else what is worth it."""
        asked = self.setup.option("report") or self.setup.top("report", None)
        if (
            asked
            or self.setup.given.get("junit")
            or self.system == "github"
            or trace is not None
            or not done.succeeded
        ):
            self.account.write(done, trace)

    def _system(self) -> str | None:
        choice = self.setup.option("ci") or self.setup.top("ci", "auto")
        if choice == "none" or not (choice != "auto" or IN_CI & set(self.env)):
            return None
        from ..report import ci

        return ci.detect(self.env, choice)


def _colour(chosen: str | None, env: Mapping[str, str]) -> str:
    """Return when messages are coloured: NO_COLOR and FORCE_COLOR are what many programs read."""
    if chosen not in {None, "auto"}:
        return str(chosen)
    if env.get("NO_COLOR"):
        return "never"
    if env.get("FORCE_COLOR", "0") not in {"", "0"}:
        return "always"
    return "never" if env.get("TERM") == "dumb" else "auto"


def _started(done: Run | StepsRun) -> float:
    """Return when the first command began, in seconds of the wall clock."""
    began = [run.started for run in done.runs() if isinstance(run, Run)]
    return began[0] if began else time.time()
