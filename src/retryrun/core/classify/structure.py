"""Output whose form says what failed: test reports, compilers, linters, argument parsers, bugs.

Inside such output words are data: a test named after a time-out is no time-out. What counts there
is the kind of exception that ended a test, not the message of an assertion.
"""

from __future__ import annotations

import re

from ..failure import MEDIUM, PERMANENT
from ..value import Value
from .exceptions import SEARCHED, VAGUE, exception, is_logic
from .lines import Line, masked
from .patterns import compiled, pattern
from .wording import NOT_FETCHED, SYSTEM_SAID, echoed, worded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from ...rules.fact import Fact
    from .evidence import Text

TEST, DIAGNOSTIC, USAGE, BUG = "test", "diagnostic", "usage", "bug"
TITLES = 60  # lines above an error in which its test, or the name of its check, is looked for
YIELDING = (TEST, BUG)  # kinds that yield to an exception of the infrastructure


class Form(Value):
    """A row of rules/forms: how one kind of report is recognised.

    `needle` is a lower-case literal that must occur, `pattern` must then fit a line (with case).
    """

    id: str
    kind: str
    needle: str
    pattern: str
    says: str
    example: str
    look_alike: str
    category: str = PERMANENT
    severity: str = MEDIUM


class Found(Value):
    """A form that the output has, and the last line that shows it."""

    form: Form
    line: Line


_COMPARED = pattern(r"\bassert|[!=]==?\s")
# What the system said, as Rust's io::Error, Erlang's tuples and C's perror show it.
_SYSTEM_ERROR = pattern(
    r"\bOs \{ code: \d+, kind: \w+|\{:?error, ?:?(?:econn|enet|ehost|etimedout|nxdomain)"
    r"|\b(?:connect|socket|accept|send|recv|getaddrinfo)(?:\(\d?\))?: (?:Connection|Network"
    r"|No route|Operation timed|Name or|Temporary failure)\b"
)
_ANY_HEAD = pattern(
    r"^\s*+(?:Error:|\W{0,3}error:|E\s{2,8}|FAILED \S+ - |(?:\w+ )?caused by|cause:"
    r"|thread .* panicked|what\(\):\s|.*\bcaught error: |called `Result|Get \"|dial "
    r"|.*\bErr` value|.*\[cause\]|(?-i:.*Exception\b|.*Error\b:))",
    re.IGNORECASE,
)
_EXPECTATION = pattern(
    r"\b(?:expected|expect|want|wanted|got|to equal|to be|toEqual|should|left|right"
    r"|but was|actual|assert\w*|mismatch)\b|[!=]==?\s",
    re.IGNORECASE,
)
# A line of pytest's summary; the sums of unittest and phpunit, which count errors apart.
_OF_PYTEST = pattern(r"^FAILED \S+ - (.+)")
_FAILURES = pattern(r"^FAILED \(.*\bfailures=[1-9]|^Tests: \d+, .*\bFailures: [1-9]")
_TITLE = pattern(r"^\s*●")  # jest, whose messages stand without a class
_RUNNER = pattern(
    r"^(?:FATAL ERROR|fatal error: runtime|collect2: |Killed\b|INTERNALERROR>|make(?:\[\d+\])?: "
    r"|npm ERR|npm error|ERROR: process|"
    r".*\btoomanyrequests: You have reached your pull rate limit|\S*sh: |\W*curl: \(\d"
    r"|\w+: (?:write error|error writing)|[\w.]+OutOfMemoryError|.*\.sh: line)"
)
# In a report that is JSON or XML only the code or the class of an error is no one's words.
_CHANGED = pattern(r"^(?:E )?\s*[-+] ")
_OF_JSON = ("{", '"', "<")
_CODE_OF_JSON = pattern(
    r"^\s*\"(?:code|errno)\":"
    r"|^\s*<error\b.*(?:\[Errno |\bE[A-Z]{4,}\b|(?:Connection|Timeout)\w*Error)"
)
_NUMBERED_TITLE = pattern(r"^\d+\) \S+::\S+")  # phpunit: "1) LiveTest::testLive"
_PYTEST_LINE = pattern(r"^E\s{2,8}\S")
_PYTEST_RAISED = pattern(
    r"^E\s{2,8}(?:[\w.]+(?:Error|Exception|Timeout|timeout|error)\b|\(?(?:sqlite3|psycopg2?)\.)"
)
_PANICKED = pattern(r"^\s*thread '.*' panicked at .+:$")  # Rust; its message follows
_COMPLAINT = pattern(r"^\s*(?:failed|could ?n[o']t|unable|cannot|can't|error)\b", re.IGNORECASE)
CAPTURED = 60  # lines above what a test has captured in which the reason is looked for
_RAN = pattern(r"^E\s+.*(?:CalledProcessError|ProcessExecutionError|returned non-zero exit status)")
_DIED = pattern(r"^[^#].* at \S+ line \d+\.$")  # how Perl ends
_GOMEGA = pattern(r"^\s*<\*?[\w.]+ \| 0x[0-9a-f]+>:\s*$")  # the type of an error, its words below
_GO_NETWORK = pattern(
    r"\bdial (?:tcp|udp|unix)|\blookup \S+.*: no such host|\bread tcp|i/o timeout"
    r"|\bnet/http: (?:TLS handshake timeout|request canceled|timeout awaiting)"
    r"|\bClient\.Timeout exceeded|\brpc error: code = (?:Unavailable|DeadlineExceeded)\b"
)
_GO_MESSAGE = pattern(r"^\s+(?:\w+\.go:\d+:\s|Error:\s{2,}|Error Trace:)")


