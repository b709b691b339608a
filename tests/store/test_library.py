"""SQLite's library is loaded without functools, and with it where that is not possible."""

import subprocess
import sys

import pytest

import retryrun

PLACE = str(retryrun.__file__).rpartition("/retryrun/")[0]
BEFORE = {
    "": "import sys",
    "functools is there already": "import sys, functools",
    "threads might look for it": "import sys, threading",
    "there is no such function": "import sys\nsys.modules['_functools'] = type(sys)('_functools')",
}
LOAD = """
sys.path.insert(0, PLACE)
from retryrun.store import library
try:
    sqlite = library.load()
except ImportError:  # functools itself could do nothing with that
    del sys.modules["_functools"]
    sqlite = library.load()
connection = sqlite.connect(":memory:")
for number in range(300):  # more than the cache of statements holds
    assert connection.execute(f"SELECT {number % 200}, ?", ("x",)).fetchone() == (number % 200, "x")
connection.close()
assert library.load() is sqlite
import functools
assert functools.lru_cache(1)(len).cache_info().misses == 0
print("done")
"""


@pytest.mark.parametrize("before", BEFORE.values(), ids=BEFORE)
def test_the_library_works_and_functools_after_it(before):
    script = f"PLACE = {PLACE!r}\n{before}\n{LOAD}"
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", script], capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == ("done\n", "")
