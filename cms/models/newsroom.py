"""The sections of the site."""

from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class Newsroom(Page):
    class Meta:
        verbose_name = _("newsroom")


class StoryIndex(Page):
    class Meta:
        verbose_name = _("story section")


class CampaignIndex(Page):
    class Meta:
        verbose_name = _("campaign section")


class CourtResultIndex(Page):
    class Meta:
        verbose_name = _("court result section")
