"""What GitLab CI is told: a collapsible section in the job's log for each further attempt."""

from __future__ import annotations

from ..core.text import one_line, shorten, show_command, visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH = 120
ERASE = "\x1b[0K"


def attempt_start(run_id: str, number: int, limit: int, words: Sequence[str], at: float) -> str:
    """Open the section of attempt `number` of at most `limit`; `at` is seconds since the epoch.

    `words` is the command, already without secrets.
    """
    header = f"retryrun: attempt {number}/{limit}: {show_command(words, WIDTH)}"
    return section_start(_name(run_id, number), header, at)


def attempt_end(run_id: str, number: int, at: float) -> str:
    """Close the section of attempt `number`."""
    return section_end(_name(run_id, number), at)


def section_start(name: str, header: str, at: float, *, collapsed: bool = False) -> str:
    """Return the line that opens a section, with `header` as what people see of it."""
    options = "[collapsed=true]" if collapsed else ""
    shown = shorten(one_line(visible(header)), WIDTH)
    return f"{ERASE}section_start:{int(at)}:{_identifier(name)}{options}\r{ERASE}{shown}\n"


def section_end(name: str, at: float) -> str:
    """Return the line that closes a section."""
    return f"{ERASE}section_end:{int(at)}:{_identifier(name)}\r{ERASE}\n"


def _name(run_id: str, number: int) -> str:
    return f"retryrun_{run_id}_{number}"


def _identifier(name: str) -> str:
    """Return a name of the characters that GitLab takes; it ignores a marker with any other."""
    return "".join(c if c.isascii() and (c.isalnum() or c in "_.-") else "_" for c in name)
