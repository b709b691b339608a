"""Sections of a GitLab job's log."""

import re

from hypothesis import given
from hypothesis import strategies as st

from retryrun.report import gitlab


def test_an_attempt_is_a_section():
    assert gitlab.attempt_start("20260101T000000Z-0a1b", 2, 4, ["uv", "sync"], 1767225600.7) == (
        "\x1b[0Ksection_start:1767225600:retryrun_20260101T000000Z-0a1b_2\r\x1b[0K"
        "retryrun: attempt 2/4: uv sync\n"
    )
    assert gitlab.attempt_end("20260101T000000Z-0a1b", 2, 1767225601.0) == (
        "\x1b[0Ksection_end:1767225601:retryrun_20260101T000000Z-0a1b_2\r\x1b[0K\n"
    )


def test_a_section_may_begin_collapsed():
    assert ":x[collapsed=true]\r" in gitlab.section_start("x", "header", 1.0, collapsed=True)


@given(st.text(), st.text(st.characters(codec=None, exclude_categories=())))
def test_names_and_headers_cannot_break_the_marker(name, header):
    line = gitlab.section_start(name, header, 5.0)
    marker = (
        r"\x1b\[0Ksection_start:5:[A-Za-z0-9_.-]*\r\x1b\[0K[^\x00-\x1f\x7f-\x9f\u202a-\u202e]*\n"
    )
    assert re.fullmatch(marker, line)
    assert re.fullmatch(
        r"\x1b\[0Ksection_end:5:[A-Za-z0-9_.-]*\r\x1b\[0K\n", gitlab.section_end(name, 5.0)
    )
