"""How fast much output goes through, and how much memory that takes."""

from __future__ import annotations

import os
import statistics
import time

from environment import Table


def run(bench):
    size = (256 << 20) if bench.quick else (4 << 30)
    source = ["head", "-c", str(size), "/dev/zero"]
    contestants = {
        "head alone": source,
        "head | cat": ["sh", "-c", f"{' '.join(source)} | cat"],
        "head | tee /dev/null": ["sh", "-c", f"{' '.join(source)} | tee /dev/null"],
        "retryrun": [bench.path("retryrun"), "--no-config", "--", *source],
        "retryrun --stdout hold": [
            bench.path("retryrun"),
            "--no-config",
            "--stdout",
            "hold",
            "--",
            *source,
        ],
        **{name: [*front, *source] for name, front in bench.peers().items()},
    }
    if available() < 3 * size and contestants.pop("retry (Debian)", None):
        bench.notes.append(
            "retry (Debian) keeps all output in memory, of which there is too little"
        )
    found = {name: [] for name in contestants}
    for _ in range(3):
        for name, words in contestants.items():
            found[name].append(through(bench, words))
    rows = []
    base = statistics.median(seconds for seconds, _ in found["head | cat"])
    for name, results in found.items():
        seconds = statistics.median(each for each, _ in results)
        rows.append(
            [name, size / seconds / 1e6, base / seconds, max(peak for _, peak in results) / 1024]
        )
    yield Table(
        f"{size >> 20:,} MiB of output",
        ["what", "MB/s", "speed against cat", "peak memory in MB"],
        rows,
        "Zeros through a pipe to another `cat`; memory is that of the wrapper's own process.",
        plot="bars",
    )


def available():
    """The memory that is free for use, in bytes."""
    with open("/proc/meminfo") as file:
        return next(int(line.split()[1]) * 1024 for line in file if line.startswith("MemAvailable"))


def through(bench, words):
    """Run with a pipe to `cat > /dev/null`; return seconds and the peak memory in KiB."""
    read, write = os.pipe()
    null = os.open(os.devnull, os.O_RDWR)
    dup, close = os.POSIX_SPAWN_DUP2, os.POSIX_SPAWN_CLOSE
    reader = os.posix_spawnp(
        "cat", ["cat"], bench.env, file_actions=[(dup, read, 0), (dup, null, 1), (close, write)]
    )
    start = time.perf_counter()
    pid = os.posix_spawnp(words[0], words, bench.env, file_actions=[(dup, write, 1), (close, read)])
    for fd in (read, write, null):
        os.close(fd)
    peak = 0
    while True:
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            break
        peak = max(peak, high_water(pid))
        time.sleep(0.005)
    spent = time.perf_counter() - start
    os.waitpid(reader, 0)
    if status:
        raise SystemExit(f"{words} ended with {status}")
    return spent, peak


def high_water(pid):
    """The most memory a process has had, in KiB (getrusage would count ours, from before exec)."""
    try:
        with open(f"/proc/{pid}/status") as file:
            return next(int(line.split()[1]) for line in file if line.startswith("VmHWM"))
    except (OSError, StopIteration):  # it has just ended
        return 0
