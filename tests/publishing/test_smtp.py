"""The one SMTP door, over real sockets: what every answer, and every silence, means."""

import contextlib
import socket
import threading
import traceback

import pytest

from publishing import departing, smtp
from publishing.errors import (
    ChannelMisconfigured,
    ContentRejected,
    NotAuthorised,
    OutcomeUnknown,
    TemporaryError,
)
from tests.fakes import tls
from tests.fakes.mail import PASSWORD, USER, FakeMail

CONTENT = b"Subject: Hej\r\nMessage-ID: <1@politi.example>\r\n\r\n.En linje\r\n.\r\n..\r\n.Slut\r\n"


@pytest.fixture(autouse=True)
def own_hosts(settings):
    settings.PUBLISHING_ALLOWED_PRIVATE_HOSTS = ["127.0.0.1"]


@pytest.fixture
def server():
    with FakeMail() as fake:
        yield fake


def at(port, **more):
    values = {"security": "none", "name": "politi.example", "user": USER, "password": PASSWORD, **more}
    return smtp.Server("127.0.0.1", port, **values)


def send(port, **more):
    return smtp.send(at(port, **more), sender="presse@politi.example", recipient="ny@avis.example", content=CONTENT)


def failing(kind, port, **more):
    with pytest.raises(kind) as caught:
        send(port, **more)
    assert type(caught.value) is kind
    assert PASSWORD not in "".join(traceback.format_exception(caught.value)) + caught.value.detail
    return caught.value


def scripted(*steps):
    """A server that says its lines one a command, then hangs up; returns its port and what it heard."""
    listener, heard = socket.create_server(("127.0.0.1", 0)), []

    def serve():
        client, _ = listener.accept()
        with client, listener, contextlib.suppress(ConnectionError), client.makefile("rb") as lines:
            for step in steps:
                client.sendall(step)
                if step.startswith(b"354"):
                    while (line := lines.readline()) not in (b".\r\n", b""):
                        heard.append(line)
                    heard.append(line)
                elif b"-" not in step[:4]:
                    heard.append(lines.readline())

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    return listener.getsockname()[1], heard


OPEN = (b"220 mx\r\n", b"250 mx\r\n")
TO_DATA = (*OPEN, b"250 ok\r\n", b"250 ok\r\n")


def test_a_mail_arrives_as_it_is_also_with_a_dot_on_a_line_of_its_own(server):
    assert send(server.port) == "2.0.0 Ok: queued as 000001"
    [mail] = server.mails
    assert mail.body == CONTENT
    assert mail.recipient == "ny@avis.example"


@pytest.mark.parametrize("implicit", [True, False])
def test_it_speaks_tls_and_checks_who_answers(tmp_path, monkeypatch, implicit):
    context, chain = tls.make(tmp_path)
    security = "ssl" if implicit else "starttls"
    with FakeMail(tls=context, implicit=implicit) as server:
        failing(ChannelMisconfigured, server.port, security=security)
        assert server.mails == []
        monkeypatch.setenv("SSL_CERT_FILE", str(chain))
        smtp.verify(at(server.port, security=security))
        send(server.port, security=security)
        assert len(server.mails) == 1


def test_a_server_without_encryption_gets_neither_mail_nor_password(server):
    failing(ChannelMisconfigured, server.port, security="starttls")
    failing(ChannelMisconfigured, server.port, security="ssl")
    assert server.mails == []


def test_without_encryption_only_to_hosts_of_the_house(settings, server):
    settings.PUBLISHING_ALLOWED_PRIVATE_HOSTS = []
    failing(ChannelMisconfigured, server.port)
    failing(ChannelMisconfigured, server.port, security="starttls")  # a private address, not named either
    assert server.connections == 0


def test_a_wrong_password_is_about_access(server):
    failing(NotAuthorised, server.port, password="another")
    with pytest.raises(NotAuthorised):
        smtp.verify(at(server.port, password="another"))
    failing(NotAuthorised, server.port, user="")


