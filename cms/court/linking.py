"""Content about a case that no report made is tied to it by hand, so that bans and questions reach it too."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from cms.court import access, earlier
from cms.court.models import Case, CasePage, EarlierPost
from cms.permissions import OnTheRoad
from publishing.scheduling import record_evidence


class LinkForm(forms.Form):
    """By its address on the website, or by its headline written in full."""

    page = forms.CharField(
        label=gettext_lazy("Address or headline"),
        max_length=300,
        help_text=gettext_lazy("As on the website: paste its address, or write its headline in full."),
    )

    def clean_page(self) -> Page:
        typed = self.cleaned_data["page"].strip()
        slug = urlsplit(typed).path.strip("/").rpartition("/")[2]
        found = [page.specific for page in Page.objects.filter(title__iexact=typed)[:5]]
        if not found and slug and "://" in typed:
            found = [page.specific for page in Page.objects.filter(slug=slug)[:5]]
        found = [page for page in found if isinstance(page, OnTheRoad)]
        if len(found) != 1:
            raise ValidationError(
                _("Several have that headline. Paste the address instead.")
                if found
                else _("Nothing with that address or headline was found.")
            )
        return found[0]


@transaction.atomic
def link(case: Case, page: Page, *, by: Any) -> str:
    """From now on it is about the case. With a restriction in force, what is out of it is asked about at once."""
    access.ensure_on_the_case(by, case)
    _row, created = CasePage.objects.get_or_create(case=case, page_id=page.pk, defaults={"by": by})
    if created:
        record_evidence("case.linked", actor=by.get_username(), subject=case.subject, payload={"page": page.pk})
        for restriction in case.restrictions.in_force()[:1]:
            earlier.ask(case, why=EarlierPost.Why.RESTRICTION, restriction=restriction, by=by)
    return page.title
