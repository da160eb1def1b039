"""A video on its way to X: begun, carried in pieces, finished, worked on by X, given its words. Then it can be posted.

::

    initialize --> append, append, ... --> finalize --> STATUS, STATUS, ... --> alternative text, captions --> ready
                     '-- some at each attempt --'          '-- when X says --'

Each step is written down (``Prepared``) and the next one begins at a later claim. Nothing can be seen of any of them.
A segment that is sent again takes its own place again, so a lost answer costs that one segment.
See https://docs.x.com/x-api/media/quickstart/media-upload-chunked and, for captions, /2/media/subtitles.
"""

import base64
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from publishing import http
from publishing.adapters import fitting, subtitles, video_steps
from publishing.adapters.base import LATER, Prepared, Request
from publishing.adapters.x_api import METADATA, UPLOAD, Api, alt_text
from publishing.errors import ContentRejected, TemporaryError, Words
from publishing.message import Video

SUBTITLES = "/2/media/subtitles"
PIECE = 3_000_000  # bytes; a third more in JSON, and X takes 5 MB. A thousand of them at most.
AHEAD = timedelta(minutes=30)  # what ends so soon is begun anew
LIFETIME = 86_400  # seconds, where X does not say
GONE: Words = _("The platform does not know the uploaded video any more; it is uploaded anew.")
Ready = Mapping[str, Any]


def described(api: Api, video: Video) -> list[Request]:
    """Every request before the post, whatever number of attempts they take; X is asked besides how far it is."""
    starts = range(0, video.size, PIECE)
    made = [
        api.described(f"{UPLOAD}/initialize", _session(video.mime, "tweet_video", video.size)),
        *(
            api.described(f"{UPLOAD}/{LATER}/append", _segment(fitting.described_part(video, start, PIECE), number))
            for number, start in enumerate(starts)
        ),
        api.described(f"{UPLOAD}/{LATER}/finalize"),
        api.described(METADATA, alt_text(LATER, video.description)),
    ]
    if content := subtitles.srt(video.captions).encode():
        made += [
            api.described(f"{UPLOAD}/initialize", _session("text/srt", "subtitles", len(content))),
            api.described(f"{UPLOAD}/{LATER}/append", _segment(_encoded(content), 0)),
            api.described(f"{UPLOAD}/{LATER}/finalize"),
            api.described(SUBTITLES, _track(LATER, LATER, video.captions_language)),
        ]
    return made


def ready(api: Api, video: Video, prepared: Ready) -> str | Prepared:
    """The id of a video that can be posted, or what has been done so far."""
    now = datetime.now(UTC)
    if not prepared.get("media") or datetime.fromisoformat(str(prepared["until"])) < now + AHEAD:
        return Prepared(now, _begun(api, _session(video.mime, "tweet_video", video.size), now))
    if prepared.get("described"):
        return str(prepared["media"])
    if int(prepared["sent"]) < video.size:
        return Prepared(now, {**prepared, "sent": _carry(api, video, prepared)})
    if not prepared.get("since"):
        told = _finish(api, str(prepared["media"]))
        return _worked_on(api, video, told, {**prepared, "since": now.isoformat()}, now)
    return _worked_on(api, video, _look(api, str(prepared["media"])), prepared, now)


def _begun(api: Api, session: Mapping[str, object], now: datetime) -> dict[str, Any]:
    response = api.check(api.call("POST", f"{UPLOAD}/initialize", json=session))
    seconds = response.data()["data"].get("expires_after_secs") if response.get("data", "id") else None
    until = now + timedelta(seconds=seconds if isinstance(seconds, int) else LIFETIME)
    return {"media": str(response.get("data", "id")), "sent": 0, "until": until.isoformat()}


