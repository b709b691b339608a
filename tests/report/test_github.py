"""What GitHub Actions is told."""

import os
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retryrun.report import github
from tests.report.samples import CONNECT, SAMPLES, attempt, report

RETRIED = ["recovered", "failed", "timed_out", "fallback", "interrupted", "circuit_open", "steps"]


def test_golden_annotations(golden):
    golden(
        "annotations.txt", "".join(github.annotation(SAMPLES[name]) for name in RETRIED).encode()
    )


def test_golden_summaries(golden):
    golden("summary.md", "".join(github.summary(SAMPLES[name]) for name in RETRIED).encode())


anything = st.text(st.characters(codec=None, exclude_categories=()))
hostile = st.one_of(
    anything,
    st.lists(
        st.sampled_from(
            ["::", "##[", "#", "[", "%0A", "\n", "\r", "</", "<b>", "`", "|", "![", "a"]
        )
    ).map("".join),
)


@given(hostile, hostile)
def test_nothing_of_the_text_is_a_command_or_markup(line, word):
    made = report(
        "failed",
        attempt(**{**CONNECT, "line": line}),
        attempt(2, **CONNECT | {"line": line}),
        command=[word],
    )
    said = github.annotation(made)
    assert said.startswith("::warning title=retryrun::")
    assert said.endswith("\n")
    assert "\n" not in said[:-1]
    assert "##[" not in said
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", said)
    written = github.summary(made)
    assert written.count("\n") == 1
    text = written.removeprefix("- **retryrun** ")
    assert not re.search(r"[<>]|(?<!\\)[`|!\[*_]|&(?!amp;|lt;|gt;)", text.replace("\\\\", ""))
    said.encode()
    written.encode()


def test_percent_signs_survive_the_command():
    made = report(
        "failed",
        attempt(**{**CONNECT, "line": "100% ##[error]"}),
        attempt(2, **CONNECT),
        task="a,b:c",
    )
    assert "a,b:c failed in 2 attempts" in github.annotation(made)
    made["attempts"][1]["line"] = "100%\r ##[error]"
    assert '"100%25' in github.annotation(made)
    assert "# #[error]" in github.annotation(made)


def test_a_long_story_is_cut():
    made = report(
        "failed", attempt(**CONNECT), attempt(2, **CONNECT | {"line": "x" * 9999}), task="t" * 9999
    )
    assert len(github.annotation(made)) < 500


def test_the_summary_grows_by_a_line(tmp_path):
    path = tmp_path / "summary"
    path.write_text("before\n")
    env = {"GITHUB_STEP_SUMMARY": str(path)}
    github.append_summary(env, "- one\n")
    github.append_summary(env, "- two\ud800\n")
    assert path.read_text() == "before\n- one\n- two?\n"


def test_the_summary_never_grows_beyond_its_limit(tmp_path):
    path = tmp_path / "summary"
    path.write_bytes(b"x" * (github.LIMIT - 5))
    github.append_summary({"GITHUB_STEP_SUMMARY": str(path)}, "- more than fits\n")
    assert path.stat().st_size == github.LIMIT - 5
    github.append_summary({"GITHUB_STEP_SUMMARY": str(path)}, "fits\n")
    assert path.stat().st_size == github.LIMIT


@pytest.mark.parametrize("place", ["", "/nowhere/summary", "/", "a\0b", "/proc/version", "fifo"])
def test_a_summary_that_cannot_be_written_is_no_matter(place, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    os.mkfifo("fifo")
    github.append_summary({"GITHUB_STEP_SUMMARY": place} if place else {}, "text")
