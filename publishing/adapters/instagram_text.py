"""How Instagram counts a caption, and what it refuses in one. Pure.

2,200 signs, 30 hashtags and 20 mentions. It does not say what a sign is, so an emoji counts as what it takes at most.
"""

import re

from django.utils.translation import gettext_lazy as _

from publishing.adapters.base import Problem

HASHTAGS, MENTIONS = 30, 20
HASHTAG, MENTION = re.compile(r"(?<!\w)#\w+"), re.compile(r"(?<![\w.])@[\w.]+")


def count(text: str) -> int:
    """UTF-16 units: never fewer than Instagram counts."""
    return len(text.encode("utf-16-le")) // 2


def problems(text: str) -> list[Problem]:
    found = []
    if len(HASHTAG.findall(text)) > HASHTAGS:
        sentence = _("Instagram takes %(most)s hashtags at most: take some out.")
        found.append(Problem("text", sentence % {"most": HASHTAGS}, "too_many_hashtags"))
    if len(MENTION.findall(text)) > MENTIONS:
        sentence = _("Instagram takes %(most)s mentions at most: take some out.")
        found.append(Problem("text", sentence % {"most": MENTIONS}, "too_many_mentions"))
    return found
