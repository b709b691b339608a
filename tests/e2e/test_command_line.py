"""The command line as a person meets it: statuses, attempts, messages."""

import re
import time

import pytest


def test_a_success_is_left_alone(box):
    done = box("--no-config", "--", "echo", "hello")
    assert (done.status, done.out, done.err) == (0, "hello\n", "")


def test_it_runs_once_on_success(box, tool):
    assert tool("--", box.counting(0)).status == 0
    assert box.runs() == 1


@pytest.mark.parametrize(
    ("retries", "statuses", "status", "runs"),
    [
        (1, [1], 1, 2),
        (0, [99], 99, 1),
        (2, [1, 0], 0, 2),
        (2, [2], 2, 3),
        (0, [42], 42, 1),
        (5, [1, 1, 1, 1, 0], 0, 5),
    ],
)
def test_attempts_and_statuses(box, tool, retries, statuses, status, runs):
    done = tool("-r", retries, "--", box.counting(*statuses))
    assert done.status == status
    assert box.runs() == runs


def test_no_argument_at_all_is_the_help(box):
    done = box()
    assert done.status == 0
    assert "Usage:" in done.out
    assert "retryrun -- uv sync" in done.out


def test_no_command_after_the_dashes(box):
    done = box("--no-config", "--")
    assert done.status == 125
    assert done.own[0] == "no command is given"
    assert done.out == ""


def test_an_unknown_word_offers_the_task_and_the_other_form(box):
    box.config("version: 1\ntasks:\n  quality: {run: touch ran}\n")
    done = box("qualty", "--fix")
    assert done.status == 125
    assert done.own == [
        "'qualty' is neither a task nor a subcommand",
        "hint: did you mean quality? Or as a command: retryrun -- qualty --fix",
    ]
    assert not (box.work / "ran").exists()
    assert "retryrun -- echo hi" in box("echo", "hi").err


def test_the_version_needs_no_command(box):
    done = box("--version")
    assert done.status == 0
    assert re.fullmatch(r"\d+\.\d+\.\d+\n", done.out)


def test_a_bad_value_names_option_and_value(box):
    done = box("--no-config", "-r", "0abc", "--", "true")
    assert done.status == 125
    assert "-r '0abc'" in done.err


def test_the_childs_own_options_are_its_own(box, tool):
    done = tool("-r", "0", "--", "sh", "-c", 'echo "$1"; exit 99', "sh", "--help")
    assert (done.status, done.out) == (99, "--help\n")


def test_a_shell_string(box, tool):
    done = tool("-r", "0", "--shell", "--", "echo a; false")
    assert (done.status, done.out) == (1, "a\n")


@pytest.mark.parametrize(("make", "status"), [("missing", 127), ("plain", 126), ("folder", 126)])
def test_what_cannot_be_run_is_not_retried(box, tool, make, status):
    name = box.work / make
    if make == "plain":
        name.write_text("x")
    elif make == "folder":
        name.mkdir()
    done = tool("-r", "3", "--report", "report.json", "--", name)
    assert done.status == status
    assert len(done.own) == 1
    assert "Traceback" not in done.err
    report = box.report()
    assert len(report["attempts"]) == 1
    assert report["outcome"] == "not_runnable"


def test_a_word_with_blanks_was_meant_for_a_shell(box):
    done = box("--no-config", "--", "echo hi; false")
    assert done.status == 127
    assert "retryrun --shell -- 'echo hi; false'" in done.own[-1]


def test_messages_of_a_recovery(box, tool):
    box.counting(7, 0)
    done = tool("--jitter", "none", "--", "./counting")
    assert done.own[0] == "./counting failed (attempt 1/4): exit 7, unmatched. Retrying in 10ms"
    assert re.fullmatch(r"\./counting succeeded on attempt 2/4 after \S+", done.own[1])


def test_messages_of_an_unmatched_failure(box):
    done = box("--no-config", "--", "sh", "-c", "exit 3")
    assert done.status == 3
    assert done.own == [
        "sh -c 'exit 3' gave up after attempt 1/4: exit 3, unmatched. Not retried",
        "hint: to retry such failures: --retry-on unmatched, or a rule "
        "(retryrun explain --last --suggest-rule)",
    ]
    rule = box("explain", "--last", "--suggest-rule")
    assert rule.status == 0
    assert "category: transient" in rule.out
    assert "exit_code:" in rule.out


