"""The errors of real clients, against a server that fails on purpose."""

import asyncio
import sqlite3
import urllib.error
import urllib.request

import pytest

from retryrun import RetryConfig, classify_error, should_retry, with_retry, with_retry_async
from tests.lab.server import Lab

PATIENT = RetryConfig(max_retries=3, base_delay=0.5, max_delay=30, jitter=False)


@pytest.fixture
def lab(tmp_path):
    faults = {
        "/busy": "429;Retry-After=7,503;Retry-After=9,ok",
        "/ms": "429;Retry-After-Ms=1500,ok",
        "/never": "404*",
        "/down": "reset*",
    }
    with Lab(tmp_path, faults) as server:
        page = ("application/json", b'{"id": "1", "choices": [], "content": []}')
        server.add({path: page for path in ("/busy", "/ms")})
        yield server


def judged(error):
    return classify_error(error)[0].value


def caught(call):
    with pytest.raises(Exception) as info:
        call()
    return info.value


def check(lab, clock, get):
    """A client that raises for a status: it waits as told, and knows what is not worth it."""
    guarded = with_retry(PATIENT)(get)
    guarded(f"{lab.url}/busy")
    assert clock.slept == [7.0, 9.0]
    assert lab.count("/busy") == 3
    error = caught(lambda: guarded(f"{lab.url}/never"))
    assert judged(error) == "permanent"
    assert lab.count("/never") == 1
    error = caught(lambda: get(f"{lab.url}/down"))
    assert judged(error) == "network"
    assert should_retry(error, 0, 3)
    assert judged(caught(lambda: get("http://127.0.0.1:1/"))) == "network"


def test_urllib(lab, clock):
    def get(url):
        try:
            with urllib.request.urlopen(url, timeout=10) as answer:
                return answer.read()
        except urllib.error.HTTPError as error:
            error.close()  # it is the answer too
            raise

    check(lab, clock, get)


def test_requests(lab, clock):
    requests = pytest.importorskip("requests")

    def get(url):
        answer = requests.get(url, timeout=10)
        answer.raise_for_status()

    check(lab, clock, get)


def test_httpx(lab, clock):
    httpx = pytest.importorskip("httpx")

    def get(url):
        httpx.get(url, timeout=10).raise_for_status()

    check(lab, clock, get)


def check_async(lab, waited, get):
    async def main():
        await get(f"{lab.url}/busy")
        with pytest.raises(Exception) as info:
            await get(f"{lab.url}/never")
        return info.value

    assert judged(asyncio.run(main())) == "permanent"
    assert [event.delay for event in waited if event.kind == "retrying"] == [7.0, 9.0]
    assert lab.count("/never") == 1


@pytest.fixture
def no_wait():
    from retryrun import testing

    with testing():
        yield


def test_httpx_async(lab, no_wait):
    httpx = pytest.importorskip("httpx")
    waited = []

    @with_retry_async(PATIENT, on_event=waited.append)
    async def get(url):
        async with httpx.AsyncClient() as session:
            (await session.get(url)).raise_for_status()

    check_async(lab, waited, get)


def test_aiohttp(lab, no_wait):
    aiohttp = pytest.importorskip("aiohttp")
    waited = []

    @with_retry_async(PATIENT, on_event=waited.append)
    async def get(url):
        async with aiohttp.ClientSession() as session, session.get(url) as answer:
            answer.raise_for_status()

    check_async(lab, waited, get)

    async def down(path):
        async with aiohttp.ClientSession() as session, session.get(path):
            pass

    for url in (f"{lab.url}/down", "http://127.0.0.1:1/"):
        assert judged(caught(lambda url=url: asyncio.run(down(url)))) == "network"


@pytest.mark.parametrize("name", ["openai", "anthropic"])
def test_clients_of_language_models(lab, clock, name):
    module = pytest.importorskip(name)

    def ask(path):
        if name == "openai":
            client = module.OpenAI(api_key="x", base_url=f"{lab.url}{path}", max_retries=0)
            call = client.chat.completions.with_raw_response.create
        else:
            client = module.Anthropic(api_key="x", base_url=f"{lab.url}{path}", max_retries=0)
            call = client.messages.with_raw_response.create
        with client:
            arguments = {"model": "m", "messages": [{"role": "user", "content": "hello"}]}
            return call(**arguments, **({} if name == "openai" else {"max_tokens": 5}))

    error = caught(lambda: ask("/busy"))
    assert (type(error).__name__, judged(error)) == ("RateLimitError", "rate_limit")
    assert judged(caught(lambda: ask("/never"))) == "permanent"
    assert judged(caught(lambda: ask("/down"))) == "network"
    lab._faults["/busy"][:] = ["429;Retry-After=7", "503;Retry-After=9", "404"]
    caught(lambda: with_retry(PATIENT)(ask)("/busy"))
    assert clock.slept == [7.0, 9.0]
    clock.slept.clear()
    caught(lambda: with_retry(PATIENT)(ask)("/ms"))
    assert clock.slept[:1] == [1.5]


def test_sqlite_that_is_locked(tmp_path, clock):
    path = tmp_path / "a.db"
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("CREATE TABLE t (x)")
    holder.execute("BEGIN EXCLUSIVE")
    tries = []

    @with_retry(PATIENT)
    def insert():
        tries.append(1)
        if len(tries) == 2:
            holder.execute("COMMIT")
        connection = sqlite3.connect(path, timeout=0)
        try:
            with connection:
                connection.execute("INSERT INTO t VALUES (1)")
        finally:
            connection.close()

    insert()
    assert len(tries) == 2
    for wrong in ("SELECT * FROM missing", "SELEC"):
        assert judged(caught(lambda wrong=wrong: holder.execute(wrong))) == "permanent"
    holder.close()


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("40001", "transient"), ("40P01", "transient"), ("55P03", "transient"),
        ("57P03", "transient"), ("53300", "transient"), ("08006", "network"),
        ("53200", "resource"), ("23505", "permanent"), ("42P01", "permanent"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("attribute", ["sqlstate", "pgcode"])
def test_sql_states(state, expected, attribute):
    class DatabaseError(Exception):
        pass

    error = DatabaseError("words of the server")
    setattr(error, attribute, state)
    assert judged(error) == expected
