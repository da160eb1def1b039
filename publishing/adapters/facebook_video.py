"""A video on a Facebook page: sent up piece by piece, kept as a draft, and published by a later claim.

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

from publishing import http
from publishing.adapters import answers, fitting, meta_api, meta_errors, subtitles, video_steps
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
from publishing.adapters.facebook_posts import posted_text, same_words
from publishing.adapters.facebook_receipts import of_video
from publishing.adapters.facebook_requests import page_of, source
from publishing.adapters.meta_api import Graph
from publishing.departing import depart
from publishing.errors import ContentRejected, TemporaryError
from publishing.message import Message, Video

PIECE = 4_000_000  # bytes: leaves the house within one call on a slow line too
STATUS = "status,published,permalink_url"
OFFSET, NO_SESSION = "1363037", "1363041"  # subcodes: another piece is wanted; the upload is not known any more
UNUSABLE = (ContentRejected, _("Facebook cannot use the video: choose another one."))
PLATFORM = meta_errors.platform(
    {**dict.fromkeys(("351", "352", "382", "6000"), UNUSABLE), **dict.fromkeys(("381", "390", "6001"), TemporaryError)}
)
Ready = Mapping[str, Any]


def described(account: Account, message: Message, video: Video) -> list[Request]:
    """Every call of a video that goes well, if Facebook wants it in pieces of ours."""
    graph, path = _uploads(account), f"{page_of(account)}/videos"

    def part(start: int) -> dict[str, object]:
        return {"video_file_chunk": fitting.described_part(video, start, PIECE)}

    thumb = {"thumb": fitting.described(video.poster)} if video.poster else {}
    found = [
        graph.described("POST", path, {"upload_phase": "start", "file_size": str(video.size)}),
        *(graph.described("POST", path, {**_at(start, LATER), **part(start)}) for start in range(0, video.size, PIECE)),
        graph.described("POST", path, {**_finish(message, {"session": LATER}), **thumb}),
    ]
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
        return Prepared(now, _begin(account, video))
    if not ready.get("draft"):
        if ready["start"] != ready["end"]:
            return Prepared(now, _transfer(account, video, ready))
        _end(account, message, video, ready)
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


def _uploads(account: Account) -> Graph:
    return Graph(account, platform=PLATFORM)


def _begin(account: Account, video: Video) -> dict[str, Any]:
    graph, form = _uploads(account), {"upload_phase": "start", "file_size": str(video.size)}
    told = graph.check(graph.call("POST", f"{page_of(account)}/videos", data=form))
    return {"video": str(told.get("video_id")), "session": str(told.get("upload_session_id")), **_wanted(told)}


def _wanted(told: http.Response) -> dict[str, int]:
    """The piece that Facebook waits for; from the end to the end when it has all."""
    return {"start": int(told.get("start_offset")), "end": int(told.get("end_offset"))}


def _transfer(account: Account, video: Video, ready: Ready) -> dict[str, Any]:
    graph, path, done = _uploads(account), f"{page_of(account)}/videos", dict(ready)

    def piece() -> int:
        start, end = done["start"], done["end"]
        if start == end:
            return 0
        content = video.part(start, min(PIECE, end - start))
        files = {"video_file_chunk": ("piece", content, "application/octet-stream")}
        response = graph.call("POST", path, data=_at(start, done["session"]), files=files)
        done.update(_offset(response) or _wanted(_known(graph, response)))
        if done["start"] == start:  # else the next attempt would send the same again, and the one after it
            raise TemporaryError(_("Facebook does not take the video further."), response.where)
        return len(content)

    video_steps.carry(piece)
    return done


def _at(start: int, session: str) -> dict[str, str]:
    return {"upload_phase": "transfer", "upload_session_id": session, "start_offset": str(start)}


def _offset(response: http.Response) -> dict[str, int]:
    """Where Facebook is, if that is not where we were: an earlier piece had arrived, and its answer was lost."""
    if response.ok or _subcode(response) != OFFSET:
        return {}
    told = response.get("error", "error_data")
    told = json.loads(told) if isinstance(told, str) else told
    return {"start": int(told["start_offset"]), "end": int(told["end_offset"])}


def _known(graph: Graph, response: http.Response) -> http.Response:
    if not response.ok and _subcode(response) == NO_SESSION:
        raise TemporaryError(_("Facebook does not know the upload any more: it is begun anew."), afresh=True)
    return graph.check(response)


def _subcode(response: http.Response) -> str:
    return answers.code_of(response, PLATFORM).partition("/")[2]


def _finish(message: Message, ready: Ready) -> dict[str, str]:
    text = posted_text(message)
    hidden = {"published": "false", "unpublished_content_type": "DRAFT"}
    said = {"description": text} if text else {}
    return {"upload_phase": "finish", "upload_session_id": ready["session"], **hidden, **said}


def _end(account: Account, message: Message, video: Video, ready: Ready) -> None:
    graph, poster = _uploads(account), video.poster
    files = {"thumb": source(poster)["source"]} if poster is not None else None
    response = graph.call("POST", f"{page_of(account)}/videos", data=_finish(message, ready), files=files)
    if not response.ok and _is_whole(Graph(account), ready["video"]):
        return  # an earlier attempt had ended it, and its answer was lost
    if _known(graph, response).get("success") is not True:
        raise response.unreadable("no success")


def _is_whole(graph: Graph, video: str) -> bool:
    there = graph.look(video, "status")
    told = (there.data().get("status") or {}) if there is not None else {}
    phase = (told.get("uploading_phase") or {}).get("status")
    return phase == "complete" or told.get("video_status") in ("processing", "ready")


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
        raise ContentRejected(UNUSABLE[1], json.dumps(told, ensure_ascii=False)[:300], afresh=True)
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
