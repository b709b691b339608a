"""The text that must stand in a line for a pattern to fit it, so that most lines need no engine."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

SPECIAL = frozenset(".^$*+?{}[]\\|()")


def required(pattern: str) -> str:
    r"""Return the longest text that every match of a pattern holds, "" if none is sure.

    Only what stands outside groups and sets is looked at, and nothing of a pattern with
    alternatives at its top or with flags: `retry in \d+ s` gives "retry in ".
    """
    bare = pattern.removeprefix("^").removesuffix("$")
    if SPECIAL.isdisjoint(bare):  # as most are that people write
        return bare
    if "(?" in pattern.replace("(?:", "").replace("(?P<", ""):
        return ""
    best = run = ""
    for piece in _pieces(pattern):
        if piece == "or":
            return ""
        if piece == "maybe":  # what came last may be left out
            best, run = max(best, run[:-1], key=len), ""
        elif len(piece) == 1:
            run += piece
        else:
            best, run = max(best, run, key=len), ""
    return max(best, run, key=len)


def _pieces(pattern: str) -> Iterator[str]:
    """Yield plain characters, "or", "maybe" for what may repeat the last none times, "other"."""
    place = 0
    while place < len(pattern):
        character = pattern[place]
        place += 1
        if character == "\\":
            escaped = pattern[place : place + 1]
            place += 1
            if escaped in "xuUN0123456789":  # a character by its number or name: not worth reading
                yield "or"
            yield "other" if escaped.isalnum() else escaped
        elif character == "[":
            place = _after_set(pattern, place)
            yield "other"
        elif character == "(":
            place = _after_group(pattern, place)
            yield "other"
        elif character == "{":
            place = pattern.find("}", place) + 1 or len(pattern)
            yield "maybe"
        elif character in "?*":
            yield "maybe"
        elif character == "|":
            yield "or"
        else:
            yield "other" if character in SPECIAL else character


def _after_set(pattern: str, place: int) -> int:
    place += pattern[place : place + 1] == "^"
    place += pattern[place : place + 1] == "]"  # first, it is one of the set
    while place < len(pattern) and pattern[place] != "]":
        place += 2 if pattern[place] == "\\" else 1
    return place + 1


def _after_group(pattern: str, place: int) -> int:
    depth = 1
    while place < len(pattern) and depth:
        character = pattern[place]
        if character == "\\":
            place += 1
        elif character == "[":
            place = _after_set(pattern, place + 1) - 1
        else:
            depth += (character == "(") - (character == ")")
        place += 1
    return place
