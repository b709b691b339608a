"""Masking: forms of secrets that must go, look-alikes that must stay, and that nothing breaks it."""

import base64
import json
import subprocess
import sys
import time
from html import escape
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from retryrun.core.redact import MASK, Redactor

PLAIN = Redactor({})
A36 = "a1B2" * 9
HEX = "0123456789abcdef" * 4
JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dBjftJeZ4CVPmB92K27uhbUJU1p1r"
PEM = (
    "-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA7x\nAbCdEf0123456789+/=\n"
    "-----END RSA PRIVATE KEY-----"
)

# Text with a secret, the secret, what may be seen.
FORMS = [
    ("https://user:hunter2@host/x", "hunter2", "https://***@host/x"),
    ("https://ghtok3n12345678@host/x", "ghtok3n12345678", "https://***@host/x"),
    ("tool '--password' 'hunter2'", "hunter2", "tool '--password' '***'"),
    ("https://user:p@ssw0rd@host/x", "ssw0rd", "https://***@host/x"),
    ("https://user:p/ssw0rd@host/x", "ssw0rd", "https://***@host/x"),
    ("postgres://u:p4ss@db:5432/app failed", "p4ss", "postgres://***@db:5432/app failed"),
    ("redis://:p4ss@127.0.0.1:6379/0", "p4ss", "redis://***@127.0.0.1:6379/0"),
    (f"https://{A36}@github.com/o/r.git", A36, "https://***@github.com/o/r.git"),
    ("GET /x?a=1&access_token=abcDEF&b=2", "abcDEF", "GET /x?a=1&access_token=***&b=2"),
    ("https://h/f?sig=abc%2Bdef&se=1", "abc%2Bdef", "https://h/f?sig=***&se=1"),
    ("https://h/f?X-Amz-Signature=0a1b2c3d&x=1", "0a1b2c3d", "https://h/f?X-Amz-Signature=***&x=1"),
    ("tool --token=abc123 sync", "abc123", "tool --token=*** sync"),
    ("tool --password hunter2 sync", "hunter2", "tool --password *** sync"),
    ("tool --api-key 'abc def' sync", "abc def", "tool --api-key '***' sync"),
    ("tool --client-secret=x9!y;z sync", "x9!y;z", "tool --client-secret=*** sync"),
    ("npm --//r.example/:_authToken=abcdef", "abcdef", "npm --//r.example/:_authToken=***"),
    ("keytool -storepass changeit9 -list", "changeit9", "keytool -storepass *** -list"),
    ("mysql -uroot -phunter2 app", "hunter2", "mysql -uroot -p*** app"),
    ("/usr/bin/mysqldump -p'hun ter2' app", "ter2", "/usr/bin/mysqldump -p*** app"),
    ("docker login -u me -p hunter2 r.example", "hunter2", "docker login -u me -p *** r.example"),
    ("sshpass -p hunter2 ssh h", "hunter2", "sshpass -p *** ssh h"),
    ("curl -sS -u me:hunter2 https://h/", "hunter2", "curl -sS -u *** https://h/"),
    ("curl --user=me:hunter2 https://h/", "hunter2", "curl --user=*** https://h/"),
    ("curl --oauth2-bearer hunter2 https://h/", "hunter2", "curl --oauth2-bearer *** https://h/"),
    ("curl -E me.pem:hunter2 https://h/", "hunter2", "curl -E *** https://h/"),
    ("curl -b sid=hunter2 https://h/", "hunter2", "curl -b *** https://h/"),
    ("curl -u me:hunter2 h | grep -E a:b", "hunter2", "curl -u *** h | grep -E a:b"),
    ("openssl rsa -passin pass:hunter2", "hunter2", "openssl rsa -passin ***"),
    ("> Authorization: Bearer abcdef", "abcdef", "> Authorization: ***"),
    ("Authorization: Basic dXNlcjpwYXNz", "dXNlcjpwYXNz", "Authorization: ***"),
    ("-H 'Authorization: token abc' https://h", "abc", "-H 'Authorization: ***' https://h"),
    ('{"Authorization": "Bearer abc", "x": 1}', "Bearer", '{"Authorization": "***", "x": 1}'),
    ('Authorization: Digest username="me", response="0a1b"', "0a1b", "Authorization: ***"),
    ("sent Bearer abcdef123456 to h", "abcdef123456", "sent Bearer *** to h"),
    ("Cookie: sid=abc; theme=dark", "abc", "Cookie: ***"),
    ("< Set-Cookie: session=abc; Path=/", "abc", "< Set-Cookie: ***"),
    ("X-Api-Key: 0a1b2c3d", "0a1b2c3d", "X-Api-Key: ***"),
    ("PRIVATE-TOKEN: abcdef12", "abcdef12", "PRIVATE-TOKEN: ***"),
    ("id AKIAIOSFODNN7EXAMPLE used", "AKIAIOSFODNN7EXAMPLE", "id *** used"),
    (f"t ghp_{A36}.", A36, "t ***."),
    (f"t ghs_{A36}", A36, "t ***"),
    (f"github_pat_11AAAAAAA0{A36}_{A36}", A36, "***"),
    ("glpat-abcdefghij0123456789", "abcdefghij0123456789", "***"),
    ("xoxb-123456789012-abcdefABCDEF", "abcdefABCDEF", "***"),
    ("https://hooks.slack.com/services/T00/B00/abcDEF123", "abcDEF123",
     "https://hooks.slack.com/services/***"),
    (f"npm_{A36}", A36, "***"),
    (f"pypi-AgEIcHlwaS5vcmc{A36}", A36, "***"),
    (f"sk-proj-{A36}", A36, "***"),
    ("sk_live_abcdef0123456789", "abcdef0123456789", "***"),
    ("AIza" + "Sy0123456789-_abcdefghijklmnopqrstu", "Sy0123456789", "***"),
    (f"jwt {JWT} end", "dBjftJeZ4CVPmB92K27uhbUJU1p1r", "jwt *** end"),
    (f"key:\n{PEM}\nend", "MIIEowIBAAKCAQEA7x", "key:\n***\nend"),
    (PEM.replace("\n", "\\n"), "AbCdEf0123456789", "***"),
    (PEM[:60], "MIIEow", "***"),
    ("EowIBAAKCAQEA7x\n" + PEM.split("\n", 2)[2] + "\nend", "AbCdEf0123456789", "***\nend"),
    ("AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG", "wJalrXUtnFEMI", "AWS_SECRET_ACCESS_KEY=***"),
    ("export DB_PASSWORD='correct horse'; x", "horse", "export DB_PASSWORD='***'; x"),
    ('{"password": "a\\"b,c", "n": 1}', "b,c", '{"password": "***", "n": 1}'),
    ('"{\\"client_secret\\": \\"abc\\"}"', "abc", '"{\\"client_secret\\": \\"***\\"}"'),
    ("'password' => 'hunter2',", "hunter2", "'password' => '***',"),
    ("  password: hunter2", "hunter2", "  password: ***"),
    ("password: hunter2 for me", "hunter2", "password: *** for me"),
    ("password: swordfish", "swordfish", "password: ***"),
    ("Server=h;Uid=sa;Pwd=abc;Database=d", "abc", "Server=h;Uid=sa;Pwd=***;Database=d"),
    ("secretAccessKey=abcdef, region=x", "abcdef", "secretAccessKey=***, region=x"),
    ("AccountKey=ab12+/==;EndpointSuffix=x", "ab12", "AccountKey=***;EndpointSuffix=x"),
    ("machine h login me password hunter2", "hunter2", "machine h login me password ***"),
    ("CREATE USER a IDENTIFIED BY 'hunter2';", "hunter2", "CREATE USER a IDENTIFIED BY '***';"),
    ('password="correct horse', "horse", 'password="***'),
]  # fmt: skip

