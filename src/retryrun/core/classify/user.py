"""The user's own rules: tried first, in order, their patterns bounded in time."""

from __future__ import annotations

from ..failure import MEDIUM, SEVERITIES, Classification
from ..glob import fits
from ..value import Value
from .lines import plain
from .literal import required
from .wish import asked

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

CHUNK = 64  # lines between two looks at the clock


class Rule(Value):
    """A rule of recovery.yaml; a condition that is None always holds. Patterns are per line."""

    id: str
    category: str
    severity: str = MEDIUM
    command: str | None = None
    exit_code: tuple[tuple[int, int], ...] | None = None
    stderr: str | None = None
    stdout: str | None = None
    output: str | None = None
    retry_after: str | None = None

    def fits_exit(self, code: int) -> bool:
        """Tell whether the rule names this exit status (without a list: any but success)."""
        if self.exit_code is None:
            return code != 0
        return any(first <= code <= last for first, last in self.exit_code)


def user_rule(plain: Mapping[str, Any]) -> Rule:
    """Make a rule from its part of a checked configuration document."""
    ranges = plain.get("exit_code")
    severity = plain.get("severity") or MEDIUM
    return Rule(
        str(plain["id"]),
        str(plain["category"]),
        severity if severity in SEVERITIES else MEDIUM,
        plain.get("command"),
        None if ranges is None else tuple((int(pair[0]), int(pair[1])) for pair in ranges),
        plain.get("stderr"),
        plain.get("stdout"),
        plain.get("output"),
        plain.get("retry_after"),
    )


class _SpentError(Exception):
    """The time for patterns is used up, or a pattern cannot be used."""


class _Matcher:
    """Finds patterns in lines until the budget is spent."""

    def __init__(self, clock: Callable[[], float] | None, budget: float) -> None:
        self._clock, self._budget = clock, budget
        self._end = None if clock is None else clock() + budget

    def left(self) -> float:
        if self._clock is None or self._end is None:
            return self._budget
        return self._end - self._clock()

    def search(self, pattern: str, lines: _Lines) -> tuple[str, Any] | None:
        """Return the last line that fits and its match."""
        if self.left() <= 0:
            raise _SpentError("the time for matching was used up")
        likely = lines.holding(required(pattern))
        if not likely:
            return None
        import regex

        try:
            compiled = regex.compile(pattern, regex.V0)
        except (regex.error, RecursionError, OverflowError, MemoryError, ValueError):
            raise _SpentError("the pattern cannot be compiled") from None
        try:
            return self._last(compiled, likely)
        except TimeoutError:
            raise _SpentError("the time for matching was used up") from None

    def _last(self, compiled: Any, lines: Sequence[str]) -> tuple[str, Any] | None:
        left = 0.0
        for place, line in enumerate(reversed(lines)):
            if place % CHUNK == 0:
                left = self.left()
            if left <= 0:
                raise TimeoutError
            match = compiled.search(line, timeout=left)
            if match is not None:
                return line, match
        return None


class _Lines:
    """The plain lines of a stream."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines, self._text = lines, "\n".join(lines)

    def holding(self, literal: str) -> Sequence[str]:
        """Return the lines with this text in them; most patterns are done with a single look."""
        if literal not in self._text:
            return ()
        return [line for line in self._lines if literal in line]


class _Output:
    """Both streams as plain lines, made when first asked for."""

    def __init__(self, stdout: bytes, stderr: bytes, *, merged: bool) -> None:
        self._data, self._merged = {"stdout": stdout, "stderr": stderr}, merged
        self._lines: dict[str, _Lines] = {}

    def lines(self, stream: str) -> _Lines:
        name = "stdout" if self._merged else stream
        if name not in self._lines:
            self._lines[name] = _Lines(plain(self._data[name]) if self._data[name] else [])
        return self._lines[name]


def first(  # noqa: PLR0913  the parts of a failure, by name
    rules: Sequence[Rule],
    command: str | Sequence[str],
    exit_code: int,
    stdout: bytes,
    stderr: bytes,
    *,
    merged: bool,
    now: float | None,
    clock: Callable[[], float] | None,
    budget: float,
) -> tuple[Classification | None, str | None]:
    """Return the judgement of the first rule that fits, and a warning if time ran out."""
    from ..failure import UNMATCHED

    words = command.split() if isinstance(command, str) else command
    matcher = _Matcher(clock, budget)
    output = _Output(stdout, stderr, merged=merged)
    for rule in rules:
        if not rule.fits_exit(exit_code):
            continue
        if rule.command is not None and not fits(rule.command, words):
            continue
        try:
            found = _judged(rule, output, matcher, now)
        except _SpentError as spent:
            return UNMATCHED, f"rule {rule.id!r}: {spent}; the failure counts as unmatched"
        if found is not None:
            return found, None
    return None, None


def _judged(
    rule: Rule, output: _Output, matcher: _Matcher, now: float | None
) -> Classification | None:
    line, stream = None, None
    for pattern, streams in (
        (rule.stderr, ("stderr",)),
        (rule.stdout, ("stdout",)),
        (rule.output, ("stderr", "stdout")),
    ):
        if pattern is None:
            continue
        for name in streams:
            found = matcher.search(pattern, output.lines(name))
            if found is not None:
                line, stream = found[0].strip(), name
                break
        else:
            return None
    return Classification(
        rule.category, rule.severity, rule.id, line, stream, _wait(rule, output, matcher, now)
    )


def _wait(rule: Rule, output: _Output, matcher: _Matcher, now: float | None) -> float | None:
    """Read the server's wish by the rule's own pattern: seconds, minutes and a date."""
    if rule.retry_after is None:
        return None
    for stream in ("stderr", "stdout"):
        found = matcher.search(rule.retry_after, output.lines(stream))
        if found is not None:
            return asked(found[1].groupdict(), now)
    return None
