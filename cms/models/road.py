"""Road: what keeps a page on the road from draft to receipt, whoever calls it and from wherever.

* Time is not content: placements are kept outside the revision, and a delivery follows its placement.
* A page goes live, and what is live changes, only by a delivery that is being sent.
"""

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from wagtail.models import Page, TaskState

from campaigns import ordering, planning
from campaigns.models import Placement
from cms.models.corrections import Correction
from cms.permissions import OnTheRoad
from publishing.models import Delivery, State

PLACEMENTS = "placements"  # time is not content: this relation is never part of a revision
# What Wagtail writes on a page by itself: no change of what the public reads.
HOUSEKEEPING = {
    "pk", "id", "path", "depth", "numchild", "url_path", "live", "has_unpublished_changes", "draft_title", "locked",
    "locked_at", "locked_by", "first_published_at", "last_published_at", "latest_revision", "live_revision",
    "latest_revision_created_at", "go_live_at", "expire_at", "expired", "owner", "translation_key", "locale",
    "alias_of", "search_description", "show_in_menus", "content_type", "page_ptr",
}  # fmt: skip


class Road(OnTheRoad, Page):
    """A page whose publication is a delivery."""

    exclude_fields_in_copy: ClassVar[list[str]] = [PLACEMENTS]

    class Meta:
        abstract = True

    def serializable_data(self) -> dict[str, Any]:
        data: dict[str, Any] = super().serializable_data()
        data.pop(PLACEMENTS, None)
        return data

    def with_content_json(self, content: dict[str, Any]) -> "Road":
        page: Road = super().with_content_json(content)
        setattr(page, PLACEMENTS, getattr(self, PLACEMENTS).all())
        page.journal_number = self.journal_number  # nor is where it is filed
        page.approved_files = None  # what a revision shows is what the library has
        _date_corrections(page)
        return page

    def save_revision(
        self,
        user: Any = None,
        approved_go_live_at: Any = None,
        *args: Any,
        overwrite_revision: Any = None,
        **kwargs: Any,
    ) -> Any:
        """As Wagtail's, but what somebody approves or approved never changes under them, and times are kept.

        Autosave overwrites the latest revision of the same person: not once it was submitted or pinned. No revision
        carries a moment at which Wagtail's own clock would publish it.
        """
        if overwrite_revision is not None and _is_pinned(overwrite_revision):
            overwrite_revision = None
        self.go_live_at = self.expire_at = None
        revision = super().save_revision(user, None, *args, overwrite_revision=overwrite_revision, **kwargs)
        getattr(self, PLACEMENTS).commit()
        type(self).objects.filter(pk=self.pk).update(journal_number=self.journal_number)  # filing waits for nobody
        if hasattr(self, "order_chosen"):  # by the form, where the times are: no content either
            ordering.choose(self.pk, self.order_chosen, by=user)
        _follow_times(self, user)
        return revision

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """As Wagtail's, but new content is a draft, and nothing becomes or changes what is live beside the road."""
        if self._state.adding:
            if self.alias_of_id:
                raise PermissionDenied("An alias would be published without an approval of its own.")
            self.live = False
        elif self.live:
            _ensure_on_the_road(self, kwargs.get("update_fields"))
        return super().save(*args, **kwargs)

    def publish(self, revision: Any, *args: Any, **kwargs: Any) -> Any:
        """Only a delivery that is being sent may publish, and only the revision it pins."""
        _ensure_being_sent(revision.pk)
        super().publish(revision, *args, **kwargs)
        Correction.objects.filter(page_id=self.pk, at=None).update(at=timezone.now())

    def copy(self, *args: Any, **kwargs: Any) -> Any:
        """A copy is a draft."""
        return super().copy(*args, **{**kwargs, "keep_live": False})


def _date_corrections(page: Road) -> None:
    """A correction has its moment from its publication, and no revision takes it away again."""
    corrections = list(page.corrections.all())
    known = Correction.objects.filter(page_id=page.pk).moments() if corrections else {}
    for correction in corrections:
        correction.at = known.get(correction.key)
    if corrections:
        page.corrections = corrections


def _ensure_being_sent(revision_id: int | None) -> None:
    sending = Delivery.objects.filter(state=State.SENDING, revision_id__isnull=False).select_related("channel")
    if not any(item.revision_id == revision_id and item.channel.limits.publishes_page for item in sending):
        raise PermissionDenied(f"Revision {revision_id} has no delivery that is being sent.")


def _ensure_on_the_road(page: Road, update_fields: Any) -> None:
    """PermissionDenied when a save would publish, or change words that the public reads already."""
    stored = type(page).objects.filter(pk=page.pk).first()
    if stored is None or not stored.live or stored.live_revision_id != page.live_revision_id:
        return _ensure_being_sent(page.live_revision_id)
    for field in page._meta.concrete_fields:
        if field.name in HOUSEKEEPING or (update_fields is not None and field.name not in update_fields):
            continue
        if field.value_to_string(page) != field.value_to_string(stored):
            raise PermissionDenied(f"What is live changes by a new approval only ({field.name}).")
    return None


def _follow_times(page: Road, user: Any) -> None:
    """What is approved and planned follows the times just saved."""
    from cms import approval

    for placement in Placement.objects.of_page(page.pk):
        if not placement.is_out:  # an update of a page went out at a time of its own
            planning.follow(placement, by=user)
    given = approval.current(page)
    if given is not None and user is not None and user.has_perm("campaigns.change_placement"):
        approval.schedule(page, given, by=user)


def _is_pinned(revision: Any) -> bool:
    return (
        TaskState.objects.filter(revision=revision).exists()
        or Delivery.objects.filter(revision=revision).exists()
        or revision.approvals.exists()
    )
