"""The recorded failures are judged as well as ever: a row that goes wrong is a regression."""

import collections
import json
import re
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


def test_the_judgement_carries_over_to_what_it_has_not_seen():
    """The rows are not named: nobody is to look at them."""
    cases = rows("aside.jsonl")
    right = [verdict(row).category == row["category"] for row in cases]
    stays = [row for row in cases if row["category"] not in RETRIED]
    passes = [row for row in cases if row["category"] in RETRIED]
    assert sum(right) >= 0.95 * len(cases)
    assert sum(verdict(row).category in RETRIED for row in stays) <= 0.03 * len(stays)
    assert sum(verdict(row).category not in RETRIED for row in passes) <= 0.06 * len(passes)


def test_what_is_set_aside_is_not_learnt_from():
    learnt = [
        row for name in ("recorded.jsonl", "others.jsonl", "wordings.jsonl") for row in rows(name)
    ]
    known = {(row["command"], row["stdout"], row["stderr"]) for row in learnt}
    aside = rows("aside.jsonl")
    assert not {row["id"] for row in aside} & {row["id"] for row in learnt}
    assert not {(row["command"], row["stdout"], row["stderr"]) for row in aside} & known
    assert len({row["tool"] for row in aside}) >= 150


def said(row):
    """The lines of an output that tell something, without addresses, paths and numbers."""
    text = re.sub(r"https?://\S+|/\S+/\S+|\d+", "#", f"{row['stdout']}\n{row['stderr']}".lower())
    return {line.strip() for line in text.split("\n") if len(line.strip()) > 24}


def test_what_is_set_aside_says_nothing_that_was_learnt():
    learnt = [
        row for name in ("recorded.jsonl", "others.jsonl", "wordings.jsonl") for row in rows(name)
    ]
    where = {}
    for number, row in enumerate(learnt):
        for line in said(row):
            where.setdefault((row["category"], line), []).append(number)
    for row in rows("aside.jsonl"):
        lines, shared = said(row), collections.Counter()
        for line in lines:
            shared.update(where.get((row["category"], line), ()))
        assert max(shared.values(), default=0) * 2 < max(1, len(lines)), row["id"]
