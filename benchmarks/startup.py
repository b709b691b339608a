"""What a wrapper costs where the command does nothing and succeeds at once."""

from __future__ import annotations

from environment import Table, interleaved

RECOVERY = """\
policies: {mine: {max_retries: 5, retry_on: [any]}}
rules: [{id: own, category: network, output: warming up}]
commands: [{command: "true *", policy: mine}]
tasks: {nothing: {run: ["true"]}}
"""
BASE = "an empty console script"


def run(bench):
    place = bench.place("startup", RECOVERY)
    ours, python = bench.path("retryrun"), bench.path("python")
    forms = {
        "true alone": ["true"],
        "python -I -S -c pass": [python, "-I", "-S", "-c", "pass"],
        "python -c pass (with site)": [python, "-c", "pass"],
        BASE: [bench.path("empty-script")],
        "retryrun --no-config -- true": [ours, "--no-config", "--", "true"],
        "retryrun -- true, recovery.yaml": [ours, "--", "true"],
        "retryrun with a policy": [ours, "-p", "mine", "--", "true"],
        "retryrun TASK": [ours, "nothing"],
        "retryrun with four options": [
            ours, "--no-config", "-r", "2", "-t", "5m", "--retry-on", "any", "--", "true",
        ],
        "retryrun with a breaker": [ours, "--breaker", "api", "--", "true"],
        "retryrun without history": ["env", "RETRYRUN_STATE=off", ours, "--no-config", "--", "true"],
        "timeout (coreutils)": ["timeout", "10", "true"],
    }  # fmt: skip
    forms |= {name: [*words, "true"] for name, words in bench.peers().items()}
    times = interleaved(
        {name: lambda words=words: bench.seconds(words, place) for name, words in forms.items()},
        25 if bench.quick else 61,
    )
    base = times[BASE]
    rows = [[name, spent * 1000, spent / base] for name, spent in times.items()]
    yield Table(
        "Start-up around `true`",
        ["what", "ms", "ratio to an empty console script"],
        rows,
        "History is on, as it is by default. The empty console script was made by the same "
        "installer in the same environment. `env` costs about half a millisecond of its own.",
        plot="bars",
    )
