"""Choosing a video for content; whoever has none yet uploads it on the spot."""

from typing import Any

from django.forms import modelform_factory
from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.chooser import ChooseView, SnippetChooserViewSet, SnippetCreateView

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


class ByWhom:
    """The form knows who uploads, as it does in the library."""

    def get_creation_form_class(self) -> Any:
        own = [name for name in FIELDS if name != "captions_file"]
        form = modelform_factory(Video, form=VideoForm, fields=own)
        form.field_order = FIELDS
        return form

    def get_creation_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_creation_form_kwargs(), "for_user": self.request.user}  # type: ignore[misc, attr-defined]


class Choose(ByWhom, ChooseView):
    pass


class Upload(ByWhom, SnippetCreateView):
    pass


class VideoChooserViewSet(SnippetChooserViewSet):
    choose_view_class = Choose
    create_view_class = Upload
    create_action_label = _("Upload")
    creation_tab_label = _("Upload")
