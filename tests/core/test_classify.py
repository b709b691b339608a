"""What decides a failure: order of the judges, structure before vocabulary, the last cause."""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retryrun.core.classify import classify, user_rule
from retryrun.core.failure import CATEGORIES, Classification

REFUSED = b"curl: (7) Failed to connect to h port 443: Connection refused\n"


def judged(text, command="./tool", code=1, **more):
    return classify(command, code, b"", text.encode(), **more)


def rule(**parts):
    return user_rule({"id": "mine", "category": "transient", **parts})


# Who is asked first


def test_success_is_no_failure():
    assert classify("true", 0, b"error: connection refused") is None


def test_a_success_that_a_rule_names_is_a_failure():
    mine = rule(exit_code=[[0, 0]], stdout="0 files copied")
    assert classify("cp", 0, b"0 files copied", rules=[mine]).rule == "mine"
    assert classify("cp", 0, b"3 files copied", rules=[mine]) is None


@pytest.mark.parametrize(
    "line",
    [
        "retryrun: uv sync gave up after attempt 4/4: exit 1, network [uv.connect]. Not retried",
        "retryrun: ./a b was not run: circuit pypi is open for another 12s",
    ],
)
def test_a_nested_retryrun_has_the_last_word(line):
    for text in (f"{line}\n", f"x\n{line}\nmake: *** [Makefile:2: a] Error 1\n"):
        found = judged(text, rules=[rule()], timed_out=True)
        assert (found.category, found.rule) == ("permanent", "retryrun.gave-up")
        assert found.line == line


def test_a_nested_retryrun_far_above_the_end_is_history():
    line = "retryrun: a gave up after attempt 4/4: exit 1, network [x]. Not retried\n"
    assert judged(line + "working\n" * 60).rule != "retryrun.gave-up"


def test_words_that_only_quote_a_nested_retryrun():
    assert judged("see: retryrun: gave up after attempt 1/1\n").rule != "retryrun.gave-up"


def test_a_time_limit_is_asked_before_rules_and_text():
    found = classify("pytest", 124, b"1 failed in 0.1s", timed_out=True, rules=[rule()])
    assert (found.category, found.rule) == ("transient", "timeout")


def test_a_rule_of_the_user_beats_the_built_in_ones():
    found = classify(
        "curl", 7, b"", REFUSED, rules=[rule(category="permanent", stderr="Connection")]
    )
    assert (found.rule, found.category, found.stream) == ("mine", "permanent", "stderr")
    assert found.line == REFUSED.decode().strip()


def test_of_the_users_rules_the_first_that_fits_decides():
    rules = [rule(id="a", stderr="nothing"), rule(id="b", stderr="refused"), rule(id="c")]
    assert classify("curl", 7, b"", REFUSED, rules=rules).rule == "b"


# A user's rule


def test_all_conditions_of_a_rule_must_hold():
    mine = rule(command="curl *", exit_code=[[5, 7]], stderr="refused", stdout="^start")
    fits = {"command": "curl x", "exit_code": 7, "stdout": b"start\n", "stderr": REFUSED}
    assert classify(**fits, rules=[mine]).rule == "mine"
    for name, other in (
        ("command", "wget x"), ("exit_code", 8), ("stdout", b"restart"), ("stderr", b"x"),
    ):  # fmt: skip
        assert classify(**{**fits, name: other}, rules=[mine]).rule != "mine"


def test_a_stream_is_not_searched_for_another_ones_pattern():
    assert classify("a", 1, b"warming up", b"", rules=[rule(stderr="warming")]).rule is None
    assert classify("a", 1, b"", b"warming up", rules=[rule(stdout="warming")]).rule is None
    for out, err in ((b"warming up", b""), (b"", b"warming up")):
        assert classify("a", 1, out, err, rules=[rule(output="warming")]).rule == "mine"


def test_merged_output_is_both_streams():
    found = classify("a", 1, b"warming up", merged=True, rules=[rule(stderr="warming")])
    assert (found.rule, found.stream) == ("mine", None)


def test_a_pattern_sees_lines_without_colours():
    mine = rule(stderr="^ERROR: warming up$")
    assert (
        judged("a\n\x1b[31mERROR:\x1b[0m warming \x1b[1mup\x1b[m\nb\n", rules=[mine]).rule == "mine"
    )


