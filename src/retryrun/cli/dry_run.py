"""`--dry-run`: what would run, under which values, and where each value comes from."""

from __future__ import annotations

from ..core import backoff
from ..core.job import Job, Steps, command
from ..core.text import one_line, seconds, show_command

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
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
    print(f"{'recovery.yaml':<20}{document['path'] if document else 'none'}")
    for job in [what] if isinstance(what, Job) else what.jobs():
        print()
        for name, value, origin in _rows(job):
            text = mask.text(f"{name:<20}{value}")
            print(f"{text:<58} {origin}".rstrip() if origin else text)
    return 0


def shown(what: Command) -> str:
    """Write a command out: a shell's string as it is, words quoted where need be."""
    return show_command(what.argv, WIDTH) if what.script is None else one_line(what.script)


def _rows(job: Job) -> Iterator[tuple[str, str, str]]:
    """Give the rows of a job: name, value, origin each."""
    yield from _command(job)
    yield from _retries(job.policy)
    yield from _helpers(job)
    for key in OTHERS:
        yield _row(job.policy, key)


def _command(job: Job) -> Iterator[tuple[str, str, str]]:
    if job.task:
        yield "task", job.task, ""
    yield "command", shown(job.command), ""
    if job.cwd:
        yield "folder", job.cwd, ""
    for name, value in job.env.items():
        yield "variable", f"{name}={value}", ""
    yield "policy", job.policy.name, ""


def _retries(policy: Policy) -> Iterator[tuple[str, str, str]]:
    if policy.never is not None:
        yield "retry", "never" + (f": {policy.never}" if policy.never else ""), ""
    for key in ("max_retries", "base_delay", "max_delay", "exponential_base", "jitter"):
        yield _row(policy, key)
    yield "planned delays", _delays(policy, ()), ""
    for category in _special(policy):
        yield f"  {category}", _delays(policy, (category,)), _special_origin(policy, category)
    for key in (*LIMITS, *CHOICE):
        yield _row(policy, key)


def _helpers(job: Job) -> Iterator[tuple[str, str, str]]:
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
        return seconds(value)
    if key in LIMITS:
        return seconds(value) if value else "none"
    if key == "retry_on_exit_code":
        pairs = (str(a) if a == b else f"{a}-{b}" for a, b in value)
        return ", ".join(pairs) or "none"
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value)) or "none"
    return "none" if value is None else str(value)


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
        seconds(
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
