"""Reports of test runners that no rule names are seen by their counts of outcomes."""

import subprocess
import sys

import pytest

from retryrun.core.classify import classify

SUMMARIES = [
    "[  FAILED  ] 1 test, listed below:",  # GoogleTest
    "test cases: 1 | 1 failed",  # Catch2
    "*** 1 failure is detected in the test module \"a\"\nRunning 1 test case...",  # Boost.Test
    "0%: Checks: 1, Failures: 1, Errors: 0\nTests run: 1, Failures: 1",  # Check
    "1 test run, 1 failure",
    "Cases: 1  Tried: 1  Errors: 0  Failures: 1",  # HUnit, OUnit
    "1 out of 1 tests failed (0.00s)",  # tasty
    "[ FAIL 1 | WARN 0 | SKIP 0 | PASS 0 ]",  # testthat
    "0 successes / 1 failure / 0 errors / 0 pending : 0.01 seconds",  # busted
    "Ran 1 tests in 0.000 seconds, 0 successes, 1 failure",  # LuaUnit
    "0 passed; 0 skipped; 1 failed.",  # Zig
    "Executed 1 test, with 1 failure (0 unexpected) in 0.01 seconds",  # XCTest
    "1 examples, 1 failures, 0 errors, 0 pending",  # Crystal
    "*** 1 TEST FAILED ***\nTests: succeeded 0, failed 1, canceled 0",  # ScalaTest
    "1 scenario (1 failed)\n2 steps (1 failed, 1 passed)",  # cucumber, behat
    "0 features passed, 1 failed, 0 skipped",  # behave
    "1 test, 0 passed, 1 failed",  # Robot Framework
    "FAILED | 0 passed | 1 failed (15ms)",  # deno
    " 0 pass\n 1 fail",  # bun
    "a.tcl:\tTotal\t1\tPassed\t0\tSkipped\t0\tFailed\t1",  # tcltest
    "  Total:     1\n  Passed:    0\n  Skipped:   0",  # uvu
    "1 test failed",  # ava
    "Failed: 1.  Skipped: 0.  Passed: 0.",  # EUnit
    "Ran 1 tests containing 1 assertions.\n1 failures, 0 errors.",  # clojure.test
]  # fmt: skip


@pytest.mark.parametrize("summary", SUMMARIES)
def test_names_of_tests_are_data_whoever_ran_them(summary):
    text = f"connection refused is retried\n  503 Service Unavailable\n{summary}\n"
    found = classify("./run-the-tests", 1, text.encode())
    assert (found.category, found.rule) == ("permanent", found.rule)
    assert found.rule is not None


@pytest.mark.parametrize("summary", SUMMARIES[:6] + SUMMARIES[12:20])
def test_the_exception_that_ended_a_test_still_counts(summary):
    text = f"out of memory is told\n  ConnectionRefusedError: [Errno 111] Connection refused\n{summary}\n"
    assert classify("./run-the-tests", 1, text.encode()).category == "network"


@pytest.mark.parametrize(
    ("line", "category"),
    [
        ("** (MatchError) no match of right hand side value: {:error, :econnrefused}", "network"),
        ("     Failed to open TCP connection to h:80 (Connection refused) (Errno::ECONNREFUSED)", "network"),
        ("cannot connect: IO::Socket::INET: connect: Connection refused at a.t line 3.", "network"),
        ("cannot reach it: Os { code: 111, kind: ConnectionRefused, message: \"…\" }", "network"),
        ("called `Result::unwrap()` on an `Err` value: Os { code: 28, kind: StorageFull, message: \"No space left on device\" }", "resource"),
        ("# curl: (7) Failed to connect to 127.0.0.1 port 80: Connection refused", "network"),
        ("     assert {:error, :timeout} == {:error, :econnrefused}", "permanent"),
        ("     expected rate limit exceeded (RuntimeError)", "permanent"),
        ("  Expected: 'Connection refused'", "permanent"),
        ("  \"Connection refused\" not equal to \"rate limit exceeded\".", "permanent"),
        ("FAILED t.py::a - Failed: DID NOT RAISE ConnectionRefusedError", "permanent"),
        ("  ✖ connection timeout", "permanent"),
    ],
)  # fmt: skip
def test_what_of_a_test_report_is_what_happened(line, category):
    text = f"{line}\n3 tests run, 1 failure\n"
    assert classify("./run-the-tests", 1, text.encode()).category == category


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("+ echo 'connection timed out'\nconnection timed out\ncat: x: No such file or directory", "permanent"),
        ("--- a.py\n+++ b.py\n@@ -1 +1 @@\n-x = 'connection timed out'\n+y = 1\nwould reformat", "permanent"),
        ("[connection refused] test -d x exited with code 1", "permanent"),
        ("4 tasks:\n5   - name: a\n6     msg: '{{ rate_limit_exceeded }}'\n7   - b\nnot defined", "permanent"),
        ("> a@1.0.0 build\n> node -e \"console.log('server is busy')\"\n\nserver is busy\n", "permanent"),
        ("TASK [the database is locked] ****\nfatal: [h]: FAILED! => {'assertion': 'x'}", "permanent"),
        ("insert into t values ('database is locked')\nERROR 1146: Table 'x.t' doesn't exist", "permanent"),
        ("failed at line 3: grep -q 'connection refused: 503' /dev/null", "permanent"),
        ("retry-on-connection-refused: no such rule", "permanent"),
        ("  | ConnectionRefusedError: [Errno 111] Connect call failed\n  +----\nException Group Traceback", "network"),
        ("Exception in thread \"main\" java.lang.IllegalStateException: sync\nCaused by: java.net.ConnectException: Connection refused", "network"),
        ("  = note: /usr/bin/ld: final link failed: No space left on device\nerror: linking failed", "resource"),
        ("tool: (CouldNotConnectToServer)\n", "network"),
    ],
)  # fmt: skip
def test_what_is_quoted_and_what_has_happened(text, category):
    assert classify("./tool", 1, b"", text.encode()).category == category


