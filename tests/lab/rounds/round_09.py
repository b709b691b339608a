"""A ninth round: programs of one's own, databases, checkers and clients in yet other forms."""

import json

from tests.lab.rounds.round_08 import (
    CERT,
    CLOSED,
    COMPOSED,
    CUT,
    DE,
    DOCKERED,
    FR,
    HANDSHAKE,
    HANG,
    LIMITED,
    LOCALES,
    NAME,
    REFUSED,
    RESET,
    STAMPED,
    make,
    said,
    script,
    status,
)
from tests.lab.rounds.round_01 import HARD, MYSQL, PG, has, npm, py
from tests.lab.scenarios import NETWORK, PERMANENT, RATE, RESOURCE, TRANSIENT

# fmt: off
GROUP = "import asyncio, sys, urllib.request\nasync def one(url):\n    return await asyncio.to_thread(urllib.request.urlopen, url, None, 2)\nasync def main():\n    async with asyncio.TaskGroup() as group:\n        group.create_task(one(sys.argv[1])); group.create_task(asyncio.sleep(3))\nasyncio.run(main())\n"
SUBPROCESS = "import subprocess, sys\ntry:\n    subprocess.run(['curl', '-fsS', sys.argv[1]], check=True, capture_output=True, text=True)\nexcept subprocess.CalledProcessError as error:\n    sys.exit(f'mirror.sync: step 3 of 5 failed: {error.stderr.strip()}')\n"
LOGGED = "import logging, sys, urllib.request\nlogging.basicConfig(format='%(asctime)s %(levelname)-8s [%(name)s] %(message)s', level=logging.INFO)\nlog = logging.getLogger('sync.timeout')\nlog.info('retries=5 timeout=30 backoff=429')\ntry:\n    urllib.request.urlopen(sys.argv[1], timeout=2)\nexcept Exception:\n    log.exception('giving up')\n    sys.exit(3)\n"
POOL = "import multiprocessing, sys, urllib.request\ndef get(url): return urllib.request.urlopen(url, timeout=2).status\nif __name__ == '__main__':\n    with multiprocessing.Pool(1) as pool: print(pool.map(get, [sys.argv[1]]))\n"
KEY = "LIMITS = {'429': 'Too Many Requests'}\ndef connection_timeout(code): return LIMITS[code]\nprint(connection_timeout('503 Service Unavailable'))\n"
AXIOS = "const r = await fetch(process.argv[2]).catch(e => { console.error('✖ deploy failed'); console.error(`  reason: ${e.cause?.message ?? e.message}`); process.exit(1); });\nif (!r.ok) { console.error(`✖ deploy failed\\n  reason: ${r.status} ${r.statusText}`); process.exit(1); }\nawait r.text();\n"
AGGREGATE = "require('net').connect({port: {closed}, host: 'localhost', autoSelectFamily: true}).on('error', e => { console.error(e); process.exit(1); });\n"
SLOG = 'package main\n\nimport (\n\t"encoding/json"\n\t"net/http"\n\t"os"\n\t"time"\n)\n\nfunc main() {\n\tc := http.Client{Timeout: 2 * time.Second}\n\tr, err := c.Get(os.Args[1])\n\tmsg := map[string]any{"severity": "ERROR", "component": "uploader", "retry": false}\n\tif err != nil {\n\t\tmsg["error"] = err.Error()\n\t} else if r.StatusCode >= 400 {\n\t\tmsg["error"] = "unexpected status: " + r.Status\n\t}\n\tjson.NewEncoder(os.Stderr).Encode(msg)\n\tos.Exit(1)\n}\n'
GOBUILD = "GOCACHE=$PWD/c GO111MODULE=off go build -o up up.go && ./up "
ANYHOW = 'use std::{env, io::Read, net::TcpStream, process::exit};\nfn main() {\n    let address = env::args().nth(1).unwrap();\n    let found = TcpStream::connect(&address).and_then(|mut s| { let mut b = [0; 1]; s.read_exact(&mut b) });\n    if let Err(e) = found {\n        eprintln!("Error: could not load the catalogue\\n\\nCaused by:\\n    0: request to the index failed\\n    1: {e}");\n        exit(1);\n    }\n}\n'
JAVA = 'import java.net.*;\npublic class A {\n  static class SyncException extends RuntimeException { SyncException(String m, Throwable c) { super(m, c); } }\n  public static void main(String[] a) {\n    try { new URL(a[0]).openStream().readAllBytes(); } catch (Exception e) { throw new SyncException("timeout policy: step 503 failed", e); }\n  }\n}\n'
RUBY = "require 'net/http'\nbegin\n  r = Net::HTTP.get_response(URI(ARGV[0]))\n  r.value\nrescue => e\n  abort \"[sync] #{e.class}: #{e.message}\"\nend\n"
PERL = "use IO::Socket::INET;\nmy $s = IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => $ARGV[0], Timeout => 2) or die \"cannot reach the spooler: $@\";\n"
PHP = "<?php\ntry { new PDO('mysql:host=127.0.0.1;port=' . $argv[1], 'timeout', 'x'); } catch (PDOException $e) { fwrite(STDERR, 'job failed: ' . $e->getMessage() . PHP_EOL); exit(1); }\n"
CMAKE = "cmake_minimum_required(VERSION 3.20)\nproject(a NONE)\ninclude(FetchContent)\nFetchContent_Declare(b GIT_REPOSITORY %s GIT_TAG main)\nFetchContent_MakeAvailable(b)\n"
CMAKEURL = "cmake_minimum_required(VERSION 3.20)\nproject(a NONE)\nfile(DOWNLOAD %s ${CMAKE_BINARY_DIR}/a STATUS s)\nlist(GET s 0 code)\nif(code)\n  message(FATAL_ERROR \"cannot get the table: ${s}\")\nendif()\n"
PLAY = "- hosts: localhost\n  gather_facts: false\n  tasks:\n  - name: wait for 503\n    %s\n"
TRAP = "import unittest\nclass RetryTest(unittest.TestCase):\n    def test_connection_refused(self):\n        with self.subTest('429 Too Many Requests'):\n            self.assertIn('Connection timed out', ['503 Service Unavailable'])\n"
SETUPCLASS = "import socket, unittest\nclass LiveTest(unittest.TestCase):\n    @classmethod\n    def setUpClass(cls):\n        cls.s = socket.create_connection(('127.0.0.1', {closed}), 2)\n    def test_a(self): pass\n"
LINTED = "import os, socket\ndef retry(timeout=[]):\n    except_503 = 'Connection refused'\n    return connection_reset\n"
LINTEDJS = "const timeout = 'ECONNREFUSED: 503 Service Unavailable';\nif (rateLimitExceeded == 429) { undefined_retry() }\n"
ESLINT = "module.exports = [{rules: {'no-undef': 'error', 'eqeqeq': 'error', 'no-unused-vars': 'error'}}];\n"
CPP = "#include <string>\nint main() { std::string connection_refused = 503; return timed_out(\"Too many open files\", connection_refused); }\n"
RUST = "fn main() { let timed_out: u16 = \"503 Service Unavailable\"; let connection_reset = rate_limit_exceeded(); }\n"
KEEP = "(psql " + PG + " -c \"begin; lock table held in access exclusive mode; select pg_sleep(6)\" &) >/dev/null 2>&1; sleep 1"

