"""Plots as plain SVG: bars of a table's second column, or lines over its first."""

from __future__ import annotations

import math
from html import escape

WIDTH, ROW, LEFT, RIGHT, TOP = 720, 24, 250, 70, 40
COLOURS = ("#2563eb", "#dc2626", "#059669", "#d97706", "#7c3aed", "#475569")
STYLE = "<style>text{font:13px sans-serif;fill:#334155}.t{font-weight:bold}.a{stroke:#94a3b8;fill:none}</style>"


def bars(table) -> str:
    rows = [(str(row[0]), float(row[1])) for row in table.rows if isinstance(row[1], (int, float))]
    most = max(value for _, value in rows) or 1.0
    parts = [
        f'<text class="t" x="10" y="22">{escape(table.title)} ({escape(table.columns[1])})</text>'
    ]
    for place, (name, value) in enumerate(rows):
        y = TOP + place * ROW
        length = (WIDTH - LEFT - RIGHT) * value / most
        colour = COLOURS[0] if name.startswith("retryrun") else "#94a3b8"
        parts.append(f'<text x="{LEFT - 8}" y="{y + 14}" text-anchor="end">{escape(name)}</text>')
        parts.append(
            f'<rect x="{LEFT}" y="{y}" width="{length:.1f}" height="{ROW - 6}" fill="{colour}"/>'
        )
        parts.append(f'<text x="{LEFT + length + 6:.1f}" y="{y + 14}">{value:,.4g}</text>')
    return _picture(TOP + len(rows) * ROW + 10, parts)


def lines(table) -> str:
    """Both axes are logarithmic, as sizes and times go over several powers of ten."""
    xs = [math.log10(max(float(row[0]), 1.0)) for row in table.rows]
    series = [
        (
            name,
            [(x, math.log10(float(row[column]))) for x, row in zip(xs, table.rows) if row[column]],
        )
        for column, name in enumerate(table.columns)
        if column
    ]
    ys = [y for _, points in series for _, y in points]
    low, high = math.floor(min(ys)), max(math.ceil(max(ys)), math.floor(min(ys)) + 1)
    left, bottom, right = 70, 300, WIDTH - 230
    span = max(xs) - min(xs) or 1.0

    def at(x: float, y: float) -> str:
        return f"{left + (right - left) * (x - min(xs)) / span:.1f},{bottom - (bottom - TOP) * (y - low) / (high - low):.1f}"

    parts = [f'<text class="t" x="10" y="22">{escape(table.title)}</text>']
    parts.append(f'<path class="a" d="M{left},{TOP} V{bottom} H{right}"/>')
    for power in range(low, high + 1):
        y = at(min(xs), power).partition(",")[2]
        parts.append(f'<text x="{left - 8}" y="{y}" text-anchor="end">{10.0**power:g}</text>')
    for x, row in zip(xs, table.rows):
        parts.append(
            f'<text x="{at(x, low).partition(",")[0]}" y="{bottom + 18}" text-anchor="middle">{row[0]:,}</text>'
        )
    for place, (name, points) in enumerate(series):
        colour = COLOURS[place % len(COLOURS)]
        path = " ".join(at(*point) for point in points)
        parts.append(f'<polyline fill="none" stroke="{colour}" stroke-width="2" points="{path}"/>')
        y = TOP + 10 + place * 20
        parts.append(
            f'<rect x="{right + 12}" y="{y - 10}" width="12" height="12" fill="{colour}"/>'
        )
        parts.append(f'<text x="{right + 30}" y="{y}">{escape(name)}</text>')
    parts.append(
        f'<text x="{(left + right) / 2}" y="{bottom + 38}" text-anchor="middle">{escape(table.columns[0])}</text>'
    )
    return _picture(bottom + 50, parts)


def _picture(height: float, parts: list[str]) -> str:
    body = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}">{STYLE}\n'
        f'<rect width="100%" height="100%" fill="#fff"/>\n{body}\n</svg>\n'
    )
