"""What gives a secret away: words of names and values, places, forms of tokens."""

from __future__ import annotations

MASK = "***"
SHORTEST = 6  # a shorter value would mask ordinary words
NONE, WEAK, BARE, STRONG, PASSWORD = range(5)


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


# What a name tells: GITHUB_TOKEN and dbPassword of a secret, monkey and TOKEN_FILE of none.
HINTS = _set("token secret pass pwd key auth cred _pat -pat signature sig= jwt= sid=")
PASSWORDS = _set("password passwords passwd passphrase passcode storepass keypass sshpass dbpass")
ENDS = ("token", "secret", "signature", "apikey", "secretkey", "accesskey", "privatekey")
WEAK_WORDS = _set("tokens secrets credential credentials auth key pass pwd")
SECRET_KEYS = _set(
    "api access secret private signing encryption auth master deploy account storage shared "
    "service session license client webhook admin hmac jwt aes app"
)
OPEN_KEYS = _set("public cache primary foreign sort partition group host restore row map object")
ABOUT = _set(  # what ends so speaks about a secret and is none
    "file files path dir folder sock socket url uri name names type id ids ttl length size count "
    "limit expiry expires expiration lifetime timeout method mode header scheme provider endpoint "
    "host port user username stdin prompt policy version format manager store service"
)
SWITCHES = _set("no ask with show prompt use skip print disable require")
IN_QUERIES = _set("sig hmac jwt sid x-amz-credential pass pwd auth")

# What a value tells: these give nothing away.
HARMLESS = _set(
    "true false yes no on off none null nil undefined empty required optional missing invalid "
    "incorrect expired wrong str string bytes int number bool boolean any secretstr via to or and "
    "is for with option flag argument instead in from if must cannot can the a an was not as has"
)
DEFAULTS = _set("password secret postgres postgresql mysql rabbitmq minioadmin changeme localhost")
REFERENCES = ("${", "$(", "{{", "<", "os.", "self.", "process.env", "secrets.", "env.")
KEY_FILES = (".pem", ".key", ".pub", ".json", ".crt", ".p8", ".p12")

# Places of secrets: (a literal that is there, the part that stays, the secret), in any case.
_KEY = r"[A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----"
_IS = r"""\\{0,3}["']?[ \t]{0,3}[:=][ \t]{0,3}[\[\\"']{0,4}"""
_GAP = r"\s{1,9}"
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
WORD = r"""\s+|(?:[^\s"']|"[^"\n]*"|'[^'\n]*'|["'])+"""

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

# Programs with an option for a secret that is not named so: (programs, options, how, a word that
# must have come). glued: -pSECRET; next: -p SECRET as well; pair: -u user:SECRET.
_PROGRAMS = (
    ("mysql mysqldump mysqladmin mysqlimport mariadb mariadb-dump 7z", "-p", "glued", ""),
    ("docker podman buildah nerdctl helm skopeo crane az oc", "-p", "next", "login"),
    ("sshpass twine mongo mongosh mongodump mongorestore", "-p", "next", ""),
    ("curl", "-u --user -U --proxy-user", "pair", ""),
    ("http https xh", "-a --auth", "pair", ""),
    ("redis-cli", "-a", "next", ""),
    ("ldapsearch ldapmodify", "-w", "next", ""),
    ("sqlcmd", "-P", "next", ""),
)
PROGRAMS = {name: (row[1].split(), *row[2:]) for row in _PROGRAMS for name in row[0].split()}


def name_words(name: str) -> list[str]:
    """Split a name at its signs and at the humps of camel case, in lower case: my, api, key."""
    parts, last = [], ""
    for character in name:
        parts.append(" " if character.isupper() and last.islower() else "")
        parts.append(character if character.isalnum() else " ")
        last = character
    return "".join(parts).lower().split()


def suspect(text: str) -> bool:
    """Tell whether a text may hold a secret by its place or form: whether any sign of one is there.

    An ordinary command has none, and is spared the patterns; so is a path that speaks of keys.
    """
    lower = text.lower()
    return (
        (_hinted(lower) and any(sign in text for sign in "=: \t"))
        or any(literal in lower for literal, _, _ in PLACES)
        or any(start in text for starts, _ in TOKENS for start in starts.split())
        or any(f"{name} " in text for name in PROGRAMS)
    )


def _hinted(lower: str) -> bool:
    for hint in HINTS:  # noqa: SIM110  for every variable at every start: any() would take twice as long
        if hint in lower:
            return True
    return False


def strength_of(name: str) -> int:
    """Tell how surely a name stands for a secret, from NONE to PASSWORD."""
    if not _hinted(name.lower()):
        return NONE
    words = name_words(name)
    while len(words) > 1 and (words[-1].isdigit() or words[-1] in ("prod", "dev", "staging")):
        words.pop()
    if not words or words[-1] in ABOUT:
        return NONE
    places = range(len(words)) if name.isupper() else [len(words) - 1]
    return max(_strength_at(words, place) for place in places)


def _strength_at(words: list[str], place: int) -> int:
    word, before = words[place], words[place - 1] if place else ""
    if word in PASSWORDS or word.endswith(("password", "passwd", "passphrase")):
        return PASSWORD if words[0] != "test" else BARE
    if word in ("token", "secret"):
        return STRONG if len(words) > 1 else BARE
    if word == "key" and before in OPEN_KEYS:
        return NONE
    if word.endswith(ENDS) or (word == "key" and before in SECRET_KEYS):
        return STRONG
    if before and word in ("pwd", "pat", "pass") and before not in ("first", "second"):
        return STRONG
    return WEAK if word in WEAK_WORDS else NONE


def looks_random(value: str) -> bool:
    """Tell whether a value looks drawn rather than written: letters, digits, no path or URL."""
    written = value.startswith(("/", "./", "../", "~")) or "://" in value or len(value.split()) != 1
    kinds = {character.isdigit() for character in value if character.isalnum()}
    return len(value) >= 8 and not written and len(kinds) == 2


def telling(name: str, value: str) -> bool:
    """Tell whether a value says anything: it is no switch, small number or reference."""
    bare = value.strip("\"'.,;:()[]{}<>*").lower()
    if not bare or bare in HARMLESS or (bare.isdigit() and len(bare) < SHORTEST):
        return False
    if bare.rpartition(".")[2] == name.lower() or value.startswith(REFERENCES):
        return False
    called, _, rest = value.partition("(")
    call = rest.strip(")") == "" and called != value and called.replace(".", "_").isidentifier()
    return not call and not (value[0] == "$" and value[1:].replace("_", "A").isupper())


def is_secret_by(strength: int, value: str) -> bool:
    """Tell whether a value is a secret, its name being as strong as that."""
    return strength > WEAK or (strength == WEAK and looks_random(value))


def after_option(name: str, value: str) -> bool:
    """Tell whether the word behind an option is a secret."""
    words = name_words(name)
    if not words or words[0] in SWITCHES or value.startswith(("id=", "type=")):
        return False
    if words[-1] == "key" and (value[0] in "/~." or value.endswith(KEY_FILES)):
        return False
    return is_secret_by(strength_of(name), value)
