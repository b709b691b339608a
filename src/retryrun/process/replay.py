"""The same input for every attempt: what is read of a pipe is kept and given again."""

from __future__ import annotations

import os
import select

from ..errors import SystemProblem
from . import descriptors
from .spool import temporary

_CHUNK = 64 * 1024


class Kept:
    """What has been read of our stdin so far."""

    def __init__(self) -> None:
        self.fd = temporary()
        self.size = 0
        self.at_end = False
        self.broken: str | None = None

    def again(self) -> tuple[int, Feeder]:
        """Begin a run: what takes the place of the child's stdin, and who feeds it.

        Raises SystemProblem when an earlier run's input could not be kept.
        """
        if self.broken:
            raise SystemProblem(
                f"stdin cannot be read again: it could not be kept: {self.broken}",
                "name a folder with room for it: TMPDIR=/path",
            )
        read, write = descriptors.pipe()
        os.set_blocking(write, False)
        return read, Feeder(self, write)

    def add(self, data: bytes) -> None:
        """Keep what has just been read."""
        rest = memoryview(data)
        try:
            while rest and not self.broken:
                written = os.pwrite(self.fd, rest, self.size)
                self.size += written
                rest = rest[written:]
        except OSError as error:  # the disk is full: this run still gets it all
            self.broken = error.strerror or str(error)


class Feeder:
    """Gives one run what earlier runs have read, then what comes, keeping it.

    Our stdin is read no faster than the command reads.
    """

    def __init__(self, kept: Kept, write: int) -> None:
        self._kept = kept
        self._write: int | None = write
        self._given = 0
        self._pending = b""

    def register(self, poller: select.poll) -> None:
        """Say what is to be waited for."""
        if self._write is None:
            return
        if self._pending or self._given < self._kept.size or self._kept.at_end:
            poller.register(self._write, select.POLLOUT)
        else:
            poller.register(0, select.POLLIN)
            poller.register(self._write, 0)  # told when the command has closed its end

    def turn(self, ready: dict[int, int]) -> None:
        """Pass on what can be passed on."""
        if self._write is None or (self._write not in ready and 0 not in ready):
            return
        if ready.get(self._write, 0) & select.POLLERR:
            self.close()
            return
        if not self._pending:
            self._pending = self._next(from_caller=0 in ready)
        if self._pending:
            self._give()
        elif self._kept.at_end:
            self.close()

    def _next(self, *, from_caller: bool) -> bytes:
        if self._given < self._kept.size:
            data = os.pread(self._kept.fd, _CHUNK, self._given)
            self._given += len(data)
            return data
        if self._kept.at_end or not from_caller:
            return b""
        try:
            data = os.read(0, _CHUNK)
        except BlockingIOError:
            return b""
        except OSError:
            data = b""
        self._kept.at_end = not data
        self._kept.add(data)
        self._given = self._kept.size
        return data

    def _give(self) -> None:
        if self._write is None:
            return
        try:
            self._pending = self._pending[os.write(self._write, self._pending) :]
        except BlockingIOError:
            return
        except OSError:  # the command reads no more
            self.close()

    def close(self) -> None:
        """Let the command see the end."""
        descriptors.close(self._write)
        self._write = None
