"""Builders: make, cmake, cargo, go, maven, gradle, sbt, bazel, dotnet, bundler, composer."""

from __future__ import annotations

from ..core.failure import HIGH, NETWORK, PERMANENT, TRANSIENT
from .fact import CAUSE, DECISIVE, HEADLINE, HINT, fact

FACTS = (
    fact(
        "make.no-rule",
        PERMANENT,
        "no rule to make target|no targets specified|missing separator",
        "the makefile knows no such target",
        "make: *** No rule to make target 'x'.  Stop.",
        "a rule was made",
    ),
    fact(
        "make.recipe",
        PERMANENT,
        "make: ***|gmake: ***|ninja: build stopped",
        "a recipe failed",
        "make: *** [Makefile:3: a.o] Error 1",
        "make: done",
        weight=HEADLINE - 4,
        pattern=r"\*\*\* \[.*\] error \d+|build stopped",
    ),
    fact(
        "cmake.error",
        PERMANENT,
        "cmake error|could not find a package configuration|configuring incomplete",
        "CMake could not configure",
        "CMake Error at CMakeLists.txt:3 (find_package):",
        "CMake warned",
        weight=HEADLINE,
    ),
    fact(
        "cargo.resolve",
        PERMANENT,
        "failed to select a version|no matching package named|could not find `cargo.toml`"
        "|failed to parse manifest|--locked was passed|could not find `",
        "no such crate or version, or the manifest is wrong",
        "error: no matching package named `x` found",
        "a package matched",
    ),
    fact(
        "cargo.compile",
        PERMANENT,
        "could not compile|aborting due to",
        "a crate does not compile",
        'error: could not compile `a` (bin "a") due to 1 previous error',
        "it compiled",
        pattern=r"could not compile(?! dependency)|aborting due to",
        weight=CAUSE + 4,
    ),
    fact(
        "go.module",
        PERMANENT,
        "unknown revision|no required module provides|malformed module path|is not in std"
        "|go.mod file not found|missing go.sum entry|updates to go.mod needed",
        "no such module, or go.mod is wrong",
        "go: example.org/x@v9.9.9: unknown revision v9.9.9",
        "the module is required",
    ),
    fact(
        "maven.artifact",
        PERMANENT,
        "could not find artifact|non-resolvable parent pom|no pom in this directory|malformed pom"
        "|non-parseable pom|no plugin found for prefix",
        "no such artifact, or the POM is wrong",
        "[ERROR] Could not find artifact a:b:jar:1 in central (https://repo.example.org/maven2)",
        "the artifact was found",
        weight=HINT + 3,
    ),
    fact(
        "gradle.module",
        PERMANENT,
        "could not find",
        "no repository has such a module",
        "   > Could not find com.acme:retry:9.9.",
        "could not find out",
        pattern=r"could not find [\w.-]+:[\w.-]+:[\w.-]+",
        weight=CAUSE,
    ),
    fact(
        "gradle.lock",
        TRANSIENT,
        "timeout waiting to lock",
        "another Gradle holds a lock",
        "Timeout waiting to lock journal cache (/r/journal-1). It is currently in use by "
        "another Gradle instance.",
        "the lock was taken",
        weight=DECISIVE,
    ),
    fact(
        "scala.compile",
        PERMANENT,
        "compilation failed|error found|errors found|type mismatch",
        "Scala code does not compile",
        "[error] (Compile / compileIncremental) Compilation failed",
        "no errors found here",
        pattern=r"\(\S+ / compile\w*\) compilation failed|^\[error\] (?:one error|\w+ errors?)"
        r" found"
        r"|\.scala:\d+",
        weight=DECISIVE - 20,
    ),
    fact(
        "nuget.no-package",
        PERMANENT,
        "nu1101|nu1102|nu1103",
        "no source has such a package",
        "a.csproj : error NU1101: Unable to find package X.",
        "nu metal",
    ),
    fact(
        "nuget.source",
        NETWORK,
        "nu1301|unable to load the service index",
        "a NuGet source is not reachable",
        "a.csproj : error NU1301: Unable to load the service index for source "
        "https://x/index.json.",
        "loaded the index",
        weight=HINT,
    ),
    fact(
        "bundler.no-gem",
        PERMANENT,
        "could not find gem|could not locate gemfile|bundler could not find compatible versions"
        "|could not find a valid gem|could not find compatible versions",
        "no source has such a gem, or there is no Gemfile",
        "Could not locate Gemfile",
        "the gem was found",
        weight=HEADLINE,
    ),
    fact(
        "composer.requirements",
        PERMANENT,
        "could not be resolved to an installable set|could not find a composer.json"
        "|could not find package|found no composer.json",
        "requirements contradict each other",
        "Your requirements could not be resolved to an installable set of packages.",
        "an installable set",
        weight=HEADLINE,
    ),
    fact(
        "pub.versions",
        PERMANENT,
        "doesn't match any versions",
        "requirements contradict each other",
        "Because app depends on http ^99.0.0 which doesn't match any versions, version "
        "solving failed.",
        "versions match",
    ),
    fact(
        "checksum.mismatch",
        PERMANENT,
        "mismatch|not match|didn't match|doesn't match|differs",
        "a download is not what was expected",
        "Error: SHA256 mismatch",
        "checksums match",
        severity=HIGH,
        weight=HINT + 4,  # a download that broke off brings it about
        pattern=r"\b(?:hash(?:es)?|checksums?|digests?|sha-?(?:1|256|512)|md5)(?:sum)?\b.{0,60}"
        r"(?:mismatch|not match|n't match|differs)",
    ),
    fact(
        "cabal.connect",
        NETWORK,
        "does not exist (connection refused)|connectiontimeout|connectionfailure",
        "Haskell's tools could not connect",
        "Error: cabal: <socket: 11>: does not exist (Connection refused)",
        "it does not exist",
        weight=CAUSE,
        pattern=r"does not exist \(connection refused\)|^\s*connection(?:timeout|failure)\s*$",
    ),
)
