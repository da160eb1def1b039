"""The same story in another language: a page of its own beside the first, approved by itself, and counted as one story.

Wagtail's ``translation_key`` says which pages are one story, and its ``locale`` in which language; the database holds
that there is one of each. ``Version`` keeps what the original said when somebody last made sure that both say the same.
"""

import hashlib
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Locale, Page

from campaigns.models import Placement
from cms import texts
from cms.models.base import Communication
from cms.models.initiative_tags import CommunicationInitiative
from cms.models.versions import Version
from publishing.scheduling import record_evidence

LANGUAGES = {
    "da": pgettext_lazy("language, in a sentence", "Danish"),
    "en": pgettext_lazy("language, in a sentence", "English"),
}
SAME = (
    "title", "summary", "body", "social_image", "social_image_alt", "image_credit", "place_name", "feed_audience",
    "video", "focus_area", "owner_unit", "campaign", "purpose", "journal_number", "review_date", "expires_on",
    "embargo_until", "operational", "link_url",
)  # fmt: skip


def can_have(page: Any) -> bool:
    """Whether it can exist in several languages: what editors write, and not what is made from a prosecutor's facts."""
    return isinstance(page, Communication) and not page.from_the_desk


def siblings(page: Any) -> list[Any]:
    """The same story in other languages, the original first. Empty for what was never saved."""
    if page.pk is None:
        return []
    found = Page.objects.filter(translation_key=page.translation_key).exclude(pk=page.pk).order_by("pk")
    return [other.specific for other in found]


def original_of(page: Any) -> Any | None:
    """What it is a version of; None when it is the original, or alone."""
    if page.pk is None or not Version.objects.filter(page_id=page.pk).exists():
        return None
    others = [other for other in siblings(page) if not Version.objects.filter(page_id=other.pk).exists()]
    return others[0] if others else None


def missing(page: Any) -> list[tuple[str, str]]:
    """The languages that the story is not told in yet, with their names."""
    told = {page.language, *(other.language for other in siblings(page))}
    return [(code, str(name)) for code, name in LANGUAGES.items() if code not in told]


def words_of(page: Any) -> str:
    """Everything that the newest version of the content says in public, as a hash; its address does not count."""
    latest = page.get_latest_revision_as_object()
    said = "\x00".join(f"{text.field}\x01{text.text}" for text in texts.texts(latest) if text.field != "slug")
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


def note_words(page: Any) -> None:
    """The content was saved: if it is the original of others, they know what it says now."""
    told = list(Version.objects.of_story(page).values_list("page_id", flat=True))
    if told and page.pk not in told:
        Version.objects.filter(page_id__in=told).update(original_words=words_of(page))


def is_out_of_date(page: Any) -> bool:
    """Whether the original says something else than when somebody last made sure that this says the same."""
    return page.pk is not None and Version.objects.out_of_date().filter(page_id=page.pk).exists()


@transaction.atomic
def begin(page: Any, language: str, *, by: Any) -> Any:
    """A draft in the other language, from the newest words; what was set for its channels goes over to it."""
    parent = page.get_parent()
    if not (can_have(page) and parent.permissions_for_user(by).can_add_subpage()):
        raise PermissionDenied
    Page.objects.select_for_update().get(pk=page.pk)
    if language not in dict(missing(page)) or original_of(page) is not None:
        raise PermissionDenied(_("There is a version in that language already."))
    latest = page.get_latest_revision_as_object()
    fields = {name: getattr(latest, name) for name in SAME if hasattr(latest, name)}
    Page.objects.filter(pk=page.pk).update(locale=_locale(page.language))  # no part of what is approved
    version = type(page)(**fields, language=language, locale=_locale(language), owner=by, live=False)
    version.translation_key = page.translation_key
    version.slug = _free_slug(parent, f"{latest.slug}-{language}")
    parent.add_child(instance=version)
    version.initiative_tags = [
        CommunicationInitiative(initiative=tag.initiative) for tag in latest.initiative_tags.all()
    ]
    version.save_revision(user=by, log_action=True)
    words = words_of(page)
    Version.objects.create(page_id=version.pk, words=words, original_words=words, by=by, at=timezone.now())
    hand_over(page, by=by)
    return version


def _locale(language: str) -> Locale:
    return Locale.objects.get_or_create(language_code=language)[0]


def _free_slug(parent: Any, wish: str) -> str:
    slug, number = wish, 2
    while not Page._slug_is_available(slug, parent):
        slug, number = f"{wish}-{number}", number + 1
    return slug


def confirm(page: Any, *, by: Any) -> None:
    """Somebody read both: this version says what the original says now."""
    original = original_of(page)
    if original is None or not page.permissions_for_user(by).can_edit():
        raise PermissionDenied
    words = words_of(original)
    Version.objects.filter(page_id=page.pk).update(words=words, original_words=words, by=by, at=timezone.now())
    record_evidence(
        "content.version_confirmed", actor=by.get_username(), subject=f"page:{page.pk}", payload={"of": original.pk}
    )


def misplaced(page: Any) -> list[tuple[Placement, Any]]:
    """Times of this content on channels that speak the language of another version, with that version."""
    by_language = {other.language: other for other in siblings(page)}
    rows = Placement.objects.of_page(page.pk).filter(delivery=None, cancelled_at=None).select_related("channel")
    return [
        (row, by_language[row.channel.language])
        for row in rows
        if row.channel is not None and speaks_otherwise(row.channel, page) and row.channel.language in by_language
    ]


def hand_over(page: Any, *, by: Any) -> int:
    """Give each such time to the version that the channel speaks. Nothing that was approved moves. How many did."""
    if not page.permissions_for_user(by).can_edit():
        raise PermissionDenied
    moved = 0
    for row, other in misplaced(page):
        rows = Placement.objects.filter(pk=row.pk, version=row.version, delivery=None)
        moved += rows.update(page_id=other.pk, version=F("version") + 1)
    return moved


def speaks_otherwise(channel: Any, page: Any) -> bool:
    """Whether the channel speaks another language than the content; the website takes every one."""
    return bool(channel.language) and channel.language != page.language and not channel.limits.publishes_page


def against(page: Any, channel: Any) -> str:
    """What stops this content on a channel of another language: there is a version for it. Empty when nothing does."""
    if not speaks_otherwise(channel, page):
        return ""
    if not any(other.language == channel.language for other in siblings(page)):
        return ""
    said = {"channel": channel.name, "language": LANGUAGES.get(channel.language, channel.language)}
    return _("%(channel)s speaks %(language)s, and the story has a version in it: plan that one here.") % said


def to_consider(page: Any, channel: Any) -> str:
    """That a channel speaks another language, where the story is not told in it."""
    if not speaks_otherwise(channel, page) or against(page, channel):
        return ""
    said = {"channel": channel.name, "language": LANGUAGES.get(channel.language, channel.language)}
    return _("%(channel)s speaks %(language)s, and this does not.") % said


def warnings(page: Any) -> list[str]:
    """What the cards say about the story in other languages."""
    if is_out_of_date(page):
        return [_("The original was changed since this version was written: see what is new there (Languages).")]
    late = [other for other in siblings(page) if is_out_of_date(other)]
    return [
        _("The version in %(language)s is out of date.") % {"language": LANGUAGES[other.language]} for other in late
    ]
