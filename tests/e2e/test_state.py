"""What runs remember of each other: circuits, budgets and history, over files and Redis."""

import json
import os
import re
import signal
import sqlite3
import subprocess
import time
from pathlib import Path

import pytest

from tests.e2e.conftest import COMMAND

REFUSED = "sh -c 'echo connect: Connection refused >&2; exit 7'"
PYPI = f"""
version: 1
breakers:
  pypi: {{failure_threshold: 2, recovery_timeout: 1h}}
tasks:
  get: {{run: "{REFUSED}", breaker: pypi, max_retries: 5, base_delay: 1ms}}
  bug: {{run: "exit 1", breaker: pypi}}
  fine: {{run: "true", breaker: pypi}}
"""


@pytest.fixture
def circuits(box):
    box.config(PYPI)
    return box


@pytest.fixture(params=["sqlite", "redis"])
def shared(request, box):
    """A box whose state lies in a file or on a server."""
    if request.param == "redis":
        box.env["RETRYRUN_STATE"] = request.getfixturevalue("redis_url")
    return box


def state(box):
    return box.folder / "state" / "retryrun" / "state.db"


def breaker(box, name="pypi"):
    return json.loads(box("breaker", "show", name, "--format", "json").out)


def history(box, *words):
    return json.loads(box("history", "--format", "json", *words).out)


def at_once(box, count, *words, **more):
    """Start the command so many times before waiting for any."""
    runs = [
        subprocess.Popen(
            [COMMAND, *words],
            cwd=box.work, env=box.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more,
        )
        for _ in range(count)
    ]  # fmt: skip
    return [(run.communicate(timeout=120)[1].decode(), run.returncode)[::-1] for run in runs]


# -- the circuit breaker


def test_the_circuit_opens_at_the_threshold_and_then_nothing_is_run(circuits):
    done = circuits("get")
    assert done.status == 7
    assert re.fullmatch(
        r"get gave up after attempt 2/6: exit 7, network \[net.refused\] "
        r'"connect: Connection refused". Not retried: circuit pypi is open for another (1h|60m)',
        done.own[1],
    )
    done = circuits("get")
    assert done.status == 75
    assert done.out == ""
    assert re.fullmatch(r"get was not run: circuit pypi is open for another .+", done.own[0])
    assert done.own[1] == "hint: to close it by hand: retryrun breaker reset pypi"
    assert len(done.own) == 2


def test_an_open_circuit_goes_to_the_fallback_at_once(circuits):
    circuits("get")
    done = circuits("--fallback", "echo instead", "--report", "report.json", "get")
    assert (done.status, done.out) == (0, "instead\n")
    report = circuits.report()
    assert report["outcome"] == "fallback"
    assert [each["role"] for each in report["attempts"]] == ["fallback"]
    assert report["breaker"]["name"] == "pypi"
    assert report["breaker"]["state"] == "OPEN"


def test_an_open_circuit_in_the_report_and_by_another_status(circuits):
    circuits.config(PYPI + "exit_codes: {circuit_open: 42}\n")
    circuits("get", "--report")
    done = circuits("--report", "report.json", "get")
    assert done.status == 42
    report = circuits.report()
    assert (report["outcome"], report["exit_code"]) == ("circuit_open", 42)
    assert report["attempts"] == []
    changes = [(each["from"], each["to"]) for each in report["breaker"]["changes"]]
    assert changes == []


def test_real_failures_are_nobodys_outage(circuits):
    for _ in range(3):
        assert circuits("bug").status == 1
    assert breaker(circuits)["failures"] == 0


def test_a_failure_in_between_that_says_nothing_does_not_clear_the_count(circuits):
    circuits("-r", "0", "get")
    circuits("bug")
    assert breaker(circuits)["failures"] == 1
    circuits("fine")
    assert breaker(circuits)["failures"] == 0


