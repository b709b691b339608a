"""Moments: what a thing is going through, who is strained, of what there is none just now.

Like the sentences of `sentences.py`: made of words for the thing and words for its moment.
"""

from __future__ import annotations

from ..core.failure import LOW, NETWORK, RATE_LIMIT, TRANSIENT
from .fact import DECISIVE, HINT, either, fact

# What may be between two states, or of which there may be none just now.
_THING = (
    r"(?:app(?:lication)?|artifact|backend|bucket|build|certificate|cluster|container|database|db"
    r"|deployment|disk|distribution|domain|environment|gpu|image|index|instance|job|kernel|machine"
    r"|mirror|model|node|package|pipeline|pod|project|queue|record|registry|release|replica"
    r"|repository|resource|runtime|server|service|session|site|snapshot|stack|table|vm|volume"
    r"|warehouse|workspace|zone)s?"
)
_DOING = (
    r"(?:load|resum|provision|regenerat|rebuild|resiz|updat|upgrad|creat|delet|initiali[sz]|boot"
    r"|start|stopp|restart|warm|migrat|synchroni[sz]|sync|replicat|attach|detach|deploy|scal|restor"
    r"|recover|index|terminat|suspend|paus|wak|spinn|copy|compact|rebalanc|propagat|transition"
    r"|reconfigur|modif|prepar|activat)(?:y)?ing"
)
_DONE = (
    r"(?:created|deleted|provisioned|updated|upgraded|resumed|regenerated|rebuilt|resized|migrated"
    r"|restored|recovered|moved|modified|restarted|replaced|deployed|synchroni[sz]ed|initiali[sz]ed"
    r"|loaded|prepared|terminated|configured|reindexed|set up)"
)
_WORK = (
    r"(?:job|workflow(?: run)?|run|build|deployment|pipeline|backup|task|operation|update|upgrade"
    r"|migration|sync|scan|export|import|query|instance|process|session|transfer|restore|snapshot"
    r"|release|rollout)"
)
_HELPERS = (
    r"(?:upstreams?|back-?ends?|servers?|hosts?|nodes?|gpus?|agents?|runners?|workers?|executors?"
    r"|slots?|capacity|replicas?|brokers?|instances?|peers?|mirrors?|licen[cs]es?|connections?)"
)
_UNIT = r"(?:seconds?|minutes?|hours?|days?|months?)"
_ASKED = (
    r"(?:connections?|requests?|calls?|messages?|mails?|log-?ins?|quer(?:y|ies)|attempts?|traffic"
    r"|tokens|operations|downloads|uploads|sms|writes?|reads?|records)"
)

