"""A run as JUnit XML, with the elements for reruns that Maven Surefire writes and CI systems read.

A test case that passed in the end has a `flakyFailure` for each failed attempt before; one that
did not, or that `flaky: fail` counts as failed, has a `failure` for the first and a `rerunFailure`
for each later one. An attempt that could not come to a result of its own (cut by a limit, not
runnable, interrupted) is an `error` instead.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from ..core.text import show_command

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    Report = dict[str, Any]

NAME_WIDTH = 200
GOOD = ("succeeded", "recovered", "fallback")
NO_RESULT = ("timed_out", "not_runnable", "interrupted", "circuit_open")
# XML 1.0, production 2: these characters cannot be written in any form.
FORBIDDEN = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# The order in which Surefire's schema lets them stand.
ORDER = ("failure", "rerunFailure", "flakyFailure", "error", "rerunError", "flakyError")


def document(report: Report) -> bytes:
    """Return the XML of a report: one test case for a command, one for each step of a task."""
    suite = ET.Element("testsuite", name=_clean(report["task"] or "retryrun"))
    properties = ET.SubElement(suite, "properties")
    for name in ("run_id", "policy", "outcome", "exit_code"):
        if report.get(name) is not None:
            ET.SubElement(properties, "property", name=name, value=_clean(report[name]))
    cases = [_case(suite, place, each) for place, each in _cases(report, "retryrun")]
    suite.set("tests", str(len(cases)))
    suite.set("errors", str(sum(case.find("error") is not None for case in cases)))
    suite.set("failures", str(sum(case.find("failure") is not None for case in cases)))
    suite.set("skipped", "0")
    suite.set("time", _time(report["total_duration_s"]))
    ET.indent(suite)
    xml: bytes = ET.tostring(suite, encoding="utf-8", xml_declaration=True)
    return xml + b"\n"


def _cases(report: Report, place: str) -> Iterator[tuple[str, Report]]:
    if "steps" not in report:
        yield place, report
        return
    for step in report["steps"]:
        yield from _cases(step, f"{place}.{report['task']}")


def _case(suite: ET.Element, place: str, report: Report) -> ET.Element:
    name = report["task"] or show_command(report["command"] or (), NAME_WIDTH)
    case = ET.SubElement(suite, "testcase", name=_clean(name), classname=_clean(place))
    case.set("time", _time(report["total_duration_s"]))
    marks = [_mark(kind, *said) for kind, *said in _verdicts(report)]
    case.extend(sorted(marks, key=lambda mark: ORDER.index(mark.tag)))
    return case


def _verdicts(report: Report) -> Iterator[tuple[str, str, str, str]]:
    """Yield for each failed attempt the element, its type, a message and what was written."""
    failed = [each for each in report["attempts"] if _failed(each, report["outcome"])]
    # A success by a retry ends with another status where flaky ones count as failed.
    good = report["outcome"] in GOOD and not report["exit_code"]
    if not failed and not good:
        # The circuit was open, or a signal came before anything had failed.
        kind = "error" if report["outcome"] in NO_RESULT else "failure"
        yield kind, report["outcome"], report["outcome"].replace("_", " "), ""
    for place, attempt in enumerate(failed):
        last = attempt is report["attempts"][-1]
        no_result = attempt["timed_out"] or (last and report["outcome"] in NO_RESULT)
        kind = "Error" if no_result else "Failure"
        prefix = "flaky" if good else "rerun" if place else ""
        status = _status(attempt)
        label = attempt["rule"] or ("unmatched" if attempt["category"] else report["outcome"])
        yield (
            f"{prefix}{kind}" if prefix else kind.lower(),
            attempt["category"] or report["outcome"],
            f"{status}, {label}",
            attempt["line"] or status,
        )


def _failed(attempt: Report, outcome: str) -> bool:
    if attempt["role"] == "before_retry":  # a clean-up is no attempt
        return False
    ended_badly = attempt["exit_code"] != 0 and outcome not in GOOD
    return bool(attempt["category"] or attempt["timed_out"] or ended_badly)


def _status(attempt: Report) -> str:
    if attempt["timed_out"]:
        return "cut by a time limit"
    if attempt["signal"]:
        return f"killed by SIG{attempt['signal'].removeprefix('SIG')}"
    return f"exit {attempt['exit_code']}"


def _mark(kind: str, label: str, message: str, text: str) -> ET.Element:
    mark = ET.Element(kind, message=_clean(message), type=_clean(label))
    place = mark if kind in ("failure", "error") else ET.SubElement(mark, "stackTrace")
    place.text = _clean(text)
    return mark


def _clean(value: object) -> str:
    return FORBIDDEN.sub("", str(value))


def _time(value: float) -> str:
    return f"{value:.3f}"
