"""Figures for a terminal."""

from __future__ import annotations

from rich import box
from rich.console import Console, Group
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from ..core.text import one_line, seconds, shorten, strip_controls
from .stats import flakiest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

BARS = "▁▂▃▄▅▆▇█"
MOST = 10  # rows of a table
NAME_WIDTH = 34


def show(stats: Mapping[str, Any], console: Console | None = None) -> None:
    """Print the figures."""
    console = console or Console(highlight=False)
    plain = not console.encoding.lower().startswith("utf")
    console.print(_page(stats, console.width, plain=plain))


def _page(stats: Mapping[str, Any], width: int, *, plain: bool) -> Group:
    since = stats["since"]
    period = f"since {since[:10]}" if since else "all that is remembered"
    if not stats["runs"]:
        return Group(Text(f"No runs ({period}). Each run of retryrun adds one."))
    parts: list[Any] = [
        Text.assemble((_plural(stats["runs"], "run"), "bold"), f", {period}"),
        Text(),
        _headline(stats),
    ]
    if len(stats["timeline"]) > 1 and not plain:
        parts += [Text(), _timeline(stats["timeline"], width)]
    for table in (_commands(stats["by_command"]), _categories(stats["by_category"])):
        if table is not None:
            parts += [Text(), table]
    parts += _notes(stats)
    return Group(*parts)


def _headline(stats: Mapping[str, Any]) -> Table:
    table = Table.grid(padding=(0, 3))
    table.add_column(justify="right", style="bold")
    table.add_column()
    rate = _percent(stats["retry_success_rate"])
    rows = (
        (rate, f"retry success rate: {stats['recovered']:,} of {_runs_that(stats)} recovered"),
        (_mean(stats["average_retries_per_run"]), "retries per run on average"),
        (f"{stats['breaker_state_changes']:,}", f"breaker state changes{_breakers(stats)}"),
        (
            _percent(stats["fallback_usage_rate"]),
            f"fallback usage: {_plural(stats['fallback_used'], 'run')}",
        ),
        (f"{stats['failed']:,}", f"failed, {stats['interrupted']:,} interrupted"),
        (seconds(stats["time_spent_retrying_s"]), "spent on waits and retries"),
        (_saved(stats), _how_saved(stats)),
    )
    for row in rows:
        table.add_row(*row)
    return table


def _runs_that(stats: Mapping[str, Any]) -> str:
    return f"{_plural(stats['retried_runs'], 'run')} with a retry"


def _breakers(stats: Mapping[str, Any]) -> str:
    names = [f"{_name(name)} opened {row['opened']:,}x" for name, row in stats["breakers"].items()]
    return f": {', '.join(names[:3])}" if names else ""


def _saved(stats: Mapping[str, Any]) -> str:
    if stats["time_saved_s"] is None:
        return f"{stats['reruns_saved']:,}"
    return seconds(stats["time_saved_s"])


def _how_saved(stats: Mapping[str, Any]) -> str:
    reruns = _plural(stats["reruns_saved"], "rerun")
    if stats["time_saved_s"] is None:
        return f"{'rerun' if stats['reruns_saved'] == 1 else 'reruns'} by hand saved"
    gap = seconds(stats["rerun_gap_s"])
    return f"saved: {reruns} by hand, which come after {gap} (median)"


def _timeline(rows: Sequence[Mapping[str, Any]], width: int) -> Group:
    shown = rows[-max(10, min(len(rows), width - 24)) :]
    table = Table.grid(padding=(0, 2))
    for name, style, values in (
        ("runs", "", [row["runs"] for row in shown]),
        ("recovered", "yellow", [row["recovered"] for row in shown]),
        ("failed", "red", [row["failed"] for row in shown]),
    ):
        table.add_row(name, Text(spark(values), style=style), f"max {max(values):,}")
    return Group(table, Text(f"{'':11}{shown[0]['start']} to {shown[-1]['start']}", style="dim"))


def spark(values: Sequence[float]) -> str:
    """Return a bar for each value, as high as its share of the largest; a blank for nothing."""
    top = max(values, default=0)
    return "".join(
        BARS[min(len(BARS) - 1, int(value / top * len(BARS)))] if value else " " for value in values
    )


def _commands(commands: Mapping[str, Mapping[str, Any]]) -> Table | None:
    rows = flakiest(commands)
    if not rows:
        return None
    table = _table(
        "Flakiest commands", "command", "runs", "recovered", "failed", "retries", "retrying"
    )
    for _, name, row in rows[:MOST]:
        table.add_row(
            _name(name),
            *(f"{row[key]:,}" for key in ("runs", "recovered", "failed", "retries")),
            seconds(row["time_spent_retrying_s"]),
        )  # fmt: skip
    if len(rows) > MOST:
        table.add_row(f"and {len(rows) - MOST} more")
    return table


def _categories(categories: Mapping[str, Mapping[str, int]]) -> Table | None:
    if not categories:
        return None
    table = _table("Failures by category", "category", "failures", "retried", "of these helped")
    for name, row in categories.items():
        table.add_row(_name(name), *(f"{row[key]:,}" for key in ("failures", "retries", "helped")))
    return table


def _notes(stats: Mapping[str, Any]) -> list[Any]:
    rows = stats["never_helped"][:MOST]
    if not rows:
        return []
    lines = [
        f"{row['retries']:,} retries of {_name(row['command'])} after {row['category']}: 0 helped"
        for row in rows
    ]
    return [
        Text(),
        Text("What never helped", style="bold"),
        *(Padding(line, (0, 0, 0, 2)) for line in lines),
    ]


def _table(title: str, first: str, *others: str) -> Table:
    table = Table(
        title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD,
        pad_edge=False, show_edge=False,
    )  # fmt: skip
    table.add_column(first, overflow="fold", max_width=NAME_WIDTH)
    for name in others:
        table.add_column(name, justify="right")
    return table


def _name(text: str) -> str:
    return escape(shorten(one_line(strip_controls(text)), 2 * NAME_WIDTH))


def _plural(count: int, word: str) -> str:
    return f"{count:,} {word}" if count == 1 else f"{count:,} {word}s"


def _percent(share: float | None) -> str:
    return "none yet" if share is None else f"{share:.0%}".replace("%", " %")


def _mean(value: float | None) -> str:
    return "none yet" if value is None else f"{value:.2f}"
