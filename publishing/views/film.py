"""The frozen video of a delivery, to look at or to download."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.generic import View

from publishing import ranges
from publishing.errors import ChannelMisconfigured
from publishing.models import Delivery
from publishing.views.base import Permitted


class Film(Permitted, View):
    """The frozen video of a delivery, part by part, or its captions: for whoever may see the delivery."""

    permission = "publishing.view_delivery"
    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, pk: int, what: str) -> HttpResponseBase:
        video = get_object_or_404(Delivery, pk=pk).message.video
        if video is None:
            raise Http404
        item = video.poster if what == "poster" else video
        if item is None:
            raise Http404
        name = "".join(letter for letter in item.filename if letter.isalnum() or letter in "-_.") or "video"
        disposition = "attachment" if "download" in request.GET else "inline"
        headers = {"Cache-Control": "private", "X-Content-Type-Options": "nosniff"}
        if what == "captions":
            named = {"Content-Disposition": f'{disposition}; filename="{name}.vtt"'}
            return HttpResponse(video.captions, content_type="text/vtt; charset=utf-8", headers={**headers, **named})
        headers["Content-Disposition"] = f'{disposition}; filename="{name}"'
        try:
            return ranges.answer(request.headers.get("Range", ""), item.size, item.mime, item.blocks, headers)
        except ChannelMisconfigured as error:
            raise Http404(error.summary) from error
