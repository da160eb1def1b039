"""Take away what was made ready and is given up (``leftovers``): a worker does, with proof, or a person is told."""

import logging
import time
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from publishing import claiming, credentials, errors, evidence, http, leftovers, settling
from publishing.models import Delivery, Leftover
from publishing.models.delivery import FAR
from publishing.scheduling import NotPossible, name_of

log = logging.getLogger(__name__)
AGAIN = timedelta(seconds=30)


def clear(now: datetime, *, channel_id: int, until: float, limit: int = 20) -> None:
    """What is due of it on one channel; one worker at a time, again is harmless. Begins none after ``until``."""
    due = Leftover.objects.filter(next_at__lte=now, delivery__channel_id=channel_id)
    for row in due.order_by("next_at").select_related("delivery__channel")[:limit]:
        if time.monotonic() > until:
            return
        lease = max(now, timezone.now()) + claiming.lease()
        if Leftover.objects.filter(pk=row.pk, next_at=row.next_at).update(next_at=lease):
            with http.within(claiming.lease().total_seconds() * claiming.SHARE):
                _discard(row)


def _discard(row: Leftover) -> None:
    channel = row.delivery.channel
    try:
        credentials.reread(channel)
        channel.adapter.discard(credentials.fresh_account(channel), row.prepared)
    except (errors.TemporaryError, errors.OutcomeUnknown, errors.RateLimited) as error:
        moment = error.until if isinstance(error, errors.RateLimited) else timezone.now() + AGAIN
        _stays(row, str(error.summary), moment)
    except (errors.DeliveryError, errors.ChannelMisconfigured) as error:
        if isinstance(error, errors.NotAuthorised | errors.ChannelMisconfigured):
            settling.pause(channel, str(error.summary), timezone.now())
        _stays(row, str(error.summary), FAR)
    except DatabaseError:
        raise  # the lease brings the row back
    except Exception:
        log.exception("delivery %s: taking its draft away failed", row.delivery.key)
        _stays(row, _("Taking it away failed by a fault of ours."), FAR)
    else:
        _gone(row, by_name="")


def _gone(row: Leftover, *, by_name: str) -> None:
    with transaction.atomic():
        if Leftover.objects.filter(pk=row.pk, next_at__isnull=False).update(next_at=None, reason=""):
            evidence.record("draft.gone", delivery=row.delivery, actor=by_name)


def _stays(row: Leftover, reason: str, moment: datetime) -> None:
    with transaction.atomic():
        Leftover.objects.filter(pk=row.pk, next_at__isnull=False).update(next_at=moment, reason=reason[:500])
        evidence.record("draft.stays", delivery=row.delivery, payload={"reason": reason})


def gone_by_hand(delivery: Delivery, *, by: User | None) -> None:
    """A person took it away where the system could not."""
    rows = list(leftovers.by_hand().filter(delivery=delivery).select_related("delivery"))
    if not rows:
        raise NotPossible(_("No draft of it waits to be taken away by hand."))
    for row in rows:
        _gone(row, by_name=name_of(by))
