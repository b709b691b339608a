"""Collecting what has ended: the command, and orphans that became ours."""

from __future__ import annotations

import os


class Children:
    """Collects whatever child ends: the command, and orphans that became ours."""

    def __init__(self, command: int) -> None:
        self.command = command
        self.status: int | None = None  # as waitpid gives it
        self.stopped: int | None = None  # the signal that stopped the command

    def collect(self) -> bool:
        """Take note of all that has ended or stopped; return whether there is no child any more.

        Raises SystemProblem when the command's status is lost.
        """
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG | os.WUNTRACED | os.WCONTINUED)
            except ChildProcessError:
                if self.status is None:
                    from ..errors import SystemProblem

                    raise SystemProblem(
                        "the exit status of the command is lost: something else has taken it"
                    ) from None
                return True
            if pid == 0:
                return False
            if pid != self.command:
                continue
            if os.WIFSTOPPED(status):
                self.stopped = os.WSTOPSIG(status)
            elif os.WIFCONTINUED(status):
                self.stopped = None
            else:
                self.status = status

    @property
    def ended(self) -> bool:
        """Whether the command itself is gone."""
        return self.status is not None


def collect_orphans() -> None:
    """Collect children that have ended while no command runs."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        return
