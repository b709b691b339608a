"""The walk from a tree to plain data by the tables of `schema`; every complaint has its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..core import parse
from ..core.text import one_line, shorten
from ..errors import ConfigError
from .schema import ELSEWHERE, PLACES, POLICY, Key
from .tree import Mapping, Node, Scalar, Sequence, resolve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Where = tuple[str | int, ...]
    Reader = Callable[["Reading", Key, Node, Where], Any]
    Entries = dict[str, tuple[Scalar, Node]]

MISSING = object()  # stands for a value that was complained about
MAX_PROBLEMS = 50
MAX_KNOWN = 300  # words that a misspelt one is compared with
MAX_STEPS = 200_000  # of all patterns together
NEEDS_QUOTES = {"text", "word", "glob", "pattern", "wait_pattern", "id", "command", "requirement"}
NEEDS_NONE = {"count", "positive", "factor", "share", "version", "boolean", "code"}


class Reading:
    """One reading of one file: what was complained about, and what is left to be checked.

    `kinds` maps the kind of a key to what reads its value. Such a reader returns plain data, or
    MISSING after it has complained itself; it may raise ValueError to complain of the whole value.
    """

    def __init__(self, path: str, kinds: dict[str, Reader]) -> None:
        self.path, self.kinds = path, kinds
        self.problems: list[ConfigError] = []
        self.warnings: list[str] = []
        self.nodes: dict[Where, Node] = {}
        self.names: dict[str, list[str]] = {}  # what is declared in each section
        self.references: list[tuple[str, Where, str]] = []  # section, place, name
        self.labels: list[tuple[Where, str]] = []
        self.steps = 0

    def complain(self, node: Node, where: Where, message: str, hint: str | None = None) -> None:
        """Note what is wrong with a value."""
        if len(self.problems) < MAX_PROBLEMS:
            line, column, key = node.line, node.column, written(where)
            self.problems.append(
                ConfigError(message, path=self.path, line=line, column=column, key=key, hint=hint)
            )

    def unknown(
        self, node: Node, where: Where, message: str, word: str, known: Iterable[str]
    ) -> None:
        """Complain about a word that nobody knows; name the nearest known one, or all."""
        if self.full:
            return
        words = list(known)
        near = parse.nearest(word, words[:MAX_KNOWN])
        if near:
            self.complain(node, where, f"{message} (did you mean {near}?)")
        else:
            hint = "there are: " + shorten(", ".join(words[:MAX_KNOWN]), 200) if words else None
            self.complain(node, where, message, hint)

    @property
    def full(self) -> bool:
        """Whether there are so many complaints that more would help nobody."""
        return len(self.problems) >= MAX_PROBLEMS

    def value(self, key: Key, node: Node, where: Where) -> Any:
        """Read one value; MISSING if it was complained about."""
        self.nodes[where] = node
        try:
            found = self.kinds[key.kind](self, key, node, where)
        except ValueError as error:
            self.complain(node, where, f"{described(node)}: {error}", _quotes(key, node))
            return MISSING
        if key.refers and found is not MISSING:
            self.references += [(key.refers, *each) for each in _placed(found, where)]
        return found

    def place(self, place: str, node: Node, where: Where) -> Any:
        """Read a mapping whose keys are those of a table."""
        table, found = PLACES[place], {}
        entries = entries_of(node, "it must be a mapping (key: value)")
        for name, (key_node, value_node) in entries.items():
            if name not in table:
                self._unknown_key(key_node, where, name, place)
            elif not (table[name].nullable and is_null(value_node)):
                found[name] = self.value(table[name], value_node, (*where, name))
        for name, key in table.items():
            # A key that nobody knows may well be the one that is missing.
            if key.required and name not in entries and not entries.keys() - table.keys():
                self.complain(node, where, f"the key {name} is missing")
        return {name: value for name, value in found.items() if value is not MISSING}

    def _unknown_key(self, node: Scalar, where: Where, name: str, place: str) -> None:
        known = PLACES[place]
        here = (*where, name)
        if place == "top" and name in POLICY:
            hint = "it is a key of a policy, such as policies: {default: {" + name + ": ...}}"
            self.complain(node, here, "unknown key here", hint)
        elif place == "special" and name in POLICY:
            self.complain(node, here, "unknown key here", "this one cannot differ by category")
        else:
            other = None if self.full else _translated(name, known)
            if other:
                self.complain(node, here, f"unknown key (did you mean {other}?)")
            else:
                self.unknown(node, here, "unknown key", name, known)

    def named(self, key: Key, node: Node, where: Where) -> Any:
        """Read a mapping from names that people choose to entries of one kind."""
        entries = entries_of(node, "it must be a mapping from names to their settings")
        self.names[str(where[-1])] = list(entries)
        found = {}
        for name, (key_node, value_node) in entries.items():
            here = (*where, name)
            if not name.strip() or name.startswith("-") or not name.isprintable():
                self.complain(key_node, here, "a name is text that does not begin with -")
            found[name] = self.value(Key("entry", "", of=key.of), value_node, here)
            self.nodes[here] = key_node
        return {name: value for name, value in found.items() if value is not MISSING}

    def listed(self, key: Key, node: Node, where: Where, what: str) -> Any:
        """Read a list whose items are all of one kind."""
        items = _items_of(node, f"it must be a list of {what}")
        found = [self.value(key, item, (*where, at)) for at, item in enumerate(items)]
        return MISSING if MISSING in found else found

    def chosen(self, known: tuple[str, ...], key: Key, node: Node, where: Where) -> Any:
        """Read a mapping whose keys are a few known words and whose values are of one kind."""
        found = {}
        for name, (key_node, value_node) in entries_of(node, "it must be a mapping").items():
            here = (*where, name)
            if name not in known:
                self.unknown(key_node, here, f"choose one of {', '.join(known)}", name, known)
            else:
                found[name] = self.value(key, value_node, here)
        return {name: value for name, value in found.items() if value is not MISSING}

    def bounded(self, steps: int) -> None:
        """Count what patterns cost to compile. Raises ValueError beyond all reason."""
        self.steps += steps
        if self.steps > MAX_STEPS:
            raise ValueError(f"all patterns together come to more than {MAX_STEPS} steps")


def written(where: Where) -> str:
    """Write a key path: rules[0].stderr."""
    text = ""
    for part in where:
        text += f"[{part}]" if isinstance(part, int) else f".{_brief(part)}"
    return text.removeprefix(".")


def _translated(name: str, known: Iterable[str]) -> str | None:
    """Return the key that is meant by a word of another tool, which may be misspelt."""
    meant = {word: key for word, key in ELSEWHERE.items() if key in known}
    if name in meant or parse.nearest(name, known):
        return meant.get(name)
    return meant.get(parse.nearest(name, meant) or "")


def _placed(found: Any, where: Where) -> list[tuple[Where, str]]:
    """Return the place of each name: of the one, or of every item of a list."""
    if isinstance(found, str):
        return [(where, found)]
    return [((*where, at), name) for at, name in enumerate(found)]


def _brief(text: str) -> str:
    return shorten(one_line(text), 60)


def entries_of(node: Node, right: str) -> Entries:
    """Return the entries of a mapping; raise ValueError(right) for everything else."""
    if isinstance(node, Mapping):
        return node.entries
    raise ValueError(right)


def _items_of(node: Node, right: str) -> list[Node]:
    if isinstance(node, Sequence):
        return node.items
    raise ValueError(right)


def is_null(node: Node) -> bool:
    """Tell whether there is nothing, or a null, in this place."""
    return isinstance(node, Scalar) and node.value is None


def described(node: Node) -> str:
    """Return a value as a complaint quotes it."""
    if not isinstance(node, Scalar):
        return "a list" if isinstance(node, Sequence) else "a mapping"
    if isinstance(node.value, str):
        return f"'{_brief(node.text)}'"
    return _brief(node.text) or "nothing"


def _quotes(key: Key, node: Node) -> str | None:
    if not isinstance(node, Scalar) or node.value is None:
        return None
    if key.kind in NEEDS_QUOTES and not isinstance(node.value, str):
        return f'put it in quotes: "{node.text}"'
    if key.kind in NEEDS_NONE and isinstance(node.value, str):
        meant = resolve(node.text)
        return None if isinstance(meant, str) else f"without the quotes: {node.text}"
    return None
