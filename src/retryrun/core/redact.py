"""Taking secrets out of what retryrun itself writes: messages, reports, records, annotations.

Three kinds are known: the values of secret-looking variables, in the encodings in which programs
print them; what stands in a place for secrets (an option, an assignment, a header, a URL); and
tokens whose form gives them away. A pattern is compiled only when its literal is seen in a text,
so that an ordinary command costs not even `re`; every pattern is bounded.
"""

from __future__ import annotations

from .secret_forms import (
    DEFAULTS,
    MASK,
    PROGRAMS,
    SHORTEST,
    WEAK,
    WORD,
    after_option,
    looks_random,
    strength_of,
    suspect,
    telling,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from .job import Command

    Program = tuple[dict[str, str], str]

LINE = 16  # a line of a key that is as long as this is a secret by itself
PASSES = 8
SIGNS = {"pair": ":", "cookie": "="}  # what sets the secret off from a name before it
NEXT_COMMAND = ("|", "||", "&&", ";")  # the options of the program before end here
UNLIMITED = 1 << 30


class Redactor:
    """Masks secrets; `env` is the environment whose secret-looking values are known."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self._values = sorted({v for pair in env.items() for v in _secrets_of(*pair)})
        self._forms: list[str] = []
        if not self._values:
            return
        from .text import spellings

        forms = {form for value in self._values for form in spellings(value)}
        usable = (form for form in forms if len(form) >= SHORTEST and MASK not in form)
        self._forms = sorted(usable, key=lambda form: (-len(form), form))  # one may hold another

    def text(self, text: str) -> str:
        """Return text without secrets; before it is shortened, since a cut one looks like nothing.

        A known value of which the text has only the end at its start, or only the beginning at its
        end, is masked too.
        """
        return self._masked(self._at_the_edges(self._known(text)))

    def words(self, words: Sequence[str]) -> list[str]:
        """Return the words of a command without secrets, those that follow a secret option too."""
        return [self._masked(word) for word in _arguments(words, named=True)]

    def command(self, command: Command, limit: int = 80) -> str:
        """Write a command on one line: secrets masked first, then shortened."""
        from .text import one_line, shorten, show_command, visible

        if command.script is not None:
            shown = one_line(visible(self.text(command.script)))
        else:
            shown = show_command(self.words(command.argv), UNLIMITED)
        return shorten(shown, limit)

    def _masked(self, text: str) -> str:
        for _ in range(PASSES):  # what one mask laid bare the next pass finds
            before, text = text, self._known(text)
            if suspect(text):
                from .secret_places import assignments, places, tokens

                text = self._known(tokens(assignments(_in_commands(places(text)))))
            if text == before:
                break
        return text

    def _known(self, text: str) -> str:
        found = True
        while found:  # ends: a mask is shorter than any form
            found = False
            for form in self._forms:
                if form in text:
                    text, found = text.replace(form, MASK), True
        return text

    def _at_the_edges(self, text: str) -> str:
        for value in self._values:
            size = _overlap(text, value)
            text = MASK + text[size:] if size else text
            body = text.rstrip("….")
            size = _overlap(value, body)
            # Where nothing says that text was cut, it may end in the public beginning of a token:
            # `github`, `https://`.
            word = size * 2 < len(value) and value[:size].rstrip(":/_-.").isalpha()
            public = word and not text.endswith(("…", "..."))
            if size and not public:
                text = body[:-size] + MASK + text[len(body) :]
        return text


def _overlap(text: str, value: str) -> int:
    """Return the length of the longest end of `value`, 6 at least, that `text` begins with."""
    last = value[-SHORTEST:]
    place = text.rfind(last, 0, len(value)) if len(last) == SHORTEST else -1
    while place >= 0:
        size = place + SHORTEST
        if value.endswith(text[:size]):
            return size
        place = text.rfind(last, 0, size - 1)
    return 0


def _secrets_of(name: str, value: str) -> Iterator[str]:
    """Yield what must not be seen of a variable: its value, its lines, a password in its URL."""
    if len(value) < SHORTEST or MASK in value:
        return
    scheme, sign, rest = value.partition("://")
    password = rest.rpartition("@")[0].partition(":")[2] if sign and scheme.isascii() else ""
    if len(password) >= SHORTEST and "/" not in password and password not in DEFAULTS:
        yield password
    strength = strength_of(name)
    if not strength or name == "PWD" or value.lower() in DEFAULTS or not telling(name, value):
        return
    if strength > WEAK or (strength == WEAK and (looks_random(value) or "PRIVATE KEY" in value)):
        lines = value.splitlines()
        yield from (v for v in (value, value.strip()) if len(v) >= SHORTEST)
        yield from (v.strip() for v in lines[1:] and lines if len(v) >= LINE and "-----" not in v)


def _in_commands(text: str) -> str:
    """Mask what follows options such as curl's -u, wherever a line names such a program."""
    if not any(f"{name} " in text for name in PROGRAMS):
        return text
    import re

    lines = text.split("\n")
    for place, line in enumerate(lines):
        if any(f"{name} " in line for name in PROGRAMS):
            pieces = re.findall(WORD, line)
            shown = _arguments([piece for piece in pieces if not piece.isspace()], named=False)
            lines[place] = "".join(piece if piece.isspace() else next(shown) for piece in pieces)
    return "\n".join(lines)


def _arguments(words: Iterable[str], *, named: bool) -> Iterator[str]:
    """Yield the words of a command, masked where an option of its program says so.

    `named`: also behind options that are named for a secret.
    """
    row, ready, how = None, False, ""
    for word in words:
        if how and not word.startswith("-"):
            yield MASK if _hides(how, word) else word
            how = ""
            continue
        program = PROGRAMS.get(word.rpartition("/")[2])
        row = program or (None if word in NEXT_COMMAND else row)
        ready = row is not None and (not row[1] or word == row[1] or (ready and not program))
        how, shown = _option(word, row if ready else None)
        if named and not how and shown == word:
            how, shown = _named(word)
        yield shown


def _named(word: str) -> tuple[str, str]:
    """Do what `_option` does for a word that is named for a secret: --token, --token=x, TOKEN=x."""
    name, sign, value = word.partition("=")
    if not sign:
        option = word.startswith("-") and len(word.split()) == 1 and MASK not in word
        return (word, word) if option else ("", word)
    plain = name.lstrip("-").replace("-", "_").isidentifier()
    secret = (
        plain and strength_of(name) > WEAK and telling(name.lstrip("-"), value) and value != MASK
    )
    return "", f"{name}={MASK}" if secret else word


def _option(word: str, row: Program | None) -> tuple[str, str]:
    """Return how the next word is a secret, if it is one, and the word itself as it may be seen."""
    if row is None:
        return "", word
    options, _ = row
    how = options.get(word, "glued")
    if how != "glued":
        return how, word
    name, sign, value = word.partition("=")
    if sign and name in options and name.startswith("--"):
        return "", f"{name}={MASK}" if _hides(options[name], value) else word
    if word[:2] in options and _hides(options[word[:2]], word[2:]):
        return "", word[:2] + MASK
    return "", word


def _hides(how: str, value: str) -> bool:
    if how in SIGNS:
        return SIGNS[how] in value
    if how in ("glued", "next"):  # -p8080:80 is a port
        return bool(value) and not (":" in value and value.replace(":", "").isdigit())
    name = how.lstrip("-")
    return telling(name, value) and after_option(name, value)
