"""A moment that people write as wall time: the odd hours are explained instead of guessed."""

import re
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from campaigns import clock


def ensure_can_be_meant(row: Any, *names: str) -> None:
    """For ``clean``: ValidationError at the field whose day nobody can mean."""
    for name in names:
        day = getattr(row, name)
        if day is not None and not clock.can_be_meant(day):
            raise ValidationError({name: _("Enter a valid date.")})


class WallTimeFormField(forms.DateTimeField):
    """Danish wall time to UTC by the rule of ``campaigns.clock``."""

    def to_python(self, value: Any) -> datetime | None:
        if isinstance(value, datetime) or value in self.empty_values:
            return super().to_python(value)
        with timezone.override("UTC"):  # parse as written; the zone is ours to apply
            parsed = super().to_python(value)
        if parsed is None:
            return None
        wall = parsed.replace(tzinfo=None)
        if not clock.can_be_meant(wall):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        try:
            return clock.to_utc(wall)
        except ValueError:
            raise ValidationError(
                _("There is no %(time)s that night: the clocks go forward. Choose %(other)s, for example."),
                code="missing_hour",
                params={"time": date_format(wall, "H.i"), "other": date_format(clock.next_existing(wall), "H.i")},
            ) from None

    def prepare_value(self, value: Any) -> Any:
        return clock.to_wall(value) if isinstance(value, datetime) and timezone.is_aware(value) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """The form shows minutes: seconds that it never showed are no change. Nor is what cannot be changed."""
        if self.disabled:
            return False
        try:
            typed = self.to_python(data)
        except ValidationError:
            return True
        shown = initial.replace(second=0, microsecond=0) if isinstance(initial, datetime) else initial
        return typed not in (initial, shown)


class WallTimeField(models.DateTimeField):  # type: ignore[type-arg]
    """A DateTimeField (UTC in the database) whose form reads wall time."""

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": WallTimeFormField, **kwargs})


class DayFormField(forms.DateField):
    """A day that somebody can mean: a year 0206 or 9999 is no valid date."""

    def to_python(self, value: Any) -> date | None:
        day: date | None = super().to_python(value)
        if day is not None and not clock.can_be_meant(day):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return day


class MonthDayFormField(forms.CharField):
    """A day of any year, written 1.10 or 1/10; kept as "10-01"."""

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        if not text:
            return ""
        found = re.fullmatch(r"(\d{1,2})[./-]\s?(\d{1,2})\.?", text)
        try:
            day = date(2000, int(found[2]), int(found[1])) if found else None
        except ValueError:
            day = None
        if day is None:
            raise ValidationError(_("Write day and month, such as 1.10."))
        return f"{day:%m-%d}"

    def prepare_value(self, value: Any) -> Any:
        kept = re.fullmatch(r"(\d\d)-(\d\d)", value or "")
        return f"{int(kept[2])}.{int(kept[1])}." if kept else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(super().has_changed(self.prepare_value(initial), data))


class MonthDayField(models.CharField):  # type: ignore[type-arg]
    """A day of any year as "MM-DD"; its form reads it as people write it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_length": 5, **kwargs})

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": MonthDayFormField, "max_length": 10, **kwargs})
