"""What somebody answered when the year suggested something: a draft was begun, or not this year."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SuggestionAnswer(models.Model):
    class Answer(models.TextChoices):
        DRAFTED = "drafted", _("a draft was begun")
        NOT_THIS_YEAR = "not_this_year", _("not this year")

    event = models.ForeignKey("campaigns.CalendarEvent", models.CASCADE, related_name="answers")
    starts_on = models.DateField()  # the time that was suggested; the next year asks again
    answer = models.CharField(max_length=15, choices=Answer)
    page_id = models.PositiveBigIntegerField(null=True, blank=True)  # of the draft
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("answer to a suggestion")
        verbose_name_plural = _("answers to suggestions")
        constraints = [models.UniqueConstraint(fields=["event", "starts_on"], name="suggestion_answered_once")]

    def __str__(self) -> str:
        return f"{self.event} {self.starts_on}: {self.get_answer_display()}"
