"""The form of a series: what it is and when it comes, with what speaks against it."""

from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page

from campaigns import conflicts, contents
from campaigns.choosers import GroupedField
from campaigns.models import Campaign, FocusArea, Series
from campaigns.recurrence import Recurrence
from campaigns.series_when import WhenForm
from publishing.models import Channel


class SeriesForm(WhenForm):
    """``cleaned_data`` becomes ``values``, a Series that is not saved, with ``channels`` beside it."""

    field_order = ("title", "channels")  # then when it comes

    title = forms.CharField(label=gettext_lazy("Working title"), max_length=150)
    channels = forms.ModelMultipleChoiceField(
        Channel.objects.usable(), label=gettext_lazy("Channels"), widget=forms.CheckboxSelectMultiple
    )
    campaign = forms.ModelChoiceField(Campaign.objects.all(), label=gettext_lazy("Campaign"), required=False)
    focus_area = GroupedField(
        FocusArea.objects.all(), above="goal", label=gettext_lazy("Primary focus area"), required=False
    )
    page = forms.ModelChoiceField(
        Page.objects.all(),
        label=gettext_lazy("The same content every time"),
        required=False,
        widget=AdminPageChooser,
        help_text=gettext_lazy(
            "Usually left empty: each slot then gets its own words. The same text may stand on a channel once in"
            " 30 days, and is planned by itself once it is approved."
        ),
    )

    values: Series | None = None

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if self.when is None:
            return data
        for sentence in self._against(data):
            self.add_error("at", sentence)
        for sentence in self._against_content(data):
            self.add_error("page", sentence)
        self.values = self._values(data, self.when)
        return data

    def _against(self, data: dict[str, Any]) -> list[str]:
        wall = datetime.combine(self.dates[0].day, data["at"])
        return [
            _("%(channel)s is quiet from %(start)s to %(end)s.")
            % {"channel": channel.name, "start": f"{channel.quiet_from:%H.%M}", "end": f"{channel.quiet_until:%H.%M}"}
            for channel in data.get("channels") or ()
            if channel.is_quiet_at(wall)
        ]

    def _against_content(self, data: dict[str, Any]) -> list[str]:
        page = data.get("page")
        if page is None:
            return []
        if page.pk not in contents.describe([page.pk]):
            return [_("This is a section of the site, not something that can be sent.")]
        nearest = min((after.day - before.day for before, after in pairwise(self.dates)), default=timedelta.max)
        if nearest >= conflicts.SAME_TEXT_WITHIN:
            return []
        sentence = _(
            "The same text may stand on a channel once in %(least)s days, and this series comes again after %(days)s."
            " Leave the content out, so that each slot gets its own words, or let it come less often."
        )
        return [sentence % {"least": conflicts.SAME_TEXT_WITHIN.days, "days": nearest.days}]

    def _values(self, data: dict[str, Any], when: Recurrence) -> Series:
        return Series(
            title=data.get("title", ""),
            campaign=data.get("campaign"),
            focus_area=data.get("focus_area"),
            page=data.get("page"),
            rule=when.rule,
            at=when.at,
            starts_on=when.starts_on,
            until=when.until,
            count=when.count,
            on_holidays=data["on_holidays"],
            excluded=sorted(day.isoformat() for day in when.excluded),
        )
