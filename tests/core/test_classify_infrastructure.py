"""Reports of tests that the infrastructure ended: then the run may pass another time."""

import pytest

from retryrun.core.classify import classify

REPORTS = [
    (
        "pytest",
        "=== FAILURES ===\n"
        "____ test_a ____\n"
        "    def test_a():\n"
        ">       requests.get(URL)\n"
        "E       requests.exceptions.ConnectionError: HTTPSConnectionPool(host='x', port=443): Max retries exceeded with url: / (Caused by NewConnectionError: [Errno 111] Connection refused)\n"
        "=== short test summary info ===\n"
        "FAILED t.py::test_a - requests.exceptions.ConnectionError: HTTPSConnectionPool\n"
        "=== 1 failed in 0.1s ===",
    ),
    (
        "pytest",
        "=== ERRORS ===\n"
        "____ ERROR at setup of test_a ____\n"
        'E   docker.errors.APIError: 429 Client Error for http+docker://localhost/v1.41/images/create: Too Many Requests ("toomanyrequests: You have reached your pull rate limit")\n'
        "=== short test summary info ===\n"
        "ERROR t.py::test_a - docker.errors.APIError: 429 Client Error\n"
        "=== 1 error in 3s ===",
    ),
    (
        "pytest",
        "=== FAILURES ===\n"
        "____ test_a ____\n"
        'E       sqlalchemy.exc.OperationalError: (psycopg2.OperationalError) connection to server at "db" (10.0.0.1), port 5432 failed: Connection refused\n'
        "=== short test summary info ===\n"
        "FAILED t.py::test_a - sqlalchemy.exc.OperationalError: (psycopg2.OperationalError)\n"
        "=== 1 failed in 1s ===",
    ),
    (
        "pytest",
        "=== FAILURES ===\n"
        "____ test_a ____\n"
        "E       subprocess.CalledProcessError: Command '['git', 'clone', 'https://x']' returned non-zero exit status 128.\n"
        "----- Captured stderr call -----\n"
        "Cloning into 'x'...\n"
        "fatal: unable to access 'https://x/': Could not resolve host: x\n"
        "=== short test summary info ===\n"
        "FAILED t.py::test_a - subprocess.CalledProcessError: Command '['git', 'clone'...\n"
        "=== 1 failed in 1s ===",
    ),
    (
        "jest",
        "FAIL src/a.test.js\n"
        "  ● loads\n"
        "\n"
        "    FetchError: request to https://x failed, reason: connect ECONNREFUSED 10.0.0.1:443\n"
        "\n"
        "      at ClientRequest.<anonymous> (node_modules/node-fetch/lib/index.js:1501:11)\n"
        "\n"
        "Tests: 1 failed, 1 total",
    ),
    (
        "jest",
        "FAIL src/a.test.js\n"
        "  ● Test suite failed to run\n"
        "\n"
        "    getaddrinfo ENOTFOUND db.example.org\n"
        "\n"
        "Tests: 0 total",
    ),
    (
        "mocha",
        '  1) pool "before all" hook:\n'
        "     MongoServerSelectionError: connect ECONNREFUSED 127.0.0.1:27017\n"
        "\n"
        "  0 passing\n"
        "  1 failing",
    ),
    (
        "vitest run",
        " FAIL  a.test.ts > loads\n"
        "TypeError: fetch failed\n"
        " ❯ a.test.ts:3:5\n"
        "Caused by: Error: getaddrinfo EAI_AGAIN api.example.org\n"
        "\n"
        " Test Files  1 failed (1)\n"
        "      Tests  1 failed (1)",
    ),
    (
        "go test ./...",
        "--- FAIL: TestA (0.10s)\n"
        '    a_test.go:12: Get "https://x": dial tcp: lookup x: no such host\n'
        "FAIL\n"
        "FAIL\texample.org/a\t0.1s\n"
        "FAIL",
    ),
    (
        "go test ./...",
        "--- FAIL: TestA (0.10s)\n"
        '    a_test.go:12: unexpected error: rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial tcp 10.0.0.1:50051: connect: connection refused"\n'
        "FAIL",
    ),
    (
        "go test ./...",
        "--- FAIL: TestA (0.10s)\n"
        "    require.go:1: \n"
        "        \tError Trace:\ta_test.go:12\n"
        "        \tError:      \tReceived unexpected error:\n"
        "        \t            \tdial tcp 10.0.0.1:5432: connect: connection refused\n"
        "        \tTest:       \tTestA\n"
        "FAIL",
    ),
    (
        "cargo test",
        "---- tests::a stdout ----\n"
        "thread 'tests::a' panicked at src/lib.rs:3:5:\n"
        'called `Result::unwrap()` on an `Err` value: reqwest::Error { kind: Request, url: "https://x", source: hyper_util::client::legacy::Error(Connect, ConnectError("dns error", Custom { kind: Uncategorized, error: "failed to lookup address information: Name or service not known" })) }\n'
        "\n"
        "test result: FAILED. 0 passed; 1 failed",
    ),
    (
        "cargo test",
        "---- tests::a stdout ----\n"
        "thread 'tests::a' panicked at src/lib.rs:3:5:\n"
        'called `Result::unwrap()` on an `Err` value: Os { code: 111, kind: ConnectionRefused, message: "Connection refused" }\n'
        "\n"
        "test result: FAILED. 0 passed; 1 failed",
    ),
    (
        "mvn test",
        "[ERROR] Tests run: 1, Failures: 0, Errors: 1, Skipped: 0\n"
        "[ERROR] com.acme.ATest.testA -- Time elapsed: 1 s <<< ERROR!\n"
        "java.net.ConnectException: Connection refused\n"
        "\tat java.base/sun.nio.ch.Net.connect0(Native Method)\n"
        "[ERROR] Errors: \n"
        "[ERROR]   ATest.testA:12 » Connect Connection refused\n"
        "[INFO] BUILD FAILURE",
    ),
    (
        "gradle test",
        "ATest > testA() FAILED\n"
        "    java.net.UnknownHostException: db.example.org at ATest.java:12\n"
        "\n"
        "1 test completed, 1 failed\n"
        "\n"
        "FAILURE: Build failed with an exception.",
    ),
    (
        "gradle test",
        "ATest > initializationError FAILED\n"
        "    org.testcontainers.containers.ContainerFetchException at ATest.java:12\n"
        "        Caused by: com.github.dockerjava.api.exception.DockerClientException: Could not pull image: toomanyrequests: You have reached your pull rate limit.\n"
        "\n"
        "1 test completed, 1 failed",
    ),
    (
        "rspec",
        "Failures:\n"
        "\n"
        "  1) Pool loads\n"
        "     Failure/Error: Net::HTTP.get(uri)\n"
        "\n"
        "     Errno::ECONNREFUSED:\n"
        '       Failed to open TCP connection to x:80 (Connection refused - connect(2) for "x" port 80)\n'
        "\n"
        "1 example, 1 failure",
    ),
    (
        "rails test",
        "E\n"
        "\n"
        "Error:\n"
        "PoolTest#test_loads:\n"
        'PG::ConnectionBad: connection to server at "db" (10.0.0.1), port 5432 failed: Connection refused\n'
        "\n"
        "1 runs, 0 assertions, 0 failures, 1 errors, 0 skips",
    ),
    (
        "phpunit",
        "There was 1 error:\n"
        "\n"
        "1) PoolTest::testLoads\n"
        "PDOException: SQLSTATE[HY000] [2002] Connection refused\n"
        "\n"
        "/app/tests/PoolTest.php:5\n"
        "\n"
        "ERRORS!\n"
        "Tests: 1, Assertions: 0, Errors: 1.",
    ),
    (
        "dotnet test",
        "  Failed Pool.Loads [1 s]\n"
        "  Error Message:\n"
        "   System.Net.Http.HttpRequestException : Connection refused (x:443)\n"
        "---- System.Net.Sockets.SocketException : Connection refused\n"
        "\n"
        "Failed!  - Failed:     1, Passed:     0",
    ),
    (
        "mix test",
        "  1) test loads (PoolTest)\n"
        "     test/pool_test.exs:3\n"
        "     ** (DBConnection.ConnectionError) tcp connect (db:5432): connection refused - :econnrefused\n"
        "     code: Repo.all(X)\n"
        "\n"
        "1 test, 1 failure",
    ),
    (
        "ctest",
        "1/1 Test #1: net ...***Failed    0.01 sec\n"
        "terminate called after throwing an instance of 'std::system_error'\n"
        "  what():  Connection refused\n"
        "\n"
        "0% tests passed, 1 tests failed out of 1",
    ),
    (
        "playwright test",
        "  1) t.spec.ts:3:1 › loads ──\n"
        "\n"
        "    Error: page.goto: net::ERR_CONNECTION_REFUSED at http://localhost:3000/\n"
        "    Call log:\n"
        '      - navigating to "http://localhost:3000/", waiting until "load"\n'
        "\n"
        "  1 failed",
    ),
    (
        "cypress run",
        "  1) loads\n"
        "\n"
        "  0 passing (2s)\n"
        "  1 failing\n"
        "\n"
        "  1) loads:\n"
        "     CypressError: `cy.visit()` failed trying to load:\n"
        "\n"
        "http://localhost:3000/\n"
        "\n"
        "We attempted to make an http request to this URL but the request failed without a response.\n"
        "\n"
        "We received this error at the network level:\n"
        "\n"
        "  > Error: connect ECONNREFUSED 127.0.0.1:3000",
    ),
    (
        "robot t.robot",
        "Loads                                                                 | FAIL |\n"
        "ConnectionError: HTTPConnectionPool(host='x', port=80): Max retries exceeded with url: / (Caused by NewConnectionError('Connection refused'))\n"
        "------\n"
        "1 test, 0 passed, 1 failed",
    ),
    (
        "behave",
        "  Scenario: loads\n"
        "    When I load\n"
        "      Traceback (most recent call last):\n"
        '        File "x.py", line 3\n'
        "      requests.exceptions.ConnectionError: HTTPConnectionPool(host='x', port=80): Max retries exceeded (Caused by NewConnectionError(Connection refused))\n"
        "\n"
        "0 scenarios passed, 1 failed, 0 skipped",
    ),
    (
        "newman run",
        "  1.  Error  GET /x\n"
        "                      connect ECONNREFUSED 127.0.0.1:3000\n"
        "                      at request",
    ),
    (
        "busted",
        "●\n"
        "0 successes / 0 failures / 1 error / 0 pending : 0.01 seconds\n"
        "\n"
        "Error → spec/a_spec.lua @ 3\n"
        "loads\n"
        "spec/a_spec.lua:4: connection refused",
    ),
    (
        "bats t.bats",
        "not ok 1 loads\n"
        "# (in test file t.bats, line 3)\n"
        "#   `curl -f http://x' failed with status 7\n"
        "# curl: (7) Failed to connect to x port 80: Connection refused",
    ),
    (
        "swift test",
        '/x/T.swift:5: error: -[T.PoolTests testLoads] : failed: caught error: "Error Domain=NSURLErrorDomain Code=-1004 "Could not connect to the server."\n'
        "Executed 1 test, with 1 failure (1 unexpected) in 0.01 seconds",
    ),
    (
        "flutter test",
        "00:02 +0 -1: loads [E]\n"
        "  SocketException: Failed host lookup: 'api.example.org' (OS Error: Name or service not known, errno = -2)\n"
        "\n"
        "00:02 +0 -1: Some tests failed.",
    ),
    (
        "karma start",
        "Chrome 120 (Linux) ERROR\n"
        "  Disconnected, because no message in 30000 ms.\n"
        "Executed 0 of 1 DISCONNECTED (30.0 secs / 0 secs)",
    ),
    (
        "tox",
        "py311: commands[0]> pytest\n"
        "=== ERRORS ===\n"
        "E   urllib3.exceptions.ReadTimeoutError: HTTPSConnectionPool(host='x', port=443): Read timed out. (read timeout=5)\n"
        "=== short test summary info ===\n"
        "ERROR t.py::test_a - urllib3.exceptions.ReadTimeoutError\n"
        "=== 1 error in 5s ===\n"
        "py311: exit 1 (6 seconds)",
    ),
    (
        "unittest",
        "E\n"
        "======\n"
        "ERROR: test_a (t.T)\n"
        "------\n"
        "Traceback (most recent call last):\n"
        '  File "t.py", line 5, in test_a\n'
        "    urllib.request.urlopen(URL)\n"
        "urllib.error.HTTPError: HTTP Error 503: Service Unavailable\n"
        "\n"
        "------\n"
        "Ran 1 test in 0.1s\n"
        "\n"
        "FAILED (errors=1)",
    ),
    (
        "rake spec",
        "rspec ./spec\n"
        "\n"
        "An error occurred in a `before(:suite)` hook.\n"
        "Failure/Error: ActiveRecord::Base.connection\n"
        "\n"
        "ActiveRecord::ConnectionNotEstablished:\n"
        "  could not connect to server: Connection refused\n"
        "\n"
        "Finished in 0.1 seconds\n"
        "0 examples, 0 failures, 1 error occurred outside of examples",
    ),
    (
        "prove t/",
        "t/a.t .. Can't connect to x:80 (Connection refused) at t/a.t line 5.\n"
        "t/a.t .. Dubious, test returned 111 (wstat 28416, 0x6f00)\n"
        "No subtests run\n"
        "\n"
        "Result: FAIL",
    ),
    (
        "sbt test",
        "[info] - loads *** FAILED ***\n"
        "[info]   java.net.ConnectException: Connection refused\n"
        "[info]   at sun.nio.ch.Net.connect0(Native Method)\n"
        "[error] Failed tests:\n"
        "[error] \tATest",
    ),
    (
        "bazel test //...",
        "==================== Test output for //a:b:\n"
        "E   requests.exceptions.ConnectionError: Connection refused\n"
        "================\n"
        "//a:b   FAILED in 1 out of 1\n"
        "Executed 1 out of 1 test: 1 fails locally.",
    ),
]


@pytest.mark.parametrize(("command", "report"), REPORTS)
def test_what_ended_a_test_is_the_reason(command, report):
    for out, err in ((report, ""), ("", report)):
        found = classify(command, 1, out.encode(), err.encode())
        assert found.category in ("network", "rate_limit", "transient"), found


def test_a_full_disk_ends_a_test_too():
    report = "E       OSError: [Errno 28] No space left on device\n=== 1 failed in 1s ===\n"
    assert classify("pytest", 1, report.encode(), b"").category == "resource"
