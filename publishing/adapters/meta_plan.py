"""What is to become containers of Instagram or Threads, and by which names that goes. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from publishing.adapters.meta_quota import Quota

PATIENCE = timedelta(minutes=10)  # with what Meta works on; a video has more


@dataclass(frozen=True)
class Way:
    """What differs between the two: names of edges and fields."""

    create: str
    publish: str
    status: str
    why: str  # field that says what is wrong with a container
    quota: Quota


@dataclass(frozen=True)
class Plan:
    """What becomes containers: the whole, and before it the parts of a carousel."""

    whole: Mapping[str, str]
    parts: tuple[Mapping[str, str], ...] = ()
    patience: timedelta = PATIENCE

    def of(self, children: list[str]) -> dict[str, str]:
        return {**self.whole, **({"children": ",".join(children)} if children else {})}


def of_images(images: Sequence[Mapping[str, str]], words: Mapping[str, str]) -> Plan:
    """A single image, or a carousel of several; the words are of the whole."""
    if len(images) == 1:
        return Plan({**images[0], **words})
    return Plan({"media_type": "CAROUSEL", **words}, tuple({**image, "is_carousel_item": "true"} for image in images))
