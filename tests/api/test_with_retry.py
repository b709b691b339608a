"""with_retry: what it calls, what it lets through, what comes out."""

import asyncio
import copy
import functools
import inspect
import logging
import pickle
import random
import subprocess
import sys
import threading
import time
import traceback

import pytest

import retryrun
from retryrun import RetryConfig, RetryEvent, with_retry

NO_JITTER = RetryConfig(max_retries=3, jitter=False)


def test_a_success_is_one_call(flaky, clock):
    func = flaky(returns=7)
    assert with_retry()(func)() == 7
    assert len(func.calls) == 1
    assert clock.slept == []


def test_it_calls_again_until_it_succeeds(flaky, clock):
    func = flaky(ConnectionError(), TimeoutError())
    assert with_retry(NO_JITTER)(func)(1, b=2) == "ok"
    assert func.calls == [((1,), {"b": 2})] * 3
    assert clock.slept == [1.0, 2.0]


def test_the_last_error_comes_out_as_it_is(flaky, clock):
    errors = [ConnectionError(n) for n in range(4)]
    func = flaky(*errors)
    with pytest.raises(ConnectionError) as caught:
        with_retry(NO_JITTER)(func)()
    assert caught.value is errors[-1]
    assert len(func.calls) == 4
    assert clock.slept == [1.0, 2.0, 4.0]
    assert caught.value.__context__ is None
    assert "raise self.errors.pop(0)" in "".join(traceback.format_exception(caught.value))


def test_no_retries(flaky, clock):
    func = flaky(ConnectionError(), ConnectionError())
    with pytest.raises(ConnectionError):
        with_retry(RetryConfig(max_retries=0))(func)()
    assert (len(func.calls), clock.slept) == (1, [])


@pytest.mark.parametrize("value", [-1, 1.5, "3", True, None])
def test_retries_are_checked_at_construction(value):
    with pytest.raises((TypeError, ValueError)):
        RetryConfig(max_retries=value)


@pytest.mark.parametrize(
    "wrong",
    [
        {"base_delay": -1}, {"base_delay": float("nan")}, {"base_delay": float("inf")},
        {"max_delay": -1}, {"base_delay": 5, "max_delay": 4}, {"exponential_base": 0.5},
        {"max_delay": float("inf")}, {"max_delay": 10**400}, {"deadline": float("nan")},
        {"exponential_base": 0}, {"exponential_base": float("inf")}, {"max_retries": 10**30},
        {"exponential_base": float("nan")}, {"deadline": -1}, {"jitter": "some"}, {"jitter": 3},
    ],
)  # fmt: skip
def test_values_without_meaning_are_refused(wrong):
    with pytest.raises(ValueError):
        RetryConfig(**wrong)


@pytest.mark.parametrize("wrong", [{"base_delay": "1"}, {"deadline": True}, {"nonsense": 1}])
def test_values_of_the_wrong_type_are_refused(wrong):
    with pytest.raises(TypeError):
        RetryConfig(**wrong)


def test_a_config_is_a_value():
    config = RetryConfig(max_retries=5, base_delay=0.5)
    for same in (pickle.loads(pickle.dumps(config)), copy.copy(config), copy.deepcopy(config)):
        assert same == config
    assert hash(config) == hash(RetryConfig(5, 0.5))
    assert eval(repr(config)) == config
    assert config.replace(max_retries=1) == RetryConfig(1, 0.5)
    assert list(inspect.signature(RetryConfig).parameters)[:2] == ["max_retries", "base_delay"]
    with pytest.raises(AttributeError):
        config.max_retries = 1


def test_any_argument_reaches_the_function(clock):
    seen = []

    @with_retry()
    def f(*args, **kwargs):
        seen.append((args, kwargs))
        if len(seen) == 1:
            raise ConnectionError

    names = {"self": 1, "func": 2, "fn": 3, "config": 4, "args": 5, "error": 6}
    f(1, 2, **names)
    assert seen == [((1, 2), names)] * 2


def test_methods_keep_their_binding(clock):
    class Thing:
        @with_retry()
        def method(self, x):
            return self, x

        @classmethod
        @with_retry()
        def of_class(cls):
            return cls

        @staticmethod
        @with_retry()
        def static(x):
            return x

    thing = Thing()
    assert thing.method(1) == (thing, 1)
    assert Thing.of_class() is Thing
    assert thing.static(3) == 3


