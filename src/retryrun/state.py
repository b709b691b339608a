"""What is remembered across runs, and what happens when it cannot be.

The place of state may be missing, full, locked, damaged or far away. None of that is worth a
command: it is left alone for the rest of the invocation, after one warning where somebody counts
on it, and what must be remembered is remembered by this process alone.
"""

from __future__ import annotations

from .store.place import OFF, SQLITE, place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from .store.cells import Kind, Store

MERGE_AT = 1 << 18  # bytes of waiting lines: some 1,300 records, 35 ms of merging
KEEP_DAYS, KEEP_MEGABYTES = 90, 64


class State:
    """The state of one user or fleet, opened at the first need.

    `env` says where it is; history is kept for `days` and up to `megabytes`. `warn` is told of a
    place that cannot be used, where a circuit breaker is in force or the place was named.
    """

    def __init__(
        self,
        env: Mapping[str, str],
        warn: Callable[[str], object],
        *,
        days: int | None = None,
        megabytes: int | None = None,
    ) -> None:
        self._env, self._warn = env, warn
        self._days, self._megabytes = days or KEEP_DAYS, megabytes or KEEP_MEGABYTES
        self._place = place(env)
        self._store: Store | None = None
        self._given_up = False

    def change(self, kind: Kind, name: str, change: Callable[[Any, float], tuple[Any, Any]]) -> Any:
        """Apply a pure change in one exclusive step and return its answer; raises nothing."""
        from .store.cells import StoreError

        if not self._given_up:
            try:
                return self._opened().change(kind, name, change)
            except StoreError as error:
                from .store.memory import MemoryStore

                self._give_up(f"circuits and retry budgets hold for this run only: {error}")
                self.close()
                self._store = MemoryStore()
        return self._opened().change(kind, name, change)

    @property
    def remembers(self) -> bool:
        """Whether there is a history to write to."""
        return not self._given_up and self._place.kind != OFF

    def remember(self, line: str) -> None:
        """Keep a line of history; raises nothing."""
        if not self.remembers:
            return
        if self._place.kind == SQLITE:
            from .store import pending

            try:
                size = pending.keep(self._place.where, line, named=self._place.named)
            except OSError as error:
                self._unrecorded(
                    f"{error.filename or self._place.where}: {error.strerror or error}"
                )
                return
            if size <= MERGE_AT:
                return
        from .store.cells import StoreError

        try:
            store = self._opened()
            if self._place.kind == SQLITE:
                store.archive(days=self._days, megabytes=self._megabytes)
            else:
                store.remember(line, days=self._days, megabytes=self._megabytes)
        except StoreError as error:
            self._unrecorded(str(error))

    def close(self) -> None:
        """Let go of the store."""
        if self._store is not None:
            self._store.close()

    def _opened(self) -> Store:
        if self._store is None:
            from .store.place import open_store

            self._store = open_store(self._env, self._warn)
        if self._store is None:
            from .store.memory import MemoryStore

            self._store = MemoryStore()
        return self._store

    def _unrecorded(self, why: str) -> None:
        if self._place.named:
            self._give_up(f"this run is not in the history: {why}")
        self._given_up = True

    def _give_up(self, text: str) -> None:
        self._given_up = True
        self._warn(text)
