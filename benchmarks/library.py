#!/usr/bin/env python3
"""What a guarded call that succeeds costs, beside the peers, in one run.

    python3 -m pip install tenacity stamina backoff pybreaker circuitbreaker purgatory aiobreaker
    python3 benchmarks/library.py

Every contestant runs the same empty function; rounds are interleaved and the median round of each is
shown, in nanoseconds a call and as a ratio to the smallest closure that does the job. Peers that are not
installed are left out, with a note. A table in Markdown goes to standard output.
"""

from __future__ import annotations

import asyncio
import importlib
import statistics
import sys
import threading
import time

ROUNDS = 25
CALLS = 20_000
ASYNC_CALLS = 4_000
THREADS = 8


def empty():
    return None


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


def contestants():
    """Name, kind and the guarded function of everyone who is installed."""
    import retryrun

    yield "smallest closure", "retry", smallest_retry(empty)
    yield "retryrun.with_retry", "retry", retryrun.with_retry()(empty)
    breaker = retryrun.CircuitBreaker()
    yield "retryrun.CircuitBreaker.call", "breaker", lambda: breaker.call(empty)
    yield "smallest closure", "retry async", smallest_retry_async(empty_async)
    yield "retryrun.with_retry_async", "retry async", retryrun.with_retry_async()(empty_async)
    yield from peers()


PEERS = {
    "tenacity": lambda m: [
        ("retry", m.retry(stop=m.stop_after_attempt(3))(empty)),
        ("retry async", m.retry(stop=m.stop_after_attempt(3))(empty_async)),
    ],
    "stamina": lambda m: [
        ("retry", m.retry(on=OSError, attempts=3)(empty)),
        ("retry async", m.retry(on=OSError, attempts=3)(empty_async)),
    ],
    "backoff": lambda m: [
        ("retry", m.on_exception(m.expo, OSError, max_tries=3)(empty)),
        ("retry async", m.on_exception(m.expo, OSError, max_tries=3)(empty_async)),
    ],
    "pybreaker": lambda m: [("breaker", called(m.CircuitBreaker()))],
    "circuitbreaker": lambda m: [("breaker", m.circuit(empty))],
    "aiobreaker": lambda m: [("breaker", called(m.CircuitBreaker()))],
    "purgatory": lambda m: [("breaker", purgatory(m))],
}


def called(breaker):
    return lambda: breaker.call(empty)


def purgatory(module):
    return module.SyncCircuitBreakerFactory()("name")(empty)


def peers():
    for name, make in PEERS.items():
        try:
            module = importlib.import_module(name)
        except ImportError:
            print(f"{name} is not installed and left out", file=sys.stderr)
            continue
        for kind, func in make(module):
            yield name, kind, func


def once(func):
    start = time.perf_counter()
    for _ in range(CALLS):
        func()
    return (time.perf_counter() - start) / CALLS


def once_async(func):
    async def run():
        start = time.perf_counter()
        for _ in range(ASYNC_CALLS):
            await func()
        return (time.perf_counter() - start) / ASYNC_CALLS

    return asyncio.run(run())


def once_threads(func):
    """Calls from eight threads at once: wall time a call, all threads together."""
    barrier = threading.Barrier(THREADS + 1)
    each = CALLS // THREADS

    def work():
        barrier.wait()
        for _ in range(each):
            func()

    threads = [threading.Thread(target=work) for _ in range(THREADS)]
    [thread.start() for thread in threads]
    barrier.wait()
    start = time.perf_counter()
    [thread.join() for thread in threads]
    return (time.perf_counter() - start) / (each * THREADS)


def main():
    everyone = list(contestants())
    plain = [each for each in everyone if not each[1].endswith("async")]
    measured = {}
    for _ in range(ROUNDS):
        for name, kind, func in everyone:
            measure = once_async if kind.endswith("async") else once
            measured.setdefault((name, kind), []).append(measure(func))
        for name, kind, func in plain:
            measured.setdefault((name, kind + ", 8 threads"), []).append(once_threads(func))
    medians = {key: statistics.median(times) for key, times in measured.items()}
    print(f"Python {sys.version.split()[0]}, medians of {ROUNDS} interleaved rounds\n")
    print("| what | who | ns a call | ratio to the smallest closure |\n|---|---|---:|---:|")
    for (name, kind), median in sorted(medians.items(), key=lambda item: (item[0][1], item[1])):
        base = medians["smallest closure", kind.replace("breaker", "retry")]
        print(f"| {kind} | {name} | {median * 1e9:.0f} | {median / base:.2f} |")


if __name__ == "__main__":
    main()