def forms(text: Text, disabled: Collection[str]) -> list[Found]:
    """Return the report forms that the output has."""
    from ...rules.forms import FORMS  # here: the table is made of this module's records
    from .evidence import words

    found = []
    for form in FORMS:
        if form.id in disabled or not text.words.issuperset(words(form.needle)):
            continue
        fits = compiled(form.pattern).search
        for number in text.where(form.needle):
            if fits(text.lines[number].text) and not (
                form.kind == DIAGNOSTIC and NOT_FETCHED.search(text.lines[number].text)
            ):
                found.append(Found(form, text.lines[number]))
                break
    return found


def yields(found: Found, streams: Collection[str]) -> bool:
    """Tell whether a form is not the reason, where trouble of the infrastructure is told beside it.

    Help that is shown on stdout is a courtesy beside an error on stderr.
    """
    kind = found.form.kind
    return kind in YIELDING or (
        kind == USAGE and found.line.stream == "stdout" and "stderr" in streams
    )


def veto(found: Sequence[Found], lines: Sequence[Line], number: int, fact: Fact) -> str | None:
    """Return why evidence in a line does not count inside what the output is, or None."""
    text = lines[number].text
    reason = worded(text, fact) or echoed(lines, number)
    if reason is None and is_logic(text):
        reason = "the message of an exception that speaks of the program"
    if reason is not None:
        return reason
    kinds = {each.form.kind for each in found}
    if (TEST in kinds or BUG in kinds) and not (
        (_RUNNER.match(text) and not _before_tests(found, lines, number)) or _raised(lines, number)
    ):
        return "inside a test report" if TEST in kinds else "beside a bug in the program"
    said = SYSTEM_SAID.search(text) or NOT_FETCHED.search(text)
    if DIAGNOSTIC in kinds and _is_diagnostic(found, text) and not said:
        return "inside a diagnostic"
    return None


def _before_tests(found: Sequence[Found], lines: Sequence[Line], number: int) -> bool:
    """Tell whether a line stands before all tests, which would not have run but for a success.

    What is set off by a sign, as in `# curl: (7)`, is the remark of a test that stands somewhere.
    """
    if not lines[number].text[:1].isalpha():
        return False
    stream = lines[number].stream
    tests = [each for each in found if each.form.kind == TEST]
    later = any(each.line.stream == stream and each.line.number > number for each in tests)
    return later and not any(
        compiled(each.form.pattern).search(line.text)
        for each in tests
        for line in lines[max(0, number - TITLES) : number]
        if line.stream == stream
    )


def failed_for_real(found: Sequence[Found], lines: Sequence[Line]) -> bool:
    """Tell whether a test report says of one test at least that the program is to blame for it.

    Then the run fails again whatever becomes of the tests that met a fault of the infrastructure.
    """
    if not any(each.form.kind == TEST for each in found):
        return False
    return any(_blames_program(line.text) for line in lines[-SEARCHED:])


def _blames_program(text: str) -> bool:
    summary = _OF_PYTEST.match(text)
    if summary is not None:
        return summary[1].startswith("assert ") or is_logic(text)
    return bool(_FAILURES.match(text))


def _is_diagnostic(found: Sequence[Found], text: str) -> bool:
    return any(
        each.form.kind == DIAGNOSTIC and compiled(each.form.pattern).search(text) for each in found
    )


