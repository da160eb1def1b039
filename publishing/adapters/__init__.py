"""The registry: kind to dotted path, imported on first use. A new kind is one line here."""

from functools import cache
from importlib import import_module

from publishing.adapters.base import Adapter

KINDS: dict[str, str] = {
    "website": "publishing.adapters.website.Website",
    "email": "publishing.adapters.email.PressEmail",
    "instagram": "publishing.adapters.instagram.Instagram",
    "threads": "publishing.adapters.threads.Threads",
    "x": "publishing.adapters.x.X",
    "mastodon": "publishing.adapters.mastodon.Mastodon",
    "bluesky": "publishing.adapters.bluesky.Bluesky",
    "facebook": "publishing.adapters.facebook.Facebook",
    "linkedin": "publishing.adapters.linkedin.LinkedIn",
    "feed": "publishing.adapters.feed.LiveFeed",
    "webhook": "publishing.adapters.webhook.Webhook",
    "manual": "publishing.adapters.manual.Manual",
    "dry_run": "publishing.adapters.dry_run.DryRun",
}


@cache
def get(kind: str) -> Adapter:
    """The adapter of a kind; KeyError when there is none."""
    module, name = KINDS[kind].rsplit(".", 1)
    adapter: Adapter = getattr(import_module(module), name)()
    return adapter


def kinds_by_hand() -> list[str]:
    """Kinds that a person posts to."""
    return [kind for kind in KINDS if get(kind).limits.by_hand]


def kinds_in_house() -> list[str]:
    """Kinds that nobody else carries, so that no risk is to be decided about."""
    return [kind for kind in KINDS if get(kind).limits.in_house]


def kinds_of_pages() -> list[str]:
    """Kinds that put pages of this very site on air."""
    return [kind for kind in KINDS if get(kind).limits.publishes_page]


def choices() -> list[tuple[str, str]]:
    """Kinds with their labels, for forms. A callable in the model, so that a new kind makes no migration."""
    return [(kind, str(get(kind).label)) for kind in KINDS]
