"""What an exception carries with it: a text, an HTTP status, a server's wish, a database's code."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TypeGuard

LONGEST = 1 << 16  # characters of a message
MOST = 1e9  # seconds
# A mapping that is no client's own may tell upper and lower case apart.
HEADERS = (("retry-after-ms", 1e-3), ("retry-after", 1.0), ("Retry-After", 1.0))


def said(error: BaseException) -> str:
    """Return an error's message; "" where it cannot be had, and never more than can be judged."""
    try:
        return str(error)[:LONGEST]
    except Exception:  # noqa: BLE001  somebody else's __str__ may do anything
        return ""


def read(holder: object, name: str) -> object:
    """Return an attribute, None where there is none or where it cannot be had."""
    try:
        return getattr(holder, name, None)
    except Exception:  # noqa: BLE001  a property of somebody else's may do anything
        return None


def _holders(error: BaseException) -> Iterator[object]:
    """Yield what may carry a status and headers: the error, then its response."""
    yield error
    for name in ("response", "resp"):
        response = read(error, name)
        if response is not None:
            yield response


def http_status(error: BaseException) -> int | None:
    """Return the HTTP status that an error, or its response, carries: 400 to 599."""
    for holder in _holders(error):
        for name in ("status_code", "status", "code", "http_status"):
            value = read(holder, name)
            if _is_failure(value):
                return int(value)
        value = _aws(holder).get("HTTPStatusCode")
        if _is_failure(value):
            return int(value)
    return None


def _is_failure(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and 400 <= value <= 599


def _aws(holder: object) -> dict[str, object]:
    """Return what botocore says of a response: status and headers."""
    details = holder.get("ResponseMetadata") if isinstance(holder, dict) else None
    return details if isinstance(details, dict) else {}


def retry_after(error: BaseException, now: float | None = None) -> float | None:
    """Return the seconds that a server asked to wait: an attribute or a Retry-After header.

    `now` is wall time in seconds, for a header that names a date.
    """
    own = read(error, "retry_after")
    total = read(own, "total_seconds")
    if callable(total):  # a timedelta
        own = total()
    if isinstance(own, (int, float)) and not isinstance(own, bool) and 0 < own < MOST:
        return float(own)
    for holder in _holders(error):
        for headers in (
            read(holder, "headers"),
            read(holder, "hdrs"),
            _aws(holder).get("HTTPHeaders"),
        ):
            wish = _from_headers(headers, now)
            if wish is not None:
                return wish
    return None


def _from_headers(headers: object, now: float | None) -> float | None:
    get = read(headers, "get")
    if not callable(get):
        return None
    for name, unit in HEADERS:
        try:
            value = get(name)
        except Exception:  # noqa: BLE001  as above
            return None
        wish = _seconds(value, unit, now)
        if wish is not None:
            return wish
    return None


def _seconds(value: object, unit: float, now: float | None) -> float | None:
    if not isinstance(value, (str, int, float)):
        return None
    text = str(value).strip()
    try:
        wish = float(text) * unit
    except ValueError:
        if now is None:
            return None
        from email.utils import parsedate_to_datetime

        try:
            wish = parsedate_to_datetime(text).timestamp() - now
        except (TypeError, ValueError, OverflowError):
            return None
    return wish if 0 < wish < MOST else None


def sql_state(error: BaseException) -> str | None:
    """Return the five letters by which SQL databases name a failure, as their drivers carry it."""
    for name in ("sqlstate", "pgcode"):
        value = read(error, name)
        if isinstance(value, str) and len(value) == 5:
            return value
    return None
