"""Press e-mail against a real SMTP server."""

import uuid
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishing import claiming, fan_out, sending, smtp
from publishing.adapters import addresses, plain, press_release
from publishing.adapters.base import Account, DeliveryKey
from publishing.adapters.email import PressEmail
from publishing.adapters.press_release import Letterhead
from publishing.beginning import begin
from publishing.errors import ContentRejected, TemporaryError
from publishing.message import Media, Message
from publishing.models import Delivery, State
from tests.fakes.mail import PASSWORD, USER, FakeMail
from tests.fakes.server import Fault
from tests.publishing.adapters.contract import Contract, Kind, Shown
from tests.publishing.adapters.contract_road import later

KEY = DeliveryKey(uuid.UUID(int=7), datetime(2026, 3, 1, 8, tzinfo=UTC), "redaktion@avis.example")
HEAD = Letterhead("presse@politi.example", "Københavns Politi", "vagt@politi.example", "Pressevagten\n33 00 00 00")
RELEASE = Message(
    text="En mand er idømt fængsel.",
    title="Dom i sag om røveri",
    html="<h2>Sagen</h2><p>Retten <a href='/sag'>afsagde dom</a> i dag.</p><ul><li>Et<li>To</ul>",
    link="https://politi.example/dom",
    embargo_until=datetime(2026, 11, 24, 13, 0, tzinfo=UTC),
)


def shown(fake):
    return [
        Shown(
            mail.part("plain"),
            [(part.get_content(), str(part["content-description"])) for part in mail.images()],
            language=mail.headers["content-language"],
        )
        for mail in fake.mails
    ]


def config(fake, **more):
    return {
        "host": "127.0.0.1",
        "port": str(fake.port),
        "security": "none",
        "user": USER,
        "from_address": "presse@politi.example",
        "from_name": "Københavns Politi",
        "reply_to": "vagt@politi.example",
        "unsubscribe": "mailto:presse@politi.example?subject=Afmeld",
        "recipients": "redaktion@avis.example",
        **more,
    }


def revoke(fake):
    fake.password = "another"


