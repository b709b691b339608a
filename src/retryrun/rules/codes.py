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
            r"|too frequent|too fast|too many (?:calls|queries|hits|messages)|(?:call|daily|hourly"
            r"|usage|request|burst|bandwidth|minute) (?:quota|limit) (?:exceed|reach|hit)|(?:daily"
            r"|burst) limit$|flood ?(?:wait|control|limit)?(?: error)?$|bandwidth exceed|quota hit"
            r"|^back ?off$"
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
            r"out of (?:memory|space|disk|heap)|oom\b|outofmemory|no memory|(?:memory|heap) exhaust"
            r"|memory alloc(?:ation)? fail|^alloc fail|bad alloc|too many (?:files|threads"
            r"|processes)|disk quota|insufficient (?:memory|storage|disk|space|resources?)"
            r"|memory (?:limit )?exceed|no space|disk (?:full|quota)|storage (?:limit )?(?:full"
            r"|exceed)|space (?:quota|exceed)|ds quota exceed|database full|q full|queue full"
            r"|pool full|too many open files|no buffer space|nobufs"
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
            "|device offline|upload unknown|unknown blob"
        ),
        "a code that names what passes",
        "An error occurred (ConcurrentModification) when calling PutRolePolicy: rejected",
        "error: ResourceNotReadyHandler: unsupported option",
        (
            r"not ready|not yet|retry later|starting up|(?:server|backend|back end|node|upstream"
            r"|broker|instance|database|cluster|provider|system|host)s? (?:is )?(?:unavailable|lost"
            r"|crashed|restarting)|\block (?:already )?held|\block not acquired|cannot lock"
            r"|already running|out of capacity|no (?:available )?(?:workers?|runners?|agents?"
            r"|executors?|slots?)\b|pool exhaust|too many clients|preempted|\bevicted"
            r"|spot interrupt|(?:runner|agent|worker|executor) (?:was )?(?:lost|disconnected|gone)"
            r"|optimistic lock|version conflict|stale (?:read|object)|\bleader changed"
            r"|temp(?:orary)? error|resource unavailable|busy\b|in progress (?:exception|error)"
            r"|gateway time ?out|concurren|try again|temporar(?!y name)|(?<!non )transient"
            r"|operation pending|still pending|initializing|recovering|rebalanc|failover|(?:not"
            r"|no) (?:the )?(?:leader|master|primary|writable primary|quorum)|no shard available"
            r"|not enough replicas|safe mode|(?:insufficient|unfulfillable"
            r"|no) (?:\w+ ){0,2}capacity|capacity (?:not|un)available|overload"
            r"|(?<!connection )(?<!unclean )shut(?:ting)? ?down\b|service stop|lock (?:timeout|wait"
            r"|conflict|contention|unavailable|acquisition)|deadlock|serialization fail"
            r"|(?<!connection )(?<!conn )(?<!socket )\baborted$|write conflict|transaction conflict"
            r"|update conflict|maintenance|quiesc|is starting|not ?a leader|not discovered"
            r"|not serving|not available(?! for)|standby|pending review"
            r"|lock row|database conflict|institution down|blocked temporary|being (?:deleted"
            r"|created|modified|updated|used)|deleted recently|recently deleted"
            r"|request not complete|deployment active|sharing violation|lock violation|(?:resource"
            r"|device|key|object|table|volume|file) (?:already )?in use|resource locked"
            r"|database locked|table locked|too many (?:sessions|connections|simultaneous"
            r"|concurrent|queries|active)|session count|no (?:free |available )?(?:resource|server"
            r"|worker|node|executor|connection|slot)s? available|repl state change|server restart"
            r"|service restart|^backend error|internal server error|model not ready|is loading"
            r"|still (?:running|loading|starting)|checkout timeout|pool timeout"
            r"|lease (?:already )?(?:held|present|conflict)"
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
            r"timed ?out|time ?out\b|(?:conn|link|tunnel|transport|socket|heartbeat"
            r"|web ?socket) (?:was )?(?:lost|closed|reset|failed)|(?:stream|channel|(?:conn|link"
            r"|tunnel|transport|socket|web ?socket)) (?:was )?(?:lost|reset|down|aborted|dropped"
            r"|broken|hang ?up|hung up|disconnected)|peer (?:gone|lost|disconnected)|(?:server"
            r"|service|backend|back end|node|upstream|broker|instance|database|cluster|provider"
            r"|system|host)s? (?:is )?down$|hang ?up$|(?:cannot|cant|can t|unable to|could not"
            r"|not able to) (?:connect|reach|resolve|contact)|^connect error|^no connection$"
            r"|^not connected$|reset by peer|(?:resolve|lookup) fail|short read|(?:body|response"
            r"|transfer|download|upload) (?:was )?(?:incomplete|interrupted|aborted|cut)"
            r"|no heartbeat|^(?:receive|send|connect|keep ?alive) fail|not responding"
            r"|comm(?:unication)? link fail|communication (?:fail"
            r"|error)|(?:connection|session) (?:was )?(?:lost|closed|reset|refused|aborted|failed"
            r"|failure|dropped|terminated|broken|interrupted)|disconnected|network (?:error|failure"
            r"|fail|unreachable|down|io|changed|interrupt)|net (?:reset|interrupt|timeout"
            r"|unreachable)|host not found|unknown host|no route|unreachable|name (?:not"
            r"|resolution)|dns (?:error|fail)|(?:end of file|eof)\b|broken pipe|socket (?:error"
            r"|closed|recv|send|timeout|disconnect)|transport (?:error|failed|failure)"
            r"|revocation offline|peer (?:reset|closed)|unclean shutdown|quic protocol error"
            r"|connect fail|proxy connection failed|incomplete (?:read|body|message)|empty response"
            r"|address unreachable|internet disconnected|(?:no|not) response|not reached"
            r"|communication failure|truncated|content length mismatch|stream (?:was )?reset|ping"
            r" failed|name server|server misbehaving|deadline exceed|host(?: \w+)? not found|no"
            r" such record|closed abruptly|connection (?:shutdown|closing|timed|down)|no"
            r" (?:brokers?|hosts?) available"
        ),
        CAUSE,
    ),
)
# What makes a code one of a wrong request, of a setting, or the name of a part of a program.
OTHER = (
    r"invalid|(?<!host )(?<!hostname )not found|(?:not|un) ?support|missing|exists|malformed|denied"
    r"|forbidden|unauthori|permission|expired|(?<!length )mismatch|illegal|required|unknown(?!"
    r" host)|disabled|param|argument|config|option|validation|format|syntax|\btests?\b|spec\b"
    r"|handler|listener|manager|factory|policy|strategy|default|\bmax\b|\bmin\b|enable|^(?:set|get"
    r"|is|on|has|use|with|no retry|should)\b|by another resource|settings?\b|seconds|millis|\bms\b"
    r"|interval|(?:pool|service|client|impl|server|middleware|provider|helper|util|utils|class"
    r"|type|name|value|count|size|(?<!rate )limit|id|key|plugin|module|function|lambda|bucket"
    r"|table|role|resource|group|stack|task|job|step|stage|topic|alarm|rule)$|\bvalue\b"
)
FACTS = tuple(
    fact(rule, category, needles, says, example, look_alike, weight=weight)
    for rule, category, needles, says, example, look_alike, _, weight in _ROWS
)
WORDS = tuple(zip(FACTS, (row[6] for row in _ROWS), strict=True))
