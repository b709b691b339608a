"""Sentences of any program: who, and what became of it; and what only sounds like one."""

import itertools

import pytest

from retryrun.core.classify import classify


def judged(text, out=""):
    return classify("some-tool sync", 1, out.encode(), text.encode())


SENTENCES = {
    "network": [
        (
            ["the connection", "connection to db.example.org", "socket", "websocket", "ssh session"],
            ["was lost", "dropped", "was torn down", "went away", "closed by the server",
             "was unexpectedly closed", "is no longer open"],
        ),
        (["session", "stream", "channel 4"], ["was dropped", "lost", "closed unexpectedly"]),
        (
            ["could not", "was not able to", "timed out trying to", "failed to"],
            ["talk to the broker", "contact the licence server", "establish a new session",
             "get an answer from the registry", "reach the build host"],
        ),
        (
            ["the server", "node 3", "broker kafka-1:9092", "https://api.example.org/v1"],
            ["did not respond", "never answered", "is unresponsive", "took too long",
             "stopped responding"],
        ),
        (
            ["gave up", "ran out of time", "stalled"],
            ["while connecting", "waiting for the server", "during the handshake"],
        ),
        (
            ["download", "response", "the transfer of part 3", "upload"],
            ["was cut off", "ended prematurely", "was not fully received", "stalled"],
        ),
        (["host mirror-2", "domain", "db.example.org"], ["does not resolve", "lookup failed"]),
    ],
    "transient": [
        (
            ["the server", "registry", "the payment API", "node 3", "database"],
            ["is down", "is overloaded", "is under heavy load", "is restarting", "is degraded",
             "is experiencing high traffic", "is not accepting requests", "went away",
             "encountered an internal error"],
        ),
        (
            ["could not", "timed out trying to", "gave up trying to"],
            ["get the lock", "take the table lock", "acquire a lease", "get exclusive access",
             "get a connection from the pool", "lock the workspace"],
        ),
        (["the index", "configuration"], ["was changed by another process", "has changed meanwhile"]),
    ],
    "resource": [
        (
            ["the disk", "volume data-1", "/tmp", "cache folder"],
            ["is full", "is over quota", "quota exceeded"],
        ),
        (
            ["the linker", "worker 2"],
            ["needs more memory than there is", "ran out of heap space", "used too much memory"],
        ),
        (["thread", "pids", "file descriptor"], ["limit reached"]),
    ],
    "rate_limit": [
        (
            ["too many"],
            ["calls", "queries", "API calls", "downloads", "messages", "operations per second"],
        ),
        (
            ["error:"],
            ["slow down", "flood control exceeded", "please back off", "requests are coming too fast",
             "maximum number of requests per minute reached"],
        ),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("category", "who", "what"),
    [
        (category, who, what)
        for category, grids in SENTENCES.items()
        for whos, whats in grids
        for who, what in itertools.product(whos, whats)
    ],
)
def test_who_and_what_became_of_it(category, who, what):
    assert judged(f"error: {who} {what}").category == category


@pytest.mark.parametrize(
    "text",
    [
        "the server configuration is invalid",
        "Requested node configuration is not available",
        "connection string is broken",
        "host key verification failed",
        "the session token is missing",
        "your branch is based on 'origin/x', but the upstream is gone",
        "3 broken links found",
        "the link is broken: docs/a.md",
        "the watcher died of a bug",
        "the upload was interrupted by the user",
        "instance type m9 is not available in this region",
        "cannot connect slot to signal",
        "could not talk to object of type X",
        "cannot connect to the probe",
        "cannot look up key 'port' in the table",
        "the object does not respond to a method of that name",
        "the lock timeout must be positive",
        "unable to find worker class",
        "module resolution failed",
        "conflict resolution failed",
        "the address lookup table is invalid",
        "not enough heap papers",
        "the full path of the volume is needed",
        "too many positional arguments",
        "threads must be at least 1",
        "slow down factor must be above 1",
        "Cannot connect to the X server: DISPLAY not set",
    ],
)
def test_what_only_sounds_like_it(text):
    assert judged(f"error: {text}").category == "permanent"


@pytest.mark.parametrize(
    "headline",
    ["could not connect to the server", "download failed", "cannot reach the registry",
     "network error", "the connection to db-1 was lost"],
)  # fmt: skip
@pytest.mark.parametrize(
    "reason",
    ["unsupported protocol version", "invalid port", "missing API key", "signature does not match",
     "method not allowed", "license expired", "bad request", "SSL is required", "no such database",
     "executable login-helper not found"],
)  # fmt: skip
def test_a_lasting_reason_in_the_same_line_decides(headline, reason):
    assert judged(f"error: {headline}: {reason}").category == "permanent"


@pytest.mark.parametrize(
    "reason",
    ["connection refused", "unknown host", "bad gateway", "size mismatch", "unexpected EOF",
     "bad record mac", "timed out"],
)  # fmt: skip
def test_a_passing_reason_in_the_same_line_passes(reason):
    assert judged(f"error: download failed: {reason}").category in ("network", "transient")


def test_an_attempt_that_was_made_again_elsewhere_is_no_reason():
    text = (
        "curl: (28) Failed to connect to a.example.org port 80 after 2000 ms: Timeout was reached\n"
        "primary timed out, trying the mirror\n"
        "pack: unknown flag --frob\n"
        "pack: error in the command line\n"
    )
    assert judged(text).category == "permanent"
    assert judged("\n".join(text.splitlines()[:1])).category == "network"


def test_help_on_stdout_is_a_courtesy_beside_an_error_on_stderr():
    text = "request to https://api.example.org failed: [Errno 111] Connection refused\n"
    page = "usage: tool [--help] [--host HOST]\n\noptions:\n  --help  this\n"
    assert judged(text, page).category == "network"
    assert judged("tool: error: unrecognized arguments: --hots\n", page).category == "permanent"
    assert judged(page + text).category == "permanent"


def test_a_tag_that_is_there_already_is_not_pushed():
    text = (
        "curl: (22) The requested URL returned error: 503\n"
        "To https://git.example.org/x.git\n"
        " ! [rejected]        v2 -> v2 (already exists)\n"
        "error: failed to push some refs to 'https://git.example.org/x.git'\n"
    )
    assert judged(text).rule == "git.not-pushed"


def test_git_says_what_went_wrong_before_the_end_of_the_connection():
    text = (
        "error: RPC failed; HTTP 500 curl 22 The requested URL returned error: 500\n"
        "fatal: The remote end hung up unexpectedly\n"
    )
    assert judged(text).category == "transient"


@pytest.mark.parametrize(
    "text",
    [
        "  4:37  Object literal may only specify known properties, but read timeout is not one",
        'cdef char* msg = u"connection refused"',
        "k2.c:14: retry: expected 3 attempts before giving up with 503 Service Unavailable, got 2",
        "E: deploy.ksh[4]: READ_TIMEOUT: parameter not set",
        "ERROR : 503.html: sizes differ",
        "Unit 'app\\timeoutexception' defined in: a.php",
        "create exclusive lock for repository\nFatal: repository contains errors",
        "timeout_max must be below 10: the API answers 429 Too Many Requests otherwise.",
        "ApiError: [400] Vector dimension 503 does not match the dimension of the index 1536",
        "npm ERR! If you need help, you may report this timeout error at:",
    ],
)
def test_names_numbers_and_values_are_no_events(text):
    assert judged(text).category == "permanent"


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("main.c:4:1: fatal error: error writing to /tmp/c.s: No space left on device", "resource"),
        ("--- FAIL: TestStack (15.69s)\n    stack_test.go:371: failed to start, err: exit 255\n"
         "        stderr: error: Post \"https://api.example.org\": net/http: TLS handshake timeout\n",
         "network"),
        ("npm warn audit 503 Service Unavailable - POST https://registry.example.org/audit\n"
         "npm error audit endpoint returned an error\n"
         "npm error A complete log of this run can be found in: /home/user/.npm/x.log\n",
         "transient"),
        ("publish Failed PUT 504", "transient"),
        ("GitProtocolError: unexpected http resp 503 for https://git.example.org/x", "transient"),
        ("Http Error #503", "transient"),
        ("SQLSTATE[08006] [7] connection to server failed: FATAL:  database \"a\" does not exist",
         "permanent"),
        ("could not read the rows (SQLSTATE 08006)", "network"),
        ("could not finish (SQLSTATE 40P01)", "transient"),
        ("put: d.ldif: Login failed: 530 Login incorrect.", "permanent"),
        ("ResponseLengthError: Response body length does not match content-length header",
         "network"),
        ("RuntimeError: DATABASE_URL is not set, cannot open a connection (retries=3)",
         "permanent"),
        ("a/build.zig.zon:11:20: error: unable to connect to server: ConnectionTimedOut",
         "network"),
        ("12:00:01 ERROR : test1.mkv: Failed to copy: Error 403: User rate limit exceeded.",
         "rate_limit"),
        ("OSError: [WinError 121] the semaphore", "network"),
        ("Error: Timeout (control socket)", "network"),
        ("scp: Connection closed\nMakefile:2: *** [deploy] error 255", "network"),
        ("user@host: Permission denied (publickey).\nscp: Connection closed", "permanent"),
        ("** (Mix) Could not download the archive (reason :timeout)", "network"),
        ("write tcp 10.0.0.2:59758->10.0.0.24:443: use of closed network connection", "network"),
        ("{'type': 'urn:ietf:params:acme:error:rateLimited', 'detail': 'busy'}", "rate_limit"),
        ("Error: Error acquiring the state lock\n\nError message: resource not found", "permanent"),
        ("[info] - works with TLS *** FAILED ***\n[info]   operation timed out after 2.seconds",
         "permanent"),
        ("Quota for user `bi` for 3600s has been exceeded: queries = 101/100.", "rate_limit"),
        ("You exceeded your current quota, please check your plan and billing details.",
         "permanent"),
        ("429: You exceeded your current quota, see plan and billing. Please retry in 31s.",
         "rate_limit"),
    ],
)  # fmt: skip
def test_reasons_where_they_stand(text, category):
    assert judged(text).category == category


