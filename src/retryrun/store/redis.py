"""State in Redis, shared by a fleet.

A change is computed here, by the same pure functions as everywhere, and put in place by a script
that compares before it sets: an answer that came too late brings the newer record along, so that
each further try costs one round trip. Times are the server's, so the clients' clocks do not matter.
"""

from __future__ import annotations

import json
import time

import redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from .archive import Archive
from .cells import Event, StoreError, restored

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from .cells import Change, Kind

PREFIX = "retryrun"
# What a client tells of itself takes two round trips; the option not to has had two names.
_NEW = tuple(map(int, redis.__version__.split(".")[:2])) >= (7, 2)
SILENT = {"driver_info": None} if _NEW else {"lib_name": None, "lib_version": None}
PATIENCE = 0.6  # seconds that one answer may take; connecting takes at most half of that
# Seconds that one change may take where the server answers in time but others are quicker each
# time: of any number who try together one gets through in each round.
ALL_TOGETHER = 5.0
KEPT = 30 * 86400  # seconds that a record outlives its last change
EVENTS_KEPT = 10_000
RUNS_KEPT = 200_000

# KEYS: the cell, the events. ARGV: what the cell was expected to hold ("" for nothing), what it
# shall hold ("" to read only), its life in seconds, an event or "", how many events are kept.
# Returns whether it was set, the cell, and the server's time.
CHANGE = """
local time = redis.call('TIME')
local held = redis.call('GET', KEYS[1]) or ''
if ARGV[2] == '' or held ~= ARGV[1] then return {0, held, time[1], time[2]} end
redis.call('SET', KEYS[1], ARGV[2], 'EX', ARGV[3])
if ARGV[4] ~= '' then
  redis.call('RPUSH', KEYS[2], ARGV[4])
  redis.call('LTRIM', KEYS[2], -tonumber(ARGV[5]), -1)
  redis.call('EXPIRE', KEYS[2], ARGV[3])
end
return {1, ARGV[2], time[1], time[2]}
"""


class RedisStore:
    """Records as JSON under `retryrun:KIND:NAME`, history as a list of lines.

    Raises StoreError for a URL that is not understood.
    """

    def __init__(self, url: str, *, patience: float = PATIENCE) -> None:
        self._patience = patience
        try:
            self._client = redis.Redis.from_url(
                url,
                socket_connect_timeout=patience / 2,
                socket_timeout=patience,
                retry=Retry(NoBackoff(), 0),
                protocol=2,
                **SILENT,
            )
        except (ValueError, TypeError):
            raise StoreError("RETRYRUN_STATE is no URL of a Redis server") from None
        self._resolved = False

    def change(self, kind: Kind, name: str, change: Change) -> Any:
        """Apply a pure change in one exclusive step and return its answer."""
        end = time.monotonic() + ALL_TOGETHER
        held, now = self._script(kind, name, "", "", "")[1:]
        while True:
            before = _record(kind, held)
            after, answer = change(before, now)
            if after == before:
                return answer
            moved = kind.moved(before, after)
            event = json.dumps([now, name, *moved]) if moved else ""
            done, held, now = self._script(kind, name, held, _text(after), event)
            if done:
                return answer
            if time.monotonic() > end:
                raise StoreError("Redis is too busy")

    def _script(
        self, kind: Kind, name: str, expected: str, wanted: str, event: str
    ) -> tuple[bool, str, float]:
        keys = (f"{PREFIX}:{kind.name}:{name}", f"{PREFIX}:events")
        done, held, seconds, micros = self._ask(
            lambda: self._client.eval(CHANGE, 2, *keys, expected, wanted, KEPT, event, EVENTS_KEPT)
        )
        return bool(done), _plain(held), int(seconds) + int(micros) / 1e6

    def all(self, kind: Kind) -> tuple[dict[str, Any], float]:
        """Return every record of a kind by its name, and the server's time."""

        def read() -> tuple[dict[str, Any], float]:
            start = f"{PREFIX}:{kind.name}:"
            names = sorted(self._client.scan_iter(match=f"{start}*", count=1000))
            values = self._client.mget(names) if names else []
            cells = {
                _plain(name).removeprefix(start): _record(kind, _plain(value))
                for name, value in zip(names, values, strict=True)
                if value is not None
            }
            seconds, micros = self._client.time()
            return cells, seconds + micros / 1e6

        found: tuple[dict[str, Any], float] = self._ask(read)
        return found

    def remember(self, line: str, *, days: int, megabytes: int) -> None:
        """Keep one line of history; old ones go with the number of lines that there may be."""
        most = min(RUNS_KEPT, max(1, megabytes * (1 << 20) // max(200, len(line))))

        def push() -> None:
            with self._client.pipeline(transaction=True) as pipe:
                pipe.rpush(f"{PREFIX}:history", line)
                pipe.ltrim(f"{PREFIX}:history", -most, -1)
                pipe.expire(f"{PREFIX}:history", max(1, days) * 86400)
                pipe.execute()

        self._ask(push)

    def archive(self, *, days: int | None = None, megabytes: int | None = None) -> Archive:
        """Return the history as a copy in memory, without what is too old."""
        lines = self._ask(lambda: self._client.lrange(f"{PREFIX}:history", 0, -1))
        events = self._ask(lambda: self._client.lrange(f"{PREFIX}:events", 0, -1))
        archive = Archive.in_memory(
            (line.decode("utf-8", "replace") for line in lines),
            (Event(*json.loads(event)) for event in events),
        )
        archive.prune(time.time(), days=days, megabytes=megabytes)
        return archive

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def _ask(self, work: Callable[[], Any]) -> Any:
        self._resolve()
        try:
            return work()
        except RedisError as error:
            raise StoreError(f"Redis: {_why(error)}") from None

    def _resolve(self) -> None:
        """Look the host up once, with a limit: the resolver of the system has none of its own."""
        host = self._client.connection_pool.connection_kwargs.get("host")
        if self._resolved or host is None or host.replace(".", "").isdigit() or ":" in host:
            return
        import socket
        import threading

        found: list[Any] = []

        def look_up() -> None:
            try:
                found.append(socket.getaddrinfo(host, None))
            except OSError:
                return

        thread = threading.Thread(target=look_up, daemon=True)
        thread.start()
        thread.join(self._patience / 2)
        if not found:
            raise StoreError(f"Redis: the name {host} cannot be resolved")
        self._resolved = True


def _plain(value: bytes | str) -> str:
    return value if isinstance(value, str) else value.decode("utf-8", "replace")


def _record(kind: Kind, held: str) -> Any:
    try:
        data = json.loads(held) if held else {}
    except ValueError:
        data = None
    if not isinstance(data, dict):
        raise StoreError(f"Redis: what lies under {PREFIX}:{kind.name} is no record of ours")
    return restored(kind, data)


def _text(record: Any) -> str:
    return json.dumps({name: getattr(record, name) for name in record._fields})


def _why(error: RedisError) -> str:
    """Say what went wrong without quoting what may hold a password."""
    if isinstance(error, redis.exceptions.AuthenticationError):
        return "the password was refused"
    if isinstance(error, redis.exceptions.TimeoutError):
        return "no answer in time"
    if isinstance(error, redis.exceptions.ConnectionError):
        return "no connection"
    return type(error).__name__
