"""A field of several dates, written with a comma or a new line between them."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MOST = 100


class DatesField(forms.Field):
    """A list of dates without doubles, in order. Reads 24.12.2026 and 2026-12-24 in every language."""

    widget = forms.TextInput

    def prepare_value(self, value: Any) -> Any:
        return value if value is None or isinstance(value, str) else ", ".join(f"{day:%d.%m.%Y}" for day in value)

    def to_python(self, value: Any) -> list[date]:
        words = [word for word in re.split(r"[,;\s]+", value or "") if word]
        if len(words) > MOST:
            raise ValidationError(_("At most %(most)s dates.") % {"most": MOST})
        return sorted({_day(word) for word in words})


def _day(word: str) -> date:
    written = re.fullmatch(r"(\d{1,2})[.\-/](\d{1,2})[.\-/](\d{4})", word)
    try:
        if written:
            return date(int(written[3]), int(written[2]), int(written[1]))
        return date.fromisoformat(word)
    except ValueError as error:
        raise ValidationError(_("“%(word)s” is no date. Write 24.12.2026.") % {"word": word}) from error
