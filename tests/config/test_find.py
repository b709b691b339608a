"""Which recovery.yaml counts: the nearest, down to a border, and only if it is one's own."""

import os
import shutil
import subprocess
import sys
import time
from types import SimpleNamespace

import pytest

from retryrun.config import find
from retryrun.errors import ConfigError

ROOT = os.geteuid() == 0
STRANGER = 12345
needs_root = pytest.mark.skipif(not ROOT, reason="only root can give files to somebody else")


def look(cwd, euid=None, **env):
    return find.discover({"HOME": "/nonexistent", **env}, str(cwd), euid)


def write(folder, name="recovery.yaml", text="version: 1\n"):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text)
    return str(folder / name)


def refusal(cwd, euid=None, **env):
    with pytest.raises(ConfigError) as caught:
        look(cwd, euid, **env)
    return caught.value


@pytest.fixture
def top(tmp_path):
    """A folder with a border right above the tests' own files."""
    (tmp_path / ".git").mkdir()
    return tmp_path


# Where it is looked for


def test_no_file(top):
    assert look(top) is None


@pytest.mark.parametrize("name", find.NAMES)
def test_in_the_working_directory(top, name):
    path = write(top, name, "version: 1 # here\n")
    found = look(top)
    assert found.path == path
    assert found.data == b"version: 1 # here\n"
    info = os.stat(path)
    assert found.stamp == (info.st_dev, info.st_ino, 18, info.st_mtime_ns, info.st_ctime_ns)


def test_in_a_folder_above(top):
    path = write(top)
    (top / "a" / "b").mkdir(parents=True)
    assert look(top / "a" / "b").path == path


def test_the_nearest_counts(top):
    write(top)
    path = write(top / "a", "recovery.yml")
    (top / "a" / "b").mkdir()
    assert look(top / "a" / "b").path == path


def test_both_names_in_one_folder_are_an_error(top):
    path = write(top)
    write(top, "recovery.yml")
    error = refusal(top)
    assert error.message == f"{path}: recovery.yml lies beside it, and only one of them can count"
    assert f"-f {path}" in error.hint


@pytest.mark.parametrize("make", ["mkdir", "touch"], ids=["folder", "file of a worktree"])
def test_the_repository_is_the_border(top, make):
    write(top)
    inner = top / "inner"
    (inner / "deep").mkdir(parents=True)
    getattr(inner / ".git", make)()
    assert look(inner / "deep") is None
    path = write(inner)
    assert look(inner / "deep").path == path


def test_the_home_folder_is_the_border(top):
    write(top)
    home = top / "home"
    (home / "deep").mkdir(parents=True)
    assert look(home / "deep", HOME=str(home)) is None
    path = write(home)
    assert look(home / "deep", HOME=str(home)).path == path
    (top / "link").symlink_to(home)
    assert look(home / "deep", HOME=str(top / "link")).path == path


@pytest.mark.parametrize("home", ["", "/nonexistent/home", "not\0a path"])
def test_a_home_that_is_none_is_no_border(top, home):
    path = write(top)
    (top / "a").mkdir()
    assert look(top / "a", HOME=home).path == path


def test_a_file_system_is_the_border():
    here, above = (SimpleNamespace(st_dev=device, st_ino=7) for device in (1, 2))
    assert not find._goes_on(here, above)
    assert not find._goes_on(here, here)  # the root: the folder above is itself
    assert find._goes_on(here, SimpleNamespace(st_dev=1, st_ino=8))


@pytest.mark.skipif(not os.path.ismount("/proc"), reason="needs a mounted file system")
def test_a_real_file_system_is_the_border(monkeypatch):
    names = []
    monkeypatch.setattr(
        find, "_in_folder", lambda _folder, where, _env, _trusted: names.append(where)
    )
    assert look("/proc/self/task") is None
    assert names[-1] == "/proc"


def test_to_the_very_top():
    assert look("/") is None or look("/").path.startswith("/recovery.y")


