"""Output comes through byte for byte, at once, in order, whatever it goes to."""

from __future__ import annotations

import fcntl
import os
import signal
import socket
import subprocess
import sys
import termios
import threading
import time

import pytest

from tests.process.support import finish, read_until, until

PIPE = 65_536  # what a pipe holds that nobody reads


def waiting(fd):
    """How many bytes wait in a pipe for its reader."""
    return int.from_bytes(fcntl.ioctl(fd, termios.FIONREAD, bytes(4)), sys.byteorder)


def full(pipe):
    return waiting(pipe.fileno()) >= PIPE


BYTES = bytes(range(256)) * 40 + b"\r\n\r lone \0 end without newline"


@pytest.mark.parametrize("target", ["", ">&2"])
def test_every_byte_comes_through_as_it_is(run, tmp_path, target):
    source = tmp_path / "bytes"
    source.write_bytes(BYTES + os.urandom(300_000))
    done = run("sh", "-c", f"cat {source} {target}")
    assert (done.stderr if target else done.stdout) == source.read_bytes()


def test_part_of_a_line_comes_through_at_once(start):
    process = start("sh", "-c", "printf 'Password: '; sleep 20")
    begin = time.monotonic()
    read_until(process.stdout.fileno(), b"Password: ")
    assert time.monotonic() - begin < 10
    process.terminate()
    assert finish(process) == -signal.SIGTERM


def test_the_order_is_exact_where_both_streams_go_to_one_place(run, tmp_path):
    line = "for i in $(seq 300); do echo o$i; echo e$i >&2; done"
    wanted = "".join(f"o{i}\ne{i}\n" for i in range(1, 301)).encode()
    done = run("sh", "-c", line, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert done.stdout == wanted
    with open(tmp_path / "both", "wb") as file:
        run("sh", "-c", line, stdout=file, stderr=file)
    assert (tmp_path / "both").read_bytes() == wanted


def test_an_appended_file_is_appended_to(run, tmp_path):
    path = tmp_path / "log"
    path.write_bytes(b"before\n")
    with open(path, "ab") as file:
        run("echo", "after", stdout=file)
    assert path.read_bytes() == b"before\nafter\n"


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_a_full_device_is_no_success(run, stream):
    redirect = ">&2" if stream == "stderr" else ""
    with open("/dev/full", "wb") as full:
        other = "stderr" if stream == "stdout" else "stdout"
        done = run("sh", "-c", f"echo x {redirect}", **{stream: full, other: subprocess.PIPE})
    assert done.returncode == 125
    if stream == "stdout":
        assert done.stderr.count(b"\n") == 1
        assert b"No space left on device" in done.stderr
    assert b"Traceback" not in (done.stderr or b"")


def test_a_full_device_does_not_hide_the_commands_own_failure(run):
    with open("/dev/full", "wb") as full:
        done = run("sh", "-c", "echo x; exit 7", stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 7


def test_the_size_limit_of_files_is_no_traceback(shell_words, tmp_path):
    line = f"ulimit -f 0; {shell_words} echo x > {tmp_path}/out"
    done = subprocess.run(["sh", "-c", line], capture_output=True, timeout=30)
    assert done.returncode == 125
    assert b"File too large" in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams_are_closed_for_the_command_and_none_of_ours_takes_their_place(
    shell_words, tmp_path, closed
):
    code = 'import os; print(sorted(int(n) for n in os.listdir("/proc/self/fd")), file=open("/dev/fd/9", "w"))'
    seen = []
    for words in ("", shell_words):
        line = f"{words} {sys.executable} -S -c '{code}' {closed} 9> {tmp_path}/seen; echo $? >> {tmp_path}/seen"
        subprocess.run(["sh", "-c", line], stdin=subprocess.DEVNULL, timeout=30)
        seen.append((tmp_path / "seen").read_text())
    assert seen[0] == seen[1]


def test_a_status_with_all_streams_closed(shell_words):
    done = subprocess.run(["sh", "-c", f"{shell_words} sh -c 'exit 3' <&- >&- 2>&-"], timeout=30)
    assert done.returncode == 3


def test_a_reader_that_leaves_ends_the_command_by_sigpipe(shell_words):
    line = f"{shell_words} yes | head -n 1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", line], capture_output=True, timeout=30)
    assert done.stdout == b"y\n141\n"
    assert b"Traceback" not in done.stderr


