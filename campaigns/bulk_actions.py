"""Decide about many mappings at once, from the listing's checkboxes."""

from typing import Any
from urllib.parse import urlsplit

from django.http import QueryDict
from django.utils.functional import classproperty
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy
from wagtail.admin.views.bulk_action import BulkAction

from campaigns import mapping
from campaigns.filters import MappingFilterSet
from campaigns.models import FocusMapping, Initiative

Status = FocusMapping.Status


class DecideMappings(BulkAction):
    """Base of confirming, rejecting and taking back. Shown once more before it happens."""

    template_name = "campaigns/bulk/decide_mappings.html"
    status: Any = None
    question: Any = ""

    @classproperty
    def models(cls) -> list[Any]:
        return [FocusMapping]

    @classmethod
    def get_queryset(cls, model: Any, object_ids: Any) -> Any:
        rows = FocusMapping.objects.filter(pk__in=object_ids)
        return list(rows.select_related("initiative__unit", "focus_area"))

    def get_all_objects_in_listing_query(self, parent_id: Any) -> list[int]:
        """Everything in the listing as it was filtered and searched, not everything there is."""
        query = QueryDict(urlsplit(self.next_url).query)
        rows = MappingFilterSet(query, FocusMapping.objects.all()).qs
        if text := query.get("q"):
            rows = rows.filter(initiative__in=Initiative.objects.matching(text).order_by().values("pk"))
        return list(rows.values_list("pk", flat=True))

    def check_perm(self, obj: FocusMapping) -> bool:
        return bool(self.request.user.has_perm("campaigns.change_focusmapping"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "action": self}

    def get_execution_context(self) -> dict[str, Any]:
        return {"user": self.request.user, "status": self.status}

    @classmethod
    def execute_action(cls, objects: Any, **kwargs: Any) -> tuple[int, int]:
        return mapping.decide(objects, kwargs["status"], by=kwargs["user"]), 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        sentence = ngettext("%(count)s mapping was changed.", "%(count)s mappings were changed.", num_parent_objects)
        return sentence % {"count": num_parent_objects}


class ConfirmMappings(DecideMappings):
    display_name = _("Confirm")
    aria_label = _("Confirm the selected mappings")
    action_type = "confirm"
    action_priority = 10
    status = Status.CONFIRMED
    question = _("These mappings count in the coverage once they are confirmed:")


class RejectMappings(DecideMappings):
    display_name = pgettext_lazy("mapping", "Reject")
    aria_label = _("Reject the selected mappings")
    action_type = "reject"
    action_priority = 20
    classes = {"serious"}
    status = Status.REJECTED
    question = _("These mappings are put aside and count nowhere once they are rejected:")


class ReopenMappings(DecideMappings):
    display_name = _("Take back")
    aria_label = _("Make the selected mappings proposals again")
    action_type = "reopen"
    action_priority = 30
    status = Status.PROPOSED
    question = _("These mappings become proposals again:")
