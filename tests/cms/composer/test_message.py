"""What a channel adds by itself is part of the message that is shown, approved and frozen."""

import pytest
from django.urls import reverse
from django.utils import timezone

from cms import cards, carrying, decisions, links, mentioning, publication, rendering
from cms.models import KnownAccount, KnownHandle, Mention, MoreImage, Post, Variant
from cms.models.base import FeedAudience
from publishing.message import Message
from publishing.models import Channel, Delivery
from tests import cast as people
from tests.cms.pageform import filled
from tests.newsroom import picture

MARKS = "utm_source=x&utm_medium=social"


@pytest.fixture
def channel(db, scripted_kinds):
    return Channel.objects.create(kind="scripted", name="Scripted", slug="scripted")


@pytest.fixture
def page(cast, channel):
    page = people.draft(by=cast.writer)
    people.place(page, channel)
    return page


def message(page, channel):
    return rendering.render(page, channel, freezing=carrying.measure)


def test_a_link_is_marked_only_where_the_channel_asks_for_it_and_only_on_our_own_site(page, channel):
    bare = message(page, channel).link
    assert "utm" not in bare, "off by default"
    channel.link_parameters = MARKS
    assert message(page, channel).link == f"{bare}?{MARKS}"
    assert links.marked("https://politi.dk/", MARKS) == "https://politi.dk/"
    assert links.marked(f"{bare}?a=1&utm_source=b#c", MARKS) == f"{bare}?a=1&utm_source=b&utm_medium=social#c"


def test_a_link_that_the_writer_put_into_the_text_is_marked_there_and_not_said_twice(page, channel):
    bare = message(page, channel).link
    page.variants.add(Variant(channel=channel, text=f"Læs mere ({bare}). Se https://politi.dk."))
    channel.link_parameters = MARKS
    found = message(page, channel)
    assert found.text == f"Læs mere ({bare}?{MARKS}). Se https://politi.dk."
    assert found.link in found.text


def test_the_page_itself_is_never_marked(page):
    website = Channel(kind="website", name="Website", link_parameters=MARKS)
    assert "utm" not in message(page, website).link


def test_a_name_becomes_the_handle_of_the_channel_and_stays_a_name_where_none_is_known(page, channel, cast):
    account = KnownAccount.objects.create(name="Hovedstadens Beredskab")
    KnownHandle.objects.create(account=account, kind="scripted", handle="@hbr")
    page.summary = "Sammen med Hovedstadens Beredskab. Hovedstadens Beredskabs biler. Hovedstadens Beredskab igen."
    assert message(page, channel).text == page.summary, "only what the content mentions"
    page.mentions.add(Mention(account=account))
    assert message(page, channel).text == (
        "Sammen med @hbr. Hovedstadens Beredskabs biler. Hovedstadens Beredskab igen."
    )
    other = Channel.objects.create(kind="scripted_by_hand", name="By hand", slug="by-hand")
    assert message(page, other).text == page.summary


def test_known_accounts_that_the_text_names_are_proposed_once(page):
    account = KnownAccount.objects.create(name="Rigspolitiet")
    assert mentioning.unmentioned(page, "Fra Rigspolitiet.") == [account]
    assert mentioning.unmentioned(page, "Fra Rigspolitiets folk.") == []
    page.mentions.add(Mention(account=account))
    assert mentioning.unmentioned(page, "Fra Rigspolitiet.") == []


