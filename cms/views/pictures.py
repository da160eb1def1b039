"""A picture as it will leave for a channel: for previews, and for whoever approves."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from cms import carrying


@require_GET
def picture(request: HttpRequest, token: str) -> HttpResponse:
    """The very bytes. Whoever was shown the address may see them: it is signed, and only for the admin."""
    try:
        made = carrying.looked_at(token)
    except LookupError as error:
        raise Http404(str(error)) from error
    headers = {"Cache-Control": "private, max-age=86400, immutable"}  # the address names the bytes
    return HttpResponse(made.content, content_type=made.mime, headers=headers)
