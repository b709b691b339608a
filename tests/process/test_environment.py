"""What the command inherits is what the caller gave."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import textwrap

import pytest

from tests.process.support import LIBRARYS_OWN


def both(words, line, **more):
    """Return what a shell line prints without and with the wrapper before its command W."""
    results = []
    for prefix in ("", words):
        done = subprocess.run(
            ["bash", "-c", line.replace("WRAPPER", prefix)], capture_output=True, timeout=60, **more
        )
        results.append((done.returncode, done.stdout))
    return results


def test_open_descriptors_are_inherited(shell_words, tmp_path):
    line = f"{shell_words} sh -c 'echo tok >&7' 7> {tmp_path}/f"
    subprocess.run(["sh", "-c", line], check=True, timeout=30)
    assert (tmp_path / "f").read_bytes() == b"tok\n"


def test_no_descriptor_of_ours_is_inherited(shell_words):
    plain, wrapped = both(shell_words, "WRAPPER ls /proc/self/fd", stdin=subprocess.DEVNULL)
    assert plain == wrapped


def test_limits_umask_nice_groups_and_terminal_are_the_callers(shell_words):
    line = (
        "umask 027; ulimit -n 512; ulimit -S -c 0; "
        "WRAPPER nice -n 3 sh -c 'umask; nice; ulimit -a; id; cat /proc/self/cgroup; pwd; "
        'grep -E "Sig|Groups|Seccomp" /proc/self/status | grep -v SigQ; ps -o pgid=,sid=,tty= -p $$\''
    )
    plain, wrapped = both(shell_words, line, stdin=subprocess.DEVNULL)
    assert plain == wrapped


def test_the_process_group_is_the_callers(run):
    done = run("sh", "-c", "ps -o pgid= -p $$")
    assert int(done.stdout) == os.getpgrp()


def test_an_empty_environment_stays_empty(wrapper, shell_words):
    line = "env -i WRAPPER /usr/bin/env"
    plain, wrapped = both(shell_words, line)
    assert plain[1] == b""
    assert [v for v in wrapped[1].splitlines() if not v.startswith(b"RETRYRUN_")] == []


def test_a_locale_that_the_caller_did_set_stays(shell_words):
    plain, wrapped = both(shell_words, "env -i LC_CTYPE=C.UTF-8 WRAPPER /usr/bin/env")
    assert plain[1] in wrapped[1]


def test_the_environment_is_passed_on_as_it_is(wrapper):
    env = {**os.environ, "ODD": "a=b\nc", "EMPTY": ""}
    env = {os.fsencode(k): os.fsencode(v) for k, v in env.items()} | {b"BYTES": b"\xff\xfe"}
    command = [*(os.fsencode(w) for w in wrapper), b"--", b"/usr/bin/env", b"-0"]
    done = subprocess.run(command, env=env, capture_output=True, timeout=30)
    seen = dict(entry.split(b"=", 1) for entry in done.stdout.split(b"\0") if entry)
    assert {k: v for k, v in seen.items() if not k.startswith(b"RETRYRUN_")} == {
        k: v for k, v in env.items() if not k.startswith(b"RETRYRUN_")
    }


def test_without_a_path_the_systems_own_is_searched(shell_words):
    plain, wrapped = both(shell_words, "cd /; env -u PATH WRAPPER ls -d /")
    assert plain == wrapped == (0, b"/\n")


def test_a_working_directory_that_is_gone(shell_words, tmp_path):
    line = f"mkdir {tmp_path}/d; cd {tmp_path}/d; rmdir ../d; WRAPPER sh -c 'exit 5'"
    plain, wrapped = both(shell_words, line)
    assert plain == wrapped == (5, b"")


def test_few_descriptors_are_enough(shell_words):
    done = subprocess.run(
        ["sh", "-c", f"ulimit -n 32; {shell_words} sh -c 'ulimit -n; exit 4'"],
        capture_output=True,
        timeout=30,
    )
    assert (done.returncode, done.stdout) == (4, b"32\n")


def python(wrapper, code, *, before="", **more):
    done = subprocess.run(
        ["sh", "-c", f'{before} exec "$@"', "sh", sys.executable, "-c", textwrap.dedent(code)],
        capture_output=True,
        timeout=60,
        **more,
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode()


REFUSED = """
    import os, resource
    from retryrun.errors import RetryrunError
    from retryrun.process import Session, Spec
    with Session() as s:
        {before}
        try:
            print(s.run(Spec(("true",){more})))
        except RetryrunError as error:
            print("told:", error.message, "|", error.hint)
    """


def test_no_process_to_be_had_is_an_error_of_ours(wrapper):
    if os.geteuid() == 0 and not shutil.which("setpriv"):
        pytest.skip("root may always fork")
    limit = "os.setuid(65534); resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))"
    status, out, err = python(wrapper, REFUSED.format(before=limit, more=""))
    assert (status, err) == (0, "")
    assert out.startswith("told: no process can be started: ")
    assert "ulimit -u" in out


def test_no_descriptor_to_be_had_is_an_error_of_ours(wrapper):
    use_up = (
        "resource.setrlimit(resource.RLIMIT_NOFILE, (60, 60))\n"
        "        try:\n"
        "            while True: os.dup(2)\n"
        "        except OSError: pass"
    )
    status, out, err = python(wrapper, REFUSED.format(before=use_up, more=""))
    assert (status, err) == (0, "")
    assert out.startswith("told: no pipe to the command can be made: ")


def test_a_folder_that_cannot_be_entered_is_an_error_of_ours(wrapper):
    status, out, err = python(wrapper, REFUSED.format(before="pass", more=", cwd='/no/such'"))
    assert (status, err) == (0, "")
    assert out.startswith("told: cannot enter the folder /no/such: No such file or directory")


def test_a_command_runs_in_the_folder_asked_for(wrapper):
    code = """
    from retryrun.process import Session, Spec
    with Session() as s:
        s.run(Spec(("pwd",), cwd="/usr"))
    """
    assert python(wrapper, code) == (0, "/usr\n", "")


def test_the_environment_asked_for_decides_where_commands_are_found(wrapper, tmp_path):
    tool = tmp_path / "only-here"
    tool.write_text("#!/bin/sh\necho found $X\n")
    tool.chmod(0o755)
    code = f"""
    from retryrun.process import Session, Spec
    with Session() as s:
        s.run(Spec(("only-here",), env={{"PATH": {str(tmp_path)!r}, "X": "1"}}))
    """
    assert python(wrapper, code) == (0, "found 1\n", "")


def test_what_cannot_be_passed_is_126_with_a_reason(wrapper):
    code = """
    from retryrun.process import Session, Spec
    with Session() as s:
        for spec in (Spec(("a", "b\\0")), Spec(("a",), env={"": "x"}), Spec(("a",), env={"X": "\\0"})):
            o = s.run(spec)
            print(o.exit_code, "NUL" in o.spawn_error)
    """
    assert python(wrapper, code) == (0, "126 True\n" * 3, "")


def test_the_processor_limit_is_the_commands_own(shell_words):
    line = f"ulimit -t 1; {shell_words} sh -c 'while :; do :; done'"
    done = subprocess.run(["sh", "-c", line], capture_output=True, timeout=60)
    assert done.returncode in (128 + 24, 128 + 9)


def test_little_memory_is_enough(shell_words):
    line = f"ulimit -v 300000; {shell_words} sh -c 'exit 4'"
    done = subprocess.run(["sh", "-c", line], capture_output=True, timeout=30)
    assert done.returncode == 4
    assert b"Error" not in done.stderr


@pytest.mark.skipif(not shutil.which("make"), reason="needs make")
@pytest.mark.parametrize("style", ["pipe", "fifo"])
def test_makes_jobserver_works_through_us(shell_words, tmp_path, style):
    # The four jobs wait for each other: only together they can end.
    (tmp_path / "Makefile").write_text(
        f"all:\n\t+@{shell_words} $(MAKE) -f sub.mk\n".replace("$$", "$")
    )
    rule = "\n".join(
        f"j{n}:\n\t@touch here{n}; i=0; while [ $$(ls here* | wc -l) -lt 4 ] && [ $$i -lt 400 ]; "
        f"do sleep 0.05; i=$$((i+1)); done; [ $$i -lt 400 ]\n"
        for n in range(4)
    )
    (tmp_path / "sub.mk").write_text(f"all: j0 j1 j2 j3\n{rule}")
    command = ["make", "-j4", f"--jobserver-style={style}"]
    probe = subprocess.run([*command, "--version"], capture_output=True)
    if probe.returncode:
        if style == "fifo":
            pytest.skip("this make has no such style")
        command.pop()
    env = {k: v for k, v in os.environ.items() if k not in ("MAKEFLAGS", "MFLAGS")}
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=60, env=env)
    assert done.returncode == 0, done
    assert b"jobserver" not in done.stderr


@pytest.mark.skipif(not shutil.which("make"), reason="needs make")
def test_make_stops_with_our_status(shell_words, tmp_path):
    (tmp_path / "Makefile").write_text(f"all:\n\t@{shell_words} sh -c 'exit 7'\n\t@echo after\n")
    done = subprocess.run(["make"], cwd=tmp_path, capture_output=True, timeout=30)
    assert done.returncode == 2
    assert b"Error 7" in done.stderr
    assert b"after" not in done.stdout


def test_a_child_whose_parent_is_gone_before_it_could_ask_ends(wrapper):
    code = """
    import os
    from retryrun.process import Session, Spec
    os.getppid = lambda: 1  # which the child asks after it has asked for its parent's death
    with Session() as session:
        print(session.run(Spec(("sh", "-c", "echo alive"))).signal)
    """
    assert python(wrapper, code) == (0, "15\n", "")


def test_become_leaves_nothing_of_us(wrapper):
    code = """
    import os
    from retryrun.process import become
    become(("sh", "-c", "grep SigIgn /proc/self/status; exit 9"), dict(os.environ))
    """
    status, out, _ = python(wrapper, code)
    assert status == 9
    assert int(out.split()[1], 16) & ~LIBRARYS_OWN == 0


def test_become_tells_126_from_127(wrapper):
    code = "import os; from retryrun.process import become; become(({!r},), dict(os.environ))"
    assert python(wrapper, code.format("/etc"))[::2] == (126, "retryrun: /etc: is a directory\n")
    assert python(wrapper, code.format("nono"))[::2] == (127, "retryrun: nono: command not found\n")


def test_nothing_slow_is_imported_before_the_command_runs(wrapper):
    code = (
        f"import sys; sys.path.insert(0, {source()!r})\n"
        "from retryrun.process import Session, Spec\n"
        "with Session() as s:\n"
        "    s.run(Spec(('true',)))\n"
        "print(*sys.modules)\n"
    )
    command = [sys.executable, "-I", "-S", "-c", code]
    # Without a terminal, whose modes would be remembered.
    done = subprocess.run(
        command, capture_output=True, timeout=30, stdin=subprocess.DEVNULL, start_new_session=True
    )
    loaded = set(done.stdout.decode().split())
    slow = {
        "typing",
        "enum",
        "dataclasses",
        "re",
        "signal",
        "subprocess",
        "logging",
        "json",
        "functools",
        "contextlib",
        "inspect",
        "ctypes",
        "tempfile",
        "shlex",
        "random",
        "pathlib",
        "collections",
        "socket",
        "asyncio",
        "sqlite3",
        "yaml",
        "rich",
        "typer",
        "termios",
        "fcntl",
        "shutil",
    }
    assert "retryrun.process.session" in loaded
    assert not loaded & slow


def source():
    import retryrun

    return os.path.dirname(os.path.dirname(retryrun.__file__))
