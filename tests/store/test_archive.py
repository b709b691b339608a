"""The history's tables: figures that are kept added up must equal those of the single runs."""

import json
from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retryrun.store.archive import Archive

DAY = 86400
BASE = 1_764_000_000
OUTCOMES = ("succeeded", "recovered", "failed", "fallback")

runs = st.lists(
    st.tuples(
        st.one_of(st.integers(0, 3 * DAY), st.sampled_from([0, 3600, 7200, 3599, DAY])),
        st.sampled_from(["a", "b"]),
        st.sampled_from([None, "t"]),
        st.sampled_from(OUTCOMES),
        st.integers(0, 3),
    ),
    max_size=30,
)


def line(at, command, task, outcome, retries):
    attempt = {"role": "primary", "category": "network", "rule": "x", "duration_s": 1.0}
    fallback = [{"role": "fallback"}] if outcome == "fallback" else []
    record = {
        "run_id": "r", "command": [command], "task": task, "outcome": outcome, "exit_code": 0,
        "total_duration_s": 2.0, "started": BASE + at,
        "attempts": [attempt] * (retries + 1) + fallback,
    }  # fmt: skip
    return json.dumps(record)


def counted(rows, since, task, width):
    """The same figures, one run after the other."""
    found = defaultdict(lambda: [0, 0, 0, 0, 0.0, 0.0])
    for at, command, of, outcome, retries in rows:
        at += BASE
        if at < since or (task is not None and of != task):
            continue
        each = (1, retries > 0, retries, outcome == "fallback", 2.0, float(retries))
        row = found[of or command, outcome, at // width, 1]
        for place, value in enumerate(each):
            row[place] += value
    return {(*key, *row) for key, row in found.items()}


@given(
    runs, st.integers(-3600, 3 * DAY), st.sampled_from([None, "t"]), st.sampled_from([3600, DAY])
)
def test_hours_added_up_are_the_runs_of_the_time_asked_for(rows, since, task, width):
    half = len(rows) // 2
    archive = Archive.in_memory([line(*row) for row in rows[:half]])
    archive.merge("", [line(*row) for row in rows[half:]])
    since += BASE
    assert set(archive.groups(since, task, width)) == counted(rows, since, task, width)


@given(runs, st.integers(0, 3 * DAY))
def test_what_was_pruned_is_in_no_figure(rows, kept):
    archive = Archive.in_memory([line(*row) for row in rows])
    now = BASE + 3 * DAY
    archive.prune(now + kept, days=3, megabytes=1000)
    left = [row for row in rows if row[0] >= kept]
    assert set(archive.groups(0, None, DAY)) == counted(left, 0, None, DAY)
    assert len(archive.runs(1000)) == len(left)


@pytest.mark.parametrize("task", [None, "t"])
def test_the_words_of_a_command_come_back(task):
    words = ["sh", "-c", "echo 'a  b'", "ü\udcff"]
    record = {"run_id": "r", "command": words, "task": task, "outcome": "succeeded", "started": 1.0}
    (run,) = Archive.in_memory([json.dumps(record)]).runs(1)
    assert run["command"] == words
    assert run["task"] == task


def test_a_command_of_a_megabyte_is_cut():
    record = {"run_id": "r", "command": ["x" * 10**6], "outcome": "succeeded", "started": 1.0}
    (run,) = Archive.in_memory([json.dumps(record)]).runs(1)
    assert len(run["command"][0]) <= 200


STEPS = {
    "run_id": "r", "command": None, "task": "check", "outcome": "failed", "exit_code": 1,
    "total_duration_s": 9.0, "started": 1000.0, "project": "/p", "attempts": [],
    "steps": [
        {"command": ["lint"], "task": "lint", "outcome": "recovered", "exit_code": 0,
         "total_duration_s": 4.0, "attempts": [
             {"role": "primary", "category": "network", "rule": "x", "delay_s": 1.0},
             {"role": "primary", "category": None, "duration_s": 2.0}]},
        {"task": "more", "outcome": "failed", "exit_code": 1, "total_duration_s": 5.0, "steps": [
            {"command": ["test"], "task": "test", "outcome": "failed", "exit_code": 1,
             "total_duration_s": 5.0, "attempts": [
                 {"role": "primary", "category": "permanent", "rule": "y"}]}, "nonsense"]},
    ],
}  # fmt: skip


def test_a_task_of_steps_is_one_run_whose_steps_stand_by_their_names():
    archive = Archive.in_memory([json.dumps(STEPS)])
    (run,) = archive.runs(9)
    assert (run["task"], run["project"], len(run["steps"])) == ("check", "/p", 2)
    found = {row[0]: row[1:2] + row[3:7] for row in archive.groups(0, None, DAY)}
    assert found == {
        "check": ("failed", 1, 1, 1, 1), "lint": ("recovered", 0, 1, 1, 1),
        "more": ("failed", 0, 1, 0, 0), "test": ("failed", 0, 1, 0, 0),
    }  # fmt: skip
    assert set(archive.failures(0, None)) == {
        ("lint", "network", 1, 1, 1), ("test", "permanent", 1, 0, 0),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("task", "names"), [("check", {"lint", "test"}), ("lint", {"lint"}), ("nothing", set())]
)
def test_figures_of_one_task(task, names):
    archive = Archive.in_memory([json.dumps(STEPS)])
    groups = archive.groups(0, task, DAY)
    assert [(row[0], row[3]) for row in groups] == ([] if task == "nothing" else [(task, 1)])
    assert {row[0] for row in archive.failures(0, task)} == names
