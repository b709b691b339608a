"""Judging exceptions."""

import errno
import socket
import ssl
import subprocess
from pathlib import Path

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
        (KeyboardInterrupt(), "permanent"), (SystemExit(503), "permanent"),
        (Status(501), "permanent"), (Status(505), "permanent"), (Status(423), "transient"),
        (OSError([1], "x"), "permanent"), (OSError(10**9, "x"), "permanent"),
        (subprocess.TimeoutExpired(["a"], 5), "transient"),
        (subprocess.CalledProcessError(6, ["curl", "x"], b"", b"curl: (6) Could not resolve host: x"), "network"),
        (subprocess.CalledProcessError(1, "uv sync", "", "error: connection reset by peer"), "network"),
        (subprocess.CalledProcessError(1, ["uvx", "pytest"], "FAILED t.py::a - assert 1 == 2\n1 failed in 0.1s"), "permanent"),
        (subprocess.CalledProcessError(75, ["x"]), "transient"),
        (subprocess.CalledProcessError(-9, [b"x", Path("y")]), "resource"),
        (subprocess.CalledProcessError(1, ["x"], None, None), "permanent"),
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


def test_a_circuit_that_is_open_is_not_asked_again_whoever_says_so():
    for name in ("CircuitOpenError", "CircuitBreakerError", "OpenedState"):
        kind = type(name, (Exception,), {})
        assert category(kind("open until 12:00, last failure: Connection refused")) == "permanent"
        assert category(chained(RuntimeError("no"), kind())) == "permanent"


def test_groups_within_groups_without_end():
    error = Exception("Connection refused")
    for _ in range(3000):
        error = ExceptionGroup("x", [error])
    assert category(error) == "permanent"


def test_a_long_chain_ends():
    error = ConnectionError()
    for n in range(3000):
        outer = RuntimeError(n)
        outer.__cause__ = error
        error = outer
    assert category(error) == "permanent"


class Throttled(Exception):
    def __init__(self, code, status=400, **headers):
        super().__init__(f"An error occurred ({code})")
        metadata = {"HTTPStatusCode": status, "HTTPHeaders": headers}
        self.response = {"Error": {"Code": code}, "ResponseMetadata": metadata}


def test_aws_says_with_400_that_it_was_asked_too_often():
    assert category(Throttled("ThrottlingException")) == "rate_limit"
    assert category(Throttled("ProvisionedThroughputExceededException")) == "rate_limit"
    assert category(Throttled("ValidationException")) == "permanent"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("timeout", "network"), ("Timeout", "network"), ("timed out", "network"),
        ("rate limit", "rate_limit"), ("Rate limit exceeded.", "rate_limit"),
        ("quota exceeded", "rate_limit"), ("429", "rate_limit"), ("503", "transient"),
        ("Temporary failure", "transient"), ("unavailable", "transient"),
        ("try again later", "transient"), ("Out of memory", "resource"),
        ("No space left on device", "resource"), ("Overloaded", "transient"),
        ("invalid timeout value", "permanent"), ("unknown key: rate limit", "permanent"),
        ("404", "permanent"), ("42", "permanent"), ("", "permanent"), ("not found", "permanent"),
    ],
)  # fmt: skip
def test_what_a_message_says(text, expected):
    assert category(Exception(text)) == category(RuntimeError(text)) == expected
    assert category(ValueError(text)) == "permanent"