class TestPressEmail(Contract):
    kind = Kind(
        adapter=PressEmail(),
        fake=FakeMail,
        config=config,
        secrets=lambda fake: {"password": PASSWORD},
        shown=shown,
        revoke=revoke,
        posting=lambda seen: seen.method == "MAIL",
        means={403: ContentRejected, 429: TemporaryError, **dict.fromkeys((500, 502, 503, 504), TemporaryError)},
        proof=False,
        names_posts=False,
        recipient="redaktion@avis.example",
        extra={"subject": "Husk lys på cyklen"},
        may_import=frozenset({"publishing.smtp", "django.template"}),
    )

    def planned(self, channel, message):
        """The part of the one recipient."""
        [parent] = [super().planned(channel, message)]
        [row] = claiming.claim(channel.pk, worker="w", now=parent.due_at, limit=1)
        sending.settle(row, begin(row), (fan_out.expand(row), ""))
        return Delivery.objects.get(parent=parent)

    def many(self, channel, *recipients, message=None, **more):
        channel.config = {**channel.config, "recipients": "\n".join(recipients), **more}
        channel.save()
        return super().planned(channel, message or replace(RELEASE, embargo_until=None))

    def run(self, parent, **delta):
        with later(**delta):
            sending.send_due()
        parent.refresh_from_db()
        return dict(parent.parts.values_list("recipient", "state"))

    def test_each_recipient_has_a_mail_and_a_result_of_their_own(self, fake, channel):
        fake.refuse = lambda at, argument: "550 5.1.1 unknown" if argument == "vaek@avis.example" else None
        parent = self.many(channel, "a@avis.example", "vaek@avis.example", "b@avis.example", "A@avis.example")
        states = self.run(parent, seconds=1)
        assert states == {
            "a@avis.example": State.DELIVERED,
            "vaek@avis.example": State.FAILED,
            "b@avis.example": State.DELIVERED,
        }
        self.run(parent, minutes=1)
        assert parent.state == State.DELIVERED
        assert "2" in parent.state_reason
        assert "3" in parent.state_reason
        assert [mail.headers["to"] for mail in fake.mails] == ["a@avis.example", "b@avis.example"]
        assert len({mail.headers["message-id"] for mail in fake.mails}) == 2

    def test_a_fault_that_came_into_the_list_later_stops_nobody_elses_mail(self, fake, channel):
        parent = self.many(channel, "a@avis.example", "b@avis.example")
        channel.config = {**channel.config, "recipients": "a@avis.example\nikke en adresse\nb@avis.example"}
        channel.save()
        assert self.run(parent, seconds=1) == dict.fromkeys(("a@avis.example", "b@avis.example"), State.DELIVERED)
        assert not PressEmail().verify(channel.account()).ok

    def test_a_greylisted_recipient_gets_it_later_and_the_others_now(self, fake, channel):
        told = ["451 4.7.1 Greylisted"] * 2
        fake.refuse = lambda at, argument: told.pop() if argument == "graa@avis.example" and told else None
        parent = self.many(channel, "graa@avis.example", "a@avis.example")
        assert self.run(parent, seconds=1)["a@avis.example"] == State.DELIVERED
        states = [self.run(parent, minutes=minutes)["graa@avis.example"] for minutes in (1, 2)]
        assert states == [State.AWAITING_RETRY, State.DELIVERED]
        assert len(fake.mails) == 2

    def test_a_worker_killed_before_the_dot_has_sent_nothing_and_the_mail_goes_by_itself(
        self, fake, channel, message, monkeypatch
    ):
        delivery = self.planned(channel, message)
        with monkeypatch.context() as patch:
            patch.setattr(smtp, "depart", killed)
            with later(seconds=1), pytest.raises(Killed):
                sending.send_due()
        delivery.refresh_from_db()
        assert delivery.state == State.SENDING
        assert self.go(delivery, minutes=2) == State.DELIVERED
        assert len(fake.mails) == 1

    def test_a_worker_killed_after_the_dot_leaves_it_to_a_person_unless_the_server_drops_repeats(
        self, fake, channel, message, monkeypatch
    ):
        delivery, real = self.planned(channel, message), smtp._Client.getreply

        def dies_waiting(client):
            code, said = real(client)
            if said.startswith(b"2.0.0 Ok: queued"):
                raise Killed
            return code, said

        with monkeypatch.context() as patch:
            patch.setattr(smtp._Client, "getreply", dies_waiting)
            with later(seconds=1), pytest.raises(Killed):
                sending.send_due()
        assert self.go(delivery, minutes=2) == State.UNCERTAIN
        assert self.go(delivery, minutes=60) == State.UNCERTAIN
        assert len(fake.mails) == 1

    def test_a_server_that_drops_repeats_is_simply_sent_it_again(self, fake, channel, message):
        fake.drops_repeats = True
        channel.config = {**channel.config, "repeats": "dropped"}
        channel.save()
        delivery = self.planned(channel, message)
        fake.order(Fault(self.kind.posting, drop=True))
        assert self.go(delivery, seconds=1) == State.UNCERTAIN
        self.go(delivery, minutes=1)
        assert self.go(delivery, minutes=2) == State.DELIVERED
        assert self.posts(fake) == 2
        assert fake.seen[0].body == fake.seen[1].body
        assert len(fake.mails) == 1


class Killed(BaseException):
    """Nothing settles: as a kill does it."""


def killed():
    raise Killed


def account(**more):
    return Account(
        1,
        "Pressen",
        "email",
        {"host": "mx.example", "recipients": "a@b.dk", "from_address": "presse@politi.example", **more},
    )


def problems(message=RELEASE, **more):
    return [(item.code, str(item.message)) for item in PressEmail().validate(account(**more), message)]


