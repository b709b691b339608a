"""What the history keeps of a run, read out of its report or of the shorter record of a success."""

from __future__ import annotations

import json
import time

from ..core.text import shorten, show_command
from ..core.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

NAME_WIDTH, COMMAND_WIDTH = 200, 4000
PRIMARY, FALLBACK = "primary", "fallback"
WHOLE, STEP = 0, 1


class Failure(Value):
    """A failed attempt: its category ("unmatched" without a rule), and what a retry did for it."""

    category: str
    rule: str | None
    retried: bool
    helped: bool


class Entry(Value):
    """One run, or a step of one. Times are seconds; `name` is the task or the command.

    `part` is WHOLE, or STEP for what ran within a task of steps, whose name is `within`. `command`
    is JSON; `document` the whole record as JSON, None for a first attempt that succeeded and for
    a step, whose record is part of another.
    """

    part: int
    within: str | None
    started: float
    run_id: str
    name: str
    task: str | None
    command: str | None
    project: str | None
    outcome: str
    exit_code: int | float
    duration: float
    retries: int
    fallbacks: int
    spent: float
    document: str | None
    failures: tuple[Failure, ...]


def entries(record: Mapping[str, Any], within: str | None = None) -> list[Entry]:
    """Return the run that a record tells of, and its steps behind it. Nonsense gives none."""
    started, outcome = _started(record), record.get("outcome")
    if started is None or not isinstance(outcome, str):
        return []
    steps = list(_steps(record, within, started))
    attempts = [a for a in record.get("attempts") or () if isinstance(a, dict)]
    tries = [a for a in attempts if a.get("role") == PRIMARY]
    simple = outcome == "succeeded" and len(attempts) < 2
    whole = Entry(
        part=WHOLE if within is None else STEP,
        within=within,
        started=started,
        run_id=_text(record.get("run_id")) or "",
        name=shorten(_name(record), NAME_WIDTH),
        task=_text(record.get("task")),
        command=_command(record),
        project=_text(record.get("project")),
        outcome=outcome,
        exit_code=_number(record.get("exit_code")),
        duration=_number(record.get("total_duration_s")),
        retries=max(0, len(tries) - 1) + sum(step[0].retries for step in steps),
        fallbacks=sum(a.get("role") == FALLBACK for a in attempts)
        + sum(step[0].fallbacks for step in steps),
        spent=_spent(attempts) + sum(step[0].spent for step in steps),
        document=None if simple or within is not None else json.dumps(record),
        failures=tuple(_failures(tries, recovered=outcome == "recovered")),
    )
    return [whole, *(entry for step in steps for entry in step)]


def _steps(record: Mapping[str, Any], within: str | None, began: float) -> Iterator[list[Entry]]:
    """Yield the entries of each step: its own first. What it does not say itself is the run's."""
    steps = record.get("steps")
    for step in steps if isinstance(steps, list) else ():
        if isinstance(step, dict):
            began = _started(step) or began
            own = {
                "started": began,
                "run_id": record.get("run_id"),
                "project": record.get("project"),
            }
            found = entries({**step, **own}, within or _name(record))
            if found:
                yield found


def _failures(tries: Sequence[Mapping[str, Any]], *, recovered: bool) -> Iterator[Failure]:
    for place, tried in enumerate(tries, 1):
        category, rule = tried.get("category"), tried.get("rule")
        if isinstance(category, str):
            retried = place < len(tries)
            kind = category if isinstance(rule, str) else "unmatched"
            yield Failure(kind, _text(rule), retried, retried and recovered)


def _name(record: Mapping[str, Any]) -> str:
    """Return what to call a run: its task, else its command."""
    if isinstance(record.get("task"), str):
        return str(record["task"])
    command = record.get("command")
    if not isinstance(command, list):
        return "?"
    return show_command([str(word) for word in command], NAME_WIDTH)


def _command(record: Mapping[str, Any]) -> str | None:
    """Return the words of a run's command as JSON; as one short word where that is long."""
    command = record.get("command")
    if not isinstance(command, list):
        return None
    text = json.dumps(command, separators=(",", ":"))
    short = len(text) <= COMMAND_WIDTH
    return text if short else json.dumps([shorten(_name({"command": command}), NAME_WIDTH)])


def _started(record: Mapping[str, Any]) -> float | None:
    """Return when a run began, in seconds of the wall clock."""
    given = record.get("started")
    if isinstance(given, (int, float)):
        return float(given)
    attempts = record.get("attempts") or [{}]
    first = attempts[0].get("started_at") if isinstance(attempts[0], dict) else None
    for text, form in (
        ((_text(first) or "")[:19], "%Y-%m-%dT%H:%M:%S"),
        ((_text(record.get("run_id")) or "")[:16], "%Y%m%dT%H%M%SZ"),
    ):
        try:
            return float(_epoch(time.strptime(text, form)))
        except ValueError:
            continue
    return None


def _epoch(moment: time.struct_time) -> int:
    import calendar

    return calendar.timegm(moment)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _number(value: object) -> float | int:
    return value if isinstance(value, (int, float)) else 0


def _spent(attempts: Sequence[Mapping[str, Any]]) -> float:
    """Return the seconds from the end of the first attempt to that of the last retry."""
    own = [a for a in attempts if a.get("role") != FALLBACK]
    waits = sum(_number(a.get("delay_s")) for a in own[:-1])  # the last was planned, not waited
    return waits + sum(_number(a.get("duration_s")) for a in own[1:])