def test_alternative_text_is_shared_until_the_channel_has_its_own(cast, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    channel = Channel.objects.create(kind="dry_run", name="Dry", slug="dry")
    page = people.draft(by=cast.writer, social_image=picture(), social_image_alt="Fælles.")
    assert rendering.picture_for(page, channel)[1] == "Fælles."
    page.variants.add(Variant(channel=channel, image_alt="Kortere."))
    assert rendering.picture_for(page, channel)[1] == "Kortere."
    page.variants.set([Variant(channel=channel, image=picture())])
    assert rendering.picture_for(page, channel)[1] == "", "the words of another image say nothing of this one"


def test_what_the_channel_adds_after_somebody_looked_is_shown_before_it_is_approved(page, channel, cast, client):
    page = people.submit(page, by=cast.writer)
    shown = decisions.seal(page)
    Channel.objects.filter(pk=channel.pk).update(link_parameters=MARKS)
    client.force_login(cast.editor)
    address = reverse("approval:look", args=[page.pk])
    client.post(address, {"note": "", "shown": shown, "approve": "1"})
    assert not Delivery.objects.exists()
    response = client.get(address)
    assert "utm_source=x" in response.content.decode()
    client.post(address, {"note": "", "shown": response.context["shown"], "approve": "1"})
    sent = Delivery.objects.get()
    assert sent.message.link.endswith(MARKS)
    Channel.objects.update(link_parameters="")
    sent.refresh_from_db()
    assert sent.message.link.endswith(MARKS), "what was approved stays"


def test_a_mention_is_a_change_that_needs_a_new_approval(cast, channel):
    page = people.draft(Post, by=cast.writer)
    before = page.get_latest_revision()
    account = KnownAccount.objects.create(name="Rigspolitiet")
    page.mentions.add(Mention(account=account))
    after = page.save_revision(user=cast.writer)
    assert decisions.fingerprint(before) != decisions.fingerprint(after)


@pytest.mark.parametrize("typed", ["utm_source", "a=b&", "a=b c", "javascript:alert(1)", "a=<b>"])
def test_parameters_that_are_none_are_refused_in_the_channel_form(typed):
    from publishing.channel_forms import LINK_PARAMETERS

    assert not LINK_PARAMETERS.fullmatch(typed)
    assert LINK_PARAMETERS.fullmatch(MARKS)


def test_place_credit_and_audience_are_frozen_for_a_live_feed_and_for_nobody_else(
    page, channel, cast, client, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path / "media"
    feed = Channel.objects.create(kind="feed", name="Live", slug="live")
    page.social_image, page.social_image_alt = picture(), "Et torv."
    page.more_images = [MoreImage(image=picture("bro.png"), alt="En bro.", credit="Bo Opdigtet")]
    unchanged = message(page, feed).sha256()
    page.place_name, page.image_credit, page.feed_audience = "Nørrebro", "Ida Opdigtet", FeedAudience.PRESS
    said = message(page, feed)
    assert (said.extra["place"], said.extra["audience"]) == ("Nørrebro", "press")
    assert [media.credit for media in said.media] == ["Ida Opdigtet", "Bo Opdigtet"]
    assert Message.from_json(said.to_json()) == said
    assert said.sha256() != unchanged
    other = message(page, channel)
    assert not other.extra
    assert {media.credit for media in other.media} <= {""}
    about = dict(cards.card(page, feed, timezone.now()).about)
    assert set(about.values()) >= {"Nørrebro", FeedAudience.PRESS.label}
    page.save_revision(user=cast.writer)
    client.force_login(cast.writer)
    looked = client.get(reverse("approval:look", args=[page.pk])).content.decode()
    people.place(page, feed)
    assert "Ida Opdigtet" not in looked
    looked = client.get(reverse("approval:look", args=[page.pk])).content.decode()
    assert "Ida Opdigtet" in looked
    assert str(FeedAudience.PRESS.label) in looked


def test_what_was_approved_before_there_were_places_and_credits_says_the_same(page, cast):
    revision = page.get_latest_revision()
    before = decisions.fingerprint(revision)
    gone = [revision.content.pop(name) for name in ("place_name", "image_credit", "feed_audience")]
    assert gone == ["", "", ""]
    assert decisions.fingerprint(revision) == before
    page.feed_audience = FeedAudience.PRESS
    assert decisions.fingerprint(page.save_revision(user=cast.writer)) != before


def test_a_credit_may_name_who_took_the_picture_but_no_number_of_a_person(page, cast):
    page.image_credit = "Foto: Jens Hansen"
    page.save_revision(user=cast.writer)
    assert not [found for found in publication.findings(page) if found.text.field == "image_credit"]
    page.image_credit = "0101701234"
    assert {found.finding.check for found in publication.hard_stops(page)} >= {"C-01"}


def test_who_may_read_it_is_asked_only_where_a_feed_is_set_up(page, cast, client):
    client.force_login(cast.writer)
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert 'name="feed_audience"' not in client.get(address).content.decode()
    Channel.objects.create(kind="feed", name="Live", slug="live")
    assert 'name="feed_audience"' in client.get(address).content.decode()
    client.post(address, filled(client, address, feed_audience="press"))
    assert type(page).objects.get(pk=page.pk).get_latest_revision_as_object().feed_audience == "press"
