"""All that comes of a command: finding it, telling it, ending it. Not needed for most runs."""

from __future__ import annotations

import os
import time

from ..core.value import Value
from . import signals, system

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from .children import Children
    from .table import Key, Process

PATIENCE = 5.0  # seconds for killed processes to go: one in a system call to a dead disk may not
_PAUSE = 0.002


class Strangers(Value):
    """Processes that are below us, yet none of the command's: they are never touched.

    Those are children that we were born with, and what earlier commands left on purpose.
    `groups` and `sessions` are theirs and not ours: their later orphans are known by them.
    """

    keys: frozenset[Key] = frozenset()
    groups: frozenset[int] = frozenset()
    sessions: frozenset[int] = frozenset()

    def include(self, process: Process) -> bool:
        """Whether this process is one."""
        return (
            process.key in self.keys
            or process.group in self.groups
            or process.session in self.sessions
        )


def strangers_now() -> Strangers:
    """Return all that is below us now, to be left alone from here on."""
    below = _below(os.getpid(), system.processes())
    return Strangers(
        frozenset(each.key for each in below),
        frozenset(each.group for each in below) - {os.getpgrp()},
        frozenset(each.session for each in below) - {os.getsid(0), 0},
    )


def _below(root: int, table: Iterable[Process], also: Iterable[Process] = ()) -> list[Process]:
    """Return the descendants of a process, and `also` with theirs."""
    children: dict[int, list[Process]] = {}
    for each in table:
        children.setdefault(each.parent, []).append(each)
    todo, found = [*children.get(root, ()), *also], {}
    while todo:
        each = todo.pop()
        if each.pid not in found and each.pid != root:
            found[each.pid] = each
            todo.extend(children.get(each.pid, ()))
    return list(found.values())


class Tree:
    """The processes of one run of a command."""

    def __init__(self, children: Children, strangers: Strangers | None, *, adopting: bool) -> None:
        self._children, self._strangers = children, strangers or Strangers()
        self._adopting = adopting
        self._me = os.getpid()
        # Where orphans do not come to us, who was seen once stays known.
        self._known: set[Key] = set()
        self._told: set[Key] = set()
        self._told_command = False
        self.untouchable: dict[Key, Process] = {}

    def members(self) -> list[Process]:
        """Return who is alive."""
        table = [each for each in system.processes() if not self._strangers.include(each)]
        known = [each for each in table if each.key in self._known]
        found = _below(self._me, table, known)
        self._known = {each.key for each in found}
        return [each for each in found if self._counts(each)]

    def empty(self) -> bool:
        """Whether nobody is left.

        A look at the process table can miss one that forks at that moment. Where orphans come to
        us, there is somebody as long as we have a child.
        """
        if self._children.collect():
            return True
        if self._adopting and not self._strangers.keys and not self.untouchable:
            return False
        return self._children.ended and not self.members() and not self._orphans()

    def _orphans(self) -> list[Process]:
        """Return our own children: quicker than `members`, before they fork again."""
        found = [system.process(pid) for pid in system.children()]
        return [each for each in found if each is not None and self._counts(each)]

    def _counts(self, process: Process) -> bool:
        return not (
            process.dead or process.key in self.untouchable or self._strangers.include(process)
        )

    def holds(self, pid: int | None) -> bool:
        """Whether a process (the sender of a signal) belongs to it."""
        for _ in range(64):
            if pid is None or pid <= 1 or pid == self._me:
                return False
            if pid == self._children.command:
                return True
            process = system.process(pid)
            if process is not None and self._strangers.include(process):
                return False
            pid = process.parent if process else None
            if pid == self._me:
                return True
        return False

    def tell_command(self, number: int) -> None:
        """Send a signal to the command alone."""
        if not self._children.ended:
            # Not collected yet, so the number cannot have become another's.
            try:
                os.kill(self._children.command, number)
            except (ProcessLookupError, PermissionError):
                return

    def tell(self, number: int) -> None:
        """Send a signal to each member that has not been told yet, and wake those stopped."""
        if not self._told_command:
            self._told_command = True
            self.tell_command(number)
            self.tell_command(signals.SIGCONT)
        for each in self.members():
            if each.key not in self._told and each.pid != self._children.command:
                self._told.add(each.key)
                self._send(each, number)
                self._send(each, signals.SIGCONT)

    def redraw(self) -> None:
        """Tell everyone that the size of the terminal is another."""
        for each in self.members():
            self._send(each, signals.SIGWINCH)

    def kill(self) -> list[Process]:
        """End it: freeze until nobody new turns up, then kill, until nobody is left.

        Nothing that is frozen can fork or have its number given to another. Returns those that
        could not be ended.
        """
        patience = time.monotonic() + PATIENCE
        while True:
            self._freeze()
            self.tell_command(signals.SIGKILL)
            for each in self.members():
                self._send(each, signals.SIGKILL)
            time.sleep(_PAUSE)
            if self.empty() or (self.untouchable and not self.members() and not self._orphans()):
                return list(self.untouchable.values())
            if time.monotonic() > patience:
                return [*self.members(), *self.untouchable.values()]

    def _freeze(self) -> None:
        frozen: set[Key] = set()
        while True:
            fresh = [each for each in self._orphans() if each.key not in frozen]
            fresh = fresh or [each for each in self.members() if each.key not in frozen]
            if not fresh:
                return
            for each in fresh:
                frozen.add(each.key)
                self._send(each, signals.SIGSTOP)

    def _send(self, process: Process, number: int) -> None:
        try:
            system.send(process, number)
        except ProcessLookupError:
            return
        except PermissionError:  # a set-uid program: it may even take no notice of us
            self.untouchable[process.key] = process
