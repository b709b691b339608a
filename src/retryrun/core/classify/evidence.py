"""Finding the facts that a run's output bears out, in time proportional to the output."""

from __future__ import annotations

import re
from bisect import bisect_right

from ...rules import FACTS, codes
from ..value import Value
from .lines import masked
from .patterns import compiled, pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from ...rules.fact import Fact
    from .lines import Line

MOST = 24  # places of one needle that are looked at, from the end
# Bytes to words: letters in lower case and digits stay, everything else parts words.
_WORDS = bytes(
    byte + 32 if 65 <= byte <= 90 else byte if 97 <= byte <= 122 or 48 <= byte <= 57 else 32
    for byte in range(256)
)


class Hit(Value):
    """A fact that a line bears out; `place` orders hits: line number, then place in the line."""

    fact: Fact
    line: Line
    place: tuple[int, int]


class Text:
    """Lines prepared for many lookups."""

    def __init__(self, lines: Sequence[Line]) -> None:
        """Join the lines in lower case and collect the words that occur."""
        self.lines = lines
        texts = [line.text for line in lines]
        self.lower = "\n".join(texts).lower()
        if len(self.lower) != sum(map(len, texts)) + max(0, len(texts) - 1):
            texts = [text.lower() for text in texts]  # letters that grow in lower case
            self.lower = "\n".join(texts)
        self.words = frozenset(words(self.lower))
        self.starts: list[int] = []
        place = 0
        for text in texts:
            self.starts.append(place)
            place += len(text) + 1
        self._masked: dict[int, str] = {}
        self._places: dict[str, Sequence[int]] = {}

    def where(self, needle: str) -> Sequence[int]:
        """Return the numbers of the lines that hold a needle, from the last one up."""
        found = self._places.get(needle)
        if found is None:
            found = self._places[needle] = list(self._where(needle))
        return found

    def _where(self, needle: str) -> Iterator[int]:
        first = self.lower.find(needle)  # many times faster than searching from the end
        if first < 0:
            return
        end = len(self.lower)
        for _ in range(MOST):
            at = self.lower.rfind(needle, first, end)
            if at < 0:
                return
            number = bisect_right(self.starts, at) - 1
            yield number
            end = self.starts[number]

    def masked(self, number: int) -> str:
        """Return a line without URLs, paths and quoted names."""
        if number not in self._masked:
            self._masked[number] = masked(self.lines[number].text)
        return self._masked[number]


def words(text: str) -> list[bytes]:
    """Return the words of a text in lower case."""
    return text.encode("ascii", "replace").translate(_WORDS).split()


def _index() -> dict[bytes, list[tuple[str, Fact]]]:
    """Map the longest word of each needle to the needle and its fact.

    The index is made at every start: what is dearer, is left to the needles that are looked for.
    """
    found: dict[bytes, list[tuple[str, Fact]]] = {}
    for fact in FACTS:
        for needle in fact.needles:
            if needle.isascii() and needle.replace(" ", "").isalnum():
                longest = max(needle.split(), key=len).encode()
            else:
                longest = max(words(needle), key=len)
            entry = (needle, fact)
            if longest in found:
                found[longest].append(entry)
            else:
                found[longest] = [entry]
    return found


