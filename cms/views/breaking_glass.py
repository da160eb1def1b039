"""Break-glass: the duty officer sends without a second person; a second person looks at it afterwards."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from campaigns.models import Placement
from cms import cards, decisions, glass, publication
from cms.decision_forms import BreakGlassForm, ReviewForm
from cms.models.approvals import Approval
from cms.models.previews import channel_preview
from cms.views.office import OfficePage, content_or_404, name_of
from publishing.models import Channel, StopOrder
from publishing.scheduling import Refused


class BreakGlass(OfficePage):
    """Says what goes where at once, and that it is reviewed; then does it, once, with a reason."""

    template_name = "cms/approval/break_glass.html"
    header_icon = "warning"
    page_title = gettext_lazy("Send now without approval")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.page = content_or_404(kwargs["page_id"])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not glass.may_break_glass(request.user):
            raise PermissionDenied
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    def channels(self) -> Any:
        """Channels that it has not gone to yet and that can carry such content."""
        out = [row.channel_id for row in Placement.objects.of_page(self.page.pk) if row.is_out]
        usable = Channel.objects.usable().exclude(pk__in=out)
        if self.page.has_address:
            return usable
        return usable.exclude(pk__in=[channel.pk for channel in usable if channel.limits.publishes_page])

    def get_form(self, *args: Any, **kwargs: Any) -> BreakGlassForm:
        return BreakGlassForm(*args, channels=self.channels(), **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        content = self.page.get_latest_revision_as_object()
        planned = content.planned_channels()
        initial = {"channels": planned, "shown": decisions.seal(self.page)}
        return super().get_context_data(
            **{
                "form": self.get_form(initial=initial),
                "stops": list(StopOrder.objects.in_force()),
                "edit_url": reverse("wagtailadmin_pages:edit", args=[self.page.pk]),
                **channel_preview(content, list(self.channels()), planned=True),
                "page": self.page,
                **kwargs,
            }
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form(request.POST)
        if form.is_valid() and form.cleaned_data["shown"] != decisions.seal(self.page):
            form.add_error(None, _("It was changed while you were reading. This is the newest version: look again."))
        if form.is_valid():
            try:
                glass.break_glass(
                    self.page,
                    by=request.user,
                    reason=form.cleaned_data["reason"],
                    channels=list(form.cleaned_data["channels"]),
                )
            except publication.Stopped as error:
                form.add_error(None, str(error))
            except PermissionDenied as error:  # a publication rule stands against it
                form.add_error(None, str(error))
            except Refused as error:
                for problem in error.problems:
                    form.add_error("channels", str(problem.message))
            else:
                return self.sent()
        form.data = {**form.data.dict(), "channels": form.data.getlist("channels"), "shown": decisions.seal(self.page)}
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def sent(self) -> HttpResponse:
        title = {"title": self.page.draft_title or self.page.title}
        sentence = _("%(title)s is being sent without an approval. A second person has been asked to look at it.")
        if StopOrder.objects.in_force().exists() and not self.page.operational:
            sentence = _("%(title)s is approved by you alone, but a stop is in force: it is held until that is lifted.")
        messages.warning(self.request, sentence % title)
        return redirect("wagtailadmin_pages:edit", self.page.pk)


class Review(OfficePage):
    """What was sent, word for word, by whom and why; and the words of the second person."""

    template_name = "cms/approval/review.html"
    header_icon = "view"
    trail = ((reverse_lazy("approval:queue"), gettext_lazy("Approval")),)

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        owed = Approval.objects.filter(way=Approval.Way.BREAK_GLASS).select_related("page", "by", "revision")
        self.approval = get_object_or_404(owed, pk=kwargs["approval_id"])

    def get_page_title(self) -> str:
        return _("Sent without approval: %(title)s") % {"title": self.approval.page.title}

    def obstacle(self) -> str:
        """Why this person cannot be the second one."""
        return glass.review_obstacle(self.approval, self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = Channel.objects.in_bulk([int(pk) for pk in self.approval.messages])
        return super().get_context_data(
            **{
                "given": self.approval,
                "by": name_of(self.approval.by),
                "reviewed_by": name_of(self.approval.reviewed_by) if self.approval.reviewed_at else "",
                "cards": [
                    cards.of_message(channel, self.approval.message_for(pk), self.approval.parts_for(pk))
                    for pk, channel in found.items()
                ],
                "rows": Placement.objects.active()
                .filter(page_id=self.approval.page_id, delivery__revision_id=self.approval.revision_id)
                .select_related("channel", "delivery"),
                "obstacle": self.obstacle(),
                "form": ReviewForm(),
                **kwargs,
            }
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = ReviewForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        try:
            glass.review(self.approval, by=request.user, note=form.cleaned_data["note"])
        except PermissionDenied as error:
            messages.error(request, str(error))
            return redirect("approval:review", self.approval.pk)
        messages.success(request, _("Your review is kept with the evidence."))
        return redirect("approval:queue")
