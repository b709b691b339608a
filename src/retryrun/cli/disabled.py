"""RETRYRUN_DISABLE=1: run things once and stay out of the way."""

from __future__ import annotations

import os

from ..core.job import Job

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..core.job import Steps


def stay_out(what: Job | Steps, env: Mapping[str, str]) -> int:
    """Become the command; of a task's commands run one after the other and become the last."""
    from ..process import become

    *before, last = [what] if isinstance(what, Job) else what.jobs()
    for job in before:
        status = _once(job, env)
        if status:
            return status
    return become(last.command.argv, {**env, **last.env}, last.cwd)


def _once(job: Job, env: Mapping[str, str]) -> int:
    from ..process import become

    child = os.fork()
    if child == 0:
        become(job.command.argv, {**env, **job.env}, job.cwd)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    return 128 - code if code < 0 else code
