"""The way in: `retryrun` and `python -m retryrun`."""

from __future__ import annotations

import gc
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    import signal as _signal
else:
    import _signal  # `signal` would cost 3 ms for its enumerations


def main() -> int:
    """Run the command line and return its exit status; mostly it does not return, but exits."""
    # By the usual threshold the collector would go over the modules a dozen times while they are
    # loaded, for 1 ms and nothing.
    gc.set_threshold(50_000)
    # Until a command runs, Ctrl-C ends us as it ends any program: by the signal, not a traceback.
    if _signal.getsignal(_signal.SIGINT) is _signal.default_int_handler:
        _signal.signal(_signal.SIGINT, _signal.SIG_DFL)
    from .cli.main import main as run

    status = run()
    _leave(status)
    return status


def _leave(status: int) -> None:
    """Exit without taking the interpreter apart first, which would cost 2 ms, if nobody minds.

    Whoever has threads or something to do at exit, and output that cannot be written, which
    Python reports, is left to the usual way.
    """
    if "threading" in sys.modules or "atexit" in sys.modules:
        return
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError, AttributeError):
        return
    os._exit(status)


if __name__ == "__main__":
    raise SystemExit(main())
