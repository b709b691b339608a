"""What passes by itself: things between two states, places that are taken, wishes to come again."""

from __future__ import annotations

from ..core.failure import LOW, TRANSIENT
from .fact import CAUSE, HINT, fact

# What a thing is doing while it cannot be had.
_DOING = (
    r"(?:(?:load|start|initiali[sz]|creat|delet|updat|modify|process|provision|transition|boot"
    r"|build|restor|recover|upgrad|migrat|scal|synchroni[sz]|sync|terminat|restart|deploy|resiz"
    r"|replicat|rebalanc|compact|attach|detach|(?:re)?configur|drain|bootstrapp|failing over|warm"
    r"|resilver|scrubb|quiesc|verify|(?:re)?index|snapshott|flush)ing(?: up| down)?|backing[- ]up"
    r"|shutting[- ]down|in[ _-]progress|\w+_in_progress|pending)\b"
)
_DONE = (
    r"(?:deleted|terminated|modified|updated|removed|processed|moved|restored|migrated|upgraded"
    r"|replaced|drained|evicted|shut down|scaled|resized|synchroni[sz]ed|stopped|restarted"
    r"|backed up|rebuilt|failed over)"
)
_WORK = (
    r"(?:request|operation|update|upgrade|deployment|event|task|job|change|action|transaction"
    r"|migration|snapshot|backup|build|import|export|upload|query|process|session|execution)"
)
FACTS = (
    fact(
        "state.changing",
        TRANSIENT,
        "being|state|status|phase|currently|still|already|warming up|coming up|starting up"
        "|booting up|spinning up",
        "what is asked for is between two states",
        "error: volume vol-1 is in the 'detaching' state",
        "error: the state 'missing' is not one of open, closed",
        weight=CAUSE + 6,  # says more than the status of HTTP that comes with it
        severity=LOW,
        pattern=(
            rf"\b(?:is|are|was|were) (?:currently |still |already )?being {_DONE}\b"
            r"|\b(?:is|are) (?:currently|still|already) being (?:created|initiali[sz]ed|built"
            r"|provisioned|configured|started)\b"
            rf"|(?:\b(?:state|status|phase)(?: is| was)?[ :=]{{1,3}}['\"(]?|: currently "
            rf"|\b(?:is|are) (?:currently|still|already) ){_DOING}"
            r"|\bin (?:the |an? )?['\"]?(?!missing|existing|running|failing|warning)(?:[\w-]+ing"
            r"|\w+_in_progress|backing-up|pending)['\"]? (?:state|status|phase)\b"
            r"|\bin (?:the )?state:? ['\"]?maintenance\b|\btransient state\b"
            r"|\bis (?:warming|starting|booting|coming|shutting|spinning|powering) (?:up|down)\b"
            r"|\b(?:a|the) (?:merge|session|gc|lock|lease|transfer|rebuild) (?:\w+ )?(?:is |are )"
            r"(?:already|still|currently) (?:active|running|open|held)"
        ),
    ),
    fact(
        "state.work",
        TRANSIENT,
        "has a|has an|have a|have an|already a|already an|there is|previous|prior|in progress"
        "|ongoing|conflicting|running operation|process of other|process of another"
        "|still processing|still executing|in-progress|recovery|failover",
        "another piece of work on the same thing is under way",
        "error: the droplet already has a pending event",
        "error: a previous build left files in the folder",
        weight=CAUSE + 6,
        severity=LOW,
        pattern=(
            r"\b(?:has|have|there is|is) (?:already )?an? (?:pending|running|active|ongoing"
            rf"|unfinished|outstanding|in[- ]progress) (?:\w+ )?{_WORK}\b"
            r"|\bprevious \w+\b.{0,80}\b(?:is|are|was) (?:still|not yet|not fully)\b"
            r"|\bprior \w+\b.{0,40}\b(?:still|not yet|not complete|in progress)"
            r"|\bstill (?:processing|executing) (?:an? |the |your )?\w+"
            r"|\b(?:initiali[sz]ation|shutdown|recovery|failover|election|rebalance|startup"
            r"|restart|checkpoint|compaction|maintenance)(?: or \w+)? (?:is )?in progress"
            r"|\b(?:another|other|a|the) (?:ongoing|conflicting|running) operation"
            r"|\bconflicting operations\b|\bin the process of (?:an)?other \w+"
            r"|\baction \(\w+\) in progress|\bin[- ]progress gc job"
            r"|\bbecause of (?:a )?(?:database |instance |crash )?(?:recovery|failover|restart)\b"
        ),
    ),
    fact(
        "state.moment",
        TRANSIENT,
        "right now|at this moment|at the moment|momentarily|for the moment|at this time|maintenance"
        "|not ready|not yet ready|in use|not available|safe mode|safemode|shut down|getting ready"
        "|marked for deletion|behind by|not currently|not yet prepared|prepared|close 1001"
        "|close 1012|close 1013|installing|uninstalling|daemon is|did not start|did not come up"
        "|did not become|did not boot|unable to boot|failed to start launchd_sim"
        "|never began executing|never finished bootstrapping|too many parts|pending review"
        "|is in post|while it is being|available state|verifying blocks",
        "it is said that it does not work just now",
        "error: the service cannot accept control messages at this time",
        "error: Python 3.99 is not supported at this time",
        weight=CAUSE + 6,
        severity=LOW,
        pattern=(
            r"(?<!to requests )\b(?:right now|at this moment|at the moment|momentarily"
            r"|for the moment)\b(?!.{0,40}support)(?<!supported at the moment)|\b(?:cannot|can't"
            r"|could not|unable to"
            r"|not) (?:\w+ ){1,6}at this time\b(?<!supported at this time)"
            r"(?<!available at this time)|\bnot currently (?:responding|reachable|accepting"
            r"|available)\b|\b(?:is|are|was) not (?:yet |currently )?(?:ready"
            r"|in the available state)\b(?! (?:to (?:be|use|go)|and))|\b(?:in safe ?mode\b"
            r"|safe mode is on\b)"
            r"|\bnot yet prepared\b|\b(?:database|filesystem|device|volume|disk|partition"
            r"|mailbox) (?:is )?in use\b(?! by (?:the )?(?:root|system))"
            r"|(?<!that is )\bstill in use\b|\b(?:timestamp|service|server"
            r"|api) (?:service )?is not available\b(?! (?:in|for|on|to)\b)|\b(?:offline"
            r"|down) for maintenance\b|\bgoing to shut ?down\b|\bgetting ready to\b"
            r"|\bin pending review\b|\bmarked for deletion\b"
            r"|\bwhile the \w+(?: \w+){0,4} is in (?:post|boot)|\bbehind by \d"
            r"|\bclose (?:code )?10(?:01|12|13)\b|\bdaemon is (?:stopping|restarting)\b"
            r"|\bdid not (?:start|come up|become ready|boot) (?:in|within|after) \d"
            r"|\bunable to boot the simulator|\bnever (?:began executing tests"
            r"|finished bootstrapping)|\btoo many parts\b|\bverifying blocks\b|\b(?:is"
            r"|are) (?:still )?(?:installing|uninstalling)\b|\bwhile it is being\b"
        ),
    ),
    fact(
        "state.replica",
        TRANSIENT,
        "state standby|with recovery|read-only option|replica|replicas|leader|active node"
        "|active cluster node|in-sync|quorum|shard"
        "|shards|responders|coordinator|active group|rebalance|rebalanced|raft|live replicas"
        "|unhealthy instances|segments|segment|partitions|ingesters|to the primary|to the leader"
        "|to the master|preparing a vm|this build|this job|too old resource|disruption budget"
        "|region is unavailable|worker nodes|worker node|zookeeper|responses",
        "a cluster has lost or is choosing who may answer",
        "Messages are rejected since there are fewer in-sync replicas than required.",
        "the chart has replicas: 3",
        severity=LOW,
        weight=CAUSE + 4,
        pattern=(
            r"\bin state standby\b|\bread[- ]?only replica\b|conflict with recovery"
            r"|with the -*read-only option so it|\b(?:fewer|not enough|insufficient"
            r"|too few|no) (?:\w{1,40}[- ]?){0,2}(?:in-sync )?(?:replicas|worker nodes|quorum"
            r"|live nodes|shards?)\b(?: (?:than|are|is|available|to)|\W*$|\. )"
            r"|\bno (?:\w+ )?(?:leader|responders|quorum|coordinator|active node)\b"
            r"|\b(?:active )?(?:cluster )?node not found\b|\ball shards failed\b"
            r"|coordinator is (?:loading|not|unavailable)|not part of an active group|\b(?:group"
            r"|consumer|cluster) (?:is |has been |was )?rebalanc|\btoo old resource version\b"
            r"|\bdisruption budget\b|\bregion is unavailable|\btalking to a worker node"
            r"|\btalk to zookeeper|\breceived only \d+ responses?\b|\bmaster (?:\w+ )?is down\b"
            r"|\blive replicas required|\bunhealthy instances\b|\b(?:segments?|shards?|replicas?"
            r"|partitions?|ingesters?) (?:are |is )?unavailable|\bmust pass through the leader"
            r"|\bforwarding the request to the (?:primary|leader|master)|\bpreparing (?:a )?(?:vm"
            r"|machine|environment) for this (?:build|job)\b"
        ),
    ),
    fact(
        "place.taken",
        TRANSIENT,
        "capacity|resources|resource|concurrency|simultaneous|concurrent|parallel|in use|slots"
        "|sessions|seats|users|handler|handlers|workers|task slots|sold out|pool|connections"
        "|already connected|request limit|queuing for|no free|no idle|no available|no spare"
        "|clients reached|maximum number|too many|due to limit|memory available|queuing for",
        "all places are taken just now",
        "error: all parallel sessions are currently in use",
        "error: the capacity of the list is 3",
        severity=LOW,
        weight=CAUSE + 4,
        pattern=(
            r"\bno (?:\w+ ){0,2}capacity (?:is |was )?(?:currently )?available|\b(?:fulfill|reserve"
            r"|acquire|allocate|obtain|schedule)\b.{0,30}\b(?:capacity|(?:required|requested"
            r"|enough) resources?|resource for (?:machine|the|this))\b|\b(?:concurrency|session"
            r"|seat|licen[cs]e|worker|slot|simultaneous|parallel) limit (?:\w+ ){0,3}(?:exceeded"
            r"|reached|hit)|\b(?:exceeded|reached|hit"
            r"|over) (?:\w+['\u2019]?\w* ){0,4}(?:concurrency|session|parallelism) limit"
            r"|\btoo many (?:simultaneous|concurrent|parallel|open|active|running"
            r"|outstanding) (?:\w+ )?(?:queries|connections|requests|sessions|jobs|builds|runs"
            r"|transactions|operations|statements|streams|users|uploads)\b"
            r"|\ball (?:\w+ ){1,4}(?:are|is) (?:currently |already )?(?:in use|busy|taken|occupied"
            r"|allocated)\b|\b(?:number of )?users already reached|\bno (?:free|idle|available"
            r"|spare) (?:\w+ )?(?:slots?|workers?|seats?|sessions?|handlers?|runners?|agents?"
            r"|executors?|licen[cs]es?|nodes?|hosts?|threads|address(?:es)?|connections?|backends?"
            r"|servers?|instances?|devices?)\b|\b(?:find|get|acquire|obtain"
            r"|wait\w* for) (?:an? )?(?:free|available|idle) (?:handler|worker|slot|connection"
            r"|session|runner|server|node|agent|thread)|\b(?:max(?:imum)?|limit|too many"
            r"|number of)\b.{0,40}\b(?:clients?|connections?|sessions?|shells|contexts?|concurrent"
            r"|simultaneous(?:ly)?|in-progress|running|scripts|jobs|queries"
            r"|workers)\b.{0,60}\b(?:reached|exceeded|open|running|active|simultaneously)\b"
            r"|\bexceed the maximum number of (?:in-progress|running|concurrent)|\b(?:session"
            r"|connection|client)s? (?:was |were )?(?:rejected|refused) due to limit"
            r"|\bmax (?:number of )?clients reached"
            r"|\bnot enough (?:\w+ )?memory available in (?:\w+ )?pool"
            r"|\brequest limit for the (?:database|elastic pool) is\b|\b(?:consumer|client|session"
            r"|user|device) is already connected\b|\bsold out\b|\bqueue (?:is )?full\b"
            r"|queuing for connections|\bpool (?:is )?(?:exhausted|empty|full)\b"
            r"|\bwaiting for (?:a |an )?connection from (?:the )?pool\b"
        ),
    ),
    fact(
        "retry.asked",
        TRANSIENT,
        "retry the|retry your|retry this|retry that|retry it|retry later|please retry|retry request"
        "|rerun|re-run|resubmit|and retry|and try|and then try|and submit|and send|and repeat|later"
        "|try the|try your|try this|try that|transient|temporary|please wait|retry transaction"
        "|retry operation|retry query|retry upload|retrying the|retrying this|please try"
        "|please refresh|again soon|again after|retry after|please resubmit|resubmit your"
        "|retry soon|retry shortly",
        "the error itself asks to come again",
        "ERROR: the transaction was rolled back; retry the transaction",
        "error: fix the value and retry the request",
        severity=LOW,
        weight=HINT,
        pattern=(
            r"(?<!and )(?<!then )(?<!before )(?<!to )(?<!cannot )(?<!not )\b(?:please )?(?:retry"
            r"|rerun|re-run|resubmit)(?:ing)? (?:the |your |this |that |it\b|whole "
            r"|failed )*(?:transaction|request|operation|query|statement|connection|upload|download"
            r"|call|read-modify-write|it|merge|update|write|commit)\b(?! with\b)|\b(?:wait"
            r"|review) (?:\w+ ){0,4}and (?:then )?(?:re-?try|try|submit|send|repeat)\b"
            r"|\b(?:please )?(?:retry|try|come back|check back)(?: (?:the |your |this |again|it"
            r"|operation|request|connection|job)){0,3},? later\b|\bplease retry(?: \w+)?[.!]*$"
            r"|(?<!and )(?<!then )\btry (?:the |your |this |that )(?:\w+ ){1,2}again\b"
            r"|\bthis is (?:probably |likely |usually )?(?:a )?(?:transient|temporary)\b"
            r"|\b(?:transient|temporary) (?:issue|problem|condition|fault|outage)\b"
            r"|\bplease (?:refresh(?: the page)? and )?(?:re-?try|try again"
            r"|resubmit)\b(?!.{0,40}\b(?:with(?:out)?|using)\b)(?!.{0,30} (?:after (?:fixing"
            r"|correcting|updating|checking|install)|once you))|\b(?:retry"
            r"|try again) (?:after (?:some|a|the current|the running|closing|waiting)|soon"
            r"|shortly)\b|^\W*(?:please )?retry later\W*$|\bplease wait (?:\.\.\.|a |for |until "
            r"|while )"
        ),
    ),
)