def test_quiet_silences_retryrun_only(tool):
    done = tool("-q", "-r", "1", "--", "sh", "-c", "echo out; echo err >&2; exit 1")
    assert (done.out, done.err) == ("out\nout\n", "err\nerr\n")


def test_verbose_tells_of_a_success_too(tool):
    assert "succeeded on attempt 1/4" in tool("-v", "--", "true").own[-1]
    said = tool("-v", "-r", "0", "--", "sh", "-c", "echo 'HTTP/1.1 404 Not Found'; exit 1").own
    assert any('[http.404] "HTTP/1.1 404 Not Found": the server answered 404' in s for s in said)


def test_verbose_says_why_no_fallback_followed(tool):
    def said(*options, script):
        options = ("-v", "-r", "0", "--fallback", "echo instead", *options)
        return [line for line in tool(*options, "--", "sh", "-c", script).own if "fallback" in line]

    known = said(script="echo 'SyntaxError: invalid syntax' >&2; exit 1")
    assert known == ["no fallback: fallback_on does not cover permanent"]
    unknown = said("--fallback-on", "network", script="exit 1")
    assert unknown == ["no fallback: fallback_on does not cover unmatched"]
    late = said("--deadline", "0.2", script="sleep 30")
    assert late == ["no fallback: the deadline has passed"]
    assert said(script="exit 1") == ["running fallback 1/1: echo instead"]


def test_the_planned_waits_have_no_last_one(box, tool):
    tool(
        "-r",
        "2",
        "--base-delay",
        "50ms",
        "--jitter",
        "none",
        "--report",
        "report.json",
        "--",
        "false",
    )
    delays = [attempt["delay_s"] for attempt in box.report()["attempts"]]
    assert delays == [0.05, 0.1, None]


def test_waits_really_pass(tool):
    start = time.monotonic()
    tool(
        "-r",
        "2",
        "--base-delay",
        "100ms",
        "--exponential-base",
        "1",
        "--jitter",
        "none",
        "--",
        "false",
    )
    assert time.monotonic() - start >= 0.2


def test_a_server_wait_beyond_max_delay_ends_it_at_once(box):
    text = "echo 'HTTP/1.1 429 Too Many Requests' >&2; echo 'Retry-After: 3600' >&2; exit 1"
    done = box("--no-config", "--", "sh", "-c", text)
    assert done.status == 1
    assert "The server asks for a wait of 1h" in done.err


def test_a_deadline_that_the_next_wait_would_pass(box, tool):
    done = tool(
        "-r", "5", "--base-delay", "1h", "--max-delay", "1h", "--deadline", "5s", "--", "false"
    )
    assert done.status == 1
    assert "deadline" in done.own[0]


def test_a_time_limit(box, tool):
    done = tool("-r", "0", "-t", "300ms", "--report", "report.json", "--", "sleep", "30")
    assert done.status == 124
    report = box.report()
    assert report["outcome"] == "timed_out"
    (attempt,) = report["attempts"]
    assert (attempt["timed_out"], attempt["category"], attempt["rule"]) == (
        True,
        "transient",
        "timeout",
    )


def test_an_idle_limit(tool):
    script = "for i in 1 2 3 4 5 6; do echo $i; sleep 0.1; done; sleep 30"
    done = tool("-r", "0", "--idle-timeout", "2s", "--", "sh", "-c", script)
    assert done.status == 124
    assert done.out == "1\n2\n3\n4\n5\n6\n"


def test_time_limits_are_retried_besides_exit_codes(box):
    done = box(
        "--no-config", "-r", "1", "--base-delay", "10ms", "-t", "300ms", "--retry-on-exit-code", "10",
        "--report", "report.json", "--", "sleep", "30",
    )  # fmt: skip
    assert done.status == 124
    assert len(box.report()["attempts"]) == 2


