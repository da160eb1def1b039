"""What was decided about mappings, suitability and anomalies, as a word and a shape. Pure."""

from datetime import date

from django.utils.translation import gettext as _

from campaigns.coverage import Fate
from campaigns.models import FocusMapping, Initiative, Series
from publishing.models import State
from publishing.presenting import Badge

FATES = {
    Fate.SENT: ("■", State.DELIVERED, "good"),
    Fate.PLANNED: ("▨", State.SCHEDULED, ""),
    Fate.UNCERTAIN: ("?", State.UNCERTAIN, "alarm"),
    Fate.HELD: ("‖", State.HELD, "notice"),
    Fate.FAILED: ("!", State.FAILED, "alarm"),
    Fate.MISSED: ("⊘", State.MISSED, "notice"),
    Fate.WITHDRAWN: ("↩", State.WITHDRAWN, ""),
    Fate.PREPARED: ("○", None, ""),
    Fate.CANCELLED: ("×", State.CANCELLED, ""),
}
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


def of_fate(fate: Fate) -> Badge:
    """What became of a story. Squares, as in the legend of the coverage page, for what is out and what will be."""
    shape, state, tone = FATES[fate]
    return Badge(f"fate-{fate}", shape, str(state.label) if state else _("not approved"), tone)


def of_series(series: Series, today: date) -> Badge:
    """Whether it runs, rests or is over."""
    state = series.state(today)
    shape, label = {"running": ("●", _("running")), "paused": ("‖", _("paused")), "over": ("×", _("ended"))}[state]
    return Badge(f"series-{state}", shape, label, "notice" if state == "paused" else "")
