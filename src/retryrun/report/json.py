"""Writing a finished document where it was asked for, whole or not at all. Nothing is raised."""

from __future__ import annotations

import os

from ..core.text import one_line, visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

PATIENCE = 5.0  # seconds for a reader of a pipe or FIFO to take a piece
OWN = ("/dev/fd/", "/proc/self/fd/")
STANDARD = {"/dev/stdin": 0, "/dev/stdout": 1, "/dev/stderr": 2}


def write(path: str, document: dict[str, Any], *, run_id: str) -> str | None:
    """Write a report as JSON; see `write_bytes`. In a folder the file is called by `run_id`."""
    import json

    try:
        text = json.dumps(document, indent=1) + "\n"
    except (TypeError, ValueError, RecursionError) as error:
        return _problem(path, error)
    return write_bytes(path, text.encode(), name=f"{run_id}.json")


def write_bytes(path: str, data: bytes, *, name: str) -> str | None:
    """Write `data` to `path`; return None, or a line that says why it could not be done.

    A folder, or a path that ends in `/` (made if it is missing), gets a file called `name`. What is
    a regular file or new is replaced by renaming, behind a link if the path is one. A device, a
    FIFO, or a descriptor of ours (`/dev/stdout`, the shell's `>(…)`) is written to as it is; a
    FIFO without a reader, or one whose reader does not read, is given up.
    """
    if not path:
        return _problem(path, ValueError("it has no name"))
    try:
        if path.endswith("/"):
            os.makedirs(path, mode=0o700, exist_ok=True)
        if os.path.isdir(path):
            path = os.path.join(path, name)
        own = _own_descriptor(path)
        if own is not None:
            _pour(own, data)
        elif _is_regular(path):
            _replace(os.path.realpath(path), data)
        else:
            _into(path, data)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        return _problem(path, error)
    return None


def _problem(path: str, error: Exception) -> str:
    import errno

    number = error.errno if isinstance(error, OSError) else None
    reason = "nobody reads from it" if number == errno.ENXIO else getattr(error, "strerror", None)
    return one_line(visible(f"{path} cannot be written: {reason or error}"))


def _own_descriptor(path: str) -> int | None:
    """Return the number of the open descriptor that a path stands for.

    To open the path anew would lose the place in a file that other output goes to as well.
    """
    if path in STANDARD:
        return STANDARD[path]
    number = next((path.removeprefix(start) for start in OWN if path.startswith(start)), "")
    return int(number) if number.isdecimal() and number.isascii() and len(number) < 8 else None


def _is_regular(path: str) -> bool:
    import stat

    try:
        return stat.S_ISREG(os.stat(path).st_mode)
    except FileNotFoundError:
        return True


def _into(path: str, data: bytes) -> None:
    # O_NONBLOCK: a FIFO that nobody reads is an error then, not an endless wait.
    flags = os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
    descriptor = os.open(path, flags)
    try:
        _pour(descriptor, data)
    finally:
        os.close(descriptor)


def _pour(descriptor: int, data: bytes) -> None:
    """Write everything, in pieces that a pipe with room takes without blocking.

    Whether a descriptor blocks is left as it is: others share it.
    """
    import select

    poll = select.poll()
    poll.register(descriptor, select.POLLOUT)
    view = memoryview(data)
    while view:
        if not poll.poll(PATIENCE * 1000):
            raise TimeoutError(None, "its reader does not read")
        try:
            view = view[os.write(descriptor, view[: select.PIPE_BUF]) :]
        except BlockingIOError:
            continue


def _replace(target: str, data: bytes) -> None:
    draft = os.path.join(os.path.dirname(target), f".retryrun-{os.urandom(8).hex()}")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    descriptor = os.open(draft, flags, 0o600)
    try:
        with open(descriptor, "wb") as file:
            file.write(data)
        os.replace(draft, target)
    except OSError:
        os.unlink(draft)
        raise
