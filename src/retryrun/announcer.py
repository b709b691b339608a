"""What a run has to tell, as types alone: whoever tells it to people is no business of its."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from .core.flow import Attempt, GaveUp, Tried, Verdict, Wait
    from .core.job import Job
    from .core.outcome import Outcome
    from .process import Session
    from .report.live import Countdown


class Announcer(Protocol):
    """Whoever tells people what happens. Each method says one thing, or nothing."""

    def begins(self, job: Job, step: Attempt) -> None:
        """Be told that a command is about to start."""

    def over(self, step: Attempt) -> None:
        """Be told that it has ended."""

    def retrying(self, job: Job, tried: Tried) -> None:
        """Announce a failure that will be retried."""

    def warn(self, text: str) -> None:
        """Say something once."""

    def countdown(self, step: Wait) -> Countdown | None:
        """Return what shows people the time left of a wait, None where nobody looks."""

    def gave_up(self, job: Job, stop: GaveUp) -> None:
        """Announce that there is no further attempt."""

    def fallback(self, job: Job, step: Attempt) -> None:
        """Announce a fallback."""

    def hook_failed(self, job: Job, step: Attempt, outcome: Outcome) -> None:
        """Report a clean-up that failed."""

    def ended(self, job: Job, verdict: Verdict, total: float) -> None:
        """Say how it ended."""

    def attach(self, session: Session) -> None:
        """Speak through this session from now on."""
