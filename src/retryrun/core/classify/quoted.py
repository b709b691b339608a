"""Lines that are quoted: source, stack frames, differences, what an assertion compares."""

from __future__ import annotations

import re

from .patterns import pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from .lines import Line

HUNK = 40  # lines above a line in which the head of what is quoted is looked for
SHORTEST = 5  # characters of a rule under a title
_SOURCE = pattern(
    r"^(?:\[\w+\] )?[\s>]{0,8}(?:\d+\s*)?\|(?!\s*(?:error|fatal))"
    r"|^\s*at (?:async )?[\w.$<>/\[\]# ]+[(:]"
    r"|^\s+at file:|^\s*\d+: 0x[0-9a-f]+|"
    r"^\s*[~^]+\s*$|^\++ \S|^\s{4,}(?:raise |return |assert |self\.|await |import "
    r"|from \w+ import |def |cp?def |with |for (?:\(|\w+(?:, \w+)* (?:in|of) )|if |throw |const "
    r"|let |var )"
    r"|^\s*\d+:\s+(?:const|let|var|import|export|function|return|class|def|print)\b"
    r"|^\s*\d+:\s+\w+\.\w+\(['\"\w]"
    r"|^\s*\d+\s*[|│]|^\s*\d+ [+-] |^\s*#\d+ +(?:0x|\S+ at )|^\s*from \S+:\d+:in |^\s+in \w+ \("
    r"|^\s*(?:%\s{2,}|[❱>→*»▶-]{1,2}\s*)\d+\s*(?:[|│]|\s{2})|^\s*L\d+\s*[|│]|^\s*\d+:? \([\w%#(]"
    r"|^\s*\$\w+(?:->\w+)*\s*=[^=]"
    r"|^(?:TASK|PLAY|RUNNING HANDLER) \[|^\s*(?:select .{1,300} from|insert into|update \S+ set"
    r"|delete from|(?:create|alter|drop) (?:table|index|view|database|user)) "
    r"|^goroutine \d|^\s*File \"[^\"]+\", line \d+",
    re.IGNORECASE,
)
_LOG = pattern(r"\b(?:build|error|output) log:?$")  # what is quoted is what a program said
_NUMBERED = pattern(r"^\s{0,40}[>*\u276f]?\s{0,8}(\d{1,6})(?:\s{2,}|\t)\S")
# How Terraform names the line that it shows below, and npm the script that it shows below.
_PLACE = pattern(r"^on \S+ line \d+\b.*:$|^> \S+@\S+ \S+$")
_RULE = pattern(r"^(?:-+|=+|~+)$")
_FRAME = pattern(r"^(?:file://)?\S+\.[cm]?[jt]sx?:\d+$")  # node shows the line that threw
_OF_TCL = (" ", "\t", '"', "(", "{")  # how lines of such a trace begin
_TCL = pattern(r"^\s+(?:while executing|invoked from within)$")  # all that follows is a trace
# The head of such a comparison: jest, mocha, node and their kin.
_COMPARED = pattern(r"^\s*[-+] (?:expected|received|actual)\b", re.IGNORECASE)
_FRAME_OF_STACK = pattern(r"^\s+at \S")
_CARETS = pattern(r"^[\s|│]*(?:\^[\^~\s-]*|~{3,}[~^\s]*)$")


def looks_quoted(text: str) -> bool:
    """Tell whether a line looks like source or a frame by itself."""
    return bool(_SOURCE.search(text))


def is_quoted(lines: Sequence[Line], number: int) -> bool:
    """Tell whether a line is quoted, seen with its neighbours."""
    return (
        looks_quoted(lines[number].text)
        or _is_traceback_source(lines, number)
        or _is_underlined(lines, number)
    )


def _is_traceback_source(lines: Sequence[Line], number: int) -> bool:
    above = lines[number - 1].text.lstrip() if number else ""
    if _FRAME.match(above) or _PLACE.match(above):
        return True
    if lines[number].text[:1] in _OF_TCL and any(
        _TCL.match(line.text) for line in lines[max(0, number - HUNK) : number]
    ):
        return True
    if _is_numbered(lines, number) or _is_change(lines, number) or _is_compared(lines, number):
        return True
    if not above.startswith('File "') or ", line " not in above:
        return False
    # Where the source is not at hand, the exception follows, set in less than the place.
    return _indent(lines[number].text) > _indent(lines[number - 1].text)


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())


def _is_numbered(lines: Sequence[Line], number: int) -> bool:
    """Tell whether lines are numbered one after another, as a piece of a file is quoted."""
    found = _NUMBERED.match(lines[number].text)
    if found is None or any(
        _LOG.search(line.text) for line in lines[max(0, number - HUNK) : number]
    ):
        return False
    for place, step in ((number - 1, -1), (number + 1, 1)):
        other = _NUMBERED.match(lines[place].text) if 0 <= place < len(lines) else None
        if other is not None and int(other[1]) == int(found[1]) + step:
            return True
    return False


def _is_change(lines: Sequence[Line], number: int) -> bool:
    """Tell whether a line is an added or removed one of a unified difference."""
    if lines[number].text[:1] not in ("+", "-"):
        return False
    for line in reversed(lines[max(0, number - HUNK) : number]):
        if line.text[:3] == "@@ ":
            return True
        if line.text[:1] not in ("+", "-", " ", ""):
            return False
    return False


def _is_compared(lines: Sequence[Line], number: int) -> bool:
    """Tell whether a line is of what an assertion shows of two values that differ."""
    for line in reversed(lines[max(0, number - HUNK) : number]):
        if _COMPARED.match(line.text):
            return True
        if _FRAME_OF_STACK.match(line.text) or line.text[:1] not in (" ", "-", "+", ""):
            return False
    return False


def _is_underlined(lines: Sequence[Line], number: int) -> bool:
    """Tell whether the next line points into this one with carets, or makes a title of it."""
    if number + 1 == len(lines) or lines[number].stream != lines[number + 1].stream:
        return False
    text, below = lines[number].text.rstrip(), lines[number + 1].text.rstrip()
    title = len(below) >= SHORTEST and len(below) == len(text) and _RULE.match(below)
    return bool(title or _CARETS.match(below))
