"""Text that is quoted, repeated or handed over is no event; what a server answers is one."""

import json

import pytest

from retryrun.core.classify import classify

QUOTED = [
    "/app/a.nim(1, 30) Error: type mismatch: got 'string' for '\"503 Service Unavailable\"'",
    "core.exception.AssertError@source/a.d(2): 503 Service Unavailable",
    "Error: unhandled exception: a.nim(1, 10) `a == b` 503 Service Unavailable [AssertionDefect]",
    'Error in check("503 Service Unavailable") :\n  "connection timeout" == x is not TRUE',
    'a.md:2:1 error MD018/no-missing-space No space after hash [Context: "#no space left"]',
    "   input: connection timeout 503\n   type may not be empty",
    "2\trequests.get(x)\n3\tsubprocess.call('connection refused', shell=True)",
    "There should be no calls to IO.inspect(\"connection timeout 503\") in lib/a.ex",
    "selec 'Lock wait timeout exceeded'\nERROR 1064 (42000) at line 1: You have an error in your "
    "SQL syntax; check the manual for the right syntax to use near 'selec 'Lock wait timeout "
    "exceeded'' at line 1",
    "remote: the message must not say: connection reset\n"
    " ! [remote rejected] HEAD -> main (pre-receive hook declined)",
    "Could not open /dev/ttyTimeout, the port is busy or doesn't exist.",
]  # fmt: skip


@pytest.mark.parametrize("text", QUOTED)
def test_what_is_quoted_is_no_event(text):
    assert classify("tool", 1, b"", text.encode()).category == "permanent"


@pytest.mark.parametrize(
    "text",
    [
        "ConnectionError('Connection aborted, connection refused')",
        "Error in open.connection(x) : cannot resolve host name: Connection refused",
        'Exception: connect("h"): Connection refused',
    ],
)
def test_an_exception_that_is_shown_like_a_call_is_one(text):
    assert classify("tool", 1, b"", text.encode()).category == "network"


@pytest.mark.parametrize(
    "line",
    [
        "RETRYRUN_LAST_EXIT_CODE=137",
        'declare -x RETRYRUN_LAST_EXIT_CODE="137"',
        "+ export RETRYRUN_LAST_CATEGORY=rate_limit",
        "RETRYRUN_LAST_LINE=curl: (7) Failed to connect to h: Connection refused",
    ],
)
@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_what_retryrun_told_its_child_is_no_evidence(line, stream):
    found = classify("env; false", 1, **{stream: line.encode()})
    assert (found.category, found.rule) == ("permanent", None)


SESSIONS = [
    ("permanent", 'connection to server at "h", port 5432 failed: FATAL:  database "x" does not exist'),
    ("permanent", 'connection to server at "h", port 5432 failed: FATAL:  role "x" does not exist'),
    ("permanent", 'psycopg.OperationalError: connection failed: connection to server at "h", port 5432 failed: FATAL:  database "x" does not exist'),
    ("permanent", 'connection to server at "h", port 5432 failed: FATAL:  password authentication failed for user "x"'),
    ("permanent", 'psql: error: connection to server at "h", port 5432 failed: FATAL:  no pg_hba.conf entry for host "10.0.0.9", user "x", database "y", no encryption'),
    ("permanent", 'psql: error: connection to server at "h", port 5432 failed: fe_sendauth: no password supplied'),
    ("permanent", 'psql: error: connection to server at "h", port 5432 failed: server does not support SSL, but SSL was required'),
    ("permanent", "failed to connect to `host=h user=a database=x`: server error (FATAL: database \"x\" does not exist (SQLSTATE 3D000))"),
    ("permanent", 'Caused by: org.postgresql.util.PSQLException: FATAL: database "x" does not exist'),
    ("permanent", "error: database \"x\" does not exist\n    at Parser.parseErrorMessage (parser.js:283:98) {\n  severity: 'FATAL',\n  code: '3D000',"),
    ("transient", 'connection to server at "h", port 5432 failed: FATAL:  sorry, too many clients already'),
    ("transient", 'connection to server at "h", port 5432 failed: FATAL:  the database system is starting up'),
    ("transient", 'psycopg.OperationalError: connection failed: connection to server at "h", port 5432 failed: FATAL:  the database system is not yet accepting connections'),
    ("transient", "org.postgresql.util.PSQLException: FATAL: the database system is shutting down"),
    ("network", 'connection to server at "h", port 5432 failed: Connection refused\n\tIs the server running on that host and accepting TCP/IP connections?'),
    ("network", 'connection to server at "h", port 5432 failed: server closed the connection unexpectedly'),
]  # fmt: skip


