"""How long others may keep what is public: browsers ask each time, a shared cache a few seconds.

So a take-down is seen at once, and a rush of readers costs one page in ten seconds. The tag is of the content: whoever
has it already is told so without a second copy.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import (
    add_never_cache_headers,
    get_conditional_response,
    patch_cache_control,
    set_response_etag,
)

SHARED_SECONDS = 10

View = Callable[..., HttpResponse]


def kept_briefly(view: View) -> View:
    """For addresses that say the same to everybody; errors and what Wagtail keeps private are kept by nobody."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: Any = view(request, *args, **kwargs)
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
