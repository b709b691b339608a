"""Each fault looks to curl as it should."""

import shutil
import subprocess

import pytest

from tests.lab.server import Lab, expand

pytestmark = pytest.mark.skipif(not shutil.which("curl"), reason="curl is not installed")


def curl(*words):
    return subprocess.run(
        ["curl", "-sS", "--max-time", "20", *words], capture_output=True, text=True
    )


@pytest.fixture
def lab(tmp_path, request):
    with Lab(tmp_path, *getattr(request, "param", ())) as made:
        made.add({"/file": ("text/plain", b"x" * 100_000)})
        yield made


def serving(*faults):
    return pytest.mark.parametrize("lab", [({"/file": ",".join(faults)},)], indirect=True)


def test_words_are_expanded():
    assert expand("reset*2,503,ok") == ["reset", "reset", "503", "ok"]
    assert expand("503*") == ["503*"]


@serving("ok")
def test_ok(lab):
    done = curl(lab.url + "/file")
    assert (done.returncode, len(done.stdout)) == (0, 100_000)
    assert curl("-f", lab.url + "/nothing").returncode == 22


@serving("reset", "close", "half", "stall")
def test_connections_that_break(lab):
    assert curl(lab.url + "/file").returncode == 56
    assert curl(lab.url + "/file").returncode == 52
    assert curl(lab.url + "/file").returncode == 18
    assert curl("--max-time", "1", lab.url + "/file").returncode == 28
    assert [what for _, _, what in lab.log] == ["reset", "close", "half", "stall"]
    assert curl(lab.url + "/file").returncode == 0


@serving("503", "429;Retry-After=2", "502*")
def test_statuses(lab):
    for status in ("503", "429", "502", "502"):
        done = curl("-i", lab.url + "/file")
        assert f"HTTP/1.1 {status}" in done.stdout
        assert ("Retry-After: 2" in done.stdout) == (status == "429")


def test_refused_until_it_listens(tmp_path):
    with Lab(tmp_path, listening=False) as lab:
        lab.add({"/file": ("text/plain", b"x")})
        assert curl(lab.url + "/file").returncode == 7
        assert curl(lab.control + "/listen").returncode == 0
        assert curl(lab.url + "/file").stdout == "x"


@pytest.mark.skipif(not shutil.which("openssl"), reason="openssl is not installed")
def test_a_certificate_that_cannot_be_verified(tmp_path):
    with Lab(tmp_path, tls=True) as lab:
        lab.add({"/file": ("text/plain", b"x")})
        assert curl(lab.url + "/file").returncode == 60
        assert curl("-k", lab.url + "/file").stdout == "x"
