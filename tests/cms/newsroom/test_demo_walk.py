"""The demo as the public meets it: what was sent to the website can be read, and no word of anything else."""

from cms.demo.sample import WEB
from cms.demo.texts import SAMPLES
from tests.newsroom import walk

TAKEN_DOWN = "Vi mødes på torvet: borgermøde på Amager"  # a possible error in it was reported


def test_the_public_reads_what_was_sent_to_the_website_and_nothing_else(client, demo):
    text = " ".join(
        answer.content.decode()
        for answer in walk(client).values()
        if answer.status_code == 200 and answer.headers["Content-Type"].startswith(("text", "application"))
    )
    for sample in SAMPLES:
        out = sample.ending == "sent" and WEB in sample.channels and sample.title != TAKEN_DOWN
        assert (sample.summary in text) == out, sample.title
