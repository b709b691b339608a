"""The recorded failures are judged as well as ever: a row that goes wrong is a regression."""

import json
from pathlib import Path

import pytest

from retryrun.core.classify import classify
from retryrun.core.failure import CATEGORIES

FOLDER = Path(__file__).parent
RETRIED = {"network", "rate_limit", "transient"}


def rows(name):
    return [json.loads(line) for line in (FOLDER / name).read_text(encoding="utf-8").splitlines()]


def verdict(row):
    return classify(
        row["command"], row["exit_code"], row["stdout"].encode(), row["stderr"].encode()
    )


@pytest.mark.parametrize("name", ["recorded.jsonl", "wordings.jsonl", "others.jsonl"])
def test_failures_are_judged_rightly(name):
    cases = rows(name)
    wrong = [row["id"] for row in cases if verdict(row).category != row["category"]]
    assert len(wrong) <= 0.02 * len(cases), wrong


@pytest.mark.parametrize("name", ["recorded.jsonl", "wordings.jsonl", "others.jsonl"])
def test_what_stays_broken_is_not_retried(name):
    stays = [row for row in rows(name) if row["category"] not in RETRIED]
    retried = [row["id"] for row in stays if verdict(row).category in RETRIED]
    assert len(retried) <= 0.01 * len(stays), retried


def test_the_recorded_corpus_is_wide():
    cases = rows("recorded.jsonl")
    assert len(cases) >= 300
    assert len({row["tool"] for row in cases}) >= 30
    assert len({row["id"] for row in cases}) == len(cases)
    assert {row["category"] for row in cases} == set(CATEGORIES)


def test_the_judgement_carries_over_to_tools_that_it_has_not_seen():
    cases = rows("aside.jsonl")
    wrong = sum(verdict(row).category != row["category"] for row in cases)
    assert wrong <= 0.07 * len(cases)  # the rows are not named: nobody is to look at them


def test_what_is_set_aside_is_of_other_tools():
    aside, others = (
        {row["tool"] for row in rows(name)} for name in ("aside.jsonl", "others.jsonl")
    )
    assert len(aside) >= 20
    assert not {row["id"] for row in rows("aside.jsonl")} & {
        row["id"] for row in rows("others.jsonl")
    }
    assert not aside & others