FACTS = (
    fact(
        "moment.changing",
        TRANSIENT,
        "is currently|is still|is being|are being|is loading|is resuming|is resizing|is updating"
        "|is syncing|is provisioning|is migrating|is rebuilding|is restoring|is starting"
        "|is booting|is initializing|is attaching|is detaching|is deploying|is scaling"
        "|is rebalancing|is propagating|is transitioning|propagation|issuance|activation"
        "|replication|available yet|ready yet|complete yet|visible yet|finished yet|is warming"
        "|is creating|is deleting|is indexing|is recovering|transitional",
        "a thing is between two states",
        "error: the cluster is resizing",
        "error: the index of the table is missing",
        weight=HINT,
        severity=LOW,
        pattern=either(
            rf"\b{_THING}(?: \S{{1,60}})? (?:is|are) (?:currently |still |already |now )*(?:being"
            rf" {_DONE}|{_DOING})\b(?! (?:from|to|into|at|with|an?|the|files?)\b)",
            r"\b(?:issuance|validation|verification|propagation|replication|activation|provisioning"
            r"|registration) (?:is |of \S+ is )?(?:still )?(?:pending(?! (?:review|approval))|in"
            r" progress|not (?:yet )?(?:complete|finished|done))",
            r"\b(?:isn['\u2019]t|aren['\u2019]t|is not|are not|not) (?:available|ready|visible"
            r"|complete|finished|propagated|indexed|synced) yet\b",
            r"\bin a transitional state\b",
        ),
    ),
    fact(
        "moment.running",
        TRANSIENT,
        "already running|already active|already in progress|already executing|still running"
        "|still active|still in progress|still executing|still attached|still mounted"
        "|still in use|still held|still connected|still pending|being processed|multi-attach"
        "|used by pod",
        "other work on the same thing is not done",
        "error: a previous run is still active",
        "error: the name is already used",
        weight=HINT,
        severity=LOW,
        pattern=either(
            rf"\b{_WORK} (?:is |was )?(?:already|still) (?:running|active|in progress|under ?way"
            r"|executing|being processed|pending)\b",
            r"\bstill (?:attached|mounted|in use|held|connected) (?:to|by|on)\b",
            r"\bmulti-attach error\b|\balready used by pod",
        ),
    ),
    fact(
        "peer.strained",
        TRANSIENT,
        "high demand|heavy demand|high load|heavy load|excessive load|increased load|much load"
        "|high traffic|heavy traffic|unusual traffic|increased traffic|much traffic|heavy use"
        "|heavy usage|high usage|load too high|load is too high|difficulties|our end|our side"
        "|trouble producing|issues producing|issues processing|trouble processing"
        "|problems processing|problem processing|serving quota|temporarily deferred|mailbox busy"
        "|mailbox is busy|high volume",
        "the other side has more to do than it can, or trouble of its own",
        "error: the system is experiencing high demand",
        "error: the load of the module failed",
        weight=HINT,
        severity=LOW,
        pattern=either(
            r"\b(?:under|experienc\w+|due to|because of|facing|seeing) (?:\w+ )?(?:high|heavy"
            r"|excessive|unusual(?:ly high)?|increased|too much|extreme) (?:demand|load|traffic"
            r"|use|usage|volume)",
            r"\b(?:load|demand|traffic) (?:is |was )?too high\b",
            r"\btechnical difficult(?:y|ies)\b",
            r"\b(?:wrong|issues?|problems?|trouble|errors?|failures?) on our (?:end|side)\b",
            r"\bhad (?:an? )?(?:issues?|problems?|trouble) (?:producing|processing|handling"
            r"|completing|serving|fulfilling)\b",
            r"\bover (?:its|our) serving quota\b",
            r"\btemporarily deferred\b|\bmailbox (?:is )?busy\b",
        ),
    ),
    fact(
        "peer.none",
        TRANSIENT,
        "no live|no available|no healthy|no free|no usable|no active|no online|no idle|no gpus"
        "|no server|no servers|no agents|no runners|no workers|no capacity|no nodes|no hosts"
        "|no slots|no instances|no brokers|host capacity|out of capacity|all backends"
        "|all upstreams|all mirrors|all servers|all nodes|all hosts|all workers|all replicas"
        "|not available at|unavailable at|not available right|leader not|leader was not"
        "|primary not|coordinator not|quorum not|not elected|not in primary",
        "nobody is there to do it just now",
        "error: no agents are online",
        "error: no server is named in the configuration",
        weight=HINT,
        severity=LOW,
        pattern=either(
            rf"\bno (?:live|available|healthy|free|usable|active|online|idle) (?:\w+"
            rf" )?{_HELPERS}\b",
            rf"\bno {_HELPERS} (?:is |are |were |was )?(?:currently )?(?:available|online|free"
            rf"|ready|alive)\b",
            r"\bout of (?:host |\w+ )?capacity\b",
            rf"\ball {_HELPERS} (?:have )?(?:failed|(?:are |is |were )?(?:down|busy|in use"
            rf"|unreachable"
            r"|unavailable|offline))\b",
            r"\b(?:not available|unavailable) (?:at this (?:time|moment)|right now|at the moment"
            r"|just now)",
            r"\b(?:leader|primary|coordinator|quorum) (?:was |is )?not (?:found|elected|known|ready"
            r"|reachable)\b|\bnot in primary\b",
        ),
    ),
    fact(
        "peer.gone",
        NETWORK,
        "disconnected|not responding|remote procedure call|network name|network path|pipe has been"
        "|stream id|violation of protocol|interrupted at|interrupted due|interrupted by"
        "|spot instance|spot vm|spot node|come online|come up|to boot|not boot|never boot"
        "|crash of another|interface|link down|carrier|wifi|uplink|heartbeat|heartbeats"
        "|network read|network write|socket read|socket write|socket failed|reachable|unreachable"
        "|to destination|packet loss|bytes|network stream|sockets closed",
        "the other side went away",
        "error: the device was disconnected",
        "error: the network name is too long",
        weight=HINT,
        pattern=either(
            r"\b(?:runtime|device|camera|usb|agent|node|client|worker|kernel|emulator|phone|board"
            r"|printer|scanner|drive|sensor|modem|controller|debugger) (?:was |has been |got |is )?"
            r"(?:unexpectedly )?disconnected\b(?! (?:handler|event|callback|state))",
            r"\b\w+ not responding\b",
            r"\b(?:interface|link|carrier|wifi|uplink) (?:\S{1,40} )?(?:is |went |was )?(?:down"
            r"|lost)\b|\blink down on \w",
            r"\b(?:lost|missed|no) heartbeats?\b|\bheartbeats? (?:was |were )?(?:missed|lost"
            r"|failed)\b",
            r"\b(?:network|socket) (?:read|write|send|receive|recv|i/o|io) (?:failed|error"
            r"|failure)\b|\b(?:read|write|send|receiv|recv)\w* (?:from|to) (?:the )?socket failed",
            r"\bfailure (?:reading|writing) network stream\b|\bsockets closed\b|\bonly \d+ bytes"
            r" received\b",
            r"\bno \w+ (?:is |are )?reachable\b|\bno route to destination\b|\b100% packet loss",
            r"\b(?:peers?|gateway|target|broker|port|service|endpoint|proxy|remote|destination"
            r"|controller|master|cluster|api|site|mirror|node|database) (?:is |are |was"
            r" )?(?:unreachable|not reachable)\b",
            r"\b(?:got|received|read|transferred|wrote) (?:only )?\d+ (?:of|out of) \d+ bytes\b"
            r"|\b\d+ of \d+ bytes (?:received|transferred|read)\b",
            r"\bthe remote procedure call failed\b",
            r"\bnetwork name is no longer available|\bnetwork path was not found|\bthe pipe has"
            r" been ended",
            r"\bstream id \d+[;:,] (?:internal_error|refused_stream|protocol_error|cancel)",
            r"\beof occurred in violation of protocol",
            r"\binterrupted (?:at|due to|by|because of) (?:server )?(?:shutdown|failover|restart"
            r"|step ?down)",
            r"\bspot (?:instance|vm|node)\b.{0,30}\b(?:terminated|reclaimed|interrupted|stopped"
            r"|lost)\b",
            r"\b(?:emulator|simulator|device|vm|machine) (?:did not|didn['\u2019]t|never|failed"
            r" to) (?:come (?:online|up)|boot)\b",
            r"\bbecause of crash of another server process",
        ),
    ),
    fact(
        "rate.manners",
        RATE_LIMIT,
        "too much|too fast|too often|too quickly|too frequently|too high|slow your|consumed"
        "|depleted|usage for|hourly limit|daily limit|minute limit|rate limit|request limit"
        "|call limit|message limit|usage limit|monthly limit|usage cap|per second|per minute"
        "|per hour|per day|max requests|max calls|maximum number|allowed number|for this hour"
        "|for this minute|for this second|for this day|be called once|every|between requests"
        "|between calls|from this ip|from your ip|unusual traffic|by rate|by the rate|rate limiter"
        "|token bucket|cooldown|throughput limit|over the limit",
        "the server asks to come less often",
        "error: you are posting too fast",
        "error: the clock runs too fast",
        weight=DECISIVE,
        pattern=either(
            r"\b(?:doing|posting|sending|requesting|calling|asking|trying|connecting|polling"
            r"|submitting|creating|hitting)\b.{0,20} too (?:much|fast|often|quickly|frequently"
            r"|many times)\b",
            rf"\brate of {_ASKED} (?:is )?too high\b|\b(?:write|read|request|call) rate (?:is )?too"
            r" high\b",
            r"\bslow (?:down )?your (?:requests?|calls|pace)\b",
            r"\b(?:request|api|call|daily|hourly|query|token)s? (?:\w+ )?(?:quota|allowance|budget)"
            r" (?:has been |is |was )?(?:consumed|depleted|used up|exhausted|spent)\b",
            rf"\b(?:usage|quota|limit|cap|allowance) (?:reached )?for (?:this|the current)"
            rf" {_UNIT}\b",
            r"\b(?:hit|reached|exceeded|over|passed) (?:the |your |its |our |an? )?(?:\w+ ){0,2}"
            r"(?:hourly|daily|(?:per[- ])?minute|monthly|weekly|request|call|api|message|query"
            r"|usage) (?:limit|quota|cap|allowance)\b",
            rf"\bexceeded (?:the )?(?:max(?:imum)?|allowed|permitted) (?:number of )?(?:\w+"
            rf" )?{_ASKED}",
            rf"\b(?:max(?:imum)?|allowed) (?:number of )?(?:\w+ )?{_ASKED}(?: \w+)? per {_UNIT}\b",
            rf"\b{_ASKED} per {_UNIT}\b.{{0,30}}\b(?:limit|quota|cap|exceeded|reached)",
            rf"\bquota of .{{1,30}} per {_UNIT} (?:was |is |has been )?(?:exceeded|reached)",
            rf"\bmay (?:only )?be (?:called|used|requested) (?:only )?(?:once|twice|\d+ times)"
            rf" (?:per|every|an?|each) (?:\d+ )?{_UNIT}\b",
            rf"\bcan only \w+ .{{1,30}} every \d+ {_UNIT}|\bwait \d+ {_UNIT} between {_ASKED}",
            r"\brequests from (?:this|your) (?:ip|address|account|network|client)\b.{0,20}"
            r" (?:limited|throttled|restricted)\b",
            r"\bunusual traffic from your\b",
            r"\b(?:blocked|rejected|refused|denied|stopped) by (?:the |a )?rate[- ]?limit|\brate[-"
            r" ]limiter (?:rejected|blocked|denied|refused)",
            r"\btoken bucket (?:is )?empty\b|\bafter the cool-?down\b|\bthroughput limit"
            r" exceeded\b",
            r"\bover the limit: \d+ (?:req|requests|calls)\b",
        ),
    ),
    fact(
        "race.lost",
        TRANSIENT,
        "by another|rolled back|concurrent update|concurrent modification|concurrent write"
        "|concurrent change|concurrent operation|version conflict|write conflict|update conflict"
        "|snapshot too old|since it was|obtain connection|obtain a connection",
        "another was faster",
        "error: the row was updated or deleted by another transaction",
        "error: a merge conflict in a.txt",
        weight=HINT + 2,
        severity=LOW,
        pattern=either(
            r"\b(?:was|has been|have been|were) (?:updated|changed|modified|deleted)(?: or \w+)?"
            r" by another\b",
            r"\brolled back (?:because of|due to) (?:an? )?(?:\w+ )?conflict",
            r"\bconcurrent (?:update|modification|write|change|operation)s? (?:detected|error"
            r"|failure|conflict)",
            r"\b(?:version|write|update) conflict\b(?! (?:between|in|with version))",
            r"\bsnapshot too old\b",
            r"\bchanged since it was (?:last )?(?:read|loaded|fetched)",
            r"\bcould not obtain (?:a )?connection\b",
        ),
    ),
)
