"""The tables of the state database, and how older databases are brought up to them."""

from __future__ import annotations

import os

from .cells import KINDS, StoreError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MARK = 0x72657472  # application_id: "retr"
NETWORKED = ("nfs", "cifs", "smb", "9p", "afs", "ceph", "gluster", "lustre", "fuse", "virtiofs")

# Each entry brings a database from the version that is its index to the next one. Entries are
# never changed once released; a version that only adds tables or columns can be read by older
# programs, which refuse it all the same, in words that say what to do.
MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        *(
            f"CREATE TABLE {kind.name} (name TEXT PRIMARY KEY, "
            + ", ".join(kind.record._fields)
            + ") WITHOUT ROWID"
            for kind in KINDS
        ),
        "CREATE TABLE events (at REAL, name TEXT, came TEXT, went TEXT)",
        # Words that come again and again (commands, tasks, rules) are stored once.
        "CREATE TABLE words (id INTEGER PRIMARY KEY, text TEXT UNIQUE)",
        """CREATE TABLE runs (
            id INTEGER PRIMARY KEY, part INT, started REAL, run_id TEXT, name INT, task INT,
            command INT, project INT, outcome INT, exit_code INT, duration REAL, retries INT,
            fallbacks INT, spent REAL, document TEXT)""",
        "CREATE INDEX runs_started ON runs (started)",
        # The runs of each full hour, added up: figures over a million runs read these instead.
        """CREATE TABLE hours (
            hour INT, name INT, task INT, outcome INT, part INT, runs INT, retried INT, retries INT,
            fallbacks INT, duration REAL, spent REAL,
            PRIMARY KEY (hour, name, outcome, task, part)) WITHOUT ROWID""",
        """CREATE TABLE failures (
            run INT, started REAL, name INT, task INT, within INT, category INT, rule INT,
            retried INT, helped INT)""",
        "CREATE INDEX failures_run ON failures (run)",
        "CREATE TABLE merged (token TEXT PRIMARY KEY) WITHOUT ROWID",
    ),
)


def bring_up(connection: Any, path: str) -> None:
    """Make the tables that are missing. Raises StoreError for a database not ours to use."""
    if _version(connection, path) == len(MIGRATIONS):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        for statements in MIGRATIONS[_version(connection, path) :]:
            for statement in statements:
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {MARK}")
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _version(connection: Any, path: str) -> int:
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > len(MIGRATIONS):
        raise StoreError(f"{path} was written by a newer retryrun")
    if version == 0:
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if tables:
            raise StoreError(f"{path} is the database of another program")
    return version


def remote(folder: str) -> bool:
    """Tell whether a folder lies on a network file system, as far as the system says."""
    folder = os.path.realpath(folder)
    kind, longest = "", -1
    try:
        with open("/proc/self/mountinfo", encoding="utf-8", errors="replace") as file:
            for line in file:
                before, _, after = line.partition(" - ")
                point = before.split(" ")[4].replace("\\040", " ")
                inside = folder == point or folder.startswith(point.rstrip("/") + "/")
                if inside and len(point) >= longest:
                    kind, longest = after.split(" ", 1)[0], len(point)
    except (OSError, IndexError):
        return False
    return kind.startswith(NETWORKED)
