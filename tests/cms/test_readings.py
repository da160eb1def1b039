"""An approved text is read once, when it is approved, and counted as if it were read anew."""

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from campaigns.coverage import Period
from cms import readability, readings
from cms.measures import quality
from cms.models.approvals import Approval

WORDS = "Politiet i København har i aften anholdt to mænd i en sag om indbrud i kælderrum på Nørrebro. " * 3
media = st.fixed_dictionaries(
    {"sha256": st.sampled_from("abc"), "alt": st.sampled_from(["", " ", "To betjente"])},
    optional={"decorative": st.booleans()},
)
messages = st.dictionaries(
    st.sampled_from(["1", "2", "3"]),
    st.fixed_dictionaries(
        {"text": st.sampled_from(["", "Kort.", WORDS, WORDS + "Ring 114."]), "media": st.lists(media)}
    ),
)


@given(messages)
def test_it_says_what_the_words_and_pictures_say(given):
    found = readings.of(given)
    shown = [item for message in given.values() for item in message["media"] if not item.get("decorative")]
    assert {(sha, has) for sha, has in found["images"]} == {
        (item["sha256"], item["alt"].strip() != "") for item in shown
    }
    longest = max([message["text"] for message in given.values()] or [""], key=len)
    assert found["lix"] == (readability.read(longest).lix if len(longest) > 200 else None)


@pytest.mark.django_db
def test_the_measure_counts_what_was_read_and_reads_anew_what_was_not_or_otherwise(newsroom):
    newsroom.publish(summary=WORDS.strip())
    today = Period(timezone.localdate(), timezone.localdate())

    def said():
        return [(one.key, one.value, one.of) for one in quality.figures(today, timezone.now())]

    given = Approval.objects.get()
    assert given.reading == readings.of(given.messages) and given.reading["lix"]
    before = said()
    assert ("quality_lix", given.reading["lix"], 1) in before
    for other in (None, {**given.reading, "version": 0, "lix": 99.0}):
        Approval.objects.update(reading=other)
        assert said() == before
