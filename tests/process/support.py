"""Real processes, terminals and bounded waits for the tests of the process layer."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

HERE = Path(__file__).parent
LIMIT = 30.0  # seconds for anything that must happen; only a failing test waits so long

# The C library ignores two signals of its own, 32 and 33, in what posix_spawn() starts.
LIBRARYS_OWN = 0b11 << 31


def until(condition, what="it", limit=LIMIT):
    """Wait until a condition holds, and return its value."""
    end = time.monotonic() + limit
    while True:
        value = condition()
        if value:
            return value
        assert time.monotonic() < end, f"{what} did not happen in {limit} s"
        time.sleep(0.01)


def stat_of(pid):
    """Return (state, parent) of a process, None if it is gone."""
    try:
        data = Path(f"/proc/{pid}/stat").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return None
    fields = data.rpartition(b")")[2].split()
    return fields[0].decode(), int(fields[1])


def has_taken_signals(pid):
    """Whether no signal is waiting for a process: the same one again would not be counted."""
    text = Path(f"/proc/{pid}/status").read_text()
    return all(int(line.split()[1], 16) == 0 for line in text.splitlines() if "Pnd:" in line)


def running(marker):
    """Return the processes that have this word as an argument, zombies aside."""
    found = []
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                words = Path(f"/proc/{entry}/cmdline").read_bytes().split(b"\0")
            except OSError:
                continue
            state = stat_of(int(entry))
            if words[0] == b"sleep" and marker.encode() in words and state and state[0] != "Z":
                found.append(int(entry))
    return found


def read_until(fd, wanted, limit=LIMIT):
    """Read from a descriptor until these bytes have come; return all that came."""
    data = b""
    end = time.monotonic() + limit
    while wanted not in data:
        left = end - time.monotonic()
        assert left > 0, f"{wanted!r} not in {data!r}"
        if select.select([fd], [], [], left)[0]:
            try:
                more = os.read(fd, 65536)
            except OSError:
                more = b""
            assert more, f"{wanted!r} not in {data!r}, which ended"
            data += more
    return data


def finish(process, limit=LIMIT):
    """Wait for a process and return its status as subprocess gives it."""
    return process.wait(timeout=limit)


class Screen:
    """A terminal with a session leader, in which a job runs in the foreground."""

    def __init__(self, argv, *, rows=24, cols=80, background=False, cwd=None, env=None):
        self.master, slave = pty.openpty()
        self.resize(rows, cols)
        self._slave = slave
        self.before = self.modes()
        control, self._control = os.pipe()
        self._report, report = os.pipe()
        words = ["&", *argv] if background else list(argv)
        self._leader = subprocess.Popen(
            [
                sys.executable,
                "-S",
                str(HERE / "leader.py"),
                str(control),
                str(report),
                "--",
                *words,
            ],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            pass_fds=(control, report),
            preexec_fn=lambda: (os.setsid(), fcntl.ioctl(0, termios.TIOCSCTTY, 0)),
            cwd=cwd,
            env=env,
        )
        os.close(control)
        os.close(report)
        self._lines = b""
        self.output = b""
        self.pid = int(self.event("pid"))

    def resize(self, rows, cols):
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, cols, 0, 0))

    def event(self, *kinds, limit=LIMIT):
        """Wait for a change of the job; what it writes meanwhile is kept in `output`."""
        end = time.monotonic() + limit
        while b"\n" not in self._lines:
            left = end - time.monotonic()
            assert left > 0, f"no {kinds}; seen: {self.output!r}"
            ready = select.select([self._report, self.master], [], [], left)[0]
            if self.master in ready:
                self.output += os.read(self.master, 65536)
            if self._report in ready:
                self._lines += os.read(self._report, 4096)
        line, _, self._lines = self._lines.partition(b"\n")
        name, _, value = line.decode().partition(" ")
        assert name in kinds, f"{line} instead of {kinds}; seen: {self.output!r}"
        return -int(value) if name == "signal" else int(value)

    def end(self, limit=LIMIT):
        """Wait for the end of the job: its exit status, or minus the signal that it died of."""
        status = self.event("exit", "signal", limit=limit)
        self.rest()
        return status

    def until(self, wanted, limit=LIMIT, times=1):
        """Wait until the job has written these bytes so many times."""
        end = time.monotonic() + limit
        while self.output.count(wanted) < times:
            left = end - time.monotonic()
            assert left > 0, f"{wanted!r} not in {self.output!r}"
            if select.select([self.master], [], [], left)[0]:
                self.output += os.read(self.master, 65536)

    def rest(self):
        """Read what is there after the job has ended."""
        while select.select([self.master], [], [], 0.05)[0]:
            self.output += os.read(self.master, 65536)
        return self.output

    def type(self, data):
        os.write(self.master, data)

    def modes(self):
        return termios.tcgetattr(self._slave)

    def foreground(self, *, yes=True):
        os.write(self._control, b"fg\n" if yes else b"bg\n")

    def hang_up(self):
        os.close(self._slave)
        os.close(self.master)
        self.master = self._slave = -1

    def close(self):
        os.close(self._control)
        for fd in (self.master, self._slave, self._report):
            if fd >= 0:
                os.close(fd)
        with contextlib.suppress(ProcessLookupError):
            if stat_of(self.pid):
                os.kill(self.pid, signal.SIGKILL)
        self._leader.kill()
        self._leader.wait()
