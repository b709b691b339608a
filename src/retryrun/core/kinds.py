"""The categories, severities and states as enumerations, for programs that use the library.

Inside, they are plain words: importing `enum` costs every start of the command line 4 ms.
"""

from __future__ import annotations

from enum import StrEnum


class ErrorCategory(StrEnum):
    """What kind of failure it was."""

    NETWORK = "network"
    RATE_LIMIT = "rate_limit"
    RESOURCE = "resource"
    TRANSIENT = "transient"
    PERMANENT = "permanent"


class ErrorSeverity(StrEnum):
    """How bad it is; a critical failure is never retried."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


class CircuitState(StrEnum):
    """What a circuit breaker lets through."""

    CLOSED = "CLOSED"
    OPEN = "OPEN"
    HALF_OPEN = "HALF_OPEN"
