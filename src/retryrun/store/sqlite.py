"""State in an SQLite file, shared by all invocations of one user on one machine.

Every change is one BEGIN IMMEDIATE transaction: a deferred one that reads first and writes later
fails under concurrency whatever the busy time-out says. The file is made complete beside its place
and linked there, so nobody ever meets half a database. While a connection is open nothing here
opens the file by other means: closing such a descriptor would drop SQLite's locks.
"""

from __future__ import annotations

import os
import time

from . import library, pending, schema
from .cells import StoreError, restored
from .place import private

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from .archive import Archive
    from .cells import Change, Kind

sqlite = library.load()  # `sqlite3` wraps it in datetime and more: a third of its import time
BUSY = 0.9  # seconds: a store may cost a run one second in all


class SqliteStore:
    """Records in a database file; history on its way in a file of lines beside it.

    `named` says that the user chose the path. `notice` is told, in one line, of a damaged database
    that was put aside.
    """

    def __init__(
        self,
        path: str,
        *,
        named: bool = False,
        notice: Callable[[str], object] = lambda _text: None,
        clock: Callable[[], float] = time.time,
        busy: float = BUSY,
    ) -> None:
        self._path, self._notice, self._clock, self._busy = path, notice, clock, busy
        self._folder, self._named = os.path.dirname(os.path.abspath(path)), named
        self._connection: Any = None
        self._owner = 0

    def change(self, kind: Kind, name: str, change: Change) -> Any:
        """Apply a pure change in one exclusive step and return its answer."""
        return self._guarded(lambda connection: self._change(connection, kind, name, change))

    def _change(self, connection: Any, kind: Kind, name: str, change: Change) -> Any:
        # Most changes change nothing: a closed circuit lets a command through. That takes no lock.
        before = self._read(connection, kind, name)
        after, answer = change(before, self._clock())
        if after == before:
            return answer
        connection.execute("BEGIN IMMEDIATE")
        try:
            before, now = self._read(connection, kind, name), self._clock()
            after, answer = change(before, now)
            if after != before:
                self._write(connection, kind, name, after)
                moved = kind.moved(before, after)
                if moved:
                    connection.execute(
                        "INSERT INTO events VALUES (?, ?, ?, ?)", (now, name, *moved)
                    )
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        return answer

    @staticmethod
    def _read(connection: Any, kind: Kind, name: str) -> Any:
        fields = kind.record._fields
        row = connection.execute(
            f"SELECT {', '.join(fields)} FROM {kind.name} WHERE name = ?",  # noqa: S608  our own names
            (name,),
        ).fetchone()
        return restored(kind, dict(zip(fields, row, strict=True)) if row else {})

    @staticmethod
    def _write(connection: Any, kind: Kind, name: str, record: Any) -> None:
        fields = kind.record._fields
        marks = ", ".join("?" * (len(fields) + 1))
        connection.execute(
            f"INSERT OR REPLACE INTO {kind.name} (name, {', '.join(fields)}) VALUES ({marks})",  # noqa: S608  as above
            (name, *(getattr(record, field) for field in fields)),
        )

    def all(self, kind: Kind) -> tuple[dict[str, Any], float]:
        """Return every record of a kind by its name, and the time."""
        fields = kind.record._fields

        def read(connection: Any) -> dict[str, Any]:
            rows = connection.execute(
                f"SELECT name, {', '.join(fields)} FROM {kind.name} ORDER BY name"  # noqa: S608  as above
            ).fetchall()
            return {row[0]: restored(kind, dict(zip(fields, row[1:], strict=True))) for row in rows}

        return ({} if self._missing() else self._guarded(read)), self._clock()

    def untouched(self) -> bool:
        """Tell whether there is no database yet, so that every circuit is closed."""
        return self._connection is None and self._missing()

    def _missing(self) -> bool:
        return not os.path.lexists(self._path)

    def remember(self, line: str, *, days: int, megabytes: int) -> None:
        """Keep one line of history, and merge it with all that waits."""
        try:
            pending.keep(self._path, line, named=self._named)
        except OSError as error:
            raise StoreError(f"{self._path}{pending.SUFFIX}: {error.strerror or error}") from None
        self.archive(days=days, megabytes=megabytes)

    def archive(self, *, days: int | None = None, megabytes: int | None = None) -> Archive:
        """Return the history, with what was waiting merged and what is too old pruned."""
        from .archive import Archive

        def merge(connection: Any) -> Archive:
            archive = Archive(connection)
            for token, path in pending.taken(self._path + pending.SUFFIX):
                lines = pending.lines(path)
                if lines is not None:
                    archive.merge(token, lines)
                    os.unlink(path)
            archive.prune(self._clock(), days=days, megabytes=megabytes)
            return archive

        try:
            archive: Archive = self._guarded(merge)
        except OSError as error:
            raise StoreError(f"{self._path}: {error.strerror or error}") from None
        return archive

    def close(self) -> None:
        """Close the database."""
        if self._connection is not None and self._owner == os.getpid():
            self._connection.close()
        self._connection = None

    # -- the file

    def _guarded(self, work: Callable[[Any], Any]) -> Any:
        """Do some work on the database; put a damaged one aside and do it on a new one."""
        try:
            return work(self._open())
        except sqlite.DatabaseError as error:
            self.close()
            if isinstance(error, sqlite.OperationalError) or not _damaged(error):
                raise StoreError(f"{self._path}: {error}") from None
        self._put_aside()
        try:
            return work(self._open())
        except sqlite.Error as error:
            raise StoreError(f"{self._path}: {error}") from None

    def _open(self) -> Any:
        if self._connection is not None and self._owner == os.getpid():
            return self._connection
        self._prepare()
        try:
            if self._missing():
                self._make()
            _tighten(self._path)
        except OSError as error:
            raise StoreError(f"{self._path}: {error.strerror or error}") from None
        connection = self._connect(self._path)
        try:
            schema.bring_up(connection, self._path)
        except BaseException:
            connection.close()
            raise
        self._connection, self._owner = connection, os.getpid()
        return connection

    def _prepare(self) -> None:
        if not private(self._folder, named=self._named):
            raise StoreError(f"{self._folder} cannot be made a private folder of this user's")

    def _connect(self, path: str) -> Any:
        # The busy time-out is set before anything else; transactions are begun by hand.
        connection = sqlite.connect(
            path, timeout=self._busy, isolation_level=None, check_same_thread=False
        )
        try:  # a kill loses nothing, a power cut little
            connection.execute("PRAGMA synchronous = NORMAL")
        except BaseException:
            connection.close()
            raise
        return connection

    def _make(self) -> None:
        """Make the database under another name and link it to its place; the first one wins."""
        draft = os.path.join(
            self._folder, f".{os.path.basename(self._path)}.{os.getpid()}-{os.urandom(4).hex()}"
        )
        flags = os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
        os.close(os.open(draft, flags, 0o600))
        try:
            connection = self._connect(draft)
            # The write-ahead log needs shared memory, which network file systems have not.
            mode = "DELETE" if schema.remote(self._folder) else "WAL"
            connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
            connection.execute(f"PRAGMA journal_mode = {mode}")
            schema.bring_up(connection, draft)
            connection.close()
            try:
                os.link(draft, self._path)
            except FileExistsError:
                pass
            except OSError:  # a file system without links
                if self._missing():
                    os.rename(draft, self._path)
        finally:
            for name in (draft, f"{draft}-wal", f"{draft}-shm", f"{draft}-journal"):
                if os.path.lexists(name):
                    os.unlink(name)

    def _put_aside(self) -> None:
        """Rename a damaged database; it is kept, for whoever wants to look into it."""
        import fcntl

        target = f"{self._path}.corrupt-{time.strftime('%Y%m%dT%H%M%SZ', time.gmtime())}"
        flags = os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC
        try:
            lock = os.open(f"{self._path}.lock", flags, 0o600)
        except OSError as error:
            raise StoreError(f"{self._path} is damaged: {error.strerror}") from None
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not self._still_damaged():
                return
            for suffix in ("-wal", "-shm", "-journal", ""):
                if os.path.lexists(self._path + suffix):
                    os.rename(self._path + suffix, target + suffix)
        except OSError as error:
            raise StoreError(f"{self._path} is damaged: {error.strerror}") from None
        finally:
            os.close(lock)
        self._notice(f"the state database was damaged and is now {target}; a new one was begun")

    def _still_damaged(self) -> bool:
        """Tell, under the lock, whether another process has not mended it meanwhile."""
        if self._missing():
            return False
        try:
            connection = self._connect(self._path)
            try:
                found = connection.execute("PRAGMA quick_check(1)").fetchone()
            finally:
                connection.close()
        except sqlite.OperationalError:
            return False
        except sqlite.DatabaseError:
            return True
        return bool(found != ("ok",))


def _damaged(error: Exception) -> bool:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in (sqlite.SQLITE_CORRUPT, sqlite.SQLITE_NOTADB)


def _tighten(path: str) -> None:
    """Make sure that the file is ours, no link, and readable by nobody else. Raises StoreError."""
    import stat

    found = os.lstat(path)
    if not stat.S_ISREG(found.st_mode) or found.st_uid != os.geteuid():
        raise StoreError(f"{path} is no file of this user's")
    if found.st_mode & 0o077:
        os.chmod(path, 0o600)
