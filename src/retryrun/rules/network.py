"""The network: names and connections, in the words of C libraries and language runtimes."""

from __future__ import annotations

from ..core.failure import NETWORK
from .fact import HINT, fact

FACTS = (
    fact(
        "dns.unresolved",
        NETWORK,
        "resolve host|resolve hostname|resolve|resolving|name or service not known|name resolution"
        "|no such host|nodename nor servname|getaddrinfo|enotfound|eai_again|eai_noname"
        "|unknown host|unknownhostexception|unknown mysql server host|unknown server host|nxdomain"
        "|no address associated|host not found|lookup address|dns error|dns lookup|dns resolution"
        "|server misbehaving|translate host name|nameresolutionerror|unresolvedaddressexception"
        "|servname not supported|bad address|could not be resolved|cannot be resolved|dns query"
        "|dns server|no servers could be reached|err_name_not_resolved|host lookup|lookup error"
        "|gethostbyname|unresolvable|php_network_getaddresses|getaddrinfow|unknownhost"
        "|hostname lookup|eai_nodata|eai_fail|not found|unable to find host|find the address"
        "|get address|invalid hostname",
        "a host name could not be resolved",
        "tool: could not resolve host: api.example.org",
        "error: could not resolve dependency tree",
        pattern=(
            r"(?:could ?n[o']t|cannot|can't|unable to|failed to|error|failure|failed) resolv(?:e"
            r"|ing) (?:the )?(?:remote |ssh |proxy |ip )?(?:host|hostname|hosts|address|domain|dns"
            r"|server name|name server|proxy:|proxy name|a server hostname|(?:https?|ssh|git)://"
            r"|['\"\u2018`(]?[\w-]+(?:\.[\w-]+)+['\"\u2019`)]?)(?! to an?\b)|\blookup error\b"
            r"|name or service not known|name resolution\b|no such host\b|nodename nor servname"
            r"|getaddrinfo|\benotfound\b|\beai_(?:again|noname|nodata|fail)\b"
            r"|\bunknown ?host(?:exception)?\b(?! key)|unknown (?:mysql )?server host|nxdomain"
            r"|no address associated|host not found|lookup address info"
            r"|n[o'\u2019]t get address (?:for|of)|dns (?:error|lookup|resolution|query"
            r"|server)\b.{0,40}(?:fail|error|time|no\b|return)|dns error|server misbehaving"
            r"|translate host ?name|nameresolutionerror|unresolvedaddress|servname not supported"
            r"|bad address ['\"\u2018`(]|resolving timed out|resolving host|host lookup failed"
            r"|(?:host|hostname|domain|server|address|(?:host|remote|server|dns"
            r"|domain) name)\b.{0,60}(?:could not|can ?not|can't) be resolved"
            r"|no servers could be reached|err_name_not_resolved|gethostbyname|temporary (?:error"
            r"|failure) resolving|\bhost \S+\.\w+ not found\b|hostname lookup|unresolvable"
            r"|could not find the address|unable to find host"
        ),
    ),
    fact(
        "net.refused",
        NETWORK,
        "refused|econnrefused|connectionrefused|connectionrefusederror|connectexception"
        "|connect to server|errno 111|os error 111|error 111|errno 61|connect failed"
        "|connectionrefused|connect error|failedtoopensocket|failed_connect|err_connection_refused"
        "|e000111|failed to connect to",
        "the other side does not accept connections",
        "tool: connect to db.example.org port 5432: Connection refused",
        "the merge request was refused by its reviewer",
        pattern=(
            r"connection (?:was |is )?(?:actively )?refused(?!: (?:not auth|unaccept|identifier"
            r"|bad user))|econnrefused|connectionrefused|actively refused"
            r"|refused (?:the )?(?:connection|to connect|our connection)"
            r"|connect\w*\b.{0,40}\brefused(?!: (?:not auth|unaccept|identifier|bad user))"
            r"|errno 111|os error 111|error 111\b|errno 61\b|couldn't connect to server"
            r"|failed to connect to \S+ port|\be000111\b|connectexception|failedtoopensocket"
            r"|failed_connect|err_connection_refused|connect failed\b(?!: nt_status_(?:bad|access"
            r"|logon|object))"
        ),
    ),
    fact(
        "net.reset",
        NETWORK,
        "reset|connection resets|econnreset|connectionreset|connectionreseterror|broken pipe|epipe"
        "|econnaborted|connection abort|connection aborted|connection closed|was closed|closed by"
        "|closed the connection|closed connection|connection lost|lost connection"
        "|connection terminated|connection dropped|connection interrupted|connection broken"
        "|connection was lost|remotedisconnected|disconnected|hang up|hung up|unexpected eof"
        "|unexpected end of file|premature|prematurely|forcibly closed|early eof|incompleteread"
        "|empty reply|gone away|err_socket_closed|stream error|goaway|transport is closing|eof"
        "|und_err_socket|other side closed|transfer closed|read data|partial file|incomplete"
        "|unexpectedly|errno=104|errno 104|os error 104|sslzeroreturnerror|ssleoferror"
        "|ssl_error_syscall|protocolerror|chunkedencodingerror|prematurecloseexception"
        "|prematureclosexception|aborted|nohttpresponseexception|failed to respond|response ended"
        "|err_stream_premature_close|body ended|connectionaborterror|unexpecteddisconnect"
        "|http/2 stream|stream was reset|eoferror|eofexception|shut down incorrectly|terminated"
        "|err_empty_response|err_connection_reset|err_connection_closed"
        "|err_incomplete_chunked_encoding|err_http2_protocol_error|contenttooshorterror"
        "|closedchannelexception|serverdisconnectederror|clientpayloaderror"
        "|payload is not completed|socket_closed_remotely|brokenpipeerror|closed channel"
        "|unexpected disconnect|connection is closed",
        "the connection broke off",
        "tool: recv: Connection reset by peer",
        "the password reset form was not found",
        pattern=(
            r"connection (?:was |has been )?resets?\b|econnreset|connectionreset|reset by (?:peer"
            r"|remote|server|the)|\bepipe\b|broken pipe|brokenpipeerror|econnaborted"
            r"|(?<!scp: )(?<!sftp: )(?:connection|connect\w*|socket|tunnel|channel|session|stream"
            r"|link)\b(?: \S+){0,3}? (?:was |has been |is |unexpectedly |prematurely |forcibly "
            r"|abruptly )*(?:aborted|abort|closed|lost|terminated|dropped|interrupted|broken"
            r"|torn down|shut down|hung up)\b(?! by (?:the )?user| with (?:remote|foreign))"
            r"|lost (?:the )?connection|(?:server|peer|remote|host|side|end|daemon"
            r"|broker)\b.{0,30}\bclosed\b(?! by user)|closed by (?:the )?(?:remote|peer|server"
            r"|foreign)|remotedisconnected|(?:server|client|socket|peer"
            r"|unexpected)\b.{0,60}\bdisconnect|hang up\b|(?<!remote end )hung up|(?:ssl|tls"
            r"|handshake|server|read|recv|response|body|packet|stream|connection|http|get|post|head"
            r"|rpc|url|download|peer|socket|message|reply).{0,80}unexpected (?:eof|end of file)"
            r"|unexpected eof while reading|early eof|incompleteread|empty reply|gone away"
            r"|err_socket_closed|stream error|\bgoaway\b|http/2 stream|transport is closing"
            r"|:\s?\"?eof\"?\.?$|\beof\b.{0,60}(?:handshake|tls|ssl)|(?:handshake|tls|ssl|read|get"
            r"|post|head|put|patch|do request|server)\b.{0,200}\beof\b|und_err_socket"
            r"|other side closed|typeerror: terminated|transfer closed|outstanding read data"
            r"|partial file|incomplete (?:download|read|response|transfer|message|body|chunked"
            r"|envelope)|download (?:was )?(?:incomplete|interrupted)|downloaded .{0,40}incomplete"
            r"|errno[ =]104|os error 104|os error 32\b|sslzeroreturn|ssleof|ssl_error_syscall"
            r"|protocolerror|chunkedencoding|prematureclos|(?<!cpio: )premature (?:end|close|eof"
            r"|connection)|prematurely clos|(?:end|ended|closed|terminated|exiting) prematurely"
            r"|nohttpresponse|failed to respond|response ended|forcibly closed|body ended"
            r"|shut down incorrectly|err_(?:empty_response|connection_reset|connection_closed"
            r"|connection_aborted|incomplete_chunked_encoding|http2_protocol_error)|contenttooshort"
            r"|closedchannel|response body .{0,60}aborted|payload is not completed"
            r"|socket_closed_remotely|clientpayloaderror"
        ),
    ),
    fact(
        "net.broken",
        NETWORK,
        "aborted|i/o error|input/output error|unexpected eof|end of file reached|end of stream"
        "|eof reached|http status line|http request failed|eoferror|badstatusline|crypto"
        "|content-length|bytes missing|reading a body|truncated|failed to open stream|end of file"
        "|size mismatch|should be of size|framing layer|verification failed"
        "|resource temporarily unavailable|reconnect at offset|mirrors were tried|no more mirrors"
        "|exception while|error while|failure while|io exception|i/o exception|bytes read"
        "|but wanted|bytes, got|bytes but|bytes, but|bytes instead|bytes, expected|bytes, received",
        "a transfer ended too early",
        "2026/01/01 10:00:00 unexpected EOF",
        "bash: line 2: unexpected EOF while looking for matching quote",
        weight=HINT,
        pattern=(
            r"(?:request|response|download|transfer) (?:was )?aborted|: aborted$|unexpected eof\W*$"
            r"|\w://\S*: (?:end of file|i/o error|input/output error)$|end of file reached"
            r"|unexpected end of stream|eof reached while reading|bad http status line"
            r"|http request failed!|error reading a body|badstatusline|failed to enable crypto"
            r"|length does not match content-length|content-length.{0,40}(?:mismatch|too short)"
            r"|\d+ bytes missing|(?:download|response|transfer|body|file) (?:was |is )?truncated"
            r"|file size mismatch\b.{0,200}expected \d+, got \d|(?:download|transfer"
            r"|upload)\w*\b.{0,60}size mismatch|should be of size \d+ but has size \d+"
            r"|http/?2 framing layer|layer verification failed"
            r"|resource temporarily unavailable \([\w.-]+:\d+\)|all mirrors were tried"
            r"|no more mirrors to try|tried to reconnect at offset \d|\b(?:io|i/o|socket|network"
            r"|connection|transport) (?:exception|error|failure|problem) (?:while|when"
            r"|during) (?:download|fetch|read|connect|send|receiv|upload|writ|talk)"
            r"|\bread \d+ but wanted \d|(?:got|received|read"
            r"|downloaded) (?:only )?\d+ bytes\b.{0,30}\b(?:expected|wanted|instead|should)"
            r"|expected \d+ bytes.{0,20}\b(?:got|received|read|only) \d"
        ),
    ),
    fact(
        "net.timeout",
        NETWORK,
        "timed out|timedout|etimedout|time-out|timeout|timeouterror|timeoutexception|deadline of"
        "|deadline exceeded|deadline_exceeded|esockettimedout|too slow|timed-out|err_timed_out"
        "|err_connection_timed_out|errno 110|os error 110|connecttimeout|readtimeout"
        "|connectionpooltimeoutexception|pooltimeout|connecttimeouterror|readtimeouterror"
        "|apitimeouterror|sockettimeoutexception|opentimeout|connecttimeoutexception"
        "|httptimeoutexception|connectiontimeout|requesttimeout|writetimeout|connectiontimeouterror"
        "|requesttimeouterror|readtimeoutexception|und_err_connect_timeout|und_err_headers_timeout"
        "|und_err_body_timeout|execution expired|time out|etimeout|stalled"
        "|serverselectiontimeouterror|networktimeout|gatewaytimeout|taskcanceledexception"
        "|servertimeouterror|sockettimeouterror|conntimeout|e000110|not responding|no response"
        "|not complete|not respond|not finish|n't respond|not answer",
        "the other side did not answer in time",
        "tool: read from api.example.org: Connection timed out",
        "lint: function 'fetch' has no timeout argument",
        pattern=(
            r"(?<![\w-])timed[ -]out(?![\w-])|etimedout|esockettimedout|\betimeout\b|\btimedout\b"
            r"|(?<![\w-])(?:connection|connect|connecting|read|write|socket|handshake|i/o|network"
            r"|request|response|idle|inactivity|receive|recv|send|dns|query|lookup|http|client\."
            r"|server|operation|ssl|tls|download|upload|fetch|api|transfer|login|ping|proxy"
            r"|upstream|connack|heartbeat|keep-?alive)[ -]?time-?out(?![\w=(.-]|:\s*\d|\s*=| (?:is"
            r"|must|should|value|option|argument|parameter|setting|flag)\b)"
            r"|(?<![\w-])time-?out (?:was reached|while|waiting|exceeded|expired|awaiting|exhausted"
            r"|elapsed|has expired|reached|occurr?ed|after \d|on|during|in (?:data|read|write|recv"
            r"|send)|when waiting for (?!127\.|localhost)|error|of \d+ ?m?s exceeded|connecting"
            r"|reading|fetching|downloading|uploading|sending|receiving|contacting|resolving"
            r"|querying)|(?<!\w)(?:error|failed"
            r"|failure):? (?:\w+: )?timeout(?: \([^)]{1,60}\))?\W*$|\w*timeout(?:error|exception)\b"
            r"|(?<!\w)(?:connect|read|pool|open|write|connection|request)timeout(?![\w.-])"
            r"|\(exit\) time out|deadline(?: of \S+)?[ _]exceeded|operation (?:too|was too) slow"
            r"|(?:transfer|download|speed|connection) (?:is |was )?too slow"
            r"|err_(?:connection_)?timed_out|errno 110|os error 110|\be000110\b|und_err_\w*timeout"
            r"|execution expired|request failed \(:timeout\)|\(reason:? :?timeout\)"
            r"|\{error,\s?:?timeout\}|(?:did|does|do)(?: not|n't) (?:complete|respond|finish|answer"
            r"|reply) (?:in|within) |taskcanceledexception.{0,80}timeout|(?:download|transfer"
            r"|connection) stalled|(?:server|host|peer) (?:is |was )?not responding"
            r"|no response (?:from|received)|:\d{1,5} - no response$"
        ),
    ),
    fact(
        "net.unreachable",
        NETWORK,
        "unreachable|probably down|to be down|enetunreach|ehostunreach|no route to host"
        "|host is down|ehostdown|enetdown|network is down|noroutetohostexception|dropped connection"
        "|err_internet_disconnected|err_network_changed|err_address_unreachable"
        "|network is not available|no internet|no network|offline|errno 101|errno 113|os error 101"
        "|os error 113|enetreset|network is unavailable|not connected to the internet"
        "|err_network_access_denied|err_proxy_connection_failed|err_tunnel_connection_failed",
        "the network or the host cannot be reached",
        "tool: connect: Network is unreachable",
        "warning: unreachable code after return",
        pattern=(
            r"network (?:is )?unreachable|enetunreach|ehostunreach|(?:is probably|(?:appears"
            r"|seems) to be) down\b|no route to host|host (?:is )?(?:unreachable|down)\b|ehostdown"
            r"|enetdown|enetreset|network is (?:down|not available|unavailable)|noroutetohost"
            r"|network dropped|err_(?:internet_disconnected|network_changed|address_unreachable"
            r"|proxy_connection_failed|tunnel_connection_failed)|no (?:internet"
            r"|network) (?:connection|access|connectivity)|(?:appears? to be|you are"
            r"|currently) offline|not connected to the internet|errno (?:101|113)\b|os error (?:101"
            r"|113)\b|server (?:is )?unreachable"
        ),
    ),
    fact(
        "net.library",
        NETWORK,
        "getting banner|exchange banner|session not active|session is down|bad record mac"
        "|pull function|push function|encountered end of file|revocation"
        "|hostname could not be found|nameservers|end of http response|returned nothing"
        "|data connection|communication channel|http status line|connect: timeout|no data received"
        "|reported length|keepalive ping|errorcode=5|not provided, or not known|responsetimeout"
        "|unreachable network|unreachable host|wsa error|servfail|eservfail|rpc server|10051|10053"
        "|10054|10060|10061|10065|socket closed|end of stream|the peer|not responding"
        "|authentication code incorrect|corrupted mac|socket disconnect|closed abruptly"
        "|close_notify|idle connection|timeout: global|timeout: connect|timeout: resolve"
        "|configured timeout|truncated chunk|stream truncated|stream was reset|received no bytes"
        "|zero bytes|0 bytes|kept alive|winerror|operation now in progress|socket exception"
        "|end of file [|request headers|request body|connection down|remote disconnect"
        "|not connected|not reached|retry count exceeded|be contacted|unreachable|no reply"
        "|open timeout|server suitable|currently connected|name servers|retransmits|unexpected end"
        "|timeout of",
        "a library of the network, in its own words",
        "sftpmirror: ssh handshake: Failed getting banner",
        "the banner has a border of 2 and a timeout of 3",
        weight=HINT + 3,
        pattern=(
            r"\bgetting banner|exchang\w+ banners?|\bsession (?:is )?(?:not active|down)\b"
            r"|bad record mac\b|error in the (?:push|pull) function|encountered end of file"
            r"|unable to check revocation|\bhostname could not be found|nameservers failed"
            r"|\be?servfail\b|unexpected end of http|returned nothing \("
            r"|open (?:the )?data connection|on communication channel|read http status line"
            r"|connect: timeout\b|no data received|downloaded length \d+ != reported"
            r"|keepalive ping (?:failed|timeout)|errorcode=5 too slow"
            r"|service not provided, or not known|^\W*responsetimeout$|to an unreachable (?:host"
            r"|network)|(?:\b(?:wsa|winsock|socket)\w*[ :]{1,2}(?:error )?|\()100(?:5[0134]"
            r"|6[0145])\b|rpc server is unavailable|\bsocket closed\b(?! by (?:us|client))"
            r"|end of stream \[|sending data to the peer|receiving data from the peer|\b(?:server"
            r"|peer|host) \S+ not responding|authentication code incorrect|corrupted mac on input"
            r"|socket disconnect\b|closed abruptly|missing close_notify"
            r"|closed (?:the )?idle connection|\btimeout: (?:global|connect|resolve|per call|send"
            r"|recv|await)|the configured timeout time|truncated chunk|stream truncated"
            r"|stream was reset|received no bytes|received zero bytes|eof or 0 bytes"
            r"|expected to be kept alive|\bwinerror (?:64|121|12(?:25|31|32|36)|100(?:5[0-4]"
            r"|6[0-5])|1100[1-4])\b|operation now in progress|got (?:a )?socket exception"
            r"|end of file \[|write request (?:headers|body)|connection down: |remote disconnect"
            r"|not currently connected|contact name servers|giving up after \d+ retransmits"
            r"|endpoint is not connected|'\S{3,60}' not reached\b|transport retry count exceeded"
            r"|could not be contacted|\bunreachable \w+(?:\(s\)|s)?:|no reply from (?:the )?server"
            r"|tftp open timeout|no server suitable"
        ),
    ),
    fact(
        "net.failed",
        NETWORK,
        "connect error|curl failed|curl|cannot open url|find the server|internet connection"
        "|trouble connecting|network-related|transport-level|check your connection|network error"
        "|networkerror|fetch failed|network failure|sending request|network connectivity"
        "|connectionerror|connecterror|apiconnectionerror|clientconnectorerror"
        "|endpointconnectionerror|retries exceeded|max-retries exceeded|httprequestexception"
        "|transporterror|newconnectionerror|network problem|communications link failure"
        "|network request failed|failed to fetch|socketexception|socketerror|socket error"
        "|connection failure|connection problem|connection error|connection failed|network issue"
        "|endpoint url|remoteprotocolerror|communication error|communication failure"
        "|transport failure|networkexception|network is|connection_error|connect_error"
        "|httpconnectionpool|connectionfailure|serverselectionerror|failed to download"
        "|download failed|httpcore|curl error|network operation failed|80072ee7|80072ee2|80072efd"
        "|80072efe|0x80072ee7|0x80072ee2|0x80072efd|0x80072efe|0x80072eff|:timeout|:nxdomain"
        "|:econnrefused|:closed|exit code 12002|exit code 12007|exit code 12029|exit code 12030"
        "|v1 container registry|failed to make request|make network request|attempts to connect"
        "|proxyerror|mongonetworkerror|trouble with your network|connection failed"
        "|http request failed|cannot download|transportexception|communicationsexception"
        "|autoreconnect|interfaceerror|ncclremoteerror|network_error|err_network|failed_to_connect"
        "|request failed|connection attempt failed|web exception|rpc error|wget returned"
        "|package source|undetermined error|rpc: unable|rpc: port mapper|rpc: program|rpc: remote"
        "|rpc: timed",
        "the network failed",
        "Error: network error while asking the server",
        "class NetworkErrorHandler is deprecated",
        weight=HINT,
        pattern=(
            r"(?:tcp|tls|ssl|socket) connect error|curl\b.{0,400}(?:exit|exited"
            r"|failed)\b.{0,30}(?:code|status):? (?:5|6|7|18|28|35|52|55|56|92)\b"
            r"|\bcurl exit(?:ed)?(?: with)?(?: code| status)? (?:5|6|7|18|28|35|52|55|56|92)\b"
            r"|\bcurl error(?: code)?:? \(?(?:5|6|7|18|28|35|52|55|56|92)\b|\bwget (?:returned"
            r"|exited with|exit(?: code| status)?) 4\b|unable to resolve package source"
            r"|undetermined error|cannot open url|unable to find the server"
            r"|internet connection is on|check your connection and try again|trouble connecting to"
            r"|network (?:error|failure|problem|issue|request failed|connectivity|operation failed)"
            r"|fetch failed|error sending request|(?<![\w$])(?:api|clientconnector|endpoint|new"
            r"|client)?connect(?:ion)?error\b(?! class)|(?<![\w$])(?:networkerror|transporterror"
            r"|httprequestexception|socketexception|socketerror|remoteprotocolerror"
            r"|networkexception|communicationsexception|proxyerror|autoreconnect|mongonetworkerror"
            r"|ncclremoteerror|transportexception)\b|(?:max|maximum)[ -]retries exceeded"
            r"|communications link failure|typeerror: failed to fetch|^\W*(?:error: )?failed to"
            r" fetch\W*$|connection (?:failure|problem|error|failed|attempt failed)\b(?!: (?:error"
            r"|fatal):)|connectionfailure|socket error|could not connect to the endpoint"
            r"|communication (?:error|failure)|transport failure\b|network-related or"
            r"|transport-level error|make (?:network )?request to|err_network\b"
            r"|\b(?:0x)?80072e(?:e7|e2|fd|fe|ff)\b|(?:^|\) )\W{0,2}:(?:timeout|nxdomain"
            r"|econnrefused|closed)$|winhttp\w* failed with exit code 120(?:02|07|29|30)"
            r"|can't talk to a v1 container registry|\brpc: (?:unable to (?:send|receive)"
            r"|port mapper failure|remote system error|timed out|program (?:unavailable"
            r"|not registered))|attempts to connect to|network_error|curl error \((?:5|6|7|18|28|35"
            r"|52|55|56|92)\)|curl error (?:5|6|7|18|28|35|52|55|56|92)\b"
        ),
    ),
)
