"""Every page of the newsroom goes through here."""

from django.http import Http404, HttpRequest, HttpResponse
from wagtail.views import serve as wagtail_serve

from cms.views import errors
from cms.views.caching import kept_briefly


@kept_briefly
def page(request: HttpRequest, path: str) -> HttpResponse:
    """As Wagtail serves it; what is not there is said in Danish, also with DEBUG on."""
    try:
        response: HttpResponse = wagtail_serve(request, path)
    except Http404:
        return errors.not_found(request)
    return response
