"""Drafts for what is brought in with a plan: a post each, by whoever brings it in, for somebody else to approve."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from campaigns import drafts
from cms.models import CommunicationInitiative, Post, PostIndex


def may(user: Any) -> bool:
    section = PostIndex.objects.first()
    return section is not None and bool(section.permissions_for_user(user).can_add_subpage())


def write(wanted: drafts.Wanted, user: Any) -> int:
    """One draft, nowhere placed yet; its first revision says who it is by."""
    section = PostIndex.objects.first()
    if section is None or not may(user):
        raise PermissionDenied
    post = Post(
        title=wanted.title,
        summary=wanted.text,
        focus_area_id=wanted.focus_area,
        campaign_id=wanted.campaign,
        owner=user,
        live=False,
    )
    post.initiative_tags = [CommunicationInitiative(initiative_id=pk) for pk in wanted.initiatives]
    with transaction.atomic():
        section.add_child(instance=post)
        post.save_revision(user=user, log_action=True)
    return int(post.pk)


def install() -> None:
    """Called once, when the site starts."""
    drafts.register(drafts.Writer(may, write))
