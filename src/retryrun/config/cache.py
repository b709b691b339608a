"""Compiled copies of recovery.yaml, so that a warm start imports no YAML.

A copy lies in a private folder of this user's and is keyed by everything its document depends on:
the file's path, device, inode, size and times, this version and the interpreter's. A copy that is
not ours, not private, damaged or of another key is as good as none; all of them may be deleted at
any time. Whatever goes wrong here goes wrong in silence: the file itself is still there.
"""

from __future__ import annotations

import marshal
import os
import stat
import sys
import time

from .. import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from typing import Any

    from .find import Found

    def _source_hash(_key: int, _data: bytes) -> bytes: ...
else:
    from _imp import source_hash as _source_hash

FORM = 1  # of a copy; raise it when the document changes without a new version
SETTLED = 2.0  # seconds: a file changed more recently may change again within its time stamp
LARGEST = 1 << 20


def load(found: Found, env: Mapping[str, str], reserved: Collection[str]) -> Any:
    """Return the document of a compiled copy, or None if there is none to be trusted."""
    place = _place(found.path, env)
    if place is None:
        return None
    try:
        descriptor = os.open(place, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return None
    with open(descriptor, "rb") as file:
        about = os.fstat(descriptor)
        ours = stat.S_ISREG(about.st_mode) and about.st_uid == os.geteuid()
        if not ours or about.st_mode & 0o077 or about.st_size > LARGEST:
            return None
        try:
            key, document = marshal.loads(file.read())  # noqa: S302  the file is ours and private
        except (OSError, ValueError, EOFError, TypeError):
            return None
    return document if key == _key(found, reserved) else None


def save(
    found: Found, env: Mapping[str, str], reserved: Collection[str], document: dict[str, Any]
) -> None:
    """Keep a compiled copy."""
    place = _place(found.path, env)
    changed = max(found.stamp[3], found.stamp[4]) / 1e9
    if place is None or not 0 <= changed < time.time() - SETTLED:
        return
    folder = os.path.dirname(place)
    draft = f"{place}.{os.getpid()}"
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        about = os.lstat(folder)
        if not stat.S_ISDIR(about.st_mode) or about.st_uid != os.geteuid() or about.st_mode & 0o077:
            return
        with open(os.open(draft, flags, 0o600), "wb") as file:
            file.write(marshal.dumps((_key(found, reserved), document)))
        os.replace(draft, place)
    except (OSError, ValueError):
        return


def _key(found: Found, reserved: Collection[str]) -> tuple[Any, ...]:
    interpreter = (sys.hexversion, marshal.version)
    return (FORM, __version__, interpreter, found.path, tuple(found.stamp), tuple(sorted(reserved)))


def _place(path: str, env: Mapping[str, str]) -> str | None:
    """Return where the copy of a file lies: in the user's cache folder, named by its path."""
    if env.get("RETRYRUN_STATE") == "off":
        return None
    base = env.get("XDG_CACHE_HOME", "")
    if not os.path.isabs(base):
        home = env.get("HOME", "")
        if not os.path.isabs(home):
            return None
        base = os.path.join(home, ".cache")
    # As short as one needs: of two files of one name, which tell in their keys whose they are, only
    # the later is kept. hashlib would cost 2 ms, its quickest part 0.3.
    name = _source_hash(FORM, os.fsencode(path)).hex()
    return os.path.join(base, "retryrun", f"{name}.compiled")
