"""The way to one's cases, for prosecutors alone."""

from django.http import HttpRequest
from wagtail.admin.menu import MenuItem

from cms.court import access


class CasesItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return access.is_prosecutor(request.user)
