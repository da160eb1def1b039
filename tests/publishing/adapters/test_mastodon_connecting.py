"""Mastodon: a person gives access in a browser."""

import base64
import hashlib
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

import pytest

from publishing.adapters.base import Account
from publishing.errors import NotAuthorised
from tests.fakes.mastodon import TOKEN
from tests.publishing.adapters.contract import Stage
from tests.publishing.adapters.test_mastodon import KIND

BACK = "https://pejlemaerke.example/admin/channels/connected/"


class TestConnecting(Stage):
    kind = KIND

    def test_a_person_connects_it_in_a_browser(self, fake):
        adapter = self.kind.adapter
        account = Account(1, "Mastodon", "mastodon", {"instance": fake.url})
        account = replace(account, secrets=dict(adapter.register(account, redirect_uri=BACK)))
        assert adapter.register(account, redirect_uri=BACK) is None
        verifier = "v" * 60
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
        address = urlsplit(adapter.consent(account, redirect_uri=BACK, state="mine", challenge=challenge))
        asked = dict(parse_qsl(address.query))
        assert (address.path, asked["state"], asked["code_challenge_method"]) == ("/oauth/authorize", "mine", "S256")
        back = fake.agree(asked["client_id"], asked["redirect_uri"], asked["code_challenge"])
        code = dict(parse_qsl(urlsplit(back).query))["code"]
        secrets = adapter.exchange(account, code=code, redirect_uri=BACK, verifier=verifier)
        assert secrets == {"access_token": TOKEN}
        with pytest.raises(NotAuthorised) as caught:
            adapter.exchange(account, code=code, redirect_uri=BACK, verifier=verifier)
        assert code not in caught.value.detail
        assert account.secrets["client_secret"] not in caught.value.detail

    def test_a_consent_that_is_too_narrow_is_noticed_at_once(self, fake):
        fake.scopes = "read write:statuses"
        account = Account(1, "Mastodon", "mastodon", {"instance": fake.url})
        account = replace(account, secrets=dict(self.kind.adapter.register(account, redirect_uri=BACK)))
        verifier = "v" * 60
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
        code = fake.agree(account.secrets["client_id"], BACK, challenge).partition("code=")[2]
        with pytest.raises(NotAuthorised) as caught:
            self.kind.adapter.exchange(account, code=code, redirect_uri=BACK, verifier=verifier)
        assert caught.value.detail == "write:media"