@pytest.mark.parametrize(("category", "text"), SESSIONS)
def test_a_database_that_answers_is_reached(category, text):
    assert classify("app", 1, b"", text.encode()).category == category


@pytest.mark.parametrize(
    ("command", "stdout", "stderr", "exit_code", "rule"),
    [
        ("bash -x job.sh", "", "+ set -e\n+ wget -q -O a http://h/x\n", 4, "wget.network"),
        ("npm run get", "\n> a@1.0.0 get\n> curl -sf http://h/x\n\n", "", 7, "curl.connect"),
        ("make", "curl -sf http://h/x\n", "make: *** [Makefile:2: a] Error 28\n", 2, "curl.timeout"),
        ("make", "./build curl\n", "make: *** [Makefile:2: a] Error 7\n", 2, "make.recipe"),
        ("bash -x job.sh", "done\n", "+ wget -q x\nwget: it is late\n", 2, None),
    ],
)  # fmt: skip
def test_the_status_of_a_command_that_was_shown_and_said_nothing(
    command, stdout, stderr, exit_code, rule
):
    assert classify(command, exit_code, stdout.encode(), stderr.encode()).rule == rule


def reported(said):
    row = {"Time": "2026-11-03T04:05:06Z", "Action": "output", "Package": "a", "Output": said}
    return json.dumps(row, separators=(",", ":"))


@pytest.mark.parametrize(
    ("said", "category"),
    [
        ("    a_test.go:6: got 429 Too Many Requests want 503\n", "permanent"),
        ("    a_test.go:6: dial tcp 10.0.0.1:443: connect: connection refused\n", "network"),
    ],
)
def test_tests_of_go_that_are_told_as_json(said, category):
    rows = [reported(said), reported("--- FAIL: TestA (0.00s)\n"), '{"Action":"output"}', "{"]
    assert classify("go test -json", 1, "\n".join(rows).encode()).category == category


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("1) LiveTest::testLive\nfsockopen(): Unable to connect to h:80 (Connection refused)\n\nERRORS!\nTests: 1, Assertions: 0, Errors: 1.", "network"),
        ("1) LiveTest::testLive\nConnection refused\nFailed asserting that 1 is 2.\n\nFAILURES!\nTests: 1, Assertions: 1, Failures: 1.", "permanent"),
        ("  TypeError: fetch failed\n      at x\n\n  1 test failed", "network"),
        ('{"examples":[{"description":"429 Too Many Requests"}],"summary":{"failure_count":1}}', "permanent"),
        ('  "stats": {\n    "failures": 1\n  },\n    "title": "503 Service Unavailable",', "permanent"),
    ],
)  # fmt: skip
def test_the_error_that_a_report_counts_is_the_reason_if_it_is_of_the_network(text, category):
    assert classify("tool", 1, text.encode()).category == category


@pytest.mark.parametrize(
    ("line", "category"),
    [
        ("cp: Fehler beim Schreiben: Auf dem Gerät ist kein Speicherplatz mehr verfügbar", "resource"),
        ("connect (111: Verbindungsaufbau abgelehnt)", "network"),
        ("curl : nom ou service inconnu", "network"),
        ("Brak miejsca na urządzeniu", "resource"),
        ("Datei oder Verzeichnis nicht gefunden", "permanent"),
    ],
)  # fmt: skip
def test_the_system_in_other_languages(line, category):
    assert classify("tool", 1, b"", line.encode()).category == category
