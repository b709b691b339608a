"""How a run is brought to its end when it does not come by itself."""

from __future__ import annotations

from . import signals

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from .children import Children
    from .table import Process
    from .tree import Tree

# After Ctrl-C everyone in the foreground has been told already. Who is cleaning up is left to it
# for this long (seconds) before SIGTERM follows.
MANNERS = 1.0
_FIRST_LOOK, _LATEST_LOOK = 0.005, 0.25


class Ending:
    """Asks with a signal, waits `grace` seconds, then kills; `over` when nobody is left.

    `number` is None when everyone has been told already by the terminal.
    """

    def __init__(
        self, tree: Tree, children: Children, now: float, grace: float, number: int | None
    ) -> None:
        self._tree, self._children = tree, children
        self._kill_at = now + grace
        self._ask_at = now if number is not None else now + min(MANNERS, grace)
        self._number = number
        self._look_at = now
        self._step = _FIRST_LOOK
        self.over = False
        self.survivors: Sequence[Process] = ()
        if number is not None:
            tree.tell(number)

    def hurry(self, now: float) -> None:
        """Kill without further waiting."""
        self._kill_at = now

    def due(self, _now: float) -> float:
        """Return when to call `advance` again."""
        return min(self._kill_at, self._look_at) if self._children.ended else self._kill_at

    def advance(self, now: float) -> None:
        """Go one step further, if it is time."""
        if self.over:
            return
        if now >= self._kill_at:
            self.survivors = self._tree.kill()
            self.over = True
        elif self._children.ended and now >= self._look_at:
            self._look(now)

    def _look(self, now: float) -> None:
        """See who is left after the command itself has ended, and ask those not asked yet."""
        if self._tree.empty():
            self.over = True
            self.survivors = list(self._tree.untouchable.values())
            return
        if now >= self._ask_at:
            self._tree.tell(self._number or signals.SIGTERM)
        self._step = min(self._step * 2, _LATEST_LOOK)
        self._look_at = now + self._step
