"""Locks after a fork: the thread that held one at that moment is not in the child."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    import weakref as _weakref
    from typing import Protocol

    class Forked(Protocol):
        """Something that holds a lock."""

        def after_fork(self) -> None:
            """Make a new lock: this is a child process."""

else:
    import _weakref  # without the cost of `weakref`

_alive: set[_weakref.ref[Forked]] = set()


def watch(holder: Forked) -> None:
    """Have `holder.after_fork()` called in every child process, for as long as it lives."""
    _alive.add(_weakref.ref(holder, _alive.discard))


def _renew() -> None:
    for each in list(_alive):
        holder = each()
        if holder is not None:
            holder.after_fork()


os.register_at_fork(after_in_child=_renew)
