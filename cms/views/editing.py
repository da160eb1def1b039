"""The page editor: as Wagtail's, but nothing is saved unseen, and nothing of anybody's is lost."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.preview import PreviewOnCreateView, PreviewOnEditView
from wagtail.admin.views.pages.revisions import RevisionsRevertView
from wagtail.models import Revision, WorkflowState

from campaigns.models import Placement
from cms.models.road import PLACEMENTS
from cms.views.office import name_of
from publishing import presenting


class WriteNew(CreateView):
    """A new piece of content. It starts as a draft."""

    template_name = "cms/editor/create.html"


class Looking:
    """A preview shows the cards also while a time is in conflict; the form says so when it is saved."""

    def validate_form(self, form: Any) -> bool:
        form.formsets[PLACEMENTS].look_only()
        return bool(super().validate_form(form))


class LookWhileWriting(Looking, PreviewOnEditView):
    """The cards of content that is there already."""


class LookWhileWritingNew(Looking, PreviewOnCreateView):
    """The cards of content that was never saved."""


class Careful:
    """Autosave is for drafts only: what somebody approves or approved changes when a person says *Save*.

    A keystroke too many would otherwise hold what is planned, make an approver an author, or move a time half typed.
    """

    def get_template_names(self) -> list[str]:
        names: list[str] = super().get_template_names()
        return ["cms/editor/edit.html"] if names == ["wagtailadmin/pages/edit.html"] else names

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.autosave_enabled = self.autosave_enabled and self.is_draft_only()
        self.say_what_was_asked_for()
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.autosave_enabled = self.autosave_enabled and self.is_draft_only()
        if self.expects_json_response and not self.autosave_enabled:
            return self.json_error_response("not_a_draft", _("Press Save: this is not saved by itself any more."))
        return super().post(request, *args, **kwargs)

    def say_what_was_asked_for(self) -> None:
        """Whoever opens a text that was sent back reads why, before anything else."""
        state = self.page.current_workflow_state
        if state is None or state.status != WorkflowState.STATUS_NEEDS_CHANGES or state.current_task_state is None:
            return
        task = state.current_task_state
        who = {"who": name_of(task.finished_by), "note": task.comment}
        messages.warning(self.request, format_html("{}", _("%(who)s sent it back: %(note)s") % who))

    def is_draft_only(self) -> bool:
        """Whether nobody has been asked to approve it, and nothing of it is planned or out."""
        planned = Placement.objects.of_page(self.page.pk).filter(delivery__isnull=False)
        return not (self.page.workflow_in_progress or self.page.approvals.exists() or planned.exists())

    def form_valid(self, form: Any) -> HttpResponse:
        """A form that was opened before somebody else saved does not write over it unseen."""
        newer = None if self.expects_json_response else self.saved_meanwhile()
        if newer is not None:
            self.say_out_of_date(newer)
            self.has_unsaved_changes = True
            self.errors_debug = None
            self.form.restore_required_fields()
            return self.render_to_response(self.get_context_data())
        return super().form_valid(form)

    def saved_meanwhile(self) -> Revision | None:
        """The latest version that somebody else saved since this form was opened. One's own autosave is no other."""
        loaded = self.request.POST.get("loaded_revision_id", "")
        if not self.is_out_of_date or not loaded.isdecimal():
            return None
        others = self.real_page_record.revisions.exclude(user=self.request.user).filter(pk__gte=int(loaded))
        newest = others.order_by("-pk").first()
        if newest is None or newest.created_at.isoformat() == self.request.POST.get("loaded_revision_created_at"):
            return None
        return newest

    def say_out_of_date(self, newer: Revision) -> None:
        name = name_of(newer.user)
        sentence = _(
            "%(who)s saved a newer version at %(time)s while you were writing. Nothing was overwritten, and what you "
            "wrote stands below, not saved yet. Look at the newer version first; if yours shall replace it, save again."
        ) % {"who": name, "time": presenting.clock(newer.created_at)}
        compare = reverse("wagtailadmin_pages:history", args=[self.page.pk])
        messages.error(self.request, format_html("{}", sentence), buttons=[messages.button(compare, _("History"))])


class Write(Careful, EditView):
    """The content as it stands."""


class WriteOld(Careful, RevisionsRevertView):
    """An older version, to start again from: saved, it is the newest and needs an approval. Times stay as they are."""
