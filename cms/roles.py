"""The roles: groups of people and what each may do. Run again it brings them back to this; what was added stays,
unless a role has exactly what stands here.

A group has its Danish name, as people see it; ``key`` is what the code and the demo call it.
"""

from dataclasses import dataclass

from django.contrib.auth.models import Group, Permission


@dataclass(frozen=True)
class Role:
    """``pages`` are Wagtail's page permissions on all sections; nobody has ``publish``."""

    key: str
    name: str
    permissions: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    exactly: bool = False  # nothing besides: what was added to the group is taken back
    sections: tuple[str, ...] = ()  # model names of the sections; empty: the whole newsroom


STRATEGY = ("strategy", "goal", "focusarea", "pillar", "unit", "initiative", "focusmapping", "anomaly")
EFFECT = ("pressclipping", "manualfigure")  # what the press wrote, and what was counted elsewhere
PLANNED = ("campaign", "target", "calendarevent", "plantemplate", "series", "advice")
READS = tuple(f"campaigns.view_{model}" for model in (*STRATEGY, *EFFECT, *PLANNED))
MANAGES = (
    *(f"campaigns.{verb}_{model}" for model in STRATEGY for verb in ("add", "change", "delete")),
    "campaigns.add_target",  # and nobody changes one: a new one counts from then on
)
ENTERS = tuple(f"campaigns.{verb}_{model}" for model in EFFECT for verb in ("add", "change", "delete"))
SEES = ("wagtailadmin.access_admin", "publishing.view_delivery", "campaigns.view_placement", *READS)
IMAGES = (
    "wagtailimages.add_image",
    "wagtailimages.choose_image",
    "wagtaildocs.choose_document",
    "cms.add_video",
    "cms.choose_video",
)
PLANS = (
    "campaigns.add_placement",
    "campaigns.change_placement",
    "campaigns.delete_placement",
    "campaigns.add_series",
    "campaigns.change_series",
    "campaigns.add_advice",
    "campaigns.change_advice",
    "campaigns.delete_advice",
)
# Whoever plans campaigns makes them, and the templates that plans are made from.
CAMPAIGNS = (
    "campaigns.add_campaign",
    "campaigns.change_campaign",
    *(f"campaigns.{verb}_plantemplate" for verb in ("add", "change", "delete")),
)
WORDS = tuple(
    f"cms.{verb}_{model}" for model in ("jargon", "knownaccount") for verb in ("add", "change", "delete", "view")
)
CHANNELS = ("publishing.view_channel", "publishing.add_channel", "publishing.change_channel")
STOPS = ("publishing.stop_sending", "publishing.release_delivery", "publishing.decide_delivery")
YEAR = tuple(f"campaigns.{verb}_calendarevent" for verb in ("add", "change", "delete"))
KNOWS = ("campaigns.view_closedperiod", "campaigns.view_blackout_reason")  # why a time is closed
SHUTS = (*KNOWS, *(f"campaigns.{verb}_closedperiod" for verb in ("add", "change", "delete")))
CLOSES = ("cms.view_incident", "cms.close_incident")
FEEDS = ("publishing.manage_feedkey",)  # who may read a live feed before everybody
FILES = ("cms.export_period", "cms.file_content")

ROLES = (
    Role("writer", "Skribenter", (*SEES, *IMAGES, *FEEDS, "campaigns.view_coverage"), ("add",)),
    Role(
        "editor",
        "Redaktører",
        (
            *SEES,
            *IMAGES,
            *PLANS,
            *STOPS,
            *FEEDS,
            "publishing.withdraw_delivery",
            "publishing.view_channel",
            "campaigns.view_coverage",
            "cms.view_incident",
            *CAMPAIGNS,
            *MANAGES,
            *ENTERS,
            *WORDS,
            *YEAR,
            *SHUTS,
        ),
        ("add", "change", "lock", "unlock"),
    ),
    # A telephone outside a courtroom: the form, and nothing else of the admin (``cms.court.confinement``).
    Role("prosecutor", "Anklagere", ("wagtailadmin.access_admin",), exactly=True),
    Role("legal", "Juridiske godkendere", (*SEES, *CLOSES)),
    Role(
        "planner",
        "Planlæggere",
        (
            *SEES,
            *IMAGES,
            *PLANS,
            *FEEDS,
            "publishing.view_channel",
            "campaigns.view_coverage",
            *YEAR,
            *CAMPAIGNS,
        ),
        ("add", "change"),
    ),
    Role(
        "duty",
        "Vagthavende",
        (
            *SEES,
            *IMAGES,
            *PLANS,
            *STOPS,
            *FEEDS,
            "publishing.view_channel",
            "publishing.withdraw_delivery",
            "cms.break_glass",
            *CLOSES,
            *SHUTS,
        ),
        ("add", "change"),
    ),
    Role(
        "management",
        "Ledelse",
        (
            *SEES,
            *KNOWS,
            *ENTERS,
            "campaigns.view_coverage",
            "campaigns.add_target",
            "campaigns.manage_apitoken",
            "publishing.stop_sending",
        ),
    ),
    # The archive, and the data protection officer.
    Role("archive", "Arkiv", (*SEES, *CLOSES, *FILES, "cms.change_policy")),
    # Who holds the keys to the accounts: few people, and none of them needs to be a superuser for it.
    Role("channels", "Kanalansvarlige", (*SEES, *CHANNELS, *FEEDS)),
)


def ensure() -> dict[str, Group]:
    """Make the groups and give them their permissions; harmless to repeat. Returns groups by key."""
    groups = {}
    for role in ROLES:
        group, _created = Group.objects.get_or_create(name=role.name)
        given = [_permission(name) for name in role.permissions]
        if role.exactly:
            group.permissions.set(given)
        group.permissions.add(*given)
        groups[role.key] = group
    return groups


def _permission(name: str) -> Permission:
    app, codename = name.split(".")
    return Permission.objects.get(content_type__app_label=app, codename=codename)
