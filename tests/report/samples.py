"""Reports as `--report` writes them, small enough to be read in a golden file."""

CONNECT = {
    "category": "network",
    "severity": "medium",
    "rule": "uv.connect",
    "line": "error sending request",
}


def attempt(number=1, exit_code=1, **other):
    row = {
        "number": number, "role": "primary", "command": ["uv", "sync"], "started_at": "2026-01-01T00:00:00.000Z",
        "duration_s": 1.1, "exit_code": exit_code, "signal": None, "timed_out": False, "category": None,
        "severity": None, "rule": None, "line": None, "retry_after_s": None, "delay_s": None,
    }  # fmt: skip
    return {**row, **other}


def report(outcome, *attempts, **other):
    row = {
        "version": 1, "run_id": "20260101T000000Z-0a1b2c", "parent_run_id": None, "command": ["uv", "sync"],
        "task": None, "policy": "default", "outcome": outcome, "flaky": outcome == "recovered", "exit_code": 1,
        "total_duration_s": 3.4, "breaker": None, "ci": None, "attempts": list(attempts),
    }  # fmt: skip
    return {**row, **other}


failed = attempt(**CONNECT, delay_s=1.2)
passed = attempt(2, 0)
cut = attempt(
    2, None, signal="TERM", timed_out=True, category="transient", severity="medium", rule="timeout"
)
hostile = attempt(
    category="permanent", severity="medium", rule=None,
    line="</details><script>x</script> ![x](http://e/?q) | `a` ]]> &amp; ##[error]x ::error::y 100%",
)  # fmt: skip

SAMPLES = {
    "succeeded": report("succeeded", attempt(1, 0), exit_code=0, total_duration_s=0.5),
    "recovered": report("recovered", failed, passed, exit_code=0),
    "failed": report("failed", failed, attempt(2, 101, **CONNECT), attempt(3, None, signal="KILL", category="resource",
                     severity="high", rule="signal.kill")),  # fmt: skip
    "timed_out": report("timed_out", failed, cut, exit_code=124),
    "not_runnable": report("not_runnable", attempt(1, 127), exit_code=127, command=["no such", "x"]),
    "fallback": report("fallback", hostile, attempt(1, 0, role="fallback", command=["uv", "sync", "--offline"]),
                       exit_code=0),  # fmt: skip
    "interrupted": report("interrupted", failed, attempt(2, 130), exit_code=130),
    "circuit_open": report("circuit_open", exit_code=75, total_duration_s=0.0, breaker={"name": "pypi"}),
    "steps": report(
        "failed", command=None, policy=None, task="quality",
        steps=[
            report("succeeded", attempt(1, 0), task="lint", exit_code=0),
            report("recovered", failed, attempt(1, 1, role="before_retry"), passed, task="sync", exit_code=0),
            report("failed", command=None, task="inner", steps=[report("failed", hostile, hostile, task="test")]),
        ],
    ),
}  # fmt: skip
