"""Where a report may be written, and that nothing keeps the run from ending."""

import json
import os
import stat
import threading
from pathlib import Path

import pytest

from retryrun.report.json import write, write_bytes

DOCUMENT = {"version": 1, "line": "café \ud800"}


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def put(path, document=DOCUMENT):
    return write(str(path), document, run_id="run-1")


def mode(path):
    return stat.S_IMODE(os.stat(path).st_mode)


def test_a_new_file_is_private_whatever_the_umask():
    before = os.umask(0)
    try:
        assert put("report.json") is None
    finally:
        os.umask(before)
    assert json.loads(Path("report.json").read_bytes()) == DOCUMENT
    assert mode("report.json") == 0o600


def test_an_old_file_is_replaced_whole_by_renaming(tmp_path):
    (tmp_path / "report.json").write_text("old " * 9999)
    reader = open("report.json")
    old = os.stat("report.json").st_ino
    assert put("report.json") is None
    assert reader.read().startswith("old old")
    assert os.stat("report.json").st_ino != old
    assert os.listdir() == ["report.json"]
    reader.close()


def test_a_folder_gets_a_file_for_each_run(tmp_path):
    (tmp_path / "reports").mkdir()
    assert put("reports") is None
    assert put("deep/new/") is None
    assert os.listdir("reports") == os.listdir("deep/new") == ["run-1.json"]
    assert mode("deep/new") == 0o700
    assert write_bytes("reports/", b"<xml/>", name="run-1.xml") is None
    assert sorted(os.listdir("reports")) == ["run-1.json", "run-1.xml"]


@pytest.mark.parametrize("exists", [True, False])
def test_a_link_stays_a_link(tmp_path, exists):
    (tmp_path / "real").mkdir()
    if exists:
        (tmp_path / "real" / "file").write_text("old")
    os.symlink("real/file", "link")
    assert put("link") is None
    assert os.path.islink("link")
    assert json.loads(Path("real/file").read_text()) == DOCUMENT


def test_a_device_is_opened_and_written():
    assert put("/dev/null") is None
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)
    assert put("/dev/full") == "/dev/full cannot be written: No space left on device"


def test_a_fifo_without_a_reader_is_not_waited_for():
    os.mkfifo("fifo")
    assert put("fifo") == "fifo cannot be written: nobody reads from it"


def test_a_fifo_with_a_reader_gets_everything():
    os.mkfifo("fifo")
    reader = os.open("fifo", os.O_RDONLY | os.O_NONBLOCK)
    os.set_blocking(reader, True)
    found = []
    document = {"line": "x" * 1_000_000}

    def read():
        while piece := os.read(reader, 65536):
            found.append(piece)

    # The writer's end must be open before the first read, or that sees the end at once.
    keep = os.open("fifo", os.O_WRONLY)
    thread = threading.Thread(target=read)
    thread.start()
    assert put("fifo", document) is None
    os.close(keep)
    thread.join(10)
    os.close(reader)
    assert json.loads(b"".join(found)) == document


def test_a_reader_that_does_not_read_is_given_up(monkeypatch):
    monkeypatch.setattr("retryrun.report.json.PATIENCE", 0.05)
    os.mkfifo("fifo")
    reader = os.open("fifo", os.O_RDONLY | os.O_NONBLOCK)
    said = put("fifo", {"line": "x" * 1_000_000})
    os.close(reader)
    assert said == "fifo cannot be written: its reader does not read"


def test_a_reader_that_leaves_is_one_warning():
    inlet, outlet = os.pipe()
    os.close(inlet)
    assert put(f"/dev/fd/{outlet}") == f"/dev/fd/{outlet} cannot be written: Broken pipe"
    os.close(outlet)


@pytest.mark.parametrize("folder", ["/dev/fd", "/proc/self/fd"])
def test_an_open_descriptor_is_written_where_it_stands(folder):
    descriptor = os.open("log", os.O_RDWR | os.O_CREAT)
    os.write(descriptor, b"before\n")
    assert put(f"{folder}/{descriptor}") is None
    os.write(descriptor, b"after\n")
    os.close(descriptor)
    text = Path("log").read_text()
    assert text.startswith("before\n{")
    assert text.endswith("}\nafter\n")


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (
            "/nowhere/report.json",
            "/nowhere/report.json cannot be written: No such file or directory",
        ),
        ("", "cannot be written: it has no name"),
        ("a\0b", "a\\x00b cannot be written: "),
        ("loop", "loop cannot be written: Too many levels of symbolic links"),
        ("file/report.json", "file/report.json cannot be written: Not a directory"),
        ("file/", "file/ cannot be written: "),
        ("/dev/fd/9999", "/dev/fd/9999 cannot be written: Bad file descriptor"),
        ("x" * 300, "x" * 300 + " cannot be written: File name too long"),
        ("/no\x1b[2J\n/x", "/no\\x1b[2J /x cannot be written: "),
    ],
)
def test_what_cannot_be_written_is_one_line(path, said, tmp_path):
    os.symlink("loop", "loop")
    (tmp_path / "file").write_text("")
    found = put(path)
    assert found is not None
    assert found.startswith(said.strip())
    assert "\n" not in found
    assert sorted(os.listdir()) == ["file", "loop"]


def test_what_is_no_json_is_one_line():
    assert put("report.json", {"a": object()}).startswith(
        "report.json cannot be written: Object of type"
    )
    assert os.listdir() == []
