"""Connecting a channel in a browser (OAuth 2 with PKCE). Views call ``begin`` and ``came_back``, workers the rest.

::

    begin --bell--> prepare: register, consent's address --> the person, on the platform
                    finish: code -> access, sealed  <--bell-- came_back: state checked, once
    pick: where the login gives several accounts, a person says which it shall be
"""

import base64
import hashlib
import hmac
import logging
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from publishing import bells, credentials, errors, http, picking, setting_up
from publishing.adapters.base import Account, Candidate
from publishing.channels import write_down
from publishing.models import Channel, Consent
from publishing.models.consent import WORKING
from publishing.scheduling import NotPossible

log = logging.getLogger(__name__)
WITHIN = 30.0  # seconds for all calls of one step
RING_AGAIN = 5  # seconds after which a bell counts as lost
Step = Consent.Step
# What platforms call it when the person said no: the standard's word, and LinkedIn's two
# (https://learn.microsoft.com/linkedin/shared/authentication/authorization-code-flow).
REFUSALS = ("access_denied", "user_cancelled_login", "user_cancelled_authorize")
BELLS = {Step.WANTED: "prepare_consent", Step.RETURNED: "finish_consent"}


def redirect_uri() -> str:
    """Where the platform sends the person back to: the same for every channel, known to the platform beforehand."""
    return settings.BASE_URL.rstrip("/") + reverse("publishing_channels:consent_back")


@transaction.atomic
def begin(channel: Channel, *, by: User) -> Consent:
    """A person wants to connect it; an earlier wish for the same channel is over."""
    if not channel.adapter.connects:
        raise NotPossible(_("This kind of channel is not connected in a browser: enter its access in the form."))
    if channel.retired_at is not None:
        raise NotPossible(_("%(channel)s is no longer in use.") % {"channel": channel.name})
    for earlier in Consent.objects.open().filter(channel=channel):
        _fail(earlier, _("It was begun again."))
    consent = Consent.objects.create(channel=channel, channel_version=channel.version, by=by)
    write_down(channel, "connect_begun", by)
    bells.ring("prepare_consent", consent.pk)
    return consent


def prepare(consent: Consent) -> None:
    """For a worker: make what the platform wants to know beforehand, and the address that the person goes to."""
    if consent.move(Step.WANTED, Step.PREPARING):
        _guarded(consent, _prepare)


def _prepare(consent: Consent) -> None:
    account = credentials.account_of(consent.channel)
    with http.within(WITHIN):
        app = dict(consent.channel.adapter.register(account, redirect_uri=redirect_uri()) or {})
    state, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(48)
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
    address = consent.channel.adapter.consent(
        _with(account, app), redirect_uri=redirect_uri(), state=state, challenge=challenge
    )
    box = {"address": address, "verifier": verifier, "redirect_uri": redirect_uri(), **_prefixed(app)}
    consent.move(Step.PREPARING, Step.READY, sealed=credentials.seal(box), state_sha256=_hash(state))


def address(consent: Consent) -> str:
    """The platform's page on which the person allows it."""
    return credentials.unseal(consent.sealed).get("address", "")


def came_back(*, by: User, state: str, code: str, error: str) -> Consent:
    """The platform sent this very person back. Good once, for ten minutes; NotPossible for anything else."""
    given, now = _hash(state), timezone.now()
    waiting = list(Consent.objects.filter(by=by, step=Step.READY, expires_at__gt=now))
    mine = [consent for consent in waiting if hmac.compare_digest(consent.state_sha256, given)]
    consent = mine[0] if mine else None
    if consent is None or not consent.move(Step.READY, Step.RETURNED, sealed=_with_code(consent, code)):
        raise NotPossible(_("This answer belongs to nothing that you have begun, or it came too late. Begin again."))
    if error or not code:
        _fail(consent, _refusal(error))
    else:
        bells.ring("finish_consent", consent.pk)
    return consent


def _with_code(consent: Consent, code: str) -> bytes:
    return credentials.seal({**credentials.unseal(consent.sealed), "code": code})


def _refusal(error: str) -> str:
    if error in REFUSALS or not error:
        return _("It was not allowed on the platform. Nothing was connected.")
    said = error if re.fullmatch(r"[\w.-]{1,60}", error, re.ASCII) else "?"
    return _("The platform refused: %(error)s. Nothing was connected.") % {"error": said}


