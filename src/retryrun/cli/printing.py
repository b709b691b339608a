"""Printing a result to stdout, whose reader may leave, whose disk may be full."""

from __future__ import annotations

import io
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

SIGPIPE_STATUS = 128 + 13


def printing(work: Callable[[], int]) -> int:
    """Do work that prints and return its status. Raises RetryrunError if nothing can be written."""
    for stream in (sys.stdout, sys.stderr):
        # A name in the history may hold what a terminal's encoding lacks.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        status = work()
        sys.stdout.flush()
    except BrokenPipeError:  # the reader has seen enough: `retryrun rules | head`
        _forget()
        return SIGPIPE_STATUS
    except OSError as error:
        if error.filename is not None:
            raise
        from ..errors import RetryrunError

        _forget()
        raise RetryrunError(f"the result cannot be written: {error.strerror}") from None
    return status


def _forget() -> None:
    """Let go of what could not be written, or Python would try again at the end and complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
