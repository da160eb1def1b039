"""A mail server on a local socket: real SMTP (aiosmtpd), an account, a record of what came, and faults to order.

A fault with an answer refuses the mail after its last dot, with the SMTP code that says what the HTTP status would.
"""

import asyncio
import socket
import ssl
import threading
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult

from tests.fakes.server import Answer, Fake, Seen

CODES = {200: 250, 302: 0, 401: 530, 403: 550, 413: 552, 422: 554, 429: 450, 500: 451, 502: 451, 503: 421, 504: 451}
USER, PASSWORD = "presse", "hemmeligt-kodeord-42"


class Mail(Seen):
    """A mail that came: its envelope and its parts."""

    @property
    def message(self) -> EmailMessage:
        return message_from_bytes(self.body, policy=policy.default)

    @property
    def recipient(self) -> str:
        return self.path.removeprefix("/")

    def part(self, kind: str) -> str:
        return self.message.get_body((kind,)).get_content().replace("\r\n", "\n")

    def images(self) -> list[EmailMessage]:
        return [part for part in self.message.walk() if part.get_content_maintype() == "image"]

    def content(self) -> Any:
        images = [part.get_content() for part in self.images()]
        return {"text": self.part("plain"), "html": self.part("html"), "images": images}


class FakeMail(Fake):
    """``refuse(stage, argument)`` may return an SMTP answer for MAIL and RCPT; ``lost`` closes before the last dot."""

    def __init__(
        self, *, tls: ssl.SSLContext | None = None, implicit: bool = False, drops_repeats: bool = False, **more: Any
    ) -> None:
        self.seen, self.faults, self.connections, self._lock = [], [], 0, threading.Lock()
        self.password = PASSWORD
        self.mails: list[Mail] = []
        self.refuse: Callable[[str, str], str | None] = lambda stage, argument: None
        self.drops_repeats = drops_repeats
        self._options = {"hostname": "mx.example", "auth_require_tls": False, **more}
        if tls and not implicit:
            self._options |= {"tls_context": tls, "require_starttls": True, "auth_require_tls": True}
        self._implicit = tls if implicit else None
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self.url = f"smtp://127.0.0.1:{self.port}"
        self._loop = asyncio.new_event_loop()

    def handle(self, seen: Seen) -> Answer:
        """Taken: it will be delivered. A server that drops repeats says yes to them too."""
        known = {mail.headers["message-id"] for mail in self.mails}
        if not (self.drops_repeats and seen.headers["message-id"] in known):
            self.mails.append(seen)
        return Answer(200, f"2.0.0 Ok: queued as {len(self.mails):06X}")

    def __enter__(self) -> "FakeMail":
        # All of it in its own thread: beside a browser test another loop runs in this one.
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        starting = self._loop.create_server(self._connected, sock=self._socket, ssl=self._implicit)
        self._server = asyncio.run_coroutine_threadsafe(starting, self._loop).result(5)
        return self

    def __exit__(self, *exc: object) -> None:
        if self._loop.is_closed():
            return
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result(5)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    async def _stop(self) -> None:
        self._server.close()
        waiting = asyncio.all_tasks() - {asyncio.current_task()}
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)

    def _connected(self) -> SMTP:
        self.connections += 1
        return SMTP(self, authenticator=self._let_in, loop=self._loop, **self._options)

    def _let_in(self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        good = (data.login.decode(), data.password.decode()) == (USER, self.password)
        return AuthResult(success=good, handled=good or False)

    # --- What aiosmtpd calls ---------------------------------------------------------------------------------

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if not session.authenticated:
            return "530 5.7.0 Authentication required"
        envelope.mail_from = address
        return self.refuse("MAIL", address) or "250 OK"

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        refusal = self.refuse("RCPT", address)
        if refusal is None:
            envelope.rcpt_tos.append(address)
        return refusal or "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        [recipient] = envelope.rcpt_tos
        headers = message_from_bytes(envelope.content, policy=policy.default)
        mail = Mail("MAIL", f"/{recipient}", {}, {k.lower(): str(v) for k, v in headers.items()}, envelope.content)
        answer, drop = self.respond(mail)
        if drop:
            server.transport.abort()
            return "250 never heard"
        code = CODES[answer.status]
        words = " ".join(answer.encoded()[0].decode().split())[:400]
        return f"{code} {words}" if code else words or "?"
