"""An eighth round: well-known tools by other options, in other languages, inside other tools."""

import json

from tests.lab.rounds.round_01 import HARD, MYSQL, PG, has, npm, py
from tests.lab.scenarios import NETWORK, PERMANENT, RATE, RESOURCE, TRANSIENT

# fmt: off
REFUSED = "http://127.0.0.1:{closed}/x"
RESET = "http://127.0.0.1:{reset}/x"
CLOSED = "http://127.0.0.1:{close}/x"
NAME = "http://files.example.invalid/x"
HANG = "http://127.0.0.1:{hang}/x"
CUT = "http://127.0.0.1:{web}/cut"
LIMITED = "http://127.0.0.1:{web}/limited/x"
CERT = "https://127.0.0.1:{tls}/x"
HANDSHAKE = "https://127.0.0.1:{close}/x"


def status(code):
    return f"http://127.0.0.1:{{web}}/status/{code}/x"


def said(name):
    return f"http://127.0.0.1:{{web}}/said/{name}/x"


LANGUAGE = "LANG={0}.UTF-8 LOCPATH=$PWD/loc "
DE, FR = LANGUAGE.format("de_DE"), LANGUAGE.format("fr_FR")
LOCALES = {"before": "mkdir loc; for l in de_DE fr_FR; do localedef -i $l -f UTF-8 loc/$l.UTF-8; done"}
STAMPED = "set -o pipefail; %s 2>&1 | sed -u 's/^/2026-11-03T04:05:06.7890123Z /'"
COMPOSED = "set -o pipefail; %s 2>&1 | sed -u 's/^/web-1  | /'"
DOCKERED = "set -o pipefail; %s 2>&1 | sed -u 's/^/#12 3.141 /'"


def make(recipe):
    return {"Makefile": f"build:\n\t{recipe}\n"}


def script(line):
    return {"package.json": json.dumps({"name": "a", "version": "1.0.0", "scripts": {"build": line}})}


def project(**more):
    return {"package.json": json.dumps({"name": "a", "version": "1.0.0", **more})}


TRAPS = "import pytest\nCASES = {'429 Too Many Requests': 5, 'Connection reset by peer': 2}\n@pytest.mark.parametrize('said', CASES)\ndef test_delay(said):\n    assert CASES[said] == 'Retry-After: 3 (No space left on device)'\n"
SETUP = "from setuptools import setup\nimport urllib.request\n%s\nsetup(name='a', version='1')\n"
GOMOD = {"go.mod": "module a\n\ngo 1.19\n\nrequire example.org/b v1.0.0\n", "a.go": "package main\n\nimport _ \"example.org/b\"\n\nfunc main() {}\n"}
GO = "GOFLAGS=-mod=mod GONOSUMDB=* GONOSUMCHECK=1 GOFLAGS=-mod=mod GOPATH=$PWD/p GOCACHE=$PWD/c GOPROXY=%s "
GOTEST = {"go.mod": "module a\n\ngo 1.19\n", "a_test.go": "package a\n\nimport \"testing\"\n\nfunc TestRetryOn503(t *testing.T) {\n\tt.Run(\"connection refused\", func(t *testing.T) { t.Errorf(\"dial tcp 10.0.0.1:443: i/o timeout: got %d want %d\", 429, 503) })\n}\n"}
GOLIVE = {"go.mod": "module a\n\ngo 1.19\n", "a_test.go": "package a\n\nimport (\n\t\"net\"\n\t\"testing\"\n)\n\nfunc TestLive(t *testing.T) {\n\tif _, err := net.Dial(\"tcp\", \"127.0.0.1:{closed}\"); err != nil {\n\t\tt.Fatalf(\"cannot reach the store: %v\", err)\n\t}\n}\n"}
CARGO = {"src/main.rs": "fn main() {}\n", "Cargo.toml": "[package]\nname='a'\nversion='0.1.0'\nedition='2021'\n[dependencies]\nb = { git = '%s' }\n"}
CARGOBAD = {"Cargo.toml": "[package]\nname='a'\nversion='0.1.0'\nedition='2021'\n", "src/main.rs": "fn main() { let retry_after: u32 = \"429 Too Many Requests\"; connection_refused(retry_after); }\n#[test]\nfn timed_out() { assert_eq!(\"os error 111\", \"503 Service Unavailable\", \"Connection timed out\"); }\n"}
POM = "<project><modelVersion>4.0.0</modelVersion><groupId>a</groupId><artifactId>a</artifactId><version>1</version><repositories><repository><id>central</id><url>%s</url></repository></repositories><pluginRepositories><pluginRepository><id>central</id><url>%s</url></pluginRepository></pluginRepositories></project>"
PYPROJECT = "[project]\nname='a'\nversion='1'\nrequires-python='>=3.9'\ndependencies=['attrs']\n[tool.poetry]\npackages=[]\n[[tool.poetry.source]]\nname='lab'\nurl='%s'\npriority='primary'\n"
TF = 'terraform {\n  required_providers {\n    lab = { source = "lab/lab" }\n  }\n}\n'
JSONLOG = "import json, sys, urllib.request\ntry:\n    urllib.request.urlopen(sys.argv[1], timeout=2).read()\nexcept Exception as error:\n    print(json.dumps({'ts': '2026-11-03T04:05:06Z', 'level': 'error', 'msg': 'upload failed', 'error': str(error), 'retries': 0}))\n    sys.exit(1)\n"
CHAIN = "import sys, requests\nclass SyncError(RuntimeError): pass\ntry:\n    requests.get(sys.argv[1], timeout=2).raise_for_status()\nexcept requests.RequestException as error:\n    raise SyncError('could not sync the catalogue') from error\n"
NODEAPP = "class SyncError extends Error {}\nfetch(process.argv[2]).then(r => { if (!r.ok) throw new SyncError(`upstream answered ${r.status}`); }).catch(e => { console.error(new SyncError('sync failed', { cause: e })); process.exit(1); });\n"
PINO = "fetch(process.argv[2]).catch(e => { console.log(JSON.stringify({level: 50, time: 1762142706789, pid: 7, hostname: 'ci', err: {type: e.constructor.name, message: e.message, cause: e.cause && {code: e.cause.code, message: e.cause.message}}, msg: 'sync failed'})); process.exit(1); });\n"
LOCKED = "python3 -c \"import fcntl,time,sys,os; f=open(sys.argv[1],'w'); fcntl.%s(f, fcntl.LOCK_EX); print(1,flush=True); time.sleep(20)\" %s & sleep 1; "
APT = "apt-get -o Dir::State=$PWD/s -o Dir::Cache=$PWD/c -o Dir::Etc::sourcelist=$PWD/list -o Dir::Etc::sourceparts=- -o Acquire::Retries=0 -o Debug::NoLocking=1 -o APT::Sandbox::User=root -o Dir::State::status=$PWD/status "
APTFILES = {"s/lists/partial/.k": "", "c/archives/partial/.k": "", "status": "", "list": "deb [trusted=yes] %s stable main\n"}


def apt(url):
    return {name: text.replace("%s", url) for name, text in APTFILES.items()}


def cargo(url):
    return {name: text.replace("%s", url) for name, text in CARGO.items()}


