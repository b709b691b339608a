"""Reading values that people write: durations, counts, lists, ranges.

Each reader takes what the command line (text) or recovery.yaml (text, numbers, lists) holds, and
raises ValueError with a sentence that says what would be right; the caller knows the place.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
DURATION = "a duration is written like 250ms, 2s, 1.5m, 1h30m, 7d, or as a number of seconds"
MOST = 1_000_000_000
INFINITY = float("inf")
DIGITS = "0123456789"

JITTER = {
    "true": "proportional",
    "proportional": "proportional",
    "full": "full",
    "equal": "equal",
    "decorrelated": "decorrelated",
    "none": "none",
    "false": "none",
}


def duration(value: object) -> float:
    """Return a length of time in seconds: finite and not negative."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise ValueError(DURATION)
    if isinstance(value, str):
        seconds = _written(value.strip())
    else:
        seconds = _finite(value)
    if seconds < 0:
        raise ValueError("a duration cannot be negative")
    return seconds


def _written(text: str) -> float:
    if not text or text[0] not in DIGITS + ".-":
        raise ValueError(DURATION)
    plain = _plain_number(text)
    if plain is not None:
        return plain
    total, rest, left = 0.0, text, list(UNITS)
    while rest:
        number, rest = _span(rest, DIGITS + ".")
        unit, rest = _span(rest, "dhms")
        # Units from the greater to the smaller, each once: 1h30m, never 30m1h.
        if _plain_number(number) is None or unit not in left:
            raise ValueError(DURATION)
        total += float(number) * UNITS[unit]
        left = [each for each in left if UNITS[each] < UNITS[unit]]
    return _finite(total)


def _span(text: str, letters: str) -> tuple[str, str]:
    end = 0
    while end < len(text) and text[end] in letters:
        end += 1
    return text[:end], text[end:]


def _plain_number(text: str) -> float | None:
    # float() would also take "1_0", " 1" and "nan": a number here has digits and a point.
    body, _, exponent = text.lower().removeprefix("-").partition("e")
    if not body.strip(DIGITS + ".") and any(c in DIGITS for c in body):
        tail = exponent.removeprefix("-").removeprefix("+")
        if (not exponent and "e" not in text.lower()) or (tail and not tail.strip(DIGITS)):
            try:
                return _finite(float(text))
            except ValueError as error:
                raise ValueError(f"{DURATION} ({error})") from None
    return None


def _finite(number: float) -> float:
    try:
        found = float(number)
    except OverflowError:
        raise ValueError("the number is too large") from None
    if not -INFINITY < found < INFINITY:
        raise ValueError("the number must be finite")
    return found


def count(value: object) -> int:
    """Return a whole number of things, from 0 to a thousand million."""
    if isinstance(value, str) and value and not value.strip(DIGITS):
        value = int(value) if len(value) < 20 else MOST + 1
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError("it must be a whole number, 0 or more")
    if value < 0:
        raise ValueError("it cannot be negative")
    if value > MOST:
        raise ValueError(f"it cannot be more than {MOST}")
    return value


def factor(value: object) -> float:
    """Return what each wait is multiplied by: finite, at least 1."""
    if isinstance(value, str):
        found = _plain_number(value.strip()) if value.strip() else None
        value = value if found is None else found
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ValueError("it must be a number, 1 or more")
    number = _finite(value)
    if number < 1:
        raise ValueError("it must be a number, 1 or more")
    return number


def jitter(value: object) -> str:
    """Return the name of a jitter mode; true is proportional, false none."""
    word = str(value).lower() if isinstance(value, bool) else value
    if not isinstance(word, str) or word not in JITTER:
        raise ValueError("choose one of true, full, equal, decorrelated, none")
    return JITTER[word]


def exit_codes(value: object) -> tuple[tuple[int, int], ...]:
    """Return (first, last) pairs of exit codes from `1,75,100-110` or a list of such."""
    if isinstance(value, bool) or not isinstance(value, (str, int, list, tuple)):
        raise ValueError(RANGES)
    parts = value.split(",") if isinstance(value, str) else value
    parts = [parts] if isinstance(parts, int) else parts
    found = tuple(_range(part) for part in parts)
    if not found:
        raise ValueError(f"the list is empty; {RANGES}")
    return found


RANGES = "exit codes are 0 to 255, written like 1,75,100-110"


def _range(part: object) -> tuple[int, int]:
    if isinstance(part, bool) or not isinstance(part, (str, int)):
        raise ValueError(RANGES)
    first, dash, last = str(part).strip().partition("-")
    low = _code(first, part)
    high = _code(last, part) if dash else low
    if high < low:
        raise ValueError(f"the range {part} is reversed")
    return low, high


def _code(text: str, whole: object) -> int:
    text = text.strip()
    leading_zero = len(text) > 1 and text[0] == "0"
    if not text or text.strip(DIGITS) or leading_zero or len(text) > 3 or int(text) > 255:
        raise ValueError(f"{whole!r} is none: {RANGES}")
    return int(text)


def words(value: object) -> tuple[str, ...]:
    """Return the words of a list, or of text with commas between them."""
    if isinstance(value, str):
        value = value.split(",")
    if not isinstance(value, (list, tuple)) or not all(isinstance(v, str) for v in value):
        raise ValueError("it must be a list of words")
    found = tuple(each.strip() for each in value)
    if not found or not all(found):
        raise ValueError("it must be a list of words, none of them empty")
    return found


def switch(value: str) -> bool:
    """Return what a switch is set to: 1, 0, true or false."""
    found = {"1": True, "true": True, "0": False, "false": False}.get(value.strip().lower())
    if found is None:
        raise ValueError("choose one of 1, 0, true, false")
    return found


def choice(value: object, allowed: Sequence[str]) -> str:
    """Return the word if it is one of those allowed."""
    if not isinstance(value, str) or value not in allowed:
        near = nearest(value, allowed) if isinstance(value, str) else None
        raise ValueError(
            f"choose one of {', '.join(allowed)}" + (f" (did you mean {near}?)" if near else "")
        )
    return value


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that is most like this one, or None."""
    from difflib import get_close_matches

    found = get_close_matches(word[:100], list(known), n=1, cutoff=0.6)
    return found[0] if found else None