def test_a_rule_without_exit_code_never_fits_a_success():
    assert classify("a", 0, b"warming", rules=[rule(output="warming")]) is None


@pytest.mark.parametrize(
    ("pattern", "text", "wanted"),
    [
        (r"retry in (?P<seconds>\d+) s", "please retry in 12 s", 12.0),
        (r"retry in (?P<minutes>[\d.]+) min", "retry in 1.5 min", 90.0),
        (r"(?P<minutes>\d+)m(?P<seconds>\d+)s", "wait 2m5s", 125.0),
        (r"until (?P<date>.*)$", "until Thu, 01 Jan 1970 00:02:00 GMT", 20.0),
        (r"until (?P<date>.*)$", "until 1970-01-01T00:02:00Z", 20.0),
        (r"until (?P<date>.*)$", "until soon", None),
        (r"retry in (?P<seconds>\w+)", "retry in abc", None),
        (r"retry in (?P<seconds>\d+)", "no wish", None),
        (r"until (?P<date>.*)$", "until Thu, 01 Jan 1970 00:00:01 GMT", None),
    ],
)
def test_a_rule_reads_the_wait_by_its_own_pattern(pattern, text, wanted):
    found = classify("a", 1, b"", text.encode(), rules=[rule(retry_after=pattern)], now=100.0)
    assert found.retry_after == wanted


@pytest.mark.parametrize(
    ("pattern", "text"),
    [("(a+)+$", "a" * 40 + "!"), ("^(.*a){20}$", "a" * 60 + "!"), ("(a|aa)+$", "a" * 60 + "!"),
     (r"(\s+)+$", " " * 65536 + "x"), ("(x+x+)+y", "x" * 60000)],
)  # fmt: skip
def test_hostile_patterns_are_cut_off(pattern, text):
    start = time.thread_time()
    found = judged(text, rules=[rule(stderr=pattern)], clock=time.thread_time)
    assert time.thread_time() - start < 3  # the budget is 0.25 s; the machine may be slow
    assert found.rule is None
    assert found.category == "permanent"
    if found.warning:
        assert "'mine'" in found.warning


def test_the_budget_is_for_all_patterns_together():
    ticks = iter(range(10_000))
    rules = [rule(id=f"r{n}", stderr="x{}y") for n in range(10_000)]
    found = judged("text\n", rules=rules, clock=lambda: next(ticks) * 0.1)
    assert found.rule is None
    assert "r" in found.warning


def test_a_pattern_that_does_not_compile_is_a_warning():
    found = judged("x", rules=[rule(stderr="(")])
    assert "'mine'" in found.warning
    assert found.rule is None


# Structure before vocabulary


@pytest.mark.parametrize(
    "text",
    [
        "E       AssertionError: assert 'Connection refused' == 'ok'\nFAILED t.py::t - AssertionError\n1 failed in 0.1s\n",
        '--- FAIL: TestConnectionRefused (0.00s)\n    a_test.go:3: got "connection refused", want nil\nFAIL\n',
        "a.c:3:5: error: 'connection' undeclared; did you mean 'timed out'?\n",
        "src/a.ts(3,5): error TS2322: Type '\"503 Service Unavailable\"' is not assignable\n",
        "ValueError: Connection timed out: 503 Service Unavailable\n",
        "usage: tool [--timeout N]\ntool: error: argument --timeout: invalid int value: 'connection refused'\n",
        "thread 'main' panicked at src/main.rs:2:5:\nassertion failed: connection timed out\n",
        "fatal error: all goroutines are asleep - deadlock!\n",
    ],
)
def test_words_inside_a_report_are_data(text):
    assert judged(text).category == "permanent"


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("E   ConnectionRefusedError: [Errno 111] Connection refused\nFAILED t.py::t - Conn\n1 failed in 0.1s\n", "network"),
        ("E   sqlite3.OperationalError: database is locked\n1 failed in 0.1s\n", "transient"),
        ("E   MemoryError\nFAILED t.py::t - MemoryError\n1 failed in 0.1s\n", "resource"),
        ("--- FAIL: TestDB (0.00s)\n    a_test.go:3: dial tcp 127.0.0.1:5432: connect: connection refused\nFAIL\n", "network"),
        ("thread 'main' panicked at src/main.rs:2:5:\ncalled `Result::unwrap()` on an `Err` value: Os { code: 111, kind: ConnectionRefused }\n", "network"),
    ],
)  # fmt: skip
def test_an_exception_of_the_infrastructure_is_the_reason(text, category):
    assert judged(text).category == category


