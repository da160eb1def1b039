"""What content tells the duty desk: what its labels mean, and what of it waits for people."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.apps import apps
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms import outdated, waiting
from cms.after import correcting, reporting
from cms.after import waiting as after_waiting
from cms.court import waiting as court_waiting
from cms.models.approvals import Approval
from publishing import labels, needs
from publishing.models import Delivery

KINDS = ("story", "post", "campaignpage", "courtresult")  # as the labels name them


def page_of(label: str) -> Page | None:
    pk = label.partition(":")[2]
    return Page.objects.filter(pk=pk).specific().first() if pk.isdecimal() else None


def title(label: str) -> str:
    page = page_of(label)
    return page.title if page is not None else _("content that was deleted")


def url(label: str, user: Any) -> str:
    """The content in the editor, for whoever may open it there."""
    page = page_of(label)
    if page is None or not page.permissions_for_user(user).can_edit():
        return ""
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def remedies(label: str, user: Any) -> Iterator[labels.Link]:
    """Whoever sees a delivery can say that something is wrong with it, and whoever may edit what is out corrects it."""
    page = page_of(label)
    if page is not None and page.permissions_for_user(user).can_edit() and correcting.can_be_corrected(page):
        yield labels.Link(_("Correct …"), reverse("incidents:correct", args=[page.pk]))
    if page is not None and reporting.may_report(page, user):
        yield labels.Link(_("Report a possible error"), reverse("incidents:report", args=[page.pk]))


def story(label: str, delivery: Delivery) -> Iterator[tuple[datetime, str]]:
    """Who approved the very revision that is sent, or sent it without, and who looked at it afterwards."""
    for given in Approval.objects.filter(revision_id=delivery.revision_id or 0).select_related("by", "reviewed_by"):
        who = {"who": _name(given.by), "reason": given.reason}
        if given.way == Approval.Way.BREAK_GLASS:
            yield given.at, _("Sent without approval by %(who)s: %(reason)s") % who
        else:
            yield given.at, _("Approved by %(who)s") % who
        if given.reviewed_at is not None:
            yield given.reviewed_at, _("Reviewed afterwards by %(who)s") % {"who": _name(given.reviewed_by)}


def _name(user: Any) -> str:
    return (user.get_full_name() or user.get_username()) if user is not None else _("somebody who has left")


def kind(label: str) -> str:
    """What a kind of content is called."""
    name = label.partition(":")[2]
    return str(apps.get_model("cms", name)._meta.verbose_name_plural).capitalize() if name in KINDS else label


def kinds() -> Iterable[tuple[str, str]]:
    return [(f"type:{name}", kind(f"type:{name}")) for name in KINDS]


def install() -> None:
    """Called once, when the site starts."""
    content = labels.Family(title, opens=lambda: _("To the content"), url_of=url, story=story, more=remedies)
    labels.register("page", content)
    labels.register("type", labels.Family(kind, kinds, lambda: _("One kind of content")))
    found = waiting.sources() | after_waiting.sources() | court_waiting.sources() | outdated.sources()
    for key, source in found.items():
        needs.register(key, source)
