"""recovery.yaml from the outside: found, refused, obeyed."""

import pytest


def test_found_upwards_and_tasks_run_in_its_folder(box):
    box.config("tasks:\n  where: {run: pwd}\n")
    below = box.work / "a" / "b"
    below.mkdir(parents=True)
    assert box("where", cwd=below).out == f"{box.work}\n"


def test_option_over_variable_over_file_over_default(box):
    box.config("policies: {default: {max_retries: 1, base_delay: 1ms}}\n")
    always = ("--retry-on", "any", "--report", "report.json")
    box(*always, "--", "false")
    assert len(box.report()["attempts"]) == 2
    box(*always, "--", "false", env={"RETRYRUN_MAX_RETRIES": "2"})
    assert len(box.report()["attempts"]) == 3
    box(*always, "-r", "0", "--", "false", env={"RETRYRUN_MAX_RETRIES": "2"})
    assert len(box.report()["attempts"]) == 1


def test_an_explicit_file_wins_and_must_exist(box):
    box.config("tasks: {a: {run: echo found}}")
    other = box.config("tasks: {a: {run: echo other}}", "other.yaml")
    assert box("-f", other, "a").out == "other\n"
    assert box("a", env={"RETRYRUN_CONFIG": str(other)}).out == "other\n"
    done = box("-f", "missing.yaml", "a")
    assert done.status == 125
    assert "missing.yaml" in done.err


@pytest.mark.parametrize(
    "text",
    [
        "version: [",
        "atempts: 3",
        "policies: {default: {max_retries: '3'}}",
        "policies: {default: {max_retries: 3.5}}",
        "policies: {default: {max_retries: true}}",
        "policies: {default: {base_delay: .nan}}",
        "policies: {default: {base_delay: -1}}",
        "a: 1\na: 2",
        "x: !!python/object/apply:os.system ['touch pwned']",
        "x: &a [1]\ny: *a",
        "[" * 5000,
        "[" * 60000,
        "rules: [{id: x, category: network, output: '('}]",
        "tasks: {a: {steps: [b]}, b: {steps: [a]}}",
        "tasks: {a: {run: x, policy: nope}}",
    ],
)
def test_a_bad_file_is_refused_and_nothing_is_run(box, text):
    box.config(text)
    done = box("--", "touch", "ran")
    assert done.status == 125
    assert "recovery.yaml:" in done.own[0]
    assert "Traceback" not in done.err
    assert not (box.work / "ran").exists()
    assert not (box.work / "pwned").exists()
    assert box("validate").status == 1


def test_a_misspelt_key_is_named_with_its_place_and_the_right_one(box):
    box.config("version: 1\npolicies:\n  default:\n    max_retrys: 3\n")
    done = box("--", "true")
    assert f"{box.work}/recovery.yaml:4:5: policies.default.max_retrys" in done.own[0]
    assert "max_retries" in done.err


def test_commands_entries(box):
    box.config(
        "commands:\n"
        "  - {command: 'sh *', retry: never, reason: it may have half happened}\n"
        "  - {command: 'false', max_retries: 1, base_delay: 1ms, retry_on: [any]}\n"
    )
    done = box("--retry-on", "any", "--", "sh", "-c", "exit 3")
    assert done.status == 3
    assert done.own[0].endswith("Not retried: it may have half happened")
    box("--report", "report.json", "--", "/bin/false")
    assert len(box.report()["attempts"]) == 2


def test_a_rule_of_ones_own(box):
    box.config(
        "rules:\n  - {id: warming, category: transient, command: 'sh *', stderr: 'warming (up|down)'}\n"
        "policies: {default: {max_retries: 1, base_delay: 1ms}}\n"
    )
    done = box(
        "--report",
        "report.json",
        "--",
        "sh",
        "-c",
        "printf '\\033[31mwarm\\033[0ming up' >&2; exit 1",
    )
    assert done.status == 1
    assert [a["rule"] for a in box.report()["attempts"]] == ["warming", "warming"]
    box("--report", "report.json", "--", "sh", "-c", "echo warming up; exit 1")
    assert box.report()["attempts"][0]["rule"] is None


