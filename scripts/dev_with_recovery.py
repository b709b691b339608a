#!/usr/bin/env python3
"""Development commands, run under retryrun itself.

    python3 scripts/dev_with_recovery.py quality      lint and format-check
    python3 scripts/dev_with_recovery.py test         the test suite
    python3 scripts/dev_with_recovery.py --help       all commands

The commands are the tasks of recovery.yaml. On a bare machine this script first makes a private
environment in .dev-env with nothing but the standard library; the download runs under the retry
flow of this very source tree.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import pathlib
import shutil
import subprocess
import sys
import sysconfig
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = pathlib.Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".dev-env"
PYTHON = ENVIRONMENT / "bin" / "python"
STAMP = ENVIRONMENT / "installed-for"
OLDEST = (3, 11)

COMMANDS = {
    "setup": "make the private environment and nothing else",
    "lint": "Ruff's checks",
    "lint-fix": "Ruff's checks, repairing what it can",
    "format": "Ruff's formatting",
    "format-check": "whether the formatting is as Ruff would have it",
    "typecheck": "mypy, strict; and pyright on what users of the library see",
    "test": "the whole test suite; words after it go to pytest",
    "test-fast": "the tests without the real tools and the terminal",
    "test-cov": "the tests with branch coverage",
    "quality": "lint and format-check",
    "quality-fix": "lint-fix and format",
    "check-all": "quality, typecheck and test",
    "dev-check": "quality-fix and test-fast",
}


def main(words: Sequence[str]) -> int:
    """Set up what is missing and hand over to retryrun. Returns the exit status."""
    if not words or words[0] in {"-h", "--help"}:
        print(__doc__)
        for name, text in COMMANDS.items():
            print(f"  {name:<14}{text}")
        return 0
    if words[0] not in COMMANDS:
        return _refuse(f"unknown command {words[0]!r}; there are: {', '.join(COMMANDS)}")
    if sys.version_info < OLDEST:
        return _refuse(f"Python 3.11 or later is needed; this is {sys.version.split()[0]}")
    with _alone():
        if not _ready():
            status = _set_up()
            if status != 0:
                return status
    if words[0] == "setup":
        print(f"ready: {ENVIRONMENT}")
        return 0
    return _hand_over(words)


def _refuse(text: str) -> int:
    print(f"dev_with_recovery: {text}", file=sys.stderr)
    return 2


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """Let only one process set up at a time."""
    with (ROOT / ".dev-env.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _wanted() -> str:
    """Return what the environment depends on: this Python and what pyproject.toml asks for."""
    project = (ROOT / "pyproject.toml").read_bytes()
    python = f"{sys.version} {sysconfig.get_platform()} {ROOT}".encode()
    return hashlib.sha256(project + python).hexdigest()


def _ready() -> bool:
    try:
        return STAMP.read_text() == _wanted() and PYTHON.exists()
    except OSError:
        return False


def _set_up() -> int:
    print(f"dev_with_recovery: setting up {ENVIRONMENT}", file=sys.stderr)
    shutil.rmtree(ENVIRONMENT, ignore_errors=True)
    # Not sys.executable: where the environment is active, that has just been removed.
    base = getattr(sys, "_base_executable", sys.executable)
    made = subprocess.run([base, "-m", "venv", str(ENVIRONMENT)], check=False)
    if made.returncode != 0:
        return _refuse("python3 -m venv failed; on Debian and Ubuntu: apt-get install python3-venv")
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    # Dependency groups need a newer pip than many a Python brings along.
    for words in (
        [*pip, "--upgrade", "pip>=25.1"],
        [*pip, "--group", "dev", "--editable", "."],
    ):
        status = _with_retries("install", words)
        if status != 0:
            return status
    STAMP.write_text(_wanted())
    return 0


def _with_retries(name: str, words: Sequence[str]) -> int:
    """Run a command under the retry flow of the source tree: standard library only."""
    sys.path.insert(0, str(ROOT / "src"))
    from retryrun.cli.main import main as retryrun

    os.chdir(ROOT)
    print(f"dev_with_recovery: {name}: {' '.join(words[2:])}", file=sys.stderr)
    return retryrun(["--no-config", "--policy", "aggressive", "--", *words])


def _hand_over(words: Sequence[str]) -> NoReturn:
    bin_folder = str(ENVIRONMENT / "bin")
    os.environ["PATH"] = bin_folder + os.pathsep + os.environ.get("PATH", os.defpath)
    os.environ["VIRTUAL_ENV"] = str(ENVIRONMENT)
    config = str(ROOT / "recovery.yaml")
    command = [f"{bin_folder}/retryrun", "--config", config, "run", words[0], *words[1:]]
    os.execv(command[0], command)  # the very words: no shell


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
