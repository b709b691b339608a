#!/usr/bin/env python3
"""What wrapping costs at the start, beside an empty console script and other wrappers, in one run.

    .dev-env/bin/python benchmarks/startup.py [ROUNDS]

Every contestant runs `true`; rounds are interleaved, medians and ratios to an empty console script of the
same environment are shown as a Markdown table. Wrappers that are not installed are left out, with a note.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(sys.executable).parent
CONFIG = """\
policies: {mine: {max_retries: 5, retry_on: [any]}}
rules: [{id: own, category: network, output: warming up}]
commands: [{command: "true *", policy: mine}]
tasks: {nothing: {run: ["true"]}}
"""
EMPTY = "#!{python}\nimport sys\nfrom empty_script import main\nif __name__ == '__main__':\n    sys.exit(main())\n"


def contestants(folder: Path):
    retryrun = str(HERE / "retryrun")
    (folder / "empty_script.py").write_text("def main():\n    return 0\n")
    script = folder / "empty-script"
    script.write_text(EMPTY.format(python=sys.executable))
    script.chmod(0o755)
    yield "true", ["true"]
    yield "python -c pass", [sys.executable, "-c", "pass"]
    yield "an empty console script", [str(script)]
    yield "retryrun --no-config -- true", [retryrun, "--no-config", "--", "true"]
    yield "retryrun -- true, recovery.yaml", [retryrun, "--", "true"]
    yield "retryrun TASK", [retryrun, "nothing"]
    yield (
        "retryrun with options",
        [retryrun, "--no-config", "-r", "2", "-t", "5m", "--retry-on", "any", "--", "true"],
    )
    for name, words in (
        ("coreutils timeout", ["timeout", "10", "true"]),
        ("retry (Debian)", ["retry", "--times=3", "--", "true"]),
        ("bash loop", ["bash", "-c", "for i in 1 2 3; do true && break; done"]),
    ):
        if shutil.which(words[0]):
            yield name, words
        else:
            print(f"{name} is not installed and left out", file=sys.stderr)


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 41
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / ".git").mkdir()
        (folder / "recovery.yaml").write_text(CONFIG)
        env = {**os.environ, "HOME": name, "PYTHONPATH": name}
        everyone = list(contestants(folder))
        time.sleep(2.5)  # a compiled copy is kept of a file that has settled
        times = {label: [] for label, _ in everyone}
        for turn in range(rounds + 2):
            for label, words in everyone:
                start = time.perf_counter()
                subprocess.run(words, cwd=folder, env=env, check=True)
                if turn >= 2:  # the first rounds warm the caches
                    times[label].append(time.perf_counter() - start)
    medians = {label: statistics.median(each) for label, each in times.items()}
    base = medians["an empty console script"]
    print(
        f"Python {sys.version.split()[0]}, {os.cpu_count()} cores, medians of {rounds} interleaved rounds\n"
    )
    print("| what | ms | ratio to an empty console script |\n|---|---:|---:|")
    for label, median in medians.items():
        print(f"| {label} | {median * 1000:.1f} | {median / base:.2f} |")


if __name__ == "__main__":
    main()
