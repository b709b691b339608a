"""Pieces of HTML: sections, tables, bars, numbers and names. Here every text is escaped."""

from __future__ import annotations

import math
from html import escape

from ...core.text import one_line, seconds, shorten, visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MOST = 25  # rows of a table; the others are counted
NAME_WIDTH = 120
NONE = '<span class="none">no data yet</span>'


def section(name: str, title: str, body: str, kind: str = "", *, hidden: bool = False) -> str:
    """Return a part of the page with a heading of its own."""
    heading = 'h2 class="hidden"' if hidden else "h2"
    return (
        f'<section aria-labelledby="{name}"{f" class={chr(34)}{kind}{chr(34)}" if kind else ""}>'
        f'<{heading} id="{name}">{title}</h2>\n{body}</section>'
    )


def cards(cards: Iterable[tuple[str, str, str]]) -> str:
    """Return figures in large type: (name, figure, explanation) each."""
    items = (
        f"<div><dt>{name}</dt><dd><strong>{value}</strong><small>{note}</small></dd></div>"
        for name, value, note in cards
    )
    return f"<dl>{''.join(items)}</dl>"


def table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]], kind: str) -> str:
    """Build a table. The roles are said again, since cards (on narrow screens) may lose them."""
    top = "".join(f'<th scope="col" role="columnheader">{head}</th>' for head in heads)
    lines = []
    for first, *others in rows:
        cells = "".join(
            f'<td role="cell" data-label="{head}">{cell}</td>'
            for head, cell in zip(heads[1:], others, strict=True)
        )
        lines.append(f'<tr role="row"><th scope="row" role="rowheader">{first}</th>{cells}</tr>')
    return (
        f'<table class="{kind}" role="table"><caption>{caption}</caption>'
        f'<thead role="rowgroup"><tr role="row">{top}</tr></thead>\n'
        f'<tbody role="rowgroup">{chr(10).join(lines)}</tbody></table>'
    )


def bar(parts: Iterable[tuple[str, int]], whole: int, kind: str = "share") -> str:
    """Draw parts of a whole in a row. The numbers stand beside it, so it is hidden from readers."""
    x, drawn = 0.0, []
    for name, count in parts:
        if count > 0:
            wide = 100 * count / whole
            drawn.append(f'<rect class="{name}" x="{x:.2f}%" width="{wide:.2f}%" height="100%"/>')
            x += wide
    return f'<svg class="{kind}" aria-hidden="true" focusable="false">{"".join(drawn)}</svg>'


def beside(number: str, bar: str) -> str:
    """Return a number with a bar beside it."""
    return f'<span class="with"><b>{number}</b>{bar}</span>'


def legend(*kinds: tuple[str, str]) -> str:
    """Return what the patterns mean: (kind, name) each."""
    items = "".join(f"<li>{swatch(kind)}{name}</li>" for kind, name in kinds)
    return f'<ul class="legend">{items}</ul>'


def swatch(kind: str) -> str:
    """Return a small square in the colour and pattern of a kind."""
    return (
        '<svg class="swatch" aria-hidden="true" focusable="false">'
        f'<rect class="{kind}" width="100%" height="100%"/></svg>'
    )


def note(text: str) -> str:
    """Return a paragraph in small type."""
    return f'<p class="soft">{text}</p>' if text else ""


def rest(count: int, one: str, many: str) -> str:
    """Say how many rows are not listed."""
    return f"Not listed: {plural(count - MOST, one, many)}. " if count > MOST else ""


def plain(value: object) -> str:
    """Return any text escaped, on one line, shortened."""
    text = str(value)[: 10 * NAME_WIDTH]  # a name of a megabyte is not read to its end
    return escape(shorten(one_line(visible(text)), NAME_WIDTH)) or "(no name)"


def code(value: object) -> str:
    """Return the name of a command or breaker, in whatever direction it is written."""
    return f"<code><bdi>{plain(value)}</bdi></code>"


def number(value: int) -> str:
    """Write 1,234."""
    return f"{value:,}"


def plural(count: int, one: str, many: str = "") -> str:
    """Write a count with its noun: 1 run, 2 runs."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def percent(share: float | None) -> str:
    """Write a share as a percentage; None is no data."""
    if share is None or not math.isfinite(share):
        return NONE
    if 0 < share < 0.001:
        return "&lt; 0.1 %"
    if 0.999 < share < 1:
        return "&gt; 99.9 %"
    return f"{share * 100:.1f}".removesuffix(".0") + " %"


def mean(value: float | None) -> str:
    """Write a mean; None is no data."""
    return NONE if value is None or not math.isfinite(value) else f"{value:,.2f}"


def length(value: float | None) -> str:
    """Write a length of time in seconds; None is no data."""
    return NONE if value is None or not math.isfinite(value) else seconds(value)


def moment(moment: object) -> str:
    """Write 2026-11-17T00:00:00Z for people."""
    text = plain(moment)
    return f'<time datetime="{text}">{text[:16].replace("T", " ")}</time>'
