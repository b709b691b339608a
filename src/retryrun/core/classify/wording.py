"""What the wording of one line makes of the words in it: a name, a value, a check, a setting."""

from __future__ import annotations

import re

from ..failure import PERMANENT
from .patterns import pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...rules.fact import Fact
    from .lines import Line

# Most lines hold none of these words, and looking for a word is cheaper than for a pattern.
_OF_UNKNOWN = (
    "bad ", "inv", "ill", "uns", "unb", "und", "unre", "unk", "unab", "no ", "not", "n't", "never",
)  # fmt: skip
_OF_CHECK = (
    "expect", "actual", "receiv", "evaluat", "got", "want", "but ", "left", "right", "element",
    "selector", "grep", "sed", "awk", "echo", "printf", "test", "equal", "assert", "rais", "thr",
    "true",
)  # fmt: skip
_OF_INPUT = ("input:", "snippet:", "excerpt:")
_OF_ECHO = ("echo", "print", "puts", "console.log")
_OF_VALUE = (
    "input",
    "invalid",
    "one of",
    "assignable",
    "assigned to",
    "allowed",
    "types",
    "seconds)",
    "must ",
    "is not ",
)
SAID = 8  # the shortest remark that is looked for in a command, in characters
MOST = 300  # and the longest
LOOKED_BACK = 60  # lines in which that command is looked for
_ASSERTION = pattern(
    r"\bexpect(?:ed|s|ing)?\b.{1,200}\b(?:to (?:be|equal|have|match|contain|throw"
    r"|include)|but|got|received|actual|found)\b",
    re.IGNORECASE,
)
# Which status of HTTP came where another one was expected is an event.
_ANSWER = pattern(
    r"\b(?:got|received|actual|found|but)\b.{0,40}\b[1-5]\d\d\b|\bexpected (?:an? )?(?:http"
    r" |status |code |response ){0,3}(?:of )?[1-5]\d\d\b",
    re.IGNORECASE,
)
_COUNTED = pattern(
    r"\bexpected (?:at least |at most |exactly )?\d+ (?!ok\b|http|status|response|code|but\b|got\b"
    r"|or\b|and\b|found\b|to\b|from\b|for\b)[a-z]{3,}",
    re.IGNORECASE,
)
# How much of a transfer has arrived.
_BYTES = pattern(
    r"\bexpected:? [\d,.]+ ?(?:bytes?)?\W{1,3}(?:received|got|read)\b|\bexpected to be kept alive"
    r"|\bexpected size: \d+; actual size",
    re.IGNORECASE,
)
# What a check says of what it checked: the words belong to the check.
_CHECKED = pattern(
    r"^\W*(?i:expected|actual|received|evaluated|expression|but (?:got|was)|got|want|left|right)"
    r"\s{0,3}[:=]|(?i:\bunable to find an? (?:\w+ )?element\b|\bwaiting for (?:element|selector)\b)"
    r"|\b(?:is|are) not (?:all )?TRUE$"
    r"|(?i:\bexpected (['\"])[a-z][^'\"]{0,100}\s[^'\"]{1,200}\1.{0,20}"
    r"\b(?:got|to|but|found|received))\b"
    r"|\b(?:[ef]?grep|sed|awk|echo|printf|test)\s+(?:-\w+\s+)*['\"]|(?i:\bnot equal(?: to)?\b)"
    r"|^\W*assert(?:ion\W{1,3}:|\b)|(?i:\bassertion\b).{0,300}(?i:\bfailed\b)|(?:ASSERT"
    r"|EXPECT)\w*\("
    r"|(?i:\bdid not (?:raise|throw)\b|\b(?:was|were) not (?:raised|thrown)\b)"
)
_VERDICT = pattern(
    r"\S[.|\s]+(?:FAIL(?:ED|URE)?|BROKEN|NOK)\W*$|\S:\s+FAIL(?:ED)? \([\d.]+ ?m?s\)$"
)
_VALUE = pattern(
    r"\binput should be\b|\binput_value=|\binvalid (?:input syntax|literal|value|argument|choice"
    r"|integer|number|int|boolean|date|format|character|token)\b.{0,60}:"
    r"|\b(?:must|should) be one of\b|\bmust (?:be (?:below|above|at least|at most|less"
    r"|greater|between|unique|positive|empty)|match|contain|start with|end with)\b"
    r"|\bis not assignable to\b|\bincompatible types?\b"
    r"|\bmismatched types\b"
    r"|\bcan(?:no|')t be assigned to\b|\bis not allowed (?:in|as|for|here)\b"
    r"|: exit \d+ \([\d.]+ seconds\)|\bis not of(?: the)? type\b|\bis not one of\b"
    r"|\bis not an? (?:\w+ )?(?:int(?:eger)?|str(?:ing)?|num(?:ber)?|float|bool(?:ean)?|list|map"
    r"|array|object|date|enum)\b",
    re.IGNORECASE,
)
# What the system told a program, in its own words at the end of the message.
SYSTEM_SAID = pattern(
    r": (?:no space left on device|cannot allocate memory|too many open files"
    r"|disk quota exceeded|input/output error)$|\bcaught error: "
    r"|\berror \w+: (?:\w+\.)+\w+Exception: ",
    re.IGNORECASE,
)
# What a compiler that also downloads was not able to get, at the place that names it.
NOT_FETCHED = pattern(
    r": error: (?:unable|failed) to (?:connect|fetch|download|reach|resolve (?:host|name))\b",
    re.IGNORECASE,
)
# What is said to be unknown is a name, whatever words it is made of.
_ENTITY = (
    r"(?:variable|symbol|function|method|identifier|name|keyword|command|subcommand|task|option"
    r"|argument|flag|module|package|library|class|type|attribute|property|field|column|relation"
    r"|table|rule|target|session|recipe|procedure|predicate|constant|macro|label|reference|step"
    r"|member|parameter|key|database|collection|role|user|index)s?"
)
_UNKNOWN = pattern(
    rf"\b(?:unbound|undefined|undeclared|unresolved|unknown|no such|unrecogni[sz]ed)"
    rf" (?:global |local |free |test |configuration )?{_ENTITY}\b"
    r"|\b(?:bad|invalid|illegal|unsupported) (?:configuration |command[- ]line )?(?:option"
    r"|directive|identifier|keyword|attribute|property|argument|flag|parameter|setting)s?\b"
    r"|\b(?:could not|cannot|can't|unable to) (?:find|locate|load|import)(?: or load)?"
    rf" (?:the )?(?:main )?{_ENTITY}\b"
    rf"|\b(?:no|is no) {_ENTITY} (?:called|named|with (?:the )?name|matching)\b"
    r"|\b(?:is|was|are|were) (?:not (?:defined|declared|bound|a (?:known|recognized"
    r"|function|command|module|package|member))|undefined|undeclared|unbound|never defined)\b"
    r"|\bhas no (?:attribute|member|method|field|property|exported member)\b"
    r"|\b(?:relation|column|table|function|database|role|schema|index) \S+"
    r" does(?: not|n't) exist\b",
    re.IGNORECASE,
)
# A check that passed, by its name.
_PASSED = pattern(
    r"^\s*(?:ok \d+\b|[\u2713\u2714\u221a\u2611]\s|--- PASS: |PASS(?:ED)?[: ]|\[ *(?:OK|PASSED"
    r"|PASS) *\])"
)
_VERDICTS = ("fail", "broken", "nok")
# What a checker repeats of what it was given.
_INPUT = pattern(r"^\W*(?:input|snippet|excerpt):\s", re.IGNORECASE)
# The variables that retryrun gives to its child, as `env`, `set` and a shell's trace show them.
_OWN = pattern(r"^\W*(?:\w+ (?:-\w+ )?)?\W{0,2}RETRYRUN_[A-Z_]+\W{0,3}[=:]")
# PostgreSQL's clients say that a connection failed when the server refuses the session.
_ANSWERED = pattern(r"(?:failed|error|Exception)\W{1,3}FATAL: ")
_CAUSED = pattern(r"\w(?:Exception|Error): |: (?:Get|Post|Head|dial) ")
# The settings of an inspected object or a printed configuration are no events.
_SETTING = pattern(
    r"^\s*(?!['\"]?(?:http)?_?(?:status|code|err))['\"]?[\w$.\[\]()-]{1,60}['\"]?\s?[:=]\s?"
    r"(?:true|false|null|none|undefined|-?\d+(?:\.\d+)?(?:ms|s|m)?|\{\}?|\[\]?"
    r"|\[(?:async)?function\b.*)"
    r"[,;]?$",
    re.IGNORECASE,
)
# A test that is too slow for its own limit is a failing test, not a slow network.
_TEST_LIMIT = pattern(
    r"\b(?:tests?|hook|fixture|spec)\b.{0,30}\b(?:timed? ?out|timeout)\b|pytest-timeout"
    r"|\btimeout of \d+ ?m?s (?:exceeded\W+)?for (?:a |an |async )?(?:tests?|hooks?)\b"
    r"|waiting for (?:locator|the ws endpoint)|to appear in std(?:out|err)\b|\basync (?:function"
    r"|callback)\b.{0,60}\bwithin \d+ ?m?s",
    re.IGNORECASE,
)
_DOMAIN = pattern(r"\bdomain\s?=\s?[\w.]+Error|\bError Domain=", re.IGNORECASE)  # Apple's NSError
_LIMITED = frozenset(("net.timeout", "exception.timeout", "code.network"))
_ECHO = pattern(r"\b(?:echo|printf|puts|print\(|console\.log\().{0,3}['\" ]")
_ALARM = pattern(r"\b(?:error|fatal|failed|failure|cannot|could not|unable)\b", re.IGNORECASE)


