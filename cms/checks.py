"""What can be set wrong, said before it does harm: `manage.py check`, and `check --deploy` before an upgrade."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register


@register(Tags.security)
def credentials_keys(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Secrets of channels need a key that is there and long enough to be one."""
    if not settings.CREDENTIALS_KEYS:
        return [Error("CREDENTIALS_KEYS is not set: no channel can open its secrets.", id="cms.E001")]
    if any(len(key) < 20 for key in settings.CREDENTIALS_KEYS):
        return [Error("A key in CREDENTIALS_KEYS has fewer than 20 characters.", id="cms.E002")]
    return []


@register(Tags.urls)
def base_url(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Posts, e-mails and the way back from a platform carry this address."""
    parts = urlsplit(settings.BASE_URL)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/"):
        hint = "For example https://nyheder.example.org, without a path."
        return [Error("BASE_URL is not the address of a site.", hint=hint, id="cms.E003")]
    if not settings.DEBUG and parts.scheme != "https":
        return [Warning("BASE_URL is not https: platforms refuse to send people back to it.", id="cms.W003")]
    return []


@register(Tags.database, deploy=True)
def production_database(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """SQLite and a folder as broker are for one machine with one worker."""
    found: list[CheckMessage] = []
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        found.append(Warning("The database is SQLite: fine on one machine, not for several workers.", id="cms.W004"))
    if settings.BROKER_URL.startswith("filesystem://"):
        hint = "Set BROKER_URL to RabbitMQ or Redis."
        found.append(Warning("The broker is a folder on this machine.", hint=hint, id="cms.W005"))
    return found


@register(Tags.security, deploy=True)
def who_is_told(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """An alarm that is written to nobody is none."""
    if not settings.ADMINS:
        hint = "Set ADMINS to the addresses of whoever operates the site."
        return [Warning("ADMINS is empty: alarms are told to nobody.", hint=hint, id="cms.W006")]
    return []
