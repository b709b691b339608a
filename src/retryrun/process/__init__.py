"""Commands as children: spawn, streams, signals, ending a whole tree."""

import sys

# The one place where the system is chosen; the two modules hold the same functions.
if sys.platform == "linux":
    from . import linux as system
else:
    from . import darwin as system

from .session import Session
from .spawn import Spec, become, inherited

__all__ = ["Session", "Spec", "become", "inherited", "system"]
