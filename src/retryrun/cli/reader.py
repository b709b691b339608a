"""Reading the command line and the environment, without anything that is slow to import.

The table of options is not even looked at where there is no option.
"""

from __future__ import annotations

from ..core.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from ..errors import UsageError
    from .options import Option

PREFIX = "RETRYRUN_"
COMMAND, WORD, NOTHING = "command", "word", "nothing"


class Invocation(Value):
    """A command line, read up to where it belongs to somebody else.

    `form` is COMMAND (after `--`), WORD (a task or a subcommand stands first in `rest`) or
    NOTHING. `given` maps an option's name to its value.
    """

    form: str
    rest: tuple[str, ...]
    given: Mapping[str, Any]


def read(argv: Sequence[str]) -> Invocation:
    """Read retryrun's own options off the front of `argv`. Raises UsageError."""
    given: dict[str, Any] = {}
    words = list(argv)
    while words:
        word = words.pop(0)
        if word == "--":
            return Invocation(COMMAND, tuple(words), given)
        if word == "-" or not word.startswith("-"):
            return Invocation(WORD, (word, *words), given)
        if word.startswith("--"):
            _long(word, words, given)
        else:
            _short(word, words, given)
    return Invocation(NOTHING, (), given)


def _long(word: str, words: list[str], given: dict[str, Any]) -> None:
    from .options import by_flag

    flag, equals, value = word.partition("=")
    option = by_flag(flag)
    if option is None:
        raise _unknown(flag)
    if option.reader == "flag":
        if equals:
            raise _wrong(f"{flag} takes no value", flag)
        given[option.name] = True
    else:
        _store(option, flag, value if equals else _next(option, flag, words), given)


def _short(word: str, words: list[str], given: dict[str, Any]) -> None:
    from .options import by_flag

    for place in range(1, len(word)):
        flag = "-" + word[place]
        option = by_flag(flag)
        if option is None:
            raise _unknown(flag if len(word) == 2 else f"{flag} (in {word})")
        if option.reader != "flag":
            attached = word[place + 1 :].removeprefix("=")
            _store(option, flag, attached or _next(option, flag, words), given)
            return
        given[option.name] = True


def _next(option: Option, flag: str, words: list[str]) -> str:
    if not words or words[0] == "--":
        raise _wrong(f"{flag} needs a value: {flag} {option.metavar}", "retryrun --help")
    return words.pop(0)


def _store(option: Option, flag: str, text: str, given: dict[str, Any]) -> None:
    value = value_of(option, flag, text)
    if option.many:
        value = [*given.get(option.name, ()), value]
    given[option.name] = value


def value_of(option: Option, place: str, text: str) -> Any:
    """Turn an option's text into its value. Raises UsageError that names `place` and the text."""
    from ..core import parse

    try:
        if option.reader == "text":
            return _not_empty(text)
        if option.reader == "flag":
            return parse.switch(text)
        if option.reader == "choice":
            return parse.choice(text, option.choices)
        return getattr(parse, option.reader)(text)
    except ValueError as error:
        raise _wrong(f"{place} {text!r}: {error}", "retryrun --help") from None


def _not_empty(text: str) -> str:
    if not text.strip():
        raise ValueError("it must not be empty")
    return text


def from_environment(env: Mapping[str, str]) -> dict[str, Any]:
    """Read the variables that stand for options. Raises UsageError naming the variable."""
    if not any(name.startswith(PREFIX) for name in env):
        return {}
    from .options import options

    found = {}
    for option in options():
        text = env.get(option.variable, "")
        if text:
            found[option.name] = value_of(option, f"{option.variable}:", text)
    return found


def disabled(env: Mapping[str, str]) -> bool:
    """Tell whether RETRYRUN_DISABLE asks to stay out of the way. Raises UsageError."""
    text = env.get("RETRYRUN_DISABLE", "")
    if not text:
        return False
    from ..core import parse

    try:
        return parse.switch(text)
    except ValueError as error:
        raise _wrong(f"RETRYRUN_DISABLE: {text!r}: {error}", "RETRYRUN_DISABLE=1") from None


def _unknown(flag: str) -> UsageError:
    from ..core import parse
    from .options import options

    words = {option.flags[-1].lstrip("-"): option.flags[-1] for option in options()}
    near = parse.nearest(flag.partition(" ")[0].lstrip("-"), words)
    hint = f"did you mean {words[near]}?" if near else "retryrun --help"
    return _wrong(f"unknown option {flag}", hint)


def _wrong(message: str, hint: str | None = None) -> UsageError:
    from ..errors import UsageError

    return UsageError(message, hint)
