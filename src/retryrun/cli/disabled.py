"""RETRYRUN_DISABLE=1: run things once and stay out of the way."""

from __future__ import annotations

import os

from ..core.job import Job
from ..errors import RetryrunError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..core.job import Steps


OWN_ERROR = 125


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
        try:
            become(job.command.argv, {**env, **job.env}, job.cwd)
        except RetryrunError as error:
            os.write(2, f"retryrun: {error.message}\n".encode("utf-8", "backslashreplace"))
        finally:
            os._exit(OWN_ERROR)  # nothing may go on as a second copy of ourselves
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    return 128 - code if code < 0 else code
