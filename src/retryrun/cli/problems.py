"""What is wrong with how retryrun was called, and saying so."""

from __future__ import annotations

import os

from ..core.parse import nearest
from ..core.redact import Redactor
from ..core.text import quote, show_command, visible_line
from ..errors import ConfigError, RetryrunError, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from .compose import Setup


def no_such_task(setup: Setup, words: Sequence[str], subcommands: Iterable[str]) -> UsageError:
    """Make the error of a first word that is neither, with what may have been meant."""
    known = [*setup.top("tasks", {}), *subcommands]
    near = nearest(words[0], known)
    where = "" if setup.document else " (there is no recovery.yaml here)"
    shell = "--shell " if setup.given.get("shell") else ""
    hint = f"retryrun {shell}-- {show_command(Redactor(os.environ).words(words))}"
    if near:
        hint = f"did you mean {near}? Or as a command: {hint}"
    return UsageError(f"{words[0]!r} is neither a task nor a subcommand{where}", hint)


def told(error: Exception, env: Mapping[str, str]) -> bool:
    """Say what went wrong; False for a fault of ours whose traceback is asked for."""
    if isinstance(error, RetryrunError):
        tell(error)
        return True
    if env.get("RETRYRUN_VERBOSE"):
        return False
    tell(
        RetryrunError(
            f"internal error: {type(error).__name__}: {error} ({_place(error)})",
            "RETRYRUN_VERBOSE=1 shows the traceback; "
            "RETRYRUN_DISABLE=1 runs the command without retryrun",
        )
    )
    return True


def tell(error: RetryrunError) -> None:
    """Write an error of our own and its hint to stderr."""
    mask = Redactor(os.environ).text
    hint = error.hint or _list_all(error)
    text = f"retryrun: {visible_line(mask(error.message))}\n"
    if hint:
        text += f"retryrun: hint: {visible_line(mask(hint))}\n"
    try:
        os.write(2, text.encode("utf-8", "backslashreplace"))
    except OSError:
        return


def _list_all(error: RetryrunError) -> str | None:
    """Return the command that lists everything that is wrong in recovery.yaml."""
    if isinstance(error, ConfigError) and error.path and error.line is not None:
        return f"retryrun validate {quote(error.path)}"
    return None


def _place(error: BaseException) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return "nowhere"
    return f"{os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}"
