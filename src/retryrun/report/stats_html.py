"""Figures as one page that needs nothing else: no script, no network, no font, no template."""

from __future__ import annotations

import math
from base64 import b64encode
from hashlib import sha256
from html import escape

from ..core.text import one_line, seconds, shorten, visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

MOST = 25  # rows of a table; the others are counted
BARS = 120  # of the timeline; of more rows, weeks are added up
NAME_WIDTH = 120
NONE = '<span class="none">no data yet</span>'
TOP, BASE = 12, 182  # of the timeline's plot, in pixels
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
ENDS = (  # how runs end: the figure, its colour and pattern, its name
    ("succeeded_first_try", "first", "first try"),
    ("recovered", "again", "recovered by a retry"),
    ("fallback_succeeded", "aside", "saved by a fallback"),
    ("failed", "bad", "failed"),
    ("interrupted", "off", "interrupted"),
)

STYLE = """
:root{color-scheme:light dark;--bg:#f4f5f7;--card:#fff;--ink:#171a1f;--soft:#555d68;--line:#d8dce2;
--first:#5b82b8;--again:#c07a00;--aside:#7d5bbe;--bad:#b3261e;--off:#7f8792;--focus:#1d5fd1}
@media screen and (prefers-color-scheme:dark){:root{--bg:#0f1216;--card:#181c22;--ink:#e9ebee;
--soft:#a7afba;--line:#323944;--first:#6b97d3;--again:#eba63c;--aside:#b493f2;--bad:#ff7a70;
--off:#848d99;--focus:#8ab4ff}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--ink);font:1rem/1.5 system-ui,sans-serif;
overflow-wrap:anywhere;-webkit-text-size-adjust:100%;text-size-adjust:100%}
header,main,footer{max-width:72rem;margin:auto;padding:0 clamp(.75rem,3vw,2rem)}
header{padding-top:clamp(1.25rem,4vw,2.5rem);padding-bottom:1.25rem}
footer{padding-top:1.5rem;padding-bottom:2.5rem}
h1{margin:0;font-size:clamp(1.5rem,4vw,2rem);line-height:1.2;letter-spacing:-.01em}
h2{margin:0 0 .75rem;font-size:1.1rem;line-height:1.3}
p{margin:.75rem 0 0;max-width:85ch}
header p{margin-top:.35rem}
header p,footer,.soft,dt,caption,thead,small{color:var(--soft)}
small,caption,footer,.soft,dt,table,.legend{font-size:.875rem}
b,dd strong,td,small{font-variant-numeric:tabular-nums}
code{font:.925em ui-monospace,"Cascadia Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace}
main{display:grid;gap:1rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,26rem),1fr))}
section{min-width:0;padding:clamp(.9rem,2.5vw,1.5rem);background:var(--card);
border:1px solid var(--line);border-radius:.75rem}
.wide{grid-column:1/-1}
.bare{padding:0;background:none;border:0}
.hidden,.defs{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);
white-space:nowrap}
dl{display:grid;gap:1rem;margin:0;grid-template-columns:1fr 1fr}
.bare dl div{padding:clamp(.75rem,2vw,1.25rem);background:var(--card);border:1px solid var(--line);
border-radius:.75rem}
dl div{display:grid;grid-template-rows:subgrid;grid-row:span 2;gap:0}
dd{margin:0}
dd small{display:block;line-height:1.4}
time{white-space:nowrap}
dd strong{display:block;font-size:clamp(1.4rem,4.5vw,2rem);font-weight:650;line-height:1.25;
letter-spacing:-.02em}
dd .none{font-size:1.1rem;font-weight:500;letter-spacing:0;color:var(--soft)}
.legend{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;margin:0 0 .75rem;padding:0;list-style:none}
.swatch{width:.875rem;height:.875rem;margin-right:.45rem;vertical-align:-.1rem;border-radius:2px}
.whole{display:block;width:100%;height:1.5rem;margin-bottom:.75rem;border-radius:4px}
.share{flex:1;width:4rem;min-width:4rem;height:.8rem}
.with{display:flex;align-items:center;gap:.75rem}
.with b{min-width:3.5rem;text-align:right}
.chart{display:block;width:100%;height:248px;padding:20px 24px 0 52px;overflow:visible}
.chart text{fill:currentColor;font-size:12px;font-variant-numeric:tabular-nums}
.chart line{stroke:var(--line)}
.chart .base{stroke:var(--soft)}
.chart g:hover{opacity:.7}
.hit{fill:transparent}
.c-first,.first{fill:var(--first)}
.c-again{fill:var(--again)}.c-aside{fill:var(--aside)}.c-bad{fill:var(--bad)}.c-off{fill:var(--off)}
.again{fill:url(#again)}.aside{fill:url(#aside)}.bad{fill:url(#bad)}.off{fill:url(#off)}
.mark{fill:var(--card);opacity:.6}
.rest{fill:var(--card);stroke:var(--off);stroke-width:2}
.track{background:var(--bg);outline:1px solid var(--line)}
table{width:100%;border-collapse:collapse}
caption{padding-bottom:.5rem;text-align:left}
th,td{padding:.4rem;text-align:right;vertical-align:middle}
th{font-weight:600}
tbody th{font-weight:500}
th:first-child{padding-left:0;text-align:left}
td:last-child,thead th:last-child{padding-right:0}
tbody tr{border-top:1px solid var(--line)}
td,thead th{overflow-wrap:normal}
td{white-space:nowrap}
.bars tbody th{min-width:10rem}
.bars th:nth-child(2){text-align:left;width:19%}
.few th:nth-child(2){width:45%}
ul{margin:0;padding-left:1.2rem}
li+li{margin-top:.25rem}
.legend li{margin:0}
details{margin-top:.75rem}
.scroll{overflow-x:auto}
summary{width:fit-content;padding:.25rem 0;cursor:pointer;font-size:.875rem}
summary:focus-visible,.scroll:focus-visible{outline:2px solid var(--focus);outline-offset:3px;
border-radius:3px}
pre{margin:.75rem 0 0;padding:.75rem 1rem;white-space:pre-wrap;background:var(--bg);
border:1px solid var(--line);border-radius:.5rem}
@media (min-width:48rem){.bare dl{grid-template-columns:repeat(4,1fr)}}
@media screen and (max-width:40rem){.minor{display:none}}
@media print{:root{font-size:10pt;color-scheme:light;--bg:#fff}
main{display:block}
section{margin-bottom:12pt;padding:0;border:0}
section:not(.long),.bare dl div,tr{break-inside:avoid}
h2,caption{break-after:avoid}
rect,svg{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
"""
# A table that is too wide for the screen becomes a card for each row.
NARROW = """@media (max-width:WIDTH){
TABLE thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
TABLE,TABLE tbody,TABLE caption{display:block}
TABLE tr{display:grid;grid-template-columns:repeat(auto-fill,minmax(4.4rem,1fr));
gap:.4rem .5rem;padding:.75rem 0}
TABLE th,TABLE td{display:block;width:auto;padding:0;text-align:left}
TABLE tbody th,TABLE td:nth-child(2){grid-column:1/-1}
TABLE td::before{content:attr(data-label);display:block;color:var(--soft);font-size:.75rem}
TABLE .with b{text-align:left}}
"""
STYLE += "".join(
    NARROW.replace("TABLE", table).replace("WIDTH", width)
    for table, width in ((".many", "66rem"), (".few", "40rem"))
)
# Each outcome has a pattern besides its colour, so that neither eyes nor printers need colours.
PATTERNS = """<svg class="defs" aria-hidden="true" focusable="false"><defs>
<pattern id="again" width="6" height="6" patternUnits="userSpaceOnUse" \
patternTransform="rotate(45)"><rect class="c-again" width="6" height="6"/>\
<rect class="mark" width="2" height="6"/></pattern>
<pattern id="aside" width="5" height="5" patternUnits="userSpaceOnUse">\
<rect class="c-aside" width="5" height="5"/><rect class="mark" width="1.5" height="5"/></pattern>
<pattern id="bad" width="6" height="6" patternUnits="userSpaceOnUse">\
<rect class="c-bad" width="6" height="6"/><circle class="mark" cx="3" cy="3" r="1.1"/></pattern>
<pattern id="off" width="5" height="5" patternUnits="userSpaceOnUse">\
<rect class="c-off" width="5" height="5"/><rect class="mark" width="5" height="1.5"/></pattern>
</defs></svg>"""


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
    name = _text(title)
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
        _timeline(stats),
        _commands(stats["by_command"]),
        _categories(stats["by_category"]),
        _never(stats["never_helped"]),
        _breakers(stats),
    )
    return "\n".join(parts)


