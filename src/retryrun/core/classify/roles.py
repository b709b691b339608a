"""What a line is for: an error, a warning, an attempt that was made good, advice, quoted source."""

from __future__ import annotations

import re

from .patterns import compiled, pattern
from .quoted import is_quoted, looks_quoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from .lines import Line

ERROR, PLAIN, WARNING, RECOVERED, ADVICE, SOURCE = (
    "error",
    "plain",
    "warning",
    "recovered",
    "advice",
    "source",
)
# What each role does to the weight of evidence found in its line.
SHIFT = {ERROR: 2, PLAIN: 0, WARNING: -15, RECOVERED: -40, ADVICE: -100, SOURCE: -100}
LOOKED_BACK = 400  # lines
TRACED_BACK = 40  # lines above an error in which a shell's trace of its command is looked for
WHY = {
    WARNING: "only a warning",
    RECOVERED: "an attempt that the tool itself made again",
    ADVICE: "general advice, no evidence",
    SOURCE: "quoted source or stack frame",
}

_PREFIX = r"^[\s\W]*(?:\[[^\]]{1,40}\]\s*|(?:npm|yarn|pnpm|error|err!|E|info)(?!\w)[:!]?\s+){0,3}"
_ADVICE = pattern(
    _PREFIX + r"(?:hint|help|note|notice|tip|tips|suggestion|advice|see also|possible (?:cause"
    r"|reason|solution)s?)\b\s*[:\-]"
    r"|" + _PREFIX + r"(?:please (?!.{0,60}\b(?:in|after|wait) \d+ ?(?:ms|s|m|h|sec|min|hour|day))"
    r"(?:make|check|ensure|verify|see|try|report|refer|run|consider"
    r"|confirm)"
    r"|make sure|ensure (?:that|your|the|you|crds)|check (?:your|the|that|whether|if|to"
    r"|for)|did you|if you|if this|if the"
    r"|in most cases|perhaps|verify (?:that|your|the)|consider\b|try (?:again(?! later:)|to|running"
    r"|using|adding|setting|with|--|-)"
    r"|you (?:can|may|might|could|should|must)|this (?:may|might|could|is likely|usually"
    r"|can|error (?:can|may|might|usually|typically|often))"
    r"|it (?:may|might|is possible|is likely)|for more|to (?:fix|learn|see|get|resolve"
    r"|work|correct|retry|solve|continue|proceed|recover)\b"
    r"|common (?:cause|reason|issue)s?|some possible|the most likely|is (?:your"
    r"|the) (?:\w+ )?(?:server|daemon|service|network)"
    r"|run with|re-?run|(?:the )?possible)"
    r"|is likely not a problem with|(?:try|run)[: ]\W*(?:-{1,2}\w|gradle|with --)"
    r"|is the server running|this is a problem related to network",
    re.IGNORECASE,
)
_RECOVERED = pattern(
    r"(?<![\w-])(?:retrying(?! (?:may|might|could|can|will|would|should|does|did|won))|re-trying"
    r"|will (?:be )?retr(?:y|ied)|will try again"
    r"|(?<!please )(?<!can )(?<!may )(?<!should )retry(?:ing)? (?:in|after \d|attempt|#?\d)|"
    r"trying (?:the )?(?:other|another|next|again|alternate|to reconnect|mirror|fallback|secondary"
    r"|backup)"
    r"|trying again in|spurious|"
    r"reconnecting|falling back|fall back to|fallback|backing off|back-?off(?! (?:pulling"
    r"|restarting))|"
    r"(?:retries|attempts|tries) (?:left|remaining)|attempts? remaining|resuming"
    r"|will sleep|sleeping|(?<!after )(?<!timed out )(?<!timeout )(?<!when )waiting (?:for )?(?:\d"
    r"|(?:the )?lock)|blocking waiting for|"
    r"(?:attempt|retry|try) ?#?\d+(?: ?(?:/|of) ?\d+)?\b[^\n]{0,20}(?:failed|error|:)"
    r"|using (?:the |a )?(?:cached?|stale|local copy)|continuing (?:without|anyway)"
    r"|recovered|succeeded on)"
    r"|^ign:\d|\(try:? ?\d|\bretry:|"
    r"\d+ (?:more )?(?:retries|attempts|tries) (?:left|remaining)",
    re.IGNORECASE,
)
SAID_BY_ALL = 2  # exit statuses up to this one say nothing of who ended with them
# Who names the status it ends with in its last line.
_STATUS = pattern(r"^\W*curl: \((\d{1,2})\)")
_NOTE = pattern(r"^\W*note: ")
_PAGE = pattern(r"^\s*<(?:!doctype|html|head|title|body|h\d|p|div|center|span)\b", re.IGNORECASE)
_EXHAUSTED = pattern(
    r"total=0\b|giving up|gave up|given up|max(?:imum)?\.? (?:number of )?(?:retries"
    r"|retry|attempts|tries)"
    r"|retries exceeded|(?:too many|no more|all|out of) (?:retries|attempts|tries|retry)"
    r"|retry limit|retries (?:exhausted|failed)"
    r"|after (?:\w+ )?(?:retries|attempts|tries)|after \d+ (?:failed )?(?:retries"
    r"|attempts|tries|times)|not retrying|no retr"
    r"|\b(?:attempt|try|retry) ?#?(\d+) ?(?:/|of) ?\1\b|won't retry|will not retry"
    r"|aborting|0 (?:retries|attempts) (?:left|remaining)",
    re.IGNORECASE,
)
_WARNING = pattern(
    r"^\W{0,3}(?:[\w.:/ -]{0,40}?[\[(:\s|])?(?:warn(?:ing)?s?\b(?!.{0,12}\berror)|W:"
    r"|notice:|deprecat\w+)|"
    r"^[\w./ :-]{0,60}:\s*(?:\w+)?warning\b|^W\d{4} |^\S{0,30}\s?(?:\[|\b)(?:debug|trace"
    r"|info)\b[\]:|]|level=(?:warn|info|debug)|"
    r'"level":\s*"(?:warn|info|debug)|^(?:\[?[\d:T.,+Z/ -]{8,35}\]?)[\s'
    r"|:\[-]{0,4}(?:\w+\s)?(?:warn|info|debug)",
    re.IGNORECASE,
)
# sbt shows what ended a test as information.
_RAISED_IN_SBT = pattern(r"^\[info\]\s+(?:[a-z][\w$]*\.)+[A-Z]\w*(?:Exception|Error)\b")
_ERROR = pattern(
    r"\b(?:error|fatal|err!|failed|failure|fails|panic|panicked|exception|can ?not|can't"
    r"|could ?n[o']t|unable|unsuccessful|"
    r"abort(?:ed|ing)?|critical|refused|denied|caused by|giving up)\b|^E:|^Err:\d"
    r"|\w(?:Error|Exception)\b|^(?-i:(?:[a-z_]\w*\.)+[A-Z]\w+: )|\bERR_|^curl: \(\d|\bErrno::E"
    # The system's own words for an error, as a program says them: "who: what: words".
    r"|: (?:no route to host|name or service not known|temporary failure in name resolution"
    r"|(?:connection|operation) timed out|network is (?:unreachable|down)|host is (?:unreachable"
    r"|down)|connection reset by peer|broken pipe|nodename nor servname provided)\b"
    r"|: (?:connection closed|no such file or directory|not a directory|is a directory|file"
    r" exists)$|^name or service not known: ",
    re.IGNORECASE,
)


