"""Real databases, a small file system and servers that speak a line or two, for collect.py."""

import contextlib
import os
import pwd
import shutil
import socket
import socketserver
import subprocess
import time
from pathlib import Path

# What servers of HTTP say besides a bare status: name -> status, body.
SAID = {
    "github-limit": (403, '{"message":"API rate limit exceeded for 203.0.113.7. (But here\'s the good news: Authenticated requests get a higher rate limit.)","documentation_url":"https://docs.github.com/rest"}'),
    "github-secondary": (403, '{"message":"You have exceeded a secondary rate limit. Please wait a few minutes before you try again."}'),
    "github-scope": (403, '{"message":"Resource not accessible by integration","documentation_url":"https://docs.github.com/rest"}'),
    "aws-throttle": (400, '{"__type":"ThrottlingException","message":"Rate exceeded"}'),
    "s3-slow": (503, '<?xml version="1.0"?><Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>'),
    "s3-missing": (404, '<?xml version="1.0"?><Error><Code>NoSuchBucket</Code><Message>The specified bucket does not exist</Message></Error>'),
    "s3-signature": (403, '<?xml version="1.0"?><Error><Code>SignatureDoesNotMatch</Code><Message>The request signature we calculated does not match the signature you provided.</Message></Error>'),
    "gemini-quota": (429, '{"error":{"code":429,"message":"Resource has been exhausted (e.g. check quota).","status":"RESOURCE_EXHAUSTED","details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"17s"}]}}'),
    "llm-overloaded": (529, '{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}'),
    "llm-limit": (429, '{"error":{"message":"Rate limit reached for requests per min (RPM): Limit 3, Used 3, Requested 1. Please try again in 20s.","type":"requests","code":"rate_limit_exceeded"}}'),
    "llm-context": (400, '{"error":{"message":"This model\'s maximum context length is 8192 tokens, however you requested 90210 tokens.","type":"invalid_request_error","code":"context_length_exceeded"}}'),
    "llm-key": (401, '{"error":{"message":"Incorrect API key provided: k.","type":"invalid_request_error","code":"invalid_api_key"}}'),
    "k8s-conflict": (409, '{"kind":"Status","apiVersion":"v1","status":"Failure","message":"Operation cannot be fulfilled on deployments.apps \\"web\\": the object has been modified; please apply your changes to the latest version and try again","reason":"Conflict","code":409}'),
    "k8s-forbidden": (403, '{"kind":"Status","apiVersion":"v1","status":"Failure","message":"pods is forbidden: User \\"x\\" cannot list resource \\"pods\\"","reason":"Forbidden","code":403}'),
    "k8s-busy": (503, '{"kind":"Status","apiVersion":"v1","status":"Failure","message":"the server is currently unable to handle the request","reason":"ServiceUnavailable","code":503}'),
    "es-busy": (429, '{"error":{"type":"es_rejected_execution_exception","reason":"rejected execution of coordinating operation"},"status":429}'),
    "es-readonly": (403, '{"error":{"type":"cluster_block_exception","reason":"index [a] blocked by: [FORBIDDEN/12/index read-only / allow delete (api)];"},"status":403}'),
    "invalid": (422, '{"message":"Validation Failed","errors":[{"field":"timeout","code":"invalid"}]}'),
    "maintenance": (503, "<html><head><title>503</title></head><body>Down for maintenance</body></html>"),
}  # fmt: skip

# Servers of lines: what is said first, then (first word of a line -> reply).
SMTP = {"EHLO": "250-lab\r\n250 SIZE 1000", "HELO": "250 lab", "MAIL": "250 ok", "RCPT": "250 ok", "QUIT": "221 bye", "DATA": "354 go on"}  # fmt: skip
FTP = {"USER": "331 password", "PASS": "230 in", "QUIT": "221 bye"}
DIALOGS = {
    "smtp421": ("421 4.3.2 Service not available, closing transmission channel", {}),
    "smtp450": ("220 lab", {**SMTP, "RCPT": "450 4.2.0 Greylisted, please try again in 5 minutes"}),
    "smtp550": ("220 lab", {**SMTP, "RCPT": "550 5.1.1 User unknown; connection timeout is no excuse"}),
    "smtp552": ("220 lab", {**SMTP, "MAIL": "552 5.3.4 Message size exceeds fixed limit"}),
    "ftp421": ("421 Too many users, sorry, try later.", {}),
    "ftp530": ("220 lab", {**FTP, "PASS": "530 Login incorrect."}),
    "ftp550": ("220 lab", {**FTP, "TYPE": "200 ok", "SIZE": "550 timeout.txt: No such file", "CWD": "550 timeout: No such directory", "EPSV": "229 ok (|||1|)", "PWD": "257 \"/\"", "RETR": "550 no"}),
    "imapbye": ("* BYE Autologout; server is shutting down", {}),
    "imapno": ("* OK lab", {"*": "{tag} NO [AUTHENTICATIONFAILED] Authentication failed."}),
    "popbusy": ("+OK lab", {"USER": "+OK", "PASS": "-ERR [IN-USE] Unable to lock maildrop: Mailbox is locked by POP server", "CAPA": "-ERR no", "QUIT": "+OK"}),
    "popbad": ("+OK lab", {"USER": "+OK", "PASS": "-ERR [AUTH] Authentication failed", "CAPA": "-ERR no", "QUIT": "+OK"}),
    "redisload": (None, {"*": "-LOADING Redis is loading the dataset in memory"}),
    "redisoom": (None, {"*": "-OOM command not allowed when used memory > 'maxmemory'."}),
    "redisfull": ("-ERR max number of clients reached", {}),
}  # fmt: skip


