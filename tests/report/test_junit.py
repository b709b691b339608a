"""The run as JUnit XML."""

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retryrun.report import junit
from tests.report.samples import SAMPLES, attempt, report


@pytest.mark.parametrize("name", SAMPLES)
def test_golden(name, golden):
    golden(f"{name}.xml", junit.document(SAMPLES[name]))


@pytest.mark.parametrize(
    ("name", "marks"),
    [
        ("succeeded", []),
        ("recovered", ["flakyFailure"]),
        ("failed", ["failure", "rerunFailure", "rerunFailure"]),
        ("timed_out", ["failure", "rerunError"]),
        ("not_runnable", ["error"]),
        ("fallback", ["flakyFailure"]),
        ("interrupted", ["failure", "rerunError"]),
        ("circuit_open", ["error"]),
    ],
)
def test_what_becomes_of_an_attempt(name, marks):
    suite = ET.fromstring(junit.document(SAMPLES[name]))
    assert [mark.tag for mark in suite.find("testcase")] == marks
    assert suite.get("failures") == str(marks.count("failure"))
    assert suite.get("errors") == str(marks.count("error"))


def test_a_flaky_run_that_counts_as_failed_is_a_failure():
    suite = ET.fromstring(junit.document({**SAMPLES["recovered"], "exit_code": 22}))
    assert [mark.tag for mark in suite.find("testcase")] == ["failure"]
    assert suite.get("failures") == "1"


def test_a_single_attempt_that_was_cut_is_an_error():
    only = attempt(1, None, signal="TERM", timed_out=True, category="transient", rule="timeout")
    suite = ET.fromstring(junit.document(report("timed_out", only)))
    assert suite.find("testcase/error").get("message") == "cut by a time limit, timeout"


def test_each_step_is_a_test_case():
    suite = ET.fromstring(junit.document(SAMPLES["steps"]))
    named = [(case.get("classname"), case.get("name")) for case in suite.iter("testcase")]
    assert named == [
        ("retryrun.quality", "lint"), ("retryrun.quality", "sync"), ("retryrun.quality.inner", "test")
    ]  # fmt: skip
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("3", "1", "0")


anything = st.text(st.characters(codec=None, exclude_categories=()))
attempts = st.builds(
    attempt,
    exit_code=st.one_of(st.none(), st.integers(0, 255)),
    role=st.sampled_from(["primary", "fallback", "before_retry"]),
    signal=st.sampled_from([None, "KILL", "signal 60"]),
    timed_out=st.booleans(),
    category=st.sampled_from([None, "network", "permanent"]),
    rule=st.one_of(st.none(), anything),
    line=st.one_of(st.none(), anything),
)
outcomes = st.sampled_from([*junit.GOOD, *junit.NO_RESULT, "failed"])


@given(outcomes, st.lists(attempts, max_size=4), st.lists(anything, min_size=1, max_size=3))
def test_whatever_was_written_the_xml_is_well_formed(outcome, tried, command):
    made = report(outcome, *tried, command=command, exit_code=int(outcome not in junit.GOOD))
    suite = ET.fromstring(junit.document(made))
    case = suite.find("testcase")
    tags = [mark.tag for mark in case]
    assert tags == sorted(tags, key=junit.ORDER.index)
    assert all(mark.get("type") for mark in case)
    bad = case.find("failure") is not None or case.find("error") is not None
    assert bad == (outcome not in junit.GOOD)
    assert len([tag for tag in tags if tag in ("failure", "error")]) <= 1
