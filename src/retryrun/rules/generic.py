"""What any program may print: errno texts, name look-ups, connections, TLS, disks, memory, locks."""

from __future__ import annotations

from ..core.failure import CRITICAL, HIGH, LOW, NETWORK, PERMANENT, RATE_LIMIT, RESOURCE, TRANSIENT
from .fact import CAUSE, DECISIVE, HEADLINE, HINT, fact

NAMES = (
    fact(
        "dns.unresolved", NETWORK,
        "could not resolve host|couldn't resolve host|could not resolve hostname|cannot resolve host|unable to resolve host"
        "|name or service not known|temporary failure in name resolution|no such host|nodename nor servname provided"
        "|getaddrinfo|enotfound|eai_again|failure in name resolution|name resolution failed|unknown host|unknownhostexception"
        "|no address associated with hostname|name does not resolve|host not found|failed to lookup address information"
        "|dns error|could not resolve proxy|nxdomain|failed to resolve|could not resolve address|no such host is known"
        "|server misbehaving|could not translate host name|nameresolutionerror|name resolution failure|dns resolution failed"
        "|dns lookup failed|unresolvedaddressexception|unknown mysql server host|can't resolve|unable to resolve"
        "|resolving timed out|error resolving|cannot resolve|could not resolve|getaddrinfow|servname not supported"
        "|no dns entry|nameserver|dns server|bad address|temporary error resolving|temporary failure resolving|could not be resolved",
        "a host name could not be resolved",
        "tool: could not resolve host: api.example.org",
        "error: could not resolve dependency tree",
        pattern=r"(?:could ?n[o']t|cannot|can't|unable to|failed to) resolve (?:the )?(?:remote )?(?:host|hostname|proxy|address|name|server|domain|dns|'?[\w-]+(?:\.[\w-]+)+'?(?! to a)\b|https?:)"
        r"|name or service not known|failure in name resolution|no such host|nodename nor servname"
        r"|getaddrinfo|\benotfound\b|\beai_again\b|name resolution (?:failed|failure|error)|unknown host\b|unknownhostexception"
        r"|no address associated with|name does not resolve|host not found|failed to lookup address|dns error"
        r"|nxdomain|server misbehaving|could not translate host name|nameresolutionerror|dns (?:resolution|lookup|query) (?:failed|timed? ?out|error)"
        r"|unresolvedaddressexception|unknown mysql server host|resolving timed out|error resolving (?:host|'?[\w-]+\.)"
        r"|servname not supported|temporary (?:error|failure) resolving|bad address '|bad address …|hostname could not be resolved|host(?:name)? \S+ could not be resolved"
        r"|the remote name could not be resolved|dns server (?:failure|returned)",
    ),
)  # fmt: skip
CONNECTIONS = (
    fact(
        "net.refused", NETWORK,
        "connection refused|econnrefused|connectionrefused|actively refused|couldn't connect to server|could not connect to server"
        "|failed to connect|connection was refused|errno 111|os error 111|connectionrefusederror|econnrefused|cannot connect to|can't connect to|unable to connect"
        "|could not connect|couldn't connect|could not establish connection|failed to open tcp connection|connection could not be established"
        "|failed to establish a new connection|connectexception|cannot establish connection|error connecting to|connection to|errno 61|error 111|unable to establish|could not open connection|failed establishing connection|connect failed",
        "the other side does not accept connections",
        "tool: connect to db.example.org port 5432: Connection refused",
        "error: cannot connect to type 'int' at this signal",
        pattern=r"connection (?:was )?(?:actively )?refused|econnrefused|connectionrefused|actively refused|could ?n[o']t connect to (?:the )?(?:server|host|remote|database|registry|proxy|\S+[.:]\S+)"
        r"|errno 111|os error 111|error 111\b|errno 61\b"
        r"|(?:failed|unable) to connect (?:to|with) (?:the )?(?:(?:remote )?(?:server|host|proxy|database|registry|daemon|endpoint|api)|\S+[.:]\S*|[\w.-]+ port|https?:|'[^']+' ?:? ?(?:port|over|via)|localhost|…)"
        r"|(?:cannot|can't) connect to (?:the )?(?:(?:remote |mysql |local )*(?:server|host|proxy|database|registry|endpoint|api\b)|\S+[.:]\S*|https?:|localhost)(?! daemon)"
        r"|(?:could not|cannot|can't|unable to|failed to) (?:establish|open|make) (?:a )?(?:new )?(?:tcp |network |secure )?connection|failed establishing connection"
        r"|connectexception|error connecting to (?!signal)|could not open connection|connect failed|connection to \S+ (?:port \S+ )?failed",
    ),
    fact(
        "net.reset", NETWORK,
        "connection reset|econnreset|connection was reset|connectionreset|reset by peer|reset by remote|broken pipe|epipe|connection aborted|econnaborted|software caused connection abort"
        "|connection closed|connection was closed|connection lost|lost connection|connection terminated|closed by remote|server closed the connection|remote end closed connection"
        "|remotedisconnected|server disconnected|socket hang up|unexpected eof|unexpected end of file|premature|connection was forcibly closed|hung up unexpectedly|early eof"
        "|connection broken|incompleteread|empty reply|connection dropped|lost connection|server has gone away|closed connection|closed the connection|err_socket_closed|connection was lost|stream error|internal_error|goaway|transport is closing|eof|peer closed connection"
        "|und_err_socket|other side closed|terminated|transfer closed|incomplete|connection unexpectedly closed|connection interrupted|unexpectedly closed|broken connection|disconnected before|errno 104|os error 104|connectionreseterror|sslzeroreturnerror|ssleoferror|ssl_error_syscall|protocolerror|chunkedencodingerror|prematurely closed|prematureclosexception|noHttpResponseException|failed to respond|response ended prematurely|body ended|err_stream_premature_close|connection closed before|client network socket disconnected|connection timed out|connection prematurely closed|gone away|forcibly closed|closed abruptly|connection abort".lower(),
        "the connection broke off",
        "tool: recv: Connection reset by peer",
        "connection reset button not found in form",
        pattern=r"connection (?:was )?(?:reset(?: by|$|[\s)'\",.:;(]*$|[:;)\"',])|reset while)|\(connection reset\)|econnreset|connectionreset|reset by (?:peer|remote)|\bepipe\b|broken pipe|connection (?:was )?abort|econnaborted|software caused connection abort"
        r"|connection (?:was |has been |is |to \S+ )?(?:unexpectedly |prematurely |forcibly )?(?:closed|lost|terminated|dropped|interrupted|broken)|lost connection|(?:server|peer|remote|host|side|end) (?:has |unexpectedly )?closed|closed by (?:the )?remote"
        r"|remotedisconnected|server disconnected|socket hang up|(?:ssl|tls|handshake|server|read|recv|response|body|packet|stream|connection|http|get|post|head|rpc|http2|url|download|peer|https?:…).{0,60}unexpected (?:eof|end of file)|unexpected disconnect|unexpected eof while reading|hung up unexpectedly|early eof"
        r"|incompleteread|empty reply|server has gone away|err_socket_closed|stream error|(?:stream|http/2).{0,40}internal_error|goaway|transport is closing|: eof$|\beof\b.{0,40}(?:handshake|tls|ssl)|(?:handshake|tls|ssl|read|get|post|head|put)\b.{0,200}\beof\b"
        r"|und_err_socket|other side closed|typeerror: terminated|transfer closed|outstanding read data|incomplete (?:download|read|response|transfer|message)|disconnected before|errno 104|os error 104|os error 32\b|sslzeroreturn|ssleof|ssl_error_syscall|protocolerror|chunkedencoding|premature"
        r"|nohttpresponse|failed to respond|response ended|forcibly closed|gone away|body ended|peer closed",
    ),
    fact(
        "net.timeout", NETWORK,
        "timed out|timedout|etimedout|time-out|timeout|timeouterror|deadline exceeded|i/o timeout|esockettimedout|operation too slow|too slow|timeoutexception|timed-out|err_timed_out|errno 110|os error 110|read timed out|connect timed out|request timeout|esockettimedout",
        "the other side did not answer in time",
        "tool: read from api.example.org: Connection timed out",
        "lint: function 'fetch' has no timeout argument",
        pattern=r"(?:connection|connect|connecting|read|reading|write|request|operation|socket|handshake|transfer|response|receive|recv|network|resolving|ssl|tls|http|query|server|port \d+|host|fetch|download|upload|get|post|lookup|rpc|i/o|call|while|attempt|after|command|login|pull|push)\b.{0,80}?(?:timed[ -]?out|time-?out (?:after|exceeded|expired|reached|occurred|was|while|error)|timeout)"
        r"|: timed out|\btimed out (?:after|while|waiting|when|trying|connecting|reading|in)|^\W*(?:error:? )?(?:timed out|timeout)\W*$|(?:connection|connect|connecting|read|write|socket|handshake|gateway|i/o|network|request|response|idle|inactivity)[ -]time-?out|etimedout|esockettimedout|deadline exceeded|deadline_exceeded"
        r"|operation too slow|too slow|(?:connect|read|socket|http|pool|write|api|sockettimeout|open)?(?:timeout)(?:error|exception)\b(?!.*assert)|err_(?:connection_)?timed_out|errno 110|os error 110|\btimedout\b|(?:connect|read|pool|open|write)timeout\b|net::(?:open|read)timeout|timeout (?:was reached|while|waiting|exceeded|expired|awaiting|on)|und_err_\w*timeout",
    ),
    fact(
        "net.unreachable", NETWORK,
        "network is unreachable|enetunreach|ehostunreach|no route to host|host is unreachable|host is down|network unreachable|destination host unreachable|ehostdown|enetdown|network is down|noroutetohostexception|network dropped connection|host unreachable|err_internet_disconnected|err_network_changed|err_address_unreachable|network is not available|no internet|no network|errno 101|errno 113|os error 101|os error 113|unreachable host|you appear to be offline|err_connection|network error|networkerror|fetch failed|network failure|error sending request",
        "the network or the host cannot be reached",
        "tool: connect: Network is unreachable",
        "graph: node is unreachable from the root",
        pattern=r"network (?:is )?unreachable|enetunreach|ehostunreach|no route to host|host (?:is )?(?:unreachable|down)|ehostdown|enetdown|network is (?:down|not available)|noroutetohost|network dropped"
        r"|err_(?:internet_disconnected|network_changed|address_unreachable|connection_\w+)|no (?:internet|network) (?:connection|access)|appear to be offline|errno (?:101|113)\b|os error (?:101|113)\b",
    ),
    fact(
        "net.failed", NETWORK,
        "network error|networkerror|fetch failed|network failure|error sending request|network connectivity|connectionerror|connecterror|apiconnectionerror|clientconnectorerror|endpointconnectionerror|max retries exceeded|httprequestexception|transporterror|newconnectionerror|network problem|communications link failure|network request failed|failed to fetch|neterr|socketexception|socketerror|connection failure|connection problem|connection error|connection failed|network issue|network is|could not connect to the endpoint url|remoteprotocolerror|communication error|communication failure|networkexception",
        "the network failed",
        "Error: network error while asking the server",
        "class NetworkErrorHandler is deprecated",
        weight=HINT,
        pattern=r"network (?:error|failure|problem|issue|request failed|connectivity)|fetch failed|error sending request|(?:^|[\s.:(\[])(?:api|clientconnector|endpoint|new)?connect(?:ion)?error\b|(?:^|[\s.:(])(?:networkerror|transporterror|httprequestexception|socketexception|socketerror|remoteprotocolerror|networkexception)\b|max retries exceeded|communications link failure|typeerror: failed to fetch|connection (?:failure|problem|error|failed)|could not connect to the endpoint|communication (?:error|failure)",
    ),
)  # fmt: skip
TLS = (
    fact(
        "tls.certificate", PERMANENT,
        "certificate|cert_has_expired|self_signed_cert|depth_zero_self_signed_cert|unable_to_verify_leaf_signature|unable_to_get_issuer_cert|certificate_verify_failed|x509|pkix|cert_untrusted|err_tls_cert_altname_invalid|hostname mismatch|host key verification failed|badcertificate|unknownissuer|unknown ca|err_cert|trust anchor|sslcertverificationerror|sec_e_untrusted_root|unable to get local issuer",
        "a certificate or host key does not verify",
        "error: SSL certificate problem: self-signed certificate in certificate chain",
        "Storing certificate for later use",
        weight=DECISIVE + 4, severity=HIGH,
        pattern=r"certificate (?:problem|verif\w+|is not|has expired|signed by|expired|required|was not|not trusted|chain|validation|revoked|error|mismatch|has been|cannot|could not|unknown|name|of .{1,200} is not|is (?:expired|invalid|untrusted|self))|(?:invalid|bad|expired|untrusted|self[- ]signed|unknown|revoked|wrong|verify|verifying|unverified|peer|unsafe|unable to verify|unable to get local issuer|validate|remote|doesn't match) (?:(?:the|peer|server|remote|tls|ssl|leaf|host|first|local issuer|ssl/tls|server's)[ '])*certificate|certificate_verify_failed|cert_has_expired|self_signed_cert|unable_to_verify_leaf|unable_to_get_issuer|x509:|\bpkix\b|cert_untrusted|altname_invalid|host key verification failed|badcertificate|unknown ?issuer|unknown ca\b|err_cert|trust anchor|sslcertverification|untrusted_root|certificate's owner|get local issuer",
    ),
    fact(
        "tls.protocol", PERMANENT,
        "wrong version number|unsupported protocol|no protocols available|sslv3 alert handshake failure|protocol version|no shared cipher|first record does not look like a tls handshake|packet length too long|http response to https client|unrecognized name|dh key too small|corruptmessage|invalidcontenttype",
        "the two sides have no TLS in common",
        "curl: (35) error:0A00010B:SSL routines::wrong version number",
        "wrong version of the package",
        weight=DECISIVE,
        pattern=r"wrong[ _]version[ _]number|unsupported[ _]protocol\b|no protocols available|sslv3 alert handshake failure|tlsv1 alert protocol version|no shared cipher|does not look like a tls handshake|packet length too long|http response to https client|unrecognized name|dh key too small|corruptmessage|invalidcontenttype",
    ),
    fact(
        "tls.handshake", NETWORK,
        "handshake|ssl connect error|tls connect error|ssl_connect|gnutls_handshake|openssl ssl_read|gnutls recv error|rpc failed|tls packet with unexpected length",
        "a TLS handshake or session broke off",
        "net/http: TLS handshake timeout",
        "the handshake module was rebuilt",
        pattern=r"(?:ssl|tls)[\w ]*handshake (?:timeout|timed|eof|failed|error|aborted)|remote host terminated the handshake|handshake (?:timed|terminated|failed|timeout|interrupted)|error in the pull function|ssl_connect:? (?:syscall|errno)|unexpected length|ssl[_ ]connect error|gnutls recv error|openssl ssl_read|(?:tls|ssl) connect error",
    ),
)  # fmt: skip
LIMITS = (
    fact(
        "rate.limited", RATE_LIMIT,
        "rate limit|rate-limit|ratelimit|rate limited|too many requests|toomanyrequests|throttl|throttled|throttling|throttlingexception|slowdown|requestlimitexceeded|resource_exhausted|quota exceeded|exceeded your|limit exceeded|pull rate limit|rate exceeded|toomanyrequestsexception|rate_limit_exceeded|rate_limit_error|ratelimiterror|provisionedthroughputexceeded|abuse detection|secondary rate|insufficient_quota|usage limit|quota_exceeded|request limit|requests per|reduce your request rate|calls per|rate_limit|quotaexceeded|bandwidthlimitexceeded|err_too_many_requests|limitexceededexception|too many connections from|api limit|slow down|quota|userratelimitexceeded|ratelimitexceeded|limit reached|throttlederror|prioritizing|request rate|toomanyrequests|rate limiting|e429|limit_exceeded",
        "the server limits how often it may be asked",
        "error: API rate limit exceeded for 203.0.113.7",
        "rate_limit.c: rate limiter initialised",
        weight=DECISIVE,
        pattern=r"rate[ -]?limit(?:s|ed|ing)?\b.{0,40}(?:exceed|reached|hit|error|violat|denied|exhaust)|(?:exceed|reach|hit|over)\w*\b.{0,60}\brate[ -_]?limit|\brate[- ]limited\b|(?:^|\W)(?:api|pull|request|secondary|upload|download) rate limit|ratelimit(?:ed|error|exceeded|exception)|rate_limit_(?:exceeded|error)|too many requests|toomanyrequests"
        r"|throttl(?:ed|ing(?:exception|error)?)\b(?! (?:middleware|function|module))|\bslowdown\b|(?:reduce|slow) (?:down )?your request|requestlimitexceeded|resource[_ ]?exhausted|quota (?:has been )?(?:exceeded|reached|exhausted)|quota_exceeded|quotaexceeded|exceeded (?:your|the|its) (?:\w+ ){0,4}(?:quota|limit|rate)|exceeded (?:quota|rate)|(?:request|usage|api|call) limit (?:exceeded|reached|hit|has been)|rate exceeded|throughputexceeded|abuse detection|secondary rate|insufficient_quota|requests? per (?:second|minute|hour|day).{0,60}(?:exceed|limit)|(?:exceed|limit).{0,60}requests? per (?:second|minute|hour|day)|limitexceeded(?:exception)?\b|\be429\b|slow down\b.{0,20}(?:request|please|your)|(?:please|client) slow down|bandwidthlimitexceeded",
    ),
)  # fmt: skip
SYSTEM = (
    fact(
        "disk.full", RESOURCE,
        "no space left on device|enospc|disk full|disk is full|not enough space|not enough free space|no space left|insufficient disk space|out of disk|errno 28|os error 28|disk quota exceeded|edquot|insufficient space|not enough disk space|don't have enough free space|database or disk is full|could not extend file|out of space|insufficient storage|not enough free disk space|disk space|nospc|there is not enough space|errno: 28|short write|wrote only|dquot|error 28|filesystem full|file system is full|file too large|efbig|file size limit exceeded|no space on|not enough room",
        "a disk or a quota is full",
        "cp: error writing 'x': No space left on device",
        "disk space usage report written",
        weight=DECISIVE + 6, severity=CRITICAL,
        pattern=r"no space (?:left|on)|enospc|disk (?:is )?full|(?:not |do(?:es)?n't have )?enough (?:free )?(?:disk )?space(?! (?:between|around|before|after))|insufficient (?:free )?(?:disk )?(?:space|storage)|out of (?:disk(?: space)?|space)\b|errno:? 28\b|os error 28\b|error 28\b|disk quota exceeded|edquot|could not extend file|nospc|short write|wrote only \d+ of|file ?system (?:is )?full|file too large|efbig|file size limit exceeded|not enough room",
    ),
    fact(
        "memory.out", RESOURCE,
        "out of memory|cannot allocate memory|can't allocate memory|could not allocate memory|memory exhausted|memoryerror|outofmemoryerror|outofmemoryexception|enomem|bad_alloc|oomkilled|oom-killed|oom killed|heap out of memory|java heap space|gc overhead limit|metaspace|heap limit|failed to allocate|unable to allocate|insufficient memory|not enough memory|memory limit|allowed memory size|killed process|cannot allocate|outofmemory|std::bad_alloc|heap exhausted|failed to map|virtual memory exhausted|oom killer|oom-kill|oom_kill|errno 12|os error 12|memory allocation|exit code 137|exit status 137|code 137|signal: killed|killed signal|signal 9|sigkill|arraymemoryerror|out-of-memory|could not allocate|couldn't allocate|cannot reserve|mmap failed|heap overflow|memory capacity",
        "memory ran out",
        "fork: Cannot allocate memory",
        "memory usage: 120 MB; out of 512",
        weight=DECISIVE + 2,
        pattern=r"out[ -]of[ -]memory|(?:can ?not|can't|could ?n[o']t|unable to|failed to) (?:allocate|reserve|map|commit)\b.{0,60}(?:memory|bytes|[kmg]i?b\b|array|heap|buffer|object)|memory exhausted|\bmemoryerror|outofmemory|\benomem\b|bad_alloc|\boom[- _]?kill|java heap space|gc overhead limit|metaspace$|heap limit|insufficient memory|not enough memory|memory limit (?:exceeded|reached|of)|allowed memory size|killed process \d|heap exhausted|errno 12\b|os error 12\b|memory allocation (?:of|failed|error)|(?:exit|exited|status|code)\D{0,24}137\b|signal: killed|killed signal|(?:killed|terminated|died|exited)\b.{0,30}\b(?:signal 9|sigkill)|sigkill|arraymemoryerror|mmap failed",
    ),
    fact(
        "files.too-many", RESOURCE,
        "too many open files|emfile|enfile|file table overflow|errno 24|os error 24|system limit for number of file watchers|inotify|no file descriptors",
        "file descriptors or watchers ran out",
        "accept4: Too many open files",
        "opened 12 files",
        weight=DECISIVE,
        pattern=r"too many open files|\bemfile\b|\benfile\b|file table overflow|errno 24\b|os error 24\b|number of file watchers|inotify (?:watch|instance)\w* (?:limit|exhaust)|no (?:more )?file descriptors",
    ),
    fact(
        "process.limit", RESOURCE,
        "resource temporarily unavailable|can't start new thread|unable to create native thread|cannot fork|unable to fork|fork failed|too many processes|pthread_create|eagain|retry: resource|failed to create thread|thread creation failed|failed to spawn thread|could not create thread|failed to create new os thread|can't create thread|cannot create thread|unable to start thread",
        "processes or threads ran out",
        "bash: fork: retry: Resource temporarily unavailable",
        "flock: Resource temporarily unavailable",
        weight=DECISIVE,
        pattern=r"(?:fork|clone|thread|pthread_create|spawn|vfork|exec|process)\b.{0,80}(?:resource temporarily unavailable|eagain|os error 11|errno 11)|can't start new thread|unable to create (?:new )?native thread|(?:cannot|unable to|can't) fork|fork failed|failed to (?:create|spawn) (?:new )?(?:os )?thread|too many processes|(?:cannot|can't|could not|unable to) (?:create|start) (?:a )?(?:new )?thread",
    ),
)  # fmt: skip
LOCKS = (
    fact(
        "lock.held", TRANSIENT,
        "is locked|database is locked|table is locked|already locked|could not get lock|unable to acquire|held by process|locked by|another process|another instance|lock is held|waiting for lock|unable to lock|could not acquire|failed to acquire|cannot acquire|lock timeout|lock wait timeout|lock not available|state lock|resource busy|device or resource busy|text file busy|ebusy|etxtbsy|index.lock|cannot lock|another git process|being used by another process|sqlite_busy|could not obtain lock|lock held|acquiring the state lock|another operation|in use by another|cannot get exclusive lock|held by another|lock request time out|file busy|resource deadlock|eagain|resource temporarily unavailable|waiting for cache lock|is already running|currently running|lock file|could not lock|couldn't lock|canceling statement due to lock timeout|databaselocked|process is running|process is already|concurrent|conflicting lock|couldn't acquire|locked|another active",
        "another process holds a lock",
        "error: database is locked",
        "error: the lock file needs to be updated but --locked was passed",
        weight=DECISIVE - 2, severity=LOW,
        pattern=r"(?:database|table|file|state|repository|workspace|index|directory|resource|cache|it|profile|store|account file|db) (?:\S+ )?(?:is|was|are) (?:currently )?locked|already locked|could ?n[o']t get lock|(?:unable to|could ?n[o']t|failed to|cannot|can't|error) (?:acquir\w+|obtain|get|take|lock)\b(?!.*permission denied).{0,60}\block\b(?!.*(?:permission denied|read-only|no such file))|lock (?:is |was )?(?:currently )?held|held by (?:process|pid|another)|locked by (?:another|process|pid|user|\S+@)|another (?:process|instance|git process|operation|transaction|active|\S+ process|app(?:lication)?)\b.{0,60}(?:running|using|lock|progress|in use|has|is|holds|already|owns)|lock (?:wait )?time-?out|lock not available|lock request time out|device or resource busy|resource busy|text file busy|\bebusy\b|\betxtbsy\b|index\.lock.{0,30}file exists|being used by another process|in use by another|sqlite_busy|databaselocked|acquiring the state lock|exclusive lock|due to lock timeout|conflicting lock|(?:lock|flock|fcntl)\b.{0,60}resource temporarily unavailable|waiting for cache lock|(?:lock|locked)\b.{0,100}is (?:already|currently|still) running|operation (?:is )?(?:already |currently )?in progress",
    ),
    fact(
        "db.deadlock", TRANSIENT,
        "deadlock detected|deadlock found|was deadlocked|deadlock victim|could not serialize access|serialization failure|40001|40p01|write conflict|writeconflict|try restarting transaction|restart transaction|ora-00060|transaction was aborted due|retry transaction|transienttransactionerror|commit failed due to conflict|sqlstate 40001|deadlockdetected",
        "a transaction lost against another one",
        "ERROR:  deadlock detected",
        "fatal error: all goroutines are asleep - deadlock!",
        weight=DECISIVE, severity=LOW,
        pattern=r"deadlock (?:detected|found|victim)|was deadlocked|could not serialize access|serialization failure|\(?40001\)?|\b40p01\b|write ?conflict|restarting transaction|restart transaction|ora-00060|retry transaction|transienttransactionerror|deadlockdetected",
    ),
)  # fmt: skip
SERVERS = (
    fact(
        "server.unavailable", TRANSIENT,
        "service unavailable|temporarily unavailable|bad gateway|gateway timeout|gateway time-out|internal server error|serviceunavailable|internalerror|try again later|overloaded|overloaded_error|backend error|server error|is starting up|not yet ready|not ready|starting up|is unavailable|system is shutting down|in recovery mode|upstream connect error|502 proxy error|internalfailure|service is unavailable|server is busy|server busy|apiserver not ready|503|internal error|loading redis|loading the dataset|no healthy upstream|not primary|node is recovering|no leader|leader election|not master|masterdown|clusterdown|tryagain|maintenance|unexpected server error|remote error|status_unavailable|unavailable|backendconnectionerror|internalservererror|engine is overloaded|error reading from server|server shutdown|administrator command|shutting down|starting|too busy|temporarily|capacity|please try again|try your request again|lost communication|runner",
        "the server is not able to answer just now",
        "HTTP error: Service Unavailable",
        "unavailable colours are greyed out",
        pattern=r"service (?:is )?(?:temporarily |currently )?unavailable|(?<!resource )temporarily (?:unavailable|overloaded|out of|not available)|bad gateway|gateway time-?out|internal server error|\bserviceunavailable\b|\(internalerror\)|\binternalerror:|overloaded(?:_error)?\b|backend ?(?:connection)? ?error|(?:is|was) (?:still )?(?:starting up|shutting down)|(?:not yet|isn't|is not|not) ready(?: yet)?$|apiserver not ready|in recovery mode|upstream connect error|internalfailure|server (?:is )?(?:too )?busy|loading (?:redis|the dataset)|no healthy upstream|notprimary|not primary|node is recovering|no leader|not master|\bmasterdown\b|\bclusterdown\b|\btryagain\b|unexpected server error|internalservererror|terminating connection due to administrator command|(?:code ?= ?|status[_.:]? ?|rpc error: .{0,20})unavailable|\bbackendconnection|(?:try|retry) (?:your request )?again later|(?:under|in|down for) (?:scheduled )?maintenance|(?:the )?server (?:had an error|encountered an (?:unexpected|internal) (?:error|condition))|internal error\b.{0,40}(?:try|again|server)|at capacity|insufficient ?(?:instance)?capacity|lost communication with the server|runner has received a shutdown|hash sum mismatch|mirror sync in progress|file has unexpected size",
    ),
)  # fmt: skip
REFUSALS = (
    fact(
        "auth.denied", PERMANENT,
        "permission denied|access denied|authentication failed|unauthorized|forbidden|not authorized|invalid credentials|bad credentials|invalid api key|incorrect api key|login failed|eacces|eperm|accessdenied|operation not permitted|authentication required|could not read username|authorization failed|accessdeniedexception|expiredtoken|invalidclienttokenid|signaturedoesnotmatch|permission_denied|unauthenticated|not logged in|read-only file system|erofs|password authentication failed|unauthorizedoperation|invalid token|expired token|token expired|token has expired|requires authentication|invalid username|incorrect username|insufficient permissions|not permitted|unable to locate credentials|no credentials",
        "not allowed, or not as this user",
        "fatal: Authentication failed for 'https://git.example.org/a.git/'",
        "permissions set to 0644",
        pattern=None,
    ),
    fact(
        "file.missing", PERMANENT,
        "no such file or directory|enoent|filenotfounderror|does not exist|not a directory|is a directory|no such file|cannot find the file|file not found|cannot find module|command not found",
        "a file or program is missing",
        "cat: a.txt: No such file or directory",
        "no such luck",
        weight=HEADLINE,
    ),
)  # fmt: skip

FACTS = (
    *NAMES, *CONNECTIONS, *TLS, *LIMITS, *SYSTEM, *LOCKS, *SERVERS, *REFUSALS,
)  # fmt: skip
