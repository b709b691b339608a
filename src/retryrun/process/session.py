"""All that one job's commands share: signals, streams, stdin, what is held back."""

from __future__ import annotations

import os
import select
import sys
import time

from ..core.outcome import Outcome
from ..core.text import visible
from . import descriptors, signals
from .attempt import Attempt
from .channel import Channel
from .sink import Sink
from .spawn import inherited, refusal, spawn
from .stdin import Input
from .tree import Children, Tree, strangers_now

TYPE_CHECKING = False
if TYPE_CHECKING:
    import signal as _signal
    from collections.abc import Callable
    from typing import NoReturn, Self

    from .spawn import Child
    from .spec import Spec
    from .stdin import Feeder
    from .terminal import Saved, Terminal
else:
    import _signal

if sys.platform == "linux":
    from . import linux as system
else:
    from . import darwin as system

_PATIENCE = 2.0  # seconds for the reader of stderr to take a line of ours
_OWN_ERROR = 125
_BLOCK = 1 << 16


class Session:
    """Runs commands one after the other, with the terminal and the signals as if it were not there.

    `stdin` is inherit, replay or none; `stdout` is stream, or hold: then nothing of a command's
    stdout is let through before `release_stdout`. Signals are taken over until `close`; `say`,
    `die` and `exit_status` work after that too. Raises SystemProblem where the system refuses
    what is needed.
    """

    def __init__(self, *, stdin: str = "inherit", stdout: str = "stream") -> None:
        self._filled = descriptors.fill_standard()
        self._out = None if 1 in self._filled else Sink(1)
        self._err = None if 2 in self._filled else Sink(2)
        if self._out and self._err and self._out.identity == self._err.identity:
            self._err.close()
            self._err = self._out if not self._out.null else self._err
        self._held: Sink | None = None
        if stdout == "hold" and self._out is not None:
            from .spool import temporary

            self._held = Sink(temporary())
        self._input = Input(stdin, closed=0 in self._filled)
        self._strangers = strangers_now()
        self._saved = _saved_modes()
        self._lost = False
        self._open = True
        system.adopt_orphans()
        self._signals = signals.Signals()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give signals back and let go of what was kept; may be called twice."""
        if not self._open:
            return
        self._open = False
        self._input.close()
        for sink in (self._out, self._err):
            if sink is not None:
                sink.close()
        self.discard_stdout()
        if self._held is not None:
            descriptors.close(self._held.fd)
            self._held = None
        system.adopt_orphans(adopt=False)
        self._signals.close()

    # -- running

    def run(self, spec: Spec) -> Outcome:
        """Run a command to its end and return how that was.

        After a time limit or a stop nothing of it is left; after an ordinary end what it left on
        purpose lives on. Raises SystemProblem when no process can be started or `cwd` cannot be
        entered.
        """
        began = time.time()
        stop = self._pending_stop()
        if stop is not None:
            return Outcome(None, signal=stop, interrupted=stop, started_at=began)
        problem = _unusable(spec)
        if problem:
            return Outcome(126, spawn_error=problem, started_at=began)
        out, err = self._channels()
        channels = [out] if out is err else [out, err]
        present = [channel for channel in channels if channel is not None]
        try:
            child, feeder = self._spawn(spec, out, err)
        except BaseException:
            for channel in present:
                channel.release_child_end()
                channel.close()
            raise
        children = Children(child.pid)
        tree = Tree(children, self._strangers)
        attempt = Attempt(spec, children, tree, present, feeder, self._signals)
        try:
            attempt.run()
        finally:
            for channel in present:
                channel.close()
        self._strangers = strangers_now()
        return self._outcome(spec, child, attempt, children, out, err, began)

    def _channels(self) -> tuple[Channel | None, Channel | None]:
        """Return the ways of stdout and stderr: one for both where they are the same file."""
        destination = self._held or self._out
        out = None if destination is None else Channel(destination, _stand_in(self._out))
        if self._err is None:
            return out, None
        if out is not None and self._err is destination:
            return out, out
        return out, Channel(self._err, _stand_in(self._err))

    def _spawn(
        self, spec: Spec, out: Channel | None, err: Channel | None
    ) -> tuple[Child, Feeder | None]:
        stdin, feeder = self._input.open()
        streams = {
            number: fd
            for number, fd in ((0, stdin), (1, out and out.child_end), (2, err and err.child_end))
            if fd is not None
        }
        env = inherited() if spec.env is None else spec.env
        try:
            child = spawn(spec.argv, env, spec.cwd, streams, self._signals)
        except BaseException:
            if feeder is not None:
                feeder.close()
            raise
        finally:
            descriptors.close(stdin)
        for channel in (out, err):
            if channel is not None and channel.terminal is None:
                channel.release_child_end()
        return child, feeder

    def _outcome(  # noqa: PLR0913  an outcome has this many sources
        self,
        spec: Spec,
        child: Child,
        attempt: Attempt,
        children: Children,
        out: Channel | None,
        err: Channel | None,
        began: float,
    ) -> Outcome:
        status = children.status or 0
        number = os.WTERMSIG(status) if os.WIFSIGNALED(status) else None
        code = os.WEXITSTATUS(status) if number is None else None
        refused = refusal(child, spec.argv, spec.cwd)
        if self._saved is not None and (code != 0 or attempt.cut):
            self._saved.restore()
        return Outcome(
            code if refused is None else refused.status,
            signal=number,
            cut=attempt.cut,
            interrupted=_which(attempt.stops, number),
            spawn_error=refused and refused.reason,
            stdout=out.tail.last() if out else b"",
            stderr=err.tail.last() if err and err is not out else b"",
            merged=out is not None and out is err,
            started_at=began,
            duration=time.monotonic() - attempt.start,
            warnings=self._warnings(attempt),
        )

    def _warnings(self, attempt: Attempt) -> tuple[str, ...]:
        found = [f"process {pid} could not be ended and lives on" for pid in attempt.survivors]
        for name, sink in (("stdout", self._out), ("stderr", self._err), ("stdout", self._held)):
            if sink is not None and sink.lost:
                self._lost = True
                found.append(f"output was lost: {name}: {sink.lost}")
        return tuple(dict.fromkeys(found))

    def _pending_stop(self) -> int | None:
        """Deal with what arrived while nothing ran; return a stop signal if there was one."""
        for received in self._signals.read():
            if received.number in signals.STOP:
                return received.number
            if received.number == signals.SIGTSTP:
                self._signals.suspend()
            elif received.number == signals.SIGCHLD:
                _collect()
        return None

    # -- waiting

    def wait(self, seconds: float, tick: Callable[[float], float] | None = None) -> int | None:
        """Wait, and return the number of the stop signal that ended it, None if none did.

        `tick` is called with the seconds left, at once and then whenever the time that it
        returned (in seconds) has passed. The clock goes on while the machine or we are stopped.
        """
        end = time.monotonic() + seconds
        poller = select.poll()
        poller.register(self._signals.fd, select.POLLIN)
        while True:
            stop = self._pending_stop()
            left = end - time.monotonic()
            if stop is not None or left <= 0:
                return stop
            pause = min(left, 3600.0)
            if tick is not None:
                pause = min(pause, max(0.001, tick(left)))
            poller.poll(int(pause * 1000) + 1)

    # -- stdout that is held back

    def release_stdout(self) -> None:
        """Let the held stdout through, whatever its reader's pace. Nothing to do if none is held.

        A stop signal while that lasts ends us at once.
        """
        if self._held is None or self._out is None or self._held.lost:
            return
        position, size = 0, os.fstat(self._held.fd).st_size
        while position < size and not (self._out.gone or self._out.lost):
            data = os.pread(self._held.fd, _BLOCK, position)
            position += len(data)
            self._out.put(data)
            self._push(self._out)
        if self._out.lost:
            self._lost = True
            self.say(f"retryrun: warning: output was lost: stdout: {self._out.lost}\n")
        self.discard_stdout()

    def _push(self, sink: Sink) -> None:
        while sink.pending is not None:
            poller = select.poll()
            poller.register(self._signals.fd, select.POLLIN)
            poller.register(sink.target, select.POLLOUT)
            poller.poll()
            stop = self._pending_stop()
            if stop is not None:
                self.die(stop)
            sink.flush()

    def discard_stdout(self) -> None:
        """Forget what is held, as after a failed attempt."""
        if self._held is not None:
            os.ftruncate(self._held.fd, 0)
            os.lseek(self._held.fd, 0, os.SEEK_SET)
            self._held.lost = None

    # -- speaking and ending

    def say(self, text: str) -> None:
        """Write lines of our own to stderr, on a line of their own; silent where that fails."""
        if self._err is None:
            return
        if self._err.mid_line():
            text = "\n" + text
        self._err.put(text.encode("utf-8", "backslashreplace"))
        self._err.settle(_PATIENCE)

    def exit_status(self, status: int) -> int:
        """Return the status to end with: not 0 when output was lost, whatever the command said."""
        return _OWN_ERROR if self._lost and status == 0 else status

    def die(self, signum: int) -> NoReturn:
        """End as if by this signal; where that is impossible (process 1) by status 128 + it."""
        self.close()
        signals.die(signum)


def _collect() -> None:
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        return


def _which(stops: list[int], died_of: int | None) -> int | None:
    """Return the stop signal that counts: the one the command died of, else the first."""
    return died_of if died_of in stops else (stops[0] if stops else None)


def _unusable(spec: Spec) -> str | None:
    if any("\0" in word for word in spec.argv):
        return "an argument contains a NUL byte"
    env = spec.env or {}
    if any("\0" in key or "=" in key or not key or "\0" in value for key, value in env.items()):
        return "a variable of the environment has an impossible name, or a NUL byte in its value"
    return None


def _stand_in(sink: Sink | None) -> Terminal | None:
    """Return a terminal for the command where ours is one, None where there is none to be had."""
    if sink is None or not sink.terminal:
        return None
    from .terminal import Terminal

    try:
        return Terminal(sink.fd)
    except OSError:
        return None


def _saved_modes() -> Saved | None:
    """Remember the modes of the terminal that we are used from, if there is one."""
    for fd in (0, 2, 1):
        if os.isatty(fd):
            from .terminal import Saved

            return Saved(fd)
    return None