SURVIVORS = [
    "https://deploy@host/x", "https://build-agent@host/x", "https://user1@host/x",
    "/etc/passwd: Permission denied", "sh: 1: cannot create /etc/passwd: Permission denied",
    "fatal: could not read Password: terminal prompts disabled", "Password: authentication failed",
    "tool --keyring x", "key=value", "monkey=1", "TOKENIZERS_PARALLELISM=false", "--keyring=backend",
    "git commit --author me", "SSH_AUTH_SOCK=/tmp/agent.1", "GIT_AUTHOR_NAME=me", "donkey: brown",
    "docker run -p 8080:80 mysql:8 -p3306:3306", "mkdir -p dir", "cp -p a b", "mysql -p app",
    "docker run -p 80:80 nginx", "curl -u me https://h/", "curl -b jar.txt -E me.pem https://h/", "--password-stdin", "echo x | docker login --password-stdin",
    "Use --password-stdin instead", "Using --password via the CLI is insecure", "--token-file /run/t",
    "--private-key ~/.ssh/id_ed25519", "docker build --secret id=npmrc,src=.npmrc .",
    "Access denied for user 'root'@'localhost' (using password: YES)", "password=None", "passwd: false",
    "token: string;", "password=$DB_PASSWORD", "password=${DB_PASSWORD}", "token={{ secrets.T }}",
    "connect(user=user, password=password)", "token=self.token", "token=get_token()", "token=os.environ['X']",
    "SyntaxError: Unexpected token: punc", "Unexpected token < in JSON at position 0", "max_tokens=4096",
    "tests/test_auth.py::test_login_token PASSED", "test_password: FAILED", "src/token.rs:12:5: error",
    "use crate::token::Token", "https://host:8080/@scope/pkg", "http://[::1]:8080/a@b", "git@github.com:o/r.git",
    "ssh://git@github.com/o/r.git", "npm i @scope/pkg@1.2.3", "mailto:me@example.com", "Basic usage: tool x",
    "bearer authentication failed", "authorization: denied by policy", "cookie: not found", "cache-key=linux-pip-abc123",
    "PUBLIC_KEY=ssh-ed25519AAAA1234", "sk-learn", "sk-folding-cube-container-element", "AKIASHORT", "ghp_short",
    "npm_config_registry=https://r.example", "eyJ", "keys: 3", "KeyError: 'name'", "author=someone12345",
    "secret-santa==1.2.3", "registry.example/app-secret:latest", "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----",
    "pass=12 fail=0", "compass: north", "bypass=all", "https://example.com/?page=2&sort=asc",
    "0123456789abcdef0123456789abcdef01234567", "sha256:" + HEX, "exit code 1", "",
]  # fmt: skip


