"""What stores keep under a name: a kind of record, and what is worth writing down of a change."""

from __future__ import annotations

from ..core.breaker import BreakerState, transition
from ..core.budget import BudgetState
from ..core.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any, Protocol

    from .archive import Archive

    Change = Callable[[Any, float], tuple[Any, Any]]


class StoreError(Exception):
    """State could not be read or written; the message says why and names no secret."""


class Kind(Value):
    """A kind of record: `name` is its table or key, `record` its class (flat, of scalars).

    `moved` returns the phases that a change of it went between, or None.
    """

    name: str
    record: type[Value]
    moved: Callable[[Any, Any], tuple[str, str] | None]


class Event(Value):
    """A circuit changed its phase at a time in seconds of the wall clock."""

    at: float
    name: str
    came: str
    went: str


BREAKERS = Kind("breakers", BreakerState, transition)
BUDGETS = Kind("budgets", BudgetState, lambda _before, _after: None)
KINDS = (BREAKERS, BUDGETS)


def restored(kind: Kind, data: Mapping[str, Any]) -> Any:
    """Make a record of stored fields. One of another version's may have more, or fewer."""
    return kind.record(**{name: data[name] for name in kind.record._fields if name in data})


if TYPE_CHECKING:

    class Store(Protocol):
        """Where state lives. Every method raises StoreError when it cannot do its work."""

        def change(self, kind: Kind, name: str, change: Change) -> Any:
            """Apply a pure change in one exclusive step and return its answer.

            `change` is called with the record and the store's time in seconds, perhaps more than
            once, and returns the new record and an answer.
            """

        def all(self, kind: Kind) -> tuple[dict[str, Any], float]:
            """Return every record of a kind by its name, and the store's time."""

        def remember(self, line: str, *, days: int, megabytes: int) -> None:
            """Keep one line of JSON in the history for so long, up to so much."""

        def archive(self, *, days: int | None = None, megabytes: int | None = None) -> Archive:
            """Return the history, pruned."""

        def close(self) -> None:
            """Let go of what is open."""
