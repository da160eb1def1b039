"""A person gives access to pages; what it covers, and until when."""

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest

from publishing.adapters.base import Account
from publishing.adapters.facebook import Facebook
from publishing.errors import ChannelMisconfigured, ContentRejected, NotAuthorised
from tests.fakes.facebook import OTHER, PAGE, TOKEN
from tests.fakes.meta import APP, SECRET, refusal
from tests.fakes.server import Fault
from tests.publishing.adapters.contract import Stage
from tests.publishing.adapters.test_facebook import TestFacebook as OfPosts

BACK = "https://pejlemaerke.example/admin/channels/connected/"


class TestConnecting(Stage):
    kind = OfPosts.kind

    @pytest.fixture
    def blank(self, account):
        """Set up, and not connected yet."""
        return replace(account, config={"app_id": APP, "api": account.config["api"]}, secrets={"app_secret": SECRET})

    def agreed(self, fake, blank):
        page = Facebook().consent(blank, redirect_uri=BACK, state="s", challenge="c")
        return dict(parse_qsl(urlsplit(fake.agree(page)).query))["code"]

    def logged_in(self, fake, blank):
        code = self.agreed(fake, blank)
        got = Facebook().exchange(blank, code=code, redirect_uri=BACK, verifier="v")
        return replace(blank, secrets={**blank.secrets, **got})

    def test_from_consent_to_a_page_that_can_be_posted_to(self, fake, blank, message):
        fake.pages[OTHER] = "Havnens Politi (øvelse)"
        pages = {page.name: page for page in Facebook().candidates(self.logged_in(fake, blank))}
        assert set(pages) == {"Nordhavn Politi (øvelse)", "Havnens Politi (øvelse)"}
        picked = pages["Havnens Politi (øvelse)"]
        account = replace(blank, config={**blank.config, **picked.config}, secrets={**blank.secrets, **picked.secrets})
        assert Facebook().verify(account).account == picked.name
        receipt = Facebook().send(account, message, self.new_key())
        assert receipt.remote_id.startswith(OTHER)

    def test_no_secret_ever_stands_in_an_address(self, fake, blank):
        account = self.logged_in(fake, blank)
        Facebook().candidates(account)
        Facebook().verify(
            replace(
                account,
                config={**account.config, "page_id": PAGE},
                secrets={"app_secret": SECRET, "access_token": TOKEN},
            )
        )
        told = " ".join(str(seen.query) + seen.path for seen in fake.seen)
        for secret in (SECRET, TOKEN, account.secrets["access_token"], "code-"):
            assert secret not in told

    def test_the_access_is_long_lived(self, fake, blank):
        token = self.logged_in(fake, blank).secrets["access_token"]
        assert fake.tokens[token].ends > time.time() + 50 * 86400

    def test_a_code_is_good_once_and_no_refusal_shows_it(self, fake, blank):
        code = self.agreed(fake, blank)
        Facebook().exchange(blank, code=code, redirect_uri=BACK, verifier="v")
        with pytest.raises(ContentRejected) as caught:
            Facebook().exchange(blank, code=code, redirect_uri=BACK, verifier="v")
        assert code not in caught.value.detail

    def test_every_page_of_pages_is_asked_for(self, fake, blank):
        fake.pages |= {str(number): f"Side {number}" for number in range(2000, 2005)}
        fake.largest = 2
        assert len(Facebook().candidates(self.logged_in(fake, blank))) == 6

    def test_a_page_that_the_person_may_not_post_to_cannot_be_picked(self, fake, blank):
        fake.tasks = ["ANALYZE"]
        [page] = Facebook().candidates(self.logged_in(fake, blank))
        assert "may not post" in str(page.problem)

    def test_what_is_asked_for_may_be_set_up_at_meta(self, blank):
        page = Facebook().consent(blank, redirect_uri=BACK, state="s", challenge="c")
        assert "pages_manage_posts" in dict(parse_qsl(urlsplit(page).query))["scope"]
        blank = replace(blank, config={**blank.config, "config_id": "4711"})
        asked = dict(parse_qsl(urlsplit(Facebook().consent(blank, redirect_uri=BACK, state="s", challenge="c")).query))
        assert (asked["config_id"], "scope" in asked) == ("4711", False)

    # --- What verifying sees

    def test_access_that_does_not_end_is_good_for_as_long_as_meta_is_patient(self, account):
        ends = Facebook().verify(account).expires_at
        assert timedelta(days=89) < ends - datetime.now(UTC) < timedelta(days=91)

    def test_access_that_ends_earlier_says_so(self, fake, account):
        fake.tokens[TOKEN].ends = int(time.time()) + 86400
        assert Facebook().verify(account).expires_at.timestamp() == fake.tokens[TOKEN].ends

    def test_access_that_is_too_narrow_names_what_is_missing(self, fake, account):
        fake.tokens[TOKEN].scopes -= {"pages_manage_posts"}
        found = Facebook().verify(account)
        assert not found.ok
        assert "pages_manage_posts" in str(found.problem)

    def test_access_without_comments_and_figures_is_enough_to_post(self, fake, account):
        fake.tokens[TOKEN].scopes -= {"read_insights", "pages_manage_engagement"}
        found = Facebook().verify(account)
        assert found.ok
        assert not Facebook().limits_for(replace(account, config={**account.config, **found.learnt})).replies

    def test_access_that_covers_comments_offers_them(self, account):
        assert account.config["may_comment"]
        assert Facebook().limits_for(account).replies

    def test_what_meta_does_not_tell_about_the_access_is_no_fault_of_it(self, fake, account):
        fake.order(Fault(lambda seen: seen.path.endswith("/debug_token"), refusal(2500)))
        found = Facebook().verify(account)
        assert (found.ok, found.expires_at, found.learnt) == (True, None, {})

    def test_a_page_that_nobody_sees_is_told(self, fake, account):
        fake.is_published = False
        found = Facebook().verify(account)
        assert not found.ok
        assert "not published" in str(found.problem)

    def test_a_changed_password_is_named(self, fake, account):
        fake.order(Fault(lambda seen: True, self.kind.refusals[401]))
        with pytest.raises(NotAuthorised, match="password"):
            Facebook().verify(account)

    def test_a_wrong_app_secret_is_a_fault_of_the_set_up(self, account):
        with pytest.raises(ChannelMisconfigured, match="secret"):
            Facebook().verify(replace(account, secrets={**account.secrets, "app_secret": "another"}))

    def test_without_a_page_there_is_nothing_to_verify(self, account):
        with pytest.raises(ChannelMisconfigured, match="No page was picked"):
            Facebook().verify(replace(account, config={**account.config, "page_id": ""}))


def test_without_a_stand_in_it_is_facebook_itself():
    account = Account(1, "Siden", "facebook", {"app_id": APP})
    page = Facebook().consent(account, redirect_uri=BACK, state="s", challenge="c")
    assert page.startswith("https://www.facebook.com/v26.0/dialog/oauth?client_id=")
    assert "api" not in {setting.name for setting in Facebook.settings}
