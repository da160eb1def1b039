"""By hand: the duty officer gets text and pictures at the minute, posts them, and confirms.

Also the way out when a platform's own door is closed. The sender waits for the person's word (``limits.by_hand``);
nothing here is ever sent, found or taken down by a machine.
"""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from publishing.adapters import fitting
from publishing.adapters.base import (
    Account,
    Adapter,
    DeliveryKey,
    Limits,
    Problem,
    Request,
    Setting,
    Verification,
)
from publishing.message import Message


class Manual(Adapter):
    """A place that a person posts to."""

    kind = "manual"
    look = "page_post"
    label = _("By hand")
    limits = Limits(images=10, video=True, describes_video=True, captions=True, by_hand=True)
    settings = (
        Setting("place", _("Where to post"), _("The name of the account or the page, as the duty officer knows it.")),
        Setting("address", _("Address to open"), _("Opened from the task, if there is one."), required=False),
        Setting(
            "characters",
            _("Most characters"),
            _("Leave empty when there is no limit. The link counts too."),
            required=False,
            numeric=True,
        ),
        Setting("instructions", _("How to do it"), required=False, multiline=True),
    )

    def limits_for(self, account: Account) -> Limits:
        return replace(self.limits, characters=fitting.number(account.config.get("characters")))

    def count(self, account: Account, message: Message) -> tuple[int, int | None]:
        return len(fitting.whole_text(message)), self.limits_for(account).characters

    def validate(self, account: Account, message: Message) -> list[Problem]:
        used, _most = self.count(account, message)
        return fitting.problems(message, self.limits_for(account), used=used)

    def translate(self, account: Account, message: Message, key: DeliveryKey) -> list[Request]:
        """What the person is asked to do, in the form of a request."""
        video = message.video
        body = {
            "text": fitting.whole_text(message),
            "images": [{"filename": item.filename, "alt": item.alt} for item in message.media],
            **({"video": {"filename": video.filename, "description": video.description}} if video else {}),
            "instructions": account.config.get("instructions", ""),
        }
        return [Request("BY HAND", str(account.config.get("address") or account.config.get("place", "")), body=body)]

    def verify(self, account: Account) -> Verification:
        """Ready as long as it is known where to post."""
        place = str(account.config.get("place", "")).strip()
        if not place:
            return Verification(False, problem=_("It is not said where to post."))
        return Verification(True, account=place)
