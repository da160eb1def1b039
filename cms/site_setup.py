"""The site as it is delivered: page tree, roles with their sections, approval workflows. Harmless to repeat."""

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from campaigns import standard_plans, year_file
from cms import roles
from cms.court.models import Route
from cms.court.models.routes import Circumstance
from cms.models import CampaignIndex, CourtResultIndex, FourEyesTask, Jargon, Newsroom, PostIndex, StoryIndex

SECTIONS = (
    (StoryIndex, "Historier", "historier"),
    (CampaignIndex, "Kampagner", "kampagner"),
    (CourtResultIndex, "Domme", "domme"),
    (PostIndex, "Opslag", "opslag"),
)


@transaction.atomic
def ensure(*, hostname: str = "localhost", port: int = 80) -> Newsroom:
    """Everything a new site needs before the first draft. Returns the newsroom."""
    newsroom = _tree(hostname, port)
    _without_wagtails_own()
    groups = roles.ensure()
    _page_permissions(newsroom, groups)
    _image_permissions(groups)
    approvers = [groups["editor"], groups["duty"]]
    _workflow("Godkendelse", newsroom, approvers)
    _workflow("Juridisk godkendelse", CourtResultIndex.objects.get(), [groups["legal"]])
    _routes(groups)
    Jargon.objects.begin()
    standard_plans.begin()
    year_file.begin()
    return newsroom


def move(hostname: str, port: int) -> None:
    """The public address of a site that was set up under another."""
    site = Site.objects.get(is_default_site=True)
    if (site.hostname, site.port) != (hostname, port):
        site.hostname, site.port = hostname, port
        site.save(update_fields=["hostname", "port"])


def _routes(groups: dict[str, Group]) -> None:
    """Court results: a lawyer signs the facts, an editor the words; the delicate ones want a second lawyer first."""
    facts = _task("Fakta", [groups["legal"]], signs=FourEyesTask.Signs.FACTS)
    second = _task("Fakta, anden jurist", [groups["legal"]], signs=FourEyesTask.Signs.FACTS, another_person=True)
    words = _task("Sprog", [groups["editor"]], signs=FourEyesTask.Signs.LANGUAGE)
    ordinary = _signatures("Dom: én jurist, så en redaktør", [facts, words])
    delicate = _signatures("Dom: to jurister, så en redaktør", [facts, second, words])
    Route.objects.get_or_create(
        name="Følsomme domme",
        defaults={"sort_order": 1, "circumstances": list(Circumstance.values), "workflow": delicate},
    )
    Route.objects.get_or_create(name="Alle andre domme", defaults={"sort_order": 2, "workflow": ordinary})


def _task(name: str, groups: list[Group], **fields: Any) -> FourEyesTask:
    task, created = FourEyesTask.objects.get_or_create(name=name, defaults=fields)
    if created:
        task.groups.set(groups)
    return task


def _signatures(name: str, tasks: list[FourEyesTask]) -> Workflow:
    workflow, created = Workflow.objects.get_or_create(name=name)
    for order, task in enumerate(tasks if created else []):
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)
    return workflow


def _tree(hostname: str, port: int) -> Newsroom:
    newsroom = Newsroom.objects.first()
    if newsroom is None:
        Locale.objects.get_or_create(language_code="da")
        root = Page.get_first_root_node() or Page.add_root(instance=Page(title="Root", slug="root"))
        newsroom = Newsroom(title="Københavns Politi", slug="nyheder", locale=Locale.objects.get(language_code="da"))
        root.add_child(instance=newsroom)
        Site.objects.update_or_create(
            is_default_site=True,
            defaults={
                "hostname": hostname,
                "port": port,
                "root_page": newsroom,
                "site_name": "Københavns Politi og Anklagemyndigheden",
            },
        )
        Page.objects.filter(depth=2, slug="home").delete()  # Wagtail's welcome page
        newsroom = Newsroom.objects.get(pk=newsroom.pk)
    for model, title, slug in SECTIONS:
        if not model.objects.child_of(newsroom).exists():
            newsroom.add_child(instance=model(title=title, slug=slug, locale=newsroom.locale))
    return newsroom


def _without_wagtails_own() -> None:
    """Wagtail's sample groups may publish past the road, and its sample workflow lets authors approve themselves."""
    Group.objects.filter(name__in=["Editors", "Moderators"], user=None).delete()
    Workflow.objects.filter(name="Moderators approval").delete()


def _page_permissions(newsroom: Newsroom, groups: dict[str, Group]) -> None:
    for role in roles.ROLES:
        if role.exactly:
            GroupPagePermission.objects.filter(group=groups[role.key]).delete()
        places = [newsroom]
        if role.sections:
            places = [p for p in newsroom.get_children().specific() if p._meta.model_name in role.sections]
        for name in role.pages:
            for place in places:
                permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=f"{name}_page")
                GroupPagePermission.objects.get_or_create(group=groups[role.key], page=place, permission=permission)


def _image_permissions(groups: dict[str, Group]) -> None:
    collection = Collection.get_first_root_node() or Collection.add_root(name="Root")
    for role in roles.ROLES:
        if role.exactly:
            GroupCollectionPermission.objects.filter(group=groups[role.key]).delete()
        for name in role.permissions:
            app, codename = name.split(".")
            if app in ("wagtailimages", "wagtaildocs") or codename.endswith("_video"):
                permission = Permission.objects.get(content_type__app_label=app, codename=codename)
                GroupCollectionPermission.objects.get_or_create(
                    group=groups[role.key], collection=collection, permission=permission
                )


def _workflow(name: str, page: Page, groups: list[Group]) -> None:
    if WorkflowPage.objects.filter(page=page, workflow__name=name).exists():
        return
    task, _created = FourEyesTask.objects.get_or_create(name=name)
    task.groups.set(groups)
    workflow, _created = Workflow.objects.get_or_create(name=name)
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.filter(page=page).delete()
    WorkflowPage.objects.create(page=page, workflow=workflow)
