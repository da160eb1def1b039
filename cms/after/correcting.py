"""Correct what is out: a visible note on the page, the text changed by the normal approval, a follow-up elsewhere.

A factual error is corrected in place. What must not have been said at all is reported as a possible error: that comes
down first, and then somebody decides.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.models import Page

from campaigns import clock
from campaigns.models import Placement
from cms.after import removing
from cms.court.models import Case, CasePage
from cms.models.base import CommunicationInitiative
from cms.models.corrections import Correction
from cms.models.newsroom import PostIndex
from cms.models.posts import Post
from publishing.models import Channel, Delivery
from publishing.scheduling import record_evidence

SOON = timedelta(minutes=15)  # after that a follow-up goes as soon as it is approved
WAITS = timedelta(days=7)  # for its approval


@dataclass(frozen=True)
class Elsewhere:
    """A channel on which the content is out and cannot be changed."""

    channel: Channel
    delivery: Delivery


def elsewhere(page: Page) -> list[Elsewhere]:
    """Where only another post can correct it, each channel once. Our own page is changed in place."""
    found: dict[int, Elsewhere] = {}
    for row in removing.out(page.pk):
        if not row.channel.limits.publishes_page and row.channel.retired_at is None:
            found[row.channel_id] = Elsewhere(row.channel, row)
    return list(found.values())


def can_be_corrected(page: Any) -> bool:
    """Something of it is out."""
    return bool(page.live or removing.out(page.pk))


def pending(page: Any) -> Correction | None:
    """The note that is written and not published yet."""
    content = page.get_latest_revision_as_object()
    return next((note for note in content.corrections.all() if note.at is None), None)


@transaction.atomic
def correct(page: Any, *, text: str, channels: Iterable[Channel], by: Any) -> Post | None:
    """Write the note into the newest version, and draft the follow-up for the channels. Both then want approval."""
    if page.has_address:
        _note(page, text, by)
    chosen = [place.channel for place in elsewhere(page) if place.channel in set(channels)]
    follow_up = _follow_up(page, text, chosen, by) if chosen else None
    record_evidence(
        "content.correction_written",
        actor=by.get_username(),
        subject=f"page:{page.pk}",
        payload={"follow_up": follow_up.pk if follow_up else None, "channels": [channel.pk for channel in chosen]},
    )
    return follow_up


def _note(page: Any, text: str, by: Any) -> None:
    content = page.get_latest_revision_as_object()
    notes = list(content.corrections.all())
    waiting = next((note for note in notes if note.at is None), None)
    if waiting is None:
        notes.append(Correction(text=text))
    else:
        waiting.text = text
    content.corrections = notes
    content.save_revision(user=by, log_action=True)


def _follow_up(page: Any, text: str, channels: list[Channel], by: Any) -> Post:
    """A post of its own on each channel, as soon as somebody has approved it."""
    with translation.override(page.language):
        said = _("Correction: %(text)s") % {"text": text}
        title = _("Correction: %(text)s") % {"text": page.title}
    post = Post(
        title=title[:255],
        summary=said,
        link_url=page.common_link() if page.live else "",
        language=page.language,
        owner=by,
        live=False,
        focus_area=page.focus_area,
        owner_unit=page.owner_unit,
        campaign=page.campaign,
        locale=page.locale,
    )
    PostIndex.objects.first().add_child(instance=post)
    post.initiative_tags = [CommunicationInitiative(initiative=tag.initiative) for tag in page.initiative_tags.all()]
    post.save_revision(user=by, log_action=True)
    due = timezone.now() + SOON
    for channel in channels:
        times = {"due_at": due, "wall_time": clock.written(due), "latest_at": due + WAITS}
        Placement.objects.create(page_id=post.pk, channel=channel, created_by=by, **times)
    for case in Case.objects.about(page.pk):  # its bans hold for what is said about it here too
        CasePage.objects.get_or_create(case=case, page_id=post.pk, defaults={"by": by})
    return post
