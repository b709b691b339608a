"""Judging an exception: by its type, errno, HTTP status, cause, and only then by its message.

No client library is imported: their types are known by name, their status by attribute.
"""

from __future__ import annotations

import errno

from .carried import http_status, read, retry_after, said, sql_state
from .exception_types import ERRNOS, PHRASES, SQL_CLASSES, SQL_STATES, STATUSES, THROTTLED, TYPES
from .failure import HIGH, MEDIUM, PERMANENT, RATE_LIMIT, TRANSIENT, Classification
from .policy import TIMEOUT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    # What a command, its exit status, standard output and standard error say.
    ByOutput = Callable[[str | Sequence[str], int, bytes, bytes], Classification | None]

DEPTH = 20  # how far a chain of causes, or groups within groups, are followed
NUMBERS = frozenset(str(status) for status in STATUSES)
CATEGORY_ORDER = ("permanent", "resource", "rate_limit", "network", "transient")


def judge(
    error: BaseException, by_output: ByOutput, now: float | None = None, depth: int = 0
) -> Classification:
    """Return what kind of failure an exception is; an unknown one is permanent.

    `by_output` judges output as the command line does (a message is the standard error of a
    command without a name); `now` is wall time for a server that names a date. The wait that a
    server asked for, here or in the chain of causes, is in `retry_after`.
    """
    if isinstance(error, BaseExceptionGroup):
        return _group(error, by_output, now, depth)
    found = _judge(error, by_output, now, depth)
    wish = _wish(error, now)
    return found if wish is None else found.replace(retry_after=wish)


def _wish(error: BaseException | None, now: float | None) -> float | None:
    """Return what a server asked for, also where a client's error was made from the response."""
    for _ in range(DEPTH):
        if error is None:
            return None
        wish = retry_after(error, now)
        if wish is not None:
            return wish
        error = error.__cause__
    return None


def _judge(
    error: BaseException, by_output: ByOutput, now: float | None, depth: int
) -> Classification:
    known = (
        _by_certificate(error)
        or _by_process(error, by_output)
        or _by_status(error)
        or _by_type(error)
        or _by_sql_state(error)
    )
    if known is not None:
        return known
    inner = _inner(error) if depth < DEPTH else None
    if inner is not None:
        found = judge(inner, by_output, now, depth + 1)
        if found.rule is not None:
            return found
    return _by_message(error, by_output) or Classification(PERMANENT, MEDIUM)


def _by_message(error: BaseException, by_output: ByOutput) -> Classification | None:
    if not isinstance(error, Exception):
        return None
    text = said(error)
    found = by_output("", 1, b"", text.encode("utf-8", "replace"))
    if found is not None and found.rule is not None:
        return found
    words = text.strip(" .!").lower()
    if words in PHRASES:
        return _made(PHRASES[words], "message.phrase")
    return _made(STATUSES[int(words)], f"http.{words}") if words in NUMBERS else None


def _inner(error: BaseException) -> BaseException | None:
    """Return what an error was made from: `raise … from`, its context, or a wrapped reason."""
    for found in (error.__cause__, read(error, "reason"), read(error, "os_error")):
        if isinstance(found, BaseException):
            return found
    return None if error.__suppress_context__ else error.__context__


def _group(
    group: BaseExceptionGroup[BaseException], by_output: ByOutput, now: float | None, depth: int
) -> Classification:
    """One member that will fail again makes the group one that will.

    The longest wait that a member asks for is the group's.
    """
    if depth >= DEPTH:
        return Classification(PERMANENT, MEDIUM)
    found = [judge(each, by_output, now, depth + 1) for each in group.exceptions]
    worst = min(found, key=lambda each: CATEGORY_ORDER.index(each.category))
    wishes = [each.retry_after for each in found if each.retry_after is not None]
    return worst.replace(retry_after=max(wishes, default=None))


def _by_certificate(error: BaseException) -> Classification | None:
    """Know a certificate that does not verify, also inside a client's ConnectionError."""
    if isinstance(error, Exception) and "CERTIFICATE_VERIFY_FAILED" in said(error):
        return _made((PERMANENT, HIGH), "tls.certificate")
    return None


def _by_process(error: BaseException, by_output: ByOutput) -> Classification | None:
    """Judge the error of a command that `subprocess` ran by what the command wrote."""
    names = [kind.__name__ for kind in type(error).__mro__]
    if "TimeoutExpired" in names:
        return Classification(TRANSIENT, MEDIUM, TIMEOUT)
    status = exit_status(error)
    if status is None:
        return None
    command = read(error, "cmd")
    words = [_text(word) for word in command] if isinstance(command, (list, tuple)) else ""
    streams = (_bytes(read(error, name)) for name in ("output", "stderr"))
    found = by_output(_text(command) if isinstance(command, str) else words, status, *streams)
    return found or Classification(PERMANENT, MEDIUM)


def exit_status(error: BaseException) -> int | None:
    """Return the exit status that a CalledProcessError carries, 128+N for death by signal N."""
    if all(kind.__name__ != "CalledProcessError" for kind in type(error).__mro__):
        return None
    status = read(error, "returncode")
    if isinstance(status, bool) or not isinstance(status, int) or status == 0:
        return None
    return 128 - status if status < 0 else status


def _text(word: object) -> str:
    return word.decode("utf-8", "replace") if isinstance(word, bytes) else str(word)


def _bytes(output: object) -> bytes:
    if isinstance(output, str):
        return output.encode("utf-8", "replace")
    return output if isinstance(output, bytes) else b""


def _by_type(error: BaseException) -> Classification | None:
    for kind in type(error).__mro__:
        name = kind.__name__
        if name == "OSError" and isinstance(error, OSError) and isinstance(error.errno, int):
            verdict = ERRNOS.get(error.errno)
            if verdict is not None:
                return _made(verdict, f"errno.{errno.errorcode[error.errno].lower()}")
        if name in TYPES:
            return _made(TYPES[name], f"type.{name}")
    return None


def _by_status(error: BaseException) -> Classification | None:
    # SystemExit has a `code` too.
    status = http_status(error) if isinstance(error, Exception) else None
    if status is None:
        return None
    verdict = STATUSES.get(status) or ((TRANSIENT if status >= 500 else PERMANENT), MEDIUM)
    if status in (400, 403) and _says_rate_limit(error, status):
        verdict = (RATE_LIMIT, MEDIUM)
    return _made(verdict, f"http.{status}")


def _says_rate_limit(error: BaseException, status: int) -> bool:
    """Tell whether a refusal means "too often": GitHub says so with 403, AWS with 400."""
    text = said(error).lower()
    if status == 403 and ("rate limit" in text or "too many requests" in text):
        return True
    response = read(error, "response")
    details = response.get("Error") if isinstance(response, dict) else None
    return isinstance(details, dict) and details.get("Code") in THROTTLED


def _by_sql_state(error: BaseException) -> Classification | None:
    state = sql_state(error)
    if state is None:
        return None
    verdict = SQL_STATES.get(state) or SQL_CLASSES.get(state[:2])
    return None if verdict is None else _made(verdict, f"sqlstate.{state}")


def _made(verdict: tuple[str, str], rule: str) -> Classification:
    return Classification(verdict[0], verdict[1], rule)
