"""How often and how fast failures are judged rightly: `classification.py`, as it is."""

from __future__ import annotations

from environment import ROOT, Table
from calls import output_of


def run(bench):
    text = output_of(bench, ROOT / "benchmarks" / "classification.py")
    yield Table("Judging failures", [], [], text=f"```\n{text}\n```")
