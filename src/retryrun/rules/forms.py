"""How the reports of test runners, compilers, linters and argument parsers are recognised."""

from __future__ import annotations

from ..core.classify.structure import BUG, DIAGNOSTIC, TEST, USAGE, Form

TESTS = (
    Form("pytest.failures", TEST, "= failures =", r"^=+ FAILURES =+$", "tests failed", "=== FAILURES ===", "failures"),
    Form("pytest.failures", TEST, "failed ", r"^FAILED \S+::", "tests failed", "FAILED t.py::test_a - assert 1", "FAILED to x"),
    Form("pytest.failures", TEST, " failed", r"^=*\s?\d+ failed\b.{0,80} in [\d.]+s", "tests failed", "1 failed in 0.1s", "1 failed"),
    Form("pytest.errors", TEST, "= errors =", r"^=+ ERRORS =+$", "tests could not be set up", "=== ERRORS ===", "errors"),
    Form("unittest.failures", TEST, "failed (", r"^FAILED \((?:failures|errors|skipped|expected|unexpected)", "tests failed", "FAILED (errors=1)", "failed (1)"),
    Form("node.test", TEST, "not ok ", r"^\s*not ok \d+", "tests failed (TAP)", "not ok 1 - a", "is not ok"),
    Form("node.test", TEST, "# fail ", r"^# fail [1-9]", "tests failed (TAP)", "# fail 1", "# fail 0"),
    Form("jest.failures", TEST, "tests:", r"^Tests:\s+(?:\d+ \w+, )*[1-9]\d* failed", "tests failed", "Tests:       1 failed, 1 total", "Tests: 1 passed"),
    Form("jest.failures", TEST, "fail ", r"^\s*FAIL\s+\S+\.[cm]?[jt]sx?\b", "tests failed", "FAIL src/a.test.js", "fail fast"),
    Form("vitest.failures", TEST, "failed tests", r"Failed Tests \d+", "tests failed", "Failed Tests 1", "no failed tests"),
    Form("vitest.failures", TEST, "test files", r"^\s*Test Files\s+[1-9]\d* failed", "tests failed", "Test Files  1 failed (1)", "Test Files 1 passed"),
    Form("mocha.failures", TEST, "failing", r"^\s+[1-9]\d* failing\b", "tests failed", "  1 failing", "a failing test"),
    Form("playwright.failures", TEST, " failed", r"^\s+[1-9]\d* failed$", "tests failed", "  1 failed", "1 failed"),
    Form("go.test", TEST, "--- fail:", r"^\s*--- FAIL: ", "tests failed", "--- FAIL: TestA (0.00s)", "--- PASS: TestA"),
    Form("cargo.test", TEST, "test result: failed", r"^test result: FAILED", "tests failed", "test result: FAILED. 0 passed; 1 failed", "test result: ok."),
    Form("junit.failures", TEST, "tests run:", r"Tests run: \d+, (?:Failures: [1-9]|Failures: \d+, Errors: [1-9])", "tests failed", "[ERROR] Tests run: 1, Failures: 1, Errors: 0", "Tests run: 1, Failures: 0, Errors: 0"),
    Form("gradle.tests", TEST, "failing tests", r"There were failing tests", "tests failed", "> There were failing tests. See the report", "no failing tests"),
    Form("dotnet.tests", TEST, "failed!", r"^Failed!\s+- Failed:\s+\d+", "tests failed", "Failed!  - Failed:     1, Passed:     0", "Failed! again"),
    Form("rspec.failures", TEST, "failure", r"^\d+ examples?, [1-9]\d* failures?", "tests failed", "1 example, 1 failure", "1 example, 0 failures"),
    Form("minitest.failures", TEST, "assertions,", r"^\d+ (?:runs|tests), \d+ assertions, (?:[1-9]\d* failures|\d+ failures, [1-9]\d* errors)", "tests failed", "1 runs, 1 assertions, 1 failures, 0 errors", "1 runs, 1 assertions, 0 failures, 0 errors"),
    Form("phpunit.failures", TEST, "tests:", r"^Tests: \d+, Assertions: \d+, .*(?:Failures|Errors): [1-9]", "tests failed", "Tests: 1, Assertions: 1, Failures: 1.", "Tests: 1, Assertions: 1."),
    Form("ctest.failures", TEST, "tests failed out of", r"[1-9]\d* tests failed out of", "tests failed", "1 tests failed out of 3", "0 tests failed out of 3"),
    Form("exunit.failures", TEST, "failure", r"^\d+ tests?, [1-9]\d* failures?", "tests failed", "1 test, 1 failure", "1 test, 0 failures"),
    Form("prove.failures", TEST, "result: fail", r"^Result: FAIL$", "tests failed", "Result: FAIL", "Result: PASS"),
    Form("bazel.tests", TEST, "failed in", r"^//\S+\s+FAILED in ", "tests failed", "//a:b   FAILED in 1 out of 1", "PASSED in"),
)  # fmt: skip
COMPILERS = (
    Form("compile.error", DIAGNOSTIC, "error", r"^[^\s:|][^:|\n]{0,300}:\d+(?::\d+)?:\s+(?:\w+ )?(?:fatal )?error\b", "a compiler or checker found an error", "a.c:3:5: error: unknown type", "server.log: error"),
    Form("compile.error", DIAGNOSTIC, "error ", r"^\s*\S[^()\n]{0,300}\(\d+(?:,\d+)?\)\s?:\s+(?:fatal )?error \w+\d+", "a compiler or checker found an error", "a.ts(3,5): error TS2322: Type", "a (3) error"),
    Form("compile.error", DIAGNOSTIC, "error ts", r"\berror TS\d+:", "a type checker found an error", "a.ts:3:5 - error TS2322: Type", "error tsunami"),
    Form("rust.error", DIAGNOSTIC, "error[e", r"^error\[E\d+\]", "the compiler found an error", "error[E0308]: mismatched types", "error[e]"),
    Form("rust.error", DIAGNOSTIC, "could not compile", r"error: could not compile `", "the compiler found an error", "error: could not compile `a` (bin \"a\")", "could not compile the list"),
    Form("link.error", DIAGNOSTIC, "undefined reference", r"undefined reference to", "the linker found no definition", "a.o: undefined reference to `b'", "undefined references"),
    Form("link.error", DIAGNOSTIC, "undefined symbol", r"[Uu]ndefined symbols?\b", "the linker found no definition", "ld.lld: error: undefined symbol: b", "defined symbol"),
    Form("maven.compile", DIAGNOSTIC, "compilation failure", r"COMPILATION (?:ERROR|FAILURE)|Compilation failure", "the compiler found an error", "[ERROR] Compilation failure", "compilation failures none"),
    Form("javac.error", DIAGNOSTIC, ".java:", r"\.java:(?:\[?\d+(?:,\d+\])?):? error:|\.java:\[\d+,\d+\]", "the compiler found an error", "A.java:3: error: ';' expected", "at A.java:3"),
)  # fmt: skip
LINTERS = (
    Form("lint.findings", DIAGNOSTIC, "found ", r"^Found \d+ errors?\b", "a checker found something", "Found 3 errors.", "Found 3 files."),
    Form("shellcheck.findings", DIAGNOSTIC, " line ", r"^In \S+ line \d+:$", "ShellCheck found something", "In a.sh line 2:", "in a line 2"),
    Form("go.diagnostic", DIAGNOSTIC, ".go:", r"^(?:vet: )?\S+\.go:\d+:\d+: (?!.*(?:https?://|dial tcp|lookup ))", "Go code does not build or check", "./a.go:3:19: cannot use x as int value", "a.go:3: log"),
    Form("lint.findings", DIAGNOSTIC, ":", r"^\S[^:\n]{0,200}\.\w{1,8}:\d+(?::\d+)?:? \[?[A-Z]{1,10}\d{2,5}\b", "a linter found something", "a.py:3:5: E501 Line too long", "a.py:3"),
    Form("eslint.findings", DIAGNOSTIC, "problem", r"^\W*\d+ problems? \(\d+ errors?", "a linter found something", "✖ 1 problem (1 error, 0 warnings)", "1 problem"),
    Form("eslint.findings", DIAGNOSTIC, "error ", r"^\s+\d+:\d+\s+error\s+\S", "a linter found something", "  1:7  error  'x' is not defined  no-undef", "1:7 pm error"),
    Form("python.syntax", DIAGNOSTIC, "syntaxerror", r"^(?:\w+\.)*(?:SyntaxError|IndentationError|TabError): ", "a syntax error", "SyntaxError: invalid syntax", "SyntaxErrorHandler"),
    Form("shell.syntax", DIAGNOSTIC, "syntax error", r"\bsyntax error\b", "a syntax error", "bash: line 1: syntax error near unexpected token `)'", "no syntax errors here"),
    Form("rust.panic", BUG, "panicked at", r"panicked at ", "a panic", "thread 'main' panicked at src/main.rs:2:5:", "panicked attack"),
    Form("go.deadlock", BUG, "all goroutines are asleep", r"all goroutines are asleep", "every goroutine waits", "fatal error: all goroutines are asleep - deadlock!", "goroutines are asleep"),
    Form("usage.error", USAGE, "usage:", r"^\s*[Uu]sage: \S|^\S+: error: (?:unrecognized|the following|invalid|argument)", "the command line is wrong", "usage: tool [-h]", "disk usage: 3"),
    Form("usage.error", USAGE, "option", r"(?:unrecognized|unknown|invalid|illegal|no such|unexpected) (?:command[- ]line )?(?:option|argument|flag|subcommand|command)s?\b", "the command line is wrong", "tool: unrecognized option '--x'", "option x"),
)  # fmt: skip
FORMS = (*TESTS, *COMPILERS, *LINTERS)
