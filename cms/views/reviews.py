"""Look at content whose review is due: keep it with a new date, or take it down."""

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin import messages

from cms.after import lifetimes, removing
from cms.after.forms import KeepForm
from cms.models.lifetimes import Lifetime
from cms.views.office import OfficePage, edit_url


class ReviewContent(OfficePage):
    template_name = "cms/after/review.html"
    header_icon = "history"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.lifetime = get_object_or_404(Lifetime.objects.select_related("page"), pk=kwargs["page_id"])
        self.page = self.lifetime.page.specific

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not lifetimes.may_review(self.page, request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        return _("Does it still hold? %(title)s") % {"title": self.page.title}

    def get_form(self, *args: Any, **kwargs: Any) -> KeepForm:
        return KeepForm(*args, expires=self.lifetime.expires_on is not None, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = removing.out(self.page.pk)
        again = timezone.localdate() + timedelta(days=182)
        initial = {"review_on": again, "expires_on": self.lifetime.expires_on}
        user = self.request.user
        down = ""
        if rows and user.has_perm("publishing.withdraw_delivery"):
            down = f"{reverse('publishing_desk:take_down', args=[rows[0].pk])}?everywhere"
        return super().get_context_data(
            **{
                "page": self.page,
                "lifetime": self.lifetime,
                "rows": rows,
                "take_down_url": down,
                "edit_url": edit_url(self.page, user),
                "form": self.get_form(initial=initial),
                **kwargs,
            }
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        lifetimes.keep(self.lifetime, by=request.user, **form.cleaned_data)
        messages.success(request, _("It stays. You are reminded again on the day that you chose."))
        return redirect("publishing_desk:needs_you")
