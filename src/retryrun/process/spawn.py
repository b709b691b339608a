"""Starting a command: fork, exec, and telling 126 from 127."""

from __future__ import annotations

import errno
import os

from ..core.outcome import NOT_EXECUTABLE, NOT_FOUND
from ..core.value import Value
from ..errors import SystemProblem
from . import descriptors, signals
from .seam import system

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import NoReturn

    from .signals import Signals
    from .spec import Spec

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


class Child(Value):
    """A process that was forked to become the command.

    `report` is the read end of a pipe that closes at exec: what the child could not do is told
    through it, and may be read once the child has ended.
    """

    pid: int
    report: int


def inherited() -> dict[str, str]:
    """Return our environment as the caller gave it.

    Python adds an LC_CTYPE of its own in the C locale (PEP 538), which a command must not see.
    """
    env = dict(os.environ)
    if env.get("LC_CTYPE") in ("C.UTF-8", "C.utf8", "UTF-8") and not system.variable_was_given(
        "LC_CTYPE"
    ):
        del env["LC_CTYPE"]
    return env


class _Launch(Value):
    """All that the child needs between fork and exec."""

    spec: Spec
    env: Mapping[str, str]
    streams: Mapping[int, int]
    taken: Signals
    parent: int
    tell: int


def spawn(spec: Spec, env: Mapping[str, str], streams: Mapping[int, int], taken: Signals) -> Child:
    """Fork a child that becomes the command; `streams` says which descriptor takes which's place.

    Raises SystemProblem when there can be no further process.
    """
    report, tell = descriptors.pipe()
    launch = _Launch(spec, env, streams, taken, os.getpid(), tell)
    taken.mask_for_fork()
    try:
        pid = os.fork()
    except OSError as error:
        taken.unmask_after_fork()
        descriptors.close(report, tell)
        raise SystemProblem(
            f"no process can be started: {error.strerror}",
            "see the limit of processes: ulimit -u",
        ) from error
    if pid == 0:
        _become_child(launch)
    taken.unmask_after_fork()
    os.close(tell)
    return Child(pid, report)


def _become_child(launch: _Launch) -> NoReturn:
    """Run in the child; nothing may escape from here into the parent's code."""
    step = "start"
    number = errno.EINVAL
    try:
        system.die_with_parent(launch.parent)
        for target, source in launch.streams.items():
            os.dup2(source, target)
        if launch.spec.cwd is not None:
            step = "chdir"
            os.chdir(launch.spec.cwd)
        step = "exec"
        launch.taken.hand_to_child()
        number = _exec(launch.spec.argv, launch.env)
    except OSError as error:
        number = error.errno or number
    finally:  # whatever it was, this process must end here
        try:
            os.write(launch.tell, f"{step} {number}".encode())
        finally:
            os._exit(NOT_EXECUTABLE)


def refusal(child: Child, spec: Spec) -> Refused | None:
    """Return why the ended child never became the command, None if it did.

    Raises SystemProblem for a folder that cannot be entered.
    """
    try:
        told = os.read(child.report, 64).decode()
    finally:
        os.close(child.report)
    if not told:
        return None
    step, _, number = told.partition(" ")
    if step == "chdir":
        raise SystemProblem(f"cannot enter the folder {spec.cwd}: {os.strerror(int(number))}")
    return _explain(spec.argv[0], int(number))


def _explain(name: str, number: int) -> Refused:
    if number == errno.ENOENT:
        if "/" in name and os.path.exists(name):
            return Refused(NOT_FOUND, f"{name}: the interpreter named in its first line is missing")
        return Refused(NOT_FOUND, f"{name or repr(name)}: command not found")
    if number == errno.EACCES and "/" in name and os.path.isdir(name):
        return Refused(NOT_EXECUTABLE, f"{name}: is a directory")
    reason = _MESSAGES.get(number) or os.strerror(number).lower()
    return Refused(NOT_EXECUTABLE, f"{name}: {reason}")


def _exec(argv: Sequence[str], env: Mapping[str, str]) -> int:
    """Replace this process; return the errno that counts if nothing could be executed."""
    name = argv[0]
    if not name:
        return errno.ENOENT
    if "/" in name:
        paths = [name]
    else:
        search = env.get("PATH", os.defpath).split(os.pathsep)
        paths = [os.path.join(folder, name) for folder in search]
    words, worst = list(argv), errno.ENOENT
    for path in paths:
        try:
            os.execve(path, words, env)
        except OSError as error:
            if error.errno in (errno.EACCES, errno.ENOENT, errno.ENOTDIR) and len(paths) > 1:
                # Found but not allowed outweighs not found, and a later folder may do better.
                if error.errno == errno.EACCES:
                    worst = errno.EACCES
                continue
            return error.errno or errno.EINVAL
    return worst


def become(argv: Sequence[str], env: Mapping[str, str], cwd: str | None = None) -> NoReturn:
    """Become the command, as if retryrun had never been there; 126 or 127 where that fails."""
    if cwd is not None:
        try:
            os.chdir(cwd)
        except OSError as error:
            raise SystemProblem(f"cannot enter the folder {cwd}: {error.strerror}") from error
    signals.set_python_aside()
    refused = _explain(argv[0], _exec(argv, env))
    try:
        os.write(2, f"retryrun: {refused.reason}\n".encode("utf-8", "backslashreplace"))
    finally:
        os._exit(refused.status)
