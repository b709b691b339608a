"""How long to wait before the next attempt.

The exponential back-off and the jitter modes `full`, `equal` and `decorrelated` are those of Marc
Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    Draw = Callable[[], float]  # a random number in [0, 1)
    Mode = Callable[[float, float, float, float, Draw], float]


def exponential(attempt: int, base: float, cap: float, factor: float) -> float:
    """Return min(base * factor**attempt, cap) in seconds; `attempt` counts from 0.

    Never overflows, however large `attempt` is. Raises ValueError for a negative attempt.
    """
    if attempt < 0:
        raise ValueError(f"attempt counts from 0, not {attempt}")
    if base <= 0.0:
        return 0.0
    try:
        return min(base * float(factor) ** attempt, cap)
    except OverflowError:
        return cap


def _none(d: float, _base: float, _cap: float, _previous: float, _draw: Draw) -> float:
    return d


def _proportional(d: float, _base: float, cap: float, _previous: float, draw: Draw) -> float:
    return _between(0.5 * d, min(1.5 * d, cap), draw)


def _full(d: float, _base: float, _cap: float, _previous: float, draw: Draw) -> float:
    return _between(0.0, d, draw)


def _equal(d: float, _base: float, _cap: float, _previous: float, draw: Draw) -> float:
    return _between(0.5 * d, d, draw)


def _decorrelated(_d: float, base: float, cap: float, previous: float, draw: Draw) -> float:
    # The first wait has no predecessor: it is drawn as if the one before had been `base`.
    low = min(base, cap)
    return _between(low, max(low, min(cap, 3.0 * max(previous, low))), draw)


def _between(low: float, high: float, draw: Draw) -> float:
    return low + (high - low) * draw()


MODES: dict[str, Mode] = {
    "proportional": _proportional,
    "full": _full,
    "equal": _equal,
    "decorrelated": _decorrelated,
    "none": _none,
}


def delay(  # noqa: PLR0913  the six numbers of the formula
    attempt: int,
    *,
    base: float,
    cap: float,
    factor: float,
    mode: str,
    draw: Draw,
    previous: float = 0.0,
) -> float:
    """Return the wait in seconds after attempt number `attempt` (from 0), never above `cap`.

    `mode` is a key of MODES; `previous` is the wait before this one (only `decorrelated` asks).
    """
    planned = exponential(attempt, base, cap, factor)
    return min(MODES[mode](planned, base, cap, previous, draw), cap)
