"""The account's own posts, for platforms without an idempotency key: was it posted, though no answer came?

They are listed back to when the first attempt began, newest first. Where a post is almost the same, or where not all of
them could be listed, nobody may say that ours is not there: then a person decides.
"""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from difflib import SequenceMatcher
from typing import TypeVar

from django.utils.translation import gettext_lazy as _

from publishing.adapters.base import Absent, CannotTell, Receipt
from publishing.errors import ContentRejected, OutcomeUnknown, RateLimited, TemporaryError, Words

ALIKE = 0.8  # so much of a text in common: it may be ours, changed by the platform
CLOCKS_DIFFER = timedelta(minutes=2)
SHOWN = 10  # to whoever decides, when there are too many

Post = TypeVar("Post")


def sought(
    posts: Sequence[Post],
    *,
    complete: bool,
    is_same: Callable[[Post], bool],
    is_alike: Callable[[Post], bool],
    evidence: Callable[[Post], Mapping[str, str]],
    absent: Words,
) -> Post | Absent | CannotTell:
    """The one that is the same, the oldest if there are two; else what can be said about it."""
    for post in reversed(posts):
        if is_same(post):
            return post
    if alike := [post for post in posts if is_alike(post)]:
        return CannotTell(_("There is a post that is almost the same."), tuple(map(evidence, alike)))
    if not complete:
        sentence = _("The account has posted too much since then to be sure.")
        return CannotTell(sentence, tuple(map(evidence, posts[:SHOWN])))
    return Absent(absent)


def already_posted(
    find: Callable[[], Receipt | Absent | CannotTell], code: str, *, unclear: Words, by_others: Words
) -> Receipt:
    """The platform refuses the same words twice: was it an earlier attempt of ours that had posted them?

    Its receipt; OutcomeUnknown (``unclear``) when nobody can tell; ContentRejected (``by_others``) when it was not.
    """
    try:
        found = find()
    except (TemporaryError, RateLimited) as error:
        raise OutcomeUnknown(unclear, error.detail) from None
    if isinstance(found, CannotTell):
        raise OutcomeUnknown(unclear, code)
    if isinstance(found, Absent):
        raise ContentRejected(by_others, f"{code}, and not since our first attempt")
    return found


def is_alike(ours: str, theirs: str) -> bool:
    return SequenceMatcher(None, ours, theirs).ratio() > ALIKE


def bare(text: str) -> str:
    """What is compared: without white space, of which each platform makes something else."""
    return "".join(unicodedata.normalize("NFC", text).split())
