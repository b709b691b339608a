"""`retryrun history`."""

from __future__ import annotations

import json
import sys
from typing import Annotated, Any

import typer

from ...core.text import one_line, seconds, shorten, show_command, strip_controls
from . import shared

NAME_WIDTH = 44


def main(
    context: typer.Context,
    limit: Annotated[int, typer.Option(metavar="N", min=1, help="At most so many runs.")] = 20,
    form: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help="table, json or csv.")
    ] = "table",
) -> None:
    """List the latest runs, the newest first.

    Example:  retryrun history --limit 50 --format csv
    """
    shared.one_of(form, ("table", "json", "csv"))
    with shared.archive(context) as archive:
        runs = archive.runs(limit) if archive is not None else []
    if form == "json":
        print(json.dumps([_public(run) for run in runs], indent=2))
    elif form == "csv":
        _csv(runs)
    elif runs:
        shared.columns(
            [("WHEN", "ENDED", "EXIT", "ATTEMPTS", "TOOK", "COMMAND"), *map(_row, runs)], fit=True
        )
    else:
        print("no runs are remembered", file=sys.stderr)


def _public(run: dict[str, Any]) -> dict[str, Any]:
    return {**{k: v for k, v in run.items() if k != "started"}, "started_at": _moment(run)}


def _row(run: dict[str, Any]) -> tuple[str, ...]:
    tries = _tries(run)
    name = run["task"] or show_command(list(map(str, run["command"] or ())))
    return (
        _moment(run, local=True),
        str(run["outcome"]).replace("_", " "),
        str(run["exit_code"]),
        str(tries),
        seconds(run["total_duration_s"]),
        shorten(one_line(strip_controls(name)), NAME_WIDTH),
    )


def _csv(runs: list[dict[str, Any]]) -> None:
    import csv

    rows = csv.writer(sys.stdout, lineterminator="\n")
    rows.writerow(
        ("started_at", "run_id", "outcome", "exit_code", "attempts", "total_duration_s", "task",
         "command", "project")
    )  # fmt: skip
    for run in runs:
        rows.writerow(
            (_moment(run), run["run_id"], run["outcome"], run["exit_code"], _tries(run),
             run["total_duration_s"], run["task"] or "",
             show_command(list(map(str, run["command"] or ()))), run.get("project") or "")
        )  # fmt: skip


def _tries(run: dict[str, Any]) -> int:
    if run["outcome"] == "circuit_open":
        return 0
    if run.get("steps"):
        return sum(map(_tries, run["steps"]))
    return sum(each["role"] == "primary" for each in run["attempts"]) or 1


def _moment(run: dict[str, Any], *, local: bool = False) -> str:
    import time

    started = run["started"]
    if local:
        return time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(started))
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(started))
