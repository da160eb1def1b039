"""A CampaignPage: the public face of a campaign; its child pages are the campaign's posts."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cms.models.stories import Bodied


class CampaignPage(Bodied):
    parent_page_types = ["cms.CampaignIndex"]
    subpage_types = ["cms.Post"]
    template = "cms/campaign_page.html"

    class Meta:
        verbose_name = _("campaign page")
        verbose_name_plural = _("campaign pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """With everything of the campaign that is on the website."""
        from cms import public

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        if self.campaign_id:
            found = public.pages(request).filter(public.of(campaign=self.campaign_id)).exclude(pk=self.pk)
            context["campaign_pages"] = public.load(found.values_list("pk", flat=True)[:24])
        return context
