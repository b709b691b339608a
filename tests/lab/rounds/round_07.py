"""A seventh round: the words of servers and locks where nothing is wrong with either."""

from tests.lab.rounds.round_01 import HARD, MYSQL, PG, has, npm, py
from tests.lab.scenarios import PERMANENT

# fmt: off
WORDS = ("database is locked", "deadlock detected", "Service Temporarily Unavailable", "try again later", "server is busy", "Too many connections")
PYT = "import pytest\n@pytest.mark.parametrize('message', %r)\ndef test_retries(message):\n    assert message.startswith('resource')\n" % (WORDS,)
CASES = [(name, PERMANENT, command, why, files, {**options, **HARD}) for name, command, why, files, options in [
    ("lockwords-pytest", "pytest -q -p no:cacheprovider test_locked.py", "a parametrised test", {"test_locked.py": PYT}, py("r2b")),
    ("lockwords-unittest", "python3 -m unittest test_a", "an assertion", {"test_a.py": "import unittest\nclass LockTest(unittest.TestCase):\n    def test_database_is_locked(self):\n        self.assertEqual('deadlock detected', 'Service Unavailable: try again later')\n"}, has("python3")),
    ("lockwords-behave", "behave --no-color", "a step fails", {"features/a.feature": "Feature: database is locked\n  Scenario: try again later\n    Given the server is busy\n", "features/steps/s.py": "from behave import *\n@given('the server is busy')\ndef a(c): assert 'deadlock detected' == 'Service Unavailable'\n"}, py("test")),
    ("lockwords-robot", "robot a.robot", "an assertion", {"a.robot": "*** Test Cases ***\nDatabase Is Locked\n    Should Be Equal    Service Temporarily Unavailable    deadlock detected\n"}, py("test")),
    ("lockwords-jest", "jest --rootDir .", "an assertion", {"a.test.js": "test('database is locked', () => { expect(['try again later', 'server is busy']).toContain('deadlock detected'); });\n", "package.json": "{}"}, npm("r2")),
    ("lockwords-vitest", "vitest run --root . --globals", "an assertion", {"a.test.mjs": "test('Service Unavailable', () => { expect({e: 'database is locked'}).toEqual({e: 'deadlock detected'}); });\n"}, npm("r2")),
    ("lockwords-mocha", "mocha a.js", "an assertion", {"a.js": "describe('server is busy', () => it('database is locked', () => require('assert').equal('try again later', 'Service Unavailable')));\n"}, npm("test")),
    ("lockwords-ava", "ava", "an assertion", {"test.mjs": "import test from 'ava';\ntest('database is locked', t => { t.deepEqual({e: 'deadlock detected'}, {e: 'Service Unavailable'}); });\n", "package.json": "{}"}, npm("test")),
    ("lockwords-jasmine", "jasmine a.spec.js", "an assertion", {"a.spec.js": "describe('server is busy', () => it('database is locked', () => expect('try again later').toEqual('deadlock detected')));\n"}, npm("test")),
    ("lockwords-playwright", "playwright test --reporter=list", "an assertion", {"a.spec.mjs": "import {test, expect} from '@playwright/test';\ntest('database is locked', () => { expect('Service Unavailable').toContain('deadlock detected'); });\n"}, npm("r2")),
    ("lockwords-go", "GOCACHE=$PWD/c GO111MODULE=off go test ./...", "a test fails", {"a_test.go": "package a\n\nimport \"testing\"\n\nfunc TestDatabaseIsLocked(t *testing.T) { t.Fatalf(\"got %v, want %v\", \"deadlock detected\", \"Service Unavailable: try again later\") }\n"}, has("go")),
    ("lockwords-rust", "rustc --test -o a a.rs && ./a", "an assertion", {"a.rs": "#[test]\nfn database_is_locked() { assert_eq!(\"deadlock detected\", \"Service Unavailable\", \"the server is busy, try again later\"); }\n"}, has("rustc")),
    ("lockwords-rspec", "rspec a_spec.rb", "an expectation", {"a_spec.rb": "RSpec.describe 'database is locked' do\n  it('says try again later') { expect('deadlock detected').to include('Service Unavailable') }\nend\n"}, has("rspec")),
    ("lockwords-phpunit", "phpunit LockTest.php", "an assertion", {"LockTest.php": "<?php\nclass LockTest extends PHPUnit\\Framework\\TestCase { function testDatabaseIsLocked() { $this->assertEquals('Service Unavailable, try again later', 'deadlock detected'); } }\n"}, has("phpunit")),
    ("lockwords-prove", "prove a.t", "an assertion", {"a.t": "use Test::More tests => 1;\nis_deeply({e => 'database is locked'}, {e => 'deadlock detected'}, 'server is busy: try again later');\n"}, has("prove")),
    ("lockwords-bats", "bats a.bats", "an assertion", {"a.bats": "@test \"database is locked: try again later\" {\n  run echo 'deadlock detected'\n  [ \"$output\" = \"Service Unavailable\" ]\n}\n"}, has("bats")),
    ("lockwords-exunit", "elixir a.exs", "an assertion", {"a.exs": "ExUnit.start()\ndefmodule T do\n  use ExUnit.Case\n  test \"database is locked\" do\n    assert {:error, \"deadlock detected\"} == {:ok, \"Service Unavailable\"}\n  end\nend\n"}, has("elixir")),
    ("lockwords-busted", "busted a_spec.lua", "an assertion", {"a_spec.lua": "describe('server is busy', function() it('database is locked', function() assert.same({e = 'deadlock detected'}, {e = 'try again later'}) end) end)\n"}, has("busted")),
    ("lockwords-catch2", "g++ a.cpp -o a && ./a", "an assertion", {"a.cpp": '#define CATCH_CONFIG_MAIN\n#include <catch2/catch.hpp>\nTEST_CASE("database is locked") { SECTION("try again later") { CHECK(std::string("deadlock detected") == "Service Unavailable"); } }\n'}, has("g++")),
    ("lockwords-gtest", "g++ a.cpp -o a -lgtest -lgtest_main -pthread && ./a", "an assertion", {"a.cpp": '#include <gtest/gtest.h>\nTEST(Lock, DatabaseIsLocked) { EXPECT_STREQ("deadlock detected", "Service Unavailable: try again later") << "server is busy"; }\n'}, has("g++")),
    ("lockwords-gcc", "gcc -Wall -Werror a.c", "an undeclared name", {"a.c": "int main(void) { const char *database_is_locked = 503; return deadlock_detected; }\n"}, has("gcc")),
    ("lockwords-tsc", "tsc --noEmit a.ts", "a type error", {"a.ts": "type E = 'database is locked' | 'deadlock detected';\nconst e: E = 'Service Unavailable';\n"}, npm("build")),
    ("lockwords-javac", "javac A.java", "a type error", {"A.java": "class A { int databaseIsLocked = \"Service Unavailable: try again later\"; }\n"}, has("javac")),
    ("lockwords-ghc", "ghc a.hs", "a type error", {"a.hs": "main :: IO ()\nmain = putStrLn (\"database is locked\" + deadlockDetected)\n"}, has("ghc")),
    ("lockwords-eslint", "eslint a.js", "a rule is broken", {"a.js": "if (databaseIsLocked) { throw 'Service Unavailable: try again later' }\n", "eslint.config.js": "module.exports = [{rules: {'no-undef': 'error', 'no-throw-literal': 'error'}}];\n"}, npm("r2")),
    ("lockwords-codespell", "codespell a.txt", "a spelling mistake", {"a.txt": "teh database is locked, try again latr; Service Unavailble\n"}, py("cli")),
    ("lockwords-psql", "psql " + PG + " -c \"select 'database is locked'::int\"", "a wrong cast", {}, has("psql")),
    ("lockwords-psqlraise", "psql " + PG + " -v ON_ERROR_STOP=1 -c 'insert into deadlock_detected values (1)'", "no such table", {}, has("psql")),
    ("lockwords-mariadb", "mariadb " + MYSQL + " -e \"select * from mysql.server_is_busy where x = 'database is locked'\"", "no such table", {}, has("mariadb")),
    ("lockwords-sqlite", "sqlite3 a.db \"select 'database is locked' from try_again_later\"", "no such table", {}, has("sqlite3")),
    ("lockwords-make", "make", "a recipe fails", {"Makefile": "all:\n\t@echo 'database is locked? no; server is busy? no'\n\t@false\n"}, has("make")),
    ("lockwords-terraform", "terraform validate -no-color", "a wrong value", {"main.tf": 'variable "a" {\n  type = number\n  default = "Service Unavailable: database is locked"\n}\n'}, has("terraform")),
    ("lockwords-ansible", "ansible-playbook a.yml", "an assertion", {"a.yml": "- hosts: localhost\n  gather_facts: false\n  tasks:\n  - name: the database is locked\n    assert: {that: \"'deadlock detected' == 'Service Unavailable'\"}\n"}, py("r2a")),
    ("lockwords-git", "git checkout 'database-is-locked'", "no such branch", {}, has("git", before="git init -q")),
    ("lockwords-npm", "npm run build", "a script fails", {"package.json": '{"name":"a","version":"1.0.0","scripts":{"build":"node -e \\"console.log(\'server is busy, try again later\'); process.exit(2)\\""}}'}, has("npm")),
    ("lockwords-pip", "pip install --no-index --find-links . 'database-is-locked>=5.0.3'", "no such package", {}, py("cli")),
    ("lockwords-poetrylock", "pdm install --frozen-lockfile --no-self", "no lock file", {"pyproject.toml": "[project]\nname='a'\nversion='1'\nrequires-python='>=3.9'\n"}, py("r2a")),
    ("lockwords-yarn", "yarn install --frozen-lockfile --offline", "the lock file is out of date", {"package.json": '{"name":"a","version":"1.0.0","dependencies":{"left-pad":"1.0.0"}}', "yarn.lock": "# yarn lockfile v1\n"}, npm("task2")),
    ("lockwords-npmci", "npm ci --offline", "the lock file is out of date", {"package.json": '{"name":"a","version":"1.0.0","dependencies":{"left-pad":"1.0.0"}}', "package-lock.json": '{"name":"a","version":"1.0.0","lockfileVersion":3,"packages":{"":{"name":"a","version":"1.0.0"}}}'}, has("npm")),
    ("lockwords-cargo", "cargo build --locked --offline", "the lock file is out of date", {"Cargo.toml": "[package]\nname='a'\nversion='0.1.0'\nedition='2021'\n[dependencies]\nb={path='b'}\n", "src/main.rs": "fn main() {}\n", "b/Cargo.toml": "[package]\nname='b'\nversion='0.1.0'\n", "b/src/lib.rs": "", "Cargo.lock": "version = 3\n\n[[package]]\nname = \"a\"\nversion = \"0.1.0\"\n"}, has("cargo")),
    ("lockwords-terraformlock", "terraform init -no-color -lockfile=readonly -input=false -plugin-dir=.", "no provider there", {"main.tf": 'terraform {\n  required_providers {\n    a = { source = "lab/a" }\n  }\n}\n'}, has("terraform")),
]]
