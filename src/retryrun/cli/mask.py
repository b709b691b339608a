"""Masking of secrets, set up when the first text is to be written."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..core.command import Command
    from ..core.redact import Redactor

UNLIMITED = 1 << 30


class Mask:
    """The masking for one environment."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self._env = env
        self._redactor: Redactor | None = None
        self._masked: dict[tuple[str, ...], list[str]] = {}

    def _ready(self) -> Redactor:
        if self._redactor is None:
            from ..core.redact import Redactor

            self._redactor = Redactor(self._env)
        return self._redactor

    def text(self, text: str) -> str:
        """Return `text` without secrets."""
        return self._ready().text(text)

    def command(self, command: Command, limit: int = 80) -> str:
        """Write a command on one line: secrets masked first, then shortened."""
        from ..core.text import one_line, shorten, show_command, visible

        if command.script is not None:
            shown = one_line(visible(self.text(command.script)))
        else:
            shown = show_command(self.words(command.argv), UNLIMITED)
        return shorten(shown, limit)

    def words(self, words: Sequence[str]) -> list[str]:
        """Return the words of a command without secrets."""
        key = tuple(words)
        if key not in self._masked:
            self._masked[key] = self._ready().words(words)
        return self._masked[key]
