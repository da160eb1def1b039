"""The demo prepares itself once and refuses real databases."""

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

from cms.demo import people

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def debug(settings):
    settings.DEBUG = True


def test_running_it_twice_makes_each_person_once(capsys):
    call_command("demo", "--prepare-only")
    call_command("demo", "--prepare-only")
    assert get_user_model().objects.count() == len(people.CAST)
    assert "skribent" in capsys.readouterr().out


def test_it_refuses_with_debug_off(settings):
    settings.DEBUG = False
    with pytest.raises(CommandError, match="DEBUG off"):
        call_command("demo", "--prepare-only")


def test_it_refuses_a_database_with_users_of_its_own():
    get_user_model().objects.create_user("somebody")
    with pytest.raises(CommandError, match="not a demo database"):
        call_command("demo", "--prepare-only")
    assert get_user_model().objects.count() == 1
