"""The tables: flaky commands, categories of failures, retries in vain, breakers."""

from __future__ import annotations

from ..stats import flakiest
from . import pieces
from .pieces import MOST

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any


def commands(commands: Mapping[str, Mapping[str, Any]]) -> str:
    """Return the section of commands that did not simply succeed."""
    rated = flakiest(commands)
    steady = len(commands) - len(rated)
    said = (
        f"{pieces.plural(steady, 'command')} never needed a retry and never failed. "
        if steady
        else ""
    )
    if not rated:
        return pieces.section("commands", "Flakiest commands", f"<p>{said}</p>", "wide")
    heads = (
        "Command", "Not on the first try", "Runs", "First try", "Recovered",
        "Fallback", "Failed", "Interrupted", "Retries", "Retrying took",
    )  # fmt: skip
    keys = (
        "runs", "succeeded_first_try", "recovered", "fallback_used", "failed", "interrupted",
        "retries",
    )  # fmt: skip
    rows = (
        [
            pieces.code(name),
            pieces.beside(pieces.percent(share), _command_bar(row)),
            *(pieces.number(row[key]) for key in keys),
            pieces.length(row["time_spent_retrying_s"]),
        ]
        for share, name, row in rated[:MOST]
    )
    legend = pieces.legend(
        ("again", "recovered"), ("aside", "saved by a fallback"), ("bad", "failed")
    )
    table = pieces.table(
        "By the share of their runs that needed a retry or failed; interrupted runs do not count",
        heads,
        rows,
        "bars many",
    )
    rest = pieces.rest(len(rated), "more command", "more commands")
    return pieces.section(
        "commands",
        "Flakiest commands",
        legend + table + pieces.note(said + rest),
        "wide long",
    )


def _command_bar(row: Mapping[str, Any]) -> str:
    counted = row["runs"] - row["interrupted"]
    again, bad = row["recovered"], row["failed"]
    aside = counted - row["succeeded_first_try"] - again - bad
    return pieces.bar((("again", again), ("aside", aside), ("bad", bad)), counted, "share track")


def categories(categories: Mapping[str, Mapping[str, int]]) -> str:
    """Return the section of failures by category."""
    if not categories:
        return pieces.section(
            "categories", "Failures by category", "<p>No attempt failed.</p>", "wide"
        )
    ordered = sorted(categories.items(), key=lambda each: (-each[1]["failures"], each[0]))
    most = max(max(row["failures"], row["retries"]) for row in categories.values())
    rows = (
        [
            pieces.code(name),
            pieces.beside(pieces.number(row["failures"]), _category_bar(row, most)),
            pieces.number(row["retries"]),
            pieces.number(row["helped"]),
            pieces.percent(row["helped"] / row["retries"]) if row["retries"] else "none retried",
        ]
        for name, row in ordered[:MOST]
    )
    legend = pieces.legend(
        ("again", "retried, the run recovered"), ("bad", "retried in vain"), ("rest", "not retried")
    )
    table = pieces.table(
        "Failed attempts, how many were retried, and the share of the retries that helped",
        ("Category", "Failures", "Retried", "Helped", "Share"),
        rows,
        "bars few",
    )
    rest = pieces.note(pieces.rest(len(ordered), "category", "categories"))
    return pieces.section("categories", "Failures by category", legend + table + rest, "wide long")


def _category_bar(row: Mapping[str, int], most: int) -> str:
    vain, not_retried = row["retries"] - row["helped"], row["failures"] - row["retries"]
    return pieces.bar((("again", row["helped"]), ("bad", vain), ("rest", not_retried)), most)


def never(rows: Sequence[Mapping[str, Any]]) -> str:
    """Return the section of retries that never helped."""
    if not rows:
        text = (
            "<p>Nothing. A command whose retries after one kind of failure were all in vain "
            "would stand here.</p>"
        )
        return pieces.section("never", "What never helped", text)
    items = "".join(
        f"<li>{pieces.plural(row['retries'], 'retry', 'retries')} of "
        f"{pieces.code(row['command'])} after {pieces.code(row['category'])}: 0 helped</li>"
        for row in rows[:MOST]
    )
    text = (
        f'<ul>{items}</ul><p class="soft">{pieces.rest(len(rows), "such pair", "such pairs")}'
        "Retries that never help only cost time: for these commands, list the category under "
        "<code>never_retry_on</code> in recovery.yaml.</p>"
    )
    return pieces.section("never", "What never helped", text)


def breakers(stats: Mapping[str, Any]) -> str:
    """Return the section of circuit breakers."""
    breakers = stats["breakers"]
    if not breakers:
        text = "<p>No circuit breaker changed its state.</p>"
        return pieces.section("breakers", "Circuit breakers", text)
    ordered = sorted(breakers.items(), key=lambda each: (-each[1]["changes"], each[0]))
    rows = (
        [pieces.code(name), pieces.number(row["changes"]), pieces.number(row["opened"])]
        for name, row in ordered[:MOST]
    )
    table = pieces.table("Changes of state", ("Breaker", "Changes", "Opened"), rows, "plain")
    rest = pieces.note(pieces.rest(len(ordered), "breaker", "breakers"))
    return pieces.section("breakers", "Circuit breakers", table + rest)
