"""What README and docs show is what the tool takes."""

import re
import shlex
from pathlib import Path

import pytest

from retryrun.cli import reader
from retryrun.cli.options import options
from retryrun.cli.table import SUBCOMMANDS
from retryrun.config.compile import compile_text

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
# Whole documents; the other blocks of the page are parts that lean on each other.
WHOLE = re.compile(r"```yaml\n(.*?)```", re.S)


def blocks(page, pattern=WHOLE):
    return pattern.findall(page.read_text())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_links_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#]+)\)", page.read_text()):
        if "://" not in target:
            assert (page.parent / target).exists(), target


def test_the_readmes_file_is_valid():
    (text,) = blocks(ROOT / "README.md")
    document = compile_text(text.encode(), "recovery.yaml")
    assert set(document["tasks"]) == {"lint", "format-check", "quality"}


def test_the_pages_samples_are_valid_together():
    page = ROOT / "docs" / "recovery-yaml.md"
    text = "\n".join(blocks(page)) + "\n  format-check: {run: ruff format --check}\n"
    rules = text[text.index("rules:\n") : text.index("  format-check")]
    whole = text.replace(rules, "") + rules
    assert compile_text(whole.encode(), "recovery.yaml")["rules"][0]["id"] == "registry-warming-up"


def test_the_samples_about_state_are_valid_together():
    whole = "\n".join(blocks(ROOT / "docs" / "state.md"))
    document = compile_text(whole.encode(), "recovery.yaml")
    assert document["breakers"]["pypi"]["failure_rate"] == 0.5
    assert document["policies"]["default"]["budget"]


def commands():
    for page in PAGES:
        for line in re.findall(r"^\$ (retryrun .*)$", page.read_text(), re.M):
            yield line


@pytest.mark.parametrize("line", sorted(set(commands())))
def test_the_commands_shown_can_be_read(line):
    words = shlex.split(line, comments=True)[1:]
    seen = reader.read(words)
    assert seen.rest
    if seen.form == reader.WORD:
        assert seen.rest[0] in (*SUBCOMMANDS, "quality", "test", "lint")


def test_every_option_and_variable_is_documented():
    text = (ROOT / "docs" / "command-line.md").read_text()
    for option in options():
        if option.name in ("version", "help"):
            continue
        assert all(flag in text for flag in option.flags), option.name
        assert option.variable is None or option.variable in text


def test_the_two_commands_of_the_readme_exist():
    text = (ROOT / "README.md").read_text()
    script = (ROOT / "scripts" / "dev_with_recovery.py").read_text()
    for name in ("quality", "test"):
        assert f"python3 scripts/dev_with_recovery.py {name}" in text
        assert f'"{name}":' in script


def test_the_scripts_commands_are_the_projects_tasks():
    document = compile_text((ROOT / "recovery.yaml").read_bytes(), str(ROOT / "recovery.yaml"))
    script = (ROOT / "scripts" / "dev_with_recovery.py").read_text()
    table = script[script.index("COMMANDS = {") :]
    names = re.findall(r'^    "([\w-]+)":', table[: table.index("}")], re.M)
    assert set(names) == set(document["tasks"])
