"""The videos of a Facebook page in miniature: uploads in three phases, drafts, captions and what becomes of them.

A new video takes ``slow`` looks to be ready, and cannot be used at all where ``spoiled`` says why.
"""

import re
from dataclasses import dataclass, field

from tests.fakes.meta import Refused, gone
from tests.fakes.server import Answer


@dataclass
class Film:
    id: str
    session: str
    size: int
    looks: int
    content: bytes = b""
    text: str = ""
    thumb: bytes = b""
    captions: dict[str, str] = field(default_factory=dict)  # by locale
    whole: bool = False
    published: bool = False
    times: int = 0  # that it was published


class Videos:
    """A part of FakeFacebook."""

    def __init__(self):
        super().__init__()
        self.videos: dict[str, Film] = {}
        self.slow, self.spoiled = 0, ""

    def on_videos(self, page, form, seen):
        self.owns(page, seen)
        if form["upload_phase"] == "start":
            film = Film(self.new_id(), self.new_id(), int(form["file_size"]), self.slow)
            self.videos[film.id] = film
            return Answer(200, {"video_id": film.id, "upload_session_id": film.session, **self.wanted(film)})
        session = form["upload_session_id"]
        film = next((item for item in self.videos.values() if item.session == session and not item.whole), None)
        if film is None:
            raise Refused(6000, "Invalid upload session", subcode=1363041)
        return self.take(film, form) if form["upload_phase"] == "transfer" else self.finish(film, form)

    @staticmethod
    def wanted(film):
        return {"start_offset": str(len(film.content)), "end_offset": str(film.size)}

    def take(self, film, form):
        if form["start_offset"] != str(len(film.content)):
            no = Refused(6001, "The start offset is wrong", subcode=1363037)
            no.answer.body["error"]["error_data"] = self.wanted(film)
            raise no
        film.content += form["video_file_chunk"]
        return Answer(200, self.wanted(film))

    def finish(self, film, form):
        if len(film.content) != film.size or film.content[4:8] != b"ftyp":
            raise Refused(352, "The video file you selected is in a format that we don't support.")
        if form["published"] == "false" and form.get("unpublished_content_type") not in ("DRAFT", "SCHEDULED"):
            raise Refused(100, "(#100) unpublished_content_type must be one of {SCHEDULED, DRAFT, ADS_POST}")
        film.whole, film.text, film.thumb = True, form.get("description", ""), form.get("thumb", b"")
        film.published = form["published"] == "true"
        return Answer(200, {"success": True})

    def on_captions(self, node, form, seen):
        """A file says by its name which language it is in."""
        self.needs(seen, "pages_manage_posts")
        film = self.film(node)
        named = re.search(rb'filename="[^"]*\.([a-z]{2}_[A-Z]{2})\.srt"', seen.body)
        if named is None or named[1].decode() != form["default_locale"]:
            raise Refused(385, "The name of a captions file must be filename.locale.srt")
        film.captions[form["default_locale"]] = form["captions_file"]
        return Answer(200, {"success": True})

    def film(self, node):
        if node not in self.videos or not self.videos[node].whole:
            raise gone(node)
        return self.videos[node]

    def change_video(self, film, form):
        if self.status(film) != "ready":
            raise Refused(100, "(#100) The video is not ready")
        film.text = form.get("description", film.text)
        if form.get("published") == "true":
            film.times += not film.published
            film.published = True
        return Answer(200, {"success": True})

    def status(self, film):
        return "processing" if film.looks else "error" if self.spoiled else "ready"

    def shown_video(self, film, fields):
        made = {"id": film.id, "description": film.text, "published": film.published}
        made["permalink_url"] = f"/{self.page_id}/videos/{film.id}/"
        if "status" in fields and film.whole:
            status = self.status(film)
            why = {"errors": [{"message": self.spoiled}]} if status == "error" else {}
            film.looks -= bool(film.looks)
            phase = {"status": "complete" if status == "ready" else "in_progress", **why}
            made["status"] = {
                "video_status": status,
                "uploading_phase": {"status": "complete"},
                "processing_phase": phase,
            }
        return made | self.counted(fields.replace("shares", ""))
