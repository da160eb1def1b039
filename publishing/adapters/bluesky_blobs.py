"""Images, videos and captions as blobs of a PDS: addressed by their content, so a record can name them before they go.

See https://atproto.com/specs/blob.
"""

from typing import Any

from publishing import http
from publishing.adapters import atproto
from publishing.adapters.atproto import Pds
from publishing.errors import TemporaryError, Words

UPLOAD = "com.atproto.repo.uploadBlob"


def upload(pds: Pds, sha256: str, mime: str, *, lost: Words, **content: Any) -> http.Response:
    """Nothing can be seen of it yet. ``lost`` says that something else arrived."""
    response = pds.check(pds.call("POST", UPLOAD, mime=mime, **content))
    if response.get("blob", "ref", "$link") != atproto.cid(sha256):
        raise TemporaryError(lost, sha256)
    return response


def blob(sha256: str, mime: str, size: int) -> dict[str, Any]:
    """As a record names it."""
    return {"$type": "blob", "ref": {"$link": atproto.cid(sha256)}, "mimeType": mime, "size": size}