CASES = [
    # git
    ("gitde-refused", NETWORK, DE + "git clone " + REFUSED, "refused, in German", {}, {**has("git"), **LOCALES}),
    ("gitde-dns", NETWORK, DE + "git ls-remote " + NAME, "no such name, in German", {}, {**has("git"), **LOCALES}),
    ("gitde-503", TRANSIENT, DE + "git clone " + status(503), "503, in German", {}, {**has("git"), **LOCALES}),
    ("gitde-404", PERMANENT, DE + "git clone " + status(404), "404, in German", {}, {**has("git"), **LOCALES, **HARD}),
    ("gitde-lock", TRANSIENT, DE + "git commit -m a --allow-empty", "another git holds the index", {}, {**has("git"), "before": LOCALES["before"] + "; git init -q; git config user.email a@b; git config user.name a; touch .git/index.lock", **HARD}),
    ("gitfr-reset", NETWORK, FR + "git fetch " + RESET, "reset, in French", {}, {**has("git"), "before": LOCALES["before"] + "; git init -q"}),
    ("gitfr-branch", PERMANENT, FR + "git checkout connexion-refusee-503", "no such branch, in French", {}, {**has("git"), "before": LOCALES["before"] + "; git init -q", **HARD}),
    ("gittrace-503", TRANSIENT, "GIT_TRACE=1 git clone " + status(503), "503, with a trace", {}, has("git")),
    ("gittrace-dns", NETWORK, "GIT_TRACE=1 GIT_CURL_VERBOSE=1 git ls-remote " + NAME, "no such name, with a trace", {}, has("git")),
    ("gittrace-401", PERMANENT, "GIT_TERMINAL_PROMPT=0 GIT_CURL_VERBOSE=1 git ls-remote " + status(401), "401, with a trace", {}, {**has("git"), **HARD}),
    ("gitremotes-refused", NETWORK, "git fetch --all", "one remote refuses", {}, has("git", before="git init -q; git init -q other; git remote add a ./other; git remote add b " + REFUSED)),
    ("gitremotes-502", TRANSIENT, "git remote update", "one remote answers 502", {}, has("git", before="git init -q; git remote add b " + status(502))),
    ("gitpushed-behind", PERMANENT, "git push origin HEAD:timeout-503", "not a fast-forward", {}, {**has("git", before="git config --global user.email a@b; git config --global user.name a; git init -q --bare r; git init -q; git remote add origin ./r; git commit -q --allow-empty -m a; git push -q origin HEAD:timeout-503; git commit -q --amend --allow-empty -m b"), **HARD}),
    ("gitpushed-hook", PERMANENT, "git push origin HEAD:main", "a hook of the server refuses", {}, {**has("git", before="git config --global user.email a@b; git config --global user.name a; git init -q --bare r; printf '#!/bin/sh\necho the commit message must not say: connection reset\nexit 1\n' > r/hooks/pre-receive; chmod +x r/hooks/pre-receive; git init -q; git remote add origin ./r; git commit -q --allow-empty -m a"), **HARD}),
    ("gitpushed-502", TRANSIENT, "git push " + status(502) + " HEAD:main", "502", {}, has("git", before="git config --global user.email a@b; git config --global user.name a; git init -q; git commit -q --allow-empty -m a")),
    ("gitstash-conflict", PERMANENT, "git stash pop", "a conflict", {}, {**has("git", before="git config --global user.email a@b; git config --global user.name a; git init -q; echo 1 > timeout.txt; git add .; git commit -qm a; echo 2 > timeout.txt; git stash -q; echo 3 > timeout.txt; git commit -qam b"), **HARD}),
    ("gitrebase-conflict", PERMANENT, "git rebase other", "a conflict", {}, {**has("git", before="git config --global user.email a@b; git config --global user.name a; git init -q -b main; echo 1 > f; git add .; git commit -qm a; git checkout -qb other; echo 2 > f; git commit -qam 'Connection refused'; git checkout -q main; echo 3 > f; git commit -qam '503 Service Unavailable: retry later'"), **HARD}),
    ("gitrefs-lock", TRANSIENT, "git branch b", "another git holds the ref", {}, has("git", before="git config --global user.email a@b; git config --global user.name a; git init -q; git commit -q --allow-empty -m a; touch .git/refs/heads/b.lock")),
    ("gitfull-clone", RESOURCE, "git clone -q --no-hardlinks ./src {full}/wc; rc=$?; rm -rf {full}/wc; exit $rc", "the file system is full", {}, has("git", before="git config --global user.email a@b; git config --global user.name a; git init -q src; cd src; head -c 300000 /dev/urandom > f; git add .; git commit -qm a")),
    ("gitstamped-refused", NETWORK, STAMPED % ("git clone " + REFUSED), "refused, with the time before every line", {}, has("git")),
    ("gitstamped-perm", PERMANENT, STAMPED % "git merge connection-reset", "nothing to merge", {}, {**has("git", before="git init -q"), **HARD}),
    # ssh and friends
    ("sshv-refused", NETWORK, "ssh -v -p {closed} -o BatchMode=yes git@127.0.0.1 true", "refused, verbosely", {}, has("ssh")),
    ("sshv-closed", NETWORK, "ssh -vv -p {close} -o BatchMode=yes git@127.0.0.1 true", "closed in the exchange", {}, has("ssh")),
    ("sshv-dns", NETWORK, "scp -v -B a.txt deploy@files.example.invalid:/srv/", "no such name", {"a.txt": "a"}, has("scp")),
    ("sshv-key", PERMANENT, "ssh-keygen -y -f ./timeout_key", "no such key", {}, {**has("ssh-keygen"), **HARD}),
    ("rsyncv-refused", NETWORK, "rsync -avvz --timeout=5 rsync://127.0.0.1:{closed}/data/ out/", "refused", {}, has("rsync")),
    ("rsyncv-shell", NETWORK, "rsync -av -e 'ssh -p {close} -o BatchMode=yes' a.txt deploy@127.0.0.1:/srv/", "closed in the exchange of the shell", {"a.txt": "a"}, has("rsync")),
    ("rsyncv-missing", PERMANENT, "rsync -av --stats connection-timeout-503/ out/", "no such directory", {}, {**has("rsync"), **HARD}),
    ("rsyncv-full", RESOURCE, "rsync -a --inplace big {full}/; rc=$?; rm -f {full}/big; exit $rc", "the file system is full", {}, has("rsync", before="head -c 400000 /dev/zero > big")),
    # curl, wget
    ("curlv-503", TRANSIENT, "curl -v -f -o out " + status(503), "503, verbosely", {}, has("curl")),
    ("curlv-403", PERMANENT, "curl -v -f -H 'X-Retry: 503 Service Unavailable' " + status(403), "403, verbosely", {}, {**has("curl"), **HARD}),
    ("curlv-cert", PERMANENT, "curl -v -o out " + CERT, "the certificate is self-signed", {}, has("curl")),
    ("curlv-handshake", NETWORK, "curl -v " + HANDSHAKE, "closed in the handshake", {}, has("curl")),
    ("curlbody-limit", RATE, "curl -sS --fail-with-body " + said("github-limit"), "403 that speaks of a rate limit", {}, {**has("curl"), **HARD}),
    ("curlbody-scope", PERMANENT, "curl -sS --fail-with-body " + said("github-scope"), "403", {}, {**has("curl"), **HARD}),
    ("curlbody-missing", PERMANENT, "curl --no-progress-meter --fail-with-body " + said("s3-missing"), "no such bucket", {}, has("curl")),
    ("curlbody-slow", RATE, "curl -sS --fail-with-body " + said("s3-slow"), "asked to slow down", {}, has("curl")),
    ("curlretry-502", TRANSIENT, "curl -sS --retry 1 --retry-delay 1 -fO " + status(502), "502 after a retry", {}, has("curl")),
    ("curlretry-refused", NETWORK, "curl --retry 1 --retry-delay 1 --retry-connrefused -fO " + REFUSED, "refused after a retry", {}, has("curl")),
    ("curlpipe-refused", NETWORK, "set -o pipefail; curl -fsSL http://127.0.0.1:{closed}/install.sh | bash -s -- --yes", "the script cannot be had", {}, has("curl")),
    ("curlpipe-404", PERMANENT, "set -e -o pipefail; curl -fsSL http://127.0.0.1:{web}/v5.0.3/timeout.tar.gz | tar xz", "404", {}, {**has("curl"), **HARD}),
    ("curlpipe-hang", NETWORK, "set -o pipefail; curl -fsSL -m 2 " + HANG + " | tar xz", "no answer in time", {}, has("curl")),
    ("wgetde-refused", NETWORK, DE + "wget -t 1 " + REFUSED, "refused, in German", {}, {**has("wget"), **LOCALES}),
    ("wgetde-503", TRANSIENT, DE + "wget -nv -t 1 " + status(503), "503, in German", {}, {**has("wget"), **LOCALES}),
    ("wgetde-404", PERMANENT, DE + "wget -t 1 " + status(404), "404, in German", {}, {**has("wget"), **LOCALES, **HARD}),
    ("wgetfr-dns", NETWORK, FR + "wget -nv -t 1 " + NAME, "no such name, in French", {}, {**has("wget"), **LOCALES}),
    ("wgetfr-429", RATE, FR + "wget -t 1 " + LIMITED, "429, in French", {}, {**has("wget"), **LOCALES}),
    ("wgetfr-cert", PERMANENT, FR + "wget -t 1 " + CERT, "the certificate is self-signed, in French", {}, {**has("wget"), **LOCALES}),
    ("wgetd-500", TRANSIENT, "wget -d -t 1 " + status(500), "500, with its headers", {}, has("wget")),
    ("wgetd-403", PERMANENT, "wget -S -t 1 " + status(403), "403, with its headers", {}, has("wget")),
    ("wgetmany-404", PERMANENT, "wget -nv -t 1 -i list.txt", "one of several is not there", {"list.txt": "http://127.0.0.1:{web}/status/200/a\nhttp://127.0.0.1:{web}/timeout-503\n"}, {**has("wget"), **HARD}),
    # npm, yarn, pnpm
    ("npmjson-refused", NETWORK, "npm install --json --fetch-retries 0 --registry " + REFUSED + " left-pad", "refused, as JSON", project(), has("npm")),
    ("npmjson-503", TRANSIENT, "npm install --json --fetch-retries 0 --registry " + status(503) + " left-pad", "503, as JSON", project(), has("npm")),
    ("npmjson-404", PERMANENT, "npm view --json --fetch-retries 0 --registry " + status(404) + " retry-on-503", "404, as JSON", project(), {**has("npm"), **HARD}),
    ("npmjson-429", RATE, "npm view --json --fetch-retries 0 --registry " + LIMITED + " left-pad", "429, as JSON", project(), has("npm")),
    ("npmloud-reset", NETWORK, "npm install --loglevel verbose --fetch-retries 0 --registry " + RESET + " left-pad", "reset, verbosely", project(), has("npm")),
    ("npmloud-dns", NETWORK, "npm ping --loglevel http --fetch-retries 0 --registry " + NAME, "no such name", project(), has("npm")),
    ("npmloud-cert", PERMANENT, "npm install --loglevel verbose --fetch-retries 0 --registry " + CERT + " left-pad", "the certificate is self-signed", project(), has("npm")),
    ("npmloud-peer", PERMANENT, "npm install --offline --loglevel verbose", "peers that contradict each other", {**project(dependencies={"b": "file:b", "c": "file:c"}), "b/package.json": '{"name":"b","version":"1.0.0"}', "c/package.json": '{"name":"c","version":"5.0.3","peerDependencies":{"b":"^429.0.0"}}'}, {**has("npm"), **HARD}),
    ("npmtool-outdated", NETWORK, "npm outdated --fetch-retries 0 --registry " + REFUSED, "refused", project(dependencies={"left-pad": "1.0.0"}), has("npm")),
    ("npmtool-publish403", PERMANENT, "npm publish --fetch-retries 0 --registry " + status(403), "403", {**project(), ".npmrc": "//127.0.0.1:{web}/:_authToken=x\n"}, {**has("npm"), **HARD}),
    ("npmtool-engine", PERMANENT, "npm install --engine-strict --offline", "the wrong node", project(engines={"node": ">=503"}), {**has("npm"), **HARD}),
    ("npmtool-npx", NETWORK, "npm_config_fetch_retries=0 npm_config_registry=" + REFUSED + " npx --yes create-retry-app", "refused", project(), has("npx")),
    ("npmscript-tsc", PERMANENT, "npm run build", "a type error", {**script("tsc --noEmit --pretty a.ts"), "a.ts": "const timeout: number = 'Connection timed out';\nimport { retry } from './service-unavailable';\n"}, {**npm("build"), **HARD}),
    ("npmscript-curl", NETWORK, "npm run build", "refused", script("curl -fsS -o d.json " + REFUSED), has("npm")),
    ("npmscript-node", TRANSIENT, "npm run --silent build", "503", {**script("node sync.mjs " + status(503)), "sync.mjs": "const r = await fetch(process.argv[2]);\nif (!r.ok) { console.error(`\\u001b[31m✖\\u001b[39m upload failed: HTTP ${r.status} ${r.statusText}`); process.exit(1); }\n"}, has("npm")),
    ("yarnjson-refused", NETWORK, "yarn add --json --network-timeout 2000 --registry " + REFUSED + " left-pad", "refused, as JSON", project(), npm("task2")),
    ("yarnjson-503", TRANSIENT, "yarn add --json --registry " + status(503) + " left-pad", "503, as JSON", project(), npm("task2")),
    ("yarnjson-404", PERMANENT, "yarn add --json --registry " + status(404) + " retry-429", "404, as JSON", project(), {**npm("task2"), **HARD}),
    ("yarnloud-dns", NETWORK, "yarn install --verbose --network-timeout 2000 --registry " + NAME, "no such name, verbosely", project(dependencies={"left-pad": "1.0.0"}), npm("task2")),
    ("yarnloud-engine", PERMANENT, "yarn install --verbose --offline", "the wrong node", project(engines={"node": ">=503"}), {**npm("task2"), **HARD}),
    ("pnpmjson-frozen", PERMANENT, "pnpm --reporter=ndjson --offline --frozen-lockfile install", "no lock file", project(dependencies={"left-pad": "1.0.0"}), {**npm("task2"), **HARD}),
    ("pnpmjson-403", PERMANENT, "npm_config_fetch_retries=0 pnpm --registry=" + status(403) + " add left-pad", "403", project(), npm("task2")),
    # pip, uv, poetry
    ("piploud-refused", NETWORK, "pip -v install --no-cache-dir --retries 0 --timeout 2 --index-url " + REFUSED + " attrs", "refused, verbosely", {}, py("cli")),
    ("piploud-missing", PERMANENT, "pip -vv install --no-index --find-links . 'timeout-503>=429'", "no such package", {}, {**py("cli"), **HARD}),
    ("pipvcs-refused", NETWORK, "pip install --no-build-isolation git+" + REFUSED + "#egg=a", "refused to git", {}, py("cli")),
    ("pipvcs-503", TRANSIENT, "pip install --no-build-isolation git+" + status(503) + "#egg=a", "503 to git", {}, py("cli")),
    ("pipvcs-404", PERMANENT, "pip install --no-build-isolation git+http://127.0.0.1:{web}/timeout/503#egg=a", "404 to git", {}, {**py("cli"), **HARD}),
    ("pipbuild-refused", NETWORK, "pip install --no-build-isolation --no-deps .", "a build that downloads", {"setup.py": SETUP % ("urllib.request.urlopen('" + REFUSED + "')")}, {**py("cli"), **HARD}),
    ("pipbuild-503", TRANSIENT, "pip install --no-build-isolation --no-deps .", "a build that downloads", {"setup.py": SETUP % ("urllib.request.urlopen('" + status(503) + "')")}, {**py("cli"), **HARD}),
    ("pipbuild-bug", PERMANENT, "pip install --no-build-isolation --no-deps .", "a build that is wrong", {"setup.py": SETUP % "timeout = connection_refused_503"}, {**py("cli"), **HARD}),
    ("piplist-conflict", PERMANENT, "pip install --no-index --find-links . ./b 'c==429' -r list.txt", "contradicting requirements", {"b/pyproject.toml": "[project]\nname='b'\nversion='1'\n", "list.txt": "c==503\n"}, {**py("cli"), **HARD}),
    ("piplist-url", PERMANENT, "pip install --retries 0 -r http://127.0.0.1:{web}/timeout/requirements.txt", "404 for the list", {}, {**py("cli"), **HARD}),
    ("piplist-url503", TRANSIENT, "pip install --retries 0 -r " + status(503), "503 for the list", {}, py("cli")),
    ("pipmake-refused", NETWORK, "make", "refused, inside make", make("pip install -q --retries 0 --timeout 2 --index-url " + REFUSED + " attrs"), py("cli")),
    ("uvloud-refused", NETWORK, "UV_HTTP_RETRIES=0 uv pip install -v --no-cache --target t --index-url " + REFUSED + " attrs", "refused, verbosely", {}, py("r2a")),
    ("uvloud-503", TRANSIENT, "UV_HTTP_RETRIES=0 uv pip install --color always --no-cache --target t --index-url " + status(503) + " attrs", "503, in colours", {}, py("r2a")),
    ("uvloud-403", PERMANENT, "UV_HTTP_RETRIES=0 uv pip install -v --no-cache --target t --index-url " + status(403) + " retry-503", "403, verbosely", {}, {**py("r2a"), **HARD}),
    ("uvlock-conflict", PERMANENT, "uv lock --offline", "contradicting requirements", {"pyproject.toml": "[project]\nname='a'\nversion='1'\nrequires-python='>=3.9'\ndependencies=['attrs==429','attrs==503']\n"}, {**py("r2a"), **HARD}),
    ("uvlock-stale", PERMANENT, "uv sync --locked --offline", "no lock file", {"pyproject.toml": "[project]\nname='a'\nversion='1'\nrequires-python='>=3.9'\n"}, {**py("r2a"), **HARD}),
    ("uvlock-hang", NETWORK, "UV_HTTP_TIMEOUT=1 UV_HTTP_RETRIES=0 uv lock --index-url " + HANG, "no answer in time", {"pyproject.toml": "[project]\nname='a'\nversion='1'\nrequires-python='>=3.9'\ndependencies=['attrs']\n"}, py("r2a")),
    ("poetrylock-refused", NETWORK, "poetry lock -v --no-interaction", "refused", {"pyproject.toml": PYPROJECT % REFUSED}, py("r2a")),
    ("poetrylock-503", TRANSIENT, "poetry lock --no-interaction --no-ansi", "503", {"pyproject.toml": PYPROJECT % status(503)}, py("r2a")),
    ("poetrylock-bad", PERMANENT, "poetry install --no-interaction", "a wrong file", {"pyproject.toml": "[project]\nname='a'\nversion='429 Too Many Requests'\n"}, {**py("r2a"), **HARD}),
    ("toxdeps-refused", NETWORK, "tox -e py", "refused", {"tox.ini": "[tox]\nskipsdist=true\n[testenv]\ndeps=attrs\nsetenv=\n  PIP_INDEX_URL=" + REFUSED + "\n  PIP_RETRIES=0\n  PIP_TIMEOUT=2\n  PIP_CONFIG_FILE=/dev/null\ncommands=python -c 1\n"}, py("r4b")),
    ("toxtest-trap", PERMANENT, "tox -q -e py", "an assertion", {"tox.ini": "[tox]\nskipsdist=true\n[testenv]\ncommands=python -m unittest -v test_a\n", "test_a.py": "import unittest\nclass A(unittest.TestCase):\n    def test_503(self):\n        with self.assertRaises(TimeoutError): int('1')\n"}, {**py("r4b"), **HARD}),
    ("buildiso-refused", NETWORK, "PIP_INDEX_URL=" + REFUSED + " PIP_RETRIES=0 PIP_TIMEOUT=2 python -m build", "refused", {"pyproject.toml": "[build-system]\nrequires=['hatchling']\nbuild-backend='hatchling.build'\n[project]\nname='a'\nversion='1'\n"}, py("cli")),
    # cargo, go, maven
    ("cargogit-refused", NETWORK, "CARGO_NET_RETRY=0 CARGO_HOME=$PWD/h cargo -v build", "refused", cargo(REFUSED), has("cargo")),
    ("cargogit-cli", NETWORK, "CARGO_NET_RETRY=0 CARGO_NET_GIT_FETCH_WITH_CLI=true CARGO_HOME=$PWD/h cargo fetch", "no such name, by git", cargo(NAME), has("cargo")),
    ("cargogit-503", TRANSIENT, "CARGO_NET_RETRY=0 CARGO_NET_GIT_FETCH_WITH_CLI=true CARGO_HOME=$PWD/h cargo check --color always", "503, by git", cargo(status(503)), has("cargo")),
    ("cargogit-404", PERMANENT, "CARGO_NET_RETRY=0 CARGO_NET_GIT_FETCH_WITH_CLI=true CARGO_HOME=$PWD/h cargo update", "404, by git", cargo("http://127.0.0.1:{web}/timeout/503"), {**has("cargo"), **HARD}),
    ("cargojson-bad", PERMANENT, "cargo build --offline --message-format=json", "a type error, as JSON", CARGOBAD, {**has("cargo"), **HARD}),
    ("cargojson-short", PERMANENT, "cargo check --offline --message-format=short --color always", "a type error", CARGOBAD, {**has("cargo"), **HARD}),
    ("gojson-trap", PERMANENT, "GOCACHE=$PWD/c go test -json ./...", "a test, as JSON", GOTEST, {**has("go"), **HARD}),
    ("gojson-live", NETWORK, "GOCACHE=$PWD/c go test -json ./...", "a test that is refused, as JSON", GOLIVE, {**has("go"), **HARD}),
    ("goverbose-trap", PERMANENT, "GOCACHE=$PWD/c go test -v -count=1 -run Retry ./...", "a test", GOTEST, {**has("go"), **HARD}),
    ("goproxy-refused", NETWORK, GO % REFUSED + "go mod download -x", "refused", GOMOD, has("go")),
    ("goproxy-502", TRANSIENT, GO % status(502) + "go get example.org/b@latest", "502", {"go.mod": "module a\n\ngo 1.19\n"}, has("go")),
    ("goproxy-404", PERMANENT, GO % "http://127.0.0.1:{web}/timeout/503" + "go install example.org/retry@v5.0.3", "404", {}, {**has("go"), **HARD}),
    ("goproxy-429", RATE, GO % LIMITED + "go list -m -versions example.org/b", "429", {"go.mod": "module a\n\ngo 1.19\n"}, has("go")),
    ("govet-bad", PERMANENT, "GOCACHE=$PWD/c go vet -json ./...", "a wrong format", {"go.mod": "module a\n\ngo 1.19\n", "a.go": "package main\n\nimport \"fmt\"\n\nfunc main() { fmt.Printf(\"503 Service Unavailable: %d\\n\", connectionRefused) }\n"}, {**has("go"), **HARD}),
    ("mvnloud-refused", NETWORK, "mvn -B -e -Dmaven.repo.local=$PWD/r package", "refused, with the trace", {"pom.xml": POM.replace("%s", REFUSED)}, has("mvn")),
    ("mvnloud-503", TRANSIENT, "mvn -B -e -q -Dmaven.repo.local=$PWD/r package", "503, with the trace", {"pom.xml": POM.replace("%s", status(503))}, has("mvn")),
    ("mvnloud-cert", PERMANENT, "mvn -B -e -Dmaven.repo.local=$PWD/r package", "the certificate is self-signed", {"pom.xml": POM.replace("%s", CERT)}, has("mvn")),
    ("mvnloud-phase", PERMANENT, "mvn -B -o connection:timeout-503", "no such plugin", {"pom.xml": "<project><modelVersion>4.0.0</modelVersion><groupId>a</groupId><artifactId>a</artifactId><version>1</version></project>"}, {**has("mvn"), **HARD}),
    # apt, dpkg
    ("aptde-refused", NETWORK, DE + APT + "-o Acquire::http::Timeout=3 -o APT::Update::Error-Mode=any update", "refused, in German", apt(REFUSED), {**has("apt-get"), **LOCALES}),
    ("aptde-503", TRANSIENT, DE + APT + "-o APT::Update::Error-Mode=any update", "503, in German", apt(status(503)), {**has("apt-get"), **LOCALES}),
    ("aptde-404", PERMANENT, DE + APT + "update", "404, in German", apt(status(404)), {**has("apt-get"), **LOCALES, **HARD}),
    ("aptde-missing", PERMANENT, DE + APT + "install -y connection-timeout", "no such package, in German", apt(REFUSED), {**has("apt-get"), **LOCALES, **HARD}),
    ("aptfr-dns", NETWORK, FR + APT + "-o APT::Update::Error-Mode=any update", "no such name, in French", apt(NAME), {**has("apt-get"), **LOCALES}),
    ("aptlock-held", TRANSIENT, LOCKED % ("lockf", "s/lists/lock") + APT.replace("-o Debug::NoLocking=1 ", "") + "update", "another apt holds the lock", apt(REFUSED), has("apt-get")),
    ("aptlock-heldde", TRANSIENT, LOCKED % ("lockf", "s/lists/lock") + DE + APT.replace("-o Debug::NoLocking=1 ", "") + "update", "another apt holds the lock, in German", apt(REFUSED), {**has("apt-get"), **LOCALES, **HARD}),
    ("dpkgde-bad", PERMANENT, DE + "dpkg -i --force-not-root --root=$PWD/r timeout_5.0.3.deb", "no package at all", {"timeout_5.0.3.deb": "503 Service Unavailable\n"}, {**has("dpkg"), **LOCALES, **HARD}),
    # gem, bundle, composer, others
    ("gemloud-refused", NETWORK, "gem install --verbose --clear-sources --source " + REFUSED + "/ rack", "refused, verbosely", {}, has("gem")),
    ("gemloud-503", TRANSIENT, "gem fetch --backtrace --clear-sources --source " + status(503) + "/ rack", "503, with the trace", {}, has("gem")),
    ("gemloud-missing", PERMANENT, "gem install --local --verbose retry-on-timeout", "no such gem", {}, {**has("gem"), **HARD}),
    ("bundleloud-refused", NETWORK, "bundle install --verbose --retry 0", "refused, verbosely", {"Gemfile": "source '" + REFUSED + "/'\ngem 'rack'\n"}, has("bundle")),
    ("bundleloud-503", TRANSIENT, "bundle install --verbose --retry 0", "503, verbosely", {"Gemfile": "source '" + status(503) + "/'\ngem 'rack'\n"}, has("bundle")),
    ("bundleloud-syntax", PERMANENT, "bundle install --verbose", "a wrong file", {"Gemfile": "source 'https://rubygems.org'\ngem 'timeout', connection_refused 503\n"}, {**has("bundle"), **HARD}),
    ("composerloud-refused", NETWORK, "COMPOSER_ALLOW_SUPERUSER=1 composer -n -vvv update", "refused, verbosely", {"composer.json": json.dumps({"repositories": [{"type": "composer", "url": REFUSED}, {"packagist.org": False}], "require": {"a/b": "*"}, "config": {"secure-http": False}})}, has("composer")),
    ("composerloud-503", TRANSIENT, "COMPOSER_ALLOW_SUPERUSER=1 composer -n --ansi -v update", "503, in colours", {"composer.json": json.dumps({"repositories": [{"type": "composer", "url": status(503)}, {"packagist.org": False}], "require": {"a/b": "*"}, "config": {"secure-http": False}})}, has("composer")),
    ("composerloud-missing", PERMANENT, "COMPOSER_ALLOW_SUPERUSER=1 composer -n -v update", "no such package", {"composer.json": json.dumps({"repositories": [{"packagist.org": False}], "require": {"retry/timeout-503": "^429"}})}, {**has("composer"), **HARD}),
    ("tfjson-missing", PERMANENT, "terraform validate -json", "an undeclared name, as JSON", {"main.tf": 'output "a" {\n  value = var.connection_timeout_503\n}\n'}, {**has("terraform"), **HARD}),
    ("tfstate-lock", TRANSIENT, LOCKED % ("lockf", "terraform.tfstate") + "terraform plan -no-color -input=false", "another run holds the state", {"main.tf": 'output "a" { value = 1 }\n', "terraform.tfstate": ""}, has("terraform")),
    ("tfbackend-refused", NETWORK, "terraform init -no-color -input=false", "the state is not to be had", {"main.tf": 'terraform {\n  backend "http" {\n    address = "' + REFUSED + '"\n    retry_max = 0\n  }\n}\n'}, has("terraform")),
    ("tfbackend-503", TRANSIENT, "terraform init -no-color -input=false", "the state is not to be had", {"main.tf": 'terraform {\n  backend "http" {\n    address = "' + status(503) + '"\n    retry_max = 0\n  }\n}\n'}, has("terraform")),
    ("kubeloud-refused", NETWORK, "kubectl -v=6 --server http://127.0.0.1:{closed} get pods", "refused, verbosely", {}, has("kubectl")),
    ("kubeloud-forbidden", PERMANENT, "kubectl --server " + said("k8s-forbidden") + " get --raw /timeout", "forbidden", {}, {**has("kubectl"), **HARD}),
    ("awsdebug-refused", NETWORK, "AWS_ACCESS_KEY_ID=a AWS_SECRET_ACCESS_KEY=b AWS_MAX_ATTEMPTS=1 aws --region eu-west-1 --output json --endpoint-url " + REFUSED + " sqs list-queues", "refused", {}, has("aws")),
    ("awsdebug-throttle", RATE, "AWS_ACCESS_KEY_ID=a AWS_SECRET_ACCESS_KEY=b AWS_MAX_ATTEMPTS=1 aws --region eu-west-1 --endpoint-url " + said("aws-throttle") + " ecs list-clusters", "throttled with 400", {}, {**has("aws"), **HARD}),
    ("awsdebug-signature", PERMANENT, "AWS_ACCESS_KEY_ID=a AWS_SECRET_ACCESS_KEY=b AWS_MAX_ATTEMPTS=1 aws --region eu-west-1 --endpoint-url " + said("s3-signature") + " s3 cp s3://timeout/503 -", "a wrong signature", {}, {**has("aws"), **HARD}),
    ("rclonejson-refused", NETWORK, "rclone --use-json-log -v --retries 1 --low-level-retries 1 copyurl " + REFUSED + " out", "refused, as JSON", {}, has("rclone")),
    ("rclonejson-404", PERMANENT, "rclone --use-json-log -v --retries 1 copyurl http://127.0.0.1:{web}/timeout/503 out", "404, as JSON", {}, {**has("rclone"), **HARD}),
    ("resticjson-refused", NETWORK, "RESTIC_PASSWORD=a timeout 20 restic --json -r rest:" + REFUSED + " snapshots", "refused, as JSON", {}, has("restic")),
    ("resticjson-none", PERMANENT, "RESTIC_PASSWORD=a restic --json -r ./timeout-503 snapshots", "no such repository", {}, {**has("restic"), **HARD}),
    ("skopeoloud-refused", NETWORK, "skopeo --debug inspect --tls-verify=false docker://127.0.0.1:{closed}/retry:503", "refused, verbosely", {}, has("skopeo")),
    ("skopeoloud-missing", PERMANENT, "skopeo --debug inspect dir:./timeout-429", "no such image", {}, {**has("skopeo"), **HARD}),
    # databases
    ("psqlde-refused", NETWORK, DE + "psql -h 127.0.0.1 -p {closed} -U postgres -c 'select 1'", "refused, in German", {}, {**has("psql"), **LOCALES}),
    ("psqlde-database", PERMANENT, DE + "psql " + PG + " -d timeout_503 -c 'select 1'", "no such database, the client in German", {}, {**has("psql"), **LOCALES, **HARD}),
    ("psqlfr-dns", NETWORK, FR + "psql -h db.example.invalid -U postgres -c 'select 1'", "no such name, in French", {}, {**has("psql"), **LOCALES}),
    ("psqlconn-role", PERMANENT, "psql -h 127.0.0.1 -p {pg} -U connection_timeout -d postgres -c 'select 1'", "no such role", {}, {**has("psql"), **HARD}),
    ("psqlconn-password", PERMANENT, "PGPASSWORD=wrong pg_dump -h 127.0.0.1 -p {pg} -U locked postgres", "a wrong password", {}, {**has("pg_dump", before="psql " + PG + " -c \"create role locked login password 'a'\""), **HARD}),
    ("psqlverbose-syntax", PERMANENT, "psql " + PG + " -v VERBOSITY=verbose -v ON_ERROR_STOP=1 -f a.sql", "a syntax error", {"a.sql": "select 'deadlock detected'\nselec 'Connection refused, 503';\n"}, {**has("psql"), **HARD}),
    ("psqlverbose-lock", TRANSIENT, "psql " + PG + " -v VERBOSITY=verbose -v ON_ERROR_STOP=1 -c \"set lock_timeout='300ms'\" -c begin -c 'lock table kept in access exclusive mode'", "the table is held", {}, has("psql", before="psql " + PG + " -c 'create table if not exists kept(a int)'; (psql " + PG + " -c \"begin; lock table kept in access exclusive mode; select pg_sleep(6)\" &) >/dev/null 2>&1; sleep 1")),
    ("mysqlloud-refused", NETWORK, "mariadb -v -h 127.0.0.1 -P {closed} -u root -e 'select 1'", "refused", {}, has("mariadb")),
    ("mysqlloud-syntax", PERMANENT, "mariadb -vvv " + MYSQL + " -e \"selec 'Lock wait timeout exceeded; try restarting transaction'\"", "a syntax error", {}, {**has("mariadb"), **HARD}),
    ("mysqlloud-denied", PERMANENT, "mariadb -h 127.0.0.1 -P {maria} -u timeout -pwrong --skip-ssl -e 'select 1'", "no such user", {}, {**has("mariadb"), **HARD}),
    ("mysqldumped-dns", NETWORK, "mariadb-dump -h db.example.invalid -u root a", "no such name", {}, has("mariadb-dump")),
    ("sqlitejson-locked", TRANSIENT, "python3 -c \"import sqlite3,time; c=sqlite3.connect('a.db',isolation_level=None); c.execute('create table t(a)'); c.execute('begin exclusive'); time.sleep(6)\" & sleep 1; sqlite3 -json a.db 'select * from t'", "another process holds it", {}, has("sqlite3")),
    # the machine, in other words
    ("fullde-cp", RESOURCE, DE + "cp big {full}/; rc=$?; rm -f {full}/big; exit $rc", "the file system is full, in German", {}, {**has("cp"), "before": LOCALES["before"] + "; head -c 400000 /dev/zero > big", **HARD}),
    ("fullde-tar", RESOURCE, DE + "tar -xf a.tar -C {full}; rc=$?; rm -f {full}/big; exit $rc", "the file system is full, in German", {}, {**has("tar"), "before": LOCALES["before"] + "; head -c 400000 /dev/zero > big; tar -cf a.tar big; rm big", **HARD}),
    ("fullfr-dd", RESOURCE, FR + "dd if=/dev/zero of={full}/big bs=4k; rc=$?; rm -f {full}/big; exit $rc", "the file system is full, in French", {}, {**has("dd"), **LOCALES, **HARD}),
    ("fullmake-cp", RESOURCE, "make", "the file system is full, inside make", make("cp big {full}/ || { rm -f {full}/big; exit 1; }"), has("make", before="head -c 400000 /dev/zero > big")),
    ("filesde-missing", PERMANENT, DE + "cat connection-refused.txt", "no such file, in German", {}, {**has("cat"), **LOCALES, **HARD}),
    ("filesde-make", PERMANENT, DE + "make timeout-503", "no such target, in German", make("true"), {**has("make"), **LOCALES, **HARD}),
    ("memnode-heap", RESOURCE, "node --max-old-space-size=20 a.js", "the heap is full", {"a.js": "const a = []; for (;;) a.push(new Array(1000).fill({}));\n"}, has("node")),
    ("memnode-npm", RESOURCE, "npm run build", "the heap is full, inside npm", {**script("node --max-old-space-size=20 a.js"), "a.js": "const a = []; for (;;) a.push(new Array(1000).fill({}));\n"}, has("npm")),
    ("memgo-limit", RESOURCE, "go build -o a a.go && (ulimit -v 2000000; ./a)", "no memory", {"a.go": "package main\n\nfunc main() {\n\tvar a [][]byte\n\tfor {\n\t\ta = append(a, make([]byte, 1<<26))\n\t}\n}\n"}, has("go")),
    ("memjava-heap", RESOURCE, "java -Xmx16m A.java", "the heap is full", {"A.java": "class A { public static void main(String[] a) { var l = new java.util.ArrayList<byte[]>(); while (true) l.add(new byte[1 << 20]); } }\n"}, has("java")),
    ("filesulimit-node", RESOURCE, "(ulimit -n 40; node a.js)", "no file descriptors", {"a.js": "const fs = require('fs'); for (;;) fs.openSync('a.js');\n"}, has("node")),
    ("killed-make", RESOURCE, "make", "killed from outside", make("sh -c 'kill -9 $$$$'"), has("make")),
    ("segv-make", PERMANENT, "make", "a crash", make("sh -c 'ulimit -c 0; kill -11 $$$$'"), has("make")),
    # programs that log in their own way
    ("jsonlog-refused", NETWORK, "python3 sync.py " + REFUSED, "refused, in a line of JSON", {"sync.py": JSONLOG}, has("python3")),
    ("jsonlog-503", TRANSIENT, "python3 sync.py " + status(503), "503, in a line of JSON", {"sync.py": JSONLOG}, has("python3")),
    ("jsonlog-404", PERMANENT, "python3 sync.py http://127.0.0.1:{web}/timeout/503", "404, in a line of JSON", {"sync.py": JSONLOG}, {**has("python3"), **HARD}),
    ("chained-refused", NETWORK, "python sync.py " + REFUSED, "refused, behind an error of its own", {"sync.py": CHAIN}, py("cli")),
    ("chained-503", TRANSIENT, COMPOSED % ("python sync.py " + status(503)), "503, behind an error of its own", {"sync.py": CHAIN}, py("cli")),
    ("chained-403", PERMANENT, STAMPED % ("python sync.py " + status(403)), "403, behind an error of its own", {"sync.py": CHAIN}, py("cli")),
    ("chained-bug", PERMANENT, DOCKERED % "python sync.py", "an argument is missing", {"sync.py": CHAIN}, {**py("cli"), **HARD}),
    ("nodecause-refused", NETWORK, "node sync.js " + REFUSED, "refused, as a cause", {"sync.js": NODEAPP}, has("node")),
    ("nodecause-404", PERMANENT, "node sync.js http://127.0.0.1:{web}/timeout/503", "404, as a cause", {"sync.js": NODEAPP}, {**has("node"), **HARD}),
    ("nodelog-reset", NETWORK, "node sync.js " + RESET, "reset, in a line of JSON", {"sync.js": PINO}, has("node")),
    ("dockered-apt", NETWORK, DOCKERED % (APT + "-o APT::Update::Error-Mode=any update"), "no such name, inside a build", apt(NAME), has("apt-get")),
    ("dockered-npm", TRANSIENT, DOCKERED % ("npm install --fetch-retries 0 --registry " + status(503) + " left-pad"), "503, inside a build", project(), has("npm")),
    ("dockered-gcc", PERMANENT, DOCKERED % "gcc -c a.c", "an undeclared name, inside a build", {"a.c": "int main(void) { return connection_refused(\"503 Service Unavailable\", timed_out); }\n"}, {**has("gcc"), **HARD}),
    ("shx-curl", TRANSIENT, "sh -ex job.sh", "503, traced", {"job.sh": "echo retries are on: connection reset\ncurl -fsSL -o a.tgz " + status(503) + "\ntar xf a.tgz\n"}, has("curl")),
    ("shx-test", PERMANENT, "sh -ex job.sh", "a wrong comparison, traced", {"job.sh": "echo checking for 'Connection refused'\nX='503 Service Unavailable'\n[ \"$X\" = 'Too many requests' ]\n"}, {**has("sh"), **HARD}),
    ("shx-wget", NETWORK, "bash -x job.sh", "refused, traced", {"job.sh": "set -euo pipefail\nwget -q -t 1 -O a.tgz " + REFUSED + "\ntar xf a.tgz\n"}, has("wget")),
    # checks with misleading words, in other reports
    ("pytestline-trap", PERMANENT, "pytest -q --tb=line -p no:cacheprovider test_a.py", "an assertion", {"test_a.py": TRAPS}, {**py("r2b"), **HARD}),
    ("pytestnative-trap", PERMANENT, "pytest --tb=native --color=yes -rA -p no:cacheprovider test_a.py", "an assertion", {"test_a.py": TRAPS}, {**py("r2b"), **HARD}),
    ("pytestshort-live", NETWORK, "pytest --tb=short --color=yes -p no:cacheprovider test_a.py", "a test that is refused", {"test_a.py": "import urllib.request\ndef test_live():\n    urllib.request.urlopen('" + REFUSED + "')\n"}, {**py("r2b"), **HARD}),
    ("pytestmake-trap", PERMANENT, "make", "an assertion, inside make", {**make("pytest -v -p no:cacheprovider test_a.py"), "test_a.py": TRAPS}, {**py("r2b"), **HARD}),
    ("mochajson-trap", PERMANENT, "mocha --reporter json a.js", "an assertion, as JSON", {"a.js": "it('503 Service Unavailable', () => require('assert').deepEqual({e: 'ECONNREFUSED'}, {e: 'ETIMEDOUT'}));\n"}, {**npm("test"), **HARD}),
    ("mochatap-trap", PERMANENT, "mocha --reporter tap a.js", "an assertion, as TAP", {"a.js": "it('Connection refused', () => require('assert').equal('429 Too Many Requests', 'connect ECONNREFUSED 127.0.0.1:80'));\n"}, {**npm("test"), **HARD}),
    ("mochadot-live", NETWORK, "mocha --reporter dot a.js", "a test that is refused", {"a.js": "it('live', done => { require('net').connect({closed}, '127.0.0.1').on('error', done); });\n"}, {**npm("test"), **HARD}),
    ("vitestjson-trap", PERMANENT, "vitest run --root . --globals --reporter=json", "an assertion, as JSON", {"a.test.mjs": "test('ETIMEDOUT', () => { expect('connect ECONNREFUSED').toBe('503 Service Unavailable'); });\n"}, {**npm("r2"), **HARD}),
    ("vitesttap-trap", PERMANENT, "vitest run --root . --globals --reporter=tap", "an assertion, as TAP", {"a.test.mjs": "test('ETIMEDOUT', () => { expect('connect ECONNREFUSED').toBe('503 Service Unavailable'); });\n"}, {**npm("r2"), **HARD}),
    ("jestjson-trap", PERMANENT, "jest --rootDir . --json", "an assertion, as JSON", {"a.test.js": "test('rate limit exceeded', () => { expect(429).toBe('socket hang up'); });\n", "package.json": "{}"}, {**npm("r2"), **HARD}),
    ("rspecjson-trap", PERMANENT, "rspec --format json a_spec.rb", "an expectation, as JSON", {"a_spec.rb": "RSpec.describe('Errno::ECONNREFUSED') { it('503') { expect('Net::ReadTimeout').to eq('429 Too Many Requests') } }\n"}, {**has("rspec"), **HARD}),
    ("rspecdoc-trap", PERMANENT, "rspec --format documentation --force-color a_spec.rb", "an expectation", {"a_spec.rb": "RSpec.describe('Errno::ECONNREFUSED') { it('503') { expect('Net::ReadTimeout').to eq('429 Too Many Requests') } }\n"}, {**has("rspec"), **HARD}),
    ("phpunitdox-trap", PERMANENT, "phpunit --testdox --colors=always ATest.php", "an assertion", {"ATest.php": "<?php\nclass ATest extends PHPUnit\\Framework\\TestCase { function testConnectionTimedOut() { $this->assertStringContainsString('503 Service Unavailable', 'Connection reset by peer'); } }\n"}, {**has("phpunit"), **HARD}),
    ("rufffmt-json", PERMANENT, "ruff check --no-cache --output-format=json a.py", "lint, as JSON", {"a.py": "import socket\nx = connection_refused('503 Service Unavailable')\n"}, {**py("r4b"), **HARD}),
    ("rufffmt-github", PERMANENT, "ruff check --no-cache --output-format=github a.py", "lint, as annotations", {"a.py": "import timeout_error\nx = connection_refused\n"}, {**py("r4b"), **HARD}),
    ("mypyfmt-json", PERMANENT, "mypy --no-incremental --cache-dir=/dev/null -O json a.py", "types, as JSON", {"a.py": "x: int = '429 Too Many Requests'\ny = connection_reset\n"}, {**py("r2b"), **HARD}),
    ("mypyfmt-pretty", PERMANENT, "mypy --cache-dir=/dev/null --pretty --show-column-numbers a.py", "types", {"a.py": "def f(timeout: int) -> str: ...\nf('Connection timed out: 503 Service Unavailable')\n"}, {**py("r2b"), **HARD}),
    ("pylintfmt-json", PERMANENT, "pylint -f json a.py", "lint, as JSON", {"a.py": "print(connection_refused, '503 Service Unavailable')\n"}, {**py("r2b"), **HARD}),
    ("eslintfmt-json", PERMANENT, "eslint -f json a.js", "lint, as JSON", {"a.js": "if (ECONNREFUSED) { throw '503 Service Unavailable' }\n", "eslint.config.js": "module.exports = [{rules: {'no-undef': 'error', 'no-throw-literal': 'error'}}];\n"}, {**npm("r2"), **HARD}),
    ("shellcheckfmt-json", PERMANENT, "shellcheck -f json a.sh", "lint, as JSON", {"a.sh": "#!/bin/sh\necho $CONNECTION_REFUSED '503 Service Unavailable\n"}, {**has("shellcheck"), **HARD}),
    ("shellcheckfmt-gcc", PERMANENT, "shellcheck -f gcc a.sh", "lint", {"a.sh": "#!/bin/sh\ntimeout=503\necho $retry_after [ $CONNECTION_REFUSED = 'timed out' ]\n"}, {**has("shellcheck"), **HARD}),
    ("gccfmt-json", PERMANENT, "gcc -fdiagnostics-format=json -c a.c", "an undeclared name, as JSON", {"a.c": "int main(void) { return connection_timed_out(\"No space left on device\", ENOSPC_503); }\n"}, {**has("gcc"), **HARD}),
    ("gccde-bad", PERMANENT, "gcc -fdiagnostics-color=always -Wall -Werror -c a.c", "unused, in colours", {"a.c": "static const char *connection_refused = \"503 Service Unavailable\";\nint main(void) { int timeout; return 0; }\n"}, {**has("gcc"), **HARD}),
    ("ninjabuild-bad", PERMANENT, "ninja", "an undeclared name, inside ninja", {"build.ninja": "rule cc\n  command = gcc -c $in -o $out\nbuild a.o: cc a.c\n", "a.c": "int main(void) { return connection_reset_by_peer; }\n"}, {**has("ninja"), **HARD}),
    ("ninjabuild-net", NETWORK, "ninja", "refused, inside ninja", {"build.ninja": "rule get\n  command = curl -fsS -o $out " + REFUSED + "\nbuild a.bin: get\n"}, has("ninja")),
    ("ansiblejson-refused", NETWORK, "ANSIBLE_FORCE_COLOR=1 ansible-playbook a.yml", "refused, in colours", {"a.yml": "- hosts: localhost\n  gather_facts: false\n  tasks:\n  - get_url: {url: '" + REFUSED + "', dest: ./out, timeout: 3}\n"}, py("r2a")),
    ("ansiblejson-undefined", PERMANENT, "ansible-playbook -vv a.yml", "an undefined variable", {"a.yml": "- hosts: localhost\n  gather_facts: false\n  tasks:\n  - name: 503 Service Unavailable\n    debug: {msg: '{{ connection_timeout }}'}\n"}, {**py("r2a"), **HARD}),
    ("tscpretty-bad", PERMANENT, "tsc --noEmit --pretty a.ts", "a type error, in colours", {"a.ts": "interface Reply { status: 429 | 503 }\nconst r: Reply = { status: 'Service Unavailable', retryAfter: 3 };\n"}, {**npm("build"), **HARD}),
    ("denoloud-refused", NETWORK, "DENO_DIR=$PWD/d deno run --log-level=debug --allow-import a.ts", "refused, verbosely", {"a.ts": "import '" + REFUSED + ".ts';\n"}, npm("task")),
    ("denocheck-bad", PERMANENT, "DENO_DIR=$PWD/d deno check a.ts", "a type error", {"a.ts": "const timeout: number = '503 Service Unavailable';\n"}, {**npm("task"), **HARD}),
    ("twineloud-502", TRANSIENT, "twine upload --verbose --disable-progress-bar -u a -p b --repository-url " + status(502) + " a-1.0-py3-none-any.whl", "502, verbosely", {}, {**py("r4b"), "before": "cd " + "$HOME" + " && python3 -c \"import zipfile; z=zipfile.ZipFile('a-1.0-py3-none-any.whl','w'); z.writestr('a-1.0.dist-info/METADATA','Metadata-Version: 2.1\\nName: a\\nVersion: 1.0\\n'); z.writestr('a-1.0.dist-info/WHEEL','Wheel-Version: 1.0\\n'); z.writestr('a-1.0.dist-info/RECORD','')\""}),
]
