"""Secrets of channels: encrypted at rest, opened only by workers, renewed by one worker at a time."""

import base64
import hashlib
import json
import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from publishing import http
from publishing.adapters.base import SECRET, Account, DeliveryKey, Prepared
from publishing.errors import ChannelMisconfigured, NotAuthorised, OutcomeUnknown, RateLimited, TemporaryError
from publishing.models import Channel

log = logging.getLogger(__name__)
RENEW_WITHIN = 15.0  # seconds for all calls of one renewal
RENEW_LEASE = timedelta(seconds=45)  # much longer: nobody renews beside one who is still at it
WAIT = 5.0  # seconds that the others wait for what the one gets
LOOK = 0.05
SPENT = _(
    "The answer to the last renewal of the access was lost, and the old access is no longer good."
    " Connect the channel again."
)


@cache
def _box(passphrases: tuple[str, ...]) -> MultiFernet:
    keys = (hashlib.scrypt(p.encode(), salt=b"pejlemaerke", n=2**14, r=8, p=1, dklen=32) for p in passphrases)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in keys])


def _current() -> MultiFernet:
    if not settings.CREDENTIALS_KEYS:
        raise ChannelMisconfigured(_("CREDENTIALS_KEYS is not set: secrets of channels cannot be opened."))
    return _box(tuple(settings.CREDENTIALS_KEYS))


def seal(secrets: Mapping[str, Any]) -> bytes:
    """Encrypt with the first of ``CREDENTIALS_KEYS``."""
    return _current().encrypt(json.dumps(dict(secrets)).encode())


def unseal(sealed: bytes | memoryview) -> dict[str, str]:
    """What ``seal`` was given, with any of the keys; ChannelMisconfigured when none fits."""
    if not sealed:
        return {}
    try:
        opened: dict[str, str] = json.loads(_current().decrypt(bytes(sealed)))
    except InvalidToken as error:
        raise ChannelMisconfigured(_("The secrets of this channel were encrypted with a key that is gone.")) from error
    return opened


def resealed(sealed: bytes) -> bytes:
    """The same under the first key; InvalidToken when none fits."""
    return _current().rotate(sealed)


def kept(answer: Prepared) -> Prepared:
    """As it is written down: what is secret in it is encrypted."""
    if SECRET not in answer.details:
        return answer
    sealed = seal({SECRET: answer.details[SECRET]}).decode()
    return replace(answer, details={**answer.details, SECRET: sealed})


def opened(key: DeliveryKey) -> DeliveryKey:
    """As an adapter gets it back."""
    sealed = key.prepared.get(SECRET)
    if not isinstance(sealed, str):
        return key
    return replace(key, prepared={**key.prepared, **unseal(sealed.encode())})


def account_of(channel: Channel) -> Account:
    """What the adapter sees, with secrets."""
    return replace(channel.account(), secrets=unseal(channel.encrypted_secrets))


def fresh_account(channel: Channel) -> Account:
    """The account with access that is good now. One worker renews; the others wait a moment and take what it got.

    A renewal spends the old access, so two at once would lose the channel. Whoever renews holds a lease, never a
    lock: STOP and every other channel go on meanwhile. TemporaryError: not to be had just now, nothing was sent.
    """
    until = time.monotonic() + WAIT
    while True:
        account = account_of(channel)
        if not channel.adapter.needs_refresh(account):
            return account
        lease = Lease.take(channel)
        if lease is not None:
            return lease.renew(channel, account)
        if time.monotonic() >= until:
            raise TemporaryError(_("The access is being renewed by another worker. Nothing was sent."))
        time.sleep(LOOK)
        reread(channel)


def reread(channel: Channel) -> None:
    """What the account is made of, as it is now."""
    channel.refresh_from_db(fields=["config", "encrypted_secrets", "kind", "learnt", "name"])


@dataclass(frozen=True)
class Lease:
    """The right to renew one channel's access for a while, with the secrets that were there when it was taken."""

    pk: int
    sealed: bytes
    until: datetime
    unanswered: bool  # the answer to the renewal before was lost

    @classmethod
    def take(cls, channel: Channel) -> "Lease | None":
        """None when somebody else renews, or has: whoever read older secrets looks again instead of spending them."""
        now = timezone.now()
        free = Q(renewing_until__isnull=True) | Q(renewing_until__lte=now)
        before = Channel.objects.filter(free, pk=channel.pk, encrypted_secrets=bytes(channel.encrypted_secrets))
        unanswered = before.values_list("renewal_unanswered", flat=True).first()
        if unanswered is None or not before.update(renewing_until=now + RENEW_LEASE, renewal_unanswered=True):
            return None
        return cls(channel.pk, bytes(channel.encrypted_secrets), now + RENEW_LEASE, unanswered)

    def renew(self, channel: Channel, account: Account) -> Account:
        """Ask once. What comes is stored before anything else, unless a person connected anew meanwhile."""
        try:
            with http.within(RENEW_WITHIN):
                renewed = channel.adapter.refresh(account)
        except OutcomeUnknown as error:
            self._end(unanswered=True)
            sentence = _("The answer to the renewal of the access was lost. Nothing was sent.")
            raise TemporaryError(sentence, error.detail) from error
        except NotAuthorised as error:
            self._end(unanswered=self.unanswered)
            reread(channel)
            if bytes(channel.encrypted_secrets) != self.sealed:  # renewed or connected beside us
                return account_of(channel)
            if self.unanswered:
                raise NotAuthorised(SPENT, error.detail) from error
            raise
        except (TemporaryError, RateLimited):
            self._end(unanswered=self.unanswered)
            raise
        self._end(unanswered=False, encrypted_secrets=seal({**account.secrets, **(renewed or {})}))
        reread(channel)
        return account_of(channel)

    def _end(self, **changes: Any) -> None:
        """Fenced by the secrets it began with; a lease that somebody else has taken since stays theirs."""
        mine = Channel.objects.filter(pk=self.pk, encrypted_secrets=self.sealed)
        unanswered = changes.pop("unanswered")
        if not mine.filter(renewing_until=self.until).update(
            renewing_until=None, renewal_unanswered=unanswered, **changes
        ):
            log.warning("channel %s: a renewal of its access outlived its lease", self.pk)
            if changes:
                mine.update(renewal_unanswered=unanswered, **changes)
