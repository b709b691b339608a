"""Judging an exception: by its type, errno, HTTP status, cause, and only then by its message.

No client library is imported: their types are known by name, their status by attribute.
"""

from __future__ import annotations

import errno

from .failure import (
    CRITICAL,
    HIGH,
    LOW,
    MEDIUM,
    NETWORK,
    PERMANENT,
    RATE_LIMIT,
    RESOURCE,
    TRANSIENT,
    Classification,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

DEPTH = 20  # how far a chain of causes is followed

# By the name of a class or of one it is derived from; the most derived name that is known decides.
TYPES: dict[str, tuple[str, str]] = {
    "CircuitOpenError": (PERMANENT, MEDIUM),  # asking again at once is what it forbids
    # the network, as Python and the client libraries call it
    "ConnectionError": (NETWORK, MEDIUM),
    "TimeoutError": (NETWORK, MEDIUM),
    "gaierror": (NETWORK, MEDIUM),
    "herror": (NETWORK, MEDIUM),
    "SSLEOFError": (NETWORK, MEDIUM),
    "SSLZeroReturnError": (NETWORK, MEDIUM),
    "RemoteDisconnected": (NETWORK, MEDIUM),
    "IncompleteRead": (NETWORK, MEDIUM),
    "IncompleteReadError": (NETWORK, MEDIUM),
    "ContentTooShortError": (NETWORK, MEDIUM),
    "ConnectError": (NETWORK, MEDIUM),
    "NetworkError": (NETWORK, MEDIUM),
    "TimeoutException": (NETWORK, MEDIUM),
    "RemoteProtocolError": (NETWORK, MEDIUM),
    "Timeout": (NETWORK, MEDIUM),
    "ConnectTimeout": (NETWORK, MEDIUM),
    "ReadTimeout": (NETWORK, MEDIUM),
    "ReadTimeoutError": (NETWORK, MEDIUM),
    "ConnectTimeoutError": (NETWORK, MEDIUM),
    "NewConnectionError": (NETWORK, MEDIUM),
    "NameResolutionError": (NETWORK, MEDIUM),
    "ProtocolError": (NETWORK, MEDIUM),
    "ChunkedEncodingError": (NETWORK, MEDIUM),
    "ClientConnectionError": (NETWORK, MEDIUM),
    "ClientPayloadError": (NETWORK, MEDIUM),
    "ServerDisconnectedError": (NETWORK, MEDIUM),
    "APIConnectionError": (NETWORK, MEDIUM),
    "APITimeoutError": (NETWORK, MEDIUM),
    "EndpointConnectionError": (NETWORK, MEDIUM),
    "ConnectionClosedError": (NETWORK, MEDIUM),
    "RateLimitError": (RATE_LIMIT, MEDIUM),
    "TooManyRequests": (RATE_LIMIT, MEDIUM),
    "ResourceExhausted": (RATE_LIMIT, MEDIUM),
    "ServiceUnavailable": (TRANSIENT, MEDIUM),
    "InternalServerError": (TRANSIENT, MEDIUM),
    # certificates do not mend themselves, however they are wrapped
    "SSLCertVerificationError": (PERMANENT, HIGH),
    "CertificateError": (PERMANENT, HIGH),
    "ConnectorCertificateError": (PERMANENT, HIGH),
    "ClientConnectorCertificateError": (PERMANENT, HIGH),
    # resources
    "MemoryError": (RESOURCE, CRITICAL),
    # worth another try by their meaning
    "BlockingIOError": (TRANSIENT, LOW),
    "InterruptedError": (TRANSIENT, LOW),
    # what a program or its input has wrong
    "FileNotFoundError": (PERMANENT, MEDIUM),
    "FileExistsError": (PERMANENT, MEDIUM),
    "PermissionError": (PERMANENT, MEDIUM),
    "IsADirectoryError": (PERMANENT, MEDIUM),
    "NotADirectoryError": (PERMANENT, MEDIUM),
    "ProcessLookupError": (PERMANENT, MEDIUM),
    "ChildProcessError": (PERMANENT, MEDIUM),
    "ArithmeticError": (PERMANENT, MEDIUM),
    "AssertionError": (PERMANENT, MEDIUM),
    "AttributeError": (PERMANENT, MEDIUM),
    "EOFError": (PERMANENT, MEDIUM),
    "ImportError": (PERMANENT, MEDIUM),
    "LookupError": (PERMANENT, MEDIUM),
    "NameError": (PERMANENT, MEDIUM),
    "NotImplementedError": (PERMANENT, MEDIUM),
    "RecursionError": (PERMANENT, MEDIUM),
    "SyntaxError": (PERMANENT, MEDIUM),
    "TypeError": (PERMANENT, MEDIUM),
    "ValueError": (PERMANENT, MEDIUM),
    "StopIteration": (PERMANENT, MEDIUM),
    "StopAsyncIteration": (PERMANENT, MEDIUM),
    "ReferenceError": (PERMANENT, MEDIUM),
    "BufferError": (PERMANENT, MEDIUM),
    "KeyboardInterrupt": (PERMANENT, CRITICAL),
    "SystemExit": (PERMANENT, CRITICAL),
    "GeneratorExit": (PERMANENT, CRITICAL),
    "CancelledError": (PERMANENT, CRITICAL),
}

_NETWORK_ERRNOS = (
    "ECONNREFUSED", "ECONNRESET", "ECONNABORTED", "EPIPE", "ETIMEDOUT", "EHOSTUNREACH", "EHOSTDOWN",
    "ENETUNREACH", "ENETDOWN", "ENETRESET", "ESHUTDOWN", "ENOTCONN", "EADDRNOTAVAIL",
)  # fmt: skip
_RESOURCE_ERRNOS = ("ENOMEM", "EMFILE", "ENFILE", "ENOBUFS")
_FULL_ERRNOS = ("ENOSPC", "EDQUOT")
_TRANSIENT_ERRNOS = ("EAGAIN", "EINTR", "EBUSY", "ETXTBSY", "EDEADLK", "ENOLCK", "ESTALE")


def _numbers(names: tuple[str, ...], verdict: tuple[str, str]) -> dict[int, tuple[str, str]]:
    return {getattr(errno, name): verdict for name in names if hasattr(errno, name)}


ERRNOS: dict[int, tuple[str, str]] = {
    **_numbers(_NETWORK_ERRNOS, (NETWORK, MEDIUM)),
    **_numbers(_RESOURCE_ERRNOS, (RESOURCE, HIGH)),
    **_numbers(_FULL_ERRNOS, (RESOURCE, CRITICAL)),
    **_numbers(_TRANSIENT_ERRNOS, (TRANSIENT, LOW)),
}
STATUSES: dict[int, tuple[str, str]] = {
    408: (NETWORK, MEDIUM),
    425: (TRANSIENT, MEDIUM),
    429: (RATE_LIMIT, MEDIUM),
    500: (TRANSIENT, MEDIUM),
    502: (TRANSIENT, MEDIUM),
    503: (TRANSIENT, MEDIUM),
    504: (TRANSIENT, MEDIUM),
    529: (TRANSIENT, MEDIUM),
}


def judge(
    error: BaseException,
    by_message: Callable[[str], Classification | None],
    now: float | None = None,
) -> Classification:
    """Return what kind of failure an exception is; an unknown one is permanent.

    `by_message` judges a text as the command line judges output; `now` is wall time for a server
    that names a date. The wait that a server asked for is in `retry_after`.
    """
    found = _judge(error, by_message, set())
    wish = retry_after(error, now)
    return found if wish is None else found.replace(retry_after=wish)


def _judge(
    error: BaseException, by_message: Callable[[str], Classification | None], seen: set[int]
) -> Classification:
    seen.add(id(error))
    if isinstance(error, BaseExceptionGroup):
        return _group([_judge(each, by_message, seen) for each in error.exceptions])
    known = _by_certificate(error) or _by_status(error) or _by_type(error)
    if known is not None:
        return known
    inner = _inner(error)
    if inner is not None and id(inner) not in seen and len(seen) < DEPTH:
        found = _judge(inner, by_message, seen)
        if found.rule is not None:
            return found
    said = by_message(str(error)) if isinstance(error, Exception) else None
    return Classification(PERMANENT, MEDIUM) if said is None else said


def _inner(error: BaseException) -> BaseException | None:
    """Return what an error was made from: `raise … from`, its context, or a wrapped reason."""
    for found in (error.__cause__, _read(error, "reason"), _read(error, "os_error")):
        if isinstance(found, BaseException):
            return found
    return None if error.__suppress_context__ else error.__context__


def _by_certificate(error: BaseException) -> Classification | None:
    """Know a certificate that does not verify, also inside a client's ConnectionError."""
    if isinstance(error, Exception) and "CERTIFICATE_VERIFY_FAILED" in str(error):
        return _made((PERMANENT, HIGH), "tls.certificate")
    return None


def _group(found: list[Classification]) -> Classification:
    """One member that will fail again makes the group one that will."""
    order = (PERMANENT, RESOURCE, RATE_LIMIT, NETWORK, TRANSIENT)
    return min(found, key=lambda each: order.index(each.category))


def _by_type(error: BaseException) -> Classification | None:
    for kind in type(error).__mro__:
        name = kind.__name__
        if isinstance(error, OSError) and name == "OSError" and error.errno in ERRNOS:
            return _made(ERRNOS[error.errno], f"errno.{errno.errorcode[error.errno].lower()}")
        if name in TYPES:
            return _made(TYPES[name], f"type.{name}")
    return None


def _by_status(error: BaseException) -> Classification | None:
    status = http_status(error)
    if status is None:
        return None
    verdict = STATUSES.get(status) or ((TRANSIENT if status >= 500 else PERMANENT), MEDIUM)
    if status == 403 and _says_rate_limit(error):
        verdict = (RATE_LIMIT, MEDIUM)
    return _made(verdict, f"http.{status}")


def _says_rate_limit(error: BaseException) -> bool:
    text = str(error).lower()
    return "rate limit" in text or "too many requests" in text


def _made(verdict: tuple[str, str], rule: str) -> Classification:
    return Classification(verdict[0], verdict[1], rule)


def http_status(error: BaseException) -> int | None:
    """Return the HTTP status that an error, or its response, carries: 400 to 599."""
    for holder in _holders(error):
        for name in ("status_code", "status", "code", "http_status"):
            value = _read(holder, name)
            if isinstance(value, int) and not isinstance(value, bool) and 400 <= value <= 599:
                return int(value)
        details = _read(holder, "response_metadata") or holder
        if isinstance(details, dict):  # botocore: response["ResponseMetadata"]["HTTPStatusCode"]
            value = (details.get("ResponseMetadata") or {}).get("HTTPStatusCode")
            if isinstance(value, int) and 400 <= value <= 599:
                return value
    return None


def _holders(error: BaseException) -> Iterator[object]:
    yield error
    response = _read(error, "response")
    if response is not None:
        yield response


def _read(holder: object, name: str) -> object:
    try:
        return getattr(holder, name, None)
    except Exception:  # noqa: BLE001  a property of somebody else's may do anything
        return None


def retry_after(error: BaseException, now: float | None = None) -> float | None:
    """Return the seconds that a server asked to wait: an attribute or a Retry-After header."""
    own = _read(error, "retry_after")
    if isinstance(own, (int, float)) and not isinstance(own, bool) and 0 < own < 1e9:
        return float(own)
    for holder in _holders(error):
        headers = _read(holder, "headers") or _read(holder, "hdrs")
        get = _read(headers, "get")
        if callable(get):
            for name in ("retry-after", "Retry-After"):
                wish = _seconds(get(name), now)
                if wish is not None:
                    return wish
    return None


def _seconds(value: object, now: float | None) -> float | None:
    if not isinstance(value, (str, int, float)):
        return None
    text = str(value).strip()
    try:
        wish = float(text)
    except ValueError:
        if now is None:
            return None
        from email.utils import parsedate_to_datetime

        try:
            wish = parsedate_to_datetime(text).timestamp() - now
        except (TypeError, ValueError, OverflowError):
            return None
    return wish if 0 < wish < 1e9 else None
