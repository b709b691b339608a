"""From options, variables and recovery.yaml to jobs: who wins over whom."""

import pytest

from retryrun.cli.compose import Setup, check, command_job, task_job
from retryrun.core.failure import Classification
from retryrun.core.job import Job, Steps
from retryrun.errors import UsageError

RATE = Classification("rate_limit", rule="x")


def task(**more):
    blank = dict.fromkeys(
        ("help", "run", "steps", "keep_going", "shell", "env", "cwd", "policy", "retry", "reason")
    )
    return {**blank, "settings": {}, **more}


def entry(command, **more):
    return {
        "command": command,
        "policy": None,
        "retry": None,
        "reason": None,
        "settings": {},
        **more,
    }


def document(**more):
    return {"path": "/p/recovery.yaml", "root": "/p", "policies": {}, "tasks": {}, "commands": [],
            "rules": [], **more}  # fmt: skip


def setup(given=None, variables=None, **doc):
    return Setup(given or {}, variables or {}, document(**doc) if doc else None)


def test_the_order_of_precedence():
    made = setup(
        {"max_retries": 1},
        {"max_retries": 2, "timeout": 20.0},
        policies={"slow": {"max_retries": 4, "timeout": 40.0, "base_delay": 4.0, "max_delay": 44.0},
                  "default": {"max_retries": 5, "base_delay": 5.0, "exponential_base": 3.0}},
        commands=[entry("uv *", policy="slow", settings={"timeout": 30.0, "base_delay": 3.0})],
    )  # fmt: skip
    policy = command_job(made, ["uv", "sync"]).policy
    assert policy.find("max_retries") == (1, "--max-retries")
    assert policy.find("timeout") == (20.0, "RETRYRUN_TIMEOUT")
    assert policy.find("base_delay") == (3.0, "commands entry 'uv *'")
    assert policy.find("max_delay") == (44.0, "policy slow (recovery.yaml)")
    assert policy.find("exponential_base") == (3.0, "policy default (recovery.yaml)")
    assert policy.find("kill_after") == (5.0, "built in")


def test_a_nearer_value_also_holds_for_rate_limits():
    assert command_job(setup(), ["x"]).policy.limit(RATE) == 7
    assert command_job(setup({"max_retries": 1}), ["x"]).policy.limit(RATE) == 2
    own = setup(policies={"mine": {"max_retries": 2}}, commands=[entry("x", policy="mine")])
    assert command_job(own, ["x"]).policy.limit(RATE) == 3


def test_built_in_policies_and_those_of_the_file():
    quick = command_job(setup({"policy": "quick"}), ["x"]).policy
    assert (quick.get("base_delay"), quick.get("max_delay")) == (0.5, 5.0)
    written = setup({"policy": "quick"}, policies={"quick": {"max_retries": 9}})
    assert command_job(written, ["x"]).policy.get("base_delay") == 1.0


def test_an_unknown_policy_names_its_place():
    with pytest.raises(UsageError, match="--policy: there is no policy 'quik'") as caught:
        command_job(setup({"policy": "quik"}), ["x"])
    assert caught.value.hint == "did you mean quick?"
    with pytest.raises(UsageError, match="RETRYRUN_POLICY"):
        command_job(setup(variables={"policy": "zzz"}), ["x"])


def test_the_first_entry_that_fits():
    made = setup(commands=[entry("npm *"), entry("uv sync *", retry="never", reason="why")])
    assert command_job(made, ["/usr/bin/uv", "sync"]).policy.never == "why"
    assert command_job(made, ["npm", "ci"]).policy.never is None


def test_a_shell_string():
    job = command_job(setup({"shell": True}, shell=["bash", "-c"]), ["a; b"])
    assert job.command.argv == ("bash", "-c", "a; b")
    with pytest.raises(UsageError, match="one word"):
        command_job(setup({"shell": True}), ["a", "b"])


def test_unknown_words_in_lists():
    check(setup({"retry_on": ("network", "any", "mine")}, rules=[{"id": "mine"}]))
    with pytest.raises(UsageError, match="--retry-on: 'netwrok'") as caught:
        check(setup({"retry_on": ("netwrok",)}))
    assert caught.value.hint == "did you mean network?"
    with pytest.raises(UsageError, match="RETRYRUN_RETRY_ON"):
        check(setup(variables={"retry_on": ("zzzz",)}))


TASKS = {
    "lint": task(run="ruff check", env={"A": "1", "B": "1"}, settings={"timeout": 5.0}),
    "unit": task(run=["pytest"], cwd="sub", policy="quick"),
    "both": task(steps=["lint", "unit"], env={"B": "2", "C": "2"}, policy="aggressive",
                 keep_going=True, retry="never", reason="r", settings={"timeout": 9.0, "deadline": 60.0}),
    "all": task(steps=["both"]),
}  # fmt: skip


def test_a_task():
    job = task_job(setup(tasks=TASKS), "unit", ["-k", "x"])
    assert isinstance(job, Job)
    assert job.command.argv == ("pytest", "-k", "x")
    assert (job.cwd, job.task, job.args) == ("/p/sub", "unit", ("-k", "x"))
    assert job.policy.name == "quick"
    assert task_job(setup({"policy": "conservative"}, tasks=TASKS), "unit", []).policy.name == (
        "conservative"
    )


def test_what_chose_the_policy_is_known():
    def chosen(made):
        return made.policy.name, made.policy.chosen_by

    step = task_job(setup(tasks=TASKS), "both", []).steps
    assert [chosen(each) for each in step] == [("aggressive", "task both"), ("quick", "task unit")]
    given = setup({"policy": "quick"}, {"policy": "aggressive"}, tasks=TASKS)
    assert chosen(task_job(given, "unit", [])) == ("quick", "--policy")
    assert chosen(command_job(setup(variables={"policy": "quick"}), ["x"])) == (
        "quick",
        "RETRYRUN_POLICY",
    )
    of_entry = setup(commands=[entry("x", policy="quick")])
    assert chosen(command_job(of_entry, ["x"])) == ("quick", "commands entry 'x'")
    assert chosen(command_job(setup(), ["x"])) == ("default", "")


def test_steps_are_handed_down_what_their_task_says():
    made = task_job(setup(tasks=TASKS), "both", [])
    assert isinstance(made, Steps)
    assert (made.keep_going, made.deadline) == (True, 60.0)
    lint, unit = made.steps
    assert lint.env == {"A": "1", "B": "1", "C": "2"}
    assert (lint.policy.get("timeout"), unit.policy.get("timeout")) == (5.0, 9.0)
    assert (lint.policy.name, unit.policy.name) == ("aggressive", "quick")
    assert lint.policy.never == unit.policy.never == "r"
    assert lint.policy.get("deadline") == 0.0
    assert task_job(setup(tasks=TASKS), "lint", []).policy.never is None


def test_steps_within_steps():
    made = task_job(setup(tasks=TASKS), "all", [])
    assert [step.task for step in made.steps] == ["both"]
    assert [step.task for step in made.steps[0].steps] == ["lint", "unit"]


def test_steps_take_no_words():
    with pytest.raises(UsageError, match="takes no arguments"):
        task_job(setup(tasks=TASKS), "both", ["-x"])
