"""What a visitor reads when something is not there or went wrong: in Danish, and what to do instead."""

import sys
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.cache import add_never_cache_headers


def _page(request: HttpRequest, name: str, status: int) -> HttpResponse:
    response = render(request, f"cms/errors/{name}.html", {"public_language": settings.LANGUAGE_CODE}, status=status)
    add_never_cache_headers(response)
    return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, "400", 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, "403", 403)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's protection against forged forms spoke."""
    return _page(request, "expired", 403)


def not_found(request: HttpRequest, exception: Exception | None = None, **kwargs: Any) -> HttpResponse:
    return _page(request, "404", 404)


def gone(request: HttpRequest) -> HttpResponse:
    """Published once and taken down: says so, and not what it was."""
    return _page(request, "410", 410)


def server_error(request: HttpRequest) -> HttpResponse:
    """Asks nothing of the database, which may be the very thing that is away: then 503, and when to try again."""
    away = isinstance(sys.exc_info()[1], InterfaceError | OperationalError)
    with translation.override(settings.LANGUAGE_CODE):
        text = render_to_string("cms/errors/500.html", {"public_language": settings.LANGUAGE_CODE, "away": away})
    response = HttpResponse(text, status=503 if away else 500)
    if away:
        response["Retry-After"] = "30"
    add_never_cache_headers(response)
    return response
