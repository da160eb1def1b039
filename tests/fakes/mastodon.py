"""A Mastodon server in miniature: one account, its media and statuses. Refuses what Mastodon refuses.

Switches turn it into its relatives: ``keys`` off (Takahe and GoToSocial ignore the Idempotency-Key), ``slow_images``
(202 first), ``late_deletes`` (GoToSocial), ``drops_images`` (Hollo, of a form), ``software``, ``v2``. ``slow`` is how
many looks it takes to work on a video, ``spoilt`` why it cannot use any.
"""

import base64
import hashlib
import html
import re
import time
from datetime import UTC, datetime
from urllib.parse import urlencode

import regex

from tests.fakes.server import Answer, Fake, Seen

TOKEN = "mastodon-access-token-0123456789abcdefghijkl"
URL = re.compile(r"https?://[^\s<>]*[^\s<>.,;:!?)]")
TAG = re.compile(r"(?<!\S)#(\w*[^\W\d]\w*)")


class Refused(Exception):
    def __init__(self, status, error, description=""):
        super().__init__(error)
        self.answer = Answer(status, {"error": error, **({"error_description": description} if description else {})})


class FakeMastodon(Fake):
    """``statuses`` are what the public sees, by id. ``media`` are uploads: (bytes, MIME type, description)."""

    keys = True
    slow_images = False
    slow, spoilt = 0, ""
    takes_video = True
    late_deletes = False
    drops_images = False
    takes_descriptions = True
    v2 = True
    software = "mastodon"
    scopes = "read:accounts read:statuses write:media write:statuses"
    page = 40

    def __init__(self):
        super().__init__()
        self.statuses: dict[str, dict] = {}
        self.media: dict[str, tuple[bytes, str, str]] = {}
        self.attached: set[str] = set()
        self.looks: dict[str, int] = {}  # left until a video is ready
        self.thumbnails: dict[str, bytes] = {}
        self.ready: set[str] = set()
        self.known: dict[str, tuple[str, float]] = {}  # Idempotency-Key: status and when
        self.tokens = {TOKEN}
        self.clients: dict[str, tuple[str, str]] = {}  # id: secret, redirect address
        self.codes: dict[str, tuple[str, str]] = {}  # code: client id, challenge
        self.remaining = 299
        self._last = 1000

    def handle(self, seen: Seen) -> Answer:
        try:
            answer = self.route(seen)
        except Refused as no:
            answer = no.answer
        reset = datetime.fromtimestamp(time.time() + 300, UTC).isoformat().replace("+00:00", "Z")
        quota = {"X-RateLimit-Limit": "300", "X-RateLimit-Remaining": str(self.remaining), "X-RateLimit-Reset": reset}
        return Answer(answer.status, answer.body, {**quota, **answer.headers})

    def route(self, seen):
        name = re.sub(r"\W+", "_", f"{seen.method}{seen.path}").lower()
        if name in ("post_api_v1_apps", "post_oauth_token", "get_nodeinfo_2_0", "get_api_v1_instance"):
            return getattr(self, name)(seen)
        if name == "get_api_v2_instance":
            return self.get_api_v1_instance(seen) if self.v2 else Answer(404, "<h1>404</h1>")
        if seen.token not in self.tokens:
            raise Refused(401, "The access token is invalid")
        if name == "get_api_v1_accounts_verify_credentials":
            return Answer(200, {"id": "7", "username": "politi", "acct": "politi", "url": f"{self.url}/@politi"})
        if name == "get_api_v1_accounts_7_statuses":
            return self.timeline(seen)
        if seen.path == "/api/v2/media":
            return self.upload(seen)
        if seen.path.startswith("/api/v1/media/"):
            return self.uploaded(seen.path.rpartition("/")[2])
        if seen.path == "/api/v1/statuses":
            return self.post(seen)
        return self.one(seen, seen.path.removeprefix("/api/v1/statuses/"))

    # --- Limits

    def get_nodeinfo_2_0(self, seen):
        return Answer(200, {"version": "2.0", "software": {"name": self.software, "version": "4.4.0"}})

    def get_api_v1_instance(self, seen):
        statuses = {"max_characters": 500, "max_media_attachments": 4, "characters_reserved_per_url": 23}
        media = {
            "supported_mime_types": ["image/jpeg", "image/png", "image/webp", *["video/mp4"] * self.takes_video],
            "image_size_limit": 16_777_216,
            "image_matrix_limit": 33_177_600,
            "video_size_limit": 90_000_000,
            "video_matrix_limit": 8_294_400,
            "description_limit": 1500,
        }
        return Answer(200, {"domain": "x", "configuration": {"statuses": statuses, "media_attachments": media}})

    # --- Media

    def upload(self, seen):
        form = seen.form()
        content, mime = form["file"]
        description = form.get("description", (b"", ""))[0].decode()
        video = content[4:8] == b"ftyp"
        if not content.startswith((b"\xff\xd8\xff", b"\x89PNG", b"RIFF")) and not video:
            raise Refused(422, "Validation failed: File content type is invalid, File is invalid")
        if len(description) > 1500:
            raise Refused(422, "Validation failed: Description is too long (maximum is 1500 characters)")
        made = self.new_id()
        self.media[made] = (content, mime, description if self.takes_descriptions else "")
        self.looks[made] = self.slow if video else 0
        self.thumbnails[made] = form.get("thumbnail", (b"", ""))[0]
        return self.uploaded(made, first=True)

    def uploaded(self, made, *, first=False):
        if made not in self.media:
            raise Refused(404, "Record not found")
        if not first:
            self.looks[made] = max(0, self.looks.get(made, 0) - 1)
        if self.spoilt and self.is_video(made) and not self.looks[made]:
            raise Refused(422, self.spoilt)
        waiting = self.is_waiting(made)
        url = None if waiting else f"{self.url}/media/{made}.jpg"
        kind = "video" if self.is_video(made) else "image"
        body = {"id": made, "type": kind, "url": url, "description": self.media[made][2] or None}
        return Answer((202 if first else 206) if waiting else 200, body)

    def is_video(self, made):
        return self.media[made][1].startswith("video/")

    def is_waiting(self, made):
        return bool(self.looks.get(made)) or (self.slow_images and made not in self.ready)

    # --- Statuses

    def post(self, seen):
        body, key = seen.json, seen.headers.get("idempotency-key", "")
        known, at = self.known.get(key, ("", 0.0)) if self.keys else ("", 0.0)
        if known and time.time() - at < 3600:
            if known not in self.statuses:
                raise Refused(404, "Record not found")
            return Answer(200, self.statuses[known])
        media = body.get("media_ids") or []
        self.check(body, media)
        made = self.new_id()
        attached = [] if self.drops_images else [self.uploaded(item).body for item in media]
        self.attached |= set(media)
        self.statuses[made] = {
            "id": made,
            "created_at": datetime.fromtimestamp(time.time(), UTC).isoformat(timespec="milliseconds"),
            "content": self.rendered(body["status"]),
            "text": body["status"],
            "language": body.get("language"),
            "visibility": body.get("visibility"),
            "url": f"{self.url}/@politi/{made}",
            "in_reply_to_id": body.get("in_reply_to_id"),
            "uri": f"{self.url}/users/politi/statuses/{made}",
            "media_attachments": attached,
            "favourites_count": 3,
            "reblogs_count": 2,
            "replies_count": 1,
        }
        self.known[key] = (made, time.time())
        return Answer(200, self.statuses[made])

    def check(self, body, media):
        if body.get("in_reply_to_id") and body["in_reply_to_id"] not in self.statuses:
            raise Refused(404, "The post you are trying to reply to does not appear to exist.")
        if not body["status"].strip() and not media:
            raise Refused(422, "Validation failed: Text can't be blank")
        if self.count(body["status"]) > 500:
            raise Refused(422, "Validation failed: Text character limit of 500 exceeded")
        if len(media) > 4:
            raise Refused(422, "Validation failed: Cannot attach more than 4 files")
        if [item for item in media if item not in self.media or item in self.attached]:
            raise Refused(422, "Validation failed: Media not found")
        if len(media) > 1 and any(map(self.is_video, media)):
            raise Refused(422, "Validation failed: Cannot attach a video to a post that already contains images")
        if any(map(self.is_waiting, media)):
            raise Refused(422, "Cannot attach files that have not finished processing. Try again in a moment!")

    def count(self, text):
        if self.software != "mastodon":
            return len(text)
        return len(regex.findall(r"\X", URL.sub("x" * 23, text)))

    def one(self, seen, status_id):
        if status_id not in self.statuses:
            raise Refused(404, "Record not found")
        found = self.statuses[status_id]
        if seen.method == "DELETE":
            if self.late_deletes and "deleting" not in found:
                found["deleting"] = True
            else:
                del self.statuses[status_id]
        if seen.method == "PUT":
            return self.edit(seen, found)
        return Answer(200, found)

    def edit(self, seen, found):
        """As Mastodon: media of this very status may be named again; who sees it is not asked."""
        body, media = seen.json, seen.json.get("media_ids") or []
        unknown = set(body) - {
            "status",
            "media_ids",
            "language",
            "sensitive",
            "spoiler_text",
            "poll",
            "media_attributes",
        }
        if unknown:
            raise Refused(422, f"unknown parameters {sorted(unknown)}")
        mine = {item["id"] for item in found["media_attachments"]}
        self.attached -= mine
        try:
            self.check(body, media)
        finally:
            self.attached |= mine
        self.attached |= set(media)
        for told in body.get("media_attributes") or []:
            if told["id"] not in mine:
                raise Refused(422, "Validation failed: Media not found")
            self.media[told["id"]] = (*self.media[told["id"]][:2], told["description"])
        attached = [] if self.drops_images else [self.uploaded(item).body for item in media]
        found |= {"content": self.rendered(body["status"]), "text": body["status"], "media_attachments": attached}
        found["edited_at"] = datetime.fromtimestamp(time.time(), UTC).isoformat(timespec="milliseconds")
        return Answer(200, found)

    def timeline(self, seen):
        posts = [item for _made, item in sorted(self.statuses.items(), reverse=True)]
        older = [item for item in posts if item["id"] < seen.query.get("max_id", "9999")]
        return Answer(200, older[: min(self.page, int(seen.query["limit"]))])

    def rendered(self, text):
        """HTML as Mastodon makes it: shortened links, hashtags in spans, paragraphs."""

        def link(match):
            url = html.unescape(match.group())
            scheme, rest = url.split("://", 1)
            shown = f"{rest[:12]}</span><span class='invisible'>{rest[12:]}" if rest[12:] else rest
            href = html.escape(url)
            return f'<a href="{href}" rel="nofollow"><span class="invisible">{scheme}://</span><span>{shown}</span></a>'

        paragraphs = html.escape(text, quote=False).split("\n\n")
        made = "".join("<p>" + part.replace("\n", "<br />") + "</p>" for part in paragraphs)
        made = re.sub(r"https?://[^\s<>]+", link, made)
        return TAG.sub(r'<a href="/tags/\1" class="mention hashtag" rel="tag">#<span>\1</span></a>', made)

    # --- Access

    def post_api_v1_apps(self, seen):
        made = f"client-{self.new_id()}"
        self.clients[made] = (f"secret-of-{made}-0123456789", seen.json["redirect_uris"])
        return Answer(200, {"client_id": made, "client_secret": self.clients[made][0], "name": "Pejlemærke"})

    def agree(self, client_id, redirect_uri, challenge):
        """What happens in the browser: a person says yes; the address that the browser is sent to."""
        assert self.clients[client_id][1] == redirect_uri
        code = f"code-{self.new_id()}-0123456789"
        self.codes[code] = (client_id, challenge)
        return f"{redirect_uri}?{urlencode({'code': code})}"

    def post_oauth_token(self, seen):
        form = seen.content()
        client, challenge = self.codes.pop(form["code"], ("", ""))
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        proved = base64.urlsafe_b64encode(digest).decode().rstrip("=") == challenge
        right = (client, form["client_secret"], form["redirect_uri"]) == (
            form["client_id"],
            *self.clients.get(client, ("", "")),
        )
        if not right or not proved:
            raise Refused(400, "invalid_grant", "The provided authorization grant is invalid, expired or revoked")
        self.tokens.add(TOKEN)
        return Answer(200, {"access_token": TOKEN, "token_type": "Bearer", "scope": self.scopes, "created_at": 1})

    def new_id(self):
        self._last += 1
        return str(self._last)
