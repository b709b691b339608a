"""Output whose form says what failed: test reports, compilers, linters, argument parsers, bugs.

Inside such output words are data: a test named after a time-out is no time-out. What counts there
is the kind of exception that ended a test, not the message of an assertion.
"""

from __future__ import annotations

import re

from ..failure import MEDIUM, PERMANENT
from ..value import Value
from .lines import Line, masked

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from ...rules.fact import Fact
    from .evidence import Text

TEST, DIAGNOSTIC, USAGE, BUG = "test", "diagnostic", "usage", "bug"
SAID = 8  # the shortest remark that is looked for in a command, in characters
LOOKED_BACK = 60  # lines in which that command is looked for
SEARCHED = 400  # lines from the end in which the last exception is looked for
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


# Exceptions that speak of the program, whatever their message says.
LOGIC = frozenset((
    "AssertionError", "AssertionFailedError", "ValueError", "TypeError", "KeyError", "IndexError",
    "NameError", "AttributeError", "ImportError", "ModuleNotFoundError", "SyntaxError",
    "IndentationError", "TabError", "UnboundLocalError", "ZeroDivisionError",
    "NotImplementedError", "RecursionError", "LookupError", "UnicodeDecodeError",
    "UnicodeEncodeError", "ValidationError", "NullPointerException", "IllegalArgumentException",
    "IllegalStateException", "ClassCastException", "ClassNotFoundException",
    "NoClassDefFoundError", "NoSuchMethodError", "NumberFormatException",
    "IndexOutOfBoundsException", "ArrayIndexOutOfBoundsException", "ComparisonFailure",
    "ReferenceError", "RangeError", "NoMethodError", "ArgumentError", "JSONDecodeError",
    "ArithmeticException", "UnsupportedOperationException", "ArgumentException",
    "ArgumentNullException", "InvalidOperationException", "NullReferenceException",
    "FormatException", "MultipleInvalid", "UsageError", "FixtureLookupError", "Failed",
    "ExpectationNotMetError", "PHPUnit\\Framework\\ExpectationFailedException",
    "JestAssertionError", "XunitException", "EqualException",
))  # fmt: skip
_HEAD = re.compile(
    r"^(?:E\s{2,8}|(?:FAILED|ERROR) \S+ - |\s*\[cause\]:\s*"
    r"|\s*(?:\w+ )?[Cc]aused by:?\s+|\s*Cause:\s*|\[ERROR\]\s+"
    r"|\s{1,12}(?=[\w.$:\\]*(?:Error|Exception|Errno)\b)"
    r"|\s*Exception in thread \"[^\"]*\" |Uncaught |Unhandled exception\.? |\*\* \()?"
    r"((?:[A-Za-z_$][\w$]*(?:\.|::|\\|/))*(?:gaierror|herror|(?<=\.)timeout"
    r"|[A-Z_$][\w$]*(?:Error|Exception|Timeout|TimedOut|Disconnected|Refused|Failure"
    r"|Failed|Reset|Exhausted|Unavailable|Throttled|IncompleteRead|Available|Errno)"
    r"|(?:Errno::)?E[A-Z]{5,}))"
    r"(?: \([^)]{1,60}\))?(?: \[[A-Z_0-9]+\])?(?::\s|:?$)",
)
# What some tools print in place of a message: the name of the error in their own source.
_NAMED = re.compile(
    r"^\W*(?i:error|fatal|panic)\b\W{1,3}((?:[A-Z]{2,}(?=[A-Z][a-z])|[A-Z][a-z]+){2,})(?![\w.])"
)
_IN_BRACKETS = re.compile(r"^\S.{0,300}\s\(((?:[A-Z][a-z]+){2,})\)$")
_SYSTEM_ERROR = re.compile(r"\bOs \{ code: \d+, kind: \w+")  # Rust's io::Error
_ANY_HEAD = re.compile(
    r"^\s*(?:Error:|error:|E\s{2,8}|FAILED \S+ - |(?:\w+ )?caused by|cause:"
    r"|thread .* panicked|called `Result|Get \"|dial |.*\bErr` value|.*\[cause\]"
    r"|.*Exception\b|.*Error\b:)",
    re.IGNORECASE,
)
_EXPECTATION = re.compile(
    r"\b(?:expected|expect|want|wanted|got|to equal|to be|toEqual|should|left|right"
    r"|but was|actual|assert\w*|mismatch)\b|[!=]==?\s",
    re.IGNORECASE,
)
_ASSERTION = re.compile(
    r"\bexpect(?:ed|s|ing)?\b.{1,200}\b(?:to (?:be|equal|have|match|contain|throw"
    r"|include)|but|got|received|actual|found)\b",
    re.IGNORECASE,
)
# What a check says of what it checked: the words belong to the check.
_CHECKED = re.compile(
    r"^\W*assert\b|(?i:\bassertion\b).{0,300}(?i:\bfailed\b)|\b\w{0,8}(?:ASSERT|EXPECT)_?\w*\("
    r"|(?i:\bdid not (?:raise|throw)\b|\b(?:was|were) not (?:raised|thrown)\b)"
    r"|\S\s*(?:\.{2,}|\||\s)\s*(?:FAIL(?:ED|URE)?|BROKEN|NOK)\W*$"
)
_VALUE = re.compile(
    r"\binput should be\b|\binput_value=|\binvalid (?:input syntax|literal|value|argument|choice"
    r"|integer|number|int|boolean|date|format|character|token)\b.{0,60}:"
    r"|\bis not assignable to\b|\bincompatible types?\b|\bmismatched types\b"
    r"|: exit \d+ \([\d.]+ seconds\)|\bis not of(?: the)? type\b|\bis not one of\b"
    r"|\bis not an? (?:\w+ )?(?:int(?:eger)?|str(?:ing)?|num(?:ber)?|float|bool(?:ean)?|list|map"
    r"|array|object|date|enum)\b",
    re.IGNORECASE,
)
# What is said to be unknown is a name, whatever words it is made of.
_ENTITY = (
    r"(?:variable|symbol|function|method|identifier|name|keyword|command|subcommand|task|option"
    r"|argument|flag|module|package|library|class|type|attribute|property|field|column|relation"
    r"|table|rule|target|session|recipe|procedure|predicate|constant|macro|label|reference|step"
    r"|member|parameter|key|database|collection|role|user|index)s?"
)
_UNKNOWN = re.compile(
    rf"\b(?:unbound|undefined|undeclared|unresolved|unknown|no such|unrecogni[sz]ed)"
    rf" (?:global |local |free |test |configuration )?{_ENTITY}\b"
    r"|\b(?:could not|cannot|can't|unable to) (?:find|locate|load|import)(?: or load)?"
    rf" (?:the )?(?:main )?{_ENTITY}\b"
    rf"|\b(?:no|is no) {_ENTITY} (?:called|named|with (?:the )?name|matching)\b"
    r"|\b(?:is|was|are|were) (?:not (?:defined|declared|bound|a (?:known|recognized"
    r"|function|command|module|package|member))|undefined|undeclared|unbound|never defined)\b"
    r"|\bhas no (?:attribute|member|method|field|property|exported member)\b"
    r"|\b(?:relation|column|table|function|database|role|schema|index) \S+"
    r" does(?: not|n't) exist\b",
    re.IGNORECASE,
)
_CAUSED = re.compile(r"\w(?:Exception|Error): |: (?:Get|Post|Head|dial) ")
# The settings of an inspected object or a printed configuration are no events.
_SETTING = re.compile(
    r"^\s*(?!['\"]?(?:http)?_?(?:status|code|err))['\"]?[\w$.\[\]()-]{1,60}['\"]?\s?[:=]\s?"
    r"(?:true|false|null|none|undefined|-?\d+(?:\.\d+)?(?:ms|s|m)?|\{\}?|\[\]?|\[(?:async)?function\b.*)"
    r"[,;]?$",
    re.IGNORECASE,
)
# A test that is too slow for its own limit is a failing test, not a slow network.
_TEST_LIMIT = re.compile(
    r"\b(?:tests?|hook|fixture|spec)\b.{0,30}\b(?:timed? ?out|timeout)\b|pytest-timeout"
    r"|\btimeout of \d+ ?m?s (?:exceeded\W+)?for (?:a |an |async )?(?:tests?|hooks?)\b"
    r"|waiting for locator",
    re.IGNORECASE,
)
_LIMITED = frozenset(("net.timeout", "exception.timeout"))
_ECHO = re.compile(r"\b(?:echo|printf)\b.{0,3}['\" ]")
_ALARM = re.compile(r"\b(?:error|fatal|failed|failure|cannot|could not|unable)\b", re.IGNORECASE)
_TITLE = re.compile(r"^\s*(?:●|✕|\u00d7|✗|⎯|\d+\)\s|FAIL\b)")
_RUNNER = re.compile(
    r"^(?:FATAL ERROR|fatal error: runtime|Killed\b|INTERNALERROR>|make(?:\[\d+\])?: "
    r"|npm ERR|npm error|ERROR: process|"
    r"\S*sh: |\W*curl: \(\d|\w+: (?:write error|error writing)|[\w.]+OutOfMemoryError|.*\.sh: line)"
)
_GO_MESSAGE = re.compile(r"^\s+(?:\w+_test\.go:\d+:\s|Error:\s{2,}|Error Trace:)")


