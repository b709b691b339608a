"""The judgement on a failed run: what kind of failure it was, and what says so."""

from __future__ import annotations

from .value import Value

NETWORK, RATE_LIMIT, RESOURCE, TRANSIENT, PERMANENT = CATEGORIES = (
    "network",
    "rate_limit",
    "resource",
    "transient",
    "permanent",
)
LOW, MEDIUM, HIGH, CRITICAL = SEVERITIES = ("low", "medium", "high", "critical")


class Classification(Value):
    """What kind of failure it was.

    `category` and `severity` are words of CATEGORIES and SEVERITIES. `rule` is None when nothing
    matched (then the category is permanent and the failure "unmatched"). `line` is the line that
    decided (or, unmatched, the most telling one), as the command wrote it apart from control
    characters; `stream` is "stdout", "stderr" or None. `retry_after` is the wait in seconds that
    the server asked for. `warning` tells of a pattern that ran out of time. `candidates` are the
    other readings, best first, each (rule, line, why it was not taken).
    """

    category: str
    severity: str = MEDIUM
    rule: str | None = None
    line: str | None = None
    stream: str | None = None
    retry_after: float | None = None
    warning: str | None = None
    candidates: tuple[tuple[str, str, str], ...] = ()


UNMATCHED = Classification(PERMANENT)
