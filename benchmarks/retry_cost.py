"""How long it takes from the end of a failing attempt until the next begins, without a wait."""

from __future__ import annotations

from environment import Table, interleaved

# Fails at first and then succeeds; each run writes down when it began, the first also its end.
COMMAND = """\
echo "$EPOCHREALTIME" >> times
[ -e failed ] && exit 0
sleep "$PAUSE"
: > failed
if [ -n "$OUTPUT" ]; then cat "$OUTPUT"; fi
echo 'curl: (7) Failed to connect to host port 443: Connection refused' >&2
echo "$EPOCHREALTIME" >> times
exit 7
"""


def run(bench):
    place = bench.place("retry-cost")
    (place / "command").write_text(f"#!/usr/bin/env -S bash --norc\n{COMMAND}")
    (place / "command").chmod(0o755)
    words = "build failed loading module path/to/file.py:12 done pass 200 retry".split()
    noise = "\n".join(" ".join(words[i % 9 :] + words[: i % 9]) for i in range(20000))
    (place / "noise").write_text(noise[: 1 << 20])
    ours = [bench.path("retryrun"), "--no-config", "-q", "--base-delay", "0", "--"]
    contestants = {
        "retryrun": (ours, ""),
        "retryrun, after 0.2 s": (ours, "", "0.2"),
        "retryrun, after 1 MB of output": (ours, str(place / "noise")),
        **{name: (front, "") for name, front in bench.peers().items()},
    }

    def gap(front, output, pause="0"):
        for name in ("failed", "times"):
            (place / name).unlink(missing_ok=True)
        bench.env |= {"OUTPUT": output, "PAUSE": pause}
        bench.seconds([*front, "./command"], place)
        _, ended, again = (float(line) for line in (place / "times").read_text().split())
        return again - ended

    rounds = 15 if bench.quick else 41
    gaps = interleaved(
        {name: lambda each=each: gap(*each) for name, each in contestants.items()}, rounds
    )
    del bench.env["OUTPUT"], bench.env["PAUSE"]
    yield Table(
        "From a failure to the next attempt",
        ["what", "ms"],
        [[name, seconds * 1000] for name, seconds in gaps.items()],
        "From the last line of the first attempt to the first line of the second, no wait asked for; "
        "the start of bash is part of it. retryrun judges the failure and says nothing (`-q`); where the command has run for "
        "a while, what that needs has been loaded meanwhile.",
        plot="bars",
    )
