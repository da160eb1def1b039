"""The pictures of a live page: as they were approved, whatever became of them in the library since.

When a picture of the library is about to become another one, what a live page shows of it is kept beside it. Where
nothing was kept, the page shows none: never one that nobody approved.
"""

from collections.abc import Iterable
from typing import Any

from django.core.files.images import ImageFile
from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.images import get_image_model
from wagtail.models import Page, ReferenceIndex

from cms.fingerprints import name_of, stamp_of
from cms.models.approvals import Approval
from cms.models.standing_pictures import StandingPicture
from publishing.models import Channel, Delivery, State

# Where a page shows what it refers to.
SHOWN = Q(model_path="social_image") | Q(model_path__startswith="body.") | Q(model_path__startswith="more_images.")
KEPT = ("title", "collection_id", "description", "width", "height", "file_size", "file_hash", *(
    f"focal_point_{part}" for part in ("x", "y", "width", "height")
))  # fmt: skip


def on_air(pages: Iterable[Any]) -> dict[int, Approval]:
    """By which approval each live page shows what it shows, by page id. One that was given since waits for its send."""
    live = {page.live_revision_id: page.pk for page in pages if page.live_revision_id is not None}
    if not live:
        return {}
    found: dict[int, list[Approval]] = {}
    given = Approval.objects.for_the_website().filter(revision_id__in=live).defer("messages", "parts", "reading")
    for approval in given.order_by("-at", "-id"):
        found.setdefault(approval.revision_id, []).append(approval)
    return {live[revision]: _sent(approvals) for revision, approvals in found.items()}


def _sent(approvals: list[Approval]) -> Approval:
    """Of several that were given to the same version, the latest first: the one that was sent to the website last."""
    if all(one.files == approvals[0].files for one in approvals):
        return approvals[0]
    out = Delivery.objects.filter(revision_id=approvals[0].revision_id, state=State.DELIVERED)
    out = out.filter(channel__in=Channel.objects.of_pages()).order_by("-sent_at", "-pk")
    last = out.values_list("channel_id", "message_sha256").first()
    return next((one for one in approvals if last is not None and one.allows(*last)), approvals[0])


def approved_files(pages: Iterable[Any]) -> dict[int, dict[str, str]]:
    """What lay behind each file when what is live was approved for the website, by page id."""
    return {pk: approval.files for pk, approval in on_air(pages).items()}


def attend(pages: Iterable[Any]) -> None:
    """Ask once for all of a list."""
    pages = list(pages)
    found = approved_files(pages)
    for page in pages:
        page.approved_files = found.get(page.pk)


def shown(page: Any, image: Any) -> Any | None:
    """What a page shows of a picture of the library; a draft shows it as it is now."""
    if image is None or page is None:
        return image
    stamp = (page.approved_files or {}).get(name_of(image))
    if stamp is None or stamp == stamp_of(image):
        return image
    kept = StandingPicture.objects.filter(of=image.pk, stamp=stamp).first()
    if kept is not None:
        kept.decorative, kept.contextual_alt_text = image.decorative, image.contextual_alt_text
    return kept


def keep(image: Any) -> None:
    """Before a picture is saved: what it was stays for the live pages that show it."""
    before = get_image_model().objects.filter(pk=image.pk).first() if image.pk else None
    if before is None or (image.file._committed and stamp_of(before) == stamp_of(image)):
        return
    stamp = stamp_of(before)
    if not showing(before) or StandingPicture.objects.filter(of=before.pk, stamp=stamp).exists():
        return
    try:
        with before.file.storage.open(before.file.name) as file:
            kept = StandingPicture(of=before.pk, stamp=stamp, **{name: getattr(before, name) for name in KEPT})
            kept.file = ImageFile(file, name=before.file.name.rpartition("/")[2])
            kept.save()
    except FileNotFoundError:  # it was shown nowhere any more
        return


def referring(image: Any) -> Any:
    """Live pages that show this picture, or document, of the library, or what it was when they were approved."""
    found = ReferenceIndex.get_references_to(image).filter(SHOWN, base_content_type__model="page")
    keys = [int(key) for key in found.values_list("object_id", flat=True).distinct()]
    return Page.objects.filter(pk__in=keys, live=True)


def showing(file: Any) -> list[int]:
    """Keys of live pages that show this very file, and not one that took its place or had it."""
    kept = isinstance(file, StandingPicture)
    stands_for = get_image_model()(pk=file.of) if kept else file
    pages = list(referring(stands_for))
    approved, name = approved_files(pages), name_of(stands_for)
    stamp = file.stamp if kept else stamp_of(file)
    return [page.pk for page in pages if approved.get(page.pk, {}).get(name, "" if kept else stamp) == stamp]


def in_use(image: Any, page: Any) -> str:
    words = {"image": image.title, "title": page.title}
    return _("“%(image)s” is on the website, in “%(title)s”: take that down before you delete the image.") % words
