"""What the types, numbers and codes of exceptions say, as data.

Types are known by the name of a class, so that no client library need be imported.
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
)

# By the name of a class or of one it is derived from; the most derived name that is known decides.
TYPES: dict[str, tuple[str, str]] = {
    # an open circuit, ours or a peer's: asking again at once is what it forbids
    "CircuitOpenError": (PERMANENT, MEDIUM),
    "CircuitBreakerError": (PERMANENT, MEDIUM),
    "OpenedState": (PERMANENT, MEDIUM),
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
    "SMTPServerDisconnected": (NETWORK, MEDIUM),
    "SMTPConnectError": (NETWORK, MEDIUM),
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
# As `rules.http` has them; what is not here is transient from 500 on, permanent below.
STATUSES: dict[int, tuple[str, str]] = {
    408: (NETWORK, MEDIUM),
    423: (TRANSIENT, MEDIUM),
    425: (TRANSIENT, MEDIUM),
    429: (RATE_LIMIT, MEDIUM),
    500: (TRANSIENT, MEDIUM),
    501: (PERMANENT, MEDIUM),
    502: (TRANSIENT, MEDIUM),
    503: (TRANSIENT, MEDIUM),
    504: (TRANSIENT, MEDIUM),
    505: (PERMANENT, MEDIUM),
    507: (RESOURCE, HIGH),
    509: (RATE_LIMIT, MEDIUM),
    529: (TRANSIENT, MEDIUM),
}

# AWS says with status 400 that it was asked too often.
THROTTLED = frozenset({
    "Throttling", "ThrottlingException", "ThrottledException", "RequestThrottled",
    "RequestThrottledException", "TooManyRequestsException", "RequestLimitExceeded", "SlowDown",
    "ProvisionedThroughputExceededException", "BandwidthLimitExceeded", "LimitExceededException",
    "PriorRequestNotComplete", "TransactionInProgressException", "EC2ThrottledException",
})  # fmt: skip

# SQLSTATE, ISO/IEC 9075; the codes of class 55 and 57 are those of PostgreSQL.
SQL_STATES: dict[str, tuple[str, str]] = {
    "40001": (TRANSIENT, LOW),  # serialization failure
    "40P01": (TRANSIENT, LOW),  # deadlock
    "55P03": (TRANSIENT, LOW),  # lock not available
    "57P01": (TRANSIENT, MEDIUM),  # the server is being shut down
    "57P02": (TRANSIENT, MEDIUM),  # after a crash
    "57P03": (TRANSIENT, MEDIUM),  # it does not take connections yet
    "53300": (TRANSIENT, MEDIUM),  # too many connections
}
SQL_CLASSES: dict[str, tuple[str, str]] = {
    "08": (NETWORK, MEDIUM),  # connection
    "53": (RESOURCE, HIGH),  # memory, disk
    "22": (PERMANENT, MEDIUM),  # data
    "23": (PERMANENT, MEDIUM),  # constraints
    "28": (PERMANENT, MEDIUM),  # who may
    "42": (PERMANENT, MEDIUM),  # syntax, names
}

# Messages that are nothing but one of these; in a longer text they would prove nothing.
PHRASES: dict[str, tuple[str, str]] = {
    **dict.fromkeys(("timeout", "time out", "unreachable", "network"), (NETWORK, MEDIUM)),
    **dict.fromkeys(
        ("rate limit", "rate limited", "rate-limited", "rate_limit", "ratelimited", "throttled",
         "throttling", "quota", "resource exhausted"),
        (RATE_LIMIT, MEDIUM),
    ),
    **dict.fromkeys(
        ("temporary", "temporary failure", "temporary error", "temporary issue", "transient",
         "transient failure", "unavailable", "try again", "try again later",
         "please try again later", "please retry", "locked"),
        (TRANSIENT, MEDIUM),
    ),
}  # fmt: skip
