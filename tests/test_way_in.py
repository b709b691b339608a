"""How the command finds its own modules, and how it leaves."""

import importlib.util
import os
import py_compile
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import retryrun
from retryrun.__main__ import AHEAD, LARGEST, OURS, Finder

SOURCE = Path(retryrun.__file__).parent
# Loads a module through the finder, as the command does, and shows what it is.
SHOW = """
import sys
sys.path.insert(0, sys.argv[1])
from retryrun.__main__ import Finder
sys.meta_path.insert(0, Finder)
import importlib
module = importlib.import_module(sys.argv[2])
print(type(module.__spec__.loader).__name__)
print(getattr(module, "NEW", None))
"""


@pytest.fixture
def package(tmp_path):
    """A copy of ours that has been compiled."""
    copy = tmp_path / "retryrun"
    shutil.copytree(SOURCE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    for path in copy.rglob("*.py"):
        py_compile.compile(
            str(path), doraise=True, invalidation_mode=py_compile.PycInvalidationMode.TIMESTAMP
        )
    return copy


def shown(package, name="retryrun.core.job", **env):
    environ = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "COV"))} | env
    done = subprocess.run(
        [sys.executable, "-S", "-B", "-c", SHOW, package.parent, name],
        capture_output=True, text=True, check=True, env=environ,
    )  # fmt: skip
    return done.stdout.split()


# Runs the command and tells of each module of ours by whom it was imported, and what it is.
TELL = """
import os, sys
sys.path.insert(0, sys.argv.pop(1))
import retryrun.__main__ as way_in
usual = []
def find_spec(name, path=None, target=None, find=way_in.Finder.find_spec):
    if name.startswith("retryrun."):
        usual.append(name)
    return find(name, path, target)
way_in.Finder.find_spec = staticmethod(find_spec)
me, leave = os.getpid(), os._exit
def told(status):
    if os.getpid() == me:
        for name, module in list(sys.modules.items()):
            parent, _, leaf = name.rpartition(".")
            if parent.startswith("retryrun"):
                same = getattr(sys.modules[parent], leaf) is module
                kind = type(module.__spec__.loader).__name__
                below = module.__spec__.submodule_search_locations == getattr(module, "__path__", None)
                print(name, "usual" if name in usual else "ahead", kind, same, below,
                      module.__package__ == module.__spec__.parent, module.__file__, file=sys.stderr)
        sys.stderr.flush()
    leave(status)
os._exit = told
way_in.main()
"""


def told(package, *argv):
    environ = {
        k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "COV", "RETRYRUN"))
    }
    done = subprocess.run(
        [sys.executable, "-S", "-B", "-c", TELL, package.parent, *argv],
        capture_output=True, text=True, check=True, env=environ | {"HOME": str(package.parent)},
    )  # fmt: skip
    return {line.split()[0]: line.split()[1:] for line in done.stderr.splitlines()}


# Those that stand for the others, and those that are needed now and then.
IN_THEIR_TURN = {
    *AHEAD, "retryrun.__main__", "retryrun.cli.options", "retryrun.core.parse",
    "retryrun.process.linux",
}  # fmt: skip


@pytest.mark.parametrize("options", [[], ["--breaker", "api"]])
def test_what_a_module_needs_is_imported_ahead_of_it(package, options):
    modules = told(package, *options, "--no-config", "--", "true")
    if options:
        named = {f"retryrun.{name}" for names in AHEAD.values() for name in names.split()}
        assert named | set(AHEAD) - {OURS} <= set(modules)
    for name, (way, kind, *same, file) in modules.items():
        assert way == "ahead" or name in IN_THEIR_TURN
        assert kind == "_Loader" or name == "retryrun.__main__"
        assert same == ["True", "True", "True"], name
        assert file.startswith(str(package))


def test_what_is_not_compiled_is_imported_in_its_turn(package):
    (package / "core" / "__pycache__" / f"flow.{sys.implementation.cache_tag}.pyc").unlink()
    modules = told(package, "--no-config", "--", "true")
    assert modules["retryrun.core.flow"][:2] == ["usual", "SourceFileLoader"]
    assert modules["retryrun.cli.main"][:2] == ["usual", "_Loader"]