def test_a_symlinked_working_directory_is_where_it_really_is(top, monkeypatch):
    path = write(top / "real")
    (top / "real" / "deep").mkdir()
    (top / "link").symlink_to(top / "real" / "deep")
    monkeypatch.chdir(top / "link")
    assert find.discover({}).path == path


def test_a_deleted_working_directory(top, monkeypatch):
    write(top)
    (top / "gone").mkdir()
    monkeypatch.chdir(top / "gone")
    (top / "gone").rmdir()
    assert find.discover({}) is None
    with pytest.raises(ConfigError, match="it cannot be read"):
        find.explicit("recovery.yaml")


def test_a_working_directory_that_is_none(top):
    assert look(top / "nowhere") is None


def test_a_path_longer_than_the_system_allows(top):
    path = write(top)
    program = f"""
import os
from retryrun.config import find
os.chdir({str(top)!r})
for n in range(25):
    os.mkdir("d" * 200)
    os.chdir("d" * 200)
print(find.discover({{}}).path)
"""
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    shutil.rmtree(top / ("d" * 200), ignore_errors=True)
    assert ran.stdout.strip() == path, ran.stderr


def test_a_folder_above_that_may_not_be_entered(top, monkeypatch):
    write(top)
    (top / "a").mkdir()
    really = os.open

    def guarded(path, flags, *args, **more):
        if path == os.pardir:
            raise PermissionError(13, "Permission denied")
        return really(path, flags, *args, **more)

    monkeypatch.setattr(find.os, "open", guarded)
    assert look(top / "a") is None


# What is read


def test_a_disk_that_fails(top, monkeypatch):
    path = write(top)

    def failing(_descriptor, _size):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(find.os, "read", failing)
    assert refusal(top).message == f"{path}: it cannot be read: Input/output error"


@pytest.mark.parametrize(
    "kind", ["folder", "pipe", "link to nothing", "link to a pipe", "link to itself"]
)
def test_what_is_no_file_is_refused_at_once(top, kind):
    place = top / "recovery.yaml"
    if kind == "folder":
        place.mkdir()
    elif kind == "pipe":
        os.mkfifo(place)
    elif kind == "link to a pipe":
        os.mkfifo(top / "pipe")
        place.symlink_to(top / "pipe")
    else:
        place.symlink_to(place if "itself" in kind else top / "nothing")
    began = time.perf_counter()
    error = refusal(top)
    assert time.perf_counter() - began < 1
    assert error.message.startswith(f"{place}: it ")
    assert error.hint == "retryrun --no-config runs without recovery.yaml"


def test_a_link_is_followed_and_its_own_folder_counts(top):
    write(top / "elsewhere", "mine.yaml", "version: 1 # linked\n")
    (top / "recovery.yaml").symlink_to(top / "elsewhere" / "mine.yaml")
    found = look(top)
    assert found.path == str(top / "recovery.yaml")
    assert found.data == b"version: 1 # linked\n"


def test_size_is_bounded(top):
    write(top, text="#" * find.MAX_BYTES)
    assert len(look(top).data) == find.MAX_BYTES
    write(top, text="#" * (find.MAX_BYTES + 1))
    assert "it is larger than 256 KiB" in refusal(top).message


def test_no_descriptor_is_left_open(top):
    path = write(top)
    (top / "a").mkdir()
    before = len(os.listdir("/dev/fd"))
    look(top / "a")
    find.explicit(path)
    write(top, "recovery.yml")
    refusal(top / "a")
    os.unlink(path)
    write(top, "recovery.yml", "#" * (find.MAX_BYTES + 1))
    refusal(top)
    assert len(os.listdir("/dev/fd")) == before


# A file that is named


def test_a_named_file(top):
    path = write(top, "other.yaml")
    assert find.explicit(path).path == path
    assert find.explicit("other.yaml", str(top)).path == path


def test_a_named_file_from_the_working_directory(top, monkeypatch):
    path = write(top, "other.yaml")
    monkeypatch.chdir(top)
    assert find.explicit("other.yaml").path == path


