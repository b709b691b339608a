"""The one place where the system is chosen; `linux` and `darwin` hold the same functions."""

from __future__ import annotations

import sys

if sys.platform == "linux":
    from . import linux as system
else:
    from . import darwin as system

__all__ = ["system"]
