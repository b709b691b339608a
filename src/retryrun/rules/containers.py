"""Containers and clusters: docker, podman, kubectl, helm, terraform, ansible, vault."""

from __future__ import annotations

from ..core.failure import NETWORK, PERMANENT, TRANSIENT
from .fact import CAUSE, DECISIVE, HEADLINE, HINT, fact

FACTS = (
    fact(
        "docker.no-image",
        PERMANENT,
        "manifest unknown|pull access denied|repository does not exist|no such image"
        "|no such container|invalid reference format|manifest for",
        "there is no such image, or not for this user",
        "Error response from daemon: manifest for a/b:9 not found: manifest unknown",
        "manifest written",
        pattern=r"manifest unknown|pull access denied|repository does not exist|no such (?:image"
        r"|container)"
        r"|invalid reference format|manifest for \S+ not found",
    ),
    fact(
        "docker.daemon",
        NETWORK,
        "cannot connect to the docker daemon|failed to connect to the docker api",
        "no Docker daemon answers: it is not running, or not yet",
        "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker "
        "daemon running?",
        "the daemon runs",
        weight=DECISIVE,
        pattern=r"connect to the docker (?:daemon|api) at \w+:|docker daemon running\?$",
    ),
    fact(
        "docker.name-taken",
        PERMANENT,
        "is already in use by container|already exists with",
        "the name is taken",
        'Conflict. The container name "/web" is already in use by container "abc".',
        "the name is free",
    ),
    fact(
        "docker.step",
        PERMANENT,
        "did not complete successfully|returned a non-zero code",
        "a step of the build failed",
        'ERROR: failed to solve: process "/bin/sh -c npm test" did not complete '
        "successfully: exit code: 1",
        "it completed successfully",
        weight=HEADLINE,
    ),
    fact(
        "kubectl.not-found",
        PERMANENT,
        "error from server (notfound)|no matches for kind|resource mapping not found"
        "|have a resource type",
        "the cluster knows no such thing",
        'Error from server (NotFound): pods "web" not found',
        "the server was found",
        weight=CAUSE + 6,
    ),
    fact(
        "kubectl.invalid",
        PERMANENT,
        "is invalid:|error validating|field is immutable|error from server (badrequest)"
        "|error parsing|alreadyexists",
        "the manifest is wrong",
        'The Deployment "web" is invalid: spec.selector: Required value',
        "the manifest is valid",
        weight=CAUSE + 6,
        tools="kubectl helm",
    ),
    fact(
        "kubectl.server",
        TRANSIENT,
        "error from server (internalerror)|error from server (serviceunavailable)"
        "|error from server (timeout)|error from server (servertimeout)"
        "|error from server (conflict)",
        "the API server could not do it now",
        "Error from server (ServiceUnavailable): apiserver not ready",
        "Error from server (Forbidden): pods is forbidden",
        weight=HINT + 6,  # the cause may stand in what it says
    ),
    fact(
        "etcd.server",
        TRANSIENT,
        "etcdserver",
        "the cluster's store could not do it now",
        "Error from server: etcdserver: request timed out",
        "etcdserver started",
        weight=CAUSE + 6,
        pattern=r"etcdserver: (?:request timed out|leader changed|too many|no leader)",
    ),
    fact(
        "proxy.upstream",
        TRANSIENT,
        "upstream connect error|no healthy upstream",
        "a proxy could not reach the service",
        "upstream connect error or disconnect/reset before headers. reset reason: overflow",
        "upstream is fine",
        weight=CAUSE + 6,
    ),
    fact(
        "kubectl.wait",
        TRANSIENT,
        "waiting for the condition",
        "what was waited for is not there yet",
        "error: timed out waiting for the condition on pods/web",
        "waiting for the conditions of the contract",
        weight=CAUSE + 1,  # the cluster answered: it is no time-out of the network
    ),
    fact(
        "kubernetes.pod",
        PERMANENT,
        "imagepullbackoff|errimagepull|invalidimagename|errimageneverpull|crashloopbackoff"
        "|createcontainerconfigerror|createcontainererror|runcontainererror",
        "a container does not start",
        "Deployment/web (container failed to start: ImagePullBackOff)",
        "images are pulled with a back-off",
        weight=CAUSE + 6,  # what waited for it tells of the time
    ),
    fact(
        "kubectl.rollout",
        PERMANENT,
        "exceeded its progress deadline",
        "the rollout does not come up",
        'error: deployment "web" exceeded its progress deadline',
        "the deadline is near",
        weight=DECISIVE,
    ),
    fact(
        "helm.in-progress",
        TRANSIENT,
        "another operation",
        "another release is under way",
        "Error: UPGRADE FAILED: another operation (install/upgrade/rollback) is in progress",
        "no operation in progress",
        weight=DECISIVE,
        pattern=r"another operation .{0,60}is in progress",
    ),
    fact(
        "helm.chart",
        PERMANENT,
        "cannot re-use a name|installation failed: chart|parse error at|nil pointer evaluating"
        "|chart.yaml",
        "the chart or its values are wrong",
        "Error: INSTALLATION FAILED: cannot re-use a name that is still in use",
        "a chart was drawn",
    ),
    fact(
        "terraform.config",
        PERMANENT,
        "unsupported argument|missing required argument|reference to undeclared|invalid reference"
        "|unsupported block type|unclosed configuration block|no configuration files"
        "|inconsistent dependency lock file|duplicate resource|invalid value for variable",
        "the configuration is wrong",
        "│ Error: Unsupported argument",
        "the argument is supported",
        weight=CAUSE + 6,
    ),
    fact(
        "ansible.unreachable",
        NETWORK,
        "unreachable!",
        "a host could not be reached",
        'fatal: [web1]: UNREACHABLE! => {"changed": false, "msg": "x", "unreachable": true}',
        "the unreachable! macro",
        weight=HEADLINE,
        pattern=r"unreachable! =>",
        command="ansible-playbook a.yml",
        exit_code=4,
    ),
    fact(
        "ansible.play",
        PERMANENT,
        "couldn't resolve module/action|undefined variable|could not be found|is undefined"
        "|no action detected|not a valid attribute",
        "the play is wrong",
        "ERROR! couldn't resolve module/action 'timeout_503'.",
        "the variable is defined",
        pattern=r"resolve module/action|undefined variable|the playbook: .{1,200} could not"
        r" be found"
        r"|' is undefined"
        r"|no action detected|not a valid attribute",
        weight=CAUSE + 6,
    ),
    fact(
        "compose.config",
        PERMANENT,
        "no configuration file provided|additional property|undefined service",
        "the compose file is wrong or missing",
        "no configuration file provided: not found",
        "a file was provided",
    ),
    fact(
        "helm.unreachable",
        NETWORK,
        "is not a valid chart repository or cannot be reached",
        "a chart repository is not there",
        'Error: looks like "https://x" is not a valid chart repository or cannot be reached: EOF',
        "reached",
        weight=HINT - 8,
    ),
)