def forms(text: Text, disabled: Collection[str]) -> list[Found]:
    """Return the report forms that the output has."""
    from ...rules.forms import FORMS  # here: the table is made of this module's records
    from .evidence import compiled, words

    found = []
    for form in FORMS:
        if form.id in disabled or not text.words.issuperset(words(form.needle)):
            continue
        pattern = compiled(form.pattern)
        for number in text.where(form.needle):
            if pattern.search(text.lines[number].text):
                found.append(Found(form, text.lines[number]))
                break
    return found


def exception(text: str) -> str | None:
    """Return the class that a line reports as raised, without its module."""
    match = _HEAD.match(text) or _NAMED.match(text)
    if match is None and text.endswith(")"):
        match = _IN_BRACKETS.match(text)
    return re.split(r"\.|::|\\|/", match[1])[-1] if match else None


def is_logic(text: str) -> bool:
    """Tell whether a line reports an exception that speaks of the program itself."""
    name = exception(text)
    if name == "TypeError" and re.search(
        r"TypeError: (?:fetch failed|failed to fetch|terminated|networkerror)", text, re.IGNORECASE
    ):
        return False
    if name and re.search(rf"\b{name}: (?:\[Errno |E[A-Z]{{4,}}\b)", text):
        return False  # an error of the system that has been wrapped
    return name in LOGIC


