"""The built-in judgement: facts found in the output, weighed with its form and how it ended."""

from __future__ import annotations

from ...rules.exits import BUG, EXCEPTIONS, EXITS, NOT_SAID, SIGNALS, SYSEXITS, TABLE
from ...rules.fact import CAUSE, DECISIVE, HEADLINE, STRUCTURE
from ..failure import (
    NETWORK,
    PERMANENT,
    RATE_LIMIT,
    RESOURCE,
    TRANSIENT,
    UNMATCHED,
    Classification,
)
from ..value import Value
from . import exceptions, roles, structure
from .command import silent
from .command import tools as tools_of
from .evidence import Hit, Text, hits
from .lines import masked
from .wording import own_limit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from .lines import Line

PASSING = (NETWORK, RATE_LIMIT, TRANSIENT)
ENOUGH = 25  # the least weight that counts as a reason
SHOWN = 12  # candidates that are explained


class Candidate(Value):
    """One reading of the failure. `refused` says why it cannot be taken, if it cannot."""

    rule: str
    category: str
    severity: str
    score: int
    place: tuple[int, int]
    line: Line | None = None
    refused: str | None = None


def judge(
    text: Text, tools: Sequence[str], exit_code: int, signal: int | None, disabled: Collection[str]
) -> Classification:
    """Return the reading with the most weight, of equals the one that was written last."""
    lines = text.lines
    found = structure.forms(text, disabled)
    readings = [
        *_exits(tools, exit_code, signal, disabled, lines),
        *_forms(found),
        *_exception(lines, disabled),
        *_facts(hits(text, tools, disabled), lines, found, exit_code),
    ]
    fit = [each for each in readings if each.refused is None and each.score >= ENOUGH]
    if not fit:
        last = roles.telling(lines)
        return UNMATCHED.replace(
            line=last.text.strip() if last else None,
            stream=last.stream if last else None,
            candidates=_explained(readings, None),
        )
    best = max(fit, key=lambda each: (each.score, each.place))
    line = best.line or roles.telling(lines)
    return Classification(
        best.category,
        best.severity,
        best.rule,
        line.text.strip() if line else None,
        line.stream if line else None,
        candidates=_explained(readings, best),
    )


def _exits(
    tools: Sequence[str],
    exit_code: int,
    signal: int | None,
    disabled: Collection[str],
    lines: Sequence[Line],
) -> Iterable[Candidate]:
    """Read the exit status by itself: by the program's own table, else by convention."""
    said = silent(lines, exit_code)
    number = signal if signal is not None else exit_code - 128 if exit_code > 128 else None
    rows = [EXITS.get(tools[-1], {}).get(exit_code)] if tools else []
    rows += [SYSEXITS.get(exit_code), SIGNALS.get(number) if number else None]
    if said is not None:
        last = tools_of(said[0])
        rows.insert(0, EXITS.get(last[-1], {}).get(said[1]) if last else None)
    for row in rows:
        if row is not None and row.id not in disabled:
            weight = row.weight
            if (
                weight > STRUCTURE
                and row.id in NOT_SAID
                and roles.complains(lines, NOT_SAID[row.id])
            ):
                weight = TABLE - 15
            yield Candidate(row.id, row.category, row.severity, weight, (-1, 0))
            return


def _forms(found: Sequence[structure.Found]) -> Iterable[Candidate]:
    for each in found:
        form = each.form
        yield Candidate(
            form.id, form.category, form.severity, STRUCTURE, (each.line.number, 0), each.line
        )


def _exception(lines: Sequence[Line], disabled: Collection[str]) -> Iterable[Candidate]:
    """Read the last exception by its class alone."""
    line = exceptions.last_exception(lines)
    if line is None:
        return
    rows = []
    if exceptions.is_logic(line.text):
        # Raised from another one on purpose, it is only the wrapping: then the cause decides.
        if not any("direct cause" in each.text for each in lines):
            garbled = exceptions.exception(line.text) in exceptions.OF_INPUT
            rows = [BUG.replace(weight=HEADLINE) if garbled else BUG]
    else:
        name = (exceptions.exception(line.text) or "").lower()
        rows = [row for words, row in EXCEPTIONS if any(word in name for word in words)][:1]
        rows = [row for row in rows if not own_limit(line.text, row.id)]
    for row in rows:
        if row.id not in disabled:
            yield Candidate(row.id, row.category, row.severity, row.weight, (line.number, 0), line)