def test_it_looks_like_the_function():
    def original(a: int, b: str = "x", *, c: float = 1.0) -> bool:
        """Doc."""

    original.tag = 1
    wrapped = with_retry()(original)
    for name in ("__name__", "__qualname__", "__doc__", "__module__", "__annotations__"):
        assert getattr(wrapped, name) == getattr(original, name)
    assert wrapped.__wrapped__ is original
    assert inspect.signature(wrapped) == inspect.signature(original)
    assert wrapped.tag == 1


INTERRUPTIONS = [KeyboardInterrupt, SystemExit, GeneratorExit, asyncio.CancelledError]


@pytest.mark.parametrize("error", INTERRUPTIONS)
@pytest.mark.parametrize("before", [0, 2])
def test_interruptions_pass_through(error, before, flaky, clock):
    fallback = flaky()
    stop = error()
    func = flaky(*[ConnectionError() for _ in range(before)], stop)
    with pytest.raises(error) as caught:
        with_retry(fallback=fallback)(func)()
    assert caught.value is stop
    assert (len(func.calls), len(clock.slept), fallback.calls) == (before + 1, before, [])


def test_an_interruption_during_the_wait(flaky, clock, monkeypatch):
    def stop(_seconds):
        raise KeyboardInterrupt

    monkeypatch.setattr(time, "sleep", stop)
    func, fallback = flaky(ConnectionError()), flaky()
    with pytest.raises(KeyboardInterrupt):
        with_retry(fallback=fallback)(func)()
    assert (len(func.calls), fallback.calls) == (1, [])


def test_a_permanent_error_is_not_retried(flaky, clock):
    func = flaky(TypeError("no"))
    with pytest.raises(TypeError, match="no"):
        with_retry()(func)()
    assert (len(func.calls), clock.slept) == (1, [])


def test_retryable_then_permanent(flaky, clock):
    func = flaky(ConnectionError(), KeyError("real"))
    with pytest.raises(KeyError, match="real"):
        with_retry()(func)()
    assert len(func.calls) == 2
    func = flaky(ConnectionError(), KeyError("real"))
    assert with_retry(fallback=lambda: "fell")(func)() == "fell"
    assert len(func.calls) == 2


def test_a_sleep_that_is_patched_later_is_seen(flaky, monkeypatch):
    guarded = with_retry(NO_JITTER)(flaky(ConnectionError()))
    slept = []
    monkeypatch.setattr(time, "sleep", slept.append)
    assert guarded() == "ok"
    assert slept == [1.0]


def test_a_sleep_that_runs_out_of_answers_is_an_error(flaky, monkeypatch):
    def exhausted(_seconds):
        raise StopIteration

    monkeypatch.setattr(time, "sleep", exhausted)
    with pytest.raises(StopIteration):
        with_retry(NO_JITTER)(flaky(ConnectionError()))()


def test_a_stop_iteration_of_the_function_comes_out(flaky, clock):
    with pytest.raises(StopIteration):
        with_retry()(flaky(ConnectionError(), StopIteration()))()


def test_the_longest_wait_is_one_that_can_be_slept(flaky, monkeypatch):
    slept = []
    monkeypatch.setattr(time, "sleep", slept.append)
    config = RetryConfig(base_delay=1e300, max_delay=1e300, jitter=False)
    with_retry(config)(flaky(ConnectionError()))()
    assert slept == [1e9]


def test_threads_share_nothing(clock):
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    counts, wrong = [0] * 8, []

    @with_retry(RetryConfig(max_retries=1, base_delay=0, max_delay=0, jitter=False))
    def fails(who):
        counts[who] += 1
        raise ConnectionError(who)

    def work(who):
        for _ in range(2000):
            try:
                fails(who)
            except ConnectionError as error:
                if error.args != (who,):
                    wrong.append(error)
            except BaseException as error:
                wrong.append(error)

    logging.getLogger("retryrun").disabled = True
    try:
        threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
        [thread.start() for thread in threads]
        [thread.join() for thread in threads]
    finally:
        logging.getLogger("retryrun").disabled = False
        sys.setswitchinterval(before)
    assert wrong == []
    assert counts == [4000] * 8


def test_one_decorator_for_two_functions(flaky, clock):
    decorate = with_retry(NO_JITTER)
    a, b = flaky(ConnectionError(), returns="a"), flaky(returns="b")
    assert (decorate(a)(), decorate(b)()) == ("a", "b")
    assert (len(a.calls), len(b.calls)) == (2, 1)


def test_the_testing_switch(flaky, clock):
    func = flaky(*[ConnectionError() for _ in range(9)])
    with retryrun.testing():
        with retryrun.testing(attempts=2):
            with pytest.raises(ConnectionError):
                with_retry()(func)()
            assert len(func.calls) == 2
        with pytest.raises(ConnectionError):
            with_retry()(func)()
        assert len(func.calls) == 6
    assert clock.slept == []
    with pytest.raises(RuntimeError), retryrun.testing():
        raise RuntimeError
    assert with_retry(NO_JITTER)(func)() == "ok"
    assert clock.slept == [1.0, 2.0, 4.0]


