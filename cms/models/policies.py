"""What a site decides once about the time after: how long judgments stay, who is told when something went wrong."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting


@register_setting(icon="history", order=800)
class Policy(BaseGenericSetting):
    months_anonymous = models.PositiveSmallIntegerField(
        _("court results that identify nobody stay, in months"), default=24, validators=[MinValueValidator(1)]
    )
    months_identifiable = models.PositiveSmallIntegerField(
        _("court results by which somebody can be recognised stay, in months"),
        default=6,
        validators=[MinValueValidator(1)],
    )
    review_days = models.PositiveSmallIntegerField(_("days before the end at which somebody looks at it"), default=30)
    dpo_email = models.EmailField(
        _("e-mail address of the data protection officer"),
        blank=True,
        help_text=_("Gets a letter with a link, and no content, as soon as somebody reports a possible error."),
    )
    export_days = models.PositiveSmallIntegerField(
        _("days for which an export can be downloaded"), default=14, validators=[MinValueValidator(1)]
    )

    panels = [
        MultiFieldPanel(
            [FieldPanel("months_anonymous"), FieldPanel("months_identifiable"), FieldPanel("review_days")],
            heading=_("How long court results stay"),
            help_text=_("A proposal, not law: the district decides, and the data protection officer is asked."),
        ),
        FieldPanel("dpo_email"),
        FieldPanel("export_days"),
    ]

    class Meta:
        verbose_name = _("time limits and data protection")

    def months(self, *, identifiable: bool) -> int:
        return self.months_identifiable if identifiable else self.months_anonymous
