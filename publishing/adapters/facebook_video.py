"""A video on a Facebook page: sent up (``facebook_upload``), kept as a draft, and published by a later claim.

See https://developers.facebook.com/docs/video-api and AdVideo.json of Meta's code generator. Facebook names the video
before its first piece. The upload ends as a draft that nobody sees but those who look after the page, while captions
are added and Facebook works on it; publishing is one change of that very video, however often it is asked for: the
fence against doubles. What it is called and how far it came are written down after every attempt (``Prepared``)::

    nothing --> named --> pieces, some an attempt --> draft --> captions --> worked on --> published
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from publishing.adapters import facebook_upload, fitting, meta_api, meta_errors, subtitles, video_steps
from publishing.adapters.base import (
    HIDDEN,
    LATER,
    Absent,
    Account,
    CannotTell,
    DeliveryKey,
    Prepared,
    ReadBack,
    Receipt,
    Request,
)
from publishing.adapters.facebook_posts import same_words
from publishing.adapters.facebook_receipts import of_video
from publishing.adapters.meta_api import Graph
from publishing.departing import depart
from publishing.errors import ContentRejected, TemporaryError
from publishing.message import Message, Video

STATUS = "status,published,permalink_url"
Ready = Mapping[str, Any]


def described(account: Account, message: Message, video: Video) -> list[Request]:
    """Every call of a video that goes well, if Facebook wants it in pieces of ours."""
    graph, found = Graph(account), facebook_upload.described(account, message, video)
    if video.captions:
        form = {"default_locale": _locale(video), "captions_file": subtitles.srt(video.captions)}
        found.append(graph.described("POST", f"{LATER}/captions", form))
    look = f"{graph.base}/{LATER}?fields={STATUS}&{meta_api.PROOF}={HIDDEN}"
    found.append(Request("GET", look, {"Authorization": f"Bearer {HIDDEN}"}))
    return [*found, graph.described("POST", LATER, {"published": "true"})]


def send(account: Account, message: Message, video: Video, key: DeliveryKey) -> Receipt | Prepared:
    """One step further; only the last one can be seen."""
    ready, now = key.prepared, datetime.now(UTC)
    if not ready:
        return Prepared(now, facebook_upload.begin(account, video))
    if not ready.get("draft"):
        if ready["start"] != ready["end"]:
            return Prepared(now, facebook_upload.transfer(account, video, ready))
        facebook_upload.end(account, message, video, ready)
        return Prepared(
            now, {"video": ready["video"], "draft": True, "captions": not video.captions, "since": str(now)}
        )
    if not ready["captions"]:
        _caption(account, video, ready["video"])
        return Prepared(now, {**ready, "captions": True})
    return _publish(account, message, key, now)


def find(account: Account, message: Message, key: DeliveryKey) -> Receipt | Absent | CannotTell:
    """Published or not: the video itself says so."""
    if not key.prepared.get("draft"):
        return Absent(_("Nothing had been made ready on the platform yet."))
    there = Graph(account).look(key.prepared["video"], STATUS)
    if there is None:
        return CannotTell(_("The platform does not show what was made ready."))
    if there.get("published"):
        return of_video(message, there)
    return Absent(_("The video is there as a draft that nobody sees."))


def discard(account: Account, ready: Ready) -> None:
    """The draft of a video that is never to be published: those who look after the page could publish it by hand."""
    graph, node = Graph(account), str(ready.get("video") or "")
    there = graph.look(node, STATUS) if node else None
    if there is None:
        return
    if there.data().get("published"):
        raise ContentRejected(_("The video was given up, and is out on Facebook all the same."), node)
    graph.delete(node)
    if graph.look(node, "id") is not None:
        raise TemporaryError(_("The draft is still there after it was deleted."), node)


def read(account: Account, message: Message, video: Video, receipt: Receipt) -> ReadBack:
    graph = Graph(account)
    there = graph.look(receipt.remote_id, "description,published")
    if there is None:
        return ReadBack(False)
    same = same_words(message, there.data().get("description"))
    is_out = there.data().get("published") is not False
    told = [video.description] if is_out else []  # Facebook was never told what it shows
    problems = fitting.differences(message, same, told)
    if video.captions:
        rows = graph.get(f"{receipt.remote_id}/captions").get("data")
        if _locale(video) not in [row.get("locale") for row in rows]:
            problems.append(_("The captions are not there."))
    return ReadBack(True, tuple(problems))


def _caption(account: Account, video: Video, node: str) -> None:
    """Again is harmless: those of a language take the place of the earlier ones."""
    graph, locale = Graph(account), _locale(video)
    content = (f"captions.{locale}.srt", subtitles.srt(video.captions).encode(), "text/plain")
    response = graph.call("POST", f"{node}/captions", data={"default_locale": locale}, files={"captions_file": content})
    if meta_errors.is_gone(response):
        raise _gone(node)
    if graph.check(response).get("success") is not True:
        raise response.unreadable("no success")


def _locale(video: Video) -> str:
    return "_".join(subtitles.locale(video.captions_language))


def _publish(account: Account, message: Message, key: DeliveryKey, now: datetime) -> Receipt | Prepared:
    graph, node = Graph(account), key.prepared["video"]
    there = graph.look(node, STATUS)
    if there is None:
        raise _gone(node)
    if there.data().get("published"):
        return of_video(message, there)  # by an earlier attempt of ours, whose answer was lost
    told = there.get("status")
    if told.get("video_status") == "error":
        raise ContentRejected(facebook_upload.UNUSABLE[1], json.dumps(told, ensure_ascii=False)[:300], afresh=True)
    if told.get("video_status") != "ready":
        again = video_steps.look_again(video_steps.since(key.prepared, now), now)
        if again is None:
            raise TemporaryError(_("Facebook has not finished with the video."), str(told.get("video_status")))
        return Prepared(again, key.prepared)
    if early := video_steps.until_its_hour(key):
        return early
    depart()
    response = graph.check(graph.call("POST", node, data={"published": "true"}, effect=True))
    if response.get("success") is not True:
        raise response.unreadable("no success")
    return of_video(message, there, meta_api.not_before(response))


def _gone(node: str) -> TemporaryError:
    sentence = _("Facebook does not know the video that was made ready any more: it is sent anew.")
    return TemporaryError(sentence, node, afresh=True)
