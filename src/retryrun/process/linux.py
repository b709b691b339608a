"""What only Linux offers: signalfd, parent-death signal, sub-reaper, /proc.

The functions of this module are the seam between the systems; `darwin` has the same ones. The C
library is called through `_ctypes`, which costs a fifth of importing `ctypes`.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from .spawn import Call
    from .table import Process

_SET_PDEATHSIG, _SET_CHILD_SUBREAPER = 1, 36
_SIGINFO = 128  # bytes of one struct signalfd_siginfo
_BY_KERNEL = 0x80  # SI_KERNEL
_TERM = 15
_addresses: dict[str, int] = {}


def _function(name: str, *args: int | bytes) -> Call | None:
    """Return how to call a function of the C library, None if it is missing or cannot be called."""
    try:
        import _ctypes

        if name not in _addresses:
            _addresses[name] = _ctypes.dlsym(_ctypes.dlopen("", 0), name)
    except (ImportError, AttributeError, OSError):
        return None
    return _ctypes.call_function, (_addresses[name], args)


def _call(name: str, *args: int | bytes) -> int:
    """Call a function of the C library; -1 when it fails, is missing or cannot be called."""
    ready = _function(name, *args)
    if ready is None:
        return -1
    function, arguments = ready
    return int(function(*arguments))


def signal_descriptor(numbers: Iterable[int]) -> int | None:
    """Return a descriptor from which these (blocked) signals are read, None if there is none."""
    bits = sum(1 << (number - 1) for number in numbers)
    word = (sys.maxsize.bit_length() + 1) // 8
    mask = bits.to_bytes(word, sys.byteorder).ljust(128, b"\0")
    fd = _call("signalfd", -1, mask, os.O_CLOEXEC | os.O_NONBLOCK)
    return fd if fd >= 0 else None


def read_signals(fd: int) -> list[tuple[int, int, bool]]:
    """Return (number, sender, sent by the kernel) of each signal that has arrived."""
    found: list[tuple[int, int, bool]] = []
    while True:
        try:
            data = os.read(fd, 16 * _SIGINFO)
        except BlockingIOError:
            return found
        for start in range(0, len(data), _SIGINFO):
            number, _, code, sender = (_number(data, at) for at in range(start, start + 16, 4))
            found.append((number, sender, code == _BY_KERNEL))


def _number(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 4], sys.byteorder)


def adopt_orphans(*, adopt: bool = True) -> bool:
    """Become the parent of every orphan below us, so that none gets out of reach.

    Returns whether we are now: then we have no child only when nobody is left below us.
    """
    return _call("prctl", _SET_CHILD_SUBREAPER, int(adopt), 0, 0, 0) == 0 and adopt


def children() -> list[int]:
    """Return our own children in one look, which no fork can slip past; [] if not told."""
    try:
        with open(f"/proc/self/task/{os.getpid()}/children", "rb") as file:
            return [int(word) for word in file.read().split()]
    except OSError:
        return []


def to_die_with_parent() -> list[Call]:
    """Return what a child is to call so that it gets SIGTERM when its parent dies."""
    ready = _function("prctl", _SET_PDEATHSIG, _TERM, 0, 0, 0)
    return [] if ready is None else [ready]


def process(pid: int) -> Process | None:
    """Return what is known of a process, None if there is no such."""
    try:
        fd = os.open(f"/proc/{pid}/stat", os.O_RDONLY)
    except OSError:
        return None
    try:
        data = os.read(fd, 4096)
    except OSError:
        return None
    finally:
        os.close(fd)
    # The name in parentheses may contain anything; the fields after it are counted from 3.
    fields = data.rpartition(b")")[2].split()
    from .table import Process  # not before the command has started

    return Process(
        pid, int(fields[1]), int(fields[2]), int(fields[3]), int(fields[19]), fields[0] in b"ZX"
    )


def processes() -> list[Process]:
    """Return every process that we can see; none where /proc is not mounted."""
    try:
        names = os.listdir("/proc")
    except OSError:
        return []
    seen = (process(int(name)) for name in names if name.isdigit())
    return [each for each in seen if each is not None]


def send(target: Process, number: int) -> None:
    """Send a signal to this very process. Raises ProcessLookupError, PermissionError."""
    try:
        fd = os.pidfd_open(target.pid)
    except ProcessLookupError:
        raise
    except OSError:  # before Linux 5.3
        os.kill(target.pid, number)
        return
    try:
        now = process(target.pid)
        if now is None or now.started != target.started:
            raise ProcessLookupError
        _send_through(fd, number)
    finally:
        os.close(fd)


def _send_through(fd: int, number: int) -> None:
    if TYPE_CHECKING:
        import signal as _signal
    else:
        import _signal
    _signal.pidfd_send_signal(fd, number)


def variable_was_given(name: str) -> bool:
    """Whether the environment we were started with holds this variable."""
    try:
        with open("/proc/self/environ", "rb") as file:
            data = file.read()
    except OSError:
        return True
    return any(entry.startswith(name.encode() + b"=") for entry in data.split(b"\0"))


def descriptors_of(pid: int) -> dict[int, str]:
    """Return what a process has open, by number; nothing if it is gone or not ours to see."""
    found = {}
    try:
        for name in os.listdir(f"/proc/{pid}/fd"):
            found[int(name)] = os.readlink(f"/proc/{pid}/fd/{name}")
    except OSError:
        return found
    return found


def only_reads(pid: int, fd: int) -> bool:
    """Whether a process has opened something for reading alone."""
    try:
        with open(f"/proc/{pid}/fdinfo/{fd}", "rb") as file:
            text = file.read()
    except OSError:
        return False
    flags = text.partition(b"flags:")[2].split()
    return bool(flags) and int(flags[0], 8) & os.O_ACCMODE == os.O_RDONLY


def waits_for_child(pid: int) -> bool:
    """Whether a process does nothing but wait for a child of its own."""
    try:
        with open(f"/proc/{pid}/wchan", "rb") as file:
            return file.read() == b"do_wait"
    except OSError:
        return False
