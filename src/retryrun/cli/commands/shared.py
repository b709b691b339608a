"""What several subcommands need."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ... import config
from .. import reader
from ..compose import Setup, check
from ..table import SUBCOMMANDS

if TYPE_CHECKING:
    from collections.abc import Sequence

Format = Annotated[
    str, typer.Option("--format", metavar="FORMAT", help="text or json.", show_default=True)
]
File = Annotated[
    str | None,
    typer.Option("-f", "--config", metavar="FILE", help="Use this file.", show_default=False),
]


def setup(context: typer.Context, file: str | None = None) -> Setup:
    """Read the environment and recovery.yaml as a run would. Raises RetryrunError."""
    given: dict[str, Any] = dict(context.obj or {})
    if file:
        given["config"] = file
    made = Setup(given, reader.from_environment(os.environ))
    if not made.option("no_config"):
        document = config.load(made.option("config"), env=os.environ, reserved=SUBCOMMANDS)
        made = made.replace(document=document)
    check(made)
    return made


def one_of(value: str, allowed: Sequence[str]) -> str:
    """Return a format's name if there is such a format. Raises a usage error."""
    if value not in allowed:
        raise typer.BadParameter(f"--format {value!r}: choose one of {', '.join(allowed)}")
    return value


def columns(rows: Sequence[Sequence[str]]) -> None:
    """Print rows with their columns lined up; the last column may be as long as it likes."""
    if not rows:
        return
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]) - 1)]
    for row in rows:
        cells = [f"{cell:<{width}}" for cell, width in zip(row, widths, strict=False)]
        print("  ".join((*cells, row[-1])).rstrip())
