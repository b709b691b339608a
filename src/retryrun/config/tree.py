"""From bytes to a tree of values that know where they stand. Only plain YAML comes through.

PyYAML's constructor and composer are left out: aliases and merges (bombs of a few hundred bytes),
tags, several documents and repeated keys are refused at the event that brings them, and size,
depth and number are bounded before anything is built. Its C parser is not used: deep nesting
overflows its stack, which no handler can catch.
"""

from __future__ import annotations

import re
from typing import Any, NoReturn

from yaml.error import MarkedYAMLError
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)
from yaml.parser import Parser
from yaml.reader import Reader, ReaderError
from yaml.scanner import Scanner

from ..core.text import shorten
from ..errors import ConfigError

Place = tuple[int, int]  # line and column, from 1
Plain = str | float | bool | None

MAX_DEPTH = 20
MAX_NODES = 10_000
LONGEST_INTEGER = 30  # digits; int() of thousands is slow, and of more than 4300 an error

# YAML 1.2's core schema without its octal and hexadecimal numbers: those stay text, and so do
# 1.1's yes, no, on, off, 017, 1_000 and 12:30:45.
INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
REAL = re.compile(r"[-+]?(?:(?:0|[1-9][0-9]*)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
WORDS: dict[str, Plain] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **{sign + word: float("inf") for sign in ("", "+") for word in (".inf", ".Inf", ".INF")},
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), float("-inf")),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
}


class Node:
    """A value and its place; line and column count from 1."""

    def __init__(self, place: Place) -> None:
        self.line, self.column = place


class Scalar(Node):
    """A single value; `text` is what the file says, `value` what it means."""

    def __init__(self, place: Place, text: str, value: Plain) -> None:
        super().__init__(place)
        self.text, self.value = text, value


class Sequence(Node):
    """A list."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self.items: list[Node] = []


class Mapping(Node):
    """Keys and values in the file's order. Keys are text as written, whatever they look like."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self.entries: dict[str, tuple[Scalar, Node]] = {}


class Events(Reader, Scanner, Parser):
    """PyYAML's way from text to events."""

    def __init__(self, text: str) -> None:
        Reader.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)


def tree(data: bytes, path: str) -> Node | None:
    """Return the root of the one document in `data`, None for an empty one. Raises ConfigError."""
    text = _decoded(data, path)
    try:
        return _Builder(text, path).document()
    except ReaderError as error:
        message = "a character that cannot be shown; text is UTF-8 without control characters"
        raise _complaint(message, path, _end_of(text[: error.position])) from None
    except MarkedYAMLError as error:
        words = ", ".join(part for part in (error.context, error.problem) if part)
        hint = "indent with blanks instead of tabs" if "\\t" in words else None
        place = _place(error.problem_mark or error.context_mark)
        raise _complaint(f"not valid YAML: {words}", path, place, hint) from None


def _decoded(data: bytes, path: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = _end_of(error.object[: error.start].decode("utf-8-sig", "replace"))
        byte = error.object[error.start]
        raise _complaint(f"the byte 0x{byte:02x} is not UTF-8", path, place) from None


def _end_of(text: str) -> Place:
    return text.count("\n") + 1, len(text) - text.rfind("\n")


def _place(mark: Any) -> Place:
    return mark.line + 1, mark.column + 1


def _complaint(message: str, path: str, place: Place, hint: str | None = None) -> ConfigError:
    return ConfigError(message, path=path, line=place[0], column=place[1], hint=hint)


class _Builder:
    def __init__(self, text: str, path: str) -> None:
        self.path, self.count = path, 0
        self.place: Place = (1, 1)  # of the latest event
        # PyYAML's events carry no types of their own.
        self.events: Any = Events(text)

    def document(self) -> Node | None:
        self._next()  # the stream begins
        if isinstance(self._next(), StreamEndEvent):
            return None
        root = self._node(self._next(), 0)
        self._next()  # the document ends
        if isinstance(self._next(), DocumentStartEvent):
            self._refuse("a second document begins here; recovery.yaml is one document")
        return root

    def _next(self) -> Any:
        try:
            event = self.events.get_event()
        except (ValueError, OverflowError):  # an escape such as "\UFFFFFFFF"
            self.place = _place(self.events.get_mark())
            self._refuse("an escape stands for no character")
        self.place = _place(event.start_mark)
        return event

    def _refuse(self, message: str, hint: str | None = None) -> NoReturn:
        raise _complaint(message, self.path, self.place, hint)

    def _node(self, event: Any, depth: int) -> Node:
        self._check(event, depth)
        if isinstance(event, SequenceStartEvent):
            return self._sequence(depth)
        if isinstance(event, MappingStartEvent):
            return self._mapping(depth)
        return self._scalar(event)

    def _check(self, event: Any, depth: int) -> None:
        self.count += 1
        if self.count > MAX_NODES:
            self._refuse(f"more than {MAX_NODES} values")
        if depth > MAX_DEPTH:
            self._refuse(f"nested more than {MAX_DEPTH} deep")
        if event.anchor is not None:
            kind = "aliases (*" if isinstance(event, AliasEvent) else "anchors (&"
            self._refuse(f"{kind}{_short(event.anchor)}) are not accepted", "write the value out")
        if getattr(event, "tag", None) is not None:
            self._refuse(
                f"tags ({_short(event.tag)}) are not accepted", "only plain YAML is read: quote it"
            )

    def _sequence(self, depth: int) -> Sequence:
        found = Sequence(self.place)
        while not isinstance(event := self._next(), SequenceEndEvent):
            found.items.append(self._node(event, depth + 1))
        return found

    def _mapping(self, depth: int) -> Mapping:
        found = Mapping(self.place)
        while not isinstance(event := self._next(), MappingEndEvent):
            key = self._key(event, found, depth)
            found.entries[key.text] = (key, self._node(self._next(), depth + 1))
        return found

    def _key(self, event: Any, mapping: Mapping, depth: int) -> Scalar:
        self._check(event, depth)
        if not isinstance(event, ScalarEvent):
            self._refuse("a key must be text, not a list or a mapping")
        if event.value == "<<" and event.style is None:
            self._refuse("merges (<<) are not accepted", "write the values out")
        key = self._scalar(event)
        if key.text in mapping.entries:
            first = mapping.entries[key.text][0].line
            self._refuse(
                f"the key {_short(key.text)} is there twice: in line {first} and in line {key.line}"
            )
        return key

    def _scalar(self, event: ScalarEvent) -> Scalar:
        text: str = event.value
        if any(c == "\0" or "\ud800" <= c <= "\udfff" for c in text):
            self._refuse("an escape stands for NUL or half a character, which no command can take")
        return Scalar(self.place, text, text if event.style else resolve(text))


def _short(text: str) -> str:
    return shorten(text, 60)


def resolve(text: str) -> Plain:
    """Return what plain text means: null, a boolean, a number, or just itself."""
    if text in WORDS:
        return WORDS[text]
    if INTEGER.fullmatch(text) and len(text) <= LONGEST_INTEGER:
        return int(text)
    return float(text) if REAL.fullmatch(text) else text
