"""Names of others become their handle on each channel; where none is known, the name stays a name.

Where a platform wants to be told whom a handle means, a worker looks that up beforehand and it is kept with the handle.
What is approved holds it, so a post mentions whom it was approved to mention.
"""

import logging
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from cms.models.mentions import KnownAccount, KnownHandle
from publishing import identifying
from publishing.errors import ChannelMisconfigured, DeliveryError
from publishing.message import mention_of

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Handles:
    """Of the accounts that some content mentions, on channels of one kind: name to handle, handle to permanent name."""

    names: Mapping[str, str] = field(default_factory=dict)
    identifiers: Mapping[str, str] = field(default_factory=dict)

    def put_in(self, text: str) -> str:
        return with_handles(text, self.names)

    def meant(self, text: str) -> dict[str, str]:
        """For ``Message.extra``: whom the handles in this text mean."""
        return {mention_of(handle): who for handle, who in self.identifiers.items() if who and handle in text}

    def unidentified(self) -> list[str]:
        return [handle for handle, who in self.identifiers.items() if not who]


def handles_for(page: Any, kind: str) -> Handles:
    """At most one query."""
    mentioned = [row.account_id for row in page.mentions.all() if row.account_id]
    if not mentioned:
        return Handles()
    found = KnownHandle.objects.filter(account_id__in=mentioned, kind=kind).exclude(handle="")
    rows = list(found.select_related("account"))
    identifiers = {row.handle: row.identifier for row in rows} if identifying.is_needed(kind) else {}
    return Handles({row.account.name: row.handle for row in rows}, identifiers)


def look_up() -> int:
    """Find out whom the handles mean of which nobody knows yet. Returns how many were found.

    One that cannot be asked about now is asked about the next time.
    """
    found = 0
    for row in KnownHandle.objects.unidentified().order_by("pk"):
        try:
            who = identifying.identify(row.kind, row.handle)
        except (DeliveryError, ChannelMisconfigured) as error:
            log.warning("handle %s: could not be looked up: %s", row.pk, error)
            continue
        if who:  # unless somebody changed the handle meanwhile
            same = KnownHandle.objects.filter(pk=row.pk, handle=row.handle, kind=row.kind, identifier="")
            found += same.update(identifier=who)
    return found


def with_handles(text: str, handles: Mapping[str, str]) -> str:
    """Each name once, at its first place as a word of its own. Pure."""
    for name, handle in handles.items():
        found = _word(name).search(text)
        if found is not None:
            text = text[: found.start()] + handle + text[found.end() :]
    return text


def stands_in(name: str, text: str) -> bool:
    """Whether a name stands in a text as a word of its own. Pure."""
    return _word(name).search(text) is not None


def unmentioned(page: Any, text: str, accounts: Iterable[KnownAccount] | None = None) -> list[KnownAccount]:
    """Known accounts that a text names and the content does not mention yet."""
    already = {row.account_id for row in page.mentions.all()}
    known = KnownAccount.objects.all() if accounts is None else accounts
    return [account for account in known if account.pk not in already and stands_in(account.name, text)]


def _word(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w@#]){re.escape(name)}(?!\w)", re.IGNORECASE)
