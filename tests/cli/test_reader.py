"""Reading the command line and the environment."""

import pytest

from retryrun.cli import reader
from retryrun.cli.compose import LISTS
from retryrun.cli.options import TABLE, by_flag, options
from retryrun.core.policy import BUILT_IN_DEFAULT
from retryrun.errors import UsageError


def read(*argv):
    return reader.read(argv)


@pytest.mark.parametrize(
    ("argv", "form", "rest", "given"),
    [
        ([], reader.NOTHING, (), {}),
        (["--"], reader.COMMAND, (), {}),
        (["--", "echo", "-n", "--", "x"], reader.COMMAND, ("echo", "-n", "--", "x"), {}),
        (["lint", "--fix", "-r", "3"], reader.WORD, ("lint", "--fix", "-r", "3"), {}),
        (["-r", "3", "lint"], reader.WORD, ("lint",), {"max_retries": 3}),
        (["-r3", "--", "x"], reader.COMMAND, ("x",), {"max_retries": 3}),
        (["-r=3", "--", "x"], reader.COMMAND, ("x",), {"max_retries": 3}),
        (["--max-retries=3", "--", "x"], reader.COMMAND, ("x",), {"max_retries": 3}),
        (["-qvn", "x"], reader.WORD, ("x",), {"quiet": True, "verbose": True, "dry_run": True}),
        (["-qr", "2", "x"], reader.WORD, ("x",), {"quiet": True, "max_retries": 2}),
        (["-", "x"], reader.WORD, ("-", "x"), {}),
        (["--fallback", "a b", "--fallback=c", "--", "x"], reader.COMMAND, ("x",),
         {"fallback": ["a b", "c"]}),
        (["--retry-on", "network, any", "--", "x"], reader.COMMAND, ("x",),
         {"retry_on": ("network", "any")}),
        (["--retry-on-exit-code", "1,75,100-110", "--", "x"], reader.COMMAND, ("x",),
         {"retry_on_exit_code": ((1, 1), (75, 75), (100, 110))}),
        (["--jitter", "false", "-t", "1m30s", "--", "x"], reader.COMMAND, ("x",),
         {"jitter": "none", "timeout": 90.0}),
        (["-r", "1", "-r", "2", "--", "x"], reader.COMMAND, ("x",), {"max_retries": 2}),
    ],
)  # fmt: skip
def test_what_is_read(argv, form, rest, given):
    assert read(*argv) == reader.Invocation(form, rest, given)


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["-r", "0abc", "--", "true"], "-r '0abc'"),
        (["-r", "-1", "--", "true"], "-r '-1'"),
        (["--base-delay", "-1", "--", "true"], "--base-delay '-1'"),
        (["--base-delay", "nan", "--", "true"], "--base-delay 'nan'"),
        (["-t", "5x", "--", "true"], "-t '5x'"),
        (["--retry-on-exit-code", "10-1", "--", "true"], "--retry-on-exit-code '10-1'"),
        (["--retry-on-exit-code", "256", "--", "true"], "--retry-on-exit-code '256'"),
        (["--retry-on-exit-code", "1-", "--", "true"], "--retry-on-exit-code '1-'"),
        (["--retry-on-exit-code", "", "--", "true"], "--retry-on-exit-code ''"),
        (["--exponential-base", "0.5", "--", "true"], "--exponential-base '0.5'"),
        (["--jitter", "some", "--", "true"], "--jitter 'some'"),
        (["--stdin", "repaly", "--", "true"], "--stdin 'repaly'"),
        (["--fallback", " ", "--", "true"], "--fallback ' '"),
        (["--quiet=1", "--", "true"], "--quiet takes no value"),
        (["-r"], "-r needs a value"),
        (["-r", "--", "true"], "-r needs a value"),
        (["--max-retrys", "3", "--", "true"], "unknown option --max-retrys"),
        (["-Z", "--", "true"], "unknown option -Z"),
        (["-qZ", "--", "true"], "unknown option -Z (in -qZ)"),
    ],
)
def test_what_is_refused(argv, said):
    with pytest.raises(UsageError) as caught:
        read(*argv)
    assert said in caught.value.message


def test_the_nearest_option_is_offered():
    with pytest.raises(UsageError) as caught:
        read("--max-retrys", "3")
    assert caught.value.hint == "did you mean --max-retries?"


def test_variables_stand_for_options():
    env = {"RETRYRUN_MAX_RETRIES": "2", "RETRYRUN_QUIET": "true", "RETRYRUN_TIMEOUT": "", "X": "1"}
    assert reader.from_environment(env) == {"max_retries": 2, "quiet": True}


@pytest.mark.parametrize("name", ["RETRYRUN_QUIET", "RETRYRUN_TIMEOUT", "RETRYRUN_FLAKY"])
def test_a_bad_variable_is_named(name):
    with pytest.raises(UsageError, match=name):
        reader.from_environment({name: "maybe"})


def test_disabled():
    assert reader.disabled({"RETRYRUN_DISABLE": "1"})
    assert not reader.disabled({"RETRYRUN_DISABLE": "0"})
    assert not reader.disabled({})
    with pytest.raises(UsageError, match="RETRYRUN_DISABLE"):
        reader.disabled({"RETRYRUN_DISABLE": "yes"})


def test_every_key_of_a_policy_that_an_option_sets_exists():
    assert {option.name for option in options() if option.key} <= set(BUILT_IN_DEFAULT)


def test_the_table_is_sound():
    flags = [flag for option in options() for flag in option.flags]
    assert len(flags) == len(set(flags))
    for option in options():
        assert [by_flag(flag).name for flag in option.flags] == [option.name] * len(option.flags)
        assert option.help.endswith(".")
        assert (option.reader == "flag") == (not option.metavar)
        assert bool(option.choices) == (option.reader == "choice")
    assert {option.panel for option in options()} == {panel for panel, _ in TABLE}
    assert {option.name for option in options() if option.reader == "words"} == set(LISTS)
