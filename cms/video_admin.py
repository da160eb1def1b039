"""The videos of the library in Wagtail's admin, beside its images."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.snippets.views.snippets import DeleteView, EditView, IndexView, SnippetViewSet

from cms import films
from cms.models import Video
from cms.video_chooser import Poster, VideoChooserViewSet


class OfThisOne:
    """Whoever may change some videos may not change every one."""

    def get_object(self, *args: Any, **kwargs: Any) -> Any:
        found = super().get_object(*args, **kwargs)  # type: ignore[misc]
        if not self.user_has_permission_for_instance(self.permission_required, found):  # type: ignore[attr-defined]
            raise PermissionDenied
        return found


class Write(OfThisOne, EditView):
    pass


class Delete(OfThisOne, DeleteView):
    pass


def stop_deletion(request: Any, instances: Iterable[Any]) -> HttpResponse | None:
    """For Wagtail's hook, also of a selection: what a live page shows stays, and whoever asked is told why."""
    for video in (instance for instance in instances if isinstance(instance, Video)):
        page = films.shown_by(video)
        if page is not None:
            messages.error(request, films.in_use(video, page))
            return redirect("wagtailsnippets_cms_video:list")
    return None


class Listing(IndexView):
    def get_edit_url(self, instance: Any) -> Any:
        may = self.user_has_permission_for_instance("change", instance)
        return super().get_edit_url(instance) if may else None

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("poster").prefetch_related("poster__renditions")


class VideoViewSet(SnippetViewSet):  # type: ignore[misc]
    model = Video
    index_view_class = Listing
    chooser_viewset_class = VideoChooserViewSet
    edit_view_class = Write
    delete_view_class = Delete
    icon = "media"
    menu_label = _("Videos")
    menu_name = "videos"
    menu_order = 301  # Wagtail's images have 300
    add_to_admin_menu = True
    copy_view_enabled = False
    list_display = [
        "title",
        Poster("poster", label=_("Picture")),
        Column("length", label=_("Length")),
        DateColumn("created_at", label=_("Created"), sort_key="created_at"),
    ]
    list_filter = ["captions_language"]
