"""Who may know that a time is closed for a reason, and which."""

from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy

KNOWS = "campaigns.view_blackout_reason"


class KnowsWhy(ModelPermissionPolicy):  # type: ignore[misc]
    """Whoever may not know why a time is closed does not see that these rows exist."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return bool(user.has_perm(KNOWS)) and bool(super().user_has_permission(user, action))

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return bool(user.has_perm(KNOWS)) and bool(super().user_has_any_permission(user, actions))
