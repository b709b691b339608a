"""Runs over time as bars, drawn as SVG without a script."""

from __future__ import annotations

import math

from . import pieces
from .style import ENDS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

BARS = 120  # of more rows, weeks are added up
TOP, BASE = 12, 182  # of the plot, in pixels
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def timeline(stats: Mapping[str, Any]) -> str:
    """Return the section of runs over time."""
    rows = stats["timeline"]
    if not rows:
        return ""
    unit = "hour" if ":" in str(rows[0]["start"]) else "day"
    size = _rows_of_a_bar(len(rows))
    legend = pieces.legend(("first", "first try"), ("again", "recovered"), ("bad", "failed"))
    begin, end = pieces.moment(rows[0]["start"]), pieces.moment(rows[-1]["start"])
    said = (
        f"{pieces.plural(len(rows), unit)} ({begin if len(rows) == 1 else f'{begin} to {end}'}), "
        f"at most {pieces.plural(max(row['runs'] for row in rows), 'run')} in one. "
        + (f"Each bar stands for {size} {unit}s. " if size > 1 else "")
        + _unseen(stats)
    )
    table = pieces.table(
        f"Runs by {unit}",
        (unit.title(), "Runs", "First try", "Recovered", "Failed"),
        ([pieces.plain(row["start"]), *map(pieces.number, _parts(row))] for row in rows),
        "plain",
    )
    return pieces.section(
        "over-time",
        "Runs over time",
        f'{legend}{_chart(_merged(rows, size, unit), unit)}<p class="soft" id="over-time-said">'
        f"{said}</p><details><summary>The numbers of the chart</summary>"
        f'<div class="scroll" role="region" tabindex="0" aria-label="Runs by {unit}">{table}</div>'
        "</details>",
        "wide long",
    )


def _parts(row: Mapping[str, Any]) -> tuple[int, int, int, int]:
    runs, again, bad = row["runs"], row["recovered"], row["failed"]
    return runs, max(runs - again - bad, 0), again, bad


def _unseen(stats: Mapping[str, Any]) -> str:
    """Say what the timeline does not tell apart, and what it leaves out."""
    other = [
        f"{pieces.plural(stats.get(key, 0), 'run')} {name}"
        for key, _, name in ENDS
        if key in ("fallback_succeeded", "interrupted") and stats.get(key)
    ]
    said = f"First tries include {' and '.join(other)}. " if other else ""
    earlier = stats["runs"] - sum(row["runs"] for row in stats["timeline"])
    return said + (f"Not shown: {pieces.plural(earlier, 'earlier run')}." if earlier > 0 else "")


def _rows_of_a_bar(rows: int) -> int:
    """Return how many rows one bar stands for: of many rows, weeks (or sevens) are added up."""
    return 1 if rows <= BARS else 7 * math.ceil(rows / 7 / BARS)


def _merged(rows: Sequence[Mapping[str, Any]], size: int, unit: str) -> list[dict[str, Any]]:
    """Return a bar for each so many rows."""
    bars = []
    for end in range(len(rows), 0, -size):  # from the end: the latest bar is a whole one
        some = rows[max(end - size, 0) : end]
        name = str(some[0]["start"])
        sums = {key: sum(row[key] for row in some) for key in ("runs", "recovered", "failed")}
        label = f"{name}, {pieces.plural(len(some), unit)}" if len(some) > 1 else name
        bars.append({"start": name, "label": label, "rows": size, **sums})
    return bars[::-1]


def _chart(bars: Sequence[Mapping[str, Any]], unit: str) -> str:
    """Draw the bars. Lengths across are per cent, so that the letters keep their size."""
    most = max(row["runs"] for row in bars)
    step = _step(most)
    high = step * max(1, math.ceil(most / step))
    slots = max(len(bars), 8)  # a few bars are not made giants
    slot = 100 / slots
    left = (slots - len(bars)) * slot / 2
    pixels = (BASE - TOP) / high
    ticks = [_tick(value, BASE - pixels * value) for value in range(0, high + 1, step)]
    columns = [_column(row, left + place * slot, slot, pixels) for place, row in enumerate(bars)]
    return (
        '<svg class="chart" role="img" aria-labelledby="over-time over-time-said">'
        f"{''.join(ticks)}{''.join(columns)}{_dates(bars, unit, left, slot)}"
        f'<text x="-8" y="{TOP - 16}" text-anchor="end">runs</text>'
        f'<text x="50%" y="{BASE + 40}" text-anchor="middle">{unit} (UTC)</text></svg>'
    )