def test_an_undeclared_breaker_has_the_default_settings(box):
    for _ in range(5):
        assert box("-r", "0", "--retry-on", "any", "--breaker", "own", "--", "false").status == 1
    assert box("--breaker", "own", "--", "true").status == 75


def test_a_trial_closes_the_circuit_or_opens_it_again(circuits):
    circuits.config(PYPI.replace("1h", "1ms"))
    circuits("get")
    assert circuits("-r", "0", "get").status == 7  # the trial
    assert breaker(circuits)["trips"] >= 2
    assert circuits("fine").status == 0
    assert breaker(circuits)["state"] == "CLOSED"


def test_breakers_by_hand(circuits):
    assert circuits("breaker").out.splitlines()[1].split() == ["pypi", "CLOSED", "0/2"]
    assert circuits("breaker", "open", "pypi").out.startswith("pypi is held open")
    assert circuits("fine").status == 75
    assert breaker(circuits)["held_open"] is True
    assert circuits("breaker", "reset", "pypi").status == 0
    assert circuits("fine").status == 0
    changes = json.loads(circuits("stats", "--format", "json").out)
    assert changes["breaker_state_changes"] == 2
    done = circuits("breaker", "show", "pypy")
    assert done.status == 125
    assert done.own == ["there is no breaker 'pypy'", "hint: did you mean pypi?"]


def test_64_at_once_are_counted_exactly(shared):
    shared.config("version: 1\nbreakers: {k: {failure_threshold: 1000}}\n")
    words = ("--breaker", "k", "--retry-on", "any", "-r", "0", "--", "false")
    ends = at_once(shared, 64, *words)
    assert {status for status, _ in ends} == {1}
    assert [said for _, said in ends if "warning" in said] == []
    assert breaker(shared, "k")["failures"] == 64
    assert len(history(shared, "--limit", "100")) == 64


def test_of_16_at_a_half_open_circuit_one_runs(shared):
    shared.config("version: 1\nbreakers: {k: {failure_threshold: 1, recovery_timeout: 1ms}}\n")
    shared("--breaker", "k", "--retry-on", "any", "-r", "0", "--", "false")
    gate = shared.work / "gate"
    os.mkfifo(gate)
    ran = shared.work / "ran"
    # Who runs waits at the gate until all the others have been turned away.
    words = ["--breaker", "k", "--", "sh", "-c", f"echo x >> {ran}; read x < {gate}"]
    runs = [
        subprocess.Popen([COMMAND, *words], cwd=shared.work, env=shared.env, stderr=subprocess.PIPE)
        for _ in range(16)
    ]
    try:
        end = time.monotonic() + 60
        while sum(run.poll() is not None for run in runs) < 15:
            assert time.monotonic() < end
            time.sleep(0.01)
        with gate.open("w") as opened:
            opened.write("go\n")
        assert sorted(run.wait(60) for run in runs) == [0] + [75] * 15
    finally:
        for run in runs:
            run.terminate()  # nobody is left at the gate
            run.stderr.close()
    assert ran.read_text() == "x\n"
    assert breaker(shared, "k")["state"] == "CLOSED"


