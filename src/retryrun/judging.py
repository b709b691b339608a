"""Judging the errors of calls: the pure judgement joined to the rules, the clocks and the masks."""

from __future__ import annotations

import os
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from .core.failure import Classification
    from .core.kinds import ErrorCategory, ErrorSeverity
    from .core.redact import Redactor
    from .settings import RetryConfig, Terms

QUOTED = 300  # columns of a message in a log line
_masks: list[Redactor] = []


def judged(error: BaseException, terms: Terms | None = None) -> Classification:
    """Judge an exception, with the user's rules of `terms`; see `classify_error`."""
    from .core.exceptions import judge

    def by_output(
        command: str | Sequence[str], exit_code: int, stdout: bytes, stderr: bytes
    ) -> Classification | None:
        from .core.classify import classify, user_rule

        return classify(
            command,
            exit_code,
            stdout,
            stderr,
            rules=[user_rule(rule) for rule in terms.rules] if terms else (),
            disabled=terms.disabled if terms else (),
            now=time.time(),
            clock=time.thread_time,
        )

    return judge(error, by_output, time.time())


def quoted(error: BaseException | None, failure: Classification | None = None) -> str:
    """Return an error's message for a log: one line, without secrets, short.

    Of a command that failed it is the line that decided, where there is one.
    """
    from .core.carried import said
    from .core.exceptions import exit_status
    from .core.text import one_line, shorten, visible

    if error is None:
        return ""
    text = said(error).rstrip(" .")
    status = exit_status(error)
    if status is not None and failure is not None and failure.line:
        text = f'exit {status}, "{failure.line.strip()}"'
    if not text:
        return type(error).__name__
    if not _masks:
        from .core.redact import Redactor

        _masks.append(Redactor(os.environ))
    return shorten(one_line(visible(_masks[0].text(text))), QUOTED)


def classify_error(error: BaseException) -> tuple[ErrorCategory, ErrorSeverity]:
    """Return what kind of failure an exception is, and how bad.

    By type, errno, HTTP status of the error or its response, then the cause chain and exception
    groups, then the message by the rules of the command line. A CalledProcessError is judged by
    what the command wrote. What nothing is known of is PERMANENT, MEDIUM.
    """
    from .core.kinds import ErrorCategory, ErrorSeverity

    found = judged(error)
    return ErrorCategory(found.category), ErrorSeverity(found.severity)


def should_retry(error: BaseException, attempt: int, max_retries: int) -> bool:
    """Tell whether a call that failed so at `attempt` (from 0) is worth another attempt."""
    from .core.outcome import Outcome
    from .core.policy import refusal
    from .settings import terms_of

    if not isinstance(error, Exception) or attempt >= max_retries:
        return False
    return refusal(terms_of(None).policy, judged(error), Outcome(1)) is None


def calculate_delay(attempt: int, config: RetryConfig) -> float:
    """Return the wait in seconds after `attempt` (from 0). Raises ValueError for a negative one."""
    import random

    from .core import backoff
    from .core.parse import jitter

    return backoff.delay(
        attempt,
        base=config.base_delay,
        cap=config.max_delay,
        factor=config.exponential_base,
        mode=jitter(config.jitter),
        draw=random.random,
        previous=config.base_delay,
    )


def classify_failure(
    command: str | Sequence[str],
    exit_code: int,
    stdout: bytes | str = b"",
    stderr: bytes | str = b"",
) -> Classification:
    """Judge a failed command as `retryrun` would, by the built-in rules.

    `command` is a string or a list of words, `exit_code` 128+N for death by signal N. What it wrote
    is best given as bytes; text will do. Returns a Classification with `category`, `severity`,
    `rule`, `line` and `retry_after` (seconds or None). Raises ValueError for exit code 0, which is
    no failure.
    """
    from .core.classify import classify
    from .core.kinds import ErrorCategory, ErrorSeverity

    out, err = (
        text.encode("utf-8", "surrogateescape") if isinstance(text, str) else text
        for text in (stdout, stderr)
    )
    found = classify(command, exit_code, out, err, now=time.time(), clock=time.thread_time)
    if found is None:
        raise ValueError("exit code 0 is no failure")
    return found.replace(
        category=ErrorCategory(found.category), severity=ErrorSeverity(found.severity)
    )
