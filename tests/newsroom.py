"""A newsroom to put things on air in, by the road and nothing else; and a walk through all of it as the public."""

import io
import re
from datetime import timedelta
from html.parser import HTMLParser

from django.core.files.images import ImageFile
from django.utils import timezone
from PIL import Image as Picture
from wagtail.images import get_image_model

from campaigns.models import Strategy
from cms import guards
from cms.models import CourtResult, Story
from publishing import deciding, followups, sending
from publishing.models import Channel, Delivery, State
from tests import cast as people


class Newsroom:
    """``draft`` and ``publish`` take the fields of the page; court results are written and approved by prosecutors."""

    def __init__(self, cast):
        self.cast = cast
        guards.install()
        self.website = Channel.objects.create(kind="website", name="Website", slug="website")
        strategy = Strategy.objects.create(year=2023, title="Strategi", status=Strategy.Status.CURRENT)
        goal = strategy.goals.create(key="sund-drift", name_da="Sund drift")
        self.area = goal.focus_areas.create(
            key="trivsel", name_da="Trivsel", name_en="Well-being", motto_da="Vi trives"
        )
        goal.focus_areas.create(key="borgerinddragelse", name_da="Borgerinddragelse", name_en="Involving citizens")
        pillar = strategy.pillars.create(key="politi", name_da="Politi")
        self.unit = pillar.units.create(key="lokalpolitienheden", name_da="Lokalpolitienheden")

    def people_for(self, cls):
        return (self.cast.prosecutor, self.cast.legal) if cls is CourtResult else (self.cast.writer, self.cast.editor)

    def draft(self, cls=Story, **fields):
        return people.draft(cls, by=self.people_for(cls)[0], **fields)

    def approved(self, cls=Story, *, hours=1, channel=None, **fields):
        """Planned, and not due yet."""
        page = self.draft(cls, **fields)
        people.place(page, channel or self.website, due=timezone.now() + timedelta(hours=hours))
        return self.approve(page)

    def approve(self, page):
        writer, approver = self.people_for(type(page))
        return people.approve(people.submit(page, by=writer), by=approver)

    def publish(self, cls=Story, **fields):
        """On air, by its website delivery."""
        return self.send(self.approved(cls, **fields))

    def send(self, page):
        now = timezone.now()
        Delivery.objects.filter(placements__page_id=page.pk, state=State.SCHEDULED).update(due_at=now, next_at=now)
        sending.send_due()
        found = type(page).objects.get(pk=page.pk)
        assert found.live, "It did not go on air."
        return found

    def change(self, page, **fields):
        """A newer draft of it."""
        latest = page.get_latest_revision_as_object()
        for name, value in fields.items():
            setattr(latest, name, value)
        latest.save_revision(user=self.people_for(type(page))[0])
        return type(page).objects.get(pk=page.pk)

    def take_down(self, page):
        deciding.withdraw(Delivery.objects.get(placements__page_id=page.pk), reason="wrong", by=None)
        followups.take_down(timezone.now())
        found = type(page).objects.get(pk=page.pk)
        assert not found.live, "It is still on air."
        return found


def picture(name="torv.png", colour="navy"):
    """An image of its own, big enough for every size that a page asks for."""
    output = io.BytesIO()
    Picture.new("RGB", (1700, 956), colour).save(output, "PNG")
    return get_image_model().objects.create(title=name, file=ImageFile(io.BytesIO(output.getvalue()), name=name))


# --- As the public --------------------------------------------------------------------------------------------


class Links(HTMLParser):
    """Every address that a page refers to."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        for name, value in attributes:
            if name in ("href", "src", "content", "action") and value:
                self.found.append(value)
            elif name == "srcset" and value:
                self.found += [part.split()[0] for part in value.split(",")]


MACHINES = ("/robots.txt", "/sitemap.xml", "/feeds/rss.xml", "/feeds/atom.xml", "/feeds/feed.json", "/favicon.ico")


def walk(client, start=("/", *MACHINES), most=400):
    """Everything that somebody without a login gets to by following links, feeds and the sitemap: address to answer."""
    waiting, answers = list(start), {}
    while waiting:
        address = waiting.pop()
        if address in answers:
            continue
        assert len(answers) < most, "The site has no end."
        answers[address] = answer = client.get(address)
        kind = answer.headers.get("Content-Type", "")
        if kind.startswith("text/html"):
            found = Links(answer.content.decode()).found
        elif "xml" in kind or "json" in kind:
            found = re.findall(r"https?://[^\s\"'<>&\\]+", answer.content.decode())
        else:
            found = []
        waiting += [path for path in map(local, found) if path]
    return answers


def local(address):
    """The path of an address on this site; empty for any other."""
    path = re.sub(r"^https?://(localhost|testserver)(:\d+)?(?=/|$)", "", address) or "/"
    ours = path.startswith("/") and not path.startswith(("/static/", "/admin/"))
    return path.split("#")[0] if ours else ""


def body(answer):
    """The whole answer as text, headers included."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode("latin-1" if answer.streaming else "utf-8").lower() + str(answer.headers).lower()
