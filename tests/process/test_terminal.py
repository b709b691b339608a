"""On a terminal: everything looks and works as without us."""

from __future__ import annotations

import os
import signal
import sys
import termios

import pytest

from tests.process.support import has_taken_signals, running, stat_of, until

PY = [sys.executable, "-S", "-c"]


def test_a_terminal_stays_a_terminal_of_the_same_size(screen):
    code = "import os; print([os.isatty(n) for n in range(3)], os.get_terminal_size(1))"
    job = screen(*PY, code, rows=33, cols=101)
    assert job.end() == 0
    assert job.output == b"[True, True, True] os.terminal_size(columns=101, lines=33)\r\n"


@pytest.mark.parametrize("redirect", ["> out", "2> out", "2>&1 | cat", "< /dev/null"])
def test_the_command_sees_the_same_mix_of_terminals(screen, shell_words, tmp_path, redirect):
    code = "import os; os.write(9, repr([os.isatty(n) for n in range(3)]).encode())"
    seen = []
    for words in ("", shell_words):
        line = f"{words} {sys.executable} -S -c '{code}' 9> seen {redirect}"
        job = screen("sh", "-c", line, wrapped=False, cwd=tmp_path)
        assert job.end() == 0
        seen.append((tmp_path / "seen").read_bytes())
    assert seen[0] == seen[1]


def test_the_bytes_on_the_terminal_are_the_same(screen):
    line = r"printf 'a\nb\r\nc\td\033[31me\033[0m\n\377\000f\rg'; printf 'h\n' >&2"
    seen = []
    for wrapped in (False, True):
        job = screen("sh", "-c", line, wrapped=wrapped)
        assert job.end() == 0
        seen.append(job.output)
    assert seen[0] == seen[1]


def test_a_new_size_is_there_when_the_command_is_told(screen):
    code = (
        "import os, signal, time\n"
        "def told(*_): os.write(1, b'now %d ' % os.get_terminal_size(1).columns)\n"
        "signal.signal(signal.SIGWINCH, told)\n"
        "print('ready', flush=True)\n"
        "while True: time.sleep(1)\n"
    )
    job = screen(*PY, code, cols=80)
    job.until(b"ready")
    job.resize(30, 97)
    job.until(b"now 97")
    os.kill(job.pid, signal.SIGKILL)


def test_one_interrupt_key_reaches_the_command_once(screen):
    code = (
        "import os, signal, time, sys\n"
        "count = 0\n"
        "def told(*_):\n"
        "    global count\n"
        "    count += 1\n"
        "    os.write(1, b'INT %d ' % count)\n"  # print() in a handler may meet itself
        "signal.signal(signal.SIGINT, told)\n"
        "print('ready', flush=True)\n"
        "while not count: time.sleep(0.05)\n"
        "time.sleep(0.7)\n"
        "sys.exit(9)\n"
    )
    job = screen(*PY, code, options=["-r", "3", "--retry-on", "any"])
    job.until(b"ready")
    job.type(b"\x03")
    assert job.end() == 9, job.output
    assert job.output.count(b"INT 1") == 1
    assert b"INT 2" not in job.output
    assert b"Traceback" not in job.output
    assert job.output.count(b"ready") == 1


def test_we_die_of_the_interrupt_key_as_the_command_did(screen, marker):
    job = screen("sleep", marker)
    until(lambda: running(marker))
    job.type(b"\x03")
    assert job.end() == -signal.SIGINT
    assert b"Traceback" not in job.output


def test_the_quit_key_too(screen, marker):
    job = screen("sh", "-c", f"ulimit -c 0; exec sleep {marker}")
    until(lambda: running(marker))
    job.type(b"\x1c")
    assert job.end() == -signal.SIGQUIT


def test_the_interrupt_key_in_the_back_off(screen):
    options = ["-r", "3", "--retry-on", "any", "--base-delay", "60s"]
    job = screen("sh", "-c", "exit 3", options=options)
    job.until(b"Retrying")
    before = job.modes()
    job.type(b"\x03")
    assert job.end(limit=10) == -signal.SIGINT
    assert job.modes() == before
    assert b"Traceback" not in job.output


def test_the_third_interrupt_key_ends_the_tree(screen, marker):
    code = (
        "import os, signal, subprocess, sys\n"
        "signal.signal(signal.SIGINT, lambda *_: os.write(1, b'INT '))\n"
        "print('ready', flush=True)\n"
        "while True: subprocess.run(['sleep', sys.argv[1]])\n"
    )
    job = screen(*PY, code, marker)
    job.until(b"ready")
    until(lambda: running(marker))
    for count in (1, 2):
        job.type(b"\x03")
        job.until(b"INT", times=count)
        until(lambda: has_taken_signals(job.pid))
    job.type(b"\x03")
    assert job.end(limit=10) == -signal.SIGINT
    assert not running(marker)


