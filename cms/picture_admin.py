"""Wagtail's own screens of an image, and what a live page shows of it: said where somebody changes or deletes it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.images.views import images

from cms import standing


class Edit(images.EditView):  # type: ignore[misc]
    def form_valid(self, form: Any) -> Any:
        response = super().form_valid(form)
        left = standing.referring(self.object).exclude(pk__in=standing.showing(self.object))
        for page in left[:5]:
            sentence = _("“%(title)s” goes on showing the image as it was approved: the new one needs a new approval.")
            messages.warning(self.request, sentence % {"title": page.title})
        return response


class Delete(images.DeleteView):  # type: ignore[misc]
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        refused = stop_deletion(request, [self.get_object()])
        return refused or super().post(request, *args, **kwargs)


def stop_deletion(request: HttpRequest, pictures: Any) -> HttpResponse | None:
    """What a live page shows stays, and whoever asked is told why. None: they may go."""
    for picture in pictures:
        page = standing.referring(picture).first()
        if page is not None:
            messages.error(request, standing.in_use(picture, page))
            return redirect("wagtailimages:index")
    return None
