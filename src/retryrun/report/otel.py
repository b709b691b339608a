"""A run as a trace of OpenTelemetry: the run is a span, each command that ran a child span.

The trace context (W3C Trace Context, level 1) is taken over from TRACEPARENT and handed on, so that
what the command itself records hangs below the attempt that ran it. Contexts are made here, without
the library: only when the command is over is anything of it imported. The variables that all
OpenTelemetry programs read (OTEL_EXPORTER_OTLP_ENDPOINT, _HEADERS, OTEL_SERVICE_NAME,
OTEL_RESOURCE_ATTRIBUTES, OTEL_TRACES_SAMPLER and so on) mean here what they mean elsewhere.
"""

from __future__ import annotations

import os
import time

from ..core.text import shorten, show_command

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

PATIENCE = 1.0  # seconds that a collector may take
NAME_WIDTH = 60
SAMPLED = 1
GOOD = ("succeeded", "recovered", "fallback")


def wanted(env: Mapping[str, str]) -> bool:
    """Tell whether traces go somewhere and the library that sends them is there.

    The endpoint is a variable that others read, too: without the library nothing is said.
    """
    if env.get("OTEL_SDK_DISABLED", "").lower() == "true":
        return False
    if env.get("OTEL_TRACES_EXPORTER", "otlp") != "otlp":
        return False
    import importlib.util

    try:
        return importlib.util.find_spec("opentelemetry.sdk.trace.export") is not None
    except ImportError:
        return False


