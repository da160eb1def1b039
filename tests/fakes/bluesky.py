"""A PDS in miniature: one account, its sessions, blobs and records. Refuses what the official one (0.4.217) refuses."""

import base64
import hashlib
import json
import re
import time
from datetime import datetime

import regex

from tests.fakes.server import Answer, Fake

TID = re.compile(r"[234567abcdefghij][234567a-z]{12}")
MAGIC = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG": "image/png", b"RIFF": "image/webp"}
DIDS = re.compile("did:[a-z]+:[a-zA-Z0-9._:%-]+")
DID = "did:plc:politipolitipolitipoliti"
HANDLE = "politi.example"


def refused(status, code, message="", **headers):
    return Answer(status, {"error": code, "message": message or code}, headers)


class Refused(Exception):
    def __init__(self, *args, **headers):
        super().__init__(args)
        self.answer = refused(*args, **headers)


class FakeBluesky(Fake):
    """``records`` are what the public sees, by record key. ``blobs`` are bytes by address."""

    def __init__(self, *, blob_limit=1_000_000):
        super().__init__()
        self.blob_limit = blob_limit
        self.app_passwords = {"abcd-efgh-ijkl-mnop"}
        self.scope = "com.atproto.appPass"
        self.active = True
        self.access: set[str] = set()
        self.refresh: set[str] = set()
        self.blobs: dict[str, tuple[bytes, str]] = {}
        self.records: dict[str, dict] = {}
        self.others = {HANDLE: DID, "brandvagten.example": "did:plc:brandvagtenbrandvagten22"}  # who has which handle
        self.hours = 2.0  # of an access token

    def handle(self, seen):
        name = seen.path.removeprefix("/xrpc/").replace(".", "_")
        try:
            found = getattr(self, name, None)
            if found is None:
                raise Refused(501, "MethodNotImplemented")
            return found(seen)
        except Refused as no:
            return no.answer

    # --- Sessions

    def com_atproto_server_createSession(self, seen):
        if seen.json["identifier"] not in (HANDLE, DID) or seen.json["password"] not in self.app_passwords:
            raise Refused(401, "AuthenticationRequired", "Invalid identifier or password")
        return self.session()

    def com_atproto_server_refreshSession(self, seen):
        if seen.token in self.access:
            raise Refused(400, "InvalidToken", "Invalid token scope")
        if seen.token not in self.refresh:
            raise Refused(400, "ExpiredToken", "Token has been revoked")
        self.refresh.remove(seen.token)
        return self.session()

    def session(self):
        access, refresh = self.token(self.hours), self.token(90 * 24)
        self.access.add(access)
        self.refresh.add(refresh)
        return Answer(
            200,
            {"accessJwt": access, "refreshJwt": refresh, "did": DID, "handle": HANDLE, "active": self.active},
        )

    def token(self, hours):
        claims = {"sub": DID, "exp": int(time.time() + hours * 3600), "jti": len(self.access), "scope": self.scope}
        parts = ({"alg": "HS256", "typ": "at+jwt"}, claims)
        encoded = [base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts]
        return ".".join([*encoded, hashlib.sha256("".join(encoded).encode()).hexdigest()])

    def authorised(self, seen):
        if not seen.token:
            raise Refused(401, "AuthMissing", "Authentication Required")
        if seen.token not in self.access:
            raise Refused(400, "InvalidToken", "Token could not be verified")
        claims = json.loads(base64.urlsafe_b64decode(seen.token.split(".")[1] + "=="))
        if claims["exp"] < time.time():
            raise Refused(400, "ExpiredToken", "Token has expired")

    def com_atproto_server_getSession(self, seen):
        self.authorised(seen)
        return Answer(200, {"did": DID, "handle": HANDLE, "active": self.active})

    def com_atproto_server_describeServer(self, seen):
        return Answer(200, {"did": "did:web:pds.example", "blobUploadLimit": self.blob_limit})

    def com_atproto_identity_resolveHandle(self, seen):
        if seen.token:
            raise Refused(400, "InvalidRequest", "our access is nobody's business here")
        if seen.query["handle"] not in self.others:
            raise Refused(400, "InvalidRequest", "Unable to resolve handle")
        return Answer(200, {"did": self.others[seen.query["handle"]]})

    # --- The repository

    def com_atproto_repo_uploadBlob(self, seen):
        self.authorised(seen)
        if len(seen.body) > self.blob_limit:
            raise Refused(413, "PayloadTooLarge", "request entity too large")
        mime = next((mime for magic, mime in MAGIC.items() if seen.body.startswith(magic)), None)
        mime = "video/mp4" if seen.body[4:12] == b"ftypmp42" else mime
        mime = mime or seen.headers["content-type"]
        digest = b"\x01\x55\x12\x20" + hashlib.sha256(seen.body).digest()
        link = "b" + base64.b32encode(digest).decode().lower().rstrip("=")
        self.blobs[link] = (seen.body, mime)
        blob = {"$type": "blob", "ref": {"$link": link}, "mimeType": mime, "size": len(seen.body)}
        return Answer(200, {"blob": blob})

    def com_atproto_repo_putRecord(self, seen):
        rkey, record = self.checked(seen)
        there = self.records.get(rkey)
        uri = {"uri": self.uri(rkey), "validationStatus": "valid"}
        if there is not None and there == record:
            return Answer(200, {**uri, "cid": cid(there)})
        if "swapRecord" in seen.json and seen.json["swapRecord"] != (there and cid(there)):
            raise Refused(400, "InvalidSwap", f"Record was at {there and cid(there)}")
        self.records[rkey] = record
        return Answer(200, {**uri, "cid": cid(record), "commit": {"cid": cid({"commit": rkey}), "rev": rkey}})

    def com_atproto_repo_createRecord(self, seen):
        rkey, record = self.checked(seen)
        if rkey in self.records:
            raise Refused(500, "InternalServerError", "Internal Server Error")
        self.records[rkey] = record
        return Answer(200, {"uri": self.uri(rkey), "cid": cid(record), "validationStatus": "valid"})

    def com_atproto_repo_getRecord(self, seen):
        record = self.records.get(seen.query["rkey"]) if seen.query["repo"] in (DID, HANDLE) else None
        if record is None:
            raise Refused(400, "RecordNotFound", "Could not locate record")
        return Answer(200, {"uri": self.uri(seen.query["rkey"]), "cid": cid(record), "value": record})

    def com_atproto_repo_deleteRecord(self, seen):
        self.authorised(seen)
        there = self.records.pop(seen.json["rkey"], None)
        return Answer(200, {"commit": {"rev": seen.json["rkey"]}} if there else {})

    def app_bsky_feed_getPosts(self, seen):
        self.authorised(seen)
        there = seen.query["uris"].rpartition("/")[2] in self.records
        post = {"uri": seen.query["uris"], "likeCount": 3, "repostCount": 2, "replyCount": 1, "quoteCount": 0}
        return Answer(200, {"posts": [post] if there else []})

    # --- What it refuses

    def checked(self, seen):
        self.authorised(seen)
        body = seen.json
        record = body["record"]
        if not self.active:
            raise Refused(401, "AccountDeactivated", "Account is deactivated")
        if body["repo"] not in (DID, HANDLE):
            raise Refused(403, "AccountNotFound", "Could not find repo")
        for fault in [*faults(body["rkey"], record), *self.blob_faults(record)]:
            raise Refused(400, *fault)
        return body["rkey"], record

    def blob_faults(self, record):
        embed = record.get("embed", {})
        tracks = [(track["file"], "text/vtt", 20_000) for track in embed.get("captions", [])]
        videos = [(embed["video"], "video/mp4", 100_000_000)] if "video" in embed else []
        for blob, mime, most in [*tracks, *videos]:
            if blob["mimeType"] != mime or blob["size"] > most:
                yield "InvalidMimeType", f"Wrong mimetype or too large: {blob}"
        blobs = [blob for blob, _mime, _most in [*tracks, *videos]]
        for blob in [*blobs, *(image["image"] for image in embed.get("images", []))]:
            content, mime = self.blobs.get(blob["ref"]["$link"], (None, None))
            if content is None:
                yield "BlobNotFound", "Could not find blob"
            elif (mime, len(content)) != (blob["mimeType"], blob["size"]):
                yield "InvalidMimeType", f"Referenced Mimetype does not match stored mimetype: {mime}"

    def uri(self, rkey):
        return f"at://{DID}/app.bsky.feed.post/{rkey}"


