"""The private environment, the contestants in it, and the ways to measure them."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Wrappers on PyPI that run a command again when it fails, and the command of each.
PYPI = {"recur-command": "recur", "retryflake": "retryflake"}
LIBRARIES = (
    "tenacity",
    "stamina",
    "backoff",
    "pybreaker",
    "circuitbreaker",
    "aiobreaker",
    "purgatory",
)
EMPTY = {
    "pyproject.toml": """\
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"
[project]
name = "empty-script"
version = "1"
[project.scripts]
empty-script = "empty_script:main"
[tool.hatch.build.targets.wheel]
include = ["empty_script.py"]
""",
    "empty_script.py": "def main():\n    return 0\n",
}


def prepare(folder: Path, installer: str) -> tuple[Path, list[str]]:
    """Make the environment, or bring retryrun in it up to date; return its programs and notes."""
    programs = folder / "bin"
    notes: list[str] = []
    if not (folder / "complete").exists():
        shutil.rmtree(folder, ignore_errors=True)
        call(sys.executable, "-m", "venv", folder)
        if installer == "old-pip":  # whose console scripts import `re`
            call(programs / "pip", "install", "-q", "pip==23.2.1")
        else:
            call(programs / "pip", "install", "-q", "--upgrade", "pip")
        if installer == "uv":
            call(programs / "pip", "install", "-q", "uv")
        source = folder / "empty"
        source.mkdir()
        for name, text in EMPTY.items():
            (source / name).write_text(text)
        call(*installing(programs, installer), source)
        for name in (*PYPI, *LIBRARIES):
            attempt = subprocess.run([*installing(programs, installer), name], capture_output=True)
            if attempt.returncode:
                notes.append(f"{name} could not be installed and is left out")
        (folder / "complete").touch()
    subprocess.run([programs / "pip", "uninstall", "-q", "-y", "retryrun"], capture_output=True)
    call(*installing(programs, installer), ROOT)
    return programs, notes


def installing(programs: Path, installer: str) -> list[str]:
    if installer == "uv":
        python = str(programs / "python")
        return [
            str(programs / "uv"),
            "pip",
            "install",
            "-q",
            "--compile-bytecode",
            "--python",
            python,
        ]
    return [str(programs / "pip"), "install", "-q", "--disable-pip-version-check"]


def call(*words: object) -> None:
    # pip speaks of indexes it cannot use: only a failure is worth reading.
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{' '.join(map(str, words))} failed:\n{done.stderr}")


@dataclass
class Table:
    title: str
    columns: list[str]
    rows: list[list[object]]
    about: str = ""
    plot: str = ""  # bars of the second column, or lines over the first
    text: str = ""  # shown as it is, in place of rows

    def markdown(self) -> str:
        if self.text:
            return f"## {self.title}\n\n{self.about}\n\n{self.text}\n"
        head = f"| {' | '.join(self.columns)} |\n|---|{'---:|' * (len(self.columns) - 1)}\n"
        body = "".join(f"| {' | '.join(map(shown, row))} |\n" for row in self.rows)
        return f"## {self.title}\n\n{self.about}\n\n{head}{body}"


def shown(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.2f}" if abs(value) < 10 else f"{value:.1f}"
    if isinstance(value, int):
        return f"{value:,}"
    return "" if value is None else str(value).replace("|", "\\|")


@dataclass
class Bench:
    """What every part is given."""

    programs: Path
    folder: Path
    quick: bool
    notes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        hidden = ("RETRYRUN_", "PYTHON", "GITHUB_", "GITLAB_", "OTEL_", "XDG_")
        clean = {k: v for k, v in os.environ.items() if not k.startswith(hidden)}
        self.env = {**clean, "HOME": str(self.folder), "PATH": f"{self.programs}:{clean['PATH']}"}
        (self.folder / ".git").mkdir()

    def path(self, name: str) -> str:
        return str(self.programs / name)

    def place(self, name: str, recovery: str = "") -> Path:
        """Make a folder of its own, with a recovery.yaml that is old enough to be compiled."""
        place = self.folder / name
        place.mkdir()
        if recovery:
            file = place / "recovery.yaml"
            file.write_text(recovery)
            time.sleep(2.2)  # a copy is kept only of a file whose times have settled
        return place

    def seconds(
        self, words: list[str], cwd: Path | None = None, statuses: tuple[int, ...] = (0,)
    ) -> float:
        """Run a command with its output thrown away; return how long that took."""
        os.chdir(cwd or self.folder)
        null = os.open(os.devnull, os.O_RDWR)
        start = time.perf_counter()
        pid = os.posix_spawnp(
            words[0],
            words,
            self.env,
            file_actions=[(os.POSIX_SPAWN_DUP2, null, fd) for fd in (1, 2)],
        )
        _, status = os.waitpid(pid, 0)
        spent = time.perf_counter() - start
        os.close(null)
        if os.waitstatus_to_exitcode(status) not in statuses:
            raise SystemExit(f"{words} ended with {os.waitstatus_to_exitcode(status)}")
        return spent

    def peers(self, options: bool = False) -> dict[str, list[str]]:
        """How each wrapper that is here is put in front of a command: 3 tries, no wait."""
        known = {
            "retry (Debian)": ["retry", "--times=3", "--delay=0", "--"],
            "retry (kadwanev)": ["kadwanev-retry", "-t", "3", "-s", "0", "--"],
            "recur (PyPI)": [self.path("recur"), "-t", "3"],
            "retryflake (PyPI)": [
                self.path("retryflake"),
                "--retries",
                "2",
                "--delay",
                "0",
                "--quiet",
                "--",
            ],
            "bash loop": ["bash", "-c", 'for i in 1 2 3; do "$@" && exit; done; exit 1', "bash"],
        }
        here = {}
        for name, words in known.items():
            if shutil.which(words[0], path=self.env["PATH"]):
                here[name] = words
            else:
                self.notes.append(f"{name} is not installed and is left out")
        return here


def interleaved(contestants: dict, rounds: int, warm: int = 2) -> dict[str, float]:
    """Call each in turn, round by round; return the medians of what they return."""
    found: dict[str, list[float]] = {name: [] for name in contestants}
    for turn in range(rounds + warm):
        for name, measure in contestants.items():
            value = measure()
            if turn >= warm:
                found[name].append(value)
    return {name: statistics.median(values) for name, values in found.items()}
