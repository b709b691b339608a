"""Signals to retryrun, received through a descriptor so that one poll loop sees everything."""

from __future__ import annotations

import os

from ..core.value import Value
from . import descriptors
from .seam import system

TYPE_CHECKING = False
if TYPE_CHECKING:
    import signal as _signal
    from collections.abc import Iterable
    from types import TracebackType
    from typing import NoReturn
else:
    import _signal  # `signal` would cost 3 ms for its enumerations

SIGINT, SIGQUIT = int(_signal.SIGINT), int(_signal.SIGQUIT)
SIGTERM, SIGHUP = int(_signal.SIGTERM), int(_signal.SIGHUP)
SIGUSR1, SIGUSR2 = int(_signal.SIGUSR1), int(_signal.SIGUSR2)
SIGTSTP, SIGCONT, SIGSTOP = int(_signal.SIGTSTP), int(_signal.SIGCONT), int(_signal.SIGSTOP)
SIGWINCH, SIGCHLD, SIGKILL = int(_signal.SIGWINCH), int(_signal.SIGCHLD), int(_signal.SIGKILL)
SIGPIPE, SIGXFSZ, SIGTTOU = int(_signal.SIGPIPE), int(_signal.SIGXFSZ), int(_signal.SIGTTOU)

STOP = (SIGINT, SIGQUIT, SIGTERM, SIGHUP)
FROM_KEYBOARD = (SIGINT, SIGQUIT, SIGTSTP)
_WANTED = (*STOP, SIGUSR1, SIGUSR2, SIGTSTP, SIGCONT, SIGWINCH, SIGCHLD)


class Received(Value):
    """A signal that arrived. `sender` is a process id, None if the system does not tell.

    `by_kernel` says that the terminal or the kernel sent it, to the whole group.
    """

    number: int
    sender: int | None = None
    by_kernel: bool = False


class Signals:
    """Takes signals over, and gives them back as the caller had set them.

    What the caller ignores (nohup, `&` in a script) or has blocked stays so. Python itself
    ignores SIGPIPE and SIGXFSZ before we can look, so the child gets those by default.
    """

    def __init__(self, *, descriptor: bool = True) -> None:
        self._mask = {int(n) for n in _signal.pthread_sigmask(_signal.SIG_BLOCK, ())}
        before = {n: _signal.getsignal(n) for n in _WANTED}
        self._children_ignored = before[SIGCHLD] is _signal.SIG_IGN or before[SIGCHLD] == 1
        self._taken = {
            n: handler
            for n, handler in before.items()
            # An ignored SIGCHLD makes the kernel throw the command's status away.
            if n == SIGCHLD or (handler != _signal.SIG_IGN and n not in self._mask)
        }
        _signal.pthread_sigmask(_signal.SIG_BLOCK, self._taken)
        fd = system.signal_descriptor(self._taken) if descriptor else None
        self._source: _Descriptor | _WakeUp = (
            _WakeUp(self._taken) if fd is None else _Descriptor(fd, self._taken)
        )
        if fd is None:
            _signal.pthread_sigmask(_signal.SIG_SETMASK, self._mask)
        self.fd = self._source.fd

    def read(self) -> list[Received]:
        """Return what has arrived, without waiting."""
        return self._source.read()

    def mask_for_fork(self) -> None:
        """Block what is taken over until the child has its own settings."""
        _signal.pthread_sigmask(_signal.SIG_BLOCK, self._taken)

    def unmask_after_fork(self) -> None:
        """Go on receiving, in the parent."""
        if isinstance(self._source, _WakeUp):
            _signal.pthread_sigmask(_signal.SIG_SETMASK, self._mask)

    def hand_to_child(self) -> None:
        """Between fork and exec: give the child what the caller had set."""
        if isinstance(self._source, _WakeUp):
            _signal.set_wakeup_fd(-1)
            for number in self._taken:
                _signal.signal(number, _signal.SIG_DFL)
        set_python_aside()
        if self._children_ignored:
            _signal.signal(SIGCHLD, _signal.SIG_IGN)
        _signal.pthread_sigmask(_signal.SIG_SETMASK, self._mask)

    def suspend(self) -> None:
        """Stop as Ctrl-Z stops any program; returns once continued."""
        if SIGTSTP not in self._taken:
            return
        _signal.signal(SIGTSTP, _signal.SIG_DFL)
        os.kill(os.getpid(), SIGTSTP)
        with _unblocked(SIGTSTP):
            pass
        if isinstance(self._source, _WakeUp):
            _signal.signal(SIGTSTP, _noted)

    def close(self) -> None:
        """Restore the caller's settings; what is still pending takes effect."""
        self._source.close()
        for number, handler in self._taken.items():
            _signal.signal(number, _signal.SIG_DFL if handler is None else handler)
        _signal.pthread_sigmask(_signal.SIG_SETMASK, self._mask)


class _Descriptor:
    """signalfd: the signals stay blocked and are read, with their senders."""

    def __init__(self, fd: int, taken: Iterable[int]) -> None:
        self.fd = descriptors.high(fd)
        for number in taken:
            _signal.signal(number, _signal.SIG_DFL)

    def read(self) -> list[Received]:
        return [
            Received(number, sender, by_kernel)
            for number, sender, by_kernel in system.read_signals(self.fd)
        ]

    def close(self) -> None:
        descriptors.close(self.fd)


class _WakeUp:
    """Where there is no signalfd: handlers that do nothing, and Python's wake-up pipe."""

    def __init__(self, taken: Iterable[int]) -> None:
        self.fd, self._write = descriptors.pipe()
        for fd in (self.fd, self._write):
            os.set_blocking(fd, False)
        self._before = _signal.set_wakeup_fd(self._write, warn_on_full_buffer=False)
        for number in taken:
            _signal.signal(number, _noted)

    def read(self) -> list[Received]:
        try:
            numbers = os.read(self.fd, 4096)
        except BlockingIOError:
            return []
        # The sender is not told. While we are the terminal's foreground group, what a keyboard
        # can send most likely came from it, and so to the command as well.
        return [Received(n, None, n in FROM_KEYBOARD and _have_terminal()) for n in numbers]

    def close(self) -> None:
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


class blocked:  # noqa: N801  used like a function: `with blocked(SIGTTOU):`
    """Hold a signal back for the length of a `with` block."""

    def __init__(self, number: int) -> None:
        self._number, self._how = number, _signal.SIG_BLOCK

    def __enter__(self) -> None:
        self._before = _signal.pthread_sigmask(self._how, (self._number,))

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        _signal.pthread_sigmask(_signal.SIG_SETMASK, self._before)


class _unblocked(blocked):  # noqa: N801  as above
    """Let a signal through for the length of a `with` block."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self._how = _signal.SIG_UNBLOCK


def set_python_aside() -> None:
    """Undo what Python ignores for itself: a command ends quietly when its reader leaves."""
    for number in (SIGPIPE, SIGXFSZ):
        _signal.signal(number, _signal.SIG_DFL)


def die(number: int) -> NoReturn:
    """End as if by this signal, without a core dump; as process 1, which cannot, by 128+N."""
    import resource

    _, most = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, most))
    _signal.signal(number, _signal.SIG_DFL)
    _signal.pthread_sigmask(_signal.SIG_UNBLOCK, (number,))
    os.kill(os.getpid(), number)
    os._exit(128 + number)
