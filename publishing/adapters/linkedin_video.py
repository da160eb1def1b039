"""A video on LinkedIn: sent up in the parts that LinkedIn names, over as many attempts as it takes, before its post.

See https://learn.microsoft.com/linkedin/marketing/community-management/shares/videos-api. Nobody sees a video before
the post that shows it. What LinkedIn calls it, where its parts go, and what it calls those that have arrived are
written down after every attempt (``Prepared``), the places themselves as secrets: whoever has one may write there::

    nothing --> a place --> parts, some an attempt --> captions, poster, "that was all" --> worked on --> its post

Where LinkedIn has forgotten a place, or the place has ended, it begins anew.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from publishing import http
from publishing.adapters import fitting, subtitles, video_steps
from publishing.adapters.base import LATER, SECRET, DeliveryKey, Prepared, Request
from publishing.adapters.linkedin_api import Api, encoded
from publishing.errors import ContentRejected, TemporaryError
from publishing.message import Video

VIDEOS = "/rest/videos"
INITIALIZE, FINALIZE = f"{VIDEOS}?action=initializeUpload", f"{VIDEOS}?action=finalizeUpload"
PART = 4_194_304  # bytes; what LinkedIn divides a video into, as its document says
FORGOTTEN = (403, 404, 410)  # of a place for bytes: LinkedIn names a new one to whoever may upload
Ready = Mapping[str, Any]


def ready(api: Api, video: Video, key: DeliveryKey) -> str | Prepared:
    """The URN of a video that can be posted now; else one step more towards it, to be written down."""
    prepared, now = key.prepared, datetime.now(UTC)
    if prepared.get("whole"):
        urn = _looked_at(api, prepared, now)
        return urn if isinstance(urn, Prepared) else (video_steps.until_its_hour(key) or urn)
    if SECRET not in prepared or prepared["ends"] < now.timestamp() * 1000:
        return Prepared(now, _begin(api, video))
    places = prepared[SECRET]
    if places["parts"]:
        return Prepared(now, _upload(api, video, prepared))
    if places["captions"] or places["poster"]:
        return Prepared(now, _beside(api, video, prepared))
    _finish(api, prepared)
    return Prepared(now, {"video": prepared["video"], "whole": True, "since": now.isoformat()})


def described(api: Api, video: Video) -> list[Request]:
    """Every call before its post, if LinkedIn divides it as its document says."""
    parts = [fitting.described_part(video, start, PART) for start in range(0, video.size, PART)]
    form = {"metadata": json.dumps(_metadata(video)), "file": subtitles.srt(video.captions)}
    finish = _finalize({"video": LATER, "etags": [LATER] * len(parts), SECRET: {"token": LATER}})
    return [
        api.described("POST", INITIALIZE, "ACTION", _initialize(api.owner, video)),
        *(api.described_bytes("PUT", piece) for piece in parts),
        *([api.described_bytes("POST", form)] if video.captions else []),
        *([api.described_bytes("PUT", fitting.described(video.poster))] if video.poster else []),
        api.described("POST", FINALIZE, "ACTION", finish),
        api.described("GET", f"{VIDEOS}/{LATER}", "GET"),
    ]


def _initialize(owner: str, video: Video) -> dict[str, Any]:
    asked = {"uploadCaptions": bool(video.captions), "uploadThumbnail": video.poster is not None}
    return {"initializeUploadRequest": {"owner": owner, "fileSizeBytes": video.size, **asked}}


def _begin(api: Api, video: Video) -> dict[str, Any]:
    place = api.check(api.call("POST", INITIALIZE, "ACTION", json=_initialize(api.owner, video)))
    wanted, count = ("firstByte", "lastByte", "uploadUrl"), len(place.get("value", "uploadInstructions"))
    parts = [[place.get("value", "uploadInstructions", number, name) for name in wanted] for number in range(count)]
    return {
        "video": str(place.get("value", "video")),
        "ends": int(place.get("value", "uploadUrlsExpireAt")),
        "etags": [],
        SECRET: {
            "token": str(place.get("value").get("uploadToken") or ""),
            "captions": str(place.get("value", "captionsUploadUrl")) if video.captions else "",
            "poster": str(place.get("value", "thumbnailUploadUrl")) if video.poster else "",
            "parts": parts,
        },
    }


def _upload(api: Api, video: Video, prepared: Ready) -> dict[str, Any]:
    parts, etags = list(prepared[SECRET]["parts"]), list(prepared["etags"])

    def part() -> int:
        if not parts:
            return 0
        first, last, address = parts[0]
        response = _carry(api, "PUT", address, data=video.part(first, last - first + 1))
        etag = str(response.headers.get("etag") or "").strip('"')
        if not etag:
            raise response.unreadable("no etag")
        etags.append(etag)
        del parts[0]
        return int(last - first + 1)

    video_steps.carry(part)
    return {**prepared, "etags": etags, SECRET: {**prepared[SECRET], "parts": parts}}


def _beside(api: Api, video: Video, prepared: Ready) -> dict[str, Any]:
    """Captions and poster."""
    places = prepared[SECRET]
    if places["captions"]:
        said = ("captions.srt", subtitles.srt(video.captions).encode(), "text/plain")
        files = {"metadata": (None, json.dumps(_metadata(video))), "file": said}
        _carry(api, "POST", places["captions"], files=files)
    if places["poster"] and video.poster is not None:
        _carry(api, "PUT", places["poster"], {"media-type-family": "STILLIMAGE"}, data=video.poster.read())
    return {**prepared, SECRET: {**places, "captions": "", "poster": ""}}


def _finish(api: Api, prepared: Ready) -> None:
    response = api.call("POST", FINALIZE, "ACTION", json=_finalize(prepared))
    if not response.ok and _status(api, prepared["video"]).get("status") not in (None, "WAITING_UPLOAD"):
        return  # an earlier attempt had said so, and its answer was lost
    api.check(response)


def _finalize(prepared: Ready) -> dict[str, Any]:
    token = prepared[SECRET]["token"]
    told = {"video": prepared["video"], "uploadToken": token, "uploadedPartIds": prepared["etags"]}
    return {"finalizeUploadRequest": told}


def _metadata(video: Video) -> dict[str, Any]:
    language, country = subtitles.locale(video.captions_language)
    return {
        "format": "SRT",
        "formattedForEasyReader": True,
        "largeText": True,
        "source": "USER_PROVIDED",
        "locale": {"language": language.upper(), "country": country},
        "transcriptType": "CLOSED_CAPTION",
    }


def _carry(
    api: Api, verb: str, address: str, headers: Mapping[str, str] | None = None, **content: Any
) -> http.Response:
    kind = {} if "files" in content else {"Content-Type": "application/octet-stream"}
    response = api.send_bytes(verb, address, {**kind, **(headers or {})}, **content)
    if response.status in FORGOTTEN:
        raise TemporaryError(_("LinkedIn has forgotten the video before it was whole: it is sent anew."), afresh=True)
    return api.check(response, address)


def _status(api: Api, urn: str) -> dict[str, Any]:
    """What LinkedIn says of a video; nothing when it does not know it (any more)."""
    response = api.seen(api.call("GET", f"{VIDEOS}/{encoded(urn)}", "GET"))
    return {} if response is None else response.data()


def _looked_at(api: Api, prepared: Ready, now: datetime) -> str | Prepared:
    urn = str(prepared["video"])
    told = _status(api, urn)
    match told.get("status"):
        case "AVAILABLE":
            return urn
        case "PROCESSING_FAILED":
            why = str(told.get("processingFailureReason") or "")[:300]
            raise ContentRejected(_("LinkedIn cannot use the video: choose another one."), why, afresh=True)
        case None:
            sentence = _("LinkedIn does not know the video that was made ready any more: it is sent anew.")
            raise TemporaryError(sentence, urn, afresh=True)
    again = video_steps.look_again(video_steps.since(prepared, now), now)
    if again is None:
        raise TemporaryError(_("LinkedIn has not finished with the video."), str(told.get("status")))
    return Prepared(again, prepared)
