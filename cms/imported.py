"""Drafts for what the plan asks for: by whoever asks, for somebody else to approve."""

from collections.abc import Collection
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.models import Comment, Page

from campaigns import drafts
from cms.models import (
    CampaignIndex,
    CampaignPage,
    CommunicationInitiative,
    Post,
    PostIndex,
    Story,
    StoryIndex,
)

# What a draft can be, and the section it begins in; the most usual first. Court results begin with a report.
BEGUN: dict[str, tuple[Any, Any]] = {
    "post": (Post, PostIndex),
    "story": (Story, StoryIndex),
    "campaignpage": (CampaignPage, CampaignIndex),
}
# What belonged to the time at which the original was sent.
OF_ITS_TIME: dict[str, Any] = {
    "embargo_until": None, "review_date": None, "expires_on": None, "journal_number": "", "operational": False,
}  # fmt: skip
LEFT_BEHIND = ["corrections", "wagtail_admin_comments"]


def kinds() -> list[tuple[str, str]]:
    return [(key, str(model._meta.verbose_name)) for key, (model, _section) in BEGUN.items()]


def kinds_of(user: Any) -> list[tuple[str, str]]:
    return [(key, label) for key, label in kinds() if _section(key, user) is not None]


def may(user: Any) -> bool:
    return _section("", user) is not None


def write(wanted: drafts.Wanted, user: Any) -> int:
    """One draft, nowhere placed yet; its first revision says who it is by. What is wanted stands beside the text."""
    section = _section(wanted.kind, user)
    if section is None:
        raise PermissionDenied
    page = _model(wanted.kind)(
        title=wanted.title,
        summary=wanted.text,
        focus_area_id=wanted.focus_area,
        campaign_id=wanted.campaign,
        owner=user,
        live=False,
    )
    page.initiative_tags = [CommunicationInitiative(initiative_id=pk) for pk in wanted.initiatives]
    with transaction.atomic():
        section.add_child(instance=page)
        if wanted.hint:
            page.wagtail_admin_comments = [Comment(user=user, text=wanted.hint, contentpath="summary")]
        page.save_revision(user=user, log_action=True)
    return int(page.pk)


def copyable(page_ids: Collection[int], user: Any) -> Collection[int]:
    allowed = [model for key, (model, _index) in BEGUN.items() if _section(key, user) is not None]
    return {pk for model in allowed for pk in model.objects.filter(pk__in=page_ids).values_list("pk", flat=True)}


def copy(page_id: int, campaign: int | None, user: Any) -> int:
    """The latest words, image, tags and texts for channels. What is approved and where it went stays behind."""
    page = Page.objects.get(pk=page_id).specific
    kind = page._meta.model_name
    section = _section(kind, user) if kind in BEGUN else None
    if section is None:
        raise PermissionDenied
    latest = page.get_latest_revision_as_object()
    made = latest.copy(
        to=section,
        recursive=False,
        copy_revisions=False,
        user=user,
        update_attrs={**OF_ITS_TIME, "campaign_id": campaign, "owner": user, "slug": _free_slug(latest.slug, section)},
        exclude_fields=LEFT_BEHIND,
    )
    return int(made.pk)


def _free_slug(slug: str, section: Page) -> str:
    taken = set(section.get_children().filter(slug__startswith=slug).values_list("slug", flat=True))
    number = 2
    while f"{slug}-{number}" in taken:
        number += 1
    return f"{slug}-{number}" if slug in taken else slug


def _model(kind: str) -> Any:
    return BEGUN[kind or next(iter(BEGUN))][0]


def _section(kind: str, user: Any) -> Any:
    """Where this kind begins; None where this person may not begin one, or for what cannot be begun like this."""
    known = BEGUN.get(kind or next(iter(BEGUN)))
    section = known[1].objects.first() if known else None
    return section if section is not None and section.permissions_for_user(user).can_add_subpage() else None


def install() -> None:
    """Called once, when the site starts."""
    drafts.register(drafts.Writer(may, write, kinds, kinds_of, copyable, copy))
