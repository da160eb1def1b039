"""What leaves the house leads back to it."""

import pytest

from cms import carrying, rendering
from publishing.adapters.base import Limits
from publishing.models import Channel
from tests import cast as people


@pytest.mark.django_db
def test_addresses_in_an_article_are_whole(cast, monkeypatch):
    page = people.draft(by=cast.writer)
    others = '<a href="//x.dk/y">Y</a><a href="https://x.dk">X</a><a href="#a">A</a>'
    html = f'<a href="/sag">Sag</a><img src="/media/a.jpg">{others}'
    monkeypatch.setattr(type(page), "body_html", lambda self: html)
    monkeypatch.setattr(Channel, "limits", Limits(html=True))
    root = page.get_site().root_url
    whole = f'<a href="{root}/sag">Sag</a><img src="{root}/media/a.jpg">{others}'
    assert rendering.render(page, Channel(kind="dry_run"), freezing=carrying.measure).html == whole
