"""Record how real tools fail: `python -m tests.lab.collect OUT.jsonl [PATTERN [GROUP]]`.

Every tool that is installed is run against servers on 127.0.0.1 that refuse, reset, hang or answer
with errors, against locks, limits and broken programs. One line of JSON a case; the label is what
the fault is, known before the tool speaks. Nothing outside this machine is asked.

Patterns are parted by commas. A group is a function of `scenarios`: clients, singles, others, matrix,
later, or all of them (cases).
`COLLECT_ENVS` names a folder with virtual environments `py/NAME` and npm projects `npm/NAME`; a
case with `env` is run with that one's programs first. Cases that need a database or a full file
system are left out where the servers are not installed or nothing may be mounted.
"""

import argparse
import fnmatch
import http.server
import json
import os
import re
import shutil
import socket
import socketserver
import ssl
import struct
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from tests.lab import scenarios, services

LIMIT = 25
KEPT = 4000


class Web(http.server.BaseHTTPRequestHandler):
    """Answers /status/N…, /limited…, /cut…, /hang…; anything else is 404."""

    protocol_version = "HTTP/1.1"

    def answer(self):
        match = re.match(r"/status/(\d+)", self.path)
        if self.path.startswith("/hang"):
            time.sleep(40)
        elif self.path.startswith("/cut"):
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", "100000")
            self.end_headers()
            self.wfile.write(b"x" * 1000)
            self.close_connection = True
        elif self.path.startswith("/reset"):
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.close_connection = True
            self.connection.close()
        else:
            said = re.match(r"/said/([\w-]+)", self.path)
            code = int(match[1]) if match else 429 if self.path.startswith("/limited") else 404
            body = b'{"message": "' + self.responses.get(code, ("", ""))[0].encode() + b'"}'
            if said:
                code, text = services.SAID[said[1]]
                body = text.encode()
            self.send_response(code)
            if code == 429:
                self.send_header("Retry-After", "2")
            xml = body.startswith(b"<")
            self.send_header("Content-Type", "application/xml" if xml else "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

    do_GET = do_POST = do_PUT = do_HEAD = do_PROPFIND = do_OPTIONS = do_PATCH = do_DELETE = answer

    def log_message(self, *_):
        pass


class Raw(socketserver.BaseRequestHandler):
    """Breaks a connection as `fault` says: reset, close, hang."""

    fault = "close"

    def handle(self):
        if self.fault == "hang":
            time.sleep(40)
        elif self.fault == "reset":
            self.request.settimeout(1)
            try:
                self.request.recv(1)
            except OSError:
                pass
            self.request.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        elif self.fault == "close":
            self.request.settimeout(0.2)
            try:
                self.request.recv(65536)
            except OSError:
                pass


class Threads(socketserver.ThreadingTCPServer):
    daemon_threads = allow_reuse_address = True

    def handle_error(self, *_):
        pass


def serve(handler, context=None):
    server = Threads(("127.0.0.1", 0), handler)
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_address[1]


def faults(folder):
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-subj", "/CN=selfsigned.example.org",
         "-keyout", f"{folder}/key.pem", "-out", f"{folder}/cert.pem"], check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(f"{folder}/cert.pem", f"{folder}/key.pem")
    closed = socket.socket()
    closed.bind(("127.0.0.1", 0))
    return {
        "web": serve(Web),
        "tls": serve(Web, context),
        "closed": closed.getsockname()[1],
        "_keep": closed,
        **{name: serve(type(name, (Raw,), {"fault": name})) for name in ("reset", "close", "hang")},
        **{
            name: serve(type(name, (services.Dialog,), {"said": said}))
            for name, said in services.DIALOGS.items()
        },
    }


def filled(text, ports):
    return re.sub(
        r"\{([a-z]+\d*)\}",
        lambda match: str(ports[match[1]]) if match[1] in ports else match[0],
        text,
    )