def test_one_testing_block_used_twice(flaky, clock):
    block = retryrun.testing(attempts=1)
    for _ in range(2):
        with block, block:
            pass
    assert with_retry(NO_JITTER)(flaky(ConnectionError()))() == "ok"
    assert clock.slept == [1.0]
    for wrong in (0, -1):
        with pytest.raises(ValueError):
            retryrun.testing(attempts=wrong)


def test_switched_off(flaky, clock):
    retryrun.set_active(False)
    try:
        func = flaky(ConnectionError(), ConnectionError())
        with pytest.raises(ConnectionError):
            with_retry()(func)()
        assert len(func.calls) == 1
        assert with_retry(fallback=lambda: "fell")(func)() == "fell"
        assert not retryrun.is_active()
    finally:
        retryrun.set_active(True)


def generator():
    yield 1


async def async_generator():
    yield 1


async def coroutine():
    return 1


@pytest.mark.parametrize(
    "wrong", [generator, async_generator, coroutine, functools.partial(coroutine), 3, None]
)
def test_what_cannot_be_guarded_is_refused_at_decoration(wrong):
    with pytest.raises(TypeError):
        with_retry()(wrong)


def test_forgotten_parentheses_are_told():
    with pytest.raises(TypeError, match="with_retry"):
        with_retry(lambda: 1)


class Callable:
    def __call__(self):
        return "called"


@pytest.mark.parametrize(
    ("func", "args", "result"),
    [
        (functools.partial(int, base=2), ("10",), 2),
        (Callable(), (), "called"),
        (lambda: 5, (), 5),
        (len, ("abc",), 3),
        (dict, (), {}),
    ],
)
def test_every_callable_will_do(func, args, result):
    assert with_retry()(func)(*args) == result


def test_a_class_whose_constructor_fails_once(clock):
    class Thing:
        made = 0

        def __init__(self):
            Thing.made += 1
            if Thing.made == 1:
                raise ConnectionError

    assert isinstance(with_retry()(Thing)(), Thing)


def test_a_builtin_without_a_name_is_logged(clock, caplog):
    class Nameless:
        def __call__(self):
            raise ConnectionError("down")

    with pytest.raises(ConnectionError):
        with_retry(RetryConfig(max_retries=1))(Nameless())()
    assert caplog.messages[0].startswith("Nameless failed (attempt 1/2): down. Retrying in ")


def test_an_exception_that_is_returned_is_a_value(flaky):
    error = ConnectionError()
    assert with_retry()(flaky(returns=error))() is error


def test_the_log_lines(clock, caplog):
    @with_retry(NO_JITTER)
    def operation():
        raise ConnectionError("Connection timeout")

    with pytest.raises(ConnectionError):
        operation()
    assert caplog.messages == [
        f"operation failed (attempt {n}/4): Connection timeout. Retrying in {d}.0s..."
        for n, d in ((1, 1), (2, 2), (3, 4))
    ]
    assert {(r.name, r.levelname) for r in caplog.records} == {("retryrun", "WARNING")}


def test_a_deadline_for_the_whole_call(clock):
    config = RetryConfig(max_retries=9, base_delay=3, max_delay=60, jitter=False, deadline=10)
    calls = []

    @with_retry(config)
    def slow():
        calls.append(clock.now)
        clock.now += 2
        raise ConnectionError

    with pytest.raises(ConnectionError):
        slow()
    assert clock.slept == [3.0]
    assert len(calls) == 2
    assert clock.now - 1000 < 10


def test_why_it_gave_up_is_said_where_the_error_does_not(clock, caplog, flaky):
    wish = HTTPError(Response(429, retry_after="300"))
    with pytest.raises(HTTPError):
        with_retry(NO_JITTER)(flaky(wish))()
    with pytest.raises(ConnectionError):
        with_retry(RetryConfig(deadline=0.5, jitter=False))(flaky(ConnectionError("down")))()
    assert caplog.messages == [
        "Flaky failed (attempt 1/4): status 429. "
        "The server asks to wait 300s, more than max_delay: not retried",
        "Flaky failed (attempt 1/4): down. No time is left before the deadline: not retried",
    ]
    assert clock.slept == []


def test_a_success_in_time_is_returned_whatever_it_took(clock, flaky):
    @with_retry(RetryConfig(deadline=1))
    def slow():
        clock.now += 5
        return "late"

    assert slow() == "late"