def _period(stats: Mapping[str, Any]) -> str:
    until = f"{_when(stats['until'])} UTC"
    since = f"from {_when(stats['since'])} to {until}" if stats["since"] else f"up to {until}"
    return f"{_plural(stats['runs'], 'run')}, {since}"


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
    changed = _breakers(stats) if stats["breaker_state_changes"] else ""
    return _section("empty", what, text, "wide") + changed


def _headline(stats: Mapping[str, Any]) -> str:
    runs, retried = _plural(stats["runs"], "run"), _plural(stats["retried_runs"], "run")
    rate, mean, changes, usage = (
        _percent(stats["retry_success_rate"]),
        _mean(stats["average_retries_per_run"]),
        _count(stats["breaker_state_changes"]),
        _percent(stats["fallback_usage_rate"]),
    )
    recovered = (
        f"{_count(stats['recovered'])} of {retried} with a retry recovered"
        if stats["retried_runs"]
        else "no run was retried"
    )
    retries = f"{_plural(stats['retries'], 'retry', 'retries')} in {runs}"
    opened = _plural(sum(row["opened"] for row in stats["breakers"].values()), "time")
    cards = (
        ("Retry success rate", rate, recovered),
        ("Average retries per run", mean, retries),
        ("Breaker state changes", changes, f"a circuit opened {opened}"),
        ("Fallback usage", usage, f"{_plural(stats['fallback_used'], 'run')} used a fallback"),
    )
    return _section("glance", "At a glance", _cards(cards), "wide bare", hidden=True)


