"""Stores of every kind."""

import pytest

from retryrun.store.memory import MemoryStore
from retryrun.store.sqlite import SqliteStore


@pytest.fixture(params=["memory", "sqlite", "redis"])
def make_store(request, tmp_path):
    """A function that opens the same store again and again."""
    if request.param == "memory":
        store = MemoryStore()
        yield lambda: store
        return
    if request.param == "sqlite":
        opened = []

        def make():
            opened.append(SqliteStore(str(tmp_path / "state" / "state.db")))
            return opened[-1]

        yield make
        for each in opened:
            each.close()
        return
    url = request.getfixturevalue("redis_url")
    from retryrun.store.redis import RedisStore

    opened = []

    def connect():
        opened.append(RedisStore(url))
        return opened[-1]

    yield connect
    for each in opened:
        each.close()


@pytest.fixture
def store(make_store):
    return make_store()
