"""Lines of a Makefile."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(not shutil.which("make"), reason="make is not installed")
RETRYRUN = f"{Path(sys.executable).with_name('retryrun')} --no-config"


def make(box, text, *words):
    (box.work / "Makefile").write_text(text.replace("RETRYRUN", RETRYRUN))
    env = {k: v for k, v in box.env.items() if k not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL")}
    return subprocess.run(
        ["make", *words], cwd=box.work, env=env, capture_output=True, text=True, timeout=60
    )


@pytest.mark.parametrize("jobs", [[], ["-j4"]])
def test_make_stops_at_the_failing_line_with_its_code(box, jobs):
    done = make(
        box,
        "all: a b\na:\n\t@RETRYRUN -- sh -c 'echo before; exit 7'\n\t@echo after\nb: ; @true\n",
        *jobs,
    )
    assert done.returncode == 2
    assert "Error 7" in done.stderr
    assert "before" in done.stdout
    assert "after" not in done.stdout


def test_a_signal_stops_make(box):
    done = make(box, "all:\n\t@RETRYRUN -r 0 -- sh -c 'kill -TERM $$$$'\n\t@echo after\n")
    assert done.returncode == 2
    assert "after" not in done.stdout


def test_the_job_server_reaches_a_make_below(box):
    (box.work / "sub.mk").write_text(
        "all: 1 2 3 4\n1 2 3 4:\n\t@echo begin; n=0; while [ $$(cat begun* | wc -l) -lt 4 ] && "
        "[ $$n -lt 200 ]; do touch begun$@; echo x > begun$@; n=$$((n+1)); sleep 0.05; done; "
        "[ $$n -lt 200 ]\n"
    )
    done = make(box, "all:\n\t+@RETRYRUN -- $(MAKE) -f sub.mk\n", "-j4")
    assert done.returncode == 0, done
    assert "jobserver unavailable" not in done.stderr
    assert done.stdout.count("begin") == 4