@pytest.mark.parametrize(
    ("stage", "answer", "error"),
    [
        ("MAIL", "451 4.7.1 Try again", TemporaryError),
        ("MAIL", "452 4.3.1 Insufficient storage", TemporaryError),
        ("MAIL", "552 5.3.4 Too big", ContentRejected),
        ("MAIL", "553 5.7.1 Not your address", NotAuthorised),
        ("RCPT", "450 4.2.0 Greylisted", TemporaryError),
        ("RCPT", "421 4.7.0 Too many", TemporaryError),
        ("RCPT", "550 5.1.1 <ny@avis.example>: unknown", ContentRejected),
        ("RCPT", "552 5.2.2 Mailbox full", ContentRejected),
        ("RCPT", "530 5.7.0 Authentication required", NotAuthorised),
    ],
)
def test_a_refusal_before_the_text_is_certain(server, stage, answer, error):
    server.refuse = lambda at, argument: answer if at == stage else None
    failing(error, server.port)
    assert server.mails == []
    server.refuse = lambda at, argument: None
    send(server.port)


def test_a_mail_that_the_server_finds_too_large_is_said_to_be():
    with FakeMail(data_size_limit=50) as server:
        assert "552" in failing(ContentRejected, server.port).detail
        assert server.seen == []


@pytest.mark.parametrize(
    ("lines", "error"),
    [
        ((), TemporaryError),
        ((b"421 4.3.2 closing\r\n",), TemporaryError),
        ((b"554 5.7.1 You are on a list\r\n",), NotAuthorised),
        ((b"hello\r\n",), TemporaryError),
        (OPEN, TemporaryError),
        (TO_DATA, TemporaryError),
        ((*TO_DATA, b"451 4.3.0 not now\r\n"), TemporaryError),
        ((*TO_DATA, b"554 5.6.0 no\r\n"), ContentRejected),
        ((*TO_DATA, b"250 what\r\n"), TemporaryError),
        ((*TO_DATA, b"354 go\r\n"), OutcomeUnknown),
        ((*TO_DATA, b"354 go\r\n", b"nonsense\r\n"), OutcomeUnknown),
        ((*TO_DATA, b"354 go\r\n", b"250-never ends\r\n"), OutcomeUnknown),
        ((*TO_DATA, b"354 go\r\n", b"451 4.3.0 disk full\r\n"), TemporaryError),
        ((*TO_DATA, b"354 go\r\n", b"554 5.7.1 spam\r\n"), ContentRejected),
    ],
)
def test_what_is_lost_before_the_dot_is_certain_and_after_it_unknown(lines, error):
    port, _heard = scripted(*lines)
    failing(error, port, user="")


def test_a_mail_that_is_taken_is_taken_however_the_server_parts():
    port, heard = scripted(*TO_DATA, b"354 go\r\n", b"250 2.0.0 queued\r\n")
    assert send(port, user="") == "2.0.0 queued"
    assert heard[-2:] == [b".\r\n", b"quit\r\n"]


def test_nothing_is_taken_when_the_attempt_may_not_depart(server):
    def overtaken():
        assert server.connections == 1
        raise TemporaryError("The lease was over.")

    with departing.noting(overtaken):
        failing(TemporaryError, server.port)
    assert server.seen == []
    send(server.port)
    assert len(server.mails) == 1


def test_a_server_that_drips_does_not_keep_us(monkeypatch):
    monkeypatch.setattr(smtp, "TIMEOUT", 0.5)
    stop = threading.Event()
    listener = socket.create_server(("127.0.0.1", 0))

    def serve():
        client, _ = listener.accept()
        with client, listener, contextlib.suppress(OSError):
            while not stop.wait(0.05):
                client.sendall(b"2")

    threading.Thread(target=serve, daemon=True).start()
    try:
        failing(TemporaryError, listener.getsockname()[1])
    finally:
        stop.set()


def test_a_refused_connection_or_an_unknown_name_is_temporary():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    failing(TemporaryError, port)
    with pytest.raises(TemporaryError):
        smtp.verify(smtp.Server("mail.invalid", 25, "starttls", "politi.example"))
