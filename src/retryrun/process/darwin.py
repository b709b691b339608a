"""The seam of `linux` for macOS and other systems without /proc: less is told, less is sure.

Not tried on a real machine; the tests run it against system calls that are faked. Known
differences: a signal's sender is unknown, a killed retryrun does not take the command with it,
orphans do not come to us, so that a process that leaves the tree before it was seen (a daemon
that forks twice within the time of one look at the process table) is not ended with it.
"""

from __future__ import annotations

import os

from .table import Process

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from .spawn import Call

_COLUMNS = "pid=,ppid=,pgid=,sess=,stat=,lstart="
_PS = "/bin/ps"
_FIXED = 5  # columns before the start time, which is five words


def signal_descriptor(_numbers: Iterable[int]) -> int | None:
    """Return None: signals come through Python's wake-up pipe."""
    return None


def read_signals(_fd: int) -> list[tuple[int, int, bool]]:
    """Return nothing: there is no such descriptor."""
    return []


def adopt_orphans(*, adopt: bool = True) -> bool:  # noqa: ARG001  the seam's signature
    """Return False: orphans go to launchd."""
    return False


def children() -> list[int]:
    """Return nothing: the table of processes has to be read."""
    return []


def to_die_with_parent() -> list[Call]:
    """Return nothing: the death of a parent goes unnoticed."""
    return []


def parse(table: bytes, own: int) -> list[Process]:
    """Read what `ps` prints, leaving out `ps` itself (process `own`)."""
    found = []
    for line in table.splitlines():
        fields = line.split()
        if len(fields) <= _FIXED:
            continue
        pid, parent, group = (int(field) for field in fields[:3])
        session = int(fields[3], 16) if fields[3] not in (b"-", b"??") else 0
        started = b" ".join(fields[_FIXED:]).decode("ascii", "replace")
        if pid != own:
            found.append(Process(pid, parent, group, session, started, fields[4][:1] == b"Z"))
    return found


def processes() -> list[Process]:
    """Return every process, as `ps` tells it; none if it cannot be run."""
    return parse(*_ask("-A"))


def process(pid: int) -> Process | None:
    """Return what is known of a process, None if there is no such."""
    found = [each for each in parse(*_ask("-p", str(pid))) if each.pid == pid]
    return found[0] if found else None


def _ask(*which: str) -> tuple[bytes, int]:
    """Run `ps`; return what it printed and its process id."""
    read, write = os.pipe()
    try:
        pid = os.posix_spawn(
            _PS,
            [_PS, *which, "-ww", "-o", _COLUMNS],
            {"LC_ALL": "C", "TZ": "UTC"},
            file_actions=[(os.POSIX_SPAWN_DUP2, write, 1)],
        )
    except OSError:
        os.close(read)
        return b"", 0
    finally:
        os.close(write)
    try:
        with open(read, "rb") as pipe:
            table = pipe.read()
    finally:
        os.waitpid(pid, 0)
    return table, pid


def send(target: Process, number: int) -> None:
    """Send a signal. Raises ProcessLookupError, PermissionError."""
    os.kill(target.pid, number)


def variable_was_given(_name: str) -> bool:
    """Return True: the environment as it was at the start cannot be looked up."""
    return True


def descriptors_of(_pid: int) -> dict[int, str]:
    """Return nothing: what others have open cannot be looked up."""
    return {}


def only_reads(_pid: int, _fd: int) -> bool:
    """Return False, as above."""
    return False


def waits_for_child(_pid: int) -> bool:
    """Return False, as above."""
    return False
