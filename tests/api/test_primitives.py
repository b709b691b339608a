"""The facade and the examples beside it, and the page that shows them."""

import asyncio
import re
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "scripts" / "primitives"
PAGE = (ROOT / "docs" / "python-api.md").read_text()
BLOCKS = re.findall(r"^```python\n(.*?)^```", PAGE, re.M | re.S)


def test_the_examples_print_what_the_page_shows():
    done = subprocess.run(
        [sys.executable, str(FOLDER / "example_error_recovery.py")],
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert f"example_error_recovery.py` prints:\n\n```\n{done.stdout}```\n" in PAGE


def block(words):
    """The names that the page's block with these words defines."""
    (code,) = [each for each in BLOCKS if words in each]
    names = {}
    exec(compile(code, "python-api.md", "exec"), names)
    return names


@pytest.mark.parametrize("code", BLOCKS)
def test_each_block_of_the_page_stands_by_itself(code, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # away from this project's recovery.yaml
    exec(compile(code, "python-api.md", "exec"), {})


def test_the_pages_transaction(tmp_path, monkeypatch):
    transfer = block("def transfer")["transfer"]
    path = str(tmp_path / "bank.db")
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("CREATE TABLE account (id, balance)")
    holder.executemany("INSERT INTO account VALUES (?, 100)", [(1,), (2,)])
    holder.execute("BEGIN EXCLUSIVE")
    monkeypatch.setattr(time, "sleep", lambda _seconds: holder.execute("COMMIT"))
    transfer(path, 30)
    assert holder.execute("SELECT balance FROM account ORDER BY id").fetchall() == [(70,), (130,)]
    holder.close()


@pytest.mark.parametrize("words", ["httpx.AsyncClient", "aiohttp.ClientSession"])
def test_the_pages_sessions(words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # away from this project's recovery.yaml
    client = pytest.importorskip(words.partition(".")[0])
    from retryrun import testing
    from tests.lab.server import Lab

    page = block(words)["page"]

    async def main(url):
        async with getattr(client, words.partition(".")[2])() as session:
            return await page(session, url)

    with Lab(tmp_path, {"/a": "503;Retry-After=2,429;Retry-After=1"}) as lab, testing():
        lab.add({"/a": ("text/plain", b"hello")})
        assert asyncio.run(main(f"{lab.url}/a")) == "hello"
        assert lab.count("/a") == 3


def test_the_pages_client_of_a_language_model(tmp_path, monkeypatch):
    pytest.importorskip("anthropic")
    from retryrun import testing
    from tests.lab.server import Lab

    with Lab(tmp_path, {"/v1/messages": "429;Retry-After=2,529"}) as lab, testing():
        answer = (
            b'{"id": "m", "type": "message", "role": "assistant", "model": "m", "stop_reason": "end_turn",'
            b' "content": [{"type": "text", "text": "hello"}], "usage": {"input_tokens": 1, "output_tokens": 1}}'
        )
        lab.add({"/v1/messages": ("application/json", answer)})
        monkeypatch.setenv("ANTHROPIC_API_KEY", "x")
        monkeypatch.setenv("ANTHROPIC_BASE_URL", lab.url)
        names = block("AsyncAnthropic")

        async def main():
            async with names["client"]:
                return await names["ask"]("m", "hello")

        assert asyncio.run(main()) == "hello"
        assert lab.count("/v1/messages") == 3
        assert names["budget"].left == 8
