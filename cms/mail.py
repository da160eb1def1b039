"""Mail to staff leaves by a worker, once what it tells of is committed: a slow mail server keeps nobody waiting.

Losing one loses no duty: whatever waits for a person stands in their list. Press e-mail is a channel with its own door.
"""

import logging
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import override
from kombu.exceptions import OperationalError
from wagtail.admin.mail import GroupApprovalTaskStateSubmissionEmailNotifier
from wagtail.models import TaskState
from wagtail.signals import task_submitted
from wagtail.users.models import UserProfile

log = logging.getLogger(__name__)


class AfterCommit(BaseEmailBackend):
    """Django's mail in this site: handed to a worker after the transaction, and not at all if that fails."""

    def send_messages(self, email_messages: Sequence[Any]) -> int:
        for message in email_messages:
            transaction.on_commit(partial(_hand_over, _letter(message)))
        return len(email_messages)


def _letter(message: Any) -> dict[str, Any]:
    return {
        "subject": str(message.subject),
        "body": message.body,
        "from_email": message.from_email,
        "to": list(message.to),
        "headers": dict(message.extra_headers),
        "alternatives": [list(one) for one in getattr(message, "alternatives", ())],  # the same to look at
    }


def _hand_over(letter: dict[str, Any]) -> None:
    from cms import tasks

    try:
        tasks.send_letter.delay(letter)
    except OperationalError:
        log.warning("the broker cannot be reached: a letter to staff is not sent")


def post(letter: dict[str, Any]) -> None:
    """In the worker: over the network, with a time limit."""
    EmailMultiAlternatives(**letter, connection=get_connection(settings.MAIL_BACKEND)).send()


class AskWhoCanApprove(GroupApprovalTaskStateSubmissionEmailNotifier):
    """As Wagtail's, but an author is not asked to approve their own text."""

    def get_recipient_users(self, task_state: TaskState, **kwargs: Any) -> Any:
        from cms import approval

        people = super().get_recipient_users(task_state, **kwargs)
        return people.exclude(pk__in=approval.authors(task_state.revision)).distinct()


def notify(people: Iterable[Any], notice: str, context: dict[str, Any]) -> None:
    """One letter each, in their own language, from ``cms/notices/<notice>.txt``; its first line is the subject."""
    for person in people:
        if not person.email:
            continue
        with override(UserProfile.get_for_user(person).get_preferred_language()):
            said = render_to_string(f"cms/notices/{notice}.txt", {"user": person, **context}).strip()
        subject, _line, body = said.partition("\n")
        EmailMultiAlternatives(subject.strip(), body.strip() + "\n", to=[person.email]).send()


def tell(address: str, notice: str, context: dict[str, Any]) -> None:
    """One letter to an address that is nobody's here, in Danish; otherwise as ``notify``."""
    with override("da"):
        said = render_to_string(f"cms/notices/{notice}.txt", context).strip()
    subject, _line, body = said.partition("\n")
    EmailMultiAlternatives(subject.strip(), body.strip() + "\n", to=[address]).send()


def connect() -> None:
    """Ours before Wagtail's own, which finds its place taken."""
    task_submitted.connect(
        AskWhoCanApprove(),
        sender=TaskState,
        weak=False,
        dispatch_uid="group_approval_task_submitted_email_notification",
    )
