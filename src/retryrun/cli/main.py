"""The way in: read the front of the command line, then run, or hand over to a subcommand.

What stands here is imported before the command starts: nothing slow.
"""

from __future__ import annotations

import os
import sys

from . import reader
from .compose import Setup, check, command_job, task_job

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..core.job import Job, Steps
    from ..errors import UsageError
    from .reader import Invocation

OWN_ERROR = 125


def main(argv: Sequence[str] | None = None, env: Mapping[str, str] | None = None) -> int:
    """Run the command line and return its exit status."""
    env = dict(os.environ) if env is None else env  # which decodes at each look
    try:
        return _main(sys.argv[1:] if argv is None else argv, env)
    except Exception as error:
        from .problems import told

        if not told(error, env):
            raise
    return OWN_ERROR


def _main(argv: Sequence[str], env: Mapping[str, str]) -> int:
    seen = reader.read(argv)
    if seen.given.get("version"):
        return _version()
    if seen.given.get("help") or (seen.form == reader.NOTHING and not seen.given):
        return _hand_over(("--help",), seen)
    if seen.form == reader.NOTHING or (seen.form == reader.COMMAND and not seen.rest):
        raise _usage("no command is given", "put it behind the dashes: retryrun -- uv sync")
    if seen.form == reader.WORD and seen.rest[0] in _subcommands():
        if seen.rest[0] != "run" or seen.rest[1:2] in (("-h",), ("--help",)):
            return _hand_over(seen.rest, seen)
        seen = _after_run(seen)
    if reader.disabled(env) and not seen.given.get("dry_run"):
        return _stay_out(seen, env)
    setup = prepare(seen, env)
    what = _wanted(seen, setup)
    if seen.given.get("dry_run"):
        from .dry_run import show
        from .printing import printing

        return printing(lambda: show(setup, what))
    from .run import run

    return run(setup, what, env)


def _stay_out(seen: Invocation, env: Mapping[str, str]) -> int:
    """Run it as if retryrun were not there; recovery.yaml is read for a task alone."""
    from ..process import inherited
    from .disabled import stay_out

    command = seen.form == reader.COMMAND
    setup = Setup(seen.given, {}) if command else prepare(seen, env)
    return stay_out(_wanted(seen, setup), inherited(env))


def _after_run(seen: Invocation) -> Invocation:
    """Read on behind `retryrun run`: its options, then the task, which may be named anything."""
    more = reader.read(seen.rest[1:])
    if more.form != reader.WORD:
        raise _usage("run needs the name of a task", "retryrun tasks lists them")
    given = {**seen.given, **more.given}
    return more.replace(given=given)


def prepare(seen: Invocation, env: Mapping[str, str]) -> Setup:
    """Read the environment and recovery.yaml. Raises RetryrunError."""
    if seen.given.get("config") and seen.given.get("no_config"):
        raise _usage("-f and --no-config contradict each other", "leave one of them out")
    setup = Setup(seen.given, reader.from_environment(env))
    if not setup.option("no_config"):
        from .. import config

        document = config.load(setup.option("config"), env=env, reserved=_subcommands())
        setup = setup.replace(document=document)
    check(setup)
    return setup


def _wanted(seen: Invocation, setup: Setup) -> Job | Steps:
    if seen.form == reader.COMMAND:
        return command_job(setup, seen.rest)
    word, *args = seen.rest
    if word not in setup.top("tasks", {}):
        from .problems import no_such_task

        raise no_such_task(setup, seen.rest, _subcommands())
    if setup.given.get("shell"):
        raise _usage(
            "--shell belongs to a command, not to a task",
            "a task has `shell:` in recovery.yaml, or: retryrun --shell -- 'COMMAND'",
        )
    return task_job(setup, word, args[1:] if args[:1] == ["--"] else args)


def _subcommands() -> Mapping[str, tuple[str, str]]:
    from .table import SUBCOMMANDS

    return SUBCOMMANDS


def _usage(message: str, hint: str) -> UsageError:
    from ..errors import UsageError

    return UsageError(message, hint)


def _version() -> int:
    from .. import __version__
    from .printing import printing

    return printing(lambda: print(__version__) or 0)


def _hand_over(words: Sequence[str], seen: Invocation) -> int:
    from .app import call

    return call(words, seen)
