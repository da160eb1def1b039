"""What follows what: a delivery that is begun only once another one is out."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from publishing.adapters.base import Receipt


class Follow(models.TextChoices):
    """How a delivery stands to the one that it ``follows``, or that it leads others (``publishing.releases``)."""

    LEADS = "leads", _("the first of a release")
    AFTER = "after", _("after another one")
    AFTER_FIT = "after_fit", _("after another one, unless that does not go")
    ANSWERS = "answers", _("answers another one")
    ALONE = "alone", _("let go without the one before it")  # by a person; what it followed is kept to be read


class Following(models.Model):
    """The fields of it. ``followed`` spares whoever settles the question whether anything waits."""

    follows = models.ForeignKey(
        "publishing.Delivery", models.PROTECT, null=True, blank=True, related_name="followers", db_index=False
    )
    follow_mode = models.CharField(max_length=9, choices=Follow, blank=True, default="", db_default="")
    follow_gap = models.PositiveIntegerField(default=0, db_default=0)  # seconds between the two
    followed = models.BooleanField(default=False, db_default=False)

    class Meta:
        abstract = True

    def answered(self) -> Receipt | None:
        """What the platform calls the post that this one answers; None when it answers none, or that is not out."""
        head = self.follows if self.follow_mode == Follow.ANSWERS else None
        receipt = getattr(head, "receipt", None)
        return receipt.value() if receipt is not None else None
