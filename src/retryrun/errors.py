"""Everything that can go wrong in retryrun itself, and nothing else.

RetryrunError        what a person is told: one line, an optional hint; exit status 125
├── UsageError       the command line or an environment variable
├── ConfigError      recovery.yaml: carries path, line, column and key path
└── SystemProblem    the system refuses what the run needs (no processes, no descriptors)
"""

from __future__ import annotations


class RetryrunError(Exception):
    """An error of retryrun's own. `hint` is one command or change that works as printed."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(RetryrunError):
    """The command line or an environment variable cannot be understood."""


class SystemProblem(RetryrunError):  # noqa: N818  it is the system's, not ours
    """The operating system refuses something without which no command can be run."""


class ConfigError(RetryrunError):
    """recovery.yaml is not acceptable. `line` and `column` count from 1; None when unknown."""

    def __init__(  # noqa: PLR0913  a complaint has this many parts
        self,
        message: str,
        *,
        path: str | None = None,
        line: int | None = None,
        column: int | None = None,
        key: str = "",
        hint: str | None = None,
    ) -> None:
        place = ":".join(str(part) for part in (path, line, column) if part is not None)
        text = ": ".join(part for part in (place, key, message) if part)
        super().__init__(text, hint)
        self.path, self.line, self.column, self.key = path, line, column, key
        self.reason = message