@pytest.mark.parametrize(("code", "runs"), [(10, 3), (1, 1), (3, 3), (6, 1)])
def test_exit_codes_to_retry(box, code, runs):
    options = ("--no-config", "-r", "2", "--base-delay", "1ms", "--retry-on-exit-code", "1-5,10")
    if code == 1:
        options = (*options[:-1], "2-5,10")
    assert box(*options, "--", box.counting(code)).status == code
    assert box.runs() == runs


@pytest.mark.parametrize("bad", ["5-1", "256", "1-", ""])
def test_bad_exit_code_lists(box, bad):
    done = box("--no-config", "--retry-on-exit-code", bad, "--", "true")
    assert done.status == 125
    assert f"--retry-on-exit-code {bad!r}" in done.err


def test_tempfail_is_transient(box):
    done = box("--no-config", "-r", "1", "--base-delay", "1ms", "--report", "report.json", "--",
               box.counting(75))  # fmt: skip
    assert done.status == 75
    report = box.report()
    assert len(report["attempts"]) == 2
    assert report["attempts"][0]["rule"] == "sysexits.tempfail"


def test_numbers_of_the_attempt_reach_the_command(tool):
    script = (
        "echo $RETRYRUN_ATTEMPT/$RETRYRUN_MAX_ATTEMPTS $RETRYRUN_ROLE "
        '"$RETRYRUN_LAST_EXIT_CODE" "$RETRYRUN_LAST_CATEGORY" "$RETRYRUN_TASK"; exit 4'
    )
    done = tool("-r", "2", "--", "sh", "-c", script)
    assert done.out.splitlines() == [
        "1/3 primary   ",
        "2/3 primary 4 permanent ",
        "3/3 primary 4 permanent ",
    ]


def test_the_environment_is_otherwise_untouched(box):
    env = {"A_B": "x=y\nz", "EMPTY": "", "RETRYRUN_REPORT": "report.json", "RETRYRUN_QUIET": "1"}
    done = box("--no-config", "--", "env", "-0", env=env)
    seen = dict(each.split("=", 1) for each in done.out.split("\0") if each)
    added = {k for k in seen if k.startswith("RETRYRUN_")}
    assert added == {"RETRYRUN_ATTEMPT", "RETRYRUN_MAX_ATTEMPTS", "RETRYRUN_ROLE",
                     "RETRYRUN_RUN_ID", "RETRYRUN_QUIET"}  # fmt: skip
    rest = {k: v for k, v in seen.items() if not k.startswith("RETRYRUN_")}
    expected = {k: v for k, v in {**box.env, **env}.items() if not k.startswith("RETRYRUN_")}
    rest.pop("_", None), expected.pop("_", None)
    assert rest == expected
    assert box.report()["outcome"] == "succeeded"


def test_the_clean_up_runs_between_attempts(box, tool):
    hook = 'echo "$RETRYRUN_ROLE $RETRYRUN_ATTEMPT" >> hooks'
    tool("-r", "2", "--before-retry", hook, "--", "false")
    assert (box.work / "hooks").read_text() == "before_retry 2\nbefore_retry 3\n"


def test_a_clean_up_that_fails_is_a_warning(box, tool):
    done = tool("-r", "1", "--before-retry", "exit 9", "--", box.counting(1, 0))
    assert done.status == 0
    assert "warning: before_retry exit 9 failed: exit 9" in done.own


def test_another_command_from_the_second_attempt_on(tool):
    done = tool(
        "-r", "2", "--retry-command", "echo again; exit 0", "--", "sh", "-c", "echo first; exit 1"
    )
    assert (done.status, done.out) == (0, "first\nagain\n")


def test_fallbacks(box, tool):
    done = tool("-r", "0", "--fallback", "echo one; exit 5", "--fallback", "echo two", "--report",
                "report.json", "--", "sh", "-c", "echo main; exit 1")  # fmt: skip
    assert (done.status, done.out) == (0, "main\none\ntwo\n")
    assert "running fallback 1/2: echo 'one;' exit 5" in done.own or any(
        line.startswith("running fallback 1/2:") for line in done.own
    )
    report = box.report()
    assert report["outcome"] == "fallback"
    assert [a["role"] for a in report["attempts"]] == ["primary", "fallback", "fallback"]


