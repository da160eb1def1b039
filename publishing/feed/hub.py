"""WebSub (www.w3.org/TR/websub): anybody may ask for a subscription, so the callback itself is asked before it counts.

Asking is written down by the view and carried out by workers; no request is made while somebody waits for a page.
"""

import hmac
import logging
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from publishing import bells, credentials, errors, evidence, http
from publishing.feed import addresses
from publishing.models import Feed, FeedIntent, FeedKey, FeedSubscriber
from publishing.turns import turn

log = logging.getLogger(__name__)
SHORTEST, USUAL, LONGEST = timedelta(hours=1), timedelta(days=10), timedelta(days=30)
WAITING_AT_MOST = 20  # intents of one feed; more is somebody who plays with us
SUBSCRIBERS_AT_MOST = 200
SECRET_BYTES = 200  # fewer than that, says the specification
ASKED_AGAIN = (timedelta(seconds=30), timedelta(minutes=5), timedelta(minutes=30))
WITHIN = 10.0  # seconds for the callback to answer


class Refused(Exception):
    """The request cannot be taken. Its text may be shown; ``status`` is HTTP's."""

    def __init__(self, sentence: str, status: int = 400) -> None:
        super().__init__(sentence)
        self.status = status


@dataclass(frozen=True)
class Asked:
    """What somebody sent to the hub."""

    mode: str
    form: str
    callback: str
    lease: str = ""
    secret: str = ""
    key: FeedKey | None = None


def ask(feed: Feed, asked: Asked, now: datetime) -> FeedIntent:
    """Write down what is wanted, or Refused. A worker asks the callback."""
    _check(feed, asked)
    with transaction.atomic():
        intent = FeedIntent.objects.create(
            feed=feed,
            mode=asked.mode,
            form=asked.form,
            callback=asked.callback,
            lease_seconds=_lease(asked.lease).total_seconds(),
            key=asked.key,
            sealed_secret=credentials.seal({"secret": asked.secret}) if asked.secret else b"",
            challenge=secrets.token_urlsafe(32),
            asked_at=now,
            next_at=now,
        )
        bells.ring("confirm_feed_intent", intent.pk)
    return intent


def _check(feed: Feed, asked: Asked) -> None:
    if asked.mode not in FeedIntent.Mode.values:
        raise Refused("hub.mode is subscribe or unsubscribe.")
    try:
        parts = urlsplit(asked.callback)
        parts.port  # noqa: B018 (raises for one that is no number)
    except ValueError:
        raise Refused("hub.callback is an address.") from None
    if not asked.callback.isprintable() or not asked.secret.isprintable():
        raise Refused("hub.callback and hub.secret have no control characters.")
    if len(asked.callback) > 1000 or not parts.hostname or parts.username is not None or parts.fragment:
        raise Refused("hub.callback is an address without a password or a fragment.")
    if parts.scheme != "https" and not (parts.scheme == "http" and http.is_ours(asked.callback)):
        raise Refused("hub.callback begins with https://.")
    if len(asked.secret.encode()) >= SECRET_BYTES:
        raise Refused("hub.secret has fewer than 200 bytes.")
    if asked.key is not None and asked.mode == FeedIntent.Mode.SUBSCRIBE and not asked.secret:
        raise Refused("What is for the press is pushed with a hub.secret only.")
    theirs = feed.subscribers.active().filter(form=asked.form, callback=asked.callback, key__isnull=False)
    if theirs.exclude(key=asked.key).exists():
        raise Refused("This subscription was made with a key: use the same.", 403)
    if feed.intents.count() >= WAITING_AT_MOST or feed.subscribers.active().count() >= SUBSCRIBERS_AT_MOST:
        raise Refused("Too many at the moment: try again later.", 503)


def _lease(wished: str) -> timedelta:
    seconds = int(wished) if wished.isascii() and wished.isdecimal() and len(wished) < 10 else 0
    return min(max(timedelta(seconds=seconds), SHORTEST), LONGEST) if seconds else USUAL


