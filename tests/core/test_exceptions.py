"""What an exception carries: a status, a server's wish, a wrapped reason."""

from datetime import timedelta

import pytest

from retryrun.core.carried import http_status, retry_after
from retryrun.core.exceptions import judge
from retryrun.core.failure import Classification

NOW = 1_700_000_000.0


def nothing(_command, _exit_code, _stdout, _stderr):
    return None


class Carrier(Exception):
    def __init__(self, **attributes):
        super().__init__()
        self.__dict__.update(attributes)


@pytest.mark.parametrize(
    ("attributes", "status"),
    [
        ({"status_code": 503}, 503),
        ({"status": 429}, 429),
        ({"code": 404}, 404),
        ({"code": 200}, None),
        ({"code": True}, None),
        ({"code": "503"}, None),
        ({"response": Carrier(status_code=502)}, 502),
        ({"response": {"ResponseMetadata": {"HTTPStatusCode": 503}}}, 503),
        ({"response": {"ResponseMetadata": {}}}, None),
        ({"response": {"Error": 1}}, None),
        ({}, None),
    ],
)
def test_http_status(attributes, status):
    assert http_status(Carrier(**attributes)) == status


@pytest.mark.parametrize(
    ("attributes", "seconds"),
    [
        ({"retry_after": 3}, 3.0),
        ({"retry_after": 0}, None),
        ({"retry_after": True}, None),
        ({"headers": {"retry-after": "2.5"}}, 2.5),
        ({"headers": {"Retry-After": "7"}}, 7.0),
        ({"headers": {"Retry-After": "-7"}}, None),
        ({"headers": {"Retry-After": "soon"}}, None),
        ({"headers": {"Retry-After": ["x"]}}, None),
        ({"headers": {"Retry-After": "Tue, 14 Nov 2023 22:13:30 GMT"}}, 10.0),
        ({"headers": {"Retry-After": "Tue, 14 Nov 2023 22:13:10 GMT"}}, None),
        ({"headers": 5}, None),
        ({"response": Carrier(headers={"retry-after": "4"})}, 4.0),
        ({"resp": Carrier(headers={"retry-after": "4"})}, 4.0),
        ({"headers": {"retry-after-ms": "1500", "retry-after": "2"}}, 1.5),
        ({"headers": {"Retry-After": "nan"}}, None),
        ({"headers": {"Retry-After": "1e300"}}, None),
        ({"retry_after": timedelta(seconds=8)}, 8.0),
        ({"response": {"ResponseMetadata": {"HTTPHeaders": {"retry-after": "6"}}}}, 6.0),
        ({}, None),
    ],
)
def test_retry_after(attributes, seconds):
    assert retry_after(Carrier(**attributes), NOW) == seconds


def test_a_date_means_nothing_without_a_clock():
    error = Carrier(headers={"Retry-After": "Tue, 14 Nov 2023 22:13:30 GMT"})
    assert retry_after(error) is None


def test_a_wrapped_reason_speaks():
    assert judge(Carrier(reason=ConnectionResetError()), nothing).category == "network"
    assert judge(Carrier(os_error=TimeoutError()), nothing).category == "network"
    assert judge(Carrier(reason="text"), nothing).rule is None


def test_a_context_that_was_suppressed_does_not():
    def raised(suppressed):
        try:
            try:
                raise ConnectionResetError
            except ConnectionResetError:
                if suppressed:
                    raise RuntimeError("x") from None
                raise RuntimeError("x")
        except RuntimeError as error:
            return error

    assert judge(raised(False), nothing).category == "network"
    assert judge(raised(True), nothing).rule is None


def test_a_cause_that_says_nothing_leaves_it_to_the_message():
    error = RuntimeError("words")
    error.__cause__ = RuntimeError("inner")
    said = Classification("network", rule="said")
    assert judge(error, lambda *what: said if what[3] == b"words" else None) is said


def test_the_wish_goes_with_the_judgement():
    error = Carrier(status_code=429, headers={"retry-after": "4"})
    found = judge(error, nothing)
    assert (found.category, found.rule, found.retry_after) == ("rate_limit", "http.429", 4.0)


def test_the_wish_is_found_where_the_error_was_made_from_the_response():
    error = RuntimeError("wrapped")
    error.__cause__ = Carrier(status_code=503, headers={"retry-after": "4"})
    assert judge(error, nothing).retry_after == 4.0
    error = TimeoutError()
    error.__cause__ = Carrier(status_code=503, headers={"retry-after": "4"})
    assert judge(error, nothing).retry_after == 4.0
    error.__cause__ = None
    error.__context__ = Carrier(status_code=503, headers={"retry-after": "4"})
    assert judge(error, nothing).retry_after is None  # perhaps of another server


def test_a_group_asks_for_the_longest_wait():
    group = ExceptionGroup("g", [Carrier(status_code=429, retry_after=n) for n in (2, 9, 4)])
    assert judge(group, nothing).retry_after == 9.0


def test_a_group_of_groups():
    inner = ExceptionGroup("inner", [TimeoutError(), MemoryError()])
    assert judge(ExceptionGroup("outer", [inner]), nothing).category == "resource"


def test_an_unusual_server_error_is_transient():
    assert judge(Carrier(status_code=599), nothing).category == "transient"
