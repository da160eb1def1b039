"""A row of "where and when", with everything that speaks against it said at its field."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from modelcluster.forms import BaseChildFormSet
from wagtail.admin.forms.models import WagtailAdminModelForm

from campaigns import clock, closed_times, conflicts, contents, free_time, windows
from campaigns.models import Placement
from campaigns.topics import Topic
from campaigns.windows import Window
from publishing import presenting
from publishing.models import State

MOMENTS = ("due_at", "latest_at", "withdraw_at")
PUT_ASIDE = (State.HELD, State.MISSED)


class PlacementForm(WagtailAdminModelForm):
    """``only_a_look``: for a preview; a time that cannot be used does not hide how it would look."""

    only_a_look = False
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and self.instance.is_out:  # history: to be read, and taken down elsewhere
            for name in ("channel", "due_at", "latest_at", "withdraw_at"):
                self.fields[name].disabled = True
        else:
            self.fields["channel"].queryset = self.fields["channel"].queryset.usable()

    def has_changed(self) -> bool:
        return bool(set(self.changed_data) - {"version", "ORDER"})

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        if not self.has_changed() or data.get("DELETE"):
            kept = {name: self.initial.get(name) for name in MOMENTS}  # with the seconds that the form does not show
            return {**data, **kept, "version": self.instance.version}
        if self.only_a_look:
            return {**data, "version": self.instance.version}
        self._refuse_stale(data)
        channel, due_at = data.get("channel"), data.get("due_at")
        if channel is not None and due_at is not None:
            if "due_at" in self.changed_data or "channel" in self.changed_data:
                for sentence in self._against(channel, due_at):
                    self.add_error("due_at", sentence)
            for field, sentence in conflicts.of_order(due_at, data.get("latest_at"), data.get("withdraw_at")).items():
                self.add_error(field, sentence)
        return data

    def _against(self, channel: Any, due_at: Any) -> list[str]:
        """What speaks against it, and when it would do."""
        now, taken = timezone.now(), list(Placement.objects.taken(channel, except_page=self.instance.page_id))
        found = conflicts.of_time(channel, due_at, now) or conflicts.of_gap(channel, due_at, taken)
        free = free_time.nearest(channel, due_at, taken, now) if found else None
        if free is None:
            return found
        return [*found, _("The next free time is %(when)s.") % {"when": presenting.when(free, now)}]

    def get_field_updates_for_resave(self) -> list[tuple[str, str]]:
        """After autosave the form that is still open goes on from the version just saved."""
        updates: list[tuple[str, str]] = super().get_field_updates_for_resave()
        return [*updates, (f"{self.prefix}-version", str(self.instance.version))]

    def _refuse_stale(self, data: dict[str, Any]) -> None:
        """A form opened before somebody else moved the row must not undo the move unseen."""
        row = Placement.objects.select_related("delivery").filter(pk=self.instance.pk or 0).first()
        if row is not None:
            if data.get("version") != row.version:
                self.add_error("due_at", _("Somebody moved this meanwhile. Load the page again to see the new time."))
            elif row.is_out:
                self.add_error("channel", _("This was sent already. Add a new row to send it again."))
            elif row.delivery is not None and not self._may("campaigns.change_placement"):
                self.add_error("due_at", _("This is planned. Ask a planner to move it."))
            elif row.delivery is not None and row.delivery.state in PUT_ASIDE:
                if not self._may("publishing.release_delivery"):
                    self.add_error("due_at", _("This is held. Ask the duty officer to release it at a new time."))
            elif row.delivery is not None and row.delivery.state == State.AWAITING_RETRY:
                self.add_error("due_at", _("This is being tried right now, so it cannot be moved."))
        data["version"] = self.instance.version + 1

    def _may(self, permission: str) -> bool:
        return self.for_user is None or self.for_user.has_perm(permission)

    def save(self, commit: bool = True) -> Any:
        due_at = self.cleaned_data.get("due_at")
        self.instance.wall_time = clock.written(due_at) if due_at else ""
        self.instance.created_by = self.instance.created_by or self.for_user
        return super().save(commit=commit)


class PlacementFormSet(BaseChildFormSet):  # type: ignore[misc]
    """All rows of one content; what was given up is history and not shown."""

    def look_only(self) -> None:
        for form in self.forms:
            form.only_a_look = True

    def get_queryset(self) -> Any:
        return super().get_queryset().filter(cancelled_at__isnull=True)

    def clean(self) -> None:
        super().clean()
        seen: dict[int, list[Any]] = {}
        for form in self.forms:
            data = getattr(form, "cleaned_data", {})
            channel, due_at = data.get("channel"), data.get("due_at")
            if channel is None or due_at is None or data.get("DELETE") or form.only_a_look:
                if data.get("DELETE") and form.instance.pk and form.instance.is_out:
                    form.add_error(None, _("What was sent cannot be removed here; take it down instead."))
                continue
            before = seen.setdefault(channel.pk, [])
            if due_at in before:
                form.add_error("due_at", _("The same channel at the same time, twice."))
            for sentence in conflicts.of_gap(channel, due_at, before):
                form.add_error("due_at", sentence)
            before.append(due_at)
            if {"due_at", "channel"} & set(form.changed_data):
                self._refuse_closed(form, channel, due_at)

    def _refuse_closed(self, form: PlacementForm, channel: Any, due_at: Any) -> None:
        """The content as it stands in the form decides whether the time is closed for it."""
        if not self.closed:
            return
        shut = conflicts.closing(due_at, closed_times.for_topic(self.topic, channel, self.closed))
        if shut is not None:
            form.add_error("due_at", windows.sentence(shut))

    @cached_property
    def closed(self) -> list[Window]:
        return closed_times.ahead(timezone.now())

    @cached_property
    def topic(self) -> Topic:
        return contents.topic_of(self.instance)
