"""Setting up a channel: what it is called, how it is paced, its settings and its secrets.

Evidence names what was changed, and never the value of a setting or a secret.
"""

from collections.abc import Iterable, Mapping
from itertools import chain, count
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from publishing import bells, credentials
from publishing.channels import write_down
from publishing.models import Channel


class Overtaken(Exception):
    """Somebody else changed the channel since it was read; nothing was written."""


def free_slug(name: str, channel: Channel) -> str:
    """A short name made of the name, with a number where it is taken."""
    wish = slugify(name)[:45] or channel.kind
    others = Channel.objects.exclude(pk=channel.pk)
    numbered = (f"{wish}-{number}" for number in count(2))
    return next(slug for slug in chain([wish], numbered) if not others.filter(slug=slug).exists())


@transaction.atomic
def add(channel: Channel, *, secrets: Mapping[str, str], by: User | None) -> Channel:
    """Make it, with its secrets sealed, and ask the platform whether it works, unless it must be connected first."""
    now = timezone.now()
    channel.encrypted_secrets = credentials.seal(secrets) if secrets else b""
    channel.secrets_set = {name: now.isoformat() for name in secrets}
    waits = channel.waits_for_consent
    channel.asked_at = None if waits else now
    channel.save(force_insert=True)
    write_down(channel, "added", by, name=channel.name, kind=channel.kind, secrets=sorted(secrets))
    if not waits:
        bells.ring("verify_channel", channel.pk)
    return channel


@transaction.atomic
def change(
    channel: Channel,
    *,
    version: int,
    fields: Mapping[str, Any],
    config: Mapping[str, str],
    secrets: Mapping[str, str],
    forget: Iterable[str] = (),
    by: User | None,
) -> list[str]:
    """Write what differs and return its names. ``secrets`` are only those given anew.

    With another set-up, what was learnt about the old one is dropped and the platform is asked again; that also ends
    a pause that a fault caused, once the answer is good. Raises Overtaken.
    """
    stored = _lock(channel, version)
    changed = [name for name, value in fields.items() if getattr(stored, name) != value]
    facts = {name: [_plain(getattr(stored, name)), _plain(fields[name])] for name in changed}
    for name in changed:
        setattr(stored, name, fields[name])
    before = {setting.name: setting.default for setting in stored.adapter.settings} | stored.config
    settings = [name for name, value in config.items() if str(before.get(name, "")) != value]
    gone = [name for name in forget if name in stored.secrets_set and name not in secrets]
    if settings or secrets or gone:
        stored.config = {**stored.config, **config}
        _keep(stored, secrets, gone)
    changed += [f"setting:{name}" for name in settings] + [f"secret:{name}" for name in [*secrets, *gone]]
    if changed:
        stored.version += 1
        stored.save()
        write_down(
            stored, "changed", by, fields=facts, settings=settings, secrets=sorted(secrets), secrets_forgotten=gone
        )
    channel.refresh_from_db()
    return changed


@transaction.atomic
def connected(
    channel: Channel,
    secrets: Mapping[str, str],
    *,
    config: Mapping[str, str] | None = None,
    version: int,
    by: User | None,
) -> None:
    """Keep the access that a person gave in a browser, and which account it is for. Raises Overtaken."""
    stored = _lock(channel, version)
    named = dict(config or {})
    stored.config = {**stored.config, **named}
    _keep(stored, secrets, ())
    stored.version += 1
    stored.save()
    write_down(stored, "connected", by, settings=sorted(named), secrets=sorted(secrets))
    channel.refresh_from_db()


def _lock(channel: Channel, version: int) -> Channel:
    stored = Channel.objects.select_for_update(of=("self",), no_key=True).get(pk=channel.pk)
    if stored.version != version:
        raise Overtaken
    return stored


def _keep(stored: Channel, secrets: Mapping[str, str], gone: Iterable[str]) -> None:
    """A set-up that nobody has tried yet: ask, and forget what was known of the one before."""
    _seal(stored, secrets, gone)
    stored.learnt = {}
    stored.health, stored.health_problem, stored.account_name = Channel.Health.UNVERIFIED, "", ""
    stored.access_expires_at = None
    stored.resume_when_verified = stored.paused_by_fault
    stored.asked_problem = ""
    if stored.waits_for_consent:
        stored.asked_at = None
    else:
        stored.asked_at = timezone.now()
        bells.ring("verify_channel", stored.pk)


def _seal(stored: Channel, secrets: Mapping[str, str], gone: Iterable[str]) -> None:
    if not secrets and not gone:
        return
    now = timezone.now().isoformat()
    kept = {**credentials.unseal(stored.encrypted_secrets), **secrets}
    dates = {**stored.secrets_set, **dict.fromkeys(secrets, now)}
    for name in gone:
        kept.pop(name, None)
        dates.pop(name, None)
    stored.encrypted_secrets = credentials.seal(kept) if kept else b""
    stored.secrets_set = dates
    stored.renewing_until, stored.renewal_unanswered = None, False


def _plain(value: Any) -> Any:
    return value if isinstance(value, bool | int | str) or value is None else str(value)
