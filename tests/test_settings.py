"""The environment is read strictly, and what is set wrong is said before it does harm."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured

from cms import env

EXAMPLE = Path(__file__).parent.parent / ".env.example"


def ids(**kwargs):
    return {message.id for message in run_checks(**kwargs)}


@pytest.mark.parametrize("value", ["yes", "1", "true", ""])
def test_a_boolean_is_true_or_false_and_nothing_else(monkeypatch, value):
    monkeypatch.setenv("SOMETHING", value)
    with pytest.raises(ImproperlyConfigured, match="SOMETHING must be True or False"):
        env.boolean("SOMETHING", False)


@pytest.mark.parametrize(("value", "sentence"), [("ten", "whole number"), ("0", "at least 1")])
def test_a_number_is_a_number_and_not_too_small(monkeypatch, value, sentence):
    monkeypatch.setenv("SOMETHING", value)
    with pytest.raises(ImproperlyConfigured, match=sentence):
        env.integer("SOMETHING", 5, minimum=1)


def test_a_secret_can_lie_in_a_file(monkeypatch, tmp_path):
    file = tmp_path / "secret"
    file.write_text("from the file\n")
    monkeypatch.setenv("SOMETHING_FILE", str(file))
    assert env.text("SOMETHING", "default") == "from the file"


def test_a_missing_secret_file_stops_the_start_without_showing_a_path(monkeypatch, tmp_path):
    monkeypatch.setenv("SOMETHING_FILE", str(tmp_path / "nowhere"))
    with pytest.raises(ImproperlyConfigured, match="SOMETHING_FILE cannot be read") as caught:
        env.text("SOMETHING")
    assert str(tmp_path) not in str(caught.value)


def test_the_demo_settings_have_no_fault(settings):
    settings.DEBUG = True  # pytest turns it off
    assert not ids()


def test_without_a_key_the_start_says_that_no_channel_can_open_its_secrets(settings):
    settings.CREDENTIALS_KEYS = []
    assert "cms.E001" in ids()


def test_a_short_key_is_refused(settings):
    settings.CREDENTIALS_KEYS = ["short"]
    assert "cms.E002" in ids()


@pytest.mark.parametrize("url", ["nyheder.example.org", "https://", "https://example.org/nyheder"])
def test_an_address_that_is_none_is_refused(settings, url):
    settings.BASE_URL = url
    assert "cms.E003" in ids()


def test_in_production_a_short_lease_is_refused(settings):
    settings.DEBUG, settings.PUBLISHING_LEASE_SECONDS = False, 5
    assert "publishing.E001" in ids()


def test_a_folder_as_broker_is_named_before_going_live(settings):
    settings.BROKER_URL = "filesystem://"
    assert "cms.W005" in ids(include_deployment_checks=True)


def test_alarms_that_reach_nobody_are_named_before_going_live(settings):
    settings.ADMINS = []
    assert "cms.W006" in ids(include_deployment_checks=True)


def test_what_the_example_says_installs_without_a_fault(tmp_path):
    """``check --deploy`` is quiet on a server that is set up as told: a warning there is always news."""
    told = (line.partition("=") for line in EXAMPLE.read_text().splitlines() if line and line[0] != "#")
    filled = {"SECRET_KEY": "k3-" * 20 + "abcdefgh", "CREDENTIALS_KEYS": "c" * 40, "ADMINS": "drift@example.org"}
    example = {name: filled.get(name, value) for name, _equals, value in told}
    place = {"DATA_DIR": str(tmp_path), "PATH": os.environ["PATH"], "PYTHONPATH": str(EXAMPLE.parent)}
    words = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(words, cwd=EXAMPLE.parent, env=example | place, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_example_names_every_variable_that_is_read():
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', (EXAMPLE.parent / "cms" / "settings.py").read_text()))
    told = {line.partition("=")[0] for line in EXAMPLE.read_text().splitlines()}
    assert read - told == {"TEST_DATABASE"}
