"""Bluesky: a record in the account's own repository, under a key that is ours, so that it can never be there twice.

``putRecord`` with ``swapRecord: null`` writes only where nothing is. The record key and ``createdAt`` come from the
delivery: again is the same record, and what became of a lost answer is one look at the key. Uploads are addressed by
their content, so the whole record is known before anything is sent.
"""

from dataclasses import replace
from typing import Any

import regex
from django.utils.translation import gettext_lazy as _

from publishing import http
from publishing.adapters import (
    answers,
    atproto,
    bluesky_account,
    bluesky_figures,
    bluesky_repository,
    bluesky_video,
    fitting,
    rich_text,
    video_steps,
)
from publishing.adapters import bluesky_record as record
from publishing.adapters.atproto import PLATFORM, Pds
from publishing.adapters.base import (
    Absent,
    Account,
    Adapter,
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
from publishing.adapters.bluesky_account import Login, did
from publishing.adapters.bluesky_blobs import UPLOAD, upload
from publishing.departing import depart
from publishing.errors import ContentRejected, TemporaryError
from publishing.message import Message

PUT = "com.atproto.repo.putRecord"


class Bluesky(Login, Adapter):
    """An account on Bluesky, or on any PDS of its own."""

    kind = "bluesky"
    look = "short"
    label = _("Bluesky")
    limits = Limits(
        characters=300,
        counting=_("as a reader sees them: an emoji is one; no more than 3000 bytes"),
        bytes=3000,
        images=4,
        image_bytes=1_000_000,  # servers of version 0.4 refuse more, later ones take twice that
        image_types=("image/jpeg", "image/png", "image/webp"),
        image_side=2000,  # what its own app sends
        alt_text=2000,
        video=True,
        video_bytes=100_000_000,
        video_seconds=(0.1, 180),
        video_types=("video/mp4",),
        describes_video=True,
        captions=True,
        ahead=True,
        withdraw=True,
        idempotent=True,
        find=True,
        read=True,
        metrics=True,
        replies=True,
        identifies=True,
    )
    identifier = r"did:(?:plc:[a-z2-7]{24}|web:[a-zA-Z0-9.%-]+)"
    settings = (
        Setting("handle", _("Handle"), _("The name of the account, such as politi.bsky.social.")),
        Setting("app_password", _("App password"), _("Made in Bluesky under Privacy and security."), secret=True),
        Setting("service", _("Server"), default="https://bsky.social", required=False),
    )

    def limits_for(self, account: Account) -> Limits:
        """The server takes no larger blobs than it says, and none that cannot get there in time (``http.carries``)."""
        learnt = fitting.number(account.config.get("image_bytes"))
        most = min(fitting.number(account.config.get("blob_bytes")) or 100_000_000, 100_000_000, http.carries())
        return replace(self.limits, image_bytes=min(learnt or 1_000_000, 1_000_000), video_bytes=most)

    def count(self, account: Account, message: Message) -> tuple[int, int | None]:
        return rich_text.graphemes(record.text_of(message)), self.limits.characters

    def validate(self, account: Account, message: Message) -> list[Problem]:
        used, _most = self.count(account, message)
        found = fitting.problems(message, self.limits_for(account), used=used)
        if len(record.text_of(message).encode()) > 3000:
            found.append(Problem("text", _("The text takes more than 3000 bytes: use fewer emoji."), "too_many_bytes"))
        return [*found, *bluesky_video.problems(message.video)] if message.video is not None else found

    def translate(self, account: Account, message: Message, key: DeliveryKey) -> list[Request]:
        pds = Pds(account)
        uploads = [pds.described(UPLOAD, fitting.described(media), media.mime) for media in message.media]
        if message.video is not None:
            uploads += bluesky_video.described(pds, message.video)
        return [*uploads, pds.described(PUT, record.write(did(account), message, key))]

    def send(self, account: Account, message: Message, key: DeliveryKey) -> Receipt | Prepared:
        fitting.must_fit(self, account, message)
        pds = Pds(account)
        if message.video is not None:
            ready = bluesky_video.made_ready(pds, message.video, key.prepared) or video_steps.until_its_hour(key)
            if ready is not None:
                return ready
        for media in message.media:
            lost = _("The image did not arrive whole on the platform.")
            upload(pds, media.sha256, media.mime, lost=lost, data=media.read())
        depart()  # its key lets it be looked up and repeated; but who pressed STOP meanwhile is heard
        response = pds.call("POST", PUT, json=record.write(did(account), message, key), effect=True)
        if answers.code_of(response, PLATFORM) == "InvalidSwap":
            return self._taken(account, message, key)
        if answers.code_of(response, PLATFORM) == "BlobNotFound":
            raise TemporaryError(
                _("The platform does not know what was uploaded any more."), response.where, afresh=True
            )
        written = pds.check(response)
        return _receipt(account, key, str(written.get("cid")), str(written.get("uri")), written)

    def _taken(self, account: Account, message: Message, key: DeliveryKey) -> Receipt:
        """Something else is under our key: an earlier attempt of ours, at another hour or by an earlier version."""
        found = bluesky_repository.look(account, atproto.tid(key))
        if found and found["value"].get("text") == record.text_of(message):
            return _receipt(account, key, str(found["cid"]), str(found["uri"]))
        raise ContentRejected(_("Another post has taken the place of this one on the platform."), atproto.tid(key))

    def find(self, account: Account, message: Message, key: DeliveryKey) -> Receipt | Absent:
        found = bluesky_repository.look(account, atproto.tid(key))
        if found is None:
            return Absent(_("There is nothing under the key of this post."))
        return _receipt(account, key, str(found["cid"]), str(found["uri"]))

    def read(self, account: Account, message: Message, receipt: Receipt) -> ReadBack:
        found = bluesky_repository.look(account, receipt.details["rkey"])
        if found is None:
            return ReadBack(False)
        value = found["value"]
        same = value.get("text") == record.text_of(message)
        return ReadBack(True, tuple(fitting.differences(message, same, record.alts(value))))

    def withdraw(self, account: Account, receipt: Receipt) -> None:
        rkey = receipt.details["rkey"]
        bluesky_repository.delete(account, rkey)
        answers.must_be_gone(bluesky_repository.look(account, rkey), receipt.remote_id)

    def identify(self, account: Account, handle: str) -> str | None:
        found = bluesky_account.did_of(Pds(account), handle)
        return found if found and regex.fullmatch(self.identifier, found) else None

    def metrics(self, account: Account, receipt: Receipt) -> Figures | None:
        return bluesky_figures.of(Pds(account), receipt.remote_id)

    def verify(self, account: Account) -> Verification:
        return bluesky_account.verify(account, image_bytes=self.limits.image_bytes)


def _receipt(account: Account, key: DeliveryKey, cid: str, uri: str, answer: Any = None) -> Receipt:
    rkey = atproto.tid(key)
    details: dict[str, Any] = {"rkey": rkey, "cid": cid}
    if key.answers is not None:
        details["root"] = record.root(key.answers)
    until = answers.used_up_until(answer, PLATFORM) if answer is not None else None
    return Receipt(uri, f"https://bsky.app/profile/{bluesky_account.name(account)}/post/{rkey}", details, until)
