"""Terminals: the stand-in that a command writes to, and the modes of the real one.

Only output goes through the stand-in. stdin and the controlling terminal stay the real ones, so
Ctrl-C, Ctrl-Z, /dev/tty and hidden prompts work by the kernel. A program that sets its modes on
stdout (curses does) would set the stand-in's: what it changes there is carried over.
"""

from __future__ import annotations

import errno
import fcntl
import os
import sys
import termios

from . import descriptors, signals

TYPE_CHECKING = False
if TYPE_CHECKING:
    import signal as _signal
    from typing import Any

    Modes = list[Any]  # the seven parts of tcgetattr
else:
    import _signal  # as in `signals`

_IN, _OUT, _LOCAL, _CC = 0, 1, 3, 6
_WINSIZE = b"\0" * 8
# Linux tells of each change of modes in a packet of its own when EXTPROC is set; Python has no
# name for it.
_EXTPROC = 0o200000 if sys.platform == "linux" else 0
_RAW_IN = (
    termios.IGNBRK
    | termios.BRKINT
    | termios.PARMRK
    | termios.ISTRIP
    | termios.INLCR
    | termios.IGNCR
    | termios.ICRNL
    | termios.IXON
)
_RAW_LOCAL = termios.ECHO | termios.ECHONL | termios.ICANON | termios.ISIG | termios.IEXTEN


class Terminal:
    """A pseudo-terminal in place of the real one at descriptor `real`.

    Its output processing is off, so that bytes pass as they are and the real one does the work
    once. Raises OSError when the system has none to give.
    """

    def __init__(self, real: int) -> None:
        self._real = real
        try:
            modes = termios.tcgetattr(real)
        except termios.error as error:
            raise OSError(*error.args) from error
        master, slave = os.openpty()
        self.master, self.slave = descriptors.high(master), descriptors.high(slave)
        os.set_blocking(self.master, False)
        modes[_OUT] &= ~termios.OPOST
        modes[_LOCAL] |= _EXTPROC
        termios.tcsetattr(self.slave, termios.TCSANOW, modes)
        self._seen = termios.tcgetattr(self.slave)
        self._packets = self._ask_for_packets()
        self._changed = False
        self._open = True
        try:
            self.name = os.ttyname(self.slave)
        except OSError:  # another /dev/pts is mounted here
            self.name = ""
        self.resize()

    def _ask_for_packets(self) -> bool:
        if not _EXTPROC:
            return False
        try:
            fcntl.ioctl(self.master, termios.TIOCPKT, b"\1\0\0\0")
        except OSError:
            return False
        return True

    def read(self, size: int) -> bytes | None:
        """Read what was written: None when there is nothing now, empty at the end."""
        while True:
            try:
                data = os.read(self.master, size)
            except BlockingIOError:
                self.mirror()
                return None
            except OSError as error:
                if error.errno == errno.EIO:  # Linux's way to say that nobody has it open
                    return b""
                raise
            if not self._packets:
                self.mirror(more=True)
                return data
            if data[:1] == b"\0":
                return data[1:]
            if not data:
                return data
            self._changed = True
            self.mirror(more=True)

    @property
    def takes_keys(self) -> bool:
        """Whether the command has turned line editing off in the stand-in."""
        return self._open and not self._seen[_LOCAL] & termios.ICANON

    def open_real(self) -> int | None:
        """Open the real terminal for reading, without blocking; None where that cannot be."""
        try:
            path = os.ttyname(self._real)
            return descriptors.high(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY))
        except OSError:
            return None

    def resize(self) -> bool:
        """Give the stand-in the real one's size; return whether that changed it."""
        try:
            size = fcntl.ioctl(self._real, termios.TIOCGWINSZ, _WINSIZE)
            if not self._open or fcntl.ioctl(self.master, termios.TIOCGWINSZ, _WINSIZE) == size:
                return False
            fcntl.ioctl(self.master, termios.TIOCSWINSZ, size)
        except OSError:
            return False
        return True

    def mirror(self, *, more: bool = False) -> None:
        """Carry over to the real terminal what the command has changed in the stand-in's modes.

        What was written just before and just after a change arrives together (`more`). Output
        that is processed once too often only repeats a carriage return, once too seldom it makes
        stairs: so the way into raw mode waits until all that is there has been read.
        """
        if not self._open or (self._packets and not self._changed):
            return
        try:
            now = termios.tcgetattr(self.master)
            if now != self._seen:
                real = termios.tcgetattr(self._real)
                wanted = carry_over(self._seen, now, real)
                if more and real[_OUT] & ~wanted[_OUT] & termios.OPOST:
                    return
                set_modes(self._real, wanted)
                self._seen = now
                self._stay_unprocessed(now)
            self._changed = False
        except (OSError, termios.error):
            self._changed = False  # hung up: the stream will tell

    def _stay_unprocessed(self, modes: Modes) -> None:
        if modes[_OUT] & termios.OPOST:
            modes[_OUT] &= ~termios.OPOST
            termios.tcsetattr(self.master, termios.TCSANOW, modes)

    def see_last_change(self) -> None:
        """Carry over what the command did to the modes just before it ended."""
        self._changed = True
        self.mirror()

    def closed(self) -> None:
        """Note that the master is closed."""
        self._open = False


