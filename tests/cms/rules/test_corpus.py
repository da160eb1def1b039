"""Recall and false alarms, measured over labelled sentences of our own. Every person in them is invented."""

import json
from pathlib import Path

import pytest

from cms import rules
from cms.rules import facts

CORPUS = Path(__file__).parent / "corpus"
NUMBERS = {"C-01", "C-02", "C-03"}


def rows(name):
    return [json.loads(line) for line in (CORPUS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def found(row):
    return {finding.check for finding in rules.check(row["text"], facts.read(row["kind"], row["context"]))}


def recall(name):
    labelled = rows(name)
    missed = [row["text"] for row in labelled if not set(row["expect"]) <= found(row)]
    return 1 - len(missed) / len(labelled), missed


def false_alarms(name, checks):
    labelled = rows(name)
    wrong = [row["text"] for row in labelled if found(row) & checks]
    return len(wrong) / len(labelled), wrong


@pytest.mark.parametrize("name", ["cpr", "case", "plate"])
def test_no_number_that_points_at_a_person_is_missed(name):
    share, missed = recall(name)
    assert share == 1.0, missed


@pytest.mark.parametrize(("name", "least"), [("name", 0.95), ("guilt", 0.98), ("case_rules", 1.0), ("language", 1.0)])
def test_names_and_verdicts_are_found_often_enough(name, least):
    share, missed = recall(name)
    assert share >= least, missed


@pytest.mark.parametrize("name", ["ordinary", "numbers"])
def test_ordinary_police_texts_give_no_false_alarm_of_numbers(name):
    share, wrong = false_alarms(name, NUMBERS)
    assert share < 0.02, wrong


@pytest.mark.parametrize("name", ["ordinary", "no_name"])
def test_ordinary_police_texts_give_few_false_alarms_of_names(name):
    share, wrong = false_alarms(name, {"C-06"})
    assert share < 0.05, wrong


def test_the_place_and_the_time_of_a_crime_are_no_verdict():
    share, wrong = false_alarms("no_guilt", {"C-20"})
    assert share == 0, wrong


def test_nothing_stops_an_ordinary_text():
    stopped = []
    for row in rows("ordinary"):
        findings = rules.check(row["text"], facts.read(row["kind"], row["context"]))
        stopped += [row["text"] for finding in findings if finding.severity in {"block", "block_hard"}]
    assert len(stopped) / len(rows("ordinary")) < 0.02, stopped


def test_there_are_enough_labelled_sentences():
    assert sum(len(rows(path.stem)) for path in CORPUS.glob("*.jsonl")) >= 200
