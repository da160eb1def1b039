"""Recording the decision that the house may be on a channel."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages

from publishing import risk
from publishing.models import Delivery, State
from publishing.views.channels import CHANGE, OfChannel


class RiskForm(forms.Form):
    decided_by = forms.CharField(
        label=gettext_lazy("Who decided"), help_text=gettext_lazy("Name and position."), max_length=120
    )
    decided_on = forms.DateField(
        label=gettext_lazy("When"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    why = forms.CharField(
        label=gettext_lazy("Why"),
        help_text=gettext_lazy(
            "What speaks for being there, what was weighed against it (data about citizens, comments, who owns the"
            " network), on which terms, and when it is looked at again. A case number is welcome."
        ),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def clean_decided_on(self) -> Any:
        day = self.cleaned_data["decided_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("The day has not come yet."))
        return day


class RiskPage(OfChannel):
    permission = CHANGE
    template_name = "publishing/channels/risk.html"
    page_title = gettext_lazy("Risk decision")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        channel = self.channel
        kept = {"decided_by": channel.risk_decided_by, "why": channel.risk_decision}
        initial = {**kept, "decided_on": channel.risk_decided_on or timezone.localdate()}
        return super().get_context_data(**{"form": RiskForm(initial=initial), **kwargs})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = RiskForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        risk.decide(self.channel, **form.cleaned_data, by=self.person)
        said = _("The decision about %(channel)s is recorded.") % {"channel": self.channel.name}
        held = Delivery.objects.filter(channel=self.channel, state=State.HELD).heads().count()
        waits = ngettext(
            "%(count)s post was held meanwhile, and waits for a decision of its own.",
            "%(count)s posts were held meanwhile, and wait for a decision of their own.",
            held,
        )
        messages.success(request, f"{said} {waits % {'count': held}}" if held else said)
        return redirect("publishing_channels:show", self.channel.pk)
