"""How calls are to be retried: the configuration, the policies behind it, the switches."""

from __future__ import annotations

from .core.policy import BUILT_IN_DEFAULT, Layer, Policy
from .core.value import Value

TYPE_CHECKING = False

MOST_RETRIES = 1_000_000_000
COMMANDS_ONLY = {"fallback": [], "before_retry": [], "timeout": 0.0}


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

        def __init__(self, *args: object, **kwargs: object) -> None:
            super().__init__(*args, **kwargs)
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
        if not 0 <= value < float("inf"):
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
    """No waiting, and at most `attempts` attempts, while the block lasts; may be nested."""

    def __init__(self, attempts: int | None = None) -> None:
        self._attempts = attempts

    def __enter__(self) -> None:
        self._before = (Switch.testing, Switch.cap)
        Switch.testing, Switch.cap = True, self._attempts

    def __exit__(self, *_: object) -> None:
        Switch.testing, Switch.cap = self._before


def policy_of(config: RetryConfig | str | None) -> Policy:
    """Return the policy of a configuration, or the policy of that name."""
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
    return Policy("", (Layer("RetryConfig", settings), Layer("built in", BUILT_IN_DEFAULT)))


def _named(name: str) -> Policy:
    import os

    from . import config as files
    from .core.policy import named

    document = files.load(None, env=os.environ)
    try:
        layers = named(name, (document or {}).get("policies") or {})
    except KeyError:
        raise ValueError(f"there is no policy {name!r}") from None
    # What a policy says of commands has no meaning for a call.
    return Policy(name, (Layer("call", COMMANDS_ONLY), *layers))


def capped(policy: Policy, retries: int = 0) -> Policy:
    """Return the policy with at most so many retries."""
    cap = Layer("testing", {"max_retries": max(0, retries)})
    return policy.replace(layers=(cap, *policy.layers))
