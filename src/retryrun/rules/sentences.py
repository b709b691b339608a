"""Sentences: who, and what became of it, whatever the words are that a program chose.

A connection and how it ended, the other side and how it is, what could not be reached: each row
is made of the words for the one and the words for the other, so that "the tunnel was torn down"
is understood as well as "connection closed".
"""

from __future__ import annotations

from ..core.failure import CRITICAL, LOW, NETWORK, PERMANENT, RESOURCE, TRANSIENT
from .fact import CAUSE, DECISIVE, HEADLINE, HINT, fact

# What joins two sides, in every case.
_LINK = (
    r"(?:(?:web ?|tcp |unix |ssl |tls )?sockets?|connections?|conn|tunnel|transport|(?:up|down)link"
    r"|link(?= (?:to|with|between))|vpn|port[- ]forward(?:ing)?|(?:ssh|rpc|grpc|ftp|http|sql|db"
    r"|data|database|remote|tcp|event|http/2|log|watch|control) (?:session|channel|stream|link))"
)
# With whom: "to the server", "(id 7)".
_WITH = (
    r"(?: (?:to|with|from|between|at|on|of) (?:the |an? |our |your )?[^\s,;]{1,80}(?: (?!was\b|is\b"
    r"|has\b|will\b|can)[^\s,;]{1,80}){0,3}?| \([^)]{1,40}\)| #?\d+| [^\s.:…]{0,40}[.:…]\S{0,80})?"
)
_WAS = r"(?:[ ,](?:was|is|has|had|been|were|got|being|already|just|apparently|then))*"
_BADLY = r"(?:unexpectedly|prematurely|abruptly|suddenly|forcibly|too early|early|midway|halfway)"
_BROKE = (
    r"(?:lost|dropped|reset|broken|aborted|interrupted|disconnected|severed|torn down|killed|died"
    r"|cut(?: off)?|hung up|gone away|went (?:away|down)|dead|down|broke(?: (?:off|down|up))?"
    r"|not (?:open|alive)|no longer (?:open|alive|connected|available|usable|active)|unusable"
    r"|(?:could not|cannot) be (?:opened|made|established|kept|maintained)|disappeared|vanished"
    r"|collapsed)"
)
# What may also be a part of one program: only the strongest words tell that it joined two sides.
_PERHAPS = r"(?:sessions?|channels?|streams?|pipes?|feeds?|shells?|subscriptions?)"
_TORN = (
    r"(?:lost|dropped|disconnected|severed|hung up|torn down|reset by|interrupted by"
    r"|closed by (?:the )?(?:\w+ )?(?:server|peer|host|remote|other)|could not be (?:opened"
    r"|established))"
)
_ANY_LINK = (
    r"(?:connections?|sockets?|websocket|sessions?|tunnels?|channels?|streams?|links?|transport)"
)
_HOST = (
    r"(?<![\w.-])[\w-]{1,60}(?:\.[\w-]{1,60}){0,6}\.(?:com|org|net|io|dev|local|internal|cloud"
    r"|example)"
)
# The other side.
_PEER = (
    r"(?:(?:\w+[ -]){0,2}?(?:server|service|back[- ]?end|host|peer|broker|daemon|cluster|endpoint"
    r"|api|registry|mirror|proxy|gateway|load balancer|upstream|provider|site|website|controller"
    r"|control plane|coordinator|replica|remote(?: end| side)?|far end|other (?:end|side)|node"
    r"|database|db|instance|repository|hub|system|platform|primary|leader|region|shard|vm|machine"
    r"|agent"
    r"|runner)"
    rf"|{_HOST}|(?<![\w.-])[\w.-]{{1,80}}:\d{{2,5}}|\w+://…)"
)
# Which one: "node 3", "broker kafka-1:9092".
_NAMED = r"(?: (?:[\w./-]{0,60}[\d.:…/_-][\w./:…-]{0,60}|['\"(][^\s'\"()]{1,60}['\")]))?"
_IS = (
    r"(?:['\u2019]s|(?: (?:is|are|was|were|be|been|has|seems|appears|looks|to be|currently"
    r"|temporarily|still|now|presently|already|apparently|probably|reportedly))+)"
)
_DOWN = (
    r"(?:down(?! to\b)|(?:unavailable|not available)(?! (?:in|for|on|to|with|as)\b)|offline"
    r"|overloaded|overwhelmed|under (?:\w+ )?(?:load|pressure)|(?:at|over) (?:its )?capacity"
    r"|restarting|rebooting|recovering|resyncing|degraded|unhealthy|failing over|out of service"
    r"|unstable|draining|not (?:yet )?(?:up\b|online|healthy|initiali[sz]ed)"
    r"|not (?:currently )?(?:accepting"
    r"|able to (?:handle|process|serve|accept|take))|(?:experiencing|having|suffering|facing"
    r"|seeing)(?: from)? (?:[\w-]+ ){0,3}(?:problems?|issues?|difficult\w+|outages?|errors?|load"
    r"|traffic|downtime|disruptions?|troubles?|delays)|in (?:recovery|failover|standby)|too slow)"
)
_TROUBLE = (
    r"an? (?:\w+ )?(?:internal(?: server)? (?:error|failure|problem|fault)|(?:unexpected|temporary"
    r"|transient|server) (?:error|failure|problem|fault)|hiccup|outage)"
)
_TIMES = r"(?:\d+(?:\.\d+)? ?(?:ms|s|m|secs?|seconds?|mins?|minutes?|millis\w*|attempts?|tries))"
_CANNOT = (
    r"(?:could ?n[o'\u2019]t|can ?not|can['\u2019]t|unable to|fail(?:ed|s) to|not able to"
    r"|impossible to|(?:gave up|timed out) trying to|(?:errors?|problems?|trouble|difficult\w+"
    r"|failure) (?:while |when |in )?(?:trying|attempting) to)"
)
_TROUBLE_WITH = r"(?:failed|errors?|problems?|trouble|difficult\w+|failures?|issues?)(?: while| when| in| with)?"
# What is connected inside one program or one machine.
_NOT_AFAR = (
    r"(?! (?:the |an? |its |your )?(?:signal|slot|dots|nodes?\b|pins?\b|edges?\b|probe|target"
    r"|device"
    r"|display|debugger|adapter|board|bus|both|itself|port name|objects?|methods?|class(?:es)?"
    r"|settings|string|file|config|x server))"
)
_WAITING = (
    r"(?:waiting (?:for|on)|connecting|reading|receiving|sending|contacting|fetching|downloading"
    r"|uploading|talking to|communicating with|negotiating|handshaking|resolving|polling|querying"
    r"|during (?:the )?(?:handshake|download|upload|transfer|connect\w*|negotiation))"
)
_ANSWER = r"(?:response|reply|answer|acknowledge?ment|ack|heartbeat|pong|greeting|banner)"
_MOVED = (
    r"(?:(?:down|up)loads?|responses?|transfers?|repl(?:y|ies)|stream(?:ing)?|body|payload"
    r"|transmission|fetch|clone|handshake|negotiation)"
)
_STORE = (
    r"(?:disk|device|volume|partition|drive|file ?system|storage|tablespace|(?:data|cache|log"
    r"|temp\w*|build|work\w*) (?:folder|directory|dir|volume|partition|disk))"
)
_FORBIDDEN = (
    r"(?!.*(?:permission denied|read-only|no such file|not permitted|are you root|not found))"
)

