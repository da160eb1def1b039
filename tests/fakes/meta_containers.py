"""Instagram and Threads in miniature: containers that are made ready, published once, and end by themselves.

``fetch`` is how the platform gets an image or a video: by default it takes the address apart, as only the house itself
can, and reads the outbox. ``slow`` is how many looks a new container takes to be ready; ``spoiled`` is why it cannot
be, after a look. ``hidden`` are posts that the account's list does not show yet; ``total`` is the quota of a day.
"""

import time
from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.core.files.storage import storages

from publishing import open_media
from publishing.adapters import threads_text
from tests.fakes.meta import APP, SECRET, Access, FakeMeta, Refused, gone
from tests.fakes.server import Answer

ACCOUNT = "17841400000000001"
MAGIC = {"image/jpeg": b"\xff\xd8\xff", "image/png": b"\x89PNG"}


def from_outbox(address):
    """What the house itself would serve at this address."""
    parts = urlsplit(address)
    assert (parts.scheme, parts.hostname) == ("https", "pejlemaerke.example")
    _key, sha256 = open_media.opened(parts.path.rpartition("/")[2].rpartition(".")[0])
    with storages["outbox"].open(sha256) as file:
        return file.read()


class FakeContainers(FakeMeta):
    proved = False
    person = ACCOUNT
    create, publish, status, why, own, words, quota = "", "", "", "", "", "", ""
    types: tuple[str, ...] = ()
    moving: tuple[str, ...] = ()  # what a video is called
    most = 10  # images
    grant_prefix = ""
    token = ""

    def __init__(self):
        super().__init__()
        self.containers: dict[str, dict] = {}
        self.posts: dict[str, dict] = {}
        self.tokens[self.token] = Access(ACCOUNT, set(self.scopes), time.time() + 50 * 86400)
        self.hidden: set[str] = set()
        self.fetch = from_outbox
        self.slow, self.total, self.used, self.spoiled = 0, 250, 0, ""

    def answer(self, seen):
        match seen.method, seen.path:
            case "POST", "/oauth/access_token":
                return self.first_access(seen.content())
            case "GET", "/access_token":
                return self.long_access(seen.query, f"{self.grant_prefix}_exchange_token")
            case "GET", "/refresh_access_token":
                return self.long_access(seen.query, f"{self.grant_prefix}_refresh_token")
        return super().answer(seen)

    def route(self, verb, node, edge, form, seen):
        node = ACCOUNT if node == "me" else node
        if (verb, edge) == ("GET", ""):
            return Answer(200, self.shown(node, form.get("fields", "")))
        if (verb, edge) == ("GET", "insights"):
            return self.insights(node, form)
        if node != ACCOUNT:
            return super().route(verb, node, edge, form, seen)
        if (verb, edge) == ("POST", self.create):
            return self.make(form)
        if (verb, edge) == ("POST", self.publish):
            return self.bring_out(form)
        if (verb, edge) == ("GET", self.own):
            return self.listed(form, [post for post in self.posts.values() if not post["reply_to_id"]])
        if (verb, edge) == ("GET", self.quota):
            config = {"quota_total": self.total, "quota_duration": 86400}
            told = {"quota_usage": self.used, "config": config, "reply_quota_usage": 0, "reply_config": config}
            return Answer(200, {"data": [told]})
        return super().route(verb, node, edge, form, seen)

    # --- Containers

    def make(self, form):
        self.fits(form)
        made = {"form": form, "status": "IN_PROGRESS" if self.slow else "FINISHED", "looks": self.slow, "why": ""}
        if "image_url" in form:
            made["content"] = self.fetch(form["image_url"])
            if not made["content"].startswith(tuple(MAGIC[mime] for mime in self.types)):
                raise Refused(36001, "The image format is not supported.", subcode=2207005)
        if "video_url" in form:
            made["video"] = self.fetch(form["video_url"])
            made["cover"] = self.fetch(form["cover_url"]) if "cover_url" in form else b""
            if self.spoiled or made["video"][4:8] != b"ftyp":
                made |= {"looks": 1, "status": "IN_PROGRESS", "why": self.spoiled or "Error: 2207026 not a video"}
        container = self.new_id()
        self.containers[container] = made
        return Answer(200, {"id": container})

    def fits(self, form):
        if form.get("media_type") == "CAROUSEL":
            children = [self.containers.get(item) for item in form["children"].split(",")]
            if not 2 <= len(children) <= self.most or not all(children):
                raise Refused(100, "Carousel validation failed", subcode=2207028)
            if [item for item in children if "is_carousel_item" not in item["form"] or item["status"] != "FINISHED"]:
                raise Refused(9007, "The media is not ready", subcode=2207027)
        if ("video_url" in form) != (form.get("media_type") in self.moving) or {"video_url", "image_url"} <= set(form):
            raise Refused(100, "(#100) Param video_url goes with its own media_type, and alone")
        if len(form.get("alt_text", "")) > 1000:
            raise Refused(100, "(#100) Param alt_text is too long")

    def bring_out(self, form):
        container = self.containers.get(form["creation_id"])
        if container is None or container["status"] in ("PUBLISHED", "EXPIRED", "ERROR"):
            raise Refused(24, "The requested resource does not exist", subcode=2207006)
        if container["status"] != "FINISHED" or "is_carousel_item" in container["form"]:
            raise Refused(9007, "Media ID is not available", subcode=2207027)
        if self.used >= self.total:
            raise Refused(9, "Application request limit reached", subcode=2207042, status=403)
        container["status"], self.used = "PUBLISHED", self.used + 1
        post = {"id": self.new_id(), "at": datetime.now(UTC), **self.of(container["form"])}
        self.posts[post["id"]] = {**post, "images": self.images(container), "video": self.film(container)}
        return Answer(200, {"id": post["id"]})

    def images(self, container):
        ids = container["form"].get("children", "")
        parts = [self.containers[item] for item in ids.split(",")] if ids else [container]
        return [(part["content"], part["form"].get("alt_text", "")) for part in parts if "content" in part]

    @staticmethod
    def film(container):
        alt = container["form"].get("alt_text", "")
        shown = {"content": container.get("video"), "alt": alt, "cover": container.get("cover")}
        return shown if "video" in container else None

    def of(self, form):
        return {
            "text": form.get(self.words, ""),
            "link": form.get("link_attachment", ""),
            "reply_to_id": form.get("reply_to_id", ""),
        }

    # --- As the platform shows it

    def shown(self, node, fields):
        if node == ACCOUNT:
            return {"id": ACCOUNT, "user_id": ACCOUNT, "username": "politi"}
        if node in self.containers:
            return self.shown_container(node)
        if node not in self.posts:
            raise gone(node)
        return self.shown_post(self.posts[node])

    def shown_container(self, node):
        container = self.containers[node]
        told = {"id": node, self.status: container["status"], self.why: container["why"]}
        if container["looks"]:
            container["looks"] -= 1
            if not container["looks"] and container["status"] == "IN_PROGRESS":
                container["status"] = "ERROR" if container["why"] else "FINISHED"
        return told

    def shown_post(self, post):
        alts = [{"id": "1", **({"alt_text": alt} if alt else {})} for _content, alt in post["images"]]
        kind = {0: "TEXT_POST", 1: "IMAGE"}.get(len(alts), "CAROUSEL_ALBUM")
        if post["video"]:
            kind, alts = "VIDEO", [{"alt_text": post["video"]["alt"]}]
        made = {"id": post["id"], "media_type": kind, "timestamp": post["at"].strftime("%Y-%m-%dT%H:%M:%S+0000")}
        made["permalink"] = f"https://www.platform.example/p/{post['id']}/"
        made |= {self.words: post["text"]} if post["text"] else {}
        made |= {"link_attachment_url": post["link"]} if post["link"] else {}
        if kind == "CAROUSEL_ALBUM":
            return made | {"children": {"data": alts}}
        return made | {name: text for item in alts for name, text in item.items() if name == "alt_text"}

    def listed(self, form, posts):
        newest = [post for post in reversed(posts) if post["id"] not in self.hidden]
        return self.listing([self.shown_post(post) for post in newest], form)

    def insights(self, node, form):
        if node not in self.posts:
            raise gone(node)
        values = [{"name": name, "values": [{"value": 7}]} for name in form["metric"].split(",")]
        return Answer(200, {"data": values})

    # --- Access

    def first_access(self, form):
        if (form.get("client_id"), form.get("client_secret")) != (APP, SECRET):
            raise Refused(101, "Error validating application.")
        if form.get("grant_type") != "authorization_code" or self.codes.pop(form["code"], "") != form["redirect_uri"]:
            return Answer(400, {"error_type": "OAuthException", "code": 400, "error_message": "Invalid code"})
        told = self.give(ACCOUNT, "short", 3600).body
        return Answer(200, {"access_token": told["access_token"], "user_id": ACCOUNT} | self.told_scopes())

    def told_scopes(self):
        return {}

    def long_access(self, query, grant):
        access = self.tokens.get(query.get("access_token", ""))
        if query.get("grant_type") != grant or access is None or access.ends < time.time():
            raise Refused(190, "Error validating access token", subcode=463)
        if "exchange" in grant and query.get("client_secret") != SECRET:
            raise Refused(101, "Error validating client secret.")
        return self.give(ACCOUNT, "long", 60 * 86400)