@pytest.mark.parametrize(
    "line",
    [
        "3 files failed, 10 copied",
        "Failed: 3, Skipped: 0, Copied: 10",
        "ok=3 changed=0 unreachable=1 failed=1 skipped=2 tests=1",
        "2 errors and 3 warnings",
        "12 packages passed on, nothing was broken",
    ],
)
def test_other_counts_are_no_test_reports(line):
    found = classify("./sync", 1, f"error: connection refused\n{line}\n".encode())
    assert found.rule == "net.refused"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Unbound variable: connection-timeout", "the name of something that is not there"),
        ("No keyword with name 'Wait For Connection Timeout' found.", "the name of something"),
        ("config error\n  clarifyTimeoutError: false,", "a setting, no event"),
        ("timeout: 'connection refused' is not a int.", "a value that did not validate"),
        ("var x = 'connection refused'\n        ~~~~~~~~~~~~~~~~~~~~", "a value in a source"),
        ("call('connection refused')\n        ~~~~~~~~~~~~~~~~~~~~", "quoted source or stack frame"),
        ("connection timed out\nERROR: field 'x' is mandatory", "told in passing"),
    ],
)  # fmt: skip
def test_words_in_names_settings_values_and_source_are_no_events(text, why):
    found = classify("./tool", 1, b"", text.encode())
    assert found.category == "permanent"
    if found.candidates:
        assert any(why in each[2] for each in found.candidates)


def test_an_error_that_is_only_a_name_is_read_as_one():
    for line, category in (
        ("error: ConnectionRefused downloading the manifest", "network"),
        ("error: DNSResolveFailed downloading the manifest", "network"),
        ("error: InvalidManifest in the archive", "permanent"),
    ):
        assert classify("./tool", 1, b"", line.encode()).category == category


@pytest.mark.parametrize(
    ("line", "category"),
    [
        ("server message: 421 4.3.2 Service not available, closing channel", "transient"),
        ("421 Too many users, sorry, try later.", "transient"),
        ("smtplib.SMTPRecipientsRefused: {'b@b.org': (450, b'4.2.0 Greylisted')}", "transient"),
        ("server message: 550 5.1.1 User unknown", "permanent"),
        ("error: GET http://registry.example.org/a - 503", "transient"),
        ("acme.ApiError: ApiError(429, 'rejected')", "rate_limit"),
        ("GET http://api.example.org/x giving up after 3 attempt(s)", "transient"),
        ("GET http://api.example.org/x giving up after 3 attempt(s): HTTP 404", "permanent"),
        ("http://x.example.invalid/: Input/output error\nFailed to resolve hostname x.example.invalid", "network"),
    ],
)  # fmt: skip
def test_statuses_in_other_clothes(line, category):
    assert classify("./tool", 1, b"", line.encode()).category == category


def test_a_success_imports_nothing_of_it():
    code = (
        "import sys; sys.argv = ['retryrun', '--no-config', '--', %r]\n"
        "import atexit, os; leave = os._exit\n"
        "def told(status):\n"
        "    names = [n for n in sys.modules if 'classify' in n or n.startswith('retryrun.rules')]\n"
        "    print(len(names), flush=True); leave(status)\n"
        "os._exit = told; atexit.register(lambda: told(0))\n"
        "from retryrun.__main__ import main\n"
        "sys.exit(main())\n"
    )
    counts = [
        int(
            subprocess.run(
                [sys.executable, "-c", code % word],
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            ).stdout.split()[-1]
        )
        for word in ("true", "false")
    ]
    assert counts[0] == 0
    assert counts[1] > 10
