"""What sentences are made of: words for connections, for the other side, for how either is.

Each is a piece of a pattern; none of them captures, and all repetition in them is bounded.
"""

from __future__ import annotations

# What joins two sides, in every case.
LINK = (
    r"(?:(?:web ?|tcp |unix |ssl |tls )?sockets?|connections?|conn|tunnel|transport|(?:up|down)link"
    r"|link(?= (?:to|with|between))|vpn|port[- ]forward(?:ing)?|(?:ssh|rpc|grpc|ftp|http|sql|db"
    r"|data|database|remote|tcp|event|http/2|log|watch|control) (?:session|channel|stream|link))"
)
# What may also be a part of one program: only strong words tell that it joined two sides.
PERHAPS_LINK = r"(?:sessions?|channels?|streams?|pipes?|feeds?|shells?|subscriptions?)"
ANY_LINK = (
    r"(?:connections?|sockets?|websocket|sessions?|tunnels?|channels?|streams?|links?|transport)"
)
# With whom: "to the server", "(id 7)".
WITH = (
    r"(?: (?:to|with|from|between|at|on|of) (?:the |an? |our |your )?[^\s,;]{1,80}"
    r"(?: (?!was\b|is\b|has\b|will\b|can)[^\s,;]{1,80}){0,3}?| \([^)]{1,40}\)| #?\d+"
    r"| [^\s.:…]{0,40}[.:…]\S{0,80})?"
)
WAS = r"(?:[ ,](?:was|is|has|had|been|were|got|being|already|just|apparently|then))*"
BADLY = r"(?:unexpectedly|prematurely|abruptly|suddenly|forcibly|too early|early|midway|halfway)"
BROKE = (
    r"(?:lost|dropped|reset|broken|aborted|interrupted|disconnected|severed|torn down|killed|died"
    r"|cut(?: off)?|hung up|gone away|went (?:away|down)|dead|down|broke(?: (?:off|down|up))?"
    r"|not (?:open|alive)|no longer (?:open|alive|connected|available|usable|active)|unusable"
    r"|(?:could not|cannot) be (?:opened|made|established|kept|maintained)|disappeared|vanished"
    r"|collapsed)"
)
TORN = (
    r"(?:lost|dropped|disconnected|severed|hung up|torn down|reset by|interrupted by"
    r"|(?:closed|cut(?: off)?) by (?:the )?(?:\w+ )?(?:server|peer|host|remote|other)"
    r"|could not be (?:opened|established))"
)
# What is on its way from one side to the other.
MOVED = (
    r"(?:(?:down|up)loads?|responses?|transfers?|repl(?:y|ies)|stream(?:ing)?|body|payload"
    r"|transmission|fetch|clone|handshake|negotiation)"
)
ANSWER = r"(?:response|reply|answer|acknowledge?ment|ack|heartbeat|pong|greeting|banner)"

HOST = (
    r"(?<![\w.-])[\w-]{1,60}(?:\.[\w-]{1,60}){0,6}\.(?:com|org|net|io|dev|local|internal|cloud"
    r"|example)"
)
# The other side.
PEER = (
    r"(?:(?:\w+[ -]){0,2}?(?:server|service|back[- ]?end|host|peer|broker|daemon|cluster|endpoint"
    r"|api|registry|mirror|proxy|gateway|load balancer|upstream|provider|site|website|controller"
    r"|control plane|coordinator|replica|remote(?: end| side)?|far end|other (?:end|side)|node"
    r"|database|db|instance|repository|hub|system|platform|primary|leader|region|shard|vm|machine"
    rf"|agent|runner)|{HOST}|(?<![\w.])\d{{1,3}}(?:\.\d{{1,3}}){{3}}\b"
    rf"|(?<![\w.-])[\w.-]{{1,80}}:\d{{2,5}}|\w+://…)"
)
# Which one: "node 3", "broker kafka-1:9092".
NAMED = r"(?: (?:[\w./-]{0,60}[\d.:…/_-][\w./:…-]{0,60}|['\"(][^\s'\"()]{1,60}['\")]))?"
IS = (
    r"(?:['\u2019]s|(?: (?:is|are|was|were|be|been|has|seems|appears|looks|to be|currently"
    r"|temporarily|still|now|presently|already|apparently|probably|reportedly))+)"
)
DOWN = (
    r"(?:down(?! to\b)|(?:unavailable|not available)(?! (?:in|for|on|to|with|as)\b)|offline"
    r"|overloaded|overwhelmed|under (?:\w+ )?(?:load|pressure)|(?:at|over) (?:its )?capacity"
    r"|restarting|rebooting|recovering|resyncing|degraded|unhealthy|failing over|out of service"
    r"|unstable|draining|not (?:yet )?(?:up\b|online|healthy|initiali[sz]ed)"
    r"|not (?:currently )?(?:accepting|able to (?:handle|process|serve|accept|take))"
    r"|(?:experiencing|having|suffering|facing|seeing)(?: from)? (?:[\w-]+ ){0,3}(?:problems?"
    r"|issues?|difficult\w+|outages?|errors?|load|traffic|downtime|disruptions?|troubles?|delays)"
    r"|in (?:recovery|failover|standby)|too slow)"
)
# What the other side met with: "an internal error".
TROUBLE = (
    r"an? (?:\w+ )?(?:internal(?: server)? (?:error|failure|problem|fault)"
    r"|(?:unexpected|temporary|transient|server) (?:error|failure|problem|fault)|hiccup|outage)"
)
TIMES = r"(?:\d+(?:\.\d+)? ?(?:ms|s|m|secs?|seconds?|mins?|minutes?|millis\w*|attempts?|tries))"

CANNOT = (
    r"(?:could ?n[o'\u2019]t|can ?not|can['\u2019]t|unable to|fail(?:ed|s) to|not able to"
    r"|impossible to|(?:gave up|timed out) trying to|(?:errors?|problems?|trouble|difficult\w+"
    r"|failure) (?:while |when |in )?(?:trying|attempting) to)"
)
TROUBLE_WITH = (
    r"(?:failed|errors?|problems?|trouble|difficult\w+|failures?|issues?)"
    r"(?: while| when| in| with)?"
)
WAITING = (
    r"(?:waiting (?:for|on)|connecting|reading|receiving|sending|contacting|fetching|downloading"
    r"|uploading|talking to|communicating with|negotiating|handshaking|resolving|polling|querying"
    r"|during (?:the )?(?:handshake|download|upload|transfer|connect\w*|negotiation))"
)
# What is connected inside one program or one machine.
NOT_AFAR = (
    r"(?! (?:the |an? |its |your )?(?:signal|slot|dots|nodes? (?:to|and|with)\b|pins?\b|edges?\b"
    r"|probe|target|device|display|debugger|adapter|board|bus|both|itself|port name|objects?"
    r"|methods?|class(?:es)?|settings|string|file|config|x server))"
)
NOT_BY_USER = r"(?! by (?:the )?user)"

# What is filled.
STORE = (
    r"(?:disk|device|volume|partition|drive|file ?system|storage|tablespace|(?:data|cache|log"
    r"|temp\w*|build|work\w*) (?:folder|directory|dir|volume|partition|disk))"
)
# What says that a lock was not held by another, but cannot be had at all.
NOT_FORBIDDEN = (
    r"(?!.*(?:permission denied|read-only|no such file|not permitted|are you root|not found))"
)