def role(lines: Sequence[Line], number: int) -> str:
    """Return what a line is for, seen with its neighbours."""
    text = lines[number].text
    if is_quoted(lines, number):
        return SOURCE
    if _RECOVERED.search(text):
        return ERROR if _EXHAUSTED.search(text) or _is_last(lines, number) else RECOVERED
    if _ADVICE.search(text):
        return ADVICE
    if _WARNING.search(text[:120]) and not _RAISED_IN_SBT.match(text):
        return WARNING
    return ERROR if _ERROR.search(text) else PLAIN


def is_note(text: str) -> bool:
    """Tell whether advice is a compiler's note, which may hold what a program that it ran said."""
    return bool(_NOTE.match(text))


def is_page(text: str) -> bool:
    """Tell whether a line is of a page for people, which asks to come again whatever is wrong."""
    return bool(_PAGE.match(text))


def names_status(text: str, exit_code: int) -> bool:
    """Tell whether a line names the exit status of the run as its own: that program came last."""
    named = _STATUS.match(text)
    return named is not None and int(named[1]) == exit_code > SAID_BY_ALL


def complains(lines: Sequence[Line], but_not: str) -> bool:
    """Tell whether there is an error on stderr, and no line there that fits this pattern.

    Where nothing came by stderr both streams may have been one, as on a terminal.
    """
    found = False
    stream = "stderr" if lines and lines[-1].stream == "stderr" else "stdout"
    for line in lines[-LOOKED_BACK:]:
        if line.stream == stream:
            if compiled(but_not, re.IGNORECASE).search(line.text):
                return False
            found = found or role(lines, line.number) == ERROR
    return found


