"""The keys of recovery.yaml: one literal table for each place.

The tables drive the reading, the complaints and the JSON schema. To add a key: a row here, its
field where it is used, one good and one bad sample in the tests.
"""

from __future__ import annotations

from typing import Any

from ..core.failure import CATEGORIES, MEDIUM, SEVERITIES
from ..core.parse import MOST
from ..core.policy import TIMEOUT, UNMATCHED, list_words
from ..core.value import Value


class Key(Value):
    """One key. `kind` names a reader in `kinds` and a fragment below.

    `of` is the place of a mapping's or list's entries; `refers` the section where its names must
    be declared; a `nullable` key may be null, which is as if it were not there.
    """

    kind: str
    help: str
    of: str = ""
    refers: str = ""
    choices: tuple[str, ...] = ()
    required: bool = False
    nullable: bool = False


NEVER = ("never",)
CIRCUIT_OPEN = "circuit_open"
SPECIAL = (*CATEGORIES, TIMEOUT)  # whose values per_category can tell apart
ENDINGS = (*CATEGORIES, TIMEOUT, UNMATCHED, CIRCUIT_OPEN)  # that exit_codes can map

TOP: dict[str, Key] = {
    "version": Key("version", "The version of this format: 1."),
    "required_version": Key("requirement", "The retryrun that is needed, such as '>=1.0'."),
    "shell": Key("argv", "The words that run a string; the string comes last."),
    "policies": Key("map", "Policies by name; each starts from `default`.", of="policy"),
    "rules": Key("list", "Rules that are tried before the built-in ones.", of="rule"),
    "disable_rules": Key("names", "Ids of rules that are left out.", refers="rules"),
    "exit_codes": Key("statuses", "The exit status when a run gave up, by category."),
    "breakers": Key("map", "Circuit breakers by name.", of="breaker"),
    "commands": Key("list", "For `retryrun -- COMMAND`: the first that fits.", of="command"),
    "tasks": Key("map", "Tasks by name.", of="task"),
    "state": Key("place", "How long history is kept.", of="state"),
    "report": Key("text", "Where the JSON report goes: a file, a folder, or NAME/."),
    "ci": Key("choice", "Annotations and summaries.", choices=("auto", "github", "gitlab", "none")),
}

BACK_OFF: dict[str, Key] = {
    "max_retries": Key("count", "Retries after the first attempt; 0 runs the command once."),
    "base_delay": Key("duration", "The wait before the first retry."),
    "max_delay": Key("duration", "No wait is longer than this."),
    "exponential_base": Key("factor", "Each wait is the one before times this."),
    "jitter": Key("jitter", "How waits are spread; true is proportional."),
    "before_retry": Key("commands", "A command, or several, run before each retry."),
}

POLICY: dict[str, Key] = {
    **BACK_OFF,
    "timeout": Key("duration", "Limit of one attempt; 0 is none."),
    "idle_timeout": Key("duration", "Limit of the time without output; 0 is none."),
    "deadline": Key("duration", "Limit of everything together; 0 is none."),
    "kill_after": Key("duration", "Grace between SIGTERM and SIGKILL."),
    "retry_on": Key("labels", "Categories, timeout, unmatched, any, rule ids."),
    "never_retry_on": Key("labels", "The same words; stronger than every other list."),
    "retry_on_exit_code": Key("codes", "Exit codes that are retried whatever the output says."),
    "per_category": Key("special", "Other values for one category or for timeout.", of="special"),
    "fallback": Key("commands", "A command, or several, tried in order after giving up."),
    "fallback_on": Key("labels", "What is fallen back after; default: all but permanent."),
    "retry_command": Key("command", "Run instead of the command from the second attempt on."),
    "breaker": Key("text", "The circuit breaker that guards the command.", refers="breakers"),
    "budget": Key("budget", "The share of runs that may be retries.", of="budget"),
    "stdin": Key("choice", "What attempts read.", choices=("inherit", "replay", "none")),
    "stdout": Key("choice", "When output is released.", choices=("stream", "hold")),
    "flaky": Key("choice", "What a success after a retry is.", choices=("pass", "warn", "fail")),
}

