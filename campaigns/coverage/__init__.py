"""Coverage: what was told of the strategy, and what is silent. Appearances in, figures out; time is an argument.

How it counts:

* Stories, not publications: one story on five channels is 1 story and 5 publications.
* A story counts once, in the month (Copenhagen) in which it first went out; one that is not out counts where it is due.
* It belongs to its primary focus area. Without one it follows its initiatives: a confirmed mapping counts, a proposed
  one is told apart (``proposed``) and counts nowhere else; when they point to several areas it belongs to none.
* What goes to channels in dry run reaches nobody: it is told apart (``dry``) and counts nowhere else.
* The denominator is the initiatives marked suitable whose mapping is confirmed.
* A closed month stands as it was counted when it closed: ``closing`` stores it, ``ledger`` reads it, and what differs
  since is a correction beside it. The months since then are counted from what is there now.
"""

from campaigns.coverage.books import Book, Dimension, Kept, Tally, keep
from campaigns.coverage.facts import Appearance, Area, Fate, Month, Period, Rules, Story, Topic, month_of
from campaigns.coverage.figures import AreaRow, Coverage, TopicRow, counted, cover
from campaigns.coverage.stories import Selection, find, published, told

__all__ = [
    "Appearance",
    "Area",
    "AreaRow",
    "Book",
    "Coverage",
    "Dimension",
    "Fate",
    "Kept",
    "Month",
    "Period",
    "Rules",
    "Selection",
    "Story",
    "Tally",
    "Topic",
    "TopicRow",
    "counted",
    "cover",
    "find",
    "keep",
    "month_of",
    "published",
    "told",
]