def test_a_success_that_a_rule_declares_a_failure(box):
    box.config("rules: [{id: lies, category: permanent, exit_code: [0], stdout: 'ERROR'}]")
    done = box("--", "echo", "ERROR: nothing was deployed")
    assert done.status == 1
    assert "permanent [lies]" in done.own[0]
    assert box("--", "echo", "fine").status == 0


TASKS = """\
tasks:
  ok: {help: Fine, run: echo ok}
  bad: {run: "echo bad; exit 3"}
  listed: {run: [printf, '%s\\n', '$HOME']}
  strung: {run: "printf '%s\\\\n'"}
  multi:
    run: |
      echo one
      false
      echo two
  env: {run: 'echo $A $B', env: {A: 1.50, B: true}}
  all: {steps: [ok, bad, env]}
  on: {steps: [ok, bad, env], keep_going: true}
  validate: {run: echo mine}
"""


def test_tasks(box):
    box.config(TASKS)
    assert box("ok").out == "ok\n"
    assert box("bad").status == 3
    assert box("listed", "a b").out == "$HOME\na b\n"
    assert box("strung", "$HOME", "c d").out == "$HOME\nc d\n"
    assert box("strung", "--", "x").out == "x\n"
    multi = box("multi")
    assert (multi.status, multi.out) == (1, "one\n")
    assert box("env").out == "1.50 true\n"
    assert box("run", "validate").out == "mine\n"
    assert "task" in box("validate").out


def test_steps(box):
    box.config(TASKS)
    stopped = box("all")
    assert (stopped.status, stopped.out) == (3, "ok\nbad\n")
    assert any(line.startswith("env") and "not run" in line for line in stopped.own)
    every = box("on", "--") if False else box("on")
    assert (every.status, every.out) == (3, "ok\nbad\n1.50 true\n")
    summary = [line.split() for line in every.own[-3:]]
    assert [row[0] for row in summary] == ["ok", "bad", "env"]
    refused = box("all", "-x")
    assert refused.status == 125
    assert "takes no arguments" in refused.err


def test_a_deadline_of_steps_covers_them_together(box):
    box.config(
        "tasks:\n  slow: {run: sleep 30}\n  quick: {run: echo quick}\n"
        "  both: {steps: [slow, quick], deadline: 300ms, keep_going: true}\n"
        "  outer: {steps: [both], deadline: 1h}\n"
    )
    done = box("--report", "report.json", "outer")
    assert (done.status, done.out) == (124, "")
    assert "the deadline" in done.own[0]
    (inner,) = box.report()["steps"]
    assert [step["outcome"] for step in inner["steps"]] == ["timed_out"]


def test_steps_that_all_succeed_say_nothing(box):
    box.config("tasks: {a: {run: echo a}, b: {run: echo b}, c: {steps: [a, b]}}")
    done = box("--report", "report.json", "c")
    assert (done.status, done.out, done.err) == (0, "a\nb\n", "")
    report = box.report()
    assert [step["task"] for step in report["steps"]] == ["a", "b"]
    assert report["outcome"] == "succeeded"


def test_the_tasks_are_listed(box):
    box.config(TASKS)
    done = box("tasks")
    assert done.status == 0
    assert done.out.splitlines()[0].split() == ["ok", "Fine"]
    assert "steps: ok, bad, env" in done.out


def test_a_first_file_is_written_and_valid(box):
    assert box("init").status == 0
    assert box("validate").status == 0
    assert box("hello").out == "hello\n"
    assert box("init").status == 125


def test_explain(box):
    (box.work / "log").write_text("curl: (7) Failed to connect to example.com port 443\n")
    done = box("explain", "--command", "curl -fsS https://example.com", "--exit-code", "7",
               "--stderr", "log", "--format", "json")  # fmt: skip
    import json

    said = json.loads(done.out)
    assert said["category"] == "network"
    assert said["would_retry"] is True
    assert set(said) >= {
        "category",
        "severity",
        "rule",
        "line",
        "stream",
        "retry_after_s",
        "would_retry",
    }
    text = box("explain", "--command", "curl", "--exit-code", "7", "-", input=b"")
    assert "network" in text.out


