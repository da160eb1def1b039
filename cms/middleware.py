"""The one place where the admin and the public site differ in what a page may do."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse


class AdminInlineScripts:
    """Wagtail 8's own widgets (date chooser, inline panels) start themselves by inline scripts, also in rows added
    later, where no nonce can reach them: the admin allows inline scripts, the public site does not. Nothing but this
    very host may be loaded from either."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.prefix = reverse("wagtailadmin_home")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(self.prefix):
            response._csp_update = {"script-src": ["'unsafe-inline'"]}
        return response
