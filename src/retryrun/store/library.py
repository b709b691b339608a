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
    from typing import Any


def load() -> Any:
    """Return the module `_sqlite3`. Raises ImportError where Python was built without it."""
    wrapper = vars(__import__("_functools")).get("_lru_cache_wrapper")
    if wrapper is not None and not {"functools", "threading", "_sqlite3"} & set(sys.modules):
        stand_in: Any = type(sys)("functools")
        stand_in.lru_cache = lambda size: lambda function: wrapper(function, size, False, tuple)
        sys.modules["functools"] = stand_in
        try:
            import _sqlite3
        except Exception:  # noqa: BLE001  whatever it wanted besides, the usual way has it
            sys.modules.pop("_sqlite3", None)
        finally:
            del sys.modules["functools"]
    import _sqlite3

    return _sqlite3
