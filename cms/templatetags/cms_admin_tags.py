"""Small words on the pages of the admin."""

from django import template
from django.utils import timezone

from cms import home

register = template.Library()


@register.simple_tag
def greeting() -> str:
    return home.greeting(timezone.now())
