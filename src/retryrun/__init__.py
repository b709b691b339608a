"""Run commands and calls under a retry policy that understands why they failed."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .acalls import with_retry_async
    from .breaker import CircuitBreaker
    from .budget import RetryBudget
    from .call import RetryEvent
    from .calls import with_retry
    from .circuit_open import CircuitOpenError
    from .core.failure import Classification
    from .core.kinds import CircuitState, ErrorCategory, ErrorSeverity
    from .judging import calculate_delay, classify_error, classify_failure, should_retry
    from .settings import RetryConfig, is_active, set_active, testing

__version__ = "1.0.0"

# Each name and where it lives: nothing is imported before it is asked for.
_HOMES = {
    "with_retry_async": "acalls",
    "CircuitBreaker": "breaker",
    "CircuitOpenError": "circuit_open",
    "RetryBudget": "budget",
    "RetryConfig": "settings",
    "RetryEvent": "call",
    "calculate_delay": "judging",
    "classify_error": "judging",
    "classify_failure": "judging",
    "is_active": "settings",
    "set_active": "settings",
    "should_retry": "judging",
    "testing": "settings",
    "with_retry": "calls",
    "Classification": "core.failure",
    "CircuitState": "core.kinds",
    "ErrorCategory": "core.kinds",
    "ErrorSeverity": "core.kinds",
}
__all__ = [
    "CircuitBreaker",
    "CircuitOpenError",
    "CircuitState",
    "Classification",
    "ErrorCategory",
    "ErrorSeverity",
    "RetryBudget",
    "RetryConfig",
    "RetryEvent",
    "__version__",
    "calculate_delay",
    "classify_error",
    "classify_failure",
    "is_active",
    "set_active",
    "should_retry",
    "testing",
    "with_retry",
    "with_retry_async",
]


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'retryrun' has no attribute {name!r}")
    module = __import__(f"{__name__}.{home}", fromlist=[name])
    value = globals()[name] = getattr(module, name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
