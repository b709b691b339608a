"""The lines people read: pure text, one function a message.

Every text that comes from elsewhere goes through `Words`, which masks secrets before it shortens,
and leaves no control character.
"""

from __future__ import annotations

from ..core.flow import (
    BUDGET,
    CIRCUIT,
    DEADLINE,
    NONE_LEFT,
    NOT_RETRIED,
    SERVER_WAIT,
    GaveUp,
    Tried,
)
from ..core.text import one_line, seconds, shorten, show_command, strip_controls

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ..core.failure import Classification
    from ..core.flow import Verdict
    from ..core.job import Job
    from ..core.outcome import Outcome

QUOTE_WIDTH = 100
ENDINGS = {
    "succeeded": "passed",
    "fallback": "passed by fallback",
    "interrupted": "interrupted",
}
PLAIN_REASONS = {
    NONE_LEFT: "No retries left",
    BUDGET: "Not retried: the retry budget is spent",
}
UNMATCHED_HINT = (
    "to retry such failures: --retry-on unmatched, or a rule "
    "(retryrun explain --last --suggest-rule)"
)


def seen(line: str | None) -> str:
    """Say by what a rule was borne out; `line` is ready to be shown."""
    return f'"{line}"' if line else "by the exit status"


class Words:
    """Says things about one command.

    `name` is what to call it, ready to be shown; `mask` takes secrets out of a text; `breaker` is
    the name of its circuit breaker, if it has one.
    """

    def __init__(self, name: str, mask: Callable[[str], str], breaker: str | None = None) -> None:
        self.name = one_line(strip_controls(name))
        self._mask = mask
        self._breaker = self.quote(breaker or "")

    def quote(self, text: str) -> str:
        """Return a text of the command's as it may be shown: masked, plain, short."""
        return shorten(one_line(self._mask(strip_controls(text))), QUOTE_WIDTH)

    @staticmethod
    def status(outcome: Outcome) -> str:
        """Say how a run ended: `exit 1`, `killed by SIGKILL`, `cut after 10s by its time limit`."""
        if outcome.cut:
            limit = {"deadline": "the deadline", "idle_timeout": "silence"}.get(
                outcome.cut, "its time limit"
            )
            return f"cut after {seconds(outcome.duration)} by {limit}"
        if outcome.signal is not None:
            return f"killed by {signal_name(outcome.signal)}"
        return f"exit {outcome.status}"

    def failure(self, tried: Tried, *, quoted: bool = True) -> str:
        """Say how a run ended and what is thought of it."""
        outcome, failure = tried.outcome, tried.failure
        status = self.status(outcome)
        if outcome.spawn_error:
            return f"{status}, {self.quote(outcome.spawn_error)}"
        return status if failure is None else f"{status}, {self._judgement(failure, quoted)}"

    def _judgement(self, failure: Classification, quoted: bool) -> str:
        if failure.rule is None:
            return "unmatched"
        parts = [failure.category, f"[{failure.rule}]"]
        if quoted and failure.line:
            parts.append(f'"{self.quote(failure.line)}"')
        return " ".join(parts)

    def failed(self, tried: Tried) -> str:
        """Announce a failure that will be retried."""
        wait = f"in {seconds(tried.delay)}" if tried.delay else "now"
        return f"{self.name} failed ({self._count(tried)}): {self.failure(tried)}. Retrying {wait}"

    def gave_up(self, stop: GaveUp) -> str:
        """Announce that there is no further attempt, and why."""
        tried = stop.tried
        if tried is None:
            return f"{self.name} was not run: {self._circuit(stop)}"
        known = tried.failure is not None and tried.failure.category == "permanent"
        text = self.failure(tried, quoted=not known)
        return f"{self.name} gave up after {self._count(tried)}: {text}. {self._reason(stop)}"

    def fallback_failed(self, stop: GaveUp, tried: Tried) -> str:
        """Announce that the last fallback failed too."""
        step = tried.attempt
        how = f"fallback {step.index}/{step.of} failed: {self.failure(tried)}"
        if stop.tried is None:
            return f"{self.name} was not run: {self._circuit(stop)}; {how}"
        return (
            f"{self.name} gave up after {self._count(stop.tried)} and fallback "
            f"{step.index}/{step.of}: {self.failure(tried)}"
        )

    def recovered(self, tried: Tried, total: float) -> str:
        """Announce a success that took a retry."""
        return f"{self.name} succeeded on {self._count(tried)} after {seconds(total)}"

    def flaky(self, tried: Tried, status: int) -> str:
        """Warn of a success that took a retry; one with a status other than 0 counts as none."""
        text = f"warning: {self.name} is flaky: it failed before {self._count(tried)} succeeded"
        return f"{text}; it counts as failed, exit {status}" if status else text

    def fallback(self, tried_index: int, of: int, command: str) -> str:
        """Announce a fallback."""
        return f"running fallback {tried_index}/{of}: {self.quote(command)}"

    @staticmethod
    def no_fallback(failure: Classification, *, covered: bool) -> str:
        """Say why no fallback follows; `covered` is whether fallback_on lets one."""
        if covered:
            return "no fallback: the deadline has passed"
        kind = failure.category if failure.rule else "unmatched"
        return f"no fallback: fallback_on does not cover {kind}"

    def hook_failed(self, command: str, outcome: Outcome) -> str:
        """Report a clean-up that failed; the retry goes on."""
        return f"warning: before_retry {self.quote(command)} failed: {self.status(outcome)}"

    @staticmethod
    def _count(tried: Tried) -> str:
        return f"attempt {tried.attempt.number}/{tried.limit}"

    def _reason(self, stop: GaveUp) -> str:
        if stop.reason in PLAIN_REASONS:
            return PLAIN_REASONS[stop.reason]
        if stop.reason == DEADLINE:
            if isinstance(stop.detail, float):
                return f"The deadline is nearer than the next wait of {seconds(stop.detail)}"
            return "The deadline has passed"
        if stop.reason == SERVER_WAIT and isinstance(stop.detail, float):
            wish = seconds(stop.detail)
            return f"The server asks for a wait of {wish}, which is beyond max_delay"
        if stop.reason == CIRCUIT:
            return f"Not retried: {self._circuit(stop)}"
        return f"Not retried: {stop.detail}" if stop.detail else "Not retried"

    def _circuit(self, stop: GaveUp) -> str:
        left = stop.detail
        if isinstance(left, float) and left < float("inf"):
            return f"circuit {self._breaker} is open for another {seconds(left)}"
        return f"circuit {self._breaker} is held open"


