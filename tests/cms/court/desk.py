"""The prosecutor's desk in tests: a telephone that posts the form as the browser does, fields read off the page."""

from html.parser import HTMLParser

from django.urls import reverse

from campaigns.models import Initiative, Strategy, Unit
from cms.court.models import Report
from publishing.models import Channel

# What a prosecutor answers to one defendant, convicted, not appealed.
CONVICTED = {
    "police_number": "0100-70001-00001-26",
    "court_number": "SS 1-1/2026",
    "t1-age": "31",
    "t1-sex": "man",
    "t1-plea": "denies",
    "t1-offences": "røveri",
    "t1-outcome": "convicted",
    "t1-sanction_kinds": ["prison"],
    "t1-prison_years": "3",
    "t1-stance": "considering",
    "t1-prosecution": "accepted",
    "restrictions_answer": "none",
    "defence_told": "now",
    "victim_told": "no",
    "senior_told": "no",
}


class Square:
    """The office around the desk: a strategy with initiative 1196, a unit, channels."""

    def __init__(self):
        strategy = Strategy.objects.create(year=2023, title="Strategi", status=Strategy.Status.CURRENT)
        pillar = strategy.pillars.create(key="anklagemyndigheden", name_da="Anklagemyndigheden")
        self.unit = Unit.objects.create(pillar=pillar, key="almene-sager", name_da="Almene sager")
        self.initiative = Initiative.objects.create(
            strategy=strategy, unit=self.unit, number="1196", title_da="Afgørelser i retten"
        )
        self.website = Channel.objects.create(kind="website", name="Hjemmesiden", slug="website")
        self.x = Channel.objects.create(kind="dry_run", name="X", slug="x", dry_run=True, config={"characters": "280"})
        self.press = Channel.objects.create(kind="dry_run", name="Pressen", slug="press", dry_run=True)


class Form(HTMLParser):
    """The fields of the form as a browser would post them, before anybody writes."""

    def __init__(self, html):
        super().__init__()
        self.data, self._select, self._text, self._template = {}, None, None, 0
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        at = dict(attributes)
        self._template += tag == "template"
        if self._template:
            return
        name = at.get("name")
        if tag == "input" and name:
            if at.get("type") in ("radio", "checkbox"):
                if "checked" in at:
                    self.data.setdefault(name, []).append(at.get("value", "on"))
            elif at.get("type") != "submit":
                self.data[name] = [at.get("value") or ""]
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in at:
            self.data.setdefault(self._select, []).append(at.get("value", ""))
        elif tag == "textarea":
            self._text, self.data[name] = name, [""]

    def handle_data(self, data):
        if self._text:
            self.data[self._text] = [self.data[self._text][0] + data]

    def handle_endtag(self, tag):
        self._template -= tag == "template"
        if tag == "select":
            self._select = None
        elif tag == "textarea":
            self._text = None


class Telephone:
    """A prosecutor's browser without a script."""

    def __init__(self, client, user):
        self.client, self.user = client, user
        client.force_login(user)

    def begin(self):
        answer = self.client.post(reverse("court:new"))
        assert answer.status_code == 302, answer.status_code
        self.address = answer.url
        return self.report

    @property
    def report(self):
        return Report.objects.get(key=self.address.rstrip("/").split("/")[-1])

    def fields(self):
        return Form(self.client.get(self.address).content.decode()).data

    def post(self, button="keep", /, **answers):
        return self.client.post(self.address, {**self.fields(), **answers, button: "1"})

    def write(self, **answers):
        return self.post(**{**CONVICTED, **answers})

    def file(self, unit, **answers):
        return self.post("file", **{**CONVICTED, "unit": str(unit.pk), "declared": "1", **answers})


def told(answer):
    """What the form says is wrong or missing."""
    context = answer.context or {}
    forms = context.get("forms")
    return [gap.sentence for gap in context.get("gaps", [])], forms.errors() if forms else {}
