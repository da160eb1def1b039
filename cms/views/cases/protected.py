"""The list of protected names, where it is switched on: opened for the prosecutors of the case, and nobody else."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from cms.court import protecting, sealing
from cms.views.cases.base import CasePage, case_url


class NamesForm(forms.Form):
    names = forms.CharField(
        label=gettext_lazy("Protected names"),
        required=False,
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off", "spellcheck": "false"}),
        help_text=gettext_lazy(
            "One a line: the full name, and on lines of their own every alias, nickname or surname that gives it away."
        ),
    )


# No report of a fault repeats what was typed.
@method_decorator(sensitive_post_parameters("names"), name="dispatch")
class Protected(CasePage):
    template_name = "cms/case/protected.html"
    page_title = gettext_lazy("Protected names")
    header_icon = "lock"

    @sensitive_variables("found")
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found, shut = [], False
        if protecting.is_on() and "form" not in kwargs:
            try:
                found = protecting.shown(self.case, self.request.user)
            except sealing.CannotOpen:
                shut = True
        in_force = self.case.restrictions.in_force().exists()
        form = NamesForm(initial={"names": "\n".join(found)})
        values = {"form": form, "is_on": protecting.is_on(), "in_force": in_force, "shut": shut}
        return super().get_context_data(**{**values, **kwargs})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = NamesForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        try:
            number = protecting.keep(self.case, form.cleaned_data["names"].splitlines(), by=request.user)
        except protecting.NotKept as error:
            messages.error(request, str(error))
            return redirect(request.path)
        if number:
            text = ngettext("%(number)s name is kept, sealed.", "%(number)s names are kept, sealed.", number)
            messages.success(request, text % {"number": number})
        else:
            messages.success(request, _("The list is gone."))
        return redirect(case_url(self.case))
