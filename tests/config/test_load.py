"""Finding and reading together, as a start of the command line does it."""

import subprocess
import sys

import pytest

from retryrun import config
from retryrun.errors import ConfigError

ENV = {"HOME": "/nonexistent"}


@pytest.fixture
def top(tmp_path):
    (tmp_path / ".git").mkdir()
    return tmp_path


def write(folder, text, name="recovery.yaml"):
    (folder / name).write_text(text)
    return str(folder / name)


def test_no_file_no_document(top):
    assert config.load(env=ENV, cwd=str(top)) is None
    assert config.validate(env=ENV, cwd=str(top)) == ([], None)


def test_the_file_that_is_found(top):
    path = write(top, "tasks: {a: {run: x}}")
    (top / "deep").mkdir()
    for _ in range(2):  # reading imports modules; nothing may depend on being first
        document = config.load(env=ENV, cwd=str(top / "deep"))
        assert document["path"] == path
        assert document["root"] == str(top)
        assert list(document["tasks"]) == ["a"]


def test_the_file_that_is_named(top):
    write(top, "tasks: {a: {run: x}}")
    path = write(top, "tasks: {b: {run: x}}", "other.yaml")
    for name in (path, "other.yaml"):
        document = config.load(name, env=ENV, cwd=str(top))
        assert document["path"] == path
        assert list(document["tasks"]) == ["b"]


def test_the_working_directory_is_the_default(top, monkeypatch):
    path = write(top, "version: 1")
    monkeypatch.chdir(top)
    assert config.load(env=ENV)["path"] == path
    assert config.load("recovery.yaml", env=ENV)["path"] == path


def test_a_named_file_that_is_missing(top):
    for reader in (config.load, config.validate):
        with pytest.raises(ConfigError, match="there is no such file"):
            reader("other.yaml", env=ENV, cwd=str(top))


def test_a_broken_file(top):
    path = write(top, "tasks:\n  a: {run: x, retry: nevr, policy: quik}\n")
    with pytest.raises(ConfigError, match="recovery.yaml:2:22: tasks.a.retry"):
        config.load(env=ENV, cwd=str(top))
    problems, document = config.validate(env=ENV, cwd=str(top))
    assert [(each.path, each.line, each.column, each.key) for each in problems] == [
        (path, 2, 22, "tasks.a.retry"),
        (path, 2, 36, "tasks.a.policy"),
    ]
    assert document is None


def test_a_good_file_is_valid_and_warned_about(top):
    write(top, "tasks: {rules: {run: x}}")
    problems, document = config.validate(env=ENV, cwd=str(top), reserved={"rules"})
    assert problems == []
    assert document == config.load(env=ENV, cwd=str(top), reserved=("rules",))
    assert len(document["warnings"]) == 1


def test_rule_ids_are_those_of_the_built_in_rules(top):
    write(top, "disable_rules: [no.such-rule-at-all]")
    with pytest.raises(ConfigError, match="there is no rule 'no.such-rule-at-all'"):
        config.load(env=ENV, cwd=str(top))


@pytest.mark.parametrize("text", [None, "version: 1"])
def test_what_reads_yaml_is_imported_for_a_file_alone(top, text):
    if text:
        write(top, text)
    program = f"""
import sys
before = set(sys.modules)
from retryrun import config
found = config.load(env={ENV!r}, cwd={str(top)!r})
new = {{name for name in set(sys.modules) - before if not name.startswith("retryrun")}}
print("yaml" in new, sorted(new)) if found else print(found, sorted(new - {{"__future__"}}))
"""
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert ran.stdout.startswith("True [" if text else "None []")
    assert "'regex" not in ran.stdout  # only for a file with patterns
