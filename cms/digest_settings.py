"""Where everybody chooses their letters: on the page of their own account."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.account import BaseSettingsPanel, notifications_tab

from cms.models.digests import DigestWish
from publishing import needs


class DigestForm(forms.ModelForm):  # type: ignore[type-arg]
    kinds = forms.MultipleChoiceField(label=_("About"), required=False, widget=forms.CheckboxSelectMultiple)

    class Meta:
        model = DigestWish
        fields = ["rhythm", "hour", "weekday", "urgent", "kinds", "quiet_from", "quiet_until"]
        labels = {"hour": _("at what hour"), "weekday": _("on which day, once a week")}
        widgets = {
            "quiet_from": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "quiet_until": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = needs.kinds()
        field: Any = self.fields["kinds"]
        field.choices = self.offered
        self.initial["kinds"] = [key for key, _label in self.offered if key not in self.instance.without]

    def save(self, commit: bool = True) -> DigestWish:
        chosen = set(self.cleaned_data["kinds"])
        self.instance.without = [key for key, _label in self.offered if key not in chosen]
        wish: DigestWish = super().save(commit=commit)
        return wish


class DigestPanel(BaseSettingsPanel):  # type: ignore[misc]
    name = "digest"
    title = _("E-mail about what waits for you")
    tab = notifications_tab
    order = 50
    help_text = _("The letter tells what kind of thing waits and how much, never its text.")
    form_class = DigestForm

    def get_form(self) -> DigestForm:
        wish = DigestWish.objects.filter(user=self.user).first() or DigestWish(user=self.user)
        data = self.request.POST if self.request.method == "POST" else None
        return DigestForm(data, instance=wish, prefix=self.name)