def _ends(stats: Mapping[str, Any]) -> str:
    total = stats["runs"]
    ends = [(kind, name, stats[key]) for key, kind, name in ENDS if key in stats]
    bar = _bar([(kind, count) for kind, _, count in ends], total, "whole")
    rows = (
        [f"{_swatch(kind)}{name}", _count(count), _percent(count / total)]
        for kind, name, count in ends
    )
    table = _table(
        f"{_plural(total, 'run')} by outcome", ("Outcome", "Runs", "Share"), rows, "plain"
    )
    return _section("ends", "How the runs ended", bar + table)


def _time(stats: Mapping[str, Any]) -> str:
    spent, total = stats["time_spent_retrying_s"], stats["time_total_s"]
    saved, gap = stats["reruns_saved"], stats["rerun_gap_s"]
    share = f"{_percent(spent / total)} of all" if total else "of none"
    reruns = _plural(saved, "run")
    cards = (
        ("All runs took", _length(total), f"{_length(total / stats['runs'])} each, on average"),
        ("Spent on waits and retries", _length(spent), share),
        ("Runs nobody had to repeat", _count(saved), "saved by a retry or a fallback"),
        ("Time saved, an estimate", _length(stats["time_saved_s"]), "see below"),
    )
    how = (
        "How much time was saved cannot be estimated yet: that needs a failed command that "
        "somebody ran again by hand, to know how long people take for it."
        if gap is None
        else f"The estimate: {reruns} that nobody had to repeat, times {_length(gap)}, the median "
        "time that people took to run a failed command again by hand."
    )
    return _section("time", "Time spent and saved", _cards(cards) + _note(how))


# -- over time


