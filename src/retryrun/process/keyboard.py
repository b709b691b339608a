"""What is typed, passed on to the few programs that read it from the stand-in.

Keys reach a command through its stdin or /dev/tty, which are the real terminal. But a pager whose
stdin is a pipe looks for the terminal behind its stderr and reads there (less, vim -, more), and
behind stderr it finds our stand-in. Such a program is recognised when it turns line editing off.
"""

from __future__ import annotations

import os
import select
import time

from . import descriptors, system
from .terminal import in_foreground

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from .table import Process
    from .terminal import Terminal
    from .tree import Tree

_AGAIN = 0.25  # seconds before it is looked for a second time
_SIZE = 4096
_TERMINALS = ("/dev/pts/", "/dev/tty", "/dev/console")


class Keyboard:
    """Passes keys on while somebody reads them from the stand-in."""

    def __init__(self, terminal: Terminal, tree: Tree) -> None:
        self._terminal, self._tree = terminal, tree
        self._fd: int | None = None
        self._look_at = 0.0

    def register(self, poller: select.poll) -> None:
        """Say what is to be waited for; in the background reading would stop us."""
        self._decide()
        if self._fd is not None and in_foreground(self._fd):
            poller.register(self._fd, select.POLLIN)

    def turn(self, ready: dict[int, int]) -> None:
        """Pass on what has been typed."""
        if self._fd is None or self._fd not in ready:
            return
        try:
            data = os.read(self._fd, _SIZE)
            if data:
                os.write(self._terminal.master, data)
                return
        except BlockingIOError:
            return
        except OSError:  # hung up
            pass
        self.close()

    def _decide(self) -> None:
        if not self._terminal.takes_keys:
            self.close()
            self._look_at = 0.0
        elif self._fd is None and time.monotonic() >= self._look_at:
            self._look_at = time.monotonic() + _AGAIN
            if reads_keys(self._tree.members(), self._terminal.name):
                self._fd = self._terminal.open_real()

    def close(self) -> None:
        """Leave the keys to those who read the real terminal."""
        descriptors.close(self._fd)
        self._fd = None


def reads_keys(members: Iterable[Process], stand_in: str) -> bool:
    """Whether one of these processes reads what is typed from the stand-in of this name.

    It does if that is its stdin, or if it has opened it by its name to read. It probably does if
    its stdin is no terminal, provided that all whose stdin is one only wait for their children.
    """
    blind, seeing = False, []
    for each in members:
        opened = system.descriptors_of(each.pid)
        if opened.get(0) == stand_in:
            return True
        if stand_in not in opened.values():
            continue
        if any(
            fd > 2 and system.only_reads(each.pid, fd) for fd in opened if opened[fd] == stand_in
        ):
            return True
        if opened.get(0, "").startswith(_TERMINALS):
            seeing.append(each)
        else:
            blind = True
    return blind and all(system.waits_for_child(each.pid) for each in seeing)
