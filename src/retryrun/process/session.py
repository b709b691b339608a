"""All that one job's commands share: signals, streams, the terminal's modes."""

from __future__ import annotations

import os
import time

from . import descriptors, signals, system
from .spawn import inherited, spawn
from .streams import Streams

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import NoReturn, Self

    from ..core.outcome import Outcome
    from .children import Children
    from .sink import Sink
    from .spawn import Spec
    from .terminal import Saved
    from .tree import Strangers, Tree

_PATIENCE = 2.0  # seconds for the reader of stderr to take a line of ours
_LONGEST = 3600.0  # seconds in one poll()
_OWN_ERROR = 125
_NOTHING: Iterator[object] = iter(())


class Session:
    """Runs commands one after the other as if it were not there.

    `stdin` is inherit, replay or none; `stdout` is stream, or hold: then nothing of a command's
    stdout is let through before `release_stdout`. Signals are taken over until `close`; `say`,
    `die` and `exit_status` work after that too. Not for a program with threads of its own, which
    may take the signals first. Raises SystemProblem where the system refuses what is needed.
    """

    def __init__(self, *, stdin: str = "inherit", stdout: str = "stream") -> None:
        self._streams = Streams(stdin=stdin, stdout=stdout)
        self._out, self._err = self._streams.out, self._streams.err
        self._strangers = _strangers()
        self._saved = _saved_modes()
        self._lost = False
        self._open = True
        self._adopting = system.adopt_orphans()
        self._signals = signals.Signals()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give signals back and let go of what was kept; may be called twice."""
        if self._open:
            self._open = False
            self._streams.close()
            if self._saved is not None:
                self._saved.close()
            system.adopt_orphans(adopt=False)
            self._signals.close()

    def run(self, spec: Spec, meanwhile: Iterator[object] = _NOTHING) -> Outcome:
        """Run a command to its end and return how that was.

        After a time limit or a stop nothing of it is left; after an ordinary end what it left on
        purpose lives on. `meanwhile` gets ready what will be needed later: its first step is taken
        once the command has been started, the others in pauses of its output; each should take no
        more than a few milliseconds and raise nothing. Raises SystemProblem when no process can
        be started or `cwd` cannot be entered.
        """
        began = time.time()
        outcome = self._not_begun(spec, began)
        if outcome is not None:
            return outcome
        ways, children = self._streams.open(), None
        try:
            env = inherited() if spec.env is None else spec.env
            child = spawn(spec, env, ways.for_child, self._signals)
            started = time.monotonic()
            ways.handed_over()
            # What follows is imported while the command starts.
            from .attempt import Attempt
            from .children import Children

            children = Children(child.pid)
            attempt = Attempt(
                spec, children, lambda: self._tree(children), ways, self._signals, started
            )
            next(meanwhile, None)
            attempt.run(meanwhile)
        except BaseException:
            if children is not None:  # a fault of ours leaves nothing running unwatched
                self._tree(children).kill()
            raise
        finally:
            ways.close()
        self._strangers = _strangers()
        refused = child.refusal(spec)
        if self._saved is not None and (attempt.ending[0] != 0 or attempt.cut):
            self._saved.restore()
        return attempt.outcome(refused, self._streams.lost(), began)

    def _tree(self, children: Children) -> Tree:
        from .tree import Tree

        return Tree(children, self._strangers, adopting=self._adopting)

    def _not_begun(self, spec: Spec, now: float) -> Outcome | None:
        """Return the outcome of a command that is not to be started, None if it is."""
        stop = self._deal_with_signals()
        problem = _unusable(spec)
        if stop is None and problem is None:
            return None
        from ..core.outcome import NOT_EXECUTABLE, Outcome

        if stop is not None:
            return Outcome(None, signal=stop, interrupted=stop, started_at=now)
        return Outcome(NOT_EXECUTABLE, spawn_error=problem, started_at=now)

    def wait(self, seconds: float, tick: Callable[[float], float] | None = None) -> int | None:
        """Wait, and return the number of the stop signal that ended it, None if none did.

        `tick` is called with the seconds left, at once and then whenever the time that it
        returned (in seconds) has passed. The clock goes on while we are stopped.
        """
        end = time.monotonic() + seconds
        while True:
            stop = self._deal_with_signals()
            left = end - time.monotonic()
            if stop is not None or left <= 0:
                return stop
            pause = min(left, _LONGEST)
            if tick is not None:
                pause = min(pause, max(0.001, tick(left)))
            self._poll(pause)

    def _poll(self, seconds: float | None, sink: Sink | None = None) -> None:
        """Wait for a signal, or until this sink takes more."""
        import select

        poller = select.poll()
        poller.register(self._signals.fd, select.POLLIN)
        if sink is not None:
            poller.register(sink.target, select.POLLOUT)
        poller.poll(None if seconds is None else int(seconds * 1000) + 1)

    def _deal_with_signals(self) -> int | None:
        """Deal with what arrived while nothing ran; return a stop signal if there was one."""
        for received in self._signals.read():
            if received.number in signals.STOP:
                return received.number
            if received.number == signals.SIGTSTP:
                self._signals.suspend()
            elif received.number == signals.SIGCHLD:
                from .children import collect_orphans

                collect_orphans()
        return None

    def release_stdout(self) -> None:
        """Let the held stdout through at its reader's pace; nothing to do if none is held.

        A stop signal while that lasts ends us at once, as it would end `cat`.
        """
        held, out = self._streams.held, self._out
        if held is None or out is None:
            return
        self._lost = held.sink.lost is not None
        held.release(out, self._wait_for)
        if out.lost:
            self.say(f"retryrun: warning: output was lost: stdout: {out.lost}\n")

    def _wait_for(self, sink: Sink) -> None:
        self._poll(None, sink)
        stop = self._deal_with_signals()
        if stop is not None:
            self.die(stop)

    def discard_stdout(self) -> None:
        """Forget what is held, as after a failed attempt."""
        if self._streams.held is not None:
            self._streams.held.discard()

    def say(self, text: str) -> None:
        """Write lines of our own to stderr, on a line of their own; silent where that fails."""
        if self._err is None:
            return
        if self._err.mid_line():
            text = "\n" + text
        self._err.put(text.encode("utf-8", "backslashreplace"))
        self._err.settle(_PATIENCE)

    @property
    def stdin_used_up(self) -> bool:
        """Whether earlier commands have read all of stdin, so that the next gets none."""
        return self._streams.stdin_used_up

    def columns(self) -> int | None:
        """Return the width of the terminal that stderr is, None if it is none."""
        if self._err is None or not self._err.terminal:
            return None
        try:
            return os.get_terminal_size(self._err.fd).columns or None
        except OSError:
            return None

    def show(self, text: str) -> None:
        """Put a passing line on the terminal in place of the one before; "" leaves none."""
        if self._err is None:
            return
        recent = self._err.recent
        self._err.put(b"\r\033[K" + text.encode("utf-8", "backslashreplace"))
        self._err.recent = recent  # nothing of it stays
        self._err.settle(_PATIENCE)

    def exit_status(self, status: int) -> int:
        """Return the status to end with: not 0 when output was lost, whatever the command said."""
        lost = self._lost or any(sink and sink.lost for sink in (self._out, self._err))
        return _OWN_ERROR if lost and status == 0 else status

    def die(self, signum: int) -> NoReturn:
        """End as if by this signal; where that is impossible (process 1) by status 128 + it."""
        self.close()
        signals.die(signum)


def _strangers() -> Strangers | None:
    """Return all that is below us now, to be left alone; None if there is nothing, as a rule."""
    try:
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError:
        return None
    from .tree import strangers_now

    return strangers_now()


def _unusable(spec: Spec) -> str | None:
    if any("\0" in word for word in spec.argv):
        return "an argument contains a NUL byte"
    env = spec.env or {}
    if any("\0" in key or "=" in key or not key or "\0" in value for key, value in env.items()):
        return "a variable of the environment has an impossible name, or a NUL byte in its value"
    return None


def _terminal() -> int | None:
    """Return a descriptor of the terminal that we are used from, None if there is none."""
    for fd in (0, 2, 1):
        if os.isatty(fd):
            return fd
    try:
        return descriptors.high(os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY))
    except OSError:
        return None


def _saved_modes() -> Saved | None:
    """Remember the terminal's modes, before a command changes them."""
    fd = _terminal()
    if fd is None:
        return None
    from .terminal import Saved

    return Saved(fd)
