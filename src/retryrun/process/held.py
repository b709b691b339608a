"""stdout that is held back on disk until an attempt has succeeded."""

from __future__ import annotations

import os

from . import descriptors
from .sink import Sink
from .spool import temporary

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

_BLOCK = 1 << 16


class Held:
    """What one attempt has written to stdout. Raises SystemProblem where there is no room."""

    def __init__(self) -> None:
        self.sink = Sink(temporary())

    def release(self, to: Sink, wait: Callable[[Sink], None]) -> None:
        """Pass all of it on; `wait` returns once the reader can take more. Then forget it."""
        position, size = 0, os.fstat(self.sink.fd).st_size
        while position < size and not (self.sink.lost or to.gone or to.lost):
            data = os.pread(self.sink.fd, _BLOCK, position)
            position += len(data)
            to.put(data)
            while to.pending is not None:
                wait(to)
                to.flush()
        self.discard()

    def discard(self) -> None:
        """Forget it, as after a failed attempt."""
        os.ftruncate(self.sink.fd, 0)
        os.lseek(self.sink.fd, 0, os.SEEK_SET)
        self.sink.lost = None

    def close(self) -> None:
        """Give the room on disk back."""
        descriptors.close(self.sink.fd)