_OVERRIDE: dict[str, Key] = {
    "policy": Key("text", "The policy to start from.", refers="policies"),
    "retry": Key("choice", "`never`: no option or variable overrides it.", choices=NEVER),
    "reason": Key("text", "Why it is never retried."),
}

COMMAND: dict[str, Key] = {
    "command": Key("glob", "A glob over the words, the first a base name.", required=True),
    **_OVERRIDE,
    **POLICY,
}

TASK: dict[str, Key] = {
    "help": Key("text", "What the task is for."),
    "run": Key("command", "A string for the shell, or a list that is executed as it is."),
    "steps": Key("names", "Tasks that are run one after the other.", refers="tasks"),
    "keep_going": Key("boolean", "Run all steps, whatever fails."),
    "shell": Key("argv", "The words that run this task's strings."),
    "env": Key("env", "Environment variables; every scalar counts as it is written."),
    "cwd": Key("text", "Where it runs, from the folder of recovery.yaml."),
    **_OVERRIDE,
    **POLICY,
}

RULE: dict[str, Key] = {
    "id": Key("id", "What lists and messages call the rule.", required=True),
    "category": Key("choice", "What the failure is.", choices=CATEGORIES, required=True),
    "severity": Key(
        "choice", f"Default {MEDIUM}; critical is never retried.", choices=SEVERITIES, nullable=True
    ),
    "command": Key("glob", "A glob that the command must fit.", nullable=True),
    "exit_code": Key("codes", "128+N is also death by signal N; 0 a success.", nullable=True),
    "stderr": Key("pattern", "A pattern for a line of stderr.", nullable=True),
    "stdout": Key("pattern", "A pattern for a line of stdout.", nullable=True),
    "output": Key("pattern", "A pattern for a line of either.", nullable=True),
    "retry_after": Key(
        "wait_pattern", "A pattern with a group seconds, minutes or date.", nullable=True
    ),
}
CONDITIONS = ("command", "exit_code", "stderr", "stdout", "output")

BREAKER: dict[str, Key] = {
    "failure_threshold": Key("positive", "Failures in a row that open it."),
    "recovery_timeout": Key("duration", "How long it stays open before a trial."),
    "failure_rate": Key("share", "Or open at this share of failures in the window."),
    "window": Key("duration", "The window that failure_rate looks at."),
    "min_calls": Key("positive", "Fewer calls in the window decide nothing."),
    "max_recovery_timeout": Key("duration", "Repeated trips wait longer, up to this."),
}

STATE: dict[str, Key] = {
    "history_days": Key("count", "Older records are removed."),
    "history_max_mb": Key("count", "The oldest records are removed beyond this size."),
}

BUDGET: dict[str, Key] = {
    "share": Key("share", "Retries for each run, such as 0.2.", required=True),
    "reserve": Key("count", "Retries that may always be made at once."),
}

PLACES: dict[str, dict[str, Key]] = {
    "top": TOP,
    "policy": POLICY,
    "special": BACK_OFF,
    "command": COMMAND,
    "task": TASK,
    "rule": RULE,
    "breaker": BREAKER,
    "state": STATE,
    "budget": BUDGET,
}

# What people who come from other tools write, and what they mean by it here.
ELSEWHERE: dict[str, str] = {
    "attempts": "max_retries",
    "max_attempts": "max_retries",
    "tries": "max_retries",
    "delay": "base_delay",
    "wait": "base_delay",
    "backoff": "exponential_base",
    "multiplier": "exponential_base",
    "max_elapsed": "deadline",
    "retry_if": "retry_on",
    "on_retry": "before_retry",
    "cmd": "run",
    "script": "run",
    "depends": "steps",
    "needs": "steps",
    "environment": "env",
    "directory": "cwd",
    "description": "help",
    "name": "id",
    "pattern": "output",
}