def test_the_last_fallbacks_status_counts(tool):
    done = tool("-r", "0", "--fallback", "exit 5", "--fallback", "exit 6", "--", "false")
    assert done.status == 6
    assert "and fallback 2/2: exit 6" in done.own[-1]


def test_what_ran_in_the_commands_place_is_judged_by_its_own_name(box, tool):
    """Exit status 5 of a shell is not that of curl."""
    curl = ("curl", "-fsS", "http://127.0.0.1:1/")
    tool("-r", "0", "--fallback", "exit 5", "--report", "report.json", "--", *curl)
    first, second = box.report()["attempts"]
    assert (first["category"], second["rule"]) == ("network", None)
    said = box("explain", "--last").out
    assert "curl -fsS" in said
    assert "exit 7" in said
    tool("-r", "1", "--base-delay", "1ms", "--retry-command", "exit 6", "--report", "report.json",
         "--", *curl)  # fmt: skip
    assert [each["rule"] for each in box.report()["attempts"]][1] is None


def test_no_fallback_when_a_retry_succeeds(box, tool):
    done = tool("--fallback", "touch fell", "--", box.counting(1, 0))
    assert done.status == 0
    assert not (box.work / "fell").exists()


@pytest.mark.parametrize(
    ("mode", "status", "told"), [("pass", 0, False), ("warn", 0, True), ("fail", 7, True)]
)
def test_flaky(box, tool, mode, status, told):
    done = tool("--flaky", mode, "--report", "report.json", "--", box.counting(7, 0))
    assert done.status == status
    assert any("is flaky" in line for line in done.own) is told
    assert box.report()["flaky"] is True


def test_holding_stdout(box, tool):
    script = "echo $RETRYRUN_ATTEMPT; [ $RETRYRUN_ATTEMPT = 2 ]"
    assert tool("--stdout", "hold", "--", "sh", "-c", script).out == "2\n"
    assert tool("--stdout", "hold", "-r", "1", "--", "sh", "-c", "echo x; exit 3").out == ""
    held = tool(
        "-r", "0", "--stdout", "hold", "--fallback", "echo f", "--", "sh", "-c", "echo x; exit 3"
    )
    assert held.out == "f\n"


def test_standard_input(tool):
    script = "cat; exit 1"
    assert tool("-r", "2", "--", "sh", "-c", script, input=b"hi\n").out == "hi\n"
    assert (
        tool("-r", "2", "--stdin", "replay", "--", "sh", "-c", script, input=b"hi\n").out
        == "hi\n" * 3
    )
    assert tool("-r", "0", "--stdin", "none", "--", "sh", "-c", script, input=b"hi\n").out == ""


def test_a_nested_retryrun_that_gave_up_is_not_retried(box, tool):
    inner = "retryrun --no-config -q -r 1 --retry-on any --base-delay 1ms -- " + box.counting(1)
    done = tool("-r", "3", "--shell", "--report", "report.json", "--", inner,
                env={"PATH": f"{__import__('os').path.dirname(__import__('sys').executable)}:/usr/bin:/bin"})  # fmt: skip
    assert done.status == 1
    assert box.runs() == 2
    assert box.report()["attempts"][0]["rule"] == "retryrun.gave-up"
    assert len(box.report()["attempts"]) == 1


def test_the_report_of_failures(box, tool):
    tool("-r", "2", "--report", "report.json", "--", "sh", "-c", "exit 99")
    report = box.report()
    assert [a["exit_code"] for a in report["attempts"]] == [99, 99, 99]
    assert [a["number"] for a in report["attempts"]] == [1, 2, 3]
    assert report["outcome"] == "failed"
    assert report["exit_code"] == 99
    assert report["total_duration_s"] > 0
    assert report["parent_run_id"] is None
    assert [a["delay_s"] is None for a in report["attempts"]] == [False, False, True]


def test_a_report_that_cannot_be_written_is_one_warning(box):
    done = box("--no-config", "--report", "/proc/nowhere/report.json", "--", "true")
    assert done.status == 0
    assert len(done.own) == 1
    assert "warning" in done.own[0]


