"""How often a failure is judged rightly: `python benchmarks/classification.py [CORPUS.jsonl ...]`.

Prints for the project's own corpora, under tests/corpus, and for any named besides, what retryrun,
a matcher of keywords and a tool that retries everything make of them. False retries are failures
that stay and would be retried; missed retries are those that would pass and would not be.

`aside` is set aside for measuring: nobody looks at what is judged wrongly there. `hard` rows hold
words that mislead a matcher of keywords. Ends with the time for 1 MB of output, in processor time:
in a fresh interpreter with all imports, and once warm.
"""

import collections
import json
import random
import subprocess
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


def kinds(rows):
    """Return what is taken for what, most frequent first."""
    pairs = collections.Counter((row["category"], ours(row)) for row in rows)
    wrong = [(pair, count) for pair, count in pairs.most_common() if pair[0] != pair[1]]
    return ", ".join(f"{want} for {got}: {count}" for (want, got), count in wrong) or "none"


def megabyte():
    words = "build failed error connection module path/to/file.py:12 loading done pass 200 lock retry".split()
    dice = random.Random(1)
    return "\n".join(" ".join(dice.choices(words, k=12)) for _ in range(14000)).encode()[: 1 << 20]


ERROR = b"curl: (7) Failed to connect to h port 443\n"
COLD = """
import sys, time
data = sys.stdin.buffer.read()
start = time.process_time()
from retryrun.core.classify import classify
classify("make", 2, data, b"curl: (7) Failed to connect to h port 443\\n")
print((time.process_time() - start) * 1000)
"""


def speed():
    data = megabyte()
    cold = [
        float(
            subprocess.run(
                [sys.executable, "-c", COLD], input=data, stdout=subprocess.PIPE, check=True
            ).stdout
        )
        for _ in range(4)
    ]
    warm = []
    for _ in range(6):
        start = time.process_time()
        classify("make", 2, data, ERROR)
        warm.append((time.process_time() - start) * 1000)
    return min(cold), min(warm[1:])


def main():
    paths = [*sorted(CORPORA.glob("*.jsonl")), *map(Path, sys.argv[1:])]
    print(f"{'corpus':26}{'judge':12}{'cases':>6}{'right':>8}{'false':>8}{'missed':>8}")
    for path in paths:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        for name, part in (("", rows), (" hard", [r for r in rows if r["hard"]])):
            for judge in (ours, keywords, everything) if part else ():
                right, false, missed = score(part, judge)
                print(
                    f"{path.stem + name:26}{judge.__name__:12}{len(part):6}{right:8.1%}{false:8.1%}{missed:8.1%}"
                )
        print(f"  taken wrongly: {kinds(rows)}")
    cold, warm = speed()
    print(
        f"1 MB of output: {cold:.0f} ms with all imports, {warm:.0f} ms once warm (processor time)"
    )


if __name__ == "__main__":
    main()
