#!/usr/bin/env python3
"""What a guarded call costs, beside the peers, in one run.

    python3 -m pip install retryrun tenacity stamina backoff pybreaker circuitbreaker purgatory aiobreaker
    python3 benchmarks/library.py [ROUNDS]

Every contestant runs the same empty function. Rounds are interleaved, so that whatever else the machine does
befalls all alike; the median round of each is shown, in nanoseconds a call, with its ratio to the smallest
closure that does the job. Peers that are not installed are left out, with a note. Tables in Markdown go to
standard output.
"""

from __future__ import annotations

import asyncio
import importlib
import logging
import os
import platform
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import threading
import time

ROUNDS = 25
CALLS = 20_000
ASYNC_CALLS = 8_000
REFUSED_CALLS = 1_000
THREADS = 8
IMPORTS = 15


def empty():
    return None


def fails():
    raise ConnectionError


async def empty_async():
    return None


def smallest_retry(func):
    """The least that can be called retrying: try once, keep the loop out of line."""

    def again(args, kwargs, error):
        raise error

    def guarded(*args, **kwargs):
        try:
            return func(*args, **kwargs)
        except Exception as error:
            return again(args, kwargs, error)

    return guarded


def smallest_retry_async(func):
    async def guarded(*args, **kwargs):
        try:
            return await func(*args, **kwargs)
        except Exception as error:
            raise error

    return guarded


# -- who takes part: the kind, the function to call

CLOSURE = [("retry", smallest_retry(empty)), ("retry, async", smallest_retry_async(empty_async))]


def ours(m):
    breaker, budget = m.CircuitBreaker(), m.RetryBudget()
    limited = m.RetryConfig(deadline=60)
    return [
        ("retry", "with_retry", m.with_retry()(empty)),
        ("retry", "with_retry, deadline", m.with_retry(limited)(empty)),
        ("retry", "with_retry, budget", m.with_retry(budget=budget)(empty)),
        ("retry, async", "with_retry_async", m.with_retry_async()(empty_async)),
        ("breaker", "CircuitBreaker.call", lambda: breaker.call(empty)),
        ("breaker", "CircuitBreaker, decorator", breaker(empty)),
        ("breaker, async", "CircuitBreaker.call_async", lambda: breaker.call_async(empty_async)),
        ("breaker, open", "CircuitBreaker.call", refused(tripped(m.CircuitBreaker(1)).call)),
    ]


def tenacity(m):
    retry = m.retry(stop=m.stop_after_attempt(3))
    return [("retry", "", retry(empty)), ("retry, async", "", retry(empty_async))]


def stamina(m):
    retry = m.retry(on=OSError, attempts=3)
    return [("retry", "", retry(empty)), ("retry, async", "", retry(empty_async))]


def backoff(m):
    retry = m.on_exception(m.expo, OSError, max_tries=3)
    return [("retry", "", retry(empty)), ("retry, async", "", retry(empty_async))]


def pybreaker(m):
    breaker = m.CircuitBreaker()
    opened = tripped(m.CircuitBreaker(fail_max=1))
    return [
        ("breaker", "", lambda: breaker.call(empty)),
        ("breaker, open", "", refused(opened.call)),
    ]


def circuitbreaker(m):
    breaker, opened = m.CircuitBreaker(), m.CircuitBreaker(failure_threshold=1)
    return [
        ("breaker", "", breaker(empty)),
        ("breaker, async", "", m.CircuitBreaker()(empty_async)),
        ("breaker, open", "", refused_call(opened(fails))),
    ]


def aiobreaker(m):
    breaker = m.CircuitBreaker()
    opened = tripped(m.CircuitBreaker(fail_max=1))
    return [
        ("breaker", "", lambda: breaker.call(empty)),
        ("breaker, async", "", lambda: breaker.call_async(empty_async)),
        ("breaker, open", "", refused(opened.call)),
    ]


def purgatory(m):
    return [
        ("breaker", "", m.SyncCircuitBreakerFactory()("sync")(empty)),
        ("breaker, async", "", m.AsyncCircuitBreakerFactory()("async")(empty_async)),
        (
            "breaker, open",
            "",
            refused_call(m.SyncCircuitBreakerFactory(default_threshold=1)("open")(fails)),
        ),
    ]


PEERS = {
    "tenacity": tenacity, "stamina": stamina, "backoff": backoff, "pybreaker": pybreaker,
    "circuitbreaker": circuitbreaker, "aiobreaker": aiobreaker, "purgatory": purgatory,
}  # fmt: skip


def tripped(breaker):
    """Open it."""
    for _ in range(2):
        try:
            breaker.call(fails)
        except Exception:
            continue
    return breaker


def refused(call):
    def once():
        try:
            call(empty)
        except Exception:
            return

    return once


def refused_call(func):
    def once():
        try:
            func()
        except Exception:
            return

    once()
    once()
    return once


def contestants():
    """Everyone who is installed: (kind, name, function)."""
    for kind, func in CLOSURE:
        yield kind, "smallest closure", func
    for module, make in (("retryrun", ours), *PEERS.items()):
        try:
            found = importlib.import_module(module)
        except ImportError:
            print(f"{module} is not installed and left out", file=sys.stderr)
            continue
        for kind, name, func in make(found):
            yield kind, f"{module} {name}".strip(), func


# -- measuring


