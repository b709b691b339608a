"""What a command wrote, made comparable: plain lines without colours, boxes and progress bars."""

from __future__ import annotations

import re

from .patterns import pattern

KEPT = 256 * 1024  # bytes of each stream that are looked at: its end, where errors stand
MOST = 5000  # lines of each stream that are looked at
LONGEST = 4096  # characters of a line that are looked at: its two ends
_ESCAPES = pattern(
    r"\x1b\][^\x07\x1b\n]{0,4096}(?:\x07|\x1b\\)?"  # OSC: titles, links
    r"|(?:\x1b\[|\x9b)[0-?]{0,64}[ -/]{0,8}[@-~]?"  # CSI: colours, cursor
    r"|\x1b[ -/]{0,4}[0-~]?"
)
_ODD = bytes((*range(9), 11, 12, *range(14, 32), 127))
_CONTROLS = dict.fromkeys(_ODD)
_STAMPS = pattern(
    r"^(?:#\d+ (?:\d+\.\d+ )?"  # BuildKit
    r"|\[?\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[\d.,]*(?:Z|[+-]\d\d:?\d\d)?\]? +"  # CI logs
    r"|remote: (?=\S))"
)
_SERVICE = pattern(r"^[a-z][\w.-]{0,60}-\d+\s+\| ")
_GROUP = pattern(r"^\s*(?:[|+] ?)+(?:-[-+ \d]*$)?")  # how Python frames a group of exceptions
_BOX = "│┃║╎┆|▏"
_BRANCH = pattern(r"^[\s│┃]*[├╰└╭╷╵┌╔╚]?[─═━]*[▶►>]*[ \t]*")
_MARKS = pattern(r"[│┃├╰└╭╷╵┌╔╚─═━]")


class Line:
    """One line: its text as shown, the stream it came from, and its place among all."""

    __slots__ = ("number", "stream", "text")

    def __init__(self, text: str, stream: str, number: int) -> None:
        """Keep a line whose text is at most LONGEST characters."""
        self.text, self.stream, self.number = text, stream, number


def read(stdout: bytes, stderr: bytes) -> list[Line]:
    """Return the lines of both streams' ends, stderr last, with no empty line left out."""
    found: list[Line] = []
    for stream, data in (("stdout", stdout), ("stderr", stderr)):
        if data:
            for text in plain(data):
                found.append(Line(text, stream, len(found)))
    return found


def plain(data: bytes) -> list[str]:
    """Return a stream's last lines, free of terminal sequences, wrapped boxes joined."""
    cut = len(data) > KEPT
    data = bytes(data[-KEPT:])
    text = data.decode("utf-8", "replace")
    if cut and "\n" in text:
        text = text[text.index("\n") + 1 :]
    if "\x1b" in text or "\x9b" in text:
        text = _ESCAPES.sub("", text)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    ascii_only = text.isascii()
    if len(data.translate(None, _ODD)) != len(data):  # a third of the time of a pattern
        text = text.translate(_CONTROLS)
    rows = text.split("\n")[-MOST:]
    if "Exception Group Traceback" in text:
        rows = [_GROUP.sub("", row) for row in rows]
    if not ascii_only and _MARKS.search(text):
        rows = _unboxed(rows)
    rows = [_STAMPS.sub("", row) if row[:1] in "#2r[" else row for row in rows]
    if "-1 " in text and " | " in text:  # whose output it is, among the services of compose
        rows = [_SERVICE.sub("", row) for row in rows]
    if "Log data follows:" in text:  # bitbake shows what a task said
        rows = [row.removeprefix("| ") for row in rows]
    if '"Action":"output"' in text:
        rows = [_said(row) for row in rows]
    return [row if len(row) <= LONGEST else _short(row) for row in rows]


def _said(row: str) -> str:
    """Return what a line of `go test -json` reports that a test wrote; other lines stay."""
    if not (row.startswith("{") and '"Action":"output"' in row):
        return row
    import json  # here: hardly any output needs it

    try:
        said = json.loads(row)["Output"]
    except (ValueError, KeyError, RecursionError):
        return row
    return said.rstrip("\n").replace("\n", " ") if isinstance(said, str) else row


