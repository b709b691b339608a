"""A row of the process table."""

from __future__ import annotations

from ..core.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    Key = tuple[int, int | str]  # number and start


class Process(Value):
    """A process at one moment. `started` tells it from a later one of the same number.

    `session` is 0 where the system does not tell; `dead` is one that only waits to be collected.
    """

    pid: int
    parent: int
    group: int
    session: int
    started: int | str
    dead: bool = False

    @property
    def key(self) -> Key:
        """What it is known by for as long as it lives."""
        return self.pid, self.started
