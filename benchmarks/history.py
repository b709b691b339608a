"""What a long history costs: the run that adds to it, and the questions asked of it."""

from __future__ import annotations

import json
import random
import shutil
import time

from environment import Table, interleaved

SETTINGS = "state: {history_max_mb: 4096}\n"
FAILED = {
    "number": 1,
    "role": "primary",
    "command": ["make"],
    "started_at": "2026-01-01T00:00:00Z",
    "duration_s": 1.1,
    "exit_code": 2,
    "signal": None,
    "timed_out": False,
    "category": "permanent",
    "severity": "medium",
    "rule": "make.error",
    "line": "make: *** [Makefile:2: all] Error 1",
    "retry_after_s": None,
    "delay_s": None,
}


def run(bench):
    place = bench.place("history", SETTINGS)
    ours = bench.path("retryrun")
    rows = []
    for length in (0, 1_000, 10_000) if bench.quick else (0, 1_000, 10_000, 100_000, 1_000_000):
        merging = fill(bench, place, length)
        times = interleaved(
            {
                name: lambda words=words: bench.seconds([ours, *words], place)
                for name, words in {
                    "run": ["--", "true"],
                    "history": ["history", "--limit", "20"],
                    "stats": ["stats", "--since", "7d"],
                }.items()
            },
            5 if bench.quick else 15,
            warm=1,
        )
        rows.append([length, *(seconds * 1000 for seconds in times.values()), merging * 1000])
    yield Table(
        "Against the length of the history",
        [
            "runs in the history",
            "retryrun -- true, ms",
            "history --limit 20, ms",
            "stats --since 7d, ms",
            "merged at once, ms",
        ],
        rows,
        "The last column is the time of the one command that takes all waiting records into the database.",
        plot="lines",
    )


def fill(bench, place, length):
    """Begin a history with so many runs; return the seconds that merging them took."""
    state = bench.folder / ".local" / "state" / "retryrun"
    shutil.rmtree(state, ignore_errors=True)
    state.mkdir(parents=True, mode=0o700)
    dice, now = random.Random(length), time.time()
    with (state / "state.db.pending").open("w") as file:
        for number in range(length):
            record = {
                "run_id": f"r{number:09}",
                "command": ["make", f"target{dice.randrange(50)}"],
                "task": None,
                "outcome": "succeeded",
                "exit_code": 0,
                "total_duration_s": round(dice.expovariate(0.3), 4),
                "started": round(now - dice.random() * 30 * 86400, 3),
                "project": f"/home/user/project{dice.randrange(20)}",
            }
            if dice.random() < 0.1:
                record |= {"outcome": "failed", "exit_code": 2, "attempts": [FAILED]}
            file.write(json.dumps(record, separators=(",", ":")) + "\n")
    (state / "state.db.pending").chmod(0o600)
    return bench.seconds([bench.path("retryrun"), "history", "--limit", "1"], place)
