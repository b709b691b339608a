"""Python's tools: pip, uv, poetry, pdm, conda, tox, twine, and tracebacks."""

from __future__ import annotations

from ..core.failure import HIGH, NETWORK, PERMANENT, TRANSIENT
from .fact import CAUSE, DECISIVE, HEADLINE, HINT, fact

FACTS = (
    fact(  # "from versions: none" is also what pip says of an index that did not answer
        "pip.no-match",
        PERMANENT,
        "could not find a version that satisfies",
        "the index has no such version",
        "ERROR: Could not find a version that satisfies the requirement six==99 "
        "(from versions: 1.0, 1.1)",
        "ERROR: Could not find a version that satisfies the requirement six (from versions: none)",
        pattern=r"could not find a version that satisfies .*\(from versions: (?!none\b)\w",
        weight=HEADLINE,
    ),
    fact(
        "pip.conflict",
        PERMANENT,
        "resolutionimpossible|conflicting dependencies",
        "requirements contradict each other",
        "ERROR: ResolutionImpossible: for help visit https://pip.pypa.io/",
        "no conflicts",
    ),
    fact(
        "pip.requirement",
        PERMANENT,
        "invalid requirement|could not open requirements file",
        "a requirement or its file cannot be read",
        "ERROR: Invalid requirement: 'retry=>1'",
        "the requirement is valid",
    ),
    fact(
        "pip.build",
        PERMANENT,
        "failed building wheel|metadata-generation-failed|subprocess-exited-with-error"
        "|failed to build installable wheels|encountered error while generating package metadata",
        "a package does not build",
        "error: metadata-generation-failed",
        "the wheel was built",
        weight=HEADLINE,
    ),
    fact(
        "pip.hashes",
        PERMANENT,
        "do not match the hashes|hash mismatch|hashes are required",
        "a package is not the one that was pinned",
        "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.",
        "all hashes match",
        severity=HIGH,
    ),
    fact(
        "pip.managed",
        PERMANENT,
        "externally-managed-environment|externally managed",
        "this environment belongs to the system",
        "error: externally-managed-environment",
        "environment managed by a tool",
    ),
    fact(
        "uv.connect",
        NETWORK,
        "error sending request for url",
        "uv could not reach the index",
        "error: Failed to fetch: `https://pypi.example.org/simple/x/`\n"
        "  Caused by: error sending request for url (https://pypi.example.org/simple/x/)",
        "request for url review",
        weight=HINT + 2,
        tools="uv",
        exit_code=2,
    ),
    fact(
        "uv.no-solution",
        PERMANENT,
        "no solution found when resolving|requirements are unsatisfiable",
        "requirements contradict each other or name what the index does not have",
        "  \u00d7 No solution found when resolving dependencies:",
        "a solution was found",
        tools="uv",
        weight=CAUSE,
    ),
    fact(
        "uv.lock-outdated",
        PERMANENT,
        "needs to be updated|unable to find lockfile",
        "the lock file does not fit the project",
        "error: The lockfile at `uv.lock` needs to be updated, but `--locked` was provided.",
        "the docs need to be updated",
        pattern=r"lockfile.{0,60}needs to be updated|unable to find lockfile",
        weight=DECISIVE,
    ),
    fact(
        "poetry.no-match",
        PERMANENT,
        "version solving failed|could not find a matching version|no matching package"
        "|changed significantly since",
        "requirements contradict each other, or the lock file is stale",
        "Because a depends on b (^9) which doesn't match any versions, version solving failed.",
        "solving the version",
        weight=HEADLINE,
    ),
    fact(
        "poetry.connect",
        NETWORK,
        "all attempts to connect to",
        "poetry could not reach a source",
        "All attempts to connect to pypi.org failed.",
        "no attempts to connect were made",
        pattern=r"all attempts to connect to .{1,200} failed",
    ),
    fact(
        "conda.connect",
        NETWORK,
        "connection failed for url|condahttperror",
        "conda could not reach a channel",
        "CondaHTTPError: HTTP 000 CONNECTION FAILED for url <https://conda.example.org/x>",
        "CondaHTTPError: HTTP 404 NOT FOUND for url <https://conda.example.org/x>",
        pattern=r"http (?:none|000) connection failed",
    ),
    fact(
        "conda.no-match",
        PERMANENT,
        "packagesnotfounderror|resolvepackagenotfound|unsatisfiableerror"
        "|libmambaunsatisfiableerror",
        "no channel has such a package, or versions contradict each other",
        "PackagesNotFoundError: The following packages are not available from current channels:",
        "packages found",
        weight=HEADLINE,
    ),
    fact(
        "python.module",
        PERMANENT,
        "no module named",
        "a module is not installed",
        "ModuleNotFoundError: No module named 'requests'",
        "no model named x",
        pattern=r"no module named",
    ),
    fact(
        "python.index-hidden",
        NETWORK,
        "connection broken by|connection error|retrying",
        "the last of pip's own retries failed",
        "WARNING: Retrying (Retry(total=0, connect=None, read=None)) after connection broken by "
        "'ProtocolError('Connection aborted.')': /simple/x/",
        "WARNING: Retrying (Retry(total=4, connect=None, read=None)) after connection "
        "broken by 'x': /a/",
        pattern=r"retry\(total=0\b.{0,120}after connection broken by '(?!sslerror)",
        weight=HINT,
    ),
    fact(
        "pip.network",
        NETWORK,
        "could not install packages due to an oserror|there was a problem confirming",
        "pip could not fetch a file",
        "ERROR: Could not install packages due to an OSError: "
        "HTTPConnectionPool(host='x', port=80): Max retries exceeded with url: /x (Caused "
        "by ProtocolError('x'))",
        "ERROR: Could not install packages due to an OSError: [Errno 13] denied",
        pattern=r"due to an oserror: https?connectionpool",
        weight=HINT,
    ),
    fact(
        "twine.exists",
        PERMANENT,
        "file already exists|file-name-reuse",
        "this version is there already",
        "ERROR    HTTPError: 400 Bad Request\n         File already exists. See "
        "https://pypi.example.org/help/",
        "if file already existed then skip",
        command="twine upload x",
        pattern=r"^\W*(?:error:? )?file already exists\.",
    ),
    fact(
        "coverage.threshold",
        PERMANENT,
        "fail-under|coverage failure|required test coverage",
        "less is covered than is asked for",
        "Coverage failure: total of 85 is less than fail-under=90",
        "coverage 90%",
    ),
    fact(
        "celery.no-reply",
        TRANSIENT,
        "no nodes replied",
        "no worker answers",
        "Error: No nodes replied within time constraint",
        "nodes replied",
        exit_code=69,
    ),
)
