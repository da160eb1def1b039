"""The common part of every fake: a real socket, a record of what was asked, and faults to order.

A fake answers in ``handle``. A test may order a fault for the next matching request: an answer of its own, or that
the connection is dropped without a word, whether the request was carried out or not.
"""

import json
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit


@dataclass
class Seen:
    """A request as the platform saw it."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]  # names in lower case
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def token(self) -> str:
        return self.headers.get("authorization", "").removeprefix("Bearer ")

    def content(self) -> Any:
        """The body as its type says: JSON, a form (text, and bytes of files), bytes; None when there is none."""
        mime = self.headers.get("content-type", "").partition(";")[0]
        if mime == "application/json":
            return self.json
        if mime == "application/x-www-form-urlencoded":
            return dict(parse_qsl(self.body.decode(), keep_blank_values=True))
        if mime == "multipart/form-data":
            parts = self.form().items()
            return {name: body.decode() if mime == "text/plain" else body for name, (body, mime) in parts}
        return self.body or None

    def form(self) -> dict[str, tuple[bytes, str]]:
        """The parts of a multipart form: name to (content, MIME type)."""
        head = f"Content-Type: {self.headers['content-type']}\r\n\r\n".encode()
        parts = BytesParser(policy=HTTP).parsebytes(head + self.body).iter_parts()
        return {
            part.get_param("name", header="content-disposition"): (
                part.get_payload(decode=True),
                part.get_content_type(),
            )
            for part in parts
        }


@dataclass
class Answer:
    status: int = 200
    body: Any = field(default_factory=dict)  # bytes and str as they are, the rest as JSON
    headers: dict[str, str] = field(default_factory=dict)

    def encoded(self) -> tuple[bytes, str]:
        if isinstance(self.body, bytes):
            return self.body, "application/octet-stream"
        if isinstance(self.body, str):
            return self.body.encode(), "text/html; charset=utf-8"
        return json.dumps(self.body).encode(), "application/json; charset=utf-8"


HTML = "<!DOCTYPE html><html><head><title>Oh no</title></head><body><h1>502 Bad Gateway</h1><p>nginx</p></body></html>"


@dataclass
class Fault:
    wanted: Callable[[Seen], bool]
    answer: Answer | None = None  # instead of carrying the request out
    drop: bool = False  # carry it out, then close without an answer
    unheard: bool = False  # close without carrying it out
    wait: float = 0.0  # seconds before answering


class Fake:
    """Use as a context manager; ``url`` is where it listens."""

    def __init__(self) -> None:
        self.seen: list[Seen] = []
        self.faults: list[Fault] = []
        self.connections = 0
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", 0), _handler(self))
        self.port = self._server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"

    def handle(self, seen: Seen) -> Answer:
        raise NotImplementedError

    def order(self, fault: Fault) -> None:
        self.faults.append(fault)

    def asked(self, method: str = "", path: str = "") -> list[Seen]:
        """Requests seen so far whose method and path begin so."""
        return [seen for seen in self.seen if seen.method.startswith(method) and seen.path.startswith(path)]

    def respond(self, seen: Seen) -> tuple[Answer, bool]:
        """The answer, and whether to drop the connection instead of giving it."""
        with self._lock:
            self.seen.append(seen)
            fault = next((item for item in self.faults if item.wanted(seen)), None)
            if fault is not None:
                self.faults.remove(fault)
        if fault is None:
            return self.carry_out(seen), False
        time.sleep(fault.wait)
        if fault.answer is not None or fault.unheard:
            return fault.answer or Answer(), fault.unheard
        return self.carry_out(seen), fault.drop

    def carry_out(self, seen: Seen) -> Answer:
        """One at a time, as behind a database lock."""
        with self._lock:
            return self.handle(seen)

    def __enter__(self) -> "Fake":
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        pass  # a client that hangs up is part of the play


def _handler(fake: Fake) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def setup(self) -> None:
            super().setup()
            fake.connections += 1

        def answer(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            parts = urlsplit(self.path)
            seen = Seen(
                self.command,
                parts.path,
                {name: values[-1] for name, values in parse_qs(parts.query, keep_blank_values=True).items()},
                {name.lower(): value for name, value in self.headers.items()},
                self.rfile.read(length),
            )
            answer, drop = fake.respond(seen)
            if drop:
                self.close_connection = True
                self.connection.shutdown(socket.SHUT_RDWR)
                return
            body, mime = answer.encoded()
            self.send_response(answer.status)
            for name, value in {"Content-Type": mime, **answer.headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = answer

        def log_message(self, format: str, *args: Any) -> None:
            pass

    return Handler
