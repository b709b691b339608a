"""The server. Faults are listed per path and used up one per request.

A fault is one word: `ok`; a status such as `503`, with headers behind it: `429;Retry-After=2`;
`reset` (RST as soon as the request is in); `close` (the connection ends without an answer);
`half` (half of the body, then the end); `stall` (no answer until the client leaves). `word*3` is
that word three times, `word*` for ever. Paths are matched by their longest listed prefix.
"""

from __future__ import annotations

import socket
import ssl
import struct
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from . import builders

STALL_LIMIT = 60.0  # seconds; a client that waits longer is let go


def expand(words: str) -> list[str]:
    """Turn `reset*2,ok` into one word for each request; a last `word*` stays as it is."""
    found: list[str] = []
    for word in words.split(","):
        name, star, count = word.partition("*")
        found.extend([word] if star and not count else [name] * int(count or 1))
    return found


class Lab:
    """One server. Use it as a context; `url` is its address once it is open.

    With `listening=False` its port refuses connections until `listen` is called, or the path
    `/listen` of the control address is asked for: `control` is an address that never fails.
    """

    def __init__(
        self,
        folder: Path,
        faults: dict[str, str] | None = None,
        *,
        tls: bool = False,
        listening: bool = True,
    ) -> None:
        self.folder = folder
        self.log: list[tuple[str, str, str]] = []  # method, path, what was done
        self.pages: dict[str, tuple[str, bytes]] = {}
        self._faults = {path: expand(words) for path, words in (faults or {}).items()}
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._listening = listening
        self._server = _Server(("127.0.0.1", 0), _Handler, bind_and_activate=False)
        self._server.lab = self
        self._server.server_bind()
        self._control = _Server(("127.0.0.1", 0), _Control)
        self._control.lab = self
        if tls:
            cert, key = builders.certificate(folder)
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(cert, key)
            self._server.context = context
        scheme = "https" if tls else "http"
        self.url = f"{scheme}://127.0.0.1:{self._server.server_address[1]}"
        self.control = f"http://127.0.0.1:{self._control.server_address[1]}"

    def __enter__(self) -> Lab:
        threading.Thread(target=self._control.serve_forever, args=(0.05,), daemon=True).start()
        if self._listening:
            self.listen()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for server in (self._control, self._server):
            if server.serving:
                server.shutdown()
            server.server_close()

    def listen(self) -> None:
        """Begin to accept connections."""
        if not self._server.serving:
            self._server.server_activate()
            self._server.serving = True
            threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def add(self, pages: dict[str, tuple[str, bytes]]) -> None:
        """Serve these paths too."""
        self.pages.update(pages)

    def add_python(self, **packages: list[tuple[str, bytes]]) -> None:
        """Serve a package index with these wheels."""
        self.add(builders.python_index(packages))

    def fault(self, path: str) -> str:
        """Take the next fault for a path off its list."""
        with self._lock:
            prefix = max(
                (each for each in self._faults if path.startswith(each)), key=len, default=None
            )
            if prefix is None or not self._faults[prefix]:
                return "ok"
            word = self._faults[prefix][0]
            if word.endswith("*"):
                return word[:-1]
            return self._faults[prefix].pop(0)

    def count(self, prefix: str, done: str | None = None) -> int:
        """Return how many requests for a path there were, of one outcome if one is named."""
        return sum(path.startswith(prefix) and done in (None, what) for _, path, what in self.log)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    lab: Lab
    context: ssl.SSLContext | None = None
    serving = False

    def serve_forever(self, poll_interval: float = 0.05) -> None:
        self.serving = True
        super().serve_forever(poll_interval)

    def get_request(self):
        connection, address = super().get_request()
        connection.settimeout(STALL_LIMIT)
        if self.context is not None:
            connection = self.context.wrap_socket(
                connection, server_side=True, do_handshake_on_connect=False
            )
        return connection, address

    def handle_error(self, request, client_address) -> None:
        """A client that leaves in the middle is what the lab is for."""


class _Control(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/listen":
            self.server.lab.listen()
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        lab: Lab = self.server.lab
        path = urlsplit(self.path).path
        word = lab.fault(path)
        lab.log.append((self.command, path, word))
        name, *headers = word.split(";")
        if name.isdigit():
            self._answer(int(name), "text/plain", f"{name} on purpose\n".encode(), headers)
        elif name in ("reset", "close", "stall"):
            getattr(self, name)()
        elif path not in lab.pages:
            self._answer(404, "text/plain", b"not here\n")
        else:
            kind, body = lab.pages[path]
            self._answer(200, kind, body, half=name == "half")

    do_HEAD = do_GET

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", "0")))
        self.do_GET()

    def _answer(
        self, status: int, kind: str, body: bytes, headers=(), *, half: bool = False
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for each in headers:
            self.send_header(*each.split("=", 1))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body[: len(body) // 2] if half else body)
        self.close_connection = half or self.close_connection

    def reset(self) -> None:
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
        self.close_connection = True

    def close(self) -> None:
        self.close_connection = True

    def stall(self) -> None:
        """Wait until the client leaves, the lab ends, or the limit is reached."""
        self.close_connection = True
        end = time.monotonic() + STALL_LIMIT
        self.connection.settimeout(0.1)
        while time.monotonic() < end and not self.server.lab._over.is_set():
            try:
                if not self.connection.recv(1):
                    return
            except TimeoutError:
                continue
            except OSError:
                return

    def log_message(self, *_: object) -> None:
        """The log is in `Lab.log`."""
