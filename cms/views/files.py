"""Images, documents and videos: only what a live page shows is public; staff see what they work with.

Names of files can be guessed, so nothing under the media folder is served by name alone. Originals (with camera data)
and what nobody has published are for those who may open the admin; everybody else is told that there is nothing.
"""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils._os import safe_join
from django.utils.cache import add_never_cache_headers, patch_cache_control
from django.views.static import serve
from wagtail.images import get_image_model

from cms import public
from cms.models import StandingRendition, Video
from publishing import ranges
from publishing.video import BLOCK

VIDEOS = "videos/"
STAFF = ("original_images/", "images/", "avatar_images/", VIDEOS)
SECONDS = 300  # how long a browser may show an image that was taken down


def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """A file of the media folder, or 404 without saying which of both it is: not there, or not for you."""
    rendition = _rendition(path)
    allowed, everybody = public.may_see_file(rendition.image, request) if rendition else (False, False)
    if not allowed and not (path.startswith(STAFF) and is_staff(request)):
        raise Http404("No such file.")
    response = _file(request, path)
    if everybody:
        patch_cache_control(response, public=True, max_age=SECONDS)
    else:
        add_never_cache_headers(response)
    return response


def _rendition(path: str) -> Any | None:
    """Of a picture of the library, or of one as a live page shows it still."""
    for kind in (get_image_model().get_rendition_model(), StandingRendition):
        found = kind.objects.filter(file=path).select_related("image__collection").first()
        if found is not None:
            return found
    return None


def _file(request: HttpRequest, path: str) -> HttpResponseBase:
    """Sent by us, or by nginx from an internal location (MEDIA_ACCEL_PREFIX)."""
    if not settings.MEDIA_ACCEL_PREFIX:
        found = Video.objects.filter(file=path).first() if path.startswith(VIDEOS) else None
        return serve(request, path, document_root=settings.MEDIA_ROOT) if found is None else _parts(request, found)
    safe_join(settings.MEDIA_ROOT, path)  # raises for whatever points outside
    response = HttpResponse(content_type="")
    response["X-Accel-Redirect"] = settings.MEDIA_ACCEL_PREFIX + path
    return response


def _parts(request: HttpRequest, video: Video) -> HttpResponseBase:
    """As players ask for it: from where somebody jumps to."""
    if not default_storage.exists(video.file.name):
        raise Http404("No such file.")

    def read(start: int, end: int) -> Iterator[bytes]:
        with default_storage.open(video.file.name) as file:
            file.seek(start)
            while start < end and (block := file.read(min(BLOCK, end - start))):
                start += len(block)
                yield block

    return ranges.answer(request.headers.get("Range", ""), video.size, video.mime, read, {})


def is_staff(request: HttpRequest) -> bool:
    return request.user.is_authenticated and request.user.has_perm("wagtailadmin.access_admin")


def guard_document(document: object, request: HttpRequest) -> None:
    """For Wagtail's hook: 404 for a document that no live page shows, unless staff asks."""
    allowed, _everybody = public.may_see_file(document, request)
    if not allowed and not is_staff(request):
        raise Http404("No such document.")
