from __future__ import annotations

import os
import random
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.process.support import LIMIT, Screen, running

# The installed command, or with RETRYRUN_UNDER_TEST=layer the layer by itself.
ALONE = [sys.executable, str(Path(__file__).with_name("runner.py"))]
INSTALLED = [str(Path(sys.executable).with_name("retryrun"))]


@pytest.fixture(scope="session")
def wrapper():
    """The words before `-- COMMAND`, and before options such as -t."""
    installed = os.environ.get("RETRYRUN_UNDER_TEST") != "layer"
    return [*INSTALLED, "--no-config", "-r", "0"] if installed else [*ALONE, "--no-config"]


@pytest.fixture
def run(wrapper):
    """Run a command under the wrapper; words that begin with a dash are options of the wrapper."""

    def run(*command, options=(), **more):
        more.setdefault("timeout", LIMIT)
        more.setdefault("stdin", subprocess.DEVNULL)
        if "input" in more:
            del more["stdin"]
        if not {"stdout", "stderr"} & set(more):
            more["capture_output"] = True
        return subprocess.run([*wrapper, *options, "--", *command], **more)

    return run


@pytest.fixture
def sh(run):
    """Run a shell line under the wrapper."""
    return lambda line, **more: run("sh", "-c", line, **more)


@pytest.fixture
def start(wrapper):
    """Start a command under the wrapper and go on; killed at the end of the test if need be."""
    started = []

    def start(*command, options=(), **more):
        more.setdefault("stdin", subprocess.DEVNULL)
        more.setdefault("stdout", subprocess.PIPE)
        more.setdefault("stderr", subprocess.PIPE)
        process = subprocess.Popen([*wrapper, *options, "--", *command], bufsize=0, **more)
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
        with process:
            pass


@pytest.fixture
def screen(wrapper):
    """Run a command under the wrapper (or, with wrapped=False, without) on a terminal."""
    opened = []

    def screen(*command, options=(), wrapped=True, **more):
        words = [*wrapper, *options, "--", *command] if wrapped else command
        opened.append(Screen(words, **more))
        return opened[-1]

    yield screen
    for each in opened:
        each.close()


@pytest.fixture
def marker():
    """A number of seconds that no other sleep has; what still sleeps so is ended after the test."""
    number = f"{random.randrange(10**5, 10**6)}.{random.randrange(10**5, 10**6)}"
    yield number
    for pid in running(number):
        os.kill(pid, signal.SIGKILL)


@pytest.fixture(scope="session")
def shell_words(wrapper):
    """The wrapper as a piece of shell, up to and with the two dashes."""
    return shlex.join([*wrapper, "--"])
