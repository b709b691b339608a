"""A run as JUnit XML, with the elements for reruns that Maven Surefire writes."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from ..core.text import show_command

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
GOOD = ("succeeded", "recovered", "fallback")
ERRORS = ("timed_out", "not_runnable", "interrupted", "circuit_open")


def document(report: dict[str, Any]) -> bytes:
    """Return the XML of a report: one test case for a command, one for each step of a task."""
    cases = list(_cases(report))
    suite = ET.Element(
        "testsuite",
        name="retryrun",
        tests=str(len(cases)),
        failures=str(sum(case["outcome"] == "failed" for case in cases)),
        errors=str(sum(case["outcome"] in ERRORS for case in cases)),
        time=_time(report["total_duration_s"]),
    )
    for case in cases:
        _case(suite, case)
    made: bytes = ET.tostring(suite, encoding="utf-8", xml_declaration=True)
    return made


def _cases(report: dict[str, Any]) -> Any:
    if "steps" in report:
        for step in report["steps"]:
            yield from _cases(step)
    else:
        yield report


def _case(suite: ET.Element, report: dict[str, Any]) -> None:
    case = ET.SubElement(
        suite,
        "testcase",
        classname="retryrun",
        name=_clean(report["task"] or show_command(report["command"], 200)),
        time=_time(report["total_duration_s"]),
    )
    failed = [each for each in report["attempts"] if each["category"] and each["role"] == "primary"]
    if report["outcome"] in GOOD:
        for attempt in failed:
            _mark(case, "flakyFailure", attempt)
        return
    kind = "error" if report["outcome"] in ERRORS else "failure"
    for place, attempt in enumerate(failed or report["attempts"][-1:]):
        again = "rerunError" if kind == "error" else "rerunFailure"
        _mark(case, kind if place == 0 else again, attempt)


def _mark(case: ET.Element, kind: str, attempt: dict[str, Any]) -> None:
    status = f"signal {attempt['signal']}" if attempt["signal"] else f"exit {attempt['exit_code']}"
    if attempt["timed_out"]:
        status = "time limit"
    rule = attempt["rule"] or "unmatched"
    mark = ET.SubElement(
        case, kind, message=_clean(f"{status}, {rule}"), type=_clean(attempt["category"] or "")
    )
    mark.text = _clean(attempt["line"] or "")


def _clean(text: str) -> str:
    return FORBIDDEN.sub("\ufffd", text)


def _time(value: float) -> str:
    return f"{value:.3f}"
