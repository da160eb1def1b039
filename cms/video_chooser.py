"""Choosing a video for content; whoever has none yet uploads it on the spot."""

from typing import Any

from django.forms import modelform_factory
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BaseColumn
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet, SnippetCreateView

from cms.models import Video
from cms.video_form import VideoForm

FIELDS = [
    "file",
    "title",
    "description",
    "captions_file",
    "captions",
    "captions_language",
    "speechless",
    "in_picture",
    "collection",
]


class Poster(BaseColumn):
    cell_template_name = "cms/listing/poster.html"


class WithPosters:
    """What is chosen is seen, and not only named."""

    @property
    def columns(self) -> list[Any]:
        return [Poster("poster", label=_("Picture")), *super().columns]  # type: ignore[misc]

    def get_object_list(self) -> Any:
        rows = super().get_object_list()  # type: ignore[misc]
        return rows.select_related("poster").prefetch_related("poster__renditions")


class ByWhom:
    """The form knows who uploads, as it does in the library."""

    def get_creation_form_class(self) -> Any:
        own = [name for name in FIELDS if name != "captions_file"]
        form = modelform_factory(Video, form=VideoForm, fields=own)
        form.field_order = FIELDS
        return form

    def get_creation_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_creation_form_kwargs(), "for_user": self.request.user}  # type: ignore[misc, attr-defined]


class Choose(WithPosters, ByWhom, ChooseView):
    pass


class Found(WithPosters, ByWhom, ChooseResultsView):
    """The same list, for who searches or turns its pages."""


class Upload(ByWhom, SnippetCreateView):
    pass


class VideoChooserViewSet(SnippetChooserViewSet):
    choose_view_class = Choose
    choose_results_view_class = Found
    create_view_class = Upload
    create_action_label = _("Upload")
    creation_tab_label = _("Upload")
