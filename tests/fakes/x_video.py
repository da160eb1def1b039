"""How videos and captions get to X, in miniature: sessions of pieces, what X makes of them, and tracks of captions.

``slow`` is how many looks X takes to work on a video; ``spoilt`` is why it cannot use any.
"""

import base64
import re

from tests.fakes.server import Answer

PROBLEMS = "https://api.x.com/2/problems"
CATEGORIES = {"tweet_video": ("video/mp4", "video/quicktime"), "subtitles": ("text/srt",)}
MOST = {"tweet_video": 536_870_912, "subtitles": 1_000_000}
CUE = re.compile(r"1\n\d\d:\d\d:\d\d,\d{3} --> \d\d:\d\d:\d\d,\d{3}\n.")


class Refused(Exception):
    def __init__(self, status, title, detail, kind="about:blank", **more):
        super().__init__(detail)
        self.answer = Answer(status, {"title": title, "detail": detail, "type": kind, "status": status, **more})


def invalid(message, **parameters):
    told = {"errors": [{"parameters": parameters, "message": message}]}
    detail = "One or more parameters to your request was invalid."
    return Refused(400, "Invalid Request", detail, f"{PROBLEMS}/invalid-request", **told)


class Uploads:
    """``known`` are sessions by id: what was announced, the pieces by number, and from the end on the content."""

    def __init__(self, new_id):
        self.new_id, self.known = new_id, {}
        self.slow, self.spoilt, self.takes_alt = 0, "", True

    def step(self, step, seen):
        match step:
            case ["initialize"]:
                return self.initialize(seen.json)
            case [made, "append"]:
                return self.append(self.session(made), seen.json)
            case [made, "finalize"]:
                return self.finalize(made, self.session(made))
        raise Refused(404, "Not Found", "Not Found")

    def session(self, made):
        if made not in self.known:
            raise Refused(404, "Not Found Error", "Could not find media", f"{PROBLEMS}/resource-not-found")
        return self.known[made]

    def initialize(self, body):
        category = body["media_category"]
        if set(body) != {"media_type", "media_category", "total_bytes"} or category not in CATEGORIES:
            raise invalid("unknown property")
        if body["media_type"] not in CATEGORIES[category] or not 0 < body["total_bytes"] <= MOST[category]:
            raise invalid("media type or size not allowed")
        made = self.new_id()
        self.known[made] = {**body, "pieces": {}, "content": None, "looks": self.slow, "alt": "", "captions": ""}
        return Answer(200, {"data": {"id": made, "media_key": f"7_{made}", "expires_after_secs": 86_400}})

    def append(self, session, body):
        piece = base64.b64decode(body["media"], validate=True)
        if session["content"] is not None or len(piece) > 5_242_880 or not 0 <= body["segment_index"] <= 999:
            raise invalid("segment not allowed")
        session["pieces"][body["segment_index"]] = piece
        return Answer(200, {"data": {"expires_at": 2_000_000_000}})

    def finalize(self, made, session):
        numbers = sorted(session["pieces"])
        content = b"".join(session["pieces"][number] for number in numbers)
        if session["content"] is not None or numbers != list(range(len(numbers))):
            raise invalid("segments missing, or finalized before")
        if len(content) != session["total_bytes"]:
            raise invalid("the size is not the one that was announced")
        if session["media_category"] == "tweet_video" and content[4:8] != b"ftyp":
            raise invalid("media type unrecognized.")
        session["content"] = content
        return self.told(made, session)

    def status(self, query):
        assert query["command"] == "STATUS"
        session = self.session(query["media_id"])
        if session["content"] is None:
            raise invalid("not finalized")
        session["looks"] = max(0, session["looks"] - 1)
        return self.told(query["media_id"], session)

    def told(self, made, session):
        data = {"id": made, "media_key": f"7_{made}", "expires_after_secs": 86_000, "size": session["total_bytes"]}
        if session["media_category"] != "tweet_video":
            return Answer(200, {"data": data})
        if session["looks"]:
            work = {"state": "in_progress", "check_after_secs": 1, "progress_percent": 40}
            return Answer(200, {"data": {**data, "processing_info": work}})
        if self.spoilt:
            error = {"title": "InvalidMedia", "detail": self.spoilt, "type": f"{PROBLEMS}/invalid-request"}
            return Answer(200, {"data": {**data, "processing_info": {"state": "failed"}}, "errors": [error]})
        return Answer(200, {"data": {**data, "processing_info": {"state": "succeeded", "progress_percent": 100}}})

    def is_ready(self, made):
        session = self.known.get(made, {"content": None})
        return session["content"] is not None and not session["looks"] and not self.spoilt

    def describe(self, body):
        text = body["metadata"]["alt_text"]["text"]
        if set(body) != {"id", "metadata"} or not 0 < len(text) <= 1000 or not self.takes_alt:
            raise invalid("Invalid alt text", id=body["id"])
        self.known[body["id"]]["alt"] = text
        return Answer(200, {"data": {"id": body["id"], "associated_metadata": body["metadata"]}})

    def caption(self, body):
        told = body["subtitles"]
        if set(body) != {"id", "media_category", "subtitles"} or body["media_category"] != "TweetVideo":
            raise invalid("unknown property")
        if set(told) != {"id", "language_code", "display_name"} or not re.fullmatch("[A-Z]{2}", told["language_code"]):
            raise invalid("unknown language")
        video, track = self.session(body["id"]), self.session(told["id"])
        if not self.is_ready(body["id"]) or not CUE.match((track["content"] or b"").decode()):
            raise invalid("these are no captions of a video")
        video["captions"] = track["content"].decode()
        data = {"id": body["id"], "media_category": "TweetVideo", "associated_subtitles": told}
        return Answer(200, {"data": data})
