"""A retry policy: values in layers, the nearest first, and what they say about a failure.

Layers, not a merged table, because a `per_category` value of one layer beats the general value of
the same layer but not the general value of a nearer one, and because `--dry-run` tells where each
value comes from.
"""

from __future__ import annotations

from .value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from .failure import Classification
    from .outcome import Outcome

TIMEOUT, UNMATCHED, ANY = "timeout", "unmatched", "any"
GAVE_UP = "retryrun.gave-up"

BUILT_IN_DEFAULT: dict[str, Any] = {
    "max_retries": 3,
    "base_delay": 1.0,
    "max_delay": 60.0,
    "exponential_base": 2.0,
    "jitter": "proportional",
    "timeout": 0.0,
    "idle_timeout": 0.0,
    "deadline": 0.0,
    "kill_after": 5.0,
    "retry_on": ["network", "rate_limit", "transient"],
    "never_retry_on": [],
    "retry_on_exit_code": [],
    "fallback": [],
    "fallback_on": None,  # None: everything but what a rule knows to be permanent
    "before_retry": [],
    "retry_command": None,
    "breaker": None,
    "budget": None,
    "stdin": "inherit",
    "stdout": "stream",
    "flaky": "pass",
    "per_category": {
        "rate_limit": {"max_retries": 6, "base_delay": 5.0, "max_delay": 120.0},
    },
}
BUILT_IN: dict[str, dict[str, Any]] = {
    "default": BUILT_IN_DEFAULT,
    "quick": {"max_retries": 3, "base_delay": 0.5, "max_delay": 5.0},
    "aggressive": {"max_retries": 10, "base_delay": 2.0, "max_delay": 120.0},
    "conservative": {"max_retries": 2, "base_delay": 5.0, "max_delay": 30.0},
}


class Layer(Value):
    """Values of one level and the words that say where they were set."""

    origin: str
    settings: Mapping[str, Any]


class Policy(Value):
    """A named policy; `layers` go from the nearest to the farthest.

    `never` is the reason why nothing may be retried whatever the layers say (`retry: never`), or
    None; the reason may be empty. `chosen_by` says what chose the policy, where anything did.
    """

    name: str
    layers: tuple[Layer, ...]
    never: str | None = None
    chosen_by: str = ""

    def find(self, key: str, labels: Iterable[str] = ()) -> tuple[Any, str]:
        """Return the value in force for `key` and its origin.

        `labels` are the names under which `per_category` may speak of the failure, most telling
        first. Raises KeyError for a key that no layer has.
        """
        for layer in self.layers:
            special = layer.settings.get("per_category") or {}
            for label in labels:
                if key in special.get(label, ()):
                    return special[label][key], f"{layer.origin}, per_category.{label}"
            if key in layer.settings:
                return layer.settings[key], layer.origin
        raise KeyError(key)

    def get(self, key: str, labels: Iterable[str] = ()) -> Any:
        """Return the value in force for `key`; see `find`."""
        return self.find(key, labels)[0]

    def limit(self, failure: Classification | None = None) -> int:
        """Return how many attempts there may be in all, by the latest failure."""
        if self.never is not None:
            return 1
        return int(self.get("max_retries", labels(failure))) + 1


def named(name: str, written: Mapping[str, Mapping[str, Any]]) -> tuple[Layer, ...]:
    """Return the layers of a policy: of that name, of the `default` it starts from, built in.

    `written` are the policies of recovery.yaml; one that is named like a built-in policy takes
    its place. Raises KeyError for a name that nobody knows.
    """
    layers = []
    for each in dict.fromkeys((name, "default")):
        if each in written:
            layers.append(Layer(f"policy {each} (recovery.yaml)", written[each]))
        elif each != "default":
            layers.append(Layer(f"policy {each} (built in)", BUILT_IN[each]))
    return (*layers, Layer("built in", BUILT_IN_DEFAULT))


def list_words() -> tuple[str, ...]:
    """Return the words that lists such as `retry_on` know, rule ids apart."""
    from .failure import CATEGORIES

    return (*CATEGORIES, TIMEOUT, UNMATCHED, ANY)


def labels(failure: Classification | None) -> tuple[str, ...]:
    """Return the names under which `per_category` and lists know a failure, most telling first."""
    if failure is None:
        return ()
    if failure.rule == TIMEOUT:
        return (TIMEOUT, failure.category)
    return (failure.category,)


def listed(words: Iterable[str], failure: Classification) -> bool:
    """Tell whether a list such as `retry_on` names this failure.

    `permanent` means a failure that a rule knows to be real; one that no rule knows is named by
    `unmatched` alone.
    """
    wanted = set(words)
    if ANY in wanted:
        return True
    if failure.rule is None:
        return UNMATCHED in wanted
    return failure.rule in wanted or not wanted.isdisjoint(labels(failure))


def in_ranges(status: int, ranges: Iterable[Iterable[int]]) -> bool:
    """Tell whether an exit status lies in one of the (first, last) pairs."""
    return any(first <= status <= last for first, last in ranges)


def refusal(policy: Policy, failure: Classification, outcome: Outcome) -> str | None:
    """Return why this failure is not one to retry, or None if it is.

    The reason is "" when the policy just does not ask for it.
    """
    if policy.never is not None:
        return policy.never or "retry: never"
    if failure.severity == "critical":
        return "critical"
    if failure.rule == GAVE_UP or outcome.not_runnable:
        return ""
    if listed(policy.get("never_retry_on"), failure):
        return "never_retry_on"
    return None if asked_for(policy, failure, outcome) else ""


def asked_for(policy: Policy, failure: Classification, outcome: Outcome) -> bool:
    """Tell whether the policy would have such failures retried, which a circuit breaker counts.

    A command that is never retried (`retry: never`, critical) still says that the service is down.
    """
    if failure.rule == GAVE_UP or outcome.not_runnable:
        return False
    if listed(policy.get("never_retry_on"), failure):
        return False
    if in_ranges(outcome.status, policy.get("retry_on_exit_code")):
        return True
    return listed(policy.get("retry_on"), failure)


def allows_fallback(policy: Policy, failure: Classification, outcome: Outcome) -> bool:
    """Tell whether the fallbacks may take over after this failure."""
    words = policy.get("fallback_on")
    if words is None:
        return outcome.not_runnable or failure.rule is None or failure.category != "permanent"
    return listed(words, failure)
