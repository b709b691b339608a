"""Signals to the wrapper: what the command gets of them, and how it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from tests.process.support import (
    LIBRARYS_OWN,
    finish,
    has_taken_signals,
    read_until,
    running,
    stat_of,
    until,
)

FORWARDED = [
    signal.SIGTERM,
    signal.SIGHUP,
    signal.SIGINT,
    signal.SIGQUIT,
    signal.SIGUSR1,
    signal.SIGUSR2,
]
STOP = FORWARDED[:4]

TRAP = """
import signal, sys, os, time
count = 0
def got(number, frame):
    os.write(1, b"GOT %d\\n" % number)
    os._exit(40)
for number in (1, 2, 3, 10, 12, 15):
    signal.signal(number, got)
os.write(1, b"ready\\n")
while True:
    time.sleep(60)
"""


@pytest.mark.parametrize("number", FORWARDED)
def test_a_signal_reaches_the_command_once(start, number):
    process = start(sys.executable, "-S", "-c", TRAP)
    read_until(process.stdout.fileno(), b"ready\n")
    process.send_signal(number)
    assert finish(process) == 40, process.stderr.read()
    assert process.stdout.read() == b"GOT %d\n" % number
    assert b"Traceback" not in process.stderr.read()


@pytest.mark.parametrize("number", STOP)
def test_we_die_of_the_signal_that_the_command_died_of_and_retry_nothing(start, marker, number):
    line = f"ulimit -c 0; echo ready; exec sleep {marker}"
    process = start("sh", "-c", line, options=["-r", "3", "--retry-on", "any"])
    read_until(process.stdout.fileno(), b"ready\n")
    until(lambda: running(marker))
    process.send_signal(number)
    assert finish(process) == -number
    assert process.stdout.read() == b""
    assert not running(marker)


def test_sigterm_ends_the_grandchildren_too(start, marker):
    process = start("sh", "-c", f"sleep {marker}; true")
    until(lambda: running(marker))
    process.terminate()
    assert finish(process) == -signal.SIGTERM
    assert not running(marker)


def test_sigterm_ends_what_takes_no_notice_after_kill_after(start, marker):
    line = f"trap '' TERM HUP; echo ready; sleep {marker}; sleep {marker}"
    process = start("sh", "-c", line, options=["--kill-after", "200ms"])
    read_until(process.stdout.fileno(), b"ready\n")
    process.terminate()
    assert finish(process) == -signal.SIGTERM
    assert not running(marker)


def test_sigint_leaves_nothing_running_that_ignores_it(start, marker):
    # A shell's background jobs ignore SIGINT.
    process = start("sh", "-c", f"sleep {marker} & wait", options=["--kill-after", "1s"])
    until(lambda: running(marker))
    process.send_signal(signal.SIGINT)
    assert finish(process) == -signal.SIGINT
    assert not running(marker)


def test_the_third_sigint_ends_the_tree(start, marker):
    line = f"trap 'echo INT' INT; echo ready; while :; do sleep {marker}; done"
    process = start("sh", "-c", line)
    read_until(process.stdout.fileno(), b"ready\n")
    for _ in range(3):
        process.send_signal(signal.SIGINT)
        until(lambda: not stat_of(process.pid) or has_taken_signals(process.pid))
    assert finish(process) == -signal.SIGINT
    assert not running(marker), process.stderr.read()


def test_killing_the_wrapper_ends_the_command(start, marker):
    process = start("sh", "-c", f"exec sleep {marker}")
    until(lambda: running(marker))
    process.kill()
    until(lambda: not running(marker), limit=5)


def test_stop_signals_at_start_up_leave_nothing_behind(start, marker):
    for delay in range(0, 40, 4):
        process = start("sh", "-c", f"sleep {marker}; sleep {marker}")
        time.sleep(delay / 1000)
        process.terminate()
        assert finish(process) == -signal.SIGTERM
        assert not running(marker)


@pytest.mark.parametrize("number", STOP)
def test_a_stop_in_the_back_off_ends_at_once(start, number):
    options = ["-r", "3", "--retry-on", "any", "--base-delay", "60s"]
    process = start("sh", "-c", "echo ran; exit 3", options=options)
    read_until(process.stderr.fileno(), b"Retrying")
    process.send_signal(number)
    assert finish(process, limit=10) == -number
    assert process.stdout.read() == b"ran\n"


@pytest.mark.parametrize("name", ["HUP", "INT", "TERM", "QUIT"])
def test_what_the_caller_ignores_stays_ignored(shell_words, name):
    line = f"trap '' {name}; exec {shell_words} sh -c 'kill -{name} $PPID; kill -{name} $$; echo alive'"
    done = subprocess.run(["sh", "-c", line], capture_output=True, timeout=30)
    assert (done.returncode, done.stdout) == (0, b"alive\n")


def test_the_command_ends_quietly_of_sigpipe_as_without_us(run):
    done = run("grep", "SigIgn", "/proc/self/status")
    assert int(done.stdout.split()[1], 16) & ~LIBRARYS_OWN == 0


def test_the_command_has_the_callers_signal_mask(wrapper, run):
    assert int(run("grep", "SigBlk", "/proc/self/status").stdout.split()[1], 16) == 0
    code = (
        "import os,signal,sys; signal.pthread_sigmask(0, [10]); os.execv(sys.argv[1], sys.argv[1:])"
    )
    command = [sys.executable, "-c", code, *wrapper, "--", "grep", "SigBlk", "/proc/self/status"]
    done = subprocess.run(command, capture_output=True, timeout=30)
    assert int(done.stdout.split()[1], 16) == 1 << 9


def test_a_signal_that_the_command_sends_to_its_group_is_its_own_affair(wrapper):
    line = "trap 'echo cleaned; exit 4' TERM; kill 0; sleep 5"
    done = subprocess.run(
        [*wrapper, "--", "sh", "-c", line], capture_output=True, timeout=30, start_new_session=True
    )
    assert (done.returncode, done.stdout) == (4, b"cleaned\n")


# A group of its own: the kernel stops nobody in a group that no shell looks after.
def test_stopping_the_wrapper_stops_the_command_and_both_go_on(start, marker):
    process = start("sleep", marker, process_group=0)
    (command,) = until(lambda: running(marker))
    process.send_signal(signal.SIGTSTP)
    until(lambda: stat_of(process.pid)[0] == "T" and stat_of(command)[0] == "T")
    process.send_signal(signal.SIGCONT)
    until(lambda: stat_of(process.pid)[0] == "S" and stat_of(command)[0] == "S")
    process.terminate()
    assert finish(process) == -signal.SIGTERM


def test_a_limit_goes_on_while_stopped_and_there_is_no_busy_loop(start, marker):
    process = start("sleep", marker, options=["-t", "500ms"], process_group=0)
    until(lambda: running(marker))
    process.send_signal(signal.SIGTSTP)
    until(lambda: stat_of(process.pid)[0] == "T")
    time.sleep(0.6)
    process.send_signal(signal.SIGCONT)
    assert finish(process) == 124
    assert os.times().children_user < 60


def test_orphans_of_the_command_do_not_become_zombies(start, marker):
    line = f"for i in 1 2 3 4 5 6 7 8; do (sleep 0.01 &) ; done; sleep {marker}"
    process = start("sh", "-c", line)
    until(lambda: running(marker))

    def clean():
        stats = [stat_of(int(e)) for e in os.listdir("/proc") if e.isdigit()]
        return not [s for s in stats if s and s[1] == process.pid and s[0] == "Z"]

    until(clean, limit=5)
    time.sleep(0.2)
    until(clean, limit=5)
    process.terminate()
    finish(process)


def test_a_file_size_signal_of_the_command_is_its_own(sh):
    assert sh("ulimit -f 0; echo x > big; exit $?", cwd="/tmp").returncode in (1, 2, 128 + 25)


def test_signals_work_without_a_descriptor_for_them(wrapper, marker):
    """Where there is no signalfd (macOS), Python's wake-up pipe does the same."""
    code = (
        "import sys\n"
        "from retryrun.process import Session, Spec, linux\n"
        "linux.signal_descriptor = lambda numbers: None\n"
        "with Session() as s:\n"
        "    o = s.run(Spec(tuple(sys.argv[1:])))\n"
        "    print(o.exit_code, o.signal, o.interrupted, flush=True)\n"
        "    s.die(o.interrupted)\n"
    )
    for number in (signal.SIGTERM, signal.SIGINT):
        process = subprocess.Popen(
            [sys.executable, "-c", code, "sleep", marker],
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        with process:
            until(lambda: running(marker))
            process.send_signal(number)
            assert finish(process) == -number
            assert process.stdout.read() == b"None %d %d\n" % (number, number)
    assert not running(marker)


WAIT = """
import sys, time
from retryrun.process import Session, Spec
ticks = []
def tick(left):
    ticks.append(left)
    return 0.05
with Session() as s:
    begin = time.monotonic()
    ended = s.wait(0.3, tick)
    print(ended, time.monotonic() - begin >= 0.3, ticks[0] > 0.25, ticks == sorted(ticks, reverse=True), len(ticks) > 2)
    print(s.wait(0), s.wait(-1))
"""


def test_a_wait_calls_back_as_often_as_it_is_asked_to():
    done = subprocess.run([sys.executable, "-c", WAIT], capture_output=True, timeout=30)
    assert done.stdout == b"None True True True True\nNone None\n"


def test_a_stop_between_two_commands_begins_no_other():
    code = (
        "import os, signal\n"
        "from retryrun.process import Session, Spec\n"
        "with Session() as s:\n"
        "    os.kill(os.getpid(), signal.SIGTERM)\n"
        "    o = s.run(Spec(('echo', 'ran')))\n"
        "    print(o.exit_code, o.signal, o.interrupted, flush=True)\n"
        "    s.die(o.interrupted)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=30)
    assert (done.returncode, done.stdout) == (-signal.SIGTERM, b"None 15 15\n")
