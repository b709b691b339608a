"""Many at once: how long each takes, and whether the history misses one."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import time

from environment import Table


def run(bench):
    place = bench.place("concurrency")
    ours = bench.path("retryrun")
    contestants = {
        "an empty console script": [bench.path("empty-script")],
        "retryrun": [ours, "--no-config", "--", "true"],
        "retryrun with a breaker": [ours, "--no-config", "--breaker", "api", "--", "true"],
    }
    rows = []
    started = 0
    bench.env["XDG_STATE_HOME"] = str(place)  # apart from the history that other parts have made
    for count in (1, 4, 16, 64):
        row: list[object] = [count]
        for name, words in contestants.items():
            spent = []
            for _ in range(3 if bench.quick else 9):
                spent.append(together(bench, words, count, place))
                started += count * name.startswith("retryrun")
            row.append(statistics.median(spent) / count * 1000)
        rows.append(row)
    asked = [ours, "--no-config", "history", "--limit", "1000000", "--format", "json"]
    kept = len(json.loads(subprocess.check_output(asked, env=bench.env, cwd=place)))
    del bench.env["XDG_STATE_HOME"]
    yield Table(
        "Many at once",
        ["at once", *(f"{name}, ms each" for name in contestants)],
        rows,
        f"Wall time from the first start to the last end, divided by their number. Of {started:,} runs "
        f"{kept:,} are in the history.",
        plot="lines",
    )


def together(bench, words, count, place):
    os.chdir(place)
    start = time.perf_counter()
    pids = [os.posix_spawn(words[0], words, bench.env) for _ in range(count)]
    for pid in pids:
        _, status = os.waitpid(pid, 0)
        if status:
            raise SystemExit(f"{words} ended with {status}")
    return time.perf_counter() - start
