"""Changing the words of what is out on LinkedIn: a post's commentary, a comment's text. Nothing else can be changed.

Setting the same words again is harmless. See learn.microsoft.com, "Posts API" (partial update) and "Comments API".
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from publishing.adapters import answers
from publishing.adapters import linkedin_comments as comments
from publishing.adapters import linkedin_post as post
from publishing.adapters.base import Problem, Receipt
from publishing.adapters.linkedin_api import PLATFORM, POSTS, Api, encoded
from publishing.departing import depart
from publishing.errors import ContentRejected
from publishing.message import Message


def edit(api: Api, message: Message, receipt: Receipt) -> Receipt:
    """The words only; that nothing else is to change was looked at before."""
    if "comment" in receipt.details:
        path, patch = comments.place_of(api.owner, receipt.details), comments.patch(message)
    else:
        path, patch = f"{POSTS}/{encoded(receipt.remote_id)}", post.patch(message)
    depart()
    response = api.call("POST", path, "PARTIAL_UPDATE", json={"patch": patch}, effect=True)
    if response.status == 404:
        raise ContentRejected(_("It is no longer there, so it cannot be corrected."), response.where)
    return replace(receipt, not_before=answers.used_up_until(api.check(response), PLATFORM))


def kept(message: Message) -> Mapping[str, Any]:
    """What a receipt of a post remembers for this."""
    return {"kept": post.beside_the_words(message)}


def problems(message: Message, receipt: Receipt) -> list[Problem]:
    """A card and images stay as they are, so a correction of those cannot be carried."""
    if "comment" in receipt.details or post.beside_the_words(message) == receipt.details.get("kept"):
        return []
    sentence = _("On LinkedIn only the words can be corrected: take it down, and send it anew.")
    return [Problem("media", sentence, "words_only")]
