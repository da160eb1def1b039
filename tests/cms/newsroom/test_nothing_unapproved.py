"""What is not out is out nowhere: two words mark everything that no public route may show.

A search page repeats what was asked for, so each word is asked for alone, and the other one must not come back.
"""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction, Site

from campaigns.models import Campaign
from cms.models import CampaignPage, CourtResult, Post, Story, StoryIndex
from publishing import stopping
from publishing.models import Channel, Delivery, State
from tests.newsroom import body, picture, walk

ZEBRA, CANARY = "zebraord", "kanariord"
SECRET = f"{ZEBRA} {CANARY}"


def words(kind="paragraph"):
    return [(kind, f"<p>{SECRET}</p>")]


def marked(newsroom, **fields):
    """Fields in which every place for words has the mark."""
    image = picture(f"{ZEBRA}-{CANARY}.png", "red")
    common = {"title": SECRET, "summary": SECRET, "social_image": image, "social_image_alt": SECRET}
    return common | {"focus_area": newsroom.area, "owner_unit": newsroom.unit, **fields}


@pytest.fixture
def public_story(newsroom):
    """One story that is out, with marks where only colleagues may read."""
    return newsroom.publish(
        title="Torvet er åbent",
        summary="Alle er velkomne.",
        body=[("paragraph", "<p>Kom forbi på torsdag.</p>")],
        social_image=picture(),
        social_image_alt="Torvet i sol.",
        focus_area=newsroom.area,
        owner_unit=newsroom.unit,
        journal_number=SECRET[:40],
        purpose=SECRET,
    )


def draft(newsroom, cls=Story, **fields):
    return newsroom.draft(cls, **marked(newsroom, **fields))


def planned(newsroom, cls=Story, **fields):
    return newsroom.approved(cls, **marked(newsroom, **fields))


def in_state(state):
    def make(newsroom):
        page = planned(newsroom, body=words())
        Delivery.objects.filter(placements__page_id=page.pk).update(state=state, state_reason=SECRET)
        return page

    return make


def held(newsroom):
    page = planned(newsroom, body=words())
    stopping.hold(Delivery.objects.get(placements__page_id=page.pk), reason=SECRET, by=None)
    return page


def post_on_air(newsroom):
    """Sent on a network: the website never shows it."""
    channel = Channel.objects.create(kind="dry_run", name="X", slug="x", dry_run=True)
    page = planned(newsroom, Post, channel=channel)
    Delivery.objects.filter(placements__page_id=page.pk).update(state=State.DELIVERED)
    return page


def post_of_a_public_campaign(newsroom):
    campaign = Campaign.objects.create(title=SECRET, starts_on="2026-10-01", ends_on="2026-12-31")
    parent = newsroom.publish(CampaignPage, title="Lys på", summary="Husk lys.", campaign=campaign)
    return draft(newsroom, Post, parent=parent)


def withdrawn(newsroom):
    return newsroom.take_down(newsroom.publish(**marked(newsroom, body=words())))


def newer_draft(newsroom):
    """The story stays, its newer draft does not show. The page itself may be read, so its address is no secret."""
    page = Story.objects.get(slug="torvet-er-aabent")
    return newsroom.change(page, **marked(newsroom, body=words(), slug=f"{ZEBRA}-{CANARY}"))


def newer_approved(newsroom):
    """Approved, and due in an hour."""
    return newsroom.approve(newer_draft(newsroom))


def login_only(newsroom):
    page = newsroom.publish(**marked(newsroom, body=words()))
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    return page


def with_password(newsroom):
    page = newsroom.publish(**marked(newsroom, body=words()))
    PageViewRestriction.objects.create(page=page, restriction_type="password", password="sesam")
    return page


def in_a_private_section(newsroom):
    section = StoryIndex(title="Lukket afdeling", slug="lukket", live=True)
    newsroom_page = StoryIndex.objects.get().get_parent()
    newsroom_page.add_child(instance=section)
    PageViewRestriction.objects.create(page=section, restriction_type=PageViewRestriction.LOGIN)
    return newsroom.publish(parent=section, **marked(newsroom, body=words()))


def outside_the_site(newsroom):
    page = newsroom.publish(**marked(newsroom, body=words()))
    page.move(Page.get_first_root_node(), pos="last-child")
    return Story.objects.get(pk=page.pk)


NEVER_OUT = (
    lambda newsroom: draft(newsroom, body=words()),
    lambda newsroom: draft(newsroom, CampaignPage, body=words()),
    lambda newsroom: draft(newsroom, CourtResult, court=SECRET, body=words()),
    lambda newsroom: draft(newsroom, Post),
    lambda newsroom: planned(newsroom, CampaignPage, body=words()),
    lambda newsroom: planned(newsroom, CourtResult, court=SECRET, body=words()),
    held,
    in_state(State.MISSED),
    in_state(State.FAILED),
    in_state(State.UNCERTAIN),
    post_on_air,
    post_of_a_public_campaign,
)
NOT_FOR_ALL = (withdrawn, login_only, with_password, outside_the_site, in_a_private_section)
NEWER_DRAFT, NEWER_APPROVED = (newer_draft,), (newer_approved,)
HIDDEN = {"never out": NEVER_OUT, "not for all": NOT_FOR_ALL, "newer": NEWER_DRAFT, "newer approved": NEWER_APPROVED}


