"""The history in tables: records in, figures out.

One set of queries serves a state database, the lines that a server keeps and reports collected
from elsewhere: the latter two are put into a database in memory first.
"""

from __future__ import annotations

import _sqlite3 as sqlite
import json
from weakref import finalize

from . import schema
from .record import WHOLE, entries

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from .cells import Event
    from .record import Entry

HOUR, DAY = 3600, 86400.0
KEEP_DAYS, KEEP_MEGABYTES = 90, 64
BY_HAND = 3.0  # seconds: what comes sooner was started by a script
WORD = "SELECT id FROM words WHERE text = :task"
ADD_UP = """
    INSERT INTO hours SELECT CAST(started / 3600 AS INT), name, coalesce(task, 0), outcome, part,
        count(*), sum(retries > 0), sum(retries), sum(fallbacks > 0), sum(duration), sum(spent)
    FROM runs WHERE {which} GROUP BY 1, 2, 3, 4, 5
    ON CONFLICT DO UPDATE SET runs = runs + excluded.runs, retried = retried + excluded.retried,
        retries = retries + excluded.retries, fallbacks = fallbacks + excluded.fallbacks,
        duration = duration + excluded.duration, spent = spent + excluded.spent"""
GROUPS = """
    SELECT name, outcome, CAST(started / :width AS INT), {counted}, sum(runs), sum(retried),
        sum(retries), sum(fallbacks), sum(duration), sum(spent)
    FROM (
        SELECT hour * 3600 AS started, name, outcome, task, part, runs, retried, retries,
            fallbacks, duration, spent FROM hours WHERE hour >= :full
        UNION ALL
        SELECT started, name, outcome, task, part, 1, retries > 0, retries, fallbacks > 0, duration,
            spent FROM runs WHERE started >= :since AND started < :full * 3600)
    WHERE {of} GROUP BY 1, 2, 3, 4"""


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
        finalize(archive, connection.close)
        archive.merge("", lines)
        rows = [(event.at, event.name, event.came, event.went) for event in events]
        connection.executemany("INSERT INTO events VALUES (?, ?, ?, ?)", rows)
        return archive

    # -- records in

    def merge(self, token: str, lines: Iterable[str]) -> None:
        """Take in lines of JSON in one transaction; those of a token taken in before are skipped.

        A line that is no record is left out: a disk that was full may have cut it short.
        """
        execute = self._connection.execute
        execute("BEGIN IMMEDIATE")
        try:
            seen = execute("SELECT 1 FROM merged WHERE token = ?", (token,))
            if not token or seen.fetchone() is None:
                self._known.clear()
                newest = execute("SELECT max(id) FROM runs").fetchone()[0] or 0
                for line in lines:
                    self._add_line(line)
                execute(ADD_UP.format(which="id > ?"), (newest,))
                if token:
                    execute("INSERT INTO merged VALUES (?)", (token,))
            execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                execute("ROLLBACK")
            raise

    def _add_line(self, line: str) -> None:
        try:
            record = json.loads(line) if line.strip() else None
        except ValueError:
            return
        if isinstance(record, dict):
            for entry in entries(record):
                self._add(entry)

    def _add(self, entry: Entry) -> None:
        who = (self._word(entry.name), self._word(entry.task))
        run = self._connection.execute(
            "INSERT INTO runs VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                entry.part, entry.started, entry.run_id, *who, self._word(entry.command),
                self._word(entry.project), self._word(entry.outcome), entry.exit_code,
                entry.duration, entry.retries, entry.fallbacks, entry.spent, entry.document,
            ),
        ).lastrowid  # fmt: skip
        for each in entry.failures:
            self._connection.execute(
                "INSERT INTO failures VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    run, entry.started, *who, self._word(entry.within), self._word(each.category),
                    self._word(each.rule), each.retried, each.helped,
                ),
            )  # fmt: skip

    def _word(self, text: str | None) -> int | None:
        """Return the number that stands for a text."""
        if text is None:
            return None
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
            # A fifth more goes than must, so that not every run has to prune.
            share = 0.8 * megabytes * (1 << 20) / self._size()
            row = execute(
                "SELECT started FROM runs ORDER BY started DESC LIMIT 1 OFFSET ?",
                (int(count * share),),
            ).fetchone()
            self._remove(row[0] if row else now + DAY)

    def _remove(self, before: float) -> None:
        execute = self._connection.execute
        execute("BEGIN IMMEDIATE")
        execute(
            "DELETE FROM failures WHERE run IN (SELECT id FROM runs WHERE started < ?)", (before,)
        )
        execute("DELETE FROM runs WHERE started < ?", (before,))
        hour = int(before // HOUR)
        execute("DELETE FROM hours WHERE hour <= ?", (hour,))
        execute(ADD_UP.format(which="started < ?"), ((hour + 1) * HOUR,))  # what is left of it
        execute(
            "DELETE FROM words WHERE id NOT IN (SELECT name FROM runs UNION SELECT task FROM runs "
            "WHERE task NOT NULL UNION SELECT command FROM runs WHERE command NOT NULL UNION "
            "SELECT project FROM runs WHERE project NOT NULL UNION SELECT outcome FROM runs UNION "
            "SELECT category FROM failures UNION SELECT rule FROM failures WHERE rule NOT NULL "
            "UNION SELECT within FROM failures WHERE within NOT NULL)"
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
            "SELECT r.started, r.run_id, c.text, t.text, p.text, o.text, r.exit_code, r.duration, "
            "r.document FROM runs r LEFT JOIN words c ON c.id = r.command LEFT JOIN words t ON "
            "t.id = r.task LEFT JOIN words p ON p.id = r.project LEFT JOIN words o ON "
            "o.id = r.outcome WHERE r.part = ? ORDER BY r.started DESC, r.id DESC LIMIT ?",
            (WHOLE, limit),
        )
        return [_record(row) for row in rows]

    def groups(self, since: float, task: str | None, width: int) -> list[tuple[Any, ...]]:
        """Return rows of runs by name, outcome and bucket of time.

        A row is (name, outcome, bucket, counted, runs, runs with a retry, retries, runs with a
        fallback, seconds, seconds of retrying); a bucket is so many seconds wide, numbered from the
        epoch. Steps of a task are `counted` only where they are asked for by their own name: the
        task itself has been.
        """
        full = -int(-since // HOUR)  # the first hour that lies wholly within
        found = self._connection.execute(
            GROUPS.format(
                counted=f"part = {WHOLE}" if task is None else 1,
                of=1 if task is None else f"task = ({WORD})",
            ),
            {"width": width, "since": since, "full": full, "task": task},
        ).fetchall()
        words = self._words()
        return [(words.get(row[0], "?"), words.get(row[1], "?"), *row[2:]) for row in found]

    def failures(self, since: float, task: str | None) -> list[tuple[Any, ...]]:
        """Return (name, category, failures, retries, helped) rows."""
        of = 1 if task is None else f"(task = ({WORD}) OR within = ({WORD}))"
        found = self._connection.execute(
            "SELECT name, category, count(*), sum(retried), sum(helped) "  # noqa: S608  fixed texts
            f"FROM failures WHERE started >= :since AND {of} GROUP BY 1, 2",
            {"since": since, "task": task},
        ).fetchall()
        words = self._words()
        return [(words.get(row[0], "?"), words.get(row[1], "?"), *row[2:]) for row in found]

    def events(self, since: float) -> list[tuple[float, str, str, str]]:
        """Return (time, breaker, phase before, phase after) rows in order."""
        rows: list[tuple[float, str, str, str]] = self._connection.execute(
            "SELECT at, name, came, went FROM events WHERE at >= ? ORDER BY at", (since,)
        ).fetchall()
        return rows

    def gaps(self, since: float, limit: int = 50, within: float = 3600.0) -> list[float]:
        """Return the seconds between failed runs and the next run of the same by somebody's hand.

        Only runs that failed for a reason that may pass, and only where the next followed within
        an hour: what came later was hardly waited for.
        """
        rows = self._connection.execute(
            "SELECT (SELECT min(n.started) FROM runs n WHERE n.started > r.started + r.duration "
            "AND n.started < r.started + r.duration + ? AND n.name = r.name AND n.project IS "
            "r.project) - r.started - r.duration FROM runs r JOIN words o ON o.id = r.outcome "
            "WHERE r.started >= ? AND o.text IN ('failed', 'timed_out') AND EXISTS (SELECT 1 "
            "FROM failures f JOIN words c ON c.id = f.category WHERE f.run = r.id AND c.text IN "
            "('network', 'rate_limit', 'transient', 'resource')) ORDER BY r.started DESC LIMIT ?",
            (within, since, limit),
        ).fetchall()
        return [gap for (gap,) in rows if gap is not None and gap >= BY_HAND]

    def _words(self) -> dict[int, str]:
        return dict(self._connection.execute("SELECT id, text FROM words").fetchall())


def _record(row: Sequence[Any]) -> dict[str, Any]:
    started, run_id, command, task, project, outcome, exit_code, duration, document = row
    if document is not None:
        kept: dict[str, Any] = json.loads(document)
        return {**kept, "started": started}
    return {
        "run_id": run_id,
        "started": started,
        "command": None if command is None else json.loads(command),
        "task": task,
        "project": project,
        "outcome": outcome,
        "exit_code": exit_code,
        "total_duration_s": duration,
        "attempts": [],
    }