def test_the_embargo_stands_first_in_the_language_of_the_mail_and_in_copenhagen_time():
    danish = "EMBARGO: må ikke offentliggøres før tirsdag den 24. november 2026 kl. 14.00 (dansk tid)."
    for language, words in {"da": danish, "en": "before Tuesday Nov. 24, 2026"}.items():
        text, html = press_release.bodies(HEAD, replace(RELEASE, language=language))
        first = text.splitlines()[0]
        assert first.startswith("EMBARGO")
        assert words in first
        assert "14.00" in first
        assert html.index("14.00") < html.index("<h1")
    assert "EMBARGO" not in "".join(press_release.bodies(HEAD, replace(RELEASE, embargo_until=None)))


@pytest.mark.parametrize(
    ("article", "times"),
    [
        ("<div><p>En mand er idømt fængsel.</p><p>Dommen er ikke endelig.</p></div>", 1),
        ("<p><strong>En mand</strong> er<br>idømt f&aelig;ngsel. Dommen er ikke endelig.</p>", 1),
        ("<p>Dommen er ikke endelig.</p><p>En mand er idømt fængsel.</p>", 2),
        ("<p>En mand er idømt fængsel.Og bøde.</p>", 2),
    ],
)
def test_what_the_article_begins_with_is_not_said_above_it_too(article, times):
    message = replace(RELEASE, html=article)
    text, html = press_release.bodies(HEAD, message)
    for body in (text, plain.text_of(html)):
        assert " ".join(body.split()).count("En mand er idømt fængsel.") == times
    assert "\n\n\n" not in text


def test_the_plain_text_says_everything_that_the_html_says():
    text, html = press_release.bodies(HEAD, RELEASE)
    for words in ("Dom i sag om røveri", "En mand er idømt fængsel.", "Pressevagten", "33 00 00 00", RELEASE.link):
        assert words in text
        assert words in html
    assert "Sagen\n\nRetten afsagde dom (https://politi.example/sag) i dag.\n\n– Et\n– To" in text
    assert "<h2>Sagen</h2>" in html


def test_markup_in_a_title_or_text_is_shown_and_not_obeyed():
    message = replace(RELEASE, title="<b>1 & 2</b>", text="<script>alert(1)</script>", html="")
    text, html = press_release.bodies(HEAD, message)
    assert "<b>1 & 2</b>" in text
    assert "&lt;b&gt;1 &amp; 2&lt;/b&gt;" in html
    assert "<script>" not in html


def test_the_same_attempt_again_is_the_same_mail_byte_by_byte(settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "outbox": {**settings.STORAGES["outbox"], "OPTIONS": {"location": tmp_path}},
    }
    image = Media.freeze(b"GIF89a", mime="image/gif", width=1, height=1, filename="a.gif", alt="Et rødt\nlys")
    message = replace(RELEASE, media=(image,))
    first, again = (press_release.mail(HEAD, message, KEY).as_bytes() for _ in range(2))
    assert first == again
    other = press_release.mail(HEAD, message, replace(KEY, recipient="b@avis.example"))
    assert other["Message-ID"] != press_release.mail(HEAD, message, KEY)["Message-ID"]
    parsed = message_from_bytes(first, policy=policy.default)
    assert parsed["Message-ID"] == press_release.headers(HEAD, message, KEY)["Message-ID"]
    [shown] = [part for part in parsed.walk() if part.get_content_type() == "image/gif"]
    assert f"cid:{shown['content-id'][1:-1]}" in parsed.get_body(("html",)).get_content()
    assert (shown["content-description"], shown.get_filename()) == ("Et rødt lys", "a.gif")


TRICKY = st.text(
    st.sampled_from('aå\r\n\0\x0b\x1c\x85\u2028\t: <>@,;=?_🚲"\\') | st.characters(), min_size=1, max_size=200
)


@given(title=TRICKY, name=TRICKY, alt=TRICKY)
def test_no_title_name_or_alt_text_can_add_a_header(title, name, alt):
    head = replace(HEAD, name=press_release.line(name))
    message = Message(text="Hej", title=f"T{title}")
    content = press_release.mail(head, message, KEY).as_bytes()
    parsed = message_from_bytes(content, policy=policy.default)
    known = {
        "from",
        "to",
        "subject",
        "date",
        "message-id",
        "content-language",
        "reply-to",
        "mime-version",
        "content-type",
    }
    assert {header.lower() for header in parsed} == known
    assert parsed.get_body(("plain",)).get_content().startswith(press_release.subject(message))
    assert content.isascii()
    assert len(max(content.split(b"\r\n"), key=len)) <= 998
    assert press_release.line(alt).isprintable()


