"""An earlier post on a case that somebody has to decide about: take it down, anonymise or keep it (R-06, R-24)."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from cms.court.models.cases import Case
from cms.court.models.restrictions import Restriction
from publishing.models import Delivery, State

GONE = (State.WITHDRAWN, State.CANCELLED)  # nothing of it is out, so nothing is to be decided


class EarlierPostQuerySet(models.QuerySet["EarlierPost"]):
    def undecided(self) -> "EarlierPostQuerySet":
        """Nobody has decided, and it is still out."""
        reached = Delivery.objects.filter(parent=OuterRef("delivery"), state=State.DELIVERED)
        never_out = Q(delivery__state=State.FAILED) & ~Exists(reached)
        return self.filter(decision="").exclude(delivery__state__in=GONE).exclude(never_out)

    def about(self, page_id: int) -> "EarlierPostQuerySet":
        """Of every case that a piece of content is about."""
        return self.filter(case__in=Case.objects.about(page_id))

    def to_anonymise(self) -> "EarlierPostQuerySet":
        """Somebody decided to anonymise it, and the new text is not out yet."""
        return self.filter(decision=EarlierPost.Decision.ANONYMISE, done_at=None).exclude(delivery__state__in=GONE)


class EarlierPost(models.Model):
    class Why(models.TextChoices):
        RESTRICTION = "restriction", _("a restriction was registered")
        ACQUITTAL = "acquittal", _("the person was acquitted on appeal")

    class Decision(models.TextChoices):
        TAKE_DOWN = "take_down", _("Take down")
        ANONYMISE = "anonymise", _("Anonymise")
        KEEP = "keep", _("Keep")

    case = models.ForeignKey(Case, models.PROTECT, related_name="earlier_posts")
    delivery = models.ForeignKey("publishing.Delivery", models.CASCADE, related_name="+")
    page = models.ForeignKey("wagtailcore.Page", models.SET_NULL, null=True, related_name="+")
    why = models.CharField(max_length=15, choices=Why)
    restriction = models.ForeignKey(Restriction, models.CASCADE, null=True, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    decision = models.CharField(max_length=10, choices=Decision, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)  # the anonymised text went out

    objects = EarlierPostQuerySet.as_manager()

    wagtail_reference_index_ignore = True  # no page tells that it is used here

    class Meta:
        ordering = ["asked_at", "pk"]
        verbose_name = _("earlier post on a case")
        verbose_name_plural = _("earlier posts on cases")
        constraints = [
            models.UniqueConstraint(fields=["delivery"], condition=Q(decision=""), name="cms_earlier_asked_once"),
            models.CheckConstraint(
                condition=~Q(decision="keep") | ~Q(reason=""), name="cms_earlier_kept_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.delivery_id}"
