"""How long the server asked to wait, read from what the command wrote.

Retry-After is RFC 9110, section 10.2.3 (seconds or an HTTP date); the reset headers of rate
limits hold seconds from now or seconds since the epoch, as each service likes.
"""

from __future__ import annotations

import re

from ..failure import RATE_LIMIT
from .patterns import compiled, pattern

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
_LENGTH = r"((?:\d{1,9}(?:\.\d{1,9})?\s?(?:more )?" + _UNIT + r"[\s,]*(?:and\s+)?){1,4})"
_PART = pattern(r"(\d{1,9}(?:\.\d{1,9})?)\s?(?:more )?(" + _UNIT + ")", re.IGNORECASE)
_ONE = r"\b(?:try|retry|again|wait|back)\b[\w ]{0,30}?\b(?:an?|one) (second|minute|hour)\b"
_CLOCK = r"\b(?:retry|again|wait|resets?)\b[\w ]{0,20}?\b(\d{1,2}):(\d\d):(\d\d)\b"
_HEADER = (
    r"retry[-_ ]?after(?:[-_](?:seconds|secs|sec"
    r"|s))?[\"'\]]*+\s*+[:=]?\s*+[\[\"']*+\s*+(\d{1,18}(?:\.\d{1,9})?)"
    r"(?!\d)(?!\s*" + _UNIT + ")"
)
_HEADER_MS = r"retry[-_ ]?after[-_](?:ms|millis)[\"']*+\s*+[:=]?\s*+[\"']*+(\d{1,12})"
_HEADER_LONG = r"retry[-_ ]?after[\"'\]]*+\s*+[:=]?\s*+[\[\"']*+\s*+" + _LENGTH
_DATE = (
    r"retry[-_ ]?after[\"'\]]*+\s*+[:=]?\s*+[\[\"']*+\s*+"
    r"([A-Z][a-z]{2,8}, ?\d{1,2}[ -][A-Z][a-z]{2}[ -]\d{2,4} \d\d:\d\d:\d\d(?: GMT| UTC)?)"
)
_RESET = (
    r"(?:x-)?rate-?limit-reset(?:-after|-requests"
    r"|-tokens)?[\"'\]]*+\s*+[:=]?\s*+[\[\"']*+\s*+(\d{1,12}(?:\.\d{1,9})?)"
    r"(?![\d:-])(" + _UNIT + ")?"
)
_SAID = (
    r"(?:(?:try|retry|retrying|again|wait|available|resets?|expires?|back|request"
    r"|requests|allowed"
    r"|sleep|cool(?:ing)?[- ]?down|attempt|retried|back[- ]?off|backing off)\b"
    r"[\w ,'\u2019\"]{0,40}?"
    r"\b(?:in|after|for|at least|within)?)\s{0,40}+[:=]?\s{0,40}+(?:about |approximately |another "
    r"|~)?[\"'(]?" + _LENGTH + r"(?!\s*ago)"
)
_WAITING = r"(?:retry_?delay|retryInfo|wait(?:ing)?(?: time)?)[\"']*+\s*+[:=]\s*+[\"']*+" + _LENGTH
_UNTIL = (
    r"(?:until|resets? (?:at|on)|again (?:at|after)"
    r"|after)\s+[\"']?(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d"
    r"| UTC)?)"
)
_FLOOD = r"\bflood_wait_(\d{1,6})\b"  # Telegram
_MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec"
_WORDS = (
    "retry", "until", "wait", "again", "reset", "ratelimit", "rate-limit", "available in",
    "attempt", "back off", "backoff", "backing off",
)  # fmt: skip


_RARE = {b"allowed": "allowed", b"sleep": "sleep", b"cool": "cool down", b"cooldown": "cooldown"}


def wish(text: Text, category: str, now: float | None) -> float | None:
    """Return the seconds that the server asked for in the last line that says so, or None."""
    words = [*_WORDS, *(_RARE[word] for word in text.words.intersection(_RARE))]
    numbers = {number for word in words for number in text.where(word)}
    for number in sorted(numbers, reverse=True):
        for found in _said(text.lines[number].text, category, now):
            if 0 < found <= ABSURD:
                return found
    return None


def _each(pattern: str, text: str) -> Iterator[re.Match[str]]:
    return compiled(pattern, re.IGNORECASE).finditer(text)


def _said(text: str, category: str, now: float | None) -> Iterator[float]:
    lower = text.lower()
    if "after" in lower:
        yield from _of_header(text, now)
    if category == RATE_LIMIT:
        yield from _said_of_a_limit(text, now)
    elif "please" in lower or "server" in lower or "asked" in lower:
        for match in _each(r"(?:please|server|asked)\b.{0,60}?" + _SAID, text):
            yield _length(match[1])
            break


def _of_header(text: str, now: float | None) -> Iterator[float]:
    for match in _each(_HEADER_MS, text):
        yield float(match[1]) / 1000
    for match in _each(_HEADER, text):
        yield _from_now(float(match[1]), now)
    for match in _each(_HEADER_LONG, text):
        yield _length(match[1])
    for match in _each(_DATE, text):
        yield _until(match[1], now)


def _said_of_a_limit(text: str, now: float | None) -> Iterator[float]:
    for match in (*_each(_SAID, text), *_each(_WAITING, text)):
        yield _length(match[1])
    for match in _each(_ONE, text):
        yield _UNITS[match[1].lower()]
    for match in _each(_CLOCK, text):
        yield int(match[1]) * 3600.0 + int(match[2]) * 60 + int(match[3])
    for match in _each(_RESET, text):
        value = float(match[1])
        yield _from_now(value, now) if not match[2] else value * _UNITS[match[2].lower()]
    for match in _each(_FLOOD, text):
        yield float(match[1])
    for match in _each(_UNTIL, text):
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
