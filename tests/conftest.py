"""Fixtures for every test. A test that skips says why; what .ci/run installs or starts does not skip there."""

import gc
import io
import os
import re
import shutil
from types import SimpleNamespace

import hypothesis
import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection

from cms.celery import app as celery_app
from publishing import adapters
from tests.browser.chromium import chromium  # noqa: F401 (a fixture)
from tests.publishing import scripted
from tests.servers.fixtures import (  # noqa: F401 (fixtures)
    bluesky_server,
    twitter_text,
    x_behind_openapi,
    x_openapi_proxy,
)

hypothesis.settings.register_profile("ours", deadline=None)  # a busy machine is no fault
hypothesis.settings.load_profile("ours")

# What rings in the process of the tests rings for nobody: the workers that tests start have a broker of their own.
celery_app.conf.update(broker_url="memory://", broker_transport=None, broker_transport_options={})


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Every test begins with the site as it is delivered: made once, and come back to after a test that commits."""
    from django.test import TransactionTestCase

    from tests.cast import Cast
    from tests.snapshots import Snapshot

    with django_db_blocker.unblock():
        if Cast.strangers():  # a run that was killed left them
            call_command("flush", verbosity=0, interactive=False)
        Cast.gather()
        delivered = Snapshot("delivered")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: delivered.come_back())
        yield
    connection.close()  # the file of SQLite is whole then, and can be copied


@pytest.fixture
def cast(db):
    from tests.cast import Cast

    return Cast()


@pytest.fixture
def nothing(db):
    """As before anybody set a site up."""
    from tests.cast import Cast

    Cast.scatter()
    cache.clear()  # Wagtail remembers which sites there are
    yield
    cache.clear()


@pytest.fixture(scope="session")
def kept_demo(tmp_path_factory):
    """Where the first test that asks for the demo leaves it to the others."""
    return SimpleNamespace(rows=None, media=tmp_path_factory.mktemp("demo") / "media")


@pytest.fixture
def demo(transactional_db, kept_demo, settings, tmp_path):
    """The demo as whoever tries the product meets it."""
    from tests.cast import Cast
    from tests.snapshots import Snapshot

    settings.MEDIA_ROOT = tmp_path / "media"
    if kept_demo.rows is None:
        Cast.scatter()
        cache.clear()
        settings.DEBUG = True  # the demo asks for it
        call_command("demo", "--prepare-only", stdout=io.StringIO())
        settings.DEBUG = False
        kept_demo.rows = Snapshot("demo")
        shutil.copytree(settings.MEDIA_ROOT, kept_demo.media)
    else:
        kept_demo.rows.come_back()
        shutil.copytree(kept_demo.media, settings.MEDIA_ROOT)


@pytest.fixture
def newsroom(cast, settings, tmp_path):
    """A newsroom to put things on air in, with a small strategy; images go to a folder of this test."""
    from tests.newsroom import Newsroom

    settings.MEDIA_ROOT = tmp_path / "media"
    cache.clear()  # Wagtail remembers sizes of images by key, and keys come again in the next test
    return Newsroom(cast)


@pytest.fixture
def scripted_kinds(monkeypatch):
    """A kind of channel whose answers are written in advance."""
    for cls in (scripted.Scripted, scripted.ByHand, scripted.ToList):
        monkeypatch.setitem(adapters.KINDS, cls.kind, f"tests.publishing.scripted.{cls.__name__}")
    monkeypatch.setattr(scripted.Scripted, "script", scripted.Script())


def pytest_configure():
    """Without what only costs time: a million rounds of a hash, a look at every static file for each client, and the
    collector, which finds little where memory is given back at the end anyway."""
    gc.set_threshold(100_000, 50, 100)
    django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    django_settings.WHITENOISE_AUTOREFRESH = True


def pytest_collection_finish():
    """What is loaded by now stays: the collector need not look through it again and again."""
    gc.collect()
    gc.freeze()


def pytest_sessionfinish(session):
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or not os.environ.get("CI"):
        return
    skipped = [str(report.longrepr) for report in reporter.stats.get("skipped", [])]
    missing = [reason for reason in skipped if re.search(r"\.ci/run (installs|starts)", reason)]
    if missing:
        reporter.write_line(f"{len(missing)} test(s) skipped for want of what .ci/run provides: {missing[0]}", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