def test_a_reader_that_has_left_is_told_to_the_very_next_write(start):
    line = "echo up >&2; read x; echo one && echo two; echo $? >&2"
    process = start("sh", "-c", f"trap '' PIPE; {line}", stdin=subprocess.PIPE)
    read_until(process.stderr.fileno(), b"up\n")
    ours = f"/proc/{process.pid}/fd"
    before = len(os.listdir(ours))
    process.stdout.close()
    until(lambda: len(os.listdir(ours)) < before, "the wrapper's letting go of the stream")
    process.stdin.write(b"go\n")
    process.stdin.close()
    assert b"1\n" in process.stderr.read()
    assert finish(process) == 0


def test_a_slow_reader_gets_everything(start):
    process = start("sh", "-c", "head -c 3000000 /dev/zero; exit 6")
    until(lambda: full(process.stdout), "a full pipe")
    assert len(process.stdout.read()) == 3_000_000
    assert finish(process) == 6


def test_a_destination_that_does_not_block_loses_nothing_and_is_not_changed(start):
    read, write = os.pipe()
    os.set_blocking(write, False)
    process = start("head", "-c", "2000000", "/dev/zero", stdout=write)
    until(lambda: waiting(read) >= PIPE, "a full pipe")
    assert not os.get_blocking(write)
    os.close(write)
    total = 0
    while data := os.read(read, 65536):
        total += len(data)
    os.close(read)
    assert total == 2_000_000
    assert finish(process) == 0


def test_a_destination_that_blocks_stays_so(start):
    read, write = os.pipe()
    process = start("sh", "-c", "echo hi; sleep 0.2", stdout=write)
    read_until(read, b"hi\n")
    assert os.get_blocking(write)
    assert finish(process) == 0
    assert os.get_blocking(write)
    os.close(write)
    os.close(read)


def test_a_socket_is_a_destination_like_any(start):
    ours, theirs = socket.socketpair()
    process = start("sh", "-c", "head -c 1000000 /dev/zero; echo end", stdout=theirs.fileno())
    theirs.close()
    total = b""
    while data := ours.recv(65536):
        total += data
    ours.close()
    assert len(total) == 1_000_004
    assert finish(process) == 0


def test_a_named_pipe_may_change_its_reader(start, tmp_path):
    path = tmp_path / "fifo"
    os.mkfifo(path)
    opened = []
    opener = threading.Thread(target=lambda: opened.append(os.open(path, os.O_RDONLY)))
    opener.start()
    write = os.open(path, os.O_WRONLY)
    opener.join()
    process = start("sh", "-c", "echo one; read x; echo two", stdout=write, stdin=subprocess.PIPE)
    os.close(write)
    assert os.read(opened[0], 100) == b"one\n"
    os.close(opened[0])
    again = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    os.set_blocking(again, True)
    process.stdin.write(b"\n")
    assert read_until(again, b"two\n") == b"two\n"
    os.close(again)
    assert finish(process) == 0


PEAK = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def peak(*command):
    """The most memory that a command took, in KiB.

    Asked of a small process: a child of this one would count what it inherits before its exec.
    """
    done = subprocess.run([sys.executable, "-c", PEAK, *command], capture_output=True, timeout=120)
    return int(done.stdout)


@pytest.mark.parametrize("line", ["head -c 300000000 /dev/zero", "yes | head -c 300000000"])
def test_much_output_takes_little_memory(wrapper, line):
    assert peak(*wrapper, "--", "sh", "-c", line) < 60_000


def test_many_tiny_writes_take_little_memory(wrapper):
    line = "import os\nfor i in range(200000): os.write(1, b'x')"
    assert peak(*wrapper, "--", sys.executable, "-S", "-c", line) < 60_000


