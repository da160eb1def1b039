"""The buttons under the editor: the next step is the first, and nobody has one that publishes."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.action_menu import (
    ActionMenuItem,
    CancelWorkflowMenuItem,
    PageLockedMenuItem,
    PublishMenuItem,
    RestartWorkflowMenuItem,
    SaveDraftMenuItem,
    SubmitForModerationMenuItem,
    UnpublishMenuItem,
    WorkflowMenuItem,
)
from wagtail.models import WorkflowState

from cms import decisions, glass
from cms.permissions import OnTheRoad, RoadPermissionTester, SectionPermissionTester
from publishing.models import Delivery, State

# Save stands beside the menu (cms/editor/footer.html); approving happens on a page of its own.
LEFT_OUT = (SaveDraftMenuItem, PublishMenuItem, UnpublishMenuItem, RestartWorkflowMenuItem, WorkflowMenuItem)


class SendToApproval(SubmitForModerationMenuItem):
    icon_name = "mail"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(parent_context)
        page = context.get("page")
        state = page.current_workflow_state if page else None
        again = state is not None and state.status == WorkflowState.STATUS_NEEDS_CHANGES
        context["label"] = _("Send to approval again") if again else _("Send to approval")
        return context


class TakeBack(CancelWorkflowMenuItem):
    label = _("Take back from approval")


class LookAndDecide(ActionMenuItem):
    """To the page that shows what is to be approved; authors see there who can."""

    label = _("See its approval")
    icon_name = "view"

    def __init__(self, *, decides: bool) -> None:
        super().__init__()
        if decides:
            self.label = _("Look and decide")

    def get_url(self, parent_context: Any) -> str:
        return reverse("approval:look", args=[parent_context["page"].pk])


class SendWithoutApproval(ActionMenuItem):
    label = _("Send now without approval")
    icon_name = "warning"

    def is_shown(self, context: Any) -> bool:
        return context["view"] == "edit" and glass.may_break_glass(context["request"].user)

    def get_url(self, parent_context: Any) -> str:
        return reverse("approval:break_glass", args=[parent_context["page"].pk])


class TakeDown(ActionMenuItem):
    """What is out comes down through the outbox, with proof."""

    label = _("Take down what is out")
    icon_name = "undo"

    def sent(self, context: Any) -> Delivery | None:
        page = context.get("page")
        return Delivery.objects.filter(placements__page_id=page.pk, state=State.DELIVERED).first() if page else None

    def is_shown(self, context: Any) -> bool:
        may = context["request"].user.has_perm("publishing.withdraw_delivery")
        return context["view"] == "edit" and may and self.sent(context) is not None

    def get_url(self, parent_context: Any) -> str:
        sent = self.sent(parent_context)
        return f"{reverse('publishing_desk:take_down', args=[sent.pk])}?everywhere" if sent else ""


def arrange(items: list[ActionMenuItem], request: Any, context: dict[str, Any]) -> None:
    """For content, this menu instead of Wagtail's: in approval, looking is the next step; before, sending it there."""
    if not _is_content(context):
        return
    shown = {type(item) for item in items}
    arranged: list[ActionMenuItem] = []
    page = context.get("page")
    waiting = page is not None and page.workflow_in_progress
    if waiting:
        arranged.append(LookAndDecide(decides=decisions.obstacle(page, request.user) is None))
    if SubmitForModerationMenuItem in shown:
        arranged.append(SendToApproval())
    if CancelWorkflowMenuItem in shown:
        arranged.append(TakeBack())
    arranged += [item for item in (TakeDown(), SendWithoutApproval()) if item.is_shown(context)]
    replaced = (*LEFT_OUT, SubmitForModerationMenuItem, CancelWorkflowMenuItem)
    locked = [item for item in items if isinstance(item, PageLockedMenuItem) and not waiting]
    others = [item for item in items if not isinstance(item, (*replaced, PageLockedMenuItem))]
    items[:] = [*locked, *arranged, *others]


def _is_content(context: dict[str, Any]) -> bool:
    page = context.get("page")
    if page is not None:
        return isinstance(page, OnTheRoad)
    tester = context["parent_page"].permissions_for_user(context["request"].user)
    return isinstance(tester, SectionPermissionTester | RoadPermissionTester)
