"""Help pages: complete, with examples, and in step with what is really read."""

import io
import re
from contextlib import redirect_stdout
from pathlib import Path

import pytest
import typer

from retryrun.cli import app, reader
from retryrun.cli.options import options
from retryrun.cli.table import SUBCOMMANDS
from retryrun.errors import UsageError


GOLDEN = Path(__file__).parent / "golden" / "help.txt"


@pytest.fixture(autouse=True)
def plain(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERMINAL_WIDTH", "80")
    monkeypatch.setenv("COLUMNS", "80")


def page(*words):
    seen = reader.Invocation(reader.WORD, words, {})
    out = io.StringIO()
    with redirect_stdout(out):
        app.call(words, seen)
    return out.getvalue()


def squeezed(text):
    return " ".join(re.sub("[╭╮╰╯│─]", " ", text).split())


def test_every_option_is_on_the_page_with_its_meaning():
    text = squeezed(page("--help"))
    for option in options():
        assert all(flag in text for flag in option.flags)
        assert option.variable is None or option.variable in text


def test_every_subcommand_is_on_the_page_with_its_meaning():
    text = squeezed(page("--help"))
    for name, (_, about) in SUBCOMMANDS.items():
        assert f"{name} {about}" in text


def test_the_page_as_a_whole():
    """Boxes and spacing are typer's and may change with it; the words and their order are ours.

    After a change that is meant: python -m tests.cli.test_help
    """
    assert squeezed(page("--help")) == squeezed(GOLDEN.read_text())


def test_the_page_fits_80_columns():
    assert max(map(len, page("--help").splitlines())) <= 80


@pytest.mark.parametrize("name", sorted(SUBCOMMANDS))
def test_each_subcommand_has_a_page(name):
    text = page(name, "--help")
    assert "Usage: retryrun " + name in text
    assert "retryrun" in text


@pytest.mark.parametrize("name", sorted(set(SUBCOMMANDS) - {"init"}))
def test_pages_carry_an_example(name):
    assert "Example" in page(name, "--help")


# What is written in front of a subcommand, and what both readers must make of it.
CORPUS = [
    ["-r", "3"], ["-r3"], ["--max-retries=3"], ["--max-retries", "3"], ["-p", "quick", "-n"],
    ["-qv"], ["-qr", "2"], ["--fallback", "a b", "--fallback", "c"], ["--fallback=x"], ["-t", "5s"],
    ["--color", "never", "-f", "x.yaml"], ["--no-config"], ["--before-retry", "-x"],
    ["--retry-on", "network,any"], ["--report", "a/"], ["--stdin=replay", "--stdout=hold"],
]  # fmt: skip
SAMPLES = {
    "text": "some words", "count": "3", "duration": "1m30s", "factor": "1.5", "jitter": "full",
    "words": "network,any", "exit_codes": "1,75,100-110",
}  # fmt: skip


def spelled(option):
    """Every way in which an option can be written."""
    for flag in option.flags:
        if option.reader == "flag":
            yield [flag]
            continue
        for value in option.choices or (SAMPLES[option.reader],):
            yield [flag, value]
            yield [f"{flag}={value}"] if flag.startswith("--") else [flag + value]


# Those that print and end are read by the quick reader alone.
CORPUS += [
    words
    for option in options()
    if option.name not in ("help", "version")
    for words in spelled(option)
]
WRONG = [["--nonsense"], ["-Z"], ["-r"], ["--quiet=1"], ["-qZ"], ["--max-retries"]]


def by_typer(argv):
    group = typer.main.get_command(app.application())
    params = group.make_context("retryrun", argv).params
    return {k: v for k, v in params.items() if v not in (None, False, [], ())}


def value(option, seen):
    """What the quick reader would make of what typer has read as text."""
    if option.many:
        return [reader.value_of(option, "", each) for each in seen]
    return seen if seen is True else reader.value_of(option, "", seen)


@pytest.mark.parametrize("argv", CORPUS, ids=" ".join)
def test_both_readers_see_the_same_options(argv):
    given = reader.read([*argv, "tasks"]).given
    seen = by_typer([*argv, "tasks"])
    by_name = {option.name: option for option in options()}
    assert {name: value(by_name[name], each) for name, each in seen.items()} == given


def test_all_options_at_once():
    words = [next(spelled(o)) for o in options() if o.name not in ("help", "version")]
    test_both_readers_see_the_same_options(sum(words, []))


@pytest.mark.parametrize("argv", WRONG, ids=" ".join)
def test_both_readers_refuse_the_same(argv):
    with pytest.raises(UsageError):
        reader.read(argv)
    with pytest.raises(Exception) as caught:  # typer's error class has moved between versions
        by_typer(argv)
    assert hasattr(caught.value, "format_message") or isinstance(caught.value, SystemExit)


if __name__ == "__main__":
    import os

    os.environ |= {"NO_COLOR": "1", "TERMINAL_WIDTH": "80", "COLUMNS": "80"}
    GOLDEN.write_text("\n".join(line.rstrip() for line in page("--help").splitlines()) + "\n")