def test_a_named_file_that_is_not_there(top):
    with pytest.raises(ConfigError) as caught:
        find.explicit("nothing.yaml", str(top))
    assert caught.value.message == f"{top}/nothing.yaml: there is no such file"


@pytest.mark.parametrize("name", ["x" * 300, "a\0b", "file/below"])
def test_a_name_that_cannot_be_opened(top, name):
    (top / "file").touch()
    with pytest.raises(ConfigError, match="it cannot be read: "):
        find.explicit(name, str(top))


@pytest.mark.parametrize("name", [".", "/dev/null", "pipe"])
def test_a_named_thing_that_is_no_file(top, name):
    os.mkfifo(top / "pipe")
    with pytest.raises(ConfigError, match="not a regular file"):
        find.explicit(name, str(top))


# Whose it is


@pytest.mark.parametrize(
    ("euid", "env", "users"),
    [
        (1000, {}, {0, 1000}),
        (0, {}, {0}),
        (0, {"SUDO_UID": "1000"}, {0, 1000}),
        (1001, {"SUDO_UID": "1000"}, {0, 1001}),
        (0, {"SUDO_UID": ""}, {0}),
        (0, {"SUDO_UID": "-1"}, {0}),
        (0, {"SUDO_UID": "1000 "}, {0}),
        (0, {"SUDO_UID": "٣"}, {0}),
        (0, {"SUDO_UID": "9" * 20}, {0}),
    ],
)
def test_whose_files_count_as_ones_own(euid, env, users):
    assert find._trusted_users(euid, env) == users


def demand(path, owners, trusted, **env):
    find._demand_trust(path, owners, env, frozenset(trusted))


def test_ones_own_and_roots_files_are_trusted():
    demand("/w/recovery.yaml", {0, 1000}, {0, 1000})


def test_a_strangers_file_is_refused_with_the_way_to_allow_it():
    with pytest.raises(ConfigError) as caught:
        demand("/w/my dir/recovery.yaml", {0, 424242}, {0, 1000})
    assert caught.value.message == (
        "/w/my dir/recovery.yaml: refused: the file or its folder belongs to the user 424242, "
        "and it says what is run"
    )
    assert caught.value.hint == (
        "if you trust it: export RETRYRUN_TRUST='/w/my dir/recovery.yaml', "
        "or retryrun -f '/w/my dir/recovery.yaml'"
    )


def test_users_are_named_where_they_have_a_name():
    with pytest.raises(ConfigError, match=r"belongs to the user root \(0\), the user 424242, and"):
        demand("/w/recovery.yaml", {0, 424242}, {1000})


def test_a_path_that_the_variable_cannot_hold():
    with pytest.raises(ConfigError) as caught:
        demand("/w:x/recovery.yaml", {7}, {0})
    assert caught.value.hint == "if you trust it: retryrun -f /w:x/recovery.yaml"


ALLOWED = [
    {"RETRYRUN_TRUST": "/w/p/recovery.yaml"},
    {"RETRYRUN_TRUST": "/w/p"},
    {"RETRYRUN_TRUST": "/w/p/"},
    {"RETRYRUN_TRUST": "/w//x/../p"},
    {"RETRYRUN_TRUST": "/"},
    {"RETRYRUN_TRUST": "/other::/w"},
    {"CI": "true", "GITHUB_WORKSPACE": "/w"},
    {"CI": "true", "CI_PROJECT_DIR": "/w/p"},
]
NOT_ALLOWED = [
    {"RETRYRUN_TRUST": ""},
    {"RETRYRUN_TRUST": "."},
    {"RETRYRUN_TRUST": "w/p"},
    {"RETRYRUN_TRUST": "*"},
    {"RETRYRUN_TRUST": "/w/pp:/w/p/recovery"},
    {"GITHUB_WORKSPACE": "/w"},
    {"CI": "false", "GITHUB_WORKSPACE": "/w"},
    {"CI": "true"},
    {"CI": "true", "GITHUB_WORKSPACE": "", "CI_PROJECT_DIR": "/v"},
    {"CI": "true", "WORKSPACE": "/w"},
]


