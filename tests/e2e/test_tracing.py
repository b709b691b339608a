"""Traces: sent by the installed command to a receiver that speaks OTLP over HTTP."""

import gzip
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

TRACE, ABOVE = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
CONTEXT = re.compile(r"00-([0-9a-f]{32})-([0-9a-f]{16})-(0[01])")


class Collector(ThreadingHTTPServer):
    """Keeps the spans that it is sent."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Receiver)
        self.spans, self.services, self.headers = [], set(), []

    def named(self, name):
        (found,) = [span for span in self.spans if span.name == name]
        return found


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        data = self.rfile.read(int(self.headers["Content-Length"]))
        if self.headers.get("Content-Encoding") == "gzip":
            data = gzip.decompress(data)
        request = ExportTraceServiceRequest.FromString(data)
        self.server.headers.append((self.path, self.headers.get("X-Tenant")))
        for group in request.resource_spans:
            values = {each.key: each.value.string_value for each in group.resource.attributes}
            self.server.services.add(values["service.name"])
            for scope in group.scope_spans:
                self.server.spans.extend(scope.spans)
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture
def collector(box):
    with Collector() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        box.env["OTEL_EXPORTER_OTLP_ENDPOINT"] = f"http://127.0.0.1:{server.server_port}"
        yield server
        server.shutdown()


def values(span):
    """The attributes of a span as plain values."""
    found = {}
    for each in span.attributes:
        kind = each.value.WhichOneof("value")
        value = getattr(each.value, kind)
        found[each.key] = [v.string_value for v in value.values] if kind == "array_value" else value
    return found


def test_a_run_is_a_span_and_its_attempts_are_children(collector, box, tool):
    done = tool(
        "-r", "1", "--fallback", "echo $TRACEPARENT", "--", "sh", "-c", "echo $TRACEPARENT; exit 7"
    )
    assert done.status == 0
    contexts = [CONTEXT.fullmatch(line).groups() for line in done.out.split()]
    assert len({span for _, span, _ in contexts}) == 3
    assert {(trace, flags) for trace, _, flags in contexts} == {(contexts[0][0], "01")}
    run, first, second, fallback = collector.spans
    assert {span.trace_id.hex() for span in collector.spans} == {contexts[0][0]}
    assert run.parent_span_id == b""
    assert {span.parent_span_id for span in (first, second, fallback)} == {run.span_id}
    assert [span.span_id.hex() for span in (first, second, fallback)] == [c[1] for c in contexts]
    assert (run.status.code, first.status.code, fallback.status.code) == (1, 2, 1)
    assert values(run)["retryrun.outcome"] == "fallback"
    assert values(first)["process.exit.code"] == 7
    assert values(first)["retryrun.attempt"] == 1
    assert values(second)["process.command_args"][:2] == ["sh", "-c"]
    assert fallback.name == "fallback /bin/sh -ec 'echo $TRACEPARENT'"
    assert run.start_time_unix_nano <= first.start_time_unix_nano + 2_000_000
    assert first.end_time_unix_nano <= second.start_time_unix_nano + 2_000_000
    assert collector.services == {"retryrun"}
    assert collector.headers == [("/v1/traces", None)]


def test_a_trace_from_above_is_taken_over(collector, box):
    given = {"TRACEPARENT": f"00-{TRACE}-{ABOVE}-01", "TRACESTATE": "vendor=1"}
    done = box("--", "sh", "-c", "echo $TRACEPARENT $TRACESTATE", env=given)
    context, vendor = done.out.split()
    assert vendor == "vendor=1"
    trace, span, flags = CONTEXT.fullmatch(context).groups()
    run, attempt = collector.spans
    assert (trace, flags) == (TRACE, "01")
    assert run.parent_span_id.hex() == ABOVE
    assert attempt.span_id.hex() == span


def test_what_is_not_sampled_above_is_not_sent(collector, box):
    given = {"TRACEPARENT": f"00-{TRACE}-{ABOVE}-00"}
    done = box("--", "sh", "-c", "echo $TRACEPARENT", env=given)
    assert CONTEXT.fullmatch(done.out.strip()).group(1, 3) == (TRACE, "00")
    assert collector.spans == []


@pytest.mark.parametrize(
    "broken",
    ["", "nonsense", f"00-{'0' * 32}-{ABOVE}-01", f"00-{TRACE}-{'0' * 16}-01", f"ff-{TRACE}-{ABOVE}-01",
     f"00-{TRACE.upper()}-{ABOVE}-01", f"00-{TRACE}-{ABOVE}", f"00-{TRACE}-{ABOVE}-01-more"],
)  # fmt: skip
def test_a_context_that_is_none_begins_a_new_trace(broken, collector, box):
    done = box("--", "sh", "-c", "echo $TRACEPARENT", env={"TRACEPARENT": broken})
    assert CONTEXT.fullmatch(done.out.strip())
    assert done.err == ""
    assert collector.spans[0].parent_span_id == b""


def test_the_usual_variables_mean_what_they_mean(collector, box):
    box.env |= {"OTEL_SERVICE_NAME": "nightly", "OTEL_EXPORTER_OTLP_HEADERS": "x-tenant=a"}
    box("--", "true")
    assert collector.services == {"nightly"}
    assert collector.headers == [("/v1/traces", "a")]
    for more in ({"OTEL_SDK_DISABLED": "true"}, {"OTEL_TRACES_EXPORTER": "none"}):
        done = box("--", "sh", "-c", "echo ${TRACEPARENT-none}", env=more)
        assert done.out == "none\n"
    done = box("--", "sh", "-c", "echo $TRACEPARENT", env={"OTEL_TRACES_SAMPLER": "always_off"})
    assert done.out.endswith("-00\n")
    assert len(collector.spans) == 2


def test_steps_hang_below_the_run(collector, box):
    box.config(
        "version: 1\ntasks:\n  a: {run: 'true'}\n  b: {run: 'exit 3'}\n  ab: {steps: [a, b]}\n"
    )
    assert box("ab").status == 3
    run, a, first, b, second = collector.spans
    assert [span.name for span in (run, a, b)] == ["ab", "a", "b"]
    assert {a.parent_span_id, b.parent_span_id} == {run.span_id}
    assert (first.parent_span_id, second.parent_span_id) == (a.span_id, b.span_id)
    assert b.status.code == 2


def test_secrets_stay_out_of_traces(collector, box):
    box("--", "sh", "-c", "exit 0", "--token=Option9Secret8Word7")
    assert values(collector.spans[0])["process.command_args"][-1] == "--token=***"


def test_nobody_at_the_other_end_is_one_warning(box):
    box.env["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:1"
    done = box("--", "sh", "-c", "echo out; exit 4")
    assert (done.status, done.out) == (4, "out\n")
    warnings = [line for line in done.own if line.startswith("warning: ")]
    assert warnings == ["warning: the trace could not be sent to the collector"]
    assert len(done.err.splitlines()) == len(done.own)


def test_a_protocol_without_its_library_is_one_warning(box):
    box.env |= {
        "OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:1", "OTEL_EXPORTER_OTLP_PROTOCOL": "grpc",
    }  # fmt: skip
    done = box("--", "true")
    assert done.status == 0
    assert len(done.own) == 1
    assert "the trace could not be sent: No module named" in done.own[0]


def test_a_broken_library_is_one_warning(box, tmp_path):
    trace = tmp_path / "lib" / "opentelemetry" / "sdk" / "trace"
    trace.mkdir(parents=True)
    for package in (trace, trace.parent, trace.parent.parent):
        (package / "__init__.py").write_text("")
    (trace / "export.py").write_text("")
    box.env |= {
        "OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:1", "OTEL_TRACES_SAMPLER": "always_off",
        "PYTHONPATH": str(tmp_path / "lib"),
    }  # fmt: skip
    done = box("--", "sh", "-c", "echo ${TRACEPARENT-none}; exit 3")
    assert (done.status, done.out) == (3, "none\n")
    assert sum(line.startswith("warning: there is no trace") for line in done.own) == 1


def test_without_the_variable_there_is_no_trace(box):
    done = box("--", "sh", "-c", "echo ${TRACEPARENT-none}")
    assert done.out == "none\n"
