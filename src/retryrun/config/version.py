"""`required_version`: comparisons such as `>=1.0, <2`, joined by commas."""

from __future__ import annotations

import re

RIGHT = "it must be text such as '>=1.0' or '>=1.2, <2'"
_PART = re.compile(r"\s*(>=|<=|==|!=|>|<)\s*([0-9]{1,9}(?:\.[0-9]{1,9}){0,4})\s*")


def check(required: str) -> str:
    """Return the text if it can be understood. Raises ValueError."""
    if not all(_PART.fullmatch(part) for part in required.split(",")):
        raise ValueError(RIGHT)
    return required


def met(required: str, version: str) -> bool:
    """Tell whether a version fits. One on its way to a release counts as that release."""
    ours = _numbers(version)
    return all(_holds(ours, part) for part in _PART.finditer(required))


def _numbers(version: str) -> tuple[int, ...]:
    release = re.match(r"[0-9]+(?:\.[0-9]+)*", version)
    numbers = [int(part) for part in release[0].split(".")] if release else []
    return tuple((numbers + [0] * 5)[:5])


def _holds(ours: tuple[int, ...], part: re.Match[str]) -> bool:
    theirs = _numbers(part[2])
    sign = part[1]
    if sign in ("==", "!="):
        return (ours == theirs) == (sign == "==")
    return (ours == theirs and "=" in sign) or (ours > theirs if sign[0] == ">" else ours < theirs)
