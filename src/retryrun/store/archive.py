"""The history in tables: records in, figures out.

One set of queries serves a state database, the lines that a server keeps and reports collected
from elsewhere: the latter two are put into a database in memory first.
"""

from __future__ import annotations

import _sqlite3 as sqlite
import json
import time

from ..core.text import shorten, show_command
from . import schema

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from .cells import Event

NAME_WIDTH = 200
DAY = 86400.0
KEEP_DAYS, KEEP_MEGABYTES = 90, 64
PRIMARY, FALLBACK = "primary", "fallback"


class Archive:
    """The history in an open SQLite connection that has the tables of `schema`."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._known: dict[str, int] = {}

    @classmethod
    def in_memory(cls, lines: Iterable[str], events: Iterable[Event] = ()) -> Archive:
        """Return an archive of lines and events that are kept elsewhere."""
        connection = sqlite.connect(":memory:", isolation_level=None)
        schema.bring_up(connection, ":memory:")
        archive = cls(connection)
        archive.merge("", lines)
        rows = [(event.at, event.name, event.came, event.went) for event in events]
        connection.executemany("INSERT INTO events VALUES (?, ?, ?, ?)", rows)
        return archive

    # -- records in

    def merge(self, token: str, lines: Iterable[str]) -> None:
        """Take in lines of JSON in one transaction; those of a token taken in before are skipped.

        A line that is no record is left out: a disk that was full may have cut it short.
        """
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            seen = self._connection.execute("SELECT 1 FROM merged WHERE token = ?", (token,))
            if not token or seen.fetchone() is None:
                self._known.clear()
                for line in lines:
                    self._add_line(line)
                if token:
                    self._connection.execute("INSERT INTO merged VALUES (?)", (token,))
            self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise

    def _add_line(self, line: str) -> None:
        try:
            record = json.loads(line) if line.strip() else None
        except ValueError:
            return
        if isinstance(record, dict):
            self.add(record)

    def add(self, record: Mapping[str, Any]) -> None:
        """Take in a report, or the shorter record of a first attempt that succeeded."""
        steps = record.get("steps")
        if isinstance(steps, list):
            for step in steps:
                if isinstance(step, dict):
                    self.add(step)
            return
        started = _started(record)
        if started is None or not isinstance(record.get("outcome"), str):
            return
        attempts = [a for a in record.get("attempts") or () if isinstance(a, dict)]
        tries = [a for a in attempts if a.get("role") == PRIMARY]
        simple = record["outcome"] == "succeeded" and len(attempts) < 2
        who = (self._word(_name(record)), self._word(record.get("task")))
        run = self._connection.execute(
            "INSERT INTO runs VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                started,
                _text(record.get("run_id")),
                *who,
                self._word(record.get("project")),
                self._word(record["outcome"]),
                _number(record.get("exit_code")),
                _number(record.get("total_duration_s")),
                max(0, len(tries) - 1),
                sum(a.get("role") == FALLBACK for a in attempts),
                _spent(attempts),
                None if simple else json.dumps(record),
            ),
        ).lastrowid
        recovered = record["outcome"] == "recovered"
        for place, tried in enumerate(tries, 1):
            category, rule = tried.get("category"), tried.get("rule")
            if not isinstance(category, str):
                continue
            kind = category if isinstance(rule, str) else "unmatched"
            retried = place < len(tries)
            self._connection.execute(
                "INSERT INTO failures VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    run,
                    started,
                    *who,
                    self._word(kind),
                    self._word(rule),
                    retried,
                    retried and recovered,
                ),
            )

    def _word(self, text: object) -> int | None:
        """Return the number that stands for a text."""
        if not isinstance(text, str):
            return None
        text = shorten(text, NAME_WIDTH)
        known = self._known.get(text)
        if known is None:
            execute = self._connection.execute
            execute("INSERT OR IGNORE INTO words (text) VALUES (?)", (text,))
            known = execute("SELECT id FROM words WHERE text = ?", (text,)).fetchone()[0]
            self._known[text] = known
        return known

    def prune(self, now: float, *, days: int | None, megabytes: int | None) -> None:
        """Remove what is older than so many days, and the oldest beyond so many megabytes."""
        days = KEEP_DAYS if days is None else days
        megabytes = KEEP_MEGABYTES if megabytes is None else megabytes
        execute = self._connection.execute
        before = now - days * DAY
        execute("DELETE FROM events WHERE at < ?", (before,))
        if execute("SELECT 1 FROM runs WHERE started < ? LIMIT 1", (before,)).fetchone():
            self._remove(before)
        excess = self._size() - megabytes * (1 << 20)
        if excess > 0:
            (count,) = execute("SELECT count(*) FROM runs").fetchone()
            # A tenth more than needed, so that not every run has to prune.
            share = min(1.0, 1.1 * excess / max(1, self._size()) + 0.1)
            row = execute(
                "SELECT started FROM runs ORDER BY started LIMIT 1 OFFSET ?", (int(count * share),)
            ).fetchone()
            self._remove(row[0] if row else now + DAY)

    def _remove(self, before: float) -> None:
        execute = self._connection.execute
        execute("BEGIN IMMEDIATE")
        execute(
            "DELETE FROM failures WHERE run IN (SELECT id FROM runs WHERE started < ?)", (before,)
        )
        execute("DELETE FROM runs WHERE started < ?", (before,))
        execute(
            "DELETE FROM words WHERE id NOT IN (SELECT name FROM runs UNION SELECT task FROM runs "
            "WHERE task NOT NULL UNION SELECT project FROM runs WHERE project NOT NULL UNION "
            "SELECT outcome FROM runs UNION SELECT category FROM failures UNION "
            "SELECT rule FROM failures WHERE rule NOT NULL)"
        )
        execute("COMMIT")
        # One execute would free one page: the statement is to be stepped through.
        self._connection.executescript("PRAGMA incremental_vacuum")

    def _size(self) -> int:
        one = [
            self._connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("page_count", "freelist_count", "page_size")
        ]
        return int((one[0] - one[1]) * one[2])

    # -- figures out

    def runs(self, limit: int) -> list[dict[str, Any]]:
        """Return the records of the latest runs, the newest first."""
        rows = self._connection.execute(
            "SELECT r.started, r.run_id, n.text, t.text, p.text, o.text, r.exit_code, r.duration, "
            "r.document FROM runs r LEFT JOIN words n ON n.id = r.name LEFT JOIN words t ON "
            "t.id = r.task LEFT JOIN words p ON p.id = r.project LEFT JOIN words o ON "
            "o.id = r.outcome ORDER BY r.started DESC, r.id DESC LIMIT ?",
            (limit,),
        )
        return [_record(row) for row in rows]

    def groups(self, since: float, task: str | None, width: int) -> list[tuple[Any, ...]]:
        """Return rows of runs by name, outcome and bucket of time.

        A row is (name, outcome, bucket, runs, runs with a retry, retries, runs with a fallback,
        seconds, seconds of retrying); a bucket is so many seconds wide, numbered from the epoch.
        """
        where, values = self._since(since, task)
        found = self._connection.execute(
            "SELECT name, outcome, CAST(started / ? AS INT), count(*), sum(retries > 0), "  # noqa: S608  fixed texts
            f"sum(retries), sum(fallbacks > 0), sum(duration), sum(spent) FROM runs {where} "
            "GROUP BY 1, 2, 3",
            (width, *values),
        ).fetchall()
        words = self._words()
        return [(words.get(row[0], "?"), words.get(row[1], "?"), *row[2:]) for row in found]

    def failures(self, since: float, task: str | None) -> list[tuple[Any, ...]]:
        """Return (name, category, failures, retries, helped) rows."""
        where, values = self._since(since, task)
        found = self._connection.execute(
            "SELECT name, category, count(*), sum(retried), sum(helped) "  # noqa: S608  fixed texts
            f"FROM failures {where} GROUP BY 1, 2",
            values,
        ).fetchall()
        words = self._words()
        return [(words.get(row[0], "?"), words.get(row[1], "?"), *row[2:]) for row in found]

    def events(self, since: float) -> list[tuple[float, str, str, str]]:
        """Return (time, breaker, phase before, phase after) rows in order."""
        rows: list[tuple[float, str, str, str]] = self._connection.execute(
            "SELECT at, name, came, went FROM events WHERE at >= ? ORDER BY at", (since,)
        ).fetchall()
        return rows

    def gaps(self, since: float, limit: int = 200, within: float = 3600.0) -> list[float]:
        """Return the seconds between failed runs and the next run of the same by somebody's hand.

        Only runs that failed for a reason that may pass, and only where the next followed within
        an hour: what came later was hardly waited for.
        """
        rows = self._connection.execute(
            "SELECT (SELECT min(n.started) FROM runs n WHERE n.started > r.started + r.duration "
            "AND n.started < r.started + r.duration + ? AND n.name = r.name AND n.project IS "
            "r.project) - r.started - r.duration FROM runs r JOIN words o ON o.id = r.outcome "
            "WHERE r.started >= ? AND o.text IN ('failed', 'timed_out') AND r.id IN (SELECT run "
            "FROM failures f JOIN words c ON c.id = f.category WHERE c.text IN "
            "('network', 'rate_limit', 'transient', 'resource')) ORDER BY r.started DESC LIMIT ?",
            (within, since, limit),
        ).fetchall()
        return [gap for (gap,) in rows if gap is not None]

    def _since(self, since: float, task: str | None) -> tuple[str, tuple[Any, ...]]:
        if task is None:
            return "WHERE started >= ?", (since,)
        return "WHERE started >= ? AND task = (SELECT id FROM words WHERE text = ?)", (since, task)

    def _words(self) -> dict[int, str]:
        return dict(self._connection.execute("SELECT id, text FROM words").fetchall())


def _name(record: Mapping[str, Any]) -> str:
    """Return what to call a run: its task, else its command."""
    if isinstance(record.get("task"), str):
        return str(record["task"])
    command = record.get("command")
    return show_command([str(word) for word in command]) if isinstance(command, list) else "?"


def _started(record: Mapping[str, Any]) -> float | None:
    """Return when a run began, in seconds of the wall clock."""
    given = record.get("started")
    if isinstance(given, (int, float)):
        return float(given)
    attempts = record.get("attempts") or [{}]
    first = attempts[0].get("started_at") if isinstance(attempts[0], dict) else None
    for text, form in (
        (_text(first)[:19], "%Y-%m-%dT%H:%M:%S"),
        (_text(record.get("run_id"))[:16], "%Y%m%dT%H%M%SZ"),
    ):
        try:
            return float(_epoch(time.strptime(text, form)))
        except ValueError:
            continue
    return None


def _epoch(moment: time.struct_time) -> int:
    import calendar

    return calendar.timegm(moment)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _number(value: object) -> float | int:
    return value if isinstance(value, (int, float)) else 0


def _spent(attempts: Sequence[Mapping[str, Any]]) -> float:
    """Return the seconds from the end of the first attempt to that of the last retry."""
    waits = sum(_number(a.get("delay_s")) for a in attempts)
    later = [a for a in attempts if a.get("role") != FALLBACK][1:]
    return waits + sum(_number(a.get("duration_s")) for a in later)


def _record(row: Sequence[Any]) -> dict[str, Any]:
    started, run_id, name, task, project, outcome, exit_code, duration, document = row
    if document is not None:
        kept: dict[str, Any] = json.loads(document)
        return {**kept, "started": started}
    return {
        "run_id": run_id,
        "started": started,
        "command": [name],
        "task": task,
        "project": project,
        "outcome": outcome,
        "exit_code": exit_code,
        "total_duration_s": duration,
        "attempts": [],
    }
