"""The subcommands: name, module, what it does. A row here reserves the name against tasks."""

from __future__ import annotations

SUBCOMMANDS: dict[str, tuple[str, str]] = {
    "run": ("retryrun.cli.commands.run", "Run a task, also one that is named like a subcommand."),
    "tasks": ("retryrun.cli.commands.tasks", "List the tasks of recovery.yaml."),
    "init": ("retryrun.cli.commands.init", "Write a first recovery.yaml for this folder."),
    "validate": ("retryrun.cli.commands.validate", "Check recovery.yaml and list what is wrong."),
    "explain": ("retryrun.cli.commands.explain", "Say how a failure is judged, and why."),
    "rules": ("retryrun.cli.commands.rules", "List the rules in force, or show one."),
    "stats": ("retryrun.cli.commands.stats", "Say how often retries help and what they cost."),
    "history": ("retryrun.cli.commands.history", "List the latest runs."),
    "breaker": ("retryrun.cli.commands.breaker", "List the circuit breakers, close or open one."),
    "schema": ("retryrun.cli.commands.schema", "Print the JSON schema of recovery.yaml."),
}
