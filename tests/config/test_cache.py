"""Compiled copies: used only when nothing has changed and nobody else had a hand in them."""

import os
import sys
import time

import pytest

from retryrun import config
from retryrun.config import cache, find

TEXT = "tasks: {a: {run: echo a}}\n"


@pytest.fixture
def place(tmp_path):
    """A settled recovery.yaml, and an environment with a cache folder of its own."""

    class Place:
        file = tmp_path / "recovery.yaml"
        env = {"XDG_CACHE_HOME": str(tmp_path / "cache"), "HOME": str(tmp_path)}
        folder = tmp_path / "cache" / "retryrun"

        def write(self, text, ago=100):
            self.file.write_text(text)
            then = time.time() - ago
            os.utime(self.file, (then, then))

        def load(self, **more):
            return config.load(str(self.file), env={**self.env, **more}, reserved=("tasks",))

        def copies(self):
            return sorted(self.folder.glob("*")) if self.folder.exists() else []

    made = Place()
    made.write(TEXT)
    return made


@pytest.fixture(autouse=True)
def settled(monkeypatch):
    # A file's ctime cannot be set; let everything that is there count as settled.
    monkeypatch.setattr(cache, "SETTLED", -1.0)


@pytest.fixture
def compiled(monkeypatch):
    """Counts how often the YAML was really read."""
    from retryrun.config import compile as compiler

    real, calls = compiler.compile_text, []

    def counting(*args, **kwargs):
        calls.append(args)
        return real(*args, **kwargs)

    monkeypatch.setattr(compiler, "compile_text", counting)
    return calls


def test_the_second_start_reads_the_copy(place, compiled):
    assert place.load() == place.load()
    assert len(compiled) == 1
    (copy,) = place.copies()
    assert copy.stat().st_mode & 0o777 == 0o600
    assert place.folder.stat().st_mode & 0o777 == 0o700


def test_an_edit_is_seen(place, compiled):
    place.load()
    place.write(TEXT.replace("echo a", "echo b"))
    assert place.load()["tasks"]["a"]["run"] == "echo b"
    assert len(compiled) == 2
    assert len(place.copies()) == 1


def test_other_subcommands_make_another_document(place, compiled):
    place.load()
    config.load(str(place.file), env=place.env, reserved=("tasks", "a"))
    assert len(compiled) == 2


@pytest.mark.parametrize("damage", [b"", b"garbage", b"\x80" * 100, b"i\x01\x00\x00\x00"])
def test_a_damaged_copy_is_as_good_as_none(place, compiled, damage):
    place.load()
    place.copies()[0].write_bytes(damage)
    assert place.load()["tasks"]["a"]["run"] == "echo a"
    assert len(compiled) == 2
    place.load()
    assert len(compiled) == 2


def test_a_copy_that_others_may_write_is_not_trusted(place, compiled):
    place.load()
    place.copies()[0].chmod(0o666)
    place.load()
    assert len(compiled) == 2


def test_a_link_in_its_place_is_not_followed(place, compiled, tmp_path):
    place.load()
    (copy,) = place.copies()
    copy.rename(tmp_path / "elsewhere")
    copy.symlink_to(tmp_path / "elsewhere")
    place.load()
    assert len(compiled) == 2


def test_an_open_folder_is_not_written_to(place):
    place.folder.mkdir(parents=True)
    place.folder.chmod(0o755)
    place.load()
    assert place.copies() == []


def test_a_folder_that_cannot_be_made_is_no_matter(place):
    (place.folder.parent).write_text("a file")
    assert place.load() is not None


@pytest.mark.parametrize("more", [{"RETRYRUN_STATE": "off"}, {"XDG_CACHE_HOME": "x", "HOME": ""}])
def test_nothing_is_kept_where_there_is_no_place(place, more):
    place.load(**more)
    assert place.copies() == []


def test_without_a_named_folder_it_lies_below_the_home(place, tmp_path):
    place.load(XDG_CACHE_HOME="")
    assert list((tmp_path / ".cache" / "retryrun").iterdir())


def test_a_file_that_was_just_changed_is_not_kept(place, monkeypatch):
    monkeypatch.setattr(cache, "SETTLED", 1000.0)
    place.load()
    assert place.copies() == []


def test_validate_reads_the_file_itself(place):
    place.load()
    (copy,) = place.copies()
    copy.write_bytes(b"garbage")
    problems, document = config.validate(str(place.file), env=place.env, reserved=())
    assert not problems
    assert document["tasks"]
    assert copy.read_bytes() == b"garbage"


def test_the_key_names_all_that_matters(place):
    found = find.explicit(str(place.file))
    key = cache._key(found, ("b", "a"))
    assert sys.hexversion in key[2]
    assert tuple(found.stamp) in key
    assert ("a", "b") in key
