"""Versions in other languages whose original was changed: they wait for whoever owns them."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cms import owners, versions
from cms.after import removing
from cms.models.versions import Version
from publishing import presenting
from publishing.needs import Need, Source


def outdated_for(user: Any) -> Any:
    """Their own versions that may say something else than the original does now."""
    return Version.objects.out_of_date().filter(owners.owned_by(user))


def _outdated(user: Any, limit: int) -> list[Need]:
    rows = outdated_for(user).select_related("page").order_by("at", "pk")[:limit]
    return [_need(row.page.specific) for row in rows]


def _need(page: Any) -> Need:
    original = versions.original_of(page)
    remaining = removing.out(page.pk)
    return Need(
        badge=presenting.badge("out_of_date", _("out of date")),
        title=page.draft_title or page.title,
        url=reverse("languages", args=[page.pk]),
        action=_("Compare the two"),
        happened=_("“%(title)s” was changed since the version in %(language)s was written.")
        % {"title": original.draft_title or original.title, "language": versions.LANGUAGES[page.language]},
        sent=_("The version is out on %(channels)s.") % {"channels": removing.names(remaining)}
        if remaining
        else _("Nothing of the version is out."),
        by_itself=_("It stays as it is until you change it, or say that both say the same."),
        since=original.latest_revision_created_at,
    )


def sources() -> dict[str, Source]:
    return {
        "versions": Source(
            lambda: _("Versions in other languages that are out of date"),
            outdated_for,
            _outdated,
            lambda: presenting.badge("out_of_date", _("out of date")),
            order=40,
        ),
    }
