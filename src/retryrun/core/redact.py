"""Taking secrets out of what retryrun itself writes: messages, reports, records, annotations.

Three kinds are known: the values of secret-looking variables, in the encodings in which programs
print them; what stands in a place for secrets (an option, a header, a URL's password); and tokens
whose form gives them away. Each pattern is linear and needs a literal beginning.
"""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

MASK = "***"
SHORTEST = 6  # a shorter value would mask ordinary words
LONGEST = 64 * 1024

# A name is secret by one of its words: GITHUB_TOKEN is, TOKENIZERS_PARALLELISM and monkey are not.
NAMED = (
    r"token|tokens|secret|secrets|passw(?:or)?d|passwd|passphrase|pwd|pat|apikey|"
    r"api[_-]?key|access[_-]?key|private[_-]?key|secret[_-]?key|auth[_-]?key|signing[_-]?key|"
    r"encryption[_-]?key|credential|credentials|auth"
)
NAME = re.compile(rf"(?i)(?:^|[_\-.])(?:{NAMED})(?:$|[_\-.])|(?:password|secret|token|apikey)$")
# Names that say where something is, not what it is.
PLACE_NAME = re.compile(r"(?i)(?:^|_)(?:PWD|OLDPWD|SOCK|FILE|PATH|DIR|HOME|ASKPASS)$")
SECRET_PWD = re.compile(r"(?i)._PWD$")
OPTION = re.compile(rf"(?i)^--?(?:[\w]+[-_.])*(?:{NAMED})$")
PLAIN = re.compile(r"(?i)^(?:true|false|yes|no|on|off|none|null|\d{1,5})$")

_VALUE = r"""(?:"[^"\n]{1,4096}"|'[^'\n]{1,4096}'|[^\s"'&;,|<>]{1,4096})"""
PLACES: tuple[tuple[re.Pattern[str], str], ...] = (
    # key blocks, over several lines; one whose end was cut off goes on to the end
    (re.compile(r"-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----"
                r".*?(?:-----END [A-Z ]{0,40}PRIVATE KEY-----|\Z)", re.DOTALL), MASK),
    (re.compile(r"\b([a-zA-Z][a-zA-Z0-9+.-]{1,20}://)"
                r"[^/\s:@\"'<>]{0,256}:[^/\s@\"'<>]{1,1024}@"), r"\1***@"),
    (re.compile(r"\b(https?://)[A-Za-z0-9_\-]{20,1024}@"), r"\1***@"),
    (re.compile(rf"(?i)([?&](?:[\w.-]{{0,40}}[_.-])?(?:{NAMED}|key|sig|signature)=)"
                r"[^&\s\"'<>]{1,4096}"), r"\1***"),
    (re.compile(r"(?i)\b((?:proxy-)?authorization\b[\"']?\s{0,3}[:=]\s{0,3}[\"']?)(?:(?:basic|bearer|token|digest|negotiate|aws4-hmac-sha256)\s+)?[^\s\"',]{1,8192}"),
     r"\1***"),
    (re.compile(r"(?i)\b(bearer\s+)[A-Za-z0-9\-._~+/]{8,8192}=*"), r"\1***"),
    (re.compile(r"(?i)\b((?:set-)?cookie:\s{0,3})[^\n]{1,8192}"), r"\1***"),
    (re.compile(r"(?i)\b(x-(?:api-key|auth-token|access-token|amz-security-token|vault-token|goog-api-key):\s{0,3})\S{1,8192}"),
     r"\1***"),
    (re.compile(rf"(?i)((?<!\S)--?(?:\w{{1,40}}[-_.]){{0,6}}(?:{NAMED})[= ])"
                rf"(?!-){_VALUE}"), r"\1***"),
    (re.compile(rf"(?i)(\b(?:\w{{1,60}}[-_.])?(?:{NAMED})[\"']?\s{{0,3}}[:=]\s{{0,3}})"
                rf"(?!(?:true|false|none|null|\d{{1,5}})\b){_VALUE}"), r"\1***"),
)  # fmt: skip
TOKENS = re.compile(
    r"\b(?:AKIA|ASIA)[A-Z2-7]{16}\b"
    r"|\bgh[pousr]_[A-Za-z0-9_]{20,255}"
    r"|\bgithub_pat_[A-Za-z0-9_]{20,255}"
    r"|\bglpat-[A-Za-z0-9_\-]{20,255}"
    r"|\bxox[abeoprs]-[A-Za-z0-9\-]{10,255}"
    r"|\bnpm_[A-Za-z0-9]{36,}"
    r"|\bpypi-AgEI[A-Za-z0-9_\-]{20,}"
    r"|\bsk-[A-Za-z0-9_\-]{20,255}"
    r"|\b[sr]k_(?:live|test)_[A-Za-z0-9]{16,255}"
    r"|\bAIza[A-Za-z0-9_\-]{35}"
    r"|\bya29\.[A-Za-z0-9_\-]{20,}"
    r"|\bdop_v1_[a-f0-9]{64}"
    r"|\bhf_[A-Za-z0-9]{30,}"
    r"|\bSG\.[A-Za-z0-9_\-]{16,}\.[A-Za-z0-9_\-]{16,}"
    r"|\beyJ[A-Za-z0-9_\-]{8,}\.eyJ[A-Za-z0-9_\-]{8,}\.[A-Za-z0-9_\-]{0,}"
)


