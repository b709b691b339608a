"""`retryrun breaker`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ...core import breaker, parse
from ...core.breaker import BreakerConfig
from ...core.text import seconds, show_command
from ...errors import RetryrunError, UsageError
from ...store.cells import BREAKERS, StoreError
from . import shared

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...store.cells import Store

ACTIONS = ("list", "show", "reset", "open")


def main(
    context: typer.Context,
    action: Annotated[
        str, typer.Argument(metavar="list|show|reset|open", help="What to do.")
    ] = "list",
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="The breaker.")] = None,
    file: shared.File = None,
    form: shared.Format = "text",
) -> None:
    """List the circuit breakers, show one, close it (reset) or hold it open.

    Example:  retryrun breaker reset pypi
    """
    shared.one_of(form, ("text", "json"))
    if action not in ACTIONS:
        near = parse.nearest(action, ACTIONS)
        hint = f"did you mean {near}?" if near else "one of: " + ", ".join(ACTIONS)
        raise UsageError(f"breaker {action!r} is no action", hint)
    if (action == "list") != (name is None):
        usage = "retryrun breaker [list | show NAME | reset NAME | open NAME]"
        raise UsageError(f"breaker {action} takes {'no' if name else 'a'} name", usage)
    declared = shared.setup(context, file).top("breakers", {})
    try:
        with shared.store() as store:
            _do(store, declared, action, name, form)
    except StoreError as error:
        raise RetryrunError(str(error), "RETRYRUN_STATE says where state lives") from None


def _do(
    store: Store | None, declared: Mapping[str, Any], action: str, name: str | None, form: str
) -> None:
    if store is None:
        raise RetryrunError("state is switched off by RETRYRUN_STATE=off", "unset RETRYRUN_STATE")
    cells, now = store.all(BREAKERS)
    rows = {
        each: _row(_config(declared, each), cells.get(each) or BREAKERS.record(), now)
        for each in sorted({*cells, *declared})
    }
    if name is None:
        _list(rows, form)
        return
    if name not in rows:
        near = parse.nearest(name, rows)
        hint = f"did you mean {near}?" if near else "retryrun breaker list"
        if action != "open":
            raise UsageError(f"there is no breaker {name!r}", hint)
    if action == "show":
        _show(name, rows[name], form)
        return
    closing = action == "reset"

    def change(state: Any, at: float) -> tuple[Any, None]:
        changed = breaker.closed(state) if closing else breaker.opened(state, at, forced=True)
        return changed, None

    store.change(BREAKERS, name, change)
    reset = show_command(["retryrun", "breaker", "reset", name])
    print(f"{shared.shown(name)} is {'closed' if closing else f'held open until: {reset}'}")


def _config(declared: Mapping[str, Any], name: str) -> BreakerConfig:
    return BreakerConfig(**(declared.get(name) or {}))


def _row(config: BreakerConfig, state: Any, now: float) -> dict[str, Any]:
    left = breaker.remaining(config, state, now)
    by_hand = left == float("inf")
    return {
        "state": breaker.phase(config, state, now),
        "failures": state.failures,
        "failure_threshold": config.failure_threshold,
        "retry_after_s": None if left is None or by_hand else round(left, 3),
        "held_open": bool(by_hand),
        "trips": state.trips,
        "trial_running": bool(state.trial_until and state.trial_until > now),
    }


def _list(rows: dict[str, dict[str, Any]], form: str) -> None:
    if form == "json":
        print(json.dumps([{"name": name, **row} for name, row in rows.items()], indent=2))
    elif rows:
        table = [("BREAKER", "STATE", "FAILURES", "OPEN FOR")]
        table += [
            (shared.shown(name), row["state"],
             f"{row['failures']}/{row['failure_threshold']}", _open_for(row))
            for name, row in rows.items()
        ]  # fmt: skip
        shared.columns(table)
    else:
        shared.note("there are no circuit breakers")


def _show(name: str, row: dict[str, Any], form: str) -> None:
    if form == "json":
        print(json.dumps({"name": name, **row}, indent=2))
        return
    shared.columns(
        [
            ("name", shared.shown(name)),
            ("state", row["state"]),
            ("failures in a row", f"{row['failures']} of {row['failure_threshold']}"),
            ("open for", _open_for(row) or "-"),
            ("openings since closed", str(row["trips"])),
            ("trial running", "yes" if row["trial_running"] else "no"),
        ]
    )


def _open_for(row: dict[str, Any]) -> str:
    if row["held_open"]:
        return "held open"
    return seconds(row["retry_after_s"]) if row["retry_after_s"] else ""
