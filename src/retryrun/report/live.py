"""The countdown that people see on a terminal while retryrun waits."""

from __future__ import annotations

import math

from ..core.text import seconds, shorten

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

SHORTEST = 1.0  # seconds: of a shorter wait a countdown would only flicker


class Countdown:
    """Shows the seconds left, in one line that is written over and taken away at the end.

    `show` puts a passing line in place of the one before; "" leaves none. `columns` is the width
    of the terminal.
    """

    def __init__(self, show: Callable[[str], None], columns: int, what: str) -> None:
        self._show, self._columns, self._what = show, columns, what

    def __call__(self, left: float) -> float:
        """Show how many seconds are left; return after how many the line will be wrong."""
        whole = math.ceil(left)
        text = f"retryrun: {self._what} in {seconds(whole)} (Ctrl-C stops)"
        self._show(shorten(text, max(1, self._columns - 1)))
        return left - (whole - 1)

    def clear(self) -> None:
        """Take the line away."""
        self._show("")
