"""What collect.py runs: tools times faults, and single programs that fail in their own way."""

import os

NETWORK, RATE, RESOURCE, TRANSIENT, PERMANENT = (
    "network",
    "rate_limit",
    "resource",
    "transient",
    "permanent",
)

# Faults every client of HTTP meets: URL, label, what it is.
WEB = {
    "refused": ("http://127.0.0.1:{closed}/x", NETWORK, "nothing listens on the port"),
    "reset": ("http://127.0.0.1:{reset}/x", NETWORK, "the connection is reset"),
    "closed": ("http://127.0.0.1:{close}/x", NETWORK, "the server closes without an answer"),
    "dns": ("http://files.example.invalid/x", NETWORK, "the name does not resolve"),
    "cut": ("http://127.0.0.1:{web}/cut", NETWORK, "the body ends early"),
    "503": ("http://127.0.0.1:{web}/status/503/x", TRANSIENT, "503 from the server"),
    "500": ("http://127.0.0.1:{web}/status/500/x", TRANSIENT, "500 from the server"),
    "502": ("http://127.0.0.1:{web}/status/502/x", TRANSIENT, "502 from the server"),
    "429": ("http://127.0.0.1:{web}/limited/x", RATE, "429 from the server"),
    "404": ("http://127.0.0.1:{web}/timeout/503", PERMANENT, "404; the numbers are in the path"),
    "403": ("http://127.0.0.1:{web}/status/403/x", PERMANENT, "403 from the server"),
    "401": ("http://127.0.0.1:{web}/status/401/x", PERMANENT, "401 from the server"),
    "cert": ("https://127.0.0.1:{tls}/x", PERMANENT, "the certificate is self-signed"),
    "plain": ("https://127.0.0.1:{web}/x", PERMANENT, "TLS is spoken to a plain port"),
    "handshake": ("https://127.0.0.1:{reset}/x", NETWORK, "the TLS handshake is reset"),
}
ALL = tuple(WEB)
NOT_HTTP = ("refused", "reset", "closed", "dns", "cert", "handshake")

PY = "import sys\nurl = sys.argv[1]\n"
SCRIPTS = {
    "urllib.py": PY
    + "import urllib.request\nprint(urllib.request.urlopen(url, timeout=3).read())\n",
    "requests.py_": PY
    + "import requests\nr = requests.get(url, timeout=3)\nr.raise_for_status()\n",
    "httpx.py_": PY + "import httpx\nr = httpx.get(url, timeout=3)\nr.raise_for_status()\n",
    "aio.py": PY
    + "import asyncio, aiohttp\nasync def main():\n    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(3), raise_for_status=True) as s:\n"
    "        async with s.get(url) as r:\n            await r.read()\nasyncio.run(main())\n",
    "fetch.mjs": "const r = await fetch(process.argv[2]);\nif (!r.ok) throw new Error(`GET failed: ${r.status} ${r.statusText}`);\nawait r.text();\n",
    "http.js": "const u = process.argv[2];\nrequire(u.startsWith('https') ? 'https' : 'http').get(u, r => {\n  if (r.statusCode !== 200) throw new Error('unexpected status ' + r.statusCode);\n  r.on('error', e => { throw e; }); r.resume();\n});\n",
    "main.go": 'package main\n\nimport (\n\t"io"\n\t"log"\n\t"net/http"\n\t"os"\n)\n\nfunc main() {\n\tr, err := http.Get(os.Args[1])\n\tif err != nil {\n\t\tlog.Fatal(err)\n\t}\n\tif r.StatusCode != 200 {\n\t\tlog.Fatalf("unexpected status: %s", r.Status)\n\t}\n\tif _, err := io.ReadAll(r.Body); err != nil {\n\t\tlog.Fatal(err)\n\t}\n}\n',
    "get.rb": "require 'open-uri'\nputs URI.open(ARGV[0], read_timeout: 3).read\n",
    "get.php": "<?php\n$r = file_get_contents($argv[1]);\nif ($r === false) { exit(1); }\n",
    "get.pl": 'use HTTP::Tiny;\nmy $r = HTTP::Tiny->new(timeout => 3)->get($ARGV[0]);\ndie "$r->{status} $r->{reason}: $r->{content}" unless $r->{success};\n',
    "Get.java": 'import java.net.*;\nimport java.net.http.*;\npublic class Get {\n  public static void main(String[] a) throws Exception {\n    var r = HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(a[0])).build(), HttpResponse.BodyHandlers.ofString());\n    if (r.statusCode() != 200) throw new java.io.IOException("Server returned HTTP response code: " + r.statusCode() + " for URL: " + a[0]);\n  }\n}\n',
    "get.exs": ":inets.start()\n:ssl.start()\n{:ok, {{_, 200, _}, _, _}} = :httpc.request(:get, {String.to_charlist(hd(System.argv())), []}, [timeout: 3000], [])\n",
}
V = os.environ.get("COLLECT_PYTHON", "")  # folder of Python tools, with a slash at its end
N = os.environ.get("COLLECT_NODE", "")  # the same for those of npm

