"""The optional list of protected names: off unless somebody decided, sealed, never repeated, and gone in time."""

import logging

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from cms import guards, publication
from cms.court import circumstances, protecting, restricting
from cms.court.models import ProtectedNames
from cms.rules import OF_WHAT_IS_SEALED, Context, check
from publishing import sending
from publishing.models import Channel, Delivery, EvidenceRecord, State
from tests.cms.court import cases
from tests.publishing import scripted

NAMES = ["Kasper Bo Opfundsen", "Søren Åløkke", "Buller"]
TODAY = timezone.localdate()


@pytest.fixture
def case(cast, settings):
    settings.PROTECTED_NAMES = True
    case = cases.case(cast)
    restricting.register(case, kind="name", state="active", by=cast.prosecutor, on=TODAY, defendant_number=1)
    protecting.keep(case, NAMES, by=cast.prosecutor)
    return case


@pytest.mark.parametrize(
    "written",
    [
        "Kasper Bo Opfundsen",
        "kasper opfundsen bo",
        "KASPER BO OPFUNDSENS",
        "K a s p e r B o O p f u n d s e n",
        "Kasper B\u200bo Opfund\u00adsen",
        "Opfundsen, Kasper Bo",
        "Kasper Bo fra Valby Opfundsen",
        "Kasper Bo Opfundson",
        "kasperboopfundsen",
        "Soren Alokke",
        "Soeren Aaloekke",
        "Søren Ålökke",
        "Buller",
        "Bullers",
    ],
)
def test_a_protected_name_is_found_however_it_is_written(written):
    context = Context(protected_names=tuple(NAMES))
    assert check(f"Retten dømte {written} for røveri.", context, OF_WHAT_IS_SEALED)


@pytest.mark.parametrize(
    "written", ["Søren og Kasper gik", "Bullerby", "en opfindsom mand", "Åløkkevej", "Bo og Kasper"]
)
def test_what_is_another_name_or_word_is_not(written):
    assert not check(written, Context(protected_names=tuple(NAMES)), OF_WHAT_IS_SEALED)


def test_it_is_off_unless_somebody_decided(cast):
    case = cases.case(cast)
    restricting.register(case, kind="name", state="active", by=cast.prosecutor, on=TODAY)
    with pytest.raises(protecting.NotKept):
        protecting.keep(case, NAMES, by=cast.prosecutor)


def test_a_send_is_stopped_and_the_name_is_repeated_nowhere(case, cast, scripted_kinds, caplog):
    guards.install()
    channel = Channel.objects.create(kind="scripted", name="Scripted", slug="scripted")
    ProtectedNames.objects.all().delete()
    words = "Københavns Byret har afsagt dom over buller i sagen. Dommen er ikke endelig."
    page = cases.approved(cast, channel, of=case, summary=words)
    protecting.keep(case, NAMES, by=cast.prosecutor)
    with caplog.at_level(logging.DEBUG):
        Delivery.objects.update(due_at=timezone.now(), next_at=timezone.now())
        sending.pump(channel.pk)
    held = Delivery.objects.get()
    assert held.state == State.HELD
    assert not scripted.Scripted.script.sends
    found = next(item for item in publication.stops(page) if item.finding.check == "C-06")
    told = [held.state_reason, found.sentence, found.finding.message, caplog.text, repr(circumstances.of(page.pk))]
    told += [str(record.payload) for record in EvidenceRecord.objects.all()]
    assert not [text for text in told for name in ("buller", "opfundsen") if name in text.lower()]


def test_it_lies_sealed_in_the_database(case):
    sealed = bytes(ProtectedNames.objects.get().sealed)
    assert b"Opfundsen" not in sealed
    assert protecting.names(case) == NAMES


@pytest.mark.parametrize("who", ["outsider", "editor", "legal", "admin"])
def test_only_the_prosecutors_of_the_case_open_it(case, cast, client, who):
    user = getattr(cast, who)
    with pytest.raises(PermissionDenied):
        protecting.shown(case, user)
    with pytest.raises(PermissionDenied):
        protecting.keep(case, ["X Y"], by=user)
    client.force_login(user)
    assert client.get(reverse("court_desk:protected", args=[case.key])).status_code in {302, 403, 404}


def test_a_prosecutor_reads_and_writes_it_and_that_is_evidence(case, cast, client):
    client.force_login(cast.prosecutor)
    address = reverse("court_desk:protected", args=[case.key])
    answer = client.get(address)
    assert "Åløkke" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    client.post(address, {"names": "Vilma Påfund\n\nVilma Påfund\n"})
    assert protecting.names(case) == ["Vilma Påfund"]
    assert EvidenceRecord.objects.filter(kind="protected_names.read").count() == 1
    client.post(address, {"names": ""})
    assert not ProtectedNames.objects.exists()


def test_it_goes_when_the_restriction_ends(case, cast):
    protecting.purge_what_is_over()
    assert ProtectedNames.objects.exists()
    restricting.lift(case.restrictions.get(), by=cast.prosecutor, on=TODAY)
    call_command("purge_protected_names", verbosity=0)
    assert not ProtectedNames.objects.exists()
    assert EvidenceRecord.objects.get(kind="protected_names.purged").payload == {"why": "no restriction in force"}


def test_it_goes_when_the_case_closes_or_it_is_switched_off(case, settings):
    settings.PROTECTED_NAMES = False
    assert protecting.names(case) == []
    assert protecting.purge_what_is_over() == 1


def test_it_goes_when_the_case_closes(case):
    case.closed_at = timezone.now()
    case.save(update_fields=["closed_at"])
    assert protecting.purge_what_is_over() == 1


def test_without_its_key_nothing_is_sent_rather_than_compared_with_nothing(case, cast, settings, scripted_kinds):
    channel = Channel.objects.create(kind="scripted", name="Scripted", slug="scripted")
    page = cases.result(cast, channel, of=case)
    settings.CREDENTIALS_KEYS = ["another"]
    assert publication.blocking(page.get_latest_revision()) == publication.against(page, cast.legal)
    assert circumstances.of(page.pk).sealed_shut


def test_after_a_change_of_the_key_and_one_command_the_old_one_can_go(case, settings):
    old, new = settings.CREDENTIALS_KEYS, "a new passphrase of the house"
    settings.CREDENTIALS_KEYS = [new, *old]
    call_command("reseal")
    settings.CREDENTIALS_KEYS = [new]
    assert protecting.names(case) == NAMES
