"""State for one process: what is left when nothing outside of it can be used."""

from __future__ import annotations

import _thread
import time

from .cells import Event

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from .archive import Archive
    from .cells import Change, Kind


class MemoryStore:
    """Records in dictionaries, under a lock."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._lock = _thread.allocate_lock()
        self._cells: dict[tuple[str, str], Any] = {}
        self._events: list[Event] = []
        self._lines: list[str] = []

    def change(self, kind: Kind, name: str, change: Change) -> Any:
        """Apply a pure change in one exclusive step and return its answer."""
        with self._lock:
            now = self._clock()
            before = self._cells.get((kind.name, name)) or kind.record()
            after, answer = change(before, now)
            moved = kind.moved(before, after)
            if moved:
                self._events.append(Event(now, name, *moved))
            self._cells[kind.name, name] = after
        return answer

    def all(self, kind: Kind) -> tuple[dict[str, Any], float]:
        """Return every record of a kind by its name, and the time."""
        with self._lock:
            found = {name: cell for (of, name), cell in self._cells.items() if of == kind.name}
        return found, self._clock()

    def remember(self, line: str, *, days: int, megabytes: int) -> None:  # noqa: ARG002  it lasts as long as the process
        """Keep one line of history."""
        self._lines.append(line)

    def archive(self, *, days: int | None = None, megabytes: int | None = None) -> Archive:
        """Return the history, pruned."""
        from .archive import Archive

        archive = Archive.in_memory(self._lines, self._events)
        archive.prune(self._clock(), days=days, megabytes=megabytes)
        return archive

    def close(self) -> None:
        """Nothing is open."""
