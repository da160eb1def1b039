"""The demo's channels: a real website; networks without credentials write down what they would send."""

from datetime import date, time
from typing import Any

from publishing.models import Channel

DECIDED = {
    "risk_decided_by": "Mette Prøve, kommunikationschef",
    "risk_decided_on": date(2026, 9, 1),
    "risk_decision": "Prøvekanal: her er det danskerne er. Kommentarer passes på hverdage; ses på igen til sommer.",
}
AT_NIGHT = {"quiet_from": time(22), "quiet_until": time(6)}
CHANNELS: tuple[dict[str, Any], ...] = (
    {"slug": "website", "kind": "website", "name": "Hjemmesiden"},
    {"slug": "live", "kind": "feed", "name": "Livefeed"},
    {"slug": "x", "kind": "dry_run", "name": "X (prøve)", "dry_run": True, "minimum_gap": 300},
    {"slug": "bluesky", "kind": "dry_run", "name": "Bluesky (prøve)", "dry_run": True, "minimum_gap": 300},
    {"slug": "mastodon", "kind": "mastodon", "name": "Mastodon (prøve)", "dry_run": True},
    {"slug": "press", "kind": "email", "name": "Pressen (prøve)", "dry_run": True},
    {"slug": "instagram", "kind": "dry_run", "name": "Instagram (prøve)", "dry_run": True},
    {"slug": "threads", "kind": "threads", "name": "Threads (prøve)", "dry_run": True},
    {"slug": "linkedin", "kind": "dry_run", "name": "LinkedIn (prøve)", "dry_run": True, **AT_NIGHT},
    {"slug": "facebook", "kind": "manual", "name": "Facebook (i hånden)", **DECIDED},
    # Not connected, and nobody has decided that it may be used.
    {"slug": "linkedin-job", "kind": "linkedin", "name": "LinkedIn, job (på vej)"},
)
CONFIG = {
    "live": {"audience": "public", "hub": "open"},
    "facebook": {"place": "Prøvesiden på Facebook", "instructions": "Slå teksten op med billedet, og bekræft her."},
    "bluesky": {"service": "https://bsky.example.org", "identifier": "politi.example.org"},
    "mastodon": {"instance": "https://mastodon.example.org"},
    "instagram": {"look": "photo", "characters": "2200"},
    "linkedin": {"look": "professional", "characters": "3000"},
    "threads": {"app_id": "100000000000000"},
    "x": {"characters": "280"},
    "press": {
        "host": "smtp.example.org",
        "from_address": "presse@example.org",
        "recipients": "redaktion@example.org\nvagthavende@example.org",
    },
}
LINKS = {"facebook": "utm_source=facebook&utm_medium=social"}


def ensure() -> dict[str, Channel]:
    """Make each channel once. Returns channels by slug."""
    found = {}
    for data in CHANNELS:
        marks = LINKS.get(data["slug"], "")
        values = {
            **data,
            "link_parameters": marks,
            "config": CONFIG.get(data["slug"], {}),
            "comments_policy": "Prøvekanal",
        }
        found[data["slug"]] = Channel.objects.get_or_create(slug=data["slug"], defaults=values)[0]
    return found
