"""Where state lives: a private folder of the user's."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

OFF = "off"


def folder(env: Mapping[str, str]) -> str | None:
    """Return the folder for state, or None when it is switched off or there is no place for it.

    $XDG_STATE_HOME/retryrun, else ~/.local/state/retryrun by $HOME, else a folder of this user's
    in /tmp (containers run with neither a home nor a name). Nothing is created.
    """
    named = env.get("RETRYRUN_STATE", "")
    if named == OFF:
        return None
    if named.startswith("sqlite://"):
        return os.path.dirname(named.removeprefix("sqlite://")) or None
    for base in (env.get("XDG_STATE_HOME", ""), _below_home(env)):
        if os.path.isabs(base):
            return os.path.join(base, "retryrun")
    return f"/tmp/retryrun-{os.getuid()}"  # noqa: S108  made private and checked in `private`


def _below_home(env: Mapping[str, str]) -> str:
    home = env.get("HOME", "")
    return os.path.join(home, ".local", "state") if home else ""


def private(path: str) -> bool:
    """Make the folder if need be; tell whether it is ours and no link. Never raises."""
    try:
        os.makedirs(path, mode=0o700, exist_ok=True)
        found = os.lstat(path)
    except OSError:
        return False
    import stat

    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid():
        return False
    if found.st_mode & 0o077:
        os.chmod(path, 0o700)
    return True
