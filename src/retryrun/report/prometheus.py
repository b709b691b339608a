"""Figures in the text format that Prometheus reads, also from a node exporter's folder of files.

They are gauges: a figure falls when old runs leave the history.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    Rows = Iterable[tuple[dict[str, str], float | None]]

OUTCOMES = ("succeeded_first_try", "recovered", "fallback_succeeded", "failed", "interrupted")
PLAIN = {
    "retries": "Retries of all runs.",
    "retried_runs": "Runs with at least one retry.",
    "fallback_used": "Runs in which a fallback ran.",
    "retry_success_rate": "Share of the runs with a retry that succeeded in the end.",
    "average_retries_per_run": "Retries divided by runs.",
    "fallback_usage_rate": "Share of the runs in which a fallback ran.",
    "breaker_state_changes": "Changes of state of all circuit breakers.",
    "time_spent_retrying_s": "Seconds spent on waits and retries.",
    "reruns_saved": "Runs that nobody had to start again by hand.",
}


def text(stats: Mapping[str, Any]) -> str:
    """Return the figures as a text exposition, version 0.0.4."""
    lines: list[str] = []

    def family(name: str, about: str, rows: Rows) -> None:
        name = f"retryrun_{name}"
        lines.extend((f"# HELP {name} {about}", f"# TYPE {name} gauge"))
        for labels, value in rows:
            if value is not None:
                inner = ",".join(f'{key}="{_escaped(each)}"' for key, each in labels.items())
                lines.append(f"{name}{{{inner}}} {value}" if inner else f"{name} {value}")

    family("runs", "Runs by how they ended.", (({"outcome": o}, stats[o]) for o in OUTCOMES))
    for key, about in PLAIN.items():
        name = key.removesuffix("_s") + "_seconds" if key.endswith("_s") else key
        family(name, about, [({}, stats[key])])
    family(
        "command_runs",
        "Runs of a command or task by how they ended.",
        (
            ({"command": name, "outcome": outcome}, row[outcome])
            for name, row in stats["by_command"].items()
            for outcome in OUTCOMES
        ),
    )
    for key, about in (
        ("failures", "Failed attempts by category."),
        ("retries", "Retries after a failure of the category."),
        ("helped", "Retries after a failure of the category, in runs that succeeded in the end."),
    ):
        family(
            f"category_{key}",
            about,
            (({"category": name}, row[key]) for name, row in stats["by_category"].items()),
        )
    family(
        "breaker_changes",
        "Changes of state of a circuit breaker.",
        (({"breaker": name}, row["changes"]) for name, row in stats["breakers"].items()),
    )
    return "\n".join(lines) + "\n"


def _escaped(value: str) -> str:
    plain = value.encode("utf-8", "replace").decode()
    return plain.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
