"""What follows from changes elsewhere: deleted content takes its plans along, a moved time moves its delivery."""

from typing import Any

from django.db.models.signals import pre_delete
from django.utils.translation import gettext as _

from campaigns.models import Placement
from publishing import scheduling
from publishing.models.delivery import CANCELLABLE


def cancel_plan(sender: Any, instance: Placement, **kwargs: Any) -> None:
    """A placement that is deleted, alone or with its content, sends nothing."""
    delivery = instance.delivery
    if delivery is not None and delivery.state in CANCELLABLE:
        scheduling.cancel(delivery, reason=_("The content or its time was deleted."), by=None)


def connect() -> None:
    pre_delete.connect(cancel_plan, sender=Placement, dispatch_uid="cms.cancel_plan")
