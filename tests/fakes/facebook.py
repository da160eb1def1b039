"""A Facebook page in miniature, with its posts, photos and comments, and the person who looks after it.

``hidden`` are posts that the list does not show yet; ``tells_views`` is whether the page may see its figures.
"""

import json
import re
from datetime import UTC, datetime

from tests.fakes.facebook_videos import Videos
from tests.fakes.meta import Access, FakeMeta, Refused, gone
from tests.fakes.server import Answer

PAGE, OTHER = "1001", "1002"
TOKEN = "facebook-page-access-0123456789abcdef"
SCOPES = (
    *("pages_show_list", "pages_read_engagement", "pages_manage_posts", "pages_manage_engagement"),
    *("pages_read_user_content", "read_insights"),
)
METRICS = {"post_media_view": 90, "post_total_media_view_unique": 80}


class FakeFacebook(Videos, FakeMeta):
    scopes, page_id = SCOPES, PAGE

    def __init__(self):
        super().__init__()
        self.pages = {PAGE: "Nordhavn Politi (øvelse)"}
        self.posts: dict[str, dict] = {}
        self.photos: dict[str, dict] = {}
        self.comments: dict[str, dict] = {}
        self.visitors: dict[str, dict] = {}  # comments of others
        self.tokens[TOKEN] = Access(PAGE, set(SCOPES))
        self.hidden: set[str] = set()
        self.tells_views = True
        self.tasks = ["CREATE_CONTENT", "MODERATE"]
        self.is_published = True

    def route(self, verb, node, edge, form, seen):
        owner = self.access(seen).owner
        node = owner if node == "me" else node
        match verb, edge:
            case "GET", "accounts":
                return self.listing([self.shown_page(page) for page in sorted(self.pages)], form)
            case "POST", "videos":
                return self.on_videos(node, form, seen)
            case "POST", "captions":
                return self.on_captions(node, form, seen)
            case "GET", "captions":
                return Answer(200, {"data": [{"locale": locale} for locale in self.film(node).captions]})
            case "GET", "video_insights":
                self.film(node)
                return Answer(200, {"data": [{"name": form["metric"], "values": [{"value": 90}]}]})
            case "POST", "photos":
                return self.photo(node, form, seen)
            case "POST", "feed":
                return self.feed(node, form, seen)
            case "GET", "published_posts":
                return self.published(node, form, seen)
            case "POST", "comments":
                return self.comment(node, form, seen)
            case "GET", "comments":
                return self.commented(node, form)
            case "GET", "insights":
                return self.insights(node, form)
            case "GET", "":
                return Answer(200, self.shown(node, form.get("fields", "")))
            case "POST", "":
                return self.change(node, form, seen)
            case "DELETE", "":
                return self.delete(node, seen)
        return super().route(verb, node, edge, form, seen)

    # --- Posts and photos

    def photo(self, page, form, seen):
        self.owns(page, seen)
        content = form.get("source")
        if not isinstance(content, bytes) or not content.startswith((b"\xff\xd8\xff", b"\x89PNG")):
            raise Refused(324, "(#324) Missing or invalid image file")
        published = form.get("published", "true") == "true"
        made = {"id": self.new_id(), "content": content, "alt": form.get("alt_text_custom", ""), "used": published}
        self.photos[made["id"]] = made
        if not published:
            return Answer(200, {"id": made["id"]})
        post = self.keep(page, form.get("caption", ""), "", [made["id"]])
        return Answer(200, {"id": made["id"], "post_id": post})

    def feed(self, page, form, seen):
        self.owns(page, seen)
        text, link = form.get("message", ""), form.get("link", "")
        photos = [item["media_fbid"] for item in json.loads(form.get("attached_media", "[]"))]
        if not text and not link and not photos:
            raise Refused(100, "(#100) The post must have a message or an attachment")
        if [item for item in photos if item not in self.photos or self.photos[item]["used"]]:
            raise Refused(100, "(#100) Invalid parameter", subcode=1366046)
        last = list(self.posts.values())[-1:]
        if last and (last[0]["text"], last[0]["link"]) == (text, link):
            raise Refused(506, "(#506) Duplicate status message", subcode=1455006)
        for item in photos:
            self.photos[item]["used"] = True
        return Answer(200, {"id": self.keep(page, text, link, photos)})

    def keep(self, page, text, link, photos):
        post = {"id": f"{page}_{self.new_id()}", "text": text, "link": link, "photos": photos}
        self.posts[post["id"]] = {**post, "at": datetime.now(UTC)}
        return post["id"]

    def published(self, page, form, seen):
        self.owns(page, seen, "pages_read_engagement")
        newest = [post for post in reversed(self.posts.values()) if post["id"] not in self.hidden]
        return self.listing([self.shown_post(post) for post in newest], form)

    def change(self, node, form, seen):
        self.needs(seen, "pages_manage_posts")
        if node in self.videos:
            return self.change_video(self.film(node), form)
        kept = self.posts.get(node) or self.comments.get(node)
        if kept is None:
            raise gone(node)
        kept["text"] = form["message"]
        return Answer(200, {"success": True})

    def delete(self, node, seen):
        """What stood below a post or a comment goes with it; photos stay in their album."""
        self.needs(seen, "pages_manage_engagement" if node in self.comments else "pages_manage_posts")
        if not any(kept.pop(node, None) for kept in (self.posts, self.comments, self.photos, self.videos)):
            raise gone(node)
        below = [item["id"] for item in self.comments.values() if item["post"] == node]
        for comment in below:
            self.delete(comment, seen)
        return Answer(200, {"success": True})

    def owns(self, page, seen, scope="pages_manage_posts"):
        self.needs(seen, scope)
        if page not in self.pages or self.access(seen).owner != page:
            raise Refused(200, "(#200) The access belongs to another page", status=403)

    # --- Comments

    def comment(self, node, form, seen):
        self.needs(seen, "pages_manage_engagement")
        if node not in {**self.posts, **self.comments, **self.videos}:
            raise gone(node)
        photo = form.get("attachment_id", "")
        if photo and photo not in self.photos:
            raise Refused(100, "(#100) Invalid parameter")
        if len(form.get("message", "")) > 8000:
            raise Refused(100, "(#100) The comment is too long")
        made = {"id": f"{node.rpartition('_')[2]}_{self.new_id()}", "post": node, "text": form.get("message", "")}
        self.comments[made["id"]] = {**made, "photos": [photo] if photo else [], "at": datetime.now(UTC)}
        return Answer(200, {"id": made["id"]})

    def commented(self, node, form):
        if node not in {**self.posts, **self.comments, **self.videos}:
            raise gone(node)
        mine = [self.shown_comment(item, PAGE) for item in self.comments.values() if item["post"] == node]
        theirs = [self.shown_comment(item, "") for item in self.visitors.values() if item["post"] == node]
        newest = sorted([*mine, *theirs], key=lambda item: item["created_time"], reverse=True)
        return self.listing(newest, form)

    # --- As Facebook shows it

    def shown(self, node, fields):
        if node in self.pages:
            return self.shown_page(node) | {
                "link": f"https://www.facebook.com/{node}",
                "is_published": self.is_published,
            }
        if node in self.posts:
            return self.shown_post(self.posts[node]) | self.counted(fields)
        if node in self.videos:
            return self.shown_video(self.videos[node], fields)
        if node in self.comments:
            return self.shown_comment(self.comments[node], PAGE) | {"like_count": 4, "comment_count": 2}
        if node in self.photos:
            alt, story = self.photos[node]["alt"], "1_1" if self.photos[node]["used"] else ""
            return {
                "id": node,
                **({"alt_text_custom": alt} if alt else {}),
                **({"page_story_id": story} if story and "page_story_id" in fields else {}),
            }
        if node == self.person:
            return {"id": node, "name": "Mette Holm"}
        raise gone(node)

    def shown_page(self, page):
        token = next((text for text, access in self.tokens.items() if access.owner == page), "")
        if not token:
            token = f"facebook-page-access-of-{page}-abcdefghij"
            self.tokens[token] = Access(page, set(self.scopes))
        return {
            "id": page,
            "name": self.pages[page],
            "link": f"https://www.facebook.com/{page}",
            "access_token": token,
            "tasks": self.tasks,
        }

    def shown_post(self, post):
        made = {"id": post["id"], "permalink_url": f"https://www.facebook.com/{post['id'].replace('_', '/posts/')}"}
        made["created_time"] = stamp(post["at"])
        if post["text"]:
            made["message"] = post["text"]
        photos = [{"media_type": "photo", "target": {"id": item}} for item in post["photos"]]
        if len(photos) > 1:
            made["attachments"] = {"data": [{"media_type": "album", "subattachments": {"data": photos}}]}
        elif photos:
            made["attachments"] = {"data": photos}
        elif found := post["link"] or next(iter(re.findall(r"https?://\S+", post["text"])), ""):
            card = {"media_type": "link", "url": "https://l.facebook.com/l.php?u=x", "unshimmed_url": found}
            made["attachments"] = {"data": [card]}
        return made

    def shown_comment(self, item, page):
        made = {"id": item["id"], "message": item["text"], "created_time": stamp(item["at"])}
        made["permalink_url"] = f"https://www.facebook.com/{item['id']}"
        if page:  # who else wrote is not told
            made["from"] = {"id": page, "name": self.pages[page]}
        if item["photos"]:
            made["attachment"] = {"type": "photo", "target": {"id": item["photos"][0]}}
        return made

    def counted(self, fields):
        made = {}
        for number, name in enumerate(("reactions", "comments"), start=7):
            if name in fields:
                made[name] = {"data": [], "summary": {"total_count": number}}
        return made | ({"shares": {"count": 3}} if "shares" in fields else {})

    def insights(self, node, form):
        if node not in self.posts:
            raise gone(node)
        asked = form.get("metric", "").split(",")
        if not self.tells_views or set(asked) - set(METRICS):
            raise Refused(100, "(#100) The value must be a valid insights metric")
        values = [{"name": name, "period": "lifetime", "values": [{"value": METRICS[name]}]} for name in asked]
        return Answer(200, {"data": values})


def stamp(moment):
    return moment.strftime("%Y-%m-%dT%H:%M:%S+0000")
