"""The one HTTP door, over real sockets."""

import contextlib
import logging
import socket
import threading
import time
import traceback

import pytest

from publishing import connections, http
from publishing.errors import ChannelMisconfigured, OutcomeUnknown, TemporaryError
from tests.fakes.server import Answer, Fake, Fault

SECRET = "s3cr3t-value-that-must-not-show"


class Echo(Fake):
    def handle(self, seen):
        if seen.path == "/redirect":
            return Answer(302, "", {"Location": f"{self.url}/inside"})
        if seen.path == "/large":
            return Answer(int(seen.query.get("status", 200)), b"x" * 5000)
        if seen.path == "/cookie":
            return Answer(200, {"cookie": seen.headers.get("cookie", "")}, {"Set-Cookie": "a=b; Path=/"})
        return Answer(200, {"path": seen.path, "agent": seen.headers["user-agent"], "body": seen.body.decode()})


@pytest.fixture(autouse=True)
def own_hosts(settings):
    settings.PUBLISHING_ALLOWED_PRIVATE_HOSTS = ["127.0.0.1"]


@pytest.fixture
def echo():
    with Echo() as fake:
        yield fake


def raw(talk):
    """A listener that lets ``talk(connection)`` treat one client as it likes; returns its address."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve():
        client, _ = listener.accept()
        with client, listener, contextlib.suppress(ConnectionError):  # the client hangs up: so it should
            talk(client)

    threading.Thread(target=serve, daemon=True).start()
    return f"http://127.0.0.1:{listener.getsockname()[1]}/"


def closed_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def test_an_answer_of_any_status_is_an_answer(echo):
    echo.order(Fault(lambda seen: True, Answer(503, "<h1>Sorry</h1>")))
    response = http.request("POST", f"{echo.url}/x", json={"a": 1}, effect=True)
    assert (response.status, response.data(), response.headers["CONTENT-TYPE"][:9]) == (503, {}, "text/html")
    assert http.request("POST", f"{echo.url}/x", json={"a": 1}, effect=True).get("body") == '{"a": 1}'


def test_connections_are_kept_alive_but_not_after_lying_idle(echo, monkeypatch):
    for _ in range(3):
        http.request("GET", echo.url, effect=False)
    assert echo.connections == 1
    monkeypatch.setattr(connections, "IDLE", 0.0)
    http.request("POST", echo.url, effect=True)
    assert echo.connections == 2


def test_a_connection_closed_by_the_other_side_is_not_used_again():
    listener = socket.create_server(("127.0.0.1", 0))
    served = []

    def serve():
        for _ in range(5):
            client, _address = listener.accept()
            with client:
                served.append(client.recv(65536))
                client.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")  # keep-alive, then hangs up

    threading.Thread(target=serve, daemon=True).start()
    for _ in range(5):
        http.request("POST", f"http://127.0.0.1:{listener.getsockname()[1]}/", effect=True)
        time.sleep(0.02)
    listener.close()
    assert len(served) == 5


def test_redirects_are_not_followed(echo):
    response = http.request("GET", f"{echo.url}/redirect", effect=False)
    assert response.status == 302
    assert [seen.path for seen in echo.seen] == ["/redirect"]


def test_cookies_are_not_kept(echo):
    http.request("GET", f"{echo.url}/cookie", effect=False)
    assert http.request("GET", f"{echo.url}/cookie", effect=False).get("cookie") == ""


def test_the_environment_has_no_say(echo, monkeypatch, tmp_path):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login a password b")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    http.request("GET", echo.url, effect=False)
    assert "authorization" not in echo.seen[0].headers


@pytest.mark.parametrize("effect", [True, False])
def test_a_refused_connection_is_temporary(effect):
    with pytest.raises(TemporaryError, match="cannot be reached"):
        http.request("POST", f"http://127.0.0.1:{closed_port()}/", effect=effect)


def test_a_name_that_does_not_exist_is_temporary(settings):
    settings.PUBLISHING_ALLOWED_PRIVATE_HOSTS = ["nowhere.invalid"]
    with pytest.raises(TemporaryError):
        http.request("POST", "http://nowhere.invalid/", effect=True)


@pytest.mark.parametrize(("effect", "error"), [(True, OutcomeUnknown), (False, TemporaryError)])
class TestALostAnswer:
    def test_when_the_connection_drops(self, echo, effect, error):
        echo.order(Fault(lambda seen: True, drop=True))
        with pytest.raises(error):
            http.request("POST", echo.url, json={}, effect=effect)
        assert len(echo.seen) == 1  # and no retry

    def test_when_it_does_not_come_in_time(self, echo, effect, error):
        echo.order(Fault(lambda seen: True, wait=1))
        with pytest.raises(error):
            http.request("POST", echo.url, effect=effect, timeout=0.2)

    def test_when_it_drips_for_ever(self, effect, error):
        def drip(client):
            client.recv(65536)
            client.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            for _ in range(60):
                client.sendall(b"a")
                time.sleep(0.05)

        start = time.monotonic()
        with pytest.raises(error) as caught:
            http.request("POST", raw(drip), effect=effect, timeout=0.4)
        assert time.monotonic() - start < 1.5
        assert "deadline" in caught.value.detail

    def test_when_the_body_is_cut_short(self, effect, error):
        def cut(client):
            client.recv(65536)
            client.sendall(b'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"id"')

        with pytest.raises(error):
            http.request("POST", raw(cut), effect=effect)

    def test_when_it_is_too_large(self, echo, effect, error):
        with pytest.raises(error):
            http.request("POST", f"{echo.url}/large", effect=effect, max_bytes=1000)

    def test_when_it_is_no_http(self, effect, error):
        def babble(client):
            client.recv(65536)
            client.sendall(b"SSH-2.0-OpenSSH_9.2\r\n")

        with pytest.raises(error):
            http.request("POST", raw(babble), effect=effect)

    def test_when_it_is_no_json(self, echo, effect, error):
        echo.order(Fault(lambda seen: True, Answer(200, "<html>")))
        response = http.request("POST", echo.url, effect=effect)
        with pytest.raises(error):
            response.get("id")


def test_of_a_large_refusal_the_beginning_is_kept(echo):
    response = http.request("POST", f"{echo.url}/large?status=422", effect=True, max_bytes=1000)
    assert (response.status, len(response.body)) == (422, 1000)


def test_calls_together_end_before_their_common_deadline(echo):
    with http.within(0.3):
        echo.order(Fault(lambda seen: True, wait=0.35))
        with pytest.raises(TemporaryError):
            http.request("POST", f"{echo.url}/media", effect=False)
        with pytest.raises(TemporaryError) as caught:  # nothing was sent, and that is certain
            http.request("POST", f"{echo.url}/post", effect=True)
    assert "nothing was sent" in caught.value.detail
    assert echo.asked(path="/post") == []
    http.request("POST", f"{echo.url}/post", effect=True)


def test_no_call_takes_longer_than_half_a_lease(echo, settings):
    settings.PUBLISHING_LEASE_SECONDS = 1
    echo.order(Fault(lambda seen: True, wait=1))
    start = time.monotonic()
    with pytest.raises(OutcomeUnknown):
        http.request("POST", echo.url, effect=True, timeout=30)
    assert time.monotonic() - start < 0.9


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/",  # not encrypted
        "https://user:pass@example.org/",
        "ftp://example.org/",
        "https:///nowhere",
        "https://[",
        "",
    ],
)
def test_addresses_that_are_never_called(url):
    with pytest.raises(ChannelMisconfigured):
        http.request("GET", url, effect=False)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "::1",
        "fe80::1%eth0",
        "fd00::1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
    ],
)
def test_private_addresses_are_known(address):
    assert not connections.is_public(address)


def test_public_addresses_are_known():
    assert connections.is_public("193.62.1.1")
    assert connections.is_public("2001:67c:2b0::1")


def test_a_name_that_leads_inside_is_refused_after_looking_it_up(settings, echo, monkeypatch):
    settings.PUBLISHING_ALLOWED_PRIVATE_HOSTS = []
    inside = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", echo.port))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **more: inside)
    with pytest.raises(ChannelMisconfigured, match="private network"):
        http.request("GET", f"https://rebind.example:{echo.port}/", effect=False)
    assert echo.connections == 0


def test_the_name_is_looked_up_once_and_that_address_is_called(settings, echo, monkeypatch):
    """A second look-up could give another answer than the one that was checked."""
    settings.PUBLISHING_ALLOWED_PRIVATE_HOSTS = ["platform.example"]
    asked = []

    def look_up(host, port, **more):
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    http.request("GET", f"http://platform.example:{echo.port}/", effect=False)
    assert asked == ["platform.example"]
    assert echo.seen[0].headers["host"] == f"platform.example:{echo.port}"


def test_no_secret_is_ever_shown(echo, caplog):
    caplog.set_level(logging.DEBUG)
    url = f"{echo.url}/hook/{SECRET}"
    what = {
        "headers": {"Authorization": f"Bearer {SECRET}"},
        "params": {"access_token": SECRET},
        "json": {"password": SECRET},
    }
    echo.order(Fault(lambda seen: True, Answer(200, {"accessJwt": SECRET}, {"Set-Cookie": SECRET})))
    shown = [repr(http.request("POST", url, effect=True, **what))]
    echo.order(Fault(lambda seen: True, drop=True))
    calls = [url, f"http://127.0.0.1:{closed_port()}/{SECRET}", f"http://example.org/{SECRET}"]
    for address in calls:
        with pytest.raises((OutcomeUnknown, TemporaryError, ChannelMisconfigured)) as caught:
            http.request("POST", address, effect=True, **what)
        error = caught.value
        shown += [repr(error), error.detail, "".join(traceback.format_exception(error))]
        assert error.__context__ is None
    with pytest.raises(ChannelMisconfigured) as caught:
        http.request("POST", url, headers={"Authorization": f"Bearer {SECRET}\nX: y"}, effect=True)
    shown += [caught.value.detail, repr(caught.value.__context__), caplog.text]
    assert SECRET not in "\n".join(shown)
