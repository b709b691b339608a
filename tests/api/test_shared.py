"""Breakers and budgets by name: the command line, other programs and this one."""

import asyncio
import os
import subprocess
import sys
import threading

import pytest

import retryrun
from retryrun import CircuitBreaker, CircuitOpenError, RetryConfig, with_retry, with_retry_async
from retryrun import shared
from retryrun.store.sqlite import SqliteStore

YAML = """\
breakers: {pypi: {failure_threshold: 2, recovery_timeout: 30s}, rate: {failure_rate: 0.5, min_calls: 4, failure_threshold: 99}}
policies:
  mine: {max_retries: 3, base_delay: 1s, jitter: none, breaker: pypi}
  thrifty: {max_retries: 9, base_delay: 0s, budget: {share: 0.5, reserve: 2}}
"""
REFUSED = ["sh", "-c", "echo 'curl: (7) Failed to connect: Connection refused' >&2; exit 7"]


def fail():
    raise ConnectionError("down")


def trip(breaker, times):
    for _ in range(times):
        with pytest.raises(ConnectionError):
            breaker.call(fail)


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project with a recovery.yaml, and state of its own."""
    for name in [name for name in os.environ if name.startswith("RETRYRUN_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / ".git").mkdir()
    (tmp_path / "recovery.yaml").write_text(YAML)
    monkeypatch.chdir(tmp_path)
    yield tmp_path
    shared._states.close()


@pytest.fixture
def wall(monkeypatch):
    """A clock of the store that can be moved."""

    class Wall:
        now = 1_700_000_000.0

    made = SqliteStore.__init__

    def make(self, *args, **kwargs):
        made(self, *args, **{**kwargs, "clock": lambda: Wall.now})

    monkeypatch.setattr(SqliteStore, "__init__", make)
    return Wall


def cli(*words):
    return subprocess.run(
        [sys.executable, "-m", "retryrun", *words], capture_output=True, text=True, timeout=60
    )


def test_two_of_one_name_are_one(project, wall):
    one, other = CircuitBreaker.shared("pypi"), CircuitBreaker.shared("pypi")
    trip(one, 1)
    assert other.failure_count == 1
    trip(other, 1)
    assert one.state == other.state == "OPEN"
    with pytest.raises(CircuitOpenError) as caught:
        one.call(lambda: 1)
    assert (caught.value.name, caught.value.retry_after) == ("pypi", 30.0)
    wall.now += 30
    assert one.state == "HALF_OPEN"
    assert one.call(lambda: 7) == 7
    assert (other.state, other.failure_count) == ("CLOSED", 0)


def test_a_success_between_clears_the_count(project):
    breaker = CircuitBreaker.shared("pypi")
    trip(breaker, 1)
    breaker.call(lambda: 1)
    trip(breaker, 1)
    assert breaker.state == "CLOSED"


def test_the_command_line_meets_what_a_program_tripped(project):
    trip(CircuitBreaker.shared("pypi"), 2)
    done = cli("--breaker", "pypi", "--", "true")
    assert (done.returncode, done.stdout) == (75, "")
    assert cli("breaker", "reset", "pypi").returncode == 0
    assert CircuitBreaker.shared("pypi").state == "CLOSED"


def test_a_program_meets_what_the_command_line_tripped(project):
    breaker = CircuitBreaker.shared("pypi")
    assert cli("-r", "1", "--base-delay", "0", "--breaker", "pypi", "--", *REFUSED).returncode == 7
    with pytest.raises(CircuitOpenError):
        breaker.call(lambda: 1)
    assert cli("breaker", "reset", "pypi").returncode == 0
    assert breaker.call(lambda: 1) == 1
    assert cli("breaker", "open", "pypi").returncode == 0
    with pytest.raises(CircuitOpenError, match="held open"):
        breaker.call(lambda: 1)


def test_a_failure_rate_of_recovery_yaml(project, wall):
    breaker = CircuitBreaker.shared("rate")
    breaker.call(lambda: 1)
    breaker.call(lambda: 1)
    trip(breaker, 2)
    assert breaker.state == "OPEN"


def test_what_is_not_declared_has_the_defaults(project):
    breaker = CircuitBreaker.shared("other", ConnectionError)
    with pytest.raises(ValueError):
        breaker.call(int, "x")
    trip(breaker, 4)
    assert breaker.state == "CLOSED"
    trip(breaker, 1)
    assert breaker.state == "OPEN"


def test_every_way_of_calling(project, wall):
    heard = []
    breaker = CircuitBreaker.shared("pypi", listeners=(lambda _b, *move: heard.append(move),))

    async def down():
        raise ConnectionError

    async def main():
        with pytest.raises(ConnectionError):
            await breaker.call_async(down)
        with pytest.raises(ConnectionError):
            async with breaker:
                raise ConnectionError
        with pytest.raises(CircuitOpenError):
            await breaker(down)()

    asyncio.run(main())
    with pytest.raises(CircuitOpenError), breaker:
        pytest.fail("not entered")
    wall.now += 30
    with breaker:
        pass
    with pytest.raises(TypeError):
        breaker.call(down)
    breaker.open()
    breaker.reset()
    moves = [("CLOSED", "OPEN"), ("OPEN", "HALF_OPEN"), ("HALF_OPEN", "CLOSED")]
    assert heard == [*moves, ("CLOSED", "OPEN"), ("OPEN", "CLOSED")]


def test_a_trial_whose_process_is_gone_frees_the_door_at_once(project):
    code = "\n".join((
        "import os, retryrun, time",
        "breaker = retryrun.CircuitBreaker.shared('quick')",
        "try: breaker.call(lambda: 1 / 0)",
        "except ZeroDivisionError: pass",
        "time.sleep(0.02)",
        "breaker.call(os._exit, 3)",
    ))  # fmt: skip
    (project / "recovery.yaml").write_text(
        "breakers: {quick: {failure_threshold: 1, recovery_timeout: 10ms}}"
    )
    assert subprocess.run([sys.executable, "-c", code], timeout=60).returncode == 3
    breaker = CircuitBreaker.shared("quick", trial_timeout=600)
    assert breaker.call(lambda: "let through") == "let through"


def test_threads_count_exactly(project):
    breaker = CircuitBreaker.shared("rate")
    (project / "recovery.yaml").write_text("breakers: {many: {failure_threshold: 1000}}")
    breaker = CircuitBreaker.shared("many")

    def work():
        for _ in range(20):
            with pytest.raises(ConnectionError):
                breaker.call(fail)

    threads = [threading.Thread(target=work) for _ in range(8)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert breaker.failure_count == 160


def test_a_child_process_has_a_connection_of_its_own(project):
    breaker = CircuitBreaker.shared("other")
    trip(breaker, 1)
    child = os.fork()
    if child == 0:
        try:
            breaker.call(fail)
        except ConnectionError:
            os._exit(breaker.failure_count)
        os._exit(99)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 2
    assert breaker.failure_count == 2


def test_a_place_that_cannot_be_used_is_one_warning(project, monkeypatch, caplog):
    monkeypatch.setenv("RETRYRUN_STATE", f"sqlite:///{project}/recovery.yaml/state.db")
    one, other = CircuitBreaker.shared("pypi"), CircuitBreaker.shared("pypi")
    trip(one, 2)
    assert other.state == "OPEN"  # they are one in this program still
    (record,) = caplog.records
    assert (record.name, record.levelname) == ("retryrun", "WARNING")
    assert "recovery.yaml" in record.getMessage()


def test_a_server_that_is_not_there(project, monkeypatch, caplog):
    monkeypatch.setenv("RETRYRUN_STATE", "redis://127.0.0.1:1/0")
    breaker = CircuitBreaker.shared("pypi")
    trip(breaker, 2)
    assert breaker.state == "OPEN"
    assert len(caplog.records) == 1


def test_state_that_is_switched_off_is_this_programs(project, monkeypatch, caplog):
    monkeypatch.setenv("RETRYRUN_STATE", "off")
    trip(CircuitBreaker.shared("switched"), 5)
    assert CircuitBreaker.shared("switched").state == "OPEN"
    assert caplog.records == []
    assert not (project / "state").exists()


def test_a_fleet(project, monkeypatch, redis_url):  # noqa: F811
    monkeypatch.setenv("RETRYRUN_STATE", redis_url)
    trip(CircuitBreaker.shared("pypi"), 2)
    assert cli("--breaker", "pypi", "--", "true").returncode == 75
    assert CircuitBreaker.shared("pypi").state == "OPEN"


def test_a_name_is_needed():
    for wrong in ("", None, 3, int):
        with pytest.raises(TypeError):
            CircuitBreaker.shared(wrong)


def test_nothing_of_it_is_imported_unless_it_is_shared():
    code = (
        "import sys, retryrun; retryrun.CircuitBreaker(name='x').call(len, '');"
        "print([m for m in sys.modules if 'sqlite' in m or 'retryrun.s' in m])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.stdout == "[]\n"


# -- policies of recovery.yaml that have a breaker or a budget


def test_a_policys_breaker_guards_calls(project, flaky, clock):
    func = flaky(*[ConnectionError(n) for n in range(9)])
    guarded = with_retry("mine")(func)
    with pytest.raises(ConnectionError) as caught:
        guarded()
    assert caught.value.args == (1,)  # opened at the second failure: no further attempt
    assert len(func.calls) == 2
    with pytest.raises(CircuitOpenError) as refused:
        guarded()
    assert refused.value.name == "pypi"
    assert 0 < refused.value.retry_after <= 30
    assert len(func.calls) == 2
    assert cli("-p", "mine", "--", "true").returncode == 75
    assert with_retry("mine", fallback=lambda: "fell")(func)() == "fell"
    CircuitBreaker.shared("pypi").reset()
    func.errors.clear()
    assert guarded() == "ok"


def test_errors_that_are_not_retried_say_nothing_of_the_service(project, flaky, clock):
    guarded = with_retry("mine")(flaky(*[ValueError()] * 5))
    for _ in range(5):
        with pytest.raises(ValueError):
            guarded()
    assert CircuitBreaker.shared("pypi").state == "CLOSED"


@pytest.mark.parametrize("stop", [KeyboardInterrupt, SystemExit, asyncio.CancelledError])
def test_an_interrupted_trial_frees_the_door(project, flaky, clock, wall, stop):
    breaker = CircuitBreaker.shared("pypi")
    trip(breaker, 2)
    wall.now += 30
    with pytest.raises(stop):
        with_retry("mine")(flaky(stop()))()
    assert breaker.state == "HALF_OPEN"
    assert with_retry("mine")(flaky())() == "ok"
    assert breaker.state == "CLOSED"


def test_a_policys_breaker_guards_coroutines(project, flaky, clock):
    func = flaky(*[ConnectionError() for _ in range(9)])
    events = []
    guarded = with_retry_async("mine", on_event=events.append)(func.coroutine)
    with pytest.raises(ConnectionError):
        asyncio.run(guarded())
    with pytest.raises(CircuitOpenError):
        asyncio.run(guarded())
    assert len(func.calls) == 2
    assert [event.reason for event in events] == [None, "circuit_open", "circuit_open"]
    assert events[-1].attempt == 0


def test_a_policys_budget_is_shared_with_the_command_line(project, flaky, clock, caplog):
    func = flaky(*[ConnectionError() for _ in range(9)])
    with pytest.raises(ConnectionError):
        with_retry("thrifty")(func)()
    assert len(func.calls) == 3  # two retries are there at once
    assert "The retry budget is spent" in caplog.messages[-1]
    done = cli("-p", "thrifty", "--", *REFUSED)
    assert done.returncode == 7
    assert "attempt 1/10" in done.stderr


def test_tests_do_not_touch_what_is_shared(project, flaky, clock):
    with retryrun.testing(), pytest.raises(ConnectionError):
        with_retry("mine")(flaky(*[ConnectionError() for _ in range(9)]))()
    assert not (project / "state").exists()


def test_two_budgets_are_one_too_many(project):
    with pytest.raises(ValueError, match="thrifty"):
        with_retry("thrifty", budget=retryrun.RetryBudget())
    with_retry("mine", budget=retryrun.RetryBudget())
    with_retry(RetryConfig(), budget=retryrun.RetryBudget())
