"""What is to be run, as the process layer needs it."""

from __future__ import annotations

from ..core.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping


class Spec(Value):
    """One run of one command. Times in seconds.

    `env` is the whole environment of the child (None: our own). `timeout` limits this run and
    `timeout_kind` is what `Outcome.cut` calls it; `idle_timeout` limits silence; `kill_after` is
    the grace between SIGTERM and SIGKILL. None means no limit.
    """

    argv: tuple[str, ...]
    env: Mapping[str, str] | None = None
    cwd: str | None = None
    timeout: float | None = None
    timeout_kind: str = "timeout"
    idle_timeout: float | None = None
    kill_after: float = 5.0
