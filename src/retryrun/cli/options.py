"""The options of a run: one table, read by the quick reader and shown by the help."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

BACK_OFF, LIMITS, CHOICE, AFTERWARDS, STREAMS, OUTPUT, GENERAL = PANELS = (
    "How often and how long to wait",
    "Time limits",
    "What to retry",
    "When it fails",
    "Streams",
    "Reports and messages",
    "General",
)


class Option:
    """One option.

    `reader` names a function of core.parse, "text" for a string taken as it is, or "flag" for a
    switch without value. `key` says that it is also a key of a policy; `variable` is the
    environment variable that stands for it; `many` options may be repeated.
    """

    # Written out, since three dozen are made before a command starts.
    def __init__(  # noqa: PLR0913, PLR0917  the columns of a table
        self,
        name: str,
        flags: tuple[str, ...],
        metavar: str | None,
        reader: str,
        panel: str,
        help: str,  # noqa: A002  what everyone calls it
        key: bool = False,
        variable: str | None = None,
        many: bool = False,
        choices: tuple[str, ...] = (),
    ) -> None:
        self.name, self.flags, self.metavar, self.reader = name, flags, metavar, reader
        self.panel, self.help, self.key, self.variable = panel, help, key, variable
        self.many, self.choices = many, choices


def _setting(name: str, metavar: str, reader: str, panel: str, text: str, **more: Any) -> Option:
    long = "--" + name.replace("_", "-")
    short = more.pop("short", None)
    flags = (short, long) if short else (long,)
    return Option(name, flags, metavar, reader, panel, text, key=True, **more)


def _flag(name: str, text: str, *, short: str | None = None, **more: Any) -> Option:
    long = "--" + name.replace("_", "-")
    panel = more.pop("panel", GENERAL)
    return Option(name, (short, long) if short else (long,), None, "flag", panel, text, **more)


OPTIONS: tuple[Option, ...] = (
    Option(
        "policy", ("-p", "--policy"), "NAME", "text", BACK_OFF,
        "A policy of recovery.yaml or a built-in one: default, quick, aggressive, conservative.",
        variable="RETRYRUN_POLICY",
    ),
    _setting("max_retries", "N", "count", BACK_OFF,
             "Retries after the first attempt; 0 runs the command once.",
             short="-r", variable="RETRYRUN_MAX_RETRIES"),
    _setting("base_delay", "D", "duration", BACK_OFF, "The wait before the first retry."),
    _setting("max_delay", "D", "duration", BACK_OFF, "No wait is longer than this."),
    _setting("exponential_base", "X", "factor", BACK_OFF,
             "Each wait is the one before times X."),
    _setting("jitter", "MODE", "jitter", BACK_OFF,
             "How waits are spread: true (proportional), full, equal, decorrelated, none."),
    _setting("timeout", "D", "duration", LIMITS,
             "End an attempt, with everything it started, after D.",
             short="-t", variable="RETRYRUN_TIMEOUT"),
    _setting("idle_timeout", "D", "duration", LIMITS,
             "The same when nothing was written for D."),
    _setting("kill_after", "D", "duration", LIMITS,
             "Grace between SIGTERM and SIGKILL (5s)."),
    _setting("deadline", "D", "duration", LIMITS,
             "Limit of everything together, waits and fallbacks included.",
             variable="RETRYRUN_DEADLINE"),
    _setting("retry_on", "LIST", "words", CHOICE,
             "Retry these: network, rate_limit, resource, transient, permanent, timeout, "
             "unmatched, any, or rule ids.",
             variable="RETRYRUN_RETRY_ON"),
    _setting("never_retry_on", "LIST", "words", CHOICE,
             "Never retry these; stronger than every other list."),
    _setting("retry_on_exit_code", "LIST", "exit_codes", CHOICE,
             "Retry these exit codes too, whatever the output says: 1,75,100-110."),
    _setting("fallback", "CMD", "text", AFTERWARDS,
             "Run this when the command has given up; repeatable, tried in order.", many=True),
    _setting("fallback_on", "LIST", "words", AFTERWARDS,
             "Fall back after these; by default after all but permanent failures."),
    _setting("before_retry", "CMD", "text", AFTERWARDS,
             "Run this before each retry, to clean up; repeatable.", many=True),
    _setting("retry_command", "CMD", "text", AFTERWARDS,
             "Run this instead of the command from the second attempt on."),
    _setting("flaky", "MODE", "choice", AFTERWARDS,
             "What a success after a retry counts as: pass, warn, fail.",
             choices=("pass", "warn", "fail"), variable="RETRYRUN_FLAKY"),
    _setting("breaker", "NAME", "text", AFTERWARDS,
             "Guard the command with this circuit breaker, shared by all runs."),
    _flag("shell", "COMMAND is one string for the shell.", panel=STREAMS),
    _setting("stdin", "MODE", "choice", STREAMS,
             "inherit, replay (every attempt reads the same bytes of a pipe), none.",
             choices=("inherit", "replay", "none")),
    _setting("stdout", "MODE", "choice", STREAMS,
             "stream, or hold: only a successful attempt's output is released.",
             choices=("stream", "hold")),
    Option("report", ("--report",), "PATH", "text", OUTPUT,
           "Write a JSON report; a folder or NAME/ gets a file for each run.",
           variable="RETRYRUN_REPORT"),
    Option("junit", ("--junit",), "FILE", "text", OUTPUT,
           "Write the run as a JUnit test case."),
    Option("ci", ("--ci",), "SYSTEM", "choice", OUTPUT,
           "Annotations for auto, github, gitlab, none.",
           choices=("auto", "github", "gitlab", "none"), variable="RETRYRUN_CI"),
    _flag("quiet", "No messages of retryrun's own.", short="-q", panel=OUTPUT,
          variable="RETRYRUN_QUIET"),
    _flag("verbose", "Say more: why a failure was judged so, how long a success took.", short="-v",
          panel=OUTPUT, variable="RETRYRUN_VERBOSE"),
    Option("color", ("--color",), "WHEN", "choice", OUTPUT, "auto, always, never.",
           choices=("auto", "always", "never"), variable="RETRYRUN_COLOR"),
    _flag("dry_run", "Show what would run, under which values and why; run nothing.",
          short="-n"),
    Option("config", ("-f", "--config"), "FILE", "text", GENERAL,
           "Use this file instead of looking for recovery.yaml.", variable="RETRYRUN_CONFIG"),
    _flag("no_config", "Use no recovery.yaml."),
    _flag("version", "Print the version."),
    _flag("help", "Print this help.", short="-h"),
)  # fmt: skip

BY_FLAG: dict[str, Option] = {flag: option for option in OPTIONS for flag in option.flags}
