"""How the report of any test runner is recognised, known or not: it counts outcomes.

A runner ends with numbers beside words such as failed, passed, tests, scenarios or assertions, in
either order. One number alone is no report ("2 files failed"): a second count must stand in the
line, and one of the words must be of testing.
"""

from __future__ import annotations

from ..core.classify.structure import DIAGNOSTIC, TEST, Form

_NOUN = (
    r"(?:tests?|specs?|examples?|scenarios?|steps?|features?|assert(?:ion)?s?|expects?"
    r"|(?:test[- ])?cases?|test ?suites?|modules? unittests?)"
)
_BAD = r"(?:fail(?:ed|ing|ures?|s)?|errors?|errored|broken|undefined|not ok)"
_GOOD = r"(?:pass(?:ed|es|ing)?|succe(?:eded|ss(?:es|ful)?)|tests?|assertions?|tried)"
# "1 scenario failed, 3 passed", "0 passed; 1 failed", "1 of 1 tests failed"
_NUMBER_FIRST = rf"(?<![\w.#-])[1-9]\d* (?:of \d+ )?(?:{_NOUN} )?{_BAD}\b"
_NUMBER_FIRST_GOOD = rf"(?<![\w.#-])\d+ (?:{_NOUN}\b|(?:{_NOUN} )?{_GOOD}\b)"
# "Failed: 1. Skipped: 0. Passed: 0.", "Total 1 Passed 0 Skipped 0 Failed 1", "FAIL 1 | PASS 0"
_NUMBER_LAST = rf"\b{_BAD}\s?[:=]?\s{{0,8}}[1-9]\d*\b"
_NUMBER_LAST_GOOD = (
    rf"\b(?:{_GOOD}|tests? run|total tests|cases)(?:\s?[:=]\s{{0,8}}|\s{{1,8}})\d+\b"
)


def _form(needle: str, pattern: str, example: str, look_alike: str) -> Form:
    return Form(
        "tests.failures",
        TEST,
        needle,
        pattern,
        "a test report counts failures",
        example,
        look_alike,
    )


def _both(bad: str) -> str:
    good = f"(?:{_NUMBER_FIRST_GOOD}|{_NUMBER_LAST_GOOD})"
    return rf"(?i)^(?=.{{0,200}}?{bad})(?!.*\bunreachable=)(?=.{{0,200}}?{good})"


SUMMARIES = (
    *(
        _form(needle, _both(_NUMBER_FIRST), example, look_alike)
        for needle, example, look_alike in (
            ("failed", "2 scenarios failed, 7 passed", "2 files failed, 7 copied"),
            ("failing", "3 passing, 1 failing", "1 failing disk"),
            ("fail", "12 pass, 1 fail", "1 fail, then another"),
            ("failure", "1 tests, 1 failure", "1 failure in 3 days"),
            ("failures", "3 tests run, 2 failures", "2 failures since 3 o'clock"),
            ("error", "0 scenarios passed, 1 error", "1 error, 3 warnings"),
            ("errors", "4 tests, 2 errors", "2 errors and 3 warnings"),
            ("undefined", "1 scenario passed, 2 steps undefined", "2 undefined names"),
        )
    ),
    *(
        _form(needle, _both(_NUMBER_LAST), example, look_alike)
        for needle, example, look_alike in (
            ("failed", "Passed: 3  Skipped: 0  Failed: 1", "Failed: 1  Copied: 3"),
            ("fail", "[ FAIL 1 | WARN 0 | SKIP 0 | PASS 3 ]", "fail 1"),
            ("failures", "Tests run: 3,  Failures: 1", "Failures: 3"),
            ("errors", "Cases: 3  Tried: 3  Errors: 1", "Errors: 1"),
        )
    ),
    _form(
        "failures", r"^[1-9]\d* failures?, \d+ errors?\b", "1 failures, 0 errors.", "1 failure in 2"
    ),
    _form(
        "detected in the test", r"^\*+ [1-9]\d* failures? (?:is|are) detected in the test",
        "*** 1 failure is detected in the test module", "no failures detected in the test",
    ),
    *(
        _form(
            needle, r'(?i)"(?:failure_?count|num_?failed_?tests|numfailedtestsuites)":\s?[1-9]',
            example, "the failure count is 3",
        )
        for needle, example in (
            ("failure_count", '{"summary":{"example_count":1,"failure_count":1}}'),
            ("failurecount", '{"tests": 1, "failureCount": 1}'),
            ("numfailedtests", '{"numFailedTests":1,"numPassedTests":3}'),
        )
    ),
    _form("failure", r"^\s*<failure\b", '<failure type="x" message="y">', "the failure <b>"),
    *(
        _form(
            needle, r"<testsuites?\b[^>]{0,300}\b(?:failures|errors)=\W?[1-9]", example,
            '<testsuite failures="0" errors="0">',
        )
        for needle, example in (
            ("failures", '<testsuite name="a" failures="1" errors="0">'),
            ("errors", '<testsuite name="a" failures="0" errors="2">'),
        )
    ),
    _form("failures", r'^\s*"failures":\s?[1-9]\d*,?$', '    "failures": 1,', '"failures": ['),
    _form("failure", r"^Failure \u2192 \S", "Failure \u2192 spec/a_spec.lua @ 3", "Failure -> all"),
    _form(
        "expected this output", r"^=+ expected this output: =+$",
        "====== expected this output: =========", "we expected this output",
    ),
    _form("fail", r"\.\.\.\s?FAIL \(\w+\)$", "test.a...FAIL (TestExpectedEqual)", "FAIL (TestX)"),
    _form(
        "keyword", r'"keyword":\s?"(?:Feature|Scenario|Given|When|Then)\b',
        '{"keyword": "Feature", "status": "failed"}', '{"keyword": "retry"}',
    ),
    _form("unexpected", r'^\s*"unexpected":\s?[1-9]', '    "unexpected": 1,', '"unexpected": []'),
    _form("tests failed", r"\bSome tests failed\.?$", "Some tests failed.", "some tests failed"),
    *(
        _form(
            needle, r"^(?:Error\b.{0,60}: ?)?Tests? (?:failed|failures?)\W*$", example, "the test"
        )
        for needle, example in (
            ("test failed", "Error in reporter$stop_if_needed() : Test failed"),
            ("test failures", "Error: Test failures"),
        )
    ),
    _form("failed", r"^\s*[1-9]\d*/\d+ failed\b", " 1/3 failed (2s)", "1/3 of it failed"),
    _form("fail", r"^\s*[1-9]\d* fail(?:ed|ing)?$", " 1 fail", "1 fail of many"),
    Form(
        "lint.findings", DIAGNOSTIC, "validation", r"(?i)^\W*(?:\w+ )?validation:? failed\W*$",
        "what was checked is not valid", "commit validation: failed!", "validation failed to start",
    ),
    _form("passed", r"^\s*Passed:?\s+\d+$", "  Passed:    0", "Passed: the bridge"),
    _form("test failed", r"(?i)^\W*[1-9]\d* tests? failed\b", "1 test failed", "a test failed"),
    _form("tests failed", r"(?i)^\W*[1-9]\d* tests? failed\b", "2 tests failed", "no tests failed"),
    _form(
        "test", r"^\[\s*FAILED\s*\] \d+ tests?\b", "[  FAILED  ] 1 test, listed below:",
        "a failed test",
    ),
    _form(
        "failed", r"^-*\s?FAILED in [\d.]+ seconds", "FAILED in 0.08 seconds", "it FAILED in two"
    ),
)  # fmt: skip