class Redactor:
    """Masks secrets; `env` is the environment whose secret-looking values are known."""

    def __init__(self, env: Mapping[str, str]) -> None:
        values = {
            value
            for name, value in env.items()
            if _secret(name) and len(value) >= SHORTEST and not PLAIN.match(value)
        }
        values |= {line for value in values for line in value.splitlines() if len(line) >= 16}
        self._values = sorted(values)
        known = {form for value in values for form in encodings(value)}
        forms = sorted(known, key=len, reverse=True)  # the longest first: one may hold another
        self._known = re.compile("|".join(map(re.escape, forms))) if forms else None

    def text(self, text: str) -> str:
        """Return text without secrets; mask before shortening, a cut token cannot be known."""
        text = text[-LONGEST:]
        if self._known is not None:
            text = self._cut_at_the_edges(self._known.sub(MASK, text))
        for pattern, mask in PLACES:
            text = pattern.sub(mask, text)
        return TOKENS.sub(MASK, text)

    def words(self, words: Sequence[str]) -> list[str]:
        """Return the words of a command without secrets, those after a secret option included."""
        masked = []
        hide = False
        for word in words:
            if hide and not word.startswith("-"):
                masked.append(MASK)
                hide = False
                continue
            hide = bool(OPTION.match(word))
            masked.append(self.text(word))
        return masked

    def _cut_at_the_edges(self, text: str) -> str:
        """Mask a known value of which only the end, or only the beginning, is in the text."""
        for value in self._values:
            for size in range(min(len(value) - 1, len(text)), SHORTEST - 1, -1):
                if text.startswith(value[-size:]):
                    text = MASK + text[size:]
                    break
            for size in range(min(len(value) - 1, len(text)), SHORTEST - 1, -1):
                if text.endswith(value[:size]):
                    text = text[:-size] + MASK
                    break
        return text


def _secret(name: str) -> bool:
    if PLACE_NAME.search(name) and not SECRET_PWD.search(name):
        return False
    return bool(NAME.search(name))


def encodings(value: str) -> Iterable[str]:
    """Return a secret in the forms in which programs print it."""
    import json
    from urllib.parse import quote, quote_plus

    raw = value.encode("utf-8", "surrogateescape")
    yield value
    yield json.dumps(value)[1:-1]
    yield quote(raw, safe="")
    yield quote(raw)
    yield quote_plus(raw)
    yield from _base64(raw)


def _base64(raw: bytes) -> Iterable[str]:
    """Return the base64 of a secret wherever in a longer text it may have begun.

    Base64 takes three bytes at a time: what stands before moves the borders, so there are three
    forms, each without the characters that its neighbours have a part in.
    """
    from base64 import b64encode, urlsafe_b64encode

    for encode in (b64encode, urlsafe_b64encode):
        for shift in range(3):
            text = encode(b"\0" * shift + raw).decode()
            inner = text[(0, 2, 3)[shift] :].rstrip("=")
            inner = inner if (len(raw) + shift) % 3 == 0 else inner[:-1]
            if len(inner) >= SHORTEST:
                yield inner
