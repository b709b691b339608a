"""git, Subversion, Mercurial, hosting tools and ssh."""

from __future__ import annotations

from ..core.failure import HIGH, NETWORK, PERMANENT, TRANSIENT
from .fact import CAUSE, DECISIVE, HEADLINE, HINT, STRUCTURE, fact

FACTS = (
    fact(
        "git.no-repository",
        PERMANENT,
        "repository not found|not a git repository|does not appear to be a git repository"
        "|no repository found|not a working copy|path not found",
        "there is no such repository",
        "ERROR: Repository not found.",
        "the repository was found",
        pattern=r"repository not found|not a git repository|not appear to be a git repository"
        r"|no repository found"
        r"|is not a working copy|repository .{1,300} (?:not found|does not exist)|: e160013:",
    ),
    fact(
        "git.missing-repository",
        PERMANENT,
        "repository",
        "there is no such repository",
        "fatal: repository 'https://git.example.org/a.git/' not found",
        "repository found",
        pattern=r"repository .{1,300} (?:not found|does not exist)",
    ),
    fact(
        "git.conflict",
        PERMANENT,
        "merge conflict|automatic merge failed|could not apply|patch does not apply"
        "|unrelated histories|would be overwritten by",
        "changes contradict each other",
        "CONFLICT (content): Merge conflict in f",
        "no merge conflicts",
        weight=CAUSE,
    ),
    fact(
        "git.rejected",
        PERMANENT,
        "non-fast-forward|fetch first|protected branch|pre-receive hook declined|remote rejected",
        "the remote does not take the push",
        " ! [rejected]        main -> main (non-fast-forward)",
        "fast-forward",
        weight=HINT,
    ),
    fact(
        "git.not-pushed",
        PERMANENT,
        "rejected",
        "git itself does not push a reference that does not fit",
        " ! [rejected]        v1.0 -> v1.0 (already exists)",
        " ! [remote rejected] main -> main (the server is busy)",
        pattern=r"^\s*! \[rejected\]",
        weight=CAUSE + 6,  # the remote answered, whatever went before
    ),
    fact(
        "git.platform",
        TRANSIENT,
        "push failed|git error",
        "the platform that takes the push had trouble of its own",
        "remote:  !     Push failed: could not store slug",
        "the push failed",
        pattern=r"^(?:remote:)?\W{0,12}push failed: |git error, please try again",
        weight=DECISIVE,
        tools="git git-push",
    ),
    fact(
        "git.hook-declined",
        PERMANENT,
        "hook declined",
        "a hook of the remote does not take the push, whatever it said",
        " ! [remote rejected] main -> main (pre-receive hook declined)",
        "the hook declined to comment",
        pattern=r"\[(?:remote )?rejected\].{1,300}\([\w-]+ hook declined\)",
        weight=STRUCTURE,
    ),
    fact(
        "git.no-repository",
        PERMANENT,
        "not valid: is this a git repository",
        "what answers is no repository",
        "fatal: https://git.example.org/x/info/refs not valid: is this a git repository?",
        "this is a git repository",
    ),
    fact(
        "git.ref",
        PERMANENT,
        "did not match any|unknown revision|couldn't find remote ref|bad revision|invalid reference"
        "|remote branch",
        "there is no such branch or revision",
        "error: pathspec 'x' did not match any file(s) known to git",
        "the branch is known",
        pattern=r"pathspec .{0,200}did not match any|unknown revision|find remote ref|bad revision"
        r"|invalid reference"
        r"|remote branch \S+ not found",
    ),
    fact(
        "git.ref-moved",
        TRANSIENT,
        "cannot lock ref|failed to update ref",
        "another push moved the branch meanwhile",
        " ! [remote rejected] main -> main (cannot lock ref 'refs/heads/main': is at 1a2b "
        "but expected 3c4d)",
        "error: cannot lock ref 'refs/heads/a': unable to resolve reference",
        pattern=r"cannot lock ref.{0,200}(?:is at \w+ but expected|file exists)"
        r"|failed to update ref$",
        weight=DECISIVE,
    ),
    fact(
        "git.remote-hung-up",
        NETWORK,
        "could not read from remote repository|remote end hung up|fetch-pack|index-pack"
        "|connection closed",
        "the connection to the remote ended",
        "fatal: the remote end hung up unexpectedly",
        "remote: end of line",
        weight=HEADLINE,
        pattern=r"remote end hung up|^(?:scp|sftp): connection closed$"
        r"|fetch-pack: (?:unexpected disconnect|invalid index-pack)|index-pack failed",
    ),
    fact(
        "git.ownership",
        PERMANENT,
        "dubious ownership",
        "the repository belongs to someone else",
        "fatal: detected dubious ownership in repository at '/r'",
        "ownership is clear",
        severity=HIGH,
    ),
    fact(
        "git.identity",
        PERMANENT,
        "please tell me who you are|unable to auto-detect email",
        "no identity is set",
        "fatal: unable to auto-detect email address (got 'root@x.(none)')",
        "identity known",
    ),
    fact(
        "svn.auth",
        PERMANENT,
        "an error occurred during authentication|e170001",
        "svn's login failed",
        "svn: E120190: Error running context: An error occurred during authentication",
        "authentication went well",
    ),
    fact(
        "svn.tls",
        PERMANENT,
        "an error occurred during ssl communication",
        "svn's TLS failed",
        "svn: E120171: Error running context: An error occurred during SSL communication",
        "ssl communication",
        weight=HINT + 3,
    ),
    fact(
        "lfs.missing",
        PERMANENT,
        "object does not exist on the server",
        "the server has no such LFS object",
        "[404] Object does not exist on the server",
        "the object exists on the server",
    ),
    fact(
        "hook.declined",
        PERMANENT,
        "hook id:|hook declined|commit rejected",
        "a hook said no",
        "- hook id: ruff\n- exit code: 1",
        "the hook ran",
        weight=HINT + 3,
        pattern=r"^- hook id: \S|hook declined|commit rejected",
    ),
    fact(
        "ssh.usage",
        PERMANENT,
        "bad configuration option|bad owner or permissions|unprotected private key",
        "ssh's options or files are wrong",
        "command-line: line 0: Bad configuration option: connecttimeot",
        "the option is good",
        exit_code=255,
    ),
    fact(
        "gh.graphql",
        PERMANENT,
        "could not resolve to a",
        "GitHub knows no such thing",
        "GraphQL: Could not resolve to a PullRequest with the number of 9999. "
        "(repository.pullRequest)",
        "could not resolve host",
        pattern=r"could not resolve to an? \w+",
        weight=CAUSE + 5,
    ),
)
