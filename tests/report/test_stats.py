"""Figures over many runs and their forms."""

import io
import json

import pytest
from prometheus_client.parser import text_string_to_metric_families
from rich.console import Console

from retryrun.report import prometheus, stats, stats_text

DAY = 86400
UNTIL = 1764000000.0  # 2025-11-24T16:00:00Z
TODAY = int(UNTIL // DAY)
GROUPS = [
    # name, outcome, bucket, counted, runs, retried, retries, fallbacks, seconds, retrying
    ("uv sync", "succeeded", TODAY - 2, 1, 90, 0, 0, 0, 900.0, 0.0),
    ("uv sync", "recovered", TODAY, 1, 8, 8, 10, 0, 200.0, 60.0),
    ("uv sync", "timed_out", TODAY, 1, 2, 2, 6, 1, 100.0, 40.5),
    ("uv sync", "fallback", TODAY, 1, 1, 1, 3, 1, 30.0, 9.0),
    ("pytest", "failed", TODAY, 1, 4, 4, 12, 0, 400.0, 300.0),
    ("pytest", "interrupted", TODAY, 1, 1, 0, 0, 0, 1.0, 0.0),
    ("pytest", "circuit_open", TODAY, 1, 1, 0, 0, 0, 0.0, 0.0),
]
FAILURES = [
    ("uv sync", "network", 25, 19, 9),
    ("pytest", "permanent", 16, 12, 0),
    ("pytest", "network", 1, 1, 0),
]
EVENTS = [
    (UNTIL - 50, "pypi", "CLOSED", "OPEN"),
    (UNTIL - 40, "pypi", "OPEN", "HALF_OPEN"),
    (UNTIL - 30, "pypi", "HALF_OPEN", "CLOSED"),
]


def figures(groups=GROUPS, failures=FAILURES, events=EVENTS, gaps=(60.0, 120.0, 600.0), since=None):
    return stats.figures(groups, failures, events, gaps, since=since, until=UNTIL)


def test_the_figures():
    found = figures()
    assert found["runs"] == 107
    assert found["succeeded_first_try"] == 90
    assert found["recovered"] == 8
    assert found["failed"] == 7
    assert found["interrupted"] == 1
    assert found["fallback_succeeded"] == 1
    assert found["fallback_used"] == 2
    assert found["retries"] == 31
    assert found["retried_runs"] == 15
    assert found["retry_success_rate"] == pytest.approx(8 / 15, abs=1e-4)
    assert found["average_retries_per_run"] == pytest.approx(31 / 107, abs=1e-4)
    assert found["fallback_usage_rate"] == pytest.approx(2 / 107, abs=1e-4)
    assert found["breaker_state_changes"] == 3
    assert found["breakers"] == {"pypi": {"changes": 3, "opened": 1}}
    assert found["time_spent_retrying_s"] == 409.5
    assert (found["reruns_saved"], found["rerun_gap_s"], found["time_saved_s"]) == (
        9,
        120.0,
        1080.0,
    )
    assert list(found["by_command"]) == ["uv sync", "pytest"]
    assert found["by_command"]["uv sync"]["failed"] == 2
    assert found["by_category"]["network"] == {"failures": 26, "retries": 20, "helped": 9}
    assert found["never_helped"] == [{"command": "pytest", "category": "permanent", "retries": 12}]
    json.dumps(found, allow_nan=False)


def test_every_run_ended_in_one_way():
    found = figures()
    ways = (*stats.OUTCOMES.values(), "failed")
    for counts in (found, *found["by_command"].values()):
        assert sum(counts[way] for way in ways) == counts["runs"]


def test_days_on_which_nothing_ran_are_in_the_timeline():
    line = figures()["timeline"]
    assert [row["start"] for row in line] == ["2025-11-22", "2025-11-23", "2025-11-24"]
    assert [row["runs"] for row in line] == [90, 0, 17]
    assert line[-1] == {"start": "2025-11-24", "runs": 17, "recovered": 8, "failed": 7}


def test_a_short_time_is_shown_by_the_hour():
    assert stats.bucket(UNTIL - DAY, UNTIL) == 3600
    hour = int(UNTIL // 3600)
    groups = [("x", "succeeded", hour, 1, 1, 0, 0, 0, 1.0, 0.0)]
    line = figures(groups, since=UNTIL - DAY)["timeline"]
    assert line == [{"start": "2025-11-24 16:00", "runs": 1, "recovered": 0, "failed": 0}]


def test_nothing_at_all():
    found = figures((), (), (), ())
    assert found["runs"] == 0
    assert found["retry_success_rate"] is None
    assert found["average_retries_per_run"] is None
    assert found["time_saved_s"] is None
    assert found["timeline"] == []


def test_changes_of_circuits_in_reports():
    change = {"at": "2026-01-01T00:00:01.500Z", "from": "CLOSED", "to": "OPEN"}
    one = {"breaker": {"name": "pypi", "state": "OPEN", "changes": [change]}}
    assert stats.changes([one, {"breaker": None}, {"steps": [one]}]) == [
        (1767225601.5, "pypi", "CLOSED", "OPEN")
    ]


# -- forms


def shown(found, width=80, encoding="utf-8"):
    raw = io.BytesIO()
    file = io.TextIOWrapper(raw, encoding=encoding, errors="strict", newline="\n")
    stats_text.show(found, Console(file=file, width=width, highlight=False, color_system=None))
    file.flush()
    return raw.getvalue().decode(encoding)


def test_the_terminal_view():
    text = shown(figures())
    assert "107 runs" in text
    assert "53 %   retry success rate: 8 of 15 runs with a retry recovered" in text
    assert "12 retries of pytest after permanent: 0 helped" in text
    assert "runs       █ ▂  max 90" in text.replace("\u2581", "▂")
    assert all(len(line) <= 80 for line in text.splitlines())


def test_the_terminal_view_of_nothing():
    assert shown(figures((), (), (), ())).startswith("No runs")


def test_the_terminal_view_where_only_ascii_can_be_written():
    found = figures()
    assert "107 runs" in shown(found, encoding="ascii")


def test_hostile_names_are_plain_text():
    name = "[red]x[/red] \x1b[2J\u202e" + "y" * 1000
    groups = [(name, "failed", TODAY, 1, 5, 5, 9, 0, 1.0, 1.0)]
    text = shown(figures(groups, [(name, "network", 9, 9, 0)]))
    assert "[red]x[/red]" in text
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_a_bar_for_each_value():
    assert stats_text.spark([0, 1, 8]) == " ▂█"
    assert stats_text.spark([]) == ""


def test_prometheus_reads_it():
    hostile = 'a "quoted" \\ name\nof two lines'
    groups = [*GROUPS, (hostile, "failed", TODAY, 1, 1, 0, 0, 0, 1.0, 0.0)]
    families = {
        family.name: family
        for family in text_string_to_metric_families(prometheus.text(figures(groups)))
    }
    samples = {
        tuple(sorted(sample.labels.items())): sample.value
        for sample in families["retryrun_command_runs"].samples
    }
    assert samples[("command", hostile), ("outcome", "failed")] == 1
    assert samples[("command", "uv sync"), ("outcome", "recovered")] == 8
    (rate,) = families["retryrun_retry_success_rate"].samples
    assert rate.value == pytest.approx(8 / 15, abs=1e-4)
    assert {family.type for family in families.values()} == {"gauge"}


def test_prometheus_of_nothing_has_no_value_that_is_none():
    text = prometheus.text(figures((), (), (), ()))
    assert "None" not in text
    assert list(text_string_to_metric_families(text))


def test_steps_stand_by_their_names_and_are_not_counted_twice():
    groups = [
        ("check", "recovered", TODAY, 1, 1, 1, 2, 0, 9.0, 3.0),
        ("lint", "recovered", TODAY, 0, 1, 1, 2, 0, 5.0, 3.0),
        ("test", "succeeded", TODAY, 0, 1, 0, 0, 0, 4.0, 0.0),
    ]
    found = figures(groups, (), (), ())
    assert (found["runs"], found["recovered"], found["retries"]) == (1, 1, 2)
    assert found["time_total_s"] == 9.0
    assert [row["runs"] for row in found["timeline"]] == [1]
    assert set(found["by_command"]) == {"check", "lint", "test"}


def test_what_never_succeeds_is_not_flaky_but_broken():
    rows = figures(
        [
            ("broken", "failed", TODAY, 1, 50, 0, 0, 0, 1.0, 0.0),
            ("flaky", "recovered", TODAY, 1, 5, 5, 5, 0, 1.0, 1.0),
            ("flaky", "succeeded", TODAY, 1, 5, 0, 0, 0, 1.0, 0.0),
            ("steady", "succeeded", TODAY, 1, 5, 0, 0, 0, 1.0, 0.0),
        ]
    )["by_command"]
    assert [(share, name) for share, name, _ in stats.flakiest(rows)] == [
        (0.5, "flaky"), (1.0, "broken"),
    ]  # fmt: skip
