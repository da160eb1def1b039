"""Remove content everywhere, at once, and see to it until it is gone. What no machine can take down waits for people.

1. what is not sent yet is cancelled, what is out is to be withdrawn, the page comes off the site at once
2. answers that come in late are pressed again, every half minute
3. until somebody approves it anew, nothing of it goes out (``cms.guards``)
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from cms.models.removals import Removal
from publishing import deciding, takedown
from publishing.models import Delivery, State
from publishing.models.delivery import CANCELLABLE, IN_FLIGHT
from publishing.scheduling import record_evidence

MAY_BE_OUT = IN_FLIGHT | {State.DELIVERED, State.UNCERTAIN}


def deliveries_of(*page_ids: int) -> Any:
    """Every delivery of the content, whatever the revision; a list of recipients counts once."""
    revisions = Revision.page_revisions.filter(object_id__in=[str(pk) for pk in page_ids])
    return Delivery.objects.filter(parent__isnull=True, revision__in=revisions).select_related("channel", "receipt")


def out(*page_ids: int) -> list[Delivery]:
    """What the public can see of it now, or may: a dry run is seen by nobody."""
    found = deliveries_of(*page_ids).filter(state__in=MAY_BE_OUT, channel__dry_run=False).order_by("due_at", "pk")
    return [row for row in found if row.state != State.PROCESSING or not row.channel.limits.by_hand]


@transaction.atomic
def remove(page: Page, *, cause: str, reason: str, by: Any) -> Removal:
    """Take it down everywhere, beginning now; returns the order that stays until all of it is gone."""
    Page.objects.select_for_update(of=("self",)).get(pk=page.pk)
    removal = Removal.objects.create(page_id=page.pk, cause=cause, reason=reason[:250], by=by)
    record_evidence(
        "content.removed",
        actor=by.get_username() if by is not None else "",
        subject=f"page:{page.pk}",
        payload={"cause": cause, "removal": removal.pk},
    )
    press(removal)
    _off_the_site(page.pk)
    return removal


def order(delivery: Delivery, reason: str, by: Any) -> bool:
    """Somebody on the desk wants all of this content gone. False when the delivery is of no content."""
    page = Page.objects.filter(pk=delivery.revision.object_id).first() if delivery.revision is not None else None
    if page is None:
        return False
    remove(page, cause=Removal.Cause.TAKEN_DOWN, reason=reason, by=by)
    return True


def press(removal: Removal) -> None:
    """Ask once more for everything that is not on its way down yet."""
    for delivery in _before(removal).filter(state__in=CANCELLABLE | {State.DELIVERED, State.PROCESSING}):
        at_the_platform = delivery.state == State.PROCESSING and not deciding.waits_for_a_hand(delivery)
        asked = delivery.state == State.DELIVERED and delivery.withdraw_reason
        if not at_the_platform and not asked:
            takedown.take_down([delivery], reason=removal.reason, by=removal.by)


def carry_on(now: datetime) -> None:
    """Press every removal that is under way, and end those of which nothing is left."""
    for removal in Removal.objects.under_way().select_related("by"):
        with transaction.atomic():
            press(removal)
            if not _before(removal).filter(state__in=CANCELLABLE | MAY_BE_OUT).exists():
                _end(removal, now)


def still_out(removal: Removal) -> list[Delivery]:
    """What is not gone yet, for whoever wants to know."""
    return list(_before(removal).filter(state__in=CANCELLABLE | MAY_BE_OUT).order_by("due_at"))


def forbids(approved_at: datetime, page_id: int) -> bool:
    """Whether the content was removed after this approval."""
    return Removal.objects.filter(page_id=page_id, at__gte=approved_at).exists()


def _before(removal: Removal) -> Any:
    """Deliveries that the order is about: what is planned by a later approval is not."""
    return deliveries_of(removal.page_id).filter(created_at__lte=removal.at)


def _end(removal: Removal, now: datetime) -> None:
    if Removal.objects.under_way().filter(pk=removal.pk).update(ended_at=now):
        record_evidence("content.gone", subject=f"page:{removal.page_id}", payload={"removal": removal.pk})


def _off_the_site(page_id: int) -> None:
    """Our own page needs no worker: it is gone when this is committed. Its delivery proves it later."""
    page = Page.objects.get(pk=page_id)
    if page.live:
        page.specific.unpublish()


def install() -> None:
    """Called once, when the site starts."""
    takedown.register(order)


def names(rows: Iterable[Delivery]) -> str:
    """The channels in words."""
    return ", ".join(dict.fromkeys(row.channel.name for row in rows)) or _("no channel")
