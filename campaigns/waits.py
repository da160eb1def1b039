"""What something in the plan waits for, by the key of its state. Pure."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from publishing.models import State

SENTENCES: dict[str, str] = {
    "empty": gettext_noop("wants a text"),
    "draft": gettext_noop("wants to be finished"),
    "changed": gettext_noop("wants a new approval"),
    "in_approval": gettext_noop("wants an approver"),
    "approved": gettext_noop("its channel wants approval"),
    "by_hand": gettext_noop("wants somebody to post it"),
    "absent": gettext_noop("wants somebody to look"),
    "different": gettext_noop("wants somebody to look"),
    State.UNCERTAIN: gettext_noop("wants somebody to find out"),
    State.FAILED: gettext_noop("wants a decision"),
    State.MISSED: gettext_noop("wants a decision"),
    State.HELD: gettext_noop("wants to be let go"),
    State.AWAITING_RETRY: gettext_noop("is tried again by itself"),
}


def of(key: str) -> str:
    """Empty for what takes its course or is over."""
    sentence = SENTENCES.get(key)
    return _(sentence) if sentence else ""


def of_undated(key: str) -> str:
    """The same for what has no time: once approved, that is all it waits for."""
    return _("wants a time") if key == "approved" else of(key)
