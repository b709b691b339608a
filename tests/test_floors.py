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
    "execution": 2, "announcer": 2, "guard": 2, "state": 2, "calls": 2, "acalls": 2, "breaker": 2, "checks": 0, "settings": 2,
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


# Writes down what is loaded when the command is about to start, and when all is over.
PROBE = """
import os, sys
sys.path.insert(0, SOURCE)
fork, leave = os.fork, os._exit
def told(what):
    with open(TOLD, "a") as file:
        print(what, *sys.modules, file=file)
def told_fork():
    told("fork")
    return fork()
def told_exit(status):
    told("exit")
    leave(status)
os.fork, os._exit = told_fork, told_exit
wanted = set(NEEDED)
def imports(event, words):
    if event == "import" and words[0] in wanted:
        wanted.discard(words[0])
        if not wanted:
            open("needed", "w").close()
sys.addaudithook(imports)
sys.argv = ["retryrun", *sys.argv[1:]]
from retryrun.__main__ import main
main()
"""
# What the quick path has no use for unless asked, beside what is slow.
UNUSED = {"retryrun.cli.options", "retryrun.errors", "retryrun.config", "retryrun.core.parse",
          "retryrun.cli.table", "retryrun.core.glob", "retryrun.core.text", "retryrun.core.failure"}  # fmt: skip
AT_THE_END = {"retryrun.cli.app", "retryrun.core.classify", "retryrun.core.backoff",
              "retryrun.report.lines", "retryrun.report.document",
              "retryrun.process.ending", "retryrun.process.refused"}  # fmt: skip
NEEDED = {"retryrun.core.classify", "retryrun.report.lines", "retryrun.core.backoff"}
BREAKER = {"_sqlite3", "retryrun.guard", "retryrun.store.sqlite"}


def loaded(argv, tmp_path, monkeypatch, **variables):
    """What a run that succeeds at once has loaded (at the fork, at the end)."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "recovery.yaml").write_text(
        "policies: {mine: {retry_on: [any]}}\nrules: [{id: own, category: network, output: x}]\n"
        "commands: [{command: 'true *', max_retries: 1}]\n"
        "tasks: {task: {run: 'true'}, steps: {steps: [task]}}\n"
    )
    monkeypatch.setattr(cache, "SETTLED", -1.0)  # keep a compiled copy at once
    home = {"HOME": str(tmp_path), "XDG_CACHE_HOME": "", "XDG_STATE_HOME": "", **variables}
    config.load(None, env=home, reserved=SUBCOMMANDS, cwd=str(tmp_path))
    env = {
        k: v
        for k, v in os.environ.items()
        if not k.startswith(("RETRYRUN_", "COV", "PYTHON", "GITHUB_", "GITLAB_", "OTEL_"))
    } | home
    told = tmp_path / "told"
    probe = f"SOURCE, TOLD, NEEDED = {str(SOURCE.parent)!r}, {str(told)!r}, {NEEDED!r}\n{PROBE}"
    subprocess.run(
        [sys.executable, "-I", "-S", "-c", probe, *argv], check=True, env=env, cwd=tmp_path
    )
    lines = [line.split() for line in told.read_text().splitlines()]
    assert [line[0] for line in lines] == ["fork", "exit"]
    assert (tmp_path / ".local/state/retryrun/state.db.pending").exists()  # history was on
    return set(lines[0]), set(lines[1])


FORMS = [
    ["--no-config", "--", "true"],
    ["--", "true"],
    ["-r", "1", "-t", "5s", "--retry-on", "any", "--fallback", "x", "--", "true"],
    ["-p", "mine", "--", "true"],
    ["task", "word"],
    ["steps"],
]


@pytest.mark.parametrize("argv", FORMS, ids=" ".join)
def test_nothing_slow_is_imported_for_a_success(argv, tmp_path, monkeypatch):
    before, after = loaded(argv, tmp_path, monkeypatch)
    assert "retryrun.process" in before
    assert SLOW & after == set()
    assert (AT_THE_END | BREAKER) & after == set()
    assert not {"yaml", "retryrun.config.compile"} & after


def test_the_quick_path_loads_nothing_that_it_has_no_use_for(tmp_path, monkeypatch):
    before, _ = loaded(["--", "true"], tmp_path, monkeypatch)
    assert UNUSED & before == {"retryrun.config", "retryrun.cli.table", "retryrun.core.glob"}
    ours = {name for name in before if name.startswith("retryrun.")}
    assert not {
        name for name in ours if name.startswith(("retryrun.store", "retryrun.core.redact"))
    }


def test_a_breaker_brings_no_more_than_the_database_itself(tmp_path, monkeypatch):
    before, after = loaded(["--breaker", "api", "--", "true"], tmp_path, monkeypatch)
    assert before >= BREAKER
    assert not SLOW & after


def test_without_history_none_of_it_is_loaded(tmp_path, monkeypatch):
    (tmp_path / ".local/state/retryrun").mkdir(parents=True)
    (tmp_path / ".local/state/retryrun/state.db.pending").touch()  # only for `loaded` to find
    argv = ["--no-config", "--", "true"]
    _, after = loaded(argv, tmp_path, monkeypatch, RETRYRUN_STATE="off")
    assert not {"retryrun.store.pending", "retryrun.core.redact"} & after


def test_what_a_failure_needs_is_loaded_in_a_pause_of_the_command(tmp_path, monkeypatch):
    line = "for i in $(seq 600); do [ -e needed ] && exit; sleep 0.05; done"
    before, after = loaded(["--no-config", "--", "sh", "-c", line], tmp_path, monkeypatch)
    assert not NEEDED & before
    assert after >= NEEDED
    assert (tmp_path / "needed").exists()


def test_the_installed_command_is_a_script_of_ours():
    """An entry point would be pip's script, which imports `re` in many versions of it."""
    script = SOURCE.parent.parent / "bin" / "retryrun"
    installed = Path(sys.executable).parent / "retryrun"
    assert script.read_text().startswith("#!python\n")  # for installers to put theirs
    assert installed.read_text().splitlines()[1:] == script.read_text().splitlines()[1:]
