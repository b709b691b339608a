"""What is known once one run of one command has ended."""

from __future__ import annotations

from .value import Value

NOT_EXECUTABLE, NOT_FOUND, TIMED_OUT = 126, 127, 124


class Outcome(Value):
    """How one run of a command ended.

    `exit_code` is None when it died of `signal` (a number). `cut` names the limit that ended it:
    "timeout", "idle_timeout" or "deadline". `interrupted` is the number of the stop signal that
    retryrun itself received during the run: nothing more may be started after it. `spawn_error`
    says why the command could not be started at all (then `exit_code` is 126 or 127).
    `stdout` and `stderr` are the last bytes written, at most the capture limit; where both
    streams are one channel everything is in `stdout` and `merged` is true. Times are seconds;
    `started_at` is wall time (seconds since the epoch).
    """

    exit_code: int | None
    signal: int | None = None
    cut: str | None = None
    interrupted: int | None = None
    spawn_error: str | None = None
    stdout: bytes = b""
    stderr: bytes = b""
    merged: bool = False
    started_at: float = 0.0
    duration: float = 0.0
    warnings: tuple[str, ...] = ()

    @property
    def status(self) -> int:
        """The exit status by the convention of `timeout`, `env` and the shells."""
        if self.cut:
            return TIMED_OUT
        if self.signal is not None:
            return 128 + self.signal
        return self.exit_code or 0

    @property
    def not_runnable(self) -> bool:
        """Whether the command was not found or cannot be executed: 126 or 127, also a shell's."""
        return self.cut is None and self.exit_code in (NOT_EXECUTABLE, NOT_FOUND)
