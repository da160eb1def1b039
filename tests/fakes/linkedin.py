"""LinkedIn's versioned API in miniature: one application, a few organisations, what they post, and comments on it.

Refuses what LinkedIn refuses: a field or a query that it does not know, a missing header, a version that is over, the
same words twice. What it does not refuse, it does as LinkedIn does: little text that is not escaped is cut off without
a word. ``ghosts`` are posts that were deleted and still count as duplicates; ``hidden`` are posts that the finder does
not show yet; ``left_today`` is what is left of the day's quota for posts. A video takes ``slow`` looks to be ready, and
cannot be used at all where ``spoiled`` says why.
"""

import hashlib
import json
import re
import time
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from publishing.adapters import linkedin_video
from tests.fakes.server import Answer, Fake, Seen

TOKEN, CLIENT, SECRET = "AQX-linkedin-access-0123456789abcdefghijkl", "li-client", "WPL_AP1.client-secret-0123456789"
ORGANIZATION = "urn:li:organization:2414183"
SCOPES = "r_organization_social,w_organization_social,r_organization_admin"
ACTIVE = {"202606", "202607"}
NAMES = {"2414183": "Politi", "5": "Foreningen"}
DAY, YEAR = 86400, 31536000

POST = {
    "author": str,
    "commentary": str,
    "visibility": str,
    "distribution": dict,
    "content": dict,
    "lifecycleState": str,
    "isReshareDisabledByAuthor": bool,
}
IMAGE, ARTICLE = {"id", "altText"}, {"source", "title", "description", "thumbnail"}
METHODS = {
    "POST": {"CREATE", "ACTION", "PARTIAL_UPDATE"},
    "GET": {"GET", "BATCH_GET", "FINDER", "GET_ALL"},
    "DELETE": {"DELETE"},
}


class Refused(Exception):
    def __init__(self, status, code, message, **more):
        super().__init__(message)
        self.answer = Answer(status, {"status": status, "code": code, "message": message, **more})


def invalid(message):
    return Refused(422, "UNPROCESSABLE_ENTITY", message)


def not_there(urn):
    return Refused(404, "RESOURCE_NOT_FOUND", f"Could not find entity {urn}")


@dataclass
class Film:
    """A video as it comes in."""

    size: int
    part: int
    looks: int
    parts: dict[int, bytes] = field(default_factory=dict)  # by the first byte
    captions: str = ""
    poster: bytes = b""
    whole: bool = False

    def tag(self, first):
        return hashlib.sha1(self.parts.get(first, b""), usedforsecurity=False).hexdigest()

    @property
    def content(self):
        return b"".join(self.parts[first] for first in sorted(self.parts))


def shown(little):
    """What a reader sees: the text, until the first sign of the language that nobody escaped."""
    out, at = "", 0
    while at < len(little):
        tag = re.compile(r"\{hashtag\|\\#\|([^\W_][^|{}@\[\]()<>#*_~\\]*)\}").match(little, at)
        if tag:
            out, at = f"{out}#{tag[1]}", tag.end()
        elif little[at] == "\\" and at + 1 < len(little):
            out, at = out + little[at + 1], at + 2
        elif little[at] in "\\|{}@[]()<>#*_~":
            return out
        else:
            out, at = out + little[at], at + 1
    return out


