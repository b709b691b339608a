"""The small parts by themselves."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import termios

import pytest

from retryrun.errors import SystemProblem
from retryrun.process import descriptors, ending, keyboard, linux, spool, tree
from retryrun.process.channel import TAIL, Tail
from retryrun.process.sink import Sink
from retryrun.process.table import Process
from retryrun.process.terminal import carry_over

from tests.process.support import running, until


@pytest.mark.parametrize("size", [1, 7, 1000, 65536, TAIL, TAIL + 1])
def test_a_tail_is_the_end_of_what_was_fed(size):
    tail, whole = Tail(), b""
    for number in range(max(3, min(3000, 3 * TAIL // size))):
        data = bytes([number % 251]) * size
        tail.feed(data)
        whole = (whole + data)[-TAIL:]
    assert tail.last() == whole


def test_the_tail_of_nothing_is_empty():
    assert Tail().last() == b""


@pytest.mark.parametrize(
    ("written", "within"),
    [
        (b"", False),
        (b"line\n", False),
        (b"part", True),
        (b"50%\r", True),
        (b"line\n\x1b[0m", False),
        (b"line\n\x1b[?25h\x1b[0m", False),
        (b"\x1b[0m", False),
        (b"part\x1b[0m", True),
    ],
)
def test_whether_the_cursor_stands_within_a_line(tmp_path, written, within):
    with open(tmp_path / "out", "wb") as file:
        sink = Sink(file.fileno())
        sink.put(written)
        assert sink.mid_line() == within


def test_a_pipe_is_written_without_blocking_also_where_it_cannot_be_opened_again(monkeypatch):
    monkeypatch.setattr("retryrun.process.sink._reopen", lambda fd: None)
    read, write = os.pipe()
    sink = Sink(write)
    sink.put(b"x" * 1_000_000)
    assert sink.pending is not None
    total = 0
    while sink.pending is not None or total < 1_000_000:
        total += len(os.read(read, 65536))
        sink.flush()
    assert total == 1_000_000
    assert os.get_blocking(write)
    os.close(read)
    sink.put(b"x")
    assert sink.gone
    os.close(write)


def test_a_line_of_ours_does_not_wait_for_ever_for_a_reader_that_sleeps():
    read, write = os.pipe()
    sink = Sink(write)
    sink.put(b"x" * 1_000_000)
    sink.settle(0.01)
    assert sink.pending is None
    for fd in (read, write):
        os.close(fd)
    sink.close()


def modes(iflag=0, oflag=0, lflag=0, cc=()):
    return [iflag, oflag, 0, lflag, 0, 0, list(cc)]


def test_only_what_changed_is_carried_over():
    before = modes(termios.ICRNL, 0, termios.ICANON | termios.ECHO, [b"\4", b"\1"])
    now = modes(termios.ICRNL, 0, termios.ECHO, [b"\4", b"\0"])
    real = modes(termios.IXON, termios.OPOST, termios.ICANON | termios.ISIG, [b"\7", b"\1"])
    assert carry_over(before, now, real) == modes(
        termios.IXON, termios.OPOST, termios.ISIG, [b"\7", b"\0"]
    )


def test_raw_mode_is_known_by_all_the_rest_of_it():
    cooked = modes(termios.ICRNL | termios.IXON, 0, termios.ICANON | termios.ECHO | termios.ISIG)
    raw = modes()
    real = modes(termios.ICRNL | termios.IXON, termios.OPOST, cooked[3])
    assert not carry_over(cooked, raw, real)[1] & termios.OPOST
    assert carry_over(raw, cooked, modes())[1] & termios.OPOST


def row(pid, parent, started=1, group=5, session=5, dead=False):
    return Process(pid, parent, group, session, started, dead)


class System:
    """A process table, and what was sent to whom."""

    def __init__(self, *rows, stubborn=(), forbidden=()):
        self.rows = {each.pid: each for each in rows}
        self.sent, self.stubborn, self.forbidden = [], stubborn, forbidden

    def processes(self):
        return list(self.rows.values())

    def process(self, pid):
        return self.rows.get(pid)

    def children(self):
        return []

    def send(self, target, number):
        if target.pid in self.forbidden:
            raise PermissionError
        if self.rows.get(target.pid) != target:
            raise ProcessLookupError
        self.sent.append((target.pid, number))
        if number == 9:
            del self.rows[target.pid]


class Gone:
    """The command, which has ended."""

    command, ended = 20, True

    def collect(self):
        return False


@pytest.fixture
def plant(monkeypatch):
    def plant(*rows, strangers=None, **more):
        system = System(*rows, **more)
        monkeypatch.setattr(tree, "system", system)
        return system, tree.Tree(Gone(), strangers or tree.Strangers(), adopting=False)

    return plant


ME = os.getpid()


def test_a_tree_is_all_below_us_whatever_its_depth_or_session(plant):
    _, ours = plant(
        row(20, ME), row(21, 20), row(22, 21, session=22), row(23, 1), row(24, ME, dead=True)
    )
    assert sorted(each.pid for each in ours.members()) == [20, 21, 22]


def test_who_was_seen_once_stays_known_though_its_parent_is_gone(plant):
    system, ours = plant(row(20, ME), row(21, 20))
    ours.members()
    system.rows = {21: row(21, 1), 22: row(22, 21), 23: row(23, 1)}
    assert sorted(each.pid for each in ours.members()) == [21, 22]
    system.rows = {21: row(21, 1, started=2)}  # the number is another's now
    assert ours.members() == []


def test_strangers_and_their_orphans_are_left_alone(plant):
    strangers = tree.Strangers(frozenset({(30, 1)}), frozenset({31}), frozenset({32}))
    system, ours = plant(
        row(30, ME),
        row(40, 30),
        row(41, ME, group=31),
        row(42, ME, session=32),
        row(20, ME),
        strangers=strangers,
    )
    assert ours.kill() == []
    assert {pid for pid, _ in system.sent} == {20}


def test_everyone_is_stopped_before_anyone_is_killed(plant):
    system, ours = plant(row(20, ME), row(21, 20))
    assert ours.kill() == []
    numbers = [number for _, number in system.sent]
    assert numbers == sorted(numbers, reverse=True)
    assert sorted(system.sent) == [(20, 9), (20, 19), (21, 9), (21, 19)]


def test_who_may_not_be_signalled_is_named_and_not_waited_for(plant):
    _, ours = plant(row(20, ME), row(21, 20), forbidden=(21,))
    assert [each.pid for each in ours.kill()] == [21]


def test_a_signal_to_all_reaches_each_who_is_left_once(plant):
    system, ours = plant(row(20, ME), row(21, 20), row(22, ME))
    ours.tell(15)
    system.rows[23] = row(23, 21)
    ours.tell(15)
    assert sorted(pid for pid, number in system.sent if number == 15) == [21, 22, 23]


@pytest.mark.parametrize(
    ("sender", "inside"),
    [(20, True), (22, True), (99, False), (1, False), (None, False), ("us", False)],
)
def test_whether_a_sender_belongs_to_the_command(plant, sender, inside):
    _, ours = plant(row(20, ME), row(21, 20), row(22, 21), row(99, 1))
    assert ours.holds(ME if sender == "us" else sender) is inside


class Watched:
    """A tree that goes through a list of answers to `empty`."""

    def __init__(self, *answers):
        self.answers, self.told, self.killed = list(answers), [], 0
        self.untouchable = {}

    def tell(self, number):
        self.told.append(number)

    def empty(self):
        return self.answers.pop(0)

    def kill(self):
        self.killed += 1
        return []


def test_an_ending_asks_then_kills_when_the_grace_is_over():
    watched = Watched()
    end = ending.Ending(watched, Alive(), 100.0, 5.0, 15)
    end.advance(104.9)
    assert (watched.told, watched.killed, end.due(104.9), end.over) == ([15], 0, 105.0, False)
    end.advance(105.0)
    assert (watched.killed, end.over) == (1, True)


class Alive:
    ended = False


def test_an_ending_is_over_as_soon_as_nobody_is_left():
    watched = Watched(False, True)
    end = ending.Ending(watched, Gone(), 100.0, 5.0, 15)
    end.advance(100.0)
    assert watched.told == [15, 15]
    end.advance(end.due(100.0))
    assert (watched.killed, end.over) == (0, True)


def test_after_the_interrupt_key_who_cleans_up_has_a_moment():
    watched = Watched(False, False, True)
    end = ending.Ending(watched, Gone(), 100.0, 5.0, None)
    end.advance(100.0)
    assert watched.told == []
    end.advance(100.0 + ending.MANNERS)
    assert watched.told == [15]


@pytest.fixture
def opened(monkeypatch):
    def opened(table, *, reads=(), waits=()):
        class Fake:
            descriptors_of = staticmethod(lambda pid: table[pid])
            only_reads = staticmethod(lambda pid, fd: (pid, fd) in reads)
            waits_for_child = staticmethod(lambda pid: pid in waits)

        monkeypatch.setattr(keyboard, "system", Fake)
        return keyboard.reads_keys([row(pid, 1) for pid in table], "/dev/pts/9")

    return opened


REAL, OURS = "/dev/pts/1", "/dev/pts/9"


@pytest.mark.parametrize(
    ("table", "more", "wanted"),
    [
        ({1: {0: REAL, 1: OURS, 2: OURS}}, {}, False),  # reads its stdin
        ({1: {0: "pipe:[1]", 1: OURS, 2: OURS, 3: OURS}}, {"reads": [(1, 3)]}, True),  # less
        ({1: {0: REAL, 1: OURS, 2: OURS, 3: OURS}}, {"reads": [(1, 3)]}, True),
        ({1: {0: OURS, 1: OURS, 2: OURS}}, {}, True),  # vim -
        (
            {1: {0: REAL, 2: OURS}, 2: {0: "pipe:[1]", 2: OURS}},
            {"waits": [1]},
            True,
        ),  # sh: … | more
        ({1: {0: REAL, 2: OURS}, 2: {0: "pipe:[1]", 2: OURS}}, {}, False),  # someone reads stdin
        ({1: {0: "pipe:[1]", 1: "pipe:[2]"}}, {}, False),
        ({1: {}}, {}, False),
        ({}, {}, False),
    ],
)
def test_who_reads_keys_from_the_stand_in(opened, table, more, wanted):
    assert opened(table, **more) is wanted


def test_descriptors_of_ours_have_high_numbers_where_they_may():
    read, write = descriptors.pipe()
    assert min(read, write) >= descriptors.FIRST
    assert not os.get_inheritable(read)
    descriptors.close(read, write, None, read)


def test_no_folder_for_a_temporary_file(monkeypatch):
    def refuse(*_args, **_more):
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(spool.os, "open", refuse)
    with pytest.raises(SystemProblem, match="Read-only file system"):
        spool.temporary()


def test_a_temporary_file_where_the_file_system_knows_none_without_name(monkeypatch, tmp_path):
    monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    fd = spool.temporary()
    assert not list(tmp_path.iterdir())
    assert os.fstat(fd).st_mode & 0o777 == 0o600
    os.close(fd)


def test_our_own_row_of_the_process_table():
    own = linux.process(os.getpid())
    assert (own.pid, own.parent, own.group) == (os.getpid(), os.getppid(), os.getpgrp())
    assert own.session == os.getsid(0)
    assert own in linux.processes()
    assert linux.process(2**30) is None


def test_a_number_that_is_another_processes_now_gets_no_signal():
    own = linux.process(os.getpid())
    with pytest.raises(ProcessLookupError):
        linux.send(own.replace(started=own.started + 1), 9)


def test_a_c_library_that_cannot_be_called_is_no_error(monkeypatch):
    monkeypatch.setattr(linux, "_call", lambda *_: -1)
    assert linux.signal_descriptor([15]) is None
    assert linux.adopt_orphans() is False


def test_no_function_of_that_name_is_no_error():
    assert linux._call("no_such_function_anywhere", 1) == -1


def test_a_session_may_be_closed_twice_and_gives_signals_back():
    code = (
        "import signal\n"
        "from retryrun.process import Session\n"
        "before = [signal.getsignal(n) for n in (2, 15, 17)]\n"
        "with Session() as opened:\n"
        "    print(opened.exit_status(0), opened.wait(0))\n"
        "    opened.close()\n"
        "print(before == [signal.getsignal(n) for n in (2, 15, 17)], signal.pthread_sigmask(0, []))\n"
        "opened.say('still heard\\n')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=30)
    assert (done.stdout, done.stderr) == (b"0 None\nTrue set()\n", b"still heard\n")


def test_a_fault_of_ours_leaves_nothing_running(marker, monkeypatch):
    from retryrun.process import Session, Spec
    from retryrun.process.attempt import Attempt

    def broken(_self, _meanwhile):
        until(lambda: running(marker))
        raise RuntimeError("a fault")

    monkeypatch.setattr(Attempt, "run", broken)
    with Session() as session, pytest.raises(RuntimeError):
        session.run(Spec(["sh", "-c", f"sleep {marker}; true"]))
    assert not running(marker)