_TEXT: dict[str, Any] = {"type": "string", "minLength": 1}
_ARGV: dict[str, Any] = {"type": "array", "items": {"type": "string"}, "minItems": 1}
_COUNT: dict[str, Any] = {"type": "integer", "minimum": 0, "maximum": MOST}
_CODE: dict[str, Any] = {"type": "integer", "minimum": 0, "maximum": 255}
_COMMAND: dict[str, Any] = {"anyOf": [_TEXT, _ARGV]}
_LABEL: dict[str, Any] = {"anyOf": [{"enum": list(list_words())}, _TEXT]}

FRAGMENTS: dict[str, dict[str, Any]] = {
    "version": {"const": 1},
    "requirement": {"type": "string", "pattern": "^ *([<>]=?|[=!]=) *[0-9]"},
    "argv": _ARGV,
    "text": _TEXT,
    "id": {"type": "string", "pattern": "^[A-Za-z0-9_][A-Za-z0-9_.-]*$"},
    "glob": _TEXT,
    "pattern": _TEXT,
    "wait_pattern": _TEXT,
    "boolean": {"type": "boolean"},
    "count": _COUNT,
    "positive": {**_COUNT, "minimum": 1},
    "duration": {
        "anyOf": [
            {"type": "number", "minimum": 0, "maximum": 1e308},
            {"type": "string", "pattern": "^ *[0-9.]+(ms|[smhd])?([0-9.]+(ms|[smh]))* *$"},
        ]
    },
    "factor": {"type": "number", "minimum": 1, "maximum": 1e308},
    "share": {"type": "number", "exclusiveMinimum": 0, "maximum": 1},
    "jitter": {"enum": [True, False, "proportional", "full", "equal", "decorrelated", "none"]},
    "names": {"type": "array", "items": _TEXT},
    "labels": {"anyOf": [_TEXT, {"type": "array", "items": _LABEL}]},
    "codes": {"anyOf": [_CODE, _TEXT, {"type": "array", "items": {"anyOf": [_CODE, _TEXT]}}]},
    "statuses": {
        "type": "object",
        "additionalProperties": False,
        "properties": dict.fromkeys(ENDINGS, _CODE),
    },
    "command": _COMMAND,
    "commands": {"anyOf": [_TEXT, {"type": "array", "items": _COMMAND}]},
    "env": {
        "type": "object",
        "additionalProperties": {"type": ["string", "number", "boolean", "null"]},
    },
}


def json_schema() -> dict[str, Any]:
    """Return the JSON schema (draft 2020-12) of recovery.yaml, made of the tables above."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "recovery.yaml",
        **_object(TOP),
        "$defs": {name: _object(keys) for name, keys in PLACES.items() if name != "top"},
    }


def _object(keys: dict[str, Key]) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": [name for name, key in keys.items() if key.required],
        "properties": {name: _property(key) for name, key in keys.items()},
    }


def _property(key: Key) -> dict[str, Any]:
    fragment = _fragment(key)
    if key.nullable:
        fragment = {"anyOf": [{"type": "null"}, fragment]}
    return {"description": key.help, **fragment}


def _fragment(key: Key) -> dict[str, Any]:
    place = {"$ref": f"#/$defs/{key.of}"}
    special = dict.fromkeys(SPECIAL, place)
    shapes: dict[str, dict[str, Any]] = {
        "map": {"type": "object", "additionalProperties": place},
        "list": {"type": "array", "items": place},
        "special": {"type": "object", "additionalProperties": False, "properties": special},
        "place": place,
        "budget": {"anyOf": [FRAGMENTS["share"], place]},
        "choice": {"enum": list(key.choices)},
    }
    return shapes.get(key.kind) or FRAGMENTS[key.kind]
