"""Figures over many runs, as plain data: what `retryrun stats` prints in each of its forms."""

from __future__ import annotations

import statistics
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

VERSION = 1
HOUR, DAY = 3600, 86400
TELLING = 3  # retries without a success: fewer say little
OUTCOMES = {
    "succeeded": "succeeded_first_try",
    "recovered": "recovered",
    "fallback": "fallback_succeeded",
    "interrupted": "interrupted",
}  # every other one is a failure
COUNTS = ("runs", *OUTCOMES.values(), "failed", "fallback_used", "retries")


def bucket(since: float | None, until: float) -> int:
    """Return the length in seconds of a bar of the timeline: an hour for a few days, else a day."""
    return HOUR if since is not None and until - since <= 3 * DAY else DAY


def figures(  # noqa: PLR0913  the queries' answers
    groups: Iterable[Sequence[Any]],
    failures: Iterable[Sequence[Any]],
    events: Sequence[Sequence[Any]],
    gaps: Sequence[float],
    *,
    since: float | None,
    until: float,
) -> dict[str, Any]:
    """Return the document of figures.

    `groups` are (name, outcome, bucket, counted, runs, retried, retries, fallbacks, seconds,
    retrying) rows; those not `counted` are steps of runs that are, and stand by their name only.
    `failures` are (name, category, failures, retries, helped), `events` (time, breaker, before,
    after), `gaps` the seconds that people took to run a failed command again; `since` (None: from
    the first run on) and `until` times of the wall clock.
    """
    width = bucket(since, until)
    total = dict.fromkeys(COUNTS, 0)
    commands: dict[str, dict[str, Any]] = {}
    line: dict[int, dict[str, int]] = {}
    retried_runs, seconds, retrying = 0, 0.0, 0.0
    for name, outcome, slot, counted, *numbers in groups:
        runs, retried, _, _, lasted, spent = numbers
        kind = OUTCOMES.get(outcome, "failed")
        one = commands.setdefault(name, {**dict.fromkeys(COUNTS, 0), "time_spent_retrying_s": 0.0})
        _add(one, kind, numbers)
        one["time_spent_retrying_s"] = _rounded(one["time_spent_retrying_s"] + spent)
        if not counted:
            continue
        _add(total, kind, numbers)
        bar = line.setdefault(slot, {"runs": 0, "recovered": 0, "failed": 0})
        for key in bar:
            bar[key] += runs if key in ("runs", kind) else 0
        retried_runs += retried
        seconds += lasted
        retrying += spent
    gap = statistics.median(gaps) if gaps else None
    saved = total["recovered"] + total["fallback_succeeded"]
    return {
        "version": VERSION,
        "since": None if since is None else moment(since),
        "until": moment(until),
        **total,
        "retried_runs": retried_runs,
        "retry_success_rate": _share(total["recovered"], retried_runs),
        "average_retries_per_run": _share(total["retries"], total["runs"]),
        "fallback_usage_rate": _share(total["fallback_used"], total["runs"]),
        "breaker_state_changes": len(events),
        "breakers": _breakers(events),
        "time_total_s": _rounded(seconds),
        "time_spent_retrying_s": _rounded(retrying),
        "reruns_saved": saved,
        "rerun_gap_s": None if gap is None else _rounded(gap),
        "time_saved_s": None if gap is None else _rounded(saved * gap),
        "by_command": dict(sorted(commands.items(), key=lambda row: (-row[1]["runs"], row[0]))),
        **_by_failure(failures),
        "timeline": _timeline(line, width),
    }


def _add(counts: dict[str, Any], kind: str, numbers: Sequence[Any]) -> None:
    runs, _, retries, fallbacks, *_ = numbers
    counts["runs"] += runs
    counts[kind] += runs
    counts["retries"] += retries
    counts["fallback_used"] += fallbacks


def flakiest(
    commands: Mapping[str, Mapping[str, Any]],
) -> list[tuple[float, str, Mapping[str, Any]]]:
    """Return (share, name, row) of each command that did not always simply succeed.

    The share is that of the runs which needed a retry or failed; interrupted ones say nothing. The
    largest come first, but behind all others what never succeeds: that is not flaky but broken.
    """
    rated = [(_trouble(row), name, row) for name, row in commands.items()]
    return sorted(
        (each for each in rated if each[0]),
        key=lambda each: (_broken(each[2]), -each[0], -each[2]["runs"], each[1]),
    )


def _trouble(row: Mapping[str, Any]) -> float:
    counted = row["runs"] - row["interrupted"]
    return max(counted - row["succeeded_first_try"], 0) / counted if counted > 0 else 0.0


def _broken(row: Mapping[str, Any]) -> bool:
    return bool(row["failed"] == row["runs"] - row["interrupted"])


def _by_failure(failures: Iterable[Sequence[Any]]) -> dict[str, Any]:
    categories: dict[str, dict[str, int]] = {}
    never = []
    for name, category, count, retries, helped in failures:
        one = categories.setdefault(category, {"failures": 0, "retries": 0, "helped": 0})
        one["failures"] += count
        one["retries"] += retries
        one["helped"] += helped
        if retries >= TELLING and not helped:
            never.append({"command": name, "category": category, "retries": retries})
    never.sort(key=lambda row: (-row["retries"], row["command"]))
    ordered = sorted(categories.items(), key=lambda row: (-row[1]["failures"], row[0]))
    return {"by_category": dict(ordered), "never_helped": never}


def _breakers(events: Sequence[Sequence[Any]]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for _, name, _, went in events:
        one = found.setdefault(name, {"changes": 0, "opened": 0})
        one["changes"] += 1
        one["opened"] += went == "OPEN"
    return dict(sorted(found.items()))


def _timeline(line: Mapping[int, Mapping[str, int]], width: int) -> list[dict[str, Any]]:
    """Return a row for each hour or day from the first to the last, also where nothing ran."""
    if not line:
        return []
    empty = {"runs": 0, "recovered": 0, "failed": 0}
    slots = range(max(min(line), max(line) - 400), max(line) + 1)
    cut = 16 if width < DAY else 10
    return [
        {"start": moment(slot * width)[:cut].replace("T", " "), **line.get(slot, empty)}
        for slot in slots
    ]


def changes(documents: Iterable[Mapping[str, Any]]) -> list[tuple[float, str, str, str]]:
    """Return the changes of circuits that reports tell of, in order, each once."""
    found = set()
    for document in documents:
        for part in (document, *(document.get("steps") or ())):
            breaker = part.get("breaker") or {}
            for change in breaker.get("changes") or ():
                at = _seconds(change["at"])
                found.add((at, str(breaker["name"]), str(change["from"]), str(change["to"])))
    return sorted(found)


def moment(wall: float) -> str:
    """Write a time of the wall clock: 2026-01-31T12:00:00Z."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(wall))


def _seconds(text: str) -> float:
    import datetime as dt

    return dt.datetime.fromisoformat(text).timestamp()


def _share(part: float, whole: float) -> float | None:
    return round(part / whole, 4) if whole else None


def _rounded(value: float) -> float:
    return round(value, 3)