class Dialog(socketserver.StreamRequestHandler):
    """Greets and answers lines by their first word, `*` for any."""

    said = (None, {})
    timeout = 10

    def handle(self):
        greeting, replies = self.said
        with contextlib.suppress(OSError):
            if greeting:
                self.wfile.write(greeting.encode() + b"\r\n")
            if not replies:
                return
            for raw in self.rfile:
                words = raw.decode("latin-1").split()
                if not words or words[0][0] in "*$" and greeting is None and words[0][0] != "*":
                    continue
                if greeting is None and not raw.startswith(b"*"):
                    continue  # Redis: one reply for each array of words
                reply = replies.get(words[0].upper(), replies.get("*", "500 what?"))
                self.wfile.write(reply.replace("{tag}", words[0]).encode() + b"\r\n")
                if words[0].upper() == "QUIT":
                    return


def free_port():
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


def answers(port, patience=20.0):
    end = time.monotonic() + patience
    while time.monotonic() < end:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return True
        time.sleep(0.1)
    return False


def as_user(name):
    """Return what makes a child run as a user, for servers that will not run as root."""
    if os.geteuid():
        return {}
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        return {}
    return {"user": entry.pw_uid, "group": entry.pw_gid}


@contextlib.contextmanager
def running(folder):
    """Yield the ports of the databases that are installed, and the path of a small file system."""
    with contextlib.ExitStack() as stack:
        folder.chmod(0o755)
        found = {}
        for name, start in (("pg", postgres), ("maria", mariadb), ("redis", redis), ("full", full)):
            value = start(folder / f"service-{name}", stack)
            if value is not None:
                found[name] = value
        yield found


def started(command, port, stack, **options):
    child = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options
    )  # fmt: skip
    stack.callback(child.wait)
    stack.callback(child.terminate)
    return port if answers(port) else None


def postgres(folder, stack):
    """A server that lets anybody in as postgres; the user `locked` has a password."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not programs:
        return None
    folder.mkdir()
    who = as_user("postgres")
    if who:
        os.chown(folder, who["user"], who["group"])
    data, port = folder / "data", free_port()
    made = subprocess.run(
        [programs[-1] / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "--no-sync"],
        capture_output=True, cwd=folder, **who,
    )  # fmt: skip
    if made.returncode:
        return None
    hba = data / "pg_hba.conf"
    hba.write_text("host all locked 127.0.0.1/32 scram-sha-256\n" + hba.read_text())
    return started(
        [programs[-1] / "postgres", "-D", data, "-p", str(port), "-k", folder, "-c", "fsync=off", "-c", "max_connections=20"],
        port, stack, cwd=folder, **who,
    )  # fmt: skip


def mariadb(folder, stack):
    """A server without passwords, three connections wide."""
    program = shutil.which("mariadbd") or shutil.which("mariadbd", path="/usr/sbin")
    installer = shutil.which("mariadb-install-db") or shutil.which("mysql_install_db")
    if not program or not installer:
        return None
    folder.mkdir()
    port = free_port()
    made = subprocess.run(
        [installer, "--no-defaults", f"--datadir={folder}/data", "--auth-root-authentication-method=normal", "--user=root"],
        capture_output=True,
    )  # fmt: skip
    if made.returncode:
        return None
    return started(
        [program, "--no-defaults", f"--datadir={folder}/data", f"--socket={folder}/s", f"--port={port}", "--bind-address=127.0.0.1", "--user=root", "--innodb-lock-wait-timeout=1", "--max-connections=10"],
        port, stack,
    )  # fmt: skip


def redis(folder, stack):
    program = shutil.which("redis-server")
    if not program:
        return None
    folder.mkdir()
    port = free_port()
    return started([program, "--port", str(port), "--dir", folder, "--save", "", "--bind", "127.0.0.1"], port, stack)  # fmt: skip


def full(folder, stack):
    """A file system of 96 KiB, where the system lets us mount one."""
    folder.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=96k", "tmpfs", folder], capture_output=True
    )
    if made.returncode:
        return None
    stack.callback(subprocess.run, ["umount", "-l", folder], capture_output=True)
    return folder
