"""Which CI system we are in, and what it tells of the job."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

GITHUB, GITLAB = "github", "gitlab"
MARKS = {GITHUB: "GITHUB_ACTIONS", GITLAB: "GITLAB_CI"}
FIELDS = {
    GITHUB: {
        "run": "GITHUB_RUN_ID",
        "attempt": "GITHUB_RUN_ATTEMPT",
        "workflow": "GITHUB_WORKFLOW",
        "job": "GITHUB_JOB",
        "repository": "GITHUB_REPOSITORY",
        "ref": "GITHUB_REF",
        "sha": "GITHUB_SHA",
    },
    GITLAB: {
        "run": "CI_PIPELINE_ID",
        "job": "CI_JOB_NAME",
        "job_id": "CI_JOB_ID",
        "url": "CI_JOB_URL",
        "repository": "CI_PROJECT_PATH",
        "ref": "CI_COMMIT_REF_NAME",
        "sha": "CI_COMMIT_SHA",
    },
}


def detect(env: Mapping[str, str], choice: str = "auto") -> str | None:
    """Return "github", "gitlab" or None: as chosen, or as the environment says."""
    if choice != "auto":
        return None if choice == "none" else choice
    return next((name for name, mark in MARKS.items() if env.get(mark) == "true"), None)


def job(env: Mapping[str, str]) -> dict[str, str] | None:
    """Return what is known of the CI job, None outside of one."""
    system = detect(env)
    if system is None:
        return None
    known = {key: env[name] for key, name in FIELDS[system].items() if env.get(name)}
    return {"system": system, **known}
