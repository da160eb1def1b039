"""The half of the contract by which a channel gets access to its account, and keeps it."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import ClassVar

from publishing.adapters.limits import Undeclared
from publishing.adapters.values import Account, Candidate


class Connecting:
    """Of a kind whose secrets a person types in nothing of this is needed, unless they must be renewed."""

    # A person gives access in a browser (OAuth) instead of typing secrets: ``register``, ``consent`` and ``exchange``.
    connects: ClassVar[bool] = False
    # A login may give several accounts (pages, organisations); a person picks one after the consent: ``candidates``.
    picks: ClassVar[bool] = False

    def register(self, account: Account, *, redirect_uri: str) -> Mapping[str, str] | None:
        """Secrets of an application of ours on the account's own server, where one must be made before the consent."""
        return None

    def consent(self, account: Account, *, redirect_uri: str, state: str, challenge: str) -> str:
        """The address at which a person allows it; ``challenge`` is PKCE's S256. Pure."""
        raise Undeclared(self, "consent")

    def exchange(self, account: Account, *, code: str, redirect_uri: str, verifier: str) -> Mapping[str, str]:
        """The secrets that the consent's code is worth."""
        raise Undeclared(self, "exchange")

    def candidates(self, account: Account) -> tuple[Candidate, ...]:
        """The accounts that the login gives; ``account`` has what ``exchange`` brought. Empty when there is none."""
        raise Undeclared(self, "candidates")

    def needs_refresh(self, account: Account) -> bool:
        """Whether the access must be renewed before it is used. Pure but for the clock."""
        return False

    def refresh(self, account: Account) -> Mapping[str, str] | None:
        """New secrets, by one worker at a time and only when ``needs_refresh``.

        Say ``effect=True`` where it spends the old ones: a lost answer is OutcomeUnknown then, and remembered.
        """
        return None


def ends_soon(account: Account, ahead: timedelta) -> bool:
    """Whether access that a refresh token renews is over within that time, or was never told when it is."""
    if not account.secrets.get("refresh_token"):
        return False
    ends, until = account.secrets.get("expires_at", ""), datetime.now(UTC) + ahead
    return not account.secrets.get("access_token") or not ends or datetime.fromisoformat(ends) <= until
