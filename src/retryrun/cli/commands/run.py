"""`retryrun run`: the page that `--help` shows; the work is done by the way in."""

from __future__ import annotations

from typing import Annotated

import typer


def main(
    task: Annotated[str, typer.Argument(metavar="TASK", help="A task of recovery.yaml.")],
    arg: Annotated[
        list[str] | None, typer.Argument(metavar="ARG", help="Words for the task's command.")
    ] = None,
) -> None:
    """Run a task of recovery.yaml, also one that is named like a subcommand.

    The same options may stand before TASK as before a command: see `retryrun --help`.

    Example:  retryrun run -r 1 tasks
    """
