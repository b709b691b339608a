"""The SQLite store: processes, damage, other programs, modes."""

import contextlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from retryrun.store import pending, schema
from retryrun.store.archive import Archive
from retryrun.store.cells import BREAKERS, StoreError
from retryrun.store.sqlite import SqliteStore

from tests.store.test_stores import count, record

COUNTER = """
import sys
from retryrun.store.cells import BREAKERS
from retryrun.store.sqlite import SqliteStore
store = SqliteStore(sys.argv[1], busy=60.0)
for _ in range(int(sys.argv[2])):
    n = store.change(BREAKERS, "x", lambda s, _now: (s.replace(failures=s.failures + 1), s.failures + 1))
    print(n, flush=True)
"""


def python(code, *args):
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, args)], stdout=subprocess.PIPE, text=True
    )


@pytest.fixture
def path(tmp_path):
    return str(tmp_path / "state" / "state.db")


@pytest.fixture
def notes():
    return []


@pytest.fixture
def store(path, notes):
    made = SqliteStore(path, notice=notes.append, busy=0.05)
    yield made
    made.close()


def test_processes_that_begin_together_count_exactly(path):
    children = [python(COUNTER, path, 10) for _ in range(8)]
    for child in children:
        child.communicate()
        assert child.returncode == 0
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT failures FROM breakers").fetchall() == [(80,)]
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()
    assert not [name for name in os.listdir(os.path.dirname(path)) if name.startswith(".")]


def test_what_was_acknowledged_survives_a_kill(path):
    seen = 0
    for _ in range(5):
        child = python(COUNTER, path, 100000)
        for line in child.stdout:
            seen = int(line)
            if seen % 7 == 0:
                break
        child.send_signal(signal.SIGKILL)
        rest = child.communicate()[0].split()
        seen = int(rest[-1]) if rest else seen
    store = SqliteStore(path)
    assert store.change(BREAKERS, "x", count) >= seen + 1
    store.close()
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()


def test_files_are_private_whatever_the_umask(path):
    before = os.umask(0)
    try:
        store = SqliteStore(path)
        store.change(BREAKERS, "x", count)
        store.remember(record(1), days=90, megabytes=64)
        folder = os.path.dirname(path)
        modes = {
            name: os.stat(os.path.join(folder, name)).st_mode & 0o777 for name in os.listdir(folder)
        }
        store.close()
    finally:
        os.umask(before)
    assert set(modes.values()) == {0o600}
    assert "state.db-wal" in modes
    assert os.stat(folder).st_mode & 0o777 == 0o700


def test_a_file_that_others_can_read_is_closed_to_them(path, store):
    store.change(BREAKERS, "x", count)
    store.close()
    os.chmod(path, 0o644)
    store.change(BREAKERS, "x", count)
    assert os.stat(path).st_mode & 0o777 == 0o600


def test_a_folder_that_the_user_named_is_left_as_it_is(tmp_path):
    tmp_path.chmod(0o755)
    store = SqliteStore(str(tmp_path / "y.db"), named=True)
    store.change(BREAKERS, "x", count)
    store.close()
    assert tmp_path.stat().st_mode & 0o777 == 0o755


def zeroed_page(path):
    with open(path, "r+b") as file:
        file.seek(4096)  # the first page, which `PRAGMA journal_mode` looks at, is whole
        file.write(bytes(os.path.getsize(path) - 4096))


def shortened(path):
    os.truncate(path, 5000)


def garbage(path):
    with open(path, "wb") as file:
        file.write(b"this is no database at all, and it is long enough\n" * 100)


@pytest.mark.parametrize("harm", [zeroed_page, shortened, garbage])
def test_a_damaged_database_is_put_aside_and_kept(harm, path, store, notes):
    store.change(BREAKERS, "x", count)
    store.close()
    harm(path)
    data = Path(path).read_bytes()
    assert store.change(BREAKERS, "x", count) == 1
    (note,) = notes
    aside = note.split(" is now ")[1].split(";")[0]
    assert Path(aside).read_bytes() == data
    assert store.change(BREAKERS, "x", count) == 2


def test_an_empty_file_is_a_new_database(path, store, notes):
    os.makedirs(os.path.dirname(path), mode=0o700)
    Path(path).touch()
    assert store.change(BREAKERS, "x", count) == 1
    assert notes == []


@pytest.mark.parametrize("what", ["folder", "link", "fifo"])
def test_what_is_no_file_is_refused(what, path, store, tmp_path):
    os.makedirs(os.path.dirname(path), mode=0o700)
    if what == "folder":
        os.mkdir(path)
    elif what == "link":
        (tmp_path / "target").write_text("")
        os.symlink(tmp_path / "target", path)
    else:
        os.mkfifo(path)
    with pytest.raises(StoreError, match="no file of this user's"):
        store.change(BREAKERS, "x", count)


def test_a_newer_database_is_refused_and_left_alone(path, store):
    store.change(BREAKERS, "x", count)
    store.close()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = Path(path).read_bytes()
    with pytest.raises(StoreError, match="newer retryrun"):
        store.change(BREAKERS, "x", count)
    assert Path(path).read_bytes() == before


def test_the_database_of_another_program_is_refused(path, store):
    os.makedirs(os.path.dirname(path), mode=0o700)
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE theirs (x)")
    connection.close()
    with pytest.raises(StoreError, match="another program"):
        store.change(BREAKERS, "x", count)


