"""Masking of secrets, set up when the first text is to be written."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..core.redact import Redactor


class Mask:
    """The masking for one environment."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self._env = env
        self._redactor: Redactor | None = None

    def _ready(self) -> Redactor:
        if self._redactor is None:
            from ..core.redact import Redactor

            self._redactor = Redactor(self._env)
        return self._redactor

    def text(self, text: str) -> str:
        """Return `text` without secrets."""
        return self._ready().text(text)

    def words(self, words: Sequence[str]) -> list[str]:
        """Return the words of a command without secrets."""
        return self._ready().words(words)
