"""What is said and written of a run that was no plain success, or that somebody asked about."""

from __future__ import annotations

import os

from ..execution import NotRun, Run, StepsRun
from ..report import ci
from ..report.document import Guarded, Identity, of_job, of_steps, quoted_line
from ..report.lines import ending

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from ..core.redact import Redactor
    from ..report.otel import Trace
    from .announce import Lines
    from .compose import Setup


class Account:
    """Writes about one call of retryrun.

    `run_id` names it, `parent` the one it runs in; `system` is the CI system that is told.
    """

    def __init__(  # noqa: PLR0913  what an invocation is made of
        self,
        setup: Setup,
        env: Mapping[str, str],
        lines: Lines,
        mask: Redactor,
        *,
        run_id: str,
        parent: str | None,
        system: str | None,
    ) -> None:
        self._setup, self._env, self._lines, self._mask = setup, env, lines, mask
        self._run_id, self._parent, self._system = run_id, parent, system

    def summary(self, done: StepsRun) -> None:
        """Close a task of steps with a line for each."""
        rows = [
            (run.task, "not run", 0.0)
            if isinstance(run, NotRun)
            else (run.job.task or "", ending(run.verdict), run.duration)
            for run in done.runs()
        ]
        self._lines.steps(rows)

    def write(self, done: Run | StepsRun, trace: Trace | None) -> None:
        """Write the last failure, the report, the JUnit file and what a CI system wants."""
        last = _last_failure(done)
        if last is not None:
            self._remember(last)
        report = self._setup.option("report") or self._configured_report()
        junit = self._setup.given.get("junit")
        noteworthy = self._system == "github" and not _simple(done)
        if not (report or junit or noteworthy or trace):
            return
        document = self.document(done)
        if trace is not None:
            self._warn(trace.export(document, self._env))
        if report:
            from ..report import json

            self._warn(json.write(report, document, run_id=self._run_id))
        if junit:
            from ..report import json
            from ..report import junit as xml

            name = f"{self._run_id}.xml"
            self._warn(json.write_bytes(junit, xml.document(document), name=name))
        if noteworthy:
            self._tell_github(document)

    def _configured_report(self) -> str | None:
        path: str | None = self._setup.top("report", None)
        return os.path.join(self._setup.top("root", ""), path) if path else None

    def _warn(self, problem: str | None) -> None:
        if problem:
            self._lines.warn(problem)

    def _tell_github(self, document: dict[str, Any]) -> None:
        from ..report import github

        self._lines.raw(github.annotation(document))
        github.append_summary(self._env, github.summary(document))

    def document(self, done: Run | StepsRun) -> dict[str, Any]:
        """Return all there is to tell, as the report has it."""
        who = Identity(
            self._run_id, self._parent, ci.job(self._env), self._mask.text, self._mask.words
        )

        def of(part: Run | StepsRun) -> dict[str, Any]:
            if isinstance(part, Run):
                guard = part.guard
                breaker = (
                    Guarded(guard.name, guard.state, guard.changes)
                    if guard is not None and guard.name
                    else None
                )
                return of_job(who, part.job, part.verdict, part.status, part.duration, breaker)
            steps = [of(each) for each in part.parts if not isinstance(each, NotRun)]
            return of_steps(who, part.what.task, steps, part.status, part.duration)

        return of(done)

    def _remember(self, run: Run) -> None:
        from ..core.flow import PRIMARY
        from ..store import last

        failed = [each for each in run.verdict.tried if each.failure is not None]
        # What people ask about is the failure of the command, not that of a fallback.
        own = [each for each in failed if each.attempt.role == PRIMARY]
        tried = (own or failed)[-1] if failed else None
        failure = tried.failure if tried is not None else None
        if tried is None or failure is None:
            return
        last.save(
            self._env,
            {
                "run_id": self._run_id,
                "command": self._mask.words(run.job.pick(tried.attempt).words),
                "task": run.job.task,
                "exit_code": tried.outcome.status,
                "category": failure.category,
                "severity": failure.severity,
                "rule": failure.rule,
                "line": quoted_line(self._mask.text, failure.line),
                "stream": failure.stream,
                "retry_after_s": failure.retry_after,
                "candidates": [
                    (rule, quoted_line(self._mask.text, line), why)
                    for rule, line, why in failure.candidates
                ],
            },
        )


def _simple(done: Run | StepsRun) -> bool:
    return all(isinstance(run, Run) and len(run.verdict.tried) == 1 for run in done.runs())


def _last_failure(done: Run | StepsRun) -> Run | None:
    failed = [
        run for run in done.runs() if isinstance(run, Run) and run.status and not run.interrupted
    ]
    return failed[-1] if failed else None
