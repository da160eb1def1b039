"""Website: puts exactly the pinned revision of a page of this very site on air.

The platform is our own database, so an unknown outcome can always be looked up, and a repeat does no harm. This is the
one adapter that knows Wagtail (style.md names the exception); it makes no request.
"""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db import InterfaceError, OperationalError, transaction
from django.db.transaction import TransactionManagementError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page, PageLogEntry, Revision, Site

from publishing.adapters.base import (
    Absent,
    Account,
    Adapter,
    DeliveryKey,
    Limits,
    Problem,
    ReadBack,
    Receipt,
    Request,
    Verification,
)
from publishing.errors import ContentRejected, OutcomeUnknown, TemporaryError
from publishing.message import Message

UNDONE = (InterfaceError, OperationalError, TransactionManagementError)  # the database took everything back


class Website(Adapter):
    """Publishes ``message.revision``; never the latest, never an older one over a newer."""

    kind = "website"
    look = "website"
    label = gettext_lazy("Website")
    limits = Limits(html=True, withdraw=True, idempotent=True, find=True, read=True, publishes_page=True, in_house=True)

    def count(self, account: Account, message: Message) -> tuple[int, int | None]:
        return len(message.text), None

    def validate(self, account: Account, message: Message) -> list[Problem]:
        if message.title.strip():
            return []
        return [Problem("title", gettext_lazy("A page needs a title."), "title_missing")]

    def translate(self, account: Account, message: Message, key: DeliveryKey) -> list[Request]:
        """No request is made: this says what happens in the database instead."""
        return [Request("PUBLISH", f"revision:{message.revision}", body={"title": message.title})]

    def send(self, account: Account, message: Message, key: DeliveryKey) -> Receipt:
        """Publish in one transaction; already live with this revision gives the same receipt.

        ContentRejected when the page is gone, was taken down, or shows something newer.
        """
        try:
            with transaction.atomic():
                try:
                    return _publish(_revision(message))
                except UNDONE as error:
                    raise TemporaryError(_("The database was busy."), type(error).__name__) from error
        except UNDONE as error:  # at the commit itself
            raise OutcomeUnknown(_("The database did not answer."), type(error).__name__) from error

    def find(self, account: Account, message: Message, key: DeliveryKey) -> Receipt | Absent:
        """Live with this revision, or published since the first attempt and replaced or taken down meanwhile."""
        revision = _revision(message)
        page = _page(revision)
        published = PageLogEntry.objects.filter(
            page=page.pk, revision=revision.pk, action="wagtail.publish", timestamp__gte=key.moment
        )
        if _shows(page, revision) or published.exists():
            return _receipt(page, revision)
        return Absent(gettext_lazy("The page does not show this version."))

    def read(self, account: Account, message: Message, receipt: Receipt) -> ReadBack:
        page = Page.objects.filter(pk=receipt.details["page"], live=True).first()
        if page is None:
            return ReadBack(False)
        problems = []
        if page.live_revision_id != receipt.details["revision"]:
            problems.append(gettext_lazy("The page shows another version."))
        if page.get_view_restrictions().exists():
            problems.append(gettext_lazy("The page is not open to everybody."))
        return ReadBack(True, tuple(problems))

    def withdraw(self, account: Account, receipt: Receipt) -> None:
        """Unpublish. A page that shows a newer version stays: this one is gone from it already."""
        with transaction.atomic():
            page = Page.objects.select_for_update(of=("self",)).filter(pk=receipt.details["page"]).first()
            if page is None or not page.live or page.live_revision_id != receipt.details["revision"]:
                return
            page.specific.unpublish()
        if Page.objects.filter(pk=page.pk, live=True).exists():
            raise OutcomeUnknown(_("The page is still to be seen."))

    def verify(self, account: Account) -> Verification:
        site = Site.objects.filter(is_default_site=True).first()
        if site is None:
            return Verification(False, problem=gettext_lazy("No site is set up: pages have no address."))
        return Verification(True, account=site.root_url)


def _revision(message: Message) -> Revision:
    """ContentRejected when the pinned revision, or the page it belongs to, was deleted."""
    revision = Revision.objects.page_revisions().filter(pk=message.revision).first()
    if revision is None:
        raise ContentRejected(_("The approved version of the page is gone."), f"revision {message.revision}")
    return revision


def _page(revision: Revision) -> Any:
    try:
        return Page.objects.get(pk=revision.object_id)
    except ObjectDoesNotExist as error:
        raise ContentRejected(_("The page was deleted."), f"page {revision.object_id}") from error


def _publish(revision: Revision) -> Receipt:
    # The row lock gives two workers, or a worker and a take-down, their turn (SQLite: the transaction does).
    Page.objects.select_for_update(of=("self",)).filter(pk=revision.object_id).first()
    page = _page(revision)
    if _shows(page, revision):
        return _receipt(page, revision)
    _refuse_if_overtaken(page, revision)
    # One scheduler for everything: dates that Wagtail would act on by itself are not part of what is published.
    revision.content = {**revision.content, "go_live_at": None, "expire_at": None}
    try:
        revision.publish(skip_permission_checks=True)
    except ValidationError as error:
        raise ContentRejected(_("The page cannot be published as it is."), "; ".join(error.messages)) from error
    except PermissionDenied as error:
        raise ContentRejected(_("This version may not be published."), str(error)) from error
    page = _page(revision)
    if not _shows(page, revision):
        raise ContentRejected(_("The page cannot be published as it is."), f"revision {revision.pk} is not live")
    receipt = _receipt(page, revision)
    if not receipt.permalink:
        raise ContentRejected(_("The page has no public address."), f"page {page.pk}")
    return receipt


def _refuse_if_overtaken(page: Any, revision: Revision) -> None:
    if page.live and page.live_revision_id is not None and page.live_revision_id > revision.pk:
        raise ContentRejected(_("The page shows a newer version already."), f"revision {page.live_revision_id}")
    taken_down = PageLogEntry.objects.filter(
        page=page.pk, action="wagtail.unpublish", timestamp__gt=revision.created_at
    )
    if not page.live and taken_down.exists():
        raise ContentRejected(_("The page was taken down after this version was written: it needs a new approval."))


def _shows(page: Any, revision: Revision) -> bool:
    return bool(page.live and page.live_revision_id == revision.pk)


def _receipt(page: Any, revision: Revision) -> Receipt:
    return Receipt(
        f"page:{page.pk}:{revision.pk}",
        page.specific.full_url or "",
        {"page": page.pk, "revision": revision.pk},
    )
