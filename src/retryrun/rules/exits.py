"""What exit statuses and signals say where the output says nothing.

curl: the EXIT CODES section of its manual; wget, aria2c, rsync: theirs. sysexits.h is BSD's.
"""

from __future__ import annotations

from ..core.failure import HIGH, MEDIUM, NETWORK, PERMANENT, RESOURCE, TRANSIENT
from ..core.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

TABLE = 45  # below a cause that is spelled out, above a headline
CONVENTION = 100  # beats any text


class Exit(Value):
    """What one status of one program means."""

    id: str
    category: str
    says: str
    weight: int = TABLE
    severity: str = MEDIUM


def _codes(tool: str, rows: Mapping[tuple[int, ...], tuple[str, str, str]]) -> dict[int, Exit]:
    return {
        code: Exit(f"{tool}.{what}", category, says)
        for codes, (what, category, says) in rows.items()
        for code in codes
    }


_CURL = _codes("curl", {
    (5, 6): ("resolve", NETWORK, "the host name could not be resolved"),
    (7,): ("connect", NETWORK, "the connection could not be made"),
    (8, 12, 13, 14, 30, 52, 56, 16, 92, 95, 96, 97): ("receive", NETWORK, "the transfer broke off"),
    (18,): ("partial", NETWORK, "less arrived than was announced"),
    (28,): ("timeout", NETWORK, "the transfer took too long"),
    (35,): ("handshake", NETWORK, "the TLS handshake broke off"),
    (55,): ("send", NETWORK, "sending broke off"),
    (23,): ("write", PERMANENT, "the file could not be written"),
    (27,): ("memory", RESOURCE, "out of memory"),
    (51, 60, 77, 82, 83, 90, 91): ("certificate", PERMANENT, "the certificate does not verify"),
    (1, 2, 3, 4, 26, 37, 43, 45, 48, 53, 54, 58, 59, 66): (
        "usage", PERMANENT, "options, URL or files are wrong"
    ),
    (9, 19, 31, 33, 36, 47, 63, 67, 78): ("refused", PERMANENT, "the server will not serve this"),
})  # fmt: skip
_WGET = _codes("wget", {
    (2,): ("usage", PERMANENT, "options are wrong"),
    (3,): ("file", RESOURCE, "the file could not be written"),
    (4,): ("network", NETWORK, "network failure"),
    (5,): ("certificate", PERMANENT, "the certificate does not verify"),
    (6,): ("login", PERMANENT, "user name or password are wrong"),
    (7,): ("protocol", PERMANENT, "the protocol was broken"),
})  # fmt: skip
_ARIA2 = _codes("aria2", {
    (2,): ("timeout", NETWORK, "a time-out"),
    (3, 4): ("not-found", PERMANENT, "no such resource"),
    (5,): ("slow", NETWORK, "the transfer was too slow"),
    (6,): ("network", NETWORK, "a network problem"),
    (8,): ("resume", PERMANENT, "the server cannot resume"),
    (9,): ("disk", RESOURCE, "not enough disk space"),
    (19,): ("resolve", NETWORK, "the host name could not be resolved"),
    (22,): ("response", PERMANENT, "an HTTP response that was not expected"),
    (24,): ("login", PERMANENT, "the authorization failed"),
    (29,): ("overloaded", TRANSIENT, "the server is overloaded or in maintenance"),
    (10, 11, 12, 13, 14, 15, 16, 17, 18, 20, 21, 23, 25, 26, 27, 28, 30, 32): (
        "failed", PERMANENT, "files, options or content are wrong"
    ),
})  # fmt: skip
_RSYNC = _codes("rsync", {
    (1, 2, 3, 4, 6): ("usage", PERMANENT, "options or protocol do not fit"),
    (5, 10, 30, 35): ("network", NETWORK, "the connection could not be made or timed out"),
    (12,): ("stream", NETWORK, "the connection broke off"),
    (22,): ("memory", RESOURCE, "out of memory"),
    (11,): ("file", PERMANENT, "a file could not be read or written"),
    (23, 24, 25): ("partial", PERMANENT, "some files were not transferred"),
})  # fmt: skip
_PYTEST = _codes("pytest", {
    (1,): ("failures", PERMANENT, "tests failed"),
    (2,): ("interrupted", PERMANENT, "the run was interrupted or could not collect"),
    (4,): ("usage", PERMANENT, "the command line is wrong"),
    (5,): ("no-tests", PERMANENT, "no tests were collected"),
})  # fmt: skip

_DIFFERENCE = {1: Exit("tool.difference", PERMANENT, "the tool found what it looks for", 70)}