def test_the_suspend_key_and_going_on(screen):
    # No shell: one that forks at this moment would hang, with or without us.
    code = "import time; print('ready', flush=True); time.sleep(0.3); print('done'); exit(5)"
    job = screen(sys.executable, "-c", code)
    job.until(b"ready")
    job.type(b"\x1a")
    assert job.event("stopped") == signal.SIGTSTP
    job.foreground()
    assert job.end() == 5
    assert b"done" in job.output


def test_a_command_that_tidies_up_before_it_stops_itself(screen):
    code = (
        "import os, signal\n"
        "def tidy(*_):\n"
        "    os.write(1, b'tidy ')\n"
        "    os.kill(os.getpid(), signal.SIGSTOP)\n"
        "    os.write(1, b'back ')\n"
        "    os._exit(5)\n"
        "signal.signal(signal.SIGTSTP, tidy)\n"
        "print('ready', flush=True)\n"
        "while True: signal.pause()\n"
    )
    job = screen(*PY, code)
    job.until(b"ready")
    job.type(b"\x1a")
    assert job.event("stopped") == signal.SIGTSTP
    job.until(b"tidy")
    job.foreground()
    assert job.end() == 5
    assert b"back" in job.output


def test_suspended_in_the_back_off(screen):
    options = ["-r", "1", "--retry-on", "any", "--base-delay", "500ms"]
    job = screen("sh", "-c", "exit 3", options=options)
    job.until(b"Retrying")
    job.type(b"\x1a")
    assert job.event("stopped") == signal.SIGTSTP
    job.foreground()
    assert job.end() == 3


def test_a_command_that_stops_its_own_group_stops_us(screen):
    code = "import os, signal; os.kill(0, signal.SIGTSTP); print('back', flush=True)"
    job = screen(*PY, code)
    assert job.event("stopped") == signal.SIGTSTP
    job.foreground()
    assert job.end() == 0
    assert b"back" in job.output


def test_a_hidden_prompt_is_read_and_not_shown(screen):
    job = screen(sys.executable, "-c", "import getpass; print(getpass.getpass()[::-1])")
    job.until(b"Password: ")
    job.type(b"secret\n")
    assert job.end() == 0
    assert b"terces" in job.output
    assert b"secret" not in job.output


def test_curses_gets_a_key_without_enter(screen):
    code = (
        "import curses\n"
        "def main(s):\n"
        "    s.addstr('press'); s.refresh()\n"
        "    return s.getch()\n"
        "print('got', curses.wrapper(main))\n"
    )
    job = screen(sys.executable, "-c", code, env={**os.environ, "TERM": "xterm"})
    job.until(b"press")
    job.type(b"x")
    assert job.end() == 0
    assert b"got 120" in job.output
    assert job.modes()[3] & termios.ICANON
    assert job.modes()[3] & termios.ECHO


def test_modes_set_on_stdout_without_writing_anything_are_carried_over(screen):
    code = (
        "import os, sys, tty, termios\n"
        "old = termios.tcgetattr(1)\n"
        "tty.setcbreak(1)\n"
        "key = os.read(0, 1)\n"
        "termios.tcsetattr(1, termios.TCSANOW, old)\n"
        "print('got', key)\n"
    )
    job = screen(*PY, code)
    until(lambda: not job.modes()[3] & termios.ICANON)
    job.type(b"x")
    assert job.end() == 0
    assert b"got b'x'" in job.output
    assert job.modes()[3] & termios.ICANON


def test_raw_mode_on_stdout_turns_output_processing_off_and_on_again(screen):
    code = (
        "import os, tty, termios\n"
        "old = termios.tcgetattr(1)\n"
        "tty.setraw(1)\n"
        "os.write(1, b'ready')\n"
        "os.read(0, 1)\n"
        "os.write(1, b'a\\nb')\n"
        "os.read(0, 1)\n"
        "termios.tcsetattr(1, termios.TCSADRAIN, old)\n"
        "os.read(0, 1)\n"
        "os.write(1, b'c\\nd')\n"
    )
    job = screen(*PY, code)
    job.until(b"ready")
    until(lambda: not job.modes()[1] & termios.OPOST)
    job.type(b"x")
    job.until(b"a\nb")
    job.type(b"x")
    until(lambda: job.modes()[1] & termios.OPOST)
    job.type(b"x\n")
    assert job.end() == 0
    assert b"c\r\nd" in job.output


def test_a_line_written_right_before_raw_mode_is_no_stair(screen):
    code = "import os, tty; os.write(1, b'one\\ntwo\\n'); tty.setraw(1); os.read(0, 1)"
    for _ in range(5):
        job = screen(*PY, code)
        until(lambda: not job.modes()[1] & termios.OPOST)
        job.type(b"x")
        assert job.end() == 0
        assert job.output == b"one\r\ntwo\r\n"


