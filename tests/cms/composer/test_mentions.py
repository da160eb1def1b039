"""Whom a handle means is looked up by workers, kept with the handle, and approved with the text."""

import pytest
from django.core.exceptions import ValidationError

from cms import carrying, considering, mentioning, rendering, threads
from cms.models import KnownAccount, KnownHandle, Mention, Part
from publishing.adapters.bluesky import Bluesky
from publishing.errors import TemporaryError
from publishing.models import Channel
from tests import cast as people

pytestmark = pytest.mark.django_db
HANDLE, WHO = "@brandvagten.example", "did:plc:brandvagtenbrandvagten22"


@pytest.fixture
def channel():
    return Channel.objects.create(kind="bluesky", name="Bluesky", slug="bluesky")


@pytest.fixture
def handle():
    account = KnownAccount.objects.create(name="Brandvagten")
    KnownHandle.objects.create(account=account, kind="mastodon", handle="@brandvagten@social.example")
    return KnownHandle.objects.create(account=account, kind="bluesky", handle=HANDLE)


@pytest.fixture
def page(cast, channel, handle):
    page = people.draft(by=cast.writer, summary="Sammen med Brandvagten.")
    page.mentions.add(Mention(account=handle.account))
    page.parts = [Part(channel=channel, text="Ring til Brandvagten."), Part(channel=channel, text="Eller ikke.")]
    return page


@pytest.fixture
def answers(monkeypatch):
    """What the platform says of handles; an error is raised."""
    found = {HANDLE: WHO}

    def identify(adapter, account, handle):
        answer = found.get(handle)
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(Bluesky, "identify", identify)
    return found


def known(handle):
    handle.refresh_from_db()
    return handle.identifier


def test_what_is_found_is_kept_and_goes_along_with_the_post_and_its_parts(page, channel, handle, answers):
    assert mentioning.look_up() == 1
    answers[HANDLE] = "did:plc:somebodyelsesomebodyelse"
    assert mentioning.look_up() == 0, "once found, it is not asked about again"
    assert known(handle) == WHO
    message = rendering.render(page, channel, freezing=carrying.measure)
    assert (message.text, message.mentions()) == (f"Sammen med {HANDLE}.", {HANDLE: WHO})
    assert [part.mentions() for part in threads.render(page, channel, freezing=carrying.measure)] == [{HANDLE: WHO}, {}]
    other = Channel.objects.create(kind="mastodon", name="Mastodon", slug="mastodon")
    assert rendering.render(page, other, freezing=carrying.measure).extra == {}


def test_until_it_is_known_the_writer_is_told_that_it_stays_text(page, channel, handle, answers):
    def told():
        return [sentence for sentence in considering.about_the_channel(page, channel) if HANDLE in sentence]

    assert len(told()) == 1
    assert rendering.render(page, channel, freezing=carrying.measure).extra == {}
    mentioning.look_up()
    assert told() == []


def test_one_that_cannot_be_asked_about_does_not_keep_the_next_from_it(channel, handle, answers):
    answers[HANDLE] = TemporaryError("away")
    other = KnownAccount.objects.create(name="Vagten")
    second = KnownHandle.objects.create(account=other, kind="bluesky", handle="@vagten.example")
    answers["@vagten.example"] = "did:web:vagten.example"
    assert mentioning.look_up() == 1
    assert (known(handle), known(second)) == ("", "did:web:vagten.example")
    answers[HANDLE] = WHO
    mentioning.look_up()
    assert known(handle) == WHO


def test_without_a_channel_that_really_sends_nobody_is_asked(handle, answers):
    Channel.objects.create(kind="bluesky", name="Prøve", slug="proeve", dry_run=True)
    assert mentioning.look_up() == 0


def test_another_handle_is_another_account(channel, handle, answers):
    mentioning.look_up()
    handle.refresh_from_db()
    handle.handle = "@vagten.example"
    handle.save()
    assert known(handle) == ""
    handle.handle, handle.identifier = HANDLE, WHO
    handle.save()
    assert known(handle) == WHO, "typed with it"


@pytest.mark.parametrize(
    ("kind", "typed"), [("bluesky", "brandvagten"), ("bluesky", "did:plc:kort"), ("mastodon", WHO), ("", WHO)]
)
def test_what_is_no_permanent_name_there_is_refused_in_the_form(handle, kind, typed):
    handle.kind, handle.identifier = kind, typed
    with pytest.raises(ValidationError) as caught:
        handle.clean()
    assert list(caught.value.message_dict) == ["identifier"]
    handle.kind, handle.identifier = "bluesky", f" {WHO} "
    handle.clean()
    assert handle.identifier == WHO
