"""Run commands and calls under a retry policy that understands why they failed."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from .core.failure import Classification

__version__ = "0.1.0"
__all__ = ["__version__", "classify_failure"]


def classify_failure(
    command: str | Sequence[str], exit_code: int, stdout: bytes = b"", stderr: bytes = b""
) -> Classification:
    """Judge a failed command as `retryrun` would, by the built-in rules.

    `command` is a string or a list of words, `exit_code` 128+N for death by signal N. Returns a
    Classification with `category`, `severity`, `rule`, `line` and `retry_after` (seconds or
    None). Raises ValueError for exit code 0, which is no failure.
    """
    import time

    from .core.classify import classify

    found = classify(
        command, exit_code, stdout, stderr, now=time.time(), clock=time.monotonic
    )
    if found is None:
        raise ValueError("exit code 0 is no failure")
    return found
