"""An Override: somebody with the right role lets a text pass a publication rule, with a reason. Evidence."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Override(models.Model):
    """Holds for this very text and no other; the text itself is not kept, only its hash."""

    page = models.ForeignKey("wagtailcore.Page", models.CASCADE, related_name="rule_overrides")
    check_id = models.CharField(_("check"), max_length=8)
    text_sha256 = models.CharField(max_length=64)
    reason = models.CharField(_("reason"), max_length=500)
    role = models.CharField(_("role"), max_length=40)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = _("override of a rule")
        verbose_name_plural = _("overrides of rules")
        constraints = [
            models.UniqueConstraint(fields=["page", "check_id", "text_sha256"], name="one_override_a_text_and_check"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="override_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.page_id} {self.check_id} {self.at}"
