"""Campaigns and plan templates in the admin."""

from typing import Any

from django.forms import CheckboxSelectMultiple
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultipleChooserPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSetGroup

from campaigns import columns
from campaigns.models import Campaign, PlanTemplate
from campaigns.people import PersonField, name_of, people
from campaigns.structure_viewsets import Managed
from campaigns.views import campaign_pages


def _plan(campaign: Campaign) -> str:
    return reverse("campaigns_plans:plan", args=[campaign.pk])


def _use(template: PlanTemplate) -> str:
    return reverse("campaigns_plans:use_template", args=[template.pk])


class CampaignForm(WagtailAdminModelForm):
    """Its owner is called by name, and is whoever begins it until somebody says otherwise."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        label = self.fields["owner"].label
        self.fields["owner"] = PersonField(people(), required=False, label=label, empty_label=_("Nobody"))
        if self.instance.pk is None and self.for_user is not None:
            self.initial["owner"] = self.for_user.pk


class CampaignViewSet(Managed):
    model = Campaign
    icon = "calendar-alt"
    index_view_class = campaign_pages.CampaignListing
    add_view_class = campaign_pages.CampaignAdd
    edit_view_class = campaign_pages.CampaignEdit
    inspect_view_class = campaign_pages.CampaignInspect
    list_display = (
        "title",
        columns.LinkColumn("plan", label=_("The plan"), text=_("See the plan"), url=_plan),
        columns.DayColumn("starts_on", label=_("Starts on"), sort_key="starts_on"),
        columns.DayColumn("ends_on", label=_("Ends on"), sort_key="ends_on"),
        "focus_area",
        Column(
            "owner", label=_("Owner"), accessor=lambda campaign: name_of(campaign.owner), sort_key="owner__first_name"
        ),
    )
    list_filter = {"focus_area": ["exact"], "owner": ["exact"], "starts_on": ["gte"], "ends_on": ["lte"]}
    search_fields = ["title", "objective", "audience"]
    list_export = ["title", "objective", "audience", "key_messages", "starts_on", "ends_on", "focus_area", "owner"]
    inspect_view_fields = [
        "title", "objective", "audience", "key_messages", "starts_on", "ends_on", "owner", "focus_area",
    ]  # fmt: skip
    _panels = [
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
        FieldPanel("objective"),
        FieldPanel("audience"),
        FieldPanel("key_messages"),
        FieldRowPanel([FieldPanel("focus_area"), FieldPanel("owner")]),
        MultipleChooserPanel("initiative_tags", "initiative", heading=_("Initiatives"), label=_("Initiative")),
        InlinePanel(
            "targets",
            heading=_("How many posts each channel shall have"),
            label=_("target"),
            panels=[FieldRowPanel([FieldPanel("channel"), FieldPanel("posts")])],
        ),
    ]
    edit_handler = ObjectList(_panels, base_form_class=CampaignForm)


class PlanTemplateViewSet(Managed):
    model = PlanTemplate
    icon = "list-ol"
    menu_label = _("Plan templates")
    list_display = (
        "name",
        columns.LinkColumn(
            "use", label=_("Next step"), text=_("Use the template"), url=_use, permission="campaigns.add_placement"
        ),
        "about",
    )
    search_fields = ["name", "about"]
    inspect_view_fields = ["name", "about"]
    inspect_view_class = campaign_pages.TemplateInspect
    panels = [
        FieldPanel("name"),
        FieldPanel("about"),
        InlinePanel(
            "steps",
            heading=_("What goes out, and when"),
            label=_("step"),
            panels=[
                FieldPanel("title"),
                FieldRowPanel([FieldPanel("days"), FieldPanel("time")]),
                FieldRowPanel([FieldPanel("kind"), FieldPanel("channels", widget=CheckboxSelectMultiple)]),
                FieldPanel("hint"),
            ],
        ),
    ]


class CampaignGroup(ModelViewSetGroup):
    menu_label = _("Campaigns")
    menu_name = "campaigns"
    menu_icon = "calendar-alt"
    menu_order = 260
    items: Any = (CampaignViewSet("campaign"), PlanTemplateViewSet("plantemplate"))
