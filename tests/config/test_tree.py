"""Plain YAML, and nothing else, with the place of every value."""

import math
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retryrun.config.compile import compile_text
from retryrun.config.tree import Mapping, Scalar, Sequence, resolve, tree
from retryrun.errors import ConfigError

SOON = 1.0  # seconds in which every file is judged


def plain(node):
    if isinstance(node, Mapping):
        return {key: plain(value) for key, (_, value) in node.entries.items()}
    return [plain(item) for item in node.items] if isinstance(node, Sequence) else node.value


def read(text):
    return tree(text.encode() if isinstance(text, str) else text, "f")


def refusal(text):
    began = time.process_time()
    with pytest.raises(ConfigError) as caught:
        read(text)
    assert time.process_time() - began < SOON
    return caught.value.message


def test_a_tree():
    text = "a: {b: [1, 2.5, true, null]}\nc: |\n  two\n  lines\nd: 'it''s'\n"
    assert plain(read(text)) == {"a": {"b": [1, 2.5, True, None]}, "c": "two\nlines\n", "d": "it's"}


def test_places_count_from_one():
    root = read("a: 1\nbé: [x,\n  y]")
    key, value = root.entries["bé"]
    assert (key.line, key.column) == (2, 1)
    assert (value.line, value.column) == (2, 5)
    assert [(item.line, item.column) for item in value.items] == [(2, 6), (3, 3)]


def test_a_scalar_remembers_how_it_was_written():
    found = read("[1.50, '1.50', 0x10, ~]")
    assert [(item.text, item.value) for item in found.items] == [
        ("1.50", 1.5),
        ("1.50", "1.50"),
        ("0x10", "0x10"),
        ("~", None),
    ]
    assert isinstance(found.items[0], Scalar)


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing", "\ufeff", "\ufeff# nothing"])
def test_an_empty_file(text):
    assert read(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [("0", 0), ("-7", -7), ("+7", 7), ("1.5", 1.5), ("1.", 1.0), (".5", 0.5), ("1e3", 1000.0)]
    + [("-0.5E-1", -0.05), ("true", True), ("False", False), ("TRUE", True), ("~", None)]
    + [("null", None), ("Null", None), ("", None), (".inf", math.inf), ("+.Inf", math.inf)]
    + [("-.INF", -math.inf), ("1e400", math.inf), ("9" * 400, math.inf)],
)
def test_what_means_something(text, value):
    assert resolve(text) == value
    assert type(resolve(text)) is type(value)


def test_not_a_number_is_none():
    assert math.isnan(resolve(".nan"))


@pytest.mark.parametrize(
    "text",
    ["1:30", "12:30:45", "010", "017", "0o17", "0x1f", "1_000", "off", "no", "on", "yes", "y", "n"]
    + ["nan", "inf", ".", "-", "+", "e5", "1e", "--1", "tRUE", "NaN", "2024-13-45", "1.5.2", "٣"],
)
def test_what_is_just_text(text):
    assert resolve(text) == text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: &x 1\nb: *x", r"f:1:4: anchors (&x) are not accepted"),
        ("a: *x", "f:1:4: aliases (*x) are not accepted"),
        ("a: {<<: {b: 1}}", "f:1:5: merges (<<) are not accepted"),
        ("a: !!python/object/apply:os.system [x]", "f:1:4: tags (tag:yaml.org,2002:python/object/apply:os.system) are"),
        ("a: !foo x", "f:1:4: tags (!foo) are not accepted"),
        ("a: !!binary aGk=", "f:1:4: tags (tag:yaml.org,2002:binary) are not accepted"),
        ("a: !!str x", "f:1:4: tags ("),
        ("a: ! x", "f:1:4: tags (!) are not accepted"),
        ("!!map {a: 1}", "f:1:1: tags ("),
        ("a: 1\nb: 2\na: 3", "f:3:1: the key a is there twice: in line 1 and in line 3"),
        ('a: 1\n"a": 3', "f:2:1: the key a is there twice"),
        ("a: 1\n---\nb: 2", "f:2:1: a second document begins here"),
        ("? [a]\n: 1", "f:1:3: a key must be text"),
        ("{a: 1}: 2", "f:1:1: a key must be text"),
        ("a:\n\tb: 1", "f:2:1: not valid YAML: "),
        ("a: [1, 2", "f:1:9: not valid YAML: "),
        ("a: 'open", "f:1:9: not valid YAML: "),
        ("a: b: c", "f:1:5: not valid YAML: mapping values are not allowed here"),
        ("a: 1\n  b: 2", "f:2:4: not valid YAML: "),
        ("@a", "f:1:1: not valid YAML: "),
        ('a: "\\0"', "f:1:4: an escape stands for NUL"),
        ('"\\0": a', "f:1:1: an escape stands for NUL"),
        ('a: "\\ud800"', "f:1:4: an escape stands for NUL or half a character"),
        ('a: "\\UFFFFFFFF"', "an escape stands for no character"),
        ('a: "\\U00110000"', "an escape stands for no character"),
        ("a: 1\nb: \x00", "f:2:4: a character that cannot be shown"),
        ("a: \x1b[1m", "f:1:4: a character that cannot be shown"),
        (b"a: 1\nb: \xff", "f:2:4: the byte 0xff is not UTF-8"),
        (b"\xc3\xa9: \x80", "f:1:4: the byte 0x80 is not UTF-8"),
        ("a: 1".encode("utf-16"), "f:1:1: the byte 0xff is not UTF-8"),
    ],
)  # fmt: skip
def test_what_is_refused(text, message):
    assert refusal(text).startswith(message if message.startswith("f:") else "f:")
    assert message in refusal(text)


