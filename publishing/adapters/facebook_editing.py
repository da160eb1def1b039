"""Changing what is out on a Facebook page: the words of a post, a video or a comment. Nothing else can be changed."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from publishing.adapters import facebook_receipts, meta_api, meta_errors
from publishing.adapters.base import Account, Problem, Receipt
from publishing.adapters.facebook_posts import posted_text
from publishing.adapters.facebook_requests import beside_the_words
from publishing.adapters.meta_api import Graph
from publishing.departing import depart
from publishing.errors import ContentRejected
from publishing.message import Message


def problems(message: Message, receipt: Receipt) -> list[Problem]:
    """A card, images and a video stay as they are, so a correction of those cannot be carried."""
    if beside_the_words(message, comment=facebook_receipts.is_comment(receipt)) == receipt.details.get("kept"):
        return []
    sentence = _("On Facebook only the words can be corrected: take it down, and send it anew.")
    return [Problem("media", sentence, "words_only")]


def edit(account: Account, message: Message, receipt: Receipt) -> Receipt:
    """The words only; that nothing else is to change was looked at before."""
    graph, words = Graph(account), "description" if message.video else "message"
    form = {words: posted_text(message, comment=facebook_receipts.is_comment(receipt))}
    depart()
    response = graph.call("POST", receipt.remote_id, data=form, effect=True)
    if meta_errors.is_gone(response):
        raise ContentRejected(_("It is no longer there, so it cannot be corrected."), response.where)
    if graph.check(response).get("success") is not True:
        raise response.unreadable("no success")
    return replace(receipt, not_before=meta_api.not_before(response))
