"""What nobody may do with content in the admin, superusers included: publish or unpublish beside the road."""

from typing import Any

from wagtail.models import PagePermissionTester


class RoadPermissionTester(PagePermissionTester):
    """Content goes live by its website delivery and comes down by a take-down, never by a button."""

    def can_publish(self) -> bool:
        return False

    def can_unpublish(self) -> bool:
        return False

    def can_unschedule(self) -> bool:
        return False

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """What is out is taken down first; then it may be deleted. Its evidence stays either way."""
        return not self.page.live and super().can_delete(ignore_bulk=ignore_bulk)


class SectionPermissionTester(PagePermissionTester):
    """A section itself is published as usual; what is made beneath it is not."""

    def can_publish_subpage(self) -> bool:
        return False


class OnTheRoad:
    """For page models whose publication is a delivery."""

    def permissions_for_user(self, user: Any) -> RoadPermissionTester:
        return RoadPermissionTester(user, self)


class Section:
    """For page models that hold such pages."""

    def permissions_for_user(self, user: Any) -> SectionPermissionTester:
        return SectionPermissionTester(user, self)
