"""The editor: the next step is one button, nothing is saved or overwritten unseen, and the cards follow the typing."""

from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
import time_machine
from django.core.files.images import ImageFile
from django.core.files.storage import storages
from django.urls import reverse
from django.utils import timezone
from PIL import Image as Picture
from wagtail.images.models import Image

from campaigns import clock, ordering, words
from campaigns.models import Placement
from cms import cards, overriding, publication
from cms.models import Post, Story, StoryIndex, Variant
from publishing.models import Channel, Delivery, Release, State
from tests import cast as people
from tests.cms.pageform import filled

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=clock.COPENHAGEN)


@pytest.fixture
def channel(db, scripted_kinds):
    return Channel.objects.create(kind="scripted", name="Scripted", slug="scripted")


@pytest.fixture
def short(channel):
    return Channel.objects.create(
        kind="dry_run", name="Short", slug="short", config={"characters": "60"}, account_name="@politi"
    )


@pytest.fixture
def story(cast, channel):
    page = people.draft(by=cast.writer)
    people.place(page, channel)
    return page


def edit_address(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def buttons(client, page):
    """The names and addresses of what stands under the form."""
    html = client.get(edit_address(page)).content.decode()
    footer = html.split('<footer class="footer', 1)[1].split("</footer>", 1)[0]
    known = ("action-submit", "action-save", "action-publish", "action-unpublish", "action-cancel-workflow", "approve")
    found = {name for name in known if name in footer}
    for name in ("look", "break_glass"):
        if reverse(f"approval:{name}", args=[page.pk]) in footer:
            found.add(name)
    return found


def as_json(client, page, **changes):
    """As the editor saves by itself."""
    data = filled(client, edit_address(page), **changes)
    return client.post(edit_address(page), data, headers={"accept": "application/json"})


# --- Buttons ------------------------------------------------------------------------------------------------------


def test_a_writer_saves_or_sends_to_approval(cast, story, client):
    client.force_login(cast.writer)
    assert buttons(client, story) == {"action-save", "action-submit"}
    add = reverse("wagtailadmin_pages:add", args=["cms", "story", StoryIndex.objects.get().pk])
    html = client.get(add).content.decode()
    assert html.index("road-save") < html.index('name="action-submit"'), "Enter in a field saves, and never submits"
    assert "action-publish" not in html


def test_in_approval_the_next_step_is_to_look_and_only_the_duty_officer_can_go_without(cast, story, client):
    people.submit(story, by=cast.writer)
    client.force_login(cast.editor)
    assert buttons(client, story) >= {"look"}
    assert not buttons(client, story) & {"approve", "break_glass", "action-publish"}
    client.force_login(cast.duty)
    assert "break_glass" in buttons(client, story)


def test_a_superuser_has_no_button_that_publishes(cast, story, client):
    people.approve(people.submit(story, by=cast.writer), by=cast.editor)
    client.force_login(cast.admin)
    assert not buttons(client, story) & {"action-publish", "action-unpublish", "break_glass"}


# --- Saving -------------------------------------------------------------------------------------------------------


def test_a_draft_is_saved_by_itself_and_goes_on_being(cast, story, client):
    client.force_login(cast.writer)
    due = (timezone.localtime() + timedelta(days=3)).strftime("%d.%m.%Y 10:00")
    first = as_json(client, story, **{"placements-0-due_at": due})
    assert first.json()["success"], first.content
    placement = Placement.objects.get()
    assert first.json()["field_updates"]["placements-0-version"] == str(placement.version)


def test_what_is_in_approval_or_approved_is_not_saved_by_itself(cast, story, client):
    client.force_login(cast.writer)
    people.submit(story, by=cast.writer)
    response = as_json(client, story, summary="En tast for meget")
    assert response.status_code == 400
    people.approve(Story.objects.get(pk=story.pk), by=cast.editor)
    assert as_json(client, story, summary="En tast for meget").status_code == 400
    assert latest(story).content["summary"] == "Husk lys på cyklen."
    assert "w-autosave" not in client.get(edit_address(story)).content.decode().split("<form", 1)[1].split(">", 1)[0]


def test_a_form_that_was_opened_before_somebody_else_saved_overwrites_nothing_and_loses_nothing(cast, story, client):
    client.force_login(cast.writer)
    mine = filled(client, edit_address(story), summary="Min tekst")
    mine |= loaded(client, story)
    story.summary = "Den andens tekst"
    story.save_revision(user=cast.editor)
    response = client.post(edit_address(story), mine)
    assert response.status_code == 200
    assert "Min tekst" in response.content.decode()
    assert "Editor" in " ".join(str(message) for message in response.context["messages"])
    assert latest(story).content["summary"] == "Den andens tekst"
    assert client.post(edit_address(story), {**mine, **loaded(client, story)}).status_code == 302
    assert latest(story).content["summary"] == "Min tekst"


def latest(page):
    return Story.objects.get(pk=page.pk).get_latest_revision()


def loaded(client, page):
    revision = latest(page)
    return {"loaded_revision_id": revision.pk, "loaded_revision_created_at": revision.created_at.isoformat()}


def test_ones_own_autosave_is_no_other_version(cast, story, client):
    client.force_login(cast.writer)
    mine = filled(client, edit_address(story), summary="Min tekst") | loaded(client, story)
    story.save_revision(user=cast.writer)
    assert client.post(edit_address(story), mine).status_code == 302


# --- Listings -----------------------------------------------------------------------------------------------------


def test_the_listing_says_what_became_of_it_where_and_when_in_a_handful_of_queries(
    cast, channel, client, django_assert_max_num_queries
):
    for number in range(12):
        page = people.draft(by=cast.writer, title=f"Historie {number}")
        people.place(page, channel, due=timezone.now() + timedelta(days=number + 1))
        if number % 2:
            people.approve(people.submit(page, by=cast.writer), by=cast.editor)
    client.force_login(cast.editor)
    address = reverse("wagtailadmin_explore", args=[StoryIndex.objects.get().pk])
    client.get(address)
    with django_assert_max_num_queries(56):
        html = client.get(address).content.decode()
    assert html.count('data-state="planned"') == 6
    assert html.count('data-state="draft"') == 6
    assert "Scripted" in html


# --- Cards --------------------------------------------------------------------------------------------------------


def picture():
    file = BytesIO()
    Picture.new("RGB", (60, 40), "red").save(file, "PNG")
    return ImageFile(file, name="red.png")


def test_a_card_counts_as_its_channel_does_and_says_what_stops(cast, short):
    page = people.draft(Post, by=cast.writer, summary="x" * 70)
    card = cards.card(page, short, timezone.now())
    assert (card.used, card.allowed, card.left) == (70, 60, -10)
    assert any("10" in sentence for sentence in card.stops)
    assert card.handle == "@politi"
    page.summary = "x" * 50
    assert cards.card(page, short, timezone.now()).stops == ()


def test_a_card_shows_the_text_of_its_own_and_says_so(cast, short):
    page = people.draft(Post, by=cast.writer)
    assert not cards.card(page, short, timezone.now()).has_own
    page.variants.add(Variant(channel=short, text="Kun her."))
    card = cards.card(page, short, timezone.now())
    assert card.has_own
    assert card.text == "Kun her."


def test_a_channel_cannot_have_two_texts_of_its_own(cast, short, client):
    page = people.draft(Post, by=cast.writer)
    for text in ("Den ene.", "Den anden."):
        page.variants.add(Variant(channel=short, text=text))
    page.save_revision(user=cast.writer)
    client.force_login(cast.writer)
    address = edit_address(page)
    answer = client.post(address, filled(client, address, **{"action-submit": "1"}))
    rows = answer.context["form"].formsets["variants"].forms
    assert [bool(row.errors) for row in rows] == [False, True]
    assert "har allerede" in str(rows[1].errors["channel"]) or "already" in str(rows[1].errors["channel"])
    assert Post.objects.get(pk=page.pk).current_workflow_state is None


def test_looking_keeps_nothing_in_the_outbox(cast, short, client):
    image = Image.objects.create(title="Cykel", file=picture())
    page = people.draft(Post, by=cast.writer, social_image=image, social_image_alt="En rød cykel")
    people.place(page, short)
    Path(storages["outbox"].location).mkdir(parents=True, exist_ok=True)
    before = storages["outbox"].listdir("")[1]
    card = cards.card(page, short, timezone.now())
    assert card.message.media[0].width == 60
    assert storages["outbox"].listdir("")[1] == before


def preview(client, page, mode="channels", **changes):
    """Type and look, as the editor's preview does."""
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    typed = client.post(address, filled(client, edit_address(page), **changes))
    assert typed.json()["is_valid"], "the cards follow"
    return client.get(f"{address}?mode={mode}").content.decode()


def test_the_cards_follow_the_typing_without_anything_being_saved(cast, story, client):
    client.force_login(cast.writer)
    html = preview(client, story, summary="Helt ny tekst")
    assert "Helt ny tekst" in html
    assert 'data-channel="' in html
    assert Story.objects.get(pk=story.pk).summary == "Husk lys på cyklen."


def test_a_time_in_conflict_does_not_hide_the_cards(cast, story, client):
    client.force_login(cast.writer)
    past = (timezone.localtime() - timedelta(days=1)).strftime("%d.%m.%Y 10:00")
    html = preview(client, story, summary="Helt ny tekst", **{"placements-0-due_at": past})
    assert "Helt ny tekst" in html


def test_each_channel_can_be_looked_at_alone_and_a_post_has_no_page(cast, channel, short, client):
    page = people.draft(Post, by=cast.writer)
    client.force_login(cast.writer)
    assert "website" not in dict(page.preview_modes)
    html = preview(client, page, mode=f"channel-{short.pk}")
    assert f'data-channel="{short.pk}"' in html
    assert f'data-channel="{channel.pk}"' not in html


def test_a_draft_that_is_planned_nowhere_shows_how_it_would_look(cast, channel, client):
    page = people.draft(Post, by=cast.writer)
    client.force_login(cast.writer)
    assert f'data-channel="{channel.pk}"' in preview(client, page)


# --- The plan in words --------------------------------------------------------------------------------------------


def at(hour, minute=0, day=24):
    return clock.to_utc(datetime(2026, 11, day, hour, minute))


@time_machine.travel(NOW, tick=False)
def test_the_plan_is_said_in_the_order_in_which_it_happens():
    rows = [
        words.Row("X", at(10, 10)),
        words.Row("Facebook", at(10, 10)),
        words.Row("Hjemmesiden", at(10), at(12, day=30)),
        words.Row("Pressen"),
    ]
    said = " ".join(words.plan_in_words(rows, timezone.now()))
    order = ["Hjemmesiden", "10.00", "X", "Facebook", "10.10", "Pressen"]
    places = [said.index(word) for word in order]
    assert places == sorted(places)
    assert "30. november" in said


@time_machine.travel(NOW, tick=False)
def test_channels_in_order_are_said_in_their_turn_each_no_earlier_than_the_one_before_it():
    rows = [
        words.Row("X", at(10), rank=2),
        words.Row("Facebook", at(9), rank=2),
        words.Row("Bluesky", at(12), rank=2),
        words.Row("Pressen", at(9, 30), rank=1),
        words.Row("Hjemmesiden", at(10), rank=0),
    ]
    said = words.plan_in_words(rows, timezone.now(), words.Order(timedelta(minutes=5), "REGLEN"))
    wanted = ["Hjemmesiden", "10.00", "Pressen", "10.05", "Facebook", "X", "10.10", "Bluesky", "12.00"]
    places = [said[0].index(word) for word in wanted]
    assert places == sorted(places)
    assert "REGLEN" in said[1]
    alone = words.plan_in_words(rows[:1], timezone.now(), words.Order(timedelta(), "REGLEN"))
    assert alone == words.plan_in_words(rows[:1], timezone.now()), "one alone has no order"


def test_the_order_is_said_as_it_is_typed_and_where_it_is_looked_at(cast, story, channel, client):
    other = Channel.objects.create(kind="scripted", name="Other", slug="other")
    people.place(story, other)
    client.force_login(cast.writer)
    typed = {"channel": [channel.pk, other.pk], "id": ["", ""], "due_at": ["24.11.2030 10:00"] * 2}
    typed["withdraw_at"] = ["", ""]
    address, rule = reverse("approval:words"), str(Release.Rule.LET_FIT_GO.label)
    order = {"release_order": "in_order", "release_minutes": "5", "release_rule": "fit"}
    assert rule in client.get(address, typed | order).content.decode()
    assert "10.05" in client.get(address, typed | order).content.decode()
    for wrong in ({"release_order": ""}, {"release_rule": "x"}):
        assert rule not in client.get(address, typed | order | wrong).content.decode()
    assert client.get(address, typed | order | {"release_minutes": "x"}).status_code == 200
    assert rule not in preview(client, story)
    ordering.choose(story.pk, (5, Release.Rule.LET_FIT_GO), by=cast.planner)
    assert rule in client.get(reverse("approval:look", args=[story.pk])).content.decode()
    assert rule in preview(client, story, release_order="in_order", release_rule="fit")


def test_an_empty_plan_teaches_and_what_is_typed_badly_counts_as_no_time(cast, channel, client):
    client.force_login(cast.writer)
    address = reverse("approval:words")
    empty = client.get(address).content.decode()
    assert empty.count("<p>") == 1
    typed = {"channel": [channel.pk, "x"], "id": ["", ""], "due_at": ["24.11.2", ""], "withdraw_at": ["", ""]}
    assert "Scripted" in client.get(address, typed).content.decode()


def test_what_is_sent_is_history_in_the_form(cast, story, client):
    people.approve(people.submit(story, by=cast.writer), by=cast.editor)
    Delivery.objects.update(state=State.DELIVERED, sent_at=timezone.now())
    client.force_login(cast.editor)
    response = client.get(edit_address(story))
    [row] = response.context["form"].formsets["placements"].initial_forms
    assert row.fields["due_at"].disabled
    moved = filled(client, edit_address(story), **{"placements-0-due_at": "24.12.2030 10:00"})
    client.post(edit_address(story), moved)
    assert Placement.objects.get().due_at.year != 2030


def test_an_older_version_is_started_again_from_and_keeps_the_times(cast, story, client):
    old = latest(story)
    story.summary = "Nyere tekst"
    story.save_revision(user=cast.writer)
    client.force_login(cast.writer)
    address = reverse("wagtailadmin_pages:revisions_revert", args=[story.pk, old.pk])
    html = client.get(address).content.decode()
    assert "road-save" in html
    assert "action-publish" not in html
    due = Placement.objects.get().due_at
    assert client.post(address, filled(client, address)).status_code == 302
    assert latest(story).content["summary"] == "Husk lys på cyklen."
    assert Placement.objects.get().due_at == due


def test_what_is_out_is_taken_down_through_the_outbox(cast, story, client):
    people.approve(people.submit(story, by=cast.writer), by=cast.editor)
    sent = Delivery.objects.get()
    Delivery.objects.update(state=State.DELIVERED, sent_at=timezone.now())
    client.force_login(cast.editor)
    assert reverse("publishing_desk:take_down", args=[sent.pk]) in client.get(edit_address(story)).content.decode()
    client.force_login(cast.writer)
    assert reverse("publishing_desk:take_down", args=[sent.pk]) not in client.get(edit_address(story)).content.decode()


def test_the_publication_rules_stand_above_the_cards_and_who_let_something_pass(cast, channel, client):
    page = people.draft(Post, by=cast.writer, summary="Ring til 010190-1234 om cyklen.")
    people.place(page, channel)
    client.force_login(cast.writer)
    html = preview(client, page)
    assert 'data-weight="stop"' in html
    assert "C-01" in html
    [hard] = [found for found in publication.findings(page) if found.finding.check == "C-01"]
    overriding.override(page, hard, by=cast.editor, reason="Det er et løbenummer.")
    html = preview(client, page)
    assert 'data-weight="passed"' in html
    assert "Det er et løbenummer." in html


def test_a_headline_that_is_missing_is_said_once_and_a_pasted_one_is_one_line(client, cast):
    client.force_login(cast.writer)
    url = reverse("wagtailadmin_pages:add", args=["cms", "story", StoryIndex.objects.get().pk])
    refused = client.post(url, filled(client, url, title="", slug=""))
    assert set(refused.context["form"].errors) == {"title"}
    client.post(url, filled(client, url, title="Lygter\r\npå  cyklen", slug="lygter"))
    assert Story.objects.get(slug="lygter").draft_title == "Lygter på cyklen"


def test_a_new_text_may_have_the_headline_of_an_older_one_and_a_taken_address_is_said(client, cast):
    client.force_login(cast.writer)
    url = reverse("wagtailadmin_pages:add", args=["cms", "story", StoryIndex.objects.get().pk])
    for _number in range(2):
        assert client.post(url, filled(client, url, title="Pas på tasken", slug="pas-paa-tasken")).status_code == 302
    client.post(url, filled(client, url, title="P", slug="p"))  # as it saves itself while somebody writes
    made = Story.objects.filter(slug__startswith="p").order_by("pk")
    edit = reverse("wagtailadmin_pages:edit", args=[made[2].pk])
    for _number in range(2):
        assert client.post(edit, filled(client, edit, title="Pas på tasken", slug="pas-paa-tasken")).status_code == 302
        assert [page.slug for page in made.all()] == ["pas-paa-tasken", "pas-paa-tasken-2", "pas-paa-tasken-3"]
    made.filter(pk=made[2].pk).update(first_published_at=timezone.now())  # its address is known by now
    refused = client.post(edit, filled(client, edit, slug="pas-paa-tasken"))
    assert "slug" in refused.context["form"].errors
