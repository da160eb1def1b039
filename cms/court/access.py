"""Who may see and change a case: its own prosecutors. Being a superuser is not enough, and a role is not a case."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from cms import roles
from cms.court.models import Case

PROSECUTORS = next(role.name for role in roles.ROLES if role.key == "prosecutor")
LAWYERS = next(role.name for role in roles.ROLES if role.key == "legal")
EDITORS = next(role.name for role in roles.ROLES if role.key == "editor")


def groups_of(user: Any) -> set[str]:
    """Names of the groups that they are in, asked once for each ``user``, as Django does with permissions."""
    prefetch_related_objects([user], "groups")
    return {group.name for group in user.groups.all()}


def is_prosecutor(user: Any) -> bool:
    return bool(user is not None and user.is_active and PROSECUTORS in groups_of(user))


def is_editor(user: Any) -> bool:
    return bool(user is not None and user.is_active and EDITORS in groups_of(user))


def is_lawyer(user: Any) -> bool:
    """Approves court results, and so may read the cases behind them."""
    return bool(user is not None and user.is_active and LAWYERS in groups_of(user))


def cases_of(user: Any) -> Any:
    """The cases this person works with; none for whoever is no prosecutor."""
    return Case.objects.of(user) if is_prosecutor(user) else Case.objects.none()


def ensure_on_the_case(user: Any, case: Case) -> None:
    """PermissionDenied, with a sentence, for everybody but the case's own prosecutors."""
    if not cases_of(user).filter(pk=case.pk).exists():
        raise PermissionDenied(_("Only the prosecutors of the case can do this."))
