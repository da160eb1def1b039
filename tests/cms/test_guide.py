"""The guide is part of the product: a page a job, for whoever may log in."""

import pytest
from django.urls import reverse

from cms.views.guide import TOPICS

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.slug)
def test_each_topic_has_a_page_and_leads_to_the_others(client, cast, topic):
    client.force_login(cast.prosecutor)
    index = client.get(reverse("guide:index")).content.decode()
    address = reverse("guide:page", args=[topic.slug])
    page = client.get(address).content.decode()
    assert f'href="{address}"' in index
    assert "guide__lead" in page and page.count("<h2>") >= 2
    assert f'href="{address}" aria-current="page"' in page


def test_what_has_no_page_is_not_found_and_strangers_are_asked_to_log_in(client, cast):
    address = reverse("guide:page", args=["findes-ikke"])
    assert client.get(address).status_code == 302
    client.force_login(cast.outsider)
    assert client.get(reverse("guide:index")).status_code == 302
    client.force_login(cast.writer)
    assert client.get(address).status_code == 404


def test_the_help_menu_leads_to_our_guide_and_not_to_pages_in_english(client, cast):
    client.force_login(cast.writer)
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("guide:index") in home
    assert "guide.wagtail.org" not in home and "docs.wagtail.org" not in home