def _step(most: int) -> int:
    """Return the distance of the lines: 1, 2 or 5 times a power of ten, at most five of them."""
    power: int = 10 ** (len(str(max(most, 1))) - 1)
    steps = (max(1, power * part // 10) for part in (1, 2, 5, 10, 20, 50))
    return next(step for step in steps if step * 5 >= most)


def _tick(value: int, y: float) -> str:
    kind = "" if value else ' class="base"'
    return (
        f'<line{kind} x1="0" x2="100%" y1="{y:.1f}" y2="{y:.1f}"/>'
        f'<text x="-8" y="{y + 4:.1f}" text-anchor="end">{_brief(value)}</text>'
    )


def _brief(value: int) -> str:
    """Write a round number in little room: 5,000, 50k, 1.5M."""
    if value >= 1_000_000:
        return f"{value / 1_000_000:g}M"
    return f"{value / 1_000:g}k" if value >= 10_000 else pieces.number(value)


def _column(row: Mapping[str, Any], x: float, slot: float, pixels: float) -> str:
    """Draw one bar, the failed at its foot: what went wrong is compared along one line."""
    runs, first, again, bad = _parts(row)
    y, parts = float(BASE), []
    for kind, high in zip(("bad", "again", "first"), _heights(row, pixels), strict=True):
        if high:
            y -= high
            parts.append(
                f'<rect class="{kind}" x="{x + slot * 0.1:.3f}%" y="{y:.1f}" '
                f'width="{slot * 0.8:.3f}%" height="{high:.1f}"/>'
            )
    said = f"{pieces.plural(runs, 'run')}: {first:,} first try, {again:,} recovered, {bad:,} failed"
    return (
        f"<g><title>{pieces.plain(row['label'])}: {said if runs else 'no runs'}</title>"
        f'<rect class="hit" x="{x:.3f}%" y="{TOP}" width="{slot:.3f}%" height="{BASE - TOP}"/>'
        f"{''.join(parts)}</g>"
    )


def _heights(row: Mapping[str, Any], pixels: float) -> tuple[float, float, float]:
    """Return how high the failed, the recovered and the others are drawn."""
    runs, first, again, bad = _parts(row)
    if not runs:
        return 0.0, 0.0, 0.0
    total = max(runs * pixels, 2.0)
    # One failure among hundreds is still seen; where there is no room, nothing is made larger.
    least = 2.0 if total >= 10 else 0.0
    below = [max(count * total / runs, least) if count else 0.0 for count in (bad, again)]
    return below[0], below[1], max(total - sum(below), 0.0) if first else 0.0


def _dates(bars: Sequence[Mapping[str, Any]], unit: str, left: float, slot: float) -> str:
    """Write at most eight dates below the bars; on a narrow screen every other one is hidden."""
    steps = (1, 2, 3, 6, 12, 24) if unit == "hour" else (1, 2, 7, 14)
    apart = next((step for step in steps if step * 8 >= len(bars)), math.ceil(len(bars) / 8))
    labels = []
    for count, place in enumerate(range(0, len(bars), apart)):
        kind = ' class="minor"' if count % 2 else ""
        x = left + (place + 0.5) * slot
        labels.append(
            f'<text{kind} x="{x:.3f}%" y="{BASE + 20}" text-anchor="middle">'
            f"{_short(bars[place])}</text>"
        )
    return "".join(labels)


def _short(bar: Mapping[str, Any]) -> str:
    """Write when a bar begins: 17 Nov; 15:00 for an hour, save midnight; Nov 2026 for a week."""
    text = str(bar["start"])
    year, month, day, hour = text[:4], text[5:7], text[8:10], text[11:16]
    if hour and hour != "00:00":
        return pieces.plain(hour)
    if not (month.isdecimal() and day.isdecimal() and 1 <= int(month) <= len(MONTHS)):
        return pieces.plain(text[:10])
    name = MONTHS[int(month) - 1]
    return f"{name} {pieces.plain(year)}" if bar["rows"] > 1 else f"{int(day)} {name}"
