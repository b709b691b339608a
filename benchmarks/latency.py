"""How much later a line arrives that goes through a wrapper."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

from environment import Table

WRITER = """\
import sys, time
for _ in range(int(sys.argv[1])):
    time.sleep(0.005)
    sys.stdout.write(f"{time.monotonic_ns()}\\n")
    sys.stdout.flush()
"""


def run(bench):
    count = 150 if bench.quick else 1000
    source = [sys.executable, "-I", "-S", "-c", WRITER, str(count)]
    contestants = {
        "nothing between": source,
        "retryrun": [bench.path("retryrun"), "--no-config", "--", *source],
        **{name: [*front, *source] for name, front in bench.peers().items()},
    }
    rows = []
    for name, words in contestants.items():
        delays = []
        with subprocess.Popen(
            words, stdout=subprocess.PIPE, env=bench.env, cwd=bench.folder
        ) as process:
            for line in iter(process.stdout.readline, b""):
                delays.append((time.monotonic_ns() - int(line)) / 1000)
        quantiles = statistics.quantiles(delays, n=100)
        rows.append([name, statistics.median(delays), quantiles[98]])
    yield Table(
        "Latency of a line",
        ["what", "median µs", "99th percentile µs"],
        rows,
        f"{count} lines, one each 5 ms, from the writer's clock to the reader's.",
        plot="bars",
    )
