"""Reading values that people write: durations, counts, lists, ranges.

The command line, the environment and recovery.yaml share these readers. Each raises ValueError
with a sentence that says what is wrong and what would be right; the caller knows the place.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
JITTER = {
    "true": "proportional",
    "false": "none",
    "proportional": "proportional",
    "full": "full",
    "equal": "equal",
    "decorrelated": "decorrelated",
    "none": "none",
}
SWITCH = {"1": True, "true": True, "0": False, "false": False}
MOST = 1_000_000_000

DURATION = "a duration is written like 250ms, 2s, 1.5m, 1h30m or 7d, or as a number of seconds"
COUNT = f"it must be a whole number from 0 to {MOST}"
FACTOR = "it must be a number, 1 or more"
MODES = "choose one of true, full, equal, decorrelated, none"
CODES = "exit codes are 0 to 255, written like 1,75,100-110"
WORDS = "it must be a list of words, none of them empty"

_DIGITS = "0123456789"
_INFINITY = float("inf")


def duration(value: object) -> float:
    """Return a length of time in seconds: finite and not negative."""
    if isinstance(value, str):
        text = value.strip()
        seconds = _written_duration(text.removeprefix("-"))
        if text.startswith("-"):
            seconds = -seconds
    else:
        given = _number(value)
        if given is None:
            raise ValueError(DURATION)
        seconds = _finite(given)
    if seconds < 0:
        raise ValueError("a duration cannot be negative")
    return seconds + 0.0  # -0.0 becomes 0.0


def _written_duration(text: str) -> float:
    plain = _number(text)
    if plain is not None:
        return _finite(plain)
    total, least = 0.0, _INFINITY
    while True:
        number, rest = _split(text, _DIGITS + ".")
        unit, text = _split(rest, "dhms")
        amount, size = _number(number), UNITS.get(unit, _INFINITY)
        # Units go from the greater to the smaller, each once: 1h30m, never 30m1h or 1m1m.
        if amount is None or size >= least:
            raise ValueError(DURATION)
        total, least = total + amount * size, size
        if not text:
            return _finite(total)


def _split(text: str, letters: str) -> tuple[str, str]:
    rest = text.lstrip(letters)
    return text[: len(text) - len(rest)], rest


def _number(value: object) -> float | None:
    """Return a number, or the number that text writes in decimal; None for everything else."""
    if isinstance(value, str):
        # float() alone would also take 1_0, blanks, nan, infinity and the digits of every script.
        if value.strip(_DIGITS + ".eE+-"):
            return None
        try:
            return float(value)
        except ValueError:
            return None
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def _finite(number: float) -> float:
    try:
        found = float(number)
    except OverflowError:  # an int beyond all floats
        found = _INFINITY
    if not -_INFINITY < found < _INFINITY:
        raise ValueError("the number must be finite, below 1e308")
    return found


def _whole(value: object) -> int | None:
    """Return an int, or the int that text writes without leading zeros; None for all else."""
    if isinstance(value, str):
        text = value.strip()
        plain = bool(text) and not text.strip(_DIGITS) and (text == "0" or text[0] != "0")
        return int(text[:20]) if plain else None  # what is cut is too large in any case
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def count(value: object) -> int:
    """Return a whole number of things, from 0 to a thousand million."""
    number = _whole(value)
    if number is None or not 0 <= number <= MOST:
        raise ValueError(COUNT)
    return number


def factor(value: object) -> float:
    """Return what each wait is multiplied by: finite, at least 1."""
    number = _number(value.strip() if isinstance(value, str) else value)
    if number is None or not (found := _finite(number)) >= 1:
        raise ValueError(FACTOR)
    return found


def jitter(value: object) -> str:
    """Return the name of a jitter mode; true is proportional, false is none."""
    word = str(value).lower() if isinstance(value, bool) else value
    if not isinstance(word, str) or word not in JITTER:
        raise ValueError(MODES + _did_you_mean(word, JITTER))
    return JITTER[word]


def exit_codes(value: object) -> tuple[tuple[int, int], ...]:
    """Return (first, last) pairs of exit codes from `1,75,100-110`, or a list of such parts."""
    if isinstance(value, str):
        value = value.split(",")
    elif isinstance(value, int):
        value = [value]
    if not isinstance(value, (list, tuple)) or not value:
        raise ValueError(CODES)
    found = tuple(_range(part) for part in value)
    last = -1
    for low, high in sorted(found):
        if low <= last:
            raise ValueError(f"exit code {low} is there twice")
        last = high
    return found


def _range(part: object) -> tuple[int, int]:
    first, dash, last = part.partition("-") if isinstance(part, str) else (part, "", "")
    low = _whole(first)
    high = _whole(last) if dash else low
    if low is None or high is None or not (0 <= low <= 255 and 0 <= high <= 255):
        raise ValueError(CODES)
    if high < low:
        raise ValueError(f"the range {low}-{high} is reversed: {high}-{low}")
    return low, high


def words(value: object) -> tuple[str, ...]:
    """Return the words of a list, or of text with commas between them."""
    if isinstance(value, str):
        value = value.split(",")
    if not isinstance(value, (list, tuple)) or not value:
        raise ValueError(WORDS)
    found = tuple(each.strip() for each in value if isinstance(each, str))
    if len(found) != len(value) or not all(found):
        raise ValueError(WORDS)
    return found


def switch(value: str) -> bool:
    """Return what a switch is set to: 1, 0, true or false."""
    if value not in SWITCH:
        raise ValueError("choose one of 1, 0, true, false")
    return SWITCH[value]


def choice(value: object, allowed: Iterable[str]) -> str:
    """Return the word if it is one of those allowed."""
    known = tuple(allowed)
    if not isinstance(value, str) or value not in known:
        raise ValueError(f"choose one of {', '.join(known)}{_did_you_mean(value, known)}")
    return value


def _did_you_mean(value: object, known: Iterable[str]) -> str:
    near = nearest(value, known) if isinstance(value, str) else None
    return f" (did you mean {near}?)" if near else ""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that is most like this one, or None."""
    from difflib import get_close_matches  # only when something is wrong already

    found = get_close_matches(word[:100], known, n=1, cutoff=0.6)
    return found[0] if found else None
