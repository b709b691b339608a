"""The command's status is ours, whatever it is."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest


def test_every_exit_code_is_passed_on(shell_words):
    line = f'for n in $(seq 0 5 255) 1 2 124 125 126 127 128 254; do {shell_words} sh -c "exit $n"; [ $? = $n ] || echo BAD $n; done'
    done = subprocess.run(["sh", "-c", line], capture_output=True, timeout=120)
    assert done.stdout == b""


@pytest.mark.parametrize("number", [1, 2, 3, 6, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 31])
def test_death_by_signal_is_128_plus_its_number(sh, number):
    assert sh(f"ulimit -c 0; kill -{number} $$").returncode == 128 + number


def test_a_command_that_does_not_exist(run):
    done = run("/nonexistent/zz", options=["-r", "3", "--retry-on", "any"])
    assert done.returncode == 127
    assert done.stderr.count(b"\n") == 1
    assert b"/nonexistent/zz: command not found" in done.stderr


def test_a_word_that_is_nowhere_in_path(run):
    done = run("no-such-command-anywhere")
    assert (done.returncode, done.stdout) == (127, b"")
    assert b"no-such-command-anywhere: command not found" in done.stderr


def test_what_is_no_program_is_126(run, tmp_path):
    plain = tmp_path / "plain"
    plain.write_text("text\n")
    for command, reason in ((plain, b"permission denied"), (tmp_path, b"is a directory")):
        done = run(str(command))
        assert done.returncode == 126
        assert reason in done.stderr


def test_a_file_without_execute_permission_in_path_is_126(run, tmp_path):
    (tmp_path / "tool").write_text("#!/bin/sh\n")
    done = run("tool", env={**os.environ, "PATH": str(tmp_path)})
    assert done.returncode == 126


def test_a_later_folder_of_path_may_do_better(run, tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    (tmp_path / "a" / "tool").write_text("no")
    good = tmp_path / "b" / "tool"
    good.write_text("#!/bin/sh\necho fine\n")
    good.chmod(0o755)
    path = f"{tmp_path}/a:{tmp_path}/b:{os.environ['PATH']}"
    assert run("tool", env={**os.environ, "PATH": path}).stdout == b"fine\n"


def test_a_script_without_first_line_is_126(run, tmp_path):
    script = tmp_path / "script"
    script.write_text("echo hi\n")
    script.chmod(0o755)
    done = run(str(script))
    assert done.returncode == 126
    assert b"not a program" in done.stderr


def test_a_script_whose_interpreter_is_missing_is_127_and_says_so(run, tmp_path):
    script = tmp_path / "script"
    script.write_text("#!/no/such/interpreter\n")
    script.chmod(0o755)
    done = run(str(script))
    assert done.returncode == 127
    assert b"interpreter" in done.stderr


def test_an_empty_command_name_is_127(run):
    assert run("").returncode == 127


def test_arguments_beyond_the_systems_limit_are_126(wrapper, tmp_path):
    code = (
        "import sys\n"
        "from retryrun.process import Session, Spec\n"
        "with Session() as s:\n"
        "    o = s.run(Spec(('true', *['x' * 100000] * 100)))\n"
        "print(o.exit_code, o.spawn_error)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=30)
    assert done.stdout == b"126 true: the arguments and the environment are too long\n"


def test_many_and_long_arguments_pass(run):
    done = run("sh", "-c", "echo $# ${#1}", "sh", "x" * 120_000, *["y"] * 29_999)
    assert done.stdout == b"30000 120000\n"


def test_arguments_that_are_no_text_pass_under_any_locale(wrapper):
    words = [os.fsencode(word) for word in wrapper]
    command = [*words, b"--", b"printf", b"%s", b"\xff\xfe caf\xc3\xa9"]
    done = subprocess.run(command, capture_output=True, env={**os.environ, "LC_ALL": "C"})
    assert done.stdout == b"\xff\xfe caf\xc3\xa9"


def test_a_caller_that_ignores_sigchld_still_gets_the_status(wrapper):
    line = "import os,signal,sys; signal.signal(signal.SIGCHLD, signal.SIG_IGN); os.execv(sys.argv[1], sys.argv[1:])"
    for code in (0, 5):
        done = subprocess.run(
            [sys.executable, "-c", line, *wrapper, "--", "sh", "-c", f"exit {code}"], timeout=30
        )
        assert done.returncode == code


def test_such_a_caller_is_ignoring_it_for_the_command_too(wrapper):
    line = "import os,signal,sys; signal.signal(signal.SIGCHLD, signal.SIG_IGN); os.execv(sys.argv[1], sys.argv[1:])"
    done = subprocess.run(
        [sys.executable, "-c", line, *wrapper, "--", "grep", "SigIgn", "/proc/self/status"],
        capture_output=True,
        timeout=30,
    )
    ignored = int(done.stdout.split()[1], 16)
    assert ignored >> (signal.SIGCHLD - 1) & 1


def test_as_process_1_which_no_signal_ends(wrapper):
    command = ["unshare", "-pf", *wrapper, "--", "sh", "-c", "kill -9 $$"]
    done = subprocess.run(command, capture_output=True, timeout=30)
    if b"unshare:" in done.stderr:
        pytest.skip("no new process namespace here")
    assert done.returncode == 137


def test_exit_codes_of_a_limit_without_one_is_no_timeout(run):
    assert run("sh", "-c", "exit 124").returncode == 124
