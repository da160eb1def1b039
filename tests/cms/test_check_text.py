"""manage.py check_text: any text in, findings out, and a clear word about what it cannot use."""

import io
import json
import sys

import pytest
from django.core.management import CommandError, call_command


@pytest.fixture
def run(monkeypatch):
    def run(text, *args):
        out = io.StringIO()
        raw = text if isinstance(text, bytes) else text.encode()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
        call_command("check_text", *args, stdout=out)
        return out.getvalue()

    return run


def test_it_prints_findings_as_json_with_places_in_the_original(run):
    text = "\ufeffSe 010165\u200b-4321\r\n"
    findings = json.loads(run(text, "--format", "json"))
    cpr = next(item for item in findings if item["check"] == "C-01")
    assert text[cpr["start"] : cpr["end"]] == "010165\u200b-4321"
    assert cpr["severity"] == "block_hard"
    assert cpr["message"]


def test_a_file_is_read_as_it_is(tmp_path, run):
    path = tmp_path / "text.txt"
    path.write_text("Gerningsmanden er fundet.", encoding="utf-8")
    printed = run("", str(path), "--context", '{"stage": "sigtet"}')
    assert printed.startswith("C-20  block  0-14  ")


def test_nothing_found_prints_an_empty_list(run):
    assert json.loads(run("Ring 114.", "--format", "json")) == []


def test_lines_keep_their_ids_and_their_text(run):
    rows = [
        {"id": "a", "kind": "court_result", "text": "AB 12\u2028345\n", "context": {"stage": "endelig"}},
        {"id": 7, "kind": "post", "text": "Ring 114.", "context": {}},
        {"id": "alt", "kind": "alt_text", "text": "Billede af en bil", "context": None},
    ]
    printed = run("\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n", "--lines")
    answers = [json.loads(line) for line in printed.splitlines()]
    assert [answer["id"] for answer in answers] == ["a", 7, "alt"]
    assert answers[1]["findings"] == []
    assert answers[2]["findings"][0]["check"] == "C-40"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "not JSON"),
        ("[]", "object"),
        ('{"id": 1}', "'text' is missing"),
        ('{"text": "x"}', "'id' is missing"),
        ('{"id": 1, "text": 2}', "must be a string"),
        ('{"id": 1, "text": "x", "kind": "tweet"}', "cannot be 'tweet'"),
        ('{"id": 1, "text": "x", "context": {"stage": "dom"}}', "cannot be 'dom'"),
        ('{"id": 1, "text": "x", "context": {"stadie": null}}', "'stadie'"),
        ('{"id": 1, "text": "x", "context": {"minor_defendant": "ja"}}', "true or false"),
        ('{"id": 1, "text": "x", "kontext": {}}', "'kontext'"),
    ],
)
def test_a_line_it_cannot_use_is_told_by_number(run, line, says):
    with pytest.raises(CommandError, match="Line 2") as error:
        run('{"id": 1, "text": "x"}\n' + line, "--lines")
    assert says in str(error.value)


def test_a_context_it_cannot_use_is_refused(run):
    with pytest.raises(CommandError, match="restriction"):
        run("x", "--context", '{"restriction": "ja"}')


def test_bytes_that_are_no_text_are_refused(run):
    with pytest.raises(CommandError, match="not UTF-8 at byte 1"):
        run(b"a\xff")