# The last cause


def test_the_last_answer_decides():
    text = "curl: (22) The requested URL returned error: 503\ncurl: (22) The requested URL returned error: 404\n"
    assert judged(text, "curl -f x", 22).rule == "http.404"


def test_recovered_attempts_do_not_count():
    text = (
        "WARN connection reset by peer, retrying (1/3)\nupload ok\nERROR: key 'region' is missing\n"
    )
    found = judged(text)
    assert found.category == "permanent"
    assert any("made again" in why for _, _, why in found.candidates)


def test_the_last_of_the_tools_own_retries_counts():
    text = "".join(f"attempt {n}/3 failed: connection refused\n" for n in (1, 2, 3)) + "giving up\n"
    assert judged(text).category == "network"


def test_a_certificate_is_permanent_however_it_is_wrapped():
    text = "error: connection failed: error sending request: certificate verify failed: self-signed certificate\n"
    assert judged(text).rule == "tls.certificate"


def test_wording_beats_the_status():
    assert (
        judged("403 Forbidden: API rate limit exceeded for 203.0.113.7\n").category == "rate_limit"
    )
    assert judged("HTTP 403: Forbidden\n").category == "permanent"


@pytest.mark.parametrize(
    "text", ["built in 503 ms\n", "a.py line 429 of 502\n", "pid 504 ended\n", "--port 503\n"]
)
def test_numbers_are_no_statuses_by_themselves(text):
    assert judged(text).rule is None


def test_urls_and_paths_are_no_evidence():
    text = "error: cannot parse https://x.example.org/connection/timed%20out/503 and /srv/503 Service/x\n"
    assert judged("error: bad file /data/connection-refused/timeout.txt\n").category == "permanent"
    assert judged(text).category == "permanent"


def test_advice_is_no_evidence():
    text = "fatal: refusing to merge\nhint: check your network, the connection may have timed out\n"
    assert judged(text).rule is None


def test_wrapped_boxes_are_read_as_one_line():
    text = "╷\n│ Error: Failed to install provider\n│ \n│ Error while installing x: dial tcp: lookup x.example.org: no\n│ such host\n╵\n"
    assert judged(text, "terraform init").rule == "dns.unresolved"


def test_both_streams_are_read():
    found = classify("mvn test", 1, b"[ERROR] x: Connection reset -> [Help 1]\n", b"note\n")
    assert (found.category, found.stream) == ("network", "stdout")


# Explanation


def test_an_unmatched_failure_carries_its_most_telling_line():
    found = judged(
        "step 1\nERROR: key 'region' is missing\nfor more information, see the manual\n\n"
    )
    assert (found.rule, found.line) == (None, "ERROR: key 'region' is missing")
    assert found.category == "permanent"


def test_a_silent_failure_has_no_line():
    assert classify("./tool", 3) == Classification("permanent")


def test_readings_that_were_not_taken_are_told_with_the_reason():
    found = judged("error: connection refused\nerror: No space left on device\n")
    assert found.rule == "disk.full"
    assert found.severity == "critical"
    assert [(rule, why) for rule, _, why in found.candidates] == [
        ("net.refused", "[disk.full] weighs more")
    ]


def test_a_disabled_rule_is_out_of_the_game():
    assert judged("error: database is locked\n").rule == "lock.held"
    assert judged("error: database is locked\n", disabled={"lock.held"}).rule is None
    assert judged("", code=75, disabled={"sysexits.tempfail"}).rule is None


# Any input


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.binary(max_size=3000),
    st.binary(max_size=3000),
    st.integers(1, 255),
    st.one_of(st.text(max_size=80), st.lists(st.text(max_size=20), max_size=6)),
)
def test_arbitrary_bytes_get_a_verdict(stdout, stderr, code, command):
    assert classify(command, code, stdout, stderr, now=1e9).category in CATEGORIES