def carry_over(before: Modes, now: Modes, real: Modes) -> Modes:
    """Return the modes `real` with each bit and character changed that differs in the others."""
    result = [*real[:_CC], list(real[_CC])]
    for part in (_IN, _OUT, _LOCAL):
        changed = (before[part] ^ now[part]) & ~(_EXTPROC if part == _LOCAL else 0)
        if part == _OUT:
            changed &= ~termios.OPOST
        result[part] = (real[part] & ~changed) | (now[part] & changed)
    for index, (old, new) in enumerate(zip(before[_CC], now[_CC], strict=True)):
        if old != new:
            result[_CC][index] = new
    # The stand-in never processes output, so a program that turns that off changes nothing
    # there: it shows by all the rest of what cfmakeraw does.
    if not (now[_IN] & _RAW_IN or now[_LOCAL] & _RAW_LOCAL):
        result[_OUT] &= ~termios.OPOST
    elif not (before[_IN] & _RAW_IN or before[_LOCAL] & _RAW_LOCAL):
        result[_OUT] |= termios.OPOST
    return result


def set_modes(fd: int, modes: Modes) -> None:
    """Set a terminal's modes, unless we are in the background and they are not ours to set."""
    if not in_foreground(fd):
        return
    with _Blocked(signals.SIGTTOU):
        termios.tcsetattr(fd, termios.TCSANOW, modes)


class _Blocked:
    """Hold a signal back for the length of a `with` block."""

    def __init__(self, number: int) -> None:
        self._number = number

    def __enter__(self) -> None:
        self._before = _signal.pthread_sigmask(_signal.SIG_BLOCK, (self._number,))

    def __exit__(self, *_: object) -> None:
        _signal.pthread_sigmask(_signal.SIG_SETMASK, self._before)


def in_foreground(fd: int) -> bool:
    """Whether we are the terminal's foreground group; true where it is not our controlling one."""
    try:
        return os.tcgetpgrp(fd) == os.getpgrp()
    except OSError:
        return True


class Saved:
    """The modes of the terminal that the command is used from, as they were before it ran."""

    def __init__(self, fd: int) -> None:
        self._fd = fd
        self._modes: Modes | None
        try:
            self._modes = termios.tcgetattr(fd)
        except termios.error:
            self._modes = None

    def close(self) -> None:
        """Let go of the terminal, if it was opened for this."""
        if self._fd > 2:
            descriptors.close(self._fd)

    def restore(self) -> None:
        """Set them again: a program that was killed leaves the terminal raw or without echo."""
        try:
            if self._modes is not None and termios.tcgetattr(self._fd) != self._modes:
                set_modes(self._fd, self._modes)
        except (OSError, termios.error):
            return
