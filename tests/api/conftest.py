"""Stand-ins for time: no test of the library waits."""

import time

import pytest


class Time:
    """A clock that sleeping moves."""

    def __init__(self):
        self.now = 1000.0
        self.slept = []

    def monotonic(self):
        return self.now

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.now += seconds

    async def sleep_async(self, seconds, result=None):
        self.sleep(seconds)
        return result


@pytest.fixture
def clock(monkeypatch):
    import asyncio

    fake = Time()
    monkeypatch.setattr(time, "monotonic", fake.monotonic)
    monkeypatch.setattr(time, "sleep", fake.sleep)
    monkeypatch.setattr(asyncio, "sleep", fake.sleep_async)
    return fake


class Flaky:
    """A function that raises the errors of a list in turn, then returns."""

    def __init__(self, *errors, returns="ok"):
        self.errors, self.returns, self.calls = list(errors), returns, []

    def __call__(self, *args, **kwargs):
        self.calls.append((args, kwargs))
        if self.errors:
            raise self.errors.pop(0)
        return self.returns

    async def coroutine(self, *args, **kwargs):
        return self(*args, **kwargs)


@pytest.fixture
def flaky():
    return Flaky
