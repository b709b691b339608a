"""Globs over the words of a command, without the cost of regular expressions."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


def fits(pattern: str, words: Sequence[str]) -> bool:
    """Tell whether a glob fits the words joined by blanks, the first reduced to its base name.

    `*`, `?` and `[...]` as in a shell, case-sensitive; ` *` at the end also fits no further word.
    """
    if not words:
        return False
    text = " ".join((words[0].rpartition("/")[2], *words[1:]))
    if pattern.endswith(" *") and match(pattern[:-2], text):
        return True
    return match(pattern, text)


def match(pattern: str, text: str) -> bool:
    """Tell whether a glob fits a whole text, in time proportional to their lengths' product."""
    p = t = 0
    star, resume = -1, 0
    while t < len(text):
        step = _one(pattern, p, text[t]) if p < len(pattern) else 0
        if p < len(pattern) and pattern[p] == "*":
            star, resume, p = p, t, p + 1
        elif step:
            p, t = p + step, t + 1
        elif star >= 0:  # let the latest star take one character more
            resume += 1
            p, t = star + 1, resume
        else:
            return False
    return not pattern[p:].strip("*")


def _one(pattern: str, p: int, character: str) -> int:
    """Return how much of the pattern fits this character: 0 if none."""
    if pattern[p] == "?":
        return 1
    if pattern[p] == "[":
        end = pattern.find("]", p + 2 + (pattern[p + 1 : p + 2] == "!"))
        if end > 0:
            return (end + 1 - p) if _in_set(pattern[p + 1 : end], character) else 0
    return 1 if pattern[p] == character else 0


def _in_set(body: str, character: str) -> bool:
    negated = body.startswith("!")
    body = body[negated:]
    found, place = False, 0
    while place < len(body):
        if body[place + 1 : place + 2] == "-" and place + 2 < len(body):
            found = found or body[place] <= character <= body[place + 2]
            place += 3
        else:
            found = found or body[place] == character
            place += 1
    return found != negated
