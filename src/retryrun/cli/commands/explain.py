"""`retryrun explain`."""

from __future__ import annotations

import json
import os
import re
import sys
import time
from typing import Annotated, Any

import typer

from ...core.classify import classify, user_rule
from ...core.failure import Classification
from ...core.outcome import Outcome
from ...core.policy import refusal
from ...core.redact import Redactor
from ...core.text import one_line, seconds, shorten, strip_controls, visible
from ...errors import UsageError
from ...report.document import quoted_line
from ...report.lines import seen
from ...rules import meaning
from ...store import last as store
from .. import compose
from . import shared

NAMED = 100  # columns of a command
READ_LIMIT = 64 * 1024 * 1024
EXAMPLE = "make 2>&1 | retryrun explain --command make --exit-code 2 -"
KEPT = 256 * 1024  # as much as a run keeps of each stream


def main(  # noqa: PLR0913, PLR0917  one parameter for each option
    context: typer.Context,
    output: Annotated[
        str | None,
        typer.Argument(metavar="FILE", help="What the command wrote; - is standard input."),
    ] = None,
    command: Annotated[str, typer.Option(metavar="STRING", help="The command.")] = "",
    exit_code: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            min=0,
            max=255,
            help="128+N for death by signal N; 1 if not given.",
            show_default=False,
        ),
    ] = None,
    stderr: Annotated[
        str | None, typer.Option(metavar="FILE", help="Its stderr.", show_default=False)
    ] = None,
    stdout: Annotated[
        str | None, typer.Option(metavar="FILE", help="Its stdout.", show_default=False)
    ] = None,
    last: Annotated[bool, typer.Option("--last", help="The last failed run.")] = False,
    suggest_rule: Annotated[
        bool, typer.Option("--suggest-rule", help="Print a rule to paste into recovery.yaml.")
    ] = False,
    verbose: Annotated[
        bool, typer.Option("-v", "--verbose", help="Show the readings that were not taken.")
    ] = False,
    file: shared.File = None,
    form: shared.Format = "text",
) -> None:
    """Say how a failure is judged, whether it would be retried, and why.

    Example:  make 2>&1 | retryrun explain --command make --exit-code 2 -

    Example:  retryrun explain --last --suggest-rule
    """
    shared.one_of(form, ("text", "json"))
    setup = shared.setup(context, file)
    if last:
        if output or stderr or stdout or command or exit_code is not None:
            raise UsageError(
                "--last explains the last failed run; it takes no other input",
                "retryrun explain --last",
            )
        command, status, found = _remembered()
    else:
        if not (output or stderr or stdout or command or exit_code is not None):
            raise UsageError("nothing to explain", EXAMPLE)
        status = 1 if exit_code is None else exit_code
        found = _judge(setup, command, status, _read(stdout), _read(stderr), _read(output))
    retried = _would_retry(setup, command, status, found)
    if suggest_rule:
        print(_rule(command, status, found))
    elif form == "json":
        print(json.dumps(_document(found, retried=retried), indent=2))
    else:
        who = [("command", _named(command)), ("ended", f"exit {status}")] if last else []
        _show(who, found, retried=retried, verbose=verbose)


def _judge(  # noqa: PLR0913, PLR0917  the parts of a failure
    setup: compose.Setup, command: str, exit_code: int, stdout: bytes, stderr: bytes, both: bytes
) -> Classification:
    found = classify(
        command,
        exit_code,
        (both + stdout)[-KEPT:],
        stderr[-KEPT:],
        signal=exit_code - 128 if 128 < exit_code < 165 else None,
        merged=bool(both),
        rules=[user_rule(rule) for rule in setup.top("rules", ())],
        disabled=setup.top("disable_rules", ()),
        now=time.time(),
        clock=time.thread_time,
    )
    if found is None:
        raise UsageError(
            "exit status 0 is a success: no rule of yours says otherwise", "--exit-code 1"
        )
    return found


def _read(path: str | None) -> bytes:
    if path is None:
        return b""
    try:
        if path == "-":
            return sys.stdin.buffer.read(READ_LIMIT)
        with open(path, "rb") as file:
            return file.read(READ_LIMIT)
    except OSError as error:
        hint = "name a file with what the command wrote, or - for standard input"
        raise UsageError(f"{path}: {error.strerror}", hint) from None


