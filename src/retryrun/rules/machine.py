"""The machine's own limits, and what another process holds."""

from __future__ import annotations

from ..core.failure import CRITICAL, LOW, PERMANENT, RESOURCE, TRANSIENT
from .fact import DECISIVE, HINT, fact

LIMITS = (
    fact(
        "disk.full",
        RESOURCE,
        "no space|min-free-space-percent|more required|enospc|disk full|disk is full|enough space"
        "|free space|disk space|enough free|errno 28|errno: 28|errcode: 28|os error 28"
        "|quota exceeded|edquot|insufficient space|insufficient storage|insufficient system storage"
        "|unable to extend|size quota|storage limit|is full|low on disk|persist to disk|flood-stage"
        "|upper limit|entity size|table space|space quota|storage quota|spool|disk usage|no free"
        "|no more|over quota|is exceeded|storage resource|could not extend file|space exceeded"
        "|storage exceeded|out of space|out of disk|out of diskspace|nospc|short write|wrote only"
        "|filesystem full|file system is full|file too large|efbig|file size limit exceeded"
        "|not enough room|disk quota|out of disk space|storage full|storagefull|diskfull|fs full"
        "|filesizelimit|errno 122|os error 122|disk_full|free disk|errno 27",
        "a disk or a quota is full",
        "cp: error writing 'x': No space left on device",
        "disk space usage report written",
        weight=DECISIVE + 6,
        severity=CRITICAL,
        pattern=(
            r"\b[\d.]+ ?[kmgt]b more required|no space (?:left|on|available)|enospc"
            r"|disk (?:is )?full|(?:not|n't have|isn't|insufficient"
            r"|without) enough (?:free )?(?:disk )?space|(?:insufficient"
            r"|inadequate) (?:free )?(?:disk )?(?:space|storage)|out of (?:disk ?space|disk"
            r"|space)\b|(?:errno|errcode|code):? 28\b(?! seconds)|os error 28\b|\bno (?:more "
            r"|free )(?:\w+ )?(?:disk |spool |table )?space\b|(?:space|storage"
            r"|disk) quota (?:has been )?(?:exceeded|reached|used|, using)|over (?:your |the "
            r"|its )?(?:space |disk |storage )quota|spool over quota|disk usage is too high"
            r"|exceeds the quota: the size|unable to extend (?:table|index|segment|temp|lob)"
            r"|(?:reached|exceed\w*) (?:its|the|their) (?:size|storage|space|disk) (?:quota|limit)"
            r"|storage limit exceeded|insufficient system storage|\b(?:tables?|tablespace|log"
            r"|mailbox|queue|journal|partition|bucket|volume|inbox|store|spool|database|archiver?"
            r"|storage|share|drive|device)\b(?: \S+){0,4} is full\b|\blow on disk\b|persist to disk"
            r"|exceeded flood-stage|upper limit of [\d.]+ ?[kmgt]i?b"
            r"|maximum entity size has been reached|new pages in table space|(?:space|storage"
            r"|disk) quota of \S+ is exceeded|\b(?:disk|database|storage|file ?system"
            r"|table) ?space exceeded|disk quota (?:exceeded|reached)|quota exceeded on|edquot"
            r"|could not extend file|\bnospc\b|short write|wrote only \d+ of|(?:file ?system"
            r"|storage|volume|partition) ?(?:is )?full|file too large|efbig"
            r"|file size limit exceeded|not enough room|storagefull|diskfull|(?:errno"
            r"|os error) 122\b|disk_full|errno 27\b|not enough free disk"
            r"|exceeds (?:the )?free (?:disk )?space|\btoo (?:big|large) for (?:the )?(?:remaining"
            r"|available|free) (?:disk )?space"
            r"|need (?:an additional )?[\d.,]+ ?[kmgt]?i?b\b.{0,40}(?:disk|space)"
        ),
    ),
    fact(
        "memory.out",
        RESOURCE,
        "out of memory|allocate memory|memory exhausted|memoryerror|memoryerrors|outofmemoryerror"
        "|outofmemoryexception|enomem|bad_alloc|oomkilled|oom-killed|oom killed|oom|java heap space"
        "|gc overhead limit|metaspace|heap limit|failed to allocate|oom_score|pixdata_malloc|malloc"
        "|alloc|calloc|realloc|unable to allocate|insufficient memory|enough memory|memory limit"
        "|memory limits|memory size|killed process|cannot allocate|can't allocate|heap exhausted"
        "|virtual memory exhausted|errno 12|os error 12|memory allocation|137|code -9|exitcode -9"
        "|status -9|returned -9|code=-9|exitcode=-9|code: -9|signal: killed|killed signal|signal 9"
        "|shared memory|by signal|sigkill|arraymemoryerror|out-of-memory|could not allocate"
        "|reserve enough|couldn't allocate|cannot reserve|mmap failed|std::bad_alloc|heap space"
        "|outofmemory|memory capacity|cudamalloc|cuda_error_out_of_memory|maxmemory|killed"
        "|no memory|memory exceeded|resource exhausted: oom|not enough swap|memory error"
        "|runtime error 203|garbage collector is|exceeds available memory|memory is exhausted"
        "|resources exhausted|more system memory|more memory|available memory|free memory"
        "|resources exceeded|failed to map segment|memory limits|data too large|memory limit"
        "|vmem usage|memory usage|memory resources|insufficient resources|buffer space",
        "memory ran out",
        "fork: Cannot allocate memory",
        "memory usage: 120 MB; out of 512",
        weight=DECISIVE + 4,
        pattern=(
            r"out[ -]of[ -]memory|out of (?:jvm )?metaspace|reserve enough space for|(?:can ?not"
            r"|can't|could ?n[o']t|unable to|failed to) (?:allocate|reserve|map"
            r"|commit)\b.{0,60}(?:memory|bytes|[kmg]i?b\b|array|heap|buffer|object)|(?:virtual"
            r" )?memory (?:is )?exhausted|\b(?:array)?memoryerrors?\b|outofmemory|\benomem\b"
            r"|bad_alloc|\boom[- _]?kill|java heap space|gc overhead limit|outofmemoryerror:"
            r" metaspace|heap limit|insufficient memory|not enough (?:memory|swap)|memory limit"
            r" (?:exceeded|reached|of \d)|(?:exceed(?:ed|ing|s)|over|hit|reached) (?:the |its "
            r"|a )?(?:\d+ ?% )?(?:of )?(?:\w+ )?memory (?:limit|budget|quota)|allowed memory size"
            r"|killed process \d|heap exhausted|errno 12\b|os error 12\b|memory allocation (?:of \d"
            r"|failed|error)|(?:exit|exited|status|code|returned)\D{0,24}137\b|\b(?:exit ?"
            r"|return ?)?(?:code|status|returned)(?:[ =:]| of | was ){1,2}-9\b|\berror 137\b"
            r"|signal: killed|killed signal|(?:compiler error|command|by signal): killed"
            r"|out of shared memory|raise your shared memory|(?:killed|terminated|died|exited"
            r"|crashed)\b.{0,40}\b(?:signal 9|sigkill)|(?<!send )\bsigkill\b(?! via)|mmap failed"
            r"|cudamalloc.{0,40}fail|cuda_error_out_of_memory|used memory > "
            r"|\boom command not allowed|^\s*\S*: line \d+: +\d+ killed\b|^\s*\d* ?killed\s*$"
            r"|: \"?killed\"?$|\boom when allocating|\*\*\* \[.*\] killed$|\bresources exhausted\b"
            r"|requires more (?:system |gpu )?memory|\bno available memory for"
            r"|free memory on device .{1,80} less than|alloc(?:ation)? fail(?:ed|ure|s)?\b"
            r"|\bruntime error 203\b|garbage collector is thrashing|resources exceeded during query"
            r"|memory limit(?: \([^)]{1,40}\))? exceeded|beyond (?:the )?(?:physical"
            r"|virtual)? ?memory limits?|data too large, data for|high (?:v?mem|memory) usage"
            r"|memory resources in .{1,60} are insufficient|\bsufficient buffer space"
            r"|no buffer space|failed to map segment from shared object(?:: cannot allocate|$)"
        ),
    ),
    fact(
        "files.too-many",
        RESOURCE,
        "too many open files|emfile|enfile|file table overflow|errno 24|os error 24|file watchers"
        "|inotify|file descriptors|too many files open|toomanyopenfiles",
        "file descriptors or watchers ran out",
        "accept4: Too many open files",
        "opened 12 files",
        weight=DECISIVE + 4,
        pattern=(
            r"too many (?:open files|files open)|\bemfile\b|\benfile\b|file table overflow"
            r"|errno 24\b|os error 24\b|number of file watchers|inotify (?:watch"
            r"|instance)\w* (?:limit|exhaust)|limit on the total number of inotify|(?:no|out of"
            r"|run out of|exhausted) (?:more |available )?file descriptors"
        ),
    ),
    fact(
        "process.limit",
        RESOURCE,
        "resource temporarily unavailable|start new thread|native thread|cannot fork|unable to fork"
        "|fork failed|too many processes|pthread_create|eagain|create thread|thread creation failed"
        "|spawn thread|new os thread|start thread|os error 11|errno 11|can't fork|create process"
        "|spawn process|maximum number of processes",
        "processes or threads ran out",
        "bash: fork: retry: Resource temporarily unavailable",
        "flock: Resource temporarily unavailable",
        weight=DECISIVE + 4,
        pattern=(
            r"(?:\bfork\b|clone|thread|pthread_create|\bspawn|vfork|subprocess"
            r"|(?<!another )(?<!by )process)\b.{0,80}(?:resource temporarily unavailable|eagain"
            r"|os error 11\b|errno 11\b)|start new thread|create (?:new )?native thread|(?:cannot"
            r"|unable to|can't|could not) fork|fork failed|failed to (?:create"
            r"|spawn) (?:new )?(?:os )?thread|too many processes|(?:cannot|can't|could not"
            r"|unable to) (?:create|start) (?:a )?(?:new )?thread|maximum number of processes"
        ),
    ),
    fact(
        "size.limit",
        PERMANENT,
        "too large|too big|exceeds|exceeded|larger than|bigger than",
        "what is sent is larger than is allowed",
        "Error: the size of the bundle (52 MB) exceeds the limit of 50 MB",
        "sizes too large to read are printed in full",
        weight=DECISIVE + 3,  # whatever advice to try again follows
        pattern=(
            r"\bsize\b.{0,60}(?:\btoo (?:large|big)\b|\bexceed(?:s|ed) (?:the )?(?:max|limit"
            r"|allowed))|\b(?:object|item|value|payload|message|entity|record|document"
            r"|packet|request) (?:is )?too (?:large|big)|\btoo (?:large|big) \((?:max|limit)"
            r"|\b(?:larger|bigger) than (?:the )?(?:max|limit|allowed)"
            r"|exceeds the (?:max(?:imum)? )?(?:allowed )?(?:file|package|image|upload|bundle"
            r"|body) size"
        ),
    ),
)
LOCKS = (
    fact(
        "lock.again",
        TRANSIENT,
        "resource temporarily unavailable",
        "the system asks to try again, for a reason that is not said here",
        "error: opening the store: resource temporarily unavailable",
        "the resource is unavailable",
        weight=HINT,
        severity=LOW,
    ),
    fact(
        "lock.held",
        TRANSIENT,
        "locked|file lock could|get lock|acquire|held by|another process|another instance"
        "|lock is held|accessed by other users|unable to lock|transaction lock|lock timeout"
        "|lock wait|lock table|lock not available|state lock|busy|ebusy|etxtbsy|index.lock"
        "|cannot lock|another git process|being used by|sqlite_busy|obtain lock|lock held"
        "|lock not granted|be acquired|overlappingfilelockexception|blockingioerror"
        "|in_progress state|incompatible operation|another operation|in use by|exclusive lock"
        "|lock request|resource temporarily unavailable|cache lock|already running"
        "|currently running|could not lock|couldn't lock|another active|databaselocked|in progress"
        "|conflicting lock|another app|another copy|holding|frontend lock|package lock|acquiring"
        "|another update|another transaction|pid file|wait for it|waiting for lock|lock database"
        "|database lock|lockexception|locktimeout|lock file|os error 11|errno 11|is running"
        "|shared lock|existing lock|lock contention|resource deadlock|lockfile exists|lockfile"
        "|pidfile|another user|file lock|lock on|cannot obtain|another deployment|unable to queue"
        "|in-progress|lease|unable_to_lock_row|sharing violation|exclusively|watchers"
        "|active for pid|other process|other instance|some other|exclusive access|locks|this lock"
        "|is/are busy|working copy|unable to create",
        "another process holds a lock",
        "error: database is locked",
        "error: the lock file needs to be updated but --locked was passed",
        weight=DECISIVE - 2,
        severity=LOW,
        pattern=(
            r"(?:database|table|file|state|repository|repo|workspace|index|directory|resource"
            r"|cache|it|profile|store|db|stack|branch|package|environment|backend|schema|row"
            r"|record|dpkg|rpm)\b.{0,60} (?:is|was|are) (?:currently |already )?locked(?! (?:to|at"
            r"|by the policy))|(?:is|are|was|has) already locked|already locked (?:by|in|at)?"
            r"|(?:unable to|could ?n[o']t|failed to|cannot|can't|error|timed? ?out"
            r"|timeout) (?:(?:while |in )?(?:trying|waiting|attempting) to )?(?:acquir\w+"
            r"|obtain\w*|get\w*|tak\w+|lock|creat\w+/acquire|waiting (?:for"
            r"|to))\b(?!.*(?:permission denied|read-only|no such file|not permitted"
            r"|are you root)).{0,60}\block\b(?!.*(?:permission denied|read-only|no such file"
            r"|not permitted))|(?:unable to|could ?n[o']t|failed to|cannot"
            r"|can't) lock (?!file .*(?:parse|read|update)).{0,80}(?:resource temporarily|busy"
            r"|in use|held|another|exists|locked|is at|unavailable|already)|lock(?: ?file)? (?:is "
            r"|was )?(?:currently |already )?(?:being )?(?:held|owned|taken) by|lock held"
            r"|\block(?: ?file)? is (?:currently |already )?(?:being )?held\b|held by (?:process"
            r"|pid|another|the application|\S+@|'|\")|locked by (?:another|process|pid|user|\S+@"
            r"|other|the application)|cannot lock \S+; try again|(?:an"
            r"|some )?other (?:\S+ ){0,3}?(?:process"
            r"|instance|operation|transaction|app(?:lication)?|copy|update|user|deployment|job"
            r"|session|command|client)\b.{0,80}(?:running|using|lock|progress|in use|is active"
            r"|holds|holding|already|owns|waiting|wrote|modif)|lock not granted"
            r"|\block\b.{0,200} could not be acquired|overlappingfilelock|blockingioerror"
            r"|_in_progress state|incompatible operation|lock (?:wait )?time-?out(?! (?:must"
            r"|should|value|option|setting))"
            r"|\bworking copy \S+ (?:is )?locked|^fatal: unable to create \S+: file exists"
            r"|lock not available|lock request time-?out|(?:device|resource|target|file|text file"
            r"|port|mount point|database)(?: ['\"\u2018`]\S+)? (?:or resource )?(?:is )?busy"
            r"(?! or (?!unavail))|\bebusy\b|\betxtbsy\b|\b(?:is|are|was|still"
            r"|currently) (?:currently |still |probably |too ){0,2}busy\b(?![- ](?:wait|loop"
            r"|or\b))|[:\])] (?:\w+ )?busy\W{0,3}$"
            r"|(?<!account )(?<!user )(?<!dependency )(?<!version )(?<!package )(?<!password )\b"
            r"(?:is|are|was) (?:currently |already |still )?locked\b(?!\?)(?! (?:to|at|down|out|in"
            r"|since|because of too))|\block (?:the )?(?:row|record|table|object|document)s?\b"
            r"|\blocks? .{0,40}\bcannot be acquired|\bdatabase locked by\b|\bsharing violation"
            r"|\bexclusively attached\b|\bstill has (?:watchers|users|readers|clients|sessions)"
            r"|\bis active for pid \d|obtain exclusive access|lock has not yet been released"
            r"|\bis/are busy\b|index\.lock.{0,40}file exists|\.lock['\"\u2019…]*: file exists"
            r"|is being accessed by other users|being used by another|in use by another(?!"
            r" (?:account|customer|organi[sz]ation|project|site|team))"
            r"|sqlite_busy|databaselocked|acquiring the state lock|(?:not|no|n't|unable|failed"
            r"|waiting|conflict\w*|held|holds|has an?|already|error)\b.{0,60}exclusive lock"
            r"|exclusive lock.{0,60}(?:held|denied|unavailable|fail|conflict|not|can)"
            r"|due to lock timeout|conflicting lock|\block file\b.{0,100} - got timeout"
            r"|file lock could .{0,200}not be obtained|lock contention|query was: lock table"
            r"|\b(?:lock|flock|fcntl|locking|locks)\b.{0,80}(?:resource temporarily unavailable"
            r"|os error 11\b|errno 11\b)|(?:resource temporarily unavailable|os error 11\b"
            r"|errno 11\b).{0,80}\block"
            r"|^\W*(?:\w+ ?: )?resource temporarily unavailable(?: \(os error 11\))?\.?$"
            r"|waiting for (?:the )?(?:cache |file )?lock(?!.*\b(?:got|acquired|done|ok)\b)|(?:is"
            r"|are) (?:already|currently|still) in progress|(?:operation|change|update|deployment"
            r"|rollback|migration|build|snapshot|backup)s? (?:is |are |was )?(?:already "
            r"|currently )?in progress|another \w+(?: \w+)? is (?:already |currently "
            r"|still )?(?:in progress|running|underway)|(?:already"
            r"|currently) running\b.{0,60}(?:pid|process|instance)"
            r"|cannot lock ref(?!.*(?:reference broken|unable to resolve reference))|(?:lock"
            r"|pid) ?file\b.{0,100}\bexists\b.{0,80}\b(?:process|running|instance)\b|lockexception"
            r"|locktimeout|transaction is locked|unable to queue the operation|(?:there's|there is"
            r"|has|have|an?) (?:an? )?(?:in[ -]progress|ongoing|pending) (?:\w+ ){1,4}(?:operation"
            r"|update|upgrade|change|deployment|rollout|request)\b|lease (?:is )?(?:currently "
            r"|already )?(?:held|owned) by"
        ),
    ),
)
FACTS = (*LIMITS, *LOCKS)