def outcome(wrapper, line, **more):
    """Return the parts of the Outcome that rules are matched against."""
    code = (
        "import sys\n"
        "from retryrun.process import Session, Spec\n"
        "with Session() as s:\n"
        "    o = s.run(Spec(('sh', '-c', sys.argv[2])))\n"
        "with open(int(sys.argv[1]), 'w') as out:\n"
        "    print(o.merged, o.stdout[-40:], o.stderr[-40:], len(o.stdout), file=out)\n"
    )
    read, write = os.pipe()
    command = [sys.executable, "-c", code, str(write), line]
    process = subprocess.Popen(command, pass_fds=(write,), **more)
    os.close(write)
    with open(read, "rb") as pipe:
        seen = pipe.read()
    process.wait(timeout=60)
    return seen.decode().strip()


def test_the_end_of_each_stream_is_kept(wrapper):
    line = "echo begin; head -c 1000000 /dev/zero; echo out; printf half >&2; sleep 0.1; echo ' E401' >&2"
    seen = outcome(wrapper, line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    assert seen.startswith("False ")
    assert "out\\n'" in seen
    assert "b'half E401\\n'" in seen
    assert seen.endswith(str(256 * 1024))


def test_one_channel_is_kept_as_one(wrapper, tmp_path):
    with open(tmp_path / "both", "wb") as both:
        seen = outcome(wrapper, "echo a; echo b >&2", stdout=both, stderr=both)
    assert seen == "True b'a\\nb\\n' b'' 4"


def test_held_output_of_failed_attempts_is_dropped(sh):
    options = ["--stdout", "hold", "-r", "2", "--retry-on", "any"]
    done = sh('echo "try $RETRYRUN_ATTEMPT"; [ $RETRYRUN_ATTEMPT = 2 ]', options=options)
    assert (done.returncode, done.stdout) == (0, b"try 2\n")


def test_nothing_is_let_through_when_all_attempts_fail(sh):
    options = ["--stdout", "hold", "-r", "1", "--retry-on", "any"]
    done = sh("echo text; exit 3", options=options)
    assert (done.returncode, done.stdout) == (3, b"")


def test_without_hold_each_attempt_is_seen(sh):
    done = sh("echo text; exit 3", options=["-r", "2", "--retry-on", "any"])
    assert (done.returncode, done.stdout) == (3, b"text\n" * 3)


def test_much_held_output_reaches_a_slow_reader_whole(start):
    process = start("sh", "-c", "head -c 5000000 /dev/zero", options=["--stdout", "hold"])
    until(lambda: full(process.stdout), "a full pipe")
    assert len(process.stdout.read()) == 5_000_000
    assert finish(process) == 0


def test_held_output_for_a_full_device_is_no_success(run):
    with open("/dev/full", "wb") as full:
        done = run("echo", "x", options=["--stdout", "hold"], stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 125
    assert done.stderr.count(b"\n") == 1


def test_a_reader_of_held_output_that_leaves_is_no_failure_of_the_command(shell_words):
    words = shell_words.removesuffix(" --")
    line = f"{words} --stdout hold -- head -c 3000000 /dev/zero | head -c 1 >/dev/null; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", line], capture_output=True, timeout=30)
    assert (done.stdout, done.stderr) == (b"0\n", b"")


def test_a_stop_while_held_output_is_let_through(start):
    process = start("head", "-c", "3000000", "/dev/zero", options=["--stdout", "hold"])
    read_until(process.stdout.fileno(), b"\0")
    until(lambda: full(process.stdout), "a full pipe")
    process.terminate()
    assert finish(process) == -signal.SIGTERM


def test_no_file_stays_behind(run, tmp_path):
    env = {**os.environ, "TMPDIR": str(tmp_path)}
    options = ["--stdout", "hold", "--stdin", "replay"]
    assert run("cat", options=options, env=env, input=b"abc").stdout == b"abc"
    assert not list(tmp_path.iterdir())