def test_a_trial_that_is_killed_frees_the_door_at_once(shared):
    shared.config("version: 1\nbreakers: {k: {failure_threshold: 1, recovery_timeout: 1ms}}\n")
    shared("--breaker", "k", "--retry-on", "any", "-r", "0", "--", "false")
    trial = subprocess.Popen(
        [COMMAND, "--breaker", "k", "--", "sh", "-c", "echo on; exec sleep 4023"],
        cwd=shared.work, env=shared.env, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert trial.stdout.readline() == b"on\n"
    assert shared("--breaker", "k", "--", "true").status == 75
    assert breaker(shared, "k")["trial_running"] is True
    trial.send_signal(signal.SIGKILL)
    trial.wait()
    trial.stdout.close()
    assert shared("--breaker", "k", "--", "true").status == 0


# -- the budget


def test_a_budget_ends_retries_and_successes_pay_it_back(shared):
    shared.config(
        "version: 1\npolicies: {p: {max_retries: 9, base_delay: 1ms, retry_on: [any], "
        "budget: {share: 0.5, reserve: 2}}}\n"
    )
    done = shared("-p", "p", "--", "false")
    assert done.status == 1
    assert len(done.own) == 3
    assert done.own[2].endswith("Not retried: the retry budget is spent")
    assert len(shared("-p", "p", "--", "false").own) == 1
    for _ in range(2):
        shared("-p", "p", "--", "true")
    assert len(shared("-p", "p", "--", "false").own) == 2


# -- history


def test_a_history_of_all_kinds_of_ends(box, tool):
    tool("--", "true")
    tool("-r", "1", "--", box.counting(7, 0))
    tool("-r", "0", "--", "sh", "-c", "exit 9")
    tool("-r", "0", "--fallback", "true", "--", "false")
    tool("-t", "10ms", "-r", "0", "--", "sleep", "4021")
    tool("-r", "1", "--", "/nonexistent/zz")
    found = history(box)
    assert [each["outcome"] for each in found] == [
        "not_runnable", "timed_out", "fallback", "failed", "recovered", "succeeded",
    ]  # fmt: skip
    assert [each["exit_code"] for each in found] == [127, 124, 0, 9, 0, 0]
    assert found[-1]["command"] == ["true"]
    assert len(found[-2]["attempts"]) == 2
    assert found[0]["project"] == str(box.work)
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", e["started_at"]) for e in found)
    table = box("history", "--limit", "2").out.splitlines()
    assert table[0].split() == ["WHEN", "ENDED", "EXIT", "ATTEMPTS", "TOOK", "COMMAND"]
    assert len(table) == 3
    rows = box("history", "--format", "csv").out.splitlines()
    assert len(rows) == 7


def test_a_task_of_steps_is_one_record(box):
    box.config(
        "version: 1\ntasks:\n  a: {run: [sh, -c, 'true']}\n  b: {run: 'true'}\n  ab: {steps: [a, b]}\n"
    )
    assert box("ab").status == 0
    (found,) = history(box)
    assert (found["task"], found["outcome"]) == ("ab", "succeeded")
    box("a")
    assert history(box)[0]["command"] == ["sh", "-c", "true"]
    found = json.loads(box("stats", "--format", "json").out)
    assert found["runs"] == 2
    assert {name: row["runs"] for name, row in found["by_command"].items()} == {
        "a": 2, "ab": 1, "b": 1,
    }  # fmt: skip
    for task, runs in (("ab", 1), ("a", 2), ("b", 1), ("c", 0)):
        assert json.loads(box("stats", "--task", task, "--format", "json").out)["runs"] == runs


def test_an_interrupted_run_is_remembered(box):
    run = subprocess.Popen(
        [COMMAND, "--no-config", "--", "sh", "-c", "echo on; exec sleep 4022"],
        cwd=box.work, env=box.env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    assert run.stdout.readline() == b"on\n"
    run.send_signal(signal.SIGTERM)
    assert run.wait(30) == -signal.SIGTERM
    run.stdout.close()
    (found,) = history(box)
    assert (found["outcome"], found["exit_code"]) == ("interrupted", 143)


def test_figures_from_reports_of_other_machines(box, tool):
    for words in (["true"], [box.counting(1, 0)]):
        tool("--report", "reports/", "--", *words)
    (box.work / "reports" / "notes.json").write_text("[]")
    done = box("stats", "--from", "reports/*.json", "--format", "json")
    found = json.loads(done.out)
    assert (found["runs"], found["recovered"], found["retry_success_rate"]) == (2, 1, 1.0)
    assert done.own == ["reports/notes.json is left out: it is no report"]
    again = json.loads(box("stats", "--from", "reports", "--format", "json").out)
    assert again["runs"] == 2
    assert box("stats", "--from", "nowhere/*.json").status == 125


def test_the_figures_in_every_form(box, tool):
    from prometheus_client.parser import text_string_to_metric_families

    tool("-r", "1", "--", box.counting(1, 0))
    table = box("stats", env={"COLUMNS": "80"})
    assert "retry success rate: 1 of 1 run with a retry recovered" in table.out
    assert max(map(len, table.out.splitlines())) <= 80
    assert "\033" not in table.out
    families = text_string_to_metric_families(box("stats", "--format", "prometheus").out)
    samples = {sample.name: sample.value for each in families for sample in each.samples}
    assert samples["retryrun_retry_success_rate"] == 1.0
    assert box("stats", "--format", "csv").out.splitlines()[0].startswith("command,runs,")
    assert box("stats", "--html", "page.html").status == 0
    assert (box.work / "page.html").read_text().startswith("<!DOCTYPE html>")
    assert box("stats", "--format", "xml").status == 125
    assert box("stats", "--since", "soon").status == 125


def test_state_that_is_switched_off_is_off(box):
    box.env["RETRYRUN_STATE"] = "off"
    assert box("--", "false").status == 1
    assert box("--breaker", "x", "--", "true").err == ""
    assert not (box.folder / "state").exists()


# -- places that cannot be used


def zeroed(path):
    size = path.stat().st_size
    path.write_bytes(path.read_bytes()[:4096] + bytes(size - 4096))


def cut_short(path):
    os.truncate(path, 5000)


def garbage(path):
    path.write_bytes(b"this is no database, and long enough to be looked at\n" * 200)


@pytest.mark.parametrize("harm", [zeroed, cut_short, garbage])
def test_a_damaged_database_costs_a_warning(harm, box):
    words = ("--breaker", "x", "--", "sh", "-c", "echo out; exit 3")
    box(*words)
    harm(state(box))
    done = box(*words)
    assert (done.status, done.out) == (3, "out\n")
    warnings = [line for line in done.own if line.startswith("warning: ")]
    assert len(warnings) == 1
    assert "was damaged and is now" in warnings[0]
    assert box(*words).own == done.own[1:]


@pytest.fixture
def held(box):
    """A database that another program writes to for a long time."""
    box("--breaker", "x", "--", "true")
    other = sqlite3.connect(state(box), isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    yield
    other.execute("ROLLBACK")
    other.close()


@pytest.fixture
def newer(box):
    box("--breaker", "x", "--", "true")
    with sqlite3.connect(state(box)) as other:
        other.execute("PRAGMA user_version = 99")
    other.close()


@pytest.fixture
def foreign(box):
    state(box).parent.parent.mkdir()
    state(box).parent.write_text("a file where the folder should be")


@pytest.fixture
def no_server(box):
    box.env["RETRYRUN_STATE"] = "redis://:hunter2hunter2@127.0.0.1:1/0"


@pytest.fixture
def no_meaning(box):
    box.env["RETRYRUN_STATE"] = "postgres://me:hunter2hunter2@127.0.0.1/x"


@pytest.mark.parametrize("trouble", ["held", "newer", "foreign", "no_server", "no_meaning"])
def test_a_place_that_cannot_be_used_costs_one_warning(trouble, box, request):
    request.getfixturevalue(trouble)
    done = box("--breaker", "x", "--retry-on", "any", "-r", "1", "--base-delay", "1ms", "--",
               "sh", "-c", "echo out; exit 3")  # fmt: skip
    assert (done.status, done.out) == (3, "out\nout\n")
    warnings = [line for line in done.own if line.startswith("warning: ")]
    assert len(warnings) == 1, done.err
    assert warnings[0].startswith("warning: circuits and retry budgets hold for this run only: ")
    assert "hunter2hunter2" not in done.err


@pytest.mark.parametrize("trouble", ["held", "newer", "foreign"])
def test_where_nobody_counts_on_it_nothing_is_said(trouble, box, request):
    request.getfixturevalue(trouble)
    done = box("--", "echo", "out")
    assert (done.status, done.out, done.err) == (0, "out\n", "")


def test_a_mute_server_is_not_waited_for(box):
    import socket

    with socket.socket() as mute:
        mute.bind(("127.0.0.1", 0))
        mute.listen()
        box.env["RETRYRUN_STATE"] = f"redis://127.0.0.1:{mute.getsockname()[1]}/0"
        done = box("--breaker", "x", "--", "echo", "out")
    assert (done.status, done.out) == (0, "out\n")
    assert len(done.own) == 1
    assert "no answer in time" in done.own[0]


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting a small file system needs root")
@pytest.mark.parametrize("options", ["size=64k", "size=64k,ro"])
def test_a_full_or_read_only_disk_costs_one_warning(options, box):
    place = box.folder / "disk"
    place.mkdir()
    mount = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "none", place], capture_output=True, check=False
    )
    if mount.returncode:
        pytest.skip("file systems cannot be mounted here")
    try:
        if "ro" not in options:
            (place / "filling").write_bytes(bytes(64 * 1024))
        box.env["RETRYRUN_STATE"] = f"sqlite://{place}/s.db"
        done = box("--breaker", "x", "--", "sh", "-c", "echo out; exit 3")
        assert (done.status, done.out) == (3, "out\n")
        warnings = [line for line in done.own if line.startswith("warning: ")]
        assert len(warnings) == 1, done.err
    finally:
        subprocess.run(["umount", place], check=True)


@pytest.mark.skipif(os.geteuid() != 0, reason="becoming another user needs root")
def test_a_user_without_home_or_name(box):
    words = ["setpriv", "--reuid", "12345", "--regid", "12345", "--clear-groups", COMMAND]
    env = {k: v for k, v in box.env.items() if k not in ("HOME", "XDG_STATE_HOME")}
    folder = Path("/tmp/retryrun-12345")
    try:
        done = subprocess.run(
            [*words, "--", "echo", "out"], cwd="/", env=env, capture_output=True, check=False
        )
        if done.returncode == 127 and b"retryrun:" not in done.stderr:
            pytest.skip("this Python cannot be run by other users")
        assert (done.returncode, done.stdout, done.stderr) == (0, b"out\n", b"")
        assert folder.stat().st_mode & 0o777 == 0o700
    finally:
        subprocess.run(["rm", "-rf", folder], check=True)


# -- secrets

A36 = "a1B2c3D4e5F6" * 3
SECRETS = {
    "github": f"ghp_{A36}",
    "github app": f"ghs_{A36[::-1]}",
    "github fine": f"github_pat_11AAAAAAA0{A36}_{A36}ab",
    "gitlab": "glpat-Zyxwvutsrq9876543210",
    "slack": "xoxb-210987654321-ZyXwVuTsRq",
    "npm": f"npm_{A36[5:]}{A36[:5]}",
    "pypi": f"pypi-AgEIcHlwaS5vcmc{A36}",
    "openai": f"sk-proj-{A36[3:]}{A36[:3]}",
    "stripe": "sk_live_9876543210fedcbaZY",
    "google": "AIzaSyZZ9876543210-_zyxwvutsrqponmlkjih",
    "aws id": "AKIAZZZZZZZZZZEXAMPL",
    "jwt": "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI5ODc2In0.Zyx9KgaiFoqk_ZZZ0123456789ab",
}
IN_TEXT = {
    "url": ("https://me:{}@host/x", "Url9Secret8Word7"),
    "bearer": ("Authorization: Bearer {}", "Bearer9Secret8Word7"),
    "basic": ("Authorization: Basic {}", "QmFzaWM5U2VjcmV0OA=="),
    "option": ("tool --token={}", "Option9Secret8Word7"),
    "option apart": ("tool --password {}", "Apart9Secret8Word7"),
    "assignment": ("AWS_SECRET_ACCESS_KEY={}", "Assign9Secret8Word7"),
    "json": ('{{"client_secret": "{}"}}', "Json9Secret8Word7"),
    "query": ("GET /x?access_token={}&b=2", "Query9Secret8Word7"),
    "cookie": ("Set-Cookie: session={}; Path=/", "Cookie9Secret8Word7"),
    "key block": (
        "-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----",
        "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC",
    ),
}
FROM_ENV = {
    "MY_TOKEN": "Env9Token8Value7",
    "DB_PASSWORD": "Pass/9&word 8",
    "API_KEY": "Api9Key8Value77",
}


def test_no_secret_is_found_in_anything_that_is_written(shared):
    import base64
    from urllib.parse import quote

    box, summary = shared, shared.folder / "summary.md"
    wanted = [*SECRETS.values(), *(secret for _, secret in IN_TEXT.values()), *FROM_ENV.values()]
    encoded = [base64.b64encode(b"Env9Token8Value7").decode(), quote("Pass/9&word 8", safe="")]
    assert len(wanted) == 25
    lines = [*SECRETS.values(), *(form.format(secret) for form, secret in IN_TEXT.values())]
    lines += [*FROM_ENV.values(), *encoded]
    text = box.work / "text"
    for number, line in enumerate(lines):
        text.write_text(f"fatal: {line}: Connection refused\n")
        box.env |= FROM_ENV | {
            "GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(summary), "CI": "true",
        }  # fmt: skip
        done = box(
            "-v", "-r", "1", "--base-delay", "1ms", "--breaker", "x", "--report", "reports/",
            "--junit", f"reports/{number}.xml", "--retry-on", "any",
            "--", "sh", "-c", 'cat text; cat text >&2; exit 7; : "$1"', "sh", line,
        )  # fmt: skip
        child = text.read_text() * 2
        own = done.err
        for part in child.splitlines():
            own = own.replace(part + "\n", "")
        for secret in (*wanted, *encoded):
            assert secret not in own, secret
        box("breaker", "reset", "x")
    box("history")
    written = [p for p in box.folder.rglob("*") if p.is_file() and p != text]
    assert any("reports" in str(p) for p in written)
    data = {str(path): path.read_bytes() for path in written}
    url = box.env.get("RETRYRUN_STATE", "")
    if url.startswith("redis"):
        import redis

        with redis.Redis.from_url(url) as client:
            for key in client.keys("*"):
                data[key.decode()] = key + client.dump(key)
            data["history"] = b"\n".join(client.lrange("retryrun:history", 0, -1))
            assert len(data["history"]) > 1000
    for secret in (*wanted, *encoded):
        found = [name for name, each in data.items() if secret.encode() in each]
        assert not found, (secret, found)


def test_a_library_that_is_missing_is_one_warning(box, tmp_path):
    (tmp_path / "none").mkdir()
    (tmp_path / "none" / "redis.py").write_text("raise ImportError('No module named redis')\n")
    box.env |= {"RETRYRUN_STATE": "redis://127.0.0.1:1/0", "PYTHONPATH": str(tmp_path / "none")}
    done = box("--breaker", "x", "--", "echo", "out")
    assert (done.status, done.out) == (0, "out\n")
    assert len(done.own) == 1
    assert "pip install 'retryrun[redis]'" in done.own[0]
    done = box("history")
    assert done.status == 125
    assert "pip install 'retryrun[redis]'" in done.own[0]


def test_a_wait_that_was_cut_short_was_not_spent(box):
    run = subprocess.Popen(
        [COMMAND, "--no-config", "--retry-on", "any", "--base-delay", "50s", "--", "sh", "-c", "echo on >&2; exit 3"],
        cwd=box.work, env=box.env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip
    seen = b""
    while b"Retrying in" not in seen:
        seen += run.stderr.read1(4096)
    run.send_signal(signal.SIGTERM)
    run.wait(30)
    run.stderr.close()
    found = json.loads(box("stats", "--format", "json").out)
    assert found["time_spent_retrying_s"] < 5
