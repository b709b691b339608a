"""The document: its shape, and what is only wrong when all is seen together."""

import marshal

import pytest

from retryrun.config.compile import compile_text, examine, problems
from retryrun.errors import ConfigError

RULES = frozenset({"curl.timeout", "uv.connect"})
WHOLE = r"""
version: 1
required_version: ">=0.0.1"   # optional
shell: [/bin/sh, -ec]
policies:
  default:
    max_retries: 3
    base_delay: 1s
    max_delay: 60s
    exponential_base: 2.0
    jitter: true
    kill_after: 5s
    retry_on: [network, rate_limit, transient]
    per_category:
      rate_limit: {max_retries: 6, base_delay: 5s, max_delay: 120s}
rules:
  - id: registry-warming-up
    category: transient
    severity: medium
    command: "uv *"
    exit_code: [1, 2, "100-110"]
    stderr: 'warming up'
    stdout: null
    output: null
    retry_after: 'retry in (?P<seconds>\d+) s'
disable_rules: [curl.timeout]
exit_codes: {network: 75}
breakers:
  pypi: {failure_threshold: 5, recovery_timeout: 60s}
commands:
  - command: "uv sync *"
    policy: aggressive
    breaker: pypi
    fallback: ["uv sync --offline"]
  - command: "terraform apply *"
    retry: never
    reason: an apply may have half happened
tasks:
  lint:
    help: Ruff over src and tests
    run: uvx ruff check src tests
    policy: quick
  format-check: {run: [ruff, format, --check]}
  quality:
    steps: [lint, format-check]
state: {history_days: 90, history_max_mb: 64}
"""
EMPTY_TASK = {
    "help": None,
    "run": None,
    "steps": None,
    "keep_going": False,
    "shell": None,
    "env": None,
    "cwd": None,
    "policy": None,
    "retry": None,
    "reason": None,
    "settings": {},
}
NOTHING = {
    "path": "/home/u/recovery.yaml",
    "root": "/home/u",
    "shell": None,
    "policies": {},
    "rules": [],
    "disable_rules": [],
    "exit_codes": {},
    "breakers": {},
    "commands": [],
    "tasks": {},
    "state": {},
    "report": None,
    "ci": None,
    "warnings": [],
}


def compiled(text, **more):
    return compile_text(text.encode(), "/home/u/recovery.yaml", rule_ids=RULES, **more)


def wrong(text):
    found = problems(text.encode(), "recovery.yaml", rule_ids=RULES)
    return [problem.message for problem in found]


def test_the_whole_of_it():
    document = compiled(WHOLE)
    assert document == {
        **NOTHING,
        "shell": ["/bin/sh", "-ec"],
        "policies": {
            "default": {
                "max_retries": 3,
                "base_delay": 1.0,
                "max_delay": 60.0,
                "exponential_base": 2.0,
                "jitter": "proportional",
                "kill_after": 5.0,
                "retry_on": ["network", "rate_limit", "transient"],
                "per_category": {
                    "rate_limit": {"max_retries": 6, "base_delay": 5.0, "max_delay": 120.0}
                },
            }
        },
        "rules": [
            {
                "id": "registry-warming-up",
                "category": "transient",
                "severity": "medium",
                "command": "uv *",
                "exit_code": [[1, 1], [2, 2], [100, 110]],
                "stderr": "warming up",
                "stdout": None,
                "output": None,
                "retry_after": r"retry in (?P<seconds>\d+) s",
            }
        ],
        "disable_rules": ["curl.timeout"],
        "exit_codes": {"network": 75},
        "breakers": {"pypi": {"failure_threshold": 5, "recovery_timeout": 60.0}},
        "commands": [
            {
                "command": "uv sync *",
                "policy": "aggressive",
                "retry": None,
                "reason": None,
                "settings": {"breaker": "pypi", "fallback": ["uv sync --offline"]},
            },
            {
                "command": "terraform apply *",
                "policy": None,
                "retry": "never",
                "reason": "an apply may have half happened",
                "settings": {},
            },
        ],
        "tasks": {
            "lint": {
                **EMPTY_TASK,
                "help": "Ruff over src and tests",
                "run": "uvx ruff check src tests",
                "policy": "quick",
            },
            "format-check": {**EMPTY_TASK, "run": ["ruff", "format", "--check"]},
            "quality": {**EMPTY_TASK, "steps": ["lint", "format-check"]},
        },
        "state": {"history_days": 90, "history_max_mb": 64},
    }
    assert list(document["tasks"]) == ["lint", "format-check", "quality"]
    assert marshal.loads(marshal.dumps(document)) == document


