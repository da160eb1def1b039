"""``manage.py channels``: clear errors, exit codes, and no secret in the arguments."""

import io
import json
from dataclasses import fields, replace
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command

from publishing import capabilities, channels, credentials
from publishing.adapters.limits import Limits
from publishing.models import Channel, EvidenceRecord

pytestmark = pytest.mark.django_db


def run(*args):
    out = io.StringIO()
    call_command("channels", *args, stdout=out)
    return out.getvalue()


def test_a_channel_is_added_with_a_secret_from_the_environment(monkeypatch, platform):
    monkeypatch.setenv("OUR_SECRET", "hush-hush")
    said = run(
        "add", "--kind", "linked", "--name", "Ny kanal", "--set", f"server={platform.url}", "--set", "gap=5",
        "--set", "quiet_from=22:00", "--set", "quiet_until=06:00", "--secret-env", "app_secret=OUR_SECRET",
    )  # fmt: skip
    channel = Channel.objects.get(slug="ny-kanal")
    assert "Added ny-kanal." in said
    assert "hush-hush" not in said
    assert (channel.minimum_gap, channel.concurrency, channel.late_after, channel.dry_run) == (300, 1, 60, False)
    assert channel.config == {"server": platform.url, "visibility": "public"}
    assert credentials.account_of(channel).secrets == {"app_secret": "hush-hush"}


def test_a_secret_can_come_from_a_file_or_from_stdin(monkeypatch, tmp_path):
    (tmp_path / "secret").write_text("from-file\n")
    common = ["add", "--kind", "linked", "--set", "server=https://x.example"]
    run(*common, "--name", "File", "--secret-file", f"app_secret={tmp_path / 'secret'}")
    monkeypatch.setattr("sys.stdin", io.StringIO("from-stdin\nrest"))
    run(*common, "--name", "Stdin", "--dry-run", "--secret", "app_secret")
    got = [credentials.account_of(channel).secrets["app_secret"] for channel in Channel.objects.order_by("name")]
    assert got == ["from-file", "from-stdin"]
    assert Channel.objects.get(name="Stdin").dry_run


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (["--set", "app_secret=hush-hush"], "app_secret is a secret: give it by --secret-env"),
        (["--set", "colour=red"], "There is no colour to set. There is:"),
        (["--set", "server"], "write NAME=VALUE"),
        ([], "server: This field is required."),
        (["--set", "server=x", "--set", "visibility=all"], "visibility: Select a valid choice"),
        (["--set", "server=x", "--secret-env", "app_secret=NOT_SET_ANYWHERE"], "the environment has no"),
        (["--set", "server=x", "--secret-file", "app_secret=/not/there"], "cannot be read"),
        (["--set", "server=x", "--secret-env", "other=HOME"], "There is no secret other. There is: app_secret."),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_added(more, sentence):
    with pytest.raises(CommandError, match=sentence):
        run("add", "--kind", "linked", "--name", "New", *more)
    assert not Channel.objects.exists()


def test_a_kind_that_does_not_exist_is_refused():
    with pytest.raises(CommandError, match="invalid choice"):
        run("add", "--kind", "myspace", "--name", "New")


def test_the_list_is_for_people_and_for_machines(linked):
    assert "linked" in run("list")
    [row] = json.loads(run("list", "--json"))
    assert (row["slug"], row["state"], row["account"]) == ("linked", "unverified", "")
    assert "access-old" not in json.dumps(row)
    Channel.objects.all().delete()
    assert "There is no channel yet" in run("list")


def test_verify_asks_and_fails_when_one_is_not_ready(linked, platform):
    assert "linked: ready @politi" in run("verify", "linked")
    assert "linked: ready" in run("verify", "--all")
    platform.access.clear()
    with pytest.raises(CommandError, match="1 not ready"):
        run("verify", "linked")
    with pytest.raises(CommandError):
        run("verify")


def test_verify_all_leaves_out_what_is_in_dry_run_or_out_of_use(linked, channel, platform):
    channels.set_dry_run(linked, True, by=None)
    channels.retire(channel, forget_access=False, by=None)
    assert run("verify", "--all") == ""
    assert platform.seen == []


def test_the_rest_of_a_channels_life(linked):
    run("dry-run", "linked", "on")
    run("dry-run", "linked", "off")
    run("pause", "linked", "Wrong account")
    assert "What was held stays held." in run("resume", "linked")
    run("retire", "linked", "--forget-access")
    kinds = list(EvidenceRecord.objects.order_by("id").values_list("kind", flat=True))
    assert kinds == [f"channel.{what}" for what in ("dry_run_on", "dry_run_off", "paused", "resumed", "retired")]


def test_what_cannot_be_is_said(linked):
    with pytest.raises(CommandError, match="no channel elsewhere"):
        run("pause", "elsewhere", "x")
    with pytest.raises(CommandError, match="not paused"):
        run("resume", "linked")
    with pytest.raises(CommandError, match="not in dry run"):
        run("dry-run", "linked", "off")


def test_the_table_in_the_readme_is_the_one_that_the_limits_give(monkeypatch):
    from publishing import adapters

    ours = {kind: path for kind, path in adapters.KINDS.items() if path.startswith("publishing.adapters.")}
    monkeypatch.setattr(adapters, "KINDS", ours)
    readme = (Path(django_settings.BASE_DIR) / "README.md").read_text(encoding="utf-8")
    stands = readme.partition(capabilities.BEGIN)[2].partition(capabilities.END)[0].strip()
    assert stands == capabilities.markdown(), "run: uv run manage.py channels capabilities --write README.md"


def test_whatever_limits_say_stands_in_the_table():
    """A field that is added to ``Limits`` gets a row, or is told in one that is there."""
    some = Limits(characters=280, images=4, image_types=("image/png",), video=True, withdraw=True)
    ranges = {"image_ratio": (0.8, 1.91), "video_ratio": (0.8, 1.91), "video_seconds": (3, 140)}
    others = {bool: lambda value: not value, int: lambda value: (value or 0) + 1_000_000, str: "{}, differently".format}
    for field in fields(Limits):
        value = getattr(some, field.name)
        if field.name in ranges:
            other = ranges[field.name]
        elif field.name in ("image_types", "video_types"):
            other = ("image/jpeg",)
        else:
            other = others.get(int if value is None else type(value), others[str])(value)
        changed = replace(some, **{field.name: other})
        assert capabilities.rows([changed]) != capabilities.rows([some]), field.name


def test_the_table_is_written_between_the_marks_and_nowhere_else(tmp_path):
    file = tmp_path / "README.md"
    file.write_text(f"before\n{capabilities.BEGIN}\nold\n{capabilities.END}\nafter\n")
    assert "written" in run("capabilities", "--write", str(file))
    assert "up to date" in run("capabilities", "--write", str(file))
    text = file.read_text()
    assert text.startswith(f"before\n{capabilities.BEGIN}\n| |")
    assert text.endswith(f"|\n{capabilities.END}\nafter\n")
    (tmp_path / "empty").write_text("nothing")
    with pytest.raises(CommandError, match="has no marks"):
        run("capabilities", "--write", str(tmp_path / "empty"))


def test_the_table_is_also_for_machines():
    table = json.loads(run("capabilities", "--format", "json"))
    assert table["linked"]["Characters"] == "100"
    assert table["linked"]["Access"] == "in a browser"
