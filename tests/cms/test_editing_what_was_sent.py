"""A story that is out is written on like any other: what was sent stands in the form and is in nobody's way."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from campaigns.models import Placement
from cms.models import Story
from tests.cms import pageform


def test_a_time_with_seconds_that_nobody_touched_is_no_change(newsroom, client):
    page = newsroom.publish()
    moment = timezone.now().replace(second=17, microsecond=42) - timedelta(days=1)
    Placement.objects.update(due_at=moment)
    client.force_login(newsroom.cast.editor)
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    response = client.post(url, pageform.filled(client, url, summary="Nyt resumé."))
    assert response.status_code == 302, response.context["form"].formsets["placements"].errors
    assert Story.objects.get().get_latest_revision_as_object().summary == "Nyt resumé."
    assert Placement.objects.get().due_at == moment
    assert Placement.objects.get().version == 1
