"""A prosecutor sees the desk, what they are asked to approve, their account and the guide, and nothing else."""

import uuid

import pytest
from django.urls import URLPattern, get_resolver, reverse
from django.urls.exceptions import NoReverseMatch

from cms.court import confinement
from tests.cms.court.desk import Telephone
from tests.newsroom import Links

pytestmark = pytest.mark.django_db

OPEN = confinement.NAMES | {"wagtailadmin_home"}


def addresses():
    """Every address of the admin with something in its places: its view name and its path."""
    page = 2
    tries = ({}, {"pk": page}, {"page_id": page}, {"slug": "x"}, {"key": uuid.uuid4()})

    def walk(patterns, prefix="", namespaces=()):
        for pattern in patterns:
            route = prefix + str(pattern.pattern).lstrip("^")
            if isinstance(pattern, URLPattern):
                yield ":".join([*namespaces, pattern.name or ""]), route
            else:
                yield from walk(pattern.url_patterns, route, (*namespaces, *filter(None, [pattern.namespace])))

    for name, route in walk(get_resolver().url_patterns):
        if not route.startswith("admin/") or not name:
            continue
        for kwargs in tries:
            try:
                yield name, reverse(name, kwargs=kwargs)
                break
            except NoReverseMatch:
                continue
        else:
            try:
                yield name, reverse(name, args=[page])
            except NoReverseMatch:
                yield name, ""


def test_no_other_address_of_the_admin_opens_for_a_prosecutor(client, cast):
    client.force_login(cast.prosecutor)
    opened, asked = [], 0
    for name, address in addresses():
        namespace = name.rpartition(":")[0].split(":")[0]
        if not address or name in OPEN or namespace in confinement.NAMESPACES:
            continue
        asked += 1
        for answer in (client.get(address), client.post(address)):
            if answer.status_code not in (403, 404, 405):
                opened.append((name, address, answer.status_code))
    assert opened == []
    assert asked > 150


def test_their_home_is_one_button_and_their_own_judgments(client, cast):
    client.force_login(cast.prosecutor)
    assert client.get(reverse("wagtailadmin_home")).url == reverse("court:index")
    shown = client.get(reverse("court:index")).content.decode()
    assert f'action="{reverse("court:new")}"' in shown


def test_nothing_on_their_pages_leads_anywhere_else(filed, telephone):
    for name in ("index", "read"):
        args = [filed.key] if name == "read" else []
        shown = telephone.client.get(reverse(f"court:{name}", args=args)).content.decode()
        for address in Links(shown).found:
            if address.startswith("/admin/"):
                assert telephone.client.get(address).status_code in (200, 302, 405), address


def test_a_prosecutor_with_another_role_has_that_one_too(client, cast):
    cast.prosecutor.groups.add(*cast.editor.groups.all())
    client.force_login(cast.prosecutor)
    assert client.get(reverse("wagtailadmin_explore_root")).status_code in (200, 302)
    assert client.get(reverse("court:index")).status_code == 200


def test_setting_up_again_takes_back_what_the_group_was_given(cast):
    from django.contrib.auth.models import Permission
    from wagtail.models import GroupPagePermission, Page

    from cms import site_setup

    group = cast.prosecutor.groups.get()
    group.permissions.add(Permission.objects.get(codename="view_delivery"))
    GroupPagePermission.objects.create(
        group=group,
        page=Page.objects.get(depth=2),
        permission=Permission.objects.get(content_type__app_label="wagtailcore", codename="change_page"),
    )
    site_setup.ensure()
    assert [permission.codename for permission in group.permissions.all()] == ["access_admin"]
    assert not GroupPagePermission.objects.filter(group=group).exists()


def test_a_prosecutor_is_asked_to_approve_only_by_a_route(filed, client, cast):
    colleague = cast.user("colleague")
    colleague.groups.set(cast.prosecutor.groups.all())
    phone = Telephone(client, colleague)
    assert phone.client.get(reverse("approval:look", args=[filed.page_id])).status_code == 302
    task = filed.page.current_workflow_task
    task.groups.add(*cast.prosecutor.groups.all())
    assert phone.client.get(reverse("approval:look", args=[filed.page_id])).status_code == 200