@pytest.mark.parametrize(
    "text", ["", "# only this\n", "---\n", "null", "{}", "version: 1", "\ufeff"]
)
def test_a_file_without_anything_is_all_defaults(text):
    assert compiled(text) == NOTHING


@pytest.mark.parametrize("text", ["[a]", "text", "5", "- a: b"])
def test_a_file_that_is_no_mapping(text):
    with pytest.raises(ConfigError, match="1:1: .*must be a mapping"):
        compiled(text)


def test_all_that_is_wrong_is_told_in_the_order_of_the_file():
    text = """\
tasks:
  a: {run: x, policy: quik}
  b: {run: x, retry: nevr, colour: red}
policies:
  p: {base_delay: 5x, jitter: ful}
"""
    assert wrong(text) == [
        "recovery.yaml:2:23: tasks.a.policy: there is no policy 'quik' (did you mean quick?)",
        "recovery.yaml:3:22: tasks.b.retry: 'nevr': choose one of never (did you mean never?)",
        "recovery.yaml:3:28: tasks.b.colour: unknown key",
        "recovery.yaml:5:19: policies.p.base_delay: '5x': a duration is written like 250ms, 2s, "
        "1.5m, 1h30m or 7d, or as a number of seconds",
        "recovery.yaml:5:31: policies.p.jitter: 'ful': choose one of true, full, equal, "
        "decorrelated, none (did you mean full?)",
    ]
    with pytest.raises(ConfigError) as caught:
        compile_text(text.encode(), "recovery.yaml", rule_ids=RULES)
    assert caught.value.message == wrong(text)[0]


def test_a_good_file_has_no_problems():
    assert wrong(WHOLE) == []
    document, found = examine(WHOLE.encode(), "recovery.yaml", rule_ids=RULES)
    assert found == []
    assert document["root"] == "."


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("commands: [{command: x, breaker: pypi}]", "commands[0].breaker: there is no breaker 'pypi'"),
        ("disable_rules: [curl.timeot]", "disable_rules[0]: there is no rule 'curl.timeot' (did you mean curl.timeout?)"),
        ("policies: {p: {retry_on: [network, uv.conect]}}", "policies.p.retry_on[1]: 'uv.conect' is no category and no rule (did you mean uv.connect?)"),
        ("policies: {p: {fallback_on: timeot}}", "policies.p.fallback_on: 'timeot' is no category and no rule (did you mean timeout?)"),
        ("tasks: {a: {steps: [bb]}, bbb: {run: x}}", "tasks.a.steps[0]: there is no task 'bb' (did you mean bbb?)"),
    ],
)  # fmt: skip
def test_a_name_that_nobody_has_declared(text, message):
    assert [each.split(": ", 1)[1] for each in wrong(text)] == [message]


def test_names_may_be_declared_further_down():
    compiled(
        "commands: [{command: x, policy: p, breaker: b}]\npolicies: {p: {}}\nbreakers: {b: {}}"
    )
    compiled("tasks: {a: {steps: [b]}, b: {run: x}}")


def test_a_name_whose_entry_is_wrong_is_declared_all_the_same():
    text = "tasks: {a: {run: x, policy: p}}\npolicies: {p: {max_retries: -1}}"
    assert len(wrong(text)) == 1


def test_a_rule_of_ones_own_can_be_listed_and_disabled():
    text = "rules: [{id: mine, category: network, output: x}]\n"
    compiled(text + "policies: {p: {retry_on: [mine], never_retry_on: [curl.timeout]}}")
    assert compiled(text + "disable_rules: [mine]")["disable_rules"] == ["mine"]


def test_two_rules_of_one_name():
    text = (
        "rules:\n- {id: a, category: network, output: x}\n- {id: a, category: network, output: y}"
    )
    assert wrong(text) == ["recovery.yaml:3:8: rules[1].id: the id is taken already"]


