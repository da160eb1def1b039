"""A site with its cast, and the shortest way to a submitted and an approved piece of content."""

from contextlib import contextmanager
from datetime import timedelta

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models.signals import pre_delete
from django.utils import timezone
from wagtail.models import Page, Revision, Site, Task, Workflow

from campaigns.models import Placement
from cms import receivers, roles, site_setup
from cms.court.models import Route
from cms.models import (
    CampaignIndex,
    CampaignPage,
    CourtResult,
    CourtResultIndex,
    Post,
    PostIndex,
    Story,
    StoryIndex,
)
from publishing.models import Channel

EVERYBODY = {"root", "outsider", *(role.key for role in roles.ROLES)}
SECTIONS = {Story: StoryIndex, CampaignPage: CampaignIndex, CourtResult: CourtResultIndex, Post: PostIndex}


class Cast:
    """One user a role, by key; ``outsider`` has a login and nothing else, ``admin`` is a superuser.

    The site and its people are made once a session, for they take a thousand questions.
    """

    def __init__(self):
        people = {user.username: user for user in get_user_model().objects.all()}
        if EVERYBODY - people.keys():
            self.gather()
            people = {user.username: user for user in get_user_model().objects.all()}
        for role in roles.ROLES:
            setattr(self, role.key, people[role.key])
        self.outsider, self.admin = people["outsider"], people["root"]

    @classmethod
    def gather(cls):
        """The site as it is delivered, and everybody in it. Harmless to repeat."""
        site_setup.ensure()
        groups = roles.ensure()
        known = set(get_user_model().objects.values_list("username", flat=True))
        for key in {*groups, "outsider"} - known:
            user = cls.user(key)
            if key in groups:
                user.groups.add(groups[key])
        if "root" not in known:
            get_user_model().objects.create_superuser("root", "root@example.org")

    @staticmethod
    def strangers():
        """Whether there is anything that a site as it is delivered has not."""
        others = get_user_model().objects.exclude(username__in=EVERYBODY)
        return Channel.objects.exists() or Revision.objects.exists() or others.exists()

    @staticmethod
    def scatter():
        """Nobody and nothing is left, as before a site is set up."""
        for page in Page.objects.filter(depth=2):
            page.specific.delete()
        for model in (Route, Site, Workflow, Task, Group, get_user_model()):
            model.objects.all().delete()

    @staticmethod
    def user(name):
        return get_user_model().objects.create_user(name, f"{name}@example.org", first_name=name.title())


def draft(cls=Story, *, by, title="Cykellygter", summary="Husk lys på cyklen.", parent=None, **fields):
    parent = parent or SECTIONS[cls].objects.get()
    page = cls(title=title, summary=summary, owner=by, live=False, **fields)
    parent.add_child(instance=page)
    page.save_revision(user=by)
    return cls.objects.get(pk=page.pk)


def place(page, channel, *, due=None, **fields):
    due = due or timezone.now() + timedelta(hours=1)
    return Placement.objects.create(page=page, channel=channel, due_at=due, **fields)


def submit(page, *, by):
    page.get_workflow().start(page, by)
    return type(page).objects.get(pk=page.pk)


def approve(page, *, by):
    page.current_workflow_task_state.approve(user=by)
    return type(page).objects.get(pk=page.pk)


@contextmanager
def deletion_before_it_was_refused():
    """Content that is out was deleted all the same: by an older version, or in the database."""
    pre_delete.disconnect(receivers.keep_what_is_out, sender=Page, dispatch_uid="cms.keep_what_is_out")
    try:
        yield
    finally:
        pre_delete.connect(receivers.keep_what_is_out, sender=Page, dispatch_uid="cms.keep_what_is_out")
