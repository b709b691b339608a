"""Judging exceptions."""

import errno
import socket
import ssl

import pytest

from retryrun import ErrorCategory, ErrorSeverity, classify_error


def category(error):
    found, severity = classify_error(error)
    assert isinstance(found, ErrorCategory)
    assert isinstance(severity, ErrorSeverity)
    return found.value


class Status(Exception):
    def __init__(self, status, text=""):
        super().__init__(text)
        self.status_code = status


class Wrapped(Exception):
    def __init__(self, response):
        super().__init__()
        self.response = response


class SubRefused(ConnectionRefusedError):
    pass


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (ConnectionResetError(), "network"), (BrokenPipeError(), "network"),
        (TimeoutError(), "network"), (socket.timeout(), "network"),
        (socket.gaierror(-2, "Name or service not known"), "network"), (SubRefused(), "network"),
        (OSError(errno.EHOSTUNREACH, "x"), "network"),
        (ssl.SSLCertVerificationError(), "permanent"),
        (MemoryError(), "resource"), (OSError(errno.ENOSPC, "x"), "resource"),
        (OSError(errno.EMFILE, "x"), "resource"), (OSError(errno.ENOMEM, "x"), "resource"),
        (FileNotFoundError(), "permanent"), (PermissionError(), "permanent"),
        (IsADirectoryError(), "permanent"), (ValueError(), "permanent"), (TypeError(), "permanent"),
        (KeyError(), "permanent"), (ImportError(), "permanent"), (SyntaxError(), "permanent"),
        (AssertionError("503 timeout"), "permanent"),
        (BlockingIOError(), "transient"), (InterruptedError(), "transient"),
        (OSError(errno.EAGAIN, "x"), "transient"),
        (Status(429), "rate_limit"), (Status(500), "transient"), (Status(502), "transient"),
        (Status(503), "transient"), (Status(504), "transient"), (Status(400), "permanent"),
        (Status(401), "permanent"), (Status(403), "permanent"), (Status(404), "permanent"),
        (Status(422), "permanent"), (Status(408), "network"), (Wrapped(Status(503)), "transient"),
        (Status(403, "API rate limit exceeded"), "rate_limit"),
        (ValueError("user input mentions rate limit"), "permanent"),
        (Exception("something unknown"), "permanent"),
        (Exception("Connection refused"), "network"),
        (RuntimeError("429 Too Many Requests"), "rate_limit"),
        (ExceptionGroup("g", [ConnectionError(), ValueError()]), "permanent"),
        (ExceptionGroup("g", [ConnectionError(), TimeoutError()]), "network"),
        (KeyboardInterrupt(), "permanent"),
    ],
    ids=repr,
)  # fmt: skip
def test_categories(error, expected):
    assert category(error) == expected


def test_severities():
    assert classify_error(MemoryError())[1] in (ErrorSeverity.HIGH, ErrorSeverity.CRITICAL)
    assert classify_error(OSError(errno.ENOSPC, "full"))[1] is ErrorSeverity.CRITICAL


def chained(outer, inner):
    try:
        try:
            raise inner
        except Exception as error:
            raise outer from error
    except Exception as error:
        return error


def test_the_cause_speaks_where_the_error_does_not():
    assert category(chained(RuntimeError("it failed"), ConnectionResetError())) == "network"
    assert category(chained(ValueError("real"), ConnectionResetError())) == "permanent"


def test_a_certificate_is_permanent_however_it_is_wrapped():
    class ClientConnectionError(ConnectionError):
        pass

    text = "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed"
    assert category(ClientConnectionError(text)) == "permanent"
    error = chained(RuntimeError(), ssl.SSLCertVerificationError())
    assert category(error) == "permanent"


def test_a_chain_that_bites_its_tail_ends():
    a, b = RuntimeError("a"), RuntimeError("b")
    a.__cause__, b.__cause__ = b, a
    assert category(a) == "permanent"


def test_an_attribute_that_explodes_is_no_matter():
    class Nasty(Exception):
        @property
        def response(self):
            raise RuntimeError

    assert category(Nasty("x")) == "permanent"
