"""Masking what stands in a place for secrets, and tokens whose form gives them away.

Imported only for a text in which `secret_forms.suspect` has seen something; every pattern is
bounded.
"""

from __future__ import annotations

import re

from .secret_forms import (
    BARE,
    HINTS,
    MASK,
    PASSWORD,
    WEAK,
    after_option,
    is_secret_by,
    strength_of,
    telling,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from re import Match

IN_QUERIES = frozenset(["sig", "hmac", "jwt", "sid", "x-amz-credential", "pass", "pwd", "auth"])

# Places of secrets: (a literal that is there, the part that stays, the secret), in any case.
_KEY = r"[A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----"
_IS = r"""\\{0,3}["']?[ \t]{0,3}[:=][ \t]{0,3}[\[\\"']{0,4}"""
_REST = r"""[^\r\n"'\]]{1,8192}"""
PLACES = (
    ("-----begin", "", rf"-----BEGIN {_KEY}(?s:.*?)(?:-----END {_KEY}|\Z)"),
    # a key whose beginning was cut off
    ("-----end", "", rf"(?<![\w+/=\\\r\n])[A-Za-z0-9+/=\\\r\n]*+-----END {_KEY}"),
    (
        "://",
        r"\b[a-z][a-z0-9+.-]{0,30}://",
        (
            r"""[^\s/:@\[\]"'<>]{0,256}:"""
            r"""(?:[^\s/?#"'<>]{0,256}|(?!\d{1,5}[/?#])[^\s"'<>@]{1,256})(?=@)"""
        ),
    ),
    # A user without a password who looks drawn rather than named: a token.
    (
        "http",
        r"\bhttps?://",
        r"(?:[\w.~%-]{20,512}|(?=[\w.~%-]{0,20}\d)(?=[\w.~%-]{0,20}[A-Za-z])[\w.~%-]{12,20})(?=@)",
    ),
    (
        "authorization",
        rf"\bauthorization{_IS}",
        (
            r"(?:(?:digest|oauth|hawk|aws4-hmac-sha256) [^\r\n]{1,8192}"
            rf"|(?:basic|bearer|token|negotiate|ntlm|apikey|key|bot|splunk|sso-key) {_REST}"
            rf"|(?=[^\r\n\"'\]]{{0,256}}\d)\S{{8}}{_REST})"
        ),
    ),
    ("bearer", r"\bbearer ", r"(?=[\w.~+/%-]{0,256}\d)[\w.~+/%-]{8,8192}={0,2}"),
    ("basic", r"\bbasic ", r"(?:(?=[\w+/]{0,256}\d)[\w+/]{8,999}={0,2}|[\w+/]{8,999}={1,2})"),
    ("cookie", rf"\b(?:set-)?cookie2?{_IS}", r"""[^\r\n"'=]{1,256}=[^\r\n"']{0,8192}"""),
    (
        "machine",
        r"\bmachine\s{1,9}\S{1,256}\s{1,9}login\s{1,9}\S{1,256}\s{1,9}password ",
        r"\S{1,999}",
    ),
    ("identified", r"\bidentified(?: with \S{1,64})? by '", r"[^'\n]{1,999}"),
    ("-pass", r"-pass(?:in|out)?[ =]", r"pass:\S{1,999}"),
    ("hooks.slack.com", r"hooks\.slack\.com/[a-z]{4,12}/", r"[\w/-]{8,256}"),
)
# A name and what sets it off from its value; an option may do so with a blank.
NAMED = (
    r"""(?<![\w.-])(?:(?P<name>-{0,2}[A-Za-z_][\w.-]{0,127}+)"""
    r"""(?P<sign>\\{0,3}["']?\]?[ \t]{0,3}(?:=>|=(?!=)|:(?![:/]))[ \t]{0,3})"""
    r"""|(?P<option>--?[A-Za-z][\w.-]{0,80}+)["']?[ \t]{1,3}(?=[^\s-]))"""
)
# A value without quotes: what often ends one belongs to it only where more of it follows.
UNQUOTED = (
    r"""(?:[^\s"'&;,)\]}|<>\\]|\\(?!["'])|["'&;,)\]}|<>]"""
    r"""(?=[^\s"'&;,)\]}|<>])(?![\w.-]{1,40}=)){1,4096}"""
)
# Tokens that their form gives away: (how they begin, what follows).
TOKENS = (
    ("AKIA ASIA ABIA ACCA", r"[A-Z0-9]{16}(?![A-Za-z0-9])"),
    ("ghp_ gho_ ghu_ ghs_ ghr_ github_pat_ dckr_pat_ dckr_oat_ glsa_ lin_api_", r"\w{20,255}"),
    ("glpat- glptt- gldt- glrt- glcbt- glsoat- gloas- glft-", r"[\w.-]{20,255}"),
    ("xoxa- xoxb- xoxe- xoxe. xoxo- xoxp- xoxr- xoxs- xapp-", r"[\w.-]{10,255}"),
    ("npm_ hf_", r"[A-Za-z0-9]{30,255}"),
    ("sk-", r"(?=[A-Za-z_-]{0,64}\d)[\w-]{20,255}"),
    ("sk_live_ sk_test_ rk_live_ rk_test_ whsec_", r"[A-Za-z0-9+/]{16,255}"),
    ("AIza", r"[\w-]{35}"),
    ("pypi-AgE ya29. GOCSPX- hvs. hvb. dp.pt. sntrys_ NRAK- AGE-SECRET-KEY-1", r"[\w+/-]{20,2048}"),
    ("SG.", r"[\w-]{16,99}\.[\w-]{16,99}"),
    ("eyJ", r"[\w-]{5,8192}\.eyJ[\w-]{5,8192}(?:\.[\w-]{0,8192})?"),
    ("dop_v1_ doo_v1_ shpat_ shpss_ dapi", r"[a-f0-9]{32,64}"),
)


def places(text: str) -> str:
    """Mask what stands where secrets stand: in URLs, headers, key blocks."""
    lower = text.lower()
    for literal, kept, secret in PLACES:
        if literal in lower:
            text = re.sub(rf"(?i:({kept}){secret})", rf"\1{MASK}", text)
    return text


def tokens(text: str) -> str:
    """Mask tokens that their form gives away."""
    for starts, rest in TOKENS:
        if any(start in text for start in starts.split()):
            start = "|".join(map(re.escape, starts.split()))
            text = re.sub(rf"(?<![A-Za-z0-9])(?:{start}){rest}", MASK, text)
    return text


def assignments(text: str) -> str:
    """Mask the values of `name=value`, `"name": "value"`, `name: value` and `--name value`."""
    lower = text.lower()
    if not any(hint in lower for hint in HINTS):
        return text
    parts, done = [], 0
    for found in re.finditer(NAMED, text):
        if found.start() < done:
            continue
        first, last = _value_at(text, found.end())
        if first < last and _is_secret(found, text[first:last], quoted=first > found.end()):
            parts += [text[done:first], MASK]
            done = last
    return "".join((*parts, text[done:]))


def _value_at(text: str, start: int) -> tuple[int, int]:
    """Return where the value that begins at `start` begins and ends within its quotes."""
    opening = re.compile(r"\\{0,3}[\"']").match(text, start)
    if opening is None:
        bare = re.compile(UNQUOTED).match(text, start)
        return start, bare.end() if bare else start
    mark, first = opening.group(), opening.end()
    inner = r"[^\n]*?" if len(mark) > 1 else rf"(?:[^{mark}\\\n]|\\.)*"
    closed = re.compile(rf"{inner}(?={re.escape(mark)})").match(text, first, first + 4096)
    rest = closed or re.compile(r"[^\n]*").match(text, first, first + 4096)
    return first, rest.end() if rest else first


def _is_secret(found: Match[str], value: str, *, quoted: bool) -> bool:
    name, sign = (found["name"] or found["option"]).lstrip("-"), found["sign"]
    if not telling(name, value) or (sign and not quoted and _is_prose(found, value)):
        return False
    if sign is None:
        return after_option(name, value)
    if found.string[max(found.start() - 1, 0)] in "?&;#" and name.lower() in IN_QUERIES:
        return True
    strength = strength_of(name)
    firm = "=" in sign or sign[0] in "\\\"'" or (quoted and strength > BARE)
    return strength == PASSWORD or is_secret_by(strength if firm else min(strength, WEAK), value)


def _is_prose(found: Match[str], value: str) -> bool:
    """Tell whether a colon stands between what is spoken of and words: `passwd: Access denied`."""
    if found["sign"].strip() != ":":
        return False
    a_file = found.string[: found.start()].endswith("/")
    after = found.string[found.end() + len(value) :][:2]
    return a_file or (value.isalpha() and after[:1] == " " and after[1:].isalpha())