# A finding begins with the place in a source that it speaks of; a log may begin so, too.
_LOCATED = pattern(
    r"^[\s>*\u2716\u2717-]{0,8}(?:(?:error|warning|info"
    r"|note)\s+[-\u2022]\s+)?[\w@./\\-]{1,200}\.\w{1,8}:\s?\d+:\d+\b"
    r"(?!.*(?:https?://|\bfatal error: .*: (?i:no space left|cannot allocate|too many open"
    r"|disk quota)|\bdial |\blookup |\berrno\b|\bos error\b|\bE[A-Z]{4,}\b|Exception:|Error:))"
)
# The code of a rule stands before what it says, below the place or behind it.
_CODED = pattern(
    r"^(?:\s{2,}(?!HTTP|NU|DB)[A-Z]{1,4}\d{3,4}:"
    r"|[\w@./\\-]{1,200}\.\w{1,8}(?::[\w.]{1,80})?:\d+: (?!HTTP)[A-Z]{1,8}\d{2,5}\b)"
)
# Only the place in a file that was named above.
_PLACED = pattern(r"^\s*[\u2716\u00d7\u2718\u26a0x]?\s{1,8}\d+:\d+\s{2,}\S")
_ASSIGNED = pattern(
    r"^\s*(?:[\w<>.:\[\]]{1,40}[ *&]{1,8}){1,3}\w{1,40} = [A-Za-z]{0,2}(['\"]).*\1[;,]?$"
)
# What a line begins with, and what that makes of it.
_OPENINGS = (
    (_PASSED, "the name of a check that passed"),
    (_PLACED, "what a checker found in a source"),
    (_ASSIGNED, "a value in a source"),
    (_LOCATED, "what a checker found in a source"),
    (_CODED, "what a checker found in a source"),
)
_QUOTES = ("'", '"')
_LITERAL = pattern(r"^\s*(['\"])(?:(?!\1).)+\1[\s,;]*$")  # nothing but a string
# What is looked for in a line that holds one of the words, what it makes of the line, and what
# says that it does not.
_WORDINGS = (
    (_OF_VALUE, _VALUE, "a value that did not validate", None),
    (_OF_UNKNOWN, _UNKNOWN, "the name of something that is not there", _CAUSED),
    (_OF_CHECK, _CHECKED, "the wording of a check", SYSTEM_SAID),
    (_OF_INPUT, _INPUT, "the input that a checker repeats", None),
    (_VERDICTS, _VERDICT, "the wording of a check", None),
)