WORDS = st.sampled_from(
    "error: fatal: Retry-After: 99999999999999999999 1e999 HTTP/1.1 503 │ \x1b[31m \r \x00 FAILED E    Caused by: "
    'retry in 5 ms Thu, 99 Foo 0000 99:99:99 GMT until 9999-99-99T99:99:99Z x-ratelimit-reset: -1 File "a", line 1'.split(
        " "
    )
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(WORDS, max_size=60))
def test_scrambled_messages_get_a_verdict(parts):
    found = classify("x", 1, b"", " ".join(parts).encode(), now=1.7e9)
    assert found.retry_after is None or 0 < found.retry_after <= 7 * 86400


@pytest.mark.parametrize(
    "data",
    [b"\n" * (1 << 20), b"a" * (1 << 20), b'"\'`(' * 200_000, b"error: x timed " * 60_000, bytes(1 << 20), b"/a/b " * 200_000],
    ids=range(6),
)  # fmt: skip
def test_a_megabyte_of_anything_takes_little_time(data):
    start = time.process_time()
    classify("make", 2, data, data)
    assert time.process_time() - start < 1.5


@pytest.mark.parametrize(
    "filler",
    [
        "assertion ", "\t", "aB", "a-", "1 failed 2 tests ", "echo ", "Aa::", "no x ", ".", "near 'a ",
        "expected 'a b ", "`a b ", "a::a(\"", "(a)=(b ", "RETRYRUN_A", "/a/b/c.d:1:",
    ],
)  # fmt: skip
def test_long_lines_that_hold_evidence_take_little_time(filler):
    long = (filler * 3000)[:1900]
    data = "\n".join([f"{long} connection refused: 503 Service Unavailable {long}"] * 60).encode()
    start = time.process_time()
    classify("make", 2, data, data)
    assert time.process_time() - start < 3


# Corners


def test_the_last_of_very_many_places_of_a_word_are_looked_at():
    text = "error: connection refused\n" * 60
    assert judged(text).rule == "net.refused"
    assert judged("error: No space left on device\n" + text).rule == "disk.full"


def test_two_places_in_one_line_are_one():
    assert judged("error: connection refused, connection refused\n").rule == "net.refused"


def test_a_node_fetch_error_is_no_bug_of_the_program():
    text = "TypeError: fetch failed\n  [cause]: Error: getaddrinfo ENOTFOUND api.example.org\n"
    assert judged(text, "node a.mjs").category == "network"


def test_an_exception_is_read_by_its_name():
    text = "acme.LinkConnectError: link a1 is gone\n"
    assert judged(text).rule == "exception.network"
    known = {"exception.timeout", "net.timeout", "code.network"}
    found = judged("acme.SlowTimeoutError: x\n", disabled=known)
    assert found.rule is None


def test_a_cause_outweighs_the_wrapping_that_names_it():
    text = (
        "ConnectionRefusedError: [Errno 111] Connection refused\n\n"
        "The above exception was the direct cause of the following exception:\n\n"
        "ValueError: upload failed\n"
    )
    assert judged(text).category == "network"


def test_an_exception_with_an_unknown_name_says_nothing():
    assert judged("acme.StrangeError: odd\n").rule is None


@pytest.mark.parametrize(
    "text",
    [
        "tests.py:3: input_value='503 Service Unavailable'\n",
        "Error: expected 'connection refused' but got 'ok'\n",
        "Error: Test timed out in 5000ms.\n",
    ],
)
def test_wording_that_quotes_words(text):
    assert judged(text).rule is None


@pytest.mark.parametrize("line", ["● retries on ECONNREFUSED", "  - connection refused", "● a › b"])
def test_titles_and_differences_of_a_report_are_data(line):
    text = f"FAIL a.test.js\n  ● name\n\n{line}\n\nTests:       1 failed, 1 total\n"
    assert judged(text).rule == "jest.failures"


def test_a_bug_keeps_its_neighbours_out():
    text = "fatal error: all goroutines are asleep - deadlock!\nlog: connection refused\n"
    found = judged(text)
    assert found.rule == "go.deadlock"
    assert (
        "net.refused",
        "log: connection refused",
        "beside a bug in the program",
    ) in found.candidates


