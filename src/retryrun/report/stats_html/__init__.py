"""Figures as one page that needs nothing else: no script, no network, no font, no template."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256

from . import chart, pieces, tables
from .style import ENDS, PATTERNS, STYLE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any


def page(stats: Mapping[str, Any], *, title: str = "retryrun") -> bytes:
    """Return the figures (the document of `stats.figures`) as a page of HTML in UTF-8.

    Numbers that nothing is known of (null) are said to be so; names are escaped and shortened.
    """
    # The only style is the one above, known by its hash: what a name might smuggle in is inert.
    known = b64encode(sha256(STYLE.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; style-src 'sha256-{known}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    name = pieces.plain(title)
    body = _figures(stats) if stats["runs"] else _empty(stats)
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,">
<title>{name}: what retries did</title>
<style>{STYLE}</style>
</head>
<body>
{PATTERNS}
<header>
<h1>{name}: what retries did</h1>
<p>{_period(stats)}</p>
</header>
<main>
{body}
</main>
<footer>Times are UTC. This page is complete in itself: it loads nothing and sends nothing.</footer>
</body>
</html>
""".encode()


def _figures(stats: Mapping[str, Any]) -> str:
    parts = (
        _headline(stats),
        _ends(stats),
        _time(stats),
        chart.timeline(stats),
        tables.commands(stats["by_command"]),
        tables.categories(stats["by_category"]),
        tables.never(stats["never_helped"]),
        tables.breakers(stats),
    )
    return "\n".join(parts)


def _period(stats: Mapping[str, Any]) -> str:
    until = f"{pieces.moment(stats['until'])} UTC"
    since = (
        f"from {pieces.moment(stats['since'])} to {until}" if stats["since"] else f"up to {until}"
    )
    return f"{pieces.plural(stats['runs'], 'run')}, {since}"


def _empty(stats: Mapping[str, Any]) -> str:
    if stats["since"]:
        what = "No runs in this time"
        do = "<p>The record may reach further back: try a longer <code>--since</code>.</p>"
    else:
        what, do = "No runs yet", ""
    text = f"""{do}<p>Each command that is run through retryrun is recorded and appears here \
(unless <code>RETRYRUN_STATE</code> is <code>off</code>). Run one, then write this page again:</p>
<pre><code>retryrun -- echo hello
retryrun stats --html stats.html</code></pre>"""
    changed = tables.breakers(stats) if stats["breaker_state_changes"] else ""
    return pieces.section("empty", what, text, "wide") + changed


def _headline(stats: Mapping[str, Any]) -> str:
    runs, retried = pieces.plural(stats["runs"], "run"), pieces.plural(stats["retried_runs"], "run")
    rate, mean, changes, usage = (
        pieces.percent(stats["retry_success_rate"]),
        pieces.mean(stats["average_retries_per_run"]),
        pieces.number(stats["breaker_state_changes"]),
        pieces.percent(stats["fallback_usage_rate"]),
    )
    recovered = (
        f"{pieces.number(stats['recovered'])} of {retried} with a retry recovered"
        if stats["retried_runs"]
        else "no run was retried"
    )
    retries = f"{pieces.plural(stats['retries'], 'retry', 'retries')} in {runs}"
    opened = pieces.plural(sum(row["opened"] for row in stats["breakers"].values()), "time")
    cards = (
        ("Retry success rate", rate, recovered),
        ("Average retries per run", mean, retries),
        ("Breaker state changes", changes, f"a circuit opened {opened}"),
        (
            "Fallback usage",
            usage,
            f"{pieces.plural(stats['fallback_used'], 'run')} used a fallback",
        ),
    )
    return pieces.section("glance", "At a glance", pieces.cards(cards), "wide bare", hidden=True)


def _ends(stats: Mapping[str, Any]) -> str:
    total = stats["runs"]
    ends = [(kind, name, stats[key]) for key, kind, name in ENDS if key in stats]
    bar = pieces.bar([(kind, count) for kind, _, count in ends], total, "whole")
    rows = (
        [f"{pieces.swatch(kind)}{name}", pieces.number(count), pieces.percent(count / total)]
        for kind, name, count in ends
    )
    table = pieces.table(
        f"{pieces.plural(total, 'run')} by outcome", ("Outcome", "Runs", "Share"), rows, "plain"
    )
    return pieces.section("ends", "How the runs ended", bar + table)


def _time(stats: Mapping[str, Any]) -> str:
    spent, total = stats["time_spent_retrying_s"], stats["time_total_s"]
    saved, gap = stats["reruns_saved"], stats["rerun_gap_s"]
    share = f"{pieces.percent(spent / total)} of all" if total else "of none"
    reruns = pieces.plural(saved, "run")
    cards = (
        (
            "All runs took",
            pieces.length(total),
            f"{pieces.length(total / stats['runs'])} each, on average",
        ),
        ("Spent on waits and retries", pieces.length(spent), share),
        ("Runs nobody had to repeat", pieces.number(saved), "saved by a retry or a fallback"),
        ("Time saved, an estimate", pieces.length(stats["time_saved_s"]), "see below"),
    )
    how = (
        "How much time was saved cannot be estimated yet: that needs a failed command that "
        "somebody ran again by hand, to know how long people take for it."
        if gap is None
        else f"The estimate: {reruns} that nobody had to repeat, times {pieces.length(gap)}, the "
        "median time that people took to run a failed command again by hand."
    )
    return pieces.section("time", "Time spent and saved", pieces.cards(cards) + pieces.note(how))
