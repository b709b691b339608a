"""How calls are to be retried: the configuration, the policies behind it, the switches."""

from __future__ import annotations

from .core.policy import BUILT_IN_DEFAULT, Layer, Policy
from .core.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from .guard import Guard

MOST_RETRIES = 1_000_000_000
LARGEST = 1.7976931348623157e308  # the largest float: neither infinity nor a longer integer
COMMANDS_ONLY = {"fallback": [], "before_retry": [], "timeout": 0.0, "idle_timeout": 0.0}


class RetryConfig(Value):
    """How calls are retried; delays in seconds.

    `jitter` is True (proportional), False, or the name of a mode: full, equal, decorrelated,
    none. `deadline` limits the whole call, waits included: no wait that would pass it is begun.
    Frozen, hashable, picklable. Raises ValueError for a negative or non-finite value, a max_delay
    below base_delay, an exponential_base below 1; TypeError for a value of the wrong type.
    """

    max_retries: int = 3
    base_delay: float = 1.0
    max_delay: float = 60.0
    exponential_base: float = 2.0
    jitter: bool | str = True
    deadline: float | None = None

    if not TYPE_CHECKING:

        def __init__(  # noqa: PLR0913, PLR0917  spelt out for whoever asks Python for help
            self,
            max_retries: int = 3,
            base_delay: float = 1.0,
            max_delay: float = 60.0,
            exponential_base: float = 2.0,
            jitter: bool | str = True,
            deadline: float | None = None,
        ) -> None:
            super().__init__(max_retries, base_delay, max_delay, exponential_base, jitter, deadline)
            _check(self)


def _check(config: RetryConfig) -> None:
    from .core.parse import jitter

    retries: object = config.max_retries
    if isinstance(retries, bool) or not isinstance(retries, int):
        raise TypeError(f"max_retries must be a whole number, not {retries!r}")
    if not 0 <= retries <= MOST_RETRIES:
        raise ValueError(f"max_retries must be 0 or more, not {retries!r}")
    for name in ("base_delay", "max_delay", "exponential_base", "deadline"):
        value: object = getattr(config, name)
        if name == "deadline" and value is None:
            continue
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise TypeError(f"{name} must be a number, not {value!r}")
        if not 0 <= value <= LARGEST:
            raise ValueError(f"{name} must be finite and not negative, not {value!r}")
    if config.max_delay < config.base_delay:
        raise ValueError(
            f"max_delay {config.max_delay!r} is below base_delay {config.base_delay!r}"
        )
    if config.exponential_base < 1:
        raise ValueError(f"exponential_base must be 1 or more, not {config.exponential_base!r}")
    try:
        jitter(config.jitter)
    except ValueError as error:
        raise ValueError(f"jitter {config.jitter!r}: {error}") from None


class Switch:
    """What holds for the whole program: whether calls are retried, and the testing switch."""

    active = True
    testing = False
    cap: int | None = None


def set_active(active: bool) -> None:
    """Switch retrying on or off for the whole program; fallbacks apply all the same."""
    Switch.active = bool(active)


def is_active() -> bool:
    """Tell whether calls are retried."""
    return Switch.active


class testing:  # noqa: N801  used like a function: with retryrun.testing():
    """No waiting, at most `attempts` attempts and no shared state, while the block lasts.

    May be nested. Raises ValueError for less than one attempt.
    """

    def __init__(self, attempts: int | None = None) -> None:
        if attempts is not None and attempts < 1:
            raise ValueError(f"attempts must be 1 or more, not {attempts!r}")
        self._attempts = attempts
        self._before: list[tuple[bool, int | None]] = []

    def __enter__(self) -> None:
        self._before.append((Switch.testing, Switch.cap))
        Switch.testing, Switch.cap = True, self._attempts

    def __exit__(self, *_: object) -> None:
        Switch.testing, Switch.cap = self._before.pop()


class Terms(Value):
    """What holds for the calls of one decorator.

    `guard` makes what each call asks and tells (a shared breaker and budget of recovery.yaml), or
    is None. `rules` and `disabled` are the user's rules for messages, as recovery.yaml has them.
    """

    policy: Policy
    guard: Callable[[], Guard] | None = None
    rules: tuple[Mapping[str, Any], ...] = ()
    disabled: tuple[str, ...] = ()


def terms_of(config: RetryConfig | str | None) -> Terms:
    """Return the terms of a configuration, or those of the policy of that name.

    Raises TypeError for anything else, ValueError for a policy that nobody knows, ConfigError for
    a recovery.yaml that is wrong.
    """
    if config is None:
        config = RetryConfig()
    if isinstance(config, str):
        return _named(config)
    given: object = config
    if not isinstance(given, RetryConfig):
        hint = ": write @with_retry()" if callable(given) else ""
        raise TypeError(f"a RetryConfig or a policy's name is needed, not {given!r}{hint}")
    from .core.parse import jitter

    settings = {
        "max_retries": config.max_retries,
        "base_delay": config.base_delay,
        "max_delay": config.max_delay,
        "exponential_base": config.exponential_base,
        "jitter": jitter(config.jitter),
        "deadline": config.deadline or 0.0,
    }
    layers = (Layer("RetryConfig", settings), Layer("built in", BUILT_IN_DEFAULT))
    return Terms(Policy("", layers))


def _named(name: str) -> Terms:
    from .core.policy import named

    document = document_in_force()
    written = document.get("policies") or {}
    try:
        layers = named(name, written)
    except KeyError:
        raise ValueError(_unknown(name, written)) from None
    # What a policy says of commands has no meaning for a call.
    policy = Policy(name, (Layer("call", COMMANDS_ONLY), *layers))
    guard = None
    if policy.get("breaker") or policy.get("budget"):
        breakers = document.get("breakers") or {}

        def guard() -> Guard:
            from .guard import Guard
            from .shared import state

            return Guard(state(), policy, breakers)

    rules = tuple(document.get("rules") or ())
    return Terms(policy, guard, rules, tuple(document.get("disable_rules") or ()))


def _unknown(name: str, written: Mapping[str, Any]) -> str:
    from .core.parse import nearest
    from .core.policy import BUILT_IN

    known = tuple(dict.fromkeys((*written, *BUILT_IN)))
    near = nearest(name, known)
    hint = f"did you mean {near!r}?" if near else "there are: " + ", ".join(known)
    return f"there is no policy {name!r}; {hint}"


def document_in_force() -> dict[str, Any]:
    """Return recovery.yaml as the command line would find it from here; {} if there is none."""
    import os

    from . import config as files

    # The compiled copies are the command line's own: they depend on its subcommands.
    env = {**os.environ, "RETRYRUN_STATE": "off"}
    return files.load(os.environ.get("RETRYRUN_CONFIG") or None, env=env) or {}


def capped(policy: Policy, retries: int = 0) -> Policy:
    """Return the policy with at most so many retries."""
    cap = Layer("testing", {"max_retries": max(0, retries)})
    return policy.replace(layers=(cap, *policy.layers))
