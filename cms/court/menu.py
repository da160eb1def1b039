"""The way to the cases: for prosecutors, and for those who read them before approving."""

from django.http import HttpRequest
from wagtail.admin.menu import MenuItem

from cms.court import access


class CasesItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return access.is_prosecutor(request.user) or access.is_lawyer(request.user)
