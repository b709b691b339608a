"""What many rules of the user's own cost: at the start, and when a failure is judged."""

from __future__ import annotations

import subprocess

from environment import Table, interleaved

JUDGE = """\
import sys, time
from retryrun.core.classify import classify, user_rule
blank = {"severity": None, "command": None, "exit_code": None, "stderr": None, "stdout": None, "retry_after": None}
count = int(sys.argv[1])
rules = [
    user_rule({"id": f"own.{n}", "category": "transient", **blank, "output": f"service {n} is warming up"})
    for n in range(count)
]
text = "\\n".join(f"step {n}: compiled module_{n % 97} in {n % 13} ms" for n in range(3000)).encode()
best = []
for _ in range(5):
    start = time.process_time()
    found = classify(["make"], 2, text, b"curl: (7) Failed to connect\\n", rules=rules, clock=time.monotonic)
    best.append(time.process_time() - start)
print(min(best) * 1000, found.warning or "")
"""


def run(bench):
    ours = bench.path("retryrun")
    counts = (10, 100, 1_000)
    folders = {}
    for count in counts:
        rules = "".join(
            f"- {{id: own.{n}, category: transient, output: warming up {n}}}\n"
            for n in range(count)
        )
        folders[count] = bench.place(f"rules-{count}", f"rules:\n{rules}")
    times = interleaved(
        {
            count: lambda place=place: bench.seconds([ours, "--", "true"], place)
            for count, place in folders.items()
        },
        7 if bench.quick else 25,
    )
    rows = []
    for count in (*counts, 10_000):
        done = subprocess.run(
            [bench.path("python"), "-c", JUDGE, str(count)],
            env=bench.env,
            capture_output=True,
            text=True,
            check=True,
        )
        spent, _, warning = done.stdout.strip().partition(" ")
        if warning:
            bench.notes.append(f"{count:,} rules: {warning}")
        rows.append([count, times[count] * 1000 if count in times else None, float(spent)])
    yield Table(
        "Against the number of own rules",
        ["rules", "retryrun -- true, ms", "judging a failure, ms"],
        rows,
        "The file is compiled, as at every start but the first after an edit; 10,000 rules are more "
        "than a recovery.yaml may hold. Judging is processor time over 120 kB of output that no own "
        "rule fits, in a warm process; all own rules together have 250 ms.",
        plot="lines",
    )
