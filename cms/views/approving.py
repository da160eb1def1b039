"""The page for whoever approves: the content as each channel will show it, what is new in it, and the decision."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.models import Page, Revision, TaskState, WorkflowState

from cms import approval, comparing, decisions, glass, waiting
from cms.after import correcting
from cms.court import beside
from cms.decision_forms import DecisionForm
from cms.models.approvals import Approval
from cms.models.previews import channel_preview
from cms.views.office import OfficePage, content_or_404, edit_url, name_of
from publishing import presenting
from publishing.scheduling import Refused


class Look(OfficePage):
    """What is shown is what is approved: a newer version meanwhile is shown first."""

    template_name = "cms/approval/look.html"
    header_icon = "view"
    trail = ((reverse_lazy("approval:queue"), gettext_lazy("Approval")),)

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.page = content_or_404(kwargs["page_id"])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.may_look():
            raise PermissionDenied
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    def may_look(self) -> bool:
        """Whoever may change it, and whoever is asked about it."""
        tester = self.page.permissions_for_user(self.request.user)
        task = self.page.current_workflow_task
        return tester.can_edit() or (task is not None and decisions.may_moderate(task, self.request.user))

    def get_page_title(self) -> str:
        return str(self.page.draft_title or self.page.title)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, revision = self.request.user, self.page.get_latest_revision()
        content = revision.as_object()
        task = self.page.current_workflow_task
        before = comparing.last_approved(self.page, revision)
        shown = decisions.seal(self.page)
        return super().get_context_data(
            **{
                "content": content,
                "revision": revision,
                "waiting": task is not None,
                "mine": task is not None and decisions.may_moderate(task, user),
                "court": beside.of(self.page, content, user),
                "obstacle": decisions.obstacle(self.page, user) if task is not None else "",
                "own": approval.is_author(user, revision),
                "approvers": decisions.approvers(self.page),
                "may_break_glass": glass.may_break_glass(user),
                "written_by": written_by(revision),
                "started": workflow_of(self.page),
                "notes": notes_of(self.page),
                "before": before,
                "changes": list(comparing.changes(self.page, before.revision, revision, self.request))
                if before
                else [],
                "rows": places_of(self.page, timezone.now()),
                "edit_url": edit_url(self.page, user),
                "form": DecisionForm(initial={"shown": shown}),
                "shown": shown,
                "corrections": correcting.about_to_go(content),
                **channel_preview(content, content.planned_channels(), planned=True),
                "page": self.page,
                **kwargs,
            }
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = DecisionForm(request.POST)
        if not form.is_valid():
            form.fields["note"].widget.attrs["autofocus"] = True  # it stands far below what is read first
            return self.render_to_response(self.get_context_data(form=form), status=422)
        try:
            return self.decide(form, sends_back="send_back" in request.POST)
        except decisions.Changed:
            messages.error(
                request, _("It was changed while you were reading, so nothing was decided. This is the newest version.")
            )
        except decisions.NotWaiting:
            messages.error(request, _("Somebody else decided about it meanwhile, or it was taken back."))
        except PermissionDenied as error:
            messages.error(request, str(error) or _("You cannot approve this."))
        except Refused as error:
            messages.error(request, " ".join(str(problem.message) for problem in error.problems))
        return redirect("approval:look", self.page.pk)

    def decide(self, form: DecisionForm, *, sends_back: bool) -> HttpResponse:
        title, note = {"title": self.get_page_title()}, form.cleaned_data["note"]
        if sends_back:
            decisions.send_back(self.page, by=self.request.user, note=note)
            messages.success(self.request, _("%(title)s was sent back with your note.") % title)
        else:
            decisions.approve(self.page, by=self.request.user, shown=form.cleaned_data["shown"], note=note)
            page = content_or_404(self.page.pk)
            messages.success(self.request, self.said(page), buttons=list(self.followed(page)))
        return next_one(self.request)

    def said(self, page: Any) -> str:
        """What was done, and what happens now."""
        title, now = self.get_page_title(), timezone.now()
        due = waiting.first_due([page.pk]).get(page.pk)
        if page.workflow_in_progress:
            return _("Your step for %(title)s is done; another follows.") % {"title": title}
        if due is None or due < now:
            return _("%(title)s is approved.") % {"title": title}
        when = presenting.when(due, now)
        return _("%(title)s is approved. The first of it goes out %(when)s.") % {"title": title, "when": when}

    def followed(self, page: Any) -> Iterator[Any]:
        """The way to where a correction is followed channel by channel."""
        may = not page.workflow_in_progress and page.permissions_for_user(self.request.user).can_edit()
        if may and correcting.history(page):
            yield messages.button(reverse("incidents:correct", args=[page.pk]), _("See it go out"))


def next_one(request: HttpRequest) -> HttpResponseRedirect:
    """The next in this person's queue follows by itself; the empty queue says so."""
    states = decisions.waiting_for(request.user)
    return redirect("approval:look", states[0].revision.object_id) if states else redirect("approval:queue")


def written_by(revision: Revision) -> list[str]:
    """Who wrote or changed it since it was last approved."""
    from django.contrib.auth import get_user_model

    people = get_user_model().objects.filter(pk__in=approval.authors(revision))
    return [name_of(person) for person in people]


def workflow_of(page: Page) -> WorkflowState | None:
    return page.current_workflow_state


def notes_of(page: Page) -> list[TaskState]:
    """What was said about it on its way, the latest first."""
    states = TaskState.objects.for_instance(page).exclude(comment="").select_related("finished_by")
    return list(states.order_by("-finished_at")[:5])


def rows_of(page: Any) -> list[Any]:
    """Where and when it will go, in the order of time; what has no time last."""
    rows = [row for row in page.placements.select_related("channel", "delivery") if row.cancelled_at is None]
    return sorted(rows, key=lambda row: (row.due_at is None, row.due_at))


@dataclass(frozen=True)
class Place:
    """Channels that go at the same times; one with a delivery stands alone, with its state."""

    row: Any
    channels: list[str]
    waits: bool  # only for the approval


def places_of(page: Any, now: datetime) -> list[Place]:
    """The same with what goes together said once."""
    places: dict[Any, Place] = {}
    for row in rows_of(page):
        same = row.delivery_id or (row.due_at, row.latest_at, row.withdraw_at)
        places.setdefault(same, Place(row, [], row.waits_at(now))).channels.append(row.channel.name)
    return list(places.values())


class Queue(OfficePage):
    """What waits for this person: texts to approve, and what was sent without and wants a second look."""

    template_name = "cms/approval/queue.html"
    header_icon = "view"
    page_title = gettext_lazy("Approval")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        states = decisions.waiting_for(self.request.user)
        pages = Page.objects.in_bulk([int(state.revision.object_id) for state in states])
        due = waiting.first_due(pages)
        asked = [(state, page, due.get(page.pk)) for state in states if (page := pages[int(state.revision.object_id)])]
        before = timezone.now() - glass.REVIEW_WITHIN
        found = Approval.objects.to_review().select_related("page", "by").defer("messages").order_by("at")
        owed = [(given, given.at < before) for given in found]
        return super().get_context_data(waiting=asked, owed=owed, **kwargs)
