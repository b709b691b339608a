"""File descriptors of our own, kept out of the child's and the caller's way."""

from __future__ import annotations

import os

FIRST = 100  # the numbers below are left to the caller: make's jobserver, `7>file`
_TRIES = 64


def high(fd: int) -> int:
    """Move a descriptor to a free number from 100 up, or leave it where the limit forbids it."""
    for number in range(FIRST, FIRST + _TRIES):
        try:
            os.fstat(number)
        except OSError:
            try:
                os.dup2(fd, number, inheritable=False)
            except OSError:  # RLIMIT_NOFILE is lower
                return fd
            os.close(fd)
            return number
    return fd


def pipe() -> tuple[int, int]:
    """Return the read and the write end of a new pipe. Raises SystemProblem."""
    try:
        read, write = os.pipe()
    except OSError as error:
        from ..errors import SystemProblem

        raise SystemProblem(
            f"no pipe to the command can be made: {error.strerror}",
            "raise the limit of open files: ulimit -n 256",
        ) from error
    return high(read), high(write)


def fill_standard() -> frozenset[int]:
    """Put /dev/null where the caller closed 0, 1 or 2, so that nothing of ours lands there.

    Returns the numbers filled. They close at exec: the child finds them closed as we did.
    """
    filled = set()
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            filled.add(os.open(os.devnull, os.O_RDWR))
    return frozenset(filled)


def close(*fds: int | None) -> None:
    """Close what is open, whatever the state of it."""
    for fd in fds:
        if fd is not None:
            try:
                os.close(fd)
            except OSError:
                continue
