"""What runners, checkers and compilers say of code whose words sound like trouble with a server."""

import pytest

from retryrun.core.classify import classify

REPORTS = {
    "busted": (
        "●●✱\n"
        "3 successes / 1 failure / 0 errors / 0 pending : 0.01 seconds\n"
        "\n"
        "Failure → spec/pool_spec.lua @ 4\n"
        "pool reports connection refused\n"
        "spec/pool_spec.lua:6: Expected objects to be equal.\n"
        "Passed in:\n"
        "(string) 'timed out'\n"
        "Expected:\n"
        "(string) 'connection refused'"
    ),
    "bats test.bats": (
        "1..2\n"
        "ok 1 a\n"
        "not ok 2 retries on connection refused\n"
        "# (in test file test.bats, line 5)\n"
        '#   `[ "$output" = "503 Service Unavailable" ]\' failed'
    ),
    "ava": (
        "  ✘ [fail]: client › retries when connection refused\n"
        "  ─\n"
        "\n"
        "  client › retries when connection refused\n"
        "\n"
        "  test.js:5\n"
        "\n"
        "   4:\n"
        "   5:   t.is(code, 503)\n"
        "\n"
        "  Difference (- actual, + expected):\n"
        "\n"
        "  - 'timed out'\n"
        "  + 'connection refused'\n"
        "\n"
        "  1 test failed"
    ),
    "tap t.js": (
        "TAP version 13\n"
        "not ok 1 - connection reset by peer is retried\n"
        "  ---\n"
        "  operator: equal\n"
        "  expected: 503\n"
        "  actual: 502\n"
        "  ...\n"
        "1..1\n"
        "# tests 1\n"
        "# pass 0\n"
        "# fail 1"
    ),
    "rspec": (
        "F\n"
        "\n"
        "Failures:\n"
        "\n"
        "  1) Pool raises when connection refused\n"
        "     Failure/Error: expect(x).to eq('connection refused')\n"
        "\n"
        '       expected: "connection refused"\n'
        '            got: "timed out"\n'
        "\n"
        "1 example, 1 failure"
    ),
    "minitest rake test": (
        "  1) Failure:\n"
        "TestPool#test_connection_refused [test/t.rb:5]:\n"
        'Expected: "connection refused"\n'
        '  Actual: "timed out"\n'
        "\n"
        "1 runs, 1 assertions, 1 failures, 0 errors, 0 skips\n"
        "rake aborted!"
    ),
    "phpunit": (
        "F 1 / 1 (100%)\n"
        "\n"
        "There was 1 failure:\n"
        "\n"
        "1) PoolTest::testTimeout\n"
        "Failed asserting that two strings are identical.\n"
        "--- Expected\n"
        "+++ Actual\n"
        "@@ @@\n"
        "-'connection refused'\n"
        "+'503 Service Unavailable'\n"
        "\n"
        "FAILURES!\n"
        "Tests: 1, Assertions: 1, Failures: 1."
    ),
    "pest": (
        "  FAILED  Tests\\PoolTest > it retries when connection refused\n"
        "  Failed asserting that 'timed out' is identical to 'connection refused'.\n"
        "\n"
        "  Tests:    1 failed (1 assertions)\n"
        "  Duration: 0.05s"
    ),
    "dart test": (
        "00:01 +0 -1: pool times out: connection refused [E]\n"
        "  Expected: 'connection refused'\n"
        "    Actual: 'timed out'\n"
        "\n"
        "00:01 +0 -1: Some tests failed."
    ),
    "flutter test": (
        "00:02 +3 -1: login shows connection timed out [E]\n"
        "  Test failed. See exception logs above.\n"
        "00:02 +3 -1: Some tests failed."
    ),
    "swift test": (
        "Test Case '-[T.PoolTests testTimeout]' failed (0.01 seconds).\n"
        '/x/T.swift:5: error: -[T.PoolTests testTimeout] : XCTAssertEqual failed: ("connection refused") is not equal to ("timed out")\n'
        "Executed 1 test, with 1 failure (0 unexpected) in 0.01 seconds"
    ),
    "zig build test": (
        "1/1 pool.test.times out...FAIL (TestExpectedEqual)\n"
        'expected "connection refused", found "timed out"\n'
        "0 passed; 0 skipped; 1 failed."
    ),
    "nim c -r t.nim": (
        "[Suite] pool\n"
        '    t.nim(5, 9): Check failed: s == "connection refused"\n'
        "    s was timed out\n"
        "  [FAILED] connection refused is retried"
    ),
    "crystal spec": (
        "F\n"
        "\n"
        "Failures:\n"
        "\n"
        "  1) Pool connection refused\n"
        '     Failure/Error: x.should eq("connection refused")\n'
        "\n"
        '       Expected: "connection refused"\n'
        '            got: "timed out"\n'
        "\n"
        "1 examples, 1 failures, 0 errors, 0 pending"
    ),
    "prove t/": (
        "t/pool.t .. 1/1\n"
        "#   Failed test 'connection refused'\n"
        "#   at t/pool.t line 5.\n"
        "#          got: 'timed out'\n"
        "#     expected: 'connection refused'\n"
        "# Looks like you failed 1 test of 1.\n"
        "Result: FAIL"
    ),
    "julia t.jl": (
        "Test Summary: | Fail  Total\n"
        "pool          |    1      1\n"
        "ERROR: LoadError: Some tests did not pass: 0 passed, 1 failed, 0 errored, 0 broken.\n"
        'Expression: s == "connection refused"\n'
        ' Evaluated: "timed out" == "connection refused"'
    ),
    "Rscript -e testthat": (
        "── Failure (test-pool.R:5:3): connection refused ──\n"
        '`x` not equal to "connection refused".\n'
        "[ FAIL 1 | WARN 0 | SKIP 0 | PASS 0 ]\n"
        "Error: Test failures"
    ),
    "clj -M:test": (
        "FAIL in (test-pool) (pool_test.clj:5)\n"
        "connection refused is retried\n"
        'expected: (= "connection refused" x)\n'
        '  actual: (not (= "connection refused" "timed out"))\n'
        "\n"
        "Ran 1 tests containing 1 assertions.\n"
        "1 failures, 0 errors."
    ),
    "rebar3 eunit": (
        "Failures:\n"
        "\n"
        "  1) pool_test:timeout_test/0\n"
        '     Failure/Error: ?assertEqual("connection refused", x)\n'
        '       expected: "connection refused"\n'
        '            got: "timed out"\n'
        "\n"
        "Finished in 0.1 seconds\n"
        "1 tests, 1 failures\n"
        "===> Error running tests"
    ),
    "dotnet test": (
        "  Failed Pool_times_out [5 ms]\n"
        "  Error Message:\n"
        "   Assert.Equal() Failure\n"
        "Expected: connection refused\n"
        "Actual:   timed out\n"
        "Failed!  - Failed:     1, Passed:     0, Skipped:     0, Total:     1"
    ),
    "ctest": (
        "1/1 Test #1: pool_timeout ...***Failed    0.01 sec\n"
        "connection refused: expected 503 got 502\n"
        "\n"
        "0% tests passed, 1 tests failed out of 1"
    ),
    "catch ./tests": (
        "t.cpp:5: FAILED:\n"
        '  CHECK( msg == "connection refused" )\n'
        "with expansion:\n"
        '  "timed out" == "connection refused"\n'
        "\n"
        "test cases: 1 | 1 failed\n"
        "assertions: 1 | 1 failed"
    ),
    "gtest ./t": (
        "[ RUN      ] Pool.Timeout\n"
        "t.cc:5: Failure\n"
        "Expected equality of these values:\n"
        "  msg\n"
        '    Which is: "timed out"\n'
        '  "connection refused"\n'
        "[  FAILED  ] Pool.Timeout (0 ms)\n"
        "[  FAILED  ] 1 test, listed below:"
    ),
    "boost ./t": (
        't.cpp(5): error: in "pool_timeout": check msg == "connection refused" has failed [timed out != connection refused]\n'
        "\n"
        '*** 1 failure is detected in the test module "t"'
    ),
    "behave": (
        "Scenario: connection refused\n"
        "    Then the answer is 503\n"
        "      Assertion Failed: expected 503 but got 502 Bad Gateway\n"
        "\n"
        "0 features passed, 1 failed, 0 skipped\n"
        "0 scenarios passed, 1 failed, 0 skipped"
    ),
    "cucumber-js": (
        "1) Scenario: connection refused # f.feature:3\n"
        '   ✖ Then the answer is "503 Service Unavailable"\n'
        "       AssertionError: expected 'timed out' to equal 'connection refused'\n"
        "\n"
        "1 scenario (1 failed)"
    ),
    "robot t.robot": (
        "Connection Refused Is Retried                                         | FAIL |\n"
        "timed out != connection refused\n"
        "------\n"
        "Pool                                                                  | FAIL |\n"
        "1 test, 0 passed, 1 failed"
    ),
    "newman run c.json": (
        "  1.  AssertionError  status is 503\n"
        "                      expected response to have status code 503 but got 502\n"
        "                      at assertion:0 in test-script\n"
        '                      inside "get /timeout"'
    ),
    "hurl t.hurl": (
        "error: Assert status code\n"
        "  --> t.hurl:2:6\n"
        "   |\n"
        " 2 | HTTP 200\n"
        "   |      ^^^ actual value is <404>\n"
    ),
    "karma start": (
        "Chrome 120 (Linux) pool retries on connection refused FAILED\n"
        "\tExpected 'timed out' to be 'connection refused'.\n"
        "Executed 1 of 1 (1 FAILED) (0.01 secs / 0 secs)"
    ),
    "cypress run": (
        "  1) login shows 503 Service Unavailable\n"
        "\n"
        "  0 passing (2s)\n"
        "  1 failing\n"
        "\n"
        "  1) login\n"
        "       shows 503 Service Unavailable:\n"
        "     AssertionError: Timed out retrying after 4000ms: Expected to find content: '503 Service Unavailable' but never did."
    ),
    "playwright test": (
        "  1) t.spec.ts:3:1 › shows connection refused ──\n"
        "\n"
        "    Error: expect(received).toBe(expected) // Object.is equality\n"
        "\n"
        '    Expected: "connection refused"\n'
        '    Received: "timed out"\n'
        "\n"
        "  1 failed"
    ),
    "luacheck .": (
        "Checking pool.lua                                 2 warnings\n"
        "\n"
        "    pool.lua:3:7: (W211) unused variable 'connection_timeout'\n"
        "\n"
        "Total: 2 warnings / 0 errors in 1 file"
    ),
    "shellcheck x.sh": (
        "In x.sh line 3:\n"
        "curl $url || echo connection refused\n"
        "     ^--^ SC2086 (info): Double quote to prevent globbing."
    ),
    "hadolint Dockerfile": ("Dockerfile:3 DL3008 warning: Pin versions in apt get install. 503"),
    "rubocop": (
        'pool.rb:3:5: C: Style/StringLiterals: Prefer single-quoted strings "connection refused".\n'
        "\n"
        "1 file inspected, 1 offense detected"
    ),
    "golangci-lint run": (
        "pool.go:3:2: Error return value of `conn.SetDeadline` is not checked (errcheck)\n"
        "\tconn.SetDeadline(timeout) // connection timed out\n"
        "\t^"
    ),
    "checkstyle": (
        "[ERROR] Pool.java:3:5: Name 'connection_timed_out' must match pattern. [MemberName]\n"
        "Audit done.\n"
        "Checkstyle ends with 1 errors."
    ),
    "ktlint": (
        "Pool.kt:3:5: Exceeded max line length: connection refused (standard:max-line-length)\n"
        "\n"
        "Summary error count (descending) by rule:\n"
        "  standard:max-line-length: 1"
    ),
    "phpstan analyse": (
        " ------ ----------\n"
        "  Line   Pool.php\n"
        " ------ ----------\n"
        "  5      Parameter #1 $timeout of method connect() expects int, string given: connection timed out\n"
        " ------ ----------\n"
        "\n"
        " [ERROR] Found 1 error"
    ),
    "vale docs": (
        "\n"
        " docs/a.md\n"
        " 3:5  error  Did you really mean 'connection refused'?  Vale.Spelling\n"
        "\n"
        "✖ 1 error, 0 warnings and 0 suggestions in 1 file."
    ),
    "cspell **": (
        "docs/a.md:3:5 - Unknown word (timedout)\n"
        "CSpell: Files checked: 1, Issues found: 1 in 1 file."
    ),
    "sqlfluff lint q.sql": (
        "== [q.sql] FAIL\n"
        "L:   3 | P:   5 | LT01 | Expected only single space before 'connection refused'."
    ),
    "tflint": (
        "1 issue(s) found:\n"
        "\n"
        'Warning: variable "connection_timeout" is declared but not used (terraform_unused_declarations)\n'
        "\n"
        "  on main.tf line 1:"
    ),
    "ansible-lint": (
        "yaml[truthy]: Truthy value should be one of [false, true]\n"
        "play.yml:3 connection timed out: yes\n"
        "\n"
        "Failed: 1 failure(s), 0 warning(s) on 1 files."
    ),
    "kubeconform d.yaml": (
        "d.yaml - Service pool is invalid: problem validating schema. Check JSON formatting: jsonschema: '/spec/timeout' does not validate: expected integer, but got string"
    ),
    "buf lint": (
        'pool.proto:3:1:Service name "ConnectionRefused" should be suffixed with "Service".'
    ),
    "clang-tidy p.c": (
        "p.c:3:5: warning: unused variable 'connection_timeout' [clang-diagnostic-unused-variable]\n"
        "p.c:9:1: error: expected ';' after 'connection refused' [clang-diagnostic-error]"
    ),
    "mdl README.md": ("README.md:3: MD013 Line length connection refused timed out"),
    "codespell": ("docs/a.md:3: conection ==> connection refused"),
    "djlint .": (
        "x.html\n"
        "─────\n"
        "H025 3:4 Tag seems to be an orphan. <connection timed out>\n"
        "\n"
        "Linted 1 file, found 1 error."
    ),
    "gcc a.c": (
        "a.c: In function 'f':\n"
        "a.c:3:9: error: 'connection_refused' undeclared (first use in this function)\n"
        "    3 |  return connection_refused; // timed out\n"
    ),
    "javac A.java": (
        "A.java:3: error: cannot find symbol\n"
        '    throw new ConnectionTimedOutException("connection refused");\n'
        "              ^\n"
        "  symbol:   class ConnectionTimedOutException\n"
        "1 error"
    ),
    "kotlinc a.kt": (
        "a.kt:3:5: error: unresolved reference: ConnectionTimedOut\n"
        '    throw ConnectionTimedOut("503 Service Unavailable")\n'
        "          ^"
    ),
    "scalac a.scala": (
        "a.scala:3: error: not found: value connectionRefused\n"
        '  connectionRefused("timed out")\n'
        "  ^\n"
        "one error found"
    ),
    "swiftc a.swift": (
        "a.swift:3:5: error: cannot find 'connectionTimedOut' in scope\n"
        '    connectionTimedOut("connection refused")\n'
        "    ^~~~"
    ),
    "ghc A.hs": (
        "A.hs:3:5: error: [GHC-88464]\n"
        "    Variable not in scope: connectionRefused :: String -> t\n"
        "  |\n"
        '3 | f = connectionRefused "timed out"\n'
        "  |     ^^^^"
    ),
    "ocamlc a.ml": (
        'File "a.ml", line 3, characters 5-20:\n'
        '3 |   connection_refused "timed out"\n'
        "         ^^^^\n"
        "Error: Unbound value connection_refused"
    ),
    "elm make": (
        "-- NAMING ERROR ---------------- src/Main.elm\n"
        "\n"
        "I cannot find a `connectionRefused` variable:\n"
        "\n"
        '3|   connectionRefused "timed out"\n'
        "     ^^^^"
    ),
    "dart analyze": (
        "  error • lib/a.dart:3:5 • Undefined name 'connectionTimedOut' • undefined_identifier\n"
        "\n"
        "1 issue found."
    ),
    "crystal build a.cr": (
        "In a.cr:3:1\n"
        "\n"
        ' 3 | connection_refused "timed out"\n'
        "     ^----\n"
        "Error: undefined method 'connection_refused' for top-level"
    ),
    "haxe b.hxml": ("src/A.hx:3: characters 5-20 : Unknown identifier : connectionTimedOut"),
    "elixirc a.ex": (
        "** (CompileError) a.ex:3: undefined function connection_refused/1 (there is no such import)"
    ),
    "erlc a.erl": (
        "a.erl:3:5: function connection_refused/1 undefined\n"
        '%    3|     connection_refused("timed out").\n'
    ),
    "gleam build": (
        "error: Unknown variable\n"
        "  ┌─ src/a.gleam:3:3\n"
        "  │\n"
        '3 │   connection_refused("timed out")\n'
        "  │   ^^^^\n"
        "The name `connection_refused` is not in scope here."
    ),
    "protoc a.proto": ('a.proto:3:3: "ConnectionTimedOut" is not defined.'),
    "solc A.sol": (
        "Error: Undeclared identifier.\n"
        " --> A.sol:3:5:\n"
        "  |\n"
        '3 |     connectionRefused("timed out");\n'
        "  |     ^^^"
    ),
    "iverilog a.v": (
        "a.v:3: syntax error\na.v:3: error: malformed statement near connection_timed_out"
    ),
    "pdflatex a": (
        "! Undefined control sequence.\n"
        "l.3 \\connectionrefused\n"
        "                      {timed out}\n"
        "!  ==> Fatal error occurred, no output PDF file produced!"
    ),
    "sass a.scss": (
        "Error: Undefined variable.\n"
        "  ╷\n"
        "3 │   color: $connection-refused;\n"
        "  │          ^^^^\n"
        "  ╵\n"
        "  a.scss 3:10  root stylesheet"
    ),
    "terraform validate": (
        "╷\n"
        "│ Error: Unsupported argument\n"
        "│ \n"
        '│   on main.tf line 3, in resource "x" "y":\n'
        '│    3:   connection_timeout = "connection refused"\n'
        "│ \n"
        '│ An argument named "connection_timeout" is not expected here.\n'
        "╵"
    ),
    "cue vet": (
        'connection.timeout: conflicting values "503" and int (mismatched types string and int):\n'
        "    ./a.cue:3:10"
    ),
    "jsonnet a.jsonnet": (
        "RUNTIME ERROR: Field does not exist: connectionTimedOut\n\ta.jsonnet:3:5-20\t\n"
    ),
    "cfn-lint t.yml": (
        "E3012 Property Resources/X/Properties/ConnectionTimeout should be of type Integer\n"
        "t.yml:3:5"
    ),
    "helm lint": (
        "==> Linting .\n"
        '[ERROR] templates/: template: x/templates/d.yaml:3:5: executing "x" at <.Values.connection.timedOut>: nil pointer evaluating interface {}.timedOut\n'
        "\n"
        "Error: 1 chart(s) linted, 1 chart(s) failed"
    ),
    "nginx -t": (
        'nginx: [emerg] unknown directive "proxy_connection_timed_out" in /etc/nginx/nginx.conf:3\n'
        "nginx: configuration file /etc/nginx/nginx.conf test failed"
    ),
    "caddy validate": (
        "Error: adapting config using caddyfile: Caddyfile:3: unrecognized directive: connection_refused"
    ),
    "promtool check rules r.yml": (
        "Checking r.yml\n"
        "  FAILED:\n"
        'r.yml: 3:5: group "a", rule 1, "ConnectionTimedOut": could not parse expression: 1:5: parse error: unexpected identifier "connection_refused"'
    ),
    "sshd -t": (
        "/etc/ssh/sshd_config: line 3: Bad configuration option: ConnectionTimedOut\n"
        "/etc/ssh/sshd_config: terminating, 1 bad configuration options"
    ),
    "named-checkconf": ("/etc/bind/named.conf:3: unknown option 'connection-timed-out'"),
    "php -l a.php": (
        'PHP Parse error:  syntax error, unexpected identifier "connection_refused", expecting ";" in a.php on line 3\n'
        "Errors parsing a.php"
    ),
    "perl -c a.pl": (
        'Global symbol "$connection_timed_out" requires explicit package name at a.pl line 3.\n'
        "a.pl had compilation errors."
    ),
    "ruby -c a.rb": (
        "a.rb:3: syntax error, unexpected local variable or method, expecting end-of-input\n"
        "puts connection_refused timed out\n"
    ),
    "node --check a.js": (
        "/home/u/a.js:3\n"
        "  throw connection refused\n"
        "                   ^^^^^^^\n"
        "\n"
        "SyntaxError: Unexpected identifier 'refused'\n"
    ),
    "bash -n a.sh": (
        "a.sh: line 3: syntax error near unexpected token `connection'\n"
        "a.sh: line 3: `connection refused (timed out)'"
    ),
    "jq .x": (
        "jq: error: connection_refused/0 is not defined at <top-level>, line 1:\n"
        ".[] | connection_refused\n"
        "jq: 1 compile error"
    ),
    "xmllint a.xml": (
        "a.xml:3: parser error : Opening and ending tag mismatch: connection-refused line 2 and timed-out\n"
        "  <connection-refused></timed-out>\n"
        "                                  ^"
    ),
    "stylelint": (
        "a.css\n"
        ' 3:5  ✖  Unexpected unknown property "connection-timed-out"  property-no-unknown\n'
        "\n"
        "1 problem (1 error, 0 warnings)"
    ),
    "markdownlint": (
        "a.md:3:81 MD013/line-length Line length [Expected: 80; Actual: 120] connection refused"
    ),
    "proselint a.md": (
        "a.md:3:5: typography.symbols.ellipsis '...' is an approximation, connection timed out."
    ),
    "vint a.vim": (
        "a.vim:3:5: Use the full option name `timeoutlen` instead of `tm` connection refused (see :help option-summary)"
    ),
    "psql -f a.sql": (
        'psql:a.sql:3: ERROR:  column "connection_refused" does not exist\n'
        "LINE 1: select connection_refused from timed_out;\n"
        "               ^"
    ),
    "sqlite3 a.db": (
        "Parse error near line 3: no such column: connection_refused\n"
        "  select connection_refused from timed_out\n"
        "         ^--- error here"
    ),
    "mysql x": (
        "ERROR 1054 (42S22) at line 3: Unknown column 'connection_refused' in 'field list'"
    ),
    "dbt run": (
        "Compilation Error in model connection_refused (models/a.sql)\n"
        "  'timed_out' is undefined. This can happen when calling a macro that does not exist."
    ),
    "ansible-playbook p.yml": (
        "ERROR! 'connection_timed_out' is not a valid attribute for a Play\n"
        "\n"
        "The error appears to be in '/x/p.yml': line 3, column 3"
    ),
    "docker build .": (
        "Dockerfile:3\n"
        "--------------------\n"
        "   1 |     FROM alpine\n"
        "   3 | >>> CONNECTION refused timed out\n"
        "--------------------\n"
        "ERROR: failed to solve: dockerfile parse error on line 3: unknown instruction: CONNECTION"
    ),
    "cmake .": (
        "CMake Error at CMakeLists.txt:3 (connection_refused):\n"
        '  Unknown CMake command "connection_refused".\n'
        "\n"
        "-- Configuring incomplete, errors occurred!"
    ),
    "gradle build": (
        "FAILURE: Build failed with an exception.\n"
        "\n"
        "* Where:\n"
        "Build file 'build.gradle' line: 3\n"
        "\n"
        "* What went wrong:\n"
        "Could not find method connectionTimedOut() for arguments [refused] on root project 'x'."
    ),
    "mvn compile": (
        "[ERROR] /x/A.java:[3,5] cannot find symbol\n"
        "[ERROR]   symbol:   class ConnectionTimedOut\n"
        "[ERROR] Failed to execute goal org.apache.maven.plugins:maven-compiler-plugin:3.11:compile (default-compile) on project x: Compilation failure"
    ),
    "python a.py": (
        '  File "a.py", line 3\n'
        "    raise connection refused\n"
        "                     ^^^^^^^\n"
        "SyntaxError: invalid syntax"
    ),
    "mypy .": (
        'a.py:3: error: Argument 1 to "connect" has incompatible type "str"; expected "int"  [arg-type]  connection refused\n'
        "Found 1 error in 1 file (checked 1 source file)"
    ),
    "pylint a": (
        "a.py:3:0: W1309: Using an f-string 'connection timed out' that does not have any interpolated variables (f-string-without-interpolation)"
    ),
    "bandit -r .": (
        ">> Issue: [B113:request_without_timeout] Call to requests without timeout\n"
        "   Severity: Medium   Confidence: Low\n"
        "   Location: ./a.py:3:0\n"
        "3\trequests.get('http://connection.refused')"
    ),
    "semgrep": (
        "  a.py\n"
        "   ❯❯❱ python.requests.no-timeout\n"
        "          Detected a request without a timeout: connection timed out\n"
        "            3┆ requests.get(url)\n"
        "\n"
        "Ran 1 rule on 1 file: 1 finding."
    ),
    "trivy config .": (
        "a.tf (terraform)\n"
        "Tests: 1 (SUCCESSES: 0, FAILURES: 1)\n"
        "HIGH: connection timeout is not set\n"
    ),
}


