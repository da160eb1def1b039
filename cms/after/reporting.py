"""Who may report a possible error: whoever may see the content in the admin, and a prosecutor about their own."""

from typing import Any

from django.db.models import Q
from wagtail.models import Page

from cms.court.models import Report


def may_report(page: Page, user: Any) -> bool:
    """Everybody who sees it, for who finds a mistake shall not have to find somebody else first."""
    if not user.has_perm("wagtailadmin.access_admin"):
        return False
    if user.has_perm("publishing.view_delivery") or page.permissions_for_user(user).can_edit():
        return True
    task = page.current_workflow_task
    asked = task is not None and task.groups.filter(pk__in=user.groups.values("pk")).exists()
    return bool(asked or page.owner_id == user.pk or reports_of(user).filter(page_id=page.pk).exists())


def reports_of(user: Any) -> Any:
    """Their own, and those of the cases that are theirs."""
    return Report.objects.filter(Q(prosecutor=user) | Q(deputy=user) | Q(case__owner=user))
