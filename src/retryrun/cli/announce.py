"""Who tells people what happens during a run, and when to be silent."""

from __future__ import annotations

import os

from ..core.flow import exit_status
from ..core.policy import allows_fallback

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from ..core.flow import Attempt, GaveUp, Tried, Verdict, Wait
    from ..core.job import Job
    from ..core.outcome import Outcome
    from ..core.redact import Redactor
    from ..process import Session
    from ..report.lines import Words
    from ..report.live import Countdown
    from .sections import Sections

SIGPIPE = 13
# What a terminal is told besides the words: yellow, red, green, faint.
AGAIN, BAD, GOOD, ASIDE = "33", "31", "32", "2"
NAME_WIDTH = 60


class Lines:
    """The plain form: whole lines on stderr.

    `mask` gives the masking, which is not made before there is something to say. `nested` is set
    inside another retryrun: the last line is then the one that the outer looks for, so it is
    written even when `quiet`, and no hint follows it. `live`: on a terminal a wait may be counted
    down. `colour`: what --color says.
    """

    def __init__(  # noqa: PLR0913  how an invocation speaks
        self,
        mask: Callable[[], Redactor],
        *,
        quiet: bool,
        verbose: bool,
        nested: bool,
        live: bool = False,
        colour: str = "never",
    ) -> None:
        self._mask = mask
        self._quiet, self._verbose, self._nested = quiet, verbose, nested
        self._live, self._colour = live and not quiet, colour
        self._session: Session | None = None
        self._early: list[str] = []  # said before there is anyone to say it
        self._warned: set[str] = set()
        self.sections: Sections | None = None

    def attach(self, session: Session) -> None:
        """Speak through this session from now on."""
        self._session = session
        for text in self._early:
            session.say(text)
        self._early.clear()

    def say(self, text: str, tone: str = "") -> None:
        """Write one line, unless quiet."""
        if not self._quiet:
            self._write(text, tone)

    def warn(self, text: str) -> None:
        """Write a warning, each text once."""
        if text not in self._warned:
            self._warned.add(text)
            self.say(f"warning: {text}", AGAIN)

    def _write(self, text: str, tone: str) -> None:
        # The line begins as it does without colour, so that whoever looks for ours finds them.
        shown = f"\033[{tone}m{text}\033[0m" if tone and self._coloured() else text
        self.raw(f"retryrun: {shown}\n")

    def _coloured(self) -> bool:
        if self._colour == "auto":
            self._colour = "always" if os.isatty(2) else "never"
        return self._colour == "always"

    def raw(self, text: str) -> None:
        """Write a whole line as it is: what a CI system is told."""
        if self._session is None:
            self._early.append(text)
        else:
            self._session.say(text)

    def _words(self, job: Job) -> Words:
        from ..report.lines import Words

        name = job.task or self._mask().command(job.command, NAME_WIDTH)
        return Words(name, self._mask().text, job.policy.get("breaker"))

    def begins(self, job: Job, step: Attempt) -> None:
        """Be told that a command is about to start."""
        if self.sections is not None:
            self.sections.begins(job, step)

    def over(self, step: Attempt) -> None:
        """Be told that it has ended."""
        if self.sections is not None:
            self.sections.over(step)

    def retrying(self, job: Job, tried: Tried) -> None:
        """Announce a failure that will be retried."""
        words = self._words(job)
        self._notes(words, tried)
        self.say(words.failed(tried), AGAIN)

    def countdown(self, step: Wait) -> Countdown | None:
        """Return what shows people the time left of a wait, None where nobody looks."""
        columns = self._session.columns() if self._session is not None and self._live else None
        if self._session is None or columns is None:
            return None
        from ..report.live import SHORTEST, Countdown

        what = f"attempt {step.tried.attempt.number + 1}/{step.tried.limit}"
        return Countdown(self._session.show, columns, what) if step.seconds > SHORTEST else None

    def gave_up(self, job: Job, stop: GaveUp) -> None:
        """Announce that there is no further attempt."""
        words = self._words(job)
        if stop.tried is not None:
            if stop.tried.outcome.signal == SIGPIPE:
                return  # `retryrun -- yes | head` is no failure to speak of
            self._notes(words, stop.tried)
        line = words.gave_up(stop)
        last = stop.fallbacks == 0
        if self._nested and last:
            self._write(line, BAD)
            return
        self.say(line, BAD if last else AGAIN)
        if last and self._verbose and stop.tried is not None and job.policy.get("fallback"):
            self._no_fallback(job, stop.tried)
        if last:
            from ..report.lines import hint

            advice = hint(job, stop, self._mask().words(job.command.argv))
            if advice:
                self.say(f"hint: {advice}", ASIDE)

    def _no_fallback(self, job: Job, tried: Tried) -> None:
        """Say why the fallbacks that the policy has are not run."""
        if tried.failure is not None:
            covered = allows_fallback(job.policy, tried.failure, tried.outcome)
            self.say(self._words(job).no_fallback(tried.failure, covered=covered), ASIDE)

    def fallback(self, job: Job, step: Attempt) -> None:
        """Announce a fallback."""
        shown = self._mask().command(job.pick(step))
        self.say(self._words(job).fallback(step.index, step.of, shown), AGAIN)

    def hook_failed(self, job: Job, step: Attempt, outcome: Outcome) -> None:
        """Report a clean-up that failed."""
        shown = self._mask().command(job.pick(step))
        self.say(self._words(job).hook_failed(shown, outcome), AGAIN)

    def ended(self, job: Job, verdict: Verdict, total: float) -> None:
        """Say how it ended, where that was not to be expected."""
        for each in verdict.tried:
            for warning in each.outcome.warnings:
                self.warn(warning)
        if not verdict.tried:
            return
        tried = verdict.tried[-1]
        if verdict.outcome == "recovered":
            self.say(self._words(job).recovered(tried, total), GOOD)
            if job.policy.get("flaky") != "pass":
                status = exit_status(verdict, job.policy, {})
                self.say(self._words(job).flaky(tried, status), AGAIN)
        elif verdict.outcome == "succeeded" and self._verbose:
            self.say(self._words(job).recovered(tried, total), GOOD)
        elif verdict.gave_up is not None and verdict.gave_up.fallbacks:
            self._after_fallbacks(job, verdict, verdict.gave_up)

    def _after_fallbacks(self, job: Job, verdict: Verdict, stop: GaveUp) -> None:
        if verdict.interrupted is not None or verdict.tried[-1].failure is None:
            return
        line = self._words(job).fallback_failed(stop, verdict.tried[-1])
        if self._nested:
            self._write(line, BAD)
        else:
            self.say(line, BAD)

    def steps(self, rows: list[tuple[str, str, float]]) -> None:
        """Close a task of steps that did not simply succeed."""
        from ..report.lines import summary

        if not self._nested:
            for line in summary(rows):
                self.say(line)

    def _notes(self, words: Words, tried: Tried) -> None:
        failure = tried.failure
        if failure is None:
            return
        if failure.warning:
            self.warn(failure.warning)
        if self._verbose:
            from ..report.lines import seen
            from ..rules import meaning

            says = meaning(failure.rule)
            if says and failure.line:
                self.say(f'[{failure.rule}] "{words.quote(failure.line)}": {says}', ASIDE)
            for rule, line, why in failure.candidates:
                self.say(f"not [{rule}] {seen(words.quote(line))}: {why}", ASIDE)