class FakeInstagram(FakeContainers):
    create, publish, status, why, own, words = "media", "media_publish", "status_code", "status", "media", "caption"
    quota, types, most, grant_prefix = "content_publishing_limit", ("image/jpeg",), 10, "ig"
    moving = ("REELS",)
    token = "instagram-access-0123456789abcdefghij"
    scopes = (
        *("instagram_business_basic", "instagram_business_content_publish"),
        *("instagram_business_manage_comments", "instagram_business_manage_insights"),
    )

    def __init__(self):
        super().__init__()
        self.comments: dict[str, dict] = {}

    def route(self, verb, node, edge, form, seen):
        if edge in ("comments", "replies"):
            if node not in (self.posts if edge == "comments" else self.comments):
                raise gone(node)
            if verb == "POST":
                made = {"id": self.new_id(), "post": node, "text": form["message"], "at": datetime.now(UTC)}
                self.comments[made["id"]] = made
                return Answer(200, {"id": made["id"]})
            there = [item for item in reversed(self.comments.values()) if item["post"] == node]
            return self.listing([self.shown_comment(item) for item in there], form)
        return super().route(verb, node, edge, form, seen)

    def fits(self, form):
        super().fits(form)
        if {"video_url", "alt_text"} <= set(form):
            raise Refused(100, "(#100) Param alt_text is for images only")
        if not {"image_url", "video_url"} & set(form) and form.get("media_type") != "CAROUSEL":
            raise Refused(9004, "Only photo or video can be accepted as media type.", subcode=2207052)
        if len(form.get("caption", "")) > 2200 or form.get("caption", "").count("#") > 30:
            raise Refused(36004, "The caption is too long.", subcode=2207010)

    def shown(self, node, fields):
        return self.shown_comment(self.comments[node]) if node in self.comments else super().shown(node, fields)

    @staticmethod
    def shown_comment(item):
        at = item["at"].strftime("%Y-%m-%dT%H:%M:%S+0000")
        return {"id": item["id"], "text": item["text"], "timestamp": at, "like_count": 3}

    def told_scopes(self):
        return {"permissions": ",".join(self.scopes)}


