"""From the writer's choice for one channel to what is frozen for it."""

import io

import pytest
from PIL import Image
from wagtail.models import Site

from cms.models import KnownAccount, KnownHandle, Mention, Post, Variant
from publishing.models import Channel, Delivery
from tests import cast as people
from tests.newsroom import picture


@pytest.fixture
def photo(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return Channel.objects.create(
        kind="dry_run", name="Foto", slug="foto", config={"look": "photo"}, link_parameters="utm_source=foto"
    )


def test_what_was_chosen_for_a_channel_is_what_is_frozen_for_it(cast, photo):
    short = Channel.objects.create(kind="dry_run", name="Kort", slug="kort")
    account = KnownAccount.objects.create(name="Nordhavns Brandvagt")
    KnownHandle.objects.create(account=account, kind="dry_run", handle="@brandvagten")
    image = picture()
    page = people.draft(
        Post, by=cast.writer, summary="Med Nordhavns Brandvagt.", social_image=image, social_image_alt="Et torv."
    )
    page.link_url = f"{Site.objects.get().root_url}/historier/"
    square = [0.2188, 0, 956 / 1700, 1]
    page.variants.add(Variant(channel=photo, crops={str(image.pk): square}, image_alt="Torvets midte."))
    page.mentions.add(Mention(account=account))
    page.save_revision(user=cast.writer)
    for channel in (photo, short):
        people.place(page, channel)
    people.approve(people.submit(Post.objects.get(pk=page.pk), by=cast.writer), by=cast.editor)

    frozen = Delivery.objects.get(channel=photo).message
    assert frozen.text == "Med @brandvagten."
    assert frozen.link.endswith("/historier/?utm_source=foto")
    assert frozen.media[0].alt == "Torvets midte."
    assert frozen.media[0].width == frozen.media[0].height
    with Image.open(io.BytesIO(frozen.media[0].read())) as sent:
        assert sent.width == sent.height, "the bytes themselves"
    other = Delivery.objects.get(channel=short).message
    assert other.link.endswith("/historier/")
    assert other.media[0].alt == "Et torv."
    assert other.media[0].width > other.media[0].height
