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


class Failure(Value):
    """A failed attempt: its category ("unmatched" without a rule), and what a retry did for it."""

    category: str
    rule: str | None
    retried: bool
    helped: bool


class Entry(Value):
    """One run. Times are seconds; `name` is the task or the command, `command` JSON.

    `document` is the whole record as JSON, None for a first attempt that succeeded.
    """

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


def entries(record: Mapping[str, Any]) -> Iterator[Entry]:
    """Yield the runs that a record tells of: its steps, or the one it is. Nonsense yields none."""
    steps = record.get("steps")
    if isinstance(steps, list):
        for step in steps:
            if isinstance(step, dict):
                yield from entries(step)
        return
    started, outcome = _started(record), record.get("outcome")
    if started is None or not isinstance(outcome, str):
        return
    attempts = [a for a in record.get("attempts") or () if isinstance(a, dict)]
    tries = [a for a in attempts if a.get("role") == PRIMARY]
    simple = outcome == "succeeded" and len(attempts) < 2
    yield Entry(
        started=started,
        run_id=_text(record.get("run_id")) or "",
        name=shorten(_name(record), NAME_WIDTH),
        task=_text(record.get("task")),
        command=_command(record),
        project=_text(record.get("project")),
        outcome=outcome,
        exit_code=_number(record.get("exit_code")),
        duration=_number(record.get("total_duration_s")),
        retries=max(0, len(tries) - 1),
        fallbacks=sum(a.get("role") == FALLBACK for a in attempts),
        spent=_spent(attempts),
        document=None if simple else json.dumps(record),
        failures=tuple(_failures(tries, recovered=outcome == "recovered")),
    )


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
    return show_command([str(word) for word in command]) if isinstance(command, list) else "?"


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
    waits = sum(_number(a.get("delay_s")) for a in attempts)
    later = [a for a in attempts if a.get("role") != FALLBACK][1:]
    return waits + sum(_number(a.get("duration_s")) for a in later)
