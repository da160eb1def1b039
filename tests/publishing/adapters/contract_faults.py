"""Of the contract: whatever the platform answers, or does not, becomes the error that is true."""

import socket
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from publishing import connections
from publishing.adapters.base import Absent, CannotTell, Receipt
from publishing.errors import (
    ChannelMisconfigured,
    ContentRejected,
    NotAuthorised,
    OutcomeUnknown,
    RateLimited,
    TemporaryError,
)
from tests.fakes.server import HTML, Answer, Fault

REFUSED = {401: NotAuthorised, 403: NotAuthorised, 413: ContentRejected, 422: ContentRejected, 429: RateLimited}
FAILED = (500, 502, 503, 504)
ANY = (*REFUSED, *FAILED)


class Faults:
    def answer(self, status, account):
        """The platform's own words, else a page of HTML; some servers repeat our token in it."""
        echo = " ".join(account.secrets.values())
        return self.kind.refusals.get(status) or Answer(status, f"{HTML}<script>var t='{echo}'</script><p>{echo}</p>")

    @pytest.mark.parametrize("words", ["own", "html", "empty", "json"])
    @pytest.mark.parametrize("status", ANY)
    def test_a_refused_post_becomes_the_true_error(self, fake, account, message, status, words):
        echo = {"error": list(account.secrets.values()), "message": " ".join(account.secrets.values())}
        answers = {"html": Answer(status, HTML), "empty": Answer(status, b""), "json": Answer(status, echo)}
        fake.order(Fault(self.kind.posting, answers.get(words) or self.answer(status, account)))
        error = self.failing(fake, account, message)
        usual = self.kind.means.get(status) or (OutcomeUnknown if status in FAILED else REFUSED[status])
        assert type(error) is (self.kind.errors.get(status, usual) if words == "own" else usual)
        assert self.kind.shown(fake) == []

    @pytest.mark.parametrize("status", [400, *ANY])
    def test_a_refused_image_stops_the_post(self, fake, account, message, status):
        if self.kind.uploading is None:
            pytest.skip("no image goes before the post")
        fake.order(Fault(self.kind.uploading, self.answer(status, account)))
        error = self.failing(fake, account, message)
        usual = TemporaryError if status in FAILED else {400: ContentRejected, **REFUSED}[status]
        assert type(error) is self.kind.errors.get(status, usual)
        assert not [seen for seen in fake.seen if self.kind.posting(seen)]
        assert self.kind.shown(fake) == []

    @pytest.mark.parametrize(
        "kind_of_loss", [Fault(None, drop=True), Fault(None, unheard=True), Fault(None, Answer(200, HTML))]
    )
    def test_a_lost_answer_to_an_image_is_temporary_and_nothing_is_posted(self, fake, account, message, kind_of_loss):
        if self.kind.uploading is None:
            pytest.skip("no image goes before the post")
        fake.order(Fault(self.kind.uploading, kind_of_loss.answer, kind_of_loss.drop, unheard=kind_of_loss.unheard))
        assert type(self.failing(fake, account, message)) is TemporaryError
        assert self.kind.shown(fake) == []

    @pytest.mark.parametrize(
        ("headers", "seconds"),
        [({"Retry-After": "120"}, 120), ({"Retry-After": "Sun, 06 Nov 1994 08:49:37 GMT"}, 1), ({}, 60)],
    )
    def test_it_waits_as_long_as_it_is_told(self, fake, account, message, headers, seconds):
        if 429 in self.kind.means:
            pytest.skip("is never told how long")
        fake.order(Fault(self.kind.posting, Answer(429, HTML, headers)))
        before = datetime.now(UTC)
        error = self.failing(fake, account, message)
        assert isinstance(error, RateLimited)
        assert before + timedelta(seconds=seconds) <= error.until
        assert error.until <= datetime.now(UTC) + timedelta(seconds=seconds)

    def test_a_refused_connection_is_temporary(self, fake, account, message):
        fake.__exit__()
        connections.forget()  # one that is still open would be answered
        with socket.socket() as probe:
            assert probe.connect_ex(("127.0.0.1", fake.port)) != 0
        assert type(self.failing(fake, account, message)) is TemporaryError

    def test_an_answer_lost_after_acceptance_is_unknown_and_then_found(self, fake, account, message):
        key = self.new_key()
        fake.order(Fault(self.kind.posting, drop=True))
        assert type(self.failing(fake, account, message, key)) is OutcomeUnknown
        assert len(self.kind.shown(fake)) == 1
        if not self.kind.adapter.limits.find:
            pytest.skip("cannot be asked, and says so")
        found = self.kind.adapter.find(account, message, self.written(key))
        assert isinstance(found, Receipt)
        assert len(self.kind.shown(fake)) == 1
        if self.kind.adapter.limits.read:
            assert self.kind.adapter.read(account, message, found).present

    def test_a_request_lost_before_acceptance_is_unknown_and_then_proved_absent(self, fake, account, message):
        key = self.new_key()
        fake.order(Fault(self.kind.posting, unheard=True))
        assert type(self.failing(fake, account, message, key)) is OutcomeUnknown
        if not self.kind.adapter.limits.find:
            pytest.skip("cannot be asked, and says so")
        found = self.kind.adapter.find(account, message, self.written(key))
        assert isinstance(found, Absent | CannotTell)
        assert found.reason
        assert self.kind.shown(fake) == []

    @pytest.mark.parametrize(
        "answer", [Answer(200, HTML), Answer(200, b""), Answer(200, {}), Answer(302, "", {"Location": "/"})]
    )
    def test_a_good_status_without_a_proof_is_unknown(self, fake, account, message, answer):
        if answer.status == 200 and not self.kind.proof:
            pytest.skip("its status is its proof")
        fake.order(Fault(self.kind.posting, answer))
        assert type(self.failing(fake, account, message)) is OutcomeUnknown

    def test_the_same_key_again_is_one_post_where_the_kind_says_so(self, fake, account, message):
        key = self.new_key()
        first = self.send(account, message, key)
        again = self.send(account, message, key)
        assert not self.kind.adapter.limits.idempotent or first.remote_id == again.remote_id
        names = {receipt.remote_id for receipt in (first, again)}
        assert len(self.kind.shown(fake)) == (len(names) if self.kind.names_posts else 2)

    def test_what_is_read_back_is_compared(self, fake, account, message):
        if not self.kind.adapter.limits.read:
            pytest.skip("cannot be read back, and says so")
        receipt = self.send(account, message)
        found = self.kind.adapter.read(account, message, receipt)
        assert (found.present, found.problems) == (True, ())
        if self.kind.lose_alt is not None:
            self.kind.lose_alt(fake)
            found = self.kind.adapter.read(account, message, receipt)
            assert found.present
            assert len(found.problems) == len(message.media)

    def test_what_is_withdrawn_is_gone_and_again_is_harmless(self, fake, account, message):
        adapter = self.kind.adapter
        if not adapter.limits.withdraw:
            pytest.skip("cannot be taken down, and says so")
        receipt = self.send(account, message)
        adapter.withdraw(account, receipt)
        assert self.kind.shown(fake) == []
        adapter.withdraw(account, receipt)
        if adapter.limits.read:
            assert not adapter.read(account, message, receipt).present

    def test_a_take_down_that_did_not_work_is_not_taken_for_one(self, fake, account, message):
        adapter = self.kind.adapter
        if not adapter.limits.withdraw:
            pytest.skip("cannot be taken down, and says so")
        receipt = self.send(account, message)
        for answer in (self.kind.deleted, Answer(500, HTML)):
            fake.order(Fault(self.kind.deleting, answer))
            with pytest.raises((TemporaryError, OutcomeUnknown)):
                adapter.withdraw(account, receipt)
        assert len(self.kind.shown(fake)) == 1

    def test_only_a_server_of_the_house_may_stand_in_for_the_platform(self, fake, account, message, settings):
        if "api" not in account.config:
            pytest.skip("the channel names its server itself")
        assert "api" not in {setting.name for setting in self.kind.adapter.settings}
        settings.PUBLISHING_ALLOWED_PRIVATE_HOSTS = []
        for address in (fake.url, "https://api.evil.example"):
            with pytest.raises(ChannelMisconfigured):
                self.send(replace(account, config={**account.config, "api": address}), message)
        assert fake.seen == []
