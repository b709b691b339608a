"""Commands as children: spawn, streams, signals, ending a whole tree."""

from .session import Session
from .spawn import become, inherited
from .spec import Spec

__all__ = ["Session", "Spec", "become", "inherited"]