def guesses(page):
    """Addresses that somebody who knows or guesses the name might try."""
    root = Site.objects.get().root_page.url_path
    path = "/" + page.url_path.removeprefix(root)
    yield from (path, path.rstrip("/"), f"{path}rss/", f"{path}amp/", f"{path}index.html", f"/nyheder{path}")
    yield from (f"{path}?{query}" for query in ("preview=1", "draft=true", "mode=preview", "preview_mode=", "side=1"))
    yield f"/{page.slug}/"
    for image in [page.social_image] if page.social_image else []:
        yield image.file.url
        yield from (rendition.url for rendition in image.renditions.all())
        yield reverse("wagtailadmin_home") + f"images/{image.pk}/"
    for number in (page.pk, page.latest_revision_id):
        for api in ("/api/v2/pages/{}/", "/api/v3/pages/{}/", "/api/pages/{}/", "/admin/api/main/pages/{}/"):
            yield api.format(number)
    yield from ("/api/v2/pages/", "/api/v2/images/", "/admin/api/main/pages/", "/oembed/", "/oembed/?url=" + path)
    yield from (f"/images/x/{page.pk}/original/", f"/documents/{page.pk}/{page.slug}.pdf", "/documents/")
    yield from (f"/{page.pk}/", f"/pages/{page.pk}/", "/opslag/", f"/opslag/{page.slug}/", "/media/", "/media/images/")
    for name in ("view_draft", "edit", "preview_on_edit", "history", "workflow_history"):
        yield reverse(f"wagtailadmin_pages:{name}", args=[page.pk])
    yield reverse("wagtailadmin_pages:revisions_view", args=[page.pk, page.latest_revision_id or 1])
    yield reverse("wagtailadmin_explore", args=[page.get_parent().pk])


SEARCHES = [f"/soeg/?q={word}" for word in (ZEBRA, CANARY, "zebra", "kanari*", "ord")]
LISTS = ["/arkiv/", "/arkiv/emne/trivsel/", "/arkiv/enhed/lokalpolitienheden/", "/historier/", "/domme/", "/kampagner/"]
FEEDS = [f"/feeds/emne/trivsel/{end}" for end in ("rss.xml", "atom.xml", "feed.json")]


def as_if_looked_at(page):
    """Somebody has seen its image in the admin, so there are files."""
    if page.social_image:
        page.social_image.get_rendition("width-480|format-webp")
        page.social_image.get_rendition("max-165x165")


@pytest.mark.parametrize("what", HIDDEN)
def test_no_public_route_shows(what, newsroom, public_story, client):
    pages = [make(newsroom) for make in HIDDEN[what]]
    answers = walk(client)
    assert public_story.url in answers  # the walk does come round
    for page in pages:
        as_if_looked_at(page)
        answers |= {address: client.get(address) for address in guesses(page)}
    answers |= {address: client.get(address) for address in (*SEARCHES, *LISTS, *FEEDS)}
    for address, answer in answers.items():
        if answer.status_code in (301, 302):
            target = answer.headers["Location"].lower()
            harmless = (address.split("?")[0] + "/", public_story.url, "/static/cms/mark.svg")
            assert target in harmless or target.startswith(("/admin/login/", "/_util/login/")), (address, target)
            continue
        text = body(answer).replace(address.lower(), "")  # a password form knows where it was met
        asked = next((word for word in (ZEBRA, CANARY) if address.endswith(word)), None)
        for word in (ZEBRA, CANARY):
            assert word == asked or word not in text, f"{word} is to be read at {address}"


def test_somebody_with_a_login_and_no_rights_sees_no_draft_in_the_admin(newsroom, public_story, client):
    client.force_login(newsroom.cast.outsider)
    for page in (newer_draft(newsroom), draft(newsroom)):
        for address in guesses(page):
            if address.startswith("/admin/"):
                assert client.get(address).status_code in (302, 403), address


def test_a_page_that_was_taken_down_says_so_and_no_more(newsroom, public_story, client):
    page = withdrawn(newsroom)
    answer = client.get(f"/historier/{page.slug}/")
    assert answer.status_code == 410
    assert ZEBRA not in body(answer)
    assert "no-store" in answer.headers["Cache-Control"]
    assert client.get(f"/historier/{page.slug}/mere/").status_code == 404


def test_a_page_that_never_was_out_is_not_found(newsroom, client):
    page = draft(newsroom)
    assert client.get(f"/historier/{page.slug}/").status_code == 404


def test_a_copy_of_a_live_story_is_not_taken_for_a_withdrawn_one(newsroom, public_story, client):
    public_story.copy(update_attrs={"slug": "kopi", "title": "Kopi"}, user=newsroom.cast.writer)
    assert client.get("/historier/kopi/").status_code == 404


def test_staff_previews_the_draft_that_nobody_else_sees(newsroom, client):
    page = draft(newsroom)
    client.force_login(newsroom.cast.editor)
    answer = client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    assert ZEBRA in body(answer)
    assert "private" in answer.headers["Cache-Control"]


def test_the_password_opens_the_page_for_those_who_have_it(newsroom, client):
    page = with_password(newsroom)
    restriction = PageViewRestriction.objects.get()
    form = client.get(f"/historier/{page.slug}/")
    assert "no-store" in form.headers["Cache-Control"]
    target = reverse("wagtailcore_authenticate_with_password", args=[restriction.pk, page.pk])
    client.post(target, {"password": "sesam", "return_url": f"/historier/{page.slug}/"})
    answer = client.get(f"/historier/{page.slug}/")
    assert answer.status_code == 200
    assert ZEBRA in body(answer)
    assert "no-store" in answer.headers["Cache-Control"]
    image = page.social_image.renditions.first().url
    assert client.get(image).status_code == 200
    assert Client().get(image).status_code == 404
