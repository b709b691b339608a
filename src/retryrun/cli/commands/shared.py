"""What several subcommands need."""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ... import config
from ...core.text import one_line, shorten, visible, visible_line
from ...errors import RetryrunError
from .. import reader
from ..compose import Setup, check
from ..table import SUBCOMMANDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ...store.archive import Archive
    from ...store.cells import Store

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


@contextmanager
def store() -> Iterator[Store | None]:
    """Open the state of the environment; None when it is switched off. Raises StoreError."""
    from ...store.place import open_store

    opened = open_store(os.environ, note)
    try:
        yield opened
    finally:
        if opened is not None:
            opened.close()


@contextmanager
def archive(context: typer.Context) -> Iterator[Archive | None]:
    """Open the history; None when state is switched off. Raises RetryrunError."""
    from ...store.cells import StoreError

    keep = _kept(context)
    try:
        with store() as opened:
            yield None if opened is None else opened.archive(**keep)
    except StoreError as error:
        raise RetryrunError(str(error), "RETRYRUN_STATE says where state lives") from None


def _kept(context: typer.Context) -> dict[str, Any]:
    """Return how long history is kept; a recovery.yaml that cannot be read says nothing of it."""
    try:
        found = setup(context).top("state", {})
    except RetryrunError:
        return {}
    return {"days": found.get("history_days"), "megabytes": found.get("history_max_mb")}


def note(text: str) -> None:
    """Tell people something beside the result."""
    print(f"retryrun: {visible_line(text)}", file=sys.stderr)


def shown(text: str) -> str:
    """Return a name as it may be printed in a table."""
    return shorten(visible(one_line(text)), 60)


def one_of(value: str, allowed: Sequence[str]) -> str:
    """Return a format's name if there is such a format. Raises a usage error."""
    if value not in allowed:
        raise typer.BadParameter(f"--format {value!r}: choose one of {', '.join(allowed)}")
    return value


def columns(rows: Sequence[Sequence[str]], *, fit: bool = False) -> None:
    """Print rows with their columns lined up; the last column may be as long as it likes.

    `fit`: on a terminal it is cut, so that a row is one line.
    """
    if not rows:
        return
    limit = shutil.get_terminal_size().columns if fit and sys.stdout.isatty() else 0
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]) - 1)]
    for row in rows:
        cells = [f"{cell:<{width}}" for cell, width in zip(row, widths, strict=False)]
        line = "  ".join((*cells, row[-1])).rstrip()
        print(shorten(line, limit) if limit else line)