@pytest.mark.parametrize(("text", "secret", "shown"), FORMS)
def test_secrets_are_masked_and_the_rest_stays(text, secret, shown):
    assert secret in text
    assert PLAIN.text(text) == shown


@pytest.mark.parametrize("text", SURVIVORS)
def test_look_alikes_stay(text):
    assert PLAIN.text(text) == text
    assert PLAIN.words(text.split(" ")) == text.split(" ")


VALUE = 's3cr&t "va/lue"+\\ é<x>'


@pytest.mark.parametrize(
    "form",
    [
        VALUE,
        *(base64.b64encode(before + VALUE.encode() + b"::tail").decode() for before in (b"", b"u", b"u:")),
        base64.urlsafe_b64encode(b"user:" + VALUE.encode()).decode(),
        quote(VALUE), quote(VALUE, safe=""), quote_plus(VALUE), quote(VALUE, safe="").lower(),
        json.dumps(VALUE), json.dumps(VALUE, ensure_ascii=False), repr(VALUE), escape(VALUE),
    ],
)  # fmt: skip
def test_a_known_value_is_masked_in_each_encoding(form):
    shown = Redactor({"MY_TOKEN": VALUE}).text(f"before {form} after")
    assert shown.startswith("before ")
    assert shown.endswith(" after")
    assert MASK in shown
    assert len(shown) <= len("before  after") + 3 + 14  # of base64, what belongs to its neighbours


SECRET_NAMES = [
    "GITHUB_TOKEN", "token", "DB_PASS", "DB_PWD", "PGPASSWORD", "MYSQL_ROOT_PASSWORD", "SSHPASS", "GH_PAT",
    "NPM_AUTH", "clientSecret", "API_KEY", "APIKEY", "AWS_SECRET_ACCESS_KEY", "RAILS_MASTER_KEY",
    "TOKEN_GITHUB", "CREDENTIALS", "VAULT_TOKEN_2", "STRIPE_KEY", "npm_config__authToken", "AUTHTOKEN",
]  # fmt: skip
OTHER_NAMES = [
    "PWD", "OLDPWD", "HOME", "SSH_AUTH_SOCK", "GIT_AUTHOR_NAME", "TOKENIZERS_PARALLELISM", "TOKEN_FILE",
    "PASSWORD_STORE_DIR", "MONKEY", "KEYBOARD", "CACHE_KEY", "PUBLIC_KEY", "GPG_KEY_ID", "AUTH_METHOD",
    "SECRET_NAME", "PATH", "COMPASS",
]  # fmt: skip


@pytest.mark.parametrize("name", SECRET_NAMES)
def test_names_of_variables_that_hold_secrets(name):
    assert Redactor({name: "zebra42-crossing"}).text("a zebra42-crossing b") == "a *** b"


