"""Of the contract: everything is carried, or it is said beforehand that it cannot be."""

import ast
import json
import sys
from dataclasses import asdict, replace
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

import pytest

from publishing.adapters.base import Adapter, Receipt
from publishing.errors import NotAuthorised, Unsupported
from publishing.message import Message
from tests.publishing.adapters.descriptions import differences

STEPS = {
    "find": "find",
    "read": "read",
    "edit": "edit",
    "withdraw": "withdraw",
    "metrics": "metrics",
    "fan_out": "recipients",
    "identifies": "identify",
}
ALLOWED = {
    "publishing.bodies",
    "publishing.departing",
    "publishing.errors",
    "publishing.http",
    "publishing.message",
    "publishing.open_media",
    "django.utils",
    "regex",
    "dateutil",
}
NEVER = {"socket", "threading", "subprocess", "smtplib", "http", "ssl", "asyncio", "logging"}


class Content:
    def test_it_sends_once_and_the_receipt_leads_to_it(self, fake, account, message):
        receipt = self.send(account, message)
        assert isinstance(receipt, Receipt)
        assert len(self.kind.shown(fake)) == 1
        assert len([seen for seen in fake.seen if self.kind.posting(seen)]) == 1
        assert receipt.remote_id
        assert json.loads(json.dumps(dict(receipt.details))) == dict(receipt.details)
        assert receipt.permalink.startswith(("http://", "https://")) or not receipt.permalink

    def test_text_link_and_language_arrive_whole(self, fake, account, message):
        self.send(account, message)
        [shown] = self.kind.shown(fake)
        assert message.text in shown.text
        assert message.link in shown.text or shown.link == message.link
        assert shown.language == ("da" if self.kind.language else "")

    def test_a_link_without_images_arrives_too(self, fake, account, message):
        if self.kind.adapter.validate(account, replace(message, media=())):
            pytest.skip("takes nothing without an image, and says so")
        self.send(account, replace(message, media=()))
        [shown] = self.kind.shown(fake)
        assert message.link in shown.text or shown.link == message.link
        assert shown.images == []

    def test_every_image_arrives_with_its_alt_text(self, fake, account, message):
        if not self.kind.adapter.limits_for(account).images:
            pytest.skip("carries no images")
        self.send(account, message)
        [shown] = self.kind.shown(fake)
        assert shown.images == [(media.read(), media.alt) for media in message.media]

    def test_what_cannot_be_carried_is_a_problem_and_is_never_sent(self, fake, account, message):
        for name, (field, unfit) in self.unfit(account, message).items():
            problems = self.kind.adapter.validate(account, unfit)
            assert field in {problem.field for problem in problems}, name
            with pytest.raises(Unsupported):
                self.kind.adapter.send(account, unfit, self.new_key())
        assert fake.seen == []
        assert self.kind.adapter.validate(account, message) == []

    def unfit(self, account, message):
        """By name: the field that is to blame, and a message that this kind cannot carry."""
        limits = self.kind.adapter.limits_for(account)
        cases = {"nothing": ("text", replace(message, text=" ", link="", media=(), title="", html=""))}
        [image] = message.media[:1] or [None]
        if limits.characters is not None:
            cases["length"] = ("text", replace(message, text="a" * (limits.characters + 1)))
        if image is None:
            return cases
        cases["images"] = ("media", replace(message, media=(image,) * (limits.images + 1)))
        cases["alt"] = ("alt", replace(message, media=(replace(image, alt=" "),)))
        if limits.image_types:
            cases["type"] = ("media", replace(message, media=(replace(image, mime="image/tiff"),)))
        if limits.image_bytes is not None:
            cases["bytes"] = ("media", replace(message, media=(replace(image, size=limits.image_bytes + 1),)))
        if limits.image_pixels is not None:
            cases["pixels"] = ("media", replace(message, media=(replace(image, width=limits.image_pixels + 1),)))
        if limits.image_ratio is not None:
            cases["ratio"] = ("media", replace(message, media=(replace(image, width=image.height * 20),)))
        if limits.alt_text is not None:
            cases["long alt"] = ("alt", replace(message, media=(replace(image, alt="a" * (limits.alt_text + 1)),)))
        return cases

    @pytest.mark.parametrize("letter", ["a", "å", "e\u0301", "🚲", "👩‍👩‍👧", "\n", "漢"])
    def test_the_last_one_that_fits_is_sent_and_one_more_is_refused_by_us(self, fake, account, message, letter):
        adapter = self.kind.adapter
        start = Message(text="Hej", extra=dict(self.kind.extra))
        if adapter.validate(account, start):
            start = replace(start, media=message.media)
        used, most = adapter.count(account, start)
        if most is None:
            pytest.skip("has no limit")
        one = adapter.count(account, replace(start, text=f"Hej{letter}."))[0] - used - 1
        full = "Hej" + letter * ((most - used - 1) // one)
        full += "." * (most - adapter.count(account, replace(start, text=full))[0])
        fits = replace(start, text=full)
        assert adapter.count(account, fits) == (most, most)
        problems = adapter.validate(account, fits)
        if not problems:  # else another limit of the text, such as its bytes, comes first
            self.send(account, fits)
            assert self.texts(fake) == [full]
        assert adapter.validate(account, replace(start, text=f"{full}.")) != []

    def test_the_description_is_what_is_sent(self, fake, account, message):
        key = self.new_key()
        described = self.kind.adapter.translate(account, message, key)
        self.send(account, message, key)
        assert len(described) == len(fake.seen)
        for request, seen in zip(described, fake.seen, strict=True):
            assert differences(request, seen, fake.url) == []

    def test_preview_steps_ask_nobody_and_hold_no_secret(self, fake, account, message):
        adapter, key, without = self.kind.adapter, self.new_key(), replace(account, secrets={})
        connections = fake.connections
        told = json.dumps([asdict(request) for request in adapter.translate(account, message, key)])
        assert adapter.count(without, message) == adapter.count(account, message)
        assert adapter.validate(without, message) == adapter.validate(account, message) == []
        assert json.dumps([asdict(request) for request in adapter.translate(without, message, key)]) == told
        assert fake.connections == connections
        for secret in account.secrets.values():
            assert secret not in told
            assert secret not in repr(account)

    def test_limits_declare_exactly_the_steps_that_are_there(self):
        for limit, step in STEPS.items():
            there = getattr(type(self.kind.adapter), step) is not getattr(Adapter, step)
            assert there == getattr(self.kind.adapter.limits, limit), step

    def test_it_imports_only_what_an_adapter_may(self):
        pending, looked = [type(self.kind.adapter).__module__], set()
        while pending:
            module = pending.pop()
            looked.add(module)
            for name in _imports(module):
                if name.startswith("publishing.adapters."):
                    pending += [name] if name not in looked else []
                    continue
                top = name.partition(".")[0]
                standard = top in sys.stdlib_module_names and top not in NEVER
                allowed = ALLOWED | self.kind.may_import
                assert standard or any(f"{name}.".startswith(f"{item}.") for item in allowed), f"{module}: {name}"

    def test_verify_learns_what_it_needs_and_posts_nothing(self, fake, account):
        found = self.kind.adapter.verify(account)
        assert found.ok
        assert found.account
        assert json.loads(json.dumps(dict(found.learnt))) == dict(found.learnt)
        assert self.kind.shown(fake) == []
        assert not [seen for seen in fake.seen if self.kind.posting(seen)]

    def test_verify_notices_that_access_was_taken_away(self, fake, account):
        self.kind.revoke(fake)
        try:
            found = self.kind.adapter.verify(account)
        except NotAuthorised:
            return
        assert not found.ok
        assert found.problem

    def test_figures_are_whole_numbers(self, account, message):
        if not self.kind.adapter.limits.metrics:
            pytest.skip("has no figures")
        receipt = self.send(account, message)
        figures = self.kind.adapter.metrics(account, receipt).counts
        assert figures
        assert all(type(figure) is int and figure >= 0 for figure in figures.values())

    def test_a_post_that_is_gone_has_no_figures(self, fake, account, message):
        if not self.kind.adapter.limits.metrics:
            pytest.skip("has no figures")
        receipt = self.send(account, message)
        self.take_away(fake, account, receipt)
        assert self.kind.adapter.metrics(account, receipt) is None

    def test_figures_say_when_the_quota_is_nearly_used_up(self, fake, account, message):
        if not hasattr(fake, "remaining"):
            pytest.skip("tells no quota")
        receipt = self.send(account, message)
        assert self.kind.adapter.metrics(account, receipt).spared_until is None
        fake.remaining = 20
        assert self.kind.adapter.metrics(account, receipt).spared_until > datetime.now(UTC)


def _imports(module):
    """Modules that the source of a module imports, wherever it does."""
    spec = find_spec(module)
    found = set()
    for node in ast.walk(ast.parse(Path(spec.origin).read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                is_module = node.module.startswith("publishing") and find_spec(node.module).submodule_search_locations
                found.add(inner if is_module else node.module)
    return found
