"""How posts do, collected: aggregate figures, never who. It asks, sends nothing, and never keeps a post waiting.

One worker at a time for each channel, and each post is claimed before it is asked about. Sending goes first: nothing
is asked while a post is due or about to be, and the last part of a quota is left alone. What goes wrong rests the
asking, never the channel.
"""

import logging
import time
from datetime import datetime, timedelta

from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from publishing import bells, claiming, credentials, errors, evidence, http, metric_times
from publishing.adapters.base import Account, Figures
from publishing.beginning import announce
from publishing.models import Channel, Delivery, MetricSnapshot, Receipt, State
from publishing.models.receipt import ReceiptQuerySet
from publishing.turns import turn

log = logging.getLogger(__name__)
AT_A_TIME = 25  # posts of a channel a round, a round a minute: far inside what any platform allows
FOR_SENDING = timedelta(seconds=15)  # a post due so soon has the channel to itself
REST = timedelta(minutes=15)  # after a platform that did not answer
NO_ACCESS = timedelta(hours=6)
LONGEST = timedelta(days=1)


def channels(now: datetime) -> list[int]:
    """Channels on which figures are to be asked for, and may be."""
    waiting = Receipt.objects.to_count(now).values("delivery__channel_id")
    return list(Channel.objects.countable(now).filter(pk__in=waiting).order_by("pk").values_list("pk", flat=True))


def collect(channel_id: int, *, seconds: float = 5.0) -> int:
    """Ask about what is due on one channel, for about ``seconds``; returns how many posts were asked about."""
    until, asked = time.monotonic() + seconds, 0
    with turn(f"figures:{channel_id}", claiming.lease() * 2) as ours:
        while ours and asked < AT_A_TIME and time.monotonic() < until:
            now = timezone.now()
            channel = Channel.objects.countable(now).filter(pk=channel_id).first()
            if channel is None or _sends(channel, now):
                break
            receipt = _take(channel, now)
            if receipt is None:
                break
            asked += 1
            if channel.adapter.limits.metrics:
                _ask(channel, receipt)
            else:  # sent before anybody asked for figures, on a kind that has none
                _ours(receipt).update(figures_next_at=None)
    return asked


def _sends(channel: Channel, now: datetime) -> bool:
    """Whether a post is due, on its way, or about to be."""
    moved = Delivery.objects.filter(channel=channel, state__in=claiming.PUMPED)
    soon, under_way = moved.filter(next_at__lte=now + FOR_SENDING), moved.filter(state=State.SENDING)
    return soon.exists() or under_way.filter(next_at__lte=now + 2 * claiming.lease()).exists()


def _take(channel: Channel, now: datetime) -> Receipt | None:
    """The post that has waited longest, for as long as a lease: nobody else asks about it meanwhile."""
    # A sum, so that the index of what is due leads the way, and not the channel's whole history.
    due = Receipt.objects.to_count(now).annotate(on=F("delivery__channel_id") + 0).filter(on=channel.pk)
    for receipt in due.select_related("delivery").order_by("figures_next_at")[:5]:
        until = now + claiming.lease()
        if _ours(receipt).update(figures_next_at=until):
            receipt.figures_next_at = until
            return receipt
    return None


def _ours(receipt: Receipt) -> ReceiptQuerySet:
    """The row while it is as we left it: taken by nobody else, not taken down, not given up."""
    return Receipt.objects.filter(pk=receipt.pk, figures_next_at=receipt.figures_next_at)


def _ask(channel: Channel, receipt: Receipt) -> None:
    """One answer, whatever it is, gives the post its next time, or the channel its rest."""
    now = timezone.now()
    try:
        with http.within(claiming.lease().total_seconds() * claiming.SHARE):
            account = credentials.fresh_account(channel)
            found = channel.adapter.metrics(account, receipt.value())
            gone = found is None and not _still_there(channel, account, receipt)
    except errors.RateLimited as error:
        _rest(channel, receipt, min(error.until, now + LONGEST), error.summary)
    except (errors.TemporaryError, errors.OutcomeUnknown) as error:
        _rest(channel, receipt, now + REST, error.summary)
    except (errors.NotAuthorised, errors.ChannelMisconfigured) as error:
        _rest(channel, receipt, now + NO_ACCESS, error.summary)
        bells.ring("verify_channel", channel.pk)  # whether it can send is not for us to say
    except errors.DeliveryError as error:
        log.warning("delivery %s: no figures: %s", receipt.delivery.key, error.detail)
        _later(receipt, now)
    except DatabaseError:
        raise  # the claim ends by itself
    except Exception:
        log.exception("delivery %s: asking for figures failed", receipt.delivery.key)
        _later(receipt, now)
    else:
        if gone:
            _note_gone(receipt, now)
        else:
            _store(channel, receipt, found or Figures({}), now)


def _still_there(channel: Channel, account: Account, receipt: Receipt) -> bool:
    """A second look before anybody is told: what counts posts is not always what holds them."""
    if not channel.limits.read:
        return False
    return channel.adapter.read(account, receipt.delivery.message, receipt.value()).present


def _store(channel: Channel, receipt: Receipt, found: Figures, now: datetime) -> None:
    counts = dict(found.counts)
    last = receipt.metrics.order_by("-at").first()
    since = now - last.at if last else timedelta()
    with transaction.atomic():
        if _later(receipt, now) and metric_times.worth_storing(last.figures if last else None, since, counts):
            MetricSnapshot.objects.create(receipt=receipt, at=now, figures=counts)
    spared = min(found.spared_until, now + LONGEST) if found.spared_until else None
    if spared or channel.figures_problem:
        Channel.objects.filter(pk=channel.pk).update(figures_not_before=spared, figures_problem="")


def _later(receipt: Receipt, now: datetime) -> bool:
    """Its next time, or none; False when it is no longer ours."""
    age = metric_times.next_collection(now - receipt.sent_at)
    return bool(_ours(receipt).update(figures_next_at=receipt.sent_at + age if age else None))


def _rest(channel: Channel, receipt: Receipt, until: datetime, problem: str) -> None:
    """Nothing more is asked of the channel until then; this post comes first again."""
    _ours(receipt).update(figures_next_at=until)
    Channel.objects.filter(pk=channel.pk).update(figures_not_before=until, figures_problem=problem[:250])


def _note_gone(receipt: Receipt, now: datetime) -> None:
    """Once: it waits for a person among what is not as it was sent, and nothing is asked about it any more."""
    absent = Receipt.ReadBack.ABSENT
    problem = _("It was there, and is gone: taken down by the platform, or by somebody with access to the account.")
    with transaction.atomic():
        if not _ours(receipt).update(figures_next_at=None):
            return
        new = Receipt.objects.filter(pk=receipt.pk).exclude(read_back=absent)
        if new.update(read_back=absent, read_back_at=now, read_back_problems=[problem], read_next_at=None):
            Delivery.objects.filter(pk=receipt.delivery_id).update(dismissed_at=None)
            evidence.record("receipt.gone", delivery=receipt.delivery)
            announce(receipt.delivery)
