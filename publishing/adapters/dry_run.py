"""Dry run: a channel of its own that nothing leaves. The request it would make is its receipt.

For training and for trying out the road from draft to receipt. To try out one very platform, set ``dry_run`` on a
channel of that kind instead: then the requests written down are that platform's own.
"""

from dataclasses import asdict, replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from publishing.adapters import fitting
from publishing.adapters.base import (
    Account,
    Adapter,
    DeliveryKey,
    Figures,
    Limits,
    Problem,
    ReadBack,
    Receipt,
    Request,
    Setting,
    Verification,
)
from publishing.message import Message

PHOTO: dict[str, Any] = {"image_ratio": (0.8, 1.91), "link": False, "html": False}
WHERE = "https://dry-run.invalid/posts"  # a name that can never exist (RFC 2606)


class DryRun(Adapter):
    """Takes everything a short-message channel takes. Its answer depends on the message alone."""

    kind = "dry_run"
    look = "short"
    label = _("Dry run")
    limits = Limits(
        images=4,
        alt_text=1500,
        video=True,
        describes_video=True,
        captions=True,
        html=True,
        withdraw=True,
        idempotent=True,
        find=True,
        read=True,
        metrics=True,
        in_house=True,
    )
    settings = (
        Setting(
            "characters",
            _("Most characters"),
            _("Leave empty when there is no limit. The link counts too."),
            required=False,
            numeric=True,
        ),
        Setting(
            "look",
            _("Practises"),
            _("Posts look like this; photo posts link to nothing, and images are cut to a shape they take."),
            required=False,
            default="short",
            choices=(
                ("short", _("Short posts")),
                ("page_post", _("Posts of a page")),
                ("professional", _("Posts of an organisation")),
                ("photo", _("Photo posts")),
            ),
        ),
    )

    def look_for(self, account: Account) -> str:
        return str(account.config.get("look") or self.look)

    def limits_for(self, account: Account) -> Limits:
        limits = replace(self.limits, characters=fitting.number(account.config.get("characters")))
        return replace(limits, **PHOTO) if self.look_for(account) == "photo" else limits

    def count(self, account: Account, message: Message) -> tuple[int, int | None]:
        return len(fitting.whole_text(message)), self.limits_for(account).characters

    def validate(self, account: Account, message: Message) -> list[Problem]:
        used, _most = self.count(account, message)
        return fitting.problems(message, self.limits_for(account), used=used)

    def translate(self, account: Account, message: Message, key: DeliveryKey) -> list[Request]:
        body: dict[str, Any] = {
            "text": fitting.whole_text(message),
            "title": message.title,
            "html": message.html,
            "language": message.language,
            "media": [asdict(item) for item in message.media],
            **({"video": asdict(message.video)} if message.video else {}),
        }
        return [Request("POST", WHERE, {"Idempotency-Key": str(key.uuid)}, body)]

    def send(self, account: Account, message: Message, key: DeliveryKey) -> Receipt:
        """Write down what would have left."""
        requests = [asdict(request) for request in self.translate(account, message, key)]
        return Receipt(f"dry-run:{key.uuid}", details={"requests": requests})

    def find(self, account: Account, message: Message, key: DeliveryKey) -> Receipt:
        """What was written down does not depend on when, so nothing can be lost or doubled."""
        return self.send(account, message, key)

    def read(self, account: Account, message: Message, receipt: Receipt) -> ReadBack:
        [request] = receipt.details["requests"]
        same = request["body"]["text"] == fitting.whole_text(message)
        return ReadBack(True, () if same else (_("The text differs from what was approved."),))

    def withdraw(self, account: Account, receipt: Receipt) -> None:
        """Nothing is out."""

    def metrics(self, account: Account, receipt: Receipt) -> Figures:
        """Nobody sees it, and that is a figure too."""
        return Figures({"impressions": 0})

    def verify(self, account: Account) -> Verification:
        return Verification(True, account=account.name)