def finish(consent: Consent) -> None:
    """For a worker: turn the code into access and keep it; then the channel is verified like any other.

    Where the login gives several accounts, the access waits, sealed, until a person has picked one.
    """
    if consent.move(Step.RETURNED, Step.EXCHANGING):
        _guarded(consent, _finish)


def _finish(consent: Consent) -> None:
    channel, box = consent.channel, credentials.unseal(consent.sealed)
    app = {name.removeprefix("app:"): value for name, value in box.items() if name.startswith("app:")}
    account = _with(credentials.account_of(channel), app)
    with http.within(WITHIN):
        got = channel.adapter.exchange(
            account, code=box["code"], redirect_uri=box["redirect_uri"], verifier=box["verifier"]
        )
        found = channel.adapter.candidates(_with(account, got)) if channel.adapter.picks else ()
    access, picked = {**app, **got}, picking.no_choice(found, channel.config)
    if channel.adapter.picks and picked is None:
        if not found:
            raise errors.NotAuthorised(_("This login gives no account to post from. Log in as somebody who has one."))
        waiting = credentials.seal(picking.packed(access, found))
        consent.move(Step.EXCHANGING, Step.PICKING, sealed=waiting, state_sha256="")
        return
    _connect(consent, access, picked)


def offers(consent: Consent) -> list[tuple[Candidate, bool]]:
    """The accounts to pick from, by name, and whether the channel posts from it already."""
    found = picking.candidates(credentials.unseal(consent.sealed))
    return [(item, picking.is_current(item, consent.channel.config)) for item in found]


def pick(consent: Consent, key: str) -> None:
    """A person has picked one of the accounts that the login gave. NotPossible when it is not there to be picked."""
    box = credentials.unseal(consent.sealed) if consent.step == Step.PICKING else {}
    picked = next((item for item in picking.candidates(box) if item.key == key and not item.problem), None)
    if picked is None or consent.expires_at <= timezone.now():
        raise NotPossible(_("Pick one of the accounts."))
    _guarded(consent, lambda mine: _connect(mine, picking.access(box), picked))


def _connect(consent: Consent, access: Mapping[str, str], picked: Candidate | None) -> None:
    secrets = {**access, **(picked.secrets if picked else {})}
    config = picked.config if picked else {}
    with transaction.atomic():
        setting_up.connected(consent.channel, secrets, config=config, version=consent.channel_version, by=consent.by)
        consent.move(Step(consent.step), Step.CONNECTED, sealed=b"", state_sha256="")


def _guarded(consent: Consent, step: Callable[[Consent], None]) -> None:
    """Whatever goes wrong ends it with a sentence: what a code was worth may be spent, so nothing is tried again."""
    try:
        step(consent)
    except setting_up.Overtaken:
        _fail(consent, _("The channel was changed meanwhile. Nothing was connected: begin again."))
    except (errors.TemporaryError, errors.RateLimited, errors.OutcomeUnknown) as error:
        _fail(consent, _("%(problem)s Nothing was connected: begin again.") % {"problem": error.summary})
    except (errors.DeliveryError, errors.ChannelMisconfigured) as error:
        _fail(consent, error.summary)
    except Exception:
        log.exception("consent %s: undeclared error", consent.pk)
        _fail(consent, _("Connecting failed by a fault of ours."))


def _fail(consent: Consent, problem: str) -> None:
    if consent.move(Step(consent.step), Step.FAILED, problem=problem[:250], sealed=b"", state_sha256=""):
        write_down(consent.channel, "connect_failed", consent.by, problem=problem[:250])


def ring_again(consent: Consent) -> None:
    """For a page that waits: a bell may have been lost, and a second one is harmless."""
    waited = (timezone.now() - consent.step_at).total_seconds()
    if consent.step in BELLS and waited > RING_AGAIN:
        bells.ring(BELLS[Step(consent.step)], consent.pk)


def sweep(now: datetime) -> None:
    """End what nobody will finish, with all that it kept; forget what is a day old."""
    for consent in Consent.objects.lost(now):
        lost = consent.step in WORKING and consent.expires_at > now
        _fail(consent, _("A worker was lost. Begin again.") if lost else _("It took longer than ten minutes."))
    Consent.objects.filter(expires_at__lte=now - timedelta(days=1)).delete()


def _with(account: Account, more: Mapping[str, str]) -> Account:
    return replace(account, secrets={**account.secrets, **more})


def _prefixed(app: Mapping[str, str]) -> dict[str, str]:
    return {f"app:{name}": value for name, value in app.items()}


def _hash(state: str) -> str:
    return hashlib.sha256(state.encode()).hexdigest()
