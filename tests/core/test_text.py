"""Text for people: harmless on a terminal, one line, short, times and commands written out."""

import shlex
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from retryrun.core.text import (
    one_line,
    quote,
    seconds,
    shorten,
    show_command,
    strip_controls,
    visible,
)

HOSTILE = [
    "\x00", "\x07", "\x08", "\r", "\x1b", "\x7f", "\x80", "\x9b", "\x9f", "\xad",
    "\u061c", "\u200b", "\u200e", "\u200f", "\u2028", "\u2029", "\u202a", "\u202e",
    "\u2060", "\u2066", "\u2069", "\ufeff", "\ud800", "\udcff", "\U000e0041",
]  # fmt: skip
anything = st.text(st.characters(codec=None, exclude_categories=()))
pieces = st.lists(
    st.sampled_from([*HOSTILE, "a", "é", "日", "\n", "\t", " ", "]0;", "[31m", "\\", "P"])
)
hostile_text = st.one_of(anything, pieces.map("".join))


def harmless(text: str) -> bool:
    return all(
        unicodedata.category(c) not in ("Cc", "Cs", "Zl", "Zp") or c in "\n\t" for c in text
    ) and not any(c in text for c in HOSTILE)


@pytest.mark.parametrize("character", HOSTILE)
def test_dangerous_characters_are_shown_or_dropped(character):
    assert harmless(visible(f"a{character}b"))
    assert visible(f"a{character}b").startswith("a\\")
    assert harmless(strip_controls(f"a{character}b"))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain text", "plain text"),
        ("two\nlines\tand a tab", "two\nlines\tand a tab"),
        ("\x1b[31m", "\\x1b[31m"),
        ("50%\r100%", "50%\\x0d100%"),
        ("caf\udce9", "caf\\xe9"),
        ("\ud83d", "\\ud83d"),
        ("evil\u202egnp.exe", "evil\\u202egnp.exe"),
        ("\U000e0041", "\\U000e0041"),
        ("héllo 日本 👩\u200d💻", "héllo 日本 👩\u200d💻"),
    ],
)
def test_visible(text, shown):
    assert visible(text) == shown


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("plain", "plain"),
        ("\x1b[1;31merror\x1b[0m: no", "error: no"),
        ("\x1b]0;evil title\x07ok", "ok"),
        ("\x1b]8;;http://x/\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1bPq#0;2\x1b\\ok", "ok"),
        ("\x9b31mred\x9d0;t\x9cok", "redok"),
        ("\x1b[2J\x1b[6nok\x1bc", "ok"),
        ("\x1b]0;no end\nnext line", "\nnext line"),
        ("50%\r100%\r\ndone", "50%\n100%\ndone"),
        ("a\x00b\x08c", "abc"),
        ("\x1b", ""),
        (b"\x9b31m caf\xc3\xa9 \xff", "\ufffd31m café \ufffd"),
    ],
)
def test_what_a_command_wrote_without_controls(text, left):
    assert strip_controls(text) == left


@given(hostile_text)
@example("\x1b\x1b[\x9b")
def test_nothing_dangerous_comes_through(text):
    assert harmless(visible(text))
    assert harmless(strip_controls(text))
    assert "\x1b" not in strip_controls(text.encode("utf-8", "surrogatepass"))


@given(hostile_text)
def test_showing_twice_changes_nothing(text):
    assert visible(visible(text)) == visible(text)
    assert strip_controls(strip_controls(text)) == strip_controls(text)


def test_one_line():
    assert one_line("  a\n\tb   c \r\n") == "a b c"


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        ("abcdef", 6, "abcdef"),
        ("abcdefg", 6, "abcde…"),
        ("abcd efgh", 6, "abcd…"),
        ("abc", 1, "…"),
        ("abc", 0, ""),
        ("", 0, ""),
        ("日本", 4, "日本"),
        ("日本語", 4, "日…"),
        ("日本語", 5, "日本…"),
        ("a日本語", 4, "a日…"),
        ("éabcdef", 4, "éab…"),
        ("🚀🚀🚀", 3, "🚀…"),
    ],
)
def test_shortening(text, limit, short):
    assert shorten(text, limit) == short


def columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


@given(hostile_text, st.integers(0, 40))
def test_shortening_holds_its_limit_and_cuts_only_what_is_too_long(text, limit):
    short = shorten(text, limit)
    assert columns(short) <= limit
    if columns(text) <= limit:
        assert short == text


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0, "0s"), (-1, "0s"), (float("nan"), "0s"), (0.0004, "0s"),
        (0.001, "1ms"), (0.085, "85ms"), (0.0994, "99ms"), (0.0999, "0.1s"), (0.42, "0.4s"),
        (1, "1s"), (1.04, "1s"), (1.2, "1.2s"), (3.4, "3.4s"), (9.94, "9.9s"), (9.96, "10s"),
        (12, "12s"), (59.4, "59s"), (59.6, "1m"), (65, "1m 5s"), (3599.7, "1h"),
        (7380, "2h 3m"), (7200, "2h"), (86400, "1d"), (273600, "3d 4h"),
        (1e18, "11574074074074d 1h"), (float("inf"), "inf"),
    ],
)  # fmt: skip
def test_lengths_of_time(value, said):
    assert seconds(value) == said


@pytest.mark.parametrize(
    "word",
    [
        "",
        "a b",
        "it's",
        "$HOME",
        "a;b",
        "*",
        "~",
        "~user/x",
        "--opt=~/x",
        "a:~/b",
        "(x)",
        "é",
        "a\\b",
    ],
)
def test_words_that_a_shell_would_change_are_quoted(word):
    assert quote(word) != word
    assert shlex.split(quote(word)) == [word]


@pytest.mark.parametrize("word", ["uv", "--a=b", "HEAD~1", "HEAD^", "x/y.z", "a@b:c,d%e+f", "_"])
def test_words_that_need_no_quotes(word):
    assert quote(word) == word


@given(st.text(st.characters(exclude_characters="\0")))
def test_a_quoted_word_is_read_back_as_it_was(word):
    assert shlex.split(quote(word)) == [word]


def test_a_command_on_one_line():
    assert show_command(["uv", "run", "my script.py", ""]) == "uv run 'my script.py' ''"
    assert show_command(["sh", "-c", "echo a\necho b"]) == "sh -c 'echo a echo b'"
    assert show_command(["printf", "\x1b[2J"]) == "printf '\\x1b[2J'"
    assert show_command(["x" * 100], limit=10) == "x" * 9 + "…"
    assert show_command([]) == ""
