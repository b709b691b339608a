"""`retryrun stats`."""

from __future__ import annotations

import glob
import json
import os
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ...core import parse
from ...errors import RetryrunError, UsageError
from ...report import stats
from . import shared

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...store.archive import Archive

FORMATS = ("table", "json", "prometheus", "csv")


def main(  # noqa: PLR0913, PLR0917  its options
    context: typer.Context,
    since: Annotated[
        str | None, typer.Option(metavar="D", help="Only runs of the last D: 7d, 12h.")
    ] = None,
    task: Annotated[
        str | None, typer.Option(metavar="NAME", help="Only runs of this task.")
    ] = None,
    source: Annotated[
        str | None,
        typer.Option(
            "--from", metavar="GLOB", help="Read reports (--report) instead of the history."
        ),
    ] = None,
    form: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help="table, json, prometheus or csv.")
    ] = "table",
    html: Annotated[
        str | None, typer.Option(metavar="FILE", help="Write a page with charts.")
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            help="Write to a file, which is replaced at once: for a node exporter.",
        ),
    ] = None,
) -> None:
    """Say what retries are worth: how often they help, what they cost, which commands are flaky.

    Example:  retryrun stats --since 7d --from 'reports/**/*.json' --html stats.html
    """
    shared.one_of(form, FORMATS)
    until = time.time()
    begin = until - _duration(since) if since else None
    with _archive(context, source) as archive:
        found = _figures(archive, begin, until, task)
    html = "/dev/stdout" if html == "-" else html
    if html is not None:
        from ...report import stats_html

        _write(html, stats_html.page(found))
    output = None if output == "-" else output
    if output is not None or html is None:
        _put(found, form, output)


def _duration(text: str) -> float:
    try:
        return parse.duration(text)
    except ValueError as error:
        raise UsageError(f"--since {text!r}: {error}", "--since 7d") from None


@contextmanager
def _archive(context: typer.Context, source: str | None) -> Iterator[Archive | None]:
    if source is None:
        with shared.archive(context) as archive:
            yield archive
        return
    from ...store.archive import Archive
    from ...store.cells import Event

    reports = _reports(source)
    changes = [Event(*change) for change in stats.changes(reports)]
    yield Archive.in_memory((json.dumps(report) for report in reports), changes)


def _reports(pattern: str) -> list[dict[str, Any]]:
    """Read the reports that a pattern names, also below folders. Raises UsageError for none."""
    paths: list[str] = []
    for path in glob.glob(pattern, recursive=True):
        below = os.path.join(glob.escape(path), "**", "*.json")
        paths += glob.glob(below, recursive=True) if os.path.isdir(path) else [path]
    found = []
    for path in sorted(set(paths)):
        try:
            with open(path, encoding="utf-8") as file:
                report = json.load(file)
        except (OSError, ValueError) as error:
            shared.note(f"{path} is left out: {error}")
            continue
        if isinstance(report, dict) and "run_id" in report:
            found.append(report)
        else:
            shared.note(f"{path} is left out: it is no report")
    if not found:
        raise UsageError(
            f"--from {pattern!r} finds no report", "reports are written by --report PATH"
        )
    return found


def _figures(
    archive: Archive | None, begin: float | None, until: float, task: str | None
) -> dict[str, Any]:
    since = begin or 0.0
    if archive is None:
        return stats.figures((), (), (), (), since=begin, until=until)
    return stats.figures(
        archive.groups(since, task, stats.bucket(begin, until)),
        archive.failures(since, task),
        archive.events(since),
        archive.gaps(since),
        since=begin,
        until=until,
    )


def _put(found: dict[str, Any], form: str, output: str | None) -> None:
    if form == "table" and output is None:
        from ...report import stats_text

        stats_text.show(found)
        return
    text = _text(found, form)
    if output is None:
        sys.stdout.write(text)
    else:
        _write(output, text.encode("utf-8", "backslashreplace"))


def _text(found: dict[str, Any], form: str) -> str:
    if form == "json":
        return json.dumps(found, indent=2) + "\n"
    if form == "prometheus":
        from ...report import prometheus

        return prometheus.text(found)
    import io

    into = io.StringIO()
    if form == "csv":
        import csv

        rows = csv.writer(into, lineterminator="\n")
        columns = (*stats.COUNTS, "time_spent_retrying_s")
        rows.writerow(("command", *columns))
        rows.writerows(
            (name, *(row[key] for key in columns)) for name, row in found["by_command"].items()
        )
    else:
        from rich.console import Console

        from ...report import stats_text

        stats_text.show(found, Console(file=into, width=100, highlight=False))
    return into.getvalue()


def _write(path: str, data: bytes) -> None:
    from ...report.json import write_bytes

    problem = write_bytes(path, data, name="stats")
    if problem:
        raise RetryrunError(problem, "choose a folder that is there and that you can write to")