# tool, command with URL in place of {}, the faults to try, files
CLIENTS = [
    ("curl", "curl -fsS -m 4 {}", ALL, ()),
    ("curl", "curl -sf -m 4 -o out {}", ("refused", "reset", "dns", "cut", "cert", "handshake"), ()),
    ("wget", "wget -q -T 3 -t 1 {}", ("refused", "reset", "dns", "cert", "handshake"), ()),
    ("wget", "wget -T 3 -t 1 {}", ALL[:13], ()),
    ("aria2c", "aria2c -t 3 --connect-timeout=3 -m 1 {}", ALL, ()),
    ("axel", "axel {}", ("dns", "404", "503"), ()),
    ("lftp", "lftp -c 'set net:max-retries 1; set net:timeout 3; get1 {}'", ("refused", "dns", "404", "403"), ()),
    ("http", V + "http --check-status --timeout 3 GET {}", ALL, ()),
    ("python", "python3 urllib.py {}", ALL, ("urllib.py",)),
    ("python", V + "python requests.py_ {}", ALL, ("requests.py_",)),
    ("python", V + "python httpx.py_ {}", ALL, ("httpx.py_",)),
    ("python", V + "python aio.py {}", ALL, ("aio.py",)),
    ("node", "node fetch.mjs {}", ALL, ("fetch.mjs",)),
    ("node", "node http.js {}", ALL, ("http.js",)),
    ("go", "./get {}", ALL, ("main.go",)),
    ("ruby", "ruby get.rb {}", ALL, ("get.rb",)),
    ("php", "php get.php {}", ALL, ("get.php",)),
    ("perl", "perl get.pl {}", ALL[:12], ("get.pl",)),
    ("java", "java Get.java {}", ALL, ("Get.java",)),
    ("elixir", "elixir get.exs {}", ("refused", "reset", "dns", "closed"), ("get.exs",)),
    ("git", "git -c http.lowSpeedLimit=1 ls-remote {}", ALL, ()),
    ("svn", "svn --non-interactive checkout {} wc", ALL, ()),
    ("hg", "hg clone {} wc", ALL, ()),
    ("pip", V + "pip install --retries 1 --timeout 3 --trusted-host files.example.invalid --index-url {} retry-helper", ("refused", "dns", "reset", "cert", "404"), ()),
    ("pip", V + "pip download --no-deps --retries 0 --timeout 3 {}/a-1.0-py3-none-any.whl", ("refused", "dns", "503", "429", "404", "403", "502"), ()),
    ("uv", V + "uv pip install --no-cache --python " + V + "python --target t --index-url {} attrs", ALL, ()),
    ("npm", "npm install --fetch-retries 0 --fetch-timeout 3000 --registry {} left-pad", ALL, ()),
    ("pnpm", N + "pnpm add --registry {} left-pad", ALL, ()),
    ("yarn", N + "yarn add --network-timeout 3000 --registry {} left-pad", ("refused", "dns", "404", "503", "cert", "429"), ()),
    ("gem", "gem install --source {} retry", ("refused", "dns", "503", "cert", "reset"), ()),
    ("cargo", "cargo install --index sparse+{}/ retry", ("refused", "dns", "404", "503", "429", "cert", "403"), ()),
    ("skopeo", "skopeo inspect --tls-verify=false docker://127.0.0.1:{closed}/a/b", ("refused",), ()),
    ("skopeo", "skopeo inspect docker://127.0.0.1:{tls}/a/b", ("cert",), ()),
    ("skopeo", "skopeo inspect docker://registry.example.invalid/a/b", ("dns",), ()),
    ("kubectl", "kubectl --server {} --token x get pods --request-timeout 3s", ("refused", "dns", "reset", "503", "429", "403", "401", "cert"), ()),
    ("aws", "AWS_ACCESS_KEY_ID=a AWS_SECRET_ACCESS_KEY=b AWS_MAX_ATTEMPTS=1 " + V + "aws --endpoint-url {} --region eu-west-1 --no-paginate s3api list-buckets --cli-connect-timeout 3 --cli-read-timeout 3", ("refused", "dns", "503", "403", "429", "cert"), ()),
    ("docker", "docker -H tcp://127.0.0.1:{closed} ps", ("refused",), ()),
    ("twine", V + "twine upload --non-interactive -u a -p b --repository-url {} a-1.0.tar.gz", ("refused", "dns", "503", "403", "cert"), ("a-1.0.tar.gz",)),
    ("ansible", V + "ansible localhost -c local -m get_url -a 'url={} dest=f timeout=3'", ("refused", "dns", "503", "404", "cert", "429"), ()),
    ("apt-get", "apt-get -o Dir=$PWD -o Acquire::Retries=0 -o Dir::State::status=/dev/null update", (), ()),
]  # fmt: skip
SCRIPTS["a-1.0.tar.gz"] = "no archive"


