"""The lab by hand:  python -m tests.lab --fault /simple/lab/=reset*4,ok

It prints its address and serves until Ctrl-C: a package index at /simple/ with the package `lab`,
an npm registry at /npm/ with the package `lab`, a git repository at /git/lab.git, a file at /file.

    curl http://127.0.0.1:PORT/file
    uv pip install --index-url http://127.0.0.1:PORT/simple/ lab
"""

from __future__ import annotations

import argparse
import signal
import tempfile
from pathlib import Path

from . import builders, server


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m tests.lab",
        description=f"{__doc__}\n{server.__doc__}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--fault", action="append", default=[], metavar="PATH=LIST")
    parser.add_argument("--tls", action="store_true", help="with a certificate that nobody trusts")
    args = parser.parse_args()
    faults = dict(each.split("=", 1) for each in args.fault)
    with (
        tempfile.TemporaryDirectory() as folder,
        server.Lab(Path(folder), faults, tls=args.tls) as lab,
    ):
        lab.add_python(lab=[builders.wheel("lab")])
        lab.add(builders.npm_package("lab", "1.0.0", lab.url))
        lab.add(builders.git_repository(Path(folder)))
        lab.add({"/file": ("text/plain", b"a file of the lab\n")})
        print(lab.url, flush=True)
        try:
            signal.pause()
        except KeyboardInterrupt:
            return


if __name__ == "__main__":
    main()
