"""A new key: after one command everything opens without the old one, and nothing is lost on the way."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from publishing import credentials
from publishing.models import Channel

OLD, NEW = "an old passphrase of the house", "a new passphrase of the house"


@pytest.fixture
def linked(channel, settings):
    settings.CREDENTIALS_KEYS = [OLD]
    channel.encrypted_secrets = credentials.seal({"token": "secret-1"})
    channel.save(update_fields=["encrypted_secrets"])
    settings.CREDENTIALS_KEYS = [NEW, OLD]
    return channel


def test_after_it_the_old_key_can_go(linked, settings, capsys):
    call_command("reseal")
    settings.CREDENTIALS_KEYS = [NEW]
    linked.refresh_from_db()
    assert credentials.unseal(linked.encrypted_secrets) == {"token": "secret-1"}
    assert "1 under the first key" in capsys.readouterr().out


def test_what_is_being_renewed_is_left_to_who_renews_it_and_named(linked):
    Channel.objects.filter(pk=linked.pk).update(renewing_until=timezone.now() + timedelta(seconds=30))
    with pytest.raises(CommandError, match=r"Keep the older keys(?s:.*)Scripted"):
        call_command("reseal")
    assert Channel.objects.get(pk=linked.pk).encrypted_secrets == linked.encrypted_secrets


def test_what_no_key_opens_is_named_and_shown_to_nobody(linked, settings):
    settings.CREDENTIALS_KEYS = [NEW]
    with pytest.raises(CommandError, match=r"Scripted(?s:.*)none of the keys"):
        call_command("reseal")
