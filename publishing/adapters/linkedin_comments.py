"""An answer to a post of our own on LinkedIn: the first comment. Comments are plain text, not little text."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from publishing.adapters import answers, fitting, linkedin_text, own_posts
from publishing.adapters.base import Absent, CannotTell, DeliveryKey, Limits, Problem, ReadBack, Receipt, Request
from publishing.adapters.linkedin_api import Api, encoded
from publishing.adapters.linkedin_timeline import permalink
from publishing.departing import depart
from publishing.errors import ContentRejected
from publishing.message import Message

MOST = 1250  # characters, as LinkedIn's own field for comments takes
SIZE, PAGES = 100, 5

Comment = Mapping[str, Any]


def count(message: Message) -> tuple[int, int]:
    return linkedin_text.length(fitting.whole_text(message)), MOST


def problems(message: Message) -> list[Problem]:
    """Everything that stops this message from being a comment."""
    used, most = count(message)
    if message.media:
        sentence = _("A comment on LinkedIn carries no images: their alternative texts would be lost.")
        return [Problem("media", sentence, "too_many_images")]
    return fitting.problems(message, Limits(characters=most), used=used)


def place(answered: Receipt) -> str:
    """Where what answers this is made and found."""
    return f"/rest/socialActions/{encoded(_under(answered))}/comments"


def write(owner: str, message: Message, answered: Receipt) -> dict[str, Any]:
    on, under = _post(answered), _under(answered)
    made: dict[str, Any] = {"actor": owner, "object": on, "message": {"text": fitting.whole_text(message)}}
    return made if under == on else {**made, "parentComment": under}


def patch(message: Message) -> dict[str, Any]:
    """What changes the words of a comment that is out."""
    return {"message": {"$set": {"text": fitting.whole_text(message)}}}


def described(api: Api, message: Message, answered: Receipt) -> Request:
    return api.described("POST", place(answered), "CREATE", write(api.owner, message, answered))


def send(api: Api, message: Message, answered: Receipt) -> Receipt:
    depart()
    body = write(api.owner, message, answered)
    response = api.call("POST", place(answered), "CREATE", json=body, effect=True)
    if response.status == 404:
        raise ContentRejected(_("The post that this one answers is not on the platform any more."), response.where)
    api.check(response)
    number = response.headers.get("x-restli-id") or response.data().get("id")
    if not number:
        raise response.unreadable("no x-restli-id")
    return _receipt(answered, str(number), str(response.data().get("commentUrn") or ""))


def _receipt(answered: Receipt, number: str, urn: str) -> Receipt:
    on = _post(answered)
    link = f"{permalink(on)}?commentUrn={encoded(urn)}" if urn else permalink(on)
    details = {"post": on, "under": _under(answered), "comment": number}
    return Receipt(urn or f"{on}/comments/{number}", link, details)


def _post(answered: Receipt) -> str:
    return str(answered.details.get("post") or answered.remote_id)


def _under(answered: Receipt) -> str:
    """The post, or the comment on it that this answers: LinkedIn has answers to comments, and none to those."""
    under = str(answered.details.get("under") or "")
    if under == _post(answered) and answered.remote_id.startswith("urn:li:comment:"):
        return answered.remote_id
    return under or answered.remote_id


def find(api: Api, message: Message, key: DeliveryKey, answered: Receipt) -> Receipt | Absent | CannotTell:
    """Among the organisation's own comments on that post, since the first attempt began."""
    since = key.moment - own_posts.CLOCKS_DIFFER
    for page in range(PAGES):
        response = api.seen(api.call("GET", f"{place(answered)}?start={page * SIZE}&count={SIZE}", "GET_ALL"))
        elements = response.get("elements") if response is not None else []
        for item in elements:
            told = (item.get("created") or {}).get("time")
            ours = item.get("actor") == api.owner and (type(told) is not int or told / 1000 >= since.timestamp())
            if ours and _says(message, item):
                return _receipt(answered, str(item.get("id")), str(item.get("commentUrn") or ""))
        if len(elements) < SIZE:
            return Absent(_("It is not among the comments."))
    return CannotTell(_("There are too many comments to be sure."))


def look(api: Api, details: Mapping[str, Any]) -> Comment | None:
    """One comment; None when it is not there (any more)."""
    response = api.seen(api.call("GET", _path(details), "GET"))
    return None if response is None else response.data()


def read(api: Api, message: Message, details: Mapping[str, Any]) -> ReadBack:
    comment = look(api, details)
    if comment is None:
        return ReadBack(False)
    return ReadBack(True, tuple(fitting.differences(message, _says(message, comment), [])))


def withdraw(api: Api, details: Mapping[str, Any]) -> None:
    api.delete(place_of(api.owner, details))
    answers.must_be_gone(look(api, details), str(details.get("comment")))


def counts(comment: Comment) -> dict[str, Any]:
    """What LinkedIn tells of one comment."""
    likes, replies = comment.get("likesSummary") or {}, comment.get("commentsSummary") or {}
    return {"likes": likes.get("aggregatedTotalLikes"), "replies": replies.get("aggregatedTotalComments")}


def place_of(owner: str, details: Mapping[str, Any]) -> str:
    """Where one comment is changed and deleted, in the organisation's name."""
    return f"{_path(details)}?actor={encoded(owner)}"


def _path(details: Mapping[str, Any]) -> str:
    return f"/rest/socialActions/{encoded(str(details['under']))}/comments/{encoded(str(details['comment']))}"


def _says(message: Message, comment: Comment) -> bool:
    told = str((comment.get("message") or {}).get("text") or "")
    return own_posts.bare(fitting.whole_text(message)) == own_posts.bare(told)
