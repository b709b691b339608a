"""SQLite's library, loaded without the half of its import time that it hardly needs.

`_sqlite3` asks `functools` for `lru_cache` and for nothing else. functools brings nine modules
along, 2 ms of a start, and has that function from the interpreter itself; so it is handed over
directly. Where functools is there already, or threads might look for it meanwhile, or this fails,
the library is imported as ever.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


def load() -> Any:
    """Return the module `_sqlite3`. Raises ImportError where Python was built without it."""
    if not {"functools", "threading", "_sqlite3"} & set(sys.modules):
        stand_in: Any = type(sys)("functools")
        stand_in.lru_cache = _lru_cache
        sys.modules["functools"] = stand_in
        try:
            import _sqlite3
        except (ImportError, AttributeError):
            sys.modules.pop("_sqlite3", None)
        finally:
            del sys.modules["functools"]
    import _sqlite3

    return _sqlite3


def _lru_cache(size: int) -> Callable[[Callable[..., Any]], Any]:
    """Do what functools.lru_cache(size) does, but for the statistics."""
    wrapper = vars(__import__("_functools"))["_lru_cache_wrapper"]
    return lambda function: wrapper(function, size, False, tuple)
