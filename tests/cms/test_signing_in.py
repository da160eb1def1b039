"""Who is logged in: what they may do is read at once, and is what Django and Wagtail read one by one."""

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY
from django.contrib.auth.models import Permission, User
from django.urls import reverse
from wagtail.images import get_image_model
from wagtail.models import Collection, GroupCollectionPermission, Page
from wagtail.permissions import policy_registry
from wagtail.users.models import UserProfile

from cms import signing_in

pytestmark = pytest.mark.django_db


def rights(user):
    """Everything the admin asks of somebody, as plain values."""
    pages, images = policy_registry.get_by_type(Page), policy_registry.get_by_type(get_image_model())
    root = pages.explorable_root_instance(user)
    return {
        "groups": {(group.pk, group.name) for group in user.groups.all()},
        "permissions": user.get_all_permissions(),
        "own": user.get_user_permissions(),
        "pages": {
            (right.pk, right.group_id, right.page_id, right.page.path, right.page.depth, right.permission.codename)
            for right in pages.get_cached_permissions_for_user(user)
        },
        "collections": {
            (right.pk, right.group_id, right.collection.path, right.permission.codename)
            for right in images.get_cached_permissions_for_user(user)
        },
        "root": root and root.pk,
        "sees_images": images.user_has_any_permission(user, ["add", "change", "choose"]),
    }


@pytest.mark.parametrize(
    "key", ["writer", "editor", "planner", "duty", "legal", "management", "prosecutor", "outsider", "admin"]
)
def test_what_is_read_at_once_is_what_is_read_one_by_one(cast, key, django_assert_num_queries):
    user = getattr(cast, key)
    if key == "planner":  # two roles, rights of their own, and a folder of pictures within another
        user.groups.add(*cast.legal.groups.all())
        user.user_permissions.add(Permission.objects.get(codename="export_period"))
        folder = Collection.get_first_root_node().add_child(name="Presse")
        choose = Permission.objects.get(codename="choose_image")
        GroupCollectionPermission.objects.create(group=user.groups.first(), collection=folder, permission=choose)
    reference = rights(User.objects.get(pk=user.pk))
    asked = User.objects.get(pk=user.pk)
    signing_in.read_rights(asked)
    if key == "admin":
        assert rights(asked) == reference
        return
    with django_assert_num_queries(0):
        assert rights(asked) == reference


def test_who_was_taken_out_of_a_role_has_lost_it_with_the_next_page(client, cast):
    client.force_login(cast.planner)
    calendar = reverse("campaigns_calendar:month")
    assert client.get(calendar).status_code == 200
    cast.planner.groups.clear()
    assert client.get(calendar).status_code == 302


def test_who_is_put_out_of_use_is_logged_out(client, cast):
    client.force_login(cast.planner)
    User.objects.filter(pk=cast.planner.pk).update(is_active=False)
    assert "/login/" in client.get(reverse("wagtailadmin_home")).url


def test_the_language_of_a_person_comes_with_them(cast, django_assert_num_queries):
    UserProfile.objects.update_or_create(user=cast.writer, defaults={"preferred_language": "en"})
    with django_assert_num_queries(1):
        user = signing_in.Backend().get_user(cast.writer.pk)
        assert user.wagtail_userprofile.preferred_language == "en"


def test_who_logged_in_before_stays_logged_in(client, cast):
    client.force_login(cast.planner, backend="django.contrib.auth.backends.ModelBackend")
    assert client.session[BACKEND_SESSION_KEY].startswith("django.")
    assert client.get(reverse("campaigns_calendar:month")).status_code == 200