def faults(rkey, record):
    """(code, message) of everything that the lexicon does not allow."""
    text = record["text"]
    wrong = "Invalid app.bsky.feed.post record: "
    if not TID.fullmatch(rkey):
        yield "InvalidRequest", "Invalid record key"
    if len(text.encode()) > 3000:
        yield "InvalidRequest", wrong + f"string too big (maximum 3000, got {len(text.encode())}) at $.record.text"
    if (used := len(regex.findall(r"\X", text))) > 300:
        yield "InvalidRequest", wrong + f"grapheme too big (maximum 300, got {used}) at $.record.text"
    if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", record["createdAt"]):
        yield "InvalidRequest", wrong + "createdAt must be an valid atproto datetime"
    else:
        datetime.fromisoformat(record["createdAt"])
    if not all(re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]+)*", lang) for lang in record.get("langs", [])):
        yield "InvalidRequest", wrong + "langs must be a well-formed BCP 47 language tag"
    for facet in record.get("facets", []):
        if any("uri" in item and not item["uri"].startswith("http") for item in facet["features"]):
            yield "InvalidRequest", wrong + "uri must be a valid uri"
        if any("did" in item and not DIDS.fullmatch(item["did"]) for item in facet["features"]):
            yield "InvalidRequest", wrong + "did must be a valid did"
    for name in ("root", "parent") if "reply" in record else ():
        there = record["reply"].get(name, {})
        if set(there) != {"uri", "cid"} or not there["uri"].startswith("at://"):
            yield "InvalidRequest", wrong + f"Missing required key at $.record.reply.{name}"
    embed = record.get("embed", {})
    if len(embed.get("images", [])) > 4:
        yield "InvalidRequest", wrong + "array too big (maximum 4)"
    if any("alt" not in image for image in embed.get("images", [])):
        yield "InvalidRequest", wrong + 'Missing required key "alt"'
    if "video" in embed and (embed["$type"] != "app.bsky.embed.video" or len(embed.get("alt", "").encode()) > 10_000):
        yield "InvalidRequest", wrong + "not a video"
    if any(set(track) != {"lang", "file"} for track in embed.get("captions", [])):
        yield "InvalidRequest", wrong + "Missing required key at $.record.embed.captions"
    if "external" in embed and {"uri", "title", "description"} - embed["external"].keys():
        yield "InvalidRequest", wrong + "Missing required key"


def cid(record):
    return "bafyrei" + hashlib.sha256(json.dumps(record, sort_keys=True).encode()).hexdigest()[:52]
