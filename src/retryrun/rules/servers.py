"""What servers answer: not now, not at all."""

from __future__ import annotations

from ..core.failure import CRITICAL, HIGH, LOW, PERMANENT, TRANSIENT
from .fact import CAUSE, DECISIVE, HEADLINE, fact

FACTS = (
    fact(
        "server.unavailable",
        TRANSIENT,
        "unavailable|gateway|internal server error|serviceunavailable|internalerror|again later"
        "|overloaded|overloaded_error|overloadederror|backend error|starting up|shutting down"
        "|not ready|recovery mode|upstream|internalfailure|too busy|server busy|server is busy"
        "|apiserver|loading redis|healthy upstream|noreplicas|gateway_timeout|loading the dataset"
        "|something went wrong while executing|is loading|not primary|notprimary|is recovering"
        "|no leader|not master|masterdown|clusterdown|tryagain|maintenance|server error"
        "|internalservererror|administrator command|server had an error|server encountered"
        "|internal error|at capacity|insufficientinstancecapacity|insufficient capacity"
        "|lost communication|shutdown signal|apierror|too many connections|too many clients"
        "|object has been modified|temporary error|temporary failure|temporary|temporarily"
        "|unexpected status from|is sealed|please try again|outage|zchunk|match checksum|serverbusy"
        "|hash sum mismatch|unexpected size|mirror sync|status_unavailable|backendconnectionerror"
        "|backenderror|service_unavailable|server_error|unknown_error|internal_server_error"
        "|etcdserver|leader changed|failed calling webhook|nodes are available|connection pool"
        "|remaining connection slots|max_user_connections|no available server|stockout"
        "|zone_resource_pool_exhausted|resource_pool_exhausted|remote_error|preempted|spot instance"
        "|evicted|runner|no replica|notleader|not the leader|leadership|leader not available"
        "|brokernotavailable|coordinator|not_leader|no primary|no master|replica set"
        "|read-only transaction|dbconnection|being deployed|try again in|come back later"
        "|currently unable|unable to handle|transient|intermittent|running a script|not yet"
        "|retryable|retryableerror|retriable|retriableerror|enough resources|insufficient cpus"
        "|insufficient cpu|aborted|exist remotely|unknown error has occurred|not available"
        "|sufficient capacity|error encountered|consistency level|internalserviceerror|being used"
        "|are in use|are busy",
        "the server is not able to answer just now",
        "HTTP error: Service Unavailable",
        "error: option --colour is unavailable here",
        pattern=(
            r"service (?:is |was )?(?:temporarily |currently )*unavailable"
            r"|(?<!resource )temporar(?:il)?y (?:unavailable|unable to|overloaded|out of"
            r"|not available|unreachable|error|offline|down|disabled)|currently (?:unavailable"
            r"|unable to)|bad gateway(?! (?:config|class|name|address|url|port)\b)|gateway"
            r" time-?out|internal server error|\(internalservererror\)|\bserviceunavailable\b"
            r"|service_unavailable|\(internalerror\)|\binternalerror:"
            r"|\bapierror\b(?:\W{1,4}(?:\w+[ =:]{1,2}){0,3}[\[(]?5\d\d\b|.{0,60}(?:internal|try))"
            r"|overloaded(?:_?error)?\b(?! (?:function|method|operator|constructor|variants?))"
            r"|backend ?(?:connection)? ?error|(?:database|system|server|service|node|cluster"
            r"|redis|it|daemon|broker|instance|container|api|elasticsearch|postgres|(?<!thread"
            r" )is) (?:\w+ )?(?:is |was )?(?:still )?(?:starting up|shutting down)\b|(?:apiserver"
            r"|server|service|cluster|node|api|db|database|master|endpoint|not) (?:\w+ )?not"
            r" (?:yet )?ready|not yet ready|in recovery mode|upstream connect error|no healthy"
            r" upstream|internalfailure|(?:server|service|system|host) (?:is )?(?:too |currently"
            r" )?busy|serverbusy|loading redis|loading the dataset|\bnoreplicas\b"
            r"|\bgateway_timeout\b|something went wrong while executing your query|not ?primary\b"
            r"|node is recovering|no (?:leader|primary|master)\b|not (?:the )?(?:leader|master)\b"
            r"|notleader|leader (?:changed|not available)|\bmasterdown\b|\bclusterdown\b"
            r"|\btryagain\b|\binternal_server_error\b|\"?server_error\"?|terminating connection"
            r" due to administrator|(?:code ?= ?|status(?:code)?[_.:= ]{0,3}(?:statuscode\.)?|rpc"
            r" error.{0,20}|\)\s|: |^)unavailable(?=:| |$)|(?:try|retry) (?:your request |this"
            r" request |the request |it )?again (?:later|in a (?:few|moment|while|minute))|come"
            r" back later|(?:under|in|down for|undergoing) (?:scheduled )?maintenance|(?:the"
            r" )?server (?:had an error|encountered an? (?:unexpected|internal|temporary) (?:error"
            r"|condition))|encountered an internal error|internal error\b.{0,60}(?:try|again"
            r"|server|occurred)|at capacity|insufficient ?(?:instance)? ?capacity|sufficient \S+"
            r" capacity|lost communication with the server|received a shutdown signal"
            r"|fatal error: server error\b|\b5xx server error|runner encountered an error while"
            r"|too many (?:connections|clients)|connection slots|max_user_connections|object has"
            r" been modified|is sealed|hash sum mismatch|file does not match checksum|zchunk header"
            r" checksum|mirror sync|file has unexpected size|resource_pool_exhausted|\bstockout\b"
            r"|etcdserver: (?:request timed out|leader changed|too many)|failed calling webhook"
            r"|temporary (?:\w+ )?(?:error|failure|problem)\b(?! (?:in name|resolving))"
            r"|(?:please )?try again\.?$|connection pool (?:is )?(?:exhausted|timeout|timed)"
            r"|(?:instance|node|vm|runner|spot|machine|build|job|task|pod|run|workflow) (?:was "
            r"|has been )?(?:preempted|evicted|reclaimed)|transient (?:error|failure)|an outage"
            r"|\bbusy running a script|\bnot yet (?:been )?(?:ready|seeded|available|initiali[sz]ed"
            r"|started|running|registered|propagated|synced|synchronized|active|healthy|up\b|loaded"
            r"|open|provisioned|bootstrapped|elected|joined|reachable)|\bretr[iy]able ?(?:error"
            r"|exception|failure)|(?:not have|without|lack\w*) (?:enough|sufficient) (?:capacity"
            r"|resources available)|insufficient (?:cpus?|capacity|resources) (?:are )?available"
            r"|(?:server|builder|backend|api|registry|repository|host|mirror|broker|gateway"
            r"|upstream|database|cluster|app) (?:is |are |was )?(?:currently "
            r"|temporarily )?unavailable\b|(?:code = |\) |status[ :=]+)aborted\b"
            r"|cannot execute \w+ in a read-only transaction|they do not exist remotely"
            r"|unknown error has occurred\. if this error persists|internal error encountered"
            r"|cannot achieve consistency level|\binternalserviceerror\b|(?:sessions?|slots?"
            r"|licen[cs]es?|seats?|workers?|runners?|agents?|executors?) (?:is|are) (?:all "
            r"|currently |already ){0,2}(?:being used|in use|busy|taken|occupied)"
        ),
    ),
    fact(
        "reply.later",
        TRANSIENT,
        "421|450|451|452|greylisted|greylisting",
        "a mail or file server asks to come again",
        "server message: 450 4.2.0 Greylisted, please try again in 5 minutes",
        "wrote 450 rows, 421 columns",
        weight=CAUSE + 6,  # says more than the end of the connection, which follows
        pattern=(
            r"\b(?:421|45[0-2])[ -]\W{0,2}4\.\d{1,3}\.\d{1,3}\b|\((?:421|45[0-2]), b?['\"]"
            r"|\b(?:rcpt|mail|data|auth|quit) failed: (?:421|45[0-2])\b|^[<\s]*421[ -][a-z(]"
            r"|(?:message|response|reply|answer|said|server)\W{1,3}421[ -]|(?:error\w*|exception"
            r"|reply|temp\w*): (?:421|45[0-2]) [a-z]|\bgrey-?list(?:ed|ing)\b"
        ),
    ),
    fact(
        "reply.refused",
        PERMANENT,
        "550|551|552|553|554|535|530",
        "a mail or file server will not take it",
        "server message: 550 5.1.1 User unknown",
        "wrote 550 rows",
        weight=DECISIVE,  # whatever its words are
        pattern=(
            r"\b5[35]\d[ -]\W{0,2}5\.\d{1,3}\.\d{1,3}\b|\(5[35]\d, b?['\"]|^[<\s]*5[35]\d[ -][a-z(]"
            r"|(?:message|response|reply|answer|said|server)\W{1,3}5[35]\d[ -]"
        ),
    ),
    fact(
        "client.gave-up",
        TRANSIENT,
        "giving up after|gave up after|retries exhausted|retry limit exceeded|multiple attempts"
        "|several attempts|attempts",
        "the client used up its own retries, for a reason that it does not say",
        "GET http://api.example.org/x giving up after 3 attempt(s)",
        "the search party gave up after dark",
        weight=28,  # anything that names a cause says more
        pattern=(
            r"(?:giving|gave) up after \d+ (?:attempt|tr(?:y|ies)|retr(?:y|ies))"
            r"|\bafter (?:multiple|several) attempts\b|\bno (?:results|response"
            r"|answer) after \d+ attempts|\bmultiple attempts to \w+ .{0,60}failed"
            r"|\bretries exhausted\b|\bretry limit exceeded\b"
        ),
    ),
    fact(
        "db.deadlock",
        TRANSIENT,
        "deadlock detected|deadlock found|deadlocked|deadlock victim|serialize access"
        "|serialization failure|40001|pgsql error|40p01|write conflict|writeconflict"
        "|restarting transaction|write_conflict|restart transaction|ora-00060|retry transaction"
        "|transienttransactionerror|deadlockdetected|serializationfailure|transactionretryerror"
        "|transaction conflict|txn conflict|transactionconflict|transaction aborted"
        "|transaction rolled back|concurrent update|retry_serializable|concurrent operation"
        "|concurrent modification|concurrent change|isolation violation|concurrent request"
        "|concurrent deployment|concurrentmodificationexception|concurrently|concurrent config"
        "|commit has happened",
        "a transaction lost against another one",
        "ERROR:  deadlock detected",
        "fatal error: all goroutines are asleep - deadlock!",
        weight=DECISIVE,
        severity=LOW,
        pattern=(
            r"deadlock (?:detected|found|victim)|(?:(?:was|were|been) |::)deadlocked"
            r"|serialize access|serialization ?failure|\(40001\)|sqlstate:?\[?\s?40001"
            r"|\bpgsql error 40001|\b40p01\b|write[ _]?conflict|restart(?:ing)? transaction"
            r"|ora-00060|retry transaction|transienttransactionerror|deadlockdetected"
            r"|transactionretry|(?:transaction|txn) ?conflict"
            r"|due to (?:an? )?(?:\w+ )?concurrent (?:update|operation|modification|change|request"
            r"|deployment)|made concurrently\b|concurrent \w+ change\b|commit has happened since"
            r"|serializable isolation violation|retry_serializable|(?:modified|updated"
            r"|changed) concurrently"
        ),
    ),
    fact(
        "auth.lockout",
        PERMANENT,
        "account locked|account is locked|account has been locked|too many authentication failures"
        "|failed login attempts|account disabled|temporarily locked|locked out|too many failed",
        "more attempts would lock the account out",
        "error: the account has been locked after 5 failed login attempts",
        "the account is unlocked",
        weight=DECISIVE + 5,
        severity=CRITICAL,
        pattern=(
            r"account (?:\S+ )?(?:is |has been |was )?(?:temporarily )?(?:locked|disabled"
            r"|suspended)|too many (?:authentication failures|failed (?:login|password"
            r"|authentication))|locked out|user is locked"
        ),
    ),
    fact(
        "auth.denied",
        PERMANENT,
        "permission denied|access denied|accessdenied|access is denied|authentication failed"
        "|authentication failure|unauthorized|forbidden|not authorized|unauthenticated|noauth"
        "|invalid credentials|bad credentials|invalid api key|incorrect api key|login failed"
        "|login incorrect|bad username|eacces|eperm|accessdeniedexception|authentication required"
        "|wrongpass|could not read username|authorization failed|expiredtoken|invalidclienttokenid"
        "|signaturedoesnotmatch|permission_denied|unauthorizedoperation|not logged in"
        "|password authentication failed|invalid token|token expired|token has expired"
        "|requires authentication|invalid username|incorrect username|incorrect password"
        "|wrong password|invalid password|insufficient permissions|insufficient permission"
        "|unable to locate credentials|no credentials|could not read password|permissionerror"
        "|authenticationerror|requested access|authentication credentials|invalid_grant"
        "|permission to|accessdeniederror|invalid access token|operation not permitted"
        "|not permitted|read-only file system|erofs|terminal prompts disabled|login required"
        "|must be logged in|be authenticated|be logged in|be signed in|requires login|auth login"
        "|az login|denied|not authorised|bad user",
        "not allowed, or not as this user",
        "fatal: Authentication failed for 'https://git.example.org/a.git/'",
        "the permissions were set to 0644",
        severity=HIGH,
        pattern=(
            r"permission denied|access (?:is |was )?denied|accessdenied"
            r"|(?<!temporary )authentication fail|unauthorized|forbidden|not authorized"
            r"|unauthenticated|\bnoauth\b|\bwrongpass\b|(?:invalid|bad|incorrect|wrong|no|missing"
            r"|expired) (?:\w+ )?(?:credentials?|api key|token|username|password|passphrase)\b"
            r"|login (?:failed|required|incorrect)|\beacces\b|\beperm\b|(?:authentication"
            r"|authorization) (?:is )?(?:required|failed)|could not read (?:username|password)"
            r"|expiredtoken|invalidclienttokenid|signaturedoesnotmatch|permission_denied"
            r"|not logged in|(?:must|need to|have to) be (?:authenticated|logged in|signed in)"
            r"|token (?:has )?expired|requires (?:authentication|login)|insufficient permission"
            r"|unable to locate credentials|permissionerror|authenticationerror"
            r"|requested access to the resource is denied|invalid_grant|permission to \S+ denied"
            r"|operation not permitted|read-only file ?system|\berofs\b"
            r"|refused: (?:not authori[sz]ed|bad user|identifier)|terminal prompts disabled"
            r"|run:? ['\"`]?\w+ (?:auth )?login"
        ),
    ),
    fact(
        "data.corrupt",
        PERMANENT,
        "disk image is malformed|is corrupt|corrupted|corruption|object file|bad signature"
        "|index file corrupt|invalid page|not a database|loose object|corrupt loose object"
        "|malformed database|checksum failure",
        "a repository or database is damaged",
        "Error: database disk image is malformed",
        "the corrupted flag is off",
        weight=DECISIVE + 5,
        severity=CRITICAL,
        pattern=(
            r"disk image is malformed|object file \S+ is empty|(?:object|pack|packfile|index"
            r"|database|repository|archive|table|page|heap|journal|block|superblock|data ?file"
            r"|filesystem|wal|segment) .{0,80}(?:is|are|was) corrupt(?:ed)?\b|index file corrupt"
            r"|corrupt loose object|bad signature 0x|invalid page in block|file is not a database"
            r"|(?:data|database|index|repository|filesystem) corruption|corruption detected"
        ),
    ),
    fact(
        "file.missing",
        PERMANENT,
        "no such file|enoent|filenotfounderror|does not exist|not a directory|is a directory"
        "|cannot find the file|file not found|cannot find module|command not found|cannot open"
        "|filenotfoundexception|nosuchfileexception|cannot stat|not found",
        "something named is not there",
        "cat: a.txt: No such file or directory",
        "no such luck",
        weight=HEADLINE,
        pattern=(
            r"no such file|\benoent\b|filenotfound|does not exist|(?:not|is) a directory"
            r"|find the file|file not found|find module|command not found|nosuchfile|cannot stat"
            r"|(?:^|[:'\"] )not found\b|\bexecutable \S+ not found\b"
        ),
    ),
    fact(
        "port.in-use",
        PERMANENT,
        "address already in use|eaddrinuse|port is already allocated|already in use|errno 98"
        "|errno 48|port already in use",
        "the port is taken",
        "OSError: [Errno 98] Address already in use",
        "the address is in use for shipping",
        weight=CAUSE,
        pattern=(
            r"address already in use|eaddrinuse|port is already allocated|port \d+ (?:is"
            r"|was) already in use|errno (?:98|48)\b"
        ),
    ),
)
