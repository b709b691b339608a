"""Every built-in rule catches its own example and leaves its look-alike alone."""

import re
import time

import pytest

from retryrun.core.classify import classify, user_rule
from retryrun.core.classify.command import tools
from retryrun.core.classify.evidence import Text, hits, words
from retryrun.core.classify.lines import read
from retryrun.core.failure import CATEGORIES, SEVERITIES
from retryrun.rules import FACTS, all_rules, known_ids
from retryrun.rules.exits import EXITS, SIGNALS, SYSEXITS
from retryrun.rules.forms import FORMS

facts = pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.id)
forms = pytest.mark.parametrize("form", FORMS, ids=lambda form: f"{form.id}:{form.needle}")


@facts
def test_a_rule_catches_its_example(fact):
    text = Text(read(b"", fact.example.encode()))
    command = fact.command or "tool"
    assert fact.id in {hit.fact.id for hit in hits(text, tools(command), ())}
    verdict = classify(command, fact.exit_code, stderr=fact.example.encode())
    assert verdict.category == fact.category
    assert verdict.rule is not None


@facts
def test_a_rule_leaves_its_look_alike_alone(fact):
    text = Text(read(b"", fact.look_alike.encode()))
    assert fact.id not in {hit.fact.id for hit in hits(text, tools(fact.command or "tool"), ())}


@facts
def test_a_rule_of_the_user_wins_over_it(fact):
    mine = user_rule({"id": "mine", "category": "transient", "output": "."})
    verdict = classify(
        fact.command or "tool", fact.exit_code, stderr=fact.example.encode(), rules=[mine]
    )
    assert (verdict.rule, verdict.category) == ("mine", "transient")


@facts
def test_a_rule_can_be_disabled(fact):
    verdict = classify(
        fact.command or "tool", fact.exit_code, stderr=fact.example.encode(), disabled={fact.id}
    )
    assert verdict.rule != fact.id


@facts
def test_needles_are_lower_case_words(fact):
    for needle in fact.needles:
        assert needle == needle.lower()
        assert words(needle)


@forms
def test_a_form_is_seen_in_its_example_only(form):
    assert form.needle in form.example.lower()
    assert re.search(form.pattern, form.example, re.MULTILINE)
    assert not re.search(form.pattern, form.look_alike, re.MULTILINE)


@forms
def test_a_form_decides_alone(form):
    assert classify("tool", 1, form.example.encode()).category == "permanent"


def test_ids_are_words_and_every_rule_is_described():
    for row in all_rules():
        assert re.fullmatch(r"[a-z0-9]+(?:\.[a-z0-9-]+)?", row["id"]), row["id"]
        assert row["category"] in CATEGORIES
        assert row["severity"] in SEVERITIES
        assert row["says"]
        assert row["family"]
    assert len(known_ids()) == len(all_rules())


def test_promised_ids_exist():
    assert {
        "retryrun.gave-up", "timeout", "uv.connect", "pytest.failures", "curl.timeout", "sysexits.tempfail",
        "signal.kill", "disk.full", "rate.limited", "http.503", "tls.certificate", "dns.unresolved",
    } <= known_ids()  # fmt: skip


@pytest.mark.parametrize("tool", EXITS)
def test_silent_tools_are_judged_by_their_exit_status(tool):
    for code, row in EXITS[tool].items():
        assert classify([tool, "x"], code).rule == row.id


def test_conventions_of_exit_statuses():
    for code, row in SYSEXITS.items():
        assert classify("./tool", code).category == row.category
    for number, row in SIGNALS.items():
        assert classify("./tool", 128 + number, signal=number).rule == row.id


@pytest.mark.parametrize("code", range(1, 256))
def test_every_exit_status_gets_a_verdict(code):
    assert classify("./tool", code).category in CATEGORIES


FILLERS = (
    "could not ", "the server ", "connection to ", "a.b.c.", "a-", "a:1 ", "is ", "was ", "1 ",
    "not ", "(", '"a" ', "to the ", "a/b", "\\", "://", ": ", "A_", "0", "response ", "in ", "=",
)  # fmt: skip


@facts
def test_a_rule_costs_little_on_a_long_line_of_anything(fact):
    """A pattern that is tried from each place on, to the end, would take minutes; all take 30 ms."""
    if fact.pattern is None:
        return
    wording = re.compile(fact.pattern, re.IGNORECASE)
    start = time.process_time()
    for filler in FILLERS:
        long = filler * (2000 // len(filler))
        wording.search(long)
        wording.search(f"error: could not {long} closed")
    assert time.process_time() - start < 3
