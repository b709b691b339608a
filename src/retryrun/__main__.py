"""`python -m retryrun` and the console script's entry."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    import signal as _signal
else:
    import _signal  # `signal` would cost 3 ms for its enumerations


def main() -> int:
    """Run the command line and return its exit status."""
    # Until a command runs, Ctrl-C ends us as it ends any program: by the signal, not a traceback.
    if _signal.getsignal(_signal.SIGINT) is _signal.default_int_handler:
        _signal.signal(_signal.SIGINT, _signal.SIG_DFL)
    from .cli.main import main as run

    return run()


if __name__ == "__main__":
    raise SystemExit(main())
