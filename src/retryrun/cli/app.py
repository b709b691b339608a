"""The typer application: help pages and subcommands. Never imported for a run."""

from __future__ import annotations

import importlib
import inspect
import os
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..core.text import show_command
from ..errors import RetryrunError, UsageError
from .options import Option, options
from .printing import printing
from .table import SUBCOMMANDS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .reader import Invocation

# Options that also mean something in front of a subcommand.
SHARED = ("config", "no_config", "quiet", "verbose", "color")

ABOUT = """Run any command under a retry policy that understands why it failed.

A network error is retried after a growing, jittered wait, a rate limit after a longer one, a \
real failure not at all. When the first attempt succeeds, nothing of this can be noticed.
"""
EXAMPLES = """\
 Examples
   retryrun -- uv sync                    any command, under the default policy
   retryrun -p aggressive -t 5m -- npm ci    ten retries, 5 minutes an attempt
   retryrun --fallback 'uv sync --offline' -- uv sync
   retryrun quality                       a task of recovery.yaml
   retryrun -n -- uv sync                 what would run, and why

 Durations: 250ms, 2s, 1.5m, 1h30m, 7d, or a number of seconds.
 Exit status: the command's own; 75 an open circuit, 124 a time limit,
 125 retryrun's own error, 126/127 not executable/not found.
"""


def call(words: Sequence[str], seen: Invocation) -> int:
    """Run a subcommand or print the help; `words` begins with the subcommand's name.

    Raises RetryrunError for what is wrong with the command line.
    """
    for name in seen.given:
        if name not in SHARED and words[0] in SUBCOMMANDS and words[0] != "run":
            flag = f"--{name.replace('_', '-')}"
            hint = f"retryrun {show_command(words)}"
            raise UsageError(f"{flag} has no meaning for {words[0]}", hint)
    _colour(seen)
    return printing(lambda: _dispatch(words, seen))


def _dispatch(words: Sequence[str], seen: Invocation) -> int:
    app = application(words[0])
    command = typer.main.get_command(app)
    try:
        if words[0] == "--help":
            context = command.make_context("retryrun", [], resilient_parsing=True)
            command.get_help(context)  # typer's rich form prints it
            print(EXAMPLES)
            return 0
        status = command.main(
            list(words), prog_name="retryrun", standalone_mode=False, obj=seen.given
        )
    except RetryrunError:
        raise
    except typer.Abort:
        return 1
    except _usage_errors() as error:
        page = " ".join(("retryrun", words[0] if words[0] in SUBCOMMANDS else "", "--help"))
        raise UsageError(error.format_message(), " ".join(page.split())) from None
    return status if isinstance(status, int) else 0


def _usage_errors() -> Any:
    """Return the base of typer's usage errors, whose module has moved between its versions."""
    return typer.BadParameter.__mro__[2]


def application(wanted: str | None = None) -> typer.Typer:
    """Build the application; only the module of the subcommand that is wanted is imported."""
    app = typer.Typer(
        name="retryrun",
        add_completion=False,
        no_args_is_help=True,
        rich_markup_mode="rich",
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
        add_help_option=False,
        help=ABOUT,
        subcommand_metavar="-- COMMAND [ARG]... | TASK [ARG]... | SUBCOMMAND",
    )
    app.callback()(_root())
    for name, (module, text) in SUBCOMMANDS.items():
        function = importlib.import_module(module).main if name == wanted else _placeholder
        app.command(name, help=None if name == wanted else text, short_help=text)(function)
    return app


def _placeholder() -> None:
    """Stand in the list of subcommands for one whose module is not needed now."""


def _root() -> Callable[..., None]:
    """Make the callback whose signature is the table of options."""

    def root(**_values: Any) -> None:
        return

    parameters = [
        inspect.Parameter(
            option.name,
            inspect.Parameter.KEYWORD_ONLY,
            default=False if option.reader == "flag" else None,
            annotation=_annotation(option),
        )
        for option in options()
    ]
    root.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]  # typer reads it
    root.__annotations__ = {each.name: each.annotation for each in parameters}
    return root


def _annotation(option: Option) -> Any:
    kind: Any = (list[str] if option.many else str) | None
    if option.reader == "flag":
        kind = bool
    text = option.help + (f" [dim]{option.variable}[/dim]" if option.variable else "")
    return Annotated[
        kind,
        typer.Option(
            *option.flags,
            metavar=option.metavar or " ",
            help=text,
            rich_help_panel=option.panel,
            show_default=False,
        ),
    ]


def _colour(seen: Invocation) -> None:
    """Hand --color on to rich, which reads these variables."""
    when = seen.given.get("color") or os.environ.get("RETRYRUN_COLOR") or "auto"
    if when == "always":
        os.environ["FORCE_COLOR"] = "1"
        os.environ.pop("NO_COLOR", None)
    elif when == "never" or os.environ.get("NO_COLOR"):
        os.environ.pop("FORCE_COLOR", None)
        os.environ["TERM"] = "dumb"  # NO_COLOR alone leaves rich its bold and dim
    if not sys.stdout.isatty() and when != "always":
        os.environ.setdefault("TERMINAL_WIDTH", "80")
