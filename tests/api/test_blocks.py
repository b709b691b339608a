"""The code blocks of the requirements, as printed, with stand-ins for the names they lean on."""

import asyncio
import logging
import sys
import types
from pathlib import Path

import pytest

BLOCKS = sorted((Path(__file__).parent / "blocks").glob("*.py"))
PRIMITIVES = str(Path(__file__).parents[2] / "scripts" / "primitives")


class Session:
    async def __aenter__(self):
        return self

    async def __aexit__(self, *_):
        return None


def stand_ins(monkeypatch):
    monkeypatch.syspath_prepend(PRIMITIVES)
    import error_recovery

    def retry():
        return None

    async def fetch_one(_session, url):
        return url

    def fails():
        raise ConnectionError("Connection timeout")

    names = {name: getattr(error_recovery, name) for name in error_recovery.__all__}
    return {
        **names,
        "subprocess": types.SimpleNamespace(
            run=lambda *_a, **_k: types.SimpleNamespace(stdout="1 passed")
        ),
        "requests": types.SimpleNamespace(get=lambda url: f"got {url}"),
        "aiohttp": types.SimpleNamespace(ClientSession=Session),
        "asyncio": asyncio,
        "logger": logging.getLogger("blocks"),
        "dataclass": lambda cls: cls,
        "risky_operation": fails,
        "risky_function": lambda *args: args,
        "arg1": 1,
        "arg2": 2,
        "cached_deps": ["cached"],
        "install_dependencies": fails,
        "remote_config": fails,
        "use_cache": lambda: "cache",
        "fetch_from_api": fails,
        "fetch_one": fetch_one,
        "urls": ["a", "b"],
        "error": ConnectionError("reset"),
        "attempt": 0,
        "max_retries": 3,
        "retry": retry,
    }


def run(number, monkeypatch):
    path = next(block for block in BLOCKS if block.stem == f"{number:02d}")
    names = stand_ins(monkeypatch)
    exec(compile(path.read_text(), str(path), "exec"), names)
    return names


@pytest.mark.parametrize("path", BLOCKS, ids=lambda path: path.stem)
def test_each_runs_as_printed(path, monkeypatch, clock):
    run(int(path.stem), monkeypatch)


def test_there_are_all_of_them():
    assert len(BLOCKS) == 20


def called(name, monkeypatch):
    """The result of the function of that name in the first block that defines it."""
    for path in BLOCKS:
        if f"def {name}(" in path.read_text():
            found = run(int(path.stem), monkeypatch)[name]()
            return asyncio.run(found) if asyncio.iscoroutine(found) else found
    raise LookupError(name)


@pytest.mark.parametrize(
    ("name", "result"),
    [
        ("flaky_operation", None),
        ("operation_with_fallback", None),
        ("async_operation", None),
        ("protected_operation", (1, 2)),
        ("run_tests", "1 passed"),
        ("ensure_dependencies", ["cached"]),
        ("fetch_config", "default"),
        ("call_external_api", "got https://api.example.com"),
        ("fetch_multiple", ["a", "b"]),
    ],
)
def test_what_they_define_works(name, result, monkeypatch, clock):
    assert called(name, monkeypatch) == result