def _any(words: Sequence[str], text: str) -> bool:
    for word in words:  # noqa: SIM110  twice as fast as any() over a generator
        if word in text:
            return True
    return False


def worded(text: str, fact: Fact) -> str | None:
    """Return what a line's own wording makes of the words in it."""
    if "RETRYRUN_" in text and _OWN.search(text):
        return "what retryrun told of an attempt before"
    if fact.id.startswith("net.") and "FATAL: " in text and _ANSWERED.search(text):
        return "the server answered: its message counts"
    if fact.category != PERMANENT:
        lower = text.lower()
        for wording, reason in _OPENINGS:
            if wording.match(text) and not NOT_FETCHED.search(text):
                return reason
        if text.rstrip(" ,;")[-1:] in _QUOTES and _LITERAL.match(text):
            return "a value that is shown"
        for words, wording, reason, unless in _WORDINGS:
            if (
                _any(words, lower)
                and wording.search(text)
                and not (unless is not None and unless.search(text))
            ):
                return reason
    return _quoted(text, fact)


def echoed(lines: Sequence[Line], number: int) -> str | None:
    """Return why a remark does not count that a script was told to make (`echo`, `printf`)."""
    said = lines[number].text.strip()
    if not SAID <= len(said) <= MOST:
        return None
    later = lines[number + 1 : number + 1 + LOOKED_BACK]
    if any("near '" in line.text and f"near '{said}" in line.text for line in later):
        return "a statement whose syntax is wrong"
    if _ALARM.search(said):
        return None
    near = [*lines[max(0, number - LOOKED_BACK) : number]]
    if lines[number].stream == "stdout":  # commands are traced on the other stream
        near += [line for line in lines[-LOOKED_BACK:] if line.stream == "stderr"]
    told = [line.text for line in near if _any(_OF_ECHO, line.text) and said in line.text]
    if any(_ECHO.search(text) for text in told):
        return "what a script was told to say"
    return None


def _quoted(text: str, fact: Fact) -> str | None:
    if fact.id.startswith("http.") and _DOMAIN.search(text):
        return "a code of another kind"
    if _SETTING.match(text):
        return "a setting, no event"
    if (
        _ASSERTION.search(text)
        and not _BYTES.search(text)
        and not (fact.id.startswith("http.") and _ANSWER.search(text) and not _COUNTED.search(text))
    ):
        return "the wording of an expectation"
    if own_limit(text, fact.id):
        return "the time limit of a test"
    return None


def own_limit(text: str, rule: str) -> bool:
    """Tell whether a line that speaks of a time limit means one of a test or a program here."""
    return rule in _LIMITED and bool(_TEST_LIMIT.search(text))
