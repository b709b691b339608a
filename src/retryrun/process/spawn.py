"""What is to be run, and starting it: fork and exec."""

from __future__ import annotations

import os
import select

from ..core.value import Value
from . import descriptors, signals, system

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any, NoReturn

    from .refused import Refused
    from .signals import Signals

    Call = tuple[Callable[..., Any], tuple[Any, ...]]

_MOMENT = 5  # milliseconds
TERM = 15
ENOENT, EACCES, ENOTDIR, EINVAL = 2, 13, 20, 22  # everywhere; `errno` would cost 0.1 ms
_OWN_ERROR = 126  # of a child that could not even say what went wrong


class Spec(Value):
    """One run of one command. Times in seconds.

    `env` is the whole environment of the child (None: our own). `timeout` limits this run and
    `timeout_kind` is what `Outcome.cut` calls it; `idle_timeout` limits silence; `kill_after` is
    the grace between SIGTERM and SIGKILL. None means no limit.
    """

    argv: tuple[str, ...]
    env: Mapping[str, str] | None = None
    cwd: str | None = None
    timeout: float | None = None
    timeout_kind: str = "timeout"
    idle_timeout: float | None = None
    kill_after: float = 5.0


class Child:
    """A process that was forked to become the command.

    `report` is the read end of a pipe that closes at exec: what the child could not do is told
    through it, and may be read once the child has ended.
    """

    def __init__(self, pid: int, report: int) -> None:
        self.pid = pid
        self._report = report

    def refusal(self, spec: Spec) -> Refused | None:
        """Return why the ended child never became the command, None if it did.

        Raises SystemProblem for a folder that cannot be entered.
        """
        try:
            told = os.read(self._report, 64)
        finally:
            os.close(self._report)
        if not told:
            return None
        from . import refused

        return refused.told(told.decode(), spec)


def inherited(environ: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return our environment, or what was read of it before, as the caller gave it.

    Python adds an LC_CTYPE of its own in the C locale (PEP 538), which a command must not see.
    """
    env = dict(os.environ if environ is None else environ)
    if env.get("LC_CTYPE") in ("C.UTF-8", "C.utf8", "UTF-8") and not system.variable_was_given(
        "LC_CTYPE"
    ):
        del env["LC_CTYPE"]
    return env


def spawn(spec: Spec, env: Mapping[str, str], streams: Mapping[int, int], taken: Signals) -> Child:
    """Fork a child that becomes the command; `streams` says which descriptor takes which's place.

    Raises SystemProblem when there can be no further process.
    """
    report, tell = descriptors.pipe()
    parent = os.getpid()
    # Looked for here: in the child each page that is written to has to be copied first.
    paths, words = _candidates(spec.argv[0], env, spec.cwd), list(spec.argv)
    places = ((os.dup2, (source, target)) for target, source in streams.items())
    calls, last_calls = [*system.to_die_with_parent(), *places], taken.for_child()
    poller = select.poll()
    poller.register(report, select.POLLIN)
    taken.mask_for_fork()
    try:
        pid = os.fork()
    except OSError as error:
        taken.unmask_after_fork()
        descriptors.close(report, tell)
        from ..errors import SystemProblem

        raise SystemProblem(
            f"no process can be started: {error.strerror}",
            "see the limit of processes: ulimit -u",
        ) from error
    if pid == 0:
        _become_child(calls, spec.cwd, last_calls, paths, words, env, parent, tell)
    os.close(tell)
    # Sleep until the child has executed something, at most for a moment. Until then it shares our
    # memory, and each page that either writes to has to be copied: what comes next would take twice
    # as long.
    poller.poll(_MOMENT)
    taken.unmask_after_fork()
    return Child(pid, report)


def _become_child(  # noqa: PLR0913, PLR0917  all that the child needs between fork and exec
    calls: Sequence[Call],
    cwd: str | None,
    last_calls: Sequence[Call],
    paths: Sequence[str],
    words: list[str],
    env: Mapping[str, str],
    parent: int,
    tell: int,
) -> NoReturn:
    """Run in the child; nothing may escape from here into the parent's code.

    All that it calls is prepared: each function of ours would have more pages copied.
    """
    step, number = "start", EINVAL
    try:
        for function, arguments in calls:
            function(*arguments)
        if os.getppid() != parent:
            os.kill(os.getpid(), TERM)
        if cwd is not None:
            step = "chdir"
            os.chdir(cwd)
        step = "exec"
        for function, arguments in last_calls:
            function(*arguments)
        number = _exec(paths, words, env)
    except OSError as error:
        number = error.errno or number
    finally:  # whatever it was, this process must end here
        try:
            os.write(tell, f"{step} {number}".encode())
        finally:
            os._exit(_OWN_ERROR)


def _candidates(name: str, env: Mapping[str, str], cwd: str | None) -> list[str]:
    """Return the paths to try, in order; those that surely do not exist are left out."""
    if "/" in name or not name:
        return [name] if name else []
    search = env.get("PATH", os.defpath).split(os.pathsep)
    paths = [f"{folder.removesuffix('/')}/{name}" if folder else name for folder in search]
    # A relative folder is relative to the command's own, which is not ours yet.
    return [p for p in paths if (cwd and not p.startswith("/")) or _may_exist(p)]


def _may_exist(path: str) -> bool:
    try:
        os.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except (OSError, ValueError):
        return True  # let exec say what it is
    return True


def _exec(paths: Sequence[str], argv: list[str], env: Mapping[str, str]) -> int:
    """Replace this process; return the errno that counts if nothing could be executed."""
    denied = False
    for path in paths:
        try:
            os.execve(path, argv, env)
        except OSError as error:
            if "/" in argv[0] or error.errno not in (EACCES, ENOENT, ENOTDIR):
                return error.errno or EINVAL
            # Found but not allowed outweighs not found, and a later folder may do better.
            denied = denied or error.errno == EACCES
    return EACCES if denied else ENOENT


def become(argv: Sequence[str], env: Mapping[str, str], cwd: str | None = None) -> NoReturn:
    """Become the command, as if retryrun had never been there; 126 or 127 where that fails."""
    if cwd is not None:
        try:
            os.chdir(cwd)
        except OSError as error:
            from ..errors import SystemProblem

            raise SystemProblem(f"cannot enter the folder {cwd}: {error.strerror}") from error
    for function, arguments in signals.PYTHON_ASIDE:
        function(*arguments)
    number = _exec(_candidates(argv[0], env, None), list(argv), env)
    from .refused import explain

    refused = explain(argv[0], number)
    try:
        os.write(2, f"retryrun: {refused.reason}\n".encode("utf-8", "backslashreplace"))
    finally:
        os._exit(refused.status)
