"""What the composer can do: a known account, a part of an image for one channel, and a story in two languages."""

from collections.abc import Iterator, Mapping
from typing import Any

from cms import cropping, versions
from cms.models import KnownAccount, KnownHandle, Story, Variant
from publishing.models import Channel

CROPPED, TRANSLATED = "Når du ringer 114, møder du Hanne", "Hundene får mere tid"
ENGLISH = ("The dogs get more time", "Two hours more training a week: what it does for the dogs, and for the streets.")


def ensure(users: Mapping[str, Any]) -> Iterator[str]:
    """Each once, telling what was done."""
    account, made = KnownAccount.objects.get_or_create(name="Nordhavns Brandvagt")
    if made:
        KnownHandle.objects.create(account=account, kind="dry_run", handle="@nordhavns_brandvagt")
        yield f"{account.name}: @nordhavns_brandvagt"
    story = Story.objects.filter(title=CROPPED).first()
    if story is not None and not story.get_latest_revision_as_object().variants.all():
        yield from _crop(story, users)
    story = Story.objects.filter(title=TRANSLATED).first()
    if story is not None and not versions.siblings(story):
        yield from _translate(story, users["skribent"])


def _crop(story: Any, users: Mapping[str, Any]) -> Iterator[str]:
    """A square of it where posts are photos, wanted by the writer and approved by somebody else."""
    latest = story.get_latest_revision_as_object()
    channel, image = Channel.objects.filter(slug="instagram").first(), latest.social_image
    if channel is None or image is None:
        return
    box = cropping.around((image.width, image.height), 1, (0.25, 0.5))
    latest.variants.add(Variant(channel=channel, crops={str(image.pk): box.to_json()}, link=Variant.Link.NONE))
    latest.save_revision(user=users["skribent"], log_action=True)
    page = Story.objects.get(pk=story.pk)
    page.get_workflow().start(page, users["skribent"])
    Story.objects.get(pk=story.pk).current_workflow_task_state.approve(user=users["redaktor"])
    yield f"{story.title}: {channel.name} 1:1"


def _translate(story: Any, writer: Any) -> Iterator[str]:
    """In English too; then a word is changed in the Danish text, so that the English one is out of date."""
    version = versions.begin(story, "en", by=writer)
    content = version.get_latest_revision_as_object()
    content.title, content.summary = ENGLISH
    content.save_revision(user=writer, log_action=True)
    latest = story.get_latest_revision_as_object()
    latest.summary = f"{latest.summary} Det begynder til foråret."
    latest.save_revision(user=writer, log_action=True)
    yield f"{story.title}: {content.title}"
