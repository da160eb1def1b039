"""Content of which something is out is not deleted without a take-down, by whatever way somebody tries."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from cms.after import removing
from cms.models import Post
from publishing.models import Channel, Delivery
from tests import cast as people
from tests.cms.after.conftest import settle


@pytest.fixture
def post(out, channel):
    return out(Post, channels=[channel], summary="Undgå Nørreport.")


def test_the_page_of_deletion_tells_what_is_out_and_offers_the_take_down(cast, client, post):
    client.force_login(cast.admin)
    answer = client.post(reverse("wagtailadmin_pages:delete", args=[post.pk]), follow=True)
    assert Post.objects.filter(pk=post.pk).exists()
    text = answer.content.decode()
    assert "Scripted" in text
    assert reverse("publishing_desk:take_down", args=[Delivery.objects.get().pk]) in text


def test_neither_does_a_selection(cast, client, post):
    client.force_login(cast.admin)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    answer = client.post(f"{address}?id={post.pk}", follow=True)
    assert Post.objects.filter(pk=post.pk).exists()
    assert "Scripted" in answer.content.decode()


def test_nor_code(post):
    for page in (post, post.get_parent()):
        with pytest.raises(PermissionDenied), transaction.atomic():
            page.delete()
    assert Post.objects.filter(pk=post.pk).exists()


def test_once_it_is_taken_down_it_may_go_and_its_evidence_stays(cast, client, post):
    delivery = Delivery.objects.get()
    removing.remove(post, cause="expired", reason="x", by=cast.duty)
    settle()
    client.force_login(cast.admin)
    client.post(reverse("wagtailadmin_pages:delete", args=[post.pk]))
    assert not Post.objects.filter(pk=post.pk).exists()
    assert Delivery.objects.filter(pk=delivery.pk).exists()


def test_a_draft_and_a_dry_run_may_go(cast, client, scripted_kinds, out, db):
    dry = Channel.objects.create(kind="scripted", name="Dry", slug="dry", dry_run=True)
    post = out(Post, channels=[dry], summary="Kun en prøve.")
    draft = people.draft(Post, by=cast.writer)
    for page in (post, draft):
        page.delete()
    assert not Post.objects.exists()
    assert timezone.now()