def veto(found: Sequence[Found], lines: Sequence[Line], number: int, fact: Fact) -> str | None:
    """Return why evidence in a line does not count inside what the output is, or None."""
    text = lines[number].text
    reason = _worded(text, fact) or _echoed(lines, number)
    if reason is not None:
        return reason
    kinds = {each.form.kind for each in found}
    if (TEST in kinds or BUG in kinds) and not (_RUNNER.match(text) or _raised(lines, number)):
        return "inside a test report" if TEST in kinds else "beside a bug in the program"
    if DIAGNOSTIC in kinds and _is_diagnostic(found, text):
        return "inside a diagnostic"
    return None


def _worded(text: str, fact: Fact) -> str | None:
    """Return what a line's own wording makes of the words in it."""
    if _VALUE.search(text):
        return "a value that did not validate"
    if fact.category != PERMANENT:
        if _UNKNOWN.search(text) and not _CAUSED.search(text):
            return "the name of something that is not there"
        if _CHECKED.search(text):
            return "the wording of a check"
    return _quoted(text, fact)


def _echoed(lines: Sequence[Line], number: int) -> str | None:
    """Return why a remark does not count that a script was told to make (`echo`, `printf`)."""
    said = lines[number].text.strip()
    if len(said) < SAID or _ALARM.search(said):
        return None
    for line in lines[max(0, number - LOOKED_BACK) : number]:
        if said in line.text and _ECHO.search(line.text):
            return "what a script was told to say"
    return None


def _quoted(text: str, fact: Fact) -> str | None:
    if _SETTING.match(text):
        return "a setting, no event"
    if not fact.id.startswith("http.") and _ASSERTION.search(text):
        return "the wording of an expectation"
    if fact.id in _LIMITED and _TEST_LIMIT.search(text):
        return "the time limit of a test"
    return "the message of an exception that speaks of the program" if is_logic(text) else None


def last_exception(lines: Sequence[Line]) -> Line | None:
    """Return the headline of the last exception in a run's output."""
    for number in range(len(lines) - 1, max(-1, len(lines) - SEARCHED), -1):
        line = lines[number]
        if line.text[:1] not in " \t" and exception(line.text) is not None:
            return line
    return None


def _is_diagnostic(found: Sequence[Found], text: str) -> bool:
    return any(
        each.form.kind == DIAGNOSTIC and re.search(each.form.pattern, text) for each in found
    )


def _raised(lines: Sequence[Line], number: int) -> bool:
    """Tell whether a line of a test report is the headline of the exception that ended a test."""
    text = lines[number].text
    name = exception(text)
    if name is not None:
        return name not in LOGIC
    if _SYSTEM_ERROR.search(text):
        return True
    if _EXPECTATION.search(masked(text)) or re.match(r"^(?:E )?\s*[-+] ", text):
        return False
    if _GO_MESSAGE.match(text):
        return bool(
            re.search(
                r"\bdial (?:tcp|udp|unix)|\blookup \S+.*: no such host|\bread tcp|i/o timeout", text
            )
        )
    if re.match(r"^E\s{2,8}\S", text):
        return bool(
            re.match(
                r"^E\s{2,8}(?:[\w.]+(?:Error|Exception|Timeout|timeout|error)\b|\(?(?:sqlite3"
                r"|psycopg2?)\.)",
                text,
            )
        )
    return bool(_ANY_HEAD.match(text)) or _under_title(lines, number)


def _under_title(lines: Sequence[Line], number: int) -> bool:
    """Tell whether the line is the first one below a test's name, as jest and mocha print it."""
    if not lines[number].text.startswith("  ") or _TITLE.match(lines[number].text):
        return False
    above = [line.text for line in lines[max(0, number - 4) : number] if line.text.strip()]
    return bool(above) and bool(_TITLE.match(above[-1]))
