"""The lines people read."""

import pytest

from retryrun.core.failure import Classification
from retryrun.core.flow import Attempt, GaveUp, Tried
from retryrun.core.outcome import Outcome
from retryrun.report.lines import Words, ending, signal_name, summary

WORDS = Words("uv sync", lambda text: text.replace("hunter2", "***"))
CONNECT = Classification("network", "medium", "uv.connect", "error sending request for url (…)")


def tried(failure=CONNECT, number=1, limit=4, delay=None, **outcome):
    made = Outcome(**{"exit_code": 1, **outcome})
    return Tried(Attempt("primary", number, limit), made, failure, limit, delay)


def test_a_failure_that_is_retried():
    assert WORDS.failed(tried(delay=1.2)) == (
        "uv sync failed (attempt 1/4): exit 1, network [uv.connect] "
        '"error sending request for url (…)". Retrying in 1.2s'
    )
    assert WORDS.failed(tried(delay=0.0)).endswith("Retrying now")


def test_a_success_after_a_retry():
    assert WORDS.recovered(tried(None, 2), 3.4) == "uv sync succeeded on attempt 2/4 after 3.4s"


@pytest.mark.parametrize(
    ("failure", "reason", "detail", "said"),
    [
        (Classification("permanent", "medium", "pytest.failures", "1 failed"), "not_retried", "",
         "exit 1, permanent [pytest.failures]. Not retried"),
        (Classification("permanent"), "not_retried", "", "exit 1, unmatched. Not retried"),
        (CONNECT, "not_retried", "an apply may have half happened",
         'exit 1, network [uv.connect] "error sending request for url (…)". '
         "Not retried: an apply may have half happened"),
        (CONNECT, "none_left", None,
         'exit 1, network [uv.connect] "error sending request for url (…)". No retries left'),
        (Classification("network", rule="x"), "deadline", 6.0,
         "exit 1, network [x]. The deadline is nearer than the next wait of 6s"),
        (Classification("network", rule="x"), "deadline", None,
         "exit 1, network [x]. The deadline has passed"),
        (Classification("rate_limit", rule="x"), "server_wait", 300.0,
         "exit 1, rate_limit [x]. The server asks for a wait of 5m, which is beyond max_delay"),
    ],
)  # fmt: skip
def test_giving_up(failure, reason, detail, said):
    line = WORDS.gave_up(GaveUp(tried(failure), reason, detail))
    assert line == f"uv sync gave up after attempt 1/4: {said}"


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        ({"exit_code": None, "signal": 9}, "killed by SIGKILL"),
        ({"exit_code": None, "signal": 15, "cut": "timeout", "duration": 10.0},
         "cut after 10s by its time limit"),
        ({"exit_code": None, "signal": 15, "cut": "deadline", "duration": 2.0},
         "cut after 2s by the deadline"),
        ({"exit_code": None, "signal": 15, "cut": "idle_timeout", "duration": 2.0},
         "cut after 2s by silence"),
        ({"exit_code": 127, "spawn_error": "command not found"}, "exit 127, command not found"),
    ],
)  # fmt: skip
def test_how_a_run_ended(outcome, said):
    assert WORDS.failure(tried(None, **outcome)) == said


def test_quotes_are_masked_plain_and_short():
    line = Classification("network", rule="x", line="\x1b[31mpassword\rhunter2 " + "y" * 200)
    said = WORDS.failed(tried(line, delay=1.0))
    assert "hunter2" not in said
    assert "\x1b" not in said
    assert "\r" not in said
    assert len(said) < 220


def test_fallbacks_and_clean_ups():
    assert WORDS.fallback(1, 2, "uv sync --offline") == "running fallback 1/2: uv sync --offline"
    stop = GaveUp(tried(number=4), "none_left", fallbacks=1)
    failed = Tried(Attempt("fallback", 4, 4, 1, 1), Outcome(3), Classification("permanent"), 4)
    assert WORDS.fallback_failed(stop, failed) == (
        "uv sync gave up after attempt 4/4 and fallback 1/1: exit 3, unmatched"
    )
    assert (
        WORDS.hook_failed("rm -r x", Outcome(1)) == "warning: before_retry rm -r x failed: exit 1"
    )


def test_the_summary_lines_up():
    assert summary([("lint", "passed", 0.42), ("format-check", "failed, exit 1", 61)]) == [
        "lint          passed          0.4s",
        "format-check  failed, exit 1  1m 1s",
    ]


def test_names_of_signals():
    assert signal_name(15) == "SIGTERM"
    assert signal_name(60) == "signal 60"


def test_endings():
    from retryrun.core.flow import Verdict

    one = (tried(None),)
    assert ending(Verdict("succeeded", one)) == "passed"
    assert ending(Verdict("recovered", (tried(), tried(None, 2)))) == "passed on attempt 2/4"
    assert ending(Verdict("fallback", one)) == "passed by fallback"
    assert ending(Verdict("failed", (tried(exit_code=3),))) == "failed, exit 3"
    assert ending(Verdict("interrupted", (tried(exit_code=3),))) == "interrupted"