def test_reports_in_a_folder(box):
    for _ in range(2):
        box("--no-config", "--report", "reports/", "--", "true")
    assert len(list((box.work / "reports").iterdir())) == 2


def test_disabled(box):
    env = {"RETRYRUN_DISABLE": "1"}
    done = box("-r", "3", "--retry-on", "any", "--", box.counting(6), env=env)
    assert (done.status, done.err) == (6, "")
    assert box.runs() == 1
    assert box("--", "no-such-thing", env=env).status == 127
    box.config("tasks: {a: {run: echo a}, b: {run: exit 4}, c: {steps: [a, b]}}")
    done = box("c", env=env)
    assert (done.status, done.out) == (4, "a\n")


def test_exit_codes_of_categories(box):
    box.config("exit_codes: {transient: 70, unmatched: 71}\n")
    assert box("-r", "0", "--", "sh", "-c", "exit 75").status == 70
    assert box("--", "sh", "-c", "exit 3").status == 71
    assert box("--fallback", "exit 9", "--", "sh", "-c", "exit 3").status == 9


def test_dry_run_runs_nothing(box):
    done = box("--no-config", "-n", "-r", "2", "--jitter", "none", "--", "touch", "ran")
    assert done.status == 0
    assert done.err == ""
    assert not (box.work / "ran").exists()
    assert re.search(r"max_retries +2 +--max-retries", done.out)
    assert re.search(r"planned delays +1s, 2s", done.out)
    assert re.search(r"base_delay +1s +built in", done.out)
    assert re.search(r"exponential_base +2.0 +built in", done.out)


def test_dry_run_shows_commands_as_written_and_no_secret(box):
    line = "echo 'a b' | cat"
    done = box("--no-config", "-n", "--fallback", line, "--", "x", "--token=abcdefgh", "a b")
    assert re.search(r"command +x --token=\*\*\* 'a b'\n", done.out)
    assert re.search(r"fallback +echo 'a b' \| cat +--fallback", done.out)


def test_a_reader_that_leaves_is_no_failure_to_speak_of(box):
    import subprocess

    from tests.e2e.conftest import COMMAND

    done = subprocess.run(
        ["sh", "-c", f"{COMMAND} --no-config -- yes | head -1"],
        capture_output=True, env=box.env, cwd=box.work, timeout=30,
    )  # fmt: skip
    assert (done.stdout, done.stderr) == (b"y\n", b"")


