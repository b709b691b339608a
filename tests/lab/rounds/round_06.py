"""A sixth round: package managers and site builders against a registry or a site that fails."""

from tests.lab.rounds.round_01 import has, npm, py
from tests.lab.scenarios import NETWORK, PERMANENT, RATE, TRANSIENT

# fmt: off
FAULTS = {
    "refused": ("http://127.0.0.1:{closed}", NETWORK, "refused"),
    "dns": ("http://files.example.invalid", NETWORK, "no such host"),
    "503": ("http://127.0.0.1:{web}/status/503", TRANSIENT, "503"),
    "404": ("http://127.0.0.1:{web}/timeout/503", PERMANENT, "404; the numbers are in the path"),
    "403": ("http://127.0.0.1:{web}/status/403", PERMANENT, "403"),
    "429": ("http://127.0.0.1:{web}/limited/x", RATE, "429"),
}
TOOLS = [
    ("galaxyinstall", "ansible-galaxy collection install -s {} a.b", py("r2a"), ("refused", "dns", "503", "403")),
    ("cabalupdate", "mkdir -p .cabal; printf 'repository lab\\n  url: {}\\n' > .cabal/config; cabal --config-file=.cabal/config update", has("cabal"), ("refused", "dns")),
    ("composerrepo", "echo '{\"repositories\":[{\"type\":\"composer\",\"url\":\"URL\"},{\"packagist.org\":false}],\"require\":{\"a/b\":\"*\"},\"config\":{\"secure-http\":false}}' | sed 's|URL|{}|' > composer.json; COMPOSER_ALLOW_SUPERUSER=1 composer update --no-interaction", has("composer"), ("refused", "dns", "503", "403", "404")),
    ("geminstall", "gem install --clear-sources --source {}/ rack", has("gem"), ("refused", "dns", "503")),
    ("rinstall", "Rscript -e 'options(warn=2); install.packages(\"lab\", repos=\"{}\", lib=\".\")'", has("Rscript"), ("refused", "dns")),
    ("opaminit", "opam init --bare --disable-sandboxing --no-setup --root=$PWD/o {}/repo.tar.gz", has("opam"), ("refused", "dns")),
    ("kubectlurl", "kubectl apply --server http://127.0.0.1:{closed} --validate=false -f {}/a.yml", has("kubectl"), ("dns", "404", "503", "403")),
    ("npmaudit", "echo '{\"name\":\"a\",\"version\":\"1.0.0\",\"dependencies\":{\"left-pad\":\"1.0.0\"}}' > package.json; npm install --fetch-retries 0 --registry {} --no-audit", has("npm"), ("refused", "403", "429", "503")),
    ("pnpmadd", "echo '{\"name\":\"a\"}' > package.json; printf 'fetchRetries: 0\\n' > pnpm-workspace.yaml; pnpm add left-pad --registry {}", npm("task2"), ("refused", "404", "503", "429", "403")),
    ("yarnadd", "echo '{\"name\":\"a\"}' > package.json; yarn add left-pad --registry {} --network-timeout 3000", npm("task2"), ("refused", "404", "403")),
    ("tfhttpmodule", "printf 'module \"a\" {\\n  source = \"{}/a.zip\"\\n}\\n' > main.tf; terraform init -no-color -input=false", has("terraform"), ("refused", "404", "503", "403")),
    ("precommitrepo", "git init -q; printf 'repos:\\n- repo: {}/x.git\\n  rev: v1\\n  hooks: [{id: a}]\\n' > .pre-commit-config.yaml; pre-commit run --all-files", py("more"), ("refused", "dns", "503", "404")),
    ("sequelizemigrate", "mkdir -p config migrations; echo '{\"development\":{\"dialect\":\"postgres\",\"host\":\"127.0.0.1\",\"port\":{closed},\"username\":\"a\",\"password\":\"b\",\"database\":\"c\"}}' > config/config.json; echo '{ }' > package.json; sequelize-cli db:migrate # {}", npm("task2"), ("refused",)),
    ("nbexecute", "echo '{\"cells\":[{\"cell_type\":\"code\",\"execution_count\":null,\"id\":\"a\",\"metadata\":{ },\"outputs\":[],\"source\":[\"import urllib.request as u; u.urlopen(\\\"{}/x\\\")\"]}],\"metadata\":{ },\"nbformat\":4,\"nbformat_minor\":5}' > a.ipynb; jupyter execute a.ipynb", py("data"), ("refused", "503", "404")),
    ("redoclyurl", "redocly lint {}/a.yaml", npm("r4"), ("refused", "404", "503")),
    ("spectralurl", "printf \"extends: ['spectral:oas']\\n\" > .spectral.yaml; spectral lint {}/a.yaml", npm("r4"), ("refused", "404")),
    ("sphinxlink", "printf 'project=\"a\"\\nlinkcheck_timeout=3\\nlinkcheck_retries=1\\n' > conf.py; printf 'a\\n=\\n\\n`x <{}/p>`_\\n' > index.rst; sphinx-build -q -b linkcheck . out", py("web"), ("refused", "503")),
    ("condaless", "pip install -q --no-cache-dir --retries 0 --timeout 3 git+{}/x.git", py("cli"), ("refused", "dns", "503", "403")),
    ("uvsync", "printf '[project]\\nname=\"a\"\\nversion=\"1\"\\nrequires-python=\">=3.9\"\\ndependencies=[\"attrs\"]\\n' > pyproject.toml; UV_HTTP_TIMEOUT=3 uv sync --no-cache --default-index {}/simple", py("r2a"), ("refused", "dns", "403", "404", "503", "429")),
]
CASES = [
    (f"{tool}-{fault}", FAULTS[fault][1], command.replace("{}", FAULTS[fault][0]), FAULTS[fault][2], {}, options)
    for tool, command, options, faults in TOOLS
    for fault in faults
]
