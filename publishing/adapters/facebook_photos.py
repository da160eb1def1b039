"""The images of a post or a comment on a Facebook page: uploaded unseen before it, or a single one that is the post."""

from publishing.adapters import facebook_receipts, facebook_requests, fitting
from publishing.adapters.base import DeliveryKey, Receipt, Request
from publishing.adapters.meta_api import Graph
from publishing.departing import depart
from publishing.message import Message


def described(graph: Graph, message: Message, key: DeliveryKey) -> list[Request]:
    return [
        graph.described("POST", path, {**form, "source": fitting.described(media)})
        for media, path, form in facebook_requests.photos(graph.account, message, key)
    ]


def upload(graph: Graph, message: Message, key: DeliveryKey) -> list[str]:
    """What they are called, in order. Nothing can be seen of them yet."""
    made = []
    for media, path, form in facebook_requests.photos(graph.account, message, key):
        response = graph.call("POST", path, data=form, files=facebook_requests.source(media))
        made.append(str(graph.check(response).get("id")))
    return made


def publish(graph: Graph, message: Message, key: DeliveryKey) -> Receipt:
    """The one image, as the post itself (``facebook_requests.is_photo``)."""
    [(media, path, form)] = facebook_requests.photos(graph.account, message, key)
    content = facebook_requests.source(media)
    depart()
    response = graph.check(graph.call("POST", path, data=form, files=content, effect=True))
    post, photo = str(response.get("post_id")), str(response.get("id"))
    return facebook_receipts.made(post, [photo], message, key, response)
