"""Text for people: no control characters, one line, short enough; times and commands in words."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SAFE_WORD = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789@%+=:,./-_~^")


def _hidden(code: int) -> bool:
    """Tell whether a character does something to a terminal, or hides, or reorders its neighbours.

    The joiners of emoji and of Indic and Persian script (U+200C/D) stay: words need them.
    """
    if code < 0xA0:
        return code >= 0x7F or (code < 0x20 and code not in (0x09, 0x0A))
    return (
        code in (0xAD, 0x61C, 0x180E, 0x200B, 0x200E, 0x200F, 0xFEFF)
        or 0x2028 <= code <= 0x202E  # separators of lines and paragraphs, bidirectional controls
        or 0x2060 <= code <= 0x206F  # invisible operators, isolates
        or 0xD800 <= code <= 0xDFFF  # bytes that were no UTF-8
        or 0xFFF9 <= code <= 0xFFFB
        or 0xE0000 <= code <= 0xE007F  # a second, invisible ASCII
    )


def visible(text: str) -> str:
    """Return text with every control and invisible character written as an escape.

    Newlines and tabs stay.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(_escape(ord(c)) if _hidden(ord(c)) else c for c in text)


def visible_line(text: str) -> str:
    """Return text as `visible` does, with newlines and tabs written as escapes too."""
    return visible(text).replace("\n", "\\n").replace("\t", "\\t")


def _escape(code: int) -> str:
    if 0xDC80 <= code <= 0xDCFF:  # a byte that was no UTF-8
        return f"\\x{code - 0xDC00:02x}"
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def strip_controls(text: str | bytes) -> str:
    """Return what a command wrote without terminal sequences and control characters.

    A carriage return, which starts a line of a progress bar anew, becomes a newline.
    """
    if isinstance(text, bytes):
        text = text.decode("utf-8", "replace")
    if text.isascii() and text.isprintable():
        return text
    import re

    text = re.sub(
        r"(?:\x1b\]|\x9d)[^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c)?"  # OSC: titles, links
        r"|(?:\x1b[PX^_]|[\x90\x98\x9e\x9f])[^\x1b\x9c\n]*(?:\x1b\\|\x9c)?"  # DCS, SOS, PM, APC
        r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?"  # CSI: colours, cursor
        r"|\x1b[ -/]*[0-~]?",
        "",
        text,
    )
    text = re.sub("\r\n?|[\v\f\x85\u2028\u2029]", "\n", text)
    return "".join(c for c in text if not _hidden(ord(c)))


def one_line(text: str) -> str:
    """Return text with every run of white space made one blank."""
    return " ".join(text.split())


def shorten(text: str, limit: int) -> str:
    """Return at most `limit` columns of text, the last an ellipsis where something was cut.

    East Asian wide characters and emoji take two columns, as on a terminal.
    """
    if len(text) <= (limit if text.isascii() else limit // 2):
        return text
    if text.isascii():
        return text[: max(limit - 1, 0)].rstrip() + "…" * (limit > 0)
    return _shorten_wide(text, limit)


def _shorten_wide(text: str, limit: int) -> str:
    from unicodedata import east_asian_width

    column, keep = 0, 0  # keep: how many characters leave a column for the ellipsis
    for place, character in enumerate(text):
        column += 2 if east_asian_width(character) in ("W", "F") else 1
        if column > limit:
            return text[:keep].rstrip() + "…" * (limit > 0)
        if column < limit:
            keep = place + 1
    return text


def seconds(value: float) -> str:
    """Write a length of time given in seconds: 85ms, 1.2s, 12s, 1m 5s, 2h 3m, 3d 4h."""
    if not value >= 0.0005:
        return "0s"
    if value < 0.0995:
        return f"{value * 1000:.0f}ms"
    if value < 9.95:
        return f"{value:.1f}s".replace(".0s", "s")
    if value == float("inf"):
        return "inf"
    whole = round(value)
    for unit, size, lower, step in (
        ("d", 86400, "h", 3600),
        ("h", 3600, "m", 60),
        ("m", 60, "s", 1),
    ):
        if whole >= size:
            rest = whole % size // step
            return f"{whole // size}{unit} {rest}{lower}" if rest else f"{whole // size}{unit}"
    return f"{whole}s"


def quote(word: str) -> str:
    """Return a word as a shell would need it written."""
    # A tilde means a home folder where it begins a word, or what follows `=` or `:` in one.
    home = "~" in word and (word[0] == "~" or "=~" in word or ":~" in word)
    if word and SAFE_WORD.issuperset(word) and not home:
        return word
    return "'" + word.replace("'", "'\"'\"'") + "'"


def show_command(words: Sequence[str], limit: int = 80) -> str:
    """Write a command on one line, quoted where need be, shortened.

    What is shown is for reading: line breaks inside a word become blanks. Secrets must have been
    taken out before, since a shortened one is no longer known.
    """
    return shorten(one_line(visible(" ".join(_shown(word) for word in words))), limit)


def _shown(word: str) -> str:
    # A mask is not quoted for its asterisks: no shell will ever read it.
    masked = "***" in word and SAFE_WORD.issuperset(word.replace("***", ""))
    return word if masked else quote(word)


def spellings(value: str) -> Iterator[str]:
    """Yield a value in the ways in which programs print it; one may come more than once."""
    try:
        raw = value.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        raw = value.encode("utf-8", "surrogatepass")
    yield value
    yield raw.decode("utf-8", "replace")
    if not value.isalnum():
        yield from _escaped(value)
        yield from _percented(raw)
    from binascii import b2a_base64

    # Base64 takes three bytes at a time, so what stands before a value decides between three
    # forms; the characters at the borders belong to the neighbours in part.
    for shift in range(3):
        text = b2a_base64(b"\0" * shift + raw, newline=False).decode().rstrip("=")
        whole = (len(raw) + shift) % 3 == 0
        inner = text[(0, 2, 3)[shift] : None if whole else -1]
        yield inner
        yield inner.replace("+", "-").replace("/", "_")


def _escaped(value: str) -> Iterator[str]:
    if not (value.isascii() and value.isprintable()) or '"' in value or "\\" in value:
        import json

        yield json.dumps(value)[1:-1]
        yield json.dumps(value, ensure_ascii=False)[1:-1]
    yield repr(value)[1:-1]
    html = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    yield html
    yield html.replace('"', "&quot;").replace("'", "&#x27;")
    yield value.replace("'", "'\\''")
    yield quote(value)[1:-1]


def _percented(raw: bytes) -> Iterator[str]:
    for safe in (b"", b"/", b"!'()*", b"!'()*;,/?:@&=+$#"):  # the habits of Python and JavaScript
        for form in ("%{:02X}", "%{:02x}"):
            kept = b"-._~" + safe
            text = "".join(
                chr(b) if b in kept or (b < 0x80 and chr(b).isalnum()) else form.format(b)
                for b in raw
            )
            yield text
            yield text.replace("%20", "+")
