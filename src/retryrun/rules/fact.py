"""What one row of knowledge says: words that, seen in a failed command's output, are evidence."""

from __future__ import annotations

from ..core.failure import (
    HIGH,
    MEDIUM,
    NETWORK,
    PERMANENT,
    RATE_LIMIT,
    RESOURCE,
    TRANSIENT,
)
from ..core.value import Value

# How much a piece of evidence weighs against others of the same run.
DECISIVE = 80  # decides wherever it stands: a full disk, a certificate, a server's quota
STRUCTURE = 65  # a diagnostic of a test runner, compiler or argument parser
CAUSE = 50  # an ordinary cause; of several the last one decides
HINT = 40  # says what failed, not quite why
HEADLINE = 30  # a consequence ("no such package") that any cause in the same run outweighs
REMARK = 20  # too weak to decide alone; tells what a headline in the same line is about

SEVERITY = {
    NETWORK: MEDIUM,
    RATE_LIMIT: MEDIUM,
    TRANSIENT: MEDIUM,
    RESOURCE: HIGH,
    PERMANENT: MEDIUM,
}


class Fact(Value):
    """A built-in rule.

    `needles` are lower-case literals, one of which must stand in a line between word boundaries;
    `pattern` (Python `re`, case-insensitive, linear) must then fit that line too, else the needle
    alone is the evidence. URLs and paths in the line are masked before either is looked at.
    `tools` limits the row to these programs. `example` is output that the rule must catch (after
    `command` and `exit_code` where given), `look_alike` output that it must leave alone.
    """

    id: str
    category: str
    needles: tuple[str, ...]
    says: str
    example: str
    look_alike: str
    pattern: str | None = None
    weight: int = CAUSE
    severity: str = MEDIUM
    tools: tuple[str, ...] = ()
    command: str = ""
    exit_code: int = 1


def either(*patterns: str) -> str:
    """Return a pattern that fits where one of these does."""
    return "|".join(patterns)


def fact(  # noqa: PLR0913, PLR0917  one parameter for each column of the tables
    rule: str,
    category: str,
    needles: str,
    says: str,
    example: str,
    look_alike: str,
    *,
    pattern: str | None = None,
    weight: int = CAUSE,
    severity: str | None = None,
    tools: str = "",
    command: str = "",
    exit_code: int = 1,
) -> Fact:
    """Make a row; `needles` are separated by `|`, `tools` by blanks."""
    return Fact(
        rule,
        category,
        tuple(needle.strip() for needle in needles.split("|")),
        says,
        example,
        look_alike,
        pattern,
        weight,
        severity or SEVERITY[category],
        tuple(tools.split()),
        command or (tools.split() or [""])[0],
        exit_code,
    )
