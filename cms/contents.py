"""What the plan asks about content: how far it has come, what has no place in the plan, where it is edited."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import CharField, Count, Exists, F, OuterRef, Q, Window
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, WorkflowState
from wagtail.permissions import policy_registry

from campaigns import contents
from campaigns.contents import Facts, Sought, Standing, Unplaced
from campaigns.models import Placement
from cms import rendering, standing_approvals, topics
from cms.models import CampaignPage, CourtResult, Post, Story
from cms.models.approvals import Approval
from publishing import presenting
from publishing.models import Channel
from publishing.presenting import Badge

KINDS = (Story, Post, CampaignPage, CourtResult)


def describe(page_ids: Collection[int]) -> Mapping[int, Facts]:
    """One query, however many pages; a few more when something was changed since its approval."""
    given = Approval.objects.filter(page_id=OuterRef("pk"))
    under_way = WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS)
    under_way = under_way.filter(base_content_type=ContentType.objects.get_for_model(Page))
    facts: tuple[Any, ...] = (
        Exists(under_way.filter(object_id=Cast(OuterRef("pk"), CharField()))),
        Exists(given),
        Exists(given.filter(revision_id=OuterRef("latest_revision_id"))),
    )
    of_kinds = [
        model.objects.filter(pk__in=page_ids)
        .order_by()
        .values_list("pk", "focus_area_id", "campaign_id", "latest_revision_id", *facts)
        for model in KINDS
    ]
    rows = list(of_kinds[0].union(*of_kinds[1:], all=True))
    doubtful = {pk: latest for pk, _area, _campaign, latest, _waits, approved, same in rows if approved and not same}
    stands = standing_approvals.among(doubtful) if doubtful else set()
    badges = {
        "in_approval": presenting.badge("in_approval", _("in approval")),
        "draft": presenting.badge("draft", _("draft")),
        "approved": presenting.badge("approved", _("approved")),
        "changed": presenting.badge("changed", _("changed since approval")),
    }

    def badge(pk: int, waits: bool, approved: bool) -> Badge:
        if waits:
            return badges["in_approval"]
        if not approved:
            return badges["draft"]
        return badges["changed" if pk in doubtful and pk not in stands else "approved"]

    return {
        pk: Facts(badge(pk, waits, approved), area, campaign)
        for pk, area, campaign, _latest, waits, approved, _same in rows
    }


NEWEST_FIRST = (F("latest_revision_created_at").desc(nulls_last=True), "-pk")


def unplaced(sought: Sought, start: int, end: int | None, user: Any, owner: int | None) -> tuple[list[Unplaced], int]:
    """Drafts and approved content without any channel and time, what was changed last first. One query."""
    placed = Placement.objects.active().filter(page_id=OuterRef("pk"))
    kinds_of_page = ContentType.objects.get_for_models(*KINDS).values()
    rows = Page.objects.filter(~Exists(placed), live=False, content_type__in=kinds_of_page)
    if not sought.anything:
        rows = rows.filter(pk__in=seek(sought))
    if owner is not None:
        rows = rows.filter(owner_id=owner)
    mine = _changeable(user).filter(pk=OuterRef("pk")) if user is not None else Page.objects.none()
    part = rows.order_by(*NEWEST_FIRST).annotate(number=Window(Count("pk")), mine=Exists(mine))
    found = list(part.values_list("number", "pk", "draft_title", "mine")[start:end])
    number = found[0][0] if found else rows.count() if start or end == 0 else 0
    return [Unplaced(*row[1:]) for row in found], number


def _changeable(user: Any) -> Any:
    return policy_registry.get_by_type(Page).instances_user_has_any_permission_for(user, ["change"])


def find(words: str, user: Any, limit: int, sought: Sought) -> Iterable[Unplaced]:
    """By every word of the title, among what this person may edit."""
    rows = _changeable(user).filter(content_type__in=ContentType.objects.get_for_models(*KINDS).values())
    if not sought.anything:
        rows = rows.filter(pk__in=seek(sought))
    for word in words.split():
        found = Q()
        for variant in {word, word.lower(), word.upper(), word.capitalize()}:  # SQLite folds the case of ASCII only
            found |= Q(draft_title__icontains=variant)
        rows = rows.filter(found)
    rows = rows.order_by(*NEWEST_FIRST)
    return [Unplaced(pk, title, editable=True) for pk, title in rows.values_list("pk", "draft_title")[:limit]]


def url_of(page_id: int, user: Any) -> str:
    page = Page.objects.filter(pk=page_id).first()
    if page is None or not page.permissions_for_user(user).can_edit():
        return ""
    return reverse("wagtailadmin_pages:edit", args=[page_id])


def editable(page_ids: Collection[int], user: Any) -> Collection[int]:
    """In one or two queries; who approves a text gets to it through the approval."""
    return set(_changeable(user).filter(pk__in=page_ids).values_list("pk", flat=True))


def kinds() -> list[tuple[str, str]]:
    return [(model._meta.model_name, str(model._meta.verbose_name)) for model in KINDS]


def seek(sought: Sought) -> Any:
    """Ids of pages, as one subquery."""
    found = Q(pk__in=())
    for model in KINDS:
        rows = model.objects.all()
        if sought.kind and model._meta.model_name != sought.kind:
            continue
        if sought.unit:
            rows = rows.filter(owner_unit_id=sought.unit)
        if sought.campaign:
            rows = rows.filter(campaign_id=sought.campaign)
        if sought.initiatives is not None:
            rows = rows.filter(initiative_tags__initiative_id__in=sought.initiatives)
        found |= Q(pk__in=rows.values("pk"))
    return Page.objects.filter(found).values("pk")


def obstacles(page_id: int, channel: Channel, due_at: datetime) -> list[str]:
    """As it is written now, whether or not it was approved: what stops it from being carried whole there."""
    page = Page.objects.get(pk=page_id).specific.get_latest_revision_as_object()
    found = [sentence for _field, sentence in rendering.problems_on(page, channel, timezone.now())]
    if rendering.breaks_embargo(channel, page.embargo_until, due_at):
        found.append(_("%(channel)s would break the embargo. Choose a later time there.") % {"channel": channel.name})
    return found


def standing(page_ids: Collection[int]) -> Mapping[int, Standing]:
    """In a fixed number of queries. The review date is the approved one, as the guard at the send reads it."""
    latest = dict(Page.objects.filter(pk__in=page_ids).values_list("pk", "latest_revision_id"))
    stands = standing_approvals.among(latest)
    found = {}
    for given in Approval.objects.filter(page_id__in=stands).select_related("revision").order_by("at", "id"):
        written = given.revision.content.get("review_date")
        until = date.fromisoformat(written) if written else None
        found[given.page_id] = Standing(frozenset(int(channel) for channel in given.messages), until)
    return found


def reopen(page_id: int, user: Any) -> None:
    """Its review date is taken away, so that whoever approves it anew sets the next."""
    page = Page.objects.get(pk=page_id).specific
    if not page.permissions_for_user(user).can_edit():
        raise PermissionDenied
    latest = page.get_latest_revision_as_object()
    latest.review_date = None
    latest.save_revision(user=user, log_action=True)


def install() -> None:
    """Called once, when the site starts."""
    source = contents.Source(
        describe,
        unplaced,
        find,
        url_of,
        editable,
        kinds,
        seek,
        obstacles,
        topics.of_pages,
        topics.of_page,
        standing,
        reopen,
    )
    contents.register(source)
