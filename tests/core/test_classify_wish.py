"""How long a server asks to wait, in its many wordings."""

import pytest

from retryrun.core.classify import classify

NOW = 1_700_000_000.0


def wish(text, head="HTTP/1.1 429 Too Many Requests\n"):
    return classify("curl -f x", 22, b"", (head + text).encode(), now=NOW).retry_after


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("Retry-After: 2", 2),
        ("retry-after: 120", 120),
        ("< Retry-After: 2\r", 2),
        ("Retry-After: Tue, 14 Nov 2023 22:13:50 GMT", 30),
        ("Retry-After: Tuesday, 14-Nov-23 22:13:50 GMT", 30),
        ('{"retry_after": 2}', 2),
        ('{"error": {"retry_after": "2"}}', 2),
        ('{"retry_after_ms": 2500}', 2.5),
        ("Please try again in 20s.", 20),
        ("Rate limit reached. Please try again in 1m12.5s.", 72.5),
        ("Please try again in 350ms", 0.35),
        ("Please retry after 30 seconds.", 30),
        ("Please wait 5 minutes before you try again", 300),
        ("retry in 2 hours", 7200),
        ("x-ratelimit-reset: 1700000060", 60),
        ("X-RateLimit-Reset: 45", 45),
        ("x-ratelimit-reset-requests: 6s", 6),
        ("API rate limit exceeded until 2023-11-14T22:14:20Z", 60),
        ("TOOMANYREQUESTS: retry-after: 120ms, allowed: 44000/minute", 0.12),
        ('"retryDelay": "17s"', 17),
        ('{"retry_after_seconds": 90}', 90),
        ("x-ratelimit-reset-after: 40", 40),
        ("Please wait 33 more seconds.", 33),
        ("next attempt allowed in 3 seconds", 3),
        ("back off for 30s", 30),
        ("Try again in a minute.", 60),
        ("retry after 00:00:25", 25),
        ("rate limit resets in 00:01:30", 90),
        ("Rate limit will be reset in 40 seconds", 40),
        ("rate limit: next request allowed in 12 s", 12),
        ("too many requests, cool down 15s", 15),
        ("rate limit hit, sleep 20 seconds and retry", 20),
        ("FloodWaitError: A wait of 30 seconds is required", 30),
        ("FLOOD_WAIT_25", 25),
    ],
)
def test_the_server_is_understood(text, seconds):
    assert wish(text) == pytest.approx(seconds)


@pytest.mark.parametrize(
    "text",
    [
        "Retry-After: soon", "Retry-After: -5", "Retry-After: 0", "Retry-After: 99999999999999",
        "Retry-After: Tue, 14 Nov 2023 22:13:00 GMT", "Retry-After: Tue, 99 Foo 2023 99:99:99 GMT",
        "x-ratelimit-reset: 1600000000", "x-ratelimit-remaining: 5", "try again in 900 days",
        "the reset took 5 seconds ago", "",
    ],
)  # fmt: skip
def test_the_past_and_the_absurd_are_ignored(text):
    assert wish(text) is None


def test_an_overloaded_server_may_name_a_time_too():
    assert wish("Retry-After: 7", "HTTP/1.1 503 Service Unavailable\n") == 7


def test_the_last_wish_counts():
    assert wish("Retry-After: 2\nRetry-After: 9") == 9


def test_without_a_clock_dates_say_nothing():
    text = b"HTTP 429 Too Many Requests\nRetry-After: Tue, 14 Nov 2023 22:13:50 GMT\n"
    assert classify("x", 1, text).retry_after is None


def test_a_failure_that_stays_has_no_wish():
    found = classify("x", 1, b"HTTP 404 Not Found\nRetry-After: 5\n")
    assert (found.category, found.retry_after) == ("permanent", None)


def test_an_unavailable_server_asks_in_words():
    head = "HTTP/1.1 503 Service Unavailable\n"
    assert wish("the server asks you to try again in 5 s", head) == 5
    assert wish("cache will be rebuilt in 5 s, retry", head) is None


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("Please try again in 1 hour.", 3600),
        ("quota resets in 2m", 120),
        ("rate limit will be reset in 40 seconds", 40),
        ("A wait of 30 seconds is required", 30),
    ],
)
def test_who_names_a_time_limits_how_often_it_may_be_asked(text, seconds):
    found = classify("tool", 1, b"", text.encode(), now=NOW)
    assert (found.category, found.retry_after) == ("rate_limit", seconds)
