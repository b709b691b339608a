"""More clients of HTTP, each with the faults it is shown: (tool, command, faults, options)."""

from tests.lab.scenarios import NETWORK, PERMANENT, RATE, TRANSIENT

WEB = "http://127.0.0.1:{web}/said/"
SAID = {
    "hang": ("http://127.0.0.1:{hang}/x", NETWORK, "the server never answers"),
    "400": ("http://127.0.0.1:{web}/status/400/x", PERMANENT, "400 from the server"),
    "409": ("http://127.0.0.1:{web}/status/409/x", PERMANENT, "409 from the server"),
    "504": ("http://127.0.0.1:{web}/status/504/x", TRANSIENT, "504 from the server"),
    "github-limit": (WEB + "github-limit", RATE, "403 that is a rate limit"),
    "github-secondary": (WEB + "github-secondary", RATE, "403, the secondary rate limit"),
    "github-scope": (WEB + "github-scope", PERMANENT, "403 for want of a scope"),
    "aws-throttle": (WEB + "aws-throttle", RATE, "400 that is throttling"),
    "s3-slow": (WEB + "s3-slow", RATE, "503 SlowDown"),
    "s3-missing": (WEB + "s3-missing", PERMANENT, "no such bucket"),
    "s3-signature": (WEB + "s3-signature", PERMANENT, "a wrong signature"),
    "gemini-quota": (WEB + "gemini-quota", RATE, "a quota over time"),
    "llm-overloaded": (WEB + "llm-overloaded", TRANSIENT, "529, the model is overloaded"),
    "llm-limit": (WEB + "llm-limit", RATE, "429 with a wait in words"),
    "llm-context": (WEB + "llm-context", PERMANENT, "too long a prompt"),
    "llm-key": (WEB + "llm-key", PERMANENT, "a wrong key"),
    "k8s-conflict": (WEB + PERMANENT, "a conflict of versions"),
    "k8s-forbidden": (WEB + "k8s-forbidden", PERMANENT, "forbidden"),
    "k8s-busy": (WEB + "k8s-busy", TRANSIENT, "the API server is busy"),
    "es-busy": (WEB + "es-busy", RATE, "the queue is full, 429"),
    "es-readonly": (WEB + "es-readonly", PERMANENT, "a read-only index"),
    "invalid": (WEB + "invalid", PERMANENT, "422, a wrong field"),
    "maintenance": (WEB + "maintenance", TRANSIENT, "503 with a page of HTML"),
}
BASE = ("refused", "dns", "503", "404", "429", "cert", "reset")
SHORT = ("refused", "dns", "503", "403")
S3 = ("refused", "dns", "s3-slow", "s3-missing", "s3-signature", "503")


def py(env, code):
    return "python -c '" + code.replace("\n", "\n") + "'", {"env": "py/" + env}


def js(code):
    return 'node --input-type=module -e "' + code + '"', {"env": "npm/net"}


def client(tool, made, faults):
    command, options = made
    return tool, command, faults, options


