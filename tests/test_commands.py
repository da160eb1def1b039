"""The command line: what is typed wrong is answered by a sentence, and changes nothing."""

import json
import zipfile
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from campaigns.models import Campaign
from cms.management.commands import demo
from publishing import proofs
from publishing.models import Channel, StopOrder

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["hold", "why", "--scope", "chanel:3"], "chanel:3"),
        (["hold", "why", "--scope", "channel:999999"], "channel:999999"),
        (["hold", "why", "--scope", "channel:mastodon"], "channel:mastodon"),
        (["hold", "why", "--scope", "page:historie"], "page:historie"),
        (["hold", "why", "--scope", "campaign:x"], "campaign:x"),
        (["hold", "  "], "reason"),
        (["release", "0"], "No stop order 0"),
        (["release", "--delivery", "1234"], "1234"),
        (["outbox", "--limit", "-1"], "-1"),
        (["verify_evidence", "--export", "/nowhere.zip"], "/nowhere.zip"),
        (["load_strategy", "/nowhere.json"], "nowhere.json"),
        (["coverage", "--from", "2026-13-01"], "2026-13-01"),
        (["coverage", "--strategy", "1999"], "1999"),
        (["setup_site", "--hostname", "https://nyheder.example.org/"], "https://nyheder.example.org/"),
        (["setup_site", "--hostname", "nyheder.example.org", "--port", "0"], "0"),
        (["check_text", "/nowhere.txt"], "/nowhere.txt"),
        (["channels", "decide", "none", "--by", "Anna", "--why", "x", "--on", "1.2.2026"], "1.2.2026"),
        (["channels", "pause", "none", "why"], "none"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_is_typed_wrong_is_named(words, told):
    standing = StopOrder.objects.create(scope="all", reason="stays")
    with pytest.raises(CommandError) as answer:
        call_command(*words)
    assert told in str(answer.value)
    standing.refresh_from_db()
    assert standing.lifted_at is None and StopOrder.objects.count() == 1


@pytest.mark.parametrize(
    "content", ["no JSON", "[]", json.dumps({"format": proofs.FORMAT, "records": [{}], "blocks": []})]
)
@pytest.mark.parametrize("packed", [False, True], ids=["bare", "in an archive"])
def test_what_is_no_export_is_said_to_be_none(tmp_path, content, packed):
    file = tmp_path / "fil.zip"
    if packed:
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("andet.json", content)
    else:
        file.write_text(content)
    with pytest.raises(CommandError, match=r"fil\.zip"):
        call_command("verify_evidence", export=str(file))


def test_a_port_that_cannot_be_is_not_said_to_be_in_use():
    with pytest.raises(CommandError, match="99999: a port is"):
        demo.Command().refuse_busy_port("127.0.0.1", 99999)


def test_what_can_be_stopped_is_stopped():
    channel = Channel.objects.create(kind="dry_run", name="Prøve", slug="proeve")
    campaign = Campaign.objects.create(title="Mørkt", starts_on=date(2026, 11, 1), ends_on=date(2026, 11, 30))
    scopes = ["all", f"channel:{channel.pk}", "type:story", f"campaign:{campaign.pk}"]
    for scope in scopes:
        call_command("hold", "Why", scope=scope)
    assert sorted(StopOrder.objects.values_list("scope", flat=True)) == sorted(scopes)