def hint(job: Job, stop: GaveUp, shown: Sequence[str]) -> str | None:
    """Return what may help after this end, None if nothing is known to.

    `shown` are the command's words as they may be seen.
    """
    if stop.reason == CIRCUIT:
        close = show_command(["retryrun", "breaker", "reset", str(job.policy.get("breaker"))])
        return f"to close it by hand: {close}"
    if stop.tried is None:
        return None
    failure, outcome = stop.tried.failure, stop.tried.outcome
    argv = job.command.argv
    if outcome.spawn_error and len(argv) == 1 and any(c in argv[0] for c in " ;|&$"):
        return f"to have a shell read that string: retryrun --shell -- {show_command(shown)}"
    if outcome.not_runnable or stop.reason != NOT_RETRIED or stop.detail:
        return None
    if failure is not None and failure.rule is None:
        return UNMATCHED_HINT
    return None


def signal_name(number: int) -> str:
    """Return SIGTERM for 15, `signal 99` for one without a name."""
    import signal

    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def ending(verdict: Verdict) -> str:
    """Say in two or three words how a step of a task ended."""
    if not verdict.tried:
        return "not run, circuit open"
    tried = verdict.tried[-1]
    if verdict.outcome == "recovered":
        return f"passed on attempt {tried.attempt.number}/{tried.limit}"
    if verdict.outcome in ENDINGS:
        return ENDINGS[verdict.outcome]
    return f"failed, {Words.status(tried.outcome)}"


def summary(rows: Sequence[tuple[str, str, float]]) -> list[str]:
    """Return the closing lines of a task of steps: (step, how it ended, seconds) each."""
    names = max(len(name) for name, _, _ in rows)
    endings = max(len(how) for _, how, _ in rows)
    return [
        f"{name:<{names}}  {how:<{endings}}  {seconds(spent)}"
        if spent
        else f"{name:<{names}}  {how}"
        for name, how, spent in rows
    ]
