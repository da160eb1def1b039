"""Sample content in Danish, plainly invented: one of each kind, in every state that an editor meets."""

from cms.demo.judgments import JUDGMENTS
from cms.demo.posts import POSTS
from cms.demo.stories import IN_ENGLISH, STORIES

SAMPLES = (*STORIES, *POSTS, IN_ENGLISH, *JUDGMENTS)
