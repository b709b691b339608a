"""A tenth round: clients in other languages, and checks inside other tools."""

import json

from tests.lab.rounds.round_08 import (
    CERT,
    CLOSED,
    COMPOSED,
    CUT,
    DOCKERED,
    HANDSHAKE,
    HANG,
    LIMITED,
    NAME,
    REFUSED,
    RESET,
    STAMPED,
    make,
    said,
    script,
    status,
)
from tests.lab.rounds.round_01 import HARD, PG, has, npm, py
from tests.lab.scenarios import NETWORK, PERMANENT, RATE, RESOURCE, TRANSIENT

# fmt: off
MISSING = "http://127.0.0.1:{web}/retry/timeout-503"
FAULTS = {
    "refused": (REFUSED, NETWORK), "reset": (RESET, NETWORK), "closed": (CLOSED, NETWORK), "dns": (NAME, NETWORK),
    "hang": (HANG, NETWORK), "cut": (CUT, NETWORK), "handshake": (HANDSHAKE, NETWORK), "cert": (CERT, PERMANENT),
    "404": (MISSING, PERMANENT), "403": (status(403), PERMANENT), "503": (status(503), TRANSIENT),
    "502": (status(502), TRANSIENT), "429": (LIMITED, RATE), "limit": (said("github-secondary"), RATE),
    "slow": (said("s3-slow"), RATE), "scope": (said("github-scope"), PERMANENT),
}
LWP = "use LWP::UserAgent;\nmy $r = LWP::UserAgent->new(timeout => 2)->get($ARGV[0]);\ndie 'fetch failed: ' . $r->status_line . \"\\n\" unless $r->is_success;\n"
HTTPLIB = "import http.client, sys, urllib.parse\nu = urllib.parse.urlsplit(sys.argv[1])\nc = (http.client.HTTPSConnection if u.scheme == 'https' else http.client.HTTPConnection)(u.netloc, timeout=2)\nc.request('GET', u.path)\nr = c.getresponse()\nif r.status >= 400:\n    sys.exit(f'error: GET {u.path} -> {r.status} {r.reason}: {r.read(200).decode()}')\nr.read()\n"
URLLIB3 = "import sys, urllib3\nhttp = urllib3.PoolManager(retries=urllib3.Retry(1, backoff_factor=0.1, status_forcelist=[502, 503]), timeout=2)\nr = http.request('GET', sys.argv[1])\nif r.status >= 400:\n    raise SystemExit(f'upstream said {r.status}: {r.data[:200].decode()}')\n"
RICH = "import sys, requests\nfrom rich.console import Console\ntry:\n    requests.get(sys.argv[1], timeout=2).raise_for_status()\nexcept Exception:\n    Console(stderr=True, width=90).print_exception()\n    sys.exit(1)\n"
OPENURI = "require 'open-uri'\nrequire 'logger'\nlog = Logger.new($stderr)\nbegin\n  URI.open(ARGV[0], read_timeout: 2, open_timeout: 2).read\nrescue StandardError => e\n  log.error(\"import of retries failed (#{e.class}): #{e.message}\")\n  exit 2\nend\n"
STREAM = "<?php\nset_error_handler(function ($n, $m) { fwrite(STDERR, \"[app] $m\\n\"); exit(70); });\necho strlen(file_get_contents($argv[1], false, stream_context_create(['http' => ['timeout' => 2]])));\n"
HTTPJAVA = 'import java.net.*;\nimport java.net.http.*;\nimport java.time.*;\npublic class B {\n  public static void main(String[] a) {\n    try {\n      var r = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build().send(HttpRequest.newBuilder(URI.create(a[0])).timeout(Duration.ofSeconds(2)).build(), HttpResponse.BodyHandlers.ofString());\n      if (r.statusCode() >= 400) { System.err.println("SEVERE: export failed with HTTP " + r.statusCode() + ": " + r.body()); System.exit(3); }\n    } catch (Exception e) { System.err.println("SEVERE: export failed: " + e); System.exit(3); }\n  }\n}\n'
DENO = "const r = await fetch(Deno.args[0], {signal: AbortSignal.timeout(2000)});\nif (!r.ok) { console.error('release failed:', r.status, r.statusText, await r.text()); Deno.exit(1); }\nawait r.text();\n"
NIM = "import std/[httpclient, os]\nlet c = newHttpClient(timeout = 2000)\necho c.getContent(paramStr(1))\n"
RSCRIPT = "a <- commandArgs(TRUE)\noptions(timeout = 3)\ndownload.file(a[1], 'out', quiet = TRUE)\n"
GROOVY = "println new URL(args[0]).openConnection().with { connectTimeout = 2000; readTimeout = 2000; inputStream.text.size() }\n"
CLIENTS = (
    ("lwpget", "perl get.pl {}", {"get.pl": LWP}, has("perl"), ("refused", "dns", "503", "404", "429")),
    ("httplib", "python3 get.py {}", {"get.py": HTTPLIB}, has("python3"), ("reset", "closed", "hang", "502", "scope", "limit", "cert")),
    ("poolmanager", "python get.py {}", {"get.py": URLLIB3}, py("cli"), ("refused", "closed", "503", "403", "cert")),
    ("richtrace", "python get.py {}", {"get.py": RICH}, py("cli"), ("refused", "dns", "502", "404", "handshake")),
    ("rubylogger", "ruby get.rb {}", {"get.rb": OPENURI}, has("ruby"), ("refused", "hang", "503", "404", "429", "cert")),
    ("phpstream", "php get.php {}", {"get.php": STREAM}, has("php"), ("refused", "dns", "503", "403", "429")),
    ("javaexport", "java B.java {}", {"B.java": HTTPJAVA}, has("java"), ("refused", "hang", "502", "404", "limit", "cert")),
    ("denorelease", "DENO_DIR=$PWD/d deno run -A --no-check get.ts {}", {"get.ts": DENO}, npm("task"), ("refused", "hang", "503", "404", "slow", "cert")),
    ("nimclient", "nim c --hints:off --verbosity:0 -o:get get.nim && ./get {}", {"get.nim": NIM}, has("nim"), ("refused", "503", "404")),
    ("rdownload", "Rscript get.R {}", {"get.R": RSCRIPT}, has("Rscript"), ("refused", "dns", "503", "404")),
    ("groovyurl", "groovy get.groovy {}", {"get.groovy": GROOVY}, has("groovy"), ("refused", "503", "404")),
    ("wgetpost", "wget -nv -t 1 -T 3 --post-data=a=1 --content-on-error -O - {}", {}, has("wget"), ("closed", "limit", "scope")),
    ("curljson", "curl -sS --fail-early --fail -X POST -d a=1 {}", {}, has("curl"), ("closed", "handshake", "403")),
)
MATRIX = [
    (f"{tool}-{fault}", FAULTS[fault][1], command.replace("{}", FAULTS[fault][0]), fault, files, options)
    for tool, command, files, options, faults in CLIENTS for fault in faults if fault in FAULTS
]
GOTAB = {"go.mod": "module a\n\ngo 1.19\n", "a_test.go": "package a\n\nimport (\n\t\"errors\"\n\t\"testing\"\n)\n\nfunc TestTimeouts(t *testing.T) {\n\tfor _, e := range []error{errors.New(\"dial tcp 10.0.0.1:443: connect: connection refused\"), errors.New(\"429 Too Many Requests\")} {\n\t\tt.Run(e.Error(), func(t *testing.T) { t.Fatal(\"not retried:\", e) })\n\t}\n}\n"}
CASES = [
    *MATRIX,
    ("pytestmark-trap", PERMANENT, "python -m pytest -q --tb=short -k refused -p no:cacheprovider t.py", "an assertion", {"t.py": "def answer(): return {'status': 503, 'reason': 'Service Unavailable'}\ndef test_refused():\n    assert answer()['reason'] in ('Connection refused', 'timed out'), 'the server is out of memory'\n"}, {**py("test"), **HARD}),
    ("pytestraises-trap", PERMANENT, "pytest -q --no-header -p no:cacheprovider t.py", "nothing is raised", {"t.py": "import pytest\ndef test_timeout():\n    with pytest.raises(ConnectionResetError, match='Connection reset by peer'):\n        pass\n"}, {**py("test"), **HARD}),
    ("pytestother-trap", PERMANENT, "pytest -q -p no:cacheprovider t.py", "another error than expected", {"t.py": "import pytest\nclass RateLimitExceeded(ValueError): pass\ndef test_limit():\n    with pytest.raises(TimeoutError):\n        raise KeyError('429 Too Many Requests')\n"}, {**py("test"), **HARD}),
    ("pytestdb-live", TRANSIENT, "pytest -q --tb=short -p no:cacheprovider t.py", "a test finds the database locked", {"t.py": "import sqlite3\ndef test_write(tmp_path):\n    a = sqlite3.connect(tmp_path / 'a.db', isolation_level=None); a.execute('begin exclusive')\n    sqlite3.connect(tmp_path / 'a.db', timeout=0.1).execute('create table t(a)')\n"}, {**py("test"), **HARD}),
    ("pytestfull-live", RESOURCE, "pytest -q --tb=short -p no:cacheprovider t.py", "a test finds the disk full", {"t.py": "def test_write():\n    with open('/dev/full', 'w') as f:\n        f.write('x' * 100000)\n"}, {**py("test"), **HARD}),
    ("gotabletest-trap", PERMANENT, "GOCACHE=$PWD/c go test ./...", "a test", GOTAB, {**has("go"), **HARD}),
    ("gotablestamped-trap", PERMANENT, "export GOCACHE=$PWD/c; " + STAMPED % "go test -v ./...", "a test", GOTAB, {**has("go"), **HARD}),
    ("cargopanic-trap", PERMANENT, "cargo run --offline -q", "a panic", {"Cargo.toml": "[package]\nname='a'\nversion='0.1.0'\nedition='2021'\n", "src/main.rs": "fn main() { let r: Result<u8, String> = Err(\"no retry left for 503 Service Unavailable\".into()); let v: Vec<u8> = vec![]; if r.is_err() { println!(\"{}\", v[429]); } }\n"}, {**has("cargo"), **HARD}),
    ("jestsnapshot-trap", PERMANENT, "jest --rootDir . --ci", "a snapshot differs", {"a.test.js": "test('x', () => { expect({error: 'connect ECONNREFUSED', status: 503}).toMatchInlineSnapshot(`{\"error\": \"socket hang up\", \"status\": 429}`); });\n", "package.json": "{}"}, {**npm("r2"), **HARD}),
    ("mochanested-trap", PERMANENT, "mocha --reporter spec a.js", "an assertion", {"a.js": "describe('ETIMEDOUT', () => { describe('429 Too Many Requests', () => { it('waits', () => { throw new RangeError('503 Service Unavailable is out of range'); }); }); });\n"}, {**npm("test"), **HARD}),
    ("vitestcompose-trap", PERMANENT, COMPOSED % "vitest run --root . --globals", "an assertion", {"a.test.mjs": "describe('ECONNRESET', () => { test('is retried', () => { expect(['Too Many Requests']).toContain('Service Unavailable'); }); });\n"}, {**npm("r2"), **HARD}),
    ("unittestdocker-trap", PERMANENT, DOCKERED % "python3 -m unittest -q t", "an assertion", {"t.py": "import unittest\nclass T(unittest.TestCase):\n    def test_connection_reset(self):\n        self.assertRegex('503 Service Unavailable', 'Connection reset by peer')\n"}, {**has("python3"), **HARD}),
    ("makepytest-live", NETWORK, "make", "a test that is refused, inside make", {**make("python3 -m unittest t"), "t.py": "import unittest, urllib.request\nclass T(unittest.TestCase):\n    def test_live(self):\n        urllib.request.urlopen('" + REFUSED + "')\n"}, {**has("make"), **HARD}),
    ("npmlint-trap", PERMANENT, "npm run build", "lint, inside npm", {**script("eslint a.js"), "a.js": "const retryAfter = '503 Service Unavailable';\nif (connectionRefused) { timedOut() }\n", "eslint.config.js": "module.exports = [{rules: {'no-undef': 'error', 'no-unused-vars': 'error'}}];\n"}, {**npm("r2"), **HARD}),
    ("npmbundle-trap", PERMANENT, "npm run build", "a missing module, inside npm", {**script("esbuild --bundle a.js --outfile=o.js"), "a.js": "import x from './connection-timeout-503';\nconsole.log(x, 'rate limit exceeded');\n"}, {**npm("build"), **HARD}),
    ("tsccompose-trap", PERMANENT, COMPOSED % "tsc --noEmit --strict a.ts", "types", {"a.ts": "function retry(after: number): 'Too Many Requests' { return 'Service Unavailable'; }\nretry('Connection timed out');\n"}, {**npm("build"), **HARD}),
    ("mypymake-trap", PERMANENT, "make", "types, inside make", {**make("mypy --cache-dir=/dev/null a.py"), "a.py": "def wait(timeout: int) -> None: ...\nwait('503 Service Unavailable')\nraise ConnectionRefused\n"}, {**py("r2b"), **HARD}),
    ("blackdiff-trap", PERMANENT, "black --check --diff a.py", "a formatter would change it", {"a.py": "x = {'error':'Connection refused','status':503 }\n"}, {**py("r2b"), **HARD}),
    ("gccmany-trap", PERMANENT, "make -j2 CFLAGS=-Wall", "undeclared names, inside make", {"Makefile": "all: a.o b.o\n", "a.c": "int a(void) { return ECONNREFUSED_503; }\n", "b.c": "int b(void) { return too_many_open_files(\"No space left on device\"); }\n"}, {**has("make"), **HARD}),
    ("linker-trap", PERMANENT, "gcc a.c -o a", "an undefined reference", {"a.c": "int connection_timed_out(void);\nint main(void) { return connection_timed_out(); }\n"}, {**has("gcc"), **HARD}),
    ("javatrace-trap", PERMANENT, "java A.java", "a bug", {"A.java": "public class A { public static void main(String[] a) { Integer.parseInt(\"503 Service Unavailable\"); } }\n"}, {**has("java"), **HARD}),
    ("nodetrace-trap", PERMANENT, "node a.js", "a bug", {"a.js": "const replies = {429: 'Too Many Requests'};\nfunction connectionRefused(r) { return r.timeout.retryAfter; }\nconnectionRefused(replies);\n"}, {**has("node"), **HARD}),
    ("rubytrace-trap", PERMANENT, "ruby a.rb", "a bug", {"a.rb": "def connection_timeout(retries) = retries.fetch(:service_unavailable_503)\nconnection_timeout({})\n"}, {**has("ruby"), **HARD}),
    ("jsonconfig-trap", PERMANENT, "python3 a.py", "a wrong setting", {"a.py": "import sys\nsettings = {'timeout': '503', 'retry_after': 'Too Many Requests'}\nfor key, value in settings.items():\n    if not value.isdigit(): sys.exit(f'config.yaml: {key}: expected a number, got {value!r}')\n"}, {**has("python3"), **HARD}),
    ("argparsechoice-trap", PERMANENT, "python3 a.py --on '503 Service Unavailable'", "a wrong argument", {"a.py": "import argparse\np = argparse.ArgumentParser(prog='retry')\np.add_argument('--on', choices=['timeout', 'connection-refused', 'rate-limit'])\np.parse_args()\n"}, {**has("python3"), **HARD}),
    ("terraformbad-trap", PERMANENT, "terraform validate -no-color", "a wrong block", {"main.tf": 'resource "null_resource" "connection_timeout" {\n  retry_after = "503 Service Unavailable"\n  lifecycle { too_many_requests = true }\n}\n'}, {**has("terraform"), **HARD}),
    ("psqlraise-trap", PERMANENT, "psql " + PG + " -v ON_ERROR_STOP=1 -c \"do \\$\\$ begin raise exception 'order 503 not found: customer has no connection'; end \\$\\$\"", "raised by its own code", {}, {**has("psql"), **HARD}),
    ("psqlcolumn-trap", PERMANENT, "psql " + PG + " -v ON_ERROR_STOP=1 -c 'select connection_timeout from pg_class'", "no such column", {}, {**has("psql"), **HARD}),
    ("gitmissing-trap", PERMANENT, "git show HEAD:docs/connection-refused-503.md", "no such file", {}, {**has("git", before="git config --global user.email a@b; git config --global user.name a; git init -q; git commit -q --allow-empty -m a"), **HARD}),
    ("gitremote-trap", PERMANENT, "git push timeout-503 main", "no such remote", {}, {**has("git", before="git init -q"), **HARD}),
    ("npmscope-404", PERMANENT, "npm install --fetch-retries 0 --registry " + MISSING + " @retry/rate-limit", "404", {"package.json": json.dumps({"name": "a"})}, {**has("npm"), **HARD}),
    ("rmrf-perm", PERMANENT, "ls ./timeout-503 ./connection-refused", "no such files", {}, {**has("ls"), **HARD}),
    ("envvars-trap", PERMANENT, "export RETRYRUN_LAST_EXIT_CODE=137 RETRYRUN_LAST_CATEGORY=rate_limit; env | sort | grep RETRYRUN; false", "nothing but variables", {}, {**has("env"), **HARD}),
    ("pipecat-sig", PERMANENT, "set -e; unknown-tool-503 --timeout 429", "no such program", {}, {**has("true"), **HARD}),
    ("oomsub-killed", RESOURCE, "bash -c 'bash -c \"kill -9 \\$\\$\"; exit $?'", "killed from outside", {}, has("bash")),
    ("ulimitthread-python", RESOURCE, "ulimit -v 400000; python3 -c \"import threading, time\nfor _ in range(999): threading.Thread(target=time.sleep, args=(1,), daemon=True).start()\"", "no thread", {}, has("python3")),
    ("fullrsync-local", RESOURCE, "cp -r src {full}/ ; rc=$?; rm -rf {full}/src; exit $rc", "the file system is full", {}, has("cp", before="mkdir src; for i in 1 2 3; do head -c 60000 /dev/zero > src/$i; done")),
    ("flockpy-held", TRANSIENT, "python3 -c \"import fcntl,time; f=open('l','w'); fcntl.flock(f, fcntl.LOCK_EX); time.sleep(4)\" & sleep 1; python3 -c \"import fcntl; fcntl.flock(open('l','w'), fcntl.LOCK_EX | fcntl.LOCK_NB)\"", "another process holds it", {}, has("python3")),
    ("cargolock-wait", PERMANENT, "cargo build --locked --offline", "the lock file is out of date", {"Cargo.toml": "[package]\nname='a'\nversion='0.1.0'\nedition='2021'\n[dependencies]\ntimeout503={path='t'}\n", "src/main.rs": "fn main() {}\n", "t/Cargo.toml": "[package]\nname='timeout503'\nversion='0.1.0'\n", "t/src/lib.rs": ""}, {**has("cargo"), **HARD}),
]
