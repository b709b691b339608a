"""Time limits, and that nothing of the command's tree is left after one."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest

from tests.process.support import finish, read_until, running, until

HALF = ["-t", "600ms", "--kill-after", "200ms"]


def test_a_limit_cuts(run, marker):
    start = time.monotonic()
    assert run("sleep", marker, options=HALF).returncode == 124
    assert time.monotonic() - start < 10


@pytest.mark.parametrize(
    "line",
    [
        "sleep {m} & sleep {m}",
        "sleep {m}; true",
        "trap '' TERM; sleep {m}; sleep {m}",
        "setsid sh -c 'trap \"\" TERM HUP; sleep {m}; sleep {m}' & wait",
        "(setsid setsid sh -c 'trap \"\" TERM; sleep {m}; sleep {m}' &) ; sleep {m}",
        "kill -STOP $$; sleep {m}",
        "trap '' TERM HUP INT; while :; do sleep {m}; done",
    ],
)
def test_nothing_is_left_after_a_limit(sh, marker, line):
    done = sh(line.format(m=marker), options=HALF)
    assert done.returncode == 124
    assert not running(marker)


def test_a_chain_that_forks_anew_all_the_time_is_ended(run, tmp_path, marker):
    alive = tmp_path / "alive"
    code = (
        "import os, signal, sys, time\n"
        "signal.signal(15, signal.SIG_IGN)\n"
        "os.setsid() if os.getpgrp() != os.getpid() else None\n"
        "while True:\n"
        "    if os.fork(): os._exit(0)\n"
        "    open(sys.argv[1], 'w').close()\n"
        "    time.sleep(0.002)\n"
    )
    line = f'{sys.executable} -S -c "$CODE" {alive} & sleep {marker}'
    done = run("sh", "-c", line, options=HALF, env={**os.environ, "CODE": code})
    assert done.returncode == 124
    assert alive.exists()
    alive.unlink()
    time.sleep(0.1)
    assert not alive.exists()


def test_what_is_written_before_the_cut_is_not_lost(sh, marker):
    done = sh(f"printf LAST; sleep {marker}", options=HALF)
    assert (done.returncode, done.stdout) == (124, b"LAST")


def test_what_is_written_on_sigterm_is_not_lost(sh, marker):
    done = sh(f"trap 'echo bye; exit 0' TERM; sleep {marker} & wait", options=["-t", "600ms"])
    assert (done.returncode, done.stdout) == (124, b"bye\n")


def test_a_command_within_its_limit_is_not_cut(run):
    assert run("sleep", "0.05", options=["-t", "20s"]).returncode == 0


def test_the_tiniest_limit_cuts_at_once(run, marker):
    assert run("sleep", marker, options=["-t", "1e-9"]).returncode == 124


@pytest.mark.parametrize("limit", ["1e308", "99999999999d"])
def test_a_huge_limit_is_none(run, limit):
    assert run("true", options=["-t", limit]).returncode == 0


def test_silence_is_cut(sh, marker):
    done = sh(f"echo begin; sleep {marker}", options=["--idle-timeout", "600ms"])
    assert (done.returncode, done.stdout) == (124, b"begin\n")
    assert not running(marker)


def test_whoever_writes_now_and_then_is_not_silent(sh):
    line = "for i in 1 2 3 4 5 6; do echo $i; sleep 0.2; done"
    assert sh(line, options=["--idle-timeout", "5s"]).returncode == 0


def test_a_reader_that_is_behind_is_not_the_commands_silence(start):
    process = start(
        "sh", "-c", "head -c 300000 /dev/zero; sleep 0.1", options=["--idle-timeout", "1s"]
    )
    time.sleep(1.5)
    with process:
        assert len(process.stdout.read()) == 300_000
    assert process.returncode == 0


def test_the_tree_is_gone_before_the_next_attempt_begins(run, marker, tmp_path):
    # Whoever is left of the first attempt holds the lock open.
    line = f"[ $RETRYRUN_ATTEMPT = 2 ] || {{ trap '' TERM; sleep {marker} & sleep {marker}; }}"
    done = run(
        "sh", "-c", f"exec 9>{tmp_path}/lock; flock -n 9 || exit 7; {line}",
        options=["-t", "1s", "--kill-after", "200ms", "-r", "1", "--retry-on", "any"],
    )  # fmt: skip
    assert done.returncode == 0
    assert not running(marker)


def test_a_daemon_left_on_purpose_lives_on_and_is_not_waited_for(sh, marker):
    start = time.monotonic()
    done = sh(f"sleep {marker} & echo done")
    assert (done.returncode, done.stdout) == (0, b"done\n")
    assert time.monotonic() - start < 10
    assert running(marker)


def test_a_daemon_that_keeps_writing_is_not_waited_for(sh):
    line = "(while :; do echo tick; sleep 0.02; done) & echo done"
    start = time.monotonic()
    done = sh(line)
    assert done.returncode == 0
    assert b"done\n" in done.stdout
    assert time.monotonic() - start < 15


def test_the_last_words_of_a_pipeline_behind_the_command_come_through(run):
    done = run("bash", "-c", "exec > >(sleep 0.1; cat); echo late")
    assert done.stdout == b"late\n"


# What holds us up is a step of our own in a pause; it ends once the command has written, and later.
KEPT = """
import os, sys, time
from types import SimpleNamespace
from retryrun.process import Session, Spec, attempt

