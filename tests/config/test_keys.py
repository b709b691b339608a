"""Each key of recovery.yaml: what it may be, what becomes of it, and what is refused."""

import marshal

import pytest

from retryrun.config.compile import compile_text
from retryrun.config.schema import ELSEWHERE, PLACES
from retryrun.errors import ConfigError
from tests.config import samples

RULES = frozenset({"known.rule"})


def compiled(text):
    return compile_text(text.encode(), "/p/recovery.yaml", rule_ids=RULES)


def found(document, place, key):
    """Return what a key became in a document made of a sample."""
    entry = {
        "top": lambda: document,
        "policy": lambda: document["policies"]["p"],
        "special": lambda: document["policies"]["p"]["per_category"]["timeout"],
        "command": lambda: document["commands"][0],
        "task": lambda: document["tasks"]["t"],
        "rule": lambda: document["rules"][0],
        "breaker": lambda: document["breakers"]["b"],
        "state": lambda: document["state"],
        "budget": lambda: document["policies"]["p"]["budget"],
    }[place]()
    return entry[key] if key in entry else entry.get("settings", {}).get(key)


def test_every_key_has_a_good_and_a_bad_sample():
    assert {place: set(keys) for place, keys in PLACES.items()} == {
        place: set(keys) for place, keys in samples.SAMPLES.items()
    }
    for keys in samples.SAMPLES.values():
        for right, wrong in keys.values():
            assert right
            assert wrong


def short(value):
    return str(value)[:30]


@pytest.mark.parametrize(
    ("place", "key", "value", "meant"), list(samples.rows(good=True)), ids=short
)
def test_a_right_value_becomes_plain_data(place, key, value, meant):
    document = compiled(samples.text(place, key, value))
    assert found(document, place, key) == meant
    assert type(found(document, place, key)) is type(meant)
    assert marshal.loads(marshal.dumps(document)) == document


@pytest.mark.parametrize(("place", "key", "value"), list(samples.rows(good=False)), ids=short)
def test_a_wrong_value_is_refused_with_its_place(place, key, value):
    with pytest.raises(ConfigError) as caught:
        compiled(samples.text(place, key, value))
    error = caught.value
    assert error.path == "/p/recovery.yaml"
    assert error.message.startswith(f"/p/recovery.yaml:{error.line}:{error.column}: ")
    if "\\0" not in value:  # what cannot be text at all is refused before keys are looked at
        assert key in error.key or key in error.message
    assert "\n" not in error.message
    assert len(error.message) < 400


@pytest.mark.parametrize("place", [place for place in PLACES if place != "top"])
def test_an_unknown_key_is_refused_and_the_nearest_named(place):
    known = list(PLACES[place])[-1]
    with pytest.raises(ConfigError, match="unknown key") as caught:
        compiled(samples.text(place, known + "x", "1"))
    assert f"did you mean {known}?" in caught.value.message


def test_an_unknown_key_at_the_top():
    with pytest.raises(ConfigError, match=r"recovery.yaml:2:1: polices: unknown key .*policies\?"):
        compiled("version: 1\npolices: {}")


def test_a_key_of_a_policy_at_the_top_is_shown_its_place():
    with pytest.raises(ConfigError, match="max_retries: unknown key here") as caught:
        compiled("max_retries: 3")
    assert "policies: {default: {max_retries: ...}}" in caught.value.hint


def test_a_key_that_cannot_differ_by_category():
    with pytest.raises(ConfigError) as caught:
        compiled("policies: {p: {per_category: {network: {deadline: 1m}}}}")
    assert caught.value.key == "policies.p.per_category.network.deadline"
    assert caught.value.hint == "this one cannot differ by category"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("policies: {p: {atempts: 3}}", "max_retries"),
        ("policies: {p: {max_attempts: 3}}", "max_retries"),
        ("policies: {p: {delay: 1s}}", "base_delay"),
        ("tasks: {t: {cmd: x}}", "run"),
        ("tasks: {t: {run: x, environment: {}}}", "env"),
    ],
)
def test_a_word_of_another_tool_is_translated(text, key):
    with pytest.raises(ConfigError, match="unknown key") as caught:
        compiled(text)
    assert f"(did you mean {key}?)" in caught.value.message


def test_every_translation_leads_to_a_key():
    keys = {name for place in PLACES.values() for name in place}
    assert set(ELSEWHERE.values()) <= keys
    assert not set(ELSEWHERE) & keys - {"name"}


def test_an_unknown_word_that_is_like_nothing_gets_the_list():
    with pytest.raises(ConfigError, match="unknown key") as caught:
        compiled("state: {qqqq: 1}")
    assert caught.value.hint == "there are: history_days, history_max_mb"


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("policies: {p: {max_retries: '3'}}", "without the quotes: 3"),
        ("tasks: {t: {run: 5}}", 'put it in quotes: "5"'),
        ("tasks: {t: {run: [sleep, 1.50]}}", 'put it in quotes: "1.50"'),
        ("report: true", 'put it in quotes: "true"'),
        ("policies: {p: {max_retries: abc}}", None),
        ("report:", None),
    ],
)
def test_the_hint_about_quotes(text, hint):
    with pytest.raises(ConfigError) as caught:
        compiled(text)
    assert caught.value.hint == hint


def test_keys_that_look_like_booleans_are_text():
    with pytest.raises(ConfigError, match="on: unknown key"):
        compiled("on: x")
    assert list(compiled("policies: {on: {}, 1: {}, null: {}}")["policies"]) == ["on", "1", "null"]