CLIENTS = [
    ("wget2", "wget2 --tries=1 --timeout=3 {}", ("404", "cert"), {"needs": "wget2"}),
    ("tnftp", "tnftp -q 3 -o out {}", ("refused", "dns", "404", "503"), {"needs": "tnftp"}),
    ("zsync", "zsync {}", ("refused",), {"needs": "zsync"}),
    ("ab", "ab -s 3 -n 2 {}", ("refused", "dns", "reset"), {"needs": "ab"}),
    ("brz", "PATH=/usr/bin:$PATH brz branch {} wc", ("refused", "dns", "404", "503", "cert"), {"needs": "brz"}),
    ("fossil", "USER=a fossil clone {} f.fossil", ("refused", "404"), {"needs": "fossil"}),
    ("yt_dlp", "yt-dlp --no-update --retries 0 --extractor-retries 0 --socket-timeout 3 {}", (*BASE, "hang"), {"env": "py/web"}),
    ("streamlink", "streamlink hls://{} best -O", ("refused", "dns", "404", "503"), {"env": "py/web"}),
    ("ffmpeg", "ffmpeg -hide_banner -i {} out.wav", ("refused", "dns", "404", "503", "403"), {"needs": "ffmpeg"}),
    ("R", "Rscript -e 'options(timeout=3); download.file(\"{}\", \"out\")'", ("refused", "dns", "404", "503"), {"needs": "Rscript"}),
    ("pandoc", "pandoc {} -o out.html", ("refused", "dns", "404"), {"needs": "pandoc"}),
    ("conan", "conan profile detect >/dev/null 2>&1; conan remote add r {} >/dev/null 2>&1; conan install --requires=zlib/1.2 -r r", ("refused", "dns", "503", "403"), {"env": "py/cli"}),
    ("pip_compile", "echo attrs > requirements.in; pip-compile -q --no-config --pip-args '--retries 0 --timeout 3' -i {} requirements.in", ("refused", "dns", "404"), {"env": "py/cli"}),
    ("pipx", "PIP_RETRIES=0 PIP_TIMEOUT=3 PIPX_HOME=$PWD/p pipx install --index-url {} attrs", ("dns",), {"env": "py/cli"}),
    ("flit", "printf '\"\"\"A\"\"\"\\n__version__=\"1\"\\n' > a.py; FLIT_INDEX_URL={} FLIT_USERNAME=a FLIT_PASSWORD=b flit publish", ("refused", "503", "403"), {"env": "py/cli", "before": "printf '[build-system]\nrequires=[\"flit_core\"]\nbuild-backend=\"flit_core.buildapi\"\n[project]\nname=\"a\"\nauthors=[{name=\"a\"}]\ndynamic=[\"version\",\"description\"]\n' > pyproject.toml"}),
    client("huggingface", py("api", "import os\nos.environ[\"HF_ENDPOINT\"]=\"{}\"\nimport huggingface_hub as h\nh.HfApi(endpoint=\"{}\").model_info(\"a/b\", timeout=3)"), ("refused", "dns", "404", "429", "403", "500")),
    client("cohere", py("api", "import cohere\ncohere.ClientV2(\"k\", base_url=\"{}\", timeout=3).chat(model=\"m\", messages=[{\"role\": \"user\", \"content\": \"hi\"}], request_options={\"max_retries\": 0})"), ("refused", "429", "503", "400")),
    client("litellm", py("api", "import litellm\nlitellm.completion(model=\"openai/m\", api_key=\"k\", base_url=\"{}\", max_retries=0, timeout=3, messages=[{\"role\": \"user\", \"content\": \"hi\"}])"), ("refused", "llm-limit", "llm-key", "llm-context", "503")),
    client("genai", py("api", "from google import genai\nc=genai.Client(api_key=\"k\", http_options={\"base_url\": \"{}\", \"timeout\": 3000})\nc.models.generate_content(model=\"m\", contents=\"hi\")"), ("gemini-quota", "503", "refused", "400")),
    client("github", py("api", "import github\ngithub.Github(base_url=\"{}\", retry=None, timeout=3).get_user(\"a\").name"), ("refused", "github-limit", "github-scope", "github-secondary", "404", "502")),
    client("gitlab", py("api", "import gitlab\ngitlab.Gitlab(\"{}\", private_token=\"t\", timeout=3).projects.get(1)"), ("refused", "404", "503", "401")),
    client("slack", py("api", "import slack_sdk\nslack_sdk.WebClient(token=\"t\", base_url=\"{}/\", timeout=3).api_test()"), ("refused", "429", "503")),
    client("jira", py("api", "import jira\njira.JIRA(\"{}\", max_retries=0, timeout=3)"), ("refused", "401", "503")),
    client("elastic", py("api", "import elasticsearch\nelasticsearch.Elasticsearch(\"{}\", max_retries=0, request_timeout=3).info()"), ("refused", "es-busy", "es-readonly", "503", "cert")),
    client("influxdb", py("api", "import influxdb_client as i\ni.InfluxDBClient(\"{}\", token=\"t\", org=\"o\", timeout=3000).query_api().query(\"from()\")"), ("refused", "503", "401", "429")),
    client("dockerpy", py("api", "import docker\ndocker.DockerClient(base_url=\"{}\", timeout=3, version=\"1.44\").containers.list()"), ("refused", "500", "404")),
    client("k8spy", py("api", "import kubernetes.client as k\nc=k.Configuration(host=\"{}\", retries=0)\nk.CoreV1Api(k.ApiClient(c)).list_namespaced_pod(\"d\", _request_timeout=3)"), ("refused", "k8s-forbidden", "k8s-busy", "cert")),
    client("gcs", py("api", "from google.auth.credentials import AnonymousCredentials as A\nfrom google.cloud import storage\nlist(storage.Client(project=\"p\", credentials=A(), client_options={\"api_endpoint\": \"{}\"}).list_buckets(retry=None, timeout=3))"), ("refused", "429", "403", "503")),
    client("azureblob", py("api", "from azure.storage.blob import BlobServiceClient as B\nlist(B(\"{}\", credential=None, retry_total=0, connection_timeout=3, read_timeout=3).list_containers())"), ("refused", "503", "404", "403")),
    client("minio", py("api", "import minio, urllib3\nh=\"{}\".split(\"//\")[1].split(\"/\")[0]\nminio.Minio(endpoint=h, access_key=\"a\", secret_key=\"b\", secure=False, http_client=urllib3.PoolManager(retries=False, timeout=3)).list_buckets()"), ("refused", "dns")),
    client("stripe", py("api", "import stripe\nstripe.api_key=\"k\"; stripe.api_base=\"{}\"; stripe.max_network_retries=0\nstripe.Customer.list()"), ("refused", "429", "401")),
    client("zeep", py("api", "import zeep\nzeep.Client(\"{}\")"), ("refused", "404", "503")),
    client("websockets", py("api", "import asyncio, websockets\nasync def m():\n    async with websockets.connect(\"{}\".replace(\"http\", \"ws\"), open_timeout=3): pass\nasyncio.run(m())"), ("refused", "dns", "503", "403", "closed", "hang")),
    client("grpc", py("api", "import grpc\nc=grpc.insecure_channel(\"{}\".split(\"//\")[1].split(\"/\")[0])\nc.unary_unary(\"/a.B/C\")(b\"\", timeout=3)"), ("refused", "dns", "hang")),
    ("kaggle", "KAGGLE_USERNAME=a KAGGLE_KEY=b KAGGLE_API_ENDPOINT={} kaggle datasets list", ("refused",), {"env": "py/data"}),
    ("s4cmd", "S3_ACCESS_KEY=a S3_SECRET_KEY=b s4cmd --retry 1 --endpoint-url {} ls s3://b", ("refused", "s3-missing", "403"), {"env": "py/data"}),
    ("swift", "swift -A {} -U a:b -K c --retries 0 list", ("refused", "401", "503", "dns"), {"env": "py/more"}),
    ("check_jsonschema", "echo '{}' > a.json; check-jsonschema --schemafile {} a.json".replace("'{}'", "'[1]'"), ("refused", "404", "dns"), {"env": "py/more"}),
    client("axios", js("import axios from 'axios'; await axios.get('{}', {timeout: 3000})"), (*BASE, "closed", "hang", "403")),
    client("got", js("import got from 'got'; await got('{}', {retry: {limit: 0}, timeout: {request: 3000}})"), (*BASE, "hang")),
    client("undici", js("import {request} from 'undici'; const r = await request('{}', {headersTimeout: 2000}); if (r.statusCode != 200) throw new Error('bad answer: HTTP ' + r.statusCode)"), ("refused", "dns", "503", "cert", "hang", "closed")),
    client("nodefetch", js("import f from 'node-fetch'; const r = await f('{}'); if (!r.ok) throw new Error(r.status + ' ' + r.statusText)"), ("refused", "dns", "503", "404", "429")),
    client("superagent", js("import s from 'superagent'; await s.get('{}').timeout(3000)"), ("refused", "503", "404", "hang")),
    client("octokit", js("import {Octokit} from '@octokit/rest'; await new Octokit({baseUrl: '{}', log: {debug: String, info: String, warn: console.warn, error: console.error}}).repos.get({owner: 'a', repo: 'b'})"), ("refused", "github-limit", "github-scope", "404", "502", "invalid")),
    client("awssdk", js("import {S3Client, ListBucketsCommand} from '@aws-sdk/client-s3'; await new S3Client({region: 'eu-west-1', endpoint: '{}', maxAttempts: 1, credentials: {accessKeyId: 'a', secretAccessKey: 'b'}}).send(new ListBucketsCommand({}))".replace("({})", "({ })")), S3),
    client("genaijs", js("import {GoogleGenAI} from '@google/genai'; await new GoogleGenAI({apiKey: 'k', httpOptions: {baseUrl: '{}'}}).models.generateContent({model: 'm', contents: 'hi'})"), ("gemini-quota", "503", "refused")),
    client("wsjs", js("import W from 'ws'; new W('{}'.replace('http', 'ws'), {handshakeTimeout: 2000})"), ("refused", "dns", "503", "hang")),
    ("newman", "echo '{\"info\":{\"name\":\"a\",\"schema\":\"https://schema.getpostman.com/json/collection/v2.1.0/collection.json\"},\"item\":[{\"name\":\"x\",\"request\":\"{}\"}]}' > c.json; newman run --color off --timeout-request 3000 c.json".replace('"{}"', '"{}"'), ("refused", "dns"), {"env": "npm/net"}),
    ("linkinator", "linkinator {} --timeout 3000", ("404", "503"), {"env": "npm/net"}),
    ("ncu", "echo '{\"dependencies\":{\"left-pad\":\"^1.0.0\"}}' > package.json; npm-check-updates --registry {} --retry 0 --timeout 9000".replace("echo '{\"", "echo '{\""), ("refused",), {"env": "npm/net"}),
    ("bun", "echo '[install]\nregistry = \"{}\"' > bunfig.toml; echo '{ }' > package.json; bun add left-pad", ("refused", "dns", "404", "503", "429", "403"), {"env": "npm/task"}),
    ("deno", "deno run --allow-net -r {}/a.ts", ("refused", "dns", "404", "503", "cert"), {"env": "npm/task"}),
    ("lerna", "git init -q; echo '{\"name\":\"r\",\"workspaces\":[\"p/*\"],\"version\":\"1.0.0\"}' > package.json; echo '{\"version\":\"1.0.0\"}' > lerna.json; mkdir -p p/a; echo '{\"name\":\"lab-a\",\"version\":\"1.0.0\"}' > p/a/package.json; git add -A; git -c user.name=a -c user.email=a@a.org commit -qm a; lerna publish from-package --yes --no-progress --registry {}", ("refused",), {"env": "npm/task"}),
    ("terraform", "printf 'terraform {\n  backend \"http\" {\n    address = \"{}\"\n    retry_max = 0\n  }\n}\n' > main.tf; terraform init -no-color -input=false", ("refused", "dns", "503", "403", "cert"), {"needs": "terraform"}),
    ("kubectlapply", "printf 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n' > a.yml; kubectl --server {} --token x apply --validate=false -f a.yml --request-timeout 3s", ("k8s-busy", "hang"), {"needs": "kubectl"}),
    ("sphinx", "printf 'project=\"a\"\nlinkcheck_timeout=3\nlinkcheck_retries=1\n' > conf.py; printf 'a\n=\n\n`x <{}>`_\n' > index.rst; sphinx-build -q -b linkcheck . out", ("404",), {"env": "py/web"}),
    ("mojo", "perl -MLWP::UserAgent -e 'my $r = LWP::UserAgent->new(timeout => 3)->get(shift); die $r->status_line, \"\\n\" unless $r->is_success' {}", BASE, {"needs": "perl"}),
    ("erlang", "erl -noshell -eval 'inets:start(), ssl:start(), {ok, {{_, 200, _}, _, _}} = httpc:request(get, {\"URL\", []}, [{timeout, 3000}], []), halt(0).'".replace("URL", "{}"), ("refused", "dns", "hang"), {"needs": "erl"}),
    ("clojure", "clojure -e '(slurp \"{}\")'", ("refused", "dns", "404", "503"), {"needs": "clojure"}),
]  # fmt: skip
