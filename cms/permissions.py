"""What nobody may do with content in the admin, superusers included: publish or unpublish beside the road."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from wagtail.models import PagePermissionTester
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy
from wagtail.permission_policies.pages import PagePermissionPolicy

__all__ = [
    "DeskPermissionTester",
    "Mixin",
    "OnTheRoad",
    "RoadPermissionTester",
    "RoadPolicy",
    "Section",
    "SectionPermissionTester",
    "library_policy",
]

if TYPE_CHECKING:
    from wagtail.models import Page as Mixin
else:
    Mixin = object  # joined to a page type by whoever inherits


class RoadPolicy(PagePermissionPolicy):
    """Nobody has the right to publish in general: neither a copy, an alias nor a selection of pages."""

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        asked = set(actions) - {"publish"}
        return bool(asked) and bool(super().user_has_any_permission(user, asked))

    def explorable_root_instance(self, user: Any) -> Any:
        """As Wagtail finds it; most often it is a page that a right stands on, which need not be asked for again."""
        if not hasattr(user, self._explorable_root_instance_cache_name):
            pages = list(self.instances_with_direct_explore_permission(user))
            highest = min(pages, key=lambda page: len(page.path), default=None)
            if highest is not None and all(page.path.startswith(highest.path) for page in pages):
                setattr(user, self._explorable_root_instance_cache_name, highest)
        return super().explorable_root_instance(user)


def library_policy(model: Any) -> CollectionOwnershipPermissionPolicy:
    """As of Wagtail's images: by collection, and whoever may add changes what they added."""
    return CollectionOwnershipPermissionPolicy(model, auth_model=model, owner_field_name="uploaded_by_user")


class RoadPermissionTester(PagePermissionTester):
    """Content goes live by its website delivery and comes down by a take-down, never by a button."""

    def can_publish(self) -> bool:
        return False

    def can_publish_subpage(self) -> bool:
        return False

    def can_unpublish(self) -> bool:
        return False

    def can_unschedule(self) -> bool:
        return False

    def can_set_view_restrictions(self) -> bool:
        """Who may read it is decided by where it is sent."""
        return False

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """What is out is taken down first; then it may be deleted. Its evidence stays either way."""
        if self.page.live or (not self.page.is_leaf() and self.page.get_descendants().filter(live=True).exists()):
            return False
        return bool(super().can_delete(ignore_bulk=ignore_bulk))

    def can_move(self) -> bool:
        """What is out keeps its address."""
        return not self.page.live and bool(super().can_move())

    def can_move_to(self, destination: Any) -> bool:
        return not self.page.live and bool(super().can_move_to(destination))


class DeskPermissionTester(RoadPermissionTester):
    """What a report made is made by a report: a copy would have facts and no prosecutor behind them."""

    def can_copy(self) -> bool:
        return False


class SectionPermissionTester(PagePermissionTester):
    """A section itself is published as usual; what is made beneath it is not."""

    def can_publish_subpage(self) -> bool:
        return False

    def can_unpublish(self) -> bool:
        """Everything beneath it would be gone with it."""
        return False

    def can_copy(self) -> bool:
        return False

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Only when there is nothing beneath it."""
        return self.page.is_leaf() and bool(super().can_delete(ignore_bulk=ignore_bulk))


class OnTheRoad(Mixin):
    """For page models whose publication is a delivery."""

    def permissions_for_user(self, user: Any) -> RoadPermissionTester:
        return RoadPermissionTester(user, self)


class Section(Mixin):
    """For page models that hold such pages."""

    def permissions_for_user(self, user: Any) -> SectionPermissionTester:
        return SectionPermissionTester(user, self)
