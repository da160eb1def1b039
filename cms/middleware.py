"""The one place where the admin and the public site differ in what a page may do."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.urls import reverse
from django.utils import translation

from cms import signing_in


class AdminInlineScripts:
    """Wagtail 8's own widgets (date chooser, inline panels) start themselves by inline scripts, also in rows added
    later, where no nonce can reach them: the admin allows inline scripts and styles, the public site neither. Nothing
    but this very host may be loaded from either."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.prefix = reverse("wagtailadmin_home")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(self.prefix):
            response._csp_update = {
                "img-src": ["data:", "blob:"],
                "media-src": ["data:"],  # captions of what is not public
                "script-src": ["'unsafe-inline'"],
                "style-src": ["'unsafe-inline'"],
            }
        return response


class RightsAtOnce:
    """What somebody may do in the admin is read whole at its door, for the menu alone asks of all of it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.prefix = reverse("wagtailadmin_home")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        if request.path.startswith(self.prefix) and request.user.is_authenticated:
            signing_in.read_rights(request.user)


class Language(LocaleMiddleware):
    """The admin speaks its user's language; a public page its own, whoever asks, so that all may share one copy."""

    def process_request(self, request: Any) -> None:
        if request.path.startswith(reverse("wagtailadmin_home")):
            super().process_request(request)
            return
        translation.activate(settings.LANGUAGE_CODE)
        request.LANGUAGE_CODE = settings.LANGUAGE_CODE

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        if request.path.startswith(reverse("wagtailadmin_home")):
            return super().process_response(request, response)
        return response
