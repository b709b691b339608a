"""Where there is no signalfd: handlers that do nothing, and Python's wake-up pipe."""

from __future__ import annotations

import os

from . import descriptors
from .signals import FROM_KEYBOARD, SIGTSTP, Received

TYPE_CHECKING = False
if TYPE_CHECKING:
    import signal as _signal
    from collections.abc import Iterable

    from .spawn import Call
else:
    import _signal


class WakeUp:
    """The signals are handled by nothing, and their numbers are read from a pipe.

    They stay unblocked but for the moment of a fork; senders are not told.
    """

    def __init__(self, taken: Iterable[int], mask: Iterable[int]) -> None:
        self._taken, self._mask = tuple(taken), tuple(mask)
        self.fd, self._write = descriptors.pipe()
        for fd in (self.fd, self._write):
            os.set_blocking(fd, False)
        self._before = _signal.set_wakeup_fd(self._write, warn_on_full_buffer=False)
        for number in self._taken:
            _signal.signal(number, _noted)
        self.after_fork()

    def read(self) -> list[Received]:
        """Return what has arrived, without waiting."""
        try:
            numbers = os.read(self.fd, 4096)
        except BlockingIOError:
            return []
        # While we are the terminal's foreground group, what a keyboard can send most likely came
        # from it, and so to the command as well.
        return [Received(n, None, n in FROM_KEYBOARD and _have_terminal()) for n in numbers]

    def after_fork(self) -> None:
        """Go on receiving, in the parent."""
        _signal.pthread_sigmask(_signal.SIG_SETMASK, self._mask)

    def for_child(self) -> list[Call]:
        """Return what a child is to call: nothing of ours may handle a signal there."""
        defaults = ((_signal.signal, (number, _signal.SIG_DFL)) for number in self._taken)
        return [(_signal.set_wakeup_fd, (-1,)), *defaults]

    def continued(self) -> None:
        """Handle Ctrl-Z again, after we have been stopped by it."""
        _signal.signal(SIGTSTP, _noted)

    def close(self) -> None:
        """Let go of the pipe."""
        _signal.set_wakeup_fd(self._before)
        descriptors.close(self.fd, self._write)


def _noted(_number: int, _frame: object) -> None:
    """Do nothing: the number is in the wake-up pipe."""


def _have_terminal() -> bool:
    try:
        fd = os.open("/dev/tty", os.O_RDONLY | os.O_NOCTTY)
    except OSError:
        return False
    try:
        return os.tcgetpgrp(fd) == os.getpgrp()
    except OSError:
        return False
    finally:
        os.close(fd)
