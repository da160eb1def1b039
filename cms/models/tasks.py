"""The approval step of the workflow: anybody in its groups, but never of their own text."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, Page


class FourEyesTask(AbstractGroupApprovalTask):
    """Superusers are bound as everybody. The finish action checks again, for every other way in."""

    class Signs(models.TextChoices):
        WHOLE = "whole", _("facts and words")
        FACTS = "facts", _("the facts")
        LANGUAGE = "language", _("the words")

    signs = models.CharField(_("signs for"), max_length=10, choices=Signs, default=Signs.WHOLE)
    another_person = models.BooleanField(
        _("by another person than the steps before"),
        default=False,
        help_text=_("Whoever has signed a step of the same approval cannot sign this one."),
    )

    admin_form_fields = [*AbstractGroupApprovalTask.admin_form_fields, "signs", "another_person"]

    class Meta:
        verbose_name = _("approval by a second person")
        verbose_name_plural = _("approvals by a second person")

    def get_actions(self, obj: Page, user: Any) -> list[tuple[str, Any, bool]]:
        from cms import approval

        if not (user.is_superuser or self._user_in_groups(user)):
            return []
        actions: list[tuple[str, Any, bool]] = [("reject", _("Send back"), True)]
        if approval.obstacle(obj.specific, user) is None:
            actions += [("approve", _("Approve"), False), ("approve", _("Approve with a note"), True)]
        return actions

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> Any:
        from cms import approval
        from cms.court import signing

        waiting = super().get_task_states_user_can_moderate(user, **kwargs)
        return waiting.exclude(approval.written_by(user)).exclude(signing.signed_by(user))

    @classmethod
    def get_description(cls) -> Any:
        return _("Somebody in the chosen groups who has not written or changed the text approves it.")
