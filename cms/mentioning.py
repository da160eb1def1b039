"""Names of others become their handle on each channel; where none is known, the name stays a name."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from cms.models.mentions import KnownAccount, KnownHandle


def handles_for(page: Any, kind: str) -> dict[str, str]:
    """Name to handle of the accounts that this content mentions, on channels of one kind."""
    mentioned = [row.account_id for row in page.mentions.all() if row.account_id]
    if not mentioned:
        return {}
    found = KnownHandle.objects.filter(account_id__in=mentioned, kind=kind).exclude(handle="")
    return {row.account.name: row.handle for row in found.select_related("account")}


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
