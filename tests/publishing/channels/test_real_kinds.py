"""Kinds that a person connects in a browser go by one road, each with its own adapter against its own fake."""

from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest
import time_machine
from django.utils import timezone

from publishing import credentials, oauth, verifying
from publishing.models import Channel, Consent
from tests.fakes.facebook import OTHER, PAGE, FakeFacebook
from tests.fakes.mastodon import FakeMastodon
from tests.fakes.meta import APP
from tests.fakes.meta import SECRET as APP_SECRET
from tests.fakes.meta_containers import FakeInstagram, FakeThreads
from tests.fakes.x import CLIENT, SECRET, FakeX
from tests.publishing.channels.test_renewal import together

BACK = "https://desk.example.org"


@pytest.fixture(autouse=True)
def address(settings):
    settings.BASE_URL = BACK


def asked(url):
    return dict(parse_qsl(urlsplit(url).query))


def agree_on_mastodon(fake, url):
    want = asked(url)
    return {
        "state": want["state"],
        **asked(fake.agree(want["client_id"], want["redirect_uri"], want["code_challenge"])),
    }


def agree_on_x(fake, url):
    return asked(fake.agree(url))


@pytest.fixture
def mastodon(db):
    with FakeMastodon() as fake:
        yield fake, Channel.objects.create(kind="mastodon", name="M", slug="m", config={"instance": fake.url})


@pytest.fixture
def x(db):
    with FakeX() as fake:
        config = {"client_id": CLIENT, "api": fake.url}
        sealed = credentials.seal({"client_secret": SECRET})
        yield fake, Channel.objects.create(kind="x", name="X", slug="x", config=config, encrypted_secrets=sealed)


@pytest.fixture
def facebook(db):
    with FakeFacebook() as fake:
        config = {"app_id": APP, "api": fake.url}
        sealed = credentials.seal({"app_secret": APP_SECRET})
        yield fake, Channel.objects.create(kind="facebook", name="F", slug="f", config=config, encrypted_secrets=sealed)


@pytest.fixture(params=["instagram", "threads"])
def by_its_own_login(request, db):
    with {"instagram": FakeInstagram, "threads": FakeThreads}[request.param]() as fake:
        config = {"app_id": APP, "api": fake.url}
        sealed = credentials.seal({"app_secret": APP_SECRET})
        kind, name = request.param, request.param.title()
        yield fake, Channel.objects.create(kind=kind, name=name, slug=kind, config=config, encrypted_secrets=sealed)


def connect(channel, fake, agree, cast):
    consent = oauth.begin(channel, by=cast.channels)
    oauth.prepare(consent)
    consent.refresh_from_db()
    assert consent.step == "ready", consent.problem
    given = agree(fake, oauth.address(consent))
    oauth.came_back(by=cast.channels, state=given["state"], code=given["code"], error="")
    oauth.finish(Consent.objects.select_related("channel", "by").get(pk=consent.pk))
    channel.refresh_from_db()
    verifying.verify(channel)
    return channel


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "agree"), [("mastodon", agree_on_mastodon), ("x", agree_on_x)])
def test_it_is_connected_and_verified(request, cast, kind, agree):
    fake, channel = request.getfixturevalue(kind)
    connect(channel, fake, agree, cast)
    assert (channel.health, channel.account_name[:7]) == ("ok", "@politi")
    assert Consent.objects.get().step == "connected"


@pytest.mark.django_db
def test_mastodon_registers_one_application_however_often_it_is_connected(cast, mastodon):
    fake, channel = mastodon
    connect(channel, fake, agree_on_mastodon, cast)
    connect(channel, fake, agree_on_mastodon, cast)
    assert len(fake.clients) == 1


@pytest.mark.django_db(transaction=True)
def test_x_is_renewed_once_by_six_workers_that_find_its_access_over(cast, x):
    fake, channel = x
    connect(channel, fake, agree_on_x, cast)
    secrets = credentials.account_of(channel).secrets
    over = {**secrets, "expires_at": (timezone.now() - timedelta(minutes=1)).isoformat(timespec="seconds")}
    Channel.objects.filter(pk=channel.pk).update(encrypted_secrets=credentials.seal(over))
    before = len(fake.asked("POST", "/2/oauth2/token"))
    workers = [lambda: credentials.fresh_account(Channel.objects.get(pk=channel.pk)).secrets["access_token"]] * 6
    threads, found = together(*workers)
    for thread in threads:
        thread.join()
    assert len(fake.asked("POST", "/2/oauth2/token")) == before + 1
    assert len(set(found)) == 1
    assert found[0] in fake.tokens


@pytest.mark.django_db
def test_a_page_of_facebook_is_picked_and_nothing_but_its_own_access_is_kept(cast, facebook):
    fake, channel = facebook
    fake.pages[OTHER] = "Havnens Politi (øvelse)"
    consent = oauth.begin(channel, by=cast.channels)
    oauth.prepare(consent)
    given = asked(fake.agree(oauth.address(consent)))
    oauth.came_back(by=cast.channels, state=given["state"], code=given["code"], error="")
    consent = Consent.objects.select_related("channel", "by").get()
    oauth.finish(consent)
    assert [item.key for item, _current in oauth.offers(consent)] == [OTHER, PAGE]
    oauth.pick(consent, OTHER)
    channel.refresh_from_db()
    assert verifying.verify(channel).ok
    channel.refresh_from_db()
    assert (channel.health, channel.account_name) == ("ok", "Havnens Politi (øvelse)")
    secrets = credentials.account_of(channel).secrets
    assert set(secrets) == {"app_secret", "access_token"}
    assert fake.tokens[secrets["access_token"]].owner == OTHER


@pytest.mark.django_db
def test_instagram_and_threads_are_connected_by_their_own_login_for_sixty_days(cast, by_its_own_login):
    fake, channel = by_its_own_login
    connect(channel, fake, agree_on_x, cast)
    channel.refresh_from_db()
    assert (channel.health, channel.account_name) == ("ok", "@politi")
    assert channel.access_expires_at > timezone.now() + timedelta(days=59)
    assert (channel.learnt["quota_used"], channel.learnt["quota_total"]) == (0, 250)
    kept = credentials.account_of(channel).secrets
    assert "short" not in kept["access_token"]


@pytest.mark.django_db
def test_their_access_is_renewed_long_before_it_ends(cast, by_its_own_login):
    fake, channel = by_its_own_login
    connect(channel, fake, agree_on_x, cast)
    before = credentials.account_of(channel).secrets["access_token"]
    assert credentials.fresh_account(channel).secrets["access_token"] == before
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        verifying.verify(channel)
        channel.refresh_from_db()
        assert credentials.account_of(channel).secrets["access_token"] != before
        assert channel.access_expires_at > timezone.now() + timedelta(days=59)
