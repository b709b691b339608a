"""How often a server may be asked, and quotas, which time refills or does not."""

from __future__ import annotations

from ..core.failure import HIGH, PERMANENT, RATE_LIMIT
from .fact import DECISIVE, HINT, fact

FACTS = (
    fact(
        "rate.issued",
        RATE_LIMIT,
        "too many certificates|too many new orders|too many failed authorizations"
        "|too many registrations|too many currently pending",
        "an authority limits how much it issues in a time",
        "error: too many certificates already issued for example.org",
        "error: too many certificate files in the folder",
    ),
    fact(
        "rate.wish",
        RATE_LIMIT,
        "retry_after|retry-after|retryafter|retry_after_ms|retry_after_seconds|ratelimit-reset"
        "|slow_down|again in|again after|retry in|retry after|resets in|reset in|resets at"
        "|resets after|next request|next call|next attempt|wait of|cool down|cooldown",
        "the server says when to come again",
        '{"error": "not now", "retry_after": 2}',
        "option --retry-after takes a number",
        weight=HINT,  # of a server in trouble too: what names the trouble says more
        pattern=(
            r"\bretry[_-]?after(?:_(?:ms|seconds))?[\"']{0,2}\s?[:=]\s?[\"'\[]{0,2}\d"
            r"|\bratelimit-reset(?:-\w+)?[\"']?\s?[:=]\s?\d|[\"'(]slow_down\b|\b(?:try|retry"
            r"|come back|request) (?:it |this |your request |the request )?(?:again )?(?:in"
            r"|after) (?:about |approximately |another )?\d+(?:\.\d+)? ?(?:more )?(?:m?s|secs?"
            r"|seconds?|m|mins?|minutes?|h|hrs?|hours?|days?)\b|\b(?:limit"
            r"|quota)\b.{0,40}\bresets? (?:in|at|after) \W?\d|\bnext (?:request|call"
            r"|attempt)\b.{0,20} (?:allowed|possible) (?:in|at|after)\b|\bwait of \d+"
            r"|\bcool(?:ing)?[- ]?down\b.{0,20}\d"
        ),
    ),
    fact(
        "rate.limited",
        RATE_LIMIT,
        "rate limit|rate-limit|rate limits|rate limiting|ratelimit|rate limited|rate-limited"
        "|ratelimited|too many requests|toomanyrequests|throttled|throttling|throttle"
        "|throttlingexception|slowdown|requestlimitexceeded|resource_exhausted|resourceexhausted"
        "|quota exceeded|pull rate limit|rate exceeded|toomanyrequestsexception|rate_limit_exceeded"
        "|rate_limit_error|ratelimiterror|rate_limited|exceeded quota|over_query_limit"
        "|provisionedthroughputexceededexception|abuse detection|secondary rate|request limit"
        "|requests per|request rate|data quota|daily limit|hourly limit|over limit|slow down"
        "|quotaexceeded|bandwidthlimitexceeded|usage limit|api limit|userratelimitexceeded"
        "|ratelimitexceeded|quota limit|exceeded the limit|request quota|throttlederror"
        "|exceeded your|exceeded a|exceeded the|limit reached|limit exceeded|has been exhausted"
        "|tokens per|too many attempts|too many calls|too many queries|too many downloads"
        "|too many operations|too many api|too many messages|too many logins|calm down|flood"
        "|back off|throttled|volume exceeded|number of requests|rate is too|used up"
        "|ratelimitexception|priorrequestnotcomplete|err_too_many_requests|too fast|too quickly"
        "|too frequently|too often|bandwidth limit|download limit|quota for|calls per|query limit"
        "|per minute|per second|per hour|per day|limited to|limit will reset"
        "|transactioninprogressexception|es_rejected_execution_exception|the limit|your limit"
        "|a limit",
        "the server limits how often it may be asked",
        "error: API rate limit exceeded for 203.0.113.7",
        "rate_limit.c: rate limiter initialised",
        weight=DECISIVE,
        pattern=(
            r"rate[ -]?limit(?:s|ed|ing)?\b.{0,60}(?:exceed|reach|\bhit\b|error|violat|denied"
            r"|exhaust|block)|(?:exceed|reach|\bhit\b|over|due to"
            r"|because of)\w*\b.{0,60}\brate[ -_]?limit|\brate[- ]limited\b|(?:^|\W)(?:api|pull"
            r"|request|secondary|upload|download|anonymous|unauthenticated) rate limit"
            r"|ratelimit(?:ed|error|exceeded|exception)|rate_limit(?:ed|_exceeded|_error)"
            r"|too many requests|too ?many ?requests|(?:requests?|calls?|api|you|client|operation"
            r"|been|was|is|being|server|are) (?:\w+ )?throttled|throttling(?:exception"
            r"|error)?\b(?=:| |\)|$)(?! (?:middleware|function|module))|\(throttling\w*\)"
            r"|throttlederror|resource has been exhausted|\bslowdown\b|(?:reduce"
            r"|slow) (?:down )?(?:your|the) request|request ?limit ?exceeded|resource_exhausted"
            r"|resourceexhausted|quota (?:has been )?(?:exceeded|reached|exhausted)(?: for)?"
            r"|quotaexceeded\b|exceeded (?:your|the|its|a|quota|rate)\b.{0,60}(?:quota|rate"
            r"|requests?|per (?:second|minute|hour|day|month))|(?:request|usage|api|call|query"
            r"|daily|hourly|download|bandwidth) limit (?:has been |was )?(?:exceeded|reached|hit)"
            r"|over_query_limit|rate exceeded|throughputexceeded|abuse detection"
            r"|\bquota for .{1,60}\bper (?:second|minute|hour|day)\b.{0,40}\bexceeded"
            r"|\d+ (?:requests?|calls?|tokens) per (?:second|minute|hour|day).{0,60}(?:exceed"
            r"|limit)|(?:exceed|limit)\w*\b.{0,80}(?:requests?|calls|tokens|queries)? ?(?:per"
            r"|/) ?(?:second|minute|hour|day|min)\b|bandwidthlimitexceeded|please slow down"
            r"|(?:requests|requesting|going|submitted|created|sent|called|posted|made|asked"
            r"|connecting) too (?:fast|quickly|frequently|often)|over its data quota"
            r"|too many (?:login |authentication )?attempts.{0,40}(?:later|wait|again)"
            r"|too many (?:api )?(?:calls|queries|downloads|messages|logins|hits|operations per"
            r"|requests per)\b|\b(?:calm|slow) down\W*$|\bflood (?:wait|control|limit|protection)\b"
            r"|\bplease back off\b|\bback off for \d|(?:^|: )throttled\W*$|\bvolume exceeded\b"
            r"|\b(?:max(?:imum)?|allowed|permitted)(?: \w+)? number of (?:requests|calls"
            r"|queries)\b.{0,60}\b(?:reached|exceeded|hit)\b|\brequest rate (?:is )?too (?:high"
            r"|large|fast)|\b(?:requests|calls|queries) (?:are )?(?:coming|arriving) too (?:fast"
            r"|quickly|often)|\brate limiting (?:you|your|this|us)\b|\b(?:credits?|tokens|requests"
            r"|calls|quota|budget|allowance)\b.{0,30}\b(?:for (?:this|the current)|this) (?:second"
            r"|minute|hour|day|month)\b.{0,30}\b(?:used up|exhausted|spent|gone)"
            r"|\blimit (?:\w+ ){0,2}(?:exceeded|reached|hit)\b.{0,80}\b(?:again (?:in|later|after)"
            r"|later|wait \d)|priorrequestnotcomplete|es_rejected_execution|(?:reached|exceeded|hit"
            r"|over) (?:the|your|a|its) (?:\w+ ){0,4}limit\b.{0,80}(?:again|later|wait)"
        ),
    ),
    fact(
        "quota.used-up",
        PERMANENT,
        "insufficient_quota|current quota|exceeded quota|credit balance|billing|cores quota"
        "|quota exceeded|quotaexceeded|vpclimitexceeded|instancelimitexceeded|quota_exceeded"
        "|vcpulimitexceeded|addresslimitexceeded|limitexceeded|payment required|quota for"
        "|increase quota|increase quotas|increase your quota|request a quota|raise the quota"
        "|out of credits|insufficient credits|insufficient funds|spending limit|hard limit",
        "a quota that time does not refill",
        "Error code: 429 - You exceeded your current quota, please check your plan and billing"
        " details.",
        "the quota for this minute is used up",
        weight=DECISIVE + 3,
        severity=HIGH,
        pattern=(
            r"insufficient_quota|exceeded your current quota(?!.*(?:retry in \d|retrydelay"
            r"|free_tier_requests|per ?(?:minute|day)))|credit balance is too low"
            r"|plan and billing(?!.*(?:retry in \d|retrydelay|free_tier_requests|per ?(?:minute"
            r"|day)))|(?:cores?|vcpu|cpus?|gpus?|disks?|addresses|instances?"
            r"|\w+_all_regions)['\"]? quota|quota ['\"][^'\"]{1,60}['\"] exceeded"
            r"|quotaexceeded.{0,200}(?:cores|approved|regional)|(?:vpc|instance|vcpu|address|bucket"
            r"|volume|securitygroup|snapshot|role|policy)limitexceeded|payment required|(?:out of"
            r"|insufficient) (?:credits|funds)|billing (?:hard |account |is )|spending limit"
            r"|please (?:increase|request|raise)\b.{0,30} quotas?\b|exceeded quota: \S+, requested"
            r"|\bquota for \S+ \(\d+/\d+\)"
        ),
    ),
    fact(
        "rate.wording",
        RATE_LIMIT,
        "allowed|quota for|quota of|too many|too many new|over the|rate too high|too much"
        "|tier capacity|requested too|too frequent|frequency|resource|per second|burst"
        "|concurrent connections|limit reached|quota|cap exceeded|rolling limit|flow control"
        "|exceeding usage|unexpected volume|has been reached|been exceeded",
        "the server limits how often it may be asked, in words of its own",
        "error: only one purge operation on jobs is allowed every 60 seconds",
        "error: only one value is allowed here",
        weight=DECISIVE,
        pattern=(
            r"\b(?:only|at most|no more than) (?:one|two|\d+) .{1,60}\b(?:allowed "
            r"|permitted )?(?:every|per|each|in any) (?:\d+ )?(?:seconds?|minutes?|hours?|days?"
            r"|second period)\b|\b(?:requested|called|sent|made|accessed|tried"
            r"|polled) too (?:many times|often|frequently)|\btoo many \w+\b.{0,40}\bwait \d+ ?(?:s"
            r"|m|h)|\btoo many new \w+|\bper second (?:is|are|was) (?:over|above)\b"
            r"|\brate (?:is )?too high\b|\btoo much (?:mail|traffic|load) from\b"
            r"|\btier capacity exceeded\b|\bconcurrent connections limit exceeded\b|\b(?:request"
            r"|call|query)\w* (?:is |are )?too frequent|\bexceeded the ['\"](?:\w+"
            r"|…)['\"] resource\b|\bquota (?:for|of) .{1,60} (?:for|per|in) (?:\d+ ?(?:s|m|h|secs?"
            r"|seconds?|min\w*|hours?|days?)|one hour|a day)\b.{0,30}\bexceeded|\bburst (?:limit"
            r"|capacity) (?:exceeded|reached)|\b(?:too many times|too much) (?:for|in) (?:one|a"
            r"|this) (?:day|hour|minute)\b|\b(?:cap|limit|quota)\b.{0,80}\b(?:reached"
            r"|exceeded)\b.{0,120}\b(?:wait \d|tomorrow|midnight|resets?|try again (?:in|after"
            r"|once))|(?<!storage )\bcap exceeded\b|\brolling limit\b|\buser flow control"
            r"|\bblocked due to exceeding usage\b|\b(?:enqueued|daily|hourly"
            r"|monthly) \w+ limit reached\b|\bunexpected volume\b|\b(?:requests|operations"
            r"|calls) over the (?:account |allowed )?(?:limit|rate)\b"
        ),
    ),
)
