"""What can only be judged when all is read: names that must exist, and steps without circles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..core.policy import BUILT_IN, list_words
from ..core.text import shorten

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from .reading import Reading, Where

MAX_COMMANDS = 1000  # that a task of steps may come to
MAX_NESTING = 50  # of tasks that are steps of tasks
ONE = {"policies": "policy", "breakers": "breaker", "tasks": "task", "rules": "rule"}


def check(reading: Reading, document: Mapping[str, Any], rule_ids: Collection[str] | None) -> None:
    """Complain about names that nobody has declared, and about impossible steps."""
    _references(reading, rule_ids)
    _steps(reading, document.get("tasks", {}))


def _references(reading: Reading, rule_ids: Collection[str] | None) -> None:
    declared = reading.names
    known: dict[str, Collection[str]] = {
        "policies": dict.fromkeys((*declared.get("policies", ()), *BUILT_IN)),
        "breakers": dict.fromkeys(declared.get("breakers", ())),
        "tasks": dict.fromkeys(declared.get("tasks", ())),
    }
    labels = [each for each in reading.labels if each[1] not in list_words()]
    if labels or any(section == "rules" for section, _, _ in reading.references):
        known["rules"] = _all_rules(reading, rule_ids)
    for section, where, name in reading.references:
        if name not in known[section]:
            what = f"there is no {ONE[section]} {shorten(name, 60)!r}"
            reading.unknown(reading.nodes[where], where, what, name, known[section])
    for where, word in labels:
        if word not in known["rules"]:
            what = f"{shorten(word, 60)!r} is no category and no rule"
            choice = (*list_words(), *known["rules"])
            reading.unknown(reading.nodes[where], where, what, word, choice)


def _all_rules(reading: Reading, rule_ids: Collection[str] | None) -> Collection[str]:
    if rule_ids is None:
        from ..rules import known_ids

        rule_ids = known_ids()
    return dict.fromkeys((*reading.names.get("rules", ()), *sorted(rule_ids)))


def _steps(reading: Reading, tasks: Mapping[str, Mapping[str, Any]]) -> None:
    below = {
        name: [step for step in task.get("steps") or () if step in tasks]
        for name, task in tasks.items()
    }
    commands: dict[str, int] = {}  # how many a task comes to
    nesting: dict[str, int] = {}
    for start in below:
        circle = _walk(start, below, commands, nesting)
        where: Where = ("tasks", start, "steps")
        if circle:
            message = f"the steps run in a circle: {' -> '.join(circle)}"
        elif commands[start] > MAX_COMMANDS:
            message = f"the steps come to more than {MAX_COMMANDS} commands"
        elif nesting[start] > MAX_NESTING:
            message = f"the steps are nested more than {MAX_NESTING} deep"
        else:
            continue
        reading.complain(reading.nodes[where], where, message)
        return


def _walk(
    start: str,
    below: Mapping[str, Sequence[str]],
    commands: dict[str, int],
    nesting: dict[str, int],
) -> list[str]:
    """Count what is below a task, its steps first; return a circle if there is one."""
    trail = {start: iter(below[start])}
    while trail:
        name = next(reversed(trail))
        step = next((each for each in trail[name] if each not in commands), None)
        if step is None:
            del trail[name]
            commands[name] = sum(commands[each] for each in below[name]) or 1
            nesting[name] = 1 + max((nesting[each] for each in below[name]), default=0)
        elif step in trail:
            names = list(trail)
            return [*names[names.index(step) :], step]
        else:
            trail[step] = iter(below[step])
    return []
