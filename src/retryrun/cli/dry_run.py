"""`--dry-run`: what would run, under which values, and where each value comes from."""

from __future__ import annotations

from ..core import backoff
from ..core.job import Job, Steps, command
from ..core.text import seconds, visible_line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from ..core.job import Command
    from ..core.policy import Policy
    from .compose import Setup

LIMITS = ("timeout", "idle_timeout", "deadline", "kill_after")
CHOICE = ("retry_on", "never_retry_on", "retry_on_exit_code")
OTHERS = ("stdin", "stdout", "flaky", "budget", "breaker")
SHOWN_DELAYS = 12
WIDTH = 400


def show(setup: Setup, what: Job | Steps) -> int:
    """Print the plan of a job, or of each step."""
    import os

    from ..core.redact import Redactor

    mask = Redactor(os.environ)
    document = setup.document
    path = visible_line(document["path"]) if document else "none"
    print(f"{'recovery.yaml':<20}{path}")
    for job in [what] if isinstance(what, Job) else what.jobs():
        print()
        for name, value, origin in _rows(job, lambda each: mask.command(each, WIDTH)):
            text = visible_line(mask.text(f"{name:<20}{value}"))
            print(f"{text:<58} {origin}".rstrip() if origin else text)
    return 0


def _rows(job: Job, shown: Callable[[Command], str]) -> Iterator[tuple[str, str, str]]:
    """Give the rows of a job: name, value, origin each."""
    yield from _command(job, shown)
    yield from _retries(job.policy)
    yield from _helpers(job, shown)
    for key in OTHERS:
        yield _row(job.policy, key)


def _command(job: Job, shown: Callable[[Command], str]) -> Iterator[tuple[str, str, str]]:
    if job.task:
        yield "task", job.task, ""
    yield "command", shown(job.command), ""
    if job.cwd:
        yield "folder", job.cwd, ""
    for name, value in job.env.items():
        yield "variable", f"{name}={value}", ""
    yield "policy", job.policy.name, job.policy.chosen_by


def _retries(policy: Policy) -> Iterator[tuple[str, str, str]]:
    if policy.never is not None:
        yield "retry", "never" + (f": {policy.never}" if policy.never else ""), ""
        yield from (_row(policy, key) for key in LIMITS)
        return
    for key in ("max_retries", "base_delay", "max_delay", "exponential_base", "jitter"):
        yield _row(policy, key)
    yield "planned delays", _delays(policy, ()), ""
    for category in _special(policy):
        yield f"  {category}", _delays(policy, (category,)), _special_origin(policy, category)
    for key in (*LIMITS, *CHOICE):
        yield _row(policy, key)


def _helpers(job: Job, shown: Callable[[Command], str]) -> Iterator[tuple[str, str, str]]:
    policy = job.policy
    for key in ("fallback", "before_retry"):
        for spec in policy.get(key):
            yield key, shown(command(spec, shell=job.shell)), policy.find(key)[1]
    yield _row(policy, "fallback_on")
    if policy.get("retry_command"):
        spec = policy.get("retry_command")
        made = command(spec, shell=job.shell, args=job.args)
        yield "retry_command", shown(made), policy.find("retry_command")[1]


def _row(policy: Policy, key: str) -> tuple[str, str, str]:
    value, origin = policy.find(key)
    return key, _text(key, value), origin


def _text(key: str, value: Any) -> str:
    if key == "fallback_on" and value is None:
        return "everything but permanent"
    if key == "kill_after" or (key.endswith("_delay")):
        return _exact(value)
    if key in LIMITS:
        return _exact(value) if value else "none"
    if key == "retry_on_exit_code":
        pairs = (str(a) if a == b else f"{a}-{b}" for a, b in value)
        return ", ".join(pairs) or "none"
    if isinstance(value, dict):
        value = [f"{name} {each}" for name, each in value.items()]
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value)) or "none"
    return "none" if value is None else str(value)


def _exact(value: float) -> str:
    """Write a length of time in seconds as it was given: 3.375s, where messages say 3.4s."""
    if value < 1:
        return f"{value * 1000:g}ms"
    return f"{value:g}s" if value < 60 else seconds(value)


def _special(policy: Policy) -> list[str]:
    """Return the categories for which some layer in force says something of its own."""
    general = {key: policy.get(key) for key in ("max_retries", "base_delay", "max_delay")}
    names = {name for layer in policy.layers for name in layer.settings.get("per_category") or {}}
    return sorted(
        name
        for name in names
        if any(policy.get(key, (name,)) != value for key, value in general.items())
    )


def _special_origin(policy: Policy, category: str) -> str:
    return policy.find("max_retries", (category,))[1]


def _delays(policy: Policy, names: tuple[str, ...]) -> str:
    """Show the waits without jitter: the middle of what may be drawn, or its upper end."""
    retries = policy.get("max_retries", names)
    waits = [
        _exact(
            backoff.exponential(
                attempt,
                policy.get("base_delay", names),
                policy.get("max_delay", names),
                policy.get("exponential_base", names),
            )
        )
        for attempt in range(min(retries, SHOWN_DELAYS))
    ]
    if retries > SHOWN_DELAYS:
        waits.append(f"… {retries} in all")
    return ", ".join(waits) or "none"