def test_the_program_whose_status_the_run_ended_with_came_last():
    report = "F\n======\nFAIL: test_sum (t.T.test_sum)\n\nFAILED (failures=1)\n"
    last = "curl: (22) The requested URL returned error: 504\n"
    assert classify("sh ci.sh", 22, report.encode(), last.encode()).category == "transient"
    assert classify("sh ci.sh", 1, report.encode(), last.encode()).category == "permanent"


def test_a_traced_script_is_judged_by_the_command_that_failed_last():
    text = (
        "+ curl -fsS http://status.example.org/healthz\n"
        "curl: (22) The requested URL returned error: 503\n"
        "+ sleep 1\n"
        "+ curl -fsS http://status.example.org/healthz\n"
        "++ cat VERSION.txt\n"
        "cat: VERSION.txt: No such file or directory\n"
    )
    assert judged(text).category == "permanent"
    assert judged("\n".join(text.splitlines()[:2]) + "\n+ exit 1\n").category == "transient"


def test_what_python_ignores_is_not_the_reason():
    text = (
        "ssh: Connection to 10.0.0.7 port 22: Broken pipe\n"
        "Exception ignored in: <bound method Repository.__del__>\n"
        "Traceback (most recent call last):\n"
        '  File "remote.py", line 181, in __del__\n'
        "AssertionError: cleanup happened in Repository.__del__\n"
    )
    assert judged(text).category == "network"