def clients():
    for number, (tool, command, faults, files) in enumerate(CLIENTS):
        for fault in faults:
            url, category, why = WEB[fault]
            if tool == "twine":
                before = "mkdir a-1.0; printf 'Metadata-Version: 2.1\\nName: a\\nVersion: 1.0\\n' > a-1.0/PKG-INFO; tar czf a-1.0.tar.gz a-1.0"
            elif tool == "go":
                before = "HOME=$PWD go mod init example.org/get && HOME=$PWD go build -o get ."
            elif tool == "npm":
                before = 'echo \'{"name":"a","version":"1.0.0"}\' > package.json'
            elif tool == "pnpm":
                before = "printf 'fetch-retries=0\nfetch-timeout=3000\n' > .npmrc; printf 'fetchRetries: 0\nfetchTimeout: 3000\n' > pnpm-workspace.yaml; echo '{}' > package.json"
            else:
                before = None
            filled = command.replace("{}", url)
            yield {
                "id": f"{tool}-{number}-{fault}", "tool": tool, "command": filled, "category": category, "why": why,
                "needs": command.split()[0] if "/" in command.split()[0] and not command.startswith("./") else tool,
                "files": {name: SCRIPTS[name] for name in files}, "before": before,
            }  # fmt: skip


def case(
    name, category, command, why, files=None, *, before=None, needs=None, hard=False, env=None
):
    tool = name.split("-")[0]
    return {"id": name, "tool": tool, "command": command, "category": category, "why": why, "files": files or {},
            "before": before, "needs": needs or command.split()[0].split("=")[-1] if needs is None else needs, "hard": hard, "env": env}  # fmt: skip


def singles():
    from tests.lab.single_cases import CASES

    from tests.lab.more_cases import CASES as MORE

    for row in (*CASES, *MORE):
        yield case(*row[:4], *(row[4:5]), **(row[5] if len(row) > 5 else {}))


def others():
    from tests.lab.rounds import clients, round_01

    for tool, command, faults, options in clients.CLIENTS:
        for fault in faults:
            url, category, why = {**WEB, **clients.SAID}[fault]
            yield case(
                f"{tool}-{fault}", category, command.replace("{}", url), why, **{"needs": "bash", **options},
            )  # fmt: skip
    for name, category, command, why, files, options in round_01.CASES:
        yield case(name, category, command, why, files, **{"needs": "bash", **options})


MATRIX = ("400", "401", "403", "404", "invalid", "429", "500", "502", "503", "504", "closed", "hang", "cert", "handshake", "refused", "dns")  # fmt: skip


def matrix():
    """Every other client with every fault that it was not shown yet."""
    from tests.lab.rounds import clients

    for tool, command, faults, options in clients.CLIENTS:
        for fault in MATRIX:
            if fault not in faults:
                url, category, why = {**WEB, **clients.SAID}[fault]
                yield case(
                    f"{tool}-{fault}", category, command.replace("{}", url), why, **{"needs": "bash", **options},
                )  # fmt: skip


def later():
    from importlib import import_module

    rounds = (import_module(f"tests.lab.rounds.round_{number:02}") for number in range(2, 12))
    for name, category, command, why, files, options in (
        row for each in rounds for row in each.CASES
    ):
        yield case(name, category, command, why, files, **{"needs": "bash", **options})


def cases():
    yield from clients()
    yield from singles()
    yield from others()
    yield from matrix()
    yield from later()
