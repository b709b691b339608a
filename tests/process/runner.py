"""A command line of a few options straight above `retryrun.process`, for the tests of that layer."""

from __future__ import annotations

import os
import sys

UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
WITH_VALUE = {
    "-t": "timeout",
    "--timeout": "timeout",
    "--kill-after": "kill_after",
    "--idle-timeout": "idle_timeout",
    "--stdin": "stdin",
    "--stdout": "stdout",
    "-r": "retries",
    "--retry-on": "retry_on",
    "--base-delay": "delay",
}


def seconds(text):
    for unit in ("ms", "s", "m", "h", "d"):
        if text.endswith(unit):
            return float(text[: -len(unit)]) * UNITS[unit]
    return float(text)


def read(words):
    options = {"stdin": "inherit", "stdout": "stream", "retries": "0", "delay": "0"}
    while words:
        word = words.pop(0)
        if word == "--":
            return options, words
        if word in WITH_VALUE:
            options[WITH_VALUE[word]] = words.pop(0)
        elif word != "--no-config":
            raise SystemExit(f"runner: unknown option {word}")
    raise SystemExit("runner: no command")


def main():
    from retryrun.errors import RetryrunError

    try:
        return run(*read(sys.argv[1:]))
    except RetryrunError as error:
        os.write(2, f"retryrun: {error.message}\nretryrun: hint: {error.hint}\n".encode())
        return 125


def run(options, words):
    from retryrun.process import Session, Spec, inherited

    retries = int(options["retries"])
    with Session(stdin=options["stdin"], stdout=options["stdout"]) as session:
        for attempt in range(retries + 1):
            session.discard_stdout()
            outcome = session.run(
                Spec(
                    tuple(words),
                    env={**inherited(), "RETRYRUN_ATTEMPT": str(attempt + 1)},
                    timeout=seconds(options["timeout"]) if "timeout" in options else None,
                    idle_timeout=seconds(options["idle_timeout"])
                    if "idle_timeout" in options
                    else None,
                    kill_after=seconds(options.get("kill_after", "5s")),
                )
            )
            for warning in outcome.warnings:
                session.say(f"retryrun: warning: {warning}\n")
            if outcome.interrupted is not None:
                if outcome.signal is not None:
                    session.die(outcome.interrupted)
                return outcome.status
            if outcome.status == 0:
                session.release_stdout()
                return session.exit_status(0)
            if outcome.spawn_error:
                session.say(f"retryrun: {outcome.spawn_error}\n")
                return outcome.status
            if attempt < retries:
                session.say(f"retryrun: attempt {attempt + 1} failed. Retrying\n")
                stop = session.wait(seconds(options["delay"]))
                if stop is not None:
                    session.die(stop)
    return session.exit_status(outcome.status)


if __name__ == "__main__":
    import _signal

    if _signal.getsignal(_signal.SIGINT) is _signal.default_int_handler:
        _signal.signal(_signal.SIGINT, _signal.SIG_DFL)
    raise SystemExit(main())
