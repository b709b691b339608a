"""An eleventh round: checkers and runners by other options, clients behind other programs."""

from tests.lab.rounds.round_08 import (
    CLOSED,
    COMPOSED,
    DE,
    DOCKERED,
    LIMITED,
    LOCALES,
    NAME,
    REFUSED,
    STAMPED,
    make,
    script,
    status,
)
from tests.lab.rounds.round_01 import HARD, PG, has, npm, py
from tests.lab.scenarios import NETWORK, PERMANENT, RATE, RESOURCE, TRANSIENT

# fmt: off
MISSING = "http://127.0.0.1:{web}/timeout/503"
STEPS = "from behave import *\n@given('the server is busy')\ndef a(c): assert c.failed, '429 Too Many Requests'\n"
FEATURE = "Feature: Connection refused\n  Scenario: database is locked\n    Given the server is busy\n"
ROBOT = "*** Test Cases ***\nService Unavailable\n    Should Contain    Connection reset by peer    Too Many Requests    msg=503 Service Unavailable\n"
CSS = "a { timeout: 503 service-unavailable; colour: connection-refused }\n"
CASES = [(name, category, command, why, files, {**options, **(HARD if category == PERMANENT else {})}) for name, category, command, why, files, options in [
    ("behavejson-trap", PERMANENT, "behave -f json --no-summary", "a step fails, as JSON", {"features/a.feature": FEATURE, "features/steps/s.py": STEPS}, py("test")),
    ("behaveplain-trap", PERMANENT, "behave -f plain --no-color", "a step fails", {"features/a.feature": FEATURE, "features/steps/s.py": STEPS}, py("test")),
    ("robotdotted-trap", PERMANENT, "robot --console dotted --output NONE --report NONE --log NONE a.robot", "an assertion", {"a.robot": ROBOT}, py("test")),
    ("robotverbose-stamped", PERMANENT, STAMPED % "robot --consolecolors on --output NONE --report NONE --log NONE a.robot", "an assertion", {"a.robot": ROBOT}, py("test")),
    ("noseverbose-trap", PERMANENT, "nose2 -v", "an assertion", {"test_a.py": "import unittest\nclass T(unittest.TestCase):\n    def test_refused(self):\n        self.assertDictEqual({'e': 'Connection refused'}, {'e': '503 Service Unavailable'})\n"}, py("test")),
    ("doctestv-trap", PERMANENT, "python3 -m doctest -v a.txt", "another result", {"a.txt": ">>> 'Connection ' + 'refused'\n'503 Service Unavailable'\n"}, has("python3")),
    ("tapedot-trap", PERMANENT, "node a.js", "an assertion", {"a.js": "require('tape')('503', t => { t.deepEqual({e: 'ECONNREFUSED'}, {e: '429 Too Many Requests'}, 'database is locked'); t.end(); });\n"}, npm("test")),
    ("qunittap-trap", PERMANENT, "qunit a.js", "an assertion", {"a.js": "QUnit.module('ETIMEDOUT'); QUnit.test('Service Unavailable', a => { a.equal('Connection refused', 'Too Many Requests', '503'); });\n"}, npm("test")),
    ("cucumberjson-trap", PERMANENT, "cucumber-js --format json", "an assertion, as JSON", {"features/a.feature": FEATURE, "features/s.js": "const {Given} = require('@cucumber/cucumber');\nGiven('the server is busy', () => require('assert').equal('Connection refused', '503 Service Unavailable'));\n", "package.json": "{}"}, npm("test")),
    ("avatap-trap", PERMANENT, "ava --tap", "an assertion, as TAP", {"test.mjs": "import test from 'ava';\ntest('Connection refused', t => { t.is('503 Service Unavailable', 'timed out'); });\n", "package.json": "{}"}, npm("test")),
    ("playdot-trap", PERMANENT, "playwright test --reporter=dot", "an assertion", {"a.spec.mjs": "import {test, expect} from '@playwright/test';\ntest('ECONNRESET', () => { expect({e: '503 Service Unavailable'}).toEqual({e: 'Connection refused'}); });\n"}, npm("r2")),
    ("playjson-trap", PERMANENT, "playwright test --reporter=json", "an assertion, as JSON", {"a.spec.mjs": "import {test, expect} from '@playwright/test';\ntest('ECONNRESET', () => { expect('503 Service Unavailable').toBe('Connection refused'); });\n"}, npm("r2")),
    ("playjunit-trap", PERMANENT, "playwright test --reporter=junit", "an assertion, as XML", {"a.spec.mjs": "import {test, expect} from '@playwright/test';\ntest('ECONNRESET', () => { expect('503 Service Unavailable').toBe('Connection refused'); });\n"}, npm("r2")),
    ("vitestjunit-trap", PERMANENT, "vitest run --root . --globals --reporter=junit", "an assertion, as XML", {"a.test.mjs": "test('ETIMEDOUT', () => { expect(['database is locked']).toContain('503 Service Unavailable'); });\n"}, npm("r2")),
    ("vitestdot-live", NETWORK, "vitest run --root . --globals --reporter=dot", "a test that is refused", {"a.test.mjs": "test('live', async () => { await fetch('" + REFUSED + "'); });\n"}, npm("r2")),
    ("pytestjunit-trap", PERMANENT, "pytest -q --junitxml=/dev/stdout -p no:cacheprovider t.py", "an assertion, as XML", {"t.py": "def test_a(): assert '503 Service Unavailable' == 'Connection refused'\n"}, py("r2b")),
    ("rspecjunit-live", NETWORK, "rspec --format documentation --no-color a_spec.rb", "a test that is refused", {"a_spec.rb": "require 'net/http'\nRSpec.describe('service unavailable') { it('is live') { Net::HTTP.get(URI('" + REFUSED + "')) } }\n"}, has("rspec")),
    ("stylejson-find", PERMANENT, "stylelint -f json a.css", "lint, as JSON", {"a.css": CSS, ".stylelintrc.json": '{"rules":{"property-no-unknown":true,"unit-no-unknown":true}}'}, npm("lint")),
    ("styleunix-find", PERMANENT, "stylelint -f unix a.css", "lint", {"a.css": CSS, ".stylelintrc.json": '{"rules":{"property-no-unknown":true}}'}, npm("lint")),
    ("biomejson-find", PERMANENT, "biome lint --reporter=github a.js", "lint, as annotations", {"a.js": "var timeout = '503 Service Unavailable'; if (timeout == connectionRefused) { debugger }\n"}, npm("lint")),
    ("cspellfind-json", PERMANENT, "cspell --no-progress --show-context a.md", "a spelling mistake", {"a.md": "conection refusd: 503 Service Unavailabel, timd out\n"}, npm("lint")),
    ("htmlunix-find", PERMANENT, "htmlhint --format unix a.html", "lint", {"a.html": "<p>503 Service Unavailable: Connection refused</b>\n"}, npm("lint")),
    ("clangtidy2-find", PERMANENT, "clang-tidy --warnings-as-errors='*' --checks='clang-analyzer-*,bugprone-*' a.c --", "lint", {"a.c": "int connection_refused(int timeout_503) { int *p = 0; return *p + timeout_503; }\n"}, py("r4b")),
    ("cpplintjunit-find", PERMANENT, "cpplint --output=junit a.cpp", "lint, as XML", {"a.cpp": "#include <string>\nstd::string s = \"503 Service Unavailable\" ; //Connection refused\n"}, py("r4b")),
    ("pyreflyjson-find", PERMANENT, "pyrefly check --output-format json a.py", "types, as JSON", {"a.py": "timeout: int = '503 Service Unavailable'\nconnection_refused()\n"}, py("r4b")),
    ("pyreflytext-find", PERMANENT, COMPOSED % "pyrefly check a.py", "types", {"a.py": "timeout: int = '503 Service Unavailable'\nconnection_refused()\n"}, py("r4b")),
    ("cfnjson-find", PERMANENT, "cfn-lint --format json a.yml", "lint, as JSON", {"a.yml": "Resources:\n  ConnectionRefused:\n    Type: AWS::S3::Bucket\n    Properties: {Timeout503: Service Unavailable}\n"}, py("r4b")),
    ("schemajson-find", PERMANENT, "check-jsonschema -o json --schemafile s.json a.json", "no valid file, as JSON", {"s.json": '{"properties":{"retry":{"type":"integer"}}}', "a.json": '{"retry":"503 Service Unavailable: try again later"}'}, py("more")),
    ("isortdiff-find", PERMANENT, "isort --check-only --diff a.py", "a formatter would change it", {"a.py": "import timeout_503\nimport connection_refused\nimport abc\n"}, py("r2b")),
    ("sphinxw-find", PERMANENT, "sphinx-build -q -W --keep-going -b html . out", "a warning", {"conf.py": "", "index.rst": "Connection refused\n==================\n\n:ref:`503 Service Unavailable`\n"}, py("web")),
    ("makesphinx-find", PERMANENT, "make", "an unknown role, inside make", {**make("sphinx-build -q -W -b html . out"), "conf.py": "", "index.rst": "Too Many Requests\n=================\n\n:timeout:`Connection refused`\n"}, py("web")),
    ("npxrollup-bad", PERMANENT, "npm run build", "a syntax error, inside npm", {**script("rollup a.js"), "a.js": "export const timeout = 503 Service Unavailable;\n"}, npm("build")),
    ("npxparcel-bad", PERMANENT, DOCKERED % "rollup a.js -o o.js", "a missing export, inside a build", {"a.js": "import { connectionRefused } from './b.js';\nconsole.log(connectionRefused, '503 Service Unavailable');\n", "b.js": "export const x = 1;\n"}, npm("build")),
    ("dateparse-bad", PERMANENT, "python3 -c \"import datetime; datetime.date.fromisoformat('503 Service Unavailable')\"", "a wrong value", {}, has("python3")),
    ("dede-missing", PERMANENT, DE + "git log connection-refused", "no such branch, in German", {}, {**has("git"), "before": LOCALES["before"] + "; git init -q"}),
    ("dede-wget", TRANSIENT, DE + "wget -t 1 " + status(502), "502, in German", {}, {**has("wget"), **LOCALES}),
    ("dede-push", NETWORK, DE + "git push " + CLOSED + " HEAD:main", "closed, in German", {}, {**has("git"), "before": LOCALES["before"] + "; git config --global user.email a@b; git config --global user.name a; git init -q; git commit -q --allow-empty -m a"}),
    ("xargscurl-429", RATE, "echo " + LIMITED + " | xargs -n1 curl -fsS", "429", {}, has("curl")),
    ("xargswget-dns", NETWORK, "echo " + NAME + " | xargs -n1 wget -nv -t 1", "no such name", {}, has("wget")),
    ("timecurl-503", TRANSIENT, "time curl -fsS " + status(503), "503", {}, has("curl")),
    ("stracecurl-404", PERMANENT, "bash -c 'set -x; curl -fsS " + MISSING + "'", "404", {}, has("curl")),
    ("pythonpip-dns", NETWORK, "python -m pip --retries 0 --timeout 2 download -d d " + NAME + "/a.zip", "no such name", {}, py("cli")),
    ("findexec-full", RESOURCE, "find . -name big -exec cp {} {full}/x \\; ; cp big {full}/x; rc=$?; rm -f {full}/x; exit $rc", "the file system is full", {}, has("cp", before="head -c 300000 /dev/zero > big")),
    ("pgjson-busy", TRANSIENT, "psql " + PG + " -c 'create database copied template postgres'", "the template is in use", {}, has("psql", before="(psql " + PG + " -c 'select pg_sleep(6)' &) >/dev/null 2>&1; sleep 1")),
]]
