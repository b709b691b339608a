"""Codes of errors by the words they are made of, and what is said of things under way."""

import pytest

from retryrun.core.classify import classify
from retryrun.core.classify.evidence import coded


def category(text, code=1):
    return classify("tool", code, b"", text.encode()).category


@pytest.mark.parametrize(
    ("code", "wanted"),
    [
        ("ConcurrentModification", "code.transient"),
        ("resourceNotReady", "code.transient"),
        ("LOCK_TIMEOUT", "code.transient"),
        ("TooManyInvalidationsInProgress", None),
        ("OperationInProgressException", "code.transient"),
        ("NS_ERROR_UNKNOWN_HOST", "code.network"),
        ("remoteConnectionClosed", "code.network"),
        ("connect_timeout", "code.network"),
        ("RequestThrottled", "code.rate-limit"),
        ("ENHANCE_YOUR_CALM", "code.rate-limit"),
        ("CodeStorageExceededException", "code.resource"),
        ("INSTALL_FAILED_INSUFFICIENT_STORAGE", "code.resource"),
        # What is wrong with a request or a setting, and the names of parts of a program.
        ("InvalidTimeout", None),
        ("TIMEOUT_SECONDS", None),
        ("ConnectionTimeoutHandler", None),
        ("resourceInUseByAnotherResource", None),
        ("UnsupportedConnectionClosed", None),
        ("RetryPolicy", None),
        ("TestLockTimeout", None),
        ("NotFound", None),
    ],
)
def test_a_code_is_read_by_its_words(code, wanted):
    found = coded(code)
    assert (found.id if found else None) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "An error occurred (ConcurrentModification) when calling PutRole: rejected",
        '{"error": {"code": "ModelNotReady", "message": "come in"}}',
        "tool: stream error: ENHANCE_YOUR_CALM; received from peer",
        "Error: HTTPClientError.remoteConnectionClosed",
        "** (MatchError) no match of right hand side value: {:error, :connect_timeout}",
        "java.lang.X: error\nio.delta.exceptions.ConcurrentAppendException: files were added",
        "pay: lock_timeout: this object cannot be had",
        "googleapi: Error 400: the disk, resourceNotReady",
    ],
)
def test_codes_are_seen_where_codes_stand(text):
    assert category(text) in ("network", "rate_limit", "transient")


@pytest.mark.parametrize(
    "text",
    [
        "java.util.ConcurrentModificationException\n\tat a.B.c(B.java:3)",
        "task: API_TIMEOUT must be set",
        "E   KeyError: 'LOCK_TIMEOUT'",
        "CONNECTION_TIMEOUT=3 is no number",
        "Database: connection_timeout\nerror: no such table",
        "CMake Error at CMakeLists.txt:3 (connection_refused):\n  Unknown CMake command",
        "a.py:3:1: F401 'tenacity.RetryTimeoutError' imported but unused",
    ],
)
def test_names_are_no_codes(text):
    assert category(text) == "permanent"


@pytest.mark.parametrize(
    "text",
    [
        "error: volume v1 is in the 'detaching' state",
        "error: status must be available, but current status is: backing-up",
        "error: the container is being deleted",
        "error: model m is currently loading",
        "error: droplet already has a pending event",
        "error: too many execution contexts are open right now",
        "error: the service cannot accept control messages at this time",
        "error: all parallel tests are currently in use",
        "error: no available server to handle this",
        "lvs: logical volume a contains a filesystem in use.",
        "rbd: error: image still has watchers",
        "VM is locked (backup)",
        "[400] Linode busy.",
        "error: the transaction was undone; retry the transaction",
        "prediction interrupted; please retry (code: PA)",
    ],
)
def test_what_is_under_way_or_taken_passes(text):
    assert category(text) == "transient"