def test_what_github_is_told(box, tool):
    summary = box.work / "summary"
    env = {"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(summary), "GITHUB_RUN_ID": "7"}
    done = tool("--report", "report.json", "--", box.counting(7, 0), env=env)
    (line,) = [line for line in done.err.splitlines() if line.startswith("::")]
    assert line.startswith("::warning")
    assert "attempt 2" in line or "2 attempts" in line
    assert len(summary.read_text().splitlines()) == 1
    assert box.report()["ci"]["run"] == "7"
    summary.unlink()
    quiet = tool("--", "true", env=env)
    assert quiet.err == ""
    assert not summary.exists()
    assert "::" not in tool("--ci", "none", "-r", "1", "--", "false", env=env).err
    assert "::" not in tool("-r", "1", "--", "false").err


def test_gitlab_gets_sections_for_retries(box, tool):
    done = tool("-r", "2", "--", "sh", "-c", "echo x >&2; exit 1", env={"GITLAB_CI": "true"})
    assert done.err.count("section_start:") == done.err.count("section_end:") == 2
    assert "section_" not in tool("--", "true", env={"GITLAB_CI": "true"}).err


def test_a_junit_file(box, tool):
    from xml.etree import ElementTree

    tool("--junit", "junit.xml", "--", box.counting(7, 0))
    case = ElementTree.parse(box.work / "junit.xml").getroot().find(".//testcase")
    assert [child.tag for child in case] == ["flakyFailure"]


def test_a_stop_during_the_wait_is_in_the_report(box):
    import os
    import signal
    import subprocess

    from tests.e2e.conftest import COMMAND

    words = [COMMAND, "--no-config", "--retry-on", "any", "--base-delay", "1h", "--max-delay", "1h",
             "--report", "report.json", "--", "sh", "-c", "exit 3"]  # fmt: skip
    process = subprocess.Popen(words, stderr=subprocess.PIPE, env=box.env, cwd=box.work)
    assert b"Retrying in" in process.stderr.readline()
    os.kill(process.pid, signal.SIGTERM)
    process.communicate(timeout=30)
    assert process.returncode == -signal.SIGTERM
    report = box.report()
    assert (report["outcome"], report["exit_code"]) == ("interrupted", 143)
    assert len(report["attempts"]) == 1


def on_a_terminal(box, *words, env=None):
    """Run on a pseudo-terminal of 80 columns; return all that was written to it."""
    import os
    import pty
    import struct
    import subprocess
    import termios
    from fcntl import ioctl

    from tests.e2e.conftest import COMMAND

    master, slave = pty.openpty()
    ioctl(master, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    run = subprocess.Popen(
        [COMMAND, *words], cwd=box.work, env={**box.env, "TERM": "xterm", **(env or {})},
        stdin=slave, stdout=slave, stderr=slave, start_new_session=True,
    )  # fmt: skip
    os.close(slave)
    written = b""
    while True:
        try:
            part = os.read(master, 65536)
        except OSError:
            break
        if not part:
            break
        written += part
    os.close(master)
    run.wait(30)
    return written.decode()


COUNTED = ("--no-config", "--retry-on", "any", "-r", "1", "--base-delay", "1.1s", "--jitter", "none",
           "--", "sh", "-c", "echo out; exit 3")  # fmt: skip


def test_a_wait_is_counted_down_on_a_terminal_and_leaves_nothing(box):
    written = on_a_terminal(box, "--color", "never", *COUNTED)
    assert "Retrying in 1.1s\r\n\r\033[Kretryrun: attempt 2/2 in 2s (Ctrl-C stops)" in written
    assert "\r\033[Kretryrun: attempt 2/2 in 1s (Ctrl-C stops)\r\033[Kout\r\n" in written
    assert written.count("\r\033[K") == 3


def test_nothing_is_counted_down_where_nobody_looks(box):
    waits = [word if word != "1.1s" else "1.01s" for word in COUNTED]
    assert "\r" not in box(*waits).err
    for env, words in (({"TERM": "dumb"}, waits), ({"CI": "true"}, waits), ({}, ["-q", *waits])):
        assert "\033[K" not in on_a_terminal(box, *words, env=env)


def test_the_words_of_a_mistaken_command_line_are_masked(box):
    done = box("zfalse", "--token=hunter2hunter2", "-p", "hunter2hunter2")
    assert done.status == 125
    assert "--token=***" in done.own[1]
    done = box("--shell", "echo a; false")
    assert done.own[1] == "hint: retryrun --shell -- 'echo a; false'"


def test_a_dry_run_runs_nothing_even_where_retryrun_is_disabled(box):
    done = box("-n", "--", "touch", "ran", env={"RETRYRUN_DISABLE": "1"})
    assert done.status == 0
    assert not (box.work / "ran").exists()


def test_planned_delays_are_exact(box):
    done = box("--no-config", "-n", "-r", "4", "--exponential-base", "1.5", "--", "true")
    assert re.search(r"planned delays +1s, 1.5s, 2.25s, 3.375s\n", done.out)


def test_no_secret_of_a_nested_string_is_in_a_dry_run(box):
    line = "export API_KEY='hunter2hunter2'; tool --token 'hunter2hunter2'"
    done = box("--no-config", "-n", "--fallback", line, "--", "sh", "-c", line)
    assert "hunter2" not in done.out


def test_no_secret_of_a_string_is_in_the_hint_how_to_run_it(box):
    done = box("--no-config", "--", "curl -u user:hunter2hunter2 http://127.0.0.1:9/")
    assert done.status == 127
    assert "retryrun --shell -- 'curl -u *** http://127.0.0.1:9/'" in done.err
    assert "hunter2" not in done.err


@pytest.mark.parametrize(
    ("words", "env", "coloured"),
    [
        (["--color", "always"], {}, True),
        (["--color", "always"], {"NO_COLOR": "1"}, True),
        (["--color", "never"], {"FORCE_COLOR": "1"}, False),
        ([], {"FORCE_COLOR": "1"}, True),
        ([], {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ([], {"FORCE_COLOR": "0"}, False),
        ([], {"RETRYRUN_COLOR": "always"}, True),
        ([], {}, False),
    ],
)
def test_messages_have_colour_where_it_is_asked_for(box, tool, words, env, coloured):
    done = tool(*words, "-r", "1", "--", "sh", "-c", "exit 3", env=env)
    lines = done.err.splitlines()
    assert len(lines) == 2
    if coloured:
        assert lines[0].startswith("retryrun: \033[33msh -c 'exit 3' failed (attempt 1/2)")
        assert lines[1].startswith("retryrun: \033[31msh -c 'exit 3' gave up after attempt 2/2")
        assert all(line.endswith("\033[0m") for line in lines)
    else:
        assert "\033" not in done.err


def test_messages_have_colour_on_a_terminal(box):
    words = ("--no-config", "--", "sh", "-c", "exit 3")
    assert "retryrun: \033[31msh -c" in on_a_terminal(box, *words)
    for env in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        assert "\033[3" not in on_a_terminal(box, *words, env=env)


def test_a_nested_run_that_gave_up_is_known_in_colour_too(box):
    done = box("--no-config", "--retry-on", "any", "--", "retryrun", "--no-config", "--", "false",
               env={"FORCE_COLOR": "1", "PATH": box.path})  # fmt: skip
    assert "permanent [retryrun.gave-up]" in done.err
    assert done.err.count("gave up") == 2


def test_help_without_colour_has_no_escapes(box):
    for env, words in (({"NO_COLOR": "1"}, ()), ({}, ("--color", "never"))):
        assert "\033" not in on_a_terminal(box, *words, "--help", env=env)
    assert "\033" in on_a_terminal(box, "--help")


def test_names_that_the_encoding_lacks_are_written_as_escapes(box):
    box("--no-config", "--", "echo", "ü")
    done = box("history", env={"PYTHONIOENCODING": "ascii"})
    assert done.status == 0
    assert "\\xfc" in done.out


def test_a_result_that_cannot_be_written_is_said(box):
    import subprocess

    from tests.e2e.conftest import COMMAND

    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [COMMAND, "rules"], stdout=full, stderr=subprocess.PIPE, env=box.env, cwd=box.work
        )
    assert done.returncode == 125
    assert done.stderr == b"retryrun: the result cannot be written: No space left on device\n"
    line = f"{COMMAND} rules | head -1"
    done = subprocess.run(["sh", "-c", line], capture_output=True, env=box.env, cwd=box.work)
    assert done.stderr == b""


def test_an_attempt_that_finds_the_pipe_read_is_warned_of(tool, box):
    script = box.script("load", "n=$(wc -l); echo rows $n; [ $RETRYRUN_ATTEMPT = 2 ]\n")
    done = tool("--", script, input=b"1\n2\n")
    assert done.out.split("\n")[:2] == ["rows 2", "rows 0"]
    warnings = [line for line in done.own if line.startswith("warning: ")]
    assert len(warnings) == 1
    assert "--stdin replay" in warnings[0]
    assert tool("--stdin", "replay", "--", script, input=b"1\n2\n").out == "rows 2\nrows 2\n"


@pytest.mark.parametrize("data", [b"", b"never read\n"])
def test_a_pipe_that_was_empty_or_is_not_read_is_no_matter(tool, box, data):
    done = tool("-r", "1", "--", "sh", "-c", "exit 3", input=data)
    assert "warning" not in done.err


def test_a_flaky_run_that_counts_as_failed_says_so(tool, box):
    done = tool("--flaky", "fail", "--", box.counting(22, 0))
    assert done.status == 22
    assert done.own[-1].endswith("succeeded; it counts as failed, exit 22")


def test_a_budget_is_shown_in_words(box):
    box.config("version: 1\npolicies: {p: {budget: {share: 0.2, reserve: 3}}}\n")
    assert re.search(
        r"budget +(share 0.2, reserve 3|reserve 3, share 0.2) ", box("-n", "-p", "p", "--", "x").out
    )