def _short(row: str) -> str:
    return row[: LONGEST // 2] + " … " + row[-LONGEST // 2 :]


def _unboxed(rows: list[str]) -> list[str]:
    """Take frames off and join what was wrapped inside one: a paragraph becomes a line."""
    found: list[str] = []
    inside = False
    for row in rows:
        bare = row.lstrip()
        if bare[:1] and bare[0] in "│┃║":
            words = bare.strip("│┃║ \t")
            if words[:1] in ("├", "╰", "└"):
                words = _BRANCH.sub("", words)
                inside = False
            if inside and words and len(found[-1]) < LONGEST // 2:
                found[-1] += ("" if found[-1].endswith("-") else " ") + words
            else:
                found.append(words)
            inside = bool(words)
        elif _MARKS.search(row[:8]):
            found.append(_BRANCH.sub("", row))
            inside = bool(found[-1])
        else:
            found.append(row)
            inside = False
    return found


_URL = pattern(r"\b([a-z][a-z0-9+.-]{1,20}://)[^\s'\"<>)\]},]*[^\s'\"<>)\]},.:;]", re.IGNORECASE)
_PATH = pattern(
    r"(?<![\w:/.])(?:[~.]{0,2}/)?(?:[\w@%+.=-]+/){2,}[\w@%+.=-]*"
    r"|(?<![\w:/.])/[\w@%+.=-]{3,}(?:/[\w@%+.=-]*)*"
)
_NAME = pattern(r"(?<![\w])(['\"`\u2018])([\w@%+=.\\/:-]{1,80})(['\"`\u2019])(?!\w|\s*:)")
_NEAR = pattern(r"(?i)\bnear (['\"]).*\1")  # what a parser of SQL did not take
_SUBJECT = pattern(  # of a commit that git names
    r"\b((?:apply|revert|pick|dropping|merge|at|parent of) [0-9a-f]{7,40}(?:\.\.\.)?) .+",
    re.IGNORECASE,
)
# A value that a message shows after the word for it: `Duplicate entry 'x y'`, `Key (a)=(x y)`.
_SHOWN = pattern(
    r"\b((?:entry|value|literal|string|token|argument|option|keyword|title|name|named|called|label"
    r"|pattern|key|command|target|script|task|test|step)\s)(['\"])(?:(?!\2).){3,200}\2"
    r"|(\)=\().{3,200}(?=\))",
    re.IGNORECASE,
)
_CODE_SHOWN = pattern(r"`[^`'\n]{1,200}`")
_CALL = pattern(r"^Error in .{1,300}?\)\s?:")  # which call failed, in R
# What a call was given that a message shows: `check("503 …")`; exceptions are shown so, too.
_ARGUMENT = pattern(
    r"(?<![\w.])((?:\w+(?:\.|::))*(?:Literal|Text|String|Value"
    r"|[a-z_]\w*)(?<!rror)(?<!err)(?<!xception)(?<!ailure)\()"
    r"(['\"])(?:(?!\2).){4,200}\2(?=[,)])"
)
_LABEL = pattern(r"^\[[a-z]+(?: [a-z]+)+\] ")  # whose output it is, among many
# The key of a value that is a code, in JSON and its like.
_REASON = pattern(r"[\"'](?:error|err|code|reason|err(?:or)?_?code)[\"']\s?[:=]\s?$", re.IGNORECASE)
_STATE = pattern(r" (?:state|status|phase)\b")  # what the quoted word before is
_HOST = pattern(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?::\d+)?")
_CODE = pattern(
    r"E[A-Z]{3,}[A-Z0-9_]*|\d{3}|[A-Z]\w*(?:Error|Exception)|[A-Z][A-Z0-9_]{6,}"
    r"|[45]\d\d.*|Killed"
)


# Signs of which a line must hold one, what is looked for then, and what is left of it.
_MASKS = (
    (("://",), _URL, r"\1…"),
    (("/",), _PATH, "/…"),
    (("[",), _LABEL, "[…] "),
    (("near ",), _NEAR, r"near \1…\1"),
    (('("', "('"), _ARGUMENT, r"\1\2…\2"),
    (("...", "HEAD is"), _SUBJECT, r"\1 …"),
    (("'", '"', ")=("), _SHOWN, r"\1\2\3…\2"),
    (("`",), _CODE_SHOWN, "`…`"),
    (("Error in ",), _CALL, "Error in …:"),
)


def masked(text: str) -> str:
    """Return a line with URLs, paths and quoted names taken out: they are no one's words."""
    for signs, wording, left in _MASKS:
        for sign in signs:
            if sign in text:
                text = wording.sub(left, text)
                break
    if "'" in text or '"' in text or "`" in text or "\u2018" in text:
        text = _NAME.sub(_named, text)
    return text


def _named(match: re.Match[str]) -> str:
    if _REASON.search(match.string, max(0, match.start() - 24), match.start()):
        return match[0]
    before = match.string[max(0, match.start() - 7) : match.start()].lower().rstrip(": ")
    if _STATE.match(match.string, match.end()) or before.endswith(("state", "status", "phase")):
        return match[0]
    if _HOST.fullmatch(match[2]):
        return match[1] + "host.name" + match[3]
    return match[0] if _CODE.fullmatch(match[2]) else match[1] + "…" + match[3]
