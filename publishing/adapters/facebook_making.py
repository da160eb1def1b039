"""A post or a comment on a Facebook page: its photos, unseen, and then itself."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from publishing.adapters import facebook_photos, facebook_receipts, facebook_requests, meta_errors, own_posts
from publishing.adapters.base import Absent, CannotTell, DeliveryKey, Receipt
from publishing.adapters.meta_api import Graph
from publishing.departing import depart
from publishing.errors import ContentRejected
from publishing.message import Message

Find = Callable[[], Receipt | Absent | CannotTell]


def make(graph: Graph, message: Message, key: DeliveryKey, find: Find) -> Receipt:
    """``find`` looks for it where the platform says that it has these words already."""
    photos: list[str] = []
    with facebook_photos.left_if_in_vain(photos):
        facebook_photos.upload(graph, message, key, photos)
        return _post(graph, message, key, photos, find)


def _post(graph: Graph, message: Message, key: DeliveryKey, photos: list[str], find: Find) -> Receipt:
    path, form = facebook_requests.post(graph.account, message, key, photos)
    depart()
    response = graph.call("POST", path, data=form, effect=True)
    if meta_errors.is_duplicate(response):
        return own_posts.already_posted(
            find,
            "506",
            unclear=_("The platform says that it has this post already."),
            by_others=_("Facebook refuses this text because the page has just posted the same."),
        )
    if key.answers is not None and meta_errors.is_gone(response):
        raise ContentRejected(_("The post that this answers is not there any more."), response.where)
    return facebook_receipts.made(str(graph.check(response).get("id")), photos, message, key, response)