EXITS: dict[str, dict[int, Exit]] = {
    "curl": _CURL, "wget": _WGET, "aria2c": _ARIA2, "rsync": _RSYNC, "pytest": _PYTEST,
    "diff": _DIFFERENCE, "cmp": _DIFFERENCE, "grep": _DIFFERENCE, "test": _DIFFERENCE,
}  # fmt: skip
SYSEXITS = {
    64: Exit("sysexits.usage", PERMANENT, "EX_USAGE: the command line is wrong", TABLE - 15),
    65: Exit("sysexits.data", PERMANENT, "EX_DATAERR: the input is wrong", TABLE - 15),
    66: Exit("sysexits.no-input", PERMANENT, "EX_NOINPUT: an input is missing", TABLE - 15),
    68: Exit("sysexits.no-host", NETWORK, "EX_NOHOST: no such host", TABLE - 15),
    69: Exit(
        "sysexits.unavailable", TRANSIENT, "EX_UNAVAILABLE: a service is not there", TABLE - 15
    ),
    71: Exit("sysexits.os", RESOURCE, "EX_OSERR: the system refused, such as to fork", TABLE - 15),
    75: Exit("sysexits.tempfail", TRANSIENT, "EX_TEMPFAIL: try again later", CONVENTION),
    77: Exit("sysexits.no-permission", PERMANENT, "EX_NOPERM: not allowed", TABLE - 15),
    78: Exit("sysexits.config", PERMANENT, "EX_CONFIG: the configuration is wrong", TABLE - 15),
    124: Exit("exit.timeout", TRANSIENT, "ended by a time limit of its own", TABLE),
    126: Exit("exit.not-executable", PERMANENT, "cannot be executed", CONVENTION),
    127: Exit("exit.not-found", PERMANENT, "was not found", CONVENTION),
}
# Statuses that whoever uses them by convention says nothing else with, or just this. A program that
# complains of something else uses them in its own way.
NOT_SAID = {
    "tool.difference": r"^[<>+@-]",
    "exit.not-executable": r"not executable|cannot execute|permission denied|is a directory"
    r"|exec format|bad interpreter|invalid argument",
    "exit.not-found": r"not found|no such file|no command|unknown command|is not recognized",
}
# An exception of a client that is not known by name, by the words in its name (camel case).
EXCEPTIONS = (
    (
        ("timeout", "timedout"),
        Exit("exception.timeout", NETWORK, "an exception named after a time-out", 41),
    ),
    (
        ("ratelimit", "throttl", "toomanyrequests"),
        Exit("exception.rate-limit", "rate_limit", "an exception named after a rate limit", 41),
    ),
    (
        (
            "connection",
            "connect",
            "network",
            "disconnect",
            "nobrokers",
            "dns",
            "resolve",
            "nodename",
            "unreachable",
            "transport",
        ),
        Exit("exception.network", NETWORK, "an exception named after the network", 41),
    ),
    (
        ("unavailable", "overloaded", "servererror", "serverbusy"),
        Exit("exception.server", TRANSIENT, "an exception named after a server's trouble", 41),
    ),
    (
        ("outofmemory", "memory"),
        Exit("exception.memory", RESOURCE, "an exception named after memory", 60),
    ),
)
BUG = Exit("exception.logic", PERMANENT, "the program raised an exception of its own", 56)
SIGNALS = {
    1: Exit("signal.hup", TRANSIENT, "the terminal or session went away"),
    2: Exit("signal.int", PERMANENT, "interrupted", 70),
    3: Exit("signal.quit", PERMANENT, "quit from the keyboard", 70),
    4: Exit("signal.ill", PERMANENT, "an illegal instruction", 70),
    5: Exit("signal.trap", PERMANENT, "a trap or assertion"),
    6: Exit("signal.abrt", PERMANENT, "aborted itself"),
    7: Exit("signal.bus", PERMANENT, "a bus error", 70),
    8: Exit("signal.fpe", PERMANENT, "an arithmetic error", 70),
    9: Exit("signal.kill", RESOURCE, "killed, as the kernel does when memory is out", 70, HIGH),
    11: Exit("signal.segv", PERMANENT, "a bad memory access", 70),
    13: Exit("signal.pipe", PERMANENT, "its reader went away"),
    14: Exit("signal.alrm", TRANSIENT, "ended by its own alarm"),
    15: Exit("signal.term", TRANSIENT, "was told to end, as a runner that is taken away does"),
    24: Exit("signal.xcpu", RESOURCE, "used up its processor time", 70, HIGH),
    25: Exit("signal.xfsz", RESOURCE, "a file grew beyond its limit", 70, HIGH),
    31: Exit("signal.sys", PERMANENT, "a system call that is not allowed", 70),
}
