"""A first comment under a post of ours on Instagram: text only, made in one step, so there is no container to fence it.

What stands in for one: the point of no return is noted before, and a lost answer is looked up among the comments.
"""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from publishing.adapters import fitting, fitting_video, instagram_text, meta_api
from publishing.adapters.base import (
    Absent,
    CannotTell,
    DeliveryKey,
    Figures,
    Limits,
    Problem,
    ReadBack,
    Receipt,
    Request,
)
from publishing.adapters.meta_api import Graph
from publishing.adapters.meta_errors import is_gone
from publishing.adapters.meta_posts import Own, is_same
from publishing.departing import depart
from publishing.errors import ContentRejected
from publishing.message import Message

MOST, HASHTAGS, LINKS = 300, 4, 1
FIGURES = {"likes": "like_count"}


def count(message: Message) -> tuple[int, int]:
    return instagram_text.count(fitting.whole_text(message)), MOST


def problems(message: Message) -> list[Problem]:
    """Everything that stops this message from being a comment."""
    text, (used, most) = fitting.whole_text(message), count(message)
    found = []
    if not text.strip():
        found.append(Problem("text", _("There is nothing to send: write a text."), "empty"))
    found += fitting_video.problems(message, Limits())
    if message.media:
        found.append(Problem("media", _("A comment on Instagram carries no image."), "too_many_images"))
    if used > most:
        sentence = _("A comment on Instagram has %(most)s characters at most.")
        found.append(Problem("text", sentence % {"most": most}, "too_long"))
    if len(instagram_text.HASHTAG.findall(text)) > HASHTAGS:
        sentence = _("A comment on Instagram has %(most)s hashtags at most.")
        found.append(Problem("text", sentence % {"most": HASHTAGS}, "too_many_hashtags"))
    if text.count("://") > LINKS:
        found.append(Problem("text", _("A comment on Instagram has one link at most."), "too_many_links"))
    if text.isupper():
        found.append(Problem("text", _("Instagram refuses a comment in capitals only."), "capitals"))
    return found


def described(graph: Graph, message: Message, answered: Receipt) -> Request:
    return graph.described("POST", _place(answered), {"message": fitting.whole_text(message)})


def send(graph: Graph, message: Message, answered: Receipt) -> Receipt:
    depart()
    form = {"message": fitting.whole_text(message)}
    response = graph.call("POST", _place(answered), data=form, effect=True)
    if is_gone(response):
        raise ContentRejected(_("The post that this answers is not there any more."), response.where)
    made = _receipt(answered, str(graph.check(response).get("id")))
    return Receipt(made.remote_id, made.permalink, made.details, meta_api.not_before(response))


def find(graph: Graph, message: Message, key: DeliveryKey, answered: Receipt) -> Receipt | Absent | CannotTell:
    """Among the comments on that post since the first attempt began; others may have written there too."""
    listed = Own(graph, _place(answered), "text", fields="id,timestamp")
    found = listed.sought(fitting.whole_text(message), key.moment)
    return _receipt(answered, str(found["id"])) if isinstance(found, Mapping) else found


def read(graph: Graph, message: Message, receipt: Receipt) -> ReadBack:
    there = graph.look(receipt.remote_id, "id,text")
    if there is None:
        return ReadBack(False)
    same = is_same(fitting.whole_text(message), there.data().get("text"))
    return ReadBack(True, tuple(fitting.differences(message, same, [])))


def metrics(graph: Graph, receipt: Receipt) -> Figures | None:
    there = graph.look(receipt.remote_id, "id,like_count")
    return meta_api.figures(there, there.data(), FIGURES) if there is not None else None


def _place(answered: Receipt) -> str:
    """Comments stand under a post, and answers to a comment under that."""
    return f"{answered.remote_id}/{'replies' if 'comment' in answered.details else 'comments'}"


def _receipt(answered: Receipt, made: str) -> Receipt:
    return Receipt(made, answered.permalink, {"comment": True})
