"""Content in the explorer and the editor: listings that say what became of it, and our own editor."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BaseColumn, DateColumn
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageTitleColumn
from wagtail.admin.views.pages.listing import ExplorableIndexView
from wagtail.admin.viewsets.pages import PageViewSet

from cms import statuses
from cms.models import CampaignPage, CourtResult, Post, Story
from cms.plans import plans_of
from cms.views.editing import LookWhileWriting, LookWhileWritingNew, Write, WriteNew, WriteOld


class StatusColumn(BaseColumn):
    cell_template_name = "cms/listing/status.html"


class PlanColumn(BaseColumn):
    """When it goes next, or went last, and where."""

    cell_template_name = "cms/listing/plan.html"


class Listing(ExplorableIndexView):
    """Every row with its status in shape and word, and its next time, in a handful of queries for the whole page."""

    base_columns = [
        BulkActionsColumn("bulk_actions"),
        PageTitleColumn("title", label=_("Title"), sort_key="title", classname="title"),
        StatusColumn("status", label=_("Status"), width="16%"),
        PlanColumn("plan", label=_("Where and when"), width="24%"),
        DateColumn(
            "latest_revision_created_at", label=_("Updated"), sort_key="latest_revision_created_at", width="12%"
        ),
    ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        pages = list(context["object_list"])
        found, plans = statuses.of_many(pages), plans_of(pages)
        for page in pages:
            page.listed_status, page.listed_plan = found[page.pk], plans.get(page.pk)
        return context


class ContentViewSet(PageViewSet):
    index_view_class = Listing
    edit_view_class = Write
    add_view_class = WriteNew
    revisions_revert_view_class = WriteOld
    preview_on_edit_view_class = LookWhileWriting
    preview_on_add_view_class = LookWhileWritingNew


def content_viewsets() -> list[ContentViewSet]:
    """One for each type of content."""
    return [ContentViewSet(model._meta.model_name, model=model) for model in (Story, Post, CampaignPage, CourtResult)]
