"""Packages of operating systems: apt, dpkg, dnf, yum, apk, brew, snap; downloaders beside them."""

from __future__ import annotations

from ..core.failure import NETWORK, PERMANENT, TRANSIENT
from .fact import CAUSE, DECISIVE, HEADLINE, HINT, fact

FACTS = (
    fact(
        "env.unset",
        PERMANENT,
        "not set|not defined|environment variable",
        "a variable of the environment is missing",
        "RuntimeError: DATABASE_URL is not set, cannot open a connection",
        "the table is not set",
        pattern=(
            r"\b[a-z]+_\w+ (?:is|was) not (?:set|defined)\b|\benvironment variable \S+ (?:is |was "
            r")?(?:missing|not set|unset|required|not defined)\b|\b(?:missing|required)"
            r" environment variables?\b"
        ),
    ),
    fact(
        "x.display",
        PERMANENT,
        "x server|display|$display",
        "no screen can be opened here",
        "Cannot connect to the X server: DISPLAY not set",
        "the display shows no message",
        weight=CAUSE + 4,
        pattern=(
            r"\b(?:cannot|could not|can't|unable to|failed to) (?:connect to|open) (?:the )?(?:x"
            r" (?:server|display)|display)\b|\bno display name\b|\bdisplay not set\b"
        ),
    ),
    fact(
        "apt.no-package",
        PERMANENT,
        "unable to locate package|has no installation candidate|couldn't find any package",
        "no index has such a package",
        "E: Unable to locate package netretry",
        "the package was located",
        weight=HEADLINE,
        command="apt-get install x",
        exit_code=100,
    ),
    fact(
        "apt.no-version",
        PERMANENT,
        "was not found",
        "no index has such a version",
        "E: Version '9.9' for 'curl' was not found",
        "it was not found wanting",
        pattern=r"version '.{1,60}' for '.{1,60}' was not found",
        command="apt-get install x=9",
        exit_code=100,
    ),
    fact(
        "apt.no-release",
        PERMANENT,
        "does not have a release file|no longer has a release file",
        "this is no repository for apt, or it could not be read",
        "E: The repository 'http://deb.example.org x Release' does not have a Release file.",
        "the Release file was read",
        weight=HEADLINE,
        command="apt-get update",
        exit_code=100,
    ),
    fact(
        "apt.broken",
        PERMANENT,
        "unmet dependencies|held broken packages|dependency problems|not signed|no_pubkey"
        "|is not understood|public key is not available",
        "packages or keys do not fit",
        "E: Unable to correct problems, you have held broken packages.",
        "no broken packages",
        weight=CAUSE,
    ),
    fact(
        "apt.mirror",
        TRANSIENT,
        "hash sum mismatch|unexpected size|mirror sync in progress",
        "a mirror is being updated",
        "E: Failed to fetch http://deb.example.org/x  Hash Sum mismatch",
        "the sums match",
        weight=DECISIVE,
        exit_code=100,
    ),
    fact(
        "dnf.no-match",
        PERMANENT,
        "unable to find a match|no match for argument|nothing provides",
        "no repository has such a package",
        "Error: Unable to find a match: nosuch",
        "a match was found",
        weight=HEADLINE,
    ),
    fact(
        "apk.fetch",
        NETWORK,
        "temporary error|network error",
        "apk could not fetch an index",
        "WARNING: Ignoring https://dl.example.org/main: temporary error (try again later)",
        "a temporary errand",
        tools="apk",
        weight=DECISIVE,
        pattern=r"^(?!.*\bdatabase\b).*(?:temporary|network) error",
    ),
    fact(
        "apk.no-package",
        PERMANENT,
        "unable to select packages|no such package",
        "no index has such a package",
        "ERROR: unable to select packages:\n  nosuch (no such package):",
        "select packages",
        weight=HEADLINE,
    ),
    fact(
        "brew.no-formula",
        PERMANENT,
        "no available formula|no formulae or casks",
        "there is no such formula",
        'Warning: No available formula with the name "nosuch".',
        "formula available",
        weight=CAUSE,
    ),
    fact(
        "snap.change",
        TRANSIENT,
        "change in progress",
        "snapd is at work on it",
        'error: snap "hello" has "install-snap" change in progress',
        "no change in progress report",
        pattern=r"has \S+ change in progress",
        weight=DECISIVE,
        exit_code=10,
    ),
    fact(
        "aria2.response",
        PERMANENT,
        "resource not found",
        "no such file there",
        "errorCode=3 Resource not found",
        "the resource was found",
        weight=CAUSE,
    ),
    fact(
        "systemd.absent",
        PERMANENT,
        "not been booted with systemd|failed to connect to bus|connect to bus",
        "there is no systemd here, as in a container",
        "Failed to connect to bus: Host is down",
        "the bus connection was made",
        weight=DECISIVE,
        pattern=(
            r"not been booted with systemd|(?:failed|unable) to connect to (?:the )?(?:\w+ )?bus\b"
        ),
    ),
    fact(
        "shell.unset",
        PERMANENT,
        "unbound variable|parameter not set|parameter null or not set|bad substitution",
        "a script uses a variable that is not set",
        "deploy.sh: line 7: CHANNEL: unbound variable",
        "Warning: Unbound variable: connection_refused",
        weight=CAUSE + 6,
        pattern=(
            r"^\S{1,200}: (?:line )?\d+: [^:]{1,200}: (?:unbound variable"
            r"|parameter (?:null or )?not set|bad substitution)"
        ),
    ),
    fact(
        "umount.busy",
        TRANSIENT,
        "target is busy",
        "something still uses it",
        "umount: /mnt: target is busy.",
        "the target audience is busy people",
        weight=DECISIVE,
        pattern=r"target is busy\b(?! \w)",
        exit_code=32,
    ),
    fact(
        "gpg.keyserver",
        NETWORK,
        "keyserver receive failed|keyserver send failed|keyserver search failed",
        "a key server does not answer",
        "gpg: keyserver receive failed: Server indicated a failure",
        "gpg: keyserver receive failed: No data",
        pattern=r"keyserver \w+ failed: (?!no data|not found)",
    ),
    fact(
        "lftp.failed",
        NETWORK,
        "max-retries exceeded",
        "lftp used up its retries",
        "get: Fatal error: max-retries exceeded",
        "max-retries set to 3",
        weight=HINT - 3,
        tools="lftp",
    ),
)
