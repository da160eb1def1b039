"""What a sample text of the demo is, and what shall become of it."""

from dataclasses import dataclass

WEB, X, BLUESKY, MASTODON, PRESS, FACEBOOK = "website", "x", "bluesky", "mastodon", "press", "facebook"
INSTAGRAM, LINKEDIN = "instagram", "linkedin"
LIVE = "live"
ALL = (WEB, LIVE, X, BLUESKY, MASTODON)


@dataclass(frozen=True)
class Sample:
    """``ending`` is what shall become of it; ``hours`` from now it is due (negative: in the past)."""

    kind: str  # story, post, campaign_page, court_result
    title: str
    summary: str
    ending: str  # draft, in_approval, approved, planned, sent, held, missed, uncertain, failed, withdrawn
    initiatives: tuple[str, ...] = ()
    focus: str = ""
    unit: str = ""
    channels: tuple[str, ...] = ()
    hours: float = 0
    body: tuple[tuple[str, str], ...] = ()
    alt: str = ""  # with it goes a drawing as the image
    scene: str = "city"
    more: tuple[tuple[str, str], ...] = ()  # further images: scene and alternative text
    film: bool = False  # with the sample video
    campaign: bool = False
    language: str = "da"
