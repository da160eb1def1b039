"""From facts to a page: title, text and a version for each channel, written by ``cms.court.sentences``.

Knows nothing but facts and channels, so nothing internal can come in here.
"""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.utils.html import escape

from cms.court.facts import Facts
from cms.court.sentences import Texts, TooLong, texts
from cms.court.sentences.parts import effective
from cms.court.vocabulary import Finality
from cms.models.court_results import CourtResult
from cms.models.variants import Variant
from publishing.message import Message
from publishing.models import Channel

SETTLED = {Finality.FINAL.value, Finality.SUPREME_COURT.value}
UNDER_APPEAL = {Finality.APPEALED.value, Finality.LEAVE_APPLIED.value, Finality.LEAVE_GRANTED.value}

UNKNOWN = "https://nyheder.example.org/domme/" + "x" * 80  # the address of a page that has none yet; a long one


def write(page: CourtResult, facts: Facts, channels: Iterable[Channel]) -> None:
    """Title, summary, body and the short versions anew. What somebody had reworded is gone."""
    written = texts(facts)
    page.facts = facts.to_json()
    page.title, page.summary = written.title[:255], written.summary[:500]
    page.body = list(_blocks(written, facts))
    page.court, page.judged_on, page.appeal = facts.court, facts.judged_on, appeal(facts)
    page.language = "da"
    page.variants = list(_variants(page, written, channels))


def unsaved(facts: Facts, channels: Iterable[Channel]) -> CourtResult:
    """The page as it would be, for a look; never saved."""
    channels = list(channels)
    page = CourtResult()
    write(page, facts, channels)
    return page


def appeal(facts: Facts) -> str:
    """Where the whole case stands, in the three words of the newsroom."""
    found = {effective(facts, one).value for one in facts.defendants}
    if found & UNDER_APPEAL:
        return str(CourtResult.Appeal.APPEALED)
    return str(CourtResult.Appeal.FINAL if found <= SETTLED else CourtResult.Appeal.OPEN)


def _blocks(written: Texts, facts: Facts) -> Iterable[tuple[str, Any]]:
    for paragraph in written.body:
        yield "paragraph", f"<p>{escape(paragraph)}</p>"
    if facts.quote:
        yield "quote", {"quote": facts.quote, "source": facts.quoted}
    if facts.contact:
        yield "paragraph", f"<p>{escape(f'Kontakt for pressen: {facts.contact}')}</p>"


def _variants(page: CourtResult, written: Texts, channels: Iterable[Channel]) -> Iterable[Variant]:
    """The shortest useful text where a channel has a limit; elsewhere the common one."""
    link = page.common_link() or UNKNOWN
    for channel in channels:
        limit = channel.limits.characters
        if limit is not None:
            try:
                text = written.variant(limit, partial(_count, channel, link))
            except TooLong:
                continue  # the rules of the channel say so, at the preview and at filing
            yield Variant(channel=channel, text=text)


def _count(channel: Channel, link: str, text: str) -> int:
    """As the channel counts, the link included."""
    used, _allowed = channel.adapter.count(channel.account(), Message(text=text, link=link))
    return used