def test_modes_that_the_command_left_behind_on_purpose_stay(screen):
    job = screen("stty", "-echo")
    assert job.end() == 0
    assert not job.modes()[3] & termios.ECHO


@pytest.mark.parametrize("fd", [0, 1])
def test_a_killed_command_does_not_leave_the_terminal_raw(screen, fd):
    line = f"stty raw <&{fd}; echo raw; exec sleep 60"
    job = screen("sh", "-c", line, options=["-t", "2s", "--kill-after", "100ms"])
    assert job.end() == 124
    assert b"raw" in job.output
    assert job.modes() == job.before


def test_reading_in_the_background_stops_us_as_it_stops_cat(screen):
    job = screen("cat", background=True)
    assert job.event("stopped") == signal.SIGTTIN
    job.foreground()
    job.type(b"hello\n\x04")
    assert job.end() == 0
    assert b"hello\r\nhello" in job.output.replace(b"\r\n\r\n", b"\r\n")


def test_running_in_the_background_without_reading_does_not_stop(screen):
    job = screen("sh", "-c", "echo one; sleep 0.1; echo two; exit 4", background=True)
    assert job.end() == 4
    assert b"one\r\ntwo" in job.output


def test_a_closed_terminal_ends_the_command_and_us(screen, marker):
    job = screen("sh", "-c", f"sleep {marker}; true")
    until(lambda: running(marker))
    job.hang_up()
    until(lambda: not running(marker), limit=15)
    until(lambda: stat_of(job.pid) is None or stat_of(job.pid)[0] == "Z", limit=15)


def test_a_line_of_ours_begins_on_a_line_of_its_own(screen):
    options = ["-r", "1", "--retry-on", "any"]
    job = screen("sh", "-c", "printf partial; exit 3", options=options)
    assert job.end() == 3
    assert b"partial\r\nretryrun: " in job.output


def test_no_empty_line_where_the_cursor_is_at_the_left(screen):
    options = ["-r", "1", "--retry-on", "any"]
    job = screen("sh", "-c", r"printf 'red\n\033[0m\033[?25h'; exit 3", options=options)
    assert job.end() == 3
    assert b"red\r\n\x1b[0m\x1b[?25hretryrun: " in job.output


def test_held_output_is_let_through_on_a_terminal_once_it_is_good(screen):
    options = ["--stdout", "hold", "-r", "1", "--retry-on", "any"]
    line = (
        'test -t 1 && test -t 2 || exit 99; echo "try $RETRYRUN_ATTEMPT"; [ $RETRYRUN_ATTEMPT = 2 ]'
    )
    job = screen("sh", "-c", line, options=options)
    assert job.end() == 0
    assert b"try 2" in job.output
    assert b"try 1" not in job.output


def test_an_inner_wrapper_changes_nothing(screen, wrapper):
    code = "import os, tty; tty.setcbreak(1); print([os.isatty(n) for n in range(3)], os.get_terminal_size(1).columns, flush=True); print(os.read(0, 1))"
    job = screen(*wrapper, "--", *PY, code, cols=91)
    job.until(b"[True, True, True] 91\r\n")
    until(lambda: not job.modes()[3] & termios.ICANON)
    job.type(b"k")
    assert job.end() == 0
    assert b"b'k'" in job.output


PAGER = (
    "import os, sys, termios, tty\n"
    "fd = {fd}\n"
    "old = termios.tcgetattr(fd)\n"
    "tty.setcbreak(fd)\n"
    "os.write(1, b'--More--')\n"
    "key = os.read(fd, 1)\n"
    "termios.tcsetattr(fd, termios.TCSANOW, old)\n"
    "print('got', key)\n"
)


@pytest.mark.parametrize(
    "line",
    [
        '{py} -S -c "$BY_NAME"',
        'echo text | {py} -S -c "$BY_NAME"',
        'echo text | {py} -S -c "$BY_STDERR"',
        'echo text | {py} -S -c "$BY_STDERR" <&2',
    ],
)
def test_keys_reach_a_pager_that_reads_them_behind_its_stderr(screen, line):
    env = {
        **os.environ,
        "BY_NAME": PAGER.format(fd="os.open(os.ttyname(2), os.O_RDONLY)"),
        "BY_STDERR": PAGER.format(fd="2"),
    }
    job = screen("sh", "-c", line.format(py=sys.executable) + "; true", env=env)
    job.until(b"--More--")
    job.type(b"q")
    assert job.end() == 0
    assert b"got b'q'" in job.output
    assert job.modes()[3] & termios.ICANON
