"""The publication rules over a piece of content: every text of it that the public can read, on every channel.

Hard findings stop submission, approval and sending. A finding that blocks waits for an override by the right role;
one that needs a second person, for a legal approver. Advice is advice.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from html import unescape
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Revision

from cms import roles, rules
from cms.models.overrides import Override
from cms.rules import Context, Finding, Kind, Severity, Stage
from cms.rules.verdicts import ACQUITTED, CONVICTED

LAWYERS = next(role.name for role in roles.ROLES if role.key == "legal")
# Checks of a whole message; a headline or a block of its own need not meet them.
OF_A_MESSAGE = {"C-07", "C-11", "C-13", "C-34", "C-46", "C-51"}
OF_A_NAME = {"C-01", "C-02", "C-03", "C-06"}  # file names and addresses
# What a severity asks of people, in words.
SEVERITIES = {
    "block_hard": gettext_lazy("Must be changed"),
    "block": gettext_lazy("Stops until it is changed or let pass"),
    "second_person": gettext_lazy("Needs a legal approver"),
    "warn": gettext_lazy("Consider"),
}
STOPS = {Severity.BLOCK_HARD, Severity.BLOCK, Severity.SECOND_PERSON}


class Stopped(PermissionDenied):
    """A publication rule stands against it. The message is a sentence for people."""


@dataclass(frozen=True)
class Text:
    """A text of the content: which field of its form it stands in, and which checks concern it."""

    field: str
    label: str
    text: str
    kind: Kind
    only: frozenset[str] | None = None
    without: frozenset[str] = frozenset()

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True)
class Found:
    text: Text
    finding: Finding
    override: Override | None = None

    @property
    def excerpt(self) -> str:
        """What it is about; nothing of a CPR number is repeated."""
        part = self.text.text[self.finding.start : self.finding.end]
        if self.finding.check == "C-01":
            return "•" * len(part)
        return part if len(part) <= 80 else f"{part[:79]}…"

    @property
    def stops(self) -> bool:
        return self.finding.severity in STOPS and self.override is None

    @property
    def sentence(self) -> str:
        values = {"check": self.finding.check, "where": self.text.label, "excerpt": self.excerpt}
        head = _("%(check)s in %(where)s, “%(excerpt)s”:") % values
        return f"{head} {self.finding.message}"


def findings(page: Any) -> list[Found]:
    """Everything the rules say about the content as it stands, gravest first."""
    overrides = {
        (override.check_id, override.text_sha256): override
        for override in (Override.objects.filter(page_id=page.pk).select_related("by") if page.pk else ())
    }
    order, stage = list(Severity), stage_of(page)
    found = [
        Found(text, finding, overrides.get((finding.check, text.sha256)))
        for text in texts(page)
        for finding in _check(text, Stage(stage) if stage else None)
    ]
    return sorted(found, key=lambda item: order.index(item.finding.severity))


def stops(page: Any) -> list[Found]:
    """What must be changed or let pass before it goes out."""
    return [item for item in findings(page) if item.stops]


def hard_stops(page: Any) -> list[Found]:
    return [item for item in stops(page) if item.finding.severity == Severity.BLOCK_HARD]


def against(page: Any, user: Any, *, alone: bool = False) -> str | None:
    """What stands against this person's yes to the content, as a sentence. A lawyer is the second person asked for.

    ``alone``: sent without a second person, who looks at it afterwards; then only what blocks stands against it.
    """
    legal = user is not None and user.groups.filter(name=LAWYERS).exists()
    for item in stops(page):
        if item.finding.severity != Severity.SECOND_PERSON or not (legal or alone):
            return item.sentence
    return None


def ensure(page: Any, user: Any, *, alone: bool) -> None:
    """Stopped, with a sentence, when a rule stands against it."""
    sentence = against(page, user, alone=alone)
    if sentence is not None:
        raise Stopped(sentence)


def blocking(revision: Revision) -> Found | None:
    """The first finding that forbids a send, whoever approved it. Costs little when there is none, as nearly always."""
    found = _blocking(revision.pk, revision.created_at)
    if not found:
        return None
    passed = set(Override.objects.filter(page_id=int(revision.object_id)).values_list("check_id", "text_sha256"))
    return next((item for item in found if (item.finding.check, item.text.sha256) not in passed), None)


@lru_cache(maxsize=1024)
def _blocking(revision_id: int, created_at: datetime) -> tuple[Found, ...]:
    """A revision never changes, so what the rules say of it is asked once a process."""
    content = Revision.objects.get(pk=revision_id).as_object()
    grave = {Severity.BLOCK_HARD, Severity.BLOCK}
    return tuple(replace(item, override=None) for item in findings(content) if item.finding.severity in grave)


def stage_of(page: Any) -> str | None:
    """The plain court result knows no outcome, so an acquittal is read off its words."""
    stage: str | None = page.case_stage()
    said = f"{page.title}\n{page.summary}"
    if stage is not None and ACQUITTED.search(said) and not CONVICTED.search(said):
        return Stage.FRIFUNDET.value
    return stage


@lru_cache(maxsize=2048)
def _check(text: Text, stage: Stage | None) -> tuple[Finding, ...]:
    found = rules.check(text.text, Context(kind=text.kind, stage=stage))
    return tuple(
        finding
        for finding in found
        if finding.check not in text.without and (text.only is None or finding.check in text.only)
    )


def texts(page: Any) -> Iterator[Text]:
    """Every text that can be read by the public: title, summary, body, alternative texts, variants, names of files."""
    kind, part = Kind(page.rules_kind), frozenset(OF_A_MESSAGE)
    yield Text("title", _("the title"), page.title, kind, without=part)
    if page.common_text() != page.title:
        yield Text("summary", _("the text"), page.common_text(), kind, without=_unless_alone(page))
    for block in getattr(page, "body", ()):
        yield from _of_block(block.block_type, block.value, kind, part)
    yield from _of_image("social_image_alt", page.social_image, page.social_image_alt)
    for variant in page.variants.all():
        if variant.text:
            label = _("the text for %(channel)s") % {"channel": variant.channel.name}
            yield Text("variants", label, variant.text, kind)
        yield from _of_image("variants", variant.image, variant.image_alt)
    if page.has_address and page.slug:
        yield Text("slug", _("the address"), page.slug.replace("-", " "), kind, frozenset(OF_A_NAME))


def _unless_alone(page: Any) -> frozenset[str]:
    """The website adds the appeal sentence itself; where the summary is the whole message, it says so."""
    planned = [placement.channel for placement in page.placements.all() if placement.channel_id]
    own = {variant.channel_id for variant in page.variants.all() if variant.text}
    as_message = any(not channel.limits.publishes_page and channel.pk not in own for channel in planned)
    return frozenset() if as_message or not page.has_address else frozenset({"C-13"})


def _of_block(name: str, value: Any, kind: Kind, part: frozenset[str]) -> Iterator[Text]:
    """A block of the body, of whatever type: its texts, and the images in it."""
    label = _("the body")
    if hasattr(value, "source"):  # rich text
        yield Text("body", label, plain(value.source), kind, without=part)
    elif isinstance(value, str):
        yield Text("body", label, value, kind, without=part)
    elif hasattr(value, "contextual_alt_text"):
        yield from _of_image("body", value, "" if value.decorative else value.contextual_alt_text or "")
    elif hasattr(value, "items"):
        for key, item in value.items():
            yield from _of_block(key, item, kind, part)


def _of_image(field: str, image: Any, alt: str) -> Iterator[Text]:
    if image is None:
        return
    if alt.strip():  # that it is missing is said by the form
        yield Text(field, _("the alternative text"), alt, Kind.ALT_TEXT)
    stem = image.filename.rsplit(".", 1)[0].replace("_", " ").replace("-", " ")
    yield Text(field, _("the name of the image file"), stem, Kind.ALT_TEXT, frozenset(OF_A_NAME))


def plain(html: str) -> str:
    """Rich text as it is read, a line for each paragraph or point."""
    for end in ("</p>", "</li>", "<br/>", "<br>", "</h2>", "</h3>", "</h4>"):
        html = html.replace(end, f"{end}\n")
    text = strip_tags(html)
    return unescape(text).strip()
