"""Commands as children: spawn, streams, signals, ending a whole tree."""

from .session import Session
from .spawn import Spec, become, inherited

__all__ = ["Session", "Spec", "become", "inherited"]
