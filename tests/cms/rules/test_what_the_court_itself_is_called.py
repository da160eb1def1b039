"""The name of a court, of a law, and a final acquittal are no reason to stop a text."""

from cms import rules
from cms.rules import Context, Kind, Restriction, Severity, Stage

HARD = {Severity.BLOCK, Severity.BLOCK_HARD}


def found(text, **known):
    return {one.check for one in rules.check(text, Context(kind=Kind.COURT_RESULT, **known))}


def test_the_name_of_the_court_points_at_no_victim():
    text = "En person er ved Retten på Frederiksberg idømt 3 års fængsel for voldtægt. Dommen er ikke endelig."
    checks = found(text, stage=Stage.DOM_1_INSTANS, sexual_offence=True, restriction=Restriction.AKTIV)
    assert not checks & {"C-07", "C-27"}
    assert "C-27" in found(text.replace("voldtægt", "voldtægt på Frederiksberg"), stage=Stage.DOM_1_INSTANS)


def test_a_law_is_no_friend_of_the_victim():
    text = "En mand er dømt for voldtægt og overtrædelse af knivloven. Dommen er ikke endelig."
    assert "C-27" not in found(text, stage=Stage.DOM_1_INSTANS)
    assert "C-27" in found(text.replace("voldtægt", "voldtægt af en barndomsven"), stage=Stage.DOM_1_INSTANS)


def test_an_acquittal_may_be_called_final_once_a_prosecutor_has_said_so():
    text = "En mand er frifundet for røveri. Dommen er endelig."
    assert "C-14" in found(text, stage=Stage.FRIFUNDET)
    assert "C-14" not in found(text, stage=Stage.FRIFUNDET, final=True)