def test_a_leak_is_a_bug_whatever_the_program_said():
    text = "==9== 503 bytes in 1 blocks are definitely lost in loss record 1 of 1\n"
    assert judged(text, "out of memory simulated: ok\n").category == "permanent"


def test_a_reason_alone_is_not_known_to_last():
    """pip says so of an index that is down, too: then a fallback may run, and a hint is given."""
    text = (
        "ERROR: Could not find a version that satisfies the requirement foo (from versions: none)\n"
        "ERROR: No matching distribution found for foo\n"
    )
    assert classify("pip install foo", 1, b"", text.encode()).rule is None


def test_what_a_program_makes_of_input_that_did_not_come_is_no_reason():
    text = (
        "curl: (22) The requested URL returned error: 503\n"
        "Traceback (most recent call last):\n"
        "json.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)\n"
    )
    assert judged(text).category == "transient"
    assert judged(text.partition("\n")[2]).rule == "exception.logic"


def test_a_silent_test_at_the_end_of_a_script_on_a_terminal():
    script = ["sh", "-c", "curl -fsS $URL -o out; test -s out"]
    text = b"curl: (22) The requested URL returned error: 503\r\n"
    assert classify(script, 1, text, b"", merged=True).category == "transient"
    assert classify(script, 1, b"", text).category == "transient"
    assert classify(script, 1, b"", b"").rule == "tool.difference"