class FakeThreads(FakeContainers):
    create, publish, status, why, own, words = (
        "threads",
        "threads_publish",
        "status",
        "error_message",
        "threads",
        "text",
    )
    quota, types, most, grant_prefix = "threads_publishing_limit", ("image/jpeg", "image/png"), 20, "th"
    token = "threads-access-0123456789abcdefghijkl"
    moving = ("VIDEO",)
    scopes = ("threads_basic", "threads_content_publish")

    def route(self, verb, node, edge, form, seen):
        if (verb, edge) == ("GET", "replies"):
            return self.listed(form, [post for post in self.posts.values() if post["reply_to_id"]])
        if (verb, edge) == ("DELETE", ""):
            if self.posts.pop(node, None) is None:
                raise gone(node)
            return Answer(200, {"success": True, "deleted_id": node})
        return super().route(verb, node, edge, form, seen)

    def fits(self, form):
        super().fits(form)
        if form["media_type"] not in ("TEXT", "IMAGE", "VIDEO", "CAROUSEL") or "auto_publish_text" in form:
            raise Refused(100, "(#100) Param media_type must be one of {TEXT, IMAGE, VIDEO, CAROUSEL}")
        if form["media_type"] == "TEXT" and not form.get("text"):
            raise Refused(100, "(#100) The parameter text is required")
        if "link_attachment" in form and form["media_type"] != "TEXT":
            raise Refused(100, "(#100) link_attachment is for text posts only")
        if threads_text.count(form.get("text", "")) > 500:
            raise Refused(100, "(#100) Param text must be at most 500 characters long.")
        if form.get("reply_to_id") and form["reply_to_id"] not in self.posts:
            raise gone(form["reply_to_id"])
