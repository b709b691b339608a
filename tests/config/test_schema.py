"""The JSON schema says what the reader says."""

import json
import re

import pytest

from retryrun.config.kinds import KINDS
from retryrun.config.schema import FRAGMENTS, PLACES, json_schema
from retryrun.config.tree import Mapping, Sequence, tree
from tests.config import samples
from tests.config.test_compile import WHOLE

SCHEMA = json_schema()
TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None)}


def plain(node):
    if isinstance(node, Mapping):
        return {key: plain(value) for key, (_, value) in node.entries.items()}
    return [plain(item) for item in node.items] if isinstance(node, Sequence) else node.value


def same(left, right):
    return type(left) is type(right) and left == right


def is_type(value, name):
    if name in ("number", "integer"):
        return type(value) is int or (name == "number" and type(value) is float)
    return isinstance(value, TYPES[name])


def valid(value, schema):
    """Tell whether a value fits, for the words that our schema uses; KeyError for any other."""
    checks = {
        "$schema": lambda _: True,
        "$defs": lambda _: True,
        "title": lambda _: True,
        "description": lambda _: True,
        "$ref": lambda ref: valid(value, SCHEMA["$defs"][ref.removeprefix("#/$defs/")]),
        "type": lambda names: any(is_type(value, n) for n in ([names] if isinstance(names, str) else names)),
        "enum": lambda allowed: any(same(value, each) for each in allowed),
        "const": lambda only: same(value, only),
        "anyOf": lambda parts: any(valid(value, part) for part in parts),
        "minimum": lambda low: not is_type(value, "number") or value >= low,
        "exclusiveMinimum": lambda low: not is_type(value, "number") or value > low,
        "maximum": lambda high: not is_type(value, "number") or value <= high,
        "minLength": lambda low: not isinstance(value, str) or len(value) >= low,
        "pattern": lambda text: not isinstance(value, str) or re.search(text, value) is not None,
        "minItems": lambda low: not isinstance(value, list) or len(value) >= low,
        "items": lambda part: not isinstance(value, list) or all(valid(v, part) for v in value),
        "required": lambda keys: not isinstance(value, dict) or set(keys) <= set(value),
        "properties": lambda _: True,
        "additionalProperties": lambda part: not isinstance(value, dict) or entries(value, schema, part),
    }  # fmt: skip
    return all(checks[word](argument) for word, argument in schema.items())


def entries(value, schema, others):
    known = schema.get("properties", {})
    return all(
        valid(item, known[key]) if key in known else others is not False and valid(item, others)
        for key, item in value.items()
    )


def test_it_is_plain_json_of_the_2020_draft():
    assert json.loads(json.dumps(SCHEMA)) == SCHEMA
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_every_key_of_every_place_is_there_with_its_help():
    for place, keys in PLACES.items():
        part = SCHEMA if place == "top" else SCHEMA["$defs"][place]
        assert set(part["properties"]) == set(keys)
        assert part["additionalProperties"] is False
        for name, key in keys.items():
            assert part["properties"][name]["description"] == key.help


def test_every_kind_has_a_reader_and_a_fragment():
    kinds = {key.kind for keys in PLACES.values() for key in keys.values()}
    assert kinds <= set(KINDS)
    assert kinds - set(FRAGMENTS) == {"map", "list", "special", "place", "budget", "choice"}
    assert set(FRAGMENTS) <= kinds


def test_a_whole_file_fits():
    assert valid(plain(tree(WHOLE.encode(), "f")), SCHEMA)


@pytest.mark.parametrize(
    ("place", "key", "value", "_meant"), list(samples.rows(good=True)), ids=lambda v: str(v)[:20]
)
def test_what_the_reader_takes_fits(place, key, value, _meant):
    assert valid(plain(tree(samples.text(place, key, value).encode(), "f")), SCHEMA)


# What only the reader can judge: patterns, references between parts, names, what two keys or two
# items of a list say together, NUL, and the inside of a few written forms.
READERS_OWN = {
    "stderr",
    "stdout",
    "output",
    "retry_after",
    "breaker",
    "policy",
    "steps",
    "policies",
}
READERS_OWN |= {
    "disable_rules",
    "retry_on",
    "never_retry_on",
    "fallback_on",
    "tasks",
    "env",
    "commands",
}
READERS_OWN |= {"required_version", "exit_code", "retry_on_exit_code", "id", "rules"}
LISTS_OF_WORDS = {"before_retry", "fallback", "retry_command", "run", "shell"}
NOT_A_NUMBER = ".nan"  # JSON has no such thing


@pytest.mark.parametrize(
    ("place", "key", "value"),
    [
        row
        for row in samples.rows(good=False)
        if row[1] not in READERS_OWN | LISTS_OF_WORDS and row[2] != NOT_A_NUMBER
    ],
    ids=lambda v: str(v)[:20],
)
def test_what_the_reader_refuses_does_not_fit(place, key, value):
    assert not valid(plain(tree(samples.text(place, key, value).encode(), "f")), SCHEMA)
