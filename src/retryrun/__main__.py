"""The way in: `retryrun` and `python -m retryrun`."""

from __future__ import annotations

import gc
import os
import sys
from _frozen_importlib_external import MAGIC_NUMBER, SourceFileLoader

TYPE_CHECKING = False
if TYPE_CHECKING:
    import marshal
    import signal as _signal
    from collections.abc import Sequence
    from importlib.machinery import ModuleSpec
    from types import CodeType, ModuleType

    def _fix_co_filename(_code: CodeType, _path: str) -> None: ...
else:
    import _signal  # `signal` would cost 3 ms for its enumerations
    import marshal
    from _frozen_importlib import ModuleSpec
    from _imp import _fix_co_filename

OURS = f"{__package__}."
UNCHECKED = b"\0\0\0\0"  # a compiled copy that goes by the time and the size of its source
LARGEST = 1 << 15  # bytes of a compiled module that is taken: the size of the buffer
# What a module imports of ours, directly or not, each behind what it needs itself: imported first,
# past the machinery of imports, whose locks and questions take 15 microseconds a module. What is
# missing here, or here in vain, costs time and nothing else.
AHEAD = {
    OURS: "cli core core.value core.policy core.flow core.job cli.compose cli.reader cli.main",
    f"{OURS}cli.run": "process execution cli.announce",
    f"{OURS}process.session": (
        "process.descriptors process.signals process.spawn process.channel process.sink "
        "process.streams"
    ),
    f"{OURS}process.attempt": "core.outcome process.children",
    f"{OURS}guard": "core.breaker core.budget store store.cells",
    f"{OURS}state": "store store.place",
    f"{OURS}store.sqlite": "store.library store.pending store.schema",
    f"{OURS}store.pending": "core.secret_forms core.redact",
}


def main() -> int:
    """Run the command line and return its exit status; mostly it does not return, but exits."""
    # By the usual threshold the collector would go over the modules a dozen times while they are
    # loaded, for 1 ms and nothing.
    gc.set_threshold(50_000)
    # Until a command runs, Ctrl-C ends us as it ends any program: by the signal, not a traceback.
    if _signal.getsignal(_signal.SIGINT) is _signal.default_int_handler:
        _signal.signal(_signal.SIGINT, _signal.SIG_DFL)
    if not sys.flags.optimize and sys.pycache_prefix is None:
        sys.meta_path.insert(0, Finder)
        _import_ahead_of(OURS)
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


class Finder:
    """Finds modules of ours by their name alone, which spares each of them ten system calls.

    Python asks every finder, looks at every folder and opens with care: 1 ms for thirty modules, of
    8 in all. Here a module is taken only if Python has compiled it and its source has not changed
    since, by the same header; everything else is left to the usual way.
    """

    @staticmethod
    def find_spec(
        name: str, path: Sequence[str] | None = None, _target: object = None
    ) -> ModuleSpec | None:
        """Return the spec of a compiled module of this package, None for all else.

        What it is known to import comes first: see AHEAD.
        """
        if path is None or not name.startswith(OURS):
            return None
        _import_ahead_of(name)
        return _spec(name, path[0])


def _import_ahead_of(name: str) -> None:
    for needed in AHEAD.get(name, "").split():
        if OURS + needed not in sys.modules and not _import(OURS + needed):
            break  # the usual way finds it, or says why not


def _import(name: str) -> bool:
    """Import a module past the machinery, which takes longer than all else; False if it cannot."""
    _import_ahead_of(name)
    package, _, leaf = name.rpartition(".")
    parent = sys.modules.get(package)
    spec = _spec(name, parent.__path__[0]) if parent is not None else None
    if spec is None or not isinstance(spec.loader, _Loader):
        return False
    module = type(sys)(name)
    module.__dict__.update(
        __spec__=spec,
        __loader__=spec.loader,
        __package__=spec.parent,
        __file__=spec.origin,
        __cached__=spec.cached,
    )
    if spec.submodule_search_locations is not None:
        module.__path__ = spec.submodule_search_locations
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        raise
    setattr(parent, leaf, module)
    return True


def _spec(name: str, folder: str) -> ModuleSpec | None:
    place = f"{folder}/{name.rpartition('.')[2]}"
    found, below = _compiled(place), None
    if found is None:
        found, below = _compiled(f"{place}/__init__"), [place]
    if found is None:
        return None
    source, cached, code = found
    spec = ModuleSpec(name, _Loader(name, source, code), origin=source)
    spec.submodule_search_locations = below
    spec.has_location = True
    spec.cached = cached
    return spec


class _Loader(SourceFileLoader):
    """Python's own loader, with the code at hand."""

    def __init__(self, name: str, path: str, code: CodeType) -> None:
        super().__init__(name, path)
        self._code = code

    def get_code(self, _name: str) -> CodeType:
        """Return it."""
        return self._code

    def exec_module(self, module: ModuleType) -> None:
        """Run it."""
        exec(self._code, module.__dict__)  # noqa: S102  as Python does


def _compiled(place: str) -> tuple[str, str, CodeType] | None:
    """Return a module's source, its compiled copy if that fits, and the code in it."""
    folder, _, stem = place.rpartition("/")
    source = f"{place}.py"
    cached = f"{folder}/__pycache__/{stem}.{sys.implementation.cache_tag}.pyc"
    try:
        about = os.stat(source)
        descriptor = os.open(cached, os.O_RDONLY | os.O_CLOEXEC)
        try:
            data = os.read(descriptor, LARGEST)
        finally:
            os.close(descriptor)
    except OSError:
        return None
    numbers = (about.st_mtime, about.st_size)
    stamp = b"".join((int(number) & 0xFFFFFFFF).to_bytes(4, "little") for number in numbers)
    if data[:16] != MAGIC_NUMBER + UNCHECKED + stamp or len(data) == LARGEST:
        return None
    code: CodeType = marshal.loads(memoryview(data)[16:])  # noqa: S302  as Python does
    _fix_co_filename(code, source)  # the folder may have been moved since
    return source, cached, code


if __name__ == "__main__":
    raise SystemExit(main())
