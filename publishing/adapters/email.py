"""Press e-mail: one message to each recipient, handed to the mail server of the house.

SMTP has no key that makes a repeat harmless, and nobody to ask afterwards. So it is noted durably right before the dot
that ends a mail (``publishing.smtp``): a worker lost before it has sent nothing, and the mail goes again by itself;
one lost between the dot and the server's answer leaves that one recipient to a person, with the Message-ID to look for
in the server's log. The same attempt again is the same mail byte by byte, Message-ID and date too: a server or mailbox
that drops repeats (``repeats``) may be sent it again without asking.
"""

import re
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from publishing import smtp
from publishing.adapters import addresses, fitting, press_release
from publishing.adapters.base import (
    LATER,
    Account,
    Adapter,
    DeliveryKey,
    Limits,
    Problem,
    Receipt,
    Request,
    Setting,
    Verification,
)
from publishing.errors import Words
from publishing.message import Message

UNSUBSCRIBE = re.compile(r"(mailto:|https://)[^\s<>,]+")


class PressEmail(Adapter):
    """Nothing can be found, read back or taken down: a mail that is out stays out."""

    kind = "email"
    look = "mail"
    label = _("Press e-mail")
    limits = Limits(
        images=4,
        image_bytes=4_000_000,
        image_types=("image/jpeg", "image/png", "image/gif"),
        image_side=2000,  # for a screen; a mail of the press is read on a telephone too
        html=True,
        fan_out=True,
        departs=True,
    )
    settings = (
        Setting("host", _("Mail server")),
        Setting("port", _("Port"), default="587"),
        Setting(
            "security",
            _("Encryption"),
            default="starttls",
            choices=(
                ("starttls", _("STARTTLS (usually port 587)")),
                ("ssl", _("TLS from the start (usually port 465)")),
                ("none", _("None: only for a server of the house")),
            ),
        ),
        Setting("user", _("User name"), required=False),
        Setting("password", _("Password"), secret=True, required=False),
        Setting("from_address", _("Sender's address")),
        Setting("from_name", _("Sender's name"), required=False),
        Setting("reply_to", _("Answers go to"), _("Empty: to the sender's address."), required=False),
        Setting(
            "contact", _("Contact for the press"), _("Stands at the end of each mail."), False, False, "", (), True
        ),
        Setting("unsubscribe", _("Address to unsubscribe"), _("Begins with mailto: or https://."), required=False),
        Setting(
            "recipients",
            _("Recipients"),
            _("One address a line. What follows a # is a comment."),
            multiline=True,
        ),
        Setting(
            "repeats",
            _("The same mail twice"),
            _("Decides what happens when the server's answer is lost. Ask whoever runs the server."),
            default="delivered",
            choices=(
                ("delivered", _("The server delivers both: a person decides")),
                ("dropped", _("The server drops the second by its Message-ID: send again")),
            ),
        ),
    )

    def limits_for(self, account: Account) -> Limits:
        return replace(self.limits, idempotent=account.config.get("repeats") == "dropped")

    def count(self, account: Account, message: Message) -> tuple[int, int | None]:
        return len(message.text), None

    def validate(self, account: Account, message: Message) -> list[Problem]:
        found = fitting.problems(message, self.limits, used=len(message.text))
        if not press_release.subject(message):
            found.append(Problem("title", _("A press release needs a title."), "title_missing"))
        return found + [Problem("channel", sentence, code) for code, sentence in _faults(account)]

    def translate(self, account: Account, message: Message, key: DeliveryKey) -> list[Request]:
        """The mail in parts. Without a recipient: the one mail that each of the list gets."""
        head = _letterhead(account)
        text, html = press_release.bodies(head, message)
        headers = press_release.headers(head, message, key)
        if not key.recipient:
            headers |= {"To": LATER, "Message-ID": LATER}
        images = [{**fitting.described(item), "filename": item.filename, "alt": item.alt} for item in message.media]
        body: dict[str, Any] = {"text": text, "html": html, "images": images}
        server = _server(account)
        return [
            Request("MAIL", f"smtp://{server.host}:{server.port}/{addresses.wire_form(key.recipient)}", headers, body)
        ]

    def send(self, account: Account, message: Message, key: DeliveryKey) -> Receipt:
        # A fault that came into the list later is another recipient's: it does not stop the mail to this one.
        alone = replace(account, config={**account.config, "recipients": key.recipient})
        fitting.must_fit(self, alone, message)
        head = _letterhead(account)
        mail = press_release.mail(head, message, key)
        said = smtp.send(
            _server(account),
            sender=addresses.wire_form(head.address),
            recipient=addresses.wire_form(key.recipient),
            content=mail.as_bytes(),
        )
        return Receipt(str(mail["Message-ID"]), details={"answer": said[:200]})

    def verify(self, account: Account) -> Verification:
        """Comes as far as being let in; a list with faults is not ready either."""
        for _code, sentence in _faults(account):
            return Verification(False, problem=sentence)
        smtp.verify(_server(account))
        return Verification(True, account=_letterhead(account).address)

    def recipients(self, account: Account) -> list[str]:
        return list(addresses.parse(str(account.config.get("recipients") or "")).addresses)


def _text(account: Account, name: str) -> str:
    return press_release.line(account.config.get(name))


def _letterhead(account: Account) -> press_release.Letterhead:
    names = ("from_address", "from_name", "reply_to")
    address, name, reply_to = (_text(account, item) for item in names)
    contact = str(account.config.get("contact") or "").strip()
    return press_release.Letterhead(address, name, reply_to, contact, _text(account, "unsubscribe"))


def _server(account: Account) -> smtp.Server:
    return smtp.Server(
        host=_text(account, "host"),
        port=fitting.number(account.config.get("port")) or 587,
        security=_text(account, "security") or "starttls",
        name=_letterhead(account).domain,
        user=_text(account, "user"),
        password=account.secrets.get("password", ""),
    )


def _faults(account: Account) -> list[tuple[str, Words]]:
    """What is wrong with the channel's set-up, as (code, sentence)."""
    head, found = _letterhead(account), list[tuple[str, Words]]()
    for code, address in (("from_address", head.address), ("reply_to", head.reply_to)):
        if not addresses.wire_form(address) and (address or code == "from_address"):
            found.append((code, _("%(address)s is not an e-mail address.") % {"address": address or "–"}))
    if head.unsubscribe and not UNSUBSCRIBE.fullmatch(head.unsubscribe):
        found.append(("unsubscribe", _("The address to unsubscribe begins with mailto: or https://.")))
    parsed = addresses.parse(str(account.config.get("recipients") or ""))
    for number, line in parsed.faults:
        sentence = _("Line %(number)s of the recipients is not an e-mail address: %(line)s")
        found.append(("recipient", sentence % {"number": number, "line": line}))
    if not parsed.addresses:
        found.append(("recipients", _("Nobody is on the list of recipients.")))
    return found
