"""LIX as the domain's rules fix it; its examples are the test."""

import pytest

from cms import readability

VECTORS = [
    ("Vi er her for at hjælpe dig. Ring 114, hvis du vil tale med os.", 15, 2, 0, 7.50, "meget let"),
    ("Vi kommunikerer åbent og proaktivt til borgerne via pressen og de sociale medier.", 13, 1, 5, 51.46, "svær"),
    (
        "En 26-årig mand er i dag ved Københavns Byret idømt 3 års fængsel for røveri. "
        "Dommen er ikke endelig, da han har anket til Østre Landsret.",
        26, 2, 4, 28.38, "let",
    ),
    (
        "Retten fandt det bevist, bl.a. ved videoovervågning, at den tiltalte den 12. marts 2025 kl. 13.00 "
        "tog 5.678 kr. fra en butik.",
        22, 1, 2, 31.09, "let",
    ),
    (
        "Anklagemyndigheden nedlagde påstand om frakendelse af førerretten samt udvisning med indrejseforbud "
        "i henhold til udlændingelovens bestemmelser.",
        16, 1, 10, 78.50, "meget svær",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "sentences", "long", "lix", "band"), VECTORS)
def test_the_examples_of_the_domain(text, words, sentences, long, lix, band):
    reading = readability.read(text)
    assert (reading.words, reading.sentences, reading.long_words) == (words, sentences, long)
    assert round(reading.lix, 2) == lix
    assert readability.band(reading.lix) == band


def test_a_short_text_gets_no_band():
    assert readability.read(VECTORS[1][0]).band is None
    assert readability.read(VECTORS[4][0] + " " + " ".join(["ord"] * 30) + ".").band is not None


def test_addresses_hashtags_and_mentions_are_no_words():
    assert readability.read("Læs mere https://politi.dk/langtord #TrygtNatteliv @politi.").words == 2


def test_the_words_that_weigh_come_longest_first():
    assert readability.read("Udvisning og indrejseforbud for manden.").heavy == ("indrejseforbud", "udvisning")


def test_no_words_no_figure():
    assert readability.read("").lix == 0
