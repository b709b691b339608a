"""Where a stream's bytes go: an inherited descriptor that must not be changed nor waited for."""

from __future__ import annotations

import os
import stat
import sys

ATOMIC = 4096  # what a pipe that is writable takes without blocking (PIPE_BUF)
REMEMBERED = 128
_READER_LEFT = (BrokenPipeError, ConnectionResetError)


class Sink:
    """A destination that takes bytes without ever blocking.

    O_NONBLOCK belongs to the open file, which we share with the caller, so it is never touched:
    a pipe or terminal is opened a second time where the system allows, and else written in
    pieces that cannot block. What could not be written yet is `pending`; `gone` is set once the
    reader has left, `lost` says why bytes could not be stored.
    """

    def __init__(self, fd: int) -> None:
        self.fd = fd
        self.pending: memoryview | None = None
        self.gone = False
        self.lost: str | None = None
        self.recent = b""  # the last bytes, from which the cursor's column is guessed
        about = os.fstat(fd)
        self.identity = (about.st_dev, about.st_ino, about.st_rdev)
        self.terminal = stat.S_ISCHR(about.st_mode) and os.isatty(fd)
        self.null = stat.S_ISCHR(about.st_mode) and _is_null(about)
        fifo, socket = stat.S_ISFIFO(about.st_mode), stat.S_ISSOCK(about.st_mode)
        self._own: int | None = None
        self._piecewise = False
        if fifo or socket or self.terminal:
            self._own = _reopen(fd) if not socket and os.get_blocking(fd) else None
            self._piecewise = self._own is None and os.get_blocking(fd)
        # A reader that leaves a pipe is noticed at once; a named one may find another reader.
        self.watched = socket or (fifo and _anonymous(about))

    @property
    def target(self) -> int:
        """The descriptor to write to and to poll."""
        return self.fd if self._own is None else self._own

    def put(self, data: bytes) -> None:
        """Write, and keep as pending what does not go through now."""
        if self.gone or self.lost:
            return
        self.recent = (
            data[-REMEMBERED:]
            if len(data) >= REMEMBERED
            else (self.recent[len(data) - REMEMBERED :] + data)
        )
        if self.null:
            return
        self.pending = memoryview(data if self.pending is None else bytes(self.pending) + data)
        self.flush()

    def flush(self) -> None:
        """Write what is pending as far as it goes without blocking."""
        while self.pending is not None:
            if self._piecewise and not _writable(self.fd):
                return
            part = self.pending[:ATOMIC] if self._piecewise else self.pending
            try:
                written = os.write(self.target, part)
            except BlockingIOError:
                return
            except OSError as error:
                self._failed(error)
                return
            self.pending = self.pending[written:] if written < len(self.pending) else None

    def _failed(self, error: OSError) -> None:
        self.pending = None
        import errno

        if isinstance(error, _READER_LEFT) or (self.terminal and error.errno == errno.EIO):
            self.gone = True
        else:
            self.lost = error.strerror or str(error)

    def settle(self, patience: float) -> None:
        """Wait until everything is written, at most `patience` seconds for each piece."""
        while self.pending is not None:
            if not _writable(self.target, patience):
                self.pending = None
            self.flush()

    def mid_line(self) -> bool:
        """Whether the last thing written was part of a line; colour and cursor codes aside."""
        text = _without_codes(self.recent)
        return bool(text) and not text.endswith(b"\n")

    def close(self) -> None:
        """Give up the second opening; the inherited descriptor stays."""
        if self._own is not None:
            os.close(self._own)
            self._own = None
            self._piecewise = True


def _is_null(about: os.stat_result) -> bool:
    try:
        return about.st_rdev == os.stat(os.devnull).st_rdev
    except OSError:
        return False


def _anonymous(about: os.stat_result) -> bool:
    """Whether this is a pipe without a name: such pipes all live on one device."""
    read, write = os.pipe()
    try:
        return os.fstat(read).st_dev == about.st_dev
    finally:
        os.close(read)
        os.close(write)


def _reopen(fd: int) -> int | None:
    """Open the same pipe or terminal again, as an open file of our own that does not block."""
    if sys.platform != "linux":  # elsewhere /dev/fd/N is the same open file once more
        return None
    from .descriptors import high

    try:
        return high(os.open(f"/proc/self/fd/{fd}", os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY))
    except OSError:
        return None


def _writable(fd: int, patience: float = 0.0) -> bool:
    import select  # not before the command has started

    poller = select.poll()
    poller.register(fd, select.POLLOUT)
    return bool(poller.poll(patience * 1000))


def _without_codes(data: bytes) -> bytes:
    """Cut the terminal's control sequences (ESC [ … letter) off the end."""
    while True:
        start = data.rfind(b"\x1b[")
        body = data[start + 2 :]
        if start < 0 or not body[-1:].isalpha() or not all(c in b"0123456789;?" for c in body[:-1]):
            return data
        data = data[:start]