def _timeline(stats: Mapping[str, Any]) -> str:
    rows = stats["timeline"]
    if not rows:
        return ""
    unit = "hour" if ":" in str(rows[0]["start"]) else "day"
    size = _rows_of_a_bar(len(rows))
    legend = _legend(("first", "first try"), ("again", "recovered"), ("bad", "failed"))
    begin, end = _when(rows[0]["start"]), _when(rows[-1]["start"])
    said = (
        f"{_plural(len(rows), unit)} ({begin if len(rows) == 1 else f'{begin} to {end}'}), "
        f"at most {_plural(max(row['runs'] for row in rows), 'run')} in one. "
        + (f"Each bar stands for {size} {unit}s. " if size > 1 else "")
        + _unseen(stats)
    )
    table = _table(
        f"Runs by {unit}",
        (unit.title(), "Runs", "First try", "Recovered", "Failed"),
        ([_text(row["start"]), *map(_count, _parts(row))] for row in rows),
        "plain",
    )
    return _section(
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
        f"{_plural(stats.get(key, 0), 'run')} {name}"
        for key, _, name in ENDS
        if key in ("fallback_succeeded", "interrupted") and stats.get(key)
    ]
    said = f"First tries include {' and '.join(other)}. " if other else ""
    earlier = stats["runs"] - sum(row["runs"] for row in stats["timeline"])
    return said + (f"Not shown: {_plural(earlier, 'earlier run')}." if earlier > 0 else "")


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
        label = f"{name}, {_plural(len(some), unit)}" if len(some) > 1 else name
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
    return f"{value / 1_000:g}k" if value >= 10_000 else _count(value)


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
    said = f"{_plural(runs, 'run')}: {first:,} first try, {again:,} recovered, {bad:,} failed"
    return (
        f"<g><title>{_text(row['label'])}: {said if runs else 'no runs'}</title>"
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
        return _text(hour)
    if not (month.isdecimal() and day.isdecimal() and 1 <= int(month) <= len(MONTHS)):
        return _text(text[:10])
    name = MONTHS[int(month) - 1]
    return f"{name} {_text(year)}" if bar["rows"] > 1 else f"{int(day)} {name}"


# -- tables


def _commands(commands: Mapping[str, Mapping[str, Any]]) -> str:
    rated = [(_trouble(row), name, row) for name, row in commands.items()]
    rated = [each for each in rated if each[0]]
    rated.sort(key=lambda each: (-each[0], -each[2]["runs"], each[1]))
    steady = len(commands) - len(rated)
    said = f"{_plural(steady, 'command')} never needed a retry and never failed. " if steady else ""
    if not rated:
        return _section("commands", "Flakiest commands", f"<p>{said}</p>", "wide")
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
            _name(name),
            _beside(_percent(share), _command_bar(row)),
            *(_count(row[key]) for key in keys),
            _length(row["time_spent_retrying_s"]),
        ]
        for share, name, row in rated[:MOST]
    )
    legend = _legend(("again", "recovered"), ("aside", "saved by a fallback"), ("bad", "failed"))
    table = _table(
        "By the share of their runs that needed a retry or failed; interrupted runs do not count",
        heads,
        rows,
        "bars many",
    )
    rest = _rest(len(rated), "more command", "more commands")
    return _section(
        "commands",
        "Flakiest commands",
        legend + table + _note(said + rest),
        "wide long",
    )


def _trouble(row: Mapping[str, Any]) -> float:
    """Return the share of runs that did not simply succeed; interrupted ones say nothing."""
    counted = row["runs"] - row["interrupted"]
    return max(counted - row["succeeded_first_try"], 0) / counted if counted > 0 else 0.0


def _command_bar(row: Mapping[str, Any]) -> str:
    counted = row["runs"] - row["interrupted"]
    again, bad = row["recovered"], row["failed"]
    aside = counted - row["succeeded_first_try"] - again - bad
    return _bar((("again", again), ("aside", aside), ("bad", bad)), counted, "share track")


def _categories(categories: Mapping[str, Mapping[str, int]]) -> str:
    if not categories:
        return _section("categories", "Failures by category", "<p>No attempt failed.</p>", "wide")
    ordered = sorted(categories.items(), key=lambda each: (-each[1]["failures"], each[0]))
    most = max(max(row["failures"], row["retries"]) for row in categories.values())
    rows = (
        [
            _name(name),
            _beside(_count(row["failures"]), _category_bar(row, most)),
            _count(row["retries"]),
            _count(row["helped"]),
            _percent(row["helped"] / row["retries"]) if row["retries"] else "none retried",
        ]
        for name, row in ordered[:MOST]
    )
    legend = _legend(
        ("again", "retried, the run recovered"), ("bad", "retried in vain"), ("rest", "not retried")
    )
    table = _table(
        "Failed attempts, how many were retried, and the share of the retries that helped",
        ("Category", "Failures", "Retried", "Helped", "Share"),
        rows,
        "bars few",
    )
    rest = _note(_rest(len(ordered), "category", "categories"))
    return _section("categories", "Failures by category", legend + table + rest, "wide long")


def _category_bar(row: Mapping[str, int], most: int) -> str:
    vain, not_retried = row["retries"] - row["helped"], row["failures"] - row["retries"]
    return _bar((("again", row["helped"]), ("bad", vain), ("rest", not_retried)), most)


