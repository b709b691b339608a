"""Finding recovery.yaml, and refusing one that somebody else has left there.

The file says which commands run, so it is code: one that was found by walking up must belong, like
the folder it lies in, to root or to the user (the rule git keeps since CVE-2022-24765). Modes are
not judged: CI systems check out under open ones. All folders are gone through by descriptor, so
that what is checked is what is read, and no depth is too deep for the system's path limit.
"""

from __future__ import annotations

import os
import stat

from ..core.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..errors import ConfigError

NAMES = ("recovery.yaml", "recovery.yml")
MAX_BYTES = 256 * 1024
ROOT_UID = 0
WITHOUT = "retryrun --no-config runs without recovery.yaml"
WORKSPACES = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")

_FOLDER = getattr(os, "O_PATH", os.O_RDONLY) | os.O_DIRECTORY | os.O_CLOEXEC
_FILE = os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC


class Found(Value):
    """A file that may be used: where it is, its bytes, and what identifies this state of it.

    `stamp` is (device, inode, size, time of change and of the inode's change in nanoseconds).
    """

    path: str
    data: bytes
    stamp: tuple[int, int, int, int, int]


def explicit(path: str, cwd: str | None = None) -> Found:
    """Open the file that was named. No trust is asked for. Raises ConfigError."""
    try:
        path = os.path.abspath(path if cwd is None else os.path.join(cwd, path))
    except OSError as error:  # a relative name, and the working directory is gone
        raise _unreadable(path, error) from None
    try:
        return _read(path, os.open(path, _FILE))
    except FileNotFoundError:
        hint = (
            "without -f (and RETRYRUN_CONFIG) recovery.yaml is looked for; retryrun init writes one"
        )
        raise _wrong("there is no such file", path=path, hint=hint) from None
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from None


def discover(
    env: Mapping[str, str], cwd: str | None = None, euid: int | None = None
) -> Found | None:
    """Look for the file from `cwd` upwards; None if there is none. Raises ConfigError."""
    try:
        where = os.getcwd() if cwd is None else os.path.abspath(cwd)
        folder = os.open(cwd or os.curdir, _FOLDER)
    except OSError:  # the working directory was deleted or cannot be entered: there is no file
        return None
    home = _identity(env.get("HOME") or "")
    trusted = _trusted_users(os.geteuid() if euid is None else euid, env)
    try:
        while True:
            found = _in_folder(folder, where, env, trusted)
            if found is not None or _ends_here(folder, home):
                return found
            above = os.open(os.pardir, _FOLDER, dir_fd=folder)
            here, folder = folder, above
            try:
                if not _goes_on(os.fstat(here), os.fstat(above)):
                    return None
            finally:
                os.close(here)
            where = os.path.dirname(where)
    except OSError:  # a folder above that cannot be entered hides what is in it
        return None
    finally:
        os.close(folder)


def _identity(folder: str) -> tuple[int, int] | None:
    try:
        info = os.stat(folder)
    except (OSError, ValueError):
        return None
    return info.st_dev, info.st_ino


def _ends_here(folder: int, home: tuple[int, int] | None) -> bool:
    info = os.fstat(folder)
    return (info.st_dev, info.st_ino) == home or _exists(".git", folder)


def _exists(name: str, folder: int) -> bool:
    return _look(name, folder) is not None


def _look(name: str, folder: int) -> os.stat_result | None:
    try:
        return os.stat(name, dir_fd=folder, follow_symlinks=False)
    except OSError:
        return None


def _goes_on(here: os.stat_result, above: os.stat_result) -> bool:
    """Tell whether the folder above is another one, and on the same file system."""
    return here.st_dev == above.st_dev and here.st_ino != above.st_ino


