"""Clouds and model services: aws, gcloud, az, boto, openai, anthropic; GPUs and their networks."""

from __future__ import annotations

from ..core.failure import CRITICAL, HIGH, NETWORK, PERMANENT, RESOURCE, TRANSIENT
from .fact import CAUSE, DECISIVE, HINT, fact

FACTS = (
    fact(
        "aws.refused",
        PERMANENT,
        "conditionalcheckfailedexception|validationexception|nosuchbucket|nosuchkey"
        "|invalidparametervalue|validationerror|resourcenotfoundexception|invalidparameter"
        "|entityalreadyexists|bucketalreadyexists|requesttimetooskewed|optinrequired",
        "AWS will not do this",
        "An error occurred (NoSuchBucket) when calling the PutObject operation: gone",
        "the bucket exists",
        pattern=r"\((?:conditionalcheckfailed|validation|nosuch\w+|invalid\w+|resourcenotfound"
        r"|entityalreadyexists"
        r"|bucketalready\w+|requesttimetooskewed|optinrequired)\w*\)",
        weight=CAUSE + 6,
    ),
    fact(
        "terraform.state-refused",
        PERMANENT,
        "error message",
        "the lock of the state cannot be had by anybody",
        "│ Error: Error acquiring the state lock\n│ \n│ Error message: resource not found",
        "Error message: the lock is held",
        weight=DECISIVE + 2,
        pattern=(
            r"^\W*error message: .{0,200}\b(?:not found|access ?denied|denied|forbidden"
            r"|unauthorized|invalid|does not exist|no such|nosuchbucket|expiredtoken"
            r"|credentials?)\b"
        ),
        command="terraform plan",
    ),
    fact(
        "terraform.state-lock",
        TRANSIENT,
        "error acquiring the state lock|state lock",
        "another run holds the state",
        "│ Error: Error acquiring the state lock\n│ \n│ Error message: "
        "ConditionalCheckFailedException: The conditional request failed",
        "the lock is stated",
        weight=DECISIVE,
        pattern=r"acquiring the state lock",
        command="terraform plan",
    ),
    fact(
        "aws.unavailable",
        TRANSIENT,
        "internalerror|internalfailure|serviceunavailable|insufficientinstancecapacity"
        "|internalservererror|internalserverexception|modelnotreadyexception|modelerrorexception"
        "|serviceunavailableexception|resourceinuseexception",
        "AWS cannot do this now",
        "An error occurred (InternalError) when calling the PutObject operation: We "
        "encountered an internal error.",
        "an internal matter",
        pattern=(
            r"(?<!from server )\((?:internal\w+|serviceunavailable\w*|insufficientinstancecapacity"
            r"|modelnotready\w*)\)"
        ),
        weight=CAUSE + 6,
    ),
    fact(
        "aws.endpoint",
        NETWORK,
        "could not connect to the endpoint url|connection was closed before we received",
        "the endpoint is not reachable",
        'Could not connect to the endpoint URL: "https://s3.example.org/"',
        "the endpoint is connected",
    ),
    fact(
        "azure.quota",
        PERMANENT,
        "quotaexceeded|operationnotallowed",
        "a subscription's quota is used up",
        "ERROR: (QuotaExceeded) Operation could not be completed as it results in "
        "exceeding approved Total Regional Cores quota.",
        "the quota is fine",
        pattern=r"\((?:quotaexceeded|operationnotallowed)\)(?!.*\bin[ -]progress\b)",
        weight=DECISIVE + 3,
        severity=HIGH,
    ),
    fact(
        "gcloud.conflict",
        TRANSIENT,
        "another operation",
        "another operation is under way",
        "ERROR: (gcloud.sql) HTTPError 409: Operation failed because another operation was "
        "already in progress.",
        "one operation after another",
        pattern=r"another operation (?:was|is) (?:already )?in progress",
        weight=DECISIVE,
    ),
    fact(
        "llm.overloaded",
        TRANSIENT,
        "overloaded_error|overloadederror|engine is overloaded|model is overloaded"
        "|currently overloaded",
        "the model's servers are overloaded",
        "anthropic.OverloadedError: Error code: 529 - {'type': 'error', 'error': {'type': "
        "'overloaded_error'}}",
        "an overloaded method",
        weight=DECISIVE,
    ),
    fact(
        "llm.request",
        PERMANENT,
        "context_length_exceeded|invalid_request_error|badrequesterror|maximum context length"
        "|model_not_found",
        "the request is wrong for this model",
        "openai.BadRequestError: Error code: 400 - {'error': {'code': 'context_length_exceeded'}}",
        "context length",
        weight=DECISIVE + 1,
    ),
    fact(
        "cuda.memory",
        RESOURCE,
        "cuda out of memory|cuda_error_out_of_memory|cublas_status_alloc_failed"
        "|cudnn_status_alloc_failed|hip out of memory|cudaerrormemoryallocation"
        "|resource_exhausted: out of memory",
        "the GPU's memory ran out",
        "torch.cuda.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB",
        "cuda memory summary",
        weight=DECISIVE + 8,
    ),
    fact(
        "cuda.fault",
        PERMANENT,
        "device-side assert|illegal memory access|no kernel image is available"
        "|invalid device ordinal|no cuda-capable device|no cuda gpus are available"
        "|driver version is insufficient|uncorrectable ecc",
        "the GPU, its driver or its program is at fault",
        "RuntimeError: CUDA error: device-side assert triggered",
        "cuda works",
        weight=DECISIVE,
    ),
    fact(
        "nccl.network",
        NETWORK,
        "ncclremoteerror|ncclsystemerror|nccl error|processgroupnccl|socket timeout"
        "|connectfullmesh",
        "a peer of the training run was lost",
        "ncclRemoteError: A call failed possibly due to a network error or a remote "
        "process exiting prematurely.",
        "NCCL version 2.14.3",
        pattern=r"ncclremoteerror|ncclsystemerror|nccl.{0,60}(?:timeout|network error|connection)"
        r"|collective operation timeout|connectfullmesh failed",
    ),
    fact(
        "disk.readonly",
        PERMANENT,
        "read-only file system|erofs",
        "the disk is read-only or broken",
        "touch: cannot touch 'x': Read-only file system",
        "the file is read-only for others",
        weight=DECISIVE,
        severity=CRITICAL,
        pattern=r"read-only file ?system|\berofs\b",
    ),
    fact(
        "disk.error",
        PERMANENT,
        "input/output error|errno 5|os error 5",
        "reading or writing failed in the system",
        "cp: error reading 'a': Input/output error",
        "the input/output error handler was called",
        weight=HINT,  # clients say so too, of a URL whose host they could not reach
        severity=CRITICAL,
        pattern=r"\binput/output error(?! handler)|\b(?:os )?err(?:no|or) 5\b",
    ),
    fact(
        "vault.sealed",
        TRANSIENT,
        "vault is sealed",
        "the vault is not open yet",
        "* Vault is sealed",
        "the vault is open",
        weight=HINT,
    ),
)
