"""What is to be run: a command under a policy, or a task made of steps."""

from __future__ import annotations

from .flow import BEFORE_RETRY, FALLBACK, Attempt
from .policy import Policy, labels
from .value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


DEFAULT_SHELL = ("/bin/sh", "-ec")  # -e: a failing line of several ends the string


class Command(Value):
    """A command. `argv` is executed; `script` is the shell string it carries, if it is one."""

    argv: tuple[str, ...]
    script: str | None = None

    @property
    def words(self) -> tuple[str, ...]:
        """The words that globs look at and people read."""
        return self.argv if self.script is None else tuple(self.script.split())


def command(
    spec: str | Sequence[str],
    *,
    shell: Sequence[str] = DEFAULT_SHELL,
    args: Sequence[str] = (),
) -> Command:
    """Make a command of a string for `shell`, or of a list that is executed as it is.

    `args` are appended: to a list as they are, to a string as positional parameters of the shell,
    so that nothing in them is expanded.
    """
    if not isinstance(spec, str):
        return Command((*spec, *args))
    if not args:
        return Command((*shell, spec), spec)
    script = spec.rstrip() + ' "$@"'
    return Command((*shell, script, "retryrun", *args), " ".join((spec.strip(), *args)))


class Job(Value):
    """One command with everything that belongs to running it.

    `task` is its name in recovery.yaml, if it has one; `env` is laid over the inherited
    environment; `cwd` None is the caller's folder; `args` are the extra words of a task, which
    also reach `retry_command`.
    """

    command: Command
    policy: Policy
    task: str | None = None
    env: Mapping[str, str] = {}
    cwd: str | None = None
    shell: Sequence[str] = DEFAULT_SHELL
    args: Sequence[str] = ()

    def pick(self, step: Attempt) -> Command:
        """Return the command that an attempt stands for."""
        if step.role == FALLBACK:
            return self._helper(self.policy.get("fallback")[step.index - 1])
        if step.role == BEFORE_RETRY:
            names = labels(step.last.failure if step.last else None)
            return self._helper(self.policy.get("before_retry", names)[step.index - 1])
        other = self.policy.get("retry_command") if step.number > 1 else None
        if other is None:
            return self.command
        return command(other, shell=self.shell, args=self.args)

    def _helper(self, spec: str | Sequence[str]) -> Command:
        return command(spec, shell=self.shell)


class Steps(Value):
    """A task of steps, flattened no further than its author wrote it.

    `deadline` in seconds covers all steps together (0: none).
    """

    task: str
    steps: tuple[Job | Steps, ...]
    keep_going: bool = False
    deadline: float = 0.0

    def jobs(self) -> list[Job]:
        """Return the single commands in order, whatever the depth of steps they stand in."""
        found: list[Job] = []
        for step in self.steps:
            found.extend(step.jobs() if isinstance(step, Steps) else [step])
        return found