def _facts(
    found: Sequence[Hit],
    lines: Sequence[Line],
    shapes: Sequence[structure.Found],
    exit_code: int,
) -> Iterable[Candidate]:
    own_error = roles.last_independent_error(lines)
    infrastructure = set()  # the streams that tell of it
    real = structure.failed_for_real(shapes, lines)
    candidates = []
    for hit in found:
        role = roles.role(lines, hit.line.number)
        refused = structure.veto(shapes, lines, hit.line.number, hit.fact)
        if role == roles.ADVICE and hit.fact.category == RESOURCE and roles.is_note(hit.line.text):
            role = roles.PLAIN
        score = hit.fact.weight + _shift(role, hit)
        if refused is None:
            refused = _unheard(lines, hit, role, score, own_error)
        if (
            refused is None
            and real
            and hit.fact.category in PASSING
            and not roles.names_status(hit.line.text, exit_code)
        ):
            refused = "another test of the same run failed for real"
        if refused is None and hit.fact.category != PERMANENT and score > HEADLINE:
            infrastructure.add(hit.line.stream)
        candidates.append(
            Candidate(
                hit.fact.id, hit.fact.category, hit.fact.severity, score, hit.place, hit.line,
                refused,
            )
        )  # fmt: skip
    if infrastructure and any(structure.yields(each, infrastructure) for each in shapes):
        lift = STRUCTURE  # the exception that ended the test is the reason, not the test
        candidates = [
            each.replace(score=each.score + lift) if each.refused is None else each
            for each in candidates
        ]
    return _without_wrappings(candidates)


def _unheard(lines: Sequence[Line], hit: Hit, role: str, score: int, own_error: int) -> str | None:
    """Return why a line is not listened to where it stands, None if it is."""
    if role in roles.WHY and score < ENOUGH:
        return roles.WHY[role]
    passing, number = hit.fact.category in PASSING, hit.line.number
    if passing and roles.is_of_earlier_command(lines, number):
        return "a command of the script that was not its last"
    if number < own_error:
        if role == roles.WARNING and hit.fact.category != RESOURCE:
            return "only a warning; an error of its own follows"
        if role == roles.PLAIN and hit.fact.weight < STRUCTURE:
            return "told in passing; an error of its own follows"
        if passing and roles.made_good(lines, number):
            return roles.WHY[roles.RECOVERED]
    return None


def _shift(role: str, hit: Hit) -> int:
    """Return what the role of its line does to the weight of a piece of evidence."""
    page = hit.fact.id == "server.unavailable" and roles.is_page(hit.line.text)
    return roles.SHIFT[role] + (roles.SHIFT[roles.WARNING] if page else 0)  # a status says more


def _without_wrappings(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Set aside what only says in which step it failed, where the same line goes on with the cause.

    "error validating data: failed to download: connection reset" is about the connection, "unable
    to connect: executable helper not found" about a file.
    """
    causes: dict[tuple[bool, int], int] = {}  # where in a line the last lasting, or passing, one is
    for each in candidates:
        lasting = each.category == PERMANENT
        if each.refused is None and (lasting or each.score >= CAUSE):
            number, at = each.place
            causes[lasting, number] = max(at, causes.get((lasting, number), 0))
    wraps = [each.refused is None and _only_wraps(each, causes) for each in candidates]
    # What a headline is about decides in its place, however weak it is by itself.
    about = {
        each.place[0]
        for each, only in zip(candidates, wraps, strict=True)
        if only and each.category != PERMANENT
    }
    return [
        each.replace(refused="the same line goes on with its cause")
        if only
        else each.replace(score=max(each.score, HEADLINE))
        if each.category == PERMANENT and each.place[0] in about
        else each
        for each, only in zip(candidates, wraps, strict=True)
    ]


def _only_wraps(each: Candidate, causes: dict[tuple[bool, int], int]) -> bool:
    lasting = each.category == PERMANENT
    if lasting:
        vague = CAUSE + 2 < each.score < DECISIVE
    else:
        vague = each.score < CAUSE and each.category in PASSING
    number, at = each.place
    cause = causes.get((not lasting, number))
    if not vague or cause is None or each.line is None:
        return False
    return ": " in masked(each.line.text)[at : cause + 2]  # a cause may begin at the colon


def _explained(
    readings: Sequence[Candidate], best: Candidate | None
) -> tuple[tuple[str, str, str], ...]:
    """Tell of the readings not taken, best first, and why."""
    rows: dict[tuple[str, str], str] = {}
    for each in sorted(readings, key=lambda each: (-each.score, each.place)):
        if best is not None and each.rule == best.rule:
            continue
        why = each.refused or ("too weak to decide alone" if each.score < ENOUGH else None)
        if why is None and best is not None:
            same = each.score == best.score
            why = f"[{best.rule}] came later" if same else f"[{best.rule}] weighs more"
        rows.setdefault((each.rule, each.line.text.strip() if each.line else ""), why or "")
        if len(rows) == SHOWN:
            break
    return tuple((rule, line, why) for (rule, line), why in rows.items())
