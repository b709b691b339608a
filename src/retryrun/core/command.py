"""What is run: words, or one string for a shell."""

from __future__ import annotations

from .value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

DEFAULT_SHELL = ("/bin/sh", "-ec")  # -e: a failing line of several ends the string


class Command(Value):
    """A command. `argv` is executed; `script` is the shell string it carries, if it is one."""

    argv: tuple[str, ...]
    script: str | None = None

    @property
    def words(self) -> tuple[str, ...]:
        """The words that globs look at and people read."""
        return self.argv if self.script is None else tuple(self.script.split())


def command(
    spec: str | Sequence[str],
    *,
    shell: Sequence[str] = DEFAULT_SHELL,
    args: Sequence[str] = (),
) -> Command:
    """Make a command of a string for `shell`, or of a list that is executed as it is.

    `args` are appended: to a list as they are, to a string as positional parameters of the shell,
    so that nothing in them is expanded.
    """
    if not isinstance(spec, str):
        return Command((*spec, *args))
    if not args:
        return Command((*shell, spec), spec)
    script = spec.rstrip() + ' "$@"'
    return Command((*shell, script, "retryrun", *args), " ".join((spec.strip(), *args)))
