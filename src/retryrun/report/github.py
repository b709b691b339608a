"""What GitHub Actions is told of a run that retried: an annotation and a line of the summary."""

from __future__ import annotations

import os

from ..core.text import one_line, seconds, shorten, show_command, visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    Report = dict[str, Any]

LIMIT = 1024 * 1024  # bytes; GitHub refuses the whole summary of a step beyond it
WIDTH = 400
NAME_WIDTH, LINE_WIDTH = 80, 120
# Whatever Markdown or GitHub could read within a line as more than itself.
MARKUP = frozenset("\\`*_[]!|~$#@")
ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def annotation(report: Report) -> str:
    """Return the `::warning::` command for a report: one line, its newline included."""
    return f"::warning title={_property('retryrun')}::{_data(story(report))}\n"


def summary(report: Report) -> str:
    """Return the line of the job summary, as Markdown in which nothing of the text is markup."""
    return f"- **retryrun** {_markdown(story(report))}\n"


def story(report: Report) -> str:
    """Tell on one line how a run went that did not simply succeed."""
    return shorten(one_line(visible("; ".join(_stories(report)))), WIDTH)


def append_summary(env: Mapping[str, str], text: str) -> None:
    """Append to the job summary; one that is missing, full or not to be written is no matter."""
    path = env.get("GITHUB_STEP_SUMMARY")
    if not path:
        return
    data = text.encode("utf-8", "replace")
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY
    try:
        file = os.open(path, flags, 0o600)
        try:
            if os.fstat(file).st_size + len(data) <= LIMIT:
                os.write(file, data)  # in one piece: other steps' processes may append too
        finally:
            os.close(file)
    except (OSError, ValueError):  # ValueError: a NUL in the name
        return


def _stories(report: Report) -> list[str]:
    if "steps" in report:
        retried = [step for step in report["steps"] if len(step["attempts"]) != 1]
        return [text for step in retried for text in _stories(step)]
    tries = [each for each in report["attempts"] if each["role"] == "primary"]
    name = report["task"] or show_command(report["command"] or (), NAME_WIDTH)
    took = seconds(report["total_duration_s"])
    return [f"{name} {_ending(report['outcome'], len(tries))} after {took}{_why(tries)}"]


def _ending(outcome: str, tries: int) -> str:
    attempts = f"{tries} attempt" if tries == 1 else f"{tries} attempts"
    return {
        "succeeded": "succeeded",
        "recovered": f"succeeded on attempt {tries}",
        "fallback": f"succeeded by a fallback, having failed in {attempts},",
        "failed": f"failed in {attempts}",
        "timed_out": f"timed out in {attempts}",
        "interrupted": f"was interrupted in attempt {tries}",
        "not_runnable": "could not be run",
        "circuit_open": "met an open circuit",
    }.get(outcome, outcome)


def _why(tries: list[Report]) -> str:
    """Name what failed, each rule once, and quote the last line that said so."""
    failed = [each for each in tries if each["category"]]
    if not failed:
        return ""
    rules = dict.fromkeys(
        f"{each['category']} [{each['rule']}]" if each["rule"] else "unmatched" for each in failed
    )
    line = failed[-1]["line"]
    quoted = f' "{shorten(line, LINE_WIDTH)}"' if line else ""
    return f": {', '.join(rules)}{quoted}"


def _data(text: str) -> str:
    """Escape the data of a workflow command.

    The older form, `##[command]`, is honoured anywhere in a line and knows no escape: it is split.
    """
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace("##[", "# #[")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _markdown(text: str) -> str:
    return "".join(ENTITIES.get(c) or (f"\\{c}" if c in MARKUP else c) for c in text)
