"""Read this first: one story from an empty form to the coverage of the strategy, in the running product.

A communications officer drafts it, tags it to initiatives 1132 and 1118 and plans it for the website, Bluesky, X and
the press. Another person approves it. At the minute it goes out on each, once: on Bluesky's own server, over real SMTP,
and to X behind X's own OpenAPI document. The posts are read back, and the coverage shows it.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import requests

from tests.fakes.mail import PASSWORD, USER, FakeMail
from tests.fakes.x import TOKEN
from tests.journey.product import until

pytestmark = [pytest.mark.browser, pytest.mark.servers]
TITLE, SUMMARY = "Lys på cyklen hele vinteren", "Husk lys på cyklen, når det er mørkt. #cykellygter"
CHANNELS = ("Hjemmesiden", "Bluesky", "X", "Pressen")
PRESS = ("redaktion@avis.example", "vagt@radio.example")
COPENHAGEN = ZoneInfo("Europe/Copenhagen")


@pytest.fixture
def mail():
    with FakeMail() as server:
        yield server


@pytest.fixture
def account(bluesky_server):
    return bluesky_server.account("kbhpoliti")


@pytest.fixture
def channels(product, bluesky_server, account, mail, x_behind_openapi):
    """The networks, connected by an administrator; the website stands already."""
    bluesky = [f"handle={account.handle}", f"service={bluesky_server.url}"]
    server = ["host=127.0.0.1", f"port={mail.port}", "security=none", f"user={USER}"]
    press = [*server, "from_address=presse@politi.example", "recipients=" + "\n".join(PRESS)]
    x = add(product, "x", "X", ["client_id=x-client"])
    product.stand_in_for_x(x, x_behind_openapi.url, TOKEN)
    for slug in (
        add(product, "bluesky", "Bluesky", bluesky, "app_password=SECRET", SECRET=account.app_password),
        add(product, "email", "Pressen", press, "password=SECRET", SECRET=PASSWORD),
        x,
    ):
        assert "ready" in product.manage("channels", "verify", slug)


def add(product, kind, name, values, *secrets, **environment):
    settings = [part for value in values for part in ("--set", value)]
    hidden = [part for secret in secrets for part in ("--secret-env", secret)]
    said = product.manage("channels", "add", "--kind", kind, "--name", name, *settings, *hidden, **environment)
    slug = said.split()[1].rstrip(".")
    product.manage("channels", "decide", slug, "--by", "Anna And, chef", "--why", "Borgerne er der.")
    return slug


def write(page):
    """The form from top to bottom, as one writes; says the page's slug and its time, a minute or two ahead."""
    page.get_by_role("link", name="Skriv en historie").click()
    page.fill("[name=title]", TITLE)
    page.fill("[name=summary]", SUMMARY)
    for number in ("1132", "1118"):
        page.get_by_role("button", name="Tilføj initiativ").click()
        page.locator(".modal [name=q]").fill(number)
        page.locator(f".modal input[title^='Vælg {number} ']").check()
        page.get_by_role("button", name="Bekræft valget").click()
        page.locator(".modal").wait_for(state="detached")
    page.locator("[name=focus_area]").select_option(label="Borgervendt kommunikation")
    for row, channel in enumerate(CHANNELS):
        page.locator("#id_placements-ADD").click()
        page.locator(f"[name=placements-{row}-channel]").select_option(label=channel)
    # Chosen this late: a slow machine needs more than a minute for the fields above.
    due = (datetime.now(COPENHAGEN) + timedelta(minutes=2)).replace(second=0, microsecond=0)
    page.locator("#road-all-at").fill(f"{due:%Y-%m-%dT%H:%M}")
    page.get_by_role("button", name="Sæt", exact=True).click()
    page.get_by_text(f"kl. {due:%H.%M}").first.wait_for()  # what will happen, in words
    slug = page.locator("[name=slug]").input_value()
    page.get_by_role("button", name="Send til godkendelse").click()
    page.get_by_text("sendt til godkendelse").first.wait_for()
    return slug, due


def approve(page):
    page.goto("/admin/approval/")
    page.get_by_role("link", name=TITLE).click()
    page.get_by_role("heading", name="Sådan kommer det til at se ud").wait_for()
    page.get_by_role("button", name="Godkend", exact=True).click()
    page.get_by_text("er godkendt").first.wait_for()


def deliveries(product):
    """Channel to state, of this story; the recipients of the press count by themselves."""
    rows = product.told("outbox", "--json", "--all")["deliveries"]
    return sorted((row["channel"], row["state"]) for row in rows if row["headline"] == TITLE)


def posts_of(pds, account):
    query = {"repo": account.did, "collection": "app.bsky.feed.post"}
    found = pds.call("GET", "com.atproto.repo.listRecords", params=query).json()["records"]
    return [record["value"] for record in found]


def coverage(product, first):
    """Of two days, so that midnight may come while somebody writes."""
    found = product.told("coverage", "--from", f"{first}", "--to", f"{first + timedelta(days=1)}", "--format", "json")
    areas = {area["key"]: area["total"]["sent"] for area in found["focus_areas"]}
    return areas, {initiative["number"]: initiative["stories"] for initiative in found["initiatives"]}


def test_a_story_goes_from_draft_to_coverage(
    product, person, channels, bluesky_server, account, mail, x_behind_openapi
):
    today = datetime.now(COPENHAGEN).date()
    areas_before, _initiatives = coverage(product, today)

    slug, due = write(person("skribent"))
    address = f"{product.url}/historier/{slug}/"
    assert deliveries(product) == []
    assert requests.get(address, timeout=10).status_code == 404

    approve(person("redaktor"))
    assert {channel for channel, _state in deliveries(product)} == set(CHANNELS)

    everywhere = sorted([*((channel, "delivered") for channel in CHANNELS), *[("Pressen", "delivered")] * len(PRESS)])
    until(lambda: deliveries(product) == everywhere, 240, lambda: product.manage("outbox", "--all"))
    assert datetime.now(COPENHAGEN) >= due

    page = requests.get(address, timeout=10)
    assert page.status_code == 200 and TITLE in page.text
    assert TITLE in requests.get(f"{product.url}/feeds/rss.xml", timeout=10).text

    [post] = posts_of(bluesky_server, account)
    assert post["text"].startswith(SUMMARY) and post["langs"] == ["da"]
    assert address in str(post)
    [tweet] = x_behind_openapi.posts.values()
    assert tweet["text"] == f"{SUMMARY}\n\n{address}"
    assert sorted(letter.recipient for letter in mail.mails) == sorted(PRESS)
    assert {letter.message["Subject"] for letter in mail.mails} == {TITLE}

    areas, initiatives = coverage(product, today)
    assert areas["borgervendt-kommunikation"] == areas_before["borgervendt-kommunikation"] + 1
    assert initiatives["1132"] == 1 and initiatives["1118"] == 1

    editor = person("redaktor")
    editor.goto("/admin/desk/deliveries/")
    editor.get_by_role("row").filter(has_text=TITLE).filter(has_text="Bluesky").get_by_role("link").first.click()
    read_back = editor.get_by_text("Læst tilbage: det er der, som det blev sendt")
    until(lambda: read_back.count() or editor.reload() is None, 60, editor.content)
    assert "the chain holds" in product.manage("verify_evidence")
