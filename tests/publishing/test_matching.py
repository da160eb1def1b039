"""Which post on the channel is most like ours: for the person who decides."""

from publishing import matching


def test_the_most_like_is_marked_and_addresses_do_not_count():
    found = matching.compare(
        "Husk lys på cyklen https://politi.dk/1",
        [{"text": "Vejen er åben"}, {"text": "HUSK lys  på cyklen https://t.co/abc", "permalink": "https://x.com/1"}],
    )
    assert [item.best for item in found] == [False, True]
    assert found[1].percent == 100


def test_nothing_is_marked_when_nothing_is_like_it():
    assert not any(item.best for item in matching.compare("Husk lys på cyklen", [{"text": "Vejen er åben igen"}]))


def test_no_findings_are_no_fault():
    assert matching.compare("Husk lys", []) == []


def test_only_web_addresses_can_be_opened():
    [found] = matching.compare("a", [{"text": "a", "permalink": "javascript:alert(1)"}])
    assert found.permalink == ""
