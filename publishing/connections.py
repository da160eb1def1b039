"""Guarded connections under ``http`` and ``smtp``: only to public addresses, and it is known whether a byte has left.

The address that was checked is the address that is connected to, so a name that changes its mind between check and
connect (DNS rebinding) gains nothing. TLS still checks the certificate against the name.
"""

import math
import socket
import threading
import time
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError

from publishing.errors import ChannelMisconfigured

# A connection that lay idle longer is not used again: the other side may be closing it at this very moment, and a
# request lost that way looks like a lost answer. Common servers close after 2 s (gunicorn) or more.
IDLE = 1.0  # seconds
CONNECT = 5.0  # seconds for each address
NAT64 = IPv6Network("64:ff9b::/96")


class Call:
    """One request under way: whether bytes may have left, and a hard stop at its deadline (monotonic seconds)."""

    def __init__(self, deadline: float) -> None:
        self.deadline = deadline
        self.sent = False
        self.expired = False
        self._sock: socket.socket | None = None
        self._lock = threading.Lock()

    def remaining(self) -> float:
        return self.deadline - time.monotonic()

    def __enter__(self) -> "Call":
        _current.call = self
        _watch.add(self)
        return self

    def __exit__(self, *exc: object) -> None:
        with self._lock:
            self._sock = None
        _watch.remove(self)
        _current.call = None

    def begin(self, sock: socket.socket | None) -> None:
        """Called before the first byte leaves; nothing leaves after the deadline."""
        with self._lock:
            if self.remaining() <= 0:
                raise TimeoutError("the deadline passed before anything was sent")
            self._sock, self.sent = sock, True

    def stop(self) -> None:
        """At the deadline: no slow server, dripping a byte at a time, keeps a worker beyond its lease."""
        with self._lock:
            self.expired = True
            if self._sock is not None:
                try:
                    # The plain method also for TLS: its own would wait for the thread that is reading.
                    socket.socket.shutdown(self._sock, socket.SHUT_RDWR)
                except OSError:  # closed already: as wished
                    self._sock = None


class Watch:
    """One thread that stops each call of this process at its deadline. A call that ends in time never wakes it."""

    def __init__(self) -> None:
        self._calls: set[Call] = set()
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._wakes = math.inf  # when the thread looks again, by itself

    def add(self, call: Call) -> None:
        with self._changed:
            self._calls.add(call)
            if self._thread is None:
                self._thread = threading.Thread(target=self._keep, name="deadlines", daemon=True)
                self._thread.start()
            elif call.deadline < self._wakes:
                self._changed.notify()

    def remove(self, call: Call) -> None:
        with self._changed:
            self._calls.discard(call)

    def _keep(self) -> None:
        while True:
            for call in self._next():
                call.stop()

    def _next(self) -> list[Call]:
        """The calls whose time is up, as soon as there is one."""
        with self._changed:
            while not (over := [call for call in self._calls if call.remaining() <= 0]):
                self._wakes = min((call.deadline for call in self._calls), default=math.inf)
                wait = max(0.0, self._wakes - time.monotonic())
                self._changed.wait(wait if self._calls else None)
            self._calls.difference_update(over)
            return over


class _Current(threading.local):
    call: Call | None = None
    adapter: "Guarded | None" = None


_current = _Current()
_watch = Watch()


def allowed(host: str) -> bool:
    """Whether the house has named this host as one of its own (PUBLISHING_ALLOWED_PRIVATE_HOSTS)."""
    return host.strip("[]").rstrip(".").lower() in {
        item.strip("[]").lower() for item in settings.PUBLISHING_ALLOWED_PRIVATE_HOSTS
    }


def is_public(address: str) -> bool:
    """Whether an address lies on the public internet, also when an IPv4 address hides in an IPv6 one."""
    ip: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address):
        hidden = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in NAT64:
            hidden = IPv4Address(int(ip) & 0xFFFFFFFF)
        if hidden is not None:
            ip = hidden
    return ip.is_global and not ip.is_multicast


def dial(host: str, port: int, call: Call) -> socket.socket:
    """A connection to a host that may be called, inside the call's time. OSError when there is none to be had."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError as error:
        raise socket.gaierror(str(error)) from None
    if not allowed(host) and not all(is_public(str(address[4][0])) for address in found):
        raise ChannelMisconfigured(_("This address lies in a private network and is not called."), f"refused {host}")
    problem: OSError = OSError("no address")
    for family, kind, protocol, _name, address in found:
        sock = socket.socket(family, kind, protocol)
        try:
            sock.settimeout(max(0.001, min(CONNECT, call.remaining())))
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            sock.connect(address)
        except OSError as error:
            sock.close()
            problem = error
            if call.remaining() <= 0:
                break
        else:
            return sock
    raise problem


class _Guard(HTTPConnection):
    """What both kinds of connection promise."""

    _used = float("inf")

    def _new_conn(self) -> socket.socket:
        call = _current.call
        if call is None:
            raise RuntimeError("Only publishing.http may open connections.")
        try:
            return dial(self._dns_host, self.port, call)
        except socket.gaierror as error:
            raise NameResolutionError(self.host, self, error) from None
        except TimeoutError:
            raise ConnectTimeoutError(self, "timed out") from None
        except OSError as error:
            raise NewConnectionError(self, type(error).__name__) from None

    def send(self, data: Any) -> None:
        if self.sock is None:
            self.connect()  # nothing has left yet; http.client would connect in the same way
        if _current.call is not None:
            _current.call.begin(self.sock)
            self.sock.settimeout(max(0.001, _current.call.remaining()))  # of all of it, and not as long as connecting
        super().send(data)

    def getresponse(self) -> Any:
        response = super().getresponse()
        self._used = time.monotonic()
        return response

    @property
    def is_connected(self) -> bool:
        """The pool asks this before it uses a connection again."""
        return time.monotonic() - self._used < IDLE and super().is_connected


class _Plain(_Guard):
    pass


class _Secure(_Guard, HTTPSConnection):
    pass


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _Plain


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _Secure


class Guarded(HTTPAdapter):
    """The adapter of requests on guarded connections. It never retries."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _PlainPool, "https": _SecurePool}


def adapter() -> Guarded:
    """The connections of this thread, kept alive between its requests."""
    if _current.adapter is None:
        _current.adapter = Guarded(max_retries=0)
    return _current.adapter


def forget() -> None:
    """Leave the connections alone: after a fork they belong to the parent, and so does the thread that watches."""
    global _watch
    _current.adapter, _watch = None, Watch()
