"""From the bytes of recovery.yaml to one checked document of plain data."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from .. import __version__
from ..errors import ConfigError
from . import version
from .check import check
from .kinds import read
from .tree import tree

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from .reading import Reading

LISTS = ("rules", "disable_rules", "commands")
MAPPINGS = ("policies", "exit_codes", "breakers", "tasks", "state")
OTHERS = ("shell", "report", "ci")


def compile_text(
    data: bytes,
    path: str,
    *,
    rule_ids: Collection[str] | None = None,
    reserved: Collection[str] = (),
) -> dict[str, Any]:
    """Return the document that a file's bytes stand for. Raises ConfigError for the first fault.

    `rule_ids` are the built-in rules (None: those of `retryrun.rules`), `reserved` the names of
    subcommands. The document is made of dicts, lists, str, int, float, bool and None alone, so
    that it can be marshalled. What the file does not give is None or empty:

    path, root        the file and the folder it lies in
    shell             [word, ...] or None
    policies          {name: settings}
    rules             [{id, category, severity, command, exit_code, stderr, stdout, output,
                      retry_after}]; exit_code is [[first, last], ...]
    disable_rules     [id, ...]
    exit_codes        {category, timeout, unmatched or circuit_open: status}
    breakers          {name: {failure_threshold, recovery_timeout, failure_rate, window, min_calls,
                      max_recovery_timeout}}, only those given
    commands          [{command, policy, retry, reason, settings}]
    tasks             {name: {help, run, steps, keep_going, shell, env, cwd, policy, retry, reason,
                      settings}} in the file's order; run is text or [word, ...], env {name: text}
    state             {history_days, history_max_mb}, only those given
    report, ci        text or None
    warnings          [text, ...]

    `settings` are the keys of a policy that were given: durations in seconds; jitter as the name
    of a mode; retry_on, never_retry_on and fallback_on as lists of words; retry_on_exit_code as
    [[first, last], ...]; per_category as {category or timeout: settings}; fallback and
    before_retry as lists of commands, each text or [word, ...]; budget as {share, reserve}.
    """
    document, problems = examine(data, path, rule_ids=rule_ids, reserved=reserved)
    if document is None:
        raise problems[0]
    return document


def problems(
    data: bytes,
    path: str,
    *,
    rule_ids: Collection[str] | None = None,
    reserved: Collection[str] = (),
) -> list[ConfigError]:
    """Return everything that is wrong with a file, in its order."""
    return examine(data, path, rule_ids=rule_ids, reserved=reserved)[1]


def examine(
    data: bytes,
    path: str,
    *,
    rule_ids: Collection[str] | None = None,
    reserved: Collection[str] = (),
) -> tuple[dict[str, Any] | None, list[ConfigError]]:
    """Return the document, or None and what is wrong."""
    try:
        root = tree(data, path)
    except ConfigError as error:
        return None, [error]
    reading, given = read(root, path)
    outdated = _too_new(reading, given)
    if outdated:  # a newer format may well have keys that are unknown here
        return None, [outdated]
    check(reading, given, rule_ids)
    if reading.problems:
        return None, sorted(reading.problems, key=lambda each: (each.line or 0, each.column or 0))
    _warn(reading, given, reserved)
    return _document(given, path, reading.warnings), []


def _too_new(reading: Reading, given: Mapping[str, Any]) -> ConfigError | None:
    required = given.get("required_version")
    if required is not None and not version.met(required, __version__):
        node = reading.nodes["required_version",]
        return ConfigError(
            f"this file asks for retryrun {required}, and this is {__version__}",
            path=reading.path,
            line=node.line,
            column=node.column,
            key="required_version",
            hint=f"pip install --upgrade 'retryrun{required.replace(' ', '')}'",
        )
    return next((each for each in reading.problems if each.key == "version"), None)


def _warn(reading: Reading, given: Mapping[str, Any], reserved: Collection[str]) -> None:
    for name in given.get("tasks", {}):
        if name in reserved:
            line = reading.nodes["tasks", name].line
            reading.warnings.append(
                f"line {line}: the task {name} is named like a subcommand; "
                f"it is reached by: retryrun run {name}"
            )


def _document(given: Mapping[str, Any], path: str, warnings: list[str]) -> dict[str, Any]:
    return {
        "path": path,
        "root": os.path.dirname(path) or os.curdir,
        **{name: given.get(name, []) for name in LISTS},
        **{name: given.get(name, {}) for name in MAPPINGS},
        **{name: given.get(name) for name in OTHERS},
        "warnings": warnings,
    }
