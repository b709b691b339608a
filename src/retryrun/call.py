"""One guarded call that has failed: the pure flow of `core.flow` joined to an error.

Imported with the decorators, but nothing slow is imported before a call fails.
"""

from __future__ import annotations

import time

from .core.value import Value
from .settings import Switch, capped

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from typing import Any

    from .budget import RetryBudget
    from .core.failure import Classification
    from .core.flow import GaveUp, Reply, Step, Tried, Wait
    from .core.outcome import Outcome
    from .settings import Terms

NO_STATUS = 256  # of a call that failed: a list of exit codes never means it
LONGEST_WAIT = 1e9  # seconds: more than the system's sleep is sure to take


class RetryEvent(Value):
    """What happened to a guarded call after its first failure.

    `kind` is "retrying" (a wait of `delay` seconds begins), "recovered" (a later attempt
    succeeded) or "gave_up" (a fallback may follow). `attempt` is how many were made, `limit` how
    many there may be; `error` and `category` are of the latest failure. `reason` says why it gave
    up: not_retried, none_left, deadline, server_wait, circuit_open, budget.
    """

    kind: str
    function: str
    attempt: int
    limit: int
    error: BaseException | None
    category: str | None = None
    delay: float | None = None
    reason: str | None = None


class Guarding(Value):
    """What a decorator was given."""

    terms: Terms
    fallback: Callable[..., Any] | None = None
    on_event: Callable[[RetryEvent], object] | None = None
    budget: RetryBudget | None = None


class Call:
    """One call: what to call again, and what became of it."""

    def __init__(  # noqa: PLR0913, PLR0917  the parts of a call
        self,
        func: Callable[..., Any],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        guarding: Guarding,
        error: Exception | None = None,
        start: float | None = None,
    ) -> None:
        self.func, self.args, self.kwargs = func, args, kwargs
        self.error = error  # of the attempt that was made already, then of the latest one
        self.made = error is not None
        self.guarding = guarding
        terms = guarding.terms
        self.policy = terms.policy if Switch.active else capped(terms.policy)
        if Switch.testing and Switch.cap is not None:
            self.policy = capped(self.policy, min(Switch.cap - 1, self.policy.get("max_retries")))
        limit = terms.policy.get("deadline")
        self.deadline = start + limit if limit and start is not None else None
        self.guard = None if terms.guard is None or Switch.testing else terms.guard()

    @property
    def name(self) -> str:
        """What the function is called."""
        name = getattr(self.func, "__name__", None)
        return name if isinstance(name, str) else type(self.func).__name__

    def plan(self) -> Generator[float | None, None, None]:
        """Yield what is to be done next: a wait in seconds, or None to call again.

        Whoever calls leaves the call's error in `error`, None for a success. At the end `error` is
        the last error if the call has given up.
        """
        import random

        from .core.flow import Attempt, Wait, retry_flow

        flow = retry_flow(
            self.policy,
            lambda outcome, _attempt: self.judge(outcome),
            lambda: random.random(),  # noqa: PLW0108, S311  a patched or seeded random is seen
            time.monotonic,
            deadline=self.deadline,
            guarded=self.guard is not None or self.guarding.budget is not None,
        )
        step = next(flow)
        while True:
            reply: Reply = None
            if isinstance(step, Attempt):
                if self.made:
                    self.made = False
                else:
                    yield from self.attempt()
                reply = self.outcome()
            elif isinstance(step, Wait):
                yield self.wait(step)
            else:
                reply = self.ask(step)
            try:
                step = flow.send(reply)
            except StopIteration as stop:
                if stop.value.outcome == "recovered":
                    self.tell("recovered", stop.value.tried[-2])
                return

    def attempt(self) -> Generator[None, None, None]:
        """Have the function called; free the breaker's trial if the call is interrupted."""
        try:
            yield None
        except GeneratorExit:
            if self.guard is not None:
                self.guard.settle(None)
            raise

    def ask(self, step: Step) -> Reply:
        """Answer a step that is not about calling: the breaker, the budget, the end."""
        from .core.flow import Admit, GaveUp, Settle, Spend

        guard, budget = self.guard, self.guarding.budget
        if isinstance(step, GaveUp):
            self.gave_up(step)
        elif isinstance(step, Admit):
            return None if guard is None else guard.admit()
        elif isinstance(step, Settle):
            if step.ok and budget is not None:
                budget.deposit()
            return None if guard is None else guard.settle(step.ok)
        elif isinstance(step, Spend):
            if budget is not None:
                return budget.spend()
            return True if guard is None else guard.spend()
        return None

    def outcome(self) -> Outcome:
        """Return the latest attempt in the words of the flow."""
        from .core.exceptions import exit_status
        from .core.outcome import Outcome

        if self.error is None:
            return Outcome(0)
        status = exit_status(self.error)
        return Outcome(NO_STATUS if status is None else status)

    def judge(self, outcome: Outcome) -> Classification | None:
        """Judge the latest error; None after a success."""
        if outcome.exit_code == 0 or self.error is None:
            return None
        from .judging import judged

        return judged(self.error, self.guarding.terms)

    def wait(self, step: Wait) -> float:
        """Announce a wait and return how long it really is, in seconds."""
        tried = step.tried
        self.say(tried, f"Retrying in {step.seconds:.1f}s...")
        self.tell("retrying", tried, delay=step.seconds)
        return 0.0 if Switch.testing else min(step.seconds, LONGEST_WAIT)

    def gave_up(self, step: GaveUp) -> None:
        """Announce the end, where the error itself does not say why."""
        if step.tried is None:
            self.error = self.refused(step.detail)
        else:
            why = _why(step)
            if why:
                self.say(step.tried, f"{why}: not retried")
        self.tell("gave_up", step.tried, reason=step.reason)

    def refused(self, seconds: float | str | None) -> Exception:
        """Return the error of a call that an open circuit did not let through."""
        from .circuit_open import refusal

        name = None if self.guard is None else self.guard.name
        return refusal(name, float(seconds or 0.0))

    def say(self, tried: Tried, rest: str) -> None:
        """Log a failure."""
        import logging

        from .judging import quoted

        logging.getLogger("retryrun").warning(
            "%s failed (attempt %d/%d): %s. %s",
            self.name,
            tried.attempt.number,
            tried.limit,
            quoted(self.error, tried.failure),
            rest,
        )

    def tell(self, kind: str, tried: Tried | None, **more: Any) -> None:
        """Tell the hook; one that fails is logged and changes nothing."""
        hook = self.guarding.on_event
        if hook is None:
            return
        made = 0 if tried is None else tried.attempt.number + (kind == "recovered")
        limit = self.policy.limit() if tried is None else tried.limit
        failure = None if tried is None else tried.failure
        category = None if failure is None else failure.category
        try:
            hook(RetryEvent(kind, self.name, made, limit, self.error, category, **more))
        except Exception:
            import logging

            logging.getLogger("retryrun").exception("on_event failed")


def _why(step: GaveUp) -> str | None:
    from .core.flow import BUDGET, CIRCUIT, DEADLINE, SERVER_WAIT

    if step.reason == SERVER_WAIT:
        return f"The server asks to wait {step.detail:.0f}s, more than max_delay"
    return {
        DEADLINE: "No time is left before the deadline",
        BUDGET: "The retry budget is spent",
        CIRCUIT: "The circuit is open",
    }.get(step.reason)
