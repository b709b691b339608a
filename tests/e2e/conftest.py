"""The installed command, run as a person or a script would run it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = str(Path(sys.executable).with_name("retryrun"))
LEFT_OUT = ("RETRYRUN_", "CI", "GITHUB_", "GITLAB_", "XDG_", "NO_COLOR", "FORCE_COLOR", "COLUMNS")


class Result:
    """What a run of the command gave: status, stdout and stderr as text."""

    def __init__(self, done: subprocess.CompletedProcess[bytes]) -> None:
        self.status = done.returncode
        self.raw = done.stdout
        self.out = done.stdout.decode("utf-8", "replace")
        self.err = done.stderr.decode("utf-8", "replace")

    @property
    def own(self) -> list[str]:
        """retryrun's own lines, without its prefix."""
        lines = self.err.splitlines()
        return [x.removeprefix("retryrun: ") for x in lines if x.startswith("retryrun: ")]

    def __repr__(self) -> str:
        return f"status {self.status}\n--- stdout\n{self.out}\n--- stderr\n{self.err}"


class Box:
    """A folder with a home of its own, in which the command is run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.work = folder / "work"
        self.work.mkdir()
        (self.work / ".git").mkdir()  # discovery of recovery.yaml ends here
        (folder / "home").mkdir()
        self.env = {k: v for k, v in os.environ.items() if not k.startswith(LEFT_OUT)}
        self.env |= {"HOME": str(folder / "home"), "XDG_STATE_HOME": str(folder / "state")}
        self.path = os.path.dirname(COMMAND) + os.pathsep + os.environ.get("PATH", os.defpath)

    def __call__(self, *words, input=None, env=None, cwd=None, timeout=60) -> Result:
        done = subprocess.run(
            [COMMAND, *map(str, words)],
            input=input,
            stdin=subprocess.DEVNULL if input is None else None,
            capture_output=True,
            env={**self.env, **(env or {})},
            cwd=cwd or self.work,
            timeout=timeout,
            check=False,
        )
        return Result(done)

    def config(self, text: str, name: str = "recovery.yaml") -> Path:
        path = self.work / name
        path.write_text(text)
        return path

    def script(self, name: str, text: str) -> str:
        path = self.work / name
        path.write_text("#!/bin/sh\n" + text)
        path.chmod(0o755)
        return str(path)

    def runs(self) -> int:
        """How often `counting` scripts have run."""
        path = self.work / "runs"
        return len(path.read_text().splitlines()) if path.exists() else 0

    def counting(self, *statuses: int) -> str:
        """A command that notes each run and ends with the statuses in turn, then the last."""
        cases = "".join(f"{n}) exit {s};;\n" for n, s in enumerate(statuses, 1))
        return self.script(
            "counting",
            f"echo run >> {self.work}/runs\n"
            f"n=$(wc -l < {self.work}/runs)\ncase $((n)) in {cases}*) exit {statuses[-1]};; esac\n",
        )

    def report(self, name: str = "report.json") -> dict:
        return json.loads((self.work / name).read_text())


@pytest.fixture
def box(tmp_path: Path) -> Box:
    return Box(tmp_path)


@pytest.fixture
def tool(box: Box):
    """The command with everything retried, after short waits."""

    def run(*words, **more) -> Result:
        return box("--no-config", "--retry-on", "any", "--base-delay", "10ms", *words, **more)

    return run