@pytest.mark.parametrize("name", OTHER_NAMES)
def test_names_of_variables_that_hold_none(name):
    assert (
        Redactor({name: "zebra42-crossing"}).text("a zebra42-crossing b") == "a zebra42-crossing b"
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("A_TOKEN", "short"), ("A_TOKEN", "true"), ("A_PASSWORD", "postgres"), ("A_AUTH", "kerberos"),
        ("GOOGLE_APPLICATION_CREDENTIALS", "/home/me/key1.json"), ("A_SECRET", "******"), ("A_TOKEN", ""),
    ],
)  # fmt: skip
def test_values_that_would_mask_ordinary_words(name, value):
    assert Redactor({name: value}).text(f"a {value} b") == f"a {value} b"


def test_the_password_in_the_url_of_a_variable_is_known_by_itself():
    assert Redactor({"DATABASE_URL": "postgres://u:zebra42@h/d"}).text("pw zebra42!") == "pw ***!"


def test_each_line_of_a_key_in_a_variable_is_known():
    masked = Redactor({"DEPLOY_KEY": PEM + "\n"})
    assert masked.text("a MIIEowIBAAKCAQEA7x b") == "a *** b"
    assert masked.text(PEM.replace("\n", "\r\n")) == "***"


def test_the_longer_of_two_values_goes_first():
    masked = Redactor({"A_TOKEN": "abcdef", "B_TOKEN": "abcdef-ghijkl"})
    assert masked.text("abcdef-ghijkl abcdef") == "*** ***"


@pytest.mark.parametrize("name", ["A_TOKEN", "A_PASSWORD"])
def test_a_value_cut_off_at_the_start_or_the_end(name):
    masked = Redactor({name: "ghp_" + "a" * 36})
    assert masked.text("aaaaaa rest") == "*** rest"
    assert masked.text("rest ghp_aaaaaa") == "rest ***"
    assert masked.text("rest ghp_aaaaaa…") == "rest ***…"
    assert masked.text("aaaaa rest ghp_") == "aaaaa rest ghp_"
    assert masked.text("aaaaaabc") == "***bc"


def test_the_public_beginning_of_a_token_is_no_secret():
    masked = Redactor(
        {"GH_TOKEN": "github_pat_11ABCDEFG0123456789", "HOOK_TOKEN": "https://h.example/abc1"}
    )
    assert masked.text("pushing to github") == "pushing to github"
    assert masked.text("see https://") == "see https://"
    assert masked.text("x github_pat_11AB") == "x ***"
    assert masked.text("x github…") == "x ***…"
    assert masked.words(["git", "push", "github"]) == ["git", "push", "github"]


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (["tool", "--password", "two words", "x"], ["tool", "--password", "***", "x"]),
        (["tool", "--token", "--verbose"], ["tool", "--token", "--verbose"]),
        (["tool", "--token=a b"], ["tool", "--token=***"]),
        (["gh", "auth", "login", "--with-token"], ["gh", "auth", "login", "--with-token"]),
        (["env", "DB_PASSWORD=a b", "x"], ["env", "DB_PASSWORD=***", "x"]),
        (["mysql", "-pa b", "-p", "app"], ["mysql", "-p***", "-p", "app"]),
        (["curl", "-H", "Authorization: Bearer a", "-uu:p", "h"],
         ["curl", "-H", "Authorization: ***", "-u***", "h"]),
        (["docker", "exec", "db", "mysql", "-phunter"], ["docker", "exec", "db", "mysql", "-p***"]),
        (["redis-cli", "-a", "hunter2", "ping"], ["redis-cli", "-a", "***", "ping"]),
        (["sh", "-c", "mysql -phunter2 < x"], ["sh", "-c", "mysql -p*** < x"]),
        ([], []),
    ],
)  # fmt: skip
def test_words_of_a_command(words, shown):
    assert PLAIN.words(words) == shown


