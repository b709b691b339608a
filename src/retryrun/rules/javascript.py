"""JavaScript's tools: npm, yarn, pnpm, bun, deno, browsers under test."""

from __future__ import annotations

from ..core.failure import HIGH, NETWORK, PERMANENT
from .fact import CAUSE, DECISIVE, HEADLINE, fact

FACTS = (
    fact(
        "fetch.request",
        PERMANENT,
        "bad port|unknown scheme|invalid url|not implemented",
        "what is asked for cannot be fetched at all",
        "TypeError: fetch failed\n  [cause]: Error: bad port",
        "the ship lies in a bad port",
        weight=CAUSE + 4,
        pattern=r"\[cause\]: (?:\w*Error: )?(?:bad port|unknown scheme|invalid url"
        r"|not implemented)",
    ),
    fact(
        "npm.no-version",
        PERMANENT,
        "etarget|notarget|no matching version found|no_matching_version",
        "the registry has no such version",
        "npm error code ETARGET\nnpm error notarget No matching version found for a@9.",
        "target reached",
    ),
    fact(
        "npm.conflict",
        PERMANENT,
        "eresolve|unable to resolve dependency tree|peer_dep_issues",
        "dependencies contradict each other",
        "npm error ERESOLVE unable to resolve dependency tree",
        "dependency tree resolved",
    ),
    fact(
        "js.module",
        PERMANENT,
        "module not found|can't resolve|cannot find module|failed to resolve import",
        "a module is not there",
        "Module not found: Error: Can't resolve './connection-reset' in '/app/src'",
        "the module was found",
        weight=DECISIVE,
        pattern=(
            r"module not found(?!: [\w.]+#)|can't resolve '|cannot find module"
            r"|failed to resolve import"
        ),
    ),
    fact(
        "npm.script",
        PERMANENT,
        "elifecycle|missing script|command failed with exit code",
        "a script of package.json failed or is not there",
        'npm error Missing script: "timeout"',
        "the script is missing nothing",
        weight=HEADLINE,
    ),
    fact(
        "npm.lock-outdated",
        PERMANENT,
        "can only install packages when your|frozen-lockfile|outdated_lockfile"
        "|lockfile would have been modified|needs to be updated",
        "the lock file does not fit package.json",
        "npm error `npm ci` can only install packages when your package.json and "
        "package-lock.json "
        "are in sync.",
        "the lockfile was written",
        weight=DECISIVE,
        pattern=r"can only install packages when your|frozen.lockfile|outdated_lockfile"
        r"|lockfile would have been modified|lockfile needs to be updated",
    ),
    fact(
        "npm.json",
        PERMANENT,
        "ejsonparse|json.parse|unexpected token|err_pnpm_json_parse",
        "package.json is no JSON",
        "npm error code EJSONPARSE",
        "json parsed",
        pattern=r"\bejsonparse\b|\bjson\.parse\b.{0,40}(?:error|fail|note|must)|unexpected token"
        r"|pnpm_json_parse",
    ),
    fact(
        "npm.integrity",
        PERMANENT,
        "eintegrity|integrity checksum failed|tarball_integrity",
        "a package is not the one that was pinned",
        "npm error code EINTEGRITY",
        "integrity checked",
        severity=HIGH,
    ),
    fact(
        "npm.platform",
        PERMANENT,
        "ebadplatform|ebadengine|unsupported engine|err_pnpm_unsupported_engine",
        "a package is not for this platform or version",
        "npm error code EBADPLATFORM",
        "bad platform game",
    ),
    fact(
        "bun.connect",
        NETWORK,
        "failedtoopensocket|connectionclosed|unabletoconnect",
        "bun could not reach the registry",
        "error: ConnectionClosed downloading tarball react@18.2.0",
        "connection closed by user",
        pattern=r"\b(?:failedtoopensocket|connectionclosed|unabletoconnect)\b",
    ),
    fact(
        "next.font",
        NETWORK,
        "google fonts",
        "a font that the build embeds could not be fetched",
        "Failed to fetch `Inter` from Google Fonts.",
        "using Google Fonts",
        pattern=r"failed to fetch .{1,60} from google fonts",
        tools="next npm yarn pnpm docker docker-compose node",
    ),
    fact(
        "cypress.server",
        NETWORK,
        "verify that this server is running|verify that your server is running",
        "the server that the tests are for does not answer",
        "Cypress could not verify that this server is running:",
        "the server is running",
    ),
    fact(
        "browser.missing",
        PERMANENT,
        "executable doesn't exist|could not find chrome|please run the following command",
        "the browser is not installed",
        "browserType.launch: Executable doesn't exist at /x/chrome",
        "chrome was found",
        weight=CAUSE,
    ),
)
