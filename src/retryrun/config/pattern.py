"""Whether a person's pattern is one that can be run on whatever a command writes.

Patterns have the syntax of Python's `re` without what no engine can run in linear time:
look-around, back-references, conditional groups. They are executed by the `regex` package, which
can be stopped by a clock; so they must mean the same to both, and compiling them must be bounded
too, which the clock does not cover.
"""

from __future__ import annotations

import re
import warnings

MAX_LENGTH = 2000
MAX_GROUPS = 50  # nested; both compilers are recursive
MAX_STEPS = 10_000  # with repeats written out, as `regex` does: x+ is xx*, so nesting multiplies
WAIT_GROUPS = ("seconds", "minutes", "date")

REFUSED = {
    "(?=": "look-ahead",
    "(?!": "look-ahead",
    "(?<=": "look-behind",
    "(?<!": "look-behind",
    "(?P=": "a back-reference",
    "(?(": "a conditional group",
}
_COUNTED = re.compile(r"\{(?:(\d+)(?:,(\d*))?|,(\d+))\}")
_FUZZY = re.compile(
    r"\{[-+<=,\s\d]*[eids][-+<=,\s\deids]*(?::[^}]*)?\}"
)  # `regex` reads x{e<=1} as "about x"
_FLAGS = re.compile(r"\(\?[aiLmsux]*-?[imsx]*[:)]")


class PatternError(ValueError):
    """What is wrong with a pattern, with the place in it, from 0."""

    def __init__(self, message: str, at: int) -> None:
        super().__init__(f"{message} (at character {at + 1} of the pattern)")


def check(pattern: str) -> int:
    """Return how many steps a pattern comes to. Raises ValueError for one that cannot be used."""
    if not pattern:
        raise ValueError("an empty pattern fits every line")
    if len(pattern) > MAX_LENGTH:
        raise ValueError(f"the pattern is longer than {MAX_LENGTH} characters")
    # Our own reading comes first: it bounds what the compilers are given.
    steps = _Reading(pattern).steps()
    _compile(pattern)
    return steps


def check_wait(pattern: str) -> int:
    """Do the same for a pattern that finds how long a server asks to wait."""
    steps = check(pattern)
    if not set(WAIT_GROUPS) & set(re.compile(pattern).groupindex):
        raise ValueError("it needs a group (?P<seconds>...), (?P<minutes>...) or (?P<date>...)")
    return steps


def _compile(pattern: str) -> None:
    import regex

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what may mean something else in a later version
        try:
            re.compile(pattern)
            regex.compile(pattern, regex.VERSION0)
        except (re.error, regex.error) as error:
            text, at = getattr(error, "msg", str(error)), getattr(error, "pos", None)
            raise PatternError(text, at or 0) from None


class _Reading:
    """One pass over a pattern that looks for what is refused and counts the steps."""

    def __init__(self, pattern: str) -> None:
        self.pattern, self.at = pattern, 0
        self.verbose = False
        self.sums = [0]  # the steps of each open group
        self.last = 0  # the steps of what a repeat would repeat

    def steps(self) -> int:
        while self.at < len(self.pattern):
            self._one(self.pattern[self.at])
        total = sum(self.sums) + self.last
        if total > MAX_STEPS:
            self._refuse(f"the pattern comes to more than {MAX_STEPS} steps with its repeats", 0)
        return total

    def _refuse(self, message: str, at: int | None = None) -> None:
        raise PatternError(message, self.at if at is None else at)

    def _one(self, character: str) -> None:
        if character == "\\":
            self._escape()
        elif character == "[":
            self._set()
        elif character == "(":
            self._group()
        elif character == ")":
            self._close()
        elif character == "{":
            self._brace()
        elif character == "+":
            self._repeat(1, 1)
        elif character == "#" and self.verbose:
            self.at = (self.pattern + "\n").index("\n", self.at)
        else:
            self._atom(1)

    def _atom(self, length: int, steps: int = 1) -> None:
        self.at += length
        self.sums[-1] += self.last
        self.last = steps

    def _escape(self) -> None:
        digits = re.compile(r"\\([1-9])(\d?)(\d?)").match(self.pattern, self.at)
        # Three octal digits are a character, as in re; fewer, or others, a group.
        if digits and not re.fullmatch(r"\\[0-3][0-7][0-7]", digits[0]):
            self._refuse("a back-reference is not accepted")
        self._atom(2)

    def _set(self) -> None:
        place = self.at + 1
        place += self.pattern[place : place + 1] == "^"
        place += self.pattern[place : place + 1] == "]"  # first, it is one of the set
        while place < len(self.pattern) and self.pattern[place] != "]":
            if self.pattern.startswith("[:", place):
                self._refuse("a class such as [:alpha:] is not accepted; write [A-Za-z]", place)
            place += 2 if self.pattern[place] == "\\" else 1
        self._atom(place + 1 - self.at)

    def _group(self) -> None:
        for opening, what in REFUSED.items():
            if self.pattern.startswith(opening, self.at):
                self._refuse(f"{what} {opening}...) is not accepted")
        if self.pattern.startswith("(?#", self.at):
            self.at = (self.pattern + ")").index(")", self.at) + 1
            return
        flags = _FLAGS.match(self.pattern, self.at)
        if flags:
            self.verbose = self.verbose or "x" in flags[0].partition("-")[0]
            if flags[0].endswith(")"):
                self.at = flags.end()
                return
        if len(self.sums) > MAX_GROUPS:
            self._refuse(f"groups are nested more than {MAX_GROUPS} deep")
        self._atom(1, 0)
        self.sums.append(1)

    def _close(self) -> None:
        inside = self.last
        if len(self.sums) > 1:  # else re will say that it is unbalanced
            inside += self.sums.pop()
        self.last = inside
        self.at += 1

    def _brace(self) -> None:
        counted = _COUNTED.match(self.pattern, self.at)
        if counted is None:
            if _FUZZY.match(self.pattern, self.at):
                self._refuse("write \\{ for a brace")
            self._atom(1)
            return
        numbers = [part for part in counted.groups() if part]
        times = max(MAX_STEPS if len(part) > 5 else int(part) for part in numbers)
        self._repeat(len(counted[0]), times)

    def _repeat(self, length: int, times: int) -> None:
        self.last = min(max(self.last, 1) * (times + 1), MAX_STEPS + 1)
        self.at += length
