"""What counts as the cause, each with what looks like it and is none."""

import pytest

from retryrun.core.classify import classify

NUMBERED = "1 error found in build log:\n  116        Updating crates.io index\n  >> 117    error: failed to get `a`\n  118    Caused by:\n  119      [28] Timeout was reached (Failed to connect to crates.example.org port 443)\n"
DRIVER = "[ERROR] Tests run: 1, Failures: 0, Errors: 1, Skipped: 0 <<< ERROR!\n"
# fmt: off
CAUSES = [
    # The same line goes on with the cause.
    ("network", "kubectl apply -f a", 'error: error validating "a": error validating data: failed to download openapi: read: connection reset by peer'),
    ("permanent", "kubectl apply -f a", 'error: error validating "a": error validating data: unknown field "connection_reset"'),
    ("permanent", "kubectl apply -f a", 'Error from server (Forbidden): pods "a" is forbidden: exceeded quota: team, requested: pods=1, used: pods=20, limited: pods=20'),
    # A failed download is why there is "no such package", or another checksum.
    ("network", "gem install a", "ERROR:  Could not find a valid gem 'a' (>= 0), here is why:\n          Unable to download data from https://gems.example.org/ - too many connection resets (https://gems.example.org/specs.4.8.gz)"),
    ("permanent", "gem install a", "ERROR:  Could not find a valid gem 'a' (>= 0) in any repository"),
    ("network", "brew install a", "curl: (92) HTTP/2 stream 0 was not closed cleanly: PROTOCOL_ERROR (err 1)\nError: Checksum mismatch."),
    ("permanent", "brew install a", "Error: Checksum mismatch.\nExpected: 1\n  Actual: 2"),
    # A wait that was asked for; advice that holds a word of the tool's own attempts.
    ("rate_limit", "vercel deploy", 'Error: Resource is limited - try again in 54 minutes (more than 100, code: "a-day").'),
    ("permanent", "x", "will try again in 5 s\nerror: the option --colour is unknown"),
    ("transient", "dbt build", "  500 Error encountered during execution. Retrying may solve the problem.; reason: backendError"),
    ("rate_limit", "terraform init", "the request failed after 2 attempts, please\ntry again later: 429 Too Many Requests returned from registry.example.org"),
    # Locks.
    ("transient", "prisma migrate", "Context: Timed out trying to acquire a postgres advisory lock (SELECT pg_advisory_lock(1)). Timeout: 10000ms."),
    ("transient", "npm run migrate", "Error: Another migration is already running. Advisory lock mode is set to 'fail'."),
    ("transient", "rsnapshot daily", "ERROR: Lockfile /home/user/rs.pid exists and so does its process, can not continue"),
    ("permanent", "make", "auth: waiting for lock ... got it\nmake: *** No rule to make target 'a', needed by 'all'.  Stop."),
    ("transient", "tofu init", "Error while installing a/b v1: resource temporarily unavailable"),
    ("transient", "aws lambda update-function-code", "An error occurred (ResourceConflictException): The function could not be updated due to a concurrent update operation. (Status Code: 409)"),
    # Codes in JSON; other values are what somebody wrote.
    ("rate_limit", "./notify.sh", 'notify: hook replied: {"ok":false,"error":"ratelimited"}'),
    ("permanent", "./notify.sh", 'notify: posted {"title":"ratelimited"}'),
    # How much has arrived; what a check expected.
    ("network", "gradle build", "> Premature end of Content-Length delimited message body (expected: 1,234; received: 1,000)"),
    ("permanent", "./check", "premature end of Content-Length (expected: 'a'; received: 'b')"),
    # Logs that are quoted by number; sources that are.
    ("network", "spack install a", NUMBERED),
    ("permanent", "spack install a", NUMBERED.replace("1 error found in build log:", "in a.rs:")),
    # A last error without a reason of its own.
    ("transient", "snapcraft push a", "  - Service unavailable. Please try again later. (['OOPS-1'])\nError while processing..."),
    ("permanent", "snapcraft push a", "  - Service unavailable. Please try again later. (['OOPS-1'])\nError: the name 'a' is reserved"),
    # The message below an exception of a test.
    ("network", "mvn verify", DRIVER + "org.openqa.selenium.SessionNotCreatedException: \nNew session request timed out \n"),
    ("permanent", "mvn verify", DRIVER + "java.lang.AssertionError: \nNew session request timed out \n"),
    # What is said of one's own program, and what only looks so.
    ("transient", "cosign sign a", "main.go:74: error during command execution: opening the store: resource temporarily unavailable"),
    ("permanent", "cc a.c", "a.c:74: error: expected ';' before 'resource temporarily unavailable'"),
    ("resource", "vllm serve a", "ValueError: No available memory for the cache blocks. Try increasing it."),
    ("permanent", "python a.py", "ValueError: memory must be a number, not 'no available memory'"),
    ("permanent", "node a.js", "TimeoutError: Timed out after 30000 ms while waiting for the WS endpoint URL to appear in stdout!"),
    ("network", "node a.js", "TimeoutError: Timed out after 30000 ms while waiting for the answer"),
    ("transient", "python a.py", "gitlab.exceptions.GitlabGetError: 502: GitLab is not responding"),
    ("permanent", "python a.py", "ValueError: 502: no such row"),
    # A platform's own trouble behind a hook of it.
    ("transient", "git push heroku main", "remote:  !     Push failed: could not store slug\nTo git@git.example.org:a.git\n ! [remote rejected] main -> main (pre-receive hook declined)"),
    ("permanent", "git push heroku main", "remote:  !     Push rejected, failed to compile Node.js app.\nTo git@git.example.org:a.git\n ! [remote rejected] main -> main (pre-receive hook declined)"),
    # Names of tests in brackets; other processes; pages for people.
    ("permanent", "elixir a.exs", "  1) test returns rate_limited when it is empty (LimiterTest)\n     left:  1\n     right: 2\n2 tests, 1 failure"),
    ("rate_limit", "rspec", "  1) waits\n     too many requests (RateLimitError)\n2 examples, 1 failure"),
    ("transient", "debconf-set-selections a", "debconf: /var/cache/debconf/config.dat is locked by another process: Resource temporarily unavailable"),
    ("resource", "./a", "a: cannot start a process: Resource temporarily unavailable"),
    ("permanent", "GET http://a/", "404 Not Found\n<html><body><p>The page may be temporarily unavailable. Please try again in a few minutes.</p></body></html>"),
    ("transient", "GET http://a/", "<html><body><p>The page is temporarily unavailable. Please try again in a few minutes.</p></body></html>"),
    ("resource", "xorriso -outdev a", "xorriso : FAILURE : Image size 3114s exceeds free space on media 1024s"),
    # Whoever cannot be reached.
    ("network", "ollama run a", "Error: could not connect to ollama app, is it running?"),
    ("network", "snap install a", "error: unable to contact snap store"),
    ("permanent", "./app", "error: could not connect signal to slot"),
    ("permanent", "./route", "error: cannot reach the goal from here"),
]
# fmt: on


