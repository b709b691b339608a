"""Codes: what libraries and services call their errors, read by the words that they are made of.

`ConcurrentModification`, `NS_ERROR_UNKNOWN_HOST` and `lock_timeout` say by themselves what they
mean. Codes without a word of that kind are named one by one.
"""

from __future__ import annotations

from ..core.failure import NETWORK, RATE_LIMIT, RESOURCE, TRANSIENT
from .fact import CAUSE, DECISIVE, fact

# The first row whose words a code holds has it. The words of a code are parted by blanks.
_ROWS = (
    (
        "code.rate-limit",
        RATE_LIMIT,
        "over_request_rate",
        "a code that names a limit of how often",
        "error: request failed: EnhanceYourCalm: too many pings",
        "error: ThrottleConfigInvalid: no such key",
        (
            r"throttl|rate limit(?!er)|too many requests|slow down|request limit exceed"
            r"|rate exceeded|your calm|throughput exceed|too many attempts|rate too|request rate"
            r"|too frequent"
        ),
        DECISIVE,
    ),
    (
        "code.resource",
        RESOURCE,
        "ora-01653|ora-01654|ora-01652|ora-01688|ora-00257|ora-19809|sql0289n",
        "a code that names memory or space",
        "error: upload failed: CodeStorageExceeded: limit reached",
        "error: InvalidMemorySize: 12",
        (
            r"out of memory|oom\b|out ?of ?memory|insufficient (?:memory|storage|disk|space"
            r"|resources?)|memory (?:limit )?exceed|no space|disk (?:full|quota)"
            r"|storage (?:limit )?(?:full|exceed)|space (?:quota|exceed)|ds quota exceed"
            r"|database full|q full|queue full|pool full|too many open files|no buffer space|nobufs"
        ),
        DECISIVE + 4,
    ),
    (
        "code.transient",
        TRANSIENT,
        (
            "ora-01033|ora-01034|ora-01089|ora-12516|ora-12518|ora-12519|ora-12520|ora-12528"
            "|ora-00054|ora-04021|ora-08177|sql0911n|sql0913n|sql1032n|fastboot device busy"
            "|cr_server_lost|connection_forced|query_wait_timeout|badnonce|anti-replay nonce"
            "|ckr_session_count|leaseidmissing|estale|stale file handle|stale nfs file handle"
            "|device offline|upload unknown"
        ),
        "a code that names what passes",
        "An error occurred (ConcurrentModification) when calling PutRolePolicy: rejected",
        "error: ResourceNotReadyHandler: unsupported option",
        (
            r"not ready|not yet|resource unavailable|busy\b|in progress (?:exception|error)"
            r"|gateway time ?out|concurren|try again|temporar(?!y name)|transient|operation pending"
            r"|still pending|initializing|recovering|rebalanc|failover|(?:not"
            r"|no) (?:the )?(?:leader|master|primary|writable primary|quorum)|no shard available"
            r"|not enough replicas|safe mode|(?:insufficient|unfulfillable"
            r"|no) (?:\w+ ){0,2}capacity|capacity (?:not|un)available|overload"
            r"|(?<!connection )(?<!unclean )shut(?:ting)? ?down\b|service stop|lock (?:timeout|wait"
            r"|conflict|contention|unavailable|acquisition)|deadlock|serialization fail|\baborted$"
            r"|write conflict|transaction conflict|update conflict|maintenance|quiesc|is starting"
            r"|not ?a leader|standby|pending review|lock row|database conflict|institution down"
            r"|blocked temporary|being (?:deleted|created|modified|updated|used)|deleted recently"
            r"|recently deleted|request not complete|deployment active|sharing violation"
            r"|lock violation|(?:resource|device|key|object|table|volume|file) (?:already )?in use"
            r"|resource locked|database locked|table locked|too many (?:sessions|connections"
            r"|simultaneous|concurrent|queries|active)|session count|no (?:free "
            r"|available )?(?:resource|server|worker|node|executor|connection|slot)s? available"
            r"|repl state change|server restart|service restart|^backend error"
            r"|internal server error|model not ready|is loading|still (?:running|loading|starting)"
            r"|checkout timeout|pool timeout|lease (?:already )?(?:held|present|conflict)"
        ),
        CAUSE + 4,
    ),
    (
        "code.network",
        NETWORK,
        (
            "ora-03113|ora-03114|ora-03135|ora-12170|ora-12541|ora-12537|ora-12545|ora-12547"
            "|ora-12560|sql30081n|0x800706ba|0x80092013"
        ),
        "a code that names trouble of the network",
        "Error: page.goto: NS_ERROR_UNKNOWN_HOST",
        "error: ConnectTimeoutInvalid: -1",
        (
            r"timed ?out|time ?out\b|(?:connection|session) (?:was )?(?:lost|closed|reset|refused"
            r"|aborted|failed|failure|dropped|terminated|broken|interrupted)|disconnected"
            r"|network (?:error|failure|fail|unreachable|down|io|changed|interrupt)|net (?:reset"
            r"|interrupt|timeout|unreachable)|host not found|unknown host|no route|unreachable"
            r"|name (?:not|resolution)|dns (?:error|fail)|(?:end of file|eof)\b|broken pipe"
            r"|socket (?:error|closed|recv|send|timeout|disconnect)|transport (?:error|failed"
            r"|failure)|revocation offline|peer (?:reset|closed)|unclean shutdown"
            r"|quic protocol error|connect fail|proxy connection failed|incomplete (?:read|body"
            r"|message)|empty response|address unreachable|internet disconnected|(?:no"
            r"|not) response|not reached|communication failure|truncated|stream (?:was )?reset"
            r"|ping failed|name server|server misbehaving|deadline exceed|host(?: \w+)? not found"
            r"|no such record|closed abruptly|connection (?:shutdown|closing|timed|down)"
            r"|no (?:brokers?|hosts?) available"
        ),
        CAUSE,
    ),
)
# What makes a code one of a wrong request, of a setting, or the name of a part of a program.
OTHER = (
    r"invalid|(?<!host )(?<!hostname )not found|(?:not|un) ?support|missing|exists|malformed|denied"
    r"|forbidden|unauthori|permission|expired|mismatch|illegal|required|unknown(?! host)|disabled"
    r"|param|argument|config|option|validation|format|syntax|\btests?\b|spec\b|handler|listener"
    r"|manager|factory|policy|strategy|default|\bmax\b|\bmin\b|enable|^(?:set|get|is|on|has|use"
    r"|with|no retry|should)\b|by another resource|settings?\b|seconds|millis|\bms\b|interval"
    r"|(?:pool|service|client|impl|server|middleware|provider|helper|util|utils|class|type|name"
    r"|value|count|size|(?<!rate )limit|id|key|plugin|module)$|\bvalue\b"
)
FACTS = tuple(
    fact(rule, category, needles, says, example, look_alike, weight=weight)
    for rule, category, needles, says, example, look_alike, _, weight in _ROWS
)
WORDS = tuple(zip(FACTS, (row[6] for row in _ROWS), strict=True))
