"""Signals to retryrun, received through a descriptor so that one poll loop sees everything."""

from __future__ import annotations

import os

from ..core.value import Value
from . import descriptors, system

TYPE_CHECKING = False
if TYPE_CHECKING:
    import signal as _signal
    from collections.abc import Iterable
    from typing import NoReturn

    from .spawn import Call
    from .wakeup import WakeUp
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
        self._source = self._receiver(descriptor)
        self.fd = self._source.fd

    def _receiver(self, descriptor: bool) -> Descriptor | WakeUp:
        fd = system.signal_descriptor(self._taken) if descriptor else None
        if fd is not None:
            return Descriptor(fd, self._taken)
        from .wakeup import WakeUp

        return WakeUp(self._taken, self._mask)

    def read(self) -> list[Received]:
        """Return what has arrived, without waiting."""
        return self._source.read()

    def mask_for_fork(self) -> None:
        """Block what is taken over until the child has its own settings."""
        _signal.pthread_sigmask(_signal.SIG_BLOCK, self._taken)

    def unmask_after_fork(self) -> None:
        """Go on receiving, in the parent."""
        self._source.after_fork()

    def for_child(self) -> list[Call]:
        """Return what a child is to call so that it has what the caller had set."""
        ignored = [(_signal.signal, (SIGCHLD, _signal.SIG_IGN))] if self._children_ignored else []
        mask = (_signal.pthread_sigmask, (_signal.SIG_SETMASK, self._mask))
        return [*self._source.for_child(), *PYTHON_ASIDE, *ignored, mask]

    def suspend(self) -> None:
        """Stop as Ctrl-Z stops any program; returns once continued."""
        if SIGTSTP not in self._taken:
            return
        _signal.signal(SIGTSTP, _signal.SIG_DFL)
        os.kill(os.getpid(), SIGTSTP)
        before = _signal.pthread_sigmask(_signal.SIG_UNBLOCK, (SIGTSTP,))  # here we stop
        _signal.pthread_sigmask(_signal.SIG_SETMASK, before)
        self._source.continued()

    def close(self) -> None:
        """Restore the caller's settings; what is still pending takes effect."""
        self._source.close()
        for number, handler in self._taken.items():
            _signal.signal(number, _signal.SIG_DFL if handler is None else handler)
        _signal.pthread_sigmask(_signal.SIG_SETMASK, self._mask)


class Descriptor:
    """signalfd: the signals stay blocked and are read, with their senders."""

    def __init__(self, fd: int, taken: Iterable[int]) -> None:
        self.fd = descriptors.high(fd)
        for number in taken:
            _signal.signal(number, _signal.SIG_DFL)

    def read(self) -> list[Received]:
        """Return what has arrived, without waiting."""
        return [
            Received(number, sender, by_kernel)
            for number, sender, by_kernel in system.read_signals(self.fd)
        ]

    def after_fork(self) -> None:
        """Do nothing: in the parent they stay blocked."""

    continued = after_fork

    def for_child(self) -> list[Call]:
        """Return nothing: there is nothing to undo."""
        return []

    def close(self) -> None:
        """Let go of the descriptor."""
        descriptors.close(self.fd)


# Undoes what Python ignores for itself: a command ends quietly when its reader leaves.
PYTHON_ASIDE: tuple[Call, ...] = (
    (_signal.signal, (SIGPIPE, _signal.SIG_DFL)),
    (_signal.signal, (SIGXFSZ, _signal.SIG_DFL)),
)


def die(number: int) -> NoReturn:
    """End as if by this signal, without a core dump; as process 1, which cannot, by 128+N."""
    import resource

    _, most = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, most))
    _signal.signal(number, _signal.SIG_DFL)
    _signal.pthread_sigmask(_signal.SIG_UNBLOCK, (number,))
    os.kill(os.getpid(), number)
    os._exit(128 + number)
