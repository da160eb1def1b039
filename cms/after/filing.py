"""Which published content has no journal number yet, and giving it one (R-90)."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, Min, OuterRef, Q
from wagtail.models import Page

from campaigns.models import Placement
from cms.models import CampaignPage, CourtResult, Post, Story
from publishing.scheduling import record_evidence

KINDS = (Story, CampaignPage, CourtResult, Post)


def may_file(user: Any) -> bool:
    return bool(user.has_perm("cms.file_content"))


def not_filed() -> Any:
    """What went out and has no number, the oldest first. Taken down since or not: it was out."""
    sent = Placement.objects.filter(page_id=OuterRef("pk"), delivery__sent_at__isnull=False)
    empty = Q()
    for kind in KINDS:
        empty |= Q(**{f"{kind._meta.model_name}__journal_number": ""})
    rows = Page.objects.filter(empty, Exists(sent.filter(delivery__channel__dry_run=False)))
    return rows.annotate(sent_at=Min("placements__delivery__sent_at")).order_by("sent_at", "pk")


@transaction.atomic
def file(page: Page, number: str, *, by: Any) -> None:
    """Nothing that anybody reads changes, so nobody has to approve it."""
    if not may_file(by):
        raise PermissionDenied
    type(page.specific).objects.filter(pk=page.pk).update(journal_number=number[:40])
    record_evidence(
        "content.filed", actor=by.get_username(), subject=f"page:{page.pk}", payload={"journal_number": number[:40]}
    )
