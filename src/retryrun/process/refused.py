"""Why a command could not be started, in words: imported only when one could not."""

from __future__ import annotations

import errno
import os

from ..core.outcome import NOT_EXECUTABLE, NOT_FOUND
from ..core.value import Value
from ..errors import SystemProblem

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .spawn import Spec

_MESSAGES = {
    errno.EACCES: "permission denied",
    errno.ENOEXEC: "not a program: a script needs a first line such as #!/bin/sh",
    errno.E2BIG: "the arguments and the environment are too long",
    errno.ELOOP: "too many symbolic links",
}


class Refused(Value):
    """Why a command could not be started: `status` is 126 or 127."""

    status: int
    reason: str


def told(text: str, spec: Spec) -> Refused:
    """Explain what a child told before it ended. Raises SystemProblem for its folder."""
    step, _, number = text.partition(" ")
    if step == "chdir":
        raise SystemProblem(f"cannot enter the folder {spec.cwd}: {os.strerror(int(number))}")
    return explain(spec.argv[0], int(number))


def explain(name: str, number: int) -> Refused:
    """Explain the errno with which a command could not be executed."""
    if number == errno.ENOENT:
        if "/" in name and os.path.exists(name):
            return Refused(NOT_FOUND, f"{name}: the interpreter named in its first line is missing")
        return Refused(NOT_FOUND, f"{name or repr(name)}: command not found")
    if number == errno.EACCES and "/" in name and os.path.isdir(name):
        return Refused(NOT_EXECUTABLE, f"{name}: is a directory")
    reason = _MESSAGES.get(number) or os.strerror(number).lower()
    return Refused(NOT_EXECUTABLE, f"{name}: {reason}")
