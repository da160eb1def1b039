"""The bytes of a video on their way to a Facebook page, piece by piece; at their end it is a draft that nobody sees.

Facebook says after each piece which one it waits for. Where an answer was lost, that is how we learn what had arrived.
See https://developers.facebook.com/docs/video-api.
"""

import json
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from publishing import http
from publishing.adapters import answers, fitting, meta_errors, video_steps
from publishing.adapters.base import LATER, Account, Request
from publishing.adapters.facebook_posts import posted_text
from publishing.adapters.facebook_requests import page_of, source
from publishing.adapters.meta_api import Graph
from publishing.errors import ContentRejected, TemporaryError
from publishing.message import Message, Video

PIECE = 4_000_000  # bytes: leaves the house within one call on a slow line too
OFFSET, NO_SESSION = "1363037", "1363041"  # subcodes: another piece is wanted; the upload is not known any more
UNUSABLE = (ContentRejected, _("Facebook cannot use the video: choose another one."))
PLATFORM = meta_errors.platform(
    {**dict.fromkeys(("351", "352", "382", "6000"), UNUSABLE), **dict.fromkeys(("381", "390", "6001"), TemporaryError)}
)
Ready = Mapping[str, Any]


def described(account: Account, message: Message, video: Video) -> list[Request]:
    """Every call until it is a draft, if Facebook wants it in pieces of ours."""
    graph, path = _uploads(account), f"{page_of(account)}/videos"

    def part(start: int) -> dict[str, object]:
        return {"video_file_chunk": fitting.described_part(video, start, PIECE)}

    thumb = {"thumb": fitting.described(video.poster)} if video.poster else {}
    return [
        graph.described("POST", path, {"upload_phase": "start", "file_size": str(video.size)}),
        *(graph.described("POST", path, {**_at(start, LATER), **part(start)}) for start in range(0, video.size, PIECE)),
        graph.described("POST", path, {**_finish(message, {"session": LATER}), **thumb}),
    ]


def begin(account: Account, video: Video) -> dict[str, Any]:
    """Facebook names the video, and says which piece it wants first."""
    graph, form = _uploads(account), {"upload_phase": "start", "file_size": str(video.size)}
    told = graph.check(graph.call("POST", f"{page_of(account)}/videos", data=form))
    return {"video": str(told.get("video_id")), "session": str(told.get("upload_session_id")), **_wanted(told)}


def transfer(account: Account, video: Video, ready: Ready) -> dict[str, Any]:
    """So many pieces as one attempt carries."""
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


def end(account: Account, message: Message, video: Video, ready: Ready) -> None:
    """That was all: from here it is a draft, with its words and its poster."""
    graph, poster = _uploads(account), video.poster
    files = {"thumb": source(poster)["source"]} if poster is not None else None
    response = graph.call("POST", f"{page_of(account)}/videos", data=_finish(message, ready), files=files)
    if not response.ok and _is_whole(Graph(account), ready["video"]):
        return  # an earlier attempt had ended it, and its answer was lost
    if _known(graph, response).get("success") is not True:
        raise response.unreadable("no success")


def _uploads(account: Account) -> Graph:
    return Graph(account, platform=PLATFORM)


def _wanted(told: http.Response) -> dict[str, int]:
    """The piece that Facebook waits for; from the end to the end when it has all."""
    return {"start": int(told.get("start_offset")), "end": int(told.get("end_offset"))}


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


def _is_whole(graph: Graph, video: str) -> bool:
    there = graph.look(video, "status")
    told = (there.data().get("status") or {}) if there is not None else {}
    phase = (told.get("uploading_phase") or {}).get("status")
    return phase == "complete" or told.get("video_status") in ("processing", "ready")
