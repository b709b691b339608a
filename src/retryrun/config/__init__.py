"""recovery.yaml: found, trusted, read strictly, handed on as plain data.

`load` runs before every command starts: what reads YAML is imported only for a file that is there.
"""

from __future__ import annotations

from . import find

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from typing import Any

    from ..errors import ConfigError

    Document = dict[str, Any]


def load(
    explicit: str | None = None,
    *,
    env: Mapping[str, str],
    reserved: Collection[str] = (),
    cwd: str | None = None,
) -> Document | None:
    """Return the document of the file that was named, or else of the one found from `cwd` upwards.

    None if nothing was named and nothing is found. `compile.compile_text` describes the document.
    Raises ConfigError for a file that is refused, unreadable or wrong.
    """
    found = _find(explicit, env, cwd)
    if found is None:
        return None
    from . import cache

    document: Document | None = cache.load(found, env, reserved)
    if document is None:
        from .compile import compile_text

        document = compile_text(found.data, found.path, reserved=reserved)
        cache.save(found, env, reserved, document)
    return document


def validate(
    explicit: str | None = None,
    *,
    env: Mapping[str, str],
    reserved: Collection[str] = (),
    cwd: str | None = None,
) -> tuple[list[ConfigError], Document | None]:
    """Return everything that is wrong with the file, and the document if nothing is.

    Nothing wrong and no document means that there is no file. Raises ConfigError only for a file
    that cannot be read or is refused.
    """
    found = _find(explicit, env, cwd)
    if found is None:
        return [], None
    from .compile import examine

    document, problems = examine(found.data, found.path, reserved=reserved)
    return problems, document


def _find(explicit: str | None, env: Mapping[str, str], cwd: str | None) -> find.Found | None:
    if explicit is not None:
        return find.explicit(explicit, cwd)
    return find.discover(env, cwd)
