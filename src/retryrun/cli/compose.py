"""From options, environment and recovery.yaml to jobs under policies."""

from __future__ import annotations

import os

from ..core.job import DEFAULT_SHELL, Job, Steps, command
from ..core.policy import BUILT_IN, BUILT_IN_DEFAULT, Layer, Policy, list_words, named
from ..core.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    Document = dict[str, Any]


LISTS = ("retry_on", "never_retry_on", "fallback_on")  # options that name categories and rules


class Setup(Value):
    """Everything that was said about a run, by level.

    `given` are the options, `variables` what the environment says in their place, `document` the
    checked recovery.yaml as plain data, or None.
    """

    given: Mapping[str, Any]
    variables: Mapping[str, Any]
    document: Document | None = None

    def option(self, name: str, default: Any = None) -> Any:
        """Return an option that is no policy key: command line, environment, else default."""
        return self.given.get(name, self.variables.get(name, default))

    def top(self, key: str, default: Any) -> Any:
        """Return a top-level value of recovery.yaml."""
        value = (self.document or {}).get(key)
        return default if value is None else value

    def shell(self) -> tuple[str, ...]:
        """Return the words that run a string."""
        return tuple(self.top("shell", DEFAULT_SHELL))


def check(setup: Setup) -> None:
    """Refuse words in lists that nobody knows. Raises UsageError."""
    if not (setup.given or setup.variables):
        return
    for source in (setup.given, setup.variables):
        for name in LISTS:
            if name in source:
                _check_words(setup, _place(name, variable=source is setup.variables), source[name])


def _place(name: str, *, variable: bool) -> str:
    """Return the option of this name, or the variable that stands for it, as people write them."""
    return f"RETRYRUN_{name.upper()}" if variable else "--" + name.replace("_", "-")


def _check_words(setup: Setup, place: str, words: Sequence[str]) -> None:
    usual = list_words()
    unknown = [word for word in words if word not in usual]
    if not unknown:
        return
    from ..core.parse import nearest
    from ..errors import UsageError
    from ..rules import known_ids

    known = {*usual, *known_ids(), *(rule["id"] for rule in setup.top("rules", ()))}
    for word in unknown:
        if word not in known:
            near = nearest(word, known)
            hint = f"did you mean {near}?" if near else "retryrun rules lists the rule ids"
            raise UsageError(f"{place}: {word!r} is no category and no rule", hint)


def command_job(setup: Setup, words: Sequence[str]) -> Job:
    """Make the job of `retryrun -- COMMAND`. Raises UsageError."""
    shell = setup.shell()
    if setup.given.get("shell"):
        if len(words) != 1:
            from ..core.text import show_command
            from ..errors import UsageError

            raise UsageError(
                f"--shell takes the command as one word, not {len(words)}",
                f"retryrun --shell -- {show_command([' '.join(words)])}",
            )
        what = command(words[0], shell=shell)
    else:
        what = command(words)
    entry = _entry(setup, what.words)
    layers: tuple[Layer, ...] = ()
    if entry:
        layers = (Layer(f"commands entry {entry['command']!r}", entry["settings"]),)
    return Job(what, policy(setup, layers, [entry] if entry else []), shell=shell)


def _entry(setup: Setup, words: Sequence[str]) -> Mapping[str, Any] | None:
    """Return the first entry of `commands` that fits."""
    entries = setup.top("commands", ())
    if not entries:
        return None
    from ..core import glob

    return next((entry for entry in entries if glob.fits(entry["command"], words)), None)


def task_job(
    setup: Setup, name: str, args: Sequence[str], above: tuple[str, ...] = ()
) -> Job | Steps:
    """Make the job of a task; `above` are the tasks whose step it is. Raises UsageError."""
    tasks = setup.top("tasks", {})
    task, chain = tasks[name], [tasks[each] for each in (name, *above)]
    layers = tuple(
        Layer(f"task {each}", _handed_down(tasks[each], own=each == name))
        for each in (name, *above)
    )
    if task.get("steps"):
        if args:
            from ..core.text import show_command
            from ..errors import UsageError

            raise UsageError(
                f"the task {name} is made of steps and takes no arguments: {show_command(args)}",
                f"run a step with them: retryrun {task['steps'][0]} {show_command(args)}",
            )
        steps = tuple(task_job(setup, step, (), (name, *above)) for step in task["steps"])
        own = policy(setup, layers, chain)
        return Steps(name, steps, bool(task.get("keep_going")), own.get("deadline"))
    shell = next((tuple(t["shell"]) for t in chain if t.get("shell")), setup.shell())
    env: dict[str, str] = {}
    for each in reversed(chain):
        env.update(each.get("env") or {})
    return Job(
        command(task["run"], shell=shell, args=args),
        policy(setup, layers, chain),
        task=name,
        env=env,
        cwd=_folder(setup, chain),
        shell=shell,
        args=tuple(args),
    )


def _handed_down(task: Mapping[str, Any], *, own: bool) -> Mapping[str, Any]:
    # The deadline of a task of steps covers the steps together; Steps carries it.
    settings: Mapping[str, Any] = task["settings"]
    if own or "deadline" not in settings:
        return settings
    return {key: value for key, value in settings.items() if key != "deadline"}


def _folder(setup: Setup, chain: Sequence[Mapping[str, Any]]) -> str:
    root = str(setup.top("root", os.curdir))
    return next((os.path.join(root, t["cwd"]) for t in chain if t.get("cwd")), root)


def policy(setup: Setup, near: tuple[Layer, ...], entries: Sequence[Mapping[str, Any]]) -> Policy:
    """Stack the levels, the nearest first. Raises UsageError for an unknown policy.

    `near` are the layers of `entries`, one each.
    """
    name = setup.option("policy")
    chosen_by = _place("policy", variable="policy" not in setup.given) if name else ""
    for entry, layer in zip(entries, near, strict=True):
        if not name and entry.get("policy"):
            name, chosen_by = entry["policy"], layer.origin
    name = name or "default"
    never = next(
        (entry.get("reason") or "" for entry in entries if entry.get("retry") == "never"), None
    )
    return Policy(name, (*_said(setup), *near, *_named(setup, name, chosen_by)), never, chosen_by)


def _said(setup: Setup) -> tuple[Layer, ...]:
    """Return the layers of options and of the variables that stand for them."""
    given, variables = setup.given, setup.variables
    if not (given or variables):
        return ()
    keys = BUILT_IN_DEFAULT
    return (
        *(Layer(_place(k, variable=False), {k: given[k]}) for k in keys if k in given),
        *(
            Layer(_place(k, variable=True), {k: variables[k]})
            for k in keys
            if k in variables and k not in given
        ),
    )


def _named(setup: Setup, name: str, place: str) -> tuple[Layer, ...]:
    written = setup.top("policies", {})
    try:
        return named(name, written)
    except KeyError:
        known = (*written, *BUILT_IN)
        from ..core.parse import nearest
        from ..errors import UsageError

        near = nearest(name, known)
        hint = f"did you mean {near}?" if near else "there are: " + ", ".join(dict.fromkeys(known))
        raise UsageError(f"{place}: there is no policy {name!r}", hint) from None
