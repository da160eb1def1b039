"""The demo prepares itself once and refuses real databases."""

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from wagtail.models import Page

from cms import statuses
from cms.demo import people
from cms.demo.texts import SAMPLES
from publishing.models import Delivery

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def debug(nothing, settings):
    settings.DEBUG = True


def test_running_it_twice_makes_everything_once_and_shows_every_state(capsys):
    call_command("demo", "--prepare-only")
    before = Delivery.objects.count(), Page.objects.count()
    call_command("demo", "--prepare-only")
    assert get_user_model().objects.count() == len(people.CAST)
    assert (Delivery.objects.count(), Page.objects.count()) == before
    assert "skribent" in capsys.readouterr().out
    pages = {page.title: page.specific for page in Page.objects.order_by("-pk")}  # a version in English is younger
    found = {sample.ending: statuses.status_of(pages[sample.title]).key for sample in SAMPLES}
    assert all(ending == status for ending, status in found.items()), found
    assert set(Delivery.objects.values_list("state", flat=True)) >= {
        "scheduled", "delivered", "held", "missed", "uncertain", "failed", "withdrawn"
    }  # fmt: skip


def test_it_refuses_with_debug_off(settings):
    settings.DEBUG = False
    with pytest.raises(CommandError, match="DEBUG off"):
        call_command("demo", "--prepare-only")


def test_it_refuses_a_database_with_users_of_its_own():
    get_user_model().objects.create_user("somebody")
    with pytest.raises(CommandError, match="not a demo database"):
        call_command("demo", "--prepare-only")
    assert get_user_model().objects.count() == 1
