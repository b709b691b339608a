"""`retryrun rules`."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer

from ...core import parse
from ...core.text import one_line, shorten, visible, visible_line
from ...errors import UsageError
from ...rules import all_rules
from . import shared

USER = "recovery.yaml"


def main(
    context: typer.Context,
    rule: Annotated[str | None, typer.Argument(metavar="ID", help="Show this rule.")] = None,
    file: shared.File = None,
    form: shared.Format = "text",
) -> None:
    """List the rules in force, in the order in which they are tried, or show one.

    Example:  retryrun rules uv.connect
    """
    shared.one_of(form, ("text", "json"))
    setup = shared.setup(context, file)
    off = set(setup.top("disable_rules", ()))
    own = [{**each, "family": USER} for each in setup.top("rules", ())]
    rows = [*own, *(dict(each) for each in all_rules() if each["id"] not in off)]
    if rule is not None:
        rows = [_named(rule, rows)]
    if form == "json":
        print(json.dumps(rows, indent=2))
    elif rule is not None:
        shared.columns([(key, _shown(value)) for key, value in rows[0].items() if value])
    else:
        shared.columns(
            [(each["id"], each["category"], each.get("severity") or "medium", _about(each))
             for each in rows],
            fit=True,
        )  # fmt: skip


def _named(wanted: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    for each in rows:
        if each["id"] == wanted:
            return each
    near = parse.nearest(wanted, [each["id"] for each in rows])
    hint = f"did you mean {near}?" if near else "retryrun rules"
    raise UsageError(f"there is no rule {wanted!r} in force", hint)


def _about(rule: dict[str, Any]) -> str:
    text = rule.get("says") or rule.get("stderr") or rule.get("stdout") or rule.get("output") or ""
    return shorten(visible(one_line(str(text))), 60)


def _shown(value: object) -> str:
    if not isinstance(value, (list, tuple)):
        return visible_line(str(value))
    return visible_line(", ".join(map(_one, value)))


def _one(value: object) -> str:
    """Write a status or a range of them as in recovery.yaml: 7, 100-110."""
    if not isinstance(value, (list, tuple)):
        return str(value)
    return "-".join(map(str, dict.fromkeys(value)))
