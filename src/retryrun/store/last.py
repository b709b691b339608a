"""The last failure, kept so that `retryrun explain --last` can speak of it.

One small file for one record, replaced at each failed run. It holds what the judgement rests on
(the masked line that decided, never more of the output) and nothing of the environment.
"""

from __future__ import annotations

import os

from . import place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

NAME = "last-failure.json"


def save(env: Mapping[str, str], record: dict[str, Any]) -> None:
    """Replace the record. A place that cannot be written is no matter: nothing is raised."""
    folder = place.folder(env)
    named = place.place(env).named
    if folder is None or not place.private(folder, named=named):
        return
    import json

    target = os.path.join(folder, NAME)
    draft = f"{target}.{os.getpid()}"
    try:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
        with open(os.open(draft, flags, 0o600), "w", encoding="utf-8") as file:
            json.dump(record, file)
        os.replace(draft, target)
    except OSError:
        return


def load(env: Mapping[str, str]) -> dict[str, Any] | None:
    """Return the record of the last failed run, or None if there is none that can be read."""
    folder = place.folder(env)
    if folder is None:
        return None
    import json

    try:
        with open(os.path.join(folder, NAME), encoding="utf-8") as file:
            record = json.load(file)
    except (OSError, ValueError):
        return None
    return record if isinstance(record, dict) else None
