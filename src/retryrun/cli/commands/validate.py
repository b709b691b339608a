"""`retryrun validate`."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from ... import config
from ...core.redact import Redactor
from ...core.text import visible_line
from ...errors import ConfigError, UsageError
from ..table import SUBCOMMANDS
from . import shared  # noqa: TC001  typer reads the annotations at run time

INVALID = 1
COUNTED = {"policies": "policy", "rules": "rule", "commands": "command", "tasks": "task"}


def main(
    context: typer.Context,
    file: Annotated[
        str | None, typer.Argument(metavar="FILE", help="Instead of the one found here.")
    ] = None,
    config_file: shared.File = None,
) -> int:
    """Check recovery.yaml: list everything that is wrong, with its place and a way out.

    Exit status 0 for a valid file, 1 for an invalid one.

    Example:  retryrun validate ci/recovery.yaml
    """
    chosen = file or config_file or (context.obj or {}).get("config")
    problems, document = config.validate(chosen, env=os.environ, reserved=SUBCOMMANDS)
    for problem in problems:
        _complain(problem)
    if problems:
        count = len(problems)
        print(f"{count} problem{'s' if count > 1 else ''}")
        return INVALID
    if document is None:
        raise UsageError("there is no recovery.yaml here or above", "retryrun init")
    for warning in document["warnings"]:
        print(f"warning: {visible_line(warning)}")
    counts = ", ".join(
        f"{len(document[key])} {one if len(document[key]) == 1 else key}"
        for key, one in COUNTED.items()
        if document[key]
    )
    print(f"{visible_line(document['path'])}: valid" + (f" ({counts})" if counts else ""))
    return 0


def _complain(problem: ConfigError) -> None:
    mask = Redactor(os.environ).text
    print(visible_line(mask(problem.message)))
    if problem.hint:
        print(f"  hint: {visible_line(mask(problem.hint))}")
