"""The facade and the examples beside it."""

import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "scripts" / "primitives"


def test_the_examples_run():
    done = subprocess.run(
        [sys.executable, str(FOLDER / "example_error_recovery.py")],
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    for said in (
        "ConnectionResetError: network, medium, retried: True",
        "ValueError: permanent, medium, retried: False",
        "1s 2s 4s 8s 16s 32s 60s",
        "WARNING - operation failed (attempt 1/4): Connection timeout. Retrying in 0.1s...",
        "  default",
        "OPEN: not called, again in 60s",
        "['answer', 'answer', 'answer']",
    ):
        assert said in done.stdout