def _never(rows: Sequence[Mapping[str, Any]]) -> str:
    if not rows:
        text = (
            "<p>Nothing. A command whose retries after one kind of failure were all in vain "
            "would stand here.</p>"
        )
        return _section("never", "What never helped", text)
    items = "".join(
        f"<li>{_plural(row['retries'], 'retry', 'retries')} of {_name(row['command'])} after "
        f"{_name(row['category'])}: 0 helped</li>"
        for row in rows[:MOST]
    )
    text = (
        f'<ul>{items}</ul><p class="soft">{_rest(len(rows), "such pair", "such pairs")}Retries '
        "that never help only cost time: for these commands, list the category under "
        "<code>never_retry_on</code> in recovery.yaml.</p>"
    )
    return _section("never", "What never helped", text)


def _breakers(stats: Mapping[str, Any]) -> str:
    breakers = stats["breakers"]
    if not breakers:
        text = "<p>No circuit breaker changed its state.</p>"
        return _section("breakers", "Circuit breakers", text)
    ordered = sorted(breakers.items(), key=lambda each: (-each[1]["changes"], each[0]))
    rows = (
        [_name(name), _count(row["changes"]), _count(row["opened"])] for name, row in ordered[:MOST]
    )
    table = _table("Changes of state", ("Breaker", "Changes", "Opened"), rows, "plain")
    rest = _note(_rest(len(ordered), "breaker", "breakers"))
    return _section("breakers", "Circuit breakers", table + rest)


def _note(text: str) -> str:
    return f'<p class="soft">{text}</p>' if text else ""


def _rest(count: int, one: str, many: str) -> str:
    return f"Not listed: {_plural(count - MOST, one, many)}. " if count > MOST else ""


# -- pieces of the page


def _section(name: str, title: str, body: str, kind: str = "", *, hidden: bool = False) -> str:
    heading = 'h2 class="hidden"' if hidden else "h2"
    return (
        f'<section aria-labelledby="{name}"{f" class={chr(34)}{kind}{chr(34)}" if kind else ""}>'
        f'<{heading} id="{name}">{title}</h2>\n{body}</section>'
    )


def _cards(cards: Iterable[tuple[str, str, str]]) -> str:
    items = (
        f"<div><dt>{name}</dt><dd><strong>{value}</strong><small>{note}</small></dd></div>"
        for name, value, note in cards
    )
    return f"<dl>{''.join(items)}</dl>"


def _table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]], kind: str) -> str:
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


def _bar(parts: Iterable[tuple[str, int]], whole: int, kind: str = "share") -> str:
    """Draw parts of a whole in a row. The numbers stand beside it, so it is hidden from readers."""
    x, drawn = 0.0, []
    for name, count in parts:
        if count > 0:
            wide = 100 * count / whole
            drawn.append(f'<rect class="{name}" x="{x:.2f}%" width="{wide:.2f}%" height="100%"/>')
            x += wide
    return f'<svg class="{kind}" aria-hidden="true" focusable="false">{"".join(drawn)}</svg>'


def _beside(number: str, bar: str) -> str:
    return f'<span class="with"><b>{number}</b>{bar}</span>'


def _legend(*kinds: tuple[str, str]) -> str:
    items = "".join(f"<li>{_swatch(kind)}{name}</li>" for kind, name in kinds)
    return f'<ul class="legend">{items}</ul>'


def _swatch(kind: str) -> str:
    return (
        '<svg class="swatch" aria-hidden="true" focusable="false">'
        f'<rect class="{kind}" width="100%" height="100%"/></svg>'
    )


# -- numbers and names


def _text(value: object) -> str:
    text = str(value)[: 10 * NAME_WIDTH]  # a name of a megabyte is not read to its end
    return escape(shorten(one_line(visible(text)), NAME_WIDTH)) or "(no name)"


def _name(value: object) -> str:
    return f"<code><bdi>{_text(value)}</bdi></code>"


def _count(value: int) -> str:
    return f"{value:,}"


def _plural(count: int, one: str, many: str = "") -> str:
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def _percent(share: float | None) -> str:
    if share is None or not math.isfinite(share):
        return NONE
    if 0 < share < 0.001:
        return "&lt; 0.1 %"
    if 0.999 < share < 1:
        return "&gt; 99.9 %"
    return f"{share * 100:.1f}".removesuffix(".0") + " %"


def _mean(value: float | None) -> str:
    return NONE if value is None or not math.isfinite(value) else f"{value:,.2f}"


def _length(value: float | None) -> str:
    return NONE if value is None or not math.isfinite(value) else seconds(value)


def _when(moment: object) -> str:
    """Write 2026-11-17T00:00:00Z for people."""
    text = _text(moment)
    return f'<time datetime="{text}">{text[:16].replace("T", " ")}</time>'
