"""A message as a mail: headers, plain text and HTML in the message's own language, images inside it.

The same message, key and letterhead give the same bytes, always: a repeat can be recognised as one.
"""

from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import sha256

from django.template.loader import render_to_string
from django.utils import translation

from publishing.adapters import plain
from publishing.adapters.addresses import wire_form
from publishing.adapters.base import DeliveryKey
from publishing.message import Message

POLICY = SMTP.clone(cte_type="7bit")  # passes through every server unchanged
SHOWN_WIDTH = 592  # pixels: what a mail has room for


@dataclass(frozen=True)
class Letterhead:
    """Who writes, in plain values."""

    address: str
    name: str = ""
    reply_to: str = ""
    contact: str = ""
    unsubscribe: str = ""  # mailto: or https://

    @property
    def domain(self) -> str:
        return wire_form(self.address).rpartition("@")[2]


def line(value: object) -> str:
    """On one line: what could begin a header of its own is gone."""
    return "".join(char for char in " ".join(str(value or "").split()) if char.isprintable())


def subject(message: Message) -> str:
    return line(message.extra.get("subject") or message.title)


def headers(head: Letterhead, message: Message, key: DeliveryKey) -> dict[str, str]:
    """In the order in which they stand in the mail."""
    mark = sha256(key.recipient.lower().encode()).hexdigest()[:8]
    found = {
        "From": str(Address(head.name, addr_spec=wire_form(head.address))),
        "To": wire_form(key.recipient),
        "Subject": subject(message),
        "Date": format_datetime(key.moment),
        "Message-ID": f"<{key.uuid.hex}.{mark}@{head.domain}>",
        "Content-Language": message.language,
        "Reply-To": wire_form(head.reply_to),
        "List-Unsubscribe": f"<{head.unsubscribe}>" if head.unsubscribe else "",
    }
    return {name: value for name, value in found.items() if value}


def bodies(head: Letterhead, message: Message) -> tuple[str, str]:
    """The same words as plain text and as HTML."""
    context = {
        "title": subject(message),
        "text": message.lead(),
        "html": message.html,
        "article": plain.text_of(message.html, base=message.link),
        "link": message.link,
        "language": message.language,
        "embargo_until": message.embargo_until,
        "sender": head.name or head.address,
        "contact": head.contact,
        "unsubscribe": head.unsubscribe,
        "unsubscribe_shown": head.unsubscribe.removeprefix("mailto:").partition("?")[0],
        "images": [
            {
                "cid": cid,
                "alt": image.alt,
                "filename": image.filename,
                "shown_width": min(image.width, SHOWN_WIDTH),
            }
            for cid, image in zip(_cids(head, message), message.media, strict=True)
        ],
    }
    with translation.override(message.language):
        text = render_to_string("publishing/email/press_release.txt", context)
        return text, render_to_string("publishing/email/press_release.html", context)


def mail(head: Letterhead, message: Message, key: DeliveryKey) -> EmailMessage:
    """The whole mail; reads the images."""
    text, html = bodies(head, message)
    shown = EmailMessage(POLICY)
    shown.set_content(html, subtype="html")
    for cid, image in zip(_cids(head, message), message.media, strict=True):
        kind, _slash, subtype = image.mime.partition("/")
        shown.add_related(
            image.read(),
            kind,
            subtype,
            cid=f"<{cid}>",
            filename=image.filename,
            disposition="inline",
            headers=[f"Content-Description: {line(image.alt)}"] if image.alt.strip() else [],
        )
    whole = EmailMessage(POLICY)
    whole.set_content(text)
    whole.make_alternative()
    whole.attach(shown)
    for name, value in headers(head, message, key).items():
        whole[name] = value
    for number, part in enumerate(part for part in whole.walk() if part.is_multipart()):
        part.set_boundary(f"{key.uuid.hex}-{number}")
    return whole


def _cids(head: Letterhead, message: Message) -> list[str]:
    return [f"{number}.{image.sha256[:24]}@{head.domain}" for number, image in enumerate(message.media)]
