"""For views that everybody may open: how long others may keep the answer, and what is said when there is none.

Browsers ask each time, a shared cache keeps it a few seconds.
So a take-down is seen at once, and a rush of readers costs one page in ten seconds. The tag is of the content: whoever
has it already is told so without a second copy.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import (
    add_never_cache_headers,
    get_conditional_response,
    patch_cache_control,
    set_response_etag,
)

from cms.views import errors

SHARED_SECONDS = 10

View = Callable[..., HttpResponse]


def for_everybody(view: View) -> View:
    """Says the same to all; errors and what Wagtail keeps private are kept by nobody. 404 in Danish, DEBUG or not."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response: Any = view(request, *args, **kwargs)
        except Http404:
            return errors.not_found(request)
        if callable(getattr(response, "render", None)):
            response = response.render()
        if request.method not in ("GET", "HEAD") or response.status_code not in (200, 301):
            add_never_cache_headers(response)
        if response.has_header("Cache-Control"):
            return response
        patch_cache_control(response, public=True, max_age=0, s_maxage=SHARED_SECONDS, must_revalidate=True)
        set_response_etag(response)
        return get_conditional_response(request, etag=response.get("ETag"), response=response)

    return wrapper