class Response:
    def __init__(self, status, **headers):
        self.status_code = status
        self.headers = {k.replace("_", "-"): v for k, v in headers.items()}


class HTTPError(Exception):
    def __init__(self, response):
        super().__init__(f"status {response.status_code}")
        self.response = response


def test_the_servers_wish_is_a_floor(flaky, clock):
    func = flaky(HTTPError(Response(429, retry_after="7")))
    with_retry(NO_JITTER)(func)()
    assert clock.slept == [7.0]


def test_an_open_circuit_is_not_hammered(flaky, clock):
    func = flaky(retryrun.CircuitOpenError())
    with pytest.raises(retryrun.CircuitOpenError):
        with_retry()(func)()
    assert len(func.calls) == 1


def test_events(flaky, clock):
    events = []
    error = ConnectionError()
    with_retry(NO_JITTER, on_event=events.append)(flaky(error))()
    retrying, recovered = events
    assert retrying == RetryEvent("retrying", "Flaky", 1, 4, error, "network", delay=1.0)
    assert recovered == RetryEvent("recovered", "Flaky", 2, 4, None, "network")


@pytest.mark.parametrize(
    ("errors", "attempt", "reason"),
    [([ValueError()], 1, "not_retried"), ([ConnectionError() for _ in range(4)], 4, "none_left")],
)
def test_the_event_of_giving_up(flaky, clock, errors, attempt, reason):
    events = []
    guarded = with_retry(NO_JITTER, lambda: "fell", on_event=events.append)(flaky(*errors))
    assert guarded() == "fell"
    last = events[-1]
    assert (last.kind, last.attempt, last.error, last.reason) == (
        "gave_up", attempt, errors[-1], reason,
    )  # fmt: skip


def test_a_hook_that_fails_is_logged_and_changes_nothing(flaky, clock, caplog):
    def hook(_event):
        raise RuntimeError("hook")

    assert with_retry(NO_JITTER, on_event=hook)(flaky(ConnectionError()))() == "ok"
    assert "on_event failed" in caplog.text


def test_a_policy_by_name(flaky, clock, tmp_path, monkeypatch):
    (tmp_path / ".git").mkdir()
    (tmp_path / "recovery.yaml").write_text(
        "policies: {mine: {max_retries: 1, base_delay: 9s, jitter: none, fallback: [x], timeout: 1s}}"
    )
    monkeypatch.chdir(tmp_path)
    func = flaky(ConnectionError())
    assert with_retry("mine")(func)() == "ok"
    assert clock.slept == [9.0]
    assert with_retry("quick")(flaky())() == "ok"
    with pytest.raises(ValueError, match="no policy 'nope'; there are: mine, default, quick"):
        with_retry("nope")
    with pytest.raises(ValueError, match="did you mean 'quick'"):
        with_retry("quik")


def test_a_policys_lists_and_rules_hold_for_calls(flaky, clock, tmp_path, monkeypatch):
    (tmp_path / "mine.yaml").write_text("""
policies:
  codes: {retry_on: [], retry_on_exit_code: [1, 3]}
  warm: {retry_on: [registry-warming-up], jitter: none, deadline: 100s}
rules:
  - {id: registry-warming-up, category: transient, output: 'warming (up|down)', retry_after: 'in (?P<seconds>[0-9]+) s'}
disable_rules: [net.refused]
""")
    monkeypatch.setenv("RETRYRUN_CONFIG", str(tmp_path / "mine.yaml"))
    func = flaky(Exception("the registry is warming up, retry in 9 s"))
    assert with_retry("warm")(func)() == "ok"
    assert clock.slept == [9.0]
    failed = subprocess.CalledProcessError(3, ["deploy"])
    assert with_retry("codes")(flaky(failed))() == "ok"
    for error in (ConnectionError(), subprocess.CalledProcessError(2, ["deploy"])):
        func = flaky(error)
        with pytest.raises(type(error)):
            with_retry("codes")(func)()
        assert len(func.calls) == 1


def test_a_recovery_yaml_that_is_wrong_is_told_at_decoration(tmp_path, monkeypatch):
    (tmp_path / "mine.yaml").write_text("policies: {mine: {max_retrys: 1}}")
    monkeypatch.setenv("RETRYRUN_CONFIG", str(tmp_path / "mine.yaml"))
    with pytest.raises(Exception, match=r"mine.yaml:1:\d+: .*max_retrys"):
        with_retry("mine")


