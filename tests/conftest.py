"""For all tests: no deadline of the clock, and a real Redis server for whoever asks for one."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time

import hypothesis
import pytest

# Nothing that the tests run is to be found in the history of whoever runs them.
_state = tempfile.TemporaryDirectory(prefix="retryrun-tests-")
os.environ["XDG_STATE_HOME"] = _state.name
for name in [name for name in os.environ if name.startswith("RETRYRUN_")]:
    if name != "RETRYRUN_UNDER_TEST":
        del os.environ[name]

# Whoever runs the tests with `&` or nohup has them ignored, and all that they start.
for number in (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM):
    if signal.getsignal(number) is signal.SIG_IGN:
        default = signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL
        signal.signal(number, default)

# How long an example takes depends on what else the machine does.
hypothesis.settings.register_profile("any machine", deadline=None)
hypothesis.settings.load_profile("any machine")


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory):
    """The URL of a Redis server on 127.0.0.1, whose database 0 is this worker's alone."""
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("redis-server is not installed")
    pytest.importorskip("redis")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = tmp_path_factory.mktemp("redis")
    server = subprocess.Popen(
        [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)],
        stdout=subprocess.DEVNULL,
    )
    end = time.monotonic() + 20
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            break
        except OSError:
            assert server.poll() is None, "redis-server did not start"
            assert time.monotonic() < end, "redis-server does not answer"
            time.sleep(0.02)  # for a child process: until its port is open there is no event
    # A machine that is busy with other tests is not what makes them fail.
    yield f"redis://127.0.0.1:{port}/0?socket_timeout=30&socket_connect_timeout=30"
    os.kill(server.pid, signal.SIGTERM)
    server.wait(20)


@pytest.fixture
def redis_url(redis_server):
    import redis

    with redis.Redis.from_url(redis_server) as client:
        client.flushall()
    return redis_server
