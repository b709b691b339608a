"""How often a failure is judged rightly: `python benchmarks/classification.py [CORPUS.jsonl ...]`.

Prints for each corpus (by default the project's own, under tests/corpus) what retryrun, a matcher
of keywords and a tool that retries everything make of it. False retries are failures that stay and
would be retried; missed retries are those that would pass and would not be. `aside` is the half of
a corpus whose ids hash to an odd number. Ends with the time for 1 MB of output.
"""

import hashlib
import json
import random
import sys
import time
from pathlib import Path

from retryrun.core.classify import classify

CORPORA = Path(__file__).parent.parent / "tests" / "corpus"
RETRIED = {"network", "rate_limit", "transient"}
KEYWORDS = {
    "rate_limit": ("rate limit", "too many requests", "429", "quota"),
    "network": (
        "connection",
        "timeout",
        "timed out",
        "network",
        "dns",
        "resolve",
        "unreachable",
        "ssl",
    ),
    "resource": ("memory", "disk", "no space", "resource", "too many open files"),
    "transient": (
        "temporar",
        "unavailable",
        "502",
        "503",
        "504",
        "try again",
        "locked",
        "deadlock",
    ),
}


def ours(row):
    return classify(
        row["command"], row["exit_code"], row["stdout"].encode(), row["stderr"].encode()
    ).category


def keywords(row):
    text = (row["stdout"] + row["stderr"]).lower()
    return next(
        (name for name, words in KEYWORDS.items() if any(w in text for w in words)), "permanent"
    )


def everything(_row):
    return "transient"


def score(rows, judge):
    right = false = missed = 0
    for row in rows:
        got, want = judge(row), row["category"]
        right += got == want
        false += got in RETRIED and want not in RETRIED
        missed += got not in RETRIED and want in RETRIED
    passing = sum(row["category"] in RETRIED for row in rows)
    return right / len(rows), false / max(1, len(rows) - passing), missed / max(1, passing)


def aside(row):
    return hashlib.sha256(row["id"].encode()).digest()[0] % 2


def speed():
    words = "build failed error connection module path/to/file.py:12 loading done pass 200 lock retry".split()
    dice = random.Random(1)
    data = "\n".join(" ".join(dice.choices(words, k=12)) for _ in range(14000)).encode()[: 1 << 20]
    times = []
    for _ in range(6):
        start = time.process_time()
        classify("make", 2, data, b"curl: (7) Failed to connect to h port 443\n")
        times.append((time.process_time() - start) * 1000)
    return times[0], min(times[1:])


def main():
    paths = [Path(name) for name in sys.argv[1:]] or sorted(CORPORA.glob("*.jsonl"))
    print(f"{'corpus':26}{'judge':12}{'cases':>6}{'right':>8}{'false':>8}{'missed':>8}")
    for path in paths:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        halves = (
            ("", rows),
            (" hard", [r for r in rows if r["hard"]]),
            (" aside", [r for r in rows if aside(r)]),
        )
        for name, part in halves:
            for judge in (ours, keywords, everything) if part else ():
                right, false, missed = score(part, judge)
                print(
                    f"{path.stem + name:26}{judge.__name__:12}{len(part):6}{right:8.1%}{false:8.1%}{missed:8.1%}"
                )
    first, best = speed()
    print(f"1 MB of output: {first:.0f} ms at first, {best:.0f} ms once warm (processor time)")


if __name__ == "__main__":
    main()
