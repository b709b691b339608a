"""Writing a finished document where it was asked for, whole or not at all."""

from __future__ import annotations

import os
import stat

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def as_json(path: str, document: dict[str, Any], *, run_id: str) -> str | None:
    """Write a report as JSON; see `write`."""
    import json

    text = json.dumps(document, indent=1, ensure_ascii=True) + "\n"
    return write(path, text.encode(), name=f"{run_id}.json")


def write(path: str, data: bytes, *, name: str) -> str | None:
    """Write `data` to `path`; return None, or a line that says why it could not be done.

    A folder, or a path that ends in `/` (made if it is missing), gets a file called `name`. A
    regular file is replaced by renaming, through a link if it is one; a device or a FIFO is
    opened and written, and a FIFO that nobody reads is not waited for.
    """
    try:
        if path.endswith("/"):
            os.makedirs(path, mode=0o700, exist_ok=True)
        if os.path.isdir(path):
            path = os.path.join(path, name)
        target = os.path.realpath(path)
        if os.path.exists(target) and not stat.S_ISREG(os.stat(target).st_mode):
            _into(target, data)
        else:
            _replace(target, data)
    except OSError as error:
        return f"{path} cannot be written: {error.strerror or error}"
    return None


def _into(target: str, data: bytes) -> None:
    descriptor = os.open(target, os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
    with open(descriptor, "wb", buffering=0) as file:
        os.set_blocking(descriptor, True)
        file.write(data)


def _replace(target: str, data: bytes) -> None:
    draft = f"{target}.{os.getpid()}.part"
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    try:
        with open(os.open(draft, flags, 0o600), "wb") as file:
            file.write(data)
        os.replace(draft, target)
    except OSError:
        if os.path.lexists(draft):
            os.unlink(draft)
        raise