def _remembered() -> tuple[str, int, Classification]:
    record = store.load(os.environ)
    if record is None:
        raise UsageError("no failed run is on record", EXAMPLE)
    found = Classification(
        record["category"],
        record["severity"],
        record["rule"],
        record["line"],
        record["stream"],
        record["retry_after_s"],
        candidates=tuple(map(tuple, record.get("candidates") or ())),
    )
    return " ".join(record["command"]), int(record["exit_code"]), found


def _would_retry(setup: compose.Setup, command: str, exit_code: int, found: Classification) -> bool:
    words = tuple(command.split()) or ("command",)
    plain = setup.replace(given={k: v for k, v in setup.given.items() if k != "shell"})
    policy = compose.command_job(plain, words).policy
    return refusal(policy, found, Outcome(exit_code)) is None and policy.limit(found) > 1


def _document(found: Classification, *, retried: bool) -> dict[str, Any]:
    mask = Redactor(os.environ).text
    return {
        "category": found.category,
        "severity": found.severity,
        "rule": found.rule,
        "line": quoted_line(mask, found.line),
        "stream": found.stream,
        "retry_after_s": found.retry_after,
        "would_retry": retried,
        "candidates": [
            {"rule": rule, "line": quoted_line(mask, line), "why_not": why}
            for rule, line, why in found.candidates
        ],
    }


def _named(command: str) -> str:
    """Return a command in one line, without its secrets."""
    return shorten(one_line(strip_controls(Redactor(os.environ).text(command))), NAMED)


def _show(
    who: list[tuple[str, str]], found: Classification, *, retried: bool, verbose: bool
) -> None:
    mask = Redactor(os.environ).text
    rows = [*who, ("category", found.category + ("" if found.rule else " (unmatched)"))]
    rows += [("severity", found.severity), ("rule", found.rule or "none")]
    says = meaning(found.rule)
    if verbose and says:
        rows.append(("it says", says))
    if found.line:
        rows.append(("line", f"{quoted_line(mask, found.line)}  ({found.stream or 'output'})"))
    if found.retry_after is not None:
        rows.append(("server", f"asks for a wait of {seconds(found.retry_after)}"))
    rows.append(("retried", "yes" if retried else "no"))
    if verbose:
        rows += [
            ("not taken", f"[{rule}] {seen(quoted_line(mask, line))}: {why}")
            for rule, line, why in found.candidates
        ]
    shared.columns(rows)
    if found.warning:
        print(f"warning: {visible(found.warning)}", file=sys.stderr)
    if found.rule is None:
        print("hint: --suggest-rule prints a rule for such failures", file=sys.stderr)


def _opened(number: re.Match[str]) -> str:
    """Return what stands for a number in a pattern; a status of HTTP says what it is about."""
    if number[0].startswith("0x"):
        return "0x[0-9a-f]+"
    return number[0] if len(number[0]) == 3 and number[0][0] in "45" else r"\d+"


def _rule(command: str, exit_code: int, found: Classification) -> str:
    """Write the rule that would catch this failure again: the line with its numbers opened up."""
    import yaml

    mask = Redactor(os.environ).text
    words = command.split()
    line = one_line(strip_controls(mask(found.line or ""))).strip()[:120]
    pattern = re.sub(r"([.^$*+?{}\[\]\\|()])", r"\\\1", line)
    pattern = re.sub(r"\b0x[0-9a-fA-F]+|(?<![\w.])[45]\d\d(?![\w.]\w)|\d+", _opened, pattern)
    pattern = pattern.replace(r"\*\*\*", ".*")  # a masked secret is not what the command writes
    name = os.path.basename(words[0]) if words else "command"
    rule: dict[str, object] = {
        "id": f"my-{re.sub('[^a-z0-9]+', '-', name.lower()).strip('-') or 'rule'}-failure",
        "category": found.category if found.rule else "transient",
    }
    if words:
        rule["command"] = f"{name} *"
    rule["exit_code"] = [exit_code]
    if pattern:
        rule["output"] = pattern
    text = yaml.safe_dump({"rules": [rule]}, sort_keys=False, allow_unicode=True, width=1000)
    return (
        "# network, rate_limit and transient are retried; resource and permanent are not\n" + text
    )