_INDEX = _index()
_TRIGGERS = frozenset(_INDEX)
_NAME = pattern(r"(?<![\w-])(?:[a-z]+(?:[A-Z][a-z0-9]+)+|[A-Za-z]+(?:-[A-Za-z0-9]+)+)(?![\w-])")
CODES_SEARCHED = 60  # lines from the end in which codes are looked for
# Where codes stand: in capitals anywhere, in brackets, as a value of JSON, before a colon.
_CODE = pattern(
    r"(?<![\w$-])([A-Z][A-Z0-9]+(?:_[A-Z0-9]+)+)"
    r"(?![\w=(-]|\s*=| (?:must|is|was|has|should|not|needs|variable|environment|env|in your)\b"
    r"|: (?:parameter (?:not set|null)|unbound|undefined|not set|unset|no such|command not))"
    r"|\b(?:[rR]eason|[cC]ode|[sS]tatus)\s?[:=]\s?[\"']?(?:\w+\.)?([A-Z]\w+)"
    r"|\(([a-z]+(?:_[a-z]+)+),|\([\"']([a-z]+(?:_[a-z]+)+)[\"'][,)]|,\s([A-Z]\w+)\)"
    r"|\b\w+Error\.([a-z]\w+)\b|\{:error, :([a-z]\w+)\}"
    r"|\(([A-Z]\w+)\)|\[([A-Z]\w+)[\]/]"
    r"|[\"'](?:\w*[cC]ode|\w*[tT]ype|error|reason|status|title)[\"']\s?[:=]\s?[\"'](?:\w+[.#:]+){0,8}"
    r"([A-Za-z][\w-]+)[\"']"
    r"|(?<!java\.util)(?:^|[\s./$#:])((?:[A-Z]+[a-z0-9]+){2,})(?=:\s|:?$|\s\()"
    r"|(?:^|: )([a-z]+(?:[_-][a-z]+)+)(?=: |\s\(|(?<=_exception)$)|,\s([a-z]+(?:[A-Z][a-z]+)+)$"
)
_HUMP = pattern(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[_-]+")
_EVENT = pattern(
    r"(?:exceeded|unavailable|error|exception|failure)$|^(?:out-of-|too-many|rate-limit|time-out$"
    r"|timed-out$|read-|max-|self-|http-|status-|error-)",
    re.IGNORECASE,
)


def hits(text: Text, tools: Collection[str], disabled: Collection[str]) -> list[Hit]:
    """Return every fact of the knowledge base that the text bears out, in order of place."""
    found: dict[tuple[str, int], Hit] = {}
    for word in text.words & _TRIGGERS:
        for needle, fact in _INDEX[word]:
            if fact.id in disabled or not text.words.issuperset(words(needle)):
                continue
            if fact.tools and not set(fact.tools).intersection(tools):
                continue
            for number in text.where(needle):
                at = _at(fact, needle, text.masked(number))
                if at >= 0:
                    hit = Hit(fact, text.lines[number], (number, at))
                    known = found.get((fact.id, number))
                    if known is None or known.fact.weight < fact.weight:
                        found[fact.id, number] = hit
    for hit in _codes(text, disabled):
        found.setdefault((hit.fact.id, hit.line.number), hit)
    return sorted(found.values(), key=lambda hit: (hit.place, hit.fact.weight, hit.fact.id))


def _codes(text: Text, disabled: Collection[str]) -> Iterator[Hit]:
    """Read what the last lines have where codes of errors stand, by the words of the code."""
    for line in text.lines[-CODES_SEARCHED:]:
        if line.text.islower() and "_" not in line.text:  # prose
            continue
        for match in _CODE.finditer(line.text):
            fact = coded(match[match.lastindex or 0])
            if fact is not None and fact.id not in disabled:
                yield Hit(fact, line, (line.number, match.start(match.lastindex or 0)))


def coded(code: str) -> Fact | None:
    """Return what a code says by the words that it is made of, None if nothing."""
    said = _HUMP.sub(" ", code).lower()
    if compiled(codes.OTHER, 0).search(said.removesuffix(" exception").removesuffix(" error")):
        return None
    for fact, wording in codes.WORDS:
        if compiled(wording, 0).search(said):
            return fact
    return None


def _at(fact: Fact, needle: str, text: str) -> int:
    """Return where in a masked line a fact stands, or -1."""
    if fact.pattern is not None:
        for match in compiled(fact.pattern, re.IGNORECASE).finditer(text):
            if not _in_identifier(text, match.start(), match.end()):
                return match.start()
        return -1
    lower, at = text.lower(), -1
    while True:
        at = lower.find(needle, at + 1)
        if at < 0 or _whole(lower, at, at + len(needle)):
            return at


def _in_identifier(text: str, start: int, end: int) -> bool:
    """Tell whether a stretch of text lies in a name, such as connectionTimeout or retry-on-reset.

    Codes of services (rateLimitExceeded) and compounds of prose (out-of-memory) are left in.
    """
    names = [name.span() for name in _NAME.finditer(text) if not _EVENT.search(name[0])]
    return all(any(first <= place < last for first, last in names) for place in (start, end - 1))


def _whole(text: str, start: int, end: int) -> bool:
    """Tell whether a stretch of text is parted from what surrounds it."""
    before = (
        start > 0
        and text[start].isalnum()
        and (text[start - 1].isalnum() or text[start - 1] == "_")
    )
    after = (
        end < len(text) and text[end - 1].isalnum() and (text[end].isalnum() or text[end] == "_")
    )
    return not before and not after
