"""Real clients against a server that fails on purpose."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.lab import builders
from tests.lab.server import Lab

HERE = Path(sys.executable).parent
SHORT = ("--no-config", "--base-delay", "20ms", "--report", "report.json")
# What a machine's own settings would bring in.
SETTINGS = (
    "PIP_",
    "UV_",
    "NPM_",
    "npm_",
    "GIT_",
    "CURL_",
    "SSL_",
    "REQUESTS_",
    "PYTHON",
    "VIRTUAL_ENV",
)


def where(name):
    beside = HERE / name
    return str(beside) if beside.exists() else shutil.which(name)


def needs(*names):
    missing = [name for name in names if not where(name)]
    return pytest.mark.skipif(bool(missing), reason=f"{', '.join(missing)} is not installed")


@pytest.fixture
def box(box):
    box.env = {
        k: v for k, v in box.env.items() if not k.startswith(SETTINGS) and "proxy" not in k.lower()
    }
    box.env |= {
        "PATH": f"{HERE}:{box.env['PATH']}",
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_NO_CACHE_DIR": "1",
        "UV_NO_CONFIG": "1",
        "UV_NO_CACHE": "1",
        "UV_HTTP_RETRIES": "1",
        "UV_PYTHON_DOWNLOADS": "never",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_TERMINAL_PROMPT": "0",
        "NPM_CONFIG_USERCONFIG": os.devnull,
        "NPM_CONFIG_FETCH_RETRIES": "0",
        "NPM_CONFIG_UPDATE_NOTIFIER": "false",
        "NPM_CONFIG_AUDIT": "false",
        "NPM_CONFIG_FUND": "false",
    }
    return box


@pytest.fixture
def lab(tmp_path):
    """A function that opens a lab with these faults and everything to serve."""
    opened = []

    def open_lab(faults=None, **more):
        made = Lab(tmp_path, faults, **more)
        opened.append(made.__enter__())
        made.add_python(
            lab=[builders.wheel("lab")],
            needy=[builders.wheel("needy", requires=("lab>=1",))],
            left=[builders.wheel("left", requires=("lab==1.0",))],
            right=[builders.wheel("right", requires=("lab==2.0",))],
        )
        made.add(builders.npm_package("lab", "1.0.0", made.url))
        made.add({"/file": ("text/plain", b"0123456789" * 20_000)})
        return made

    yield open_lab
    for made in opened:
        made.__exit__()


def uv(lab, *packages, target="site"):
    return [
        "uv",
        "pip",
        "install",
        "--target",
        target,
        "--index-url",
        f"{lab.url}/simple/",
        *packages,
    ]


def pip(lab, *packages, target="site"):
    return [sys.executable, "-m", "pip", "install", "--retries", "1", "--timeout", "5", "--target",
            target, "--index-url", f"{lab.url}/simple/", *packages]  # fmt: skip


def recovered(box, done, categories):
    assert done.status == 0, done
    report = box.report()
    assert report["outcome"] == "recovered", done
    failed = [attempt for attempt in report["attempts"] if attempt["category"]]
    assert failed
    assert {attempt["category"] for attempt in failed} <= set(categories), done
    return failed


def failed_once(box, done, status=None):
    report = box.report()
    assert len(report["attempts"]) == 1, done
    assert report["attempts"][0]["category"] == "permanent", done
    assert done.status == report["attempts"][0]["exit_code"] != 0
    assert status is None or done.status == status


@needs("uv")
@pytest.mark.parametrize("fault", ["reset*4", "503*4", "half*2", "close*4"])
def test_uv_recovers(box, lab, fault):
    made = lab({"/simple/lab/": fault})
    done = box(*SHORT, "--", *uv(made, "lab"))
    recovered(box, done, {"network", "transient"})
    assert (box.work / "site" / "lab" / "__init__.py").exists()


@needs("uv")
def test_uv_is_told_to_slow_down(box, lab):
    made = lab({"/simple/lab/": "429*2"})
    done = box(*SHORT, "--", *uv(made, "lab"))
    recovered(box, done, {"rate_limit"})


@needs("uv", "curl")
def test_uv_finds_nobody_listening(box, lab):
    made = lab(listening=False)
    done = box(*SHORT, "--before-retry", f"curl -fsS {made.control}/listen", "--", *uv(made, "lab"))
    recovered(box, done, {"network"})


@pytest.mark.parametrize(
    ("path", "fault", "categories"),
    [
        ("/simple/lab/", "reset*2", {"network", "transient"}),
        ("/files/lab", "503*2", {"transient"}),
        ("/files/lab", "429*1", {"rate_limit"}),
        ("/files/lab", "half*6", {"network", "transient"}),  # it resumes five times by itself,
    ],
)
def test_pip_recovers(box, lab, path, fault, categories):
    made = lab({path: fault})
    done = box(*SHORT, "--", *pip(made, "lab"))
    recovered(box, done, categories)
    assert (box.work / "site" / "lab" / "__init__.py").exists()


@needs("curl")
def test_pip_finds_nobody_listening(box, lab):
    made = lab(listening=False)
    done = box(
        *SHORT, "--before-retry", f"curl -fsS {made.control}/listen", "--", *pip(made, "lab")
    )
    recovered(box, done, {"network"})


@needs("curl")
def test_curl_waits_as_long_as_the_server_asks(box, lab):
    made = lab({"/file": "429;Retry-After=2,ok"})
    done = box(*SHORT, "--", "curl", "-fsS", "-D", "/dev/stderr", "-o", "got", f"{made.url}/file")
    (failed,) = recovered(box, done, {"rate_limit"})
    assert failed["retry_after_s"] == 2
    assert failed["delay_s"] >= 2


@needs("curl")
@pytest.mark.parametrize("fault", ["reset", "close", "half", "503", "502", "500"])
def test_curl_recovers(box, lab, fault):
    made = lab({"/file": f"{fault},ok"})
    done = box(*SHORT, "--", "curl", "-fsS", "-o", "got", f"{made.url}/file")
    recovered(box, done, {"network", "transient"})
    assert (box.work / "got").stat().st_size == 200_000


@needs("curl")
def test_curl_over_a_stalled_server(box, lab):
    made = lab({"/file": "stall,ok"})
    done = box(*SHORT, "-t", "1s", "--", "curl", "-fsS", "-o", "got", f"{made.url}/file")
    (failed,) = recovered(box, done, {"transient"})
    assert failed["timed_out"] is True


@needs("wget")
@pytest.mark.parametrize(("fault", "category"), [("503", "transient"), ("429", "rate_limit")])
def test_wget_recovers(box, lab, fault, category):
    made = lab({"/file": f"{fault},ok"})
    done = box(*SHORT, "--", "wget", "--tries=1", "-nv", "-O", "got", f"{made.url}/file")
    recovered(box, done, {category})


@needs("curl", "openssl")
def test_a_certificate_is_not_retried(box, lab):
    made = lab(tls=True)
    done = box(*SHORT, "--", "curl", "-fsS", f"{made.url}/file")
    failed_once(box, done, 60)


@needs("git")
@pytest.mark.parametrize("fault", ["reset", "503", "close"])
def test_git_recovers(box, lab, fault, tmp_path):
    made = lab({"/git/lab.git/info/refs": f"{fault},ok"})
    made.add(builders.git_repository(tmp_path))
    done = box(*SHORT, "--", "git", "clone", "-q", f"{made.url}/git/lab.git")
    recovered(box, done, {"network", "transient"})
    assert (box.work / "lab" / "README").read_text() == "lab\n"


@needs("git")
def test_git_without_the_repository(box, lab):
    done = box(*SHORT, "--", "git", "clone", "-q", f"{lab().url}/git/none.git")
    failed_once(box, done, 128)


@needs("npm")
@pytest.mark.parametrize(
    ("fault", "categories"),
    [("503", {"transient"}), ("reset", {"network"}), ("429", {"rate_limit"})],
)
def test_npm_recovers(box, lab, fault, categories):
    made = lab({"/npm/lab": f"{fault},ok"})
    (box.work / "package.json").write_text('{"name": "x", "version": "1.0.0"}')
    done = box(*SHORT, "--", "npm", "install", "lab", "--registry", f"{made.url}/npm/")
    recovered(box, done, categories)
    assert (box.work / "node_modules" / "lab" / "index.js").exists()


@needs("npm")
def test_npm_without_the_package(box, lab):
    (box.work / "package.json").write_text('{"name": "x", "version": "1.0.0"}')
    done = box(*SHORT, "--", "npm", "install", "none", "--registry", f"{lab().url}/npm/")
    failed_once(box, done)


@needs("uv")
@pytest.mark.parametrize("tool", [uv, pip])
def test_a_package_that_does_not_exist(box, lab, tool):
    done = box(*SHORT, "--", *tool(lab(), "no-such-package"))
    failed_once(box, done)


@needs("uv")
@pytest.mark.parametrize("tool", [uv, pip])
def test_a_conflict_of_dependencies(box, lab, tool):
    done = box(*SHORT, "--", *tool(lab(), "left", "right"))
    failed_once(box, done)


def test_real_test_failures_whatever_their_words(box):
    (box.work / "test_net.py").write_text(
        "def test_timeout():\n    assert 'connection refused' == 'HTTP 503'\n"
        "def test_connection_refused():\n    raise ValueError('429 too many requests')\n"
    )
    done = box(*SHORT, "--", sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", ".")
    failed_once(box, done, 1)
    assert box.report()["attempts"][0]["rule"] is not None


@needs("ruff")
def test_a_finding_of_a_linter(box):
    (box.work / "timeout.py").write_text("import os  # connection refused 503\n")
    done = box(*SHORT, "--", "ruff", "check", "--no-cache", "timeout.py")
    failed_once(box, done, 1)


@needs("gcc")
def test_a_compile_error(box):
    (box.work / "timeout.c").write_text("int main(void) { return connection_refused_503; }\n")
    done = box(*SHORT, "--", "gcc", "-c", "timeout.c")
    failed_once(box, done, 1)


@needs("uv")
def test_a_fallback_takes_over_while_the_index_is_down(box, lab):
    name, data = builders.wheel("lab")
    (box.work / "wheels").mkdir()
    (box.work / "wheels" / name).write_bytes(data)
    made = lab({"/simple/": "503*"})
    fallback = "uv pip install --target site --no-index --find-links wheels lab"
    done = box(*SHORT, "-r", "1", "--fallback", fallback, "--", *uv(made, "lab"))
    assert done.status == 0, done
    assert box.report()["outcome"] == "fallback"
    assert (box.work / "site" / "lab" / "__init__.py").exists()
