"""The pictures in a text that leaves the house, as a press release: as they were approved, at an address of their own.

A mail lies with journalists for years. So the bytes of its pictures are kept at the approval, and whatever becomes of
them in the library, the address shows the same; until the content is taken down.
"""

import json
import mimetypes
import re
from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.core.files.storage import storages
from django.urls import reverse
from wagtail.images import get_image_model
from wagtail.models import Page

from cms.models.approvals import Approval
from publishing.message import Media
from publishing.open_media import ENDINGS

WIDTH = 592  # pixels: what a mail has room for
PICTURE = re.compile(r"<img\b[^>]*>")
OTHER_SIZES = re.compile(r"</?picture>|<source\b[^>]*>")  # for browsers; what reads mails takes one
MIMES = {ending: mime for mime, ending in ENDINGS.items()}


def kept(html: str, page: Any) -> str:
    """The same text with the pictures where ``found`` finds them; their bytes are kept."""
    return PICTURE.sub(lambda tag: _kept(tag[0], page), OTHER_SIZES.sub("", html))


def _kept(tag: str, page: Any) -> str:
    paths = [unquote(path) for path in re.findall(rf'{re.escape(settings.MEDIA_URL)}([^\s",?]+)', tag)]
    shown = get_image_model().get_rendition_model().objects.filter(file__in=paths).order_by("-width").first()
    mime = mimetypes.guess_type(shown.file.name)[0] if shown is not None else None
    if shown is None or mime not in ENDINGS:
        return tag
    with shown.file.open("rb") as file:
        media = Media.freeze(
            file.read(), mime=mime, width=shown.width, height=shown.height, filename=shown.file.name, alt=""
        )
    alt = re.search(r'\balt="[^"]*"', tag)
    values = (_root(page) + _address(page.pk, media.sha256, mime), alt[0] if alt else 'alt=""', min(shown.width, WIDTH))
    return '<img src="{}" {} width="{}" style="max-width:100%;height:auto">'.format(*values)


def _root(page: Any) -> str:
    site = page.get_site()
    return str(site.root_url) if site else ""


def _address(page_id: int, sha256: str, mime: str) -> str:
    return reverse("newsroom_sent_picture", args=[page_id, f"{sha256}.{ENDINGS[mime]}"])


def found(page_id: int, name: str) -> Media | None:
    """What lies behind the address; None when nobody approved it, or it was taken down since."""
    sha256, _dot, ending = name.partition(".")
    page = Page.objects.filter(pk=page_id).first()
    if page is None or ending not in MIMES or _is_off(page):
        return None
    removed = page.removals.order_by("-at").values_list("at", flat=True).first()
    given = Approval.objects.filter(page=page).values_list("messages", "corrections")
    if removed is not None:
        given = given.filter(at__gt=removed)
    address = _address(page.pk, sha256, MIMES[ending])
    if not any(address in json.dumps(words) for words in given):
        return None
    storage = storages["outbox"]
    size = storage.size(sha256) if storage.exists(sha256) else 0
    return Media(sha256, MIMES[ending], size, 0, 0, "", "") if size else None


def _is_off(page: Page) -> bool:
    """It was on the website and is not, or not for everybody; what goes to the press alone never was."""
    was_there = page.first_published_at is not None
    return (was_there and not page.live) or page.get_view_restrictions().exists()
