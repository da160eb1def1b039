"""Keys to the figures: made, shown once, listed and taken back; and how another system asks with one."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin import messages
from wagtail.admin.widgets import AdminDateInput

from campaigns import api_tokens
from campaigns.clock import COPENHAGEN
from campaigns.models import ApiToken
from campaigns.models.api_token import A_MINUTE
from publishing.views.base import DeskPage, Permitted

LONGEST = timedelta(days=730)
USUAL = timedelta(days=365)


class KeyForm(forms.ModelForm):  # type: ignore[type-arg]
    ends = forms.DateField(
        label=gettext_lazy("Last day"), widget=AdminDateInput, input_formats=[settings.WAGTAIL_DATE_FORMAT, "%Y-%m-%d"]
    )

    class Meta:
        model = ApiToken
        fields = ["name"]

    def clean_ends(self) -> datetime:
        day, today = self.cleaned_data["ends"], timezone.localdate()
        if day < today:
            raise forms.ValidationError(_("That day has passed: the key would open nothing."))
        if day > today + LONGEST:
            raise forms.ValidationError(_("At most two years from now; make a new one then."))
        return datetime.combine(day + timedelta(days=1), time(0), COPENHAGEN)


class Keys(DeskPage):
    permission = api_tokens.MANAGES
    header_icon = "key"
    template_name = "campaigns/coverage/keys.html"
    page_title = gettext_lazy("Figures for other systems")
    trail = ((reverse_lazy("campaigns_coverage:index"), gettext_lazy("Coverage")),)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = KeyForm(initial={"ends": timezone.localdate() + USUAL})
        return super().get_context_data(
            **{
                "form": form,
                "tokens": ApiToken.objects.select_related("created_by"),
                "now": timezone.now(),
                "address": self.request.build_absolute_uri(reverse("campaigns_api:report")),
                "a_minute": A_MINUTE,
                **kwargs,
            }
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        form = KeyForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        made, key = api_tokens.make(
            name=form.cleaned_data["name"], expires_at=form.cleaned_data["ends"], by=self.person
        )
        response = self.render_to_response(self.get_context_data(made=made, key=key))
        response["Cache-Control"] = "no-store"
        return response


class TakeBack(Permitted, View):
    permission = api_tokens.MANAGES
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        token = get_object_or_404(ApiToken, pk=pk)
        api_tokens.take_back(token, timezone.now(), by=self.person)
        messages.success(request, _("“%(name)s” opens nothing any more.") % {"name": token.name})
        return redirect("campaigns_coverage:keys")
