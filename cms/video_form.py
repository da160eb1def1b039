"""The form by which a video comes into the library."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import Panel
from wagtail.models import Collection
from wagtail.permissions import policy_registry

from cms import videos
from cms.videos import captions

LARGEST_CAPTIONS = 2 << 20  # bytes
ACCEPTS = "video/mp4,video/quicktime,.mp4,.mov,.m4v"


class VideoForm(WagtailAdminModelForm):
    """What is wrong with the file or the captions is said at the field, with the line."""

    captions_file = forms.FileField(
        label=gettext_lazy("Captions from a file"),
        help_text=gettext_lazy("A .vtt or .srt file; it replaces what stands below."),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".vtt,.srt,text/vtt"}),
    )

    class Meta:
        widgets = {
            "file": forms.FileInput(attrs={"accept": ACCEPTS}),
            "description": forms.Textarea(attrs={"rows": 3}),
            "captions": forms.Textarea(attrs={"rows": 8}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer_collections()
        self.file_before = self.instance.file.name if self.instance.pk else ""
        self.facts: videos.Facts | None = None

    def _offer_collections(self) -> None:
        """Those that this person may add to, and the one it lies in; no question where there is no choice."""
        if "collection" not in self.fields:
            return
        rows = Collection.objects.all()
        if self.for_user is not None:
            policy = policy_registry.get_by_type(type(self.instance))
            rows = policy.collections_user_has_permission_for(self.for_user, "add")
        if self.instance.pk:
            rows = rows | Collection.objects.filter(pk=self.instance.collection_id)
        self.fields["collection"].queryset = rows
        if len(rows) == 1:
            self.instance.collection = rows[0]
            del self.fields["collection"]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if "file" not in self.changed_data:
            return file
        if file.size > settings.VIDEO_MAX_MB * 1_000_000:
            raise ValidationError(_("The file is larger than %(most)s MB.") % {"most": settings.VIDEO_MAX_MB})
        try:
            self.facts = videos.facts(file)
        except videos.Refused as error:
            raise ValidationError(str(error.sentence)) from error
        file.seek(0)
        return file

    def clean_captions_file(self) -> str:
        """Its text; empty for none."""
        file = self.cleaned_data["captions_file"]
        if file is None:
            return ""
        if file.size > LARGEST_CAPTIONS:
            raise ValidationError(_("This is too long for captions."))
        return captions.decoded(file.read())

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        self._keep_captions(data)
        if "captions" in self.errors or "captions_file" in self.errors:
            return data
        if not data.get("captions") and not data.get("speechless") and not data.get("in_picture"):
            sentence = _("Add captions, or tick that nothing is said or that the words stand in the picture.")
            self.add_error("captions", sentence)
        if data.get("captions") and data.get("speechless"):
            self.add_error("speechless", _("There are captions, so something is said. Take one of both away."))
        return data

    def _get_validation_exclusions(self) -> set[str]:
        """The form itself asks for the words, in a sentence; the database's constraint has only a name."""
        excluded: set[str] = super()._get_validation_exclusions()
        return excluded | {"captions"}

    def _keep_captions(self, data: dict[str, Any]) -> None:
        """In WebVTT, whatever they came in."""
        field = "captions_file" if data.get("captions_file") else "captions"
        try:
            data["captions"] = captions.kept(data.get(field) or "", self._milliseconds())
        except captions.Wrong as error:
            self.add_error(field, error.in_words())

    def _milliseconds(self) -> int | None:
        return self.facts.milliseconds if self.facts is not None else self.instance.milliseconds

    def save(self, commit: bool = True) -> Any:
        if self.instance.pk is None:
            self.instance.uploaded_by_user = self.for_user
        saved = super().save(commit=commit)
        if commit and self.file_before and self.file_before != saved.file.name:
            storage, name = saved.file.storage, self.file_before  # what was approved of it is frozen elsewhere
            transaction.on_commit(lambda: storage.delete(name))
        return saved


class VideoPlayer(Panel):
    """The video as it is kept, with its captions, above the form of one that exists."""

    class BoundPanel(Panel.BoundPanel):  # type: ignore[name-defined]
        template_name = "cms/editor/video_player.html"

        def is_shown(self) -> bool:
            return self.instance.pk is not None and super().is_shown()
