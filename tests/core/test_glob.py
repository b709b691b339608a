"""Globs over the words of a command."""

import fnmatch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retryrun.core.glob import fits, match


@pytest.mark.parametrize(
    ("pattern", "words", "expected"),
    [
        ("uv sync *", ["uv", "sync"], True),
        ("uv sync *", ["/usr/local/bin/uv", "sync", "--frozen"], True),
        ("uv sync *", ["uv", "synchronise"], False),
        ("uv sync *", ["UV", "sync"], False),
        ("uv sync", ["uv", "sync", "x"], False),
        ("*", ["anything", "at all"], True),
        ("* sync", ["uv", "sync"], True),
        ("git push*", ["git", "push", "origin"], True),
        ("make [!d]*", ["make", "all"], True),
        ("make [!d]*", ["make", "deploy"], False),
        ("?it *", ["git"], True),
        ("py[2-3]", ["py3"], True),
        ("py[2-3]", ["py4"], False),
        ("x", [], False),
    ],
)
def test_fits(pattern, words, expected):
    assert fits(pattern, words) is expected


letters = st.text("ab[]-!*?c", max_size=8)


@given(letters, st.text("abc-]![", max_size=8))
def test_a_glob_means_what_it_means_in_a_shell(pattern, text):
    assert match(pattern, text) == fnmatch.fnmatchcase(text, pattern)


def test_many_stars_take_no_time():
    assert not match("*a" * 30 + "b", "a" * 5000)