def clean(text, folder, ports):
    for name, port in ports.items():
        if not isinstance(port, int):
            continue
        text = text.replace(f"127.0.0.1:{port}", f"{name}.example.org:8080").replace(
            str(port), "8080"
        )
    text = text.replace(str(folder), "/home/user/app").replace(
        str(Path(__file__).resolve().parents[2]), "/home/user"
    )
    for name in ("COLLECT_PYTHON", "COLLECT_NODE"):
        if os.environ.get(name):
            text = text.replace(os.environ[name], "").replace(
                os.path.dirname(os.environ[name].rstrip("/")), "/home/user/env"
            )
    text = text.replace(str(ports.get("full", "{full}")), "/mnt/data")
    if os.environ.get("COLLECT_ENVS"):
        text = re.sub(re.escape(os.environ["COLLECT_ENVS"]) + r"/\w+/", "/home/user/", text)
    text = text.replace(os.path.expanduser("~/"), "/home/user/")
    text = re.sub(r"/home/\w+/(?=\.)", "/home/user/", text)
    return text if len(text) <= KEPT else text[: KEPT // 2] + "\n" + text[-KEPT // 2 :]


def run(case, ports, base, env):
    folder = Path(tempfile.mkdtemp(dir=base))
    folder.chmod(0o755)
    for name, content in case.get("files", {}).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(filled(content, ports))
    command = filled(case["command"], ports)
    env = {**env, "HOME": str(folder)}
    if case.get("env"):
        kind, place = case["env"].split("/")[0], Path(os.environ["COLLECT_ENVS"]) / case["env"]
        programs = place / ("bin" if kind == "py" else "node_modules/.bin")
        env["PATH"] = f"{programs}:{env['PATH']}"
        if kind == "npm":
            (folder / "node_modules").symlink_to(place / "node_modules")
    if case.get("before"):
        subprocess.run(
            ["bash", "-c", filled(case["before"], ports)],
            cwd=folder,
            env=env,
            capture_output=True,
            timeout=60,
        )
    child = subprocess.Popen(
        ["bash", "-c", command], cwd=folder, env=env, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip
    try:
        out, err = child.communicate(timeout=LIMIT)
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, 9)
        child.communicate()
        return None
    if child.returncode == 0:
        return None
    code = child.returncode if child.returncode > 0 else 128 - child.returncode
    return {
        "id": case["id"], "tool": case["tool"], "command": clean(case.get("shown", command), folder, {k: v for k, v in ports.items() if k[0] != "_"}),
        "exit_code": code, "stdout": clean(out.decode("utf-8", "replace"), folder, {k: v for k, v in ports.items() if k[0] != "_"}),
        "stderr": clean(err.decode("utf-8", "replace"), folder, {k: v for k, v in ports.items() if k[0] != "_"}),
        "category": case["category"], "why": case["why"], "hard": bool(case.get("hard")),
    }  # fmt: skip


def possible(case, ports):
    """Tell whether a case's program and servers are there."""
    wanted = set(
        re.findall(r"\{(pg|maria|redis|full)\}", case["command"] + str(case.get("before")))
    )
    if not wanted <= set(ports):
        return False
    if case.get("env"):
        place = Path(os.environ.get("COLLECT_ENVS", "/nonexistent")) / case["env"]
        return place.is_dir()
    return bool(shutil.which(case.get("needs", case["tool"])))


def main():
    parser = argparse.ArgumentParser(
        prog="python -m tests.lab.collect",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("out", metavar="OUT.jsonl")
    parser.add_argument("pattern", nargs="?", default="*", metavar="PATTERN")
    groups = ("cases", "clients", "singles", "others", "matrix", "later")
    parser.add_argument("group", nargs="?", default="cases", metavar="GROUP", choices=groups)
    args = parser.parse_args()
    env = {**{name: value for name, value in os.environ.items() if name.startswith("COLLECT_")},
           "PATH": os.environ["PATH"], "LANG": "C.UTF-8", "PIP_CONFIG_FILE": "/dev/null", "CI": "1", "RUSTUP_HOME": os.path.expanduser("~/.rustup"),
           "PIP_DISABLE_PIP_VERSION_CHECK": "1", "AWS_EC2_METADATA_DISABLED": "true", "NO_UPDATE_NOTIFIER": "1", "LITELLM_LOCAL_MODEL_COST_MAP": "True"}  # fmt: skip
    done = skipped = 0
    with (
        tempfile.TemporaryDirectory(dir="/tmp") as name,
        services.running(Path(name)) as extra,
        open(args.out, "w") as file,
    ):
        ports = {**faults(name), **extra}
        for case in getattr(scenarios, args.group)():
            wanted = any(fnmatch.fnmatch(case["id"], each) for each in args.pattern.split(","))
            if not wanted or not possible(case, ports):
                continue
            row = run(case, ports, Path(name), env)
            if row is None:
                skipped += 1
                print("no failure within the limit:", case["id"], file=sys.stderr)
                continue
            done += 1
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
            file.flush()
    print(f"{done} recorded, {skipped} skipped", file=sys.stderr)


if __name__ == "__main__":
    main()
