"""Which programs a command runs, as far as words can tell."""

import pytest

from retryrun.core.classify.command import tools


@pytest.mark.parametrize(
    ("command", "last"),
    [
        ("curl -f x", "curl"),
        (["/usr/bin/curl", "x"], "curl"),
        ("sudo -E apt-get update", "apt-get"),
        ("FOO=1 BAR=2 wget x", "wget"),
        ("env A=1 timeout 30 curl x", "curl"),
        ("bash -c 'cd x && curl -sS y'", "curl"),
        (["sh", "-ec", "make\ncurl x"], "curl"),
        ("bash script.sh", "bash"),
        ("bash -x", "bash"),
        ("python3.12 -m pip install x", "pip"),
        ("python3 a.py", "python"),
        ("uv run --frozen pytest -q", "pytest"),
        ("uv pip install x", "uv"),
        ("poetry run mypy src", "mypy"),
        ("bundle exec rspec", "rspec"),
        ("npx jest", "jest"),
        ("git push", "git-push"),
        ("pip3 install x", "pip"),
        ("./gradlew build", "gradle"),
        ("gcc-12 a.c", "gcc"),
        ("a | b || c; d & wget x", "wget"),
        ('"/opt/my tools/curl" x', "curl"),
        ("C:\\tools\\curl.exe x", "curl"),
        ("7 x", "7"),
    ],
)
def test_the_last_program_is_found(command, last):
    assert tools(command)[-1] == last


@pytest.mark.parametrize("command", ["", [], "A=1", ["A=1"], "   ", ";;"])
def test_no_program(command):
    assert tools(command) == ()


def test_nesting_has_an_end():
    assert len(tools("sh -c " * 50 + "x")) <= 1


def test_exit_statuses_count_for_the_program_behind_a_wrapper():
    from retryrun.core.classify import classify

    assert classify(["bash", "-c", "set -e; curl -s x"], 7).rule == "curl.connect"
    assert classify("bash fetch.sh", 7).rule is None


def test_a_shell_that_is_given_a_file_is_the_program():
    assert tools("bash -x -- a.sh") == ("bash",)
    assert tools("sh -x") == ("sh",)
    assert tools(["sh", "-x", "-y", "z"]) == ("sh",)
    assert tools("bash a.sh -c x") == ("bash",)


def test_wrappers_of_wrappers_have_an_end():
    assert tools("sudo env nice x") == ("x",)
    assert len(tools("sudo " * 20 + "x")) == 1
