"""X's API v2 in miniature: one application, one account, its media and posts. Refuses what X refuses.

``confidential`` decides whether the application has to prove itself; ``hidden`` are posts that the timeline does not
show yet; ``remaining`` is what is left of the quota for posts. How videos get there: ``x_video``.
"""

import base64
import hashlib
import html
import time
from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlencode, urlsplit

from publishing.adapters import x_counting
from tests.fakes.server import Answer, Fake, Seen
from tests.fakes.x_video import PROBLEMS, Refused, Uploads, invalid

TOKEN, CLIENT, SECRET = "x-access-token-0123456789abcdefghijklmnop", "x-client", "x-client-secret-0123456789abcdef"
SCOPES = "tweet.read tweet.write users.read media.write offline.access"


class FakeX(Fake):
    page = 100

    def __init__(self):
        super().__init__()
        self.posts: dict[str, dict] = {}  # by id: what was sent, and when
        self.media: dict[str, tuple[bytes, str]] = {}  # by id: bytes and alternative text
        self.tokens = {TOKEN: float("inf")}  # until when each is good
        self.renewable: set[str] = set()
        self.codes: dict[str, tuple[str, str]] = {}  # code: challenge, redirect address
        self.scopes = SCOPES
        self.confidential = True
        self.hidden: set[str] = set()
        self.may_read = True
        self.remaining = 99
        self.tells_own = True  # figures that only the account itself may see
        self.uploads = Uploads(self.new_id)
        self._last = 1_800_000_000_000_000_000

    def handle(self, seen: Seen) -> Answer:
        try:
            answer = self.route(seen)
        except Refused as no:
            answer = no.answer
        reset = str(int(time.time()) + 900)
        quota = {
            "x-rate-limit-limit": "100",
            "x-rate-limit-remaining": str(self.remaining),
            "x-rate-limit-reset": reset,
        }
        return Answer(answer.status, answer.body, {**quota, **answer.headers})

    def route(self, seen):
        if seen.path == "/2/oauth2/token":
            return self.token(seen)
        if self.tokens.get(seen.token, 0) < time.time():
            raise Refused(401, "Unauthorized", "Unauthorized")
        match seen.method, seen.path.split("/")[2:]:
            case "GET", ["users", "me"]:
                return Answer(200, {"data": {"id": "7", "name": "Politi", "username": "politi"}})
            case "GET", ["users", "7", "tweets"]:
                return self.timeline(seen)
            case "POST", ["media", "upload"]:
                return self.upload(seen.json)
            case "POST", ["media", "upload", *step]:
                return self.uploads.step(step, seen)
            case "GET", ["media", "upload"]:
                return self.uploads.status(seen.query)
            case "POST", ["media", "subtitles"]:
                return self.uploads.caption(seen.json)
            case "POST", ["media", "metadata"] if seen.json["id"] in self.uploads.known:
                return self.uploads.describe(seen.json)
            case "POST", ["media", "metadata"]:
                return self.describe(seen.json)
            case "POST", ["tweets"]:
                return self.post(seen.json)
            case "GET", ["tweets", post_id]:
                return self.look(post_id, seen.query.get("tweet.fields", ""))
            case "DELETE", ["tweets", post_id]:
                return self.delete(post_id)
        raise Refused(404, "Not Found", "Not Found")

    # --- Media and posts

    def upload(self, body):
        if set(body) - {"media", "media_category", "media_type", "shared", "additional_owners"}:
            raise invalid("unknown property")
        content = base64.b64decode(body["media"], validate=True)
        if not content.startswith((b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"RIFF")) or len(content) > 5_242_880:
            raise invalid("media type unrecognized.")
        made = self.new_id()
        self.media[made] = (content, "")
        return Answer(200, {"data": {"id": made, "media_key": f"3_{made}", "expires_after_secs": 86400}})

    def describe(self, body):
        text = body["metadata"]["alt_text"]["text"]
        if set(body) != {"id", "metadata"} or body["id"] not in self.media or not 0 < len(text) <= 1000:
            raise invalid("Invalid alt text", id=body.get("id"))
        self.media[body["id"]] = (self.media[body["id"]][0], text)
        return Answer(200, {"data": {"id": body["id"], "associated_metadata": body["metadata"]}})

    def post(self, body):
        ids = body.get("media", {}).get("media_ids", [])
        answered = body.get("reply", {"in_reply_to_tweet_id": ""})
        if (
            set(body) - {"text", "media", "reply"}
            or set(answered) != {"in_reply_to_tweet_id"}
            or ("media" in body and not 1 <= len(ids) <= 4)
        ):
            raise invalid("The `media.media_ids` field must have between 1 and 4 elements.")
        videos = [item for item in ids if self.uploads.is_ready(item)]
        if [item for item in ids if item not in self.media and item not in videos]:
            raise invalid("Your media IDs are invalid.", **{"media.media_ids": ids})
        if videos and len(ids) > 1:
            raise invalid("You can only attach one video to a post.")
        if x_counting.count(body["text"]) > 280:
            raise Refused(403, "Forbidden", "Your Tweet text is too long. For more information visit the docs.")
        if body["text"] in [post["text"] for post in self.posts.values()]:
            raise Refused(403, "Forbidden", "You are not allowed to create a Tweet with duplicate content.")
        if answered["in_reply_to_tweet_id"] not in ("", *self.posts):
            detail = "You attempted to reply to a Tweet that is deleted or not visible to you."
            raise Refused(403, "Forbidden", detail)
        made = self.new_id()
        self.posts[made] = {"id": made, "text": body["text"], "media": list(ids), "at": datetime.now(UTC)}
        self.posts[made]["answers"] = answered["in_reply_to_tweet_id"]
        return Answer(201, {"data": {"id": made, "text": self.shown(self.posts[made])["text"]}})

    def look(self, post_id, fields=""):
        if "non_public_metrics" in fields and not self.tells_own:
            detail = "Sorry, you are not authorized to access 'non_public_metrics.impression_count' on the Tweet."
            kind = f"{PROBLEMS}/not-authorized-for-field"
            told = {"field": "non_public_metrics.impression_count", "resource_type": "tweet", "section": "data"}
            error = {**told, "detail": detail, "title": "Field Authorization Error", "type": kind}
            return Answer(200, {"errors": [error]})
        if post_id not in self.posts:
            told = {"value": post_id, "resource_id": post_id, "parameter": "id", "resource_type": "tweet"}
            detail = f"Could not find tweet with id: [{post_id}]."
            error = {**told, "detail": detail, "title": "Not Found Error", "type": f"{PROBLEMS}/resource-not-found"}
            return Answer(200, {"errors": [error]})
        post = self.posts[post_id]
        media = [
            {"media_key": self.key_of(m), "type": self.type_of(m), "alt_text": self.alt_of(m)} for m in post["media"]
        ]
        for item in media:
            if not item["alt_text"]:
                del item["alt_text"]
        shown = self.shown(post)
        if "non_public_metrics" in fields:
            shown["non_public_metrics"] = {"impression_count": 5, "url_link_clicks": 9, "user_profile_clicks": 2}
        return Answer(200, {"data": shown, **({"includes": {"media": media}} if media else {})})

    def delete(self, post_id):
        if post_id not in self.posts:
            raise Refused(404, "Not Found Error", "Could not find tweet", f"{PROBLEMS}/resource-not-found")
        del self.posts[post_id]
        return Answer(200, {"data": {"deleted": True}})

    def timeline(self, seen):
        if not self.may_read:
            raise Refused(403, "Forbidden", "Your client app is not configured for this endpoint.")
        since = datetime.fromisoformat(seen.query["start_time"])
        after = int(seen.query.get("pagination_token", 0))
        newest = [post for _id, post in sorted(self.posts.items(), reverse=True)]
        all_of_it = [post for post in newest if post["at"] >= since and post["id"] not in self.hidden]
        page = all_of_it[after : after + min(self.page, int(seen.query["max_results"]))]
        meta = {"result_count": len(page)}
        if after + len(page) < len(all_of_it):
            meta["next_token"] = str(after + len(page))
        return Answer(200, {"meta": meta, **({"data": [self.shown(post) for post in page]} if page else {})})

    def shown(self, post):
        """As X shows it: every link as t.co, one more for the images, & < > escaped."""
        text, shown, urls, at = post["text"], "", [], 0

        def link(short, whole, **more):
            start = len(shown)
            urls.append({"start": start, "end": start + len(short), "url": short, "expanded_url": whole, **more})
            return short

        for start, end in x_counting.links(text):
            shown += html.escape(text[at:start], quote=False)
            whole = text[start:end] if "://" in text[start:end] else f"http://{text[start:end]}"
            shown += link(f"https://t.co/{post['id'][-5:]}x{start:03}y", whole)
            at = end
        shown += html.escape(text[at:], quote=False)
        if post["media"]:
            [first, *_more] = post["media"]
            page = f"https://x.com/politi/status/{post['id']}/{self.type_of(first)}/1"
            shown += " "
            shown += link("https://t.co/mediamedia", page, media_key=self.key_of(first))
        made = {"id": post["id"], "text": shown, "created_at": post["at"].isoformat().replace("+00:00", "Z")}
        if urls:
            made["entities"] = {"urls": urls}
        if post["answers"]:
            made["referenced_tweets"] = [{"type": "replied_to", "id": post["answers"]}]
        if post["media"]:
            made["attachments"] = {"media_keys": [self.key_of(item) for item in post["media"]]}
        figures = ("repost_count", "reply_count", "like_count", "quote_count", "bookmark_count", "impression_count")
        return {**made, "public_metrics": {name: number for number, name in enumerate(figures)}}

    def key_of(self, media):
        return f"{7 if media in self.uploads.known else 3}_{media}"

    def type_of(self, media):
        return "video" if media in self.uploads.known else "photo"

    def alt_of(self, media):
        return self.uploads.known[media]["alt"] if media in self.uploads.known else self.media[media][1]

    # --- Access

    def agree(self, address):
        """What happens in the browser: a person says yes; the address that the browser is sent to."""
        asked = dict(parse_qsl(urlsplit(address).query))
        assert (asked["client_id"], asked["code_challenge_method"]) == (CLIENT, "S256")
        code = f"code-{self.new_id()}"
        self.codes[code] = (asked["code_challenge"], asked["redirect_uri"])
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, seen):
        form = seen.content()
        proof = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if self.confidential and seen.headers.get("authorization") != f"Basic {proof}":
            return Answer(401, {"error": "unauthorized_client", "error_description": "Missing valid authorization"})
        if form.get("client_id") != CLIENT or not self.granted(form):
            words = "Value passed for the token was invalid."
            return Answer(400, {"error": "invalid_request", "error_description": words})
        access, refresh = f"x-access-{self.new_id()}-abcdefgh", f"x-refresh-{self.new_id()}-abcdefgh"
        self.tokens[access] = time.time() + 7200
        self.renewable.add(refresh)
        body = {"token_type": "bearer", "expires_in": 7200, "scope": self.scopes}
        return Answer(200, {**body, "access_token": access, "refresh_token": refresh})

    def granted(self, form):
        if form["grant_type"] == "refresh_token":
            known = form["refresh_token"] in self.renewable
            self.renewable.discard(form["refresh_token"])
            return known
        challenge, back = self.codes.pop(form["code"], ("", ""))
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        proved = base64.urlsafe_b64encode(digest).decode().rstrip("=") == challenge
        return proved and form["redirect_uri"] == back

    def new_id(self):
        self._last += 1
        return str(self._last)