def test_a_disabled_form_is_not_seen():
    text = "FAILED t.py::a - connection refused\n=== 1 failed in 0.1s ===\n"
    assert judged(text, disabled={"pytest.failures"}).rule != "pytest.failures"


def test_not_more_than_a_dozen_readings_are_told():
    text = "".join(f"error {n}: connection refused\nerror {n}: timed out\n" for n in range(20))
    assert len(judged(text).candidates) == 12


def test_the_line_of_a_silent_stderr_is_looked_for_on_stdout():
    assert classify("x", 3, b"one\ntwo\n", b"").line == "two"
    assert classify("x", 3, b"one\n", b"plain words\n").line == "plain words"


def test_a_clock_that_ran_out_before_the_first_line():
    ticks = iter([0.0, 0.1, 9.0, 9.0, 9.0])
    found = judged("text\n", rules=[rule(stderr="x")], clock=lambda: next(ticks))
    assert "'mine'" in found.warning


def test_an_option_named_retry_is_no_retry():
    text = 'Curl failed: "curl --retry 3 -- http://x.example.org/a" exited with code 7\n'
    assert judged(text, "opam update", 40).category == "network"


def test_a_warning_yields_to_an_error_of_its_own():
    text = "WARNING: update check: connection refused\nERROR: key 'region' is empty\n"
    assert judged(text).rule is None
    text = "WARNING: index server: connection refused\nERROR: could not install x\n"
    assert judged(text).category == "network"


def test_rules_after_the_budget_are_not_tried():
    ticks = iter([0.0, 0.1, 9.0])
    rules = [rule(id="a", stderr="q"), rule(id="b", stderr="y")]
    assert "'b'" in judged("text\n", rules=rules, clock=lambda: next(ticks)).warning


def test_in_a_go_test_only_a_real_connection_counts():
    text = "--- FAIL: TestA (0.00s)\n    a_test.go:3: dial error: connection refused\nFAIL\n"
    assert judged(text).rule == "go.test"


def test_a_wrapped_driver_error_in_a_test_counts():
    text = "E   (sqlite3.OperationalError) database is locked\nFAILED t.py::t\n1 failed in 0.1s\n"
    assert judged(text).category == "transient"


def test_a_phrase_counts_as_whole_words_only():
    assert judged("submerge conflict\n").rule is None
    assert judged("submerge conflict, then a merge conflict\n").rule == "git.conflict"


def test_ten_thousand_patterns_are_no_matter():
    text = "\n".join(f"line {n} of what was done, with an error" for n in range(1600))
    rules = [rule(id=f"r{n}", output=f"warming up number {n:05}") for n in range(10_000)]
    found = judged(f"{text}\nwarming up number 09999", rules=rules, budget=60.0)
    assert found.rule == "r9999"


MIXED = (
    "E   AssertionError: assert 1 == 2\n"
    "E   urllib.error.URLError: <urlopen error [Errno 111] Connection refused>\n"
    "FAILED t.py::test_a - assert 1 == 2\n"
    "FAILED t.py::test_b - urllib.error.URLError: <urlopen error [Errno 111] Connection r...\n"
    "2 failed in 0.97s\n"
)


def test_a_run_of_tests_of_which_one_failed_for_real_fails_again():
    assert judged(MIXED, "pytest -q").rule == "pytest.failures"
    assert "failed for real" in str(judged(MIXED, "pytest -q").candidates)
    only = MIXED.replace(
        "assert 1 == 2", "ConnectionResetError: [Errno 104] Connection reset by peer"
    )
    assert judged(only.replace("AssertionError: ", ""), "pytest -q").category == "network"


@pytest.mark.parametrize(
    ("sums", "category"), [("errors=1", "network"), ("failures=1, errors=1", "permanent")]
)
def test_unittest_counts_errors_and_failures_apart(sums, category):
    text = (
        "ERROR: test_a (t.T.test_a)\n" + "-" * 70 + "\nTraceback (most recent call last):\n"
        "ConnectionRefusedError: [Errno 111] Connection refused\n\n"
        f"Ran 2 tests in 0.001s\n\nFAILED ({sums})\n"
    )
    assert judged(text, "python -m unittest").category == category
