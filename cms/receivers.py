"""What follows from changes elsewhere: deleted content takes its plans along, a moved time moves its delivery, a
picture that comes in is cleaned."""

import io
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.images import ImageFile
from django.db import transaction
from django.db.models.signals import post_delete, pre_delete, pre_save
from django.utils.translation import gettext as _
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage
from wagtail.models import Page, WorkflowState
from wagtail.signals import workflow_rejected

from campaigns.models import Placement
from campaigns.signals import placement_timed
from cms import approval, films, image_cleaning, standing
from cms.after import removing
from cms.court import filing
from cms.models import Video
from publishing import scheduling
from publishing.models import State
from publishing.models.delivery import CANCELLABLE


def cancel_plan(sender: Any, instance: Placement, **kwargs: Any) -> None:
    """A placement that is deleted, alone or with its content, sends nothing."""
    delivery = instance.delivery
    if delivery is not None and delivery.state in CANCELLABLE:
        scheduling.cancel(delivery, reason=_("The content or its time was deleted."), by=None)


def keep_what_is_out(sender: Any, instance: Page, **kwargs: Any) -> None:
    """By whatever way somebody deletes content: not while something of it is out. The admin offers the take-down."""
    rows = removing.out(instance.pk)
    if rows:
        words = {"title": instance.title, "channels": removing.names(rows)}
        raise PermissionDenied(_("“%(title)s” is out on %(channels)s: take it down before you delete it.") % words)


def plan_what_is_approved(sender: Any, placement: Placement, by: Any, **kwargs: Any) -> None:
    """Somebody gave content a time: if it is approved, it is planned, and needs no new approval."""
    page = placement.page
    if page is None or (placement.delivery is not None and placement.delivery.state != State.CANCELLED):
        return
    given = approval.current(page.specific)
    if given is not None:
        approval.schedule(page.specific, given, by=by)


def back_to_the_prosecutor(sender: Any, instance: WorkflowState, **kwargs: Any) -> None:
    """A court result that is sent back is corrected on the desk."""
    filing.sent_back(int(instance.object_id))


def clean_picture(sender: Any, instance: AbstractImage, **kwargs: Any) -> None:
    """Before a picture is kept, whatever way it comes in: without what the camera wrote into it (C-08)."""
    standing.keep(instance)
    file = instance.file
    if not file or file._committed:
        return
    file.seek(0)
    before = file.read()
    file.seek(0)  # it is kept from here, and stays open
    after = image_cleaning.clean(before)
    if after != before:
        instance.file = ImageFile(io.BytesIO(after), name=file.name)
        instance._set_image_file_metadata()
        scheduling.record_evidence(
            "image.cleaned", subject=f"image:{instance.file_hash}", payload={"before": len(before), "after": len(after)}
        )
    elif not instance.file_hash:
        instance._set_image_file_metadata()


def keep_picture_that_is_out(sender: Any, instance: AbstractImage, **kwargs: Any) -> None:
    """By whatever way somebody deletes it: not while a live page shows it, or shows what it was."""
    page = standing.referring(instance).first()
    if page is not None:
        raise PermissionDenied(standing.in_use(instance, page))


def keep_video_that_is_out(sender: Any, instance: Video, **kwargs: Any) -> None:
    """By whatever way somebody deletes it: not while a live page shows it."""
    page = films.shown_by(instance)
    if page is not None:
        raise PermissionDenied(films.in_use(instance, page))


def delete_video_file(sender: Any, instance: Video, **kwargs: Any) -> None:
    """With its row; what was approved of it is frozen elsewhere."""
    transaction.on_commit(lambda: instance.file.delete(save=False))


def connect() -> None:
    pre_delete.connect(keep_video_that_is_out, sender=Video, dispatch_uid="cms.keep_video_that_is_out")
    post_delete.connect(delete_video_file, sender=Video, dispatch_uid="cms.delete_video_file")
    pre_delete.connect(keep_picture_that_is_out, sender=get_image_model(), dispatch_uid="cms.keep_picture_that_is_out")
    pre_save.connect(clean_picture, sender=get_image_model(), dispatch_uid="cms.clean_picture")
    workflow_rejected.connect(back_to_the_prosecutor, dispatch_uid="cms.back_to_the_prosecutor")
    placement_timed.connect(plan_what_is_approved, dispatch_uid="cms.plan_what_is_approved")
    pre_delete.connect(keep_what_is_out, sender=Page, dispatch_uid="cms.keep_what_is_out")
    pre_delete.connect(cancel_plan, sender=Placement, dispatch_uid="cms.cancel_plan")
