"""Deleting content of which something is out: not without a take-down, which is offered."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.images import get_image_model

from cms import picture_admin
from cms.after import removing


def stop_deletion(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Tells what is out of it, or of what lies beneath it, and where that is taken down. None: it may go."""
    pages = list(page.get_descendants(inclusive=True).values_list("pk", flat=True))
    rows = removing.out(*pages)
    if not rows:
        return None
    _tell(request, page.title, rows)
    parent = page.get_parent()
    return redirect("wagtailadmin_explore", parent.pk if parent is not None else page.pk)


def stop_deletions(
    request: HttpRequest, action_type: str, objects: Any, action: Any, **kwargs: Any
) -> HttpResponse | None:
    """The same for a selection, also of images: none of it goes while something of it is out."""
    if action_type != "delete":
        return None
    if action.models[0] is get_image_model():
        return picture_admin.stop_deletion(request, objects)
    if action.models[0]._meta.model_name != "page":
        return None
    for page in objects:
        answer = stop_deletion(request, page)
        if answer is not None:
            return answer
    return None


def _tell(request: HttpRequest, title: str, rows: list[Any]) -> None:
    words = {"title": title, "channels": removing.names(rows)}
    sentence = _("“%(title)s” is out on %(channels)s: take it down before you delete it.") % words
    if not request.user.has_perm("publishing.withdraw_delivery"):
        messages.warning(request, sentence)
        return
    url = f"{reverse('publishing_desk:take_down', args=[rows[0].pk])}?everywhere"
    messages.warning(request, sentence, buttons=[messages.button(url, _("Take it down"))])
