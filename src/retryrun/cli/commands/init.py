"""`retryrun init`."""

from __future__ import annotations

import os

from ...errors import UsageError

FILE = "recovery.yaml"
FIRST = """\
# How commands are retried here: retryrun TASK, or retryrun -- COMMAND.
# `retryrun validate` checks this file; `retryrun -n TASK` shows what a task would do.
version: 1

policies:
  default:
    max_retries: 3
    base_delay: 1s

# What `retryrun -- COMMAND` does for some commands only: the first that fits.
commands:
  - command: "git push *"
    policy: conservative

tasks:
  hello:
    help: Say hello
    run: echo hello
"""


def main() -> None:
    """Write a first recovery.yaml into this folder; one that is there is left alone."""
    for name in (FILE, "recovery.yml"):
        if os.path.lexists(name):
            raise UsageError(f"{name} is there already", "retryrun validate")
    try:
        with open(FILE, "x", encoding="utf-8") as file:
            file.write(FIRST)
    except OSError as error:
        hint = "go to a folder that you can write to"
        raise UsageError(f"{FILE} cannot be written: {error.strerror}", hint) from None
    print(f"{FILE} written. Try: retryrun hello")
