"""How each kind of value in `schema` is read: what is right for it, and what it becomes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..core import parse
from ..core.failure import MEDIUM
from ..core.policy import list_words
from ..core.text import shorten
from . import pattern, version
from .reading import MISSING, Reading, described, entries_of, is_null
from .schema import CONDITIONS, ENDINGS, PLACES, POLICY, SPECIAL, Key
from .tree import Mapping, Node, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Callable

    from .reading import Reader, Where


def _scalar(read: Callable[[Any], Any], types: tuple[type, ...], right: str) -> Reader:
    """Make a reader of single values of some types; `right` says what would be right."""

    def reader(_reading: Reading, _key: Key, node: Node, _where: Where) -> Any:
        value = node.value if isinstance(node, Scalar) else None
        # Exact types: to Python, true is a number.
        if type(value) not in types:
            raise ValueError(right)
        return read(value)

    return reader


def _text(value: str) -> str:
    if not value.strip():
        raise ValueError("it must not be empty")
    return value


def _rule_id(value: str) -> str:
    letters = value.replace(".", "").replace("-", "").replace("_", "")
    if not (letters.isascii() and letters.isalnum()) or value[0] in ".-":
        raise ValueError("an id is made of letters, digits, '.', '-' and '_'")
    if value in list_words():
        raise ValueError("the word has another meaning in lists; choose another id")
    return value


def _positive(value: int) -> int:
    if value == 0:
        raise ValueError("it must be 1 or more")
    return parse.count(value)


def _share(value: float) -> float:
    if not 0 < value <= 1:
        raise ValueError(SHARE)
    return float(value)


def _version(value: int) -> int:
    if value != 1:
        raise ValueError("this retryrun reads version 1")
    return value


def _code(value: int) -> int:
    parse.exit_codes(value)
    return value


def _choice(_reading: Reading, key: Key, node: Node, _where: Where) -> str:
    return parse.choice(node.value if isinstance(node, Scalar) else None, key.choices)


def _pattern(check: Callable[[str], int]) -> Reader:
    text = _scalar(str, (str,), "it must be a pattern, written as text")

    def reader(reading: Reading, key: Key, node: Node, where: Where) -> str:
        found: str = text(reading, key, node, where)
        reading.bounded(check(found))
        return found

    return reader


def _argv(reading: Reading, _key: Key, node: Node, where: Where) -> Any:
    words = reading.listed(Key("word", ""), node, where, "words, such as [/bin/bash, -euc]")
    if words is not MISSING and (not words or not words[0].strip()):
        raise ValueError("the first word is what is executed; it must not be empty")
    return words


def _command(reading: Reading, key: Key, node: Node, where: Where) -> Any:
    if isinstance(node, Sequence):
        return _argv(reading, key, node, where)
    return _scalar(_text, (str,), COMMAND)(reading, key, node, where)


def _commands(reading: Reading, key: Key, node: Node, where: Where) -> Any:
    if not isinstance(node, Sequence):
        return [_command(reading, key, node, where)]
    found = reading.listed(Key("command", ""), node, where, "commands")
    if found is not MISSING:
        for each in found[1:]:
            if isinstance(each, str) and each.startswith("-"):
                raise ValueError(
                    f"every item is a command of its own, also {shorten(each, 40)}; "
                    "one command of several words is written [[word, word]]"
                )
    return found


def _labels(reading: Reading, _key: Key, node: Node, where: Where) -> Any:
    if isinstance(node, Sequence):
        found = reading.listed(Key("text", ""), node, where, "words")
        if found is not MISSING:
            reading.labels += [((*where, at), word) for at, word in enumerate(found)]
        return found
    found = list(_scalar(parse.words, (str,), parse.WORDS)(reading, _key, node, where))
    reading.labels += [(where, word) for word in found]
    return found


def _codes(reading: Reading, key: Key, node: Node, where: Where) -> Any:
    if not isinstance(node, Sequence):
        pairs = _scalar(parse.exit_codes, (str, int), parse.CODES)(reading, key, node, where)
    else:
        parts = reading.listed(Key("range", ""), node, where, "exit codes")
        if parts is MISSING:
            return MISSING
        # An empty list takes back what a farther level says; in a rule it would fit nothing.
        pairs = parse.exit_codes(parts) if parts or key.nullable else ()
    return [list(pair) for pair in pairs]


def _range(value: str | int) -> str | int:
    parse.exit_codes([value])
    return value


def _env(reading: Reading, _key: Key, node: Node, where: Where) -> dict[str, str]:
    found = {}
    right = "it must be a mapping from variables to values"
    for name, (key_node, value) in entries_of(node, right).items():
        if not name or "=" in name:
            reading.complain(key_node, (*where, name), "this is no name of a variable")
        elif not isinstance(value, Scalar):
            what = f"{described(value)}: a variable's value is text, a number or a boolean"
            reading.complain(value, (*where, name), what)
        else:
            found[name] = value.text
    return found


def _budget(reading: Reading, key: Key, node: Node, where: Where) -> Any:
    if isinstance(node, Mapping):
        return {"reserve": None, **reading.place(key.of, node, where)}
    return {"share": KINDS["share"](reading, key, node, where), "reserve": None}


def _entry(reading: Reading, key: Key, node: Node, where: Where) -> Any:
    given = reading.place(key.of, node, where)
    return ENTRIES.get(key.of, _as_given)(reading, given, node, where)


def _as_given(_reading: Reading, given: dict[str, Any], _node: Node, _where: Where) -> Any:
    return given


def _with_settings(place: str, given: dict[str, Any]) -> dict[str, Any]:
    own = [name for name in PLACES[place] if name not in POLICY]
    settings = {name: value for name, value in given.items() if name in POLICY}
    return {**{name: given.get(name) for name in own}, "settings": settings}


def _command_entry(reading: Reading, given: dict[str, Any], node: Node, _where: Where) -> Any:
    first = given.get("command", "").split(" ")[0]
    if "/" in first and not set("*?[") & set(first):
        reading.warnings.append(
            f"line {node.line}: commands are compared by base name: write "
            f"{first.rpartition('/')[2]}, not {first}"
        )
    return _with_settings("command", given)


def _task(reading: Reading, given: dict[str, Any], node: Node, where: Where) -> Any:
    keys = node.entries if isinstance(node, Mapping) else {}
    if "run" in keys and "steps" in keys:
        reading.complain(keys["steps"][0], where, "a task has either run or steps, not both")
    elif "run" not in keys and "steps" not in keys and not keys.keys() - PLACES["task"].keys():
        reading.complain(node, where, "a task needs run (a command) or steps (other tasks)")
    if given.get("steps") == []:
        reading.complain(keys["steps"][1], (*where, "steps"), "there is no step in it")
    if "keep_going" in given and "steps" not in keys:
        reading.warnings.append(f"line {node.line}: keep_going only means something with steps")
    return {**_with_settings("task", given), "keep_going": bool(given.get("keep_going"))}


def _rule(reading: Reading, given: dict[str, Any], node: Node, where: Where) -> Any:
    ids = reading.names.setdefault("rules", [])
    if given.get("id") in ids:
        reading.complain(reading.nodes[(*where, "id")], (*where, "id"), "the id is taken already")
    ids.append(given.get("id", ""))
    if not any(name in given for name in CONDITIONS):
        reading.warnings.append(f"line {node.line}: a rule without conditions fits every failure")
    rule = {name: given.get(name) for name in PLACES["rule"]}
    return {**rule, "severity": rule["severity"] or MEDIUM}


SHARE = "it must be a number above 0, at most 1"
COMMAND = "it must be a command: text for the shell, or a list of words"
ENTRIES: dict[str, Callable[[Reading, dict[str, Any], Node, Where], Any]] = {
    "command": _command_entry,
    "task": _task,
    "rule": _rule,
}
KINDS: dict[str, Reader] = {
    "version": _scalar(_version, (int,), "it must be 1"),
    "requirement": _scalar(version.check, (str,), version.RIGHT),
    "text": _scalar(_text, (str,), "it must be text"),
    "word": _scalar(str, (str,), "a word of a command is text"),
    "id": _scalar(_rule_id, (str,), "it must be text"),
    "glob": _scalar(_text, (str,), "it must be a glob such as 'uv sync *'"),
    "pattern": _pattern(pattern.check),
    "wait_pattern": _pattern(pattern.check_wait),
    "boolean": _scalar(bool, (bool,), "it must be true or false"),
    "count": _scalar(parse.count, (int,), parse.COUNT),
    "positive": _scalar(_positive, (int,), parse.COUNT),
    "duration": _scalar(parse.duration, (int, float, str), parse.DURATION),
    "factor": _scalar(parse.factor, (int, float), parse.FACTOR),
    "share": _scalar(_share, (int, float), SHARE),
    "jitter": _scalar(parse.jitter, (bool, str), parse.MODES),
    "code": _scalar(_code, (int,), parse.CODES),
    "range": _scalar(_range, (int, str), parse.CODES),
    "choice": _choice,
    "argv": _argv,
    "command": _command,
    "commands": _commands,
    "labels": _labels,
    "codes": _codes,
    "env": _env,
    "budget": _budget,
    "entry": _entry,
    "place": _entry,
    "map": Reading.named,
    "names": lambda r, _k, node, where: r.listed(Key("text", ""), node, where, "names"),
    "list": lambda r, k, node, where: r.listed(Key("entry", "", of=k.of), node, where, "mappings"),
    "special": lambda r, k, node, where: r.chosen(SPECIAL, Key("entry", "", of=k.of), node, where),
    "statuses": lambda r, _k, node, where: r.chosen(ENDINGS, Key("code", ""), node, where),
}


def read(root: Node | None, path: str) -> tuple[Reading, dict[str, Any]]:
    """Read a whole file. What is wrong with it stands in the Reading's `problems`."""
    reading = Reading(path, KINDS)
    if root is None or is_null(root):
        return reading, {}
    try:
        return reading, reading.place("top", root, ())
    except ValueError as error:
        reading.complain(root, (), f"{described(root)}: {error}")
        return reading, {}
