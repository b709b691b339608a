"""`retryrun tasks`."""

from __future__ import annotations

import json

import typer  # noqa: TC002  it reads the annotations at run time

from ...core.text import one_line, shorten, visible
from ...errors import UsageError
from . import shared

WIDTH = 56


def main(context: typer.Context, file: shared.File = None, form: shared.Format = "text") -> None:
    """List the tasks of recovery.yaml.

    Example:  retryrun tasks --format json
    """
    shared.one_of(form, ("text", "json"))
    setup = shared.setup(context, file)
    tasks = setup.top("tasks", {})
    if form == "json":
        rows = [
            {"name": name, "help": task["help"], "run": task["run"], "steps": task["steps"]}
            for name, task in tasks.items()
        ]
        print(json.dumps(rows, indent=2))
        return
    if not tasks:
        where = f"{setup.document['path']} has no tasks" if setup.document else "no recovery.yaml"
        raise UsageError(f"there are no tasks: {where}", "retryrun init")
    shared.columns([(visible(name), _about(task)) for name, task in tasks.items()])


def _about(task: dict[str, object]) -> str:
    if task["help"]:
        return visible(str(task["help"]))
    if task["steps"]:
        return "steps: " + ", ".join(task["steps"])  # type: ignore[arg-type]  # checked on loading
    run = task["run"]
    text = run if isinstance(run, str) else " ".join(run)  # type: ignore[arg-type]  # the same
    return shorten(visible(one_line(text)), WIDTH)
