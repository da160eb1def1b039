"""A new installation can be set up, and set up again."""

from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management import call_command
from wagtail.models import Page, Site, WorkflowPage

from cms import roles


def test_setting_up_twice_makes_everything_once(nothing, capsys):
    for _again in range(2):
        call_command("setup_site", hostname="nyheder.example.org")
    assert capsys.readouterr().out.splitlines() == ["Ready: https://nyheder.example.org/"] * 2
    assert Site.objects.get().hostname == "nyheder.example.org"
    assert Page.objects.count() == 6  # root, newsroom, four sections
    assert set(Group.objects.values_list("name", flat=True)) >= {role.name for role in roles.ROLES}
    assert WorkflowPage.objects.count() == 2


def test_set_up_under_a_wrong_name_it_moves_to_the_right_one_and_stays_there(nothing, capsys):
    call_command("setup_site")
    call_command("setup_site", hostname="nyheder.example.org")
    call_command("setup_site")
    assert capsys.readouterr().out.splitlines()[1:] == ["Ready: https://nyheder.example.org/"] * 2


@pytest.mark.django_db
def test_nobody_may_publish_past_the_road():
    call_command("setup_site")
    rights = {right.permission.codename for group in Group.objects.all() for right in group.page_permissions.all()}
    assert rights and "publish_page" not in rights


def test_the_readme_names_every_group():
    readme = (Path(settings.BASE_DIR) / "README.md").read_text()
    table = readme.partition("## Roles")[2].partition("\n## ")[0]
    assert [role.name for role in roles.ROLES if f"\n| {role.name} (" not in table] == []