real, late = time.monotonic, 0
attempt.time = SimpleNamespace(monotonic=lambda: real() + late)

def wait_for(condition):
    while not condition():
        time.sleep(0.01)

def over():
    return os.path.exists("pid") and not os.path.exists("/proc/" + open("pid").read())

def keep(ready):
    global late
    yield
    while not ready():
        yield
    open("go", "w").close()
    wait_for(lambda: os.path.exists("written"))
    late = LATE
    yield
    open("end", "w").close()
    yield

def run(line, ready, **more):
    with Session() as session:
        outcome = session.run(Spec(("sh", "-c", line), **more), keep(ready))
    print(outcome.status, outcome.cut, outcome.stdout, file=sys.stderr)

"""


def kept(code, late, where):
    code = KEPT.replace("LATE", str(late)) + code
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=where, capture_output=True, timeout=30, check=True
    )
    return done.stdout, done.stderr


def test_output_that_waited_while_we_were_kept_is_not_lost(tmp_path):
    code = """
attempt.QUIET, attempt.DRAIN = 60, 600
line = "{ until [ -e go ]; do sleep 0.01; done; echo late; : > written; } &"
run(line + " echo $$ > new; mv new pid", over)
"""
    assert kept(code, 100, tmp_path) == (b"late\n", b"0 None b'late\\n'\n")


def test_output_that_waited_while_we_were_kept_was_no_silence(tmp_path):
    code = """
line = "until [ -e go ]; do sleep 0.01; done; echo late; : > written"
run(line + "; until [ -e end ]; do sleep 0.01; done", lambda: True, idle_timeout=60)
"""
    assert kept(code, 100, tmp_path) == (b"late\n", b"0 None b'late\\n'\n")


def test_a_daemon_of_an_earlier_attempt_outlives_the_limit_of_a_later(sh, marker):
    line = f"if [ $RETRYRUN_ATTEMPT = 1 ]; then setsid sleep {marker} & exit 1; else sleep 60; fi"
    done = sh(line, options=[*HALF, "-r", "1", "--retry-on", "any"])
    assert done.returncode == 124
    assert len(running(marker)) == 1


def test_processes_that_were_there_before_us_are_never_touched(shell_words, marker):
    words = shell_words.removesuffix(" --")
    line = f"sleep {marker} & exec {words} -t 200ms --kill-after 100ms -- sleep 60"
    done = subprocess.run(["sh", "-c", line], timeout=30, stdout=subprocess.DEVNULL)
    assert done.returncode == 124
    assert len(running(marker)) == 1


def test_a_stop_during_the_grace_of_a_limit(start, marker):
    line = f"trap '' TERM; echo ready; while :; do sleep {marker}; done"
    process = start("sh", "-c", line, options=["-t", "200ms", "--kill-after", "1s"])
    read_until(process.stdout.fileno(), b"ready")
    time.sleep(0.3)
    process.terminate()
    assert finish(process) in (124, -15)
    assert not running(marker)


def test_a_process_that_may_not_be_signalled_is_reported_and_does_not_hold_us_up(wrapper, marker):
    if os.geteuid():
        pytest.skip("needs root")
    code = (
        "import os, sys\n"
        "from retryrun.process import Session, Spec\n"
        "with Session() as s:\n"
        "    o = s.run(Spec(tuple(sys.argv[1:]), timeout=0.5, kill_after=0.2))\n"
        "    print(o.status, o.warnings, flush=True)\n"
    )
    # The wrapper is nobody without privileges; a child of it is root through a set-uid copy.
    import shutil
    import tempfile

    with tempfile.TemporaryDirectory(dir="/var/tmp") as folder:
        os.chmod(folder, 0o755)
        tool = shutil.copy("/usr/bin/setpriv", folder)
        os.chmod(tool, 0o4755)
        command = [
            "setpriv",
            "--reuid",
            "65534",
            "--regid",
            "65534",
            "--clear-groups",
            sys.executable,
            "-c",
            code,
            "sh",
            "-c",
            f"{tool} --reuid 0 sleep {marker} & sleep 60",
        ]
        started = time.monotonic()
        done = subprocess.run(command, capture_output=True, timeout=60)
    if b"could not be ended" not in done.stdout and not running(marker):
        pytest.skip("set-uid programs do not work here")
    assert done.stdout.startswith(b"124 ")
    assert b"could not be ended" in done.stdout
    assert time.monotonic() - started < 20