def _raised(lines: Sequence[Line], number: int) -> bool:
    """Tell whether a line of a test report is the headline of the exception that ended a test."""
    text = lines[number].text
    name = exception(text)
    if _is_name(lines, number, name):
        return False
    if name is not None:
        vague = name in VAGUE and _EXPECTATION.search(masked(text))
        return not is_logic(text) and not vague
    if text.lstrip()[:1] in _OF_JSON:
        return bool(_CODE_OF_JSON.match(text))
    if (_SYSTEM_ERROR.search(text) or _goes_on(lines, number)) and not _COMPARED.search(text):
        return True
    if _EXPECTATION.search(masked(text)) or _CHANGED.match(text):
        return False
    return _reported(lines, number)


def _goes_on(lines: Sequence[Line], number: int) -> bool:
    """Tell whether a line is the message of an exception whose headline holds its class alone."""
    above = lines[number - 1].text if number else ""
    if _GOMEGA.match(above) or (_PANICKED.search(above) and _COMPLAINT.match(lines[number].text)):
        return True
    return above.endswith((":", ": ")) and exception(above) is not None and not is_logic(above)


def _is_name(lines: Sequence[Line], number: int, name: str | None) -> bool:
    """Tell whether a line names a check or a group of tests, whose words look like an error."""
    text = lines[number].text
    if name is not None and text.endswith(name) and text[1:2] != " " and _opens(lines, number):
        return True
    return _is_title(lines, number, text.partition(": ")[2])


def _opens(lines: Sequence[Line], number: int) -> bool:
    """Tell whether a line begins a paragraph, as no last line of a traceback does."""
    return not number or not lines[number - 1].text.strip()


def _is_title(lines: Sequence[Line], number: int, said: str) -> bool:
    """Tell whether what an error says is the name of a check that failed, as TAP shows it."""
    above = lines[max(0, number - TITLES) : number]
    return bool(said) and any(
        line.text.startswith("not ok ") and line.text.endswith(said) for line in above
    )


def _names_test(lines: Sequence[Line], number: int, said: str) -> bool:
    """Tell whether what a test says is also its name, as Go writes names."""
    name = said.strip().replace(" ", "_")
    return any(name in line.text for line in lines[max(0, number - 4) : number])


def _reported(lines: Sequence[Line], number: int) -> bool:
    """Tell whether a line without a class in it is where a runner puts what ended a test."""
    text = lines[number].text
    if _GO_MESSAGE.match(text) or _in_go_message(lines, number):
        found = _GO_NETWORK.search(text)
        return found is not None and not _names_test(lines, number, text[found.start() :])
    if _PYTEST_LINE.match(text):
        return bool(_PYTEST_RAISED.match(text))
    if _is_captured(lines, number):
        return True
    return (
        bool(_ANY_HEAD.match(text))
        or _under_title(lines, number)
        or bool(_DIED.search(text))
        or any(line.text.startswith("Error \u2192 ") for line in lines[max(0, number - 3) : number])
        or _is_error_of_test(lines, number)
    )


def _is_captured(lines: Sequence[Line], number: int) -> bool:
    """Tell whether a test shows a line of a program that it ran, whose failure ended the test."""
    near = [line.text for line in lines[max(0, number - CAPTURED) : number]]
    heads = [place for place, text in enumerate(near) if "- Captured std" in text]
    return bool(heads) and any(_RAN.match(text) for text in near[: heads[-1]])


def _in_go_message(lines: Sequence[Line], number: int) -> bool:
    """Tell whether a line goes on with the message of a failed test of Go, set in deeper."""
    for line in reversed(lines[max(0, number - 12) : number + 1]):
        if _GO_MESSAGE.match(line.text):
            return True
        if not line.text.startswith("        "):
            return False
    return False


def _under_title(lines: Sequence[Line], number: int) -> bool:
    """Tell whether the line is the first one below a test's name, as jest prints it."""
    if not lines[number].text.startswith("  ") or _TITLE.match(lines[number].text):
        return False
    above = [line.text for line in lines[max(0, number - 4) : number] if line.text.strip()]
    return bool(above) and bool(_TITLE.match(above[-1]))


def _is_error_of_test(lines: Sequence[Line], number: int) -> bool:
    """Tell whether the line is what ended a test that phpunit counts as an error, no failure."""
    if not number or not _NUMBERED_TITLE.match(lines[number - 1].text):
        return False
    return not any(line.text.startswith("Failed asserting") for line in lines[number : number + 8])
