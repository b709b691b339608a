"""Text for people: no control characters, one line, short enough; times and commands written out."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

# Bidirectional controls and invisible characters can make a line read as something else.
INVISIBLE = frozenset(
    [0x061C, 0x200B, 0x200E, 0x200F, 0x2028, 0x2029, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)  # fmt: skip
SAFE_WORD = frozenset(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789@%+=:,./-_~^"
)


def _hidden(code: int) -> bool:
    return (
        (code < 0x20 and code not in (0x09, 0x0A))
        or 0x7F <= code <= 0x9F
        or 0xD800 <= code <= 0xDFFF
        or code in INVISIBLE
    )


def visible(text: str) -> str:
    """Return text with every control and invisible character written as an escape.

    Newlines and tabs stay.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(_escape(ord(c)) if _hidden(ord(c)) else c for c in text)


def _escape(code: int) -> str:
    if 0xDC80 <= code <= 0xDCFF:  # a byte that was no UTF-8
        return f"\\x{code - 0xDC00:02x}"
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def strip_controls(text: str | bytes) -> str:
    """Return what a command wrote without terminal sequences and control characters."""
    if isinstance(text, bytes):
        text = text.decode("utf-8", "replace")
    if text.isascii() and text.isprintable():
        return text
    import re

    text = re.sub(
        r"\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?"  # OSC: titles, links
        r"|\x1b[P^_X][^\x1b]*(?:\x1b\\)?"  # DCS, PM, APC, SOS
        r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?"  # CSI: colours, cursor
        r"|\x1b[ -/]*[0-~]?",
        "",
        text,
    )
    return "".join(c for c in text if not _hidden(ord(c)))


def one_line(text: str) -> str:
    """Return text with every run of white space made one blank."""
    return " ".join(text.split())


def shorten(text: str, limit: int) -> str:
    """Return at most `limit` characters, the last an ellipsis where something was cut."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def seconds(value: float) -> str:
    """Write a length of time: 85ms, 1.2s, 12s, 1m 5s, 2h 3m, 3d 4h."""
    if value < 0.0995:
        return f"{value * 1000:.0f}ms" if value else "0s"
    if value < 9.95:
        return f"{value:.1f}s".replace(".0s", "s")
    whole = round(value)
    for unit, size, lower, step in (("d", 86400, "h", 3600), ("h", 3600, "m", 60), ("m", 60, "s", 1)):
        if whole >= size:
            rest = whole % size // step
            return f"{whole // size}{unit} {rest}{lower}" if rest else f"{whole // size}{unit}"
    return f"{whole}s"


def quote(word: str) -> str:
    """Return a word as a shell would need it written."""
    if word and SAFE_WORD.issuperset(word):
        return word
    return "'" + word.replace("'", "'\"'\"'") + "'"


def show_command(words: Sequence[str], limit: int = 80) -> str:
    """Write a command on one line, quoted where need be, shortened."""
    return shorten(one_line(visible(" ".join(quote(word) for word in words))), limit)
