"""Strings for a shell, lists as they are, and which command an attempt stands for."""

import pytest

from retryrun.core.job import Command, command
from retryrun.core.flow import Attempt, Tried
from retryrun.core.job import Job, Steps
from retryrun.core.outcome import Outcome

from tests.fakes import NETWORK, RATE, policy


def test_a_list_is_executed_as_it_is():
    assert command(["echo", "$HOME"], args=["a b"]).argv == ("echo", "$HOME", "a b")


def test_a_string_runs_in_the_shell():
    made = command("a; b")
    assert made.argv == ("/bin/sh", "-ec", "a; b")
    assert made.words == ("a;", "b")


def test_arguments_reach_a_string_unexpanded():
    made = command("pytest\n", shell=["bash", "-c"], args=["-k", "a b"])
    assert made.argv == ("bash", "-c", 'pytest "$@"', "retryrun", "-k", "a b")
    assert made.script == "pytest -k a b"


JOB = Job(
    Command(("pytest",)),
    policy(
        fallback=["f", ["g", "1"]],
        before_retry=["h"],
        retry_command="pytest --lf",
        per_category={"rate_limit": {"before_retry": ["slow", ["down"]]}},
    ),
    args=("-x",),
)


def step(role, number=1, index=0, failure=NETWORK):
    last = Tried(Attempt("primary", 1, 4), Outcome(1), failure, 4)
    return Attempt(role, number, 4, index, 2, last=last)


@pytest.mark.parametrize(
    ("attempt", "argv"),
    [
        (step("primary"), ("pytest",)),
        (step("primary", 2), ("/bin/sh", "-ec", 'pytest --lf "$@"', "retryrun", "-x")),
        (step("fallback", 3, 1), ("/bin/sh", "-ec", "f")),
        (step("fallback", 3, 2), ("g", "1")),
        (step("before_retry", 2, 1), ("/bin/sh", "-ec", "h")),
        (step("before_retry", 2, 2, RATE), ("down",)),
    ],
)
def test_which_command_an_attempt_stands_for(attempt, argv):
    assert JOB.pick(attempt).argv == argv


def test_without_another_command_the_same_runs_again():
    plain = Job(Command(("true",)), policy())
    assert plain.pick(step("primary", 2)).argv == ("true",)


def test_steps_are_seen_through():
    a, b, c = (Job(Command((name,)), policy(), task=name) for name in "abc")
    assert Steps("all", (a, Steps("inner", (b, c)))).jobs() == [a, b, c]
