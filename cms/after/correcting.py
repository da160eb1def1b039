"""Correct what is out, everywhere, by one approval: the note and the text are approved together with what follows.

* our own page, and posts that their channel can change, are changed in place (``campaigns.planning``)
* everywhere else a message of its own says it: below the post where the channel can answer, by mail to the same list,
  else as a new post, or by hand

A factual error is corrected. What must not have been said at all is reported as a possible error: that comes down
first, and then somebody decides.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone, translation
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms import sent_pictures
from cms.after import removing
from cms.models.approvals import Approval
from cms.models.corrections import Correction
from publishing import editing, scheduling
from publishing.adapters import fitting
from publishing.adapters.limits import Problem
from publishing.message import Message
from publishing.models import Channel, Delivery, Follow, Receipt, State
from publishing.models.delivery import CANCELLABLE, OPEN
from publishing.scheduling import After, record_evidence

SOON = timedelta(minutes=2)
MOST_SHOWN = 50
WAITS = timedelta(days=7)  # a correction that cannot go at once is sent late rather than never


@dataclass(frozen=True)
class Place:
    """A channel on which the content is out, and in words how it is corrected there."""

    channel: Channel
    delivery: Delivery
    in_place: bool
    sentence: str


def places(page: Page) -> list[Place]:
    """Each channel once, but for our own page: that is always changed in place."""
    found: dict[int, Place] = {}
    for row in editing.posts(removing.out(page.pk)):
        if not row.channel.limits.publishes_page and row.channel.retired_at is None:
            in_place = editing.possible(row)
            found[row.channel_id] = Place(row.channel, row, in_place, _in_words(row.channel, in_place=in_place))
    return list(found.values())


def elsewhere(page: Page) -> list[Place]:
    """Where only another message can correct it."""
    return [place for place in places(page) if not place.in_place]


def _in_words(channel: Channel, *, in_place: bool) -> str:
    if in_place:
        return _("The post itself is changed, and the platform shows that it was.")
    if channel.limits.by_hand:
        return _("Somebody posts it by hand: it waits in the list.")
    if channel.limits.fan_out:
        return _("Those who got the mail get another one that corrects it.")
    if channel.limits.replies:
        return _("A reply below the post says it.")
    return _("A post of its own says it: what is out there cannot be changed.")


def can_be_corrected(page: Any) -> bool:
    """Something of it is out."""
    return bool(page.live or removing.out(page.pk))


def pending(page: Any) -> Correction | None:
    """The note that is written and has not gone out yet."""
    notes = page.get_latest_revision_as_object().corrections.all()
    return next((note for note in notes if note.at is None and not _sent(note)), None)


def _label(note_key: UUID) -> str:
    return f"correction:{note_key.hex}"


def _sent(note: Correction) -> bool:
    """On a page without an address of its own, what was sent tells that the note is out."""
    return Delivery.objects.labelled(_label(note.key)).exclude(state__in=CANCELLABLE).exists()


@transaction.atomic
def correct(page: Any, *, text: str, channels: Iterable[Channel], by: Any) -> None:
    """Write the note into the newest version, with the channels that are told. It goes out once that is approved."""
    wanted = set(channels)
    chosen = [place.channel.pk for place in elsewhere(page) if place.channel in wanted]
    content = page.get_latest_revision_as_object()
    notes = list(content.corrections.all())
    waiting = next((note for note in notes if note.at is None and not _sent(note)), None)
    if waiting is None:
        waiting = Correction()
        notes.append(waiting)
    waiting.text, waiting.channels = text, chosen
    content.corrections = notes
    content.save_revision(user=by, log_action=True)
    record_evidence(
        "content.correction_written",
        actor=by.get_username(),
        subject=f"page:{page.pk}",
        payload={"channels": chosen},
    )


def message(page: Any, text: str, channel: Channel) -> Message:
    """What a channel is told that cannot change what it has."""
    with translation.override(page.language):
        said, title = (_("Correction: %(text)s") % {"text": words} for words in (text, page.title))
    html = format_html("<p><strong>{}</strong></p>", said) + page.body_html() if channel.limits.html else ""
    link = page.common_link() if page.live else ""
    return Message(text=said, link=link, title=title, summary=said, html=str(html), language=page.language)


def problems(page: Any, text: str, place: Place) -> list[Problem]:
    """What must change before this channel can say it, below the post or by itself."""
    after = _after(place.delivery)
    answers = after is not None and after.mode == Follow.ANSWERS
    return scheduling.problems(place.channel, message(page, text, place.channel), answers=answers)


def render(content: Any) -> dict[str, dict[str, Any]]:
    """For the approval: by note and channel the very words. ``content`` is what is about to be approved."""
    found = {}
    for note in content.corrections.all():
        told = Channel.objects.usable().filter(pk__in=note.channels) if note.at is None and note.channels else ()
        messages = {str(channel.pk): _kept(message(content, note.text, channel), content) for channel in told}
        if messages:
            found[str(note.key)] = messages
    return found


def _kept(told: Message, content: Any) -> dict[str, Any]:
    return replace(told, html=sent_pictures.kept(told.html, content)).to_json()


def plan(approval: Approval, content: Any, *, by: Any) -> None:
    """Send what was approved to correct it. Again is harmless: no channel is told the same twice."""
    originals = {place.channel.pk: place.delivery for place in places(content)}
    for key, messages in approval.corrections.items():
        for channel in Channel.objects.usable().filter(pk__in=messages):
            told = Message.from_json(messages[str(channel.pk)])
            if _is_news(UUID(key), channel, approval, by=by):
                _send(UUID(key), channel, told, approval, content, originals.get(channel.pk), by=by)


def _is_news(key: UUID, channel: Channel, approval: Approval, *, by: Any) -> bool:
    """What an older approval has on its way gives way; what is out stays the only one."""
    before = Delivery.objects.labelled(_label(key)).filter(channel=channel, parent=None)
    for old in before.filter(state__in=CANCELLABLE).exclude(revision=approval.revision):
        scheduling.cancel(old, reason=_("Replaced by a newer approval."), by=by)
    return not before.exclude(state=State.CANCELLED).exists()


def _send(
    key: UUID, channel: Channel, told: Message, approval: Approval, content: Any, original: Delivery | None, *, by: Any
) -> None:
    now = timezone.now()
    scheduling.schedule(
        key=uuid5(key, f"{approval.revision_id}/{channel.pk}/{told.sha256()}"),
        channel=channel,
        message=told,
        due_at=now,
        latest_at=now + WAITS,
        revision=approval.revision,
        labels=[f"page:{content.pk}", f"type:{content._meta.model_name}", _label(key)],
        operational=content.operational,
        headline=told.title,
        by=by,
        after=_after(original),
    )


def _after(original: Delivery | None) -> After | None:
    """Below the post itself where the channel can answer; a list is written to as it was then."""
    if original is None or original.state != State.DELIVERED or original.receipt.by_hand:
        return None
    if original.channel.limits.fan_out:
        return After(original, Follow.AFTER)
    return After(original, Follow.ANSWERS) if original.channel.limits.replies else None


def about_to_go(content: Any) -> list[tuple[Place, str]]:
    """For whoever approves: who is told of the correction, how, and in which words."""
    told = {channel: words for messages in render(content).values() for channel, words in messages.items()}
    found = [place for place in elsewhere(content) if str(place.channel.pk) in told]
    return [(place, fitting.whole_text(Message.from_json(told[str(place.channel.pk)]))) for place in found]


@dataclass(frozen=True)
class Sent:
    """What was sent, or will be, to correct it on one channel."""

    delivery: Delivery
    way: str

    @property
    def receipt(self) -> Receipt | None:
        return getattr(self.delivery, "receipt", None)

    @property
    def is_open(self) -> bool:
        """Whether it is not settled yet, so that there is something to say of it."""
        return self.delivery.state in OPEN

    def is_moving(self, now: datetime) -> bool:
        """Whether the system is about to change something of it, or to read it back."""
        reads = self.receipt.read_next_at if self.receipt is not None else None
        goes = self.delivery.next_at if self.is_open else reads
        return goes is not None and goes <= now + SOON

    @property
    def version(self) -> str:
        """Another one as soon as there is something else to see."""
        return f"{self.delivery.pk}:{self.delivery.state}:{self.receipt.read_back if self.receipt is not None else ''}"


def history(page: Page) -> list[Sent]:
    """What was sent to correct it, the latest first: our own page too, each time that it was changed."""
    rows = removing.deliveries_of(page.pk).order_by("pk")
    ours = [row.pk for row in rows if row.channel.limits.publishes_page and row.state != State.CANCELLED]
    found = [Sent(row, _way(row)) for row in rows if row.pk in ours[1:] or row.edits_id or " correction:" in row.labels]
    return found[::-1][:MOST_SHOWN]


def _way(delivery: Delivery) -> str:
    if delivery.channel.limits.publishes_page:
        return _("the page itself is changed")
    return _("the post itself is changed") if delivery.edits_id else _("a message of its own")