@pytest.mark.parametrize(
    "text",
    [
        "error: the state 'missing' is not one of open, closed",
        "error: Python 3.99 is currently not supported",
        "error: this feature is not supported at the moment",
        "error: cannot re-use a name that is still in use",
        "error: fix the value and retry the request",
        "error: bad username or password. Please try again using valid credentials",
        "error: Retry your request with the ID of a profile",
        "warning: the virtualenv is being created for you\nerror: no attribute 'x'",
        "error: could not open lock file /var/lib/x - open (13: Permission denied)",
        "error: the lock file needs to be updated but --locked was passed",
        "error: the size of the bundle (52 MB) exceeds the limit of 50 MB. Please try again.",
        "HTTP error 404.\n  Rate limit remaining: 4998/5000\n  Rate limit reset at: 2019-04-16",
    ],
)
def test_what_stays_is_not_taken_for_it(text):
    assert category(text) == "permanent"


def test_what_an_assertion_shows_of_two_values_is_data():
    text = (
        "    - Expected  - 1\n    + Received  + 1\n\n      Object {\n"
        '        "code": "ECONNRESET",\n    -   "retries": 3,\n    +   "retries": 2,\n      }\n\n'
        "      at Object.toEqual (a.test.js:3:46)\n\nTests: 1 failed, 1 passed, 2 total\n"
    )
    assert category(text) == "permanent"
    node = (
        "  AssertionError [ERR_ASSERTION]: values differ\n  + actual - expected\n\n    {\n"
        "  +   status: 200\n  -   status: 429\n    }\n      at run (a.js:1:1)\n"
    )
    assert category(node) == "permanent"


def test_a_trace_of_tcl_is_quoted():
    text = (
        'can\'t read "user": no such variable\n    while executing\n"send $user"\n'
        '    invoked from within\n"expect {\n  timeout { puts "timed out"; exit 1 }\n}"\n'
    )
    assert category(text) == "permanent"


def test_what_the_system_says_at_the_end_of_a_line_counts_whatever_the_line_quotes():
    text = (
        "unexpected status 1 of \"grep -q 'Killed' log\": sh: write error: No space left on device"
    )
    assert category(text) == "resource"


def test_the_systems_words_are_an_error_of_the_tool():
    text = "ssh: connect to host a.example.org port 22: No route to host\nerror: action failed\n"
    assert category(text) == "network"


def test_a_headline_of_a_wait_yields_to_what_was_waited_for():
    text = (
        "error: timed out waiting for the condition\n"
        "  Deployment/web (container failed to start: ImagePullBackOff: Back-off pulling image)\n"
    )
    assert category(text) == "permanent"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "[FAILED] Unexpected error:\n      <*errors.StatusError | 0xc0007b2fa0>: \n"
            "      failed to call webhook: dial tcp 10.0.0.96:443: connect: connection refused\n"
            "  occurred\nFAIL! -- 5 Passed | 1 Failed | 0 Pending | 2 Skipped\n",
            "network",
        ),
        (
            "    scan_test.go:109: rpc error: code = Unavailable desc = etcdserver: leader changed\n"
            "--- FAIL: TestE2E (312.20s)\nFAIL\n",
            "transient",
        ),
        (
            "ERROR: nodejs do_compile: failed with exit code 1\nLog data follows:\n"
            "| collect2: fatal error: ld terminated with signal 9 [Killed]\n| make: *** [node] Error 2\n"
            "ERROR: Task (nodejs:do_compile) failed with exit code '1'\n",
            "resource",
        ),
        (
            "a.rb:1245:in `check': Account exceeded bandwidth limits. Please retry in 15 minutes."
            " (Net::IMAP::NoResponseError)\n\tfrom a.rb:3:in `<main>'\n",
            "rate_limit",
        ),
        (
            "[2026-01-28T05:10:43.578Z] ERROR: connect to db.example.org port 5432: timed out\n"
            "[2026-01-28T05:10:44.578Z] script returned exit code 2\n",
            "network",
        ),
        (
            'error: cannot install "juju": cannot get nonce from store: Post\n'
            "       https://api.example.org/nonces: net/http: request canceled while waiting\n"
            "       for connection (Client.Timeout exceeded while awaiting headers)\n",
            "network",
        ),
        (
            "x.rb:9:in `check_response': 554 5.7.1 Service unavailable; Client host blocked"
            " (Net::SMTPFatalError)\n",
            "permanent",
        ),
    ],
)
def test_the_reason_is_found_in_what_others_print_around_it(text, wanted):
    assert category(text) == wanted
