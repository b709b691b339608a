"""A fourth round: more clients, checkers and runners."""

from tests.lab.rounds.round_01 import HARD, npm, py
from tests.lab.scenarios import NETWORK, PERMANENT, RATE, TRANSIENT

# fmt: off
A = py("r4a")
AH = py("r4a", **HARD)
BH = py("r4b", **HARD)
N = npm("r4")
NH = npm("r4", **HARD)
CHAT = "from langchain_openai import ChatOpenAI as C\nC(model='m', api_key='k', base_url='http://127.0.0.1:{PORT}', max_retries=0, timeout=2).invoke('hi')\n"
GAPI = "from googleapiclient.discovery import build\nfrom google.auth.credentials import AnonymousCredentials as A\nbuild('drive', 'v3', credentials=A(), discoveryServiceUrl='http://127.0.0.1:{PORT}', static_discovery=False)\n"
TENACITY = "import tenacity, urllib.request\n@tenacity.retry(stop=tenacity.stop_after_attempt(2), wait=tenacity.wait_fixed(0.1))\ndef f(): urllib.request.urlopen('http://127.0.0.1:{PORT}')\nf()\n"
PYPROJECT = "[project]\nname='connection-timeout'\nversion='1'\n"
CASES = [
    # Python clients
    ("pycurl-refused", NETWORK, "python -c 'import pycurl; c=pycurl.Curl(); c.setopt(c.URL, \"http://127.0.0.1:{closed}/\"); c.perform()'", "refused", {}, A),
    ("tornado-503", TRANSIENT, "python -c 'from tornado.httpclient import HTTPClient as H; H().fetch(\"http://127.0.0.1:{web}/status/503/\")'", "503", {}, A),
    ("tornado-404", PERMANENT, "python -c 'from tornado.httpclient import HTTPClient as H; H().fetch(\"http://127.0.0.1:{web}/timeout/503\")'", "404", {}, AH),
    ("ldap3-refused", NETWORK, "python -c 'import ldap3; ldap3.Connection(ldap3.Server(\"127.0.0.1\", {closed}, connect_timeout=2), auto_bind=True)'", "refused", {}, A),
    ("rq-refused", NETWORK, "rq info --url redis://127.0.0.1:{closed}", "the queue is refused", {}, A),
    ("rq-loading", TRANSIENT, "python -c 'import redis; redis.Redis(port={redisload}, protocol=2, retry=None).set(\"a\", 1)'", "the queue is loading", {}, A),
    ("aiokafka-refused", NETWORK, "python -c 'import asyncio, aiokafka\nasync def m():\n    p = aiokafka.AIOKafkaProducer(bootstrap_servers=\"127.0.0.1:{closed}\")\n    await p.start()\nasyncio.run(m())'", "the broker is refused", {}, A),
    ("stomp-refused", NETWORK, "python -c 'import stomp; c=stomp.Connection([(\"127.0.0.1\", {closed})], reconnect_attempts_max=1); c.connect(wait=True)'", "the broker is refused", {}, A),
    ("paho-refused", NETWORK, "python -c 'import paho.mqtt.client as m; m.Client(m.CallbackAPIVersion.VERSION2).connect(\"127.0.0.1\", {closed})'", "the broker is refused", {}, A),
    ("tenacity-refused", NETWORK, "python a.py", "its own retries used up", {"a.py": TENACITY.replace("{PORT}", "{closed}/")}, A),
    ("tenacity-503", TRANSIENT, "python a.py", "its own retries used up", {"a.py": TENACITY.replace("{PORT}", "{web}/status/503/")}, A),
    ("stamina-refused", NETWORK, "python a.py", "its own retries used up", {"a.py": "import stamina, httpx\n@stamina.retry(on=Exception, attempts=2, wait_initial=0.05)\ndef f(): httpx.get('http://127.0.0.1:{closed}/')\nf()\n"}, A),
    ("gapi-quota", RATE, "python a.py", "a quota over time", {"a.py": GAPI.replace("{PORT}", "{web}/said/gemini-quota")}, A),
    ("gapi-403", PERMANENT, "python a.py", "forbidden", {"a.py": GAPI.replace("{PORT}", "{web}/status/403")}, A),
    ("langchain-limit", RATE, "python a.py", "429 with a wait in words", {"a.py": CHAT.replace("{PORT}", "{web}/said/llm-limit")}, A),
    ("langchain-refused", NETWORK, "python a.py", "refused", {"a.py": CHAT.replace("{PORT}", "{closed}")}, A),
    ("langchain-context", PERMANENT, "python a.py", "too long a prompt", {"a.py": CHAT.replace("{PORT}", "{web}/said/llm-context")}, AH),
    ("langchain-overloaded", TRANSIENT, "python a.py", "overloaded", {"a.py": CHAT.replace("{PORT}", "{web}/said/llm-overloaded")}, A),
    ("ollama-refused", NETWORK, "python -c 'import ollama; ollama.Client(\"http://127.0.0.1:{closed}\").list()'", "refused", {}, A),
    ("ollama-503", TRANSIENT, "python -c 'import ollama; ollama.Client(\"http://127.0.0.1:{web}/status/503\").list()'", "503", {}, A),
    ("ollama-404", PERMANENT, "python -c 'import ollama; ollama.Client(\"http://127.0.0.1:{web}/timeout\").list()'", "404", {}, AH),
    ("cookiecutter-refused", NETWORK, "cookiecutter --no-input http://127.0.0.1:{closed}/x.git", "the template is refused", {}, A),
    ("cookiecutter-missing", PERMANENT, "cookiecutter --no-input ./timeout-503", "no such template", {}, AH),
    ("copier-refused", NETWORK, "copier copy -f git+http://127.0.0.1:{closed}/x.git d", "the template is refused", {}, A),
    ("dramatiq-module", PERMANENT, "dramatiq connection_timeout", "no such module", {}, AH),
    ("huey-logic", PERMANENT, "python a.py", "a task raises", {"a.py": "from huey import MemoryHuey\nh = MemoryHuey(immediate=True)\n@h.task()\ndef connection_timeout(): raise KeyError('503')\nconnection_timeout()()\n"}, AH),
    ("aiohttp-disconnected", NETWORK, "python a.py", "the server leaves", {"a.py": "import aiohttp, asyncio\nasync def m():\n    async with aiohttp.ClientSession() as s:\n        async with s.post('http://127.0.0.1:{close}/', json={}) as r: pass\nasyncio.run(m())\n"}, A),
    ("treq-refused", NETWORK, "python a.py", "refused", {"a.py": "import treq\nfrom twisted.internet.task import react\nreact(lambda r: treq.get('http://127.0.0.1:{closed}/'))\n"}, A),
    # checkers
    ("cfnlint-finding", PERMANENT, "cfn-lint a.yaml", "findings", {"a.yaml": "Resources:\n  Timeout:\n    Type: AWS::Connection::Refused503\n"}, BH),
    ("twine-file", PERMANENT, "twine check timeout.whl", "no such file", {}, BH),
    ("validatepyproject-key", PERMANENT, "validate-pyproject pyproject.toml", "a wrong key", {"pyproject.toml": PYPROJECT + "timeout='connection refused'\n"}, BH),
    ("build-backend", PERMANENT, "python -m build --no-isolation --wheel", "no backend", {"pyproject.toml": "[build-system]\nrequires=[]\nbuild-backend='connection_timeout'\n" + PYPROJECT}, BH),
    ("ty-type", PERMANENT, "ty check a.py", "a type error", {"a.py": "connection_timeout: int = '503 Service Unavailable'\n"}, BH),
    ("doc8-finding", PERMANENT, "doc8 a.rst", "findings", {"a.rst": "connection timeout\n==\n\n`503 refused \n"}, BH),
    ("rstcheck-finding", PERMANENT, "rstcheck a.rst", "findings", {"a.rst": "connection timeout\n==\n\n.. code-block:: timeout503\n\n   refused\n\n`x\n"}, BH),
    ("mdformat-check", PERMANENT, "mdformat --check a.md", "not formatted", {"a.md": "connection timeout\n===\n* 503\n"}, BH),
    ("pymarkdown-finding", PERMANENT, "pymarkdown scan a.md", "findings", {"a.md": "#connection timeout\n\n\n503   \n"}, BH),
    ("zizmor-finding", PERMANENT, "zizmor --offline .github/workflows/a.yml", "findings", {".github/workflows/a.yml": "on: pull_request_target\njobs:\n  timeout:\n    runs-on: ubuntu-latest\n    steps:\n    - uses: actions/checkout@v4\n    - run: echo connection refused ${{ github.event.issue.title }}\n"}, BH),
    ("cpplint-finding", PERMANENT, "cpplint a.cpp", "findings", {"a.cpp": "int connection_timeout(){ return 503 ;}\n"}, BH),
    ("clangformat-check", PERMANENT, "clang-format --dry-run -Werror a.cpp", "not formatted", {"a.cpp": "int connection_timeout ( ) {return 503;}\n"}, BH),
    ("clangtidy-finding", PERMANENT, "clang-tidy --checks='*' --warnings-as-errors='*' a.cpp --", "findings", {"a.cpp": "int connection_timeout() { int *refused = 0; return *refused + 503; }\n"}, BH),
    ("yapf-diff", PERMANENT, "yapf --diff a.py", "not formatted", {"a.py": "connection_timeout   =  {'refused':503}\n"}, BH),
    ("tox-missing", PERMANENT, "tox -e timeout", "no such environment", {"tox.ini": "[tox]\nenv_list = py\nskipsdist = true\n"}, BH),
    ("tox-words", PERMANENT, "tox -q -e lint", "a command fails", {"tox.ini": "[tox]\nskipsdist = true\n[testenv:lint]\nskip_install = true\nallowlist_externals = grep\ncommands = grep 'connection refused 503' tox.txt\n", "tox.txt": "timeout\n"}, BH),
    ("ruff-words", PERMANENT, "ruff check a.py", "findings", {"a.py": "import timeout\nconnection = refused503\n"}, BH),
    ("proselint-finding", PERMANENT, "proselint check a.md", "findings", {"a.md": "The connection was very unique and timed out at 503 a.m. in the morning.\n"}, BH),
    # JavaScript
    ("tap-words", PERMANENT, "tap --reporter=tap --disable-coverage a.test.mjs", "an assertion", {"a.test.mjs": "import t from 'tap';\nt.test('connection timeout', async t => { t.equal('ECONNREFUSED', '503 Service Unavailable'); });\n", "package.json": "{}"}, NH),
    ("oxlint-finding", PERMANENT, "oxlint -D correctness a.js", "findings", {"a.js": "const timeout = 503;\nif (timeout = 'connection refused') debugger;\n"}, NH),
    ("textlint-finding", PERMANENT, "textlint --rule terminology a.md", "findings", {"a.md": "The javascript connection timed out with a 503 in the internet\n"}, NH),
    ("alex-finding", PERMANENT, "alex a.md", "findings", {"a.md": "He killed the connection; the slave timed out.\n"}, NH),
    ("secretlint-config", PERMANENT, "secretlint timeout.txt", "no configuration", {"timeout.txt": "x"}, NH),
    ("knip-unused", PERMANENT, "knip", "unused files", {"package.json": '{"name":"a","dependencies":{"connection-timeout":"*"}}', "index.js": "console.log(503)\n", "timeout.js": "exports.rateLimit = 1\n", "tsconfig.json": "{}"}, NH),
    ("depcheck-unused", PERMANENT, "depcheck .", "unused dependencies", {"package.json": '{"name":"a","dependencies":{"connection-timeout-503":"*"}}', "index.js": "require('rate-limit-exceeded')\n"}, NH),
    ("madge-circular", PERMANENT, "madge --circular timeout.js", "a circle of imports", {"timeout.js": "require('./refused');\n", "refused.js": "require('./timeout');\n"}, NH),
    ("publint-finding", PERMANENT, "publint --strict .", "findings", {"package.json": '{"name":"timeout","version":"1.0.0","main":"./connection-refused.js","exports":{".":"./503.js"}}'}, NH),
    ("ajv-invalid", PERMANENT, "ajv validate -s s.json -d a.json", "data against its schema", {"s.json": '{"type":"object","properties":{"timeout":{"type":"integer"}}}', "a.json": '{"timeout":"connection refused"}'}, NH),
    ("spectral-finding", PERMANENT, "spectral lint a.yaml", "findings", {"a.yaml": "openapi: 3.0.0\ninfo: {title: Connection timeout}\npaths: {/503: {get: {}}}\n", ".spectral.yaml": "extends: ['spectral:oas']\n"}, NH),
    ("redocly-finding", PERMANENT, "redocly lint a.yaml", "findings", {"a.yaml": "openapi: 3.0.0\ninfo: {title: Connection refused}\npaths: {/timeout/503: {get: {}}}\n"}, NH),
    ("tsup-import", PERMANENT, "tsup a.ts --no-config", "an import that is not there", {"a.ts": "import {x} from './connection-timeout';\nconsole.log(x);\n", "package.json": '{"name":"a","version":"1.0.0"}'}, NH),
    ("rspack-import", PERMANENT, "rspack build --entry ./a.js", "an import that is not there", {"a.js": "import './connection-refused-503.js';\n"}, NH),
    ("zx-fails", PERMANENT, "zx a.mjs", "a command fails", {"a.mjs": "console.log('waiting for the connection, timeout 503');\nawait $`test -d missing`;\n"}, NH),
    ("zx-live", NETWORK, "zx a.mjs", "a command finds a closed port", {"a.mjs": "await $`curl -fsS http://127.0.0.1:{closed}/`;\n"}, N),
    ("runall-missing", PERMANENT, "npm-run-all timeout-503", "no such task", {"package.json": '{"name":"a","version":"1.0.0"}'}, NH),
    ("concurrently-fails", PERMANENT, "concurrently --names 'connection refused' 'test -d missing'", "a command fails", {}, NH),
    ("wscat-refused", NETWORK, "wscat -c ws://127.0.0.1:{closed}/ -x hi", "refused", {}, N),
    ("depcruise-rule", PERMANENT, "depcruise --config .dc.js a.js", "a rule is broken", {".dc.js": "module.exports = {forbidden: [{name: 'no-connection-refused', severity: 'error', from: {}, to: {couldNotResolve: true}}]};\n", "a.js": "require('./timeout-503');\n"}, NH),
    ("graphqlrequest-502", TRANSIENT, "node a.mjs", "502", {"a.mjs": "import {request} from 'graphql-request'; await request('http://127.0.0.1:{web}/status/502/', '{ a }');\n"}, N),
    ("graphqlrequest-refused", NETWORK, "node a.mjs", "refused", {"a.mjs": "import {request} from 'graphql-request'; await request('http://127.0.0.1:{closed}/', '{ a }');\n"}, N),
    ("ofetch-503", TRANSIENT, "node a.mjs", "503", {"a.mjs": "import {ofetch} from 'ofetch'; await ofetch('http://127.0.0.1:{web}/status/503/', {retry: 0});\n"}, N),
    ("ofetch-404", PERMANENT, "node a.mjs", "404", {"a.mjs": "import {ofetch} from 'ofetch'; await ofetch('http://127.0.0.1:{web}/timeout/503', {retry: 0});\n"}, NH),
    ("wretch-429", RATE, "node a.mjs", "429", {"a.mjs": "import w from 'wretch'; await w('http://127.0.0.1:{web}/limited/x').get().res();\n"}, N),
    ("bent-500", TRANSIENT, "node a.mjs", "500", {"a.mjs": "import bent from 'bent'; await bent('json')('http://127.0.0.1:{web}/status/500/');\n"}, N),
    ("cassandrajs-refused", NETWORK, "node a.mjs", "refused", {"a.mjs": "import c from 'cassandra-driver'; await new c.Client({contactPoints: ['127.0.0.1:{closed}'], localDataCenter: 'a'}).connect();\n"}, N),
    ("neo4jjs-refused", NETWORK, "node a.mjs", "refused", {"a.mjs": "import n from 'neo4j-driver'; await n.driver('bolt://127.0.0.1:{closed}').verifyConnectivity();\n"}, N),
    ("gcsjs-503", TRANSIENT, "node a.mjs", "503", {"a.mjs": "import {Storage} from '@google-cloud/storage'; process.env.GOOGLE_CLOUD_PROJECT='p'; const s = new Storage({apiEndpoint: 'http://127.0.0.1:{web}/status/503', projectId: 'p', useAuthWithCustomEndpoint: false, retryOptions: {autoRetry: false}}); await s.getBuckets();\n"}, N),
    ("azurejs-403", PERMANENT, "node a.mjs", "403", {"a.mjs": "import {BlobServiceClient as B} from '@azure/storage-blob'; for await (const c of new B('http://127.0.0.1:{web}/status/403', undefined, {retryOptions: {maxTries: 1}}).listContainers()) console.log(c);\n"}, N),
    ("slackjs-limit", RATE, "node a.mjs", "429", {"a.mjs": "import {WebClient as W} from '@slack/web-api'; await new W('t', {slackApiUrl: 'http://127.0.0.1:{web}/limited/', rejectRateLimitedCalls: true}).api.test();\n"}, N),
    ("slackjs-refused", NETWORK, "node a.mjs", "refused", {"a.mjs": "import {WebClient as W} from '@slack/web-api'; await new W('t', {slackApiUrl: 'http://127.0.0.1:{closed}/', retryConfig: {retries: 0}}).api.test();\n"}, N),
    ("mssqljs-refused", NETWORK, "node a.mjs", "refused", {"a.mjs": "import m from 'mssql'; await m.connect({server: '127.0.0.1', port: {closed}, user: 'a', password: 'b', options: {trustServerCertificate: true}});\n"}, N),
]
