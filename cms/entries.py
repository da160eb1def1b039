"""An Entry: what a link to a page carries when it leaves the site, in a feed or where it is shared."""

import json
import re
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import translation
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from wagtail.images.models import SourceImageIOError
from wagtail.models import Site

from cms import public, standing
from publishing import signs

SHARED = "width-1200|format-jpeg|jpegquality-80"
IN_SCRIPT = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@dataclass(frozen=True)
class Picture:
    """An image with its absolute address; never without words."""

    url: str
    alt: str
    width: int
    height: int
    size: int
    mime: str = "image/jpeg"


@dataclass(frozen=True)
class Entry:
    """``id`` stays the same whatever becomes of address, title and host."""

    id: str
    url: str
    title: str
    summary: str
    html: str
    language: str
    published: datetime | None
    modified: datetime | None
    picture: Picture | None
    tags: tuple[str, ...]
    section: str
    publisher: str
    home: str

    def content(self) -> str:
        """The whole text with its image, every address absolute."""
        if self.picture is None:
            return self.html
        values = (self.picture.url, self.picture.alt, self.picture.width, self.picture.height)
        return format_html('<p><img src="{}" alt="{}" width="{}" height="{}"></p>', *values) + self.html

    def json_ld(self) -> SafeString:
        """The entry as schema.org's NewsArticle, safe inside a script element."""
        publisher = {"@type": "GovernmentOrganization", "name": self.publisher, "url": self.home}
        data: dict[str, Any] = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": self.title[:110],
            "description": self.summary,
            "url": self.url,
            "mainEntityOfPage": self.url,
            "inLanguage": self.language,
            "articleSection": self.section,
            "publisher": publisher,
            "author": publisher,
        }
        if self.published is not None:
            data["datePublished"] = self.published.isoformat()
            data["dateModified"] = (self.modified or self.published).isoformat()
        if self.picture is not None:
            size = {"width": self.picture.width, "height": self.picture.height}
            data["image"] = {"@type": "ImageObject", "url": self.picture.url, "caption": self.picture.alt, **size}
        return mark_safe(json.dumps(data, ensure_ascii=False).translate(IN_SCRIPT))


def entry(page: Any, request: HttpRequest) -> Entry:
    """The entry of a page, from what the page says now and in its language.

    Without signs that XML may not hold: a single one would end a feed for everybody.
    """
    with translation.override(page.language):
        return _entry(page, public.site_of(request))


def _entry(page: Any, site: Site) -> Entry:
    notice = format_html("<p><strong>{}</strong></p>", page.notice()) if page.notice() else ""
    tags = [page.focus_area.name] if page.focus_area else []
    return Entry(
        id=f"urn:uuid:{_id(page)}",
        url=page.full_url or site.root_url,
        title=signs.readable(page.title),
        summary=signs.readable(page.summary),
        html=signs.readable(notice + _absolute(page.noted_html(), site.root_url)),
        language=page.language,
        published=page.first_published_at,
        modified=page.last_published_at,
        picture=_picture(page, site.root_url),
        tags=(*tags, page.owner_unit.name) if page.owner_unit else tuple(tags),
        section=str(page._meta.verbose_name).capitalize(),
        publisher=site.site_name or site.hostname,
        home=f"{site.root_url}/",
    )


def _id(page: Any) -> uuid.UUID:
    """The story's own key; of a version in another language, one that is made of both."""
    key: uuid.UUID = page.translation_key
    return uuid.uuid5(key, page.language) if getattr(page, "as_version", None) else key


def _picture(page: Any, root: str) -> Picture | None:
    image = standing.shown(page, page.social_image)
    if image is None:
        return None
    try:
        rendition = image.get_rendition(SHARED)
        size = rendition.file.size
    except (SourceImageIOError, FileNotFoundError):  # the file is gone from the disk: the text still goes
        return None
    return Picture(
        f"{root}{rendition.url}", signs.readable(page.social_image_alt), rendition.width, rendition.height, size
    )


def _absolute(html: str, root: str) -> str:
    """Readers of feeds do not know where a text came from, and want one address an image."""
    html = re.sub(r'\s(?:srcset|sizes|loading)="[^"]*"', "", html)
    return re.sub(r'\s(src|href)="/(?!/)', lambda found: f' {found[1]}="{escape(root)}/', html)