def test_explain_shows_the_readings_that_were_not_taken(box):
    log = b"error: connection refused\nerror: No space left on device\nhint: check your network\n"
    done = box("explain", "-v", "--command", "./tool", "-", input=log)
    rows = dict(line.split("  ", 1) for line in done.out.splitlines())
    assert rows["rule"].split() == ["disk.full"]
    assert "a disk or a quota is full" in rows["it says"]
    assert "[net.refused]" in rows["not taken"]
    assert "weighs more" in rows["not taken"]


def test_explain_reads_both_streams_apart(box):
    (box.work / "out").write_text("done\n")
    (box.work / "err").write_text("database is locked\n")
    done = box("explain", "--command", "./tool", "--stdout", "out", "--stderr", "err",
               "--format", "json")  # fmt: skip
    import json

    said = json.loads(done.out)
    assert (said["rule"], said["stream"], said["severity"]) == ("lock.held", "stderr", "low")


def test_explain_tells_how_long_the_server_wants_us_to_wait(box):
    done = box(
        "explain", "--command", "./tool", "-", input=b"HTTP 429 Too Many Requests\nRetry-After: 7\n"
    )
    assert "a wait of 7s" in done.out


@pytest.mark.parametrize(
    "line",
    [
        "widget 12 is warming up (try 3 of 4)",
        "E: strange [thing] happened: a+b*c? {1} | $x ^ \\d",
        "login with password=hunter2hunter2 was turned down for reasons",
    ],
)
def test_a_suggested_rule_catches_the_failure_that_it_was_made_of(box, line):
    import json

    log = f"start\nerror: {line}\n".encode()
    about = ("explain", "--command", "./tool --now", "--exit-code", "9")
    box.config(box(*about, "--suggest-rule", "-", input=log).out)
    said = json.loads(box(*about, "--format", "json", "-", input=log).out)
    assert (said["rule"], said["category"]) == ("my-tool-failure", "transient")
    other = json.loads(box(*about, "--format", "json", "-", input=b"error: another\n").out)
    assert other["rule"] != "my-tool-failure"


def test_the_readings_of_a_past_run_are_kept(box):
    line = "echo 'error: connection refused'; echo 'error: database is locked' >&2; exit 3"
    box("--no-config", "--", "sh", "-c", line)
    done = box("explain", "--last", "-v")
    assert "lock.held" in done.out
    assert 'not taken  [net.refused] "error: connection refused"' in done.out


def test_the_rules_are_listed_and_shown(box):
    listed = box("rules")
    assert listed.status == 0
    assert "sysexits.tempfail" in listed.out
    assert box("rules", "sysexits.tempfail").status == 0
    unknown = box("rules", "sysexits.tempfial")
    assert unknown.status == 125
    assert "sysexits.tempfail" in unknown.err


def test_a_disabled_rule_is_not_used(box):
    box.config("disable_rules: [sysexits.tempfail]\n")
    box("--report", "report.json", "--", "sh", "-c", "exit 75")
    assert box.report()["attempts"][0]["rule"] is None


def test_an_exit_status_alone_can_be_explained(box):
    done = box("explain", "--exit-code", "137", "--format", "json")
    assert done.status == 0
    assert '"category": "resource"' in done.out


def test_a_suggested_rule_says_what_was_seen(box):
    done = box(
        "explain", "--command", "./get x", "--exit-code", "7", "--suggest-rule", "-",
        input=b"connect: Connection refused\n",
    )  # fmt: skip
    assert "category: network" in done.out
    done = box("explain", "--suggest-rule", "--command", "./get", "-", input=b"odd\n")
    assert "category: transient" in done.out


def test_a_suggested_rule_for_one_status_does_not_fit_another(box):
    said = "curl: (22) The requested URL returned error: 503 after 120 ms at 0xdeadbeef\n"
    about = ("explain", "--command", "./get x", "--exit-code", "22")
    box.config(box(*about, "--suggest-rule", "-", input=said.encode()).out)
    assert "my-get-failure" in box(*about, "-", input=said.replace("120", "7").encode()).out
    assert "http.404" in box(*about, "-", input=said.replace("503", "404").encode()).out


@pytest.mark.parametrize(
    "words",
    [(), ("nofile",), ("--exit-code", "0", "-"), ("--last", "--command", "x"), ("--last",)],
)
def test_each_refusal_of_explain_has_a_hint(box, words):
    done = box("explain", *words, input=b"")
    assert done.status == 125
    assert done.own[1].startswith("hint: ")