def calls_of(kind):
    return REFUSED_CALLS if "open" in kind else ASYNC_CALLS if "async" in kind else CALLS


def one_thread(kind, func, calls):
    """Seconds for so many calls in this thread."""
    if "async" in kind:
        return asyncio.run(awaited(func, calls))
    start = time.perf_counter()
    for _ in range(calls):
        func()
    return time.perf_counter() - start


async def awaited(func, calls):
    start = time.perf_counter()
    for _ in range(calls):
        await func()
    return time.perf_counter() - start


def eight_threads(kind, func, calls):
    """Seconds for so many calls by eight threads at once, each with a loop of its own if async."""
    barrier = threading.Barrier(THREADS + 1)
    each = calls // THREADS

    async def work_async():
        barrier.wait()
        await awaited(func, each)

    def work():
        if "async" in kind:
            asyncio.run(work_async())
        else:
            barrier.wait()
            one_thread(kind, func, each)

    threads = [threading.Thread(target=work) for _ in range(THREADS)]
    [thread.start() for thread in threads]
    barrier.wait()
    start = time.perf_counter()
    [thread.join() for thread in threads]
    return time.perf_counter() - start


def compare(rounds):
    everyone = list(contestants())
    measured = {}
    for _ in range(rounds):
        for kind, name, func in everyone:
            calls = calls_of(kind)
            measured.setdefault((kind, name, 1), []).append(one_thread(kind, func, calls) / calls)
            measured.setdefault((kind, name, THREADS), []).append(
                eight_threads(kind, func, calls) / calls
            )
    return {key: statistics.median(times) * 1e9 for key, times in measured.items()}


def table_of_calls(medians):
    print("| what | who | ns, one thread | ratio | ns, eight threads | ratio |")
    print("|---|---|---:|---:|---:|---:|")
    for (kind, name, threads), one in sorted(medians.items(), key=lambda i: (i[0][0], i[1])):
        if threads != 1:
            continue
        eight = medians[kind, name, THREADS]
        base = "retry, async" if "async" in kind else "retry"
        ratios = [
            value / medians[base, "smallest closure", count]
            for value, count in ((one, 1), (eight, THREADS))
        ]
        print(f"| {kind} | {name} | {one:.0f} | {ratios[0]:.2f} | {eight:.0f} | {ratios[1]:.2f} |")


def single_figures(rounds):
    """What has no peer to stand beside: microseconds."""
    import retryrun

    logging.getLogger("retryrun").setLevel(logging.CRITICAL)
    config = retryrun.RetryConfig(jitter=False)
    once_more = retryrun.RetryConfig(max_retries=1, base_delay=0, max_delay=0)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["RETRYRUN_STATE"] = f"sqlite:///{folder}/state.db"
        shared = retryrun.CircuitBreaker.shared("benchmark")
        figures = {
            "calculate_delay, attempt 3": lambda: retryrun.calculate_delay(3, config),
            "calculate_delay, attempt 1,000,000": lambda: retryrun.calculate_delay(10**6, config),
            "a call that fails, is judged, called again and fails": refused_call(
                retryrun.with_retry(once_more)(fails)
            ),
            "a permanent error that comes straight out": refused_call(
                retryrun.with_retry()(lambda: int("x"))
            ),
            "CircuitBreaker.shared(…).call, closed, SQLite": lambda: shared.call(empty),
        }
        measured = {}
        for _ in range(rounds):
            for name, func in figures.items():
                measured.setdefault(name, []).append(one_thread("", func, 200) / 200)
        from retryrun import shared as module

        module._states.close()
    print("| what | microseconds |\n|---|---:|")
    for name, times in measured.items():
        print(f"| {name} | {statistics.median(times) * 1e6:.1f} |")


def table_of_imports():
    """Milliseconds of a whole interpreter, and what an import adds to it."""
    import retryrun

    places = [os.path.dirname(retryrun.__path__[0]), sysconfig.get_paths()["purelib"]]
    code = {
        "a bare interpreter": "pass",
        "import retryrun; retryrun.with_retry": "import retryrun; retryrun.with_retry",
        "import retryrun; retryrun.CircuitBreaker": "import retryrun; retryrun.CircuitBreaker",
        "import retryrun; retryrun.with_retry_async": "import retryrun; retryrun.with_retry_async",
        **{f"import {name}": f"import {name}" for name in PEERS},
    }
    measured = {}
    for _ in range(IMPORTS + 1):
        for name, words in code.items():
            start = time.perf_counter()
            done = subprocess.run(
                [
                    sys.executable,
                    "-I",
                    "-S",
                    "-c",
                    f"import sys; sys.path[:0] = {places!r}; {words}",
                ],
                capture_output=True,
            )
            if done.returncode == 0:
                measured.setdefault(name, []).append(time.perf_counter() - start)
    medians = {name: statistics.median(times[1:]) * 1e3 for name, times in measured.items()}
    bare = medians["a bare interpreter"]
    print("| what | ms | added to a bare interpreter |\n|---|---:|---:|")
    for name, median in medians.items():
        print(f"| {name} | {median:.1f} | {median - bare:.1f} |")


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    print(f"Python {platform.python_version()}, medians of {rounds} interleaved rounds\n")
    table_of_calls(compare(rounds))
    print()
    single_figures(rounds)
    print()
    table_of_imports()


if __name__ == "__main__":
    main()
