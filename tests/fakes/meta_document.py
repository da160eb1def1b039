"""Which parameters Meta takes: by its own document where that lies beside the checkout, else by a short list of ours.

The document is not ours to keep (``../shared/specs``, or PEJLEMAERKE_SHARED). Ours names only what the product uses,
so it is the stricter of the two; ``test_meta_document`` holds it against the document.
"""

import json
import os
import re
from functools import cache
from pathlib import Path

ALWAYS = {"access_token", "appsecret_proof", "method"}  # taken by every call
# By verb and edge. What has no entry here and none in the document takes anything.
OURS = {
    ("POST", "feed"): {"message", "link", "attached_media", "published"},
    ("POST", "photos"): {"caption", "url", "source", "alt_text_custom", "published"},
    ("POST", "media"): {
        *("image_url", "caption", "alt_text", "media_type", "children", "is_carousel_item"),
        *("video_url", "cover_url", "share_to_feed"),
    },
    ("POST", "media_publish"): {"creation_id"},
    ("POST", "threads"): {
        *(
            "media_type",
            "text",
            "image_url",
            "video_url",
            "alt_text",
            "children",
            "is_carousel_item",
            "link_attachment",
        ),
        *("reply_to_id", "reply_control", "topic_tag"),
    },
    ("POST", "threads_publish"): {"creation_id"},
    # Not in the converted document; from Page.json, PagePost.json, Comment.json and AdVideo.json of the code generator.
    ("POST", ""): {"message", "attachment_id", "is_hidden", "description", "published"},
    ("POST", "videos"): {
        *("upload_phase", "file_size", "upload_session_id", "start_offset", "video_file_chunk", "description", "thumb"),
        *("published", "unpublished_content_type"),
    },
    ("POST", "captions"): {"captions_file", "default_locale", "locales_to_delete"},
    ("POST", "comments"): {"message", "attachment_id", "attachment_url", "attachment_share_url", "parent_comment_id"},
}


def path() -> Path:
    shared = os.environ.get("PEJLEMAERKE_SHARED") or Path(__file__).resolve().parents[3] / "shared"
    return Path(shared) / "specs" / "meta-openapi.json"


@cache
def listed() -> dict[tuple[str, str], tuple[set[str], set[str]]]:
    """By verb and edge: all parameters of a body, and those that must be there. Empty without the document."""
    if not path().exists():
        return {}
    found = {}
    for address, verbs in json.loads(path().read_text())["paths"].items():
        for verb, operation in verbs.items():
            bodies = operation.get("requestBody", {}).get("content", {}).values()
            for body in bodies:
                edge = re.sub(r"^/v[\d.]+/\{\w+\}/?", "", address)
                schema = body["schema"]
                found[verb.upper(), edge] = (set(schema["properties"]), set(schema.get("required", ())))
    return found


def refused(verb: str, edge: str, parameters: set[str]) -> str:
    """What Meta would say against these parameters; empty when it takes them."""
    known, needed = listed().get((verb, edge)) or (OURS.get((verb, edge)), set())
    if known is None:
        return ""
    unknown = sorted(parameters - known - ALWAYS)
    if unknown:
        return f"(#100) Additional properties are not allowed ({', '.join(unknown)})"
    missing = sorted(needed - parameters)
    return f"(#100) The parameter {missing[0]} is required" if missing else ""
