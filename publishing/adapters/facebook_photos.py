"""The images of a post or a comment on a Facebook page: uploaded unseen before it, or a single one that is the post."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.utils.translation import gettext as _

from publishing.adapters import answers, facebook_receipts, facebook_requests, fitting
from publishing.adapters.base import DeliveryKey, Receipt, Request
from publishing.adapters.meta_api import Graph
from publishing.departing import depart
from publishing.errors import ContentRejected, DeliveryError, OutcomeUnknown
from publishing.message import Message


def described(graph: Graph, message: Message, key: DeliveryKey) -> list[Request]:
    return [
        graph.described("POST", path, {**form, "source": fitting.described(media)})
        for media, path, form in facebook_requests.photos(graph.account, message, key)
    ]


def upload(graph: Graph, message: Message, key: DeliveryKey, made: list[str]) -> None:
    """``made``: what they are called, in order, as far as it came. Nothing can be seen of them yet."""
    for media, path, form in facebook_requests.photos(graph.account, message, key):
        response = graph.call("POST", path, data=form, files=facebook_requests.source(media))
        made.append(str(graph.check(response).get("id")))


@contextmanager
def left_if_in_vain(made: list[str]) -> Iterator[None]:
    """What stops the post leaves its photos behind: in no album, and for those who look after the page to publish.

    Not where nobody knows whether they are part of a post by now.
    """
    try:
        yield
    except OutcomeUnknown:
        raise
    except DeliveryError as error:
        error.left = {"photos": made} if made else None
        raise


def discard(graph: Graph, left: Mapping[str, Any]) -> None:
    """Only what stands in no post (https://developers.facebook.com/docs/graph-api/reference/photo/)."""
    for node in left["photos"]:
        there = graph.look(node, "page_story_id")
        if there is None:
            continue
        if there.data().get("page_story_id"):
            raise ContentRejected(_("The image was given up, and is out on Facebook all the same."), node)
        graph.delete(node)
        answers.must_be_gone(graph.look(node, "id"), node)


def publish(graph: Graph, message: Message, key: DeliveryKey) -> Receipt:
    """The one image, as the post itself (``facebook_requests.is_photo``)."""
    [(media, path, form)] = facebook_requests.photos(graph.account, message, key)
    content = facebook_requests.source(media)
    depart()
    response = graph.check(graph.call("POST", path, data=form, files=content, effect=True))
    post, photo = str(response.get("post_id")), str(response.get("id"))
    return facebook_receipts.made(post, [photo], message, key, response)
