"""The countdown of a wait."""

from retryrun.report.live import Countdown


def shown(left, columns=80):
    lines = []
    again = Countdown(lines.append, columns, "attempt 2/4")(left)
    return lines, again


def test_it_counts_whole_seconds_down():
    lines, again = shown(2.4)
    assert lines == ["retryrun: attempt 2/4 in 3s (Ctrl-C stops)"]
    assert abs(again - 0.4) < 1e-9
    assert shown(3.0) == (["retryrun: attempt 2/4 in 3s (Ctrl-C stops)"], 1.0)
    assert shown(0.25)[0] == ["retryrun: attempt 2/4 in 1s (Ctrl-C stops)"]


def test_it_never_fills_the_line():
    (line,), _ = shown(5000.0, columns=20)
    assert 10 < len(line) <= 19


def test_at_the_end_nothing_is_left():
    lines = []
    Countdown(lines.append, 80, "attempt 2/4").clear()
    assert lines == [""]
