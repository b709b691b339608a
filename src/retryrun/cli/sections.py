"""GitLab's collapsible sections around what runs after the first attempt.

The first attempt has none: a run that simply succeeds is to leave no trace.
"""

from __future__ import annotations

import time

from ..core.flow import PRIMARY

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ..core.flow import Attempt
    from ..core.job import Job


class Sections:
    """Writes the marks; `say` takes a whole line, `mask` the words of a command."""

    def __init__(
        self,
        run_id: str,
        mask: Callable[[Sequence[str]], list[str]],
        say: Callable[[str], None],
    ) -> None:
        self._run_id, self._mask, self._say = run_id, mask, say

    def begins(self, job: Job, step: Attempt) -> None:
        """Open a section for a retry."""
        if step.role == PRIMARY and step.number > 1:
            from ..report.gitlab import attempt_start

            words = self._mask(job.pick(step).words)
            self._say(attempt_start(self._run_id, step.number, step.limit, words, time.time()))

    def over(self, step: Attempt) -> None:
        """Close it."""
        if step.role == PRIMARY and step.number > 1:
            from ..report.gitlab import attempt_end

            self._say(attempt_end(self._run_id, step.number, time.time()))
