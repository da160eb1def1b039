"""The rules again, at the last moment before a send: approved, unchanged since, and not past its review date."""

from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms import approval
from cms.models.approvals import Approval
from publishing.guards import Hold, register
from publishing.models import Delivery


def approved(delivery: Delivery) -> Hold | None:
    """Only what somebody approved, and only while nobody has changed it since."""
    given = Approval.objects.filter(revision_id=delivery.revision_id).select_related("page").first()
    if delivery.revision_id is None or given is None:
        return Hold(_("There is no approval for this."), "approval")
    latest = given.page.get_latest_revision()
    if latest is not None and latest.pk != delivery.revision_id and approval.fingerprint(latest) != given.fingerprint:
        return Hold(_("The content was changed after it was approved: it needs a new approval."), "changed")
    return None


def within_review_date(delivery: Delivery) -> Hold | None:
    """Old content is looked at again before it is sent."""
    page = Page.objects.filter(approvals__revision_id=delivery.revision_id).specific().first()
    limit = getattr(page, "review_date", None)
    if limit is not None and timezone.localdate() > limit:
        return Hold(_("Its review date has passed: it needs a new approval."), "review_date")
    return None


def install() -> None:
    """Called once, when the site starts."""
    register("approved", approved)
    register("review date", within_review_date)
