"""Fields and widgets for a thumb: choices as buttons over real inputs, the right keyboard, lists typed with commas."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class Buttons(forms.RadioSelect):
    template_name = "cms/court/form/buttons.html"


class ManyButtons(forms.CheckboxSelectMultiple):
    template_name = "cms/court/form/buttons.html"


class Tick(forms.CheckboxInput):
    """Drawn with its label by ``field.html``."""

    ticks = True


class Moment(forms.DateTimeInput):
    """The telephone's own chooser of day and time."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class Day(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def digits(**attrs: Any) -> forms.TextInput:
    """A text field with the keyboard of digits: no spinner, no scrolling away of a number."""
    return forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", **attrs})


class Whole(forms.IntegerField):
    """A whole number as people write it: "5.000", "12 000"."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"min_value": 0, "max_value": 999_999_999, "required": False, "widget": digits(), **kwargs})

    def to_python(self, value: Any) -> int | None:
        typed = re.sub(r"[.\s]|kr\.?$", "", str(value).strip()) if value not in self.empty_values else None
        found: int | None = super().to_python(typed)
        return found

    def clean(self, value: Any) -> int | None:
        found: int | None = super().clean(value)
        return found


class Age(Whole):
    """In whole years; every fault is told in one sentence that says what to write."""

    default_error_messages = dict.fromkeys(
        ("invalid", "min_value", "max_value"), _("Write the age in whole years: a number from 0 to 120.")
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_value=120, widget=digits(maxlength=3), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Nought is shown as nothing."""
        return "" if value in (0, None) else value


class Listed(forms.CharField):
    """Several words with commas between them; stored as a list."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(map(str, value)) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        if isinstance(value, list):
            return value
        parts = [part.strip(" .") for part in re.split(r"[,;\n]", str(value or ""))]
        found = [part for part in parts if part]
        if any(len(part) > 80 for part in found):
            raise ValidationError(_("Write each offence in a few words, with a comma between them."))
        return found[:6]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.to_python(initial) != self.to_python(data))


def as_buttons(form: forms.BaseForm, names: Iterable[str]) -> None:
    """These choices stand open as buttons, without an empty one unless it means something."""
    for name in names:
        field = form.fields[name]
        choices = [(value, label) for value, label in field.choices if value != "" or _means_something(field, label)]
        field.widget = Buttons(attrs=field.widget.attrs)
        field.choices = choices
        field.required = False


def _means_something(field: Any, label: Any) -> bool:
    return "---" not in str(label)