@pytest.mark.parametrize(
    ("tasks", "circle"),
    [
        ("a: {steps: [a]}", "a -> a"),
        ("a: {steps: [b]}, b: {steps: [a]}", "a -> b -> a"),
        ("x: {steps: [ok, a]}, ok: {run: x}, a: {steps: [b]}, b: {steps: [ok, c]}, c: {steps: [a]}", "a -> b -> c -> a"),
    ],
)  # fmt: skip
def test_steps_that_run_in_a_circle(tasks, circle):
    (message,) = wrong("tasks: {" + tasks + "}")
    assert message.endswith(f".steps: the steps run in a circle: {circle}")


def test_a_step_may_be_shared_without_being_a_circle():
    compiled("tasks: {a: {steps: [b, c]}, b: {steps: [d]}, c: {steps: [d, d]}, d: {run: x}}")


def test_steps_that_multiply_are_bounded():
    rows = [f"t{n}: {{steps: [{', '.join([f't{n + 1}'] * 2)}]}}" for n in range(40)]
    (message,) = wrong("tasks: {" + ", ".join([*rows, "t40: {run: x}"]) + "}")
    assert "more than 1000 commands" in message


def test_steps_that_are_nested_are_bounded():
    rows = [f"t{n}: {{steps: [t{n + 1}]}}" for n in range(3000)]
    (message,) = wrong("tasks:\n" + "\n".join(f"  {row}" for row in [*rows, "t3000: {run: x}"]))
    assert "more than 10000 values" in message
    rows = [f"t{n}: {{steps: [t{n + 1}]}}" for n in range(1500)]
    (message,) = wrong("tasks:\n" + "\n".join(f"  {row}" for row in [*rows, "t1500: {run: x}"]))
    assert "nested more than 50 deep" in message


def test_a_task_is_one_thing():
    both = wrong("tasks: {a: {run: x, steps: [b]}, b: {run: x}}")
    assert both == ["recovery.yaml:1:21: tasks.a: a task has either run or steps, not both"]
    (neither,) = wrong("tasks: {a: {help: x}}")
    assert "tasks.a: a task needs run (a command) or steps (other tasks)" in neither


def test_a_newer_format_gets_no_other_complaint():
    assert wrong("version: 2\nnews: {}") == [
        "recovery.yaml:1:10: version: 2: this retryrun reads version 1"
    ]
    found = problems(b"required_version: '>=999, <1000'\nnews: {}", "recovery.yaml")
    assert [each.line for each in found] == [1]
    assert "this file asks for retryrun >=999, <1000, and this is " in found[0].message
    assert found[0].hint == "pip install --upgrade 'retryrun>=999,<1000'"


def test_too_many_complaints_help_nobody():
    assert len(wrong("\n".join(f"key{n}: 1" for n in range(3000)))) == 50
    rows = ", ".join(f"p{n}: {{max_retries: -1}}" for n in range(100))
    assert len(wrong("policies: {" + rows + "}")) == 50


def test_warnings():
    text = """\
tasks:
  rules: {run: x}
  a: {run: x, keep_going: true}
rules: [{id: a, category: network}]
commands: [{command: /usr/bin/uv sync}, {command: "*/uv"}]
"""
    assert compiled(text, reserved={"rules", "stats"})["warnings"] == [
        "line 3: keep_going only means something with steps",
        "line 4: a rule without conditions fits every failure",
        "line 5: commands are compared by base name: write uv, not /usr/bin/uv",
        "line 2: the task rules is named like a subcommand; it is reached by: retryrun run rules",
    ]


def test_what_is_quoted_is_short_and_on_one_line():
    (message,) = wrong("policies: {p: {jitter: '" + "long " * 1000 + "'}}")
    assert "…" in message
    assert len(message) < 300
    (message,) = wrong('policies: {"p\\nq": {jitter: "a\\nb\\e[1m"}}')[1:]
    assert "\n" not in message


def test_patterns_are_bounded_together():
    row = "- {{id: r{0}, category: network, output: 'a{{1000}}'}}"
    text = "rules:\n" + "\n".join(row.format(n) for n in range(250))
    assert "all patterns together come to more than" in wrong(text)[0]
