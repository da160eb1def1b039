"""The evergreen pool in the admin: its list with what may come next, its form, and its ideas for empty days."""

from typing import Any

from django import forms
from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList

from campaigns import contents
from campaigns.models import Advice
from campaigns.structure_viewsets import Managed
from campaigns.views import advising


class AdviceForm(WagtailAdminModelForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channels"].queryset = self.fields["channels"].queryset.usable()

    def clean_page(self) -> Any:
        page = self.cleaned_data["page"]
        if page is not None and page.pk not in contents.describe([page.pk]):
            raise forms.ValidationError(_("This is a section of the site, not something that can be sent."))
        return page

    def save(self, commit: bool = True) -> Any:
        self.instance.created_by = self.instance.created_by or self.for_user
        return super().save(commit=commit)


class AdviceViewSet(Managed):
    model = Advice
    icon = "help"
    menu_label = _("Advice to tell again")
    menu_order = 264
    add_to_admin_menu = True
    index_view_class = advising.AdviceListing
    inspect_view_enabled = False
    search_fields = ["page__title"]
    edit_handler = ObjectList(
        [
            FieldPanel("page"),
            FieldPanel("channels", widget=forms.CheckboxSelectMultiple),
            MultiFieldPanel(
                [
                    FieldPanel("minimum_gap"),
                    FieldRowPanel([FieldPanel("season_from"), FieldPanel("season_to")]),
                    FieldRowPanel([FieldPanel("most_yearly"), FieldPanel("most_total")]),
                    FieldRowPanel([FieldPanel("expires_on"), FieldPanel("active")]),
                ],
                heading=_("When it may be told again"),
                icon="date",
            ),
        ],
        base_form_class=AdviceForm,
    )

    def get_urlpatterns(self) -> list[Any]:
        return [
            *super().get_urlpatterns(),
            path("ideas/", advising.Ideas.as_view(), name="ideas"),
            path("place/<int:pk>/", advising.Place.as_view(), name="place"),
        ]
