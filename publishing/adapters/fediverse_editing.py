"""Changing a post that is out on a server with Mastodon's API. Whoever boosted it is told by the server."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from publishing.adapters import answers, fediverse_media, fediverse_status
from publishing.adapters.base import DeliveryKey, Prepared, Receipt
from publishing.adapters.fediverse import PLATFORM, STATUSES, Server
from publishing.departing import depart
from publishing.errors import ContentRejected, OutcomeUnknown, TemporaryError
from publishing.message import Message


def edit(server: Server, message: Message, receipt: Receipt, key: DeliveryKey) -> Receipt | Prepared:
    """Images go up anew, a video only if it is another one; the same again changes nothing to be seen."""
    kept = fediverse_media.kept(server, message, receipt)
    ids = kept or fediverse_media.ready(server, message, key.prepared)
    if isinstance(ids, Prepared):
        return ids
    body = fediverse_status.edited(server.account, message, ids, key, described=bool(kept))
    depart()
    response = server.call("PUT", f"{STATUSES}/{receipt.remote_id}", json=body, effect=True)
    if response.status == 422 and fediverse_media.is_gone(server, key.prepared):
        raise TemporaryError(fediverse_media.GONE, response.where, afresh=True)
    if response.status == 404:
        raise ContentRejected(_("It is no longer there, so it cannot be corrected."), response.where)
    server.check(response)
    if len(response.get("media_attachments")) != len(ids):
        raise OutcomeUnknown(_("The platform dropped an image of the correction."), response.where)
    made = fediverse_status.receipt(response.json(), message)
    return replace(made, not_before=answers.used_up_until(response, PLATFORM))
