"""HTTP statuses, where the output says that the number is one."""

from __future__ import annotations

from ..core.failure import NETWORK, PERMANENT, RATE_LIMIT, RESOURCE, TRANSIENT
from .fact import CAUSE, DECISIVE, Fact, fact

# A number is a status after words such as these, or before its own reason phrase.
_CONTEXT = (
    r"(?:\bHTTPS?(?:/[\d.]{1,3}|_?error)?|\b(?:http[ _-]?)?status(?:[ _-]?code)?"
    r"|\bresp(?:onse)?(?:[ _-]?(?:code|status))?|\breturned(?: error)?|\bresponded|\banswered"
    r"|\breplied|\berror(?:[ _-]?code)?|\bcode|\bcaused by|\bgot|\bgave|\bgiven|\bsent|\bsaid"
    r"|\bsays|\bsaw|\breceived|\bunexpected|\bfailed with|\bfailed:"
    r"|\brejected)(?:[\s\"'=:;,(\[<>#-]{1,4}(?:an?|back|with|status|code|error|response|http|https"
    r"|the|server|client|unexpected|of|is|was|invalid|message)\b){0,5}[\s\"'=:;,(\[<>#-]{1,4}"
)
# What is counted with such a number.
_THINGS = r"\s(?:errors|problems|issues|warnings|files|tests|rows|lines|items|records|bytes)\b"
_ROWS = (
    (400, "Bad Request", PERMANENT),
    (401, "Unauthorized", PERMANENT),
    (402, "Payment Required", PERMANENT),
    (403, "Forbidden", PERMANENT),
    (404, "Not Found", PERMANENT),
    (405, "Method Not Allowed", PERMANENT),
    (406, "Not Acceptable", PERMANENT),
    (407, "Proxy Authentication Required", PERMANENT),
    (408, "Request Time-?out", NETWORK),
    (409, "Conflict", PERMANENT),
    (410, "Gone", PERMANENT),
    (411, "Length Required", PERMANENT),
    (412, "Precondition Failed", PERMANENT),
    (413, "(?:Payload|Request Entity|Content) Too Large", PERMANENT),
    (415, "Unsupported Media Type", PERMANENT),
    (416, "(?:Requested )?Range Not Satisfiable", PERMANENT),
    (422, "Unprocessable (?:Entity|Content)", PERMANENT),
    (423, "Locked", TRANSIENT),
    (425, "Too Early", TRANSIENT),
    (429, "Too Many Requests", RATE_LIMIT),
    (451, "Unavailable For Legal Reasons", PERMANENT),
    (500, "Internal (?:Server )?Error", TRANSIENT),
    (501, "Not Implemented", PERMANENT),
    (502, "(?:Bad Gateway|Proxy Error)", TRANSIENT),
    (503, "(?:Service )?(?:Temporarily )?Unavailable", TRANSIENT),
    (504, "Gateway Time-?out", TRANSIENT),
    (505, "HTTP Version Not Supported", PERMANENT),
    (507, "Insufficient Storage", RESOURCE),
    (509, "Bandwidth Limit Exceeded", RATE_LIMIT),
    (520, "Web Server Returned", TRANSIENT),
    (521, "Web Server Is Down", TRANSIENT),
    (522, "Connection Timed Out", TRANSIENT),
    (523, "Origin Is Unreachable", TRANSIENT),
    (524, "A Timeout Occurred", TRANSIENT),
    (525, "SSL Handshake Failed", TRANSIENT),
    (529, "(?:Site Is )?Overloaded", TRANSIENT),
)


def _row(code: int, reason: str, category: str) -> Fact:
    return fact(
        f"http.{code}",
        category,
        f"{code}|e{code}|http{code}|http_{code}|fetch_{code}",
        f"the server answered {code}",
        f"GET https://api.example.org/x: HTTP status {code}",
        f"read {code} rows from table {code}",
        pattern=(
            rf"{_CONTEXT}{code}(?!\d|[.,]\d|-\d|\.\w|{_THINGS})"
            rf"|\b{code}[\s:\-)]{{1,3}}[\"'(]?{reason}|\bE{code}\b|\bHTTP_?{code}\b"
            rf"|_FETCH_{code}\b|^\W*\[{code}\]\s+\w+://"
            rf"|\b(?:not found|unauthorized|forbidden|unavailable|gateway|error"
            rf"|requests)\s?[-(:]\s?"
            rf"\(?{code}\)?\b(?!\.\w|{_THINGS})|too many {code} error"
            r"|\w(?<!key)(?<!value)(?<!index)(?<!type)(?<!assertion)(?:error|exception)"
            rf"(?:\(\W{{0,2}}{code}\b|: \[{code}\]|: {code}(?=[:,;] | - ))|\b(?:get|head|post|put"
            rf"|patch"
            rf"|delete)\]? [\"'<(]?\w+://\S*"
            rf" (?:- |= |: |returned |-> )?\(?{code}\b"
            rf"|\b(?:server|api|upstream|registry|service|gateway|back-?end|proxy|mirror|\w+://…)"
            rf"(?: ->| =>|:)? [(\[]?{code}[)\]]?\W*$"
            rf"|\b(?-i:GET|HEAD|POST|PUT|PATCH|DELETE) {code}\b"
            rf"|\b{code}\s(?:server |client |http |proxy |gateway )?(?:error|response|status)\b"
        ),
        # 400 says the least of all: whatever is said beside it says more.
        weight=DECISIVE if category == RATE_LIMIT else CAUSE - 2 * (code == 400),
    )


FACTS = tuple(_row(*row) for row in _ROWS)