def _in_folder(
    folder: int, where: str, env: Mapping[str, str], trusted: frozenset[int]
) -> Found | None:
    present = [(name, info) for name in NAMES if (info := _look(name, folder)) is not None]
    if not present:
        return None
    name, link = present[0]
    path = os.path.join(where, name)
    if len(present) > 1:
        raise _wrong(
            f"{NAMES[1]} lies beside it, and only one of them can count",
            path=path,
            hint=f"keep one of the two, or name one: -f {_quoted(path)}",
        )
    is_link = stat.S_ISLNK(link.st_mode)
    if not is_link and not stat.S_ISREG(link.st_mode):
        raise _not_regular(path)
    try:
        # A link may be followed if it is itself somebody's whom we trust: it is asked below.
        flags = _FILE if is_link else _FILE | os.O_NOFOLLOW
        opened = os.open(name, flags, dir_fd=folder)
    except OSError as error:
        owners = {link.st_uid, os.fstat(folder).st_uid}
        _demand_trust(path, owners, env, trusted)
        raise _unreadable(path, error) from None
    try:
        owners = {link.st_uid, os.fstat(folder).st_uid, os.fstat(opened).st_uid}
        _demand_trust(path, owners, env, trusted)
    except BaseException:
        os.close(opened)
        raise
    return _read(path, opened)


def _trusted_users(euid: int, env: Mapping[str, str]) -> frozenset[int]:
    """Return whose files count as the user's own: root's, theirs, and under sudo the caller's."""
    users = {ROOT_UID, euid}
    caller = env.get("SUDO_UID", "")
    if euid == ROOT_UID and caller.isascii() and caller.isdigit() and len(caller) <= 10:
        users.add(int(caller))
    return frozenset(users)


def _demand_trust(
    path: str, owners: set[int], env: Mapping[str, str], trusted: frozenset[int]
) -> None:
    strangers = sorted(owners - trusted)
    if not strangers or _allowed(path, env):
        return
    names = ", ".join(_user(uid) for uid in strangers)
    shown = _quoted(path)
    allow = "" if os.pathsep in path else f"export RETRYRUN_TRUST={shown}, or "
    raise _wrong(
        f"refused: the file or its folder belongs to {names}, and it says what is run",
        path=path,
        hint=f"if you trust it: {allow}retryrun -f {shown}",
    )


def _allowed(path: str, env: Mapping[str, str]) -> bool:
    places = env.get("RETRYRUN_TRUST", "").split(os.pathsep)
    if env.get("CI", "").lower() == "true":
        places += [env.get(name, "") for name in WORKSPACES]
    return any(_covers(place, path) for place in places)


def _covers(place: str, path: str) -> bool:
    # Only absolute places: `.` would mean another folder at each call.
    if not os.path.isabs(place):
        return False
    return any(
        path == known or path.startswith(known.rstrip("/") + "/")
        for known in (os.path.normpath(place), os.path.realpath(place))
    )


def _user(uid: int) -> str:
    import pwd

    try:
        return f"the user {pwd.getpwuid(uid).pw_name} ({uid})"
    except (KeyError, OverflowError):
        return f"the user {uid}"


def _quoted(path: str) -> str:
    from ..core.text import quote

    return quote(path)


def _read(path: str, opened: int) -> Found:
    """Read an open file to its end and close it. Raises ConfigError."""
    try:
        info = os.fstat(opened)
        if not stat.S_ISREG(info.st_mode):  # a FIFO or a device would make us wait
            raise _not_regular(path)
        data = b""
        while len(data) <= MAX_BYTES and (more := os.read(opened, MAX_BYTES + 1 - len(data))):
            data += more
    except OSError as error:
        raise _unreadable(path, error) from None
    finally:
        os.close(opened)
    if len(data) > MAX_BYTES:
        raise _wrong(
            f"it is larger than {MAX_BYTES // 1024} KiB, more than any list of tasks and rules",
            path=path,
        )
    stamp = (info.st_dev, info.st_ino, info.st_size, info.st_mtime_ns, info.st_ctime_ns)
    return Found(path, data, stamp)


def _unreadable(path: str, error: Exception) -> ConfigError:
    why = error.strerror if isinstance(error, OSError) else str(error)
    return _wrong(f"it cannot be read: {why}", path=path, hint=WITHOUT)


def _not_regular(path: str) -> ConfigError:
    return _wrong("it is not a regular file", path=path, hint=WITHOUT)


def _wrong(message: str, *, path: str, hint: str | None = None) -> ConfigError:
    from ..errors import ConfigError

    return ConfigError(message, path=path, hint=hint)
