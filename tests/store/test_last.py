"""Where state lives, and the last failure in it."""

import os

from retryrun.store import last, place


def test_the_folder_by_environment():
    assert place.folder({"XDG_STATE_HOME": "/s", "HOME": "/h"}) == "/s/retryrun"
    assert place.folder({"HOME": "/h"}) == "/h/.local/state/retryrun"
    assert place.folder({"XDG_STATE_HOME": "relative", "HOME": "/h"}) == "/h/.local/state/retryrun"
    assert place.folder({}) == f"/tmp/retryrun-{os.getuid()}"
    assert place.folder({"HOME": "/h", "RETRYRUN_STATE": "off"}) is None
    assert place.folder({"RETRYRUN_STATE": "sqlite:///x/y.db"}) == "/x"


def test_a_record_comes_back_and_is_private(tmp_path):
    env = {"XDG_STATE_HOME": str(tmp_path)}
    assert last.load(env) is None
    last.save(env, {"command": ["x"]})
    last.save(env, {"command": ["y"]})
    assert last.load(env) == {"command": ["y"]}
    folder = tmp_path / "retryrun"
    assert folder.stat().st_mode & 0o777 == 0o700
    (file,) = folder.iterdir()
    assert file.stat().st_mode & 0o777 == 0o600


def test_an_open_folder_is_closed_to_others(tmp_path):
    (tmp_path / "retryrun").mkdir(mode=0o755)
    assert place.private(str(tmp_path / "retryrun"))
    assert (tmp_path / "retryrun").stat().st_mode & 0o777 == 0o700


def test_what_cannot_be_written_or_read_is_no_matter(tmp_path):
    last.save({"RETRYRUN_STATE": "off"}, {})
    assert last.load({"RETRYRUN_STATE": "off"}) is None
    (tmp_path / "file").write_text("")
    last.save({"XDG_STATE_HOME": str(tmp_path / "file")}, {})
    (tmp_path / "link").symlink_to(tmp_path)
    assert not place.private(str(tmp_path / "link"))
    folder = tmp_path / "state" / "retryrun"
    folder.mkdir(parents=True)
    (folder / last.NAME).write_text("[")
    assert last.load({"XDG_STATE_HOME": str(tmp_path / "state")}) is None
    (folder / last.NAME).write_text("[]")
    assert last.load({"XDG_STATE_HOME": str(tmp_path / "state")}) is None


def test_a_draft_left_by_a_crash_does_not_stop_the_next(tmp_path):
    env = {"XDG_STATE_HOME": str(tmp_path)}
    (tmp_path / "retryrun").mkdir()
    (tmp_path / "retryrun" / f"{last.NAME}.{os.getpid()}").write_text("half")
    last.save(env, {"command": ["x"]})
