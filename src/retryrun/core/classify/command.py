"""Which programs a command runs: the words behind sudo, env, timeout, a shell's -c."""

from __future__ import annotations

import re

from .patterns import pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .lines import Line

SHELLS = frozenset(("sh", "bash", "dash", "zsh", "ksh", "ash", "busybox"))
# Programs that run the program named after them, and how many words of their own they take.
WRAPPERS = {
    "sudo": 0, "env": 0, "nice": 0, "ionice": 0, "nohup": 0, "time": 0, "stdbuf": 0, "exec": 0,
    "command": 0, "timeout": 1, "setsid": 0, "xvfb-run": 0, "unbuffer": 0, "doas": 0, "chronic": 0,
    "retryrun": 0, "caffeinate": 0, "chrt": 1, "taskset": 1, "faketime": 1, "su-exec": 1,
    "gosu": 1, "eatmydata": 0, "ccache": 0, "sccache": 0, "strace": 0, "npx": 0, "uvx": 0,
    "pipx": 1, "bunx": 0, "then": 0,
    "do": 0, "else": 0, "if": 0, "while": 0, "!": 0, "(": 0, "{": 0,
}  # fmt: skip
RUNNERS = {  # `uv run pytest`, `poetry run mypy`, `python -m pip`, `bundle exec rspec`
    "uv": ("run",), "poetry": ("run",), "pdm": ("run",), "pipenv": ("run",), "hatch": ("run",),
    "rye": ("run",), "bundle": ("exec",), "npm": ("exec",), "pnpm": ("exec", "dlx"),
    "yarn": ("exec", "dlx"), "conda": ("run",), "mise": ("exec", "x"), "pixi": ("run",),
}  # fmt: skip
ALIASES = {"pip3": "pip", "apt": "apt-get", "aptitude": "apt-get", "mvnw": "mvn",
           "gradlew": "gradle", "gmake": "make", "tofu": "terraform", "python3": "python",
           "nodejs": "node"}  # fmt: skip
_VERSION = pattern(r"(?<=[a-z])-?\d[\d.]*$")
_OPERATORS = pattern(r"(?:\|\||&&|[;|&\n])")
# How a shell that traces (`sh -x`) and npm show the command that they run.
_ECHOED = pattern(r"^(?:\++|>) (\w[^@]*)$")
# Where a recipe of make ended, whose command stands in the line above.
_RECIPE = pattern(r"^g?make(?:\[\d+\])?: \*\*\* .*\bError (\d{1,3})$")
_WORDS = pattern(r"""'[^']*'|"(?:[^"\\]|\\.)*"|[^\s'"]+""")
SHOWN = 20  # lines from the end in which a command is looked for that was shown
DEEPEST = 8  # wrappers and shells around one another
MOST = 64  # words and commands looked at


def tools(command: str | Sequence[str]) -> tuple[str, ...]:
    """Return the base names of the programs that a command runs, the last one last."""
    return tuple(dict.fromkeys(_tools(command, 0)))


def silent(lines: Sequence[Line], exit_code: int) -> tuple[str, int] | None:
    """Return the command that ended last and its status, if it ended without a word.

    A script that is traced, a task of npm and a recipe of make show a command before they run it;
    when nothing follows, its own exit status is all that there is.
    """
    shown = [line.text for line in lines[-SHOWN:] if line.text.strip()]
    if not shown:
        return None
    recipe = _RECIPE.match(shown[-1])
    if recipe:
        return (shown[-2], int(recipe[1])) if len(shown) > 1 else None
    echoed = _ECHOED.match(shown[-1])
    return (echoed[1], exit_code) if echoed else None


def _tools(command: str | Sequence[str], depth: int) -> Iterator[str]:
    if depth > DEEPEST:
        return
    if isinstance(command, str):
        for part in _OPERATORS.split(command[:8192])[:MOST]:
            yield from _tools([_unquoted(word) for word in _WORDS.findall(part)[:MOST]], depth + 1)
        return
    words = list(command[:MOST])
    while words and re.match(r"[A-Za-z_]\w*=", words[0]):
        words.pop(0)
    if not words:
        return
    name = _name(words[0])
    rest = words[1:]
    if name in SHELLS:
        script = _after_c(rest)
        if script is not None:
            yield from _tools(script, depth + 1)
            return
    if name in WRAPPERS:
        found = list(_tools(_operands(rest)[WRAPPERS[name] :], depth + 1))
        if found:
            yield from found
            return
    yield name
    yield from _behind(name, rest, depth)


def _behind(name: str, rest: list[str], depth: int) -> Iterator[str]:
    if name == "python" and "-m" in rest[:-1]:
        yield _name(rest[rest.index("-m") + 1])
    for verb in RUNNERS.get(name, ()):
        if verb in rest[:-1]:
            yield from _tools(_operands(rest[rest.index(verb) + 1 :]), depth + 1)
            return
    if name == "uv" and rest[:1] == ["pip"]:
        return
    if name == "git" and rest[:1]:
        yield f"git-{rest[0]}"


def _operands(words: list[str]) -> list[str]:
    """Drop leading options and assignments (an option's separate value is taken for a program)."""
    while words and (words[0].startswith("-") or re.match(r"[A-Za-z_]\w*=", words[0])):
        words = words[1:]
    return words


def _after_c(words: list[str]) -> str | None:
    for place, word in enumerate(words[:-1]):
        if word.startswith("-") and not word.startswith("--") and word.endswith("c"):
            return words[place + 1]
        if not word.startswith("-"):
            return None
    return None


def _unquoted(word: str) -> str:
    return word[1:-1] if len(word) > 1 and word[0] in "'\"" and word[-1] == word[0] else word


def _name(word: str) -> str:
    name = word.replace("\\", "/").rpartition("/")[2].lower().removesuffix(".exe")
    name = ALIASES.get(name, name)
    bare = _VERSION.sub("", name)
    return ALIASES.get(bare, bare or name)
