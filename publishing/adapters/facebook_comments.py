"""What a comment on Facebook can carry: less than a post. Pure."""

from dataclasses import replace

from publishing.adapters import fitting
from publishing.adapters.base import Limits, Problem
from publishing.adapters.facebook_posts import posted_text
from publishing.message import Message

MOST = 8000  # characters


def count(message: Message) -> tuple[int, int]:
    return len(posted_text(message, comment=True)), MOST


def problems(message: Message, of_posts: Limits) -> list[Problem]:
    """Everything that stops this message from being a comment; its image is held to what a post's is."""
    used, most = count(message)
    return fitting.problems(message, replace(of_posts, characters=most, images=1, video=False), used=used)
