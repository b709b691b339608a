"""The text that a pattern cannot do without."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retryrun.core.classify.literal import required


@pytest.mark.parametrize(
    ("pattern", "literal"),
    [
        ("warming up", "warming up"),
        (r"retry in (?P<seconds>\d+) s", "retry in "),
        (r"colou?r off", "r off"),
        (r"ab*cdef{2}", "cde"),
        (r"a+bc", "bc"),
        (r"error\: \[E42\]", "error: [E42]"),
        (r"one|another", ""),
        (r"(one|another) failed", " failed"),
        (r"(?i)warming", ""),
        (r"(?i:warm)ing up", ""),
        (r"[]x]yz[^]]", "yz"),
        (r"(a[)]b(c)\))tail", "tail"),
        (r"\bword\b", "word"),
        (r"\x41bcd", ""),
        (r"abc\101", ""),
        (r"", ""),
        (r".*", ""),
    ],
)
def test_what_must_be_there(pattern, literal):
    assert required(pattern) == literal


pieces = st.sampled_from(
    [
        "a",
        "b",
        "ab",
        "(",
        ")",
        "(?:",
        "|",
        "?",
        "*",
        "+",
        "{1,2}",
        "{0}",
        "[ab]",
        "[^b]",
        r"\.",
        r"\x61",
        r"\w",
        r"\d",
        ".",
        "^",
        "$",
        " ",
    ]
)


@given(st.lists(pieces, max_size=12).map("".join), st.text("ab. 1", max_size=12))
def test_a_line_that_fits_holds_it(pattern, line):
    try:
        compiled = re.compile(pattern)
    except re.error:
        return
    if compiled.search(line):
        assert required(pattern) in line