def test_a_database_that_another_holds_is_not_waited_for_long(path, store):
    store.change(BREAKERS, "x", count)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StoreError, match="locked"):
        store.change(BREAKERS, "x", count)
    other.execute("COMMIT")
    other.close()
    assert store.change(BREAKERS, "x", count) == 2


def test_a_forked_child_opens_its_own(path, store):
    store.change(BREAKERS, "x", count)
    child = os.fork()
    if child == 0:
        store.change(BREAKERS, "x", count)
        store.close()
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
    assert store.change(BREAKERS, "x", count) == 3


# -- records on their way


def test_a_merge_that_was_cut_short_is_not_done_twice(path, store):
    pending.keep(path, record(1), named=False)
    ((token, taken),) = pending.taken(path + pending.SUFFIX)
    store.archive()  # merges the file that was left behind, and removes it
    with open(taken, "w") as file:
        file.write(record(1) + "\n")  # as if it had died before removing it
    assert len(store.archive().runs(9)) == 1
    assert not os.path.exists(taken)


@contextlib.contextmanager
def held(path):
    """Another process holds a file of waiting lines."""
    code = "import os, sys; os.lockf(os.open(sys.argv[1], os.O_RDWR), os.F_LOCK, 0); print(flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-I", "-S", "-c", code, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:  # fmt: skip
        assert process.stdout.readline() == b"\n"
        yield
        process.communicate(b"\n")


def test_a_writer_that_holds_a_file_is_waited_for_and_then_left(path, store, monkeypatch):
    monkeypatch.setattr(pending, "PATIENCE", 2)
    pending.keep(path, record(1), named=False)
    with open(path + pending.SUFFIX, "a") as written:
        with held(path + pending.SUFFIX):
            assert store.archive().runs(9) == []
        written.write(record(2) + "\n")
    assert len(store.archive().runs(9)) == 2


def test_a_line_is_not_written_to_a_file_that_was_taken_away(path):
    pending.keep(path, record(1), named=False)
    before = os.open(path + pending.SUFFIX, pending.FLAGS)
    list(pending.taken(path + pending.SUFFIX))
    assert pending._write(before, path + pending.SUFFIX, b"x\n") == 0
    os.close(before)


def test_where_the_file_is_held_another_is_begun(path):
    pending.keep(path, record(1), named=False)
    with held(path + pending.SUFFIX):
        pending.keep(path, record(2), named=False)
    names = [name for name in os.listdir(os.path.dirname(path)) if ".pending" in name]
    assert len(names) == 2


def test_a_pending_file_of_another_kind_is_refused(path, tmp_path):
    os.makedirs(os.path.dirname(path), mode=0o700)
    (tmp_path / "target").write_text("")
    os.symlink(tmp_path / "target", path + pending.SUFFIX)
    with pytest.raises(OSError):
        pending.keep(path, record(1), named=False)
    assert (tmp_path / "target").read_text() == ""


@pytest.mark.parametrize(
    "value",
    [
        {"a": "plain", "b": None, "c": True, "d": 1, "e": 1.5, "f": ["x", "y"]},
        {"a": 'quoted "x" \\ and\nlines', "ü": "\udcff"},
    ],
)
def test_a_record_is_json_with_and_without_the_library(value, monkeypatch):
    monkeypatch.delitem(sys.modules, "json")
    text = pending.dumps(value)
    assert "\n" not in text
    assert json.loads(text) == value


# -- retention


def test_the_oldest_go_when_there_is_too_much(path, store):
    lines = [record(n, command=[f"echo {n} " + "x" * 150]) for n in range(12000)]
    os.makedirs(os.path.dirname(path), mode=0o700)
    with open(path + pending.SUFFIX, "w") as file:
        file.write("\n".join(lines) + "\n")
    os.chmod(path + pending.SUFFIX, 0o600)
    archive = store.archive(megabytes=1)
    kept = archive.runs(100000)
    assert 0 < len(kept) < 12000
    assert kept[0]["run_id"] == "r11999"
    assert archive._size() <= 1 << 20
    store.close()
    assert os.path.getsize(path) < 2 << 20


def test_a_file_system_of_the_network_is_known(tmp_path, monkeypatch):
    assert not schema.remote("/")
    monkeypatch.setattr("builtins.open", lambda *_a, **_k: iter_lines("nfs4", tmp_path))
    assert schema.remote(str(tmp_path))


class iter_lines:
    def __init__(self, kind, point):
        self.lines = [f"1 0 0:1 / / rw - ext4 /dev/x rw", f"2 1 0:2 / {point} rw - {kind} s:/x rw"]

    def __enter__(self):
        return iter(self.lines)

    def __exit__(self, *_):
        pass


def test_on_a_network_file_system_there_is_no_shared_memory(path, monkeypatch):
    monkeypatch.setattr(schema, "remote", lambda _folder: True)
    store = SqliteStore(path)
    store.change(BREAKERS, "x", count)
    store.close()
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    connection.close()


# -- figures


def test_the_gap_until_people_run_it_again():
    def run(n, outcome, **more):
        attempt = {"role": "primary", "category": "network", "rule": "x", "number": 1}
        return record(n, outcome=outcome, attempts=[attempt], **more)

    archive = Archive.in_memory(
        [
            run(0, "failed", started=1000.0),  # ends at 1001.5
            record(1, started=1030.0, command=["false"]),
            record(2, started=1061.5),
            run(3, "failed", started=9000.0),  # nobody came back
        ]
    )
    assert archive.gaps(0.0) == [60.0]
    assert archive.gaps(5000.0) == []
