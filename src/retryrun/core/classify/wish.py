"""How long the server asked to wait, read from what the command wrote.

Retry-After is RFC 9110, section 10.2.3 (seconds or an HTTP date); the reset headers of rate
limits hold seconds from now or seconds since the epoch, as each service likes.
"""

from __future__ import annotations

import re

from ..failure import RATE_LIMIT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .evidence import Text

ABSURD = 7 * 86400.0  # seconds: who says more does not mean it
EPOCH = 1e9  # numbers above are seconds since the epoch
_UNITS = {
    "ms": 0.001, "millisecond": 0.001, "milliseconds": 0.001, "msec": 0.001,
    "": 1.0, "s": 1.0, "sec": 1.0, "secs": 1.0, "second": 1.0, "seconds": 1.0,
    "m": 60.0, "min": 60.0, "mins": 60.0, "minute": 60.0, "minutes": 60.0,
    "h": 3600.0, "hr": 3600.0, "hrs": 3600.0, "hour": 3600.0, "hours": 3600.0, "d": 86400.0,
    "day": 86400.0, "days": 86400.0,
}  # fmt: skip
_UNIT = r"(?:milliseconds?|msec|ms|seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|[smhd])(?![a-z])"
_LENGTH = r"((?:\d{1,9}(?:\.\d{1,9})?\s?" + _UNIT + r"[\s,]*(?:and\s+)?){1,4})"
_PART = re.compile(r"(\d{1,9}(?:\.\d{1,9})?)\s?(" + _UNIT + ")", re.IGNORECASE)
_HEADER = re.compile(
    r"retry[-_ ]?after(?:[-_](?:seconds|secs|sec"
    r"|s))?[\"'\]]*\s*[:=]?\s*[\[\"']*\s*(\d{1,18}(?:\.\d{1,9})?)"
    r"(?!\d)(?!\s*" + _UNIT + ")",
    re.IGNORECASE,
)
_HEADER_MS = re.compile(
    r"retry[-_ ]?after[-_](?:ms|millis)[\"']*\s*[:=]?\s*[\"']*(\d{1,12})", re.IGNORECASE
)
_HEADER_LONG = re.compile(
    r"retry[-_ ]?after[\"'\]]*\s*[:=]?\s*[\[\"']*\s*" + _LENGTH, re.IGNORECASE
)
_DATE = re.compile(
    r"retry[-_ ]?after[\"'\]]*\s*[:=]?\s*[\[\"']*\s*"
    r"([A-Z][a-z]{2,8}, ?\d{1,2}[ -][A-Z][a-z]{2}[ -]\d{2,4} \d\d:\d\d:\d\d(?: GMT| UTC)?)",
    re.IGNORECASE,
)
_RESET = re.compile(
    r"(?:x-)?rate-?limit-reset(?:-after|-requests"
    r"|-tokens)?[\"'\]]*\s*[:=]?\s*[\[\"']*\s*(\d{1,12}(?:\.\d{1,9})?)"
    r"(?![\d:-])(" + _UNIT + ")?",
    re.IGNORECASE,
)
_SAID = re.compile(
    r"(?:(?:try|retry|retrying|again|wait|available|resets?|expires?|back|request"
    r"|requests|attempt|retried)\b[\w ,'\u2019\"]{0,40}?"
    r"\b(?:in|after|for|at least|within)?)\s*[:=]?\s*(?:about |approximately |another "
    r"|~)?[\"'(]?" + _LENGTH + r"(?!\s*ago)",
    re.IGNORECASE,
)
_WAITING = re.compile(
    r"(?:retry_?delay|retryInfo|wait(?:ing)?(?: time)?)[\"']*\s*[:=]\s*[\"']*" + _LENGTH,
    re.IGNORECASE,
)
_UNTIL = re.compile(
    r"(?:until|resets? (?:at|on)|again (?:at|after)"
    r"|after)\s+[\"']?(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d"
    r"| UTC)?)",
    re.IGNORECASE,
)
_MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec"
_WORDS = ("retry", "until", "wait", "again", "reset", "ratelimit", "rate-limit", "available in")


def wish(text: Text, category: str, now: float | None) -> float | None:
    """Return the seconds that the server asked for in the last line that says so, or None."""
    numbers = {number for word in _WORDS for number in text.where(word)}
    for number in sorted(numbers, reverse=True):
        for found in _said(text.lines[number].text, category, now):
            if 0 < found <= ABSURD:
                return found
    return None


def _said(text: str, category: str, now: float | None) -> Iterator[float]:
    for match in _HEADER_MS.finditer(text):
        yield float(match[1]) / 1000
    for match in _HEADER.finditer(text):
        yield _from_now(float(match[1]), now)
    for match in _HEADER_LONG.finditer(text):
        yield _length(match[1])
    for match in _DATE.finditer(text):
        yield _until(match[1], now)
    if category != RATE_LIMIT:
        found = re.search(r"(?:please|server|asked)\b.{0,60}?" + _SAID.pattern, text, re.IGNORECASE)
        if found:
            yield _length(found[1])
        return
    for match in (*_SAID.finditer(text), *_WAITING.finditer(text)):
        yield _length(match[1])
    for match in _RESET.finditer(text):
        value = float(match[1])
        yield _from_now(value, now) if not match[2] else value * _UNITS[match[2].lower()]
    for match in _UNTIL.finditer(text):
        yield _until(match[1], now)


def _from_now(value: float, now: float | None) -> float:
    """Take a large number for a moment, a small one for a length of time."""
    if value < EPOCH:
        return value
    return value - now if now is not None else -1.0


def _length(text: str) -> float:
    return sum(float(part[1]) * _UNITS[part[2].lower()] for part in _PART.finditer(text))


def _until(text: str, now: float | None) -> float:
    """Return the seconds from now to a date as HTTP or ISO 8601 write it; below 0 if unknown."""
    from datetime import UTC, datetime

    if now is None:
        return -1.0
    try:
        if text[:1].isdigit():
            moment = datetime.fromisoformat(text.replace(" UTC", "+00:00"))
            moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        else:
            day, month, year, hour, minute, second, *_ = re.split(
                r"[ ,:-]+", text.partition(",")[2].strip()
            )
            century = 2000 if len(year) == 2 else 0
            number = _MONTHS.index(month.lower()) // 3 + 1
            moment = datetime(
                int(year) + century, number, int(day), int(hour), int(minute), int(second), 0, UTC
            )
        return moment.timestamp() - now
    except (ValueError, OverflowError):
        return -1.0


def asked(groups: Mapping[str, str | None], now: float | None) -> float | None:
    """Return the wait named by the groups `seconds`, `minutes` and `date` of a user's pattern."""
    total = 0.0
    for name, unit in (("seconds", 1.0), ("minutes", 60.0)):
        try:
            total += float(groups.get(name) or 0) * unit
        except ValueError:
            return None
    date = groups.get("date")
    if date:
        total = _until(date.strip(), now)
    return total if 0 < total <= ABSURD else None
