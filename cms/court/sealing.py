"""Sealing of what only the prosecutor's desk may open. Same passphrases as the channels' secrets, other keys.

``publishing.credentials`` is closed to the layers above, and should be: whoever can open one kind of box shall not be
able to open the other. So the key is derived with a salt of its own from the same ``CREDENTIALS_KEYS``, and an
installation still has one thing to guard and to change.
"""

import base64
import hashlib
import json
from collections.abc import Iterable
from functools import cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

SALT = b"pejlemaerke: protected names"


class CannotOpen(Exception):
    """No key fits, or none is set. Says nothing of what is in the box."""


@cache
def _box(passphrases: tuple[str, ...]) -> MultiFernet:
    keys = (hashlib.scrypt(p.encode(), salt=SALT, n=2**14, r=8, p=1, dklen=32) for p in passphrases)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in keys])


def _current() -> MultiFernet:
    if not settings.CREDENTIALS_KEYS:
        raise CannotOpen("CREDENTIALS_KEYS is not set.")
    return _box(tuple(settings.CREDENTIALS_KEYS))


def seal(lines: Iterable[str]) -> bytes:
    return _current().encrypt(json.dumps(list(lines)).encode())


def unseal(sealed: bytes | memoryview) -> list[str]:
    """What ``seal`` was given; CannotOpen when no key fits."""
    try:
        opened: list[str] = json.loads(_current().decrypt(bytes(sealed)))
    except InvalidToken:
        raise CannotOpen("The protected names were sealed with a key that is gone.") from None
    return opened


def resealed(sealed: bytes) -> bytes:
    """The same under the first key; InvalidToken when none fits."""
    return _current().rotate(sealed)