def test_a_long_domain_keeps_its_message_id_whole():
    head = replace(HEAD, address=f"presse@{'langt.' * 12}example")
    wire = press_release.mail(head, RELEASE, KEY).as_bytes()
    parsed = message_from_bytes(wire, policy=policy.default)
    assert parsed["Message-ID"].strip() == press_release.headers(head, RELEASE, KEY)["Message-ID"]
    assert b"=?utf-8" not in wire[wire.index(b"Message-ID") : wire.index(b"Content-Language")]


def test_a_way_to_unsubscribe_stands_in_header_and_text():
    head = replace(HEAD, unsubscribe="mailto:presse@politi.example?subject=Afmeld")
    assert press_release.headers(head, RELEASE, KEY)["List-Unsubscribe"] == f"<{head.unsubscribe}>"
    text, html = press_release.bodies(head, RELEASE)
    assert ": presse@politi.example\n" in text
    assert f'href="{head.unsubscribe}"' in html
    assert [code for code, _ in problems(unsubscribe="javascript:alert(1)")] == ["unsubscribe"]


def test_a_list_is_read_as_people_keep_it():
    parsed = addresses.parse(
        "# Aviser\nredaktion@avis.example  # hele døgnet\n\nOle Jensen <ole@tv.example>;\n"
        "REDAKTION@avis.example\nnyhed@blåbær.example,\nintet\na@b@c.dk\n..a@b.dk\na@b.dk, c@d.dk\n@b.dk\na@-b.dk"
    )
    assert parsed.addresses == ("redaktion@avis.example", "ole@tv.example", "nyhed@blåbær.example")
    assert [number for number, _line in parsed.faults] == [7, 8, 9, 10, 11, 12]
    assert addresses.wire_form("nyhed@blåbær.example") == "nyhed@xn--blbr-roah.example"


def test_what_is_wrong_with_the_channel_is_said_before_approval():
    assert problems() == []
    assert problems(recipients="a@b.dk\nikke en adresse") == [
        ("recipient", str(PressEmail().validate(account(recipients="a@b.dk\nikke en adresse"), RELEASE)[0].message))
    ]
    assert "2" in problems(recipients="a@b.dk\nikke en adresse")[0][1]
    assert "ikke en adresse" in problems(recipients="a@b.dk\nikke en adresse")[0][1]
    assert [code for code, _ in problems(recipients="# ingen")] == ["recipients"]
    assert [code for code, _ in problems(from_address="politi")] == ["from_address"]
    assert [code for code, _ in problems(replace(RELEASE, title=" \n"))] == ["title_missing"]
    assert not PressEmail().verify(account(recipients="")).ok


def test_the_description_of_a_list_names_nobody():
    [request] = PressEmail().translate(account(recipients="hemmelig@avis.example"), RELEASE, replace(KEY, recipient=""))
    assert "hemmelig" not in str(request)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>a  b\n c</p><p>d</p>", "a b c\n\nd"),
        ("a<br>b", "a\nb"),
        ("<style>p{}</style><script>x</script>a &amp; b", "a & b"),
        ('<a href="mailto:a@b.dk">a@b.dk</a>', "a@b.dk"),
        ('<a href="https://x.dk">https://x.dk</a>', "https://x.dk"),
        (
            '<figure><img src="/a.jpg" alt="En cykel"><figcaption>Foto: NN</figcaption></figure>',
            "[En cykel]\n\nFoto: NN",
        ),
        ("<ol><li><p>a</p></li></ol>", "– a"),
        ("<p>a<", "a<"),
    ],
)
def test_html_becomes_plain_text_without_losing_a_word(html, text):
    assert plain.text_of(html) == text