@pytest.mark.parametrize("command", REPORTS)
def test_what_a_report_quotes_is_no_event(command):
    report = REPORTS[command].encode()
    assert classify(command, 1, report, b"").category == "permanent"
    assert classify(command, 1, b"", report).category == "permanent"
    assert classify("./run.sh", 1, report, b"").category == "permanent"


MESSAGES = """\
error: no overload of method 'connect' matches these arguments
error: candidate overload not viable: requires 1 argument
error: merge refused: branch is protected
error: refusing to merge unrelated histories
error: the user refused the request
error: refused by policy: image is not signed
error: operation refused: volume has snapshots
fatal: refusing to fetch into current branch
error: reset --hard is not allowed here
error: password reset token is invalid
error: cannot reset a stream twice
error: pull request is closed
error: issue #503 is already closed
error: I/O operation on closed file
ValueError: I/O operation on closed file.
error: the file was closed before reading
error: bracket was closed but never opened
error: lost precision in conversion
error: you would lose changes: commit or stash them
error: your local changes would be lost
error: drop down menu 'region' is empty
error: keyword 'down' expected after migrate
error: scale down is not allowed for this plan
error: busy_timeout must be an integer
error: option '--again' is unknown
error: temporary directory does not exist
error: temporary file name is too long
error: temporary table name conflicts
error: cannot use temporary credentials here
error: limit must be between 1 and 100
error: LIMIT clause is not allowed here
error: message exceeds the limit of 4096 characters
error: file exceeds GitHub's file size limit of 100.00 MB
error: nesting limit exceeded in expression
error: recursion limit exceeded
RecursionError: maximum recursion depth exceeded
error: macro recursion limit reached
error: argument list too long
error: type annotation memory is unknown
error: memory access out of bounds
error: memory leak detected: 24 bytes
error: shared memory segment key is invalid
error: space before colon is not allowed
error: unexpected space in attribute name
error: whitespace left at end of line
error: namespace quota is not defined
error: quota must be a number
error: lockfile version 4 is not supported
error: yarn.lock needs to be updated
error: package-lock.json is out of sync with package.json
error: lock file's content-hash does not match
error: the lock on this door type is unknown
error: feature unavailable in this edition
error: option unavailable on this platform
error: color profile unavailable for PNG
error: module is unavailable for Node 14
error: maintenance_window is not a valid field
error: throttle must be greater than zero
error: retry count must be an integer
error: max_retries is not a valid option
error: --retry-delay requires --retry
error: undefined name 'retry_after'
error: could not find gateway.yml
error: bad gateway config: port missing
error: gateway resource is invalid
error: upstream branch 'main' does not exist
error: no upstream configured for branch 'main'
error: proxy class could not be generated
error: host key for server has changed
error: network 'backend' declared as external, but could not be found
error: network is required
error: pool overlaps with other one on this address space
error: address already in use
error: subnet 10.0.0.0/16 is not in the network
error: invalid IPv4 address: connection
error: connection 'warehouse' is not defined in profiles.yml
error: connection type 'mysqlx' is not supported
error: connection URL must start with postgresql://
error: database connection settings missing
error: no connection named 'default' configured
error: connections.yml: unknown key 'timeout'
error: socket.io version mismatch
error: socket hangup handler is not a function
error: websocket route must be async
error: session 'tests-3.11' failed
error: session cookie is not secure
error: stream is not a TTY
error: stream 'prices' already exists
error: channel 'beta' not found
error: channel name is already taken
error: tunnel name must be unique
error: handshake version not supported: 2
error: timed test took longer than its limit: assertion failed
error: test timed out in 5000ms
Test timed out after 5 seconds
error: Timeout - Async callback was not invoked within the 5000 ms timeout
error: step exceeded its time limit of 10 minutes and was killed by the user
error: certificate has expired
error: certificate is not yet valid
error: no common cipher
error: unknown CA
error: host name does not match certificate
error: DNS name 'foo_bar' is invalid
error: DNS zone already exists
error: record set conflicts with CNAME
error: domain name is not verified
error: the domain is already in use by another account
error: name server records must be two or more
error: API version v1beta1 is no longer served
error: API key expired
error: API route must return a response
error: response body is not valid JSON
error: response schema mismatch at $.status
error: reply-to address is invalid
error: server name is missing in config
error: server block is not allowed here
error: server_id must be unique
error: service 'web' has neither an image nor a build context
error: service account lacks permission
error: service 'api' depends on undefined service 'db'
error: node selector is invalid
error: node 'n3' already exists
error: cluster name must match [a-z]+
error: replica set name is required
error: leader key is not mapped
error: master branch is protected
error: primary key violation
error: primary key column missing
error: backend 's3' configuration changed: run init -reconfigure
error: backend type "gcs2" is unknown
error: 503 errors found
error: found 429 problems
Found 503 lint errors
429 files would be reformatted
error: line 503 too long
error: expected 502 rows, got 503
error: exit status 75 is reserved
""".splitlines()


@pytest.mark.parametrize("message", MESSAGES)
def test_a_word_of_trouble_in_a_message_about_something_else(message):
    assert classify("some-tool run", 1, b"", message.encode()).category == "permanent"
