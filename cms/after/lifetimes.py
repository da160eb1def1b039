"""How long content stays: begun by its approval, looked at again by its owner, ended by the clock."""

from datetime import date, datetime, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.after import removing
from cms.models.lifetimes import Lifetime
from cms.models.policies import Policy
from cms.models.removals import Removal
from publishing.scheduling import record_evidence


def begin(page_id: int, content: Any, approved_on: date) -> Lifetime:
    """What was approved says how long it stays; a court result without a last day gets one by the policy, once."""
    before = Lifetime.objects.filter(page_id=page_id).first()
    policy = Policy.load()
    last = content.expires_on
    if last is None and before is not None and before.ended_at is None:
        last = before.expires_on  # a correction makes nothing younger
    months = content.stays(policy.months)
    if last is None and months is not None:
        last = approved_on + relativedelta(months=months)
    review = content.review_date
    if review is None and last is not None:
        review = max(last - timedelta(days=policy.review_days), approved_on + timedelta(days=1))
    dates = {"review_on": review, "expires_on": last, "ended_at": None}
    lifetime, _created = Lifetime.objects.update_or_create(page_id=page_id, defaults=dates)
    return lifetime


def may_review(page: Page, user: Any) -> bool:
    """The owner, and who takes down for others."""
    return bool(page.owner_id == user.pk or user.has_perm("publishing.withdraw_delivery"))


@transaction.atomic
def keep(lifetime: Lifetime, *, review_on: date, expires_on: date | None, note: str, by: Any) -> None:
    """Somebody looked, and it still holds."""
    if not may_review(lifetime.page, by):
        raise PermissionDenied
    before = lifetime.as_evidence()
    lifetime.review_on, lifetime.expires_on = review_on, expires_on
    Lifetime.objects.filter(pk=lifetime.pk, ended_at=None).update(review_on=review_on, expires_on=expires_on)
    record_evidence(
        "content.reviewed",
        actor=by.get_username(),
        subject=f"page:{lifetime.page_id}",
        payload={"before": before, "after": lifetime.as_evidence(), "note": note},
    )


def end_what_is_over(now: datetime) -> list[int]:
    """Take down everywhere what has had its last day; returns the page ids. Again is harmless."""
    ended = []
    for lifetime in Lifetime.objects.over(timezone.localdate(now)).select_related("page"):
        with transaction.atomic():
            if Lifetime.objects.filter(pk=lifetime.pk, ended_at=None).update(ended_at=now):
                reason = _("Its last day was %(day)s.") % {
                    "day": date_format(lifetime.expires_on or timezone.localdate(now), "j. F Y")
                }
                removing.remove(lifetime.page, cause=Removal.Cause.EXPIRED, reason=reason, by=None)
                ended.append(lifetime.page_id)
    return ended
