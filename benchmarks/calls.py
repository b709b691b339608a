"""What guarded calls cost in a program: `library.py`, as it is."""

from __future__ import annotations

import subprocess

from environment import ROOT, Table


def run(bench):
    if bench.quick:
        bench.notes.append("calls are measured by a full run only")
        return
    yield Table("Guarded calls", [], [], text=output_of(bench, ROOT / "benchmarks" / "library.py"))


def output_of(bench, script):
    done = subprocess.run(
        [bench.path("python"), script],
        env=bench.env,
        cwd=bench.folder,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise SystemExit(f"{script} failed:\n{done.stderr}")
    bench.notes += done.stderr.strip().splitlines()
    return done.stdout.strip()