@pytest.mark.parametrize(("category", "command", "text"), CAUSES)
def test_the_cause_decides(category, command, text):
    assert classify(command, 1, stderr=text.encode()).category == category


def test_a_status_that_means_one_thing_is_doubted_where_another_is_complained_of():
    refused = b"getmailrc: socket error ([Errno 111] Connection refused)"
    assert classify("getmail", 127, stderr=refused).category == "network"
    unfound = b"sh: 1: getmail: not found"
    assert classify("sh a.sh", 127, stderr=refused + b"\n" + unfound).rule == "exit.not-found"
    assert classify("sh a.sh", 127).rule == "exit.not-found"


def test_a_difference_is_one_where_nothing_is_complained_of():
    refused = b"mariadb-dump: Got error: 2002: Can't connect to server on 'db' (115)"
    dump = "mariadb-dump a | gzip > a.gz; test ${PIPESTATUS[0]} -eq 0"
    assert classify(dump, 1, stderr=refused).category == "network"
    assert classify(dump, 1).rule == "tool.difference"
    assert classify("diff a b", 1, b"< connection refused\n> timed out").rule == "tool.difference"


def test_a_check_that_passed_is_no_event():
    out = b"1..2\nok 1 - connection refused\n"
    assert classify("lua run.lua", 1, out, b"lua: run.lua:2: bad").category == "permanent"
    assert classify("./run", 1, b"connection refused\n").category == "network"


def test_a_download_before_the_tests_was_made_good():
    curl = b"curl: (22) The requested URL returned error: 503\n"
    failed = b"#   Failed test 'header length'\n# Looks like you failed 1 test of 1.\n"
    out = b"1..1\nnot ok 1 - header length\n"
    assert classify("bash ci.sh", 2, out, curl + failed).category == "permanent"
    assert classify("bash ci.sh", 2, out, failed + curl).category == "transient"