def confirm(intent_id: int) -> None:
    """Ask the callback whether it wants this. No means no; no answer is asked for again, three times."""
    with turn(f"intent:{intent_id}", timedelta(seconds=60)) as ours:
        intent = FeedIntent.objects.filter(pk=intent_id).select_related("feed__channel", "key").first()
        if not ours or intent is None or intent.next_at > timezone.now():
            return
        try:
            with http.within(WITHIN):
                wanted = _wants(intent)
        except (errors.TemporaryError, errors.OutcomeUnknown, errors.RateLimited):
            _later(intent, timezone.now())
        except (errors.DeliveryError, errors.ChannelMisconfigured) as error:
            log.warning("feed %s: a callback cannot be asked: %s", intent.feed_id, error.detail)
            intent.delete()
        else:
            conclude(intent, wanted, timezone.now())


def _wants(intent: FeedIntent) -> bool:
    asked = {
        "hub.mode": intent.mode,
        "hub.topic": addresses.of(intent.feed.channel).feed(intent.form),
        "hub.challenge": intent.challenge,
        "hub.lease_seconds": str(intent.lease_seconds),
    }
    answer = http.request("GET", intent.callback, params=asked, effect=False, max_bytes=10_000)
    if answer.status >= 500:
        raise errors.TemporaryError(_("The platform does not work right now."), answer.where)
    return answer.ok and hmac.compare_digest(answer.body.strip(), intent.challenge.encode())


def _later(intent: FeedIntent, now: datetime) -> None:
    if intent.tries >= len(ASKED_AGAIN):
        intent.delete()
        return
    again = now + ASKED_AGAIN[intent.tries]
    FeedIntent.objects.filter(pk=intent.pk).update(tries=intent.tries + 1, next_at=again)


@transaction.atomic
def conclude(intent: FeedIntent, wanted: bool, now: datetime) -> None:
    """What the callback said comes into force. A subscriber that was there keeps its place in the feed."""
    same = FeedSubscriber.objects.filter(feed=intent.feed, form=intent.form, callback=intent.callback)
    if wanted and intent.mode == FeedIntent.Mode.UNSUBSCRIBE:
        for subscriber in same.active():
            end(subscriber, _("It ended the subscription itself."), now, by_name="")
    elif wanted and (intent.key is None or intent.key.revoked_at is None):
        renewed = {
            "key": intent.key,
            "sealed_secret": bytes(intent.sealed_secret),
            "lease_until": now + timedelta(seconds=intent.lease_seconds),
            "ended_at": None,
            "ended_reason": "",
            "next_at": now,
        }
        if not same.active().update(**renewed):
            begun = {"since": now, "taken": Feed.objects.get(pk=intent.feed_id).sequence, "tries": 0}
            begun |= {"failing_since": None, "problem": "", "pushed_at": None}
            same.update_or_create(
                feed=intent.feed, form=intent.form, callback=intent.callback, defaults={**renewed, **begun}
            )
        _leave("subscribed", same.get(), "", form=intent.form, press=intent.key is not None)
    intent.delete()


def end(subscriber: FeedSubscriber, reason: str, now: datetime, *, by_name: str) -> bool:
    """Nothing is pushed to it any more. False when it had ended."""
    mine = FeedSubscriber.objects.active().filter(pk=subscriber.pk)
    if not mine.update(ended_at=now, ended_reason=reason[:250], sealed_secret=b""):
        return False
    _leave("unsubscribed", subscriber, by_name, reason=reason)
    return True


def _leave(kind: str, subscriber: FeedSubscriber, actor: str, **payload: object) -> None:
    """The host says who it is; the rest of a callback may hold a token."""
    told = {"host": subscriber.host, **payload}
    evidence.record(f"feed.{kind}", actor=actor, subject=f"feed_subscriber:{subscriber.pk}", payload=told)
