"""Patterns that are compiled when they are first used: a judgement needs a few of some 800."""

from __future__ import annotations

import re

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "split", "sub")
_compiled: dict[tuple[str, int], re.Pattern[str]] = {}


class _Pattern:
    """Stands in for a compiled pattern, whose methods it takes over at the first use of one."""

    def __init__(self, text: str, flags: int) -> None:
        self._made_of = text, flags

    def __getattr__(self, name: str) -> object:
        if name not in _METHODS:
            raise AttributeError(name)
        found = re.compile(*self._made_of)
        for method in _METHODS:
            setattr(self, method, getattr(found, method))
        return getattr(found, name)


def pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """Return a pattern of a module, to be compiled when it is first used."""
    return _Pattern(text, flags)  # type: ignore[return-value]  # it has the methods that are used


def compiled(text: str, flags: int = 0) -> re.Pattern[str]:
    """Compile a pattern of the knowledge base when it is first needed, and keep it."""
    found = _compiled.get((text, flags))
    if found is None:
        found = _compiled[text, flags] = re.compile(text, flags)
    return found
