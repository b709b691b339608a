"""Where state lives: what RETRYRUN_STATE says, else a private folder of the user's."""

from __future__ import annotations

import os

from ..core.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .cells import Store

OFF = "off"
SQLITE, REDIS = "sqlite", "redis"
SERVERS = ("redis://", "rediss://", "unix://")
DATABASE = "state.db"


class Place(Value):
    """A place for state.

    `kind` is sqlite, redis, off, or "" for one that is not understood; `where` a path or a URL;
    `named` tells whether the user chose it.
    """

    kind: str
    where: str = ""
    named: bool = False


def place(env: Mapping[str, str]) -> Place:
    """Return the place for state. Nothing is created."""
    named = env.get("RETRYRUN_STATE", "")
    if named == OFF:
        return Place(OFF, named=True)
    if named.startswith("sqlite:///"):
        return Place(SQLITE, os.path.normpath(named.removeprefix("sqlite://")), named=True)
    if named.startswith(SERVERS):
        return Place(REDIS, named, named=True)
    if named:
        return Place("", named, named=True)
    return Place(SQLITE, os.path.join(_default_folder(env), DATABASE))


def folder(env: Mapping[str, str]) -> str | None:
    """Return the folder for small files of state, or None when state is switched off."""
    found = place(env)
    if found.kind == OFF:
        return None
    return os.path.dirname(found.where) if found.kind == SQLITE else _default_folder(env)


def _default_folder(env: Mapping[str, str]) -> str:
    """Return $XDG_STATE_HOME/retryrun, else ~/.local/state/retryrun by $HOME.

    Containers run with neither a home nor a name: then a folder of this user's in /tmp.
    """
    for base in (env.get("XDG_STATE_HOME", ""), _below_home(env)):
        if os.path.isabs(base):
            return os.path.join(base, "retryrun")
    return f"/tmp/retryrun-{os.geteuid()}"  # noqa: S108  made private and checked in `private`


def _below_home(env: Mapping[str, str]) -> str:
    home = env.get("HOME", "")
    return os.path.join(home, ".local", "state") if home else ""


def private(path: str, *, named: bool = False) -> bool:
    """Make the folder if need be; tell whether files of ours may lie in it. Never raises.

    A folder of retryrun's own must be ours, no link, and is closed to others. One that the user
    named may be shared with other things: it is left as it is; each file is guarded for itself.
    """
    try:
        os.makedirs(path, mode=0o700, exist_ok=True)
        found = os.stat(path) if named else os.lstat(path)
        import stat

        if not stat.S_ISDIR(found.st_mode):
            return False
        if named:
            return True
        if found.st_uid != os.geteuid():
            return False
        if found.st_mode & 0o077:
            os.chmod(path, 0o700)
    except OSError:
        return False
    return True


def open_store(env: Mapping[str, str], notice: Callable[[str], object]) -> Store | None:
    """Return the store that the environment asks for, None when state is switched off.

    Nothing is opened before it is used. `notice` is told of a damaged database that was put aside.
    Raises StoreError for a place that is not understood or lacks its library.
    """
    found = place(env)
    if found.kind == OFF:
        return None
    if found.kind == SQLITE:
        from .sqlite import SqliteStore

        return SqliteStore(found.where, named=found.named, notice=notice)
    if found.kind == REDIS:
        try:
            from .redis import RedisStore
        except ImportError as error:
            from .cells import StoreError

            raise StoreError(f"Redis needs: pip install 'retryrun[redis]' ({error})") from None
        return RedisStore(found.where)
    from .cells import StoreError

    raise StoreError("RETRYRUN_STATE is none of sqlite:///PATH, redis://HOST:PORT/DB and off")
