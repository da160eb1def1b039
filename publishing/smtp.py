"""The one SMTP door: guarded connection, one deadline, TLS, and what every answer means in our errors.

A mail exists for others only when the line with the dot after it has arrived (RFC 5321, 4.1.1.4). Everything before
that is harmless, however it ends; the dot is the point of no return. After it there is nobody to ask: a lost answer
is OutcomeUnknown for good. Each answer of the server decides by its stage and code, never by its words.
"""

import base64
import contextlib
import re
import smtplib
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from django.utils.translation import gettext_lazy as _

from publishing import connections, http
from publishing.adapters.answers import redact
from publishing.departing import depart
from publishing.errors import (
    ChannelMisconfigured,
    ContentRejected,
    DeliveryError,
    NotAuthorised,
    OutcomeUnknown,
    TemporaryError,
    Words,
)

T = TypeVar("T")
Refusal = tuple[type[DeliveryError] | type[ChannelMisconfigured], Words]

TIMEOUT = 25.0  # seconds for the whole conversation
CUT_OFF = (ssl.SSLEOFError, ssl.SSLZeroReturnError)
NOT_LET_IN: Refusal = NotAuthorised, _("The mail server does not let us in: check user name and password.")
TOO_LARGE: Refusal = ContentRejected, _("The mail server says that this is too large.")
TEMPORARY: Refusal = TemporaryError, _("The mail server cannot take it right now.")
# What a permanent refusal (5xx) means at each stage; everywhere: 530, 534, 535 and 538 are about who we are.
REFUSALS: Mapping[str, Refusal] = {
    "greeting": (NotAuthorised, _("The mail server takes nothing from us.")),
    "starttls": (ChannelMisconfigured, _("The mail server offers no encryption: check the channel's settings.")),
    "login": NOT_LET_IN,
    "sender": (NotAuthorised, _("The mail server does not let us send from this address.")),
    "recipient": (ContentRejected, _("The mail server does not take mail to this address.")),
    "data": (ContentRejected, _("The mail server refuses this mail.")),
}


@dataclass(frozen=True)
class Server:
    """``security`` is starttls, ssl, or none; none is for hosts of the house only."""

    host: str
    port: int
    security: str
    name: str  # who we say that we are: the domain that we write from
    user: str = ""
    password: str = field(default="", repr=False)


class _Stage:
    """How far the conversation has come, for whoever reads the error."""

    name = "greeting"
    dot_sent = False


class _Client(smtplib.SMTP):
    def __init__(self, server: Server, call: connections.Call) -> None:
        super().__init__(local_hostname=server.name)
        self._server, self._call = server, call
        self._host = server.host  # the name that the certificate is checked against

    def _get_socket(self, host: str, port: int, timeout: object) -> object:
        sock = connections.dial(host, port, self._call)
        sock.settimeout(max(0.001, self._call.remaining()))
        self._call.begin(sock)
        if self._server.security == "ssl":
            sock = ssl.create_default_context().wrap_socket(sock, server_hostname=host)
            self._call.begin(sock)
        return sock


def send(server: Server, *, sender: str, recipient: str, content: bytes) -> str:
    """Hand one mail for one recipient over; what the server answered. ``content`` has CRLF line ends.

    TemporaryError, NotAuthorised, ContentRejected, ChannelMisconfigured: it is certain that it was not taken.
    OutcomeUnknown: the dot had left and no answer came.
    """

    def hand_over(client: _Client, stage: _Stage) -> str:
        stage.name = "sender"
        size = [f"SIZE={len(content)}"] if client.has_extn("size") else []
        _expect(stage, *client.mail(sender, size))
        stage.name = "recipient"
        _expect(stage, *client.rcpt(recipient))
        stage.name = "data"
        _expect(stage, *client.docmd("DATA"), good=354)
        client.send(re.sub(rb"(?m)^\.", b"..", content).removesuffix(b"\r\n") + b"\r\n")
        depart()
        stage.dot_sent = True
        client.send(b".\r\n")
        code, said = client.getreply()
        _expect(stage, code, said)
        with contextlib.suppress(smtplib.SMTPException, OSError):  # it is theirs now: how we part changes nothing
            client.quit()
        return said.decode("ascii", "replace")

    return _converse(server, hand_over)


def verify(server: Server) -> None:
    """Come as far as being let in; the same errors as ``send``."""
    _converse(server, lambda client, stage: _expect(stage, *client.noop()))


def _converse(server: Server, talk: Callable[[_Client, _Stage], T]) -> T:
    """Log in, then ``talk``; whatever happens becomes an error of ours."""
    if server.security == "none" and not connections.allowed(server.host):
        raise ChannelMisconfigured(_("Mail is handed over encrypted only: choose STARTTLS or TLS."), server.host)
    stage = _Stage()
    with connections.Call(http.ends_at(TIMEOUT)) as call:
        client = _Client(server, call)
        try:
            _enter(client, server, stage)
            return talk(client, stage)
        except (smtplib.SMTPException, OSError) as error:
            fault = _meaning(stage, server, error)
        finally:
            client.close()
    raise fault  # out here, so that no error of the library hangs on ours: they quote the server


def _enter(client: _Client, server: Server, stage: _Stage) -> None:
    _expect(stage, *client.connect(server.host, server.port))
    client.ehlo_or_helo_if_needed()
    if server.security == "starttls":
        stage.name = "starttls"
        _expect(stage, *client.starttls(context=ssl.create_default_context()))
        client._call.begin(client.sock)
        client.ehlo_or_helo_if_needed()
    if server.user:
        stage.name = "login"
        _expect(stage, *client.login(server.user, server.password))


def _expect(stage: _Stage, code: int, said: bytes, *, good: int = 0) -> None:
    if code != good if good else not 200 <= code < 300:
        raise smtplib.SMTPResponseException(code, said)


def _meaning(stage: _Stage, server: Server, error: Exception) -> Exception:
    where = f"{server.host}:{server.port}, {stage.name}"
    if isinstance(error, smtplib.SMTPResponseException) and 400 <= error.smtp_code < 600:
        said = error.smtp_error
        text = said.decode("ascii", "replace") if isinstance(said, bytes) else str(said)
        text = re.sub(r"[<>\s]+", " ", redact(text, _secrets(server)))
        kind, sentence = _refusal(stage.name, error.smtp_code)
        return kind(sentence, f"{where}: {error.smtp_code} {text[:300]}")
    where = f"{where}: {type(error).__name__}"
    if stage.dot_sent:
        return OutcomeUnknown(_("The mail server's answer was lost: it may or may not have taken the mail."), where)
    if isinstance(error, ssl.SSLError) and not isinstance(error, CUT_OFF):
        return ChannelMisconfigured(_("No encrypted connection can be made: check the channel's settings."), where)
    if type(error) in (smtplib.SMTPNotSupportedError, smtplib.SMTPException):  # it does not know what we need of it
        kind, sentence = REFUSALS[stage.name]
        return kind(sentence, where)
    return TemporaryError(_("The mail server cannot be reached right now."), where)


def _refusal(stage: str, code: int) -> Refusal:
    if code < 500:
        return TEMPORARY
    if code in (530, 534, 535, 538):
        return NOT_LET_IN
    return TOO_LARGE if code == 552 and stage != "recipient" else REFUSALS[stage]


def _secrets(server: Server) -> list[str]:
    """The password, and the forms in which a server may repeat it."""
    pair = f"\0{server.user}\0{server.password}"
    return [server.password, *(base64.b64encode(item.encode()).decode() for item in (server.password, pair))]
