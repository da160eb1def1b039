"""Who may see and change a case: its own prosecutors. Being a superuser is not enough, and a role is not a case."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from cms import roles
from cms.court.models import Case

PROSECUTORS = next(role.name for role in roles.ROLES if role.key == "prosecutor")
LAWYERS = next(role.name for role in roles.ROLES if role.key == "legal")
EDITORS = next(role.name for role in roles.ROLES if role.key == "editor")


def is_prosecutor(user: Any) -> bool:
    return bool(user is not None and user.is_active and user.groups.filter(name=PROSECUTORS).exists())


def is_editor(user: Any) -> bool:
    return bool(user is not None and user.is_active and user.groups.filter(name=EDITORS).exists())


def is_lawyer(user: Any) -> bool:
    """Approves court results, and so may read the cases behind them."""
    return bool(user is not None and user.is_active and user.groups.filter(name=LAWYERS).exists())


def cases_of(user: Any) -> Any:
    """The cases this person works with; none for whoever is no prosecutor."""
    return Case.objects.of(user) if is_prosecutor(user) else Case.objects.none()


def ensure_on_the_case(user: Any, case: Case) -> None:
    """PermissionDenied, with a sentence, for everybody but the case's own prosecutors."""
    if not cases_of(user).filter(pk=case.pk).exists():
        raise PermissionDenied(_("Only the prosecutors of the case can do this."))
