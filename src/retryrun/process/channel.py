"""One stream of the command, from where it writes to where it goes, and the end of it kept."""

from __future__ import annotations

import os

from . import descriptors

TYPE_CHECKING = False
if TYPE_CHECKING:
    import select

    from .sink import Sink
    from .terminal import Terminal

TAIL = 256 * 1024  # bytes kept of each stream
_CHUNK = 64 * 1024
_TURN = 16  # chunks before signals and the clock are looked at again
_MANY = 1024


class Tail:
    """The last bytes of a stream, at least TAIL of them if there were so many.

    The chunks are kept as they were read, so that a fast stream costs no copying.
    """

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._size = 0

    def feed(self, data: bytes) -> None:
        """Add what was read."""
        parts = self._parts
        parts.append(data)
        self._size += len(data)
        while self._size - len(parts[0]) >= TAIL:
            self._size -= len(parts.pop(0))
        if len(parts) > _MANY:  # many small writes: the chunks' own size would tell
            parts[:] = [b"".join(parts)]

    def last(self) -> bytes:
        """Return the last TAIL bytes."""
        return b"".join(self._parts)[-TAIL:]


class Channel:
    """Relays one stream. `child_end` is what the command writes to, until `release_child_end`."""

    def __init__(self, sink: Sink, terminal: Terminal | None) -> None:
        self.sink, self.terminal = sink, terminal
        self.tail = Tail()
        if terminal is not None:
            self._source: int | None = terminal.master
            self.child_end: int | None = terminal.slave
        else:
            self._source, self.child_end = descriptors.pipe()
            os.set_blocking(self._source, False)

    @property
    def open(self) -> bool:
        """Whether more may come."""
        return self._source is not None

    @property
    def busy(self) -> bool:
        """Whether the reader is behind."""
        return self.sink.pending is not None

    def register(self, poller: select.poll) -> None:
        """Say what is to be waited for: the reader while it is behind, else the command."""
        import select  # not before the command has started

        if self.busy:
            poller.register(self.sink.target, select.POLLOUT)
            return
        if self._source is not None:
            poller.register(self._source, select.POLLIN)
            if self.sink.watched:
                poller.register(self.sink.target, 0)

    def turn(self, ready: dict[int, int]) -> bool:
        """Relay what can be relayed; return whether the command wrote or its reader caught up."""
        import select

        flags = ready.get(self.sink.target, 0)
        moved = False
        if self.busy:
            if flags:
                self.sink.flush()
                moved = True
        elif flags & (select.POLLERR | select.POLLHUP | select.POLLNVAL) and self.sink.watched:
            self.sink.gone = True
        if self._source is not None and self._source in ready and not self.busy:
            moved = self._relay() or moved
        if self.sink.gone:
            self.close()  # the command's next write tells it, as it would without us
        return moved

    def _relay(self) -> bool:
        moved = False
        for _ in range(_TURN):
            data = self._read()
            if data is None:
                break
            if not data:
                self.close()
                break
            moved = True
            self.tail.feed(data)
            self.sink.put(data)
            if self.sink.gone or self.busy:
                break
        return moved

    def _read(self) -> bytes | None:
        """Read a chunk: None when there is nothing now, empty at the end."""
        if self.terminal is not None:
            return self.terminal.read(_CHUNK)
        if self._source is None:
            return None
        try:
            return os.read(self._source, _CHUNK)
        except BlockingIOError:
            return None

    def release_child_end(self) -> None:
        """Close our copy of the command's end: once only it is left, the stream ends."""
        if self.child_end is None:
            return
        if self.terminal is not None:
            self.terminal.see_last_change()
        descriptors.close(self.child_end)
        self.child_end = None

    def close(self) -> None:
        """Stop reading: whoever still writes gets SIGPIPE, or EIO on a terminal."""
        descriptors.close(self._source)
        self._source = None
        if self.terminal is not None:
            self.terminal.closed()