CASES = [
    # clients
    ("curlproxy-refused", NETWORK, "curl -fsS -x http://127.0.0.1:{closed} http://files.example.org/x", "the proxy refuses", {}, has("curl")),
    ("curlproxy-socks", NETWORK, "curl -sS --socks5-hostname 127.0.0.1:{close} http://files.example.org/x", "the proxy closes", {}, has("curl")),
    ("curlhttp2-reset", NETWORK, "curl -fsS --http2-prior-knowledge -m 4 " + RESET, "reset under HTTP/2", {}, has("curl")),
    ("curlwrite-out", PERMANENT, "curl -s -o /dev/null -w '%{http_code} retry-after: 503\\n' -f http://127.0.0.1:{web}/timeout/429", "404", {}, {**has("curl"), **HARD}),
    ("curlwrite-503", TRANSIENT, "curl -s -o /dev/null -w 'HTTP %{http_code}\\n' -f " + status(503), "503", {}, has("curl")),
    ("curlmail-450", TRANSIENT, "curl -sS --mail-from a@a.org --mail-rcpt b@b.org -T m smtp://127.0.0.1:{smtp450}", "greylisted", {"m": "hi\n"}, has("curl")),
    ("curlmail-550", PERMANENT, "curl -v --mail-from a@a.org --mail-rcpt b@b.org -T m smtp://127.0.0.1:{smtp550}", "no such user", {"m": "hi\n"}, {**has("curl"), **HARD}),
    ("wgetspider-503", TRANSIENT, "wget --spider -t 1 " + status(503), "503", {}, has("wget")),
    ("wgetspider-404", PERMANENT, "wget --spider -nv -t 1 http://127.0.0.1:{web}/retry/503", "404", {}, {**has("wget"), **HARD}),
    ("wgetpipe-cut", NETWORK, "set -o pipefail; wget -nv -t 1 -O - " + CUT + " > out", "cut", {}, has("wget")),
    ("wgetpipe-tls", NETWORK, "wget -t 1 -T 3 " + HANDSHAKE, "closed in the handshake", {}, has("wget")),
    ("httpieverbose-429", RATE, "http --verbose --check-status --pretty=none --ignore-stdin GET " + LIMITED, "429", {}, py("cli")),
    ("httpieverbose-403", PERMANENT, "http --check-status --ignore-stdin --print=hb GET " + status(403), "403", {}, py("cli")),
    ("lftpmirror-refused", NETWORK, "lftp -c 'set net:max-retries 1; mirror " + REFUSED + "/ d'", "refused", {}, has("lftp")),
    ("lftpmirror-404", PERMANENT, "lftp -c 'set net:max-retries 1; get " + "http://127.0.0.1:{web}/timeout/503" + " -o x'", "404", {}, {**has("lftp"), **HARD}),
    ("bashtcp-refused", NETWORK, "exec 3<>/dev/tcp/127.0.0.1/{closed}", "refused", {}, has("bash")),
    ("bashtcpde-refused", NETWORK, DE + "bash -c 'exec 3<>/dev/tcp/127.0.0.1/{closed}'", "refused, in German", {}, {**has("bash"), **LOCALES}),
    ("bashtcp-dns", NETWORK, "exec 3<>/dev/tcp/db.example.invalid/5432", "no such name", {}, has("bash")),
    ("gitclonesub-refused", NETWORK, "git clone --recurse-submodules -c protocol.file.allow=always ./src wc", "the submodule refuses", {}, has("git", before="git config --global user.email a@b; git config --global user.name a; git init -q src; cd src; printf '[submodule \"lib\"]\n\tpath = lib\n\turl = " + REFUSED + "\n' > .gitmodules; git add .gitmodules; git update-index --add --cacheinfo 160000,1111111111111111111111111111111111111111,lib; git commit -qm a")),
    ("gitfetchjobs-cert", PERMANENT, "git fetch --jobs=4 --prune --verbose " + CERT + " main", "the certificate is self-signed", {}, has("git", before="git init -q")),
    ("gitssh-refused", NETWORK, "GIT_SSH_COMMAND='ssh -p {closed} -o BatchMode=yes' git clone git@127.0.0.1:a/b.git", "refused to ssh", {}, has("git")),
    ("gitssh-closed", NETWORK, "GIT_SSH_COMMAND='ssh -p {close} -o BatchMode=yes' git ls-remote ssh://git@127.0.0.1/a/b.git", "closed to ssh", {}, has("git")),
    ("gitam-bad", PERMANENT, "git am 0001-retry-on-503.patch", "no patch", {"0001-retry-on-503.patch": "From: a <a@b>\nSubject: Connection timed out\n\n503 Service Unavailable\n"}, {**has("git", before="git init -q; git config user.email a@b; git config user.name a"), **HARD}),
    ("gitcherry-conflict", PERMANENT, "git cherry-pick other", "a conflict", {}, {**has("git", before="git config --global user.email a@b; git config --global user.name a; git init -q -b main; echo 1 > f; git add .; git commit -qm a; git checkout -qb other; echo 2 > f; git commit -qam 'Too many requests: try again later'; git checkout -q main; echo 3 > f; git commit -qam b"), **HARD}),
    ("gitoptions-bad", PERMANENT, "git fetch --retry-timeout=503", "no such option", {}, {**has("git", before="git init -q"), **HARD}),
    # programs of one's own
    ("taskgroup-refused", NETWORK, "python3 sync.py " + REFUSED, "refused, in a group of exceptions", {"sync.py": GROUP}, has("python3")),
    ("taskgroup-503", TRANSIENT, "python3 sync.py " + status(503), "503, in a group of exceptions", {"sync.py": GROUP}, has("python3")),
    ("taskgroup-404", PERMANENT, "python3 sync.py http://127.0.0.1:{web}/timeout/503", "404, in a group of exceptions", {"sync.py": GROUP}, {**has("python3"), **HARD}),
    ("pysub-reset", NETWORK, "python3 sync.py " + CLOSED, "closed, told by another program", {"sync.py": SUBPROCESS}, has("python3")),
    ("pysub-429", RATE, "python3 sync.py " + LIMITED, "429, told by another program", {"sync.py": SUBPROCESS}, has("python3")),
    ("pysub-403", PERMANENT, "python3 sync.py " + status(403), "403, told by another program", {"sync.py": SUBPROCESS}, {**has("python3"), **HARD}),
    ("pylogged-hang", NETWORK, "python3 sync.py " + HANG, "no answer in time, logged", {"sync.py": LOGGED}, has("python3")),
    ("pylogged-502", TRANSIENT, COMPOSED % ("python3 sync.py " + status(502)), "502, logged", {"sync.py": LOGGED}, has("python3")),
    ("pylogged-401", PERMANENT, "python3 sync.py " + status(401), "401, logged", {"sync.py": LOGGED}, {**has("python3"), **HARD}),
    ("pypool-refused", NETWORK, "python3 sync.py " + REFUSED, "refused, in another process", {"sync.py": POOL}, has("python3")),
    ("pykey-trap", PERMANENT, "python3 limits.py", "a missing key", {"limits.py": KEY}, {**has("python3"), **HARD}),
    ("pykey-stamped", PERMANENT, STAMPED % "python3 limits.py", "a missing key", {"limits.py": KEY}, {**has("python3"), **HARD}),
    ("nodedeploy-refused", NETWORK, "node deploy.mjs " + REFUSED, "refused", {"deploy.mjs": AXIOS}, has("node")),
    ("nodedeploy-504", TRANSIENT, "node deploy.mjs " + status(504), "504", {"deploy.mjs": AXIOS}, has("node")),
    ("nodedeploy-404", PERMANENT, "node deploy.mjs http://127.0.0.1:{web}/timeout/503", "404", {"deploy.mjs": AXIOS}, {**has("node"), **HARD}),
    ("nodedeploy-cert", PERMANENT, "node deploy.mjs " + CERT, "the certificate is self-signed", {"deploy.mjs": AXIOS}, has("node")),
    ("nodeboth-refused", NETWORK, "node a.js", "refused on both addresses", {"a.js": AGGREGATE}, has("node")),
    ("goslog-refused", NETWORK, GOBUILD + REFUSED, "refused, in a line of JSON", {"up.go": SLOG}, has("go")),
    ("goslog-503", TRANSIENT, GOBUILD + status(503), "503, in a line of JSON", {"up.go": SLOG}, has("go")),
    ("goslog-hang", NETWORK, GOBUILD + HANG, "no answer in time, in a line of JSON", {"up.go": SLOG}, has("go")),
    ("goslog-404", PERMANENT, GOBUILD + "http://127.0.0.1:{web}/retry/503", "404, in a line of JSON", {"up.go": SLOG}, {**has("go"), **HARD}),
    ("rustchain-refused", NETWORK, "rustc -o a a.rs && ./a 127.0.0.1:{closed}", "refused, as the last cause", {"a.rs": ANYHOW}, has("rustc")),
    ("javacaused-refused", NETWORK, "java A.java " + REFUSED, "refused, as a cause", {"A.java": JAVA}, has("java")),
    ("javacaused-503", TRANSIENT, "java A.java " + status(503), "503, as a cause", {"A.java": JAVA}, has("java")),
    ("javacaused-404", PERMANENT, "java A.java http://127.0.0.1:{web}/a/429", "404, as a cause", {"A.java": JAVA}, {**has("java"), **HARD}),
    ("rubyabort-refused", NETWORK, "ruby sync.rb " + REFUSED, "refused", {"sync.rb": RUBY}, has("ruby")),
    ("rubyabort-502", TRANSIENT, "ruby sync.rb " + status(502), "502", {"sync.rb": RUBY}, has("ruby")),
    ("rubyabort-403", PERMANENT, "ruby sync.rb " + status(403), "403", {"sync.rb": RUBY}, has("ruby")),
    ("perlspool-refused", NETWORK, "perl spool.pl {closed}", "refused", {"spool.pl": PERL}, has("perl")),
    ("perlspool-syntax", PERMANENT, "perl -e 'use strict; $connection_refused = 503; die timed_out'", "an undeclared name", {}, {**has("perl"), **HARD}),
    # builds
    ("cmakefetch-refused", NETWORK, "cmake -S . -B b", "refused to git", {"CMakeLists.txt": CMAKE % REFUSED}, has("cmake")),
    ("cmakefetch-404", PERMANENT, "cmake -S . -B b", "404 to git", {"CMakeLists.txt": CMAKE % "http://127.0.0.1:{web}/retry/503"}, {**has("cmake"), **HARD}),
    ("cmakeurl-dns", NETWORK, "cmake -S . -B b", "no such name", {"CMakeLists.txt": CMAKEURL % NAME}, has("cmake")),
    ("cmakelists-bad", PERMANENT, "cmake -S . -B b", "an unknown command", {"CMakeLists.txt": "cmake_minimum_required(VERSION 3.20)\nproject(a NONE)\nconnection_refused(503 \"Service Unavailable\")\n"}, {**has("cmake"), **HARD}),
    ("makek-refused", NETWORK, "make -k -j2", "one target refuses", {"Makefile": "all: a b\na:\n\techo 'timeout 503' > a\nb:\n\tcurl -fsS -o b " + REFUSED + "\n"}, has("make")),
    ("makek-missing", PERMANENT, "make -k -j2", "no rule", {"Makefile": "all: retry-429.o connection_timeout.o\n"}, {**has("make"), **HARD}),
    ("makewget-503", TRANSIENT, "make --no-print-directory", "503", make("wget -nv -t 1 " + status(503)), has("make")),
    ("makequiet-refused", NETWORK, "make", "refused without a word", make("curl -sf -o x " + REFUSED), has("make")),
    ("shtrace-curl", NETWORK, "sh -eux job.sh", "no such name without a word", {"job.sh": "curl -sf -o a " + NAME + "\n"}, has("curl")),
    ("npmtask-silent", NETWORK, "npm run build", "refused without a word", script("curl -sf -o a " + REFUSED), has("npm")),
    ("npmtask-python", PERMANENT, "npm run build", "an assertion", {**script("python3 -m unittest -q test_a"), "test_a.py": TRAP}, {**has("npm"), **HARD}),
    ("npmtask-missing", PERMANENT, "npm run retry-503", "no such script", script("true"), {**has("npm"), **HARD}),
    ("npmgit-refused", NETWORK, "npm install --fetch-retries 0 git+" + REFUSED, "refused to git", {"package.json": '{"name":"a","version":"1.0.0"}'}, has("npm")),
    ("npmtgz-cut", NETWORK, "npm install --fetch-retries 0 http://127.0.0.1:{web}/cut/a.tgz", "cut", {"package.json": '{"name":"a","version":"1.0.0"}'}, has("npm")),
    ("npmpkg-bad", PERMANENT, "npm install --offline", "the file is no JSON", {"package.json": '{"name":"a", "timeout": 503 Service Unavailable}'}, {**has("npm"), **HARD}),
    ("pipwheel-503", TRANSIENT, "pip wheel --no-deps --retries 0 --timeout 2 --no-color http://127.0.0.1:{web}/status/503/a-1.0-py3-none-any.whl", "503", {}, py("cli")),
    ("pipwheel-bad", PERMANENT, "pip install --no-deps ./retry_503-1.0-py3-none-any.whl", "no wheel at all", {"retry_503-1.0-py3-none-any.whl": "503 Service Unavailable"}, {**py("cli"), **HARD}),
    ("pipoption-bad", PERMANENT, "pip install --retry-on-503 attrs", "no such option", {}, {**py("cli"), **HARD}),
    ("uvtool-refused", NETWORK, "UV_HTTP_RETRIES=0 uv tool install --index-url " + REFUSED + " black", "refused", {}, py("r2a")),
    ("uvtool-404", PERMANENT, "UV_HTTP_RETRIES=0 uv tool run --index-url http://127.0.0.1:{web}/timeout/503 retry-429", "404", {}, {**py("r2a"), **HARD}),
    ("uvpython-refused", NETWORK, "UV_HTTP_RETRIES=0 UV_PYTHON_INSTALL_MIRROR=" + REFUSED + " uv python install 3.12", "refused", {}, py("r2a")),
    ("gorun-bad", PERMANENT, "GOCACHE=$PWD/c go run a.go", "an undeclared name", {"a.go": "package main\n\nfunc main() { var connectionRefused int = \"503 Service Unavailable\"; timedOut() }\n"}, {**has("go"), **HARD}),
    ("rustjson-bad", PERMANENT, "rustc --error-format=json a.rs", "a type error, as JSON", {"a.rs": RUST}, {**has("rustc"), **HARD}),
    ("rustshort-bad", PERMANENT, "rustc --error-format=short a.rs", "a type error", {"a.rs": RUST}, {**has("rustc"), **HARD}),
    ("gplusplus-bad", PERMANENT, "g++ -fdiagnostics-color=always -c a.cpp", "an undeclared name", {"a.cpp": CPP}, {**has("g++"), **HARD}),
    ("gplusplus-stamped", PERMANENT, DOCKERED % "g++ -c a.cpp", "an undeclared name", {"a.cpp": CPP}, {**has("g++"), **HARD}),
    ("javacwerror-bad", PERMANENT, "javac -Xlint:all -Werror A.java", "a warning", {"A.java": "import java.util.*;\nclass A { List timeouts = new ArrayList(); int connectionRefused() { return 503; } }\n"}, {**has("javac"), **HARD}),
    # databases
    ("pgdeadlock-two", TRANSIENT, "psql " + PG + " -q -v ON_ERROR_STOP=1 -c \"begin; update dl set n=1 where id=1; select pg_sleep(1); update dl set n=1 where id=2; commit\" & psql " + PG + " -q -v ON_ERROR_STOP=1 -c \"begin; update dl set n=2 where id=2; select pg_sleep(1); update dl set n=2 where id=1; commit\"; a=$?; wait $!; b=$?; exit $((a + b))", "a deadlock", {}, has("psql", before="psql " + PG + " -c 'create table dl(id int primary key, n int)' -c 'insert into dl values (1,0),(2,0)'")),
    ("pgnowait-held", TRANSIENT, "psql " + PG + " -v ON_ERROR_STOP=1 -c 'begin' -c 'lock table held nowait'", "the table is held", {}, has("psql", before="psql " + PG + " -c 'create table if not exists held(a int)'; " + KEEP)),
    ("pgunique-twice", PERMANENT, "psql " + PG + " -v ON_ERROR_STOP=1 -c \"create temp table t(name text unique); insert into t values ('deadlock detected'), ('deadlock detected')\"", "a duplicate", {}, {**has("psql"), **HARD}),
    ("pgcast-bad", PERMANENT, "psql " + PG + " -A -t -c \"select '503 Service Unavailable'::inet\"", "a wrong value", {}, {**has("psql"), **HARD}),
    ("pgcreatedb-db", PERMANENT, "createdb -h 127.0.0.1 -p {pg} -U postgres postgres", "it is there already", {}, {**has("createdb"), **HARD}),
    ("pgready-refused", NETWORK, "pg_dump -v -h 127.0.0.1 -p {closed} -U postgres a", "refused", {}, has("pg_dump")),
    ("pgfr-role", PERMANENT, FR + "psql -h 127.0.0.1 -p {pg} -U delai_de_connexion -d postgres -c 'select 1'", "no such role, the client in French", {}, {**has("psql"), **LOCALES, **HARD}),
    ("mariabatch-unknown", PERMANENT, "mariadb -B " + MYSQL + " connection_timeout -e 'select 1'", "no such database", {}, {**has("mariadb"), **HARD}),
    ("mariabatch-dup", PERMANENT, "mariadb -B " + MYSQL + " -e \"create database if not exists d; use d; create temporary table t(a varchar(40) primary key); insert into t values ('Lock wait timeout exceeded'), ('Lock wait timeout exceeded')\"", "a duplicate", {}, {**has("mariadb"), **HARD}),
    ("mariawait-held", TRANSIENT, "mariadb " + MYSQL + " w -e 'set innodb_lock_wait_timeout=1; update t set a=2'", "the row is held", {}, has("mariadb", before="mariadb " + MYSQL + " -e 'create database if not exists w; create table if not exists w.t(a int) engine=innodb; insert into w.t values(1)'; (mariadb " + MYSQL + " w -e 'begin; update t set a=3; select sleep(5)' &) >/dev/null 2>&1; sleep 1")),
    ("rediscli-auth", PERMANENT, "redis-cli -e -h 127.0.0.1 -p {redis} -a wrong --no-auth-warning auth timeout 503", "a wrong password", {}, {**has("redis-cli"), **HARD}),
    ("rediscli-refused", NETWORK, "redis-cli -e -h 127.0.0.1 -p {closed} --json get a", "refused", {}, has("redis-cli")),
    ("rediscli-loading", TRANSIENT, "redis-cli -e -h 127.0.0.1 -p {redisload} get a", "it is loading", {}, has("redis-cli")),
    ("sqlitepy-locked", TRANSIENT, "python3 -c \"import sqlite3,time; c=sqlite3.connect('a.db',isolation_level=None); c.execute('begin exclusive'); time.sleep(5)\" & sleep 1; python3 -c \"import sqlite3; sqlite3.connect('a.db', timeout=0.2).execute('create table t(a)')\"", "another process holds it", {}, has("python3")),
    ("sqlitepy-table", PERMANENT, "python3 -c \"import sqlite3; sqlite3.connect(':memory:').execute('select * from database_is_locked')\"", "no such table", {}, {**has("python3"), **HARD}),
    ("sqlitefull-cli", RESOURCE, "sqlite3 {full}/a.db 'create table t(a); insert into t values (randomblob(400000))'; rc=$?; rm -f {full}/a.db*; exit $rc", "the file system is full", {}, has("sqlite3")),
    # the machine
    ("devfull-gzip", RESOURCE, "head -c 100000 /dev/urandom | gzip > /dev/full", "the device is full", {}, {"needs": "gzip", "before": "true"}),
    ("devfull-python", RESOURCE, "python3 -c \"open('/dev/full','w').write('x' * 100000)\"", "the device is full", {}, has("python3")),
    ("devfull-node", RESOURCE, "node -e \"require('fs').writeFileSync('/dev/full', 'x')\"", "the device is full", {}, has("node")),
    ("devfullde-sort", RESOURCE, DE + "seq 100000 | sort -o /dev/full", "the device is full, in German", {}, {**has("sort"), **LOCALES}),
    ("devfullfr-bash", RESOURCE, FR + "bash -c 'echo a > /dev/full'", "the device is full, in French", {}, {**has("bash"), **LOCALES}),
    ("limitmem-python", RESOURCE, "ulimit -v 300000; python3 -c \"x = bytearray(10**9)\"", "no memory", {}, has("python3")),
    ("limitfile-dd", RESOURCE, "ulimit -f 100; dd if=/dev/zero of=big bs=4096 count=1000", "the file grows beyond its limit", {}, has("dd")),
    ("limitopen-python", RESOURCE, "ulimit -n 20; python3 -c \"f = [open('/dev/null') for _ in range(50)]\"", "no file descriptors", {}, has("python3")),
    ("deepstack-python", PERMANENT, "python3 -c \"\ndef connection_timeout(n): return connection_timeout(n + 503)\nconnection_timeout(1)\"", "endless recursion", {}, {**has("python3"), **HARD}),
    ("flocked-wait", PERMANENT, "tar -xf retry-503.tar.gz", "no such archive", {}, {**has("tar"), **HARD}),
    ("ansibleweb-503", TRANSIENT, "ansible-playbook a.yml", "503", {"a.yml": PLAY % ("uri: {url: '" + status(503) + "'}")}, py("r2a")),
    ("ansiblemsg-fail", PERMANENT, "ansible-playbook a.yml", "a check fails", {"a.yml": PLAY % "fail: {msg: 'the service answered 503 when the answer should be a redirect'}\n    when: \"'Connection refused' != 'timed out'\""}, {**has("true"), **py("r2a"), **HARD}),
    ("ansiblessh-refused", NETWORK, "ansible all -i 127.0.0.1, -e ansible_port={closed} -m ping", "refused", {}, py("r2a")),
    ("tfplan-var", PERMANENT, "terraform plan -no-color -input=false", "a variable has no value", {"main.tf": "variable \"connection_timeout_503\" {}\noutput \"a\" { value = var.connection_timeout_503 }\n"}, {**has("terraform"), **HARD}),
    ("tfget-refused", NETWORK, "terraform get -no-color", "refused to git", {"main.tf": 'module "a" {\n  source = "git::' + REFUSED + '"\n}\n'}, has("terraform")),
    ("tfget-404", PERMANENT, "terraform init -no-color", "404 to git", {"main.tf": 'module "a" {\n  source = "git::http://127.0.0.1:{web}/retry/503"\n}\n'}, {**has("terraform"), **HARD}),
    ("awsses-throttle", RATE, "AWS_ACCESS_KEY_ID=a AWS_SECRET_ACCESS_KEY=b AWS_MAX_ATTEMPTS=1 aws --region eu-west-1 --output text --endpoint-url " + LIMITED + " dynamodb list-tables", "429", {}, has("aws")),
    ("awsbad-option", PERMANENT, "aws --region eu-west-1 s3 cp --retry-timeout 503 a b", "no such option", {}, {**has("aws"), **HARD}),
    ("kubeapply-503", TRANSIENT, "kubectl apply --validate=false -f " + status(503), "503", {}, has("kubectl")),
    ("kubeapply-yaml", PERMANENT, "kubectl --server http://127.0.0.1:{web} apply --dry-run=client -f a.yml", "no manifest", {"a.yml": "timeout: 503\nmessage: connection refused\n"}, {**has("kubectl"), **HARD}),
    ("rcloneyes-missing", PERMANENT, "rclone -q copy ./connection-timeout-503 ./out", "no such directory", {}, {**has("rclone"), **HARD}),
    ("skopeocopy-dns", NETWORK, "skopeo copy docker://registry.example.invalid/a:1 dir:out", "no such name", {}, has("skopeo")),
    # checks
    ("unittestsub-trap", PERMANENT, "python3 -m unittest -v test_a", "an assertion", {"test_a.py": TRAP}, {**has("python3"), **HARD}),
    ("unittestsetup-live", NETWORK, "python3 -m unittest -v test_a", "a set-up that is refused", {"test_a.py": SETUPCLASS}, {**has("python3"), **HARD}),
    ("pytestx-trap", PERMANENT, "pytest -x --tb=long -p no:cacheprovider test_a.py", "an assertion", {"test_a.py": TRAP}, {**py("r2b"), **HARD}),
    ("pytestx-live", NETWORK, "pytest -q -rfE --tb=no -p no:cacheprovider test_a.py", "a set-up that is refused", {"test_a.py": SETUPCLASS}, {**py("r2b"), **HARD}),
    ("pytestimport-bad", PERMANENT, "pytest -q -p no:cacheprovider test_a.py", "a module is missing", {"test_a.py": "import connection_timeout_503\ndef test_a(): pass\n"}, {**py("r2b"), **HARD}),
    ("nodetestspec-trap", PERMANENT, "node --test --test-reporter=spec a.test.js", "an assertion", {"a.test.js": "require('node:test')('503 Service Unavailable', () => require('assert').strictEqual('ECONNREFUSED', 'ETIMEDOUT'));\n"}, {**has("node"), **HARD}),
    ("nodetestjunit-trap", PERMANENT, "node --test --test-reporter=junit a.test.js", "an assertion, as XML", {"a.test.js": "require('node:test')('503 Service Unavailable', () => require('assert').strictEqual('connect ECONNREFUSED', '429 Too Many Requests'));\n"}, {**has("node"), **HARD}),
    ("nodetestspec-live", NETWORK, "node --test --test-reporter=spec a.test.js", "a test that is refused", {"a.test.js": "require('node:test')('live', (t, done) => { require('net').connect({closed}, '127.0.0.1').on('error', done); });\n"}, {**has("node"), **HARD}),
    ("jestverbose-trap", PERMANENT, "jest --rootDir . --verbose --colors", "an assertion", {"a.test.js": "test('rate limit exceeded', () => { console.error('connect ECONNREFUSED 127.0.0.1:80'); expect({s: 503}).toEqual({s: 'Service Unavailable'}); });\n", "package.json": "{}"}, {**npm("r2"), **HARD}),
    ("jestverbose-live", NETWORK, "jest --rootDir . --verbose --ci", "a test that is refused", {"a.test.js": "test('live', done => { require('net').connect({closed}, '127.0.0.1').on('error', done); });\n", "package.json": "{}"}, {**npm("r2"), **HARD}),
    ("phpunitteam-trap", PERMANENT, "phpunit --teamcity ATest.php", "an assertion", {"ATest.php": "<?php\nclass ATest extends PHPUnit\\Framework\\TestCase { function testRefused() { $this->assertSame('503 Service Unavailable', 'Connection refused'); } }\n"}, {**has("phpunit"), **HARD}),
    ("provev-trap", PERMANENT, "prove -v a.t", "an assertion", {"a.t": "use Test::More tests => 1;\nis('Connection refused', '503 Service Unavailable', 'too many requests');\n"}, {**has("prove"), **HARD}),
    ("batstap-trap", PERMANENT, "bats --tap a.bats", "an assertion", {"a.bats": "@test \"connection refused\" {\n  run echo '503 Service Unavailable'\n  [[ \"$output\" == *'timed out'* ]]\n}\n"}, {**has("bats"), **HARD}),
    ("rspecprog-trap", PERMANENT, "rspec --format progress --backtrace a_spec.rb", "an expectation", {"a_spec.rb": "RSpec.describe('retry') { it('429') { expect { raise 'Connection refused' }.not_to raise_error } }\n"}, {**has("rspec"), **HARD}),
    ("cargotestq-trap", PERMANENT, "cargo test --offline -q 2>&1", "an assertion", {"Cargo.toml": "[package]\nname='a'\nversion='0.1.0'\nedition='2021'\n", "src/lib.rs": "#[test]\nfn connection_refused() { assert!(\"503 Service Unavailable\".is_empty(), \"Connection timed out (os error 110)\"); }\n"}, {**has("cargo"), **HARD}),
    ("flakefmt-pylint", PERMANENT, "flake8 --format=pylint a.py", "lint", {"a.py": LINTED}, {**py("r2b"), **HARD}),
    ("pylinttext-color", PERMANENT, "pylint --output-format=colorized a.py", "lint, in colours", {"a.py": LINTED}, {**py("r2b"), **HARD}),
    ("ruffgitlab-json", PERMANENT, "ruff check --no-cache --output-format=gitlab a.py", "lint, as JSON", {"a.py": LINTED}, {**py("r4b"), **HARD}),
    ("ruffjunit-xml", PERMANENT, "ruff check --no-cache --output-format=junit a.py", "lint, as XML", {"a.py": LINTED}, {**py("r4b"), **HARD}),
    ("rufffull-text", PERMANENT, "ruff check --no-cache --output-format=full a.py", "lint, with the source", {"a.py": LINTED}, {**py("r4b"), **HARD}),
    ("banditjson-find", PERMANENT, "bandit -q -f json a.py", "lint, as JSON", {"a.py": "import subprocess\nsubprocess.call('503 Service Unavailable; connection refused', shell=True)\n"}, {**py("cli"), **HARD}),
    ("pyrightjson-bad", PERMANENT, "basedpyright --outputjson a.py", "types, as JSON", {"a.py": "timeout: int = '503 Service Unavailable'\n"}, {**py("more"), **HARD}),
    ("eslintcolor-bad", PERMANENT, "eslint --color a.js", "lint, in colours", {"a.js": LINTEDJS, "eslint.config.js": ESLINT}, {**npm("r2"), **HARD}),
    ("prettiercheck-bad", PERMANENT, "prettier --check connection-refused-503.js", "a formatter would change it", {"connection-refused-503.js": LINTEDJS.replace(";", " ;")}, {**npm("r2"), **HARD}),
    ("prettiersyntax-bad", PERMANENT, "prettier a.js", "a syntax error", {"a.js": "const timeout = 503 Service Unavailable;\n"}, {**npm("r2"), **HARD}),
    ("cppcheckxml-bad", PERMANENT, "cppcheck --xml --error-exitcode=1 a.cpp", "an error, as XML", {"a.cpp": "int main() { int a[2]; a[503] = 1; const char *connection_refused = 0; return *connection_refused; }\n"}, {**has("cppcheck"), **HARD}),
    ("yamlparse-bad", PERMANENT, "python3 -c \"import json,sys; json.load(open('a.json'))\"", "the file is no JSON", {"a.json": "{\"retry\": 503 Service Unavailable}"}, {**has("python3"), **HARD}),
    ("shellcheckdiff-bad", PERMANENT, "shellcheck -f checkstyle a.sh", "lint, as XML", {"a.sh": "#!/bin/sh\nconnection_refused='503 Service Unavailable'\necho $1\n"}, {**has("shellcheck"), **HARD}),
    ("jqfilter-bad", PERMANENT, "echo '{\"status\": 503}' | jq .status.connection_timeout", "a wrong filter", {}, {**has("jq"), **HARD}),
]
