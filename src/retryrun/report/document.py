"""The report of a run as plain data, version 1: what `--report` writes and history keeps."""

from __future__ import annotations

from ..core.flow import FALLBACK
from ..core.text import one_line, shorten, strip_controls
from ..core.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from ..core.flow import Tried, Verdict
    from ..core.job import Job

VERSION = 1
LINE_WIDTH = 400


class Identity(Value):
    """Which invocation it is: its name, the one that started it, the CI job.

    `mask` takes the secrets out of a text, `mask_words` out of the words of a command.
    """

    run_id: str
    parent_run_id: str | None
    ci: dict[str, Any] | None
    mask: Callable[[str], str]
    mask_words: Callable[[Sequence[str]], list[str]]


class Guarded(Value):
    """A breaker in force: its phase at the end, and (time, before, after) of each change."""

    name: str
    state: str | None
    changes: Sequence[tuple[float, str, str]]


def of_job(  # noqa: PLR0913, PLR0917  what is known of a run
    who: Identity,
    job: Job,
    verdict: Verdict,
    status: int,
    duration: float,
    breaker: Guarded | None = None,
) -> dict[str, Any]:
    """Return the report of one job."""
    return {
        "version": VERSION,
        "run_id": who.run_id,
        "parent_run_id": who.parent_run_id,
        "command": who.mask_words(job.command.argv),
        "task": job.task,
        "policy": job.policy.name,
        "outcome": verdict.outcome,
        "flaky": verdict.outcome == "recovered",
        "exit_code": status,
        "total_duration_s": _rounded(duration),
        "breaker": None if breaker is None else _breaker(breaker),
        "ci": who.ci,
        "attempts": [_attempt(who, job, tried) for tried in verdict.tried],
    }


def of_steps(
    who: Identity, name: str, steps: Sequence[dict[str, Any]], status: int, duration: float
) -> dict[str, Any]:
    """Return the report of a task of steps: that of the first that failed speaks for all."""
    outcomes = [step["outcome"] for step in steps]
    good = ("succeeded", "recovered", "fallback")
    failed = [outcome for outcome in outcomes if outcome not in good]
    best = max(outcomes, key=good.index, default="succeeded") if not failed else failed[0]
    return {
        "version": VERSION,
        "run_id": who.run_id,
        "parent_run_id": who.parent_run_id,
        "command": None,
        "task": name,
        "policy": None,
        "outcome": best,
        "flaky": any(step["flaky"] for step in steps),
        "exit_code": status,
        "total_duration_s": _rounded(duration),
        "breaker": None,
        "ci": who.ci,
        "attempts": [],
        "steps": list(steps),
    }


def _breaker(guarded: Guarded) -> dict[str, Any]:
    changes = [{"at": _moment(at), "from": came, "to": went} for at, came, went in guarded.changes]
    return {"name": guarded.name, "state": guarded.state, "changes": changes}


def _attempt(who: Identity, job: Job, tried: Tried) -> dict[str, Any]:
    step, outcome, failure = tried.attempt, tried.outcome, tried.failure
    row: dict[str, Any] = {
        "number": step.index if step.role == FALLBACK else step.number,
        "role": step.role,
        "command": who.mask_words(job.pick(step).argv),
        "started_at": _moment(outcome.started_at),
        "duration_s": _rounded(outcome.duration),
        "exit_code": outcome.exit_code,
        "signal": None if outcome.signal is None else _signal(outcome.signal),
        "timed_out": outcome.cut is not None,
        "category": None,
        "severity": None,
        "rule": None,
        "line": None,
        "retry_after_s": None,
        "delay_s": None if tried.delay is None else _rounded(tried.delay),
    }
    if failure is not None:
        row |= {
            "category": failure.category,
            "severity": failure.severity,
            "rule": failure.rule,
            "line": quoted_line(who.mask, failure.line),
            "retry_after_s": failure.retry_after,
        }
    return row


def quoted_line(mask: Callable[[str], str], line: str | None) -> str | None:
    """Return a line of the command's as it may be stored: masked, then plain, then short."""
    return None if line is None else shorten(one_line(mask(strip_controls(line))), LINE_WIDTH)


def _rounded(value: float) -> float:
    return round(value, 4)


def _signal(number: int) -> str:
    from .lines import signal_name

    return signal_name(number).removeprefix("SIG")


def _moment(wall: float) -> str:
    import time

    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(wall)) + f".{int(wall % 1 * 1000):03d}Z"
