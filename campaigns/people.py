"""People as a form offers them: by their names."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model


def name_of(person: Any) -> str:
    return str(person.get_full_name() or person.get_username()) if person else ""


def people() -> Any:
    """Whoever may own a campaign: those who plan."""
    return get_user_model().objects.filter(is_active=True).order_by("first_name", "last_name", "username")


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return name_of(obj)
