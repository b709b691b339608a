"""No pattern of the judgement takes long, whatever a command writes.

For each repeat in each pattern a text is made that reaches it and then goes on as its body does,
over and over, without what must come at the end: the dearest texts there are, or close to them.
"""

import importlib
import pkgutil
import re
import signal
from re import _constants as op
from re import _parser as parser

import pytest

from retryrun.core import classify
from retryrun.core.classify import patterns
from retryrun.rules import FACTS, codes
from retryrun.rules.forms import FORMS

LENGTH = 1500  # of a text, in characters
LIMIT = 0.5  # seconds of processor time; what grows with the length alone takes 0.1 at most
LONG = 3  # a repeat of fewer costs nothing
CHOICES = 4  # how many of the alternatives of a body are tried
KINDS = {
    op.CATEGORY_DIGIT: r"\d", op.CATEGORY_NOT_DIGIT: r"\D", op.CATEGORY_SPACE: r"\s",
    op.CATEGORY_NOT_SPACE: r"\S", op.CATEGORY_WORD: r"\w", op.CATEGORY_NOT_WORD: r"\W",
}  # fmt: skip
CHARACTERS = "a1 .:-\"(/_='~\n\x01"
REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)


def engine():
    """Yield the patterns of the engine's own modules by name."""
    for info in pkgutil.iter_modules(classify.__path__):
        module = importlib.import_module(f"{classify.__name__}.{info.name}")
        for name, value in vars(module).items():
            if isinstance(value, patterns._Pattern):
                yield f"{info.name}.{name}", *value._made_of
            elif isinstance(value, str) and name.startswith("_") and set("([") & set(value):
                yield f"{info.name}.{name}", value, re.IGNORECASE


ALL = {
    **{name: (text, flags) for name, text, flags in engine()},
    **{f"{row.id}#{n}": (row.pattern, re.IGNORECASE) for n, row in enumerate(FACTS) if row.pattern},
    **{f"code {n}": (text, 0) for n, (_, text) in enumerate(codes.WORDS)},
    "codes.OTHER": (codes.OTHER, 0),
    **{f"form {n}": (row.pattern, 0) for n, row in enumerate(FORMS)},
}


def one_of(items):
    """Return characters that a set takes."""
    taken = []
    for kind, value in items:
        if kind is op.LITERAL:
            taken.append(chr(value))
        elif kind is op.RANGE:
            taken += [chr(value[0]), chr(value[1])]
        elif kind is op.CATEGORY:
            taken += [each for each in CHARACTERS if re.match(KINDS[value], each)][:2]
    if items and items[0][0] is op.NEGATE:
        return [each for each in CHARACTERS if each not in taken]
    return taken


def sample(tree, choice=0):
    """Return a short text that fits a parsed pattern; look-around is not obeyed."""
    text = ""
    for kind, value in tree:
        if kind is op.LITERAL:
            text += chr(value)
        elif kind is op.NOT_LITERAL:
            text += "b" if value == ord("a") else "a"
        elif kind is op.ANY:
            text += "a"
        elif kind is op.IN:
            characters = one_of(value)
            text += characters[choice % len(characters)]
        elif kind in REPEATS:
            text += sample(value[2], choice) * value[0]
        elif kind is op.SUBPATTERN:
            text += sample(value[3], choice)
        elif kind is op.ATOMIC_GROUP:
            text += sample(value, choice)
        elif kind is op.BRANCH:
            text += sample(value[1][choice % len(value[1])], choice)
    return text


def repeats(tree, before=""):
    """Yield for each long repeat a text that leads up to it, and its body."""
    for kind, value in tree:
        inner = []
        if kind in REPEATS:
            if value[1] >= LONG:
                yield before, value[2]
            inner = [value[2]]
        elif kind is op.SUBPATTERN:
            inner = [value[3]]
        elif kind is op.ATOMIC_GROUP:
            inner = [value]
        elif kind is op.BRANCH:
            inner = value[1]
        elif kind in (op.ASSERT, op.ASSERT_NOT):
            inner = [value[1]]
        for each in inner:
            yield from repeats(each, before)
        before += sample([(kind, value)])


def dearest(text, flags):
    """Return the texts that may be dear to a pattern."""
    made = set()
    for before, body in repeats(parser.parse(text, flags)):
        for choice in range(CHOICES):
            piece = sample(body, choice)
            if piece:
                made.add(before + piece * (LENGTH // len(piece)) + "\x01")
                made.add(f"{before}{piece} " * (LENGTH // (len(before + piece) + 1)))
    return sorted(made)


def cut(*_):
    raise TimeoutError


@pytest.mark.parametrize("name", ALL)
def test_a_pattern_costs_little_on_a_text_made_for_it(name):
    wording = re.compile(*ALL[name])
    before = signal.signal(signal.SIGPROF, cut)
    try:
        for text in dearest(*ALL[name]):
            signal.setitimer(signal.ITIMER_PROF, LIMIT)
            try:
                wording.search(text)
            except TimeoutError:
                pytest.fail(f"{name} takes more than {LIMIT} s on {text[:80]!r}…")
            finally:
                signal.setitimer(signal.ITIMER_PROF, 0)
    finally:
        signal.signal(signal.SIGPROF, before)


def test_a_pattern_that_is_dear_is_found():
    """What the texts are good for: this one grows with the cube of the length."""
    wording = re.compile(r"reset\s*[:=]?\s*[\"']*\s*\d")
    before = signal.signal(signal.SIGPROF, cut)
    try:
        with pytest.raises(TimeoutError):
            for text in dearest(wording.pattern, 0):
                signal.setitimer(signal.ITIMER_PROF, LIMIT)
                wording.search(text)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
