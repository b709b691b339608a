"""What only the Redis store has to cope with: servers that do not answer as they should."""

import os
import socket
import subprocess
import sys
import threading
import time

import pytest

from retryrun.store.cells import BREAKERS, StoreError

from tests.store.test_stores import count, record

redis = pytest.importorskip("redis")

from retryrun.store.redis import RedisStore  # noqa: E402

PASSWORD = "hunter2hunter2"


@pytest.fixture
def mute():
    """A port that accepts and never answers."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


def refused_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_nobody_listens():
    store = RedisStore(f"redis://:{PASSWORD}@127.0.0.1:{refused_port()}/0")
    with pytest.raises(StoreError, match="no connection") as caught:
        store.change(BREAKERS, "x", count)
    assert PASSWORD not in str(caught.value)


def test_a_mute_server_is_given_up_in_time(mute):
    store = RedisStore(f"redis://:{PASSWORD}@127.0.0.1:{mute}/0", patience=0.05)
    with pytest.raises(StoreError, match="no answer in time") as caught:
        store.change(BREAKERS, "x", count)
    assert PASSWORD not in str(caught.value)


def test_a_name_that_does_not_resolve():
    store = RedisStore("redis://no-such-host.invalid:6379/0", patience=0.05)
    with pytest.raises(StoreError, match="cannot be resolved"):
        store.change(BREAKERS, "x", count)


def test_a_resolver_that_hangs_is_given_up_in_time(monkeypatch):
    held = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, **_k: held.wait(60))
    store = RedisStore("redis://somewhere.example:6379/0", patience=0.05)
    with pytest.raises(StoreError, match="cannot be resolved"):
        store.change(BREAKERS, "x", count)
    held.set()


@pytest.mark.parametrize(
    "url", ["redis://127.0.0.1:notaport/0", "redis://127.0.0.1:6379/?socket_timeout=x"]
)
def test_a_url_without_meaning(url):
    with pytest.raises(StoreError, match="no URL"):
        RedisStore(url)


def test_a_wrong_password(redis_url):
    client = redis.Redis.from_url(redis_url)
    client.config_set("requirepass", PASSWORD)
    try:
        store = RedisStore(redis_url.replace("//", "//:wrong-password@"))
        with pytest.raises(StoreError) as caught:
            store.change(BREAKERS, "x", count)
        assert "wrong-password" not in str(caught.value)
        good = RedisStore(redis_url.replace("//", f"//:{PASSWORD}@"))
        assert good.change(BREAKERS, "x", count) == 1
        good.close()
    finally:
        with redis.Redis.from_url(redis_url, password=PASSWORD) as other:
            other.config_set("requirepass", "")
        client.close()


def test_a_full_server(redis_url):
    with redis.Redis.from_url(redis_url) as client:
        client.config_set("maxmemory", "1")
        try:
            with pytest.raises(StoreError, match="OutOfMemory|Response"):
                RedisStore(redis_url).change(BREAKERS, "x", count)
        finally:
            client.config_set("maxmemory", "0")


@pytest.mark.parametrize("value", ["no json", "[1, 2]"])
def test_something_else_under_our_key(value, redis_url):
    with redis.Redis.from_url(redis_url) as client:
        client.set("retryrun:breakers:x", value)
    with pytest.raises(StoreError):
        RedisStore(redis_url).change(BREAKERS, "x", count)


def test_a_list_under_our_key(redis_url):
    with redis.Redis.from_url(redis_url) as client:
        client.rpush("retryrun:breakers:x", "1")
    with pytest.raises(StoreError):
        RedisStore(redis_url).change(BREAKERS, "x", count)


def test_every_key_has_an_end(redis_url):
    store = RedisStore(redis_url)
    from retryrun.core import breaker

    store.change(BREAKERS, "x", lambda state, now: (breaker.opened(state, now), None))
    store.remember(record(1), days=2, megabytes=1)
    store.close()
    with redis.Redis.from_url(redis_url) as client:
        lives = {key.decode(): client.ttl(key) for key in client.keys("*")}
    assert set(lives) == {"retryrun:breakers:x", "retryrun:events", "retryrun:history"}
    assert all(life > 0 for life in lives.values())
    assert lives["retryrun:history"] <= 2 * 86400


def test_the_time_is_the_servers(redis_url, monkeypatch):
    real = time.time()
    monkeypatch.setattr(time, "time", lambda: real + 1e6)
    now = RedisStore(redis_url).change(BREAKERS, "x", lambda state, now: (state, now))
    assert abs(now - real) < 600


COUNTER = """
import sys
from retryrun.store.cells import BREAKERS
from retryrun.store import redis
redis.ALL_TOGETHER = 60.0
store = redis.RedisStore(sys.argv[1], patience=60.0)
for _ in range(25):
    store.change(BREAKERS, "x", lambda s, _now: (s.replace(failures=s.failures + 1), None))
"""


def test_processes_that_count_together_lose_nothing(redis_url):
    children = [subprocess.Popen([sys.executable, "-c", COUNTER, redis_url]) for _ in range(8)]
    assert [child.wait() for child in children] == [0] * 8
    cells, _ = RedisStore(redis_url).all(BREAKERS)
    assert cells["x"].failures == 200
