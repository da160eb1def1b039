"""What a kind can carry, what is wrong with a message for it, and what its channels must be told: plain values."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from publishing.errors import Words

CHARACTERS: Words = _("characters")


@dataclass(frozen=True)
class Limits:
    """What a kind can carry. ``None`` means no limit; False means it cannot, and says so instead of guessing."""

    characters: int | None = None
    counting: Words = CHARACTERS  # how the platform counts, in words, for the capability table
    bytes: int | None = None  # UTF-8 bytes of the text
    images: int = 0
    image_bytes: int | None = None
    image_types: tuple[str, ...] = ()
    image_pixels: int | None = None
    image_side: int | None = None  # pixels of the longer side beyond which the platform shrinks it itself
    image_area: int | None = None  # the same for all pixels together; above image_pixels it refuses
    image_ratio: tuple[float, float] | None = None  # width by height: the narrowest and the widest it takes
    alt_text: int | None = None  # characters of alt text; None = no limit
    link: bool = True
    video: bool = False  # one, instead of images
    video_bytes: int | None = None
    video_seconds: tuple[float, float] | None = None  # the shortest and the longest it takes
    video_types: tuple[str, ...] = ()
    video_ratio: tuple[float, float] | None = None  # width by height
    video_pixels: int | None = None
    describes_video: bool = False  # carries what it shows, for those who cannot see it; at most ``alt_text`` of it
    captions: bool = False  # takes captions beside the picture; where it does not, they must stand in it
    replies: bool = False  # can answer an earlier post of its own: a first comment, the next part of a thread
    html: bool = False
    edit: bool = False  # a post that is out can be changed in place; then ``read`` tells whether it was
    withdraw: bool = False
    idempotent: bool = False  # the platform itself refuses or merges a repeat with the same key
    find: bool = False  # an unknown outcome can be looked up
    departs: bool = False  # notes the point of no return (``publishing.departing``): no note, nothing sent
    read: bool = False  # a sent post can be fetched again
    metrics: bool = False
    by_hand: bool = False  # a person posts it and confirms
    publishes_page: bool = False  # a page of this very site, updated in place by a later approval
    fetches_media: bool = False  # takes no bytes: the platform fetches each image from an open address of ours
    keeps_embargo: bool = False  # shows what is under embargo to the press only, and by itself to all when it ends
    identifies: bool = False  # a mention carries the permanent name of the account beside its handle
    about: bool = False  # says what it is about: unit, theme, place
    fan_out: bool = False  # one child delivery per recipient (e-mail)
    ahead: bool = False  # makes a video ready before its hour (``DeliveryKey.hour``), unseen
    discards: bool = False  # some can see what it makes ready before it is published: ``discard`` takes it away
    in_house: bool = False  # nobody else carries it: our own site, or only written down. No risk to decide about


@dataclass(frozen=True)
class Problem:
    """Something an editor must change before approval. ``field`` is text, link, media, alt, video, title or channel."""

    field: str
    message: Words  # translatable sentence that says what to do
    code: str = ""


@dataclass(frozen=True)
class Setting:
    """One field of the channel form. Secret ones are encrypted at rest and never shown again."""

    name: str
    label: Words
    help: Words = ""
    secret: bool = False
    required: bool = True
    default: str = ""
    choices: tuple[tuple[str, Words], ...] = ()
    multiline: bool = False
    numeric: bool = False  # a whole number, at least 1


class Undeclared(RuntimeError):
    """A step was called that the kind's limits do not declare: a fault of ours."""

    def __init__(self, adapter: object, step: str) -> None:
        super().__init__(f"{type(adapter).__name__} does not declare {step}.")
