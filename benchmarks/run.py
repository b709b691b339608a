#!/usr/bin/env python3
"""Everything that can be measured about retryrun, beside its peers, with one command.

    python3 benchmarks/run.py                 all parts, about 15 minutes
    python3 benchmarks/run.py --quick         all parts, smaller, about 2 minutes
    python3 benchmarks/run.py startup latency some parts

Makes a private environment (build/benchmarks/env: retryrun installed as users have it, an empty
console script by the same installer, the peers from PyPI), runs the contestants of each part
interleaved in one go, and writes build/benchmarks/results.md and a plot for each table. Ratios
between rows of one table hold on other machines too; milliseconds do not.
"""

from __future__ import annotations

import argparse
import importlib
import platform
import sys
import tempfile
import time
from pathlib import Path

from environment import Bench, prepare
from plot import bars, lines

PARTS = (
    "startup", "retry_cost", "throughput", "latency", "judging", "history", "rules", "concurrency", "calls",
)  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--quick", action="store_true", help="fewer rounds, smaller sizes")
    parser.add_argument("--out", type=Path, default=Path("build/benchmarks"), metavar="FOLDER")
    parser.add_argument("--installer", choices=("pip", "old-pip", "uv"), default="pip")
    wanted = parser.parse_args()
    unknown = set(wanted.parts) - set(PARTS)
    if unknown:
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    out = wanted.out.resolve()
    out.mkdir(parents=True, exist_ok=True)
    programs, notes = prepare(out / f"env-{wanted.installer}", wanted.installer)
    text = [f"# Measured\n\n{machine()}{' A quick run.' if wanted.quick else ''}\n"]
    with tempfile.TemporaryDirectory(prefix="retryrun-bench-") as folder:
        bench = Bench(programs, Path(folder), quick=wanted.quick)
        for name in wanted.parts or PARTS:
            start = time.monotonic()
            for place, table in enumerate(importlib.import_module(name).run(bench)):
                text.append(table.markdown())
                if table.plot:
                    picture = f"{name}-{place + 1}.svg"
                    draw = bars if table.plot == "bars" else lines
                    (out / picture).write_text(draw(table))
                    text.append(f"![{table.title}]({picture})\n")
            print(f"{name}: {time.monotonic() - start:.0f} s", file=sys.stderr)
        notes += bench.notes
    text += [f"- {note}\n" for note in dict.fromkeys(notes)]
    (out / "results.md").write_text("\n".join(text))
    print("\n".join(text))
    return 0


def machine() -> str:
    model = "unknown processor"
    try:
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                model = line.partition(":")[2].strip()
                break
    except OSError:
        pass
    import os

    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    return (
        f"Python {platform.python_version()}, {platform.system()} {platform.release().split('-')[0]}, "
        f"{os.cpu_count()} cores ({model}), load before: {load}."
    )


if __name__ == "__main__":
    sys.exit(main())
