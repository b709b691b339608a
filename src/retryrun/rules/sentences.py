"""Sentences: who, and what became of it, whatever the words are that a program chose.

A connection and how it ended, the other side and how it is, what could not be reached: each row
is made of the words for the one and the words for the other, so that "the tunnel was torn down"
is understood as well as "connection closed".
"""

from __future__ import annotations

from ..core.failure import CRITICAL, LOW, NETWORK, PERMANENT, RESOURCE, TRANSIENT
from .fact import CAUSE, DECISIVE, HINT, REMARK, either, fact
from .vocabulary import (
    ANSWER,
    ANY_LINK,
    BADLY,
    BROKE,
    CANNOT,
    DOWN,
    HOST,
    IS,
    LINK,
    MOVED,
    NAMED,
    NOT_AFAR,
    NOT_BY_USER,
    NOT_FORBIDDEN,
    PEER,
    PERHAPS_LINK,
    STORE,
    TIMES,
    TORN,
    TROUBLE,
    TROUBLE_WITH,
    WAITING,
    WAS,
    WITH,
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
        "|terminated|retries|unexpected|use of closed|error on connection",
        "what joins two sides came to an end",
        "error: the tunnel to the build host was torn down",
        "error: the connection string is broken",
        weight=HINT + 1,
        pattern=either(
            rf"\b{LINK}{WITH}{WAS}(?: {BADLY})? (?:{BROKE}\b|(?:closed|terminated|ended) (?:{BADLY}"
            r"|by (?:the )?(?:\w+ )?(?:server|peer|host|remote|side|end|broker|proxy|gateway)"
            rf"|before|while|during|mid)){NOT_BY_USER}",
            rf"\b(?:{LINK}|{PERHAPS_LINK}(?: \S{{0,40}}\d\S{{0,40}})?){WAS} (?:{TORN}\b"
            rf"|{BADLY} (?:closed|terminated|ended)|(?:closed|terminated|ended) {BADLY})",
            r"\b(?:closed|dropped|reset|terminated|aborted|cut|ended|killed|broke(?: off)?"
            rf"|interrupted|severed) (?:the|our|your|its|this) (?:\w+ )?{ANY_LINK}\b",
            r"\b(?:lost|lose|losing|dropped|dropping|severed|interrupted|broke)"
            rf" (?:the |our |your |its |all |an? )*(?:\w+ ){{0,2}}{ANY_LINK}\b",
            r"\bunexpected (?:(?:session|connection|socket|channel|stream) (?:close|closure)"
            r"|disconnect\w*)\b",
            r"\buse of closed (?:network )?connect",
            r"\b(?:read|write) error on connection\b",
            r": disconnected(?: \(|\W*$)",
            r"\bconnection \w+ retries\b.{0,30} exceeded",
            r"\b(?:lost|losing) (?:contact|touch|communication) (?:with|to)\b",
        ),
    ),
    fact(
        "link.cut",
        NETWORK,
        "truncated|incomplete|cut off|cut short|interrupted|aborted|stalled|not fully"
        "|not completely|early|unexpectedly|prematurely|abruptly|empty response|empty reply"
        "|empty answer|partial|short read|empty body|not complete|hung|mid-transfer|midway"
        "|mid-stream|halfway|reset|did not complete|not completed|not finished|not received|shorter"
        "|smaller|corrupted|corrupt|damaged|stopped after|failed after|ended after",
        "what was on its way did not arrive in full",
        "error: the upload of part 3 was cut off",
        "error: the response model is incomplete",
        weight=HINT + 1,
        pattern=either(
            rf"\b{MOVED}(?: (?:of|from|to|for) \S{{1,80}}(?: \S{{1,80}})?)?{WAS} (?:truncated"
            r"|cut (?:off|short)|interrupted|aborted|stalled|hung|reset|(?:arrived |came"
            r" )incomplete|(?:did )?not (?:fully |completely )?(?:received|completed?"
            r"|finish(?:ed)?)\b|(?:shorter|smaller) than (?:expected|announced|promised|declared)"
            r"|(?:ended|stopped"
            rf"|terminated|finished|closed|broke off|failed|died) (?:{BADLY}|before|mid-?\w+))\b"
            rf"{NOT_BY_USER}",
            r"\b(?:down|up)loads?\b.{0,40} (?:was|is|were) incomplete\b",
            r"\b(?:response|transfer|reply|payload|transmission|chunk) (?:was|is) incomplete\b",
            r"\b(?:received|got|read|returned|sent|gave) (?:back )?(?:only )?(?:an? |the )?"
            r"(?:incomplete|partial|truncated|empty) (?:http )?(?:response|reply|answer|message"
            r"|packet|frame|download|body)\b",
            r"\bshort read\b",
            r"\bdid not complete (?:its |the )?(?:upload|download|transfer)\b",
            r"\b(?:corrupt(?:ed)?|damaged) (?:download|transfer|upload)\b",
            r"\b(?:aborted|stopped|interrupted|failed|ended|broke off) (?:after|at) \d+ (?:of|/)"
            r" \d+ bytes",
        ),
    ),
    fact(
        "peer.silent",
        NETWORK,
        "respond|responded|responding|response|replied|answered|reply|replying|answer|answering"
        "|unresponsive|longer than|acknowledge|acknowledged|too long|gave up|giving up|time limit"
        "|stalled|ran out|out of time|hangs|no message",
        "the other side did not answer",
        "error: node 3 did not respond",
        "error: the object does not respond to a method of that name",
        weight=HINT + 1,
        pattern=either(
            rf"\b{PEER}{NAMED} (?:(?:(?:did|does|do|has|is|was|are|were|seems|appears)(?: not"
            r"|n['\u2019]t)|never|fail(?:ed|s) to|stopped|refuses to|not) (?:been )?(?:yet )?"
            r"(?:respond|repl[yi]|answer|acknowledg|react)\w*(?! (?:with|to (?:the )?(?:method"
            r"|message|#|`)))|(?:is |was |became |seems )?(?:unresponsive|silent|hung)\b|(?:took"
            r"|takes|taking) too long)",
            rf"\b(?:no|without an?|without any|got no|gave no|had no|sent no) {ANSWER}s?"
            r" (?:(?:was|were|has been) )?(?:received|from|within|(?:after|in|for) \d|until"
            r"|returned|came|arrived|to the)\b",
            rf"\b(?:gave|sent|got|had) no {ANSWER}\b",
            rf"\b(?:waited|waiting) (?:too long|(?:more than |over |for )?{TIMES}) (?:for|on)"
            rf" (?:an? |the )?(?:\w+ )?(?:{ANSWER}|server|host|peer|connection)\b",
            r"\b\w+ (?:is|are|was) not responding\b",
            r"\bno message in \d+ ?ms\b",
            r"\b(?:request|query|call|connection|response|reply|operation|read|write|(?:down"
            r"|up)load)\b.{0,30} (?:took|taking|takes) (?:too long|(?:longer|more) than \d)",
            r"\b(?:gave up|giving up|stalled|time limit (?:was )?(?:reached|exceeded|hit)|(?:ran"
            r" )?out"
            rf" of time|took too long) (?:while |when )?{WAITING}\b(?! (?:a |the )?(?:lock|test"
            r"|element|selector))",
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
        "|create a connection|handshake",
        "the other side could not be reached, for a reason that is not said here",
        "error: was not able to talk to the licence server",
        "error: cannot connect signal to slot",
        weight=HINT + 2,
        pattern=either(
            rf"\b(?:{CANNOT} (?:(?:re)?(?:talk to|communicate with|dial(?:ing)?|contact|connect"
            rf" (?:to|with|back)|connect(?=\.?$)|get (?:an? |any |the )?(?:{ANSWER} (?:from|out of)"
            r"|connection (?:to|with))|(?:read|receive) (?:an? |the |any )?(?:[\w-]{1,40} ){0,3}"
            r"(?:response|reply|answer|greeting|banner|handshake)|get through to|(?:perform"
            r"|complete|finish|do) (?:the |an? )?(?:tls |ssl )?handshake|(?:re-?)?(?:establish"
            r"|make|create) (?:an? |the |any )?(?:[\w-]{1,40} ){0,3}(?:connection|link|session"
            r"|tunnel|channel|communication)|(?:re)?open (?:an? |the |any )?(?:[\w-]{1,40}"
            r" ){0,3}(?:connection|tunnel|channel to|session with|socket to))\b"
            rf"{NOT_AFAR}|.{{1,60}} due to (?:a |the )?(?:delay|slow\w*|latency|lag)\b)"
            rf"|{TROUBLE_WITH} (?:the )?(?:(?:re)?connecting (?:to|with)"
            r"(?! \w+://)|reaching|contacting|talking to|communicating with|communication with"
            rf"|connection (?:to|with)|dial+ing|pinging)\b{NOT_AFAR})",
            r"\breconnect\b.{0,40} failed\b",
            r"\S:\d{1,5} cannot be opened",
            r"\bconnection to \S+.{0,40} failed(?!:? fatal)",
            r"\b(?:host|server|repository|registry|endpoint)\b.{0,80}(?:is not reachable|(?:can"
            r" ?not|can't|could not) be reached)",
        ),
    ),
    fact(
        "net.connect",
        NETWORK,
        "reach|ping|look up|log in to|join|poll|query",
        "the other side could not be reached, for a reason that is not said here",
        "error: unable to log in to the registry",
        "error: cannot join the server name and the path",
        weight=HINT + 2,
        pattern=(
            rf"\b{CANNOT} (?:reach|ping|look up|log in to|join|poll|query) (?:the )?{PEER}\b"
            r"(?! (?:limit|name|type|key|version|package))"
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
        pattern=either(
            rf"\b{PEER}{NAMED}(?:{IS} {DOWN}\b|(?: (?:has|have|had|just|suddenly))* (?:went away"
            r"|gone away|disappeared|vanished|restarted|rebooted|fell over|gone down|went (?:down"
            r"|offline)|dropped (?:out|the request|our request)|(?:had|encountered|hit|met|reported"
            r"|returned|suffered|experienced|ran into|threw|responded with|answered with"
            rf"|failed with) {TROUBLE})\b)",
            r"\b(?:broker|node|replica|primary|back[- ]?end|upstream|coordinator|leader)"
            rf"{NAMED} (?:has )?crashed\b",
            r"\b(?:service|server) not available\b",
            r"\bover capacity\b",
            r"\binternal error\b.{0,30}\b(?:reference|request[ _-]id|trace[ _-]?id|correlation"
            r"|incident)\b",
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
        weight=REMARK,
        pattern=(
            r": (?:the |an? |your )?(?!(?:[\w.-]{1,40} ){0,4}(?:size|length|checksum|hash|digest"
            r"|offset)s? )(?:"
            + either(
                r"(?:invalid|unsupported|missing|malformed|illegal|wrong|incorrect|unrecognized"
                r"|incompatible|untrusted|expired|unknown(?! (?:host(?! key)|error|server|reason"
                r"|failure|problem|issue|status))|bad(?! (?:gateway|record|mac|file desc|address"
                r"|magic|header|chunk|block|response|status|server|length|packet)))"
                r" (?!response\b|chunk|block|frame|packet|length|handshake)\w+",
                r"(?:[\w.'\"-]{1,40} ){1,5}(?:mismatch|(?:is |are |was )?(?:not (?:supported"
                r"|allowed|permitted|authorized|implemented|enabled|configured|installed|a valid)"
                r"|unsupported|expired|required|disabled|missing|invalid|incompatible)|(?:does|do"
                r"|did)(?: not|n['\u2019]t) (?:match|exist|support|allow))\b",
                r"no (?:such|matching|route matches|longer supported)\b",
                r"method not allowed",
                r"not (?:supported|allowed|permitted|authorized|implemented)\b",
            )
            + ")"
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
        pattern=either(
            r"\b(?:has|have|was|were) (?:been )?(?:changed|modified|updated|altered|rewritten)"
            r" (?:since (?:we|it was|they were|last) (?:read|loaded|fetched|opened|listed)"
            r"|underneath|under us|concurrently|by another \w+|in the meantime|meanwhile|while"
            r" (?:we|reading|it was being|being))\b",
            r"\bchanged as we read\b",
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
        pattern=either(
            r"\b(?:lock|lease|mutex|semaphore|latch)\b(?! ?file).{0,30}(?<!-)\b(?:timed out|timeout"
            r"|time-out)\b(?![\w.(=-]|\s*[:=]\s*\d| (?:value|option|setting|must))",
            r"(?<![\w./-])(?:timed out|time-?out(?![\w.-])|gave up|giving up|waited too long"
            r"|took too long)\b.{0,60}\b(?:lock|lease|mutex|semaphore|exclusive access"
            r"|(?:a |the )?connection from (?:the |a )?pool)\b(?! ?file)",
            rf"\b{CANNOT} (?:(?:get|take|grab|obtain|acquire|secure|claim|check out|allocate"
            rf"|reserve"
            r"|book) (?:the |an? |any )?(?:[\w-]{1,40} ){0,3}(?:lock|lease|mutex|semaphore"
            r"|exclusive access|connection from (?:the |a )?pool|worker|runner|executor|build slot"
            r"|build agent|seat)\b(?! ?file)|(?:be )?lock(?:ed)? (?:the )?(?:state|database|db"
            r"|workspace|repository|cache|index|table|row|store|project|environment|stack)\b)"
            rf"{NOT_FORBIDDEN}",
            r"\block (?:is |was )?(?:already )?taken\b",
            r"\bhas locked (?:the )?(?:table|row|record|file|index|database)",
            r"\block acquisition (?:failure|failed|error|timeout)",
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
        pattern=either(
            r"\b(?:host ?(?:name)?|dns(?: name)?|domain(?: name)?|server(?: name)?|address"
            rf"|{HOST})(?: \S{{1,80}})? (?:(?:does not|did not|doesn['\u2019]t|didn['\u2019]t)"
            rf" resolve"
            r"|(?:could not|can ?not|can['\u2019]t) be (?:resolved|looked up)|(?:lookup|resolution"
            r"|resolve) (?:has )?(?:failed|failure|timed out|time-?out|error|problem))\b",
            r"\bname does not resolve\b",
            r"\b(?:not|never) found in (?:the )?dns\b",
            r"\bresolve .{0,40}\b(?:host ?name|domain name|dns name)\b",
            r"\bdns (?:failure|problem)\b",
            r"\b(?:problems?|trouble) (?:in |with |while )?resolving \S+\.\w",
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
        pattern=either(
            r"\b(?:(?:ran |run )?out of|exhausted (?:its|the|all)|no (?:more |free )?|not enough"
            r"|too little|insufficient) (?:heap|swap)(?: (?:space|memory)\b|\W*$)",
            r"\bno (?:more |free )?memory (?:is )?(?:left|available)\b",
            r"^\W*no memory\W*$",
            r"\bneeds? more memory than",
            r"\b(?:use[sd]?|using|took|takes|consum\w+) too much memory\b",
            r"\bmalloc returned null\b",
            r"\bbad[ _]alloc\b",
            r"\bmemory quota (?:was )?(?:exceeded|reached)",
            r"\blow (?:on )?memory\b(?=.{0,20}(?:exit|abort|kill|stop))",
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
        pattern=either(
            rf"(?:\b{STORE}|(?<!\S)/(?:tmp|…))(?: \S{{1,80}})? (?:(?:(?:is|are|was|has become"
            rf"|nearly"
            r"|almost|completely) )*full\b(?! (?:name|path|of|text|scan|outer|backup|copy|report))"
            r"|(?:is |was )?(?:over (?:its )?quota|quota (?:was |is )?(?:exceeded|reached)))",
            r"\b(?:out of|no (?:more|free|available)) inodes\b",
            r"\blow (?:on )?disk space\b",
            r"\b(?:needs?|requires?|required|want\w*) \d[\d.,]* ?[kmgt]i?b?\b.{0,40}\bbut only \d",
            r"\bno (?:more )?room (?:left )?on\b",
            r"\b\w+ usage (?:is )?at 100 ?%",
            r"\bmore space (?:is )?needed\b",
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
        pattern=either(
            r"\btoo many (?:threads|processes)\b",
            r"\b(?:no more|out of) (?:processes|threads|sockets|pids|(?:file )?descriptors)\b",
            r"\bthread creation failed",
            r"\b(?:file descriptor|process|thread|pids?|user processes|inotify watch|open files?"
            r"|ulimit)(?: limit)? (?:was |has been )?(?:reached|exceeded|hit)",
            r"\bmax user processes (?:was )?(?:reached|exceeded)",
            r"\bephemeral ports (?:are )?exhausted",
        ),
    ),
)
