"""Records on their way into the history: lines appended to a file, merged into a database later.

Appending costs a fraction of a millisecond where opening a database costs several, needs no lock
to wait for, and what was written outlives a kill at any moment. Whoever merges first renames the
file, so that writers begin a new one; a writer that still holds the renamed one notices.
"""

from __future__ import annotations

import os
import sys

from .place import private

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

SUFFIX = ".pending"
FLAGS = os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
TRIES = 8
PATIENCE = 200  # milliseconds that a merge waits for a writer


def keep(database: str, line: str, *, named: bool) -> int:
    """Append a line to what waits for a database; return how much waits, in bytes.

    `named` says that the user chose the place. Raises OSError.
    """
    folder = os.path.dirname(os.path.abspath(database))
    if not private(folder, named=named):
        raise OSError(f"{folder} cannot be made a private folder of this user's")
    return append(database + SUFFIX, line)


def append(path: str, line: str) -> int:
    """Append a line and return the file's size in bytes. Raises OSError."""
    data = line.encode("utf-8", "backslashreplace") + b"\n"
    for attempt in range(TRIES):
        # Where another holds the file at length, a file of its own is merged just as well.
        name = path if attempt < TRIES - 1 else f"{path}.{os.getpid()}-{os.urandom(4).hex()}"
        descriptor = os.open(name, FLAGS, 0o600)
        try:
            size = _write(descriptor, name, data)
        finally:
            os.close(descriptor)
        if size:
            return size
    raise OSError("the history file is held by another process")


def _write(descriptor: int, name: str, data: bytes) -> int:
    """Write whole lines or nothing; return 0 when the file has been taken away meanwhile."""
    try:
        os.lockf(descriptor, os.F_TLOCK, 0)  # loading `fcntl` for its locks would cost 0.2 ms
    except BlockingIOError:
        import time

        time.sleep(0.001)
        return 0
    about = os.fstat(descriptor)
    try:
        there = os.stat(name, follow_symlinks=False)
    except FileNotFoundError:
        return 0
    if (about.st_ino, about.st_dev) != (there.st_ino, there.st_dev):
        return 0
    if about.st_uid != os.geteuid():
        raise PermissionError("the history file belongs to another user")
    if about.st_mode & 0o077:
        os.fchmod(descriptor, 0o600)
    written = os.write(descriptor, data)
    if written != len(data):  # a full disk: leave no half line for the next to be glued to
        os.ftruncate(descriptor, about.st_size)
        raise OSError("the disk is full")
    return about.st_size + written


def taken(path: str) -> Iterator[tuple[str, str]]:
    """Take every file of waiting lines away from its writers; yield (token, path) of each.

    The token is the same for a file that an earlier merge left behind.
    """
    import contextlib

    folder, base = os.path.split(path)
    with contextlib.suppress(FileNotFoundError):
        os.rename(path, f"{path}.{os.getpid()}-{os.urandom(4).hex()}")
    for name in sorted(os.listdir(folder or os.curdir)):
        if name.startswith(f"{base}."):
            yield name, os.path.join(folder, name)


def lines(path: str) -> list[str] | None:
    """Return the lines of a taken file, None while a writer still holds it. Raises OSError."""
    descriptor = os.open(path, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with open(descriptor, encoding="utf-8", errors="replace") as file:
        for _ in range(PATIENCE):
            try:
                os.lockf(descriptor, os.F_TLOCK, 0)
            except BlockingIOError:
                import time

                time.sleep(0.001)
            else:
                return file.read().split("\n")
    return None


def dumps(record: dict[str, Any]) -> str:
    """Write a record as one line of JSON, without importing `json` for a plain one."""
    if "json" not in sys.modules:
        try:
            return _plain(record)
        except TypeError:
            pass
    import json

    return json.dumps(record, separators=(",", ":"))


def _plain(value: Any) -> str:
    """Write JSON of values whose texts hold nothing stranger than quotes and new lines.

    Raises TypeError for others.
    """
    if isinstance(value, str):
        text = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        if text.isprintable():
            return f'"{text}"'
        raise TypeError
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, list):
        return f"[{','.join(map(_plain, value))}]"
    return "{" + ",".join(f"{_plain(key)}:{_plain(each)}" for key, each in value.items()) + "}"
