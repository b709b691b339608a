"""The standard streams of a session, and the ways of one run through them."""

from __future__ import annotations

import os
import stat

from . import descriptors
from .channel import Channel
from .sink import Sink

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .held import Held
    from .replay import Feeder, Kept
    from .terminal import Terminal


class Streams:
    """Where output goes, and where input comes from, for all commands of a session."""

    def __init__(self, *, stdin: str, stdout: str) -> None:
        filled = descriptors.fill_standard()
        self.out = None if 1 in filled else Sink(1)
        self.err = None if 2 in filled else Sink(2)
        if self.out and self.err and self.out.identity == self.err.identity and not self.out.null:
            self.err.close()
            self.err = self.out
        self.held: Held | None = None
        if stdout == "hold" and self.out is not None:
            from .held import Held

            self.held = Held()
        self._input = Input(stdin, closed=0 in filled)

    @property
    def stdin_used_up(self) -> bool:
        """Whether there was input, and the next run will find none of it."""
        return self._input.used_up

    def open(self) -> Ways:
        """Begin a run. Raises SystemProblem when the system refuses what is needed."""
        ways = Ways()
        try:
            ways.stdin, ways.feeder = self._input.open()
            destination = self.out if self.held is None else self.held.sink
            if destination is not None:
                ways.out = Channel(destination, _stand_in(self.out))
            if self.err is not None and self.err is destination:
                ways.err = ways.out
            elif self.err is not None:
                ways.err = Channel(self.err, _stand_in(self.err))
        except BaseException:
            ways.close()
            raise
        return ways

    def lost(self) -> list[str]:
        """Return what is to be said about bytes that could not be written."""
        held = None if self.held is None else self.held.sink
        named = (("stdout", self.out), ("stderr", self.err), ("stdout", held))
        texts = [f"output was lost: {name}: {s.lost}" for name, s in named if s and s.lost]
        return list(dict.fromkeys(texts))

    def close(self) -> None:
        """Let go of what was kept; the inherited descriptors stay as they are."""
        self._input.close()
        for sink in (self.out, self.err):
            if sink is not None:
                sink.close()
        if self.held is not None:
            self.held.close()
            self.held = None


class Input:
    """The standard input of all commands of a session.

    `mode` is inherit, replay (every attempt reads the same bytes) or none.
    """

    def __init__(self, mode: str, *, closed: bool) -> None:
        self._none = mode == "none"
        self._begin: int | None = None
        self._kept: Kept | None = None
        self._flows = False  # a pipe with something to come, read as it comes
        if self._none or closed:
            return
        kind = os.fstat(0).st_mode
        if stat.S_ISREG(kind) or stat.S_ISBLK(kind):
            self._begin = os.lseek(0, 0, os.SEEK_CUR)
        elif mode == "replay" and (stat.S_ISFIFO(kind) or stat.S_ISSOCK(kind)):
            from .replay import Kept

            self._kept = Kept()
        elif stat.S_ISFIFO(kind):
            self._flows = not _at_end(0)

    @property
    def used_up(self) -> bool:
        """Whether there was input, and the next run will find none of it."""
        return self._flows and _at_end(0)

    def open(self) -> tuple[int | None, Feeder | None]:
        """Begin a run: what takes the place of the child's stdin, and who feeds it.

        Raises SystemProblem when an earlier run's input could not be kept.
        """
        if self._none:
            return os.open(os.devnull, os.O_RDONLY), None
        if self._begin is not None:
            os.lseek(0, self._begin, os.SEEK_SET)
        if self._kept is None:
            return None, None
        return self._kept.again()

    def close(self) -> None:
        """Forget what was kept."""
        if self._kept is not None:
            descriptors.close(self._kept.fd)
            self._kept = None


def _at_end(pipe: int) -> bool:
    import select

    poller = select.poll()
    poller.register(pipe, select.POLLIN)
    return [(pipe, select.POLLHUP)] == poller.poll(0)


class Ways:
    """The streams of one run. `out` and `err` are one channel where they go to one file."""

    def __init__(self) -> None:
        self.stdin: int | None = None
        self.feeder: Feeder | None = None
        self.out: Channel | None = None
        self.err: Channel | None = None

    @property
    def channels(self) -> list[Channel]:
        """Each channel once."""
        one_for_both = self.out is self.err
        return [c for c in (self.out, None if one_for_both else self.err) if c is not None]

    @property
    def merged(self) -> bool:
        """Whether there is one channel for both."""
        return self.out is not None and self.out is self.err

    @property
    def for_child(self) -> dict[int, int]:
        """Which of our descriptors takes the place of which of the child's."""
        out = None if self.out is None else self.out.child_end
        err = None if self.err is None else self.err.child_end
        return {n: fd for n, fd in ((0, self.stdin), (1, out), (2, err)) if fd is not None}

    def handed_over(self) -> None:
        """Close what only the child needs.

        A terminal's end stays open until the command is gone: a program may close all it has of
        it and open it again by its name.
        """
        descriptors.close(self.stdin)
        self.stdin = None
        for channel in self.channels:
            if channel.terminal is None:
                channel.release_child_end()

    def close(self) -> None:
        """Close everything; whoever still writes gets SIGPIPE."""
        descriptors.close(self.stdin)
        self.stdin = None
        if self.feeder is not None:
            self.feeder.close()
        for channel in self.channels:
            channel.release_child_end()
            channel.close()


def _stand_in(sink: Sink | None) -> Terminal | None:
    """Return a terminal for the command where ours is one, None where there is none to be had."""
    if sink is None or not sink.terminal:
        return None
    from .terminal import Terminal

    try:
        return Terminal(sink.fd)
    except OSError:
        return None