class Trace:
    """The contexts of one invocation: its own span's, and one for each command it runs."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self._begun = time.time()
        self._trace, self._flags = _identifier(16), SAMPLED
        self._parent: str | None = None
        given = _parent(env.get("TRACEPARENT", ""))
        if given is not None:
            self._trace, self._parent, self._flags = given
        self._span = _identifier(8)
        self._attempts: list[str] = []
        if env.get("OTEL_TRACES_SAMPLER", "parentbased_always_on") != "parentbased_always_on":
            self._flags = SAMPLED * self._sampled()

    def attempt(self) -> str:
        """Return the TRACEPARENT for the next command that is run."""
        self._attempts.append(_identifier(8))
        return f"00-{self._trace}-{self._attempts[-1]}-{self._flags:02x}"

    def export(self, document: Mapping[str, Any], env: Mapping[str, str]) -> str | None:
        """Send the report of a run as spans; return None, or a line that says why it failed."""
        if not self._flags & SAMPLED:
            return None
        import logging

        quiet = logging.getLogger("opentelemetry")  # it would write to the command's stderr
        quiet.addHandler(logging.NullHandler())
        quiet.propagate = False
        try:
            exporter = _exporter(env)
            sent = exporter.export(
                list(self._spans(document, self._span, self._parent, self._begun))
            )
            exporter.shutdown()
        except Exception as error:  # noqa: BLE001  whatever a library raises is one warning
            return f"the trace could not be sent: {shorten(str(error), 200)}"
        return None if sent.name == "SUCCESS" else "the trace could not be sent to the collector"

    def _sampled(self) -> bool:
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.sampling import Decision
        from opentelemetry.trace import NonRecordingSpan, set_span_in_context

        above = self._parent
        context = None if above is None else set_span_in_context(NonRecordingSpan(self._of(above)))
        asked = TracerProvider().sampler.should_sample(context, int(self._trace, 16), "run")
        return asked.decision is Decision.RECORD_AND_SAMPLE

    def _spans(
        self, document: Mapping[str, Any], own: str, above: str | None, start: float
    ) -> Iterator[Any]:
        """Yield the spans of a report: its own, those of its steps, those of its commands."""
        yield self._make(document, own, above, start)
        for step in document.get("steps", ()):
            yield from self._spans(step, _identifier(8), own, _start(step, start))
        for row in document["attempts"]:
            # A report names its commands in the order in which they were begun.
            yield self._make(row, self._attempts.pop(0), own, _moment(row))

    def _make(self, row: Mapping[str, Any], own: str, above: str | None, start: float) -> Any:
        from opentelemetry.sdk.trace import ReadableSpan
        from opentelemetry.sdk.util.instrumentation import InstrumentationScope
        from opentelemetry.trace import SpanKind
        from opentelemetry.trace.status import Status, StatusCode

        good = row["outcome"] in GOOD if "outcome" in row else row["category"] is None
        took = row.get("total_duration_s", row.get("duration_s")) or 0.0
        return ReadableSpan(
            _name(row),
            context=self._of(own),
            parent=None if above is None else self._of(above),
            resource=_resource(),
            attributes=_attributes(row),
            kind=SpanKind.INTERNAL,
            status=Status(StatusCode.OK) if good else Status(StatusCode.ERROR, row.get("line")),
            start_time=int(start * 1e9),
            end_time=int((start + took) * 1e9),
            instrumentation_scope=InstrumentationScope("retryrun"),
        )

    def _of(self, span: str) -> Any:
        from opentelemetry.trace import SpanContext, TraceFlags

        return SpanContext(
            int(self._trace, 16),
            int(span, 16),
            is_remote=False,
            trace_flags=TraceFlags(self._flags),
        )


def _parent(text: str) -> tuple[str, str, int] | None:
    """Read a TRACEPARENT: trace, parent span and flags; None for one that is not valid."""
    version, *parts = text.split("-")
    if len(version) != 2 or version == "ff" or len(parts) < 3 or (version == "00" and parts[3:]):
        return None
    trace, span, flags = parts[:3]
    for part, width in ((version, 2), (trace, 32), (span, 16), (flags, 2)):
        if len(part) != width or not set(part) <= set("0123456789abcdef"):
            return None
    if not int(trace, 16) or not int(span, 16):
        return None
    return trace, span, int(flags, 16) & SAMPLED


def _identifier(size: int) -> str:
    """Return random hexadecimal digits for so many bytes."""
    return os.urandom(size).hex()


def _resource() -> Any:
    """Return who we are: as the variables say, else by our name."""
    from opentelemetry.sdk.resources import SERVICE_NAME, Resource

    said = Resource.create()
    if str(said.attributes.get(SERVICE_NAME, "unknown")).startswith("unknown"):
        return said.merge(Resource({SERVICE_NAME: "retryrun"}))
    return said


def _exporter(env: Mapping[str, str]) -> Any:
    import importlib

    traces = "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL"
    protocol = env.get(traces) or env.get("OTEL_EXPORTER_OTLP_PROTOCOL") or "http/protobuf"
    kind = "grpc" if protocol == "grpc" else "http"
    module = importlib.import_module(f"opentelemetry.exporter.otlp.proto.{kind}.trace_exporter")
    return module.OTLPSpanExporter(timeout=PATIENCE)


def _name(row: Mapping[str, Any]) -> str:
    name = row.get("task") or show_command(row["command"] or ())
    role = row.get("role")
    return shorten(f"{role} {name}" if role and role != "primary" else name, NAME_WIDTH)


def _start(document: Mapping[str, Any], otherwise: float) -> float:
    """Return when the first command of a report began, in seconds since the epoch."""
    for row in document["attempts"]:
        return _moment(row)
    for step in document.get("steps", ()):
        return _start(step, otherwise)
    return otherwise


def _moment(row: Mapping[str, Any]) -> float:
    from datetime import datetime

    return datetime.fromisoformat(row["started_at"]).timestamp()


ATTRIBUTES = {
    "run_id": "retryrun.run_id",
    "parent_run_id": "retryrun.parent_run_id",
    "task": "retryrun.task",
    "policy": "retryrun.policy",
    "outcome": "retryrun.outcome",
    "number": "retryrun.attempt",
    "role": "retryrun.role",
    "category": "retryrun.category",
    "severity": "retryrun.severity",
    "rule": "retryrun.rule",
    "retry_after_s": "retryrun.retry_after_s",
    "delay_s": "retryrun.delay_s",
    "signal": "retryrun.signal",
    "timed_out": "retryrun.timed_out",
    # The names of the semantic conventions for processes.
    "command": "process.command_args",
    "exit_code": "process.exit.code",
}


def _attributes(row: Mapping[str, Any]) -> dict[str, Any]:
    found = {name: row[key] for key, name in ATTRIBUTES.items() if row.get(key) is not None}
    breaker = row.get("breaker")
    if breaker is not None:
        found["retryrun.breaker"] = breaker["name"]
        found["retryrun.breaker_state"] = breaker["state"] or "unknown"
    return found
