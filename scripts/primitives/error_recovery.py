"""Retry, fall back, break the circuit: the library's names in one module of their own.

A facade for scripts that stand beside it; the work is done in `retryrun`, which is used as
installed or, in a clone, from src.
"""

from __future__ import annotations

import importlib.util
import pathlib
import sys

if importlib.util.find_spec("retryrun") is None:
    sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "src"))

from retryrun import (
    CircuitBreaker,
    CircuitOpenError,
    CircuitState,
    ErrorCategory,
    ErrorSeverity,
    RetryBudget,
    RetryConfig,
    RetryEvent,
    calculate_delay,
    classify_error,
    should_retry,
    with_retry,
    with_retry_async,
)

__all__ = [
    "CircuitBreaker",
    "CircuitOpenError",
    "CircuitState",
    "ErrorCategory",
    "ErrorSeverity",
    "RetryBudget",
    "RetryConfig",
    "RetryEvent",
    "calculate_delay",
    "classify_error",
    "should_retry",
    "with_retry",
    "with_retry_async",
]
