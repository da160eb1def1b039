"""A Feed: its name and addresses, whatever it is written as."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Feed:
    """``updated`` is of the newest entry, so that nothing changes when nothing did."""

    id: str
    title: str
    description: str
    url: str
    home: str
    publisher: str
    language: str
    icon: str
    updated: datetime
