"""What content says, as a hash; and the files it shows, as they are now. Equal means: nobody changed anything."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import ReferenceIndex, Revision

from cms.models.videos import Video

# What Wagtail writes on a page by itself: no change of content.
NOISE = {
    "pk", "path", "depth", "numchild", "url_path", "live", "has_unpublished_changes", "draft_title", "locked",
    "locked_at", "locked_by", "first_published_at", "last_published_at", "latest_revision", "live_revision",
    "latest_revision_created_at", "go_live_at", "expire_at", "expired", "placements", "wagtail_admin_comments",
    "comments", "owner", "translation_key", "locale", "alias_of", "sort_order", "page", "id",
    "journal_number",  # where it is filed is no part of what it says
    "at",  # when a correction was published
}  # fmt: skip

# Unknown to revisions that were approved before there were any: none is the same as nothing.
NEWER = {
    "more_images", "parts", "mentions", "crops", "image_credit", "credit", "place_name", "feed_audience",
    "picture", "picture_alt", "picture_decorative",
    "video", "without_video",
}  # fmt: skip


def fingerprint(revision: Revision) -> str:
    """Equal for revisions that say the same, whoever saved them and when."""
    content = _clean(revision.content)
    return hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()


def _clean(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _clean(item) for key, item in value.items() if key not in NOISE and (item or key not in NEWER)}
    return [_clean(item) for item in value] if isinstance(value, list) else value


def files(page: models.Model) -> dict[str, str]:
    """Every picture, video and document that the content shows: which file lies behind it at this moment.

    A picture can be given another file under the same number; then the page would show what nobody approved. So can a
    video, and other captions.
    """
    found: dict[str, set[str]] = {}
    kinds = {ContentType.objects.get_for_model(kind).pk: kind for kind in _file_models()}
    for content_type, pk, _model_path, _content_path in ReferenceIndex._extract_references_from_object(page):
        if content_type in kinds:
            found.setdefault(kinds[content_type]._meta.label, set()).add(str(pk))
    return _stamps(found)


def files_now(before: Mapping[str, str]) -> dict[str, str]:
    """The same files as they are now; those that are gone are left out."""
    found: dict[str, set[str]] = {}
    for name in before:
        label, _colon, pk = name.partition(":")
        found.setdefault(label, set()).add(pk)
    return _stamps(found)


def digest(shown: Mapping[str, str]) -> str:
    """The same for the same files."""
    return hashlib.sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()


def name_of(row: Any) -> str:
    """What ``files`` calls it."""
    return f"{row._meta.label}:{row.pk}"


def _file_models() -> list[Any]:
    return [get_image_model(), get_document_model(), Video]


def stamp_of(row: Any) -> str:
    """Which file lies behind it; of a picture also what must be seen of it, which decides how it is cut."""
    if not isinstance(row, Video):
        focus = [getattr(row, f"focal_point_{part}", None) for part in ("x", "y", "width", "height")]
        cut = "" if None in focus else f" {','.join(map(str, focus))}"
        return f"{row.file.name} {row.file_hash}{cut}"
    poster = row.poster.file_hash if row.poster is not None else ""
    said = [row.description, row.captions, row.captions_language, row.speechless, row.in_picture, poster]
    return f"{row.sha256} {hashlib.sha256(json.dumps(said).encode()).hexdigest()}"


def _stamps(found: Mapping[str, set[str]]) -> dict[str, str]:
    stamps = {}
    for kind in _file_models():
        for row in kind.objects.filter(pk__in=found.get(kind._meta.label, ())):
            stamps[name_of(row)] = stamp_of(row)
    return stamps