def _carry(api: Api, video: Video, prepared: Ready) -> int:
    """The next segments; how many bytes X has then."""
    sent = first = int(prepared["sent"])

    def segment() -> int:
        nonlocal sent
        piece = video.part(sent, PIECE)
        if piece:
            path = f"{UPLOAD}/{prepared['media']}/append"
            response = api.call("POST", path, json=_segment(_encoded(piece), sent // PIECE))
            if response.status == 404 or (response.status == 400 and first):
                raise TemporaryError(GONE, response.where, afresh=True)
            api.check(response)
            sent += len(piece)
        return len(piece)

    video_steps.carry(segment)
    return sent


def _finish(api: Api, media: str) -> http.Response:
    """What X says of the whole. What it refuses may be finished already, by an attempt whose answer was lost."""
    response = api.call("POST", f"{UPLOAD}/{media}/finalize")
    if response.status not in (400, 404):
        return api.check(response)
    there = api.call("GET", UPLOAD, params={"media_id": media, "command": "STATUS"})
    if there.ok and there.get("data").get("processing_info"):
        return there
    if there.status == 404:
        raise TemporaryError(GONE, response.where, afresh=True)
    return api.check(response)


def _look(api: Api, media: str) -> http.Response:
    response = api.call("GET", UPLOAD, params={"media_id": media, "command": "STATUS"})
    if response.status in (400, 404):
        raise TemporaryError(GONE, response.where, afresh=True)
    return api.check(response)


def _worked_on(api: Api, video: Video, told: http.Response, prepared: Ready, now: datetime) -> Prepared:
    """X says how far it is, and when to ask again; without a word of it, it is ready."""
    work = told.get("data").get("processing_info") or {}
    match work.get("state", "succeeded"):
        case "succeeded":
            return Prepared(now, {**prepared, **_give_words(api, video, str(prepared["media"]))})
        case "failed":
            raise ContentRejected(_("The platform cannot use the video."), _why(told, work), afresh=True)
    again = video_steps.look_again(video_steps.since(prepared, now), now)
    if again is None:
        raise TemporaryError(_("The platform has not finished with the video."), str(work.get("state")), afresh=True)
    seconds = work.get("check_after_secs")
    return Prepared(now + timedelta(seconds=seconds) if isinstance(seconds, int) and seconds > 0 else again, prepared)


def _why(told: http.Response, work: Mapping[str, Any]) -> str:
    """In X's words: beside the data, as its document says, or with the state, as its guide does."""
    found = [*(told.data().get("errors") or []), work.get("error") or {}]
    return " ".join(str(item.get("detail") or item.get("message") or "") for item in found).strip()[:300]


def _give_words(api: Api, video: Video, media: str) -> dict[str, Any]:
    """Alternative text and captions. Again is harmless.

    X's document lets every media have an alternative text; its older guide speaks of images only. Should X refuse it,
    the video goes without, and reading back says that the description is missing.
    """
    response = api.call("POST", METADATA, json=alt_text(media, video.description))
    if response.status != 400:
        api.check(response)
    if content := subtitles.srt(video.captions).encode():
        track = _begun(api, _session("text/srt", "subtitles", len(content)), datetime.now(UTC))["media"]
        api.check(api.call("POST", f"{UPLOAD}/{track}/append", json=_segment(_encoded(content), 0)))
        api.check(api.call("POST", f"{UPLOAD}/{track}/finalize"))
        api.check(api.call("POST", SUBTITLES, json=_track(media, track, video.captions_language)))
    return {"described": True}


def _session(mime: str, category: str, size: int) -> dict[str, object]:
    return {"media_type": mime, "media_category": category, "total_bytes": size}


def _segment(content: object, number: int) -> dict[str, object]:
    return {"media": content, "segment_index": number}


def _track(media: str, track: str, language: str) -> dict[str, object]:
    """X names languages by two capital letters."""
    code = language.partition("-")[0].upper()
    try:
        name = str(get_language_info(code.lower())["name_local"]).capitalize()
    except KeyError:  # Django has no name for it
        name = code
    told = {"id": track, "language_code": code, "display_name": name}
    return {"id": media, "media_category": "TweetVideo", "subtitles": told}


def _encoded(content: bytes) -> str:
    return base64.b64encode(content).decode()
