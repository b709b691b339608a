"""The seam for systems without /proc, against system calls that are faked."""

from __future__ import annotations

import os

import pytest

from retryrun.process import darwin, linux
from retryrun.process.table import Process

TABLE = b"""\
    1     0     1      0 Ss   Tue Nov 24 09:00:00 2026
  500     1   500 1a2b3c S+   Tue Nov 24 10:00:00 2026
  501   500   500 1a2b3c Z+   Tue Nov 24 10:00:01 2026
  502   500   500      - R+   Tue Nov 24 10:00:02 2026
garbage
"""


@pytest.fixture
def ps(monkeypatch):
    """A `ps` that prints the table, through the descriptors that it is given."""
    calls = []

    def posix_spawn(path, argv, env, *, file_actions):
        calls.append(argv)
        ((_, source, target),) = file_actions
        assert target == 1
        os.write(source, TABLE)
        return 502

    monkeypatch.setattr(os, "posix_spawn", posix_spawn)
    monkeypatch.setattr(os, "waitpid", lambda pid, flags: (pid, 0))
    return calls


def test_it_has_all_that_the_other_system_has():
    def functions(module):
        return {
            name
            for name, value in vars(module).items()
            if callable(value)
            and getattr(value, "__module__", "") == module.__name__
            and not name.startswith("_")
        }

    assert functions(darwin) >= functions(linux)


def test_the_table_is_read_without_ps_itself(ps):
    assert darwin.processes() == [
        Process(1, 0, 1, 0, "Tue Nov 24 09:00:00 2026"),
        Process(500, 1, 500, 0x1A2B3C, "Tue Nov 24 10:00:00 2026"),
        Process(501, 500, 500, 0x1A2B3C, "Tue Nov 24 10:00:01 2026", dead=True),
    ]
    assert ps == [["/bin/ps", "-A", "-ww", "-o", "pid=,ppid=,pgid=,sess=,stat=,lstart="]]


def test_one_process_is_asked_for_by_its_number(ps):
    assert darwin.process(500).parent == 1
    assert darwin.process(999) is None
    assert ps[0][1:3] == ["-p", "500"]


def test_no_ps_is_an_empty_table(monkeypatch):
    def refuse(*_args, **_more):
        raise FileNotFoundError

    monkeypatch.setattr(os, "posix_spawn", refuse)
    assert darwin.processes() == []
    assert darwin.process(1) is None


def test_signals_go_by_number(monkeypatch):
    sent = []
    monkeypatch.setattr(os, "kill", lambda pid, number: sent.append((pid, number)))
    darwin.send(Process(500, 1, 500, 0, "x"), 15)
    assert sent == [(500, 15)]


def test_what_it_cannot_do_it_says():
    assert darwin.signal_descriptor([15]) is None
    assert darwin.read_signals(0) == []
    assert darwin.adopt_orphans() is False
    assert darwin.to_die_with_parent() == []
    assert darwin.children() == []
    assert darwin.variable_was_given("LC_CTYPE") is True
    assert darwin.descriptors_of(1) == {}
    assert not darwin.only_reads(1, 0)
    assert not darwin.waits_for_child(1)