ENVIRONMENT = {
    "A_TOKEN": "zebra42-crossing", "B_PASSWORD": "aaaaaa", "C_SECRET": "*a****", "D_TOKEN": "x=y&z;'\"",
    "E_TOKEN": "\udcff\udcfe\ud800secret", "URL": "x://me:pass word@h", "F_KEY": PEM, "G_TOKEN": "$a${b}c",
}  # fmt: skip
KNOWN = [
    "zebra42-crossing",
    "aaaaaa",
    "x=y&z;'\"",
    "\udcff\udcfe\ud800secret",
    "MIIEowIBAAKCAQEA7x",
]
MASKED = Redactor(ENVIRONMENT)
pieces = st.sampled_from(
    [
        *ENVIRONMENT.values(), "token", "password", "=", ": ", "\"", "'", "\\", "\n", " ", "--", "-p", "mysql ",
        "curl -u ", "a:b", "://", "@", "u:p@h", "Bearer ", "Authorization: ", "ghp_", A36, "eyJ", ".eyJ", "***",
        "*", "a", "zebra42", "-crossing", "-----BEGIN PRIVATE KEY-----", "-----END PRIVATE KEY-----", "?", "&",
        "key", "login ", "docker ", "-", ";", ",", "[", ")", "Cookie: ", "sig=", "…",
    ]
)  # fmt: skip
texts = st.one_of(
    st.text(st.characters(codec=None, exclude_categories=())),
    st.lists(pieces, max_size=20).map("".join),
)


@given(texts)
@example("aaa" + "aaaaaa" * 2)
@example("zebra42-zebra42-crossingcrossing")
@example("****a****")
def test_no_known_value_comes_through_and_masking_again_changes_nothing(text):
    shown = MASKED.text(text)
    assert not any(value in shown for value in KNOWN)
    assert PLAIN.text(PLAIN.text(text)) == PLAIN.text(text)
    assert MASKED.text(shown) == shown


@given(st.lists(texts, max_size=6))
def test_words_stay_as_many(words):
    shown = MASKED.words(words)
    assert len(shown) == len(words)
    assert MASKED.words(shown) == shown
    assert not any(value in word for value in KNOWN for word in shown)


@given(st.dictionaries(st.text(), st.text(st.characters(codec=None, exclude_categories=()))), texts)
def test_any_environment_will_do(env, text):
    named = {f"{name}_TOKEN": value for name, value in env.items()}
    shown = Redactor(named).text(text)
    for value in named.values():
        if len(value) >= 16 and MASK not in value and value.isalnum():
            assert value not in shown


HOSTILE = [
    "a", "=", "token=", "token=\"", "--token ", "://a:", "http://", "mysql -p ", "mysql ", "-----BEGIN ",
    "-----BEGIN PRIVATE KEY-----", "-----END PRIVATE KEY-----", "QUJD\n", "eyJ", "eyJabcde.", "ghp_", "\\\"", "a-",
    "a.", "password='\\", "token=a,", "token=&&", "Authorization: ", "bearer ", "cookie: a", "machine a login b ",
    "aaaaaa", "\n", "docker login ", "'", "x=y&z", "AKIA", "sk-", "identified by '",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_megabyte_of_anything_takes_bounded_time(piece):
    text = piece * (1_000_000 // len(piece))
    start = time.process_time()
    MASKED.text(text)
    assert time.process_time() - start < 6


def test_an_ordinary_command_costs_no_regular_expressions():
    script = (
        "import sys; from retryrun.core.redact import Redactor\n"
        "r = Redactor({'PATH': '/bin', 'GITHUB_TOKEN': 'abcdef123'})\n"
        "assert r.words(['uv', 'sync', '--frozen']) == ['uv', 'sync', '--frozen']\n"
        "assert r.text('uv sync') == 'uv sync'\n"
        "assert r.words(['pytest', 'tests/test_auth.py']) == ['pytest', 'tests/test_auth.py']\n"
        "assert r.text('/home/user/tokenizer') == '/home/user/tokenizer'\n"
        "assert not {'re', 'json', 'urllib', 'base64', 'typing'} & set(sys.modules)"
    )
    subprocess.run(
        [sys.executable, "-I", "-S", "-c", f"import sys; sys.path[:0] = {sys.path!r}\n{script}"],
        check=True,
    )


def test_the_passes_are_bounded(monkeypatch):
    from retryrun.core import redact

    monkeypatch.setattr(redact, "PASSES", 1)
    assert redact.Redactor({}).text("--token=abcdefgh12") == "--token=***"


def test_whatever_a_pattern_looks_for_makes_a_text_suspect():
    from retryrun.core.secret_forms import suspect
    from retryrun.core.secret_places import PLACES, TOKENS

    for sign in [literal for literal, _, _ in PLACES if literal != "http"]:
        assert suspect(f"x{sign}")
    for sign in [start for starts, _ in TOKENS for start in starts.split()]:
        assert suspect(f"a {sign}")
    assert suspect("https://")  # and what follows is seen
    assert not suspect("tests/test_auth.py")
    assert not suspect("uv sync --frozen")
