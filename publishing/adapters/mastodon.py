"""Mastodon, and other servers that speak its API.

The Idempotency-Key is sent but not relied on: some servers ignore it, Mastodon forgets it after an hour. So the point
of no return is noted, and what became of a lost answer is found on the account's own timeline.

Images and videos go up first, and those that the server wants time for are posted by a later claim
(``fediverse_media``). It knows no captions beside the picture: they must stand in it.
"""

from collections.abc import Mapping
from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from publishing import http
from publishing.adapters import (
    answers,
    fediverse_editing,
    fediverse_figures,
    fediverse_limits,
    fediverse_media,
    fediverse_status,
    fediverse_text,
    fediverse_timeline,
    fitting,
    video_steps,
)
from publishing.adapters.base import (
    LATER,
    Absent,
    Account,
    Adapter,
    CannotTell,
    DeliveryKey,
    Figures,
    Limits,
    Prepared,
    Problem,
    ReadBack,
    Receipt,
    Request,
    Setting,
    Verification,
)
from publishing.adapters.fediverse import PLATFORM, STATUSES, Server
from publishing.adapters.fediverse_access import Login
from publishing.departing import depart
from publishing.errors import ContentRejected, OutcomeUnknown, TemporaryError
from publishing.message import Message


class Mastodon(Login, Adapter):
    """An account on a server of the fediverse. The limits are the server's own, learnt by ``verify``."""

    kind = "mastodon"
    look = "short"
    label = _("Mastodon")
    limits = Limits(
        characters=500,
        counting=_("as the server does: on Mastodon an emoji is one and a link is 23"),
        images=4,
        image_bytes=16_777_216,
        image_types=("image/gif", "image/jpeg", "image/png", "image/webp"),
        image_pixels=33_177_600,
        image_area=8_294_400,  # shrunk to that: https://docs.joinmastodon.org/user/posting/
        alt_text=1500,
        video=True,
        video_bytes=103_809_024,
        video_types=("video/mp4", "video/quicktime", "video/webm"),
        video_pixels=8_294_400,
        describes_video=True,
        ahead=True,
        departs=True,
        edit=True,
        withdraw=True,
        find=True,
        read=True,
        metrics=True,
        replies=True,
    )
    settings = (
        Setting("instance", _("Server"), _("The server of the account, such as https://mastodon.social.")),
        Setting(
            "visibility",
            _("Visibility"),
            default="public",
            choices=(("public", _("Public")), ("unlisted", _("Public, but not on the server's timelines"))),
        ),
    )

    def limits_for(self, account: Account) -> Limits:
        names = ("characters", "images", "image_bytes", "image_pixels", "alt_text", "video_bytes", "video_pixels")
        learnt = {name: number for name in names if (number := fitting.number(account.config.get(name)))}
        types = tuple(account.config.get("image_types") or self.limits.image_types)
        videos = tuple(account.config.get("video_types", self.limits.video_types))
        found = replace(self.limits, image_types=types, video=bool(videos), video_types=videos, **learnt)  # type: ignore[arg-type]
        return replace(found, video_bytes=min(found.video_bytes or http.carries(), http.carries()))

    def count(self, account: Account, message: Message) -> tuple[int, int | None]:
        url_characters = fitting.number(account.config.get("url_characters"))
        used = fediverse_text.count(fitting.whole_text(message), url_characters)
        return used, self.limits_for(account).characters

    def validate(self, account: Account, message: Message) -> list[Problem]:
        used, _most = self.count(account, message)
        return fitting.problems(message, self.limits_for(account), used=used)

    def translate(self, account: Account, message: Message, key: DeliveryKey) -> list[Request]:
        server = Server(account)
        uploads = fediverse_media.described(server, message)
        status = fediverse_status.posted(account, message, [LATER] * len(uploads), key)
        return [*uploads, server.described(STATUSES, status, **fediverse_status.named(key))]

    def send(self, account: Account, message: Message, key: DeliveryKey) -> Receipt | Prepared:
        fitting.must_fit(self, account, message)
        server = Server(account)
        ids = fediverse_media.ready(server, message, key.prepared)
        if isinstance(ids, Prepared):
            return ids
        if message.video is not None and (early := video_steps.until_its_hour(key)):
            return early
        status = fediverse_status.posted(account, message, ids, key)
        depart()
        response = server.call("POST", STATUSES, json=status, headers=fediverse_status.named(key), effect=True)
        if response.status in (404, 422) and fediverse_media.is_gone(server, key.prepared):
            raise TemporaryError(fediverse_media.GONE, response.where, afresh=True)
        if response.status == 404:  # a key that led to a post which is gone again, or an image or what it answers is
            sentence = _("The platform says that the post, an image of it, or what it answers was deleted.")
            raise ContentRejected(sentence, response.where)
        server.check(response)
        if len(response.get("media_attachments")) != len(ids):
            self._undo(account, fediverse_status.receipt(response.json(), message))
        return replace(
            fediverse_status.receipt(response.json(), message), not_before=answers.used_up_until(response, PLATFORM)
        )

    def _undo(self, account: Account, receipt: Receipt) -> None:
        """A server that drops an image without a word has posted what nobody approved."""
        try:
            self.withdraw(account, receipt)
        except TemporaryError as error:
            sentence = _("The platform dropped an image and posted without it; taking it down did not work yet.")
            raise OutcomeUnknown(sentence, f"{receipt.remote_id}: {error.detail}") from None
        sentence = _("The platform dropped an image, so the post was taken down again at once.")
        raise ContentRejected(sentence, receipt.remote_id)

    def edit(self, account: Account, message: Message, receipt: Receipt, key: DeliveryKey) -> Receipt | Prepared:
        fitting.must_fit(self, account, message)
        return fediverse_editing.edit(Server(account), message, receipt, key)

    def find(self, account: Account, message: Message, key: DeliveryKey) -> Receipt | Absent | CannotTell:
        found = fediverse_timeline.find(Server(account), message, key)
        return fediverse_status.receipt(found, message) if isinstance(found, Mapping) else found

    def read(self, account: Account, message: Message, receipt: Receipt) -> ReadBack:
        found = Server(account).look(receipt.remote_id)
        if found is None:
            return ReadBack(False)
        same = fediverse_text.is_same(fitting.whole_text(message), str(found["content"]))
        alts = [item.get("description") for item in found.get("media_attachments", [])]
        return ReadBack(True, tuple(fitting.differences(message, same, alts)))

    def withdraw(self, account: Account, receipt: Receipt) -> None:
        """Some servers delete a moment later: then the next look finds it gone."""
        server = Server(account)
        response = server.call("DELETE", f"{STATUSES}/{receipt.remote_id}")
        if response.status != 404:
            server.check(response)
        answers.must_be_gone(server.look(receipt.remote_id), receipt.remote_id)

    def metrics(self, account: Account, receipt: Receipt) -> Figures | None:
        return fediverse_figures.of(Server(account), receipt.remote_id)

    def verify(self, account: Account) -> Verification:
        server = Server(account)
        me = server.me()
        name = f"@{me.get('acct')}@{server.base.partition('://')[2]}"
        return Verification(True, name, learnt={**fediverse_limits.learn(server), "account_id": str(me.get("id"))})
