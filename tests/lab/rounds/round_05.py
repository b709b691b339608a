"""A fifth round: runners, checkers and compilers of more languages, and what they find live."""

from tests.lab.rounds.round_01 import HARD, has
from tests.lab.scenarios import NETWORK, PERMANENT, RESOURCE

# fmt: off
CPPUNIT = '#include <cppunit/extensions/HelperMacros.h>\n#include <cppunit/ui/text/TestRunner.h>\nclass T : public CppUnit::TestFixture { CPPUNIT_TEST_SUITE(T); CPPUNIT_TEST(connectionTimeout503); CPPUNIT_TEST_SUITE_END();\npublic: void connectionTimeout503() { CPPUNIT_ASSERT_EQUAL(std::string("Connection refused"), std::string("rate limit exceeded")); } };\nint main() { CppUnit::TextUi::TestRunner r; r.addTest(T::suite()); return !r.run(); }\n'
UNITPP = '#include <UnitTest++/UnitTest++.h>\nTEST(ConnectionTimeout503) { CHECK_EQUAL("Connection refused", "rate limit exceeded"); }\nint main() { return UnitTest::RunAllTests(); }\n'
DOCTEST = '#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN\n#include <doctest/doctest.h>\n#include <string>\nTEST_CASE("connection timeout 503") { CHECK(std::string("Connection refused") == "rate limit exceeded"); }\n'
CRITERION = '#include <criterion/criterion.h>\nTest(connection, timeout_503) { cr_assert_str_eq("Connection refused", "rate limit exceeded"); }\n'
TESTIFY = 'package a\n\nimport (\n\t"testing"\n\n\t"github.com/stretchr/testify/assert"\n)\n\nfunc TestConnectionRefused(t *testing.T) { assert.Equal(t, "503 Service Unavailable", "connection timed out") }\n'
TESTIFY_NET = 'package a\n\nimport (\n\t"net/http"\n\t"testing"\n\n\t"github.com/stretchr/testify/assert"\n)\n\nfunc TestLive(t *testing.T) {\n\t_, err := http.Get("http://127.0.0.1:{closed}/")\n\tassert.NoError(t, err)\n}\n'
GOPATH = "mkdir -p g/src/a && cp a_test.go g/src/a/ && cd g/src/a && GO111MODULE=off GOPATH=$OLDPWD/g:/usr/share/gocode GOCACHE=$OLDPWD/c go test ."
ALCOTEST = 'let () = Alcotest.(run "rate limit" [ ("connection timeout", [ test_case "503" `Quick (fun () -> check string "same" "Connection refused" "Service Unavailable") ]) ])\n'
DUNE = {"dune-project": "(lang dune 2.0)\n", "dune": "(test (name a) (libraries alcotest))\n", "a.ml": ALCOTEST}
TESTTHAT = 'library(testthat)\ntest_that("connection timeout 503", { expect_equal("Connection refused", "rate limit exceeded") })\n'
TESTUNIT = "require 'test/unit'\nclass T < Test::Unit::TestCase\n  def test_connection_timeout\n    assert_equal('Connection refused', '503 Service Unavailable')\n  end\nend\n"
TESTUNIT_NET = "require 'test/unit'\nrequire 'socket'\nclass T < Test::Unit::TestCase\n  def test_live\n    TCPSocket.new('127.0.0.1', {closed})\n  end\nend\n"
FEATURE = "Feature: connection timeout\n  Scenario: 503 Service Unavailable\n    Given the server is out of memory\n"
STEP = "Given('the server is out of memory') do\n  raise 'expected rate limit exceeded' unless 'Connection refused' == '503'\nend\n"
STEP_NET = "require 'net/http'\nGiven('the server is out of memory') do\n  Net::HTTP.get(URI('http://127.0.0.1:{closed}/'))\nend\n"
CONF = "<?xml version=\"1.0\"?>\n<!DOCTYPE module PUBLIC \"-//Checkstyle//DTD Checkstyle Configuration 1.3//EN\" \"https://checkstyle.org/dtds/configuration_1_3.dtd\">\n<module name=\"Checker\"><module name=\"TreeWalker\"><module name=\"MagicNumber\"/><module name=\"MissingJavadocMethod\"/></module></module>\n"
MIX = {"mix.exs": "defmodule A.MixProject do\n  use Mix.Project\n  def project, do: [app: :a, version: \"0.1.0\"]\nend\n", "test/test_helper.exs": "ExUnit.start()\n"}
H = HARD
CASES = [
    ("cppunit-words", PERMANENT, "g++ a.cpp -o a -lcppunit && ./a", "an assertion", {"a.cpp": CPPUNIT}, has("g++", **H)),
    ("unittestpp-words", PERMANENT, "g++ a.cpp -o a -lUnitTest++ && ./a", "an assertion", {"a.cpp": UNITPP}, has("g++", **H)),
    ("doctestcpp-words", PERMANENT, "g++ a.cpp -o a && ./a", "an assertion", {"a.cpp": DOCTEST}, has("g++", **H)),
    ("criterion-words", PERMANENT, "gcc a.c -o a -lcriterion && ./a", "an assertion", {"a.c": CRITERION}, has("gcc", **H)),
    ("testify-words", PERMANENT, GOPATH, "an assertion", {"a_test.go": TESTIFY}, has("go", **H)),
    ("testify-live", NETWORK, GOPATH, "a test finds a closed port", {"a_test.go": TESTIFY_NET}, has("go")),
    ("alcotest-words", PERMANENT, "dune test", "an assertion", DUNE, has("dune", **H)),
    ("dune-type", PERMANENT, "dune build", "a type error", {"dune-project": "(lang dune 2.0)\n", "dune": "(executable (name a))\n", "a.ml": "let connection_timeout : int = \"503\"\nlet () = print_int connection_timeout\n"}, has("dune", **H)),
    ("rtestthat-words", PERMANENT, "Rscript a.R", "an expectation", {"a.R": TESTTHAT}, has("Rscript", **H)),
    ("rtestthat-report", PERMANENT, "Rscript -e 'testthat::test_dir(\"t\", reporter = \"summary\", stop_on_failure = TRUE)'", "an expectation", {"t/test-a.R": TESTTHAT}, has("Rscript", **H)),
    ("testunit-words", PERMANENT, "ruby a.rb", "an assertion", {"a.rb": TESTUNIT}, has("ruby", **H)),
    ("testunit-live", NETWORK, "ruby a.rb", "a test finds a closed port", {"a.rb": TESTUNIT_NET}, has("ruby")),
    ("cucumberrb-words", PERMANENT, "cucumber", "a step fails", {"features/a.feature": FEATURE, "features/s.rb": STEP}, has("cucumber", **H)),
    ("cucumberrb-live", NETWORK, "cucumber", "a step finds a closed port", {"features/a.feature": FEATURE, "features/s.rb": STEP_NET}, has("cucumber")),
    ("cucumberrb-undefined", PERMANENT, "cucumber --strict", "a step without code", {"features/a.feature": FEATURE}, has("cucumber", **H)),
    ("mixtest-words", PERMANENT, "MIX_HOME=$PWD/m mix test", "an assertion", {**MIX, "test/a_test.exs": "defmodule ATest do\n  use ExUnit.Case\n  test \"rate limit: connection refused\" do\n    assert {:error, :timeout} == {:ok, \"503 Service Unavailable\"}\n  end\nend\n"}, has("mix", **H)),
    ("mixtest-live", NETWORK, "MIX_HOME=$PWD/m mix test", "a test finds a closed port", {**MIX, "test/a_test.exs": "defmodule ATest do\n  use ExUnit.Case\n  test \"live\" do\n    {:ok, _} = :gen_tcp.connect(~c\"127.0.0.1\", {closed}, [])\n  end\nend\n"}, has("mix")),
    ("mixcompile-undefined", PERMANENT, "MIX_HOME=$PWD/m mix compile --warnings-as-errors", "an undefined function", {**MIX, "lib/a.ex": "defmodule ConnectionTimeout do\n  def f, do: rate_limit_exceeded(503)\nend\n"}, has("mix", **H)),
    ("rebar3eunit-words", PERMANENT, "rebar3 eunit", "an assertion", {"rebar.config": "{deps, []}.\n", "src/a.app.src": "{application, a, [{vsn, \"1\"}, {applications, [kernel, stdlib]}]}.\n", "src/a.erl": "-module(a).\n-export([f/0]).\nf() -> ok.\n", "test/a_tests.erl": "-module(a_tests).\n-include_lib(\"eunit/include/eunit.hrl\").\nconnection_timeout_test() -> ?assertEqual(econnrefused, timeout).\n"}, has("rebar3", **H)),
    ("puppetlint-finding", PERMANENT, "puppet-lint --fail-on-warnings a.pp", "findings", {"a.pp": "class connection-timeout {\n\tfile { \"refused503\": }\n}\n"}, has("puppet-lint", **H)),
    ("perltidy-check", PERMANENT, "perltidy -st --assert-tidy a.pl", "not formatted", {"a.pl": "my   $connection_timeout=503;\n"}, has("perltidy", **H)),
    ("perlcritic-timeout", PERMANENT, "perl -c a.pl", "a syntax error", {"a.pl": "my $connection_timeout = 'refused 503\n"}, has("perl", **H)),
    ("checkstyle-finding", PERMANENT, "checkstyle -c c.xml A.java", "findings", {"c.xml": CONF.split("<!DOCTYPE")[0] + "<module name=\"Checker\"><module name=\"TreeWalker\"><module name=\"MagicNumber\"/></module></module>\n", "A.java": "class A { int connectionTimeout() { return 503; } }\n"}, has("checkstyle", **H)),
    ("asciidoctor-file", PERMANENT, "asciidoctor --failure-level=WARN a.adoc", "a missing include", {"a.adoc": "= Connection timeout\n\ninclude::refused-503.adoc[]\n"}, has("asciidoctor", **H)),
    ("hugo-template", PERMANENT, "hugo", "a bad template", {"config.toml": "title = \"timeout\"\n", "layouts/index.html": "{{ .Connection.Timeout503 }}\n", "content/a.md": "refused\n"}, has("hugo", **H)),
    ("hugo-remote", NETWORK, "hugo", "data from a closed port", {"config.toml": "title = \"a\"\n", "layouts/index.html": "{{ $d := resources.GetRemote \"http://127.0.0.1:{closed}/x.json\" }}{{ with $d }}{{ with .Err }}{{ errorf \"%s\" . }}{{ end }}{{ end }}\n"}, has("hugo")),
    ("jekyll-liquid", PERMANENT, "jekyll build --strict_front_matter", "a bad page", {"_config.yml": "title: timeout\n", "index.md": "---\ntitle: [connection refused\n---\n503\n"}, has("jekyll", **H)),
    ("jekyll-include", PERMANENT, "jekyll build", "a missing include", {"index.md": "---\ntitle: a\n---\n{% include connection-timeout-503.html %}\n"}, has("jekyll", **H)),
    ("doxygen-warn", PERMANENT, "doxygen Doxyfile", "warnings are errors", {"Doxyfile": "INPUT=a.h\nWARN_AS_ERROR=YES\nEXTRACT_ALL=YES\nGENERATE_LATEX=NO\n", "a.h": "/** @param refused the connection timeout 503 */\nint timeout(int x);\n"}, has("doxygen", **H)),
    ("kotlinc-type", PERMANENT, "kotlinc a.kt -d a.jar", "a type error", {"a.kt": "val connectionTimeout: Int = \"503 refused\"\n"}, has("kotlinc", **H)),
    ("yamllint-finding", PERMANENT, "yamllint a.yml", "findings", {"a.yml": "timeout: [503\nconnection:   refused\n"}, has("yamllint", **H)),
    ("chktex-finding", PERMANENT, "chktex -q a.tex", "findings", {"a.tex": "The connection \"timed out\" ... with 503\\ldots(refused)\n"}, has("chktex", **H)),
    ("xmlstarlet-invalid", PERMANENT, "xmlstarlet val -e a.xml", "no XML", {"a.xml": "<connection><timeout>503</connection>\n"}, has("xmlstarlet", **H)),
    ("leintest-words", PERMANENT, "lein -o test", "no project for offline work", {}, has("lein", **H)),
    ("test2-words", PERMANENT, "prove -v a.t", "a deep difference", {"a.t": "use Test2::V0;\nis({error => 'Connection refused', status => 503}, {error => 'timed out', status => 429}, 'rate limit exceeded');\ndone_testing;\n"}, has("prove", **H)),
    ("test2-live", NETWORK, "prove a.t", "a test finds a closed port", {"a.t": "use Test2::V0;\nuse IO::Socket::INET;\nIO::Socket::INET->new(PeerAddr => '127.0.0.1:{closed}') or die \"cannot connect: $@\";\ndone_testing;\n"}, has("prove")),
    ("subtest-tap", PERMANENT, "prove a.t", "a subtest fails", {"a.t": "use Test::More;\nsubtest 'connection refused' => sub { is_deeply(['503'], ['timed out'], 'database is locked'); };\ndone_testing;\n"}, has("prove", **H)),
    ("gobench-race", PERMANENT, "GOCACHE=$PWD/c GO111MODULE=off go test -run Refused ./...", "an example's output differs", {"a_test.go": "package a\n\nimport \"fmt\"\n\nfunc ExampleRefused() {\n\tfmt.Println(\"connection refused\")\n\t// Output: 503 Service Unavailable\n}\n"}, has("go", **H)),
    ("gofuzz-panic", PERMANENT, "GOCACHE=$PWD/c GO111MODULE=off go test ./...", "a test panics", {"a_test.go": "package a\n\nimport \"testing\"\n\nfunc TestConnectionTimeout(t *testing.T) { var p *int; *p = 503 }\n"}, has("go", **H)),
    ("pyexcept-group", PERMANENT, "python3 a.py", "a group of bugs", {"a.py": "raise ExceptionGroup('connection timeout', [ValueError('503'), KeyError('refused')])\n"}, has("python3", **H)),
    ("pynote-network", NETWORK, "python3 a.py", "an exception with notes", {"a.py": "import urllib.request\ntry:\n    urllib.request.urlopen('http://127.0.0.1:{closed}/')\nexcept OSError as e:\n    e.add_note('while syncing the catalogue')\n    raise\n"}, has("python3")),
    ("pyfinally-mask", NETWORK, "python3 a.py", "an error while another one is handled", {"a.py": "import urllib.request\ntry:\n    {}['connection']\nexcept KeyError:\n    urllib.request.urlopen('http://127.0.0.1:{closed}/')\n"}, has("python3")),
    ("pybug-after", PERMANENT, "python3 a.py", "a bug in the handler of an optional download", {"a.py": "import urllib.request\ntry:\n    urllib.request.urlopen('http://127.0.0.1:{closed}/')\nexcept OSError:\n    print('no cache, going on')\nprint(unknown_timeout)\n"}, has("python3", **H)),
    ("pydata-csv", PERMANENT, "python3 a.py", "a bad row of data", {"a.py": "import csv\nrows = list(csv.DictReader(['host,status', 'a,connection refused', 'b,503']))\nfor row in rows: print(row['host'], int(row['status']))\n"}, has("python3", **H)),
    ("nodetest-nested", PERMANENT, "node --test a.test.js", "a nested assertion", {"a.test.js": "const {describe, it} = require('node:test'); const assert = require('node:assert');\ndescribe('rate limit exceeded', () => { it('connection refused', () => assert.deepEqual({e: 'ECONNREFUSED'}, {e: 'ETIMEDOUT'})); });\n"}, has("node", **H)),
    ("bashtrap-err", PERMANENT, "bash a.sh", "a trap tells where", {"a.sh": "set -eE\ntrap 'echo \"failed at line $LINENO: $BASH_COMMAND\" >&2' ERR\ngrep -q 'connection refused: 503' /dev/null\n"}, has("bash", **H)),
    ("bashdebug-xtrace", PERMANENT, "bash -x a.sh", "a trace before a missing file", {"a.sh": "set -e\necho 'checking the connection: timed out after 3 tries'\ncat missing-503.txt\n"}, has("bash", **H)),
    ("cpstale-handle", PERMANENT, "cp -r connection-timeout d", "no such folder", {}, has("cp", **H)),
    ("sedwords-syntax", PERMANENT, "sed 's/connection timed out/503' a.txt", "a bad expression", {"a.txt": "x"}, has("sed", **H)),
    ("findwords-option", PERMANENT, "find . -connection-timeout 503", "an unknown predicate", {}, has("find", **H)),
    ("javafx-module", PERMANENT, "java --add-modules connection.timeout -version", "no such module", {}, has("java", **H)),
    ("javanested-test", NETWORK, "java A.java", "suppressed and nested", {"A.java": "public class A { public static void main(String[] a) throws Exception { try { java.net.http.HttpClient.newHttpClient().send(java.net.http.HttpRequest.newBuilder(java.net.URI.create(\"http://127.0.0.1:{closed}/\")).build(), java.net.http.HttpResponse.BodyHandlers.ofString()); } catch (java.io.IOException e) { throw new RuntimeException(\"nightly sync failed\", e); } } }\n"}, has("java")),
    ("rustresult-main", NETWORK, "rustc -o a a.rs && ./a", "main returns the error", {"a.rs": "use std::error::Error;\nfn main() -> Result<(), Box<dyn Error>> {\n    std::net::TcpStream::connect((\"127.0.0.1\", {closed}))?;\n    Ok(())\n}\n"}, has("rustc")),
    ("rusttest-words", PERMANENT, "rustc --test -o a a.rs && ./a", "an assertion", {"a.rs": "#[test]\nfn connection_refused() { assert_eq!(\"503 Service Unavailable\", \"timed out\", \"database is locked\"); }\n"}, has("rustc", **H)),
    ("cppexcept-runtime", PERMANENT, "g++ a.cpp -o a && ./a", "an uncaught logic error", {"a.cpp": "#include <vector>\nint main() { std::vector<int> connection_timeouts(3); return connection_timeouts.at(503); }\n"}, has("g++", **H)),
    ("cppexcept-system", NETWORK, "g++ a.cpp -o a && ./a", "an uncaught system error", {"a.cpp": "#include <system_error>\nint main() { throw std::system_error(111, std::generic_category(), \"connect\"); }\n"}, has("g++")),
    ("casan-overflow", PERMANENT, "gcc -fsanitize=address a.c -o a && ./a", "a buffer overflow", {"a.c": "#include <string.h>\nint main(void) { char timeout[4]; strcpy(timeout, \"connection refused 503\"); return timeout[0]; }\n"}, has("gcc", **H)),
    ("cassert-abort", PERMANENT, "gcc a.c -o a && ./a", "an assertion", {"a.c": "#include <assert.h>\nint main(void) { int connection_timeout = 503; assert(connection_timeout == 0 && \"connection refused\"); }\n"}, has("gcc", **H)),
]
