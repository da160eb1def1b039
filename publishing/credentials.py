"""Secrets of channels: encrypted at rest, opened only by workers."""

import base64
import hashlib
import json
from collections.abc import Mapping
from functools import cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import transaction

from publishing.adapters.base import Account
from publishing.errors import ChannelMisconfigured
from publishing.models import Channel


@cache
def _box(passphrases: tuple[str, ...]) -> MultiFernet:
    keys = (hashlib.scrypt(p.encode(), salt=b"pejlemaerke", n=2**14, r=8, p=1, dklen=32) for p in passphrases)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in keys])


def _current() -> MultiFernet:
    if not settings.CREDENTIALS_KEYS:
        raise ChannelMisconfigured("CREDENTIALS_KEYS is not set: secrets of channels cannot be opened.")
    return _box(tuple(settings.CREDENTIALS_KEYS))


def seal(secrets: Mapping[str, str]) -> bytes:
    """Encrypt with the first of ``CREDENTIALS_KEYS``."""
    return _current().encrypt(json.dumps(dict(secrets)).encode())


def open_secrets(channel: Channel) -> dict[str, str]:
    """The secrets in the clear, with any of the keys; ChannelMisconfigured when none fits."""
    if not channel.encrypted_secrets:
        return {}
    try:
        opened: dict[str, str] = json.loads(_current().decrypt(bytes(channel.encrypted_secrets)))
    except InvalidToken as error:
        raise ChannelMisconfigured("The secrets of this channel were encrypted with a key that is gone.") from error
    return opened


def account_of(channel: Channel) -> Account:
    """What the adapter sees, with secrets."""
    return Account(channel.pk, channel.name, channel.kind, dict(channel.config), open_secrets(channel))


def fresh_account(channel: Channel) -> Account:
    """The account with access that is good now. Only one worker renews: the others wait and read what it got.

    A renewal spends the old refresh token, so it runs under the channel's row lock and is stored before anything else.
    """
    account = account_of(channel)
    if not channel.adapter.needs_refresh(account):
        return account
    with transaction.atomic():
        locked = Channel.objects.select_for_update(of=("self",), no_key=True).get(pk=channel.pk)
        account = account_of(locked)
        if locked.adapter.needs_refresh(account):
            renewed = locked.adapter.refresh(account)
            if renewed:
                locked.encrypted_secrets = seal({**account.secrets, **renewed})
                locked.save(update_fields=["encrypted_secrets"])
                account = account_of(locked)
    return account
