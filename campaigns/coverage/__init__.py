"""Coverage: what was told of the strategy, and what is silent. Appearances in, figures out; time is an argument.

How it counts:

* Stories, not publications: one story on five channels is 1 story and 5 publications.
* A story counts once, in the month (Copenhagen) in which it first went out; one that is not out counts where it is due.
* It belongs to its primary focus area. Without one it follows its initiatives: a confirmed mapping counts, a proposed
  one is told apart (``proposed``) and counts nowhere else; when they point to several areas it belongs to none.
* What goes to channels in dry run reaches nobody: it is told apart (``dry``) and counts nowhere else.
* The denominator is the initiatives marked suitable whose mapping is confirmed.
"""

from campaigns.coverage.facts import Appearance, Area, Fate, Month, Period, Rules, Story, Topic, month_of
from campaigns.coverage.figures import AreaRow, Coverage, Tally, TopicRow, cover
from campaigns.coverage.stories import find, published, selected, told

__all__ = [
    "Appearance",
    "Area",
    "AreaRow",
    "Coverage",
    "Fate",
    "Month",
    "Period",
    "Rules",
    "Story",
    "Tally",
    "Topic",
    "TopicRow",
    "cover",
    "find",
    "month_of",
    "published",
    "selected",
    "told",
]