def test_a_tab_gets_a_hint():
    with pytest.raises(ConfigError) as caught:
        read("a:\n\tb: 1")
    assert caught.value.hint == "indent with blanks instead of tabs"


LAUGHS = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10)
)
MERGES = "a0: &a0 {k: v}\n" + "".join(
    f"a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}]}}\n" for n in range(1, 23)
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (LAUGHS, "anchors"),
        (MERGES, "anchors"),
        ("[" * 200_000, "nested more than 20 deep"),
        ("[" * 5_000, "nested more than 20 deep"),
        ("{" * 200_000, "a key must be text"),
        ("- " * 100_000, "nested more than 20 deep"),
        ("? " * 100_000, "a key must be text"),
        ("".join(" " * n + "a:\n" for n in range(600)), "nested more than 20 deep"),
        ("[" + "1," * 100_000 + "]", "more than 10000 values"),
        ("".join(f"k{n}: 1\n" for n in range(20_000)), "more than 10000 values"),
        ("&a " * 80_000, "anchors"),
        ("!" * 250_000, "tags"),
        ("'" * 250_001, "not valid YAML"),
        ("%FOO bar\n" * 25_000, "not valid YAML"),
        ("a: 1\n...\n" * 30_000, "not valid YAML"),
        ("---\na: 1\n" * 30_000, "a second document"),
    ],
    ids=lambda value: value[:12],
)
def test_bombs_are_refused_in_time(text, words):
    message = refusal(text)
    assert words in message
    assert len(message) < 300


@pytest.mark.parametrize(
    "text",
    ["a: " + "x" * 250_000, 'a: "' + "\\x41" * 60_000 + '"', "a: >\n" + " x\n" * 80_000]
    + ["a: |\n" + " \n" * 100_000, "#\n" * 120_000, "a: '" + "\n x" * 80_000 + "'"],
    ids=lambda text: repr(text[:6]),
)
def test_what_is_just_large_is_read_in_time(text):
    began = time.process_time()
    read(text)
    assert time.process_time() - began < SOON


def test_nothing_is_executed(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for tag in (
        "python/object/apply:os.system",
        "python/object/new:os.system",
        "python/name:os.system",
    ):
        refusal(f"tasks: !!{tag} ['touch pwned']")
    assert not list(tmp_path.iterdir())


def judged(data):
    """Read a whole file; anything but a document or a ConfigError is a fault."""
    try:
        compile_text(data, "f", rule_ids=())
    except ConfigError as error:
        assert error.message.startswith("f")


@given(st.binary(max_size=300))
def test_any_bytes_are_a_document_or_a_complaint(data):
    judged(data)


@given(st.text(alphabet="abx01.:-[]{},&*!|>'\"%@`?#~\\ \n\t<é\x85\u2028\0", max_size=200))
def test_any_yaml_like_text_is_a_document_or_a_complaint(text):
    judged(text.encode())


SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8), st.sampled_from(["a", "1s", "never", "network"])
)  # fmt: skip
KEYS = st.sampled_from(
    "version required_version shell policies rules disable_rules exit_codes breakers commands tasks state report ci "
    "max_retries base_delay jitter retry_on retry_on_exit_code per_category fallback budget breaker stdin network "
    "command policy retry reason help run steps env id category severity exit_code stderr retry_after a b".split()
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(KEYS, VALUES, max_size=4))
def test_any_tree_is_a_document_or_a_complaint(tree_of_values):
    import yaml

    judged(yaml.safe_dump(tree_of_values, allow_unicode=True).encode("utf-8", "replace"))
