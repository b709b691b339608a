"""Why a command failed, judged from how it ended and what it wrote.

A judgement is made in this order: another retryrun that has given up, a time limit, the user's
rules, and the built-in knowledge (`judge`). Nothing here reads a clock by itself or raises on any
input; the text is looked at from its end, the last 256 KiB of each stream.
"""

from __future__ import annotations

from ..failure import CRITICAL, MEDIUM, PERMANENT, TRANSIENT, Classification
from .command import tools
from .evidence import Text
from .judge import judge
from .lines import read
from .patterns import pattern
from .user import Rule, user_rule
from .user import first as first_user_rule
from .wish import wish

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from .lines import Line

__all__ = ["Rule", "classify", "user_rule"]

BUDGET = 0.25  # seconds for all of a user's patterns
NEAR_END = 40  # lines in which a nested retryrun's last word is looked for
_GAVE_UP = pattern(
    r"^\s*retryrun: .{1,2000}?(?: gave up after attempt \d+/\d+| was not run: circuit\b)"
)


def classify(  # noqa: PLR0913  the parts of a failure, by name
    command: str | Sequence[str],
    exit_code: int,
    stdout: bytes = b"",
    stderr: bytes = b"",
    *,
    signal: int | None = None,
    timed_out: bool = False,
    merged: bool = False,
    rules: Sequence[Rule] = (),
    disabled: Collection[str] = (),
    now: float | None = None,
    clock: Callable[[], float] | None = None,
    budget: float = BUDGET,
) -> Classification | None:
    """Judge how a command ended; None for a success that no rule of the user declares a failure.

    `exit_code` is 128+N for death by signal N, `signal` N where that is known. `merged` says that
    `stdout` holds both streams. `now` is wall time in seconds, for servers that name a date;
    `clock` counts the seconds in which we run, not those in which the machine does something else
    (`time.thread_time`); it bounds the user's patterns to `budget`.
    """
    if exit_code == 0 and not any(rule.fits_exit(0) for rule in rules):
        return None
    lines = read(stdout, stderr)
    if exit_code != 0:
        nested = _gave_up(lines)
        if nested is not None and "retryrun.gave-up" not in disabled:
            return _nested(nested, merged=merged)
        if timed_out and "timeout" not in disabled:
            return Classification(TRANSIENT, MEDIUM, "timeout")
    text = Text(lines)
    found, warning = first_user_rule(
        rules,
        command,
        exit_code,
        stdout,
        stderr,
        merged=merged,
        now=now,
        clock=clock,
        budget=budget,
    )
    if found is None:
        if exit_code == 0:
            return None
        found = judge(text, tools(command), exit_code, signal, disabled)
    if found.retry_after is None and found.category != PERMANENT:
        found = found.replace(retry_after=wish(text, found.category, now))
    if merged and found.stream:
        found = found.replace(stream=None)
    return found.replace(warning=warning) if warning else found


def _nested(line: Line, *, merged: bool) -> Classification:
    stream = None if merged else line.stream
    return Classification(PERMANENT, CRITICAL, "retryrun.gave-up", line.text.strip(), stream)


def _gave_up(lines: Sequence[Line]) -> Line | None:
    """Return the last line of a nested retryrun, if one stands near the end of a stream."""
    seen = {"stderr": 0, "stdout": 0}
    for line in reversed(lines):  # stderr stands last
        if not line.text or line.text.isspace():
            continue
        seen[line.stream] += 1
        if seen[line.stream] > NEAR_END:
            if line.stream == "stdout":
                break
            continue
        if "retryrun: " in line.text and _GAVE_UP.match(line.text):
            return line
    return None
