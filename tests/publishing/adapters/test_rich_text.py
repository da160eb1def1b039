"""Links and hashtags in a text, and the bytes at which they stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishing.adapters import rich_text

PLAIN = ["Husk lys", " ", "\n", "æøå", "🚲", "👩‍👩‍👧", "e\u0301", "(", ")", ".", "…", "@politi.dk", "&amp;"]
TAGS = ["@brandvagten.example", "#trafik", "#", "#112", "#Øresund", "# ", "##"]
LINKS = ["https://politi.dk/lys?a=1&b=ø", "http://", "https://da.wikipedia.org/wiki/Lys_(fysik)"]
PIECES = st.sampled_from([*PLAIN, *TAGS, *LINKS])
TEXTS = st.lists(PIECES, max_size=20).map("".join) | st.text(max_size=60)


MENTIONS = {"@brandvagten.example": "did:plc:brandvagten"}


def found(text, mentions=None):
    """The parts of a text as they can be cut out of its bytes."""
    data, facets = text.encode(), rich_text.facets(text, mentions)
    return [data[facet["index"]["byteStart"] : facet["index"]["byteEnd"]].decode() for facet in facets]


@given(TEXTS)
def test_offsets_are_bytes_in_order_and_cut_out_exactly_the_link_the_tag_or_the_mention(text):
    end = 0
    for facet in rich_text.facets(text, MENTIONS):
        index, [feature] = facet["index"], facet["features"]
        cut = text.encode()[index["byteStart"] : index["byteEnd"]].decode()
        assert cut == feature.get("uri") or cut[1:] == feature.get("tag") or feature["did"] == MENTIONS[cut]
        assert end <= index["byteStart"] < index["byteEnd"] <= len(text.encode())
        end = index["byteEnd"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("#trafik på 🚲", ["#trafik"]),
        ("Ålborg 🚲👩‍👩‍👧 #Øresund.", ["#Øresund"]),
        ("Se https://politi.dk/lys.", ["https://politi.dk/lys"]),
        ("(se https://politi.dk/lys)", ["https://politi.dk/lys"]),
        ("https://da.wikipedia.org/wiki/Lys_(fysik)", ["https://da.wikipedia.org/wiki/Lys_(fysik)"]),
        ("»https://politi.dk/å«", ["https://politi.dk/å"]),
        ("Ring 112, ikke #112 og ikke #.", []),
        ("C#kode og nr.#tag", []),
        ("#a-b #a_b, #a!", ["#a-b", "#a_b", "#a"]),
        ("#\ufe0f\u20e3 er en knap", []),
        ("https://politi.dk/#afsnit", ["https://politi.dk/#afsnit"]),
        ("https://politi.dk/ #lys", ["https://politi.dk/", "#lys"]),
        ("＃trafik", ["＃trafik"]),
        ("http:// og https://", []),
        ("@politi.dk", []),
        ("#" + "a" * 65, []),
        ("", []),
    ],
)
def test_what_is_a_link_or_a_tag(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("🚲 Sammen med @brandvagten.example.", ["@brandvagten.example"]),
        ("(@brandvagten.example) og @brandvagten.example igen", ["@brandvagten.example"] * 2),
        ("@brandvagten.example, #lys", ["@brandvagten.example", "#lys"]),
        ("@brandvagten.example.dk @brandvagten.examples @brandvagten.example-2", []),
        ("post@brandvagten.example", []),
        ("https://brand.example/@brandvagten.example", ["https://brand.example/@brandvagten.example"]),
        ("@politi.dk", []),
    ],
)
def test_a_handle_is_a_mention_where_it_is_a_whole_name_and_we_know_whose(text, expected):
    assert found(text, MENTIONS) == expected


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 0), ("æøå", 3), ("e\u0301", 1), ("👩‍👩‍👧", 1), ("🇩🇰🇬🇱", 2), ("\r\n", 1), ("❤️👍🏽", 2)],
)
def test_a_grapheme_is_what_a_reader_sees_as_one(text, count):
    assert rich_text.graphemes(text) == count