def last_independent_error(lines: Sequence[Line]) -> int:
    """Return the number of the last error that trouble with a download does not explain, or -1."""
    for line in reversed(lines[-LOOKED_BACK:]):
        if not _ERROR.search(line.text) or _CONSEQUENCE.search(line.text):
            continue
        if role(lines, line.number) == ERROR:
            return line.number
    return -1


def made_good(lines: Sequence[Line], number: int) -> bool:
    """Tell whether the next line of the stream says that the attempt was made again."""
    for line in lines[number + 1 : number + 4]:
        if line.stream != lines[number].stream:
            return False
        if line.text.strip():
            return bool(_RECOVERED.search(line.text)) and role(lines, line.number) == RECOVERED
    return False


def is_of_earlier_command(lines: Sequence[Line], number: int) -> bool:
    """Tell whether a shell that traces went on after this line to a command that failed by itself.

    What is run after a failure, to tell of it or to clean up, is no command of that kind.
    """
    after = lines[number + 1 :][-LOOKED_BACK:]
    last = next((line.number for line in reversed(after) if _is_work(line.text)), None)
    if last is None or not any(_TRACED.match(line.text) for line in lines[:number][-TRACED_BACK:]):
        return False
    return any(
        role(lines, line.number) == ERROR and not _OF_CALLER.match(line.text)
        for line in after
        if line.number > last
    )


def _is_work(text: str) -> bool:
    """Tell whether a traced command does what a script is for."""
    traced = _TRACED.match(text) if text.startswith("+") else None
    return traced is not None and traced[1] not in _AFTERWARDS and "=" not in traced[1]


def _is_last(lines: Sequence[Line], number: int) -> bool:
    """Tell whether a tool said nothing more after it: then the attempt was its last."""
    return not any(line.text.strip() for line in lines[number + 1 : number + 40]) and (
        number + 40 >= len(lines)
    )


# How a shell that traces (`sh -x`) shows the command that it runs, and what scripts run at the end.
_TRACED = pattern(r"^\++ (\S+)")
# What is said by whatever ran the script.
_OF_CALLER = pattern(
    r"^\s*(?:g?make|npm|yarn|pnpm|error:? (?:process|recipe|script|task))\b", re.IGNORECASE
)
_AFTERWARDS = frozenset((
    "exit", "return", "echo", "printf", "rm", "kill", "trap", "sleep", "true", "false", "[", "[[",
    "test", "set", "local", "popd", "cd", "cat", "tail", "logger", "cleanup", "die", "fail", "wait",
    "docker", "kubectl", "pkill", "break", "continue", ":", "umount", "grep", "date",
))  # fmt: skip
# Errors that any trouble with a download, a server or a part of the work brings about.
_CONSEQUENCE = pattern(
    r"fetch|download|retriev|install|connect|request|resolv|transfer|upload|pull|push"
    r"|sync|clone|update"
    r"|not found|no such|unable to|could ?n[o']t|can ?not|can't|no match|no installation"
    r"|unavailable"
    r"|exit(?:ed)?\b|status|fail|abort|stopp|errors? (?:were |was )?(?:found|encountered|occurred)"
    r"|^\W*(?:an )?error (?:while|when|during|in) [\w-]+\W*$|an (?:unexpected "
    r"|unknown )?error (?:has )?occurr"
    r"|something went wrong|^fatal: (?:invalid argument|unexpected eof|exit status)"
    r"|\*\*\* \[.*\] error \d|^g?make(?:\[\d+\])?: \*\*\*|metadata|giv(?:ing|en) up|broken links?"
    r"|no (?:data|response|result)"
    r"|treated as error|pending (?:error|event)|returned an? (?:\w+ )?error\W*$"
    r"|a complete log of this run",
    re.IGNORECASE,
)
_NOISE = pattern(
    r"^\s*$|^make(?:\[\d+\])?: (?:leaving|entering|\*\*\*)|^npm err(?:or"
    r"|!)\W+(?:a complete log|\s*$|[\d-]+t[\d_-]+z)|"
    r"^\s*(?:at |from |file \"|in )|^[\W_]*$|^exit(?:ed)? (?:status|code)|^Node\.js v"
    r"|^For more|^\[ERROR\] *(?:\[Help|To see|Re-run|For more|$)",
    re.IGNORECASE,
)


def telling(lines: Sequence[Line]) -> Line | None:
    """Return the line that says most where no rule fits: the last that speaks of an error."""
    last = None
    for line in reversed(lines[-2000:]):
        if _NOISE.search(line.text):
            continue
        if last is None or (last.stream == "stdout" and line.stream == "stderr"):
            last = line
        if (
            _ERROR.search(line.text)
            and not _ADVICE.search(line.text)
            and not looks_quoted(line.text)
        ):
            return line
    return last
