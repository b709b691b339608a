"""What GitHub Actions is told of a run that retried: an annotation and a line of the summary."""

from __future__ import annotations

import os

from ..core.text import one_line, seconds, shorten, visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

LIMIT = 1024 * 1024  # GitHub refuses a larger summary


def annotation(report: dict[str, Any]) -> str:
    """Return the `::warning::` line for a report."""
    return f"::warning title={_property('retryrun')}::{_data(story(report))}\n"


def story(report: dict[str, Any]) -> str:
    """Tell in one sentence how a run went that did not simply succeed."""
    if report.get("steps"):
        return "; ".join(story(step) for step in report["steps"] if len(step["attempts"]) != 1)
    attempts = report["attempts"]
    tries = [each for each in attempts if each["role"] == "primary"]
    name = report["task"] or " ".join(report["command"])
    ended = {
        "recovered": f"succeeded on attempt {len(tries)}",
        "fallback": f"succeeded by a fallback after {len(tries)} attempts",
    }.get(report["outcome"], f"{report['outcome']} after {len(tries)} attempts")
    why = sorted({each["rule"] or "unmatched" for each in tries if each["category"]})
    took = seconds(report["total_duration_s"])
    text = f"{name}: {ended} in {took}" + (f" ({', '.join(why)})" if why else "")
    return shorten(one_line(visible(text)), 400)


def _data(text: str) -> str:
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace("##[", "# #[")  # the older command form is honoured anywhere in a line


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def summary(report: dict[str, Any]) -> str:
    """Return the line of the job summary, as Markdown in which nothing of the text is markup."""
    text = story(report)
    for character in "\\`*_{}[]()#+-.!|~>":
        text = text.replace(character, "\\" + character)
    text = text.replace("&", "&amp;").replace("<", "&lt;")
    return f"- **retryrun** {text}\n"


def append_summary(env: Mapping[str, str], text: str) -> None:
    """Append to the job summary; a summary that cannot be written is no matter."""
    path = env.get("GITHUB_STEP_SUMMARY")
    if not path:
        return
    try:
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NONBLOCK | os.O_CLOEXEC
        with open(os.open(path, flags, 0o600), "ab") as file:
            if os.fstat(file.fileno()).st_size + len(text.encode()) <= LIMIT:
                file.write(text.encode("utf-8", "replace"))
    except OSError:
        return
