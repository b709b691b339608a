"""Masking what stands in a place for secrets, and tokens whose form gives them away.

Imported only for a text in which `secret_forms.suspect` has seen something; every pattern is
bounded.
"""

from __future__ import annotations

import re

from .secret_forms import (
    BARE,
    HINTS,
    IN_QUERIES,
    MASK,
    NAMED,
    PASSWORD,
    PLACES,
    TOKENS,
    UNQUOTED,
    WEAK,
    after_option,
    is_secret_by,
    strength_of,
    telling,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from re import Match


def places(text: str) -> str:
    """Mask what stands where secrets stand: in URLs, headers, key blocks."""
    lower = text.lower()
    for literal, kept, secret in PLACES:
        if literal in lower:
            text = re.sub(rf"(?i:({kept}){secret})", rf"\1{MASK}", text)
    return text


def tokens(text: str) -> str:
    """Mask tokens that their form gives away."""
    for starts, rest in TOKENS:
        if any(start in text for start in starts.split()):
            start = "|".join(map(re.escape, starts.split()))
            text = re.sub(rf"(?<![A-Za-z0-9])(?:{start}){rest}", MASK, text)
    return text


def assignments(text: str) -> str:
    """Mask the values of `name=value`, `"name": "value"`, `name: value` and `--name value`."""
    lower = text.lower()
    if not any(hint in lower for hint in HINTS):
        return text
    parts, done = [], 0
    for found in re.finditer(NAMED, text):
        if found.start() < done:
            continue
        first, last = _value_at(text, found.end())
        if first < last and _is_secret(found, text[first:last], quoted=first > found.end()):
            parts += [text[done:first], MASK]
            done = last
    return "".join((*parts, text[done:]))


def _value_at(text: str, start: int) -> tuple[int, int]:
    """Return where the value that begins at `start` begins and ends within its quotes."""
    opening = re.compile(r"\\{0,3}[\"']").match(text, start)
    if opening is None:
        bare = re.compile(UNQUOTED).match(text, start)
        return start, bare.end() if bare else start
    mark, first = opening.group(), opening.end()
    inner = r"[^\n]*?" if len(mark) > 1 else rf"(?:[^{mark}\\\n]|\\.)*"
    closed = re.compile(rf"{inner}(?={re.escape(mark)})").match(text, first, first + 4096)
    rest = closed or re.compile(r"[^\n]*").match(text, first, first + 4096)
    return first, rest.end() if rest else first


def _is_secret(found: Match[str], value: str, *, quoted: bool) -> bool:
    name, sign = (found["name"] or found["option"]).lstrip("-"), found["sign"]
    if not telling(name, value) or (sign and not quoted and _is_prose(found, value)):
        return False
    if sign is None:
        return after_option(name, value)
    if found.string[max(found.start() - 1, 0)] in "?&;#" and name.lower() in IN_QUERIES:
        return True
    strength = strength_of(name)
    firm = "=" in sign or sign[0] in "\\\"'" or (quoted and strength > BARE)
    return strength == PASSWORD or is_secret_by(strength if firm else min(strength, WEAK), value)


def _is_prose(found: Match[str], value: str) -> bool:
    """Tell whether a colon stands between what is spoken of and words: `passwd: Access denied`."""
    if found["sign"].strip() != ":":
        return False
    a_file = found.string[: found.start()].endswith("/")
    after = found.string[found.end() + len(value) :][:2]
    return a_file or (value.isalpha() and after[:1] == " " and after[1:].isalpha())