def test_a_held_output_that_the_disk_has_no_room_for(shell_words, tmp_path):
    words = shell_words.removesuffix(" --")
    line = f"ulimit -f 100; {words} --stdout hold -- head -c 3000000 /dev/zero | wc -c"
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {line}"], capture_output=True, timeout=30
    )
    assert done.stdout == b"0\n"
    assert done.returncode == 125
    assert b"output was lost" in done.stderr


@pytest.mark.parametrize(
    ("mode", "wanted"), [("inherit", b"hi\n"), ("replay", b"hi\n" * 3), ("none", b"")]
)
def test_stdin_from_a_pipe(run, mode, wanted):
    options = ["--stdin", mode, "-r", "2", "--retry-on", "any"]
    done = run("sh", "-c", "cat; exit 3", options=options, input=b"hi\n")
    assert (done.returncode, done.stdout) == (3, wanted)


@pytest.mark.parametrize("mode", ["inherit", "replay"])
def test_a_file_on_stdin_is_wound_back_to_where_we_began(run, tmp_path, mode):
    path = tmp_path / "file"
    path.write_bytes(b"skipped\nrest\n")
    with open(path, "rb", buffering=0) as file:
        file.seek(8)
        options = ["--stdin", mode, "-r", "1", "--retry-on", "any"]
        done = run("sh", "-c", "cat; exit 3", options=options, stdin=file)
    assert done.stdout == b"rest\nrest\n"


@pytest.mark.parametrize("mode", ["inherit", "replay"])
def test_much_on_stdin_arrives_whole(run, mode):
    data = os.urandom(3_000_000)
    assert run("cat", options=["--stdin", mode], input=data).stdout == data


def test_replayed_stdin_comes_as_it_is_written(start):
    process = start("cat", options=["--stdin", "replay"], stdin=subprocess.PIPE)
    for line in (b"one\n", b"two\n"):
        process.stdin.write(line)
        assert read_until(process.stdout.fileno(), line) == line
    process.stdin.close()
    assert finish(process) == 0


def test_an_attempt_that_read_only_a_part_leaves_the_rest_for_the_next(run):
    line = "if [ $RETRYRUN_ATTEMPT = 1 ]; then head -c 3 >/dev/null; exit 1; fi; wc -c"
    options = ["--stdin", "replay", "-r", "1", "--retry-on", "any"]
    done = run("sh", "-c", line, options=options, input=b"x" * 2_000_000)
    assert (done.returncode, done.stdout.strip()) == (0, b"2000000")


def test_a_command_that_does_not_read_does_not_hold_up_anything(start):
    process = start("sh", "-c", "exit 5", options=["--stdin", "replay"], stdin=subprocess.PIPE)
    assert finish(process) == 5


def test_replayed_stdin_that_cannot_be_kept_is_an_error_not_other_bytes(shell_words):
    words = shell_words.removesuffix(" --")
    line = f"ulimit -f 100; head -c 3000000 /dev/zero | {words} --stdin replay -r 1 --retry-on any -- sh -c 'wc -c; exit 1'"
    done = subprocess.run(["bash", "-c", line], capture_output=True, timeout=30)
    assert done.stdout == b"3000000\n"
    assert done.returncode == 125
    assert b"stdin cannot be read again" in done.stderr


def test_our_lines_fail_silently(shell_words):
    words = shell_words.removesuffix(" --")
    command = f"{words} -r 1 --retry-on any -- sh -c 'exit 3'"
    for redirect in ("2>&-", "2>/dev/full"):
        done = subprocess.run(
            ["sh", "-c", f"{command} {redirect}"], capture_output=True, timeout=30
        )
        assert (done.returncode, done.stdout) == (3, b"")


def test_a_line_of_ours_after_a_partial_one_in_a_file(run, tmp_path):
    with open(tmp_path / "both", "wb") as both:
        run(
            "sh",
            "-c",
            "printf partial; exit 3",
            options=["-r", "1", "--retry-on", "any"],
            stdout=both,
            stderr=both,
        )
    assert (tmp_path / "both").read_bytes().startswith(b"partial\nretryrun: ")