def test_what_is_logged_is_one_line_without_secrets(clock, caplog, flaky, monkeypatch):
    url = "https://user:hunter22secret@example.org/x"
    error = ConnectionError(f"cannot reach {url}\nnext line\x1b[31m" + "x" * 2000)
    with_retry(NO_JITTER)(flaky(error))()
    (line,) = caplog.messages
    assert "hunter22secret" not in line
    assert "\n" not in line
    assert "\x1b" not in line
    assert len(line) < 500


def test_an_error_without_words_is_named(clock, caplog, flaky):
    with_retry(NO_JITTER)(flaky(TimeoutError()))()
    assert caplog.messages == ["Flaky failed (attempt 1/4): TimeoutError. Retrying in 1.0s..."]


class Mute(ConnectionError):
    def __str__(self):
        raise RuntimeError("no words")


def test_an_error_that_cannot_be_printed_is_judged_all_the_same(clock, caplog, flaky):
    with_retry(NO_JITTER)(flaky(Mute()))()
    assert caplog.messages == ["Flaky failed (attempt 1/4): Mute. Retrying in 1.0s..."]


# -- fallbacks


def test_the_fallback_gets_the_calls_arguments_once(flaky, clock):
    fallback = flaky(returns="fell")
    func = flaky(*[ConnectionError()] * 4)
    assert with_retry(NO_JITTER, fallback)(func)(1, b=2) == "fell"
    assert fallback.calls == [((1,), {"b": 2})]


def test_no_fallback_after_a_success(flaky, clock):
    fallback = flaky()
    with_retry(fallback=fallback)(flaky(ConnectionError()))()
    assert fallback.calls == []


def test_a_permanent_error_falls_back_without_retries(flaky, clock):
    func = flaky(ValueError())
    assert with_retry(fallback=lambda: "fell")(func)() == "fell"
    assert (len(func.calls), clock.slept) == (1, [])


def test_a_fallback_that_fails(flaky, clock):
    last, second = ValueError("last"), KeyError("second")
    fallback = flaky(second)
    with pytest.raises(KeyError) as caught:
        with_retry(fallback=fallback)(flaky(last))()
    assert caught.value is second
    assert caught.value.__context__ is last
    assert len(fallback.calls) == 1


# -- delays, judgements


def test_calculate_delay():
    config = RetryConfig(jitter=False)
    assert [retryrun.calculate_delay(n, config) for n in range(8)] == [1, 2, 4, 8, 16, 32, 60, 60]
    flat = RetryConfig(base_delay=3, exponential_base=1, jitter=False)
    assert {retryrun.calculate_delay(n, flat) for n in (0, 1, 7, 10**6)} == {3}
    for n in (1024, 5000, 10**6):
        assert retryrun.calculate_delay(n, config) == 60
        assert retryrun.calculate_delay(n, RetryConfig(base_delay=2, exponential_base=2)) <= 60
    with pytest.raises(ValueError):
        retryrun.calculate_delay(-1, config)


def test_jitter_spreads_evenly_within_its_band():
    random.seed(7)  # a mean three deviations off would come once in 370 runs
    draws = [retryrun.calculate_delay(3, RetryConfig()) for _ in range(10_000)]
    assert all(4 <= each <= 12 for each in draws)
    assert abs(sum(draws) / len(draws) - 8) < 3 * (8 / 12**0.5) / 100
    assert len(set(draws)) > 9_000
    assert max(retryrun.calculate_delay(9, RetryConfig()) for _ in range(1000)) <= 60


def test_seeded_jitter_can_be_repeated():
    def once():
        random.seed(7)
        return [retryrun.calculate_delay(n, RetryConfig(jitter="full")) for n in range(5)]

    assert once() == once()


@pytest.mark.parametrize(
    ("error", "attempt", "retries", "expected"),
    [
        (ConnectionError(), 0, 3, True), (ConnectionError(), 2, 3, True),
        (ConnectionError(), 3, 3, False), (ConnectionError(), 0, 0, False),
        (ValueError(), 0, 3, False), (KeyboardInterrupt(), 0, 3, False),
        (retryrun.CircuitOpenError(), 0, 3, False),
    ],
)  # fmt: skip
def test_should_retry(error, attempt, retries, expected):
    assert retryrun.should_retry(error, attempt, retries) is expected


def test_nothing_slow_is_imported_until_it_is_needed():
    code = (
        "import sys; import retryrun; f = retryrun.with_retry()(len); f('');"
        "retryrun.RetryConfig(); b = retryrun.CircuitBreaker(); b.call(len, '');"
        "print(*(set(sys.modules) & {'asyncio','dataclasses','inspect','enum','logging','re','typing','random'}))"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c",
         f"import sys; sys.path.insert(0, {retryrun.__path__[0] + '/..'!r}); {code}"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout == "\n"
