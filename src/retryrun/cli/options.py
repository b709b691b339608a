"""The options of a run: one table, read by the quick reader and shown by the help.

The table is all constants, which cost next to nothing before the command starts; of three dozen
options those that were given are made.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    Row = tuple[str, str, str, str, str, str, str]

# Panels of the help, and in each the options: name, short form, metavar ("" for a switch), reader,
# help; then what there is besides: "key" (of a policy, too), "many" (may be repeated), "variable"
# (an environment variable may stand for it), and its choices.
TABLE: tuple[tuple[str, tuple[Row, ...]], ...] = (
    ("How often and how long to wait", (
        ("policy", "-p", "NAME", "text",
         "A policy of recovery.yaml or a built-in one: default, quick, aggressive, conservative.",
         "variable", ""),
        ("max_retries", "-r", "N", "count",
         "Retries after the first attempt; 0 runs the command once.",
         "key variable", ""),
        ("base_delay", "", "D", "duration",
         "The wait before the first retry.",
         "key", ""),
        ("max_delay", "", "D", "duration",
         "No wait is longer than this.",
         "key", ""),
        ("exponential_base", "", "X", "factor",
         "Each wait is the one before times X.",
         "key", ""),
        ("jitter", "", "MODE", "jitter",
         "How waits are spread: true (proportional), full, equal, decorrelated, none.",
         "key", ""),
    )),
    ("Time limits", (
        ("timeout", "-t", "D", "duration",
         "End an attempt, with everything it started, after D.",
         "key variable", ""),
        ("idle_timeout", "", "D", "duration",
         "The same when nothing was written for D.",
         "key", ""),
        ("kill_after", "", "D", "duration",
         "Grace between SIGTERM and SIGKILL (5s).",
         "key", ""),
        ("deadline", "", "D", "duration",
         "Limit of everything together, waits and fallbacks included.",
         "key variable", ""),
    )),
    ("What to retry", (
        ("retry_on", "", "LIST", "words",
         ("Retry these: network, rate_limit, resource, transient, permanent, timeout, "
          "unmatched, any, or rule ids."),
         "key variable", ""),
        ("never_retry_on", "", "LIST", "words",
         "Never retry these; stronger than every other list.",
         "key", ""),
        ("retry_on_exit_code", "", "LIST", "exit_codes",
         "Retry these exit codes too, whatever the output says: 1,75,100-110.",
         "key", ""),
    )),
    ("When it fails", (
        ("fallback", "", "CMD", "text",
         "Run this when the command has given up; repeatable, tried in order.",
         "key many", ""),
        ("fallback_on", "", "LIST", "words",
         "Fall back after these; by default after all but permanent failures.",
         "key", ""),
        ("before_retry", "", "CMD", "text",
         "Run this before each retry, to clean up; repeatable.",
         "key many", ""),
        ("retry_command", "", "CMD", "text",
         "Run this instead of the command from the second attempt on.",
         "key", ""),
        ("flaky", "", "MODE", "choice",
         "What a success after a retry counts as: pass, warn, fail.",
         "key variable", "pass warn fail"),
        ("breaker", "", "NAME", "text",
         "Guard the command with this circuit breaker, shared by all runs.",
         "key", ""),
    )),
    ("Streams", (
        ("shell", "", "", "flag",
         "COMMAND is one string for the shell.",
         "", ""),
        ("stdin", "", "MODE", "choice",
         "inherit, replay (every attempt reads the same bytes of a pipe), none.",
         "key", "inherit replay none"),
        ("stdout", "", "MODE", "choice",
         "stream, or hold: only a successful attempt's output is released.",
         "key", "stream hold"),
    )),
    ("Reports and messages", (
        ("report", "", "PATH", "text",
         "Write a JSON report; a folder or NAME/ gets a file for each run.",
         "variable", ""),
        ("junit", "", "FILE", "text",
         "Write the run as a JUnit test case.",
         "", ""),
        ("ci", "", "SYSTEM", "choice",
         "Annotations for auto, github, gitlab, none.",
         "variable", "auto github gitlab none"),
        ("quiet", "-q", "", "flag",
         "No messages of retryrun's own.",
         "variable", ""),
        ("verbose", "-v", "", "flag",
         "Say more: why a failure was judged so, how long a success took.",
         "variable", ""),
        ("color", "", "WHEN", "choice",
         "auto, always, never.",
         "variable", "auto always never"),
    )),
    ("General", (
        ("dry_run", "-n", "", "flag",
         "Show what would run, under which values and why; run nothing.",
         "", ""),
        ("config", "-f", "FILE", "text",
         "Use this file instead of looking for recovery.yaml.",
         "variable", ""),
        ("no_config", "", "", "flag",
         "Use no recovery.yaml.",
         "", ""),
        ("version", "", "", "flag",
         "Print the version.",
         "", ""),
        ("help", "-h", "", "flag",
         "Print this help.",
         "", ""),
    )),
)  # fmt: skip


class Option:
    """One option.

    `reader` names a function of core.parse, "text" for a string taken as it is, or "flag" for a
    switch without value. `key` says that it is also a key of a policy; `variable` is the
    environment variable that stands for it, "" for none; `many` options may be repeated.
    """

    def __init__(self, panel: str, row: Row) -> None:
        self.name, short, self.metavar, self.reader, self.help, kind, choices = row
        self.flags = (short, _long(self.name)) if short else (_long(self.name),)
        self.panel, self.choices = panel, tuple(choices.split())
        self.key, self.many = "key" in kind, "many" in kind
        self.variable = f"RETRYRUN_{self.name.upper()}" if "variable" in kind else ""


def options() -> list[Option]:
    """Return all of them, in the order of the help."""
    return [Option(panel, row) for panel, rows in TABLE for row in rows]


def by_flag(flag: str) -> Option | None:
    """Return the option that a word such as -t or --timeout stands for."""
    for panel, rows in TABLE:
        for row in rows:
            if flag in (row[1], _long(row[0])):
                return Option(panel, row)
    return None


def _long(name: str) -> str:
    return "--" + name.replace("_", "-")
