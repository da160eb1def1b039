"""What was decided about mappings, suitability and anomalies, as a word and a shape. Pure."""

from campaigns.models import FocusMapping, Initiative
from publishing.presenting import Badge

MAPPING_SHAPES = {"proposed": "▒", "confirmed": "✓", "rejected": "✕"}
SUITABLE_SHAPES = {"yes": "✓", "no": "–", "undecided": "?"}


def of_mapping(status: str) -> Badge:
    """The state of a mapping; a proposal waits for somebody."""
    label = str(FocusMapping.Status(status).label)
    tone = {"proposed": "notice", "confirmed": "good"}.get(status, "")
    return Badge(f"mapping-{status}", MAPPING_SHAPES[status], label, tone)


def of_suitable(value: str) -> Badge:
    """Whether an initiative is told about outside; undecided waits for somebody."""
    label = str(Initiative.Suitable(value).label)
    tone = {"undecided": "notice", "yes": "good"}.get(value, "")
    return Badge(f"suitable-{value}", SUITABLE_SHAPES[value], label, tone)
