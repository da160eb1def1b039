"""What is really there of a post or a comment on a Facebook page, and in what it is not as it was sent."""

from django.utils.translation import gettext_lazy as _

from publishing.adapters import facebook_posts, facebook_receipts, fitting
from publishing.adapters.base import Account, ReadBack, Receipt
from publishing.adapters.facebook_posts import COMMENT_FIELDS, FIELDS
from publishing.adapters.meta_api import Graph
from publishing.message import Message


def read(account: Account, message: Message, receipt: Receipt) -> ReadBack:
    graph, comment = Graph(account), facebook_receipts.is_comment(receipt)
    response = graph.look(receipt.remote_id, COMMENT_FIELDS if comment else FIELDS)
    if response is None:
        return ReadBack(False)
    shown = (facebook_posts.of_comment if comment else facebook_posts.of_post)(response.data())
    looked = [graph.look(photo, "alt_text_custom") for photo in shown.photos]
    alts = [photo.data().get("alt_text_custom") if photo else None for photo in looked]
    same = facebook_posts.is_same_text(message, shown, comment=comment)
    problems = fitting.differences(message, same, alts)
    if message.link and not message.media and not comment and not shown.link:
        problems.append(_("The link is not shown."))
    return ReadBack(True, tuple(problems))
