"""What gives a secret away: words of names and values, places, forms of tokens."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

MASK = "***"
SHORTEST = 6  # a shorter value would mask ordinary words
NONE, WEAK, BARE, STRONG, PASSWORD = range(5)


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


# What a name tells: GITHUB_TOKEN and dbPassword of a secret, monkey and TOKEN_FILE of none.
HINTS = _set("token secret pass pwd key auth bearer cred _pat -pat signature sig= jwt= sid=")
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

# What a value tells: these give nothing away.
HARMLESS = _set(
    "true false yes no on off none null nil undefined empty required optional missing invalid "
    "incorrect expired wrong str string bytes int number bool boolean any secretstr via to or and "
    "is for with option flag argument instead in from if must cannot can the a an was not as has"
)
DEFAULTS = _set("password secret postgres postgresql mysql rabbitmq minioadmin changeme localhost")
REFERENCES = ("${", "$(", "{{", "<", "os.", "self.", "process.env", "secrets.", "env.")
KEY_FILES = (".pem", ".key", ".pub", ".json", ".crt", ".p8", ".p12")

# What must stand in a text for it to hold a secret by its place or form; see `secret_places`.
PLACE_SIGNS = (
    "-----begin", "-----end", "://", "authorization", "bearer", "basic", "cookie", "machine",
    "identified", "-pass", "hooks.slack.com",
)  # fmt: skip
TOKEN_SIGNS = (
    "AKIA", "ASIA", "ABIA", "ACCA", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_",
    "dckr_", "glsa_", "lin_api_", "glpat-", "glptt-", "gldt-", "glrt-", "glcbt-", "glsoat-",
    "gloas-", "glft-", "xox", "xapp-", "npm_", "hf_", "sk-", "sk_", "rk_", "whsec_", "AIza",
    "pypi-AgE", "ya29.", "GOCSPX-", "hvs.", "hvb.", "dp.pt.", "sntrys_", "NRAK-", "AGE-SECRET-",
    "SG.", "eyJ", "dop_v1_", "doo_v1_", "shpat_", "shpss_", "dapi",
)  # fmt: skip
WORD = r"""\s+|(?:[^\s"']|"[^"\n]*"|'[^'\n]*'|["'])+"""

# Programs with an option for a secret that is not named so: (programs, options, how, a word that
# must have come). glued: -pSECRET; next: -p SECRET as well; pair: -u user:SECRET; cookie: -b
# name=SECRET, where without a sign a file is named.
_PROGRAMS = (
    ("mysql mysqldump mysqladmin mysqlimport mariadb mariadb-dump 7z", "-p", "glued", ""),
    ("docker podman buildah nerdctl helm skopeo crane az oc", "-p", "next", "login"),
    ("sshpass twine mongo mongosh mongodump mongorestore", "-p", "next", ""),
    ("curl", "-u --user -U --proxy-user -E --cert --proxy-cert", "pair", ""),
    ("curl", "-b --cookie", "cookie", ""),
    ("http https xh", "-a --auth", "pair", ""),
    ("redis-cli", "-a", "next", ""),
    ("ldapsearch ldapmodify", "-w", "next", ""),
    ("sqlcmd", "-P", "next", ""),
)


def _by_program() -> dict[str, tuple[dict[str, str], str]]:
    """Return for each program how its options hide a secret, and the word that must have come."""
    programs: dict[str, tuple[dict[str, str], str]] = {}
    for names, options, how, after in _PROGRAMS:
        for name in names.split():
            known, _ = programs.setdefault(name, ({}, after))
            known.update(dict.fromkeys(options.split(), how))
    return programs


PROGRAMS = _by_program()


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
        (_any(HINTS, lower) and _any("=: \t", text))
        or _any(PLACE_SIGNS, lower)
        or _any(TOKEN_SIGNS, text)
        or (" " in text and any(f"{name} " in text for name in PROGRAMS))
    )


def _any(signs: Iterable[str], text: str) -> bool:
    for sign in signs:  # noqa: SIM110  for every variable at every start: any() takes twice as long
        if sign in text:
            return True
    return False


def strength_of(name: str) -> int:
    """Tell how surely a name stands for a secret, from NONE to PASSWORD."""
    if not _any(HINTS, name.lower()):
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
    if word in ("token", "secret", "bearer"):
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
