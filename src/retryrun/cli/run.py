"""Running what the command line asked for, from jobs to the exit status."""

from __future__ import annotations

import os
import time

from ..core.job import Job
from ..execution import Executor, NotRun, Run, StepsRun
from ..process import inherited
from ..process.signals import die
from .announce import Lines
from .mask import Mask

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from ..core.job import Steps
    from .compose import Setup


IN_CI = {"GITHUB_ACTIONS", "GITLAB_CI"}


def run(setup: Setup, what: Job | Steps, env: Mapping[str, str]) -> int:
    """Run a job or steps and return retryrun's exit status; may end by dying of a signal."""
    return _Invocation(setup, env).run(what)


class _Invocation:
    """One call of retryrun: what is the same for every command it runs."""

    def __init__(self, setup: Setup, env: Mapping[str, str]) -> None:
        self.setup, self.env = setup, env
        self.run_id = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime()) + "-" + os.urandom(6).hex()
        self.parent = env.get("RETRYRUN_RUN_ID") or None
        self.mask = Mask(env)
        self.lines = Lines(
            self.mask,
            quiet=bool(setup.option("quiet")),
            verbose=bool(setup.option("verbose")),
            nested=self.parent is not None,
        )
        self.system = self._system()
        if self.system == "gitlab":
            from .sections import Sections

            self.lines.sections = Sections(self.run_id, self.mask.words, self.lines.raw)

    def run(self, what: Job | Steps) -> int:
        """Run it, write down what is asked for, end as it ended."""
        executor = Executor(
            self.lines,
            environment=inherited(),
            run_id=self.run_id,
            knowledge={
                "rules": self.setup.top("rules", ()),
                "disable_rules": self.setup.top("disable_rules", ()),
            },
            exit_codes=self.setup.top("exit_codes", {}),
        )
        self._unguarded(what)
        done = executor.run(what)
        if isinstance(done, StepsRun):
            self._summary(done)
        try:
            self._write_down(done)
        except Exception as error:  # noqa: BLE001  no report is worth the command's own result
            self.lines.warn(f"the run could not be written down: {error}")
        for run in _runs(done):
            if isinstance(run, Run) and run.dies_of is not None:
                die(run.dies_of)
        return done.status

    def _unguarded(self, what: Job | Steps) -> None:
        """Say so where a breaker is asked for: none is kept between runs yet."""
        jobs = [what] if isinstance(what, Job) else what.jobs()
        for name in dict.fromkeys(job.policy.get("breaker") for job in jobs):
            if name:
                self.lines.warn(f"this version keeps no circuit breakers: {name} is not in force")

    def _summary(self, done: StepsRun) -> None:
        from ..report.lines import ending

        rows = [
            (run.task, "not run", 0.0)
            if isinstance(run, NotRun)
            else (run.job.task or "", ending(run.verdict), run.duration)
            for run in done.runs()
        ]
        if self.setup.option("verbose") or any(text != "passed" for _, text, _ in rows):
            self.lines.steps(rows)

    def _write_down(self, done: Run | StepsRun) -> None:
        """Write the last failure, the report, the JUnit file and what a CI system wants."""
        last = _last_failure(done)
        if last is not None:
            self._remember(last)
        report = self.setup.option("report") or self._configured_report()
        junit = self.setup.given.get("junit")
        noteworthy = self.system == "github" and not _simple(done)
        if not (report or junit or noteworthy):
            return
        document = self._document(done)
        if report:
            from ..report import json

            self._warn(json.write(report, document, run_id=self.run_id))
        if junit:
            from ..report import json
            from ..report import junit as xml

            name = f"{self.run_id}.xml"
            self._warn(json.write_bytes(junit, xml.document(document), name=name))
        if noteworthy:
            self._tell_github(document)

    def _system(self) -> str | None:
        choice = self.setup.option("ci") or self.setup.top("ci", "auto")
        if choice == "none" or not (choice != "auto" or IN_CI & set(self.env)):
            return None
        from ..report import ci

        return ci.detect(self.env, choice)

    def _configured_report(self) -> str | None:
        path: str | None = self.setup.top("report", None)
        return os.path.join(self.setup.top("root", ""), path) if path else None

    def _warn(self, problem: str | None) -> None:
        if problem:
            self.lines.warn(problem)

    def _tell_github(self, document: dict[str, Any]) -> None:
        from ..report import github

        self.lines.raw(github.annotation(document))
        github.append_summary(self.env, github.summary(document))

    def _document(self, done: Run | StepsRun) -> dict[str, Any]:
        from ..report import ci
        from ..report.document import Identity, of_job, of_steps

        who = Identity(self.run_id, self.parent, ci.job(self.env), self.mask.text, self.mask.words)

        def of(part: Run | StepsRun) -> dict[str, Any]:
            if isinstance(part, Run):
                return of_job(who, part.job, part.verdict, part.status, part.duration)
            steps = [of(each) for each in part.parts if not isinstance(each, NotRun)]
            return of_steps(who, part.what.task, steps, part.status, part.duration)

        return of(done)

    def _remember(self, run: Run) -> None:
        from ..report.document import quoted_line
        from ..store import last

        tried = run.verdict.tried[-1]
        failure = tried.failure
        if failure is None:
            return
        last.save(
            self.env,
            {
                "run_id": self.run_id,
                "command": self.mask.words(run.job.command.words),
                "task": run.job.task,
                "exit_code": tried.outcome.status,
                "category": failure.category,
                "severity": failure.severity,
                "rule": failure.rule,
                "line": quoted_line(self.mask.text, failure.line),
                "stream": failure.stream,
                "retry_after_s": failure.retry_after,
            },
        )


def _runs(done: Run | StepsRun) -> Sequence[Run | NotRun]:
    return [done] if isinstance(done, Run) else done.runs()


def _simple(done: Run | StepsRun) -> bool:
    return all(isinstance(run, Run) and len(run.verdict.tried) == 1 for run in _runs(done))


def _last_failure(done: Run | StepsRun) -> Run | None:
    failed = [
        run for run in _runs(done) if isinstance(run, Run) and run.status and not run.interrupted
    ]
    return failed[-1] if failed else None
