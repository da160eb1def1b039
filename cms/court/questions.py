"""Where the words of a court result say something else than its confirmed facts, and no prosecutor has answered yet.

The writer may reword. Where a difference stays, it goes back to the prosecutor: to confirm the words or to correct.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from wagtail.admin import messages

from cms import mail
from cms.court import reporting, routes
from cms.court.differences import Difference, differences
from cms.court.models import Report
from cms.fingerprints import fingerprint
from publishing.scheduling import record_evidence


def all_differences(page: Any) -> list[Difference]:
    """Of the latest version, answered or not."""
    revision = page.get_latest_revision()
    content = revision.as_object() if revision is not None else None
    facts = getattr(content, "public_facts", None)
    if facts is None:
        return []
    text = text_of(content)
    for words in filter(None, (facts.quote, facts.contact)):  # said by somebody, and compared with nothing
        text = text.replace(words, "")
    return differences(text, facts)


def open_questions(page: Any) -> list[Difference]:
    """What the prosecutor has not answered."""
    report = routes.report_of(page)
    if report is None or report.text_confirmed == fingerprint(page.get_latest_revision()):
        return []
    return all_differences(page)


def text_of(page: Any) -> str:
    """Everything that is read together: title, summary, body; then each channel's own text."""
    parts = [page.title, page.summary, strip_tags(page.body_html().replace("</p>", "</p>\n"))]
    parts += [variant.text for variant in page.variants.all() if variant.text]
    return "\n".join(parts)


def ask(page: Any) -> bool:
    """Write to the prosecutor about words that say something else, once for each version. Whether there are such."""
    if not open_questions(page):
        return False
    now, report = fingerprint(page.get_latest_revision()), routes.report_of(page)
    if report is not None and Report.objects.filter(pk=report.pk).exclude(text_asked=now).update(text_asked=now):
        people = [person for person in (report.prosecutor, report.deputy) if person is not None]
        mail.notify(people, "words_in_question", {"key": report.key})
    return True


def tell(request: Any, page: Any) -> None:
    """After a save in the editor: the writer knows at once that the prosecutor is asked."""
    if getattr(page, "from_the_desk", False) and ask(page):
        messages.warning(request, _("The words say something else than the confirmed facts: the prosecutor is asked."))


@transaction.atomic
def confirm(report: Report, *, by: Any, shown: str) -> None:
    """The prosecutor stands for the words as they were shown to them. PermissionDenied for anybody else."""
    if not reporting.may_report(by) or by.pk not in (report.prosecutor_id, report.deputy_id) or report.page is None:
        raise PermissionDenied
    now = fingerprint(report.page.get_latest_revision())
    if now != shown:
        raise reporting.Newer
    Report.objects.filter(pk=report.pk).update(text_confirmed=now)
    payload = {"fingerprint": now}
    record_evidence(
        "court_result.words_confirmed", actor=by.get_username(), subject=f"page:{report.page_id}", payload=payload
    )
