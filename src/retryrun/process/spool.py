"""Bytes kept on disk for later: stdout that is held back, stdin that is given again."""

from __future__ import annotations

import os

from ..errors import SystemProblem
from . import descriptors

# /tmp is often memory, and what is kept may be large.
_FOLDERS = ("/var/tmp", "/tmp")  # noqa: S108  files without a name cannot be foreseen or linked


def temporary() -> int:
    """Return a descriptor of a new file that has no name and goes when it is closed.

    Raises SystemProblem when there is no folder for it.
    """
    problem = ""
    for folder in (os.environ.get("TMPDIR") or _FOLDERS[0], *_FOLDERS):
        try:
            return descriptors.high(_unnamed(folder))
        except OSError as error:
            problem = f"{folder}: {error.strerror}"
    raise SystemProblem(
        f"no temporary file can be made in {problem}", "name a folder for it: TMPDIR=/path"
    )


def _unnamed(folder: str) -> int:
    if hasattr(os, "O_TMPFILE"):
        try:
            return os.open(folder, os.O_TMPFILE | os.O_RDWR | os.O_EXCL, 0o600)
        except OSError:  # not every file system can
            pass
    path = os.path.join(folder, f"retryrun-{os.urandom(12).hex()}")
    fd = os.open(path, os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_RDWR, 0o600)
    os.unlink(path)
    return fd