def test_what_fails_ahead_fails_as_it_would_in_its_turn(package):
    module = package / "core" / "flow.py"
    module.write_text("raise ValueError('broken')\n")
    py_compile.compile(str(module), doraise=True)
    done = subprocess.run(
        [sys.executable, "-m", "retryrun", "--", "true"],
        capture_output=True, check=False, cwd=package.parent,
        env={k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "COV"))},
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.endswith(b"ValueError: broken\n")


@pytest.mark.parametrize("name", ["retryrun.core.job", "retryrun.core", "retryrun.process.spawn"])
def test_a_module_is_the_same_as_python_would_find_it(package, monkeypatch, name):
    path = [str(package.joinpath(*name.split(".")[1:-1]))]
    found = Finder.find_spec(name, path)
    monkeypatch.setattr(sys, "meta_path", [each for each in sys.meta_path if each is not Finder])
    base = package.joinpath(*name.split(".")[1:])
    file = base / "__init__.py" if base.is_dir() else base.with_suffix(".py")
    below = [str(base)] if base.is_dir() else None
    usual = importlib.util.spec_from_file_location(name, file, submodule_search_locations=below)
    for attribute in (
        "name",
        "origin",
        "cached",
        "has_location",
        "submodule_search_locations",
        "parent",
    ):
        assert getattr(found, attribute) == getattr(usual, attribute)
    assert found.loader.get_code(name) == usual.loader.get_code(name)
    assert found.loader.get_code(name).co_filename == str(file)
    assert found.loader.get_source(name) == file.read_text()


def test_a_compiled_module_is_taken(package):
    assert shown(package) == ["_Loader", "None"]


def test_a_source_that_has_changed_counts(package):
    module = package / "core" / "job.py"
    module.write_text(module.read_text() + "NEW = 1\n")
    assert shown(package) == ["SourceFileLoader", "1"]


def test_without_a_compiled_copy_the_source_counts(package):
    for path in package.rglob("*.pyc"):
        path.unlink()
    assert shown(package) == ["SourceFileLoader", "None"]


@pytest.mark.parametrize("damage", [b"", b"x" * 8, b"\0" * 64])
def test_a_copy_that_is_damaged_is_left_alone(package, damage):
    (package / "core" / "__pycache__" / f"job.{sys.implementation.cache_tag}.pyc").write_bytes(
        damage
    )
    assert shown(package) == ["SourceFileLoader", "None"]


def test_a_folder_that_has_been_moved(package, tmp_path):
    moved = package.rename(tmp_path / "elsewhere").parent / "retryrun"
    (tmp_path / "elsewhere").rename(moved)
    found = Finder.find_spec("retryrun.core.job", [str(moved / "core")])
    assert found.loader.get_code("retryrun.core.job").co_filename == str(moved / "core" / "job.py")


def test_other_modules_are_none_of_its_business():
    assert Finder.find_spec("retryrunner.core", ["/x"]) is None
    assert Finder.find_spec("retryrun", None) is None
    assert Finder.find_spec("retryrun.nonsense", [str(SOURCE)]) is None


def test_every_module_fits_the_buffer(package):
    """Larger ones are found as well, by Python; the page of figures, all text, may be one."""
    sizes = {path.name.partition(".")[0]: path.stat().st_size for path in package.rglob("*.pyc")}
    assert {name for name, size in sizes.items() if size >= LARGEST} <= {"stats_html"}


def left(argv, **streams):
    env = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "RETRYRUN_"))}
    return subprocess.run(
        [sys.executable, "-m", "retryrun", *argv], check=False, stderr=subprocess.PIPE, env=env, **streams
    )  # fmt: skip


def test_the_status_is_the_commands_own():
    assert left(["--no-config", "-q", "--", "sh", "-c", "exit 7"]).returncode == 7


def test_what_was_printed_is_there():
    assert (
        left(["--version"], stdout=subprocess.PIPE).stdout.decode().strip() == retryrun.__version__
    )


def test_output_that_cannot_be_written_is_reported():
    with open("/dev/full", "wb") as full:
        done = left(["--version"], stdout=full)
    assert done.returncode == 125
    assert b"No space left" in done.stderr
