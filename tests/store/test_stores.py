"""What every store does alike."""

import json
import threading
import time

import pytest

from retryrun.core import breaker
from retryrun.core.breaker import BreakerConfig, BreakerState
from retryrun.core.budget import BudgetConfig, BudgetState, deposit, spend
from retryrun.store.cells import BREAKERS, BUDGETS

CONFIG = BreakerConfig(failure_threshold=3, recovery_timeout=60.0)


def fail(state, now):
    """Count one failure."""
    state, permit = breaker.admit(CONFIG, state, now)
    return breaker.settle(CONFIG, state, permit, False, now), state.failures


def count(state, _now):
    return state.replace(failures=state.failures + 1), state.failures + 1


def record(n, **more):
    return json.dumps(
        {
            "run_id": f"r{n}",
            "command": ["true"],
            "task": None,
            "outcome": "succeeded",
            "exit_code": 0,
            "total_duration_s": 1.5,
            "started": time.time() - 1000 + n,
            "project": "/p",
            **more,
        }
    )


def test_a_new_record_is_as_its_kind_begins(store):
    assert store.change(BREAKERS, "x", lambda state, _now: (state, state)) == BreakerState()
    assert store.change(BUDGETS, "x", lambda state, _now: (state, state)) == BudgetState()


def test_a_change_is_there_for_the_next(make_store):
    assert make_store().change(BREAKERS, "x", fail) == 0
    assert make_store().change(BREAKERS, "x", fail) == 1
    cells, _ = make_store().all(BREAKERS)
    assert cells["x"].failures == 2


def test_every_field_survives(make_store):
    full = BreakerState(3, 12.5, 7, 99.25, True, 4, "who 1 2", 1.5, 2, 3, 4, 5)
    make_store().change(BREAKERS, "x", lambda _state, _now: (full, None))
    found = make_store().all(BREAKERS)[0]["x"]
    assert found == full
    assert found.opened_at == 12.5
    assert bool(found.forced) is True


def test_names_and_kinds_are_apart(store):
    store.change(BREAKERS, "x", fail)
    store.change(BREAKERS, "y: ü'\"", fail)
    store.change(BUDGETS, "x", lambda state, _now: spend(BudgetConfig(), state))
    assert set(store.all(BREAKERS)[0]) == {"x", "y: ü'\""}
    assert store.all(BUDGETS)[0]["x"].missing == 1.0


def test_the_time_is_the_wall_clocks(store):
    now = store.change(BREAKERS, "x", lambda state, now: (state, now))
    assert abs(now - time.time()) < 60
    assert abs(store.all(BREAKERS)[1] - time.time()) < 60


def test_changes_of_a_circuit_are_recorded_once_each(store):
    for _ in range(3):
        store.change(BREAKERS, "pypi", fail)
    store.change(BREAKERS, "pypi", lambda state, _now: (breaker.closed(state), None))
    store.change(BUDGETS, "pypi", lambda state, _now: (deposit(BudgetConfig(), state), None))
    events = store.archive().events(0.0)
    assert [event[1:] for event in events] == [
        ("pypi", "CLOSED", "OPEN"),
        ("pypi", "OPEN", "CLOSED"),
    ]


def test_a_change_that_raises_changes_nothing(store):
    store.change(BREAKERS, "x", count)

    def broken(_state, _now):
        raise RuntimeError("x")

    with pytest.raises(RuntimeError):
        store.change(BREAKERS, "x", broken)
    assert store.change(BREAKERS, "x", count) == 2


def test_threads_that_count_together_lose_nothing(make_store):
    def work():
        own = make_store()
        for _ in range(20):
            own.change(BREAKERS, "x", count)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert make_store().change(BREAKERS, "x", count) == 161


def test_history_comes_back_the_newest_first(store):
    for n in range(3):
        store.remember(record(n), days=90, megabytes=64)
    runs = store.archive().runs(2)
    assert [run["run_id"] for run in runs] == ["r2", "r1"]
    assert runs[0]["total_duration_s"] == 1.5
    assert runs[0]["project"] == "/p"


def test_history_that_is_too_old_goes(store):
    store.remember(record(0, started=time.time() - 40 * 86400), days=30, megabytes=64)
    store.remember(record(1), days=30, megabytes=64)
    assert [run["run_id"] for run in store.archive(days=30).runs(9)] == ["r1"]


def test_a_line_that_is_no_record_is_left_out(store):
    for line in ("", "{", "[]", '{"outcome": 3}', '{"outcome": "failed"}', record(1)):
        store.remember(line, days=90, megabytes=64)
    assert len(store.archive().runs(9)) == 1