FACTS = (
    fact(
        "link.ended",
        NETWORK,
        "lost|dropped|reset|broken|aborted|interrupted|disconnected|severed|torn|killed|died|cut"
        "|hung up|gone away|went away|went down|dead|down|broke|not open|not alive|no longer"
        "|unusable|could not be|cannot be|disappeared|vanished|collapsed|closed unexpectedly"
        "|unexpectedly closed|closed early|closed abruptly|closed by|was closed|closed before"
        "|has closed|is closed|been closed|closed the|closed its|closed our|dropping|losing"
        "|terminated|retries|unexpected",
        "what joins two sides came to an end",
        "error: the tunnel to the build host was torn down",
        "error: the connection string is broken",
        weight=HINT + 1,
        pattern=(
            rf"\b{_LINK}{_WITH}{_WAS}(?: {_BADLY})? (?:{_BROKE}\b|(?:closed|terminated|ended)"
            rf" (?:{_BADLY}|by (?:the )?(?:\w+ )?(?:server|peer|host|remote|side|end|broker|proxy"
            r"|gateway)|before|while|during|mid))(?! by (?:the )?user)"
            rf"|\b(?:{_LINK}|{_PERHAPS}(?: \S{{0,40}}\d\S{{0,40}})?){_WAS} (?:{_TORN}\b|{_BADLY}"
            rf" (?:closed|terminated|ended)|(?:closed|terminated|ended) {_BADLY})"
            r"|\b(?:closed|dropped|reset|terminated|aborted|cut|ended|killed|broke(?: off)?"
            rf"|interrupted|severed) (?:the|our|your|its|this) (?:\w+ )?{_ANY_LINK}\b"
            r"|\b(?:lost|lose|losing|dropped|dropping|severed|interrupted|broke)"
            rf" (?:the |our |your |its |all |an? )*(?:\w+ ){{0,2}}{_ANY_LINK}\b"
            r"|\bunexpected (?:(?:session|connection|socket|channel|stream) (?:close|closure)"
            r"|disconnect\w*)\b|: disconnected(?: \(|\W*$)"
            r"|\bconnection \w+ retries\b.{0,30} exceeded|\b(?:lost"
            r"|losing) (?:contact|touch|communication) (?:with|to)\b"
        ),
    ),
    fact(
        "link.cut",
        NETWORK,
        "truncated|incomplete|cut off|cut short|interrupted|aborted|stalled|not fully"
        "|not completely|early|unexpectedly|prematurely|abruptly|empty response|empty reply"
        "|empty answer|partial|short read|empty body|not complete|hung|mid-transfer|midway"
        "|mid-stream|halfway|reset|did not complete|not completed|not finished|not received|shorter"
        "|smaller|stopped after|failed after|ended after",
        "what was on its way did not arrive in full",
        "error: the upload of part 3 was cut off",
        "error: the response model is incomplete",
        weight=HINT + 1,
        pattern=(
            rf"\b{_MOVED}(?: (?:of|from|to|for) \S{{1,80}}(?: \S{{1,80}})?)?{_WAS}"
            r" (?:truncated|cut (?:off|short)|interrupted|aborted|stalled|hung|reset"
            r"|(?:arrived |came )incomplete|(?:did )?not (?:fully |completely )?(?:received"
            r"|completed?|finish(?:ed)?)\b|(?:shorter|smaller) than (?:expected|announced|promised"
            rf"|declared)|(?:ended|stopped|terminated|finished|closed|broke off|failed|died)"
            rf" (?:{_BADLY}|before|mid-?\w+))\b(?! by (?:the )?user)"
            r"|\b(?:down|up)loads?\b.{0,40} (?:was|is|were) incomplete\b|\b(?:response|transfer"
            r"|reply"
            r"|payload|transmission) (?:was|is) incomplete\b|\b(?:received|got|read|returned|sent"
            r"|gave) (?:back )?(?:only )?(?:an? |the )?(?:incomplete|partial|truncated|empty)"
            r" (?:http )?(?:response|reply|answer|message|packet|frame|download|body)\b"
            r"|\bshort read\b|\b(?:aborted|stopped|interrupted|failed|ended|broke off) (?:after|at)"
            r" \d+ (?:of|/) \d+ bytes"
        ),
    ),
    fact(
        "peer.silent",
        NETWORK,
        "respond|responded|responding|response|replied|answered|reply|replying|answer|answering"
        "|unresponsive|longer than|acknowledge"
        "|acknowledged|too long|gave up|giving up|time limit|stalled|ran out|out of time|hangs",
        "the other side did not answer",
        "error: node 3 did not respond",
        "error: the object does not respond to a method of that name",
        weight=HINT + 1,
        pattern=(
            rf"\b{_PEER}{_NAMED} (?:(?:(?:did|does|do|has|is|was|are|were|seems|appears)(?: not"
            r"|n['\u2019]t)|never|fail(?:ed|s) to|stopped|refuses to"
            r"|not) (?:been )?(?:yet )?(?:respond"
            r"|repl[yi]|answer|acknowledg|react)\w*(?! (?:with|to (?:the )?(?:method|message|#|`)))"
            r"|(?:is |was |became |seems )?(?:unresponsive|silent|hung)\b|(?:took|takes|taking) too"
            rf" long)|\b(?:no|without an?|without any|got no|gave no|had no|sent no) {_ANSWER}s?"
            r" (?:(?:was|were|has been) )?(?:received|from|within|(?:after|in|for) \d|until"
            rf"|returned|came|arrived|to the)\b|\b(?:gave|sent|got|had) no {_ANSWER}\b"
            rf"|\b(?:waited|waiting) (?:too long|(?:more than |over |for )?{_TIMES}) (?:for|on)"
            rf" (?:an? |the )?(?:\w+ )?(?:{_ANSWER}|server|host|peer|connection)\b"
            r"|\b\w+ (?:is|are|was) not responding\b|\b(?:request|query|call|connection|response"
            r"|reply|operation|read|write"
            r"|(?:down|up)load)\b.{0,30} (?:took|taking|takes) (?:too long|(?:longer|more) than \d)"
            r"|\b(?:gave up|giving up|stalled|time limit (?:was )?(?:reached|exceeded|hit)"
            rf"|(?:ran )?out of time|took too long) (?:while |when )?{_WAITING}\b"
            r"(?! (?:a |the )?(?:lock|test|element|selector))"
        ),
    ),
    fact(
        "net.connect",
        NETWORK,
        "talk to|communicate with|dial|ping|look up|response from|answer from|reply from"
        "|connection to|connect to|reach|contact|through to|session with|tunnel to|connecting to"
        "|reaching|contacting|talking to|communicating with|communication with|dialing|dialling"
        "|pinging|channel to|link to|connection with|connect with|reconnect|log in to|establish"
        "|reconnecting|delay|latency|read|receive|open a connection|open connection|be reached"
        "|not reachable|unable to connect|could not connect|cannot connect|couldn't connect"
        "|can't connect|failed to connect|e170013|cannot be opened|make a connection"
        "|create a connection",
        "the other side could not be reached, for a reason that is not said here",
        "error: was not able to talk to the licence server",
        "error: cannot connect signal to slot",
        weight=HINT + 2,
        pattern=(
            rf"\b(?:{_CANNOT} (?:(?:re)?(?:talk to|communicate with|dial(?:ing)?|contact|connect"
            r" (?:to|with|back)|connect(?=\.?$)|get (?:an? |any |the )?(?:" + _ANSWER + r" (?:from"
            r"|out of)|connection (?:to|with))|(?:read|receive) (?:an? |the |any )?(?:[\w-]{1,40} "
            r"){0,3}(?:response|reply|answer|greeting|banner|handshake)|get through to"
            r"|(?:re-?)?(?:establish|make|create) (?:an? |the |any )?(?:[\w-]{1,40} ){0,3}"
            r"(?:connection|link|session|tunnel|channel|communication)|(?:re)?open (?:an? |the "
            r"|any "
            r")?(?:[\w-]{1,40} ){0,3}(?:connection|tunnel|channel to|session with|socket to))\b"
            + _NOT_AFAR
            + r"|.{1,60} due to (?:a |the )?(?:delay|slow\w*|latency|lag)\b"
            rf"|(?:reach|ping|look up|log in to|join|poll|query) (?:the )?{_PEER}\b(?! (?:limit"
            rf"|name|type|key|version)))|{_TROUBLE_WITH} (?:the )?(?:(?:re)?connecting (?:to|with)"
            r"(?! \w+://)|reaching|contacting|talking to|communicating with|communication with"
            r"|connection (?:to|with)|dial+ing|pinging)\b"
            + _NOT_AFAR
            + r")|\breconnect\b.{0,40} failed\b"
            r"|\S:\d{1,5} cannot be opened|\bconnection to \S+.{0,40} failed(?!:? fatal)"
            r"|\b(?:host|server|repository|registry|endpoint)\b.{0,80}(?:is not reachable"
            r"|(?:can ?not|can't|could not) be reached)"
        ),
    ),
    fact(
        "peer.down",
        TRANSIENT,
        "down|unavailable|not available|offline|overloaded|overwhelmed|load|pressure|capacity"
        "|restarting|rebooting|recovering|resyncing|degraded|unhealthy|failing over|out of service"
        "|unstable|draining|not up|not yet up|not online|not healthy|not initialized|not accepting"
        "|not able to|experiencing|having|suffering|facing|failover|in recovery|standby|went away"
        "|disappeared|vanished|restarted|hiccup|outage|fell over|internal error|crashed"
        "|internal failure|internal problem|unexpected error|dropped the request|too slow",
        "the other side is in trouble",
        "error: the licence server is under heavy load",
        "error: the value of the server is too low",
        weight=HINT,
        severity=LOW,
        pattern=(
            rf"\b{_PEER}{_NAMED}(?:{_IS} {_DOWN}\b|(?: (?:has|have|had|just"
            rf"|suddenly))* (?:went away"
            r"|gone away|disappeared|vanished|restarted|rebooted|fell over|gone down|went (?:down"
            r"|offline)|dropped (?:out|the request|our request)|(?:had|encountered|hit|met|reported"
            r"|returned|suffered|experienced|ran into|threw|responded with|answered with"
            rf"|failed with) {_TROUBLE})\b)|\b(?:broker|node|replica|primary|back[- ]?end|upstream"
            rf"|coordinator|leader){_NAMED} (?:has )?crashed\b|\b(?:service|server) not available\b"
            r"|\binternal error\b.{0,30}\b(?:reference|request[ _-]id|trace[ _-]?id|correlation"
            r"|incident)\b"
        ),
    ),
    fact(
        "reason.lasting",
        PERMANENT,
        "invalid|unsupported|missing|malformed|illegal|wrong|incorrect|unknown|unrecognized"
        "|incompatible|untrusted|bad|mismatch|not supported|not allowed|not permitted"
        "|not authorized|expired|required|disabled|not match|not exist|not support|not allow"
        "|n't match|n't exist|n't support|n't allow|not implemented|not enabled|not configured"
        "|not installed|no such|no matching|no route matches|no longer supported|not a valid",
        "the reason that is given does not pass",
        "error: could not connect to the server: unsupported protocol version",
        "error: connection refused",
        weight=HEADLINE,  # it only tells what the headline before it is about
        pattern=(
            r": (?:the |an? |your )?(?!(?:\w+ )?(?:size|length|checksum|hash|digest"
            r"|offset)s? )(?:(?:invalid|unsupported|missing|malformed|illegal|wrong"
            r"|incorrect|unrecognized|incompatible|untrusted|expired|unknown(?! (?:host(?! key)"
            r"|error|server|reason|failure|problem|issue|status))|bad(?! (?:gateway|record|mac|file"
            r" desc|address|magic|header|chunk|block|response|status|server|length|packet)))"
            r" (?!response\b|chunk|block|frame|packet|length|handshake)\w+"
            r"|(?:[\w.'\"-]{1,40} ){1,5}"
            r"(?:mismatch|(?:is |are |was )?(?:not (?:supported|allowed|permitted|authorized"
            r"|implemented|enabled|configured|installed|a valid)|unsupported|expired|required"
            r"|disabled|missing|invalid|incompatible)|(?:does|do|did)(?: not|n['\u2019]t) (?:match"
            r"|exist"
            r"|support|allow))\b|no (?:such|matching|route matches|longer supported)\b|method not"
            r" allowed|not (?:supported|allowed|permitted|authorized|implemented)\b)"
        ),
    ),
    fact(
        "state.moved",
        TRANSIENT,
        "since we|since it was|underneath|concurrently|by another|meantime|meanwhile|as we read"
        "|under us|while reading|while it was",
        "something was changed by another while it was used",
        "fatal: the index file has changed since we read it",
        "12 files were changed since it was tagged",
        weight=HINT + 2,
        severity=LOW,
        pattern=(
            r"\b(?:has|have|was|were) (?:been )?(?:changed|modified|updated|altered"
            r"|rewritten) (?:since (?:we|it was|they were|last) (?:read|loaded|fetched|opened"
            r"|listed)|underneath|under us|concurrently|by another \w+|in the meantime|meanwhile"
            r"|while (?:we|reading|it was being|being))\b|\bchanged as we read\b"
        ),
    ),
    fact(
        "lock.waited",
        TRANSIENT,
        "lock timed|get lock|get the|get a|take the|take a|get exclusive|grab|obtain|acquire"
        "|claim|secure|lease|mutex|semaphore|exclusive access|connection from the pool"
        "|connection from pool|lock taken|has locked|already taken|acquisition|allocate|reserve"
        "|check out"
        "|gave up|giving up|timed out|timeout|time-out|could not lock|cannot lock|failed to lock"
        "|unable to lock|be locked|waited too long|took too long|couldn't lock|can't lock",
        "a lock, or a place in a pool, was waited for in vain",
        "error: timed out trying to take the lock",
        "error: the lock file was not found",
        weight=CAUSE + 2,  # a wait for a lock is no wait for the network
        severity=LOW,
        pattern=(
            r"\b(?:lock|lease|mutex|semaphore|latch)\b(?! ?file).{0,30}(?<!-)\b(?:timed out|timeout"
            r"|time-out)\b(?![\w.(=-]|\s*[:=]\s*\d| (?:value|option|setting|must))"
            r"|(?<![\w./-])(?:timed out|time-?out(?![\w.-])|gave up|giving up|waited too long"
            r"|took too long)\b.{0,60}\b(?:lock|lease|mutex|semaphore|exclusive access"
            r"|(?:a |the )?connection from (?:the |a )?pool)\b(?! ?file)"
            rf"|\b{_CANNOT} (?:(?:get|take|grab|obtain|acquire|secure|claim|check out|allocate"
            r"|reserve|book) (?:the |an? |any )?(?:[\w-]{1,40} ){0,3}(?:lock|lease|mutex|semaphore"
            r"|exclusive access|connection from (?:the |a )?pool|worker|runner|executor|build slot"
            r"|build agent|seat)\b(?! ?file)|(?:be )?lock(?:ed)? (?:the )?(?:state|database|db"
            r"|workspace|repository|cache|index|table|row|store|project|environment|stack)\b)"
            rf"{_FORBIDDEN}|\block (?:is |was )?(?:already )?taken\b"
            rf"|\bhas locked (?:the )?(?:table|row|record|file|index|database)"
            r"|\block acquisition (?:failure|failed|error|timeout)"
        ),
    ),
    fact(
        "dns.unresolved",
        NETWORK,
        "resolve|looked up|in dns|lookup|resolution|dns failure|dns problem|resolving",
        "a name that no server of names knows",
        "error: the host name mirror-2 does not resolve",
        "error: the promise did not resolve",
        weight=HINT + 1,
        pattern=(
            rf"\b(?:host ?(?:name)?|dns(?: name)?|domain(?: name)?|server(?: name)?|address"
            rf"|{_HOST})"
            r"(?: \S{1,80})? (?:(?:does not|did not|doesn['\u2019]t|didn['\u2019]t) resolve"
            r"|(?:could not"
            r"|can ?not|can['\u2019]t) be (?:resolved|looked up)|(?:lookup|resolution"
            r"|resolve) (?:has )?"
            r"(?:failed|failure|timed out|time-?out|error|problem))\b|\bname does not resolve\b"
            r"|\b(?:not"
            r"|never) found in (?:the"
            r" )?dns\b|\bdns (?:failure|problem)\b|\b(?:problems?|trouble) (?:in |with |while )?"
            r"resolving \S+\.\w"
        ),
    ),
    fact(
        "memory.out",
        RESOURCE,
        "memory|heap|swap|malloc|alloc",
        "memory ran out, in words of the program's own",
        "error: this link step needs more memory than there is",
        "error: the heap of papers is out of order",
        weight=DECISIVE,
        pattern=(
            r"\b(?:(?:ran |run )?out of|exhausted (?:its|the|all)|no (?:more |free )?|not enough"
            r"|too little|insufficient) (?:heap|swap)(?: (?:space|memory)\b|\W*$)|\bno (?:more "
            r"|free )?memory (?:is )?(?:left|available)\b|\bneeds? more memory than|\b(?:use[sd]?"
            r"|using|took|takes|consum\w+) too much memory\b|\bmalloc returned null\b"
            r"|\bbad[ _]alloc\b|\bmemory quota (?:was )?(?:exceeded|reached)"
            r"|\blow (?:on )?memory\b(?=.{0,20}(?:exit|abort|kill|stop))"
        ),
    ),
    fact(
        "disk.full",
        RESOURCE,
        "full|inodes|more space|disk space|but only|room|quota exceeded|over quota",
        "a disk or a quota is full, in words of the program's own",
        "error: the partition is full",
        "error: the full name of the volume is needed",
        weight=DECISIVE + 2,
        severity=CRITICAL,
        pattern=(
            rf"(?:\b{_STORE}|(?<!\S)/(?:tmp|…))(?: \S{{1,80}})? (?:(?:(?:is|are|was|has become"
            rf"|nearly|almost"
            rf"|completely) )*"
            r"full\b(?! (?:name|path|of|text|scan|outer|backup|copy|report))|(?:is |was )?(?:over "
            r"(?:its )?quota|quota (?:was |is )?(?:exceeded|reached)))|\b(?:out of|no (?:more|free"
            r"|available)) inodes\b|\blow (?:on )?disk space\b|\b(?:needs?|requires?|required"
            r"|want\w*) \d[\d.,]* ?[kmgt]i?b?\b.{0,40}\bbut only \d"
            r"|\bno (?:more )?room (?:left )?on\b"
            r"|\b\w+ usage (?:is )?at 100 ?%|\bmore space (?:is )?needed\b"
        ),
    ),
    fact(
        "process.limit",
        RESOURCE,
        "threads|processes|descriptors|sockets|ports exhausted|thread creation|limit reached"
        "|limit was reached|limit exceeded|ulimit",
        "a limit on processes, threads or descriptors is reached",
        "error: no more processes can be started",
        "error: the number of threads must be a number",
        weight=DECISIVE,
        pattern=(
            r"\btoo many (?:threads|processes)\b|\b(?:no more|out of) (?:processes|threads|sockets"
            r"|pids|(?:file )?descriptors)\b|\bthread creation failed|\b(?:file descriptor|process"
            r"|thread|pids?|user processes|inotify watch|open files?|ulimit)(?: limit)? (?:was "
            r"|has been )?(?:reached|exceeded|hit)|\bmax user processes (?:was )?(?:reached"
            r"|exceeded)|\bephemeral ports (?:are )?exhausted"
        ),
    ),
)
