"""Version: the same story in another language. Which story it is, Wagtail's ``translation_key`` says."""

from django.db import models
from django.db.models import Exists, F, OuterRef
from wagtail.models import Page


class VersionQuerySet(models.QuerySet["Version"]):
    def of_story(self, page: Page) -> "VersionQuerySet":
        """Every version of the story, whichever of its pages is asked about."""
        return self.filter(page__translation_key=page.translation_key)

    def out_of_date(self) -> "VersionQuerySet":
        """Those whose original says something else by now; without an original there is nothing to compare with."""
        original = Page.objects.filter(translation_key=OuterRef("page__translation_key"), as_version=None)
        return self.filter(Exists(original)).exclude(words=F("original_words"))


class Version(models.Model):
    """``words`` is what the original said when somebody last made sure that this version says the same.

    ``original_words`` is what it says now, noted whenever it is saved: lists ask without reading a revision of each.
    """

    page = models.OneToOneField(Page, models.CASCADE, related_name="as_version")
    words = models.CharField(max_length=64)
    original_words = models.CharField(max_length=64)
    by = models.ForeignKey("auth.User", models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    objects = models.Manager.from_queryset(VersionQuerySet)()

    def __str__(self) -> str:
        return f"{self.page_id}"
