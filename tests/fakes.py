"""Stand-ins for what the pure parts are handed: clock, dice, scripted outcomes."""

from __future__ import annotations

from retryrun.core.failure import Classification
from retryrun.core.flow import Admit, Attempt, GaveUp, Settle, Spend, Wait, retry_flow
from retryrun.core.outcome import Outcome
from retryrun.core.policy import BUILT_IN_DEFAULT, Layer, Policy

NETWORK = Classification("network", "medium", "net.down", "connection refused")
RATE = Classification("rate_limit", "medium", "http.429", "429", retry_after=None)
REAL = Classification("permanent", "medium", "pytest.failures", "1 failed")
UNKNOWN = Classification("permanent")
TIMEOUT = Classification("transient", "medium", "timeout")


class Clock:
    def __init__(self, now: float = 1000.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


def policy(never=None, *levels, **near) -> Policy:
    """A policy whose nearest layer is `near`; `levels` are further dicts, nearest first."""
    layers = [Layer("test", near), *(Layer(f"level {n}", each) for n, each in enumerate(levels))]
    return Policy("test", (*layers, Layer("built in", BUILT_IN_DEFAULT)), never)


class Circuit:
    """Answers for a breaker and a budget: `refusals` and `openings` in turn, then None; `tokens`."""

    def __init__(self, refusals=(), openings=(), tokens=1000):
        self.refusals, self.openings, self.tokens = list(refusals), list(openings), tokens
        self.told = []

    def admit(self):
        return self.refusals.pop(0) if self.refusals else None

    def settle(self, ok):
        self.told.append(ok)
        return self.openings.pop(0) if self.openings else None

    def spend(self):
        self.tokens -= 1
        return self.tokens >= 0


class Play:
    """Drives a flow over a script of outcomes and remembers what it was told.

    A script entry is a Classification or None (success), or an Outcome with one; each run takes
    `takes` seconds of the clock. `circuit` answers what guards the run; see `Circuit`.
    """

    def __init__(
        self,
        policy,
        script,
        *,
        takes=1.0,
        deadline=None,
        draw=lambda: 0.5,
        stop_wait=None,
        circuit=None,
    ):
        self.clock = Clock()
        self.takes = takes
        self.script = list(script)
        self.steps = []
        self.stop_wait = stop_wait
        self._latest = None
        end = None if deadline is None else self.clock.now + deadline
        self.circuit = circuit
        self.flow = retry_flow(
            policy, self._classify, draw, self.clock, deadline=end, guarded=circuit is not None
        )

    def _classify(self, _outcome, _step):
        return self._latest

    def run(self):
        reply = None
        while True:
            try:
                step = self.flow.send(reply)
            except StopIteration as stop:
                self.verdict = stop.value
                return self.verdict
            self.steps.append(step)
            reply = self._answer(step)

    def _answer(self, step):
        if isinstance(step, Attempt):
            entry = self.script.pop(0)
            outcome, self._latest = entry if isinstance(entry, tuple) else (None, entry)
            self.clock.now += self.takes
            return outcome or Outcome(0 if self._latest is None else 1)
        if isinstance(step, Wait):
            self.clock.now += step.seconds
            return self.stop_wait
        if isinstance(step, Admit):
            return self.circuit.admit()
        if isinstance(step, Settle):
            return self.circuit.settle(step.ok)
        if isinstance(step, Spend):
            return self.circuit.spend()
        assert isinstance(step, GaveUp)
        return None

    @property
    def waits(self):
        return [step.seconds for step in self.steps if isinstance(step, Wait)]

    @property
    def roles(self):
        return [step.role for step in self.steps if isinstance(step, Attempt)]

    @property
    def gave_up(self):
        return next((step for step in self.steps if isinstance(step, GaveUp)), None)
