"""`retryrun tasks`."""

from __future__ import annotations

import json
import os
from typing import Any

import typer  # noqa: TC002  it reads the annotations at run time

from ...core.redact import Redactor
from ...core.text import one_line, shorten, show_command, visible
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
    mask = Redactor(os.environ)
    if form == "json":
        rows = [
            {"name": name, "help": task["help"], "run": _run(task, mask), "steps": task["steps"]}
            for name, task in tasks.items()
        ]
        print(json.dumps(rows, indent=2))
        return
    if not tasks:
        where = f"{setup.document['path']} has no tasks" if setup.document else "no recovery.yaml"
        raise UsageError(f"there are no tasks: {where}", "retryrun init")
    shared.columns([(visible(name), _about(task, mask)) for name, task in tasks.items()], fit=True)


def _run(task: dict[str, Any], mask: Redactor) -> str | list[str] | None:
    run = task["run"]
    return mask.words(run) if isinstance(run, list) else run and mask.text(run)


def _about(task: dict[str, Any], mask: Redactor) -> str:
    if task["help"]:
        return visible(str(task["help"]))
    if task["steps"]:
        return "steps: " + ", ".join(task["steps"])
    run = _run(task, mask) or ""
    return (
        show_command(run, WIDTH)
        if isinstance(run, list)
        else shorten(visible(one_line(run)), WIDTH)
    )
