"""Push to a subscriber what it has not taken yet, until it takes it. It is told the oldest first, and nothing twice
unless its answer was lost: then it knows the item by id and version.
"""

import hashlib
import hmac
import random
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from publishing import claiming, credentials, errors, evidence, http, retry
from publishing.feed import asking, hub, items, writing
from publishing.models import FeedIntent, FeedSubscriber
from publishing.turns import turn

AT_ONCE = 20  # changes in one push
PATIENCE = timedelta(days=3)  # of failures, one after the other; then it is taken off the list


def due(now: datetime) -> tuple[list[int], list[int]]:
    """Intents to be confirmed and subscribers to be pushed to, once the embargoes that have ended are counted."""
    items.open_to_all(now)
    intents = FeedIntent.objects.filter(next_at__lte=now).order_by("next_at").values_list("pk", flat=True)
    subscribers = FeedSubscriber.objects.due(now).order_by("next_at").values_list("pk", flat=True)
    return list(intents[:50]), list(subscribers[:200])


def push(subscriber_id: int) -> bool:
    """One push, by one worker at a time. True when there is more to push."""
    with turn(f"push:{subscriber_id}", claiming.lease()) as ours:
        now = timezone.now()
        rows = FeedSubscriber.objects.due(now).select_related("feed__channel", "key")
        subscriber = rows.filter(pk=subscriber_id).first()
        if not ours or subscriber is None or _is_over(subscriber, now):
            return False
        return _push(subscriber, now)


def _is_over(subscriber: FeedSubscriber, now: datetime) -> bool:
    key = subscriber.key
    if key is not None and key.revoked_at is not None:
        return hub.end(subscriber, _("Its key was taken back."), now, by_name="")
    if subscriber.lease_until <= now:
        return hub.end(subscriber, _("Its time was over, and it did not ask for more."), now, by_name="")
    return False


def _push(subscriber: FeedSubscriber, now: datetime) -> bool:
    latest = subscriber.feed.sequence  # read before the items: what comes meanwhile is seen the next time
    press = subscriber.key is not None
    page = asking.changes(subscriber.feed, subscriber.taken, press=press, now=now, most=AT_ONCE)
    full = len(page.items) == AT_ONCE
    upto = page.cursor if full else max(latest, page.cursor)
    if page.items:
        try:
            with http.within(claiming.lease().total_seconds() * claiming.SHARE):
                status = _call(subscriber, page)
        except (errors.DeliveryError, errors.ChannelMisconfigured) as error:
            return _failed(subscriber, str(error.summary), timezone.now())
        if status == 410:
            hub.end(subscriber, _("It says that it is gone for good."), timezone.now(), by_name="")
            return False
        if not 200 <= status < 300:
            return _failed(subscriber, _("It answered %(status)s.") % {"status": status}, timezone.now())
    return _took(subscriber, upto, len(page.items)) and full


def _call(subscriber: FeedSubscriber, page: asking.Page) -> int:
    """Nothing appears by it that was not approved and sent already, so a lost answer is simply asked for again."""
    content_type, body = writing.write(subscriber.form, page)
    topic = page.at.feed(subscriber.form)
    headers = {"Content-Type": content_type, "Link": f'<{page.at.hub}>; rel="hub", <{topic}>; rel="self"'}
    secret = credentials.unseal(subscriber.sealed_secret).get("secret", "")
    if secret:
        headers["X-Hub-Signature"] = f"sha256={hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()}"
    return http.request("POST", subscriber.callback, headers=headers, data=body, effect=False).status


def _took(subscriber: FeedSubscriber, upto: int, count: int) -> bool:
    """Fenced by what it had taken before: an answer that comes late moves nobody back."""
    now = timezone.now()
    mine = FeedSubscriber.objects.active().filter(pk=subscriber.pk, taken=subscriber.taken)
    with transaction.atomic():
        pushed = {"pushed_at": now} if count else {}
        done = mine.update(taken=upto, tries=0, failing_since=None, problem="", next_at=now, **pushed)
        if done and count:
            told = {"upto": upto, "items": count}
            evidence.record("feed.pushed", subject=f"feed_subscriber:{subscriber.pk}", payload=told)
    return bool(done)


def _failed(subscriber: FeedSubscriber, problem: str, now: datetime) -> bool:
    since = subscriber.failing_since or now
    if now - since >= PATIENCE:
        hub.end(subscriber, _("It failed for three days: %(problem)s") % {"problem": problem}, now, by_name="")
        return False
    tries = subscriber.tries + 1
    luck = random.random()  # noqa: S311
    again = retry.next_try(min(tries, retry.MAXIMUM_TRIES - 1), now, latest_at=None, luck=luck)
    FeedSubscriber.objects.active().filter(pk=subscriber.pk, taken=subscriber.taken).update(
        tries=tries, failing_since=since, problem=problem[:250], next_at=again
    )
    return False
