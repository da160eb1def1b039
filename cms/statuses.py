"""What became of a piece of content, in one word for editors."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from wagtail.models import Page

from publishing.models import Delivery, State
from publishing.models.delivery import IN_FLIGHT


@dataclass(frozen=True)
class Status:
    """``shape`` goes with the word, so that colour is never alone."""

    key: str
    shape: str
    label: str


def status_of(page: Page) -> Status:
    """The status of one piece of content: from its placements' deliveries, its approval, its workflow."""
    states = list(
        Delivery.objects.filter(placements__page_id=page.pk, placements__cancelled_at__isnull=True).values_list(
            "state", flat=True
        )
    )
    found = _from_states(states)
    if found is not None and found.key != "planned":
        return found
    if page.pk and page.workflow_in_progress:
        return Status("in_approval", "◐", _("in approval"))
    from cms import approval

    if page.pk and approval.current(page) is not None:
        return found or Status("approved", "◇", _("approved"))
    if found is not None:
        return Status("changed", "○", _("changed since approval"))
    return Status("draft", "○", _("draft"))


def _from_states(states: list[str]) -> Status | None:
    live = [state for state in states if state != State.CANCELLED]
    if not live:
        return None
    sent = [state for state in live if state == State.DELIVERED]
    if State.UNCERTAIN in live:
        return Status("uncertain", "?", _("uncertain"))
    if State.FAILED in live:
        return Status("failed", "!", _("failed"))
    if len(sent) == len(live):
        return Status("sent", "●", _("sent"))
    if all(state == State.WITHDRAWN for state in live):
        return Status("withdrawn", "↩", _("withdrawn"))
    if State.MISSED in live:
        return Status("missed", "⊘", _("not sent in time"))
    if State.HELD in live:
        return Status("held", "‖", _("held"))
    if any(state in IN_FLIGHT for state in live):
        return Status("sending", "▶", _("being sent"))
    return Status("partly_sent", "◑", _("partly sent")) if sent else Status("planned", "◆", _("planned"))
