"""Who may import whom, and what may not be imported before the command has started."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

import retryrun
from retryrun import config
from retryrun.cli.table import SUBCOMMANDS
from retryrun.config import cache

SOURCE = Path(retryrun.__file__).parent
FLOORS = {
    "core": 0, "rules": 0, "errors": 0,
    "config": 1, "process": 1, "store": 1, "report": 1,
    "execution": 2, "guard": 2, "state": 2, "calls": 2, "acalls": 2, "breaker": 2, "checks": 0, "settings": 2,
    "budget": 2, "call": 2, "circuit_open": 0, "forks": 2, "judging": 2, "shared": 2,
    "cli": 3, "__main__": 3, "__init__": 3,
}  # fmt: skip
SLOW = {
    "typing", "enum", "dataclasses", "re", "signal", "subprocess", "logging", "json", "functools",
    "contextlib", "inspect", "yaml", "rich", "typer", "asyncio", "sqlite3", "random", "pathlib",
    "shlex", "tempfile", "regex", "threading", "traceback", "difflib",
}  # fmt: skip


def room(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def imported(path: Path):
    """The rooms that a module imports, wherever in it the import stands."""
    package = ("retryrun", *path.relative_to(SOURCE).parts[:-1])
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            names = [*base, *(node.module.split(".") if node.module else [])]
            if names[:1] == ["retryrun"]:
                yield from [names[1]] if len(names) > 1 else [alias.name for alias in node.names]
        elif isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.startswith("retryrun."):
                    yield alias.name.split(".")[1]


@pytest.mark.parametrize(
    "path", sorted(SOURCE.rglob("*.py")), ids=lambda p: str(p.relative_to(SOURCE))
)
def test_imports_point_down(path):
    here = room(path)
    for there in imported(path):
        if there in FLOORS and there not in (here, "__init__"):
            assert FLOORS[there] <= FLOORS[here], f"{here} imports {there} from above"
            if FLOORS[there] == FLOORS[here] == 1:
                pytest.fail(f"{here} and {there} are neighbours and should not meet")


PROBE = """
import os, sys
real = os.fork
def fork():
    os.write(2, ("\\n".join(sorted(sys.modules))).encode())
    os._exit(0)
os.fork = fork
before = set(sys.modules)
sys.argv = ["retryrun", *sys.argv[1:]]
from retryrun.__main__ import main
main()
"""


@pytest.mark.parametrize(
    "argv",
    [
        ["--no-config", "--", "true"],
        ["-r", "1", "-t", "5s", "--retry-on", "any", "--fallback", "x", "--", "true"],
        ["-p", "mine", "--", "true"],
        ["task", "word"],
        ["steps"],
    ],
    ids=" ".join,
)
def test_nothing_slow_is_imported_before_the_fork(argv, tmp_path, monkeypatch):
    (tmp_path / ".git").mkdir()
    (tmp_path / "recovery.yaml").write_text(
        "policies: {mine: {retry_on: [any]}}\nrules: [{id: own, category: network, output: x}]\n"
        "commands: [{command: 'true *', max_retries: 1}]\n"
        "tasks: {task: {run: 'true'}, steps: {steps: [task]}}\n"
    )
    monkeypatch.setattr(cache, "SETTLED", -1.0)  # keep a compiled copy at once
    home = {"HOME": str(tmp_path), "XDG_CACHE_HOME": ""}
    config.load(None, env=home, reserved=SUBCOMMANDS, cwd=str(tmp_path))
    env = {
        k: v for k, v in os.environ.items() if not k.startswith(("RETRYRUN_", "COV", "PYTHON"))
    } | home
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", f"import sys; sys.path.insert(0, {str(SOURCE.parent)!r})\n{PROBE}", *argv],
        stderr=subprocess.PIPE, check=False, env=env, cwd=tmp_path,
    )  # fmt: skip
    names = set(done.stderr.decode().splitlines())
    assert "retryrun.process" in names
    assert not SLOW & names
