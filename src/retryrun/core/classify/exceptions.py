"""Exceptions as programs of many languages report them: their classes, and what those speak of."""

from __future__ import annotations

import re

from .patterns import pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from .lines import Line

SEARCHED = 400  # lines from the end in which the last exception is looked for
IGNORED = 8  # lines above an exception in which Python says that it is of no consequence
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
    "JestAssertionError", "XunitException", "EqualException", "AssertError", "AssertionDefect",
    "IndexDefect", "RangeDefect", "FieldDefect", "NilAccessDefect", "KeyDefect",
))  # fmt: skip
# What a program makes of input that did not come: any cause in the same run outweighs it.
OF_INPUT = frozenset(("JSONDecodeError", "UnicodeDecodeError"))
# Of these the message must tell whether they speak of the program.
VAGUE = frozenset(("Error", "Exception", "RuntimeError", "RuntimeException", "StandardError"))
# What some of them say that is about something else.
_NOT_LOGIC = pattern(
    r"TypeError: (?:fetch failed|failed to fetch|terminated|networkerror)"
    r"|ValidationError: .{1,200}\bis in \w+ (?:state|status)\b|ValueError: (?:no available memory"
    r"|free memory on|.*\bout of memory\b)",
    re.IGNORECASE,
)
_HEAD = pattern(
    r"^(?:E\s{2,8}|(?:FAILED|ERROR) \S+ - |\s*\[cause\]:\s*"
    r"|\s*(?:\w+ )?[Cc]aused by:?\s+|\s*Cause:\s*|\[(?:ERROR|info)\]\s+"
    r"|\s{1,12}(?=[\w.$:\\]*(?:Error|Exception|Errno)\b)"
    r"|\s*Exception in thread \"[^\"]*\" |Uncaught |Unhandled exception\.? |\*\* \()?"
    r"((?:[A-Za-z_$][\w$]*(?:\.|::|\\|/))*(?:gaierror|herror|(?<=socket\.)timeout|(?<=ssl\.)timeout"
    r"|[A-Z_$][\w$]*(?:Error|Exception|Timeout|TimedOut|Disconnected|Refused|Failure"
    r"|Failed|Reset|Exhausted|Unavailable|Throttled|IncompleteRead|Available|Errno"
    r"|onnectionBad|NotEstablished|Deadlocked)"
    r"|(?<=psycopg2\.errors\.)[A-Z]\w+|(?<=psycopg\.errors\.)[A-Z]\w+|(?:Errno::)?E[A-Z]{5,}))"
    r"(?:@\S{1,200}\(\d+\))?(?: \([^)]{1,60}\))?(?: \[[A-Z_0-9]+\])?(?::\s|:?$)",
)
# What some tools print in place of a message: the name of the error in their own source.
_NAMED = pattern(
    r"^\W*(?i:error|fatal|panic)\b\W{1,3}((?:[A-Z]{2,}(?=[A-Z][a-z])|[A-Z][a-z]+){2,})(?![\w.])"
)
_IN_BRACKETS = pattern(
    r"^\s*\S.{0,300}\s[(\[]((?:\w+::)*(?:E[A-Z]{4,}|(?:[A-Z]{1,3}[a-z]+){2,}))[)\]]$"
)
_ELIXIR = pattern(r"^\s*\*\* \(((?:\w+\.)*[A-Z]\w+)\) ")
_OF_TESTS = ("Test", "Tests", "TestCase", "Spec", "Suite")
_ERRNO = pattern(r"\[Errno |E[A-Z]{4,}\b")


def exception(text: str) -> str | None:
    """Return the class that a line reports as raised, without its module."""
    match = _HEAD.match(text) or _NAMED.match(text) or _ELIXIR.match(text)
    if match is None and text.endswith((")", "Error]", "Defect]", "Exception]")):
        match = _IN_BRACKETS.match(text)
        if match is not None and match[1].endswith(_OF_TESTS):  # "1) test waits (LimiterTest)"
            return None
    return re.split(r"\.|::|\\|/", match[1])[-1] if match else None


def is_logic(text: str) -> bool:
    """Tell whether a line reports an exception that speaks of the program itself."""
    name = exception(text)
    if name in ("TypeError", "ValueError", "ValidationError") and _NOT_LOGIC.search(text):
        return False
    if name and _ERRNO.match(text.partition(f"{name}: ")[2]):
        return False  # an error of the system that has been wrapped
    return name in LOGIC


def last_exception(lines: Sequence[Line]) -> Line | None:
    """Return the headline of the last exception in a run's output."""
    for number in range(len(lines) - 1, max(-1, len(lines) - SEARCHED), -1):
        line = lines[number]
        if (
            line.text[:1] not in " \t"
            and exception(line.text) is not None
            and not any("Exception ignored in" in each.text for each in lines[:number][-IGNORED:])
        ):
            return line
    return None
