"""A CampaignPage: the public face of a campaign; its child pages are the campaign's posts."""

from django.utils.translation import gettext_lazy as _

from cms.models.stories import Bodied


class CampaignPage(Bodied):
    parent_page_types = ["cms.CampaignIndex"]
    subpage_types = ["cms.Post"]
    template = "cms/campaign_page.html"

    class Meta:
        verbose_name = _("campaign page")
        verbose_name_plural = _("campaign pages")
