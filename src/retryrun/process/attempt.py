"""One run of one command: the poll loop, the limits, and the end of it."""

from __future__ import annotations

import os
import select
import time

from ..core.outcome import Outcome
from . import signals

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from .channel import Channel
    from .children import Children
    from .ending import Ending
    from .keyboard import Keyboard
    from .refused import Refused
    from .signals import Received, Signals
    from .spawn import Spec
    from .streams import Ways
    from .tree import Tree

QUIET = 1.0  # seconds without output after which a stream that something left open is given up
DRAIN = 5.0  # seconds in all for the streams to end once the command has
STALLED = 2.0  # seconds for a reader that is behind, after a limit or a stop
_LONGEST = 3600.0  # seconds in poll(); more would not fit its argument
PAUSE = 0.05  # seconds of silence that are taken for a pause
_DONE = object()
_NEVER = float("inf")  # math's would cost loading a library


class Attempt:
    """Runs until the command has ended and its output is through; `outcome` then tells how.

    `started` is when it was, on the monotonic clock: limits count from there.
    """

    def __init__(  # noqa: PLR0913, PLR0917  what a run is made of
        self,
        spec: Spec,
        children: Children,
        tree: Callable[[], Tree],
        ways: Ways,
        taken: Signals,
        started: float,
    ) -> None:
        self._spec, self._signals = spec, taken
        self._children, self._find_tree = children, tree
        self._found: Tree | None = None
        self._ways = ways
        self._channels, self._feeder = ways.channels, ways.feeder
        self._keyboards = _keyboards(ways.channels, lambda: self._tree)
        self._start = self._active = started
        self._limit = _NEVER if spec.timeout is None else self._start + spec.timeout
        self._ended: float | None = None
        self._ending: Ending | None = None
        self._asked_to_stop = False
        self._interrupts = 0
        self._stops: list[int] = []
        self.cut: str | None = None
        self._survivors: Sequence[int] = ()

    @property
    def _tree(self) -> Tree:
        """All that came of the command, loaded when somebody must be told something or ended."""
        if self._found is None:
            self._found = self._find_tree()
        return self._found

    @property
    def ending(self) -> tuple[int | None, int | None]:
        """The command's exit code, or None and the number of the signal that it died of."""
        status = self._children.status
        if status is None:  # it could not be killed
            return None, signals.SIGKILL
        if os.WIFSIGNALED(status):
            return None, os.WTERMSIG(status)
        return os.WEXITSTATUS(status), None

    def outcome(self, refused: Refused | None, lost: Sequence[str], began: float) -> Outcome:
        """Return how it went, once it is over.

        `refused` says why the command could not be started, `lost` what output was lost; `began`
        is a time of the wall clock.
        """
        code, died_of = self.ending
        # The stop signal that counts is the one that the command died of, else the first.
        stop = died_of if died_of in self._stops else next(iter(self._stops), None)
        alive = (f"process {pid} could not be ended and lives on" for pid in self._survivors)
        out, err, merged = self._ways.out, self._ways.err, self._ways.merged
        return Outcome(
            code if refused is None else refused.status,
            signal=died_of,
            cut=self.cut,
            interrupted=stop,
            spawn_error=None if refused is None else refused.reason,
            stdout=out.tail.last() if out else b"",
            stderr=err.tail.last() if err and not merged else b"",
            merged=merged,
            started_at=began,
            duration=time.monotonic() - self._start,
            warnings=(*alive, *lost),
        )

    def run(self, meanwhile: Iterator[object]) -> None:
        """Go on until it is over; in pauses take a step of what there is to do `meanwhile`."""
        patience = PAUSE
        while True:
            now = time.monotonic()
            if self._over(now):
                break
            happened = self._turn(min(self._due(now) - now, patience))
            if not happened and patience == PAUSE and next(meanwhile, _DONE) is _DONE:
                patience = _LONGEST
        self._release()

    def _turn(self, wait: float) -> bool:
        """Wait for something to happen, and deal with all that has; tell whether anything did."""
        poller = select.poll()
        poller.register(self._signals.fd, select.POLLIN)
        for channel in self._channels:
            channel.register(poller)
        if self._feeder is not None:
            self._feeder.register(poller)
        for keyboard in self._keyboards:
            keyboard.register(poller)
        ready = dict(poller.poll(max(0, -int(-wait * 1000 // 1))))
        # Signals are taken at once, as the same one again would not be seen, but acted upon after
        # the output: what was written before is through by then.
        arrived = self._signals.read() if self._signals.fd in ready else []
        self._relay(ready)
        if self._feeder is not None:
            self._feeder.turn(ready)
        for keyboard in self._keyboards:
            keyboard.turn(ready)
        for received in arrived:
            self._receive(received)
        return bool(ready)

    def _due(self, now: float) -> float:
        """Return when to act next, if nothing happens before."""
        times = [_NEVER]
        if self._ending is not None and not self._ending.over:
            times.append(self._ending.due(now))
        elif self._ended is None:
            times += [self._limit, self._idle_limit()]
        if self._ended is not None:
            times.append(self._drained_by())
        return min(times)

    def _over(self, now: float) -> bool:
        """Act on what is due; return whether all is done."""
        self._check_limits(now)
        if self._children.stopped is not None:
            self._follow_into_stop()
        if self._stops and self._children.ended:
            self._end(now, None)  # the terminal may not have told everyone
        if self._ending is not None:
            self._ending.advance(now)
            if not self._ending.over:
                return False
            self._survivors = [process.pid for process in self._ending.survivors]
        elif not self._children.ended:
            return False
        if self._ended is None:
            self._ended = now
            self._release()
        if not any(c.open or c.busy for c in self._channels):
            return True
        if now < self._drained_by():
            return False
        return now >= self._ended + DRAIN or not self._catch_up()

    def _release(self) -> None:
        for channel in self._channels:
            channel.release_child_end()
        if self._feeder is not None:
            self._feeder.close()
        for keyboard in self._keyboards:
            keyboard.close()

    # -- limits

    def _check_limits(self, now: float) -> None:
        if self._ending is not None or self._ended is not None or self._children.ended:
            return
        if now >= self._limit:
            self.cut = self._spec.timeout_kind
        elif now >= self._idle_limit() and not self._catch_up():
            self.cut = "idle_timeout"
        else:
            return
        self._end(now, signals.SIGTERM)

    def _idle_limit(self) -> float:
        """Return when the command has been silent too long; not while its reader is behind."""
        if self._spec.idle_timeout is None or any(c.busy for c in self._channels):
            return _NEVER
        return self._active + self._spec.idle_timeout

    def _drained_by(self) -> float:
        """Return until when output may still come.

        A process that the command left behind on purpose may keep a stream open for ever. Bytes
        that a slow reader has not taken yet are waited for as long as it takes, as the command
        would have waited, but not after a limit or a stop.
        """
        if self._ended is None:
            return _NEVER
        if any(c.busy for c in self._channels):
            return self._active + STALLED if self._ending is not None else _NEVER
        return min(max(self._active, self._ended) + QUIET, self._ended + DRAIN)

    def _end(self, now: float, number: int | None) -> None:
        if self._ending is None:
            from .ending import Ending

            self._ending = Ending(self._tree, self._children, now, self._spec.kill_after, number)

    # -- signals

    def _receive(self, received: Received) -> None:
        number = received.number
        if number == signals.SIGCHLD:
            self._children.collect()
        elif number == signals.SIGWINCH:
            self._resize()
        elif self._tree.holds(received.sender):
            # What the command sends to its own group is its own affair; but a program that stops
            # its group expects all of it to stop.
            self._asked_to_stop = number == signals.SIGTSTP
        elif number in signals.STOP:
            self._stop(received)
        elif number == signals.SIGTSTP:
            if not received.by_kernel:
                self._tree.tell_command(number)
            self._asked_to_stop = True
        else:
            self._asked_to_stop = self._asked_to_stop and number != signals.SIGCONT
            self._tree.tell_command(number)

    def _stop(self, received: Received) -> None:
        """Pass a stop signal on, unless the terminal has; from here on nothing more is started."""
        now, number = time.monotonic(), received.number
        self._stops.append(number)
        if number in (signals.SIGINT, signals.SIGQUIT):
            if not received.by_kernel:
                self._tree.tell_command(number)
            self._interrupts += number == signals.SIGINT
            if self._interrupts >= 3:
                self._end(now, signals.SIGTERM)
                if self._ending is not None:
                    self._ending.hurry(now)
        elif self._ending is None:
            self._end(now, number)
        else:
            self._tree.tell_command(number)

    def _resize(self) -> None:
        """Give the stand-in its new size. The kernel has told the command already, too early."""
        changed = [c.terminal.resize() for c in self._channels if c.terminal is not None]
        if any(changed):
            self._tree.redraw()

    def _follow_into_stop(self) -> None:
        """Stop when the command has, so that the shell sees a stopped job.

        A command that takes no notice of Ctrl-Z is not stopped, and neither are we; one that
        tidies up first may stop itself by SIGSTOP. A SIGSTOP that nobody asked us for is none of
        our business: time limits still hold.
        """
        stopped = self._children.stopped
        if stopped == signals.SIGTSTP or (stopped is not None and self._asked_to_stop):
            self._asked_to_stop = False
            self._catch_up()
            self._signals.suspend()  # the SIGCONT that ends this is received and passed on
            self._children.stopped = None
            self._resize()

    def _catch_up(self) -> bool:
        """Let through what has been written by now; tell whether there was any.

        Without it, time in which we did not get to read would pass for silence.
        """
        poller = select.poll()
        for channel in self._channels:
            channel.register(poller)
        return self._relay(dict(poller.poll(0)))

    def _relay(self, ready: dict[int, int]) -> bool:
        moved = [channel.turn(ready) for channel in self._channels]
        if any(moved):
            self._active = time.monotonic()
        return any(moved)


def _keyboards(channels: Sequence[Channel], tree: Callable[[], Tree]) -> list[Keyboard]:
    """Return one for each stand-in; none of it is imported where there is no terminal."""
    terminals = [channel.terminal for channel in channels if channel.terminal is not None]
    if not terminals:
        return []
    from .keyboard import Keyboard

    return [Keyboard(terminal, tree()) for terminal in terminals]