class FakeLinkedIn(Fake):
    def __init__(self):
        super().__init__()
        self.posts: dict[str, dict] = {}  # by URN
        self.ghosts: dict[str, dict] = {}
        self.images: dict[str, tuple[bytes, str]] = {}  # by URN: bytes and MIME type
        self.videos: dict[str, Film] = {}  # by URN
        self.slow, self.spoiled = 0, ""
        self.comments: dict[str, list[dict]] = {}  # by URN of the post
        self.tokens = {TOKEN: time.time() + 60 * DAY}  # until when each is good
        self.renewable: dict[str, float] = {}
        self.codes: dict[str, str] = {}  # code: redirect address
        self.scopes = SCOPES
        self.renews = True  # whether the application was allowed tokens for renewals
        self.roles = {ORGANIZATION: "ADMINISTRATOR"}  # of whoever gave access, by organisation
        self.hidden: set[str] = set()
        self.left_today = 99
        self.tells_statistics = True
        self._last = 0

    def handle(self, seen: Seen) -> Answer:
        try:
            return self.route(seen)
        except Refused as no:
            return no.answer

    def route(self, seen):
        if seen.path.startswith("/oauth/v2/"):
            return self.access(seen)
        if self.tokens.get(seen.token, 0) < time.time():
            raise Refused(401, "REVOKED_ACCESS_TOKEN", "The token used in the request has been revoked by the user")
        if seen.path.startswith("/dms-uploads/"):
            return self.put(seen)
        self.need_headers(seen)
        keys = [unquote(step) for step in seen.path.split("/")[2:]]
        match seen.method, keys:
            case "POST", ["images"]:
                return self.initialize(seen)
            case "GET", ["images", urn]:
                return self.image(urn)
            case "POST", ["videos"]:
                return self.on_videos(seen)
            case "GET", ["videos", urn]:
                return self.video(urn)
            case "POST", ["posts"]:
                return self.post(seen.json)
            case "GET", ["posts"]:
                return self.by_author(seen.query)
            case "GET", ["posts", urn]:
                return Answer(200, self.there(urn))
            case "POST", ["posts", urn]:
                return self.update(urn, seen)
            case "DELETE", ["posts", urn]:
                self.posts.pop(urn, None)
                return Answer(204, b"")
            case _, ["socialActions", urn, "comments", *number]:
                if urn not in self.comment_urns():
                    self.there(urn)
                return self.on_comments(seen, urn, *number)
            case "GET", ["socialMetadata", urn]:
                return self.social(urn)
            case "GET", ["organizationalEntityShareStatistics"]:
                return self.statistics(seen.query)
            case "GET", ["organizationAcls"]:
                return Answer(200, {"elements": [self.acl(*role) for role in self.roles.items()]})
            case "GET", ["organizations"]:
                wanted = seen.query["ids"].removeprefix("List(").removesuffix(")").split(",")
                return Answer(200, {"results": {number: self.organization(number) for number in wanted}})
            case "GET", ["organizations", number]:
                return Answer(200, self.organization(number))
        raise Refused(404, "RESOURCE_NOT_FOUND", f"No virtual resource found for {seen.path}")

    def need_headers(self, seen):
        version = seen.headers.get("linkedin-version")
        if version is None:
            raise Refused(
                400,
                "VERSION_MISSING",
                "A version must be present. Please specify a version by adding the LinkedIn-Version header.",
            )
        if version not in ACTIVE:
            raise Refused(426, "NONEXISTENT_VERSION", f"Requested version {version}01 is not active")
        if seen.headers.get("x-restli-protocol-version") != "2.0.0":
            raise Refused(400, "ILLEGAL_ARGUMENT", "X-Restli-Protocol-Version: 2.0.0 is needed")
        if seen.headers.get("x-restli-method") not in METHODS[seen.method]:
            raise Refused(400, "ILLEGAL_ARGUMENT", f"{seen.headers.get('x-restli-method')} is no {seen.method}")

    @staticmethod
    def acl(urn, role):
        return {"organization": urn, "role": role, "roleAssignee": "urn:li:person:p", "state": "APPROVED"}

    def organization(self, number):
        if f"urn:li:organization:{number}" not in self.roles:
            raise Refused(403, "ACCESS_DENIED", "Not enough permissions to access: organizations.GET")
        name = NAMES.get(number, f"Nr. {number}")
        return {"id": int(number), "localizedName": name, "vanityName": name.lower()}

    # --- Images

    def initialize(self, seen):
        if seen.query != {"action": "initializeUpload"} or set(seen.json) != {"initializeUploadRequest"}:
            raise invalid("unknown action")
        if seen.json["initializeUploadRequest"] != {"owner": ORGANIZATION}:
            raise Refused(403, "ACCESS_DENIED", "Not enough permissions to access: images.ACTION-initializeUpload")
        urn = f"urn:li:image:C{self.new_number()}"
        self.images[urn] = (b"", "")
        place = f"{self.url}/dms-uploads/{quote(urn, safe='')}"
        return Answer(
            200, {"value": {"uploadUrlExpiresAt": int(time.time() + DAY) * 1000, "uploadUrl": place, "image": urn}}
        )

    def put(self, seen):
        if "video" in seen.path:
            return self.take(seen)
        urn, mime = unquote(seen.path.rpartition("/")[2]), seen.headers.get("content-type", "")
        if seen.method != "PUT" or urn not in self.images:
            raise Refused(400, "BAD_REQUEST", "no such upload")
        self.images[urn] = (seen.body, mime)
        return Answer(201, b"")

    def image(self, urn):
        if urn not in self.images:
            raise not_there(urn)
        content, _mime = self.images[urn]
        good = content.startswith((b"\xff\xd8\xff", b"\x89PNG", b"GIF8"))
        status = "AVAILABLE" if good else "PROCESSING_FAILED" if content else "WAITING_UPLOAD"
        return Answer(200, {"id": urn, "owner": ORGANIZATION, "status": status})

    # --- Videos

    def on_videos(self, seen):
        match seen.query, seen.json:
            case {"action": "initializeUpload"}, {"initializeUploadRequest": asked}:
                return self.place_for(asked)
            case {"action": "finalizeUpload"}, {"finalizeUploadRequest": told}:
                return self.finish(told)
        raise invalid("unknown action")

    def place_for(self, asked):
        if set(asked) != {"owner", "fileSizeBytes", "uploadCaptions", "uploadThumbnail"}:
            raise invalid("ERROR :: unrecognized field found but not allowed")
        if asked["owner"] != ORGANIZATION:
            raise Refused(403, "ACCESS_DENIED", "Accessing this video resource is forbidden.")
        if not 75_000 <= asked["fileSizeBytes"] <= 500_000_000:
            raise invalid("ERROR :: /fileSizeBytes :: out of range")
        urn, part = f"urn:li:video:D{self.new_number()}", linkedin_video.PART
        self.videos[urn] = Film(asked["fileSizeBytes"], part, looks=self.slow)
        place = f"{self.url}/dms-uploads/{quote(urn, safe='')}"
        parts = [
            {"firstByte": first, "lastByte": first + part - 1, "uploadUrl": f"{place}/{first}"}
            for first in range(0, asked["fileSizeBytes"], part)
        ]
        told = {"video": urn, "uploadToken": "", "uploadInstructions": parts}
        told["uploadUrlsExpireAt"] = int(time.time() + DAY) * 1000
        told |= {"captionsUploadUrl": f"{place}/captions"} if asked["uploadCaptions"] else {}
        told |= {"thumbnailUploadUrl": f"{place}/thumbnail"} if asked["uploadThumbnail"] else {}
        return Answer(200, {"value": told})

    def take(self, seen):
        """A part, the captions or the poster."""
        urn, _slash, what = seen.path.removeprefix("/dms-uploads/").partition("/")
        film = self.videos.get(unquote(urn))
        if film is None or film.whole:
            raise Refused(404, "NOT_FOUND", "no such upload")
        if what == "captions":
            form = seen.form()
            told = json.loads(form["metadata"][0])
            if seen.method != "POST" or told["format"] != "SRT" or len(told["locale"]["country"]) != 2:
                raise Refused(400, "BAD_REQUEST", "not captions")
            film.captions = form["file"][0].decode()
        elif what == "thumbnail":
            if seen.headers.get("media-type-family") != "STILLIMAGE":
                raise Refused(400, "BAD_REQUEST", "not a picture")
            film.poster = seen.body
        else:
            if seen.method != "PUT" or len(seen.body) != min(film.part, film.size - int(what)):
                raise Refused(400, "BAD_REQUEST", "not the part")
            film.parts[int(what)] = seen.body
            return Answer(200, b"", {"ETag": f'"{film.tag(int(what))}"'})
        return Answer(201, b"")

    def finish(self, told):
        film = self.videos.get(told["video"])
        if film is None or set(told) != {"video", "uploadToken", "uploadedPartIds"}:
            raise not_there(told["video"])
        if film.whole or told["uploadedPartIds"] != [film.tag(first) for first in range(0, film.size, film.part)]:
            raise Refused(400, "ILLEGAL_ARGUMENT", "The parts are not those that were uploaded")
        film.whole = True
        return Answer(200, {})

    def video(self, urn):
        if urn not in self.videos:
            raise not_there(urn)
        film, status, why = self.videos[urn], "WAITING_UPLOAD", {}
        if film.whole:
            status = "PROCESSING" if film.looks else "PROCESSING_FAILED" if self.spoiled else "AVAILABLE"
            film.looks -= bool(film.looks)
            why = {"processingFailureReason": self.spoiled} if status == "PROCESSING_FAILED" else {}
        return Answer(200, {"id": urn, "owner": ORGANIZATION, "status": status, **why})

    # --- Posts

    def post(self, body):
        self.check_post(body)
        if self.left_today <= 0:
            message = "Resource level throttle APPLICATION_AND_MEMBER DAY limit for calls to this resource is reached."
            raise Refused(429, "TOO_MANY_REQUESTS", message)
        same = [urn for urn, post in {**self.posts, **self.ghosts}.items() if self.sent(post) == self.sent(body)]
        if same:
            found = {"description": "Duplicate post is detected", "code": "DUPLICATE_POST"}
            message = f"Content is a duplicate of {same[0]}"
            raise Refused(422, "UNPROCESSABLE_ENTITY", message, errorDetails={"inputErrors": [found]})
        self.left_today -= 1
        urn = f"urn:li:share:{self.new_number()}"
        now = int(time.time() * 1000)
        self.posts[urn] = {**body, "id": urn, "createdAt": now, "publishedAt": now, "lastModifiedAt": now}
        return Answer(201, b"", {"x-restli-id": urn})

    def update(self, urn, seen):
        """Of what is out, the words alone can be set."""
        changed = self.patched(seen, "$set")
        if set(changed) != {"commentary"}:
            raise invalid("ERROR :: /patch/$set :: field is not updatable")
        body = {name: value for name, value in self.there(urn).items() if name in POST}
        self.check_post({**body, **changed})
        self.posts[urn] |= {**changed, "lastModifiedAt": int(time.time() * 1000)}
        return Answer(204, b"")

    @staticmethod
    def patched(seen, *steps):
        """What a partial update sets."""
        if seen.headers["x-restli-method"] != "PARTIAL_UPDATE":
            raise Refused(400, "ILLEGAL_ARGUMENT", f"{seen.headers['x-restli-method']} changes nothing that is there")
        told = seen.json
        for step in ("patch", *steps):
            if set(told) != {step}:
                raise invalid("ERROR :: /patch :: unrecognized field found but not allowed")
            told = told[step]
        return told

    def check_post(self, body):
        for name, value in body.items():
            if name not in POST or not isinstance(value, POST[name]):
                raise invalid(f"ERROR :: /{name} :: unrecognized field found but not allowed")
        if set(POST) - {"content"} - set(body):
            raise invalid("ERROR :: a required field is not present")
        if body["author"] != ORGANIZATION:
            raise Refused(403, "ACCESS_DENIED", "Not enough permissions to access: posts.CREATE")
        if set(body["distribution"]) != {"feedDistribution", "targetEntities", "thirdPartyDistributionChannels"}:
            raise invalid("ERROR :: /distribution :: unrecognized field found but not allowed")
        if (body["visibility"], body["lifecycleState"]) != ("PUBLIC", "PUBLISHED"):
            raise invalid("ERROR :: /visibility :: is not an enum symbol")
        if len(body["commentary"].encode("utf-16-le")) // 2 > 3000:
            raise invalid("ERROR :: /commentary :: length exceeds the maximum of 3000")
        self.check_content(body.get("content"))

    def check_content(self, content):
        if content is None:
            return
        [(kind, value)] = content.items() if len(content) == 1 else [("", {})]
        several = value.get("images", []) if kind == "multiImage" else []
        for image in several or ([value] if kind == "media" else []):
            there = image["id"] in self.images or (kind == "media" and self.is_ready(image["id"]))
            if set(image) - IMAGE or not there or len(image.get("altText", "")) > 4086:
                raise invalid("ERROR :: /content/media :: unrecognized field found but not allowed")
        if kind == "multiImage" and (set(value) != {"images"} or not 2 <= len(several) <= 20):
            raise invalid("ERROR :: /content/multiImage/images :: between 2 and 20")
        if kind == "article" and (set(value) - ARTICLE or not value.get("source") or not value.get("title")):
            raise invalid("ERROR :: /content/article/title :: field is required but not found")
        if kind not in ("media", "multiImage", "article"):
            raise invalid("ERROR :: /content :: is not a member type of union")

    def is_ready(self, urn):
        film = self.videos.get(urn)
        return film is not None and film.whole and not film.looks

    @staticmethod
    def sent(post):
        """What makes two posts the same: uploads have names of their own, so only how many there are."""
        content = post.get("content", {})
        return post["commentary"], content.get("article"), len(content.get("multiImage", {}).get("images", []))

    def there(self, urn):
        if urn not in self.posts:
            raise not_there(urn)
        return self.posts[urn]

    def by_author(self, query):
        if set(query) != {"author", "q", "count", "start", "sortBy"} or query["q"] != "author":
            raise Refused(400, "ILLEGAL_ARGUMENT", "unknown query parameter")
        start, count = int(query["start"]), int(query["count"])
        if not 1 <= count <= 100:
            raise Refused(400, "ILLEGAL_ARGUMENT", "count must be at most 100")
        newest = sorted(self.posts.values(), key=lambda post: (post["createdAt"], post["id"]), reverse=True)
        visible = [post for post in newest if post["id"] not in self.hidden and post["author"] == query["author"]]
        return Answer(200, {"elements": visible[start : start + count], "paging": {"start": start, "count": count}})

    # --- Comments and figures

    def on_comments(self, seen, urn, number=""):
        mine = self.comments.setdefault(urn, [])
        if seen.method == "POST" and not number:
            parent = {"parentComment": urn} if urn in self.comment_urns() else {}
            on = urn.partition("(")[2].rpartition(",")[0] if parent else urn
            wanted = {"actor": ORGANIZATION, "object": on, **parent}
            if {name: value for name, value in seen.json.items() if name != "message"} != wanted:
                raise invalid("ERROR :: unrecognized field found but not allowed")
            self.check_words(seen.json["message"])
            number = str(self.new_number())
            made = {**seen.json, "id": number, "created": {"time": int(time.time() * 1000)}}
            made["commentUrn"] = f"urn:li:comment:({on},{number})"
            mine.append({**made, "likesSummary": {"aggregatedTotalLikes": 2}})
            return Answer(201, made, {"x-restli-id": number})
        if not number:
            start, count = int(seen.query["start"]), int(seen.query["count"])
            return Answer(200, {"elements": mine[start : start + count]})
        found = [comment for comment in mine if comment["id"] == number]
        if not found:
            raise not_there(number)
        if seen.method != "GET" and seen.query != {"actor": ORGANIZATION}:
            raise Refused(400, "ILLEGAL_ARGUMENT", "actor is needed")
        if seen.method == "POST":
            words = self.patched(seen, "message", "$set")
            self.check_words(words)
            found[0]["message"] = words
            return Answer(200, found[0])
        if seen.method == "DELETE":
            mine.remove(found[0])
            return Answer(204, b"")
        return Answer(200, found[0])

    @staticmethod
    def check_words(told):
        if set(told) != {"text"} or not 0 < len(told["text"]) <= 1250:
            raise invalid("ERROR :: /message/text :: length")

    def comment_urns(self):
        return {comment["commentUrn"] for below in self.comments.values() for comment in below}

    def social(self, urn):
        self.there(urn)
        counts = {"LIKE": {"reactionType": "LIKE", "count": 3}, "PRAISE": {"reactionType": "PRAISE", "count": 1}}
        summary = {"count": len(self.comments.get(urn, [])), "topLevelCount": len(self.comments.get(urn, []))}
        return Answer(200, {"entity": urn, "reactionSummaries": counts, "commentSummary": summary})

    def statistics(self, query):
        if not self.tells_statistics:
            raise Refused(403, "ACCESS_DENIED", "Not enough permissions to access: organizationalEntityShareStatistics")
        if (
            set(query) - {"q", "organizationalEntity", "shares", "ugcPosts"}
            or query["organizationalEntity"] != ORGANIZATION
        ):
            raise Refused(400, "ILLEGAL_ARGUMENT", "unknown query parameter")
        urn = query["shares"].removeprefix("List(").removesuffix(")")
        totals = {
            "impressionCount": 57,
            "uniqueImpressionsCount": 40,
            "shareCount": 2,
            "clickCount": 5,
            "engagement": 0.1,
        }
        found = [{"share": urn, "organizationalEntity": ORGANIZATION, "totalShareStatistics": totals}]
        return Answer(200, {"elements": found if urn in self.posts else []})

    # --- Access

    def agree(self, address):
        """What happens in the browser: a person says yes; the address that the browser is sent to."""
        asked = dict(parse_qsl(urlsplit(address).query))
        assert (asked["client_id"], asked["response_type"]) == (CLIENT, "code")
        code = f"AQT-code-{self.new_number()}"
        self.codes[code] = asked["redirect_uri"]
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def access(self, seen):
        form = seen.content()
        if (form.get("client_id"), form.get("client_secret")) != (CLIENT, SECRET):
            return Answer(401, {"error": "invalid_client", "error_description": "Client authentication failed"})
        if seen.path == "/oauth/v2/introspectToken":
            ends = self.tokens.get(form["token"], 0)
            told = {"active": ends > time.time(), "status": "active" if ends > time.time() else "revoked"}
            return Answer(200, {**told, "scope": self.scopes, "expires_at": int(ends), "client_id": CLIENT})
        if form["grant_type"] == "refresh_token":
            if self.renewable.get(form["refresh_token"], 0) < time.time():
                return Answer(
                    400, {"error": "invalid_request", "error_description": "The provided refresh token is invalid"}
                )
            return self.grant(form["refresh_token"])
        if self.codes.pop(form["code"], None) != form["redirect_uri"]:
            words = (
                "Unable to retrieve access token: appid/redirect uri/code verifier does not match authorization code."
            )
            return Answer(400, {"error": "invalid_request", "error_description": words})
        return self.grant(f"AQX-refresh-{self.new_number()}" if self.renews else "")

    def grant(self, refresh):
        token = f"AQX-access-{self.new_number()}-abcdefgh"
        self.tokens[token] = time.time() + 60 * DAY
        body = {"access_token": token, "expires_in": 60 * DAY, "scope": self.scopes}
        if refresh:
            ends = self.renewable.setdefault(refresh, time.time() + YEAR)
            body |= {"refresh_token": refresh, "refresh_token_expires_in": int(ends - time.time())}
        return Answer(200, body)

    def new_number(self):
        """As LinkedIn's: milliseconds, then a count."""
        self._last += 1
        return (int(time.time() * 1000) << 22) + self._last
