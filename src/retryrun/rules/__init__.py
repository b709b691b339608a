"""The built-in knowledge of failures: data only, one file for each family of tools."""

from __future__ import annotations

from . import (
    builds,
    cloud,
    codes,
    containers,
    databases,
    git,
    http,
    javascript,
    languages,
    machine,
    moments,
    network,
    python,
    rates,
    sentences,
    servers,
    states,
    system,
    tls,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .fact import Fact

FAMILIES = {
    "network": network.FACTS,
    "tls": tls.FACTS,
    "http": http.FACTS,
    "machine": machine.FACTS,
    "languages": languages.FACTS,
    "servers": servers.FACTS,
    "rates": rates.FACTS,
    "states": states.FACTS,
    "sentences": sentences.FACTS,
    "moments": moments.FACTS,
    "codes": codes.FACTS,
    "python": python.FACTS,
    "javascript": javascript.FACTS,
    "git": git.FACTS,
    "system": system.FACTS,
    "containers": containers.FACTS,
    "builds": builds.FACTS,
    "databases": databases.FACTS,
    "cloud": cloud.FACTS,
}
FACTS: tuple[Fact, ...] = tuple(row for rows in FAMILIES.values() for row in rows)
PLAIN = {
    "retryrun.gave-up": ("permanent", "critical", "another retryrun inside the command gave up"),
    "timeout": ("transient", "medium", "the attempt was cut by its time limit"),
}


def known_ids() -> frozenset[str]:
    """Return the name of every built-in rule."""
    return frozenset(row["id"] for row in all_rules())


def meaning(rule: str | None) -> str | None:
    """Return what a built-in rule says of a failure, None for any other name."""
    return next((row["says"] for row in all_rules() if row["id"] == rule), None)


def all_rules() -> list[dict[str, str]]:
    """Describe every built-in rule, in the order of the families."""
    from .exits import BUG, EXCEPTIONS, EXITS, SIGNALS, SYSEXITS
    from .forms import FORMS

    rows = [
        {"id": name, "category": category, "severity": severity, "family": "retryrun", "says": says}
        for name, (category, severity, says) in PLAIN.items()
    ]
    for family, facts in FAMILIES.items():
        rows += [
            {"id": row.id, "category": row.category, "severity": row.severity, "family": family,
             "says": row.says, "example": row.example, "look_alike": row.look_alike}
            for row in facts
        ]  # fmt: skip
    rows += [
        {"id": form.id, "category": form.category, "severity": form.severity, "family": form.kind,
         "says": form.says, "example": form.example, "look_alike": form.look_alike}
        for form in FORMS
    ]  # fmt: skip
    tables = [
        ("exceptions", dict(enumerate([BUG, *(row for _, row in EXCEPTIONS)]))),
        ("sysexits", SYSEXITS),
        ("signals", SIGNALS),
        *EXITS.items(),
    ]
    rows += [
        {"id": row.id, "category": row.category, "severity": row.severity, "family": family,
         "says": row.says}
        for family, table in tables
        for row in table.values()
    ]  # fmt: skip
    return list({row["id"]: row for row in reversed(rows)}.values())[::-1]
