"""The rules again, at the last moment before a send: approved, unchanged since, and not past its review date."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns import windows
from campaigns.models import ClosedPeriod
from campaigns.windows import Item
from cms import closed, publication, topics
from cms.after import removing
from cms.fingerprints import files_now, fingerprint
from cms.models.approvals import Approval
from cms.rendering import breaks_embargo
from publishing.guards import Hold, register
from publishing.models import Delivery


def _given(delivery: Delivery) -> list[Approval]:
    """The approvals of these very words for this channel, the latest first."""
    found = Approval.objects.filter(revision_id=delivery.revision_id).select_related("page")
    return [approval for approval in found if approval.allows(delivery.channel_id, delivery.message_sha256)]


def approved(delivery: Delivery) -> Hold | None:
    """Only the very words that somebody approved for this channel, and only while nobody has changed them since."""
    given = _given(delivery)
    if delivery.revision_id is None or not given:
        return Hold(_("There is no approval for this."), "approval")
    latest = given[0].page.get_latest_revision()
    if latest is not None and latest.pk != delivery.revision_id and fingerprint(latest) != given[0].fingerprint:
        return Hold(_("The content was changed after it was approved: it needs a new approval."), "changed")
    if removing.forbids(given[0].at, given[0].page_id):
        return Hold(_("It was taken down after it was approved: it needs a new approval."), "removed")
    return None


def same_files(delivery: Delivery) -> Hold | None:
    """What the library shows in place of a picture or a video by now is a change as any other: nobody approved it.

    A page shows pictures from the library as they are when it goes on air. Every other channel would be sent the very
    bytes that were frozen at the approval; but somebody had a reason to replace them.
    """
    given = _given(delivery)
    if given and not any(files_now(approval.files) == approval.files for approval in given):
        return Hold(_("A picture or a video was changed after the approval: it needs a new approval."), "files")
    return None


def after_embargo(delivery: Delivery) -> Hold | None:
    """Whoever moves a time cannot move it before the embargo unseen."""
    embargo = delivery.message.embargo_until
    if breaks_embargo(delivery.channel, embargo, timezone.now()):
        return Hold(_("The embargo has not ended yet."), "embargo")
    return None


def within_review_date(delivery: Delivery) -> Hold | None:
    """Old content is looked at again before it is sent."""
    if delivery.revision is None:
        return None
    written = delivery.revision.content.get("review_date")  # as it was approved: the page's own row may be older
    limit = date.fromisoformat(written) if written else None
    if limit is not None and timezone.localdate() > limit:
        return Hold(_("Its review date has passed: it needs a new approval."), "review_date")
    return None


def within_the_rules(delivery: Delivery) -> Hold | None:
    """The publication rules once more: an override may be missing by now, a ban may have been registered since."""
    if delivery.revision is None:
        return None
    found = publication.blocking(delivery.revision)
    if found is None:
        return None
    return Hold(_("A publication rule forbids it: %(sentence)s") % {"sentence": found}, "rules")


def not_closed(delivery: Delivery) -> Hold | None:
    """No election and no closed time speaks against it at this minute, or a second person let it pass. Never why."""
    if delivery.operational:
        return None
    now = timezone.now()
    shut = ClosedPeriod.objects.filter(starts_at__lte=now, ends_at__gt=now).windows()
    if not shut:
        return None
    item = Item(topics.of_delivery(delivery), delivery.channel.slug)
    page_id = int(delivery.revision.object_id) if delivery.revision is not None else None
    for window in windows.against(item, now, shut):
        if window.blocks or not closed.let_pass(page_id, delivery.channel, window):
            return Hold(windows.sentence(window), "closed")
    return None


def install() -> None:
    """Called once, when the site starts."""
    register("approved", approved)
    register("same files", same_files)
    register("embargo", after_embargo)
    register("review date", within_review_date)
    register("publication rules", within_the_rules)
    register("closed", not_closed)
