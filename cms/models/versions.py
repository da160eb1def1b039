"""Version: the same story in another language. Which story it is, Wagtail's ``translation_key`` says."""

from django.db import models
from wagtail.models import Page


class Version(models.Model):
    """``words`` is what the original said when somebody last made sure that this version says the same."""

    page = models.OneToOneField(Page, models.CASCADE, related_name="as_version")
    words = models.CharField(max_length=64)
    by = models.ForeignKey("auth.User", models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.page_id}"