@pytest.mark.parametrize("env", ALLOWED, ids=str)
def test_what_allows_a_strangers_file(env):
    demand("/w/p/recovery.yaml", {7}, {0}, **env)


@pytest.mark.parametrize("env", NOT_ALLOWED, ids=str)
def test_what_does_not_allow_it(env):
    with pytest.raises(ConfigError, match="refused"):
        demand("/w/p/recovery.yaml", {7}, {0}, **env)


def test_a_trusted_folder_may_be_named_through_a_link(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    path = str((tmp_path / "real").resolve() / "recovery.yaml")
    demand(path, {7}, {0}, RETRYRUN_TRUST=str(tmp_path / "link"))


@pytest.mark.skipif(ROOT, reason="root's own files are everybody's to use")
def test_to_another_user_our_file_is_a_strangers(top):
    write(top)
    assert "refused" in refusal(top, euid=os.geteuid() + 1).message
    assert look(top, euid=os.geteuid() + 1, RETRYRUN_TRUST=str(top)) is not None


@needs_root
@pytest.mark.parametrize("foreign", ["file", "folder", "link", "target of a link"])
def test_every_part_must_be_ones_own(top, foreign):
    write(top / "p", "real.yaml")
    place = top / "p" / "recovery.yaml"
    if "link" in foreign:
        place.symlink_to("real.yaml")
    else:
        (top / "p" / "real.yaml").rename(place)
    assert look(top / "p") is not None
    given = {
        "file": place,
        "folder": top / "p",
        "link": place,
        "target of a link": top / "p/real.yaml",
    }[foreign]
    os.chown(given, STRANGER, STRANGER, follow_symlinks=foreign != "link")
    error = refusal(top / "p")
    assert f"belongs to the user {STRANGER}" in error.message
    assert look(top / "p", RETRYRUN_TRUST=str(place)) is not None
    assert look(top / "p", SUDO_UID=str(STRANGER)) is not None
    assert look(top / "p", CI="true", GITHUB_WORKSPACE=str(top)) is not None
    assert find.explicit(str(place)).data


def as_user(uid, cwd):
    """Look from a folder as another user; everything is imported before the change."""
    program = f"""
import os, sys
sys.path = {sys.path!r}
import pwd
from retryrun.config import find
from retryrun.core import text
os.chdir({str(cwd)!r})
os.setgroups([])
os.setgid({uid})
os.setuid({uid})
found = find.discover({{}})
print(found.path if found else None)
"""
    return subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )


@needs_root
def test_as_another_user_in_a_shared_folder(top):
    shared = top / "shared"
    path = write(shared)
    os.chown(path, STRANGER, STRANGER)
    shared.chmod(0o1777)
    (shared / "w").mkdir()
    (shared / "w").chmod(0o777)
    other = as_user(54321, shared / "w").stderr
    assert f"{path}: refused: the file or its folder belongs to the user {STRANGER}" in other
    assert as_user(STRANGER, shared / "w").stdout.strip() == path


@needs_root
@pytest.mark.parametrize(("mode", "seen"), [(0o711, True), (0o700, False)], ids=["711", "700"])
def test_folders_that_may_not_be_read(top, mode, seen):
    path = write(top)
    top.chmod(0o711)
    (top / "closed" / "w").mkdir(parents=True)
    (top / "closed").chmod(mode)
    ran = as_user(54321, top / "closed" / "w")
    # Where one may at least pass, root's file above counts; where not, there is none to be seen.
    assert ran.stdout.strip() == (path if seen else "None"), ran.stderr


@needs_root
def test_a_file_that_may_not_be_read_is_no_missing_file(top):
    path = write(top)
    os.chmod(path, 0)
    top.chmod(0o711)
    assert f"{path}: it cannot be read: Permission denied" in as_user(54321, top).stderr
